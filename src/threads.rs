//! Threads for work: shared out over all cores ([`share`]), waited for only so long ([`jobs`]), or of one call after the other that
//! may never return ([`caller`]). Where the system refuses threads, whoever asks does it alone.

pub mod caller;
pub mod jobs;
mod spare;

use std::sync::{Mutex, PoisonError};
use std::thread;

/// The outcome of each job, in the order of the jobs; fewer than `alone` are not worth a thread. The caller works too.
///
/// # Panics
/// With what `work` panicked with.
pub fn share<J: Send, R: Send>(jobs: Vec<J>, alone: usize, work: impl Fn(J) -> R + Sync) -> Vec<R> {
    let helpers = if jobs.len() < alone { 0 } else { cores() - 1 };
    if helpers == 0 {
        return jobs.into_iter().map(work).collect();
    }
    // One after the other, as hands come free: one large job delays no others.
    let next = Mutex::new(jobs.into_iter().enumerate());
    let toil = || {
        let mut done = Vec::new();
        loop {
            let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, job)) = taken else { return done };
            done.push((at, work(job)));
        }
    };
    let mut all = thread::scope(|scope| {
        let hired: Vec<_> = (0..helpers)
            .filter_map(|_| thread::Builder::new().name("worker".to_owned()).spawn_scoped(scope, toil).ok())
            .collect();
        let mut all = toil();
        for hand in hired {
            all.extend(hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}

/// How many threads can compute at a time. Not for every single job: it reads the process's cgroup from the disk.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
