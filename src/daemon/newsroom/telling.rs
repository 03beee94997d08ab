//! What the newsroom tells of itself: counts, the service manager's line, and what only a running daemon's status says.

use std::time::{Duration, Instant};

use super::super::desk::{Desk, DeskError, Turn};
use super::super::log;
use super::{Newsroom, STATUS_PAUSE};
use crate::control::Reply;
use crate::intake::Change;

impl Newsroom {
    /// Counts what a turn did.
    pub(super) fn count(&self, turn: &Turn, waiting: usize, took: Duration) {
        let changed = turn.reports.iter().filter(|report| report.change != Change::Unchanged);
        changed.for_each(|report| self.tally.changed(log::word(report.change)));
        turn.refused.iter().for_each(|_| self.tally.refused());
        if turn.written > 0 && !turn.reports.is_empty() {
            self.tally.taken_in(took);
        }
        self.tally.waiting(waiting);
    }

    /// Tells the service manager how things stand.
    pub(super) fn tell(&mut self, desk: &Desk) -> Result<(), DeskError> {
        self.is_untold = false;
        if !self.herald.is_heard() {
            return Ok(());
        }
        let began = Instant::now();
        let status = desk.status()?;
        let counts = status.text.lines().next().unwrap_or_default();
        let text = match status.value["suspended"].as_str() {
            Some(reason) => format!("{reason}; everything stays published until it is back"),
            None if desk.is_current() => counts.to_owned(),
            None => format!("Taking in the inbox, {} files to go; so far {counts}", desk.waiting()),
        };
        self.herald.status(&text);
        self.tell_at = self.began.elapsed() + STATUS_PAUSE.max(began.elapsed() * 99);
        Ok(())
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
