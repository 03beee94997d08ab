//! Whoever reads files beside the desk, and how long.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::dropped::{InboxPath, Look};
use crate::intake::fault;
use crate::intake::reading::{self, FileReader, Job, Outcome};
use crate::threads::jobs::{self, Threads};

/// How long the desk waits for a file that is being read: an article takes milliseconds, the worst known one a second.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the desk waits for a lot: then it does what else is due, and the rest becomes a lot of its own.
const LONGEST_LOT: Duration = Duration::from_secs(20);

/// How long a reader may compute on one file: twenty times what the worst known file of any format takes.
const LONGEST_READING: Duration = Duration::from_secs(30);

/// A file to be read.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) job: Job,
    /// When it came.
    pub(super) arrival: DateTime<Utc>,
    /// How it looked when it was due.
    pub(super) look: Look,
}

/// What reading one gave.
pub(super) type Read = (InboxPath, DateTime<Utc>, Outcome);

/// Files that are being read.
pub(super) type Jobs = jobs::Jobs<Task, Outcome>;

/// Begins to read.
pub(super) fn begin(reader: &FileReader, tasks: Vec<Task>, threads: Threads<'_>) -> Jobs {
    let reader = reader.clone();
    Jobs::begin(tasks, threads, move |task| reader.read(&task.job, task.arrival))
}

/// What has been read in the time of the desk, in the order of the tasks.
pub(super) fn wait(jobs: &mut Jobs) -> Vec<Read> {
    let outcomes = jobs.wait(PATIENCE, LONGEST_LOT);
    outcomes.into_iter().map(|(at, outcome)| of(&jobs.all()[at], outcome)).collect()
}

/// What has been read since it was looked last, each with how the file looked when it was due. One that takes too long is refused.
pub(super) fn ended(jobs: &mut Jobs) -> Vec<(Read, Look)> {
    let outcomes = jobs.ended(LONGEST_READING);
    let of = |(at, outcome): (usize, Option<Outcome>)| {
        let task = &jobs.all()[at];
        let given_up = || Outcome::Read(Box::new(reading::refuse_unread(task.look, fault::endless())));
        (of(task, outcome.unwrap_or_else(given_up)), task.look)
    };
    outcomes.into_iter().map(of).collect()
}

fn of(task: &Task, outcome: Outcome) -> Read {
    (task.job.path.clone(), task.arrival, outcome)
}
