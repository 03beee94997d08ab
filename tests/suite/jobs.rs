//! Jobs on threads of their own: those that end are told in order, the others are left behind.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use syndicated::threads::jobs::{self, Jobs, Threads};

/// Long enough for whatever does end.
const LONG: Duration = Duration::from_secs(600);

fn threads(most: usize) -> Threads<'static> {
    Threads { most, name: "test", nice: 0 }
}

/// What is done with a job.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Job {
    Ends(u32),
    /// It waits for a word, as one that reads from a dead share.
    Waits,
    /// It computes until it is told to stop.
    Computes,
}

/// Work on such jobs that can be ended: by closing the channel, and by setting the flag.
fn work() -> (impl Fn(&Job) -> u32 + Send + Sync + 'static, std::sync::mpsc::Sender<()>, Arc<AtomicBool>) {
    let (word, heard) = channel::<()>();
    let (heard, stop) = (Mutex::new(heard), Arc::new(AtomicBool::new(false)));
    let stopped = Arc::clone(&stop);
    let work = move |job: &Job| match job {
        Job::Ends(number) => *number,
        Job::Waits => {
            let _ = heard.lock().unwrap().recv();
            0
        }
        Job::Computes => {
            while !stopped.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
            0
        }
    };
    (work, word, stop)
}

/// Lets an jobs say what has ended until there is something.
fn next<R: Send + 'static>(jobs: &mut Jobs<Job, R>, most: Duration) -> Vec<(usize, Option<R>)> {
    loop {
        let ended = jobs.ended(most);
        if !ended.is_empty() {
            return ended;
        }
        std::thread::yield_now();
    }
}

#[test]
fn outcomes_come_in_the_order_of_the_jobs() {
    let (work, ..) = work();
    let mut jobs = Jobs::begin((0..500).map(Job::Ends).collect(), threads(4), work);
    assert_eq!(jobs.wait(LONG, LONG), (0..500).map(|number| (number as usize, number)).collect::<Vec<_>>());
    assert_eq!((jobs.owed().count(), jobs.take_back().len()), (0, 0));
    assert!(jobs.is_over());
}

#[test]
fn nothing_to_do_is_done_at_once() {
    let (work, ..) = work();
    let mut jobs = Jobs::begin(Vec::new(), threads(2), work);
    assert_eq!((jobs.wait(LONG, LONG), jobs.threads()), (Vec::new(), 0));
    assert!(jobs.is_over());
}

#[test]
fn one_that_waits_for_ever_keeps_nobody_else_and_is_told_when_it_ends() {
    let (work, word, _) = work();
    let jobs = vec![Job::Ends(1), Job::Waits, Job::Ends(2), Job::Ends(3)];
    let mut jobs = Jobs::begin(jobs, threads(2), work);
    assert_eq!(jobs.wait(Duration::from_millis(200), LONG), [(0, 1), (2, 2), (3, 3)]);
    assert_eq!(jobs.owed().collect::<Vec<_>>(), [&Job::Waits]);
    assert_eq!(jobs.ended(Duration::ZERO), [], "it computes nothing, so it is never given up");
    assert!(!jobs.is_over());
    drop(word);
    assert_eq!(next(&mut jobs, Duration::ZERO), [(1, Some(0))]);
    assert!(jobs.is_over());
}

#[test]
fn where_nobody_is_left_the_rest_is_given_back() {
    let (work, word, _) = work();
    let jobs = vec![Job::Waits, Job::Ends(1), Job::Ends(2)];
    let mut jobs = Jobs::begin(jobs, threads(1), work);
    assert_eq!(jobs.wait(Duration::from_millis(200), LONG), []);
    assert!(jobs.is_stuck(Duration::from_millis(200)));
    assert_eq!(jobs.take_back(), [Job::Ends(1), Job::Ends(2)]);
    assert_eq!(jobs.owed().collect::<Vec<_>>(), [&Job::Waits]);
    drop(word);
    assert_eq!(next(&mut jobs, LONG), [(0, Some(0))], "what was given back is not begun");
    assert!(jobs.is_over());
}

#[test]
fn after_its_time_nothing_more_is_begun() {
    let (work, word, _) = work();
    let jobs = vec![Job::Waits, Job::Ends(1)];
    let mut jobs = Jobs::begin(jobs, threads(1), work);
    assert_eq!(jobs.wait(Duration::from_millis(300), Duration::ZERO), []);
    drop(word);
    assert_eq!(next(&mut jobs, LONG), [(0, Some(0))]);
    assert_eq!(jobs.take_back(), [Job::Ends(1)], "nobody began it, and nobody will");
    assert_eq!(jobs.owed().count(), 0);
    assert!(jobs.is_over());
}

#[test]
fn one_that_computes_without_end_is_given_up_and_counts_while_it_runs() {
    let (work, _word, stop) = work();
    let mut jobs = Jobs::begin(vec![Job::Computes, Job::Ends(1)], threads(2), work);
    assert_eq!(jobs.wait(Duration::from_millis(100), LONG), [(1, 1)]);
    assert_eq!(next(&mut jobs, Duration::from_millis(100)), [(0, None)]);
    assert_eq!(jobs.owed().count(), 0);
    assert!(!jobs.is_over() && jobs.threads() >= 1, "its thread is still there");
    stop.store(true, Ordering::Relaxed);
    while !jobs.is_over() {
        std::thread::yield_now();
    }
    assert_eq!(jobs.ended(Duration::ZERO), [], "what it has to say is not heard any more");
}

#[test]
fn a_panic_reaches_whoever_waits() {
    let mut jobs = Jobs::begin(vec![1_u32, 2], threads(1), |number| {
        assert!(*number != 2, "the second fails");
        *number
    });
    let waited = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| jobs.wait(LONG, LONG)));
    assert_eq!(*waited.unwrap_err().downcast::<&str>().unwrap(), "the second fails");
}

#[test]
fn a_single_job_is_waited_for_or_given_up() {
    assert_eq!(jobs::once(LONG, || 7), Some(7));
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let computes = move || {
        while !stopped.load(Ordering::Relaxed) {
            std::hint::spin_loop();
        }
    };
    assert_eq!(jobs::once(Duration::from_millis(50), computes), None);
    assert_eq!(jobs::strays(), 1, "its thread is still there");
    stop.store(true, Ordering::Relaxed);
    while jobs::strays() > 0 {
        std::thread::yield_now();
    }
}

#[test]
fn the_thread_that_came_back_does_the_next_work_unless_it_has_become_nice() {
    let who = |nice: i32| -> Vec<std::thread::ThreadId> {
        let one = |_| {
            let threads = Threads { most: 1, name: "test", nice };
            let mut jobs = Jobs::begin(vec![()], threads, |()| std::thread::current().id());
            jobs.wait(LONG, LONG).pop().unwrap().1
        };
        (0..200).map(one).collect()
    };
    let kept = who(0);
    assert!(kept.windows(2).any(|two| two[0] == two[1]), "{kept:?}");
    // The first of them may be those that were kept, however late they came back; but each only once.
    let mut nice = who(1);
    nice.sort_by_key(|thread| format!("{thread:?}"));
    assert!(nice.windows(2).all(|two| two[0] != two[1]), "{nice:?}");
}
