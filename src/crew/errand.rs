//! Jobs that may never end, on threads of their own: whoever gave them waits only so long and goes on without the rest. A thread
//! cannot be ended from outside; one that is given up goes on in the background, as the last that the machine cares for.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::thread::Pid;

/// How often it is looked at what the threads are at, while they are waited for.
const LOOK: Duration = Duration::from_millis(50);

/// How nice a thread is that was given up: it takes only what nobody else wants.
const NICEST: i32 = 19;

/// Jobs under way.
pub struct Errand<J, R> {
    shared: Arc<Shared<J>>,
    told: Receiver<(usize, thread::Result<R>)>,
    threads: Vec<JoinHandle<()>>,
    /// Of each job, whether its outcome is still to come.
    owed: Vec<bool>,
    /// Whether a job of it was given up.
    is_given_up: bool,
}

/// What whoever gave the jobs and their threads both know.
struct Shared<J> {
    jobs: Vec<J>,
    /// The first job that is not begun.
    next: AtomicUsize,
    hands: Mutex<Vec<Hand>>,
}

/// What a thread is at.
#[derive(Clone, Copy)]
enum Hand {
    /// It begins, or tells an outcome.
    Free,
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

impl<J: Send + Sync + 'static, R: Send + 'static> Errand<J, R> {
    /// Begins the jobs, in their order, on so many threads of that name. Where the system refuses every one of them, they are
    /// done here and now.
    pub fn begin(jobs: Vec<J>, hands: usize, name: &str, work: impl Fn(&J) -> R + Send + Sync + 'static) -> Self {
        let (hands, owed) = (hands.clamp(1, jobs.len().max(1)), vec![true; jobs.len()]);
        let states = Mutex::new(vec![Hand::Free; hands]);
        let shared = Arc::new(Shared { jobs, next: AtomicUsize::new(0), hands: states });
        let work = Arc::new(work);
        let (tell, told) = channel();
        let mut threads = Vec::with_capacity(hands);
        for hand in 0..hands {
            let toil = {
                let (shared, tell, work) = (Arc::clone(&shared), tell.clone(), Arc::clone(&work));
                move || shared.toil(hand, &tell, &*work)
            };
            match thread::Builder::new().name(name.to_owned()).spawn(toil) {
                Ok(thread) => threads.push(thread),
                Err(_) if threads.is_empty() && hand + 1 == hands => shared.toil(hand, &tell, &*work),
                Err(_) => shared.hands()[hand] = Hand::Gone,
            }
        }
        Self { shared, told, threads, owed, is_given_up: false }
    }

    /// The outcomes, in the order of the jobs. Nobody is waited for who has been at one job for `patience`, and after `whole` none
    /// is begun.
    ///
    /// # Panics
    /// With what the work panicked with.
    pub fn wait(&mut self, patience: Duration, whole: Duration) -> Vec<(usize, R)> {
        let began = Instant::now();
        let mut ended = Vec::with_capacity(self.shared.jobs.len());
        while !self.shared.is_stuck(patience) {
            match self.told.recv_timeout(LOOK) {
                Ok(outcome) => ended.push(outcome),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if began.elapsed() > whole {
                self.shared.next.fetch_max(self.shared.jobs.len(), Ordering::Relaxed);
            }
        }
        ended.extend(self.told.try_iter());
        ended.sort_by_key(|(job, _)| *job);
        ended.iter().for_each(|(job, _)| self.owed[*job] = false);
        ended.into_iter().map(|(job, outcome)| (job, outcome.unwrap_or_else(|panic| resume_unwind(panic)))).collect()
    }

    /// What has ended since it was looked last; none: the job computed for `most` after it was first looked at, and is given up.
    ///
    /// # Panics
    /// With what the work panicked with.
    pub fn ended(&mut self, most: Duration) -> Vec<(usize, Option<R>)> {
        let given_up = self.shared.give_up(most);
        self.is_given_up |= !given_up.is_empty();
        let told = self.told.try_iter();
        let told = told.map(|(job, outcome)| (job, Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))));
        let ended: Vec<_> = told.chain(given_up.into_iter().map(|job| (job, None))).collect();
        ended.iter().for_each(|(job, _)| self.owed[*job] = false);
        ended
    }
}

