//! Files whose reading does not end in time: what else comes does not wait for them. One whose reader computes on and on is
//! refused; one whose disk or share does not answer is read as soon as that does.

use std::time::Duration;

use super::readers::{self, Jobs, Read};
use crate::dropped::{InboxPath, Look};
use crate::moment::Moment;
use crate::threads::jobs;

/// How many threads there may be that do not come back, each with a file in memory and perhaps a core to itself. Beyond that
/// nothing more is read before one ends.
pub(super) const MOST_THREADS: usize = 16;

/// How often it is looked whether one has ended.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Default)]
pub(super) struct Stragglers {
    lots: Vec<Jobs>,
    /// The tick at which to look for them.
    pub(super) look: Option<Duration>,
}

impl Stragglers {
    /// Takes over what is not waited for any longer.
    pub(super) fn adopt(&mut self, jobs: Jobs, now: Moment) {
        if !jobs.is_over() {
            self.lots.push(jobs);
            self.look = Some(now.tick + LOOK);
        }
    }

    /// The files that are still being read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &InboxPath> {
        self.lots.iter().flat_map(Jobs::owed).map(|task| &task.job.path)
    }

    /// Whether nothing more can be read at present.
    pub(super) fn are_too_many(&self) -> bool {
        self.lots.iter().map(Jobs::threads).sum::<usize>() + jobs::strays() >= MOST_THREADS
    }

    /// Whether a file is still being read.
    pub(super) fn have(&self, path: &InboxPath) -> bool {
        self.paths().any(|late| late == path)
    }

    /// What became of those that have ended, or are given up.
    pub(super) fn done(&mut self, now: Moment) -> Vec<(Read, Look)> {
        let outcomes = self.lots.iter_mut().flat_map(readers::ended).collect();
        // A thread that was given up counts for as long as it runs.
        self.lots.retain(|jobs| !jobs.is_over());
        self.look = (!self.lots.is_empty()).then(|| now.tick + LOOK);
        outcomes
    }
}
