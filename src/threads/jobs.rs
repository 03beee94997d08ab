//! Jobs that may never end, on threads of their own: whoever gave them waits only so long and goes on without the rest. A thread
//! cannot be ended from outside; one that is given up goes on in the background, as the last that the machine cares for.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::thread::Pid;

use super::spare::{self, Hired};

/// How often it is looked at what the threads are at, while they are waited for.
const LOOK: Duration = Duration::from_millis(50);

/// How nice a thread is that was given up: it takes only what nobody else wants.
const NICEST: i32 = 19;

/// The threads that do the jobs.
#[derive(Clone, Copy, Debug)]
pub struct Threads<'a> {
    /// At most so many.
    pub most: usize,
    /// What they are called.
    pub name: &'a str,
    /// How far they give way to all other threads, 0 to 19: setpriority(2), which on Linux is of a single thread.
    pub nice: i32,
}

/// Jobs under way.
pub struct Jobs<J, R> {
    shared: Arc<Shared<J, R>>,
    threads: Vec<Hired>,
    /// Of each job, whether its outcome is still to come.
    owed: Vec<bool>,
    /// Whether a job of it was given up.
    is_given_up: bool,
}

/// What whoever gave the jobs and their threads both know.
struct Shared<J, R> {
    jobs: Vec<J>,
    state: Mutex<State<R>>,
    /// Told when a thread is done: nobody is woken for every single job.
    done: Condvar,
}

struct State<R> {
    /// The first job that is not begun.
    next: usize,
    /// The first that will not be.
    end: usize,
    threads: Vec<Activity>,
    /// Outcomes that nobody has taken yet.
    outcomes: Vec<(usize, thread::Result<R>)>,
}

/// What a thread is at.
#[derive(Clone, Copy)]
enum Activity {
    /// It begins.
    New,
    At(Task),
    /// It has nothing more to tell, or will not be heard.
    Gone,
}

#[derive(Clone, Copy)]
struct Task {
    job: usize,
    began: Instant,
    thread: Pid,
    /// What the thread had computed when it was first looked at.
    computed: Option<Duration>,
}

impl<J: Send + Sync + 'static, R: Send + 'static> Jobs<J, R> {
    /// Begins the jobs, in their order. Where the system refuses every thread, they are done here and now.
    pub fn begin(jobs: Vec<J>, threads: Threads<'_>, work: impl Fn(&J) -> R + Send + Sync + 'static) -> Self {
        let Threads { most, name, nice } = threads;
        let (count, owed) = (most.min(jobs.len()), vec![true; jobs.len()]);
        let state = State {
            next: 0,
            end: jobs.len(),
            threads: vec![Activity::New; count],
            outcomes: Vec::with_capacity(jobs.len()),
        };
        let shared = Arc::new(Shared { jobs, state: Mutex::new(state), done: Condvar::new() });
        let work = Arc::new(work);
        let mut threads = Vec::with_capacity(count);
        for number in 0..count {
            let toil = {
                let (shared, work) = (Arc::clone(&shared), Arc::clone(&work));
                move || {
                    if nice > 0 {
                        give_way(rustix::thread::gettid(), nice);
                    }
                    // Nobody may become less nice again: setpriority(2).
                    shared.toil(number, &*work) && nice == 0
                }
            };
            match spare::hire(name, toil) {
                Ok(thread) => threads.push(thread),
                Err(_) if threads.is_empty() && number + 1 == count => {
                    shared.toil(number, &*work);
                }
                Err(_) => shared.state().threads[number] = Activity::Gone,
            }
        }
        Self { shared, threads, owed, is_given_up: false }
    }

    /// The outcomes, in the order of the jobs. Nobody is waited for who has been at one job for `patience`, and after `whole` none
    /// is begun.
    ///
    /// # Panics
    /// With what the work panicked with.
    pub fn wait(&mut self, patience: Duration, whole: Duration) -> Vec<(usize, R)> {
        let began = Instant::now();
        let mut state = self.shared.state();
        while !state.is_stuck(patience) {
            let woken = self.shared.done.wait_timeout(state, LOOK);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
            if began.elapsed() > whole {
                state.end = state.next;
            }
        }
        let mut ended = std::mem::take(&mut state.outcomes);
        drop(state);
        ended.sort_by_key(|(job, _)| *job);
        ended.iter().for_each(|(job, _)| self.owed[*job] = false);
        ended.into_iter().map(|(job, outcome)| (job, outcome.unwrap_or_else(|panic| resume_unwind(panic)))).collect()
    }

    /// What has ended since it was looked last; none: the job computed for `most` after it was first looked at, and is given up.
    ///
    /// # Panics
    /// With what the work panicked with.
    pub fn ended(&mut self, most: Duration) -> Vec<(usize, Option<R>)> {
        let (told, given_up) = {
            let mut state = self.shared.state();
            (std::mem::take(&mut state.outcomes), state.give_up(most))
        };
        self.is_given_up |= !given_up.is_empty();
        let told = told.into_iter();
        let told = told.map(|(job, outcome)| (job, Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))));
        let ended: Vec<_> = told.chain(given_up.into_iter().map(|job| (job, None))).collect();
        ended.iter().for_each(|(job, _)| self.owed[*job] = false);
        ended
    }
}