impl<J, R> Errand<J, R> {
    /// All jobs.
    pub fn jobs(&self) -> &[J] {
        &self.shared.jobs
    }

    /// The jobs whose outcomes are still to come.
    pub fn owed(&self) -> impl Iterator<Item = &J> {
        self.shared.jobs.iter().zip(&self.owed).filter_map(|(job, owed)| owed.then_some(job))
    }

    /// The jobs that are not begun. They will not be, and their outcomes are owed no more.
    pub fn take_back(&mut self) -> &[J] {
        let jobs = &self.shared.jobs;
        let next = self.shared.next.swap(jobs.len(), Ordering::Relaxed).min(jobs.len());
        self.owed[next..].fill(false);
        &jobs[next..]
    }

    /// Whether nobody does anything but be at one job for `patience`.
    pub fn is_stuck(&self, patience: Duration) -> bool {
        self.shared.is_stuck(patience)
    }

    /// Whether no outcome is to come, and no thread goes on that was given up.
    pub fn is_over(&self) -> bool {
        !(self.owed.contains(&true) || self.is_given_up && self.threads() > 0)
    }

    /// How many threads there are, at work or given up.
    pub fn threads(&self) -> usize {
        self.threads.iter().filter(|thread| !thread.is_finished()).count()
    }
}

impl<J> Shared<J> {
    fn hands(&self) -> MutexGuard<'_, Vec<Hand>> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One thread's work. Free, then told, then at the next or gone: who is gone has told all.
    fn toil<R>(&self, hand: usize, tell: &Sender<(usize, thread::Result<R>)>, work: &impl Fn(&J) -> R) {
        let thread = rustix::thread::gettid();
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(at) else { break };
            self.hands()[hand] = Hand::At(Task { job: at, began: Instant::now(), thread, computed: None });
            let outcome = catch_unwind(AssertUnwindSafe(|| work(job)));
            match &mut self.hands()[hand] {
                Hand::Gone => return,
                state => *state = Hand::Free,
            }
            // Nobody there to hear it: the errand was left.
            let _ = tell.send((at, outcome));
        }
        self.hands()[hand] = Hand::Gone;
    }

    fn is_stuck(&self, patience: Duration) -> bool {
        self.hands().iter().all(|hand| match hand {
            Hand::Free => false,
            Hand::At(task) => task.began.elapsed() > patience,
            Hand::Gone => true,
        })
    }

    /// Those that have computed for `most` since they were first looked at.
    fn give_up(&self, most: Duration) -> Vec<usize> {
        let mut given_up = Vec::new();
        for hand in self.hands().iter_mut() {
            let Hand::At(task) = hand else { continue };
            let Some(computed) = computed(task.thread) else { continue };
            if computed.saturating_sub(*task.computed.get_or_insert(computed)) > most {
                given_up.push(task.job);
                // It was only a wish.
                let _ = rustix::process::setpriority_process(Some(task.thread), NICEST);
                *hand = Hand::Gone;
            }
        }
        given_up
    }
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

/// Does one job on a thread of its own and waits for it; none if it has computed for `most`, or ten times that has passed, and it
/// is given up.
///
/// # Panics
/// With what the work panicked with.
pub fn once<R: Send + 'static>(most: Duration, work: impl Fn() -> R + Send + Sync + 'static) -> Option<R> {
    let began = Instant::now();
    let mut errand = Errand::begin(vec![()], 1, "once", move |()| work());
    while began.elapsed() < most * 10 {
        if let Some((_, outcome)) = errand.wait(LOOK, Duration::MAX).pop() {
            return Some(outcome);
        }
        if let Some((_, outcome)) = errand.ended(most).pop() {
            return outcome;
        }
    }
    None
}
