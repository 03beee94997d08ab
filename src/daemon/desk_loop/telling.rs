//! What the desk's loop tells of itself: counts, and what only a running daemon's status says.

use std::time::Duration;

use super::super::desk::{Desk, Turn};
use super::super::log;
use super::DeskLoop;
use crate::control::Reply;
use crate::intake::Change;

impl DeskLoop<'_> {
    /// Counts what a turn did.
    pub(super) fn count(&self, turn: &Turn, waiting: usize, took: Duration) {
        let changed = turn.reports.iter().filter(|report| report.change != Change::Unchanged);
        changed.for_each(|report| self.metrics.changed(log::word(report.change)));
        turn.refused.iter().for_each(|_| self.metrics.refused());
        if turn.written > 0 && !turn.reports.is_empty() {
            self.metrics.taken_in(took);
        }
        self.metrics.waiting(waiting);
    }
}

/// What only a running daemon's status says.
pub(super) fn running(desk: &Desk, mut status: Reply) -> Reply {
    status.value["running"] = true.into();
    if !desk.is_current() {
        status.text += "the first comparison of the inbox is not complete yet\n";
    }
    status
}