impl<J, R> Jobs<J, R> {
    /// All of them, in their order.
    pub fn all(&self) -> &[J] {
        &self.shared.jobs
    }

    /// The jobs whose outcomes are still to come.
    pub fn owed(&self) -> impl Iterator<Item = &J> {
        self.shared.jobs.iter().zip(&self.owed).filter_map(|(job, owed)| owed.then_some(job))
    }

    /// The jobs that are not begun. They will not be, and their outcomes are owed no more.
    pub fn take_back(&mut self) -> &[J] {
        let jobs = &self.shared.jobs;
        let mut state = self.shared.state();
        let next = state.next;
        state.end = next;
        self.owed[next..].fill(false);
        &jobs[next..]
    }

    /// Whether nobody does anything but be at one job for `patience`.
    pub fn is_stuck(&self, patience: Duration) -> bool {
        self.shared.state().is_stuck(patience)
    }

    /// Whether no outcome is to come, and no thread goes on that was given up.
    pub fn is_over(&self) -> bool {
        !(self.owed.contains(&true) || self.is_given_up && self.threads() > 0)
    }

    /// How many threads there are, at work or given up.
    pub fn threads(&self) -> usize {
        self.threads.iter().filter(|thread| !thread.is_done()).count()
    }
}

impl<J, R> Shared<J, R> {
    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One thread's work. Says whether it came to its end: who was given up is nice for ever.
    fn toil(&self, number: usize, work: &impl Fn(&J) -> R) -> bool {
        let thread = rustix::thread::gettid();
        let mut outcome = None;
        loop {
            let mut state = self.state();
            if outcome.is_some() && matches!(state.threads[number], Activity::Gone) {
                // It was given up meanwhile.
                return false;
            }
            state.outcomes.extend(outcome);
            let at = state.next;
            if at >= state.end {
                state.threads[number] = Activity::Gone;
                break;
            }
            state.next += 1;
            state.threads[number] = Activity::At(Task { job: at, began: Instant::now(), thread, computed: None });
            drop(state);
            outcome = Some((at, catch_unwind(AssertUnwindSafe(|| work(&self.jobs[at])))));
        }
        self.done.notify_one();
        true
    }
}

impl<R> State<R> {
    fn is_stuck(&self, patience: Duration) -> bool {
        self.threads.iter().all(|thread| match thread {
            Activity::New => false,
            Activity::At(task) => task.began.elapsed() > patience,
            Activity::Gone => true,
        })
    }

    /// Those that have computed for `most` since they were first looked at.
    fn give_up(&mut self, most: Duration) -> Vec<usize> {
        let mut given_up = Vec::new();
        for thread in &mut self.threads {
            let Activity::At(task) = thread else { continue };
            let Some(computed) = computed(task.thread) else { continue };
            if computed.saturating_sub(*task.computed.get_or_insert(computed)) > most {
                given_up.push(task.job);
                give_way(task.thread, NICEST);
                *thread = Activity::Gone;
            }
        }
        given_up
    }
}

fn give_way(thread: Pid, nice: i32) {
    // It was only a wish.
    let _ = rustix::process::setpriority_process(Some(thread), nice);
}

/// How long a thread of this process has computed, whatever else the machine did meanwhile and without what the kernel did for
/// it: one that waits for a disk computes nothing. proc(5), `/proc/PID/task/TID/stat`.
fn computed(thread: Pid) -> Option<Duration> {
    /// Of the fields after the name, the one that counts the clock's ticks.
    const UTIME: usize = 11;
    let stat = fs::read_to_string(format!("/proc/self/task/{}/stat", thread.as_raw_nonzero())).ok()?;
    let ticks: u64 = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(UTIME)?.parse().ok()?;
    Some(Duration::from_millis(ticks.saturating_mul(1000) / rustix::param::clock_ticks_per_second()))
}

/// The threads that [`once`] left behind.
static STRAYS: Mutex<Vec<Hired>> = Mutex::new(Vec::new());

/// How many threads go on that [`once`] gave up.
pub fn strays() -> usize {
    let mut strays = STRAYS.lock().unwrap_or_else(PoisonError::into_inner);
    strays.retain(|thread| !thread.is_done());
    strays.len()
}

/// Does one job on a thread of its own and waits for it; none if it has computed for `most`, or ten times that has passed, and it
/// is given up.
///
/// # Panics
/// With what the work panicked with.
pub fn once<R: Send + 'static>(most: Duration, work: impl Fn() -> R + Send + Sync + 'static) -> Option<R> {
    let began = Instant::now();
    let mut begun = Jobs::begin(vec![()], Threads { most: 1, name: "once", nice: 0 }, move |()| work());
    while began.elapsed() < most * 10 {
        if let Some((_, outcome)) = begun.wait(LOOK, Duration::MAX).pop() {
            return Some(outcome);
        }
        match begun.ended(most).pop() {
            Some((_, None)) => break,
            Some((_, outcome)) => return outcome,
            None => {}
        }
    }
    STRAYS.lock().unwrap_or_else(PoisonError::into_inner).append(&mut begun.threads);
    None
}
