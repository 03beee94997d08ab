//! Files whose media take time are read one after the other, beside everything else: one large picture in memory at a time.

use std::collections::VecDeque;
use std::time::Duration;

use super::readers::{self, Jobs, Read, Task};
use super::stragglers::Stragglers;
use crate::dropped::{InboxPath, Look};
use crate::intake::reading::{FileReader, Job};
use crate::moment::Moment;
use crate::threads::jobs::Threads;

/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(5);

/// How many files are read at one time by the thread that has time.
const SLOW_FILES: usize = 4;

/// How long the others wait for one: a picture of the most pixels takes seconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct SlowFiles {
    queue: VecDeque<Task>,
    at_work: Option<Jobs>,
    /// The tick at which to look for them.
    pub(super) look: Option<Duration>,
}

impl SlowFiles {
    /// The files that wait for it or are being read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &InboxPath> {
        self.queue.iter().chain(self.at_work.iter().flat_map(Jobs::owed)).map(|task| &task.job.path)
    }

    /// Takes a file; one that waits already is read once, whatever its bytes if either asked for that.
    pub(super) fn take(&mut self, task: Task) {
        match self.queue.iter_mut().find(|waiting| waiting.job.path == task.job.path) {
            Some(waiting) => {
                let known = waiting.job.known.filter(|_| task.job.known.is_some());
                *waiting = Task { job: Job { known, ..task.job }, arrival: waiting.arrival, look: task.look };
            }
            None => self.queue.push_back(task),
        }
    }

    /// What is done; and the next are begun.
    pub(super) fn done(&mut self, reader: &FileReader, stragglers: &mut Stragglers, now: Moment) -> Vec<(Read, Look)> {
        let outcomes = self.at_work.iter_mut().flat_map(readers::ended).collect();
        if let Some(mut jobs) = self.at_work.take_if(|jobs| jobs.is_stuck(PATIENCE)) {
            jobs.take_back().iter().rev().for_each(|task| self.queue.push_front(task.clone()));
            stragglers.adopt(jobs, now);
        }
        if self.at_work.is_none() && !self.queue.is_empty() && !stragglers.are_too_many() {
            let tasks = self.queue.drain(..self.queue.len().min(SLOW_FILES)).collect();
            self.at_work = Some(readers::begin(reader, tasks, Threads { most: 1, name: "read-slow", nice: 0 }));
        }
        self.look = self.at_work.as_ref().map(|_| now.tick + LOOK);
        outcomes
    }
}
