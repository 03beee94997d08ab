//! When the whole inbox is compared again.

use std::time::Duration;

use super::RECORD_PAUSE;

/// A comparison never takes more than a tenth of the time: after it, it is rested so many times as long as it took.
const REST: u32 = 9;

/// See the module. Times are ticks.
#[derive(Debug, Default)]
pub struct Rescan {
    /// When the next is due.
    next: Duration,
    /// Whether the one under way began before the configuration was read again. It does as it was told then: the watch that is
    /// wanted now may not even be set up.
    is_outdated: bool,
}

impl Rescan {
    /// When the next is due.
    #[must_use]
    pub fn next(&self) -> Duration {
        self.next
    }

    /// One is due at once: something was lost on the way.
    pub fn hasten(&mut self, now: Duration) {
        self.next = now;
    }

    /// One was asked for. Where there is no inbox at present, it is looked again after `pause`.
    pub fn asked(&mut self, now: Duration, pause: Duration) {
        self.next = now + pause;
    }

    /// The configuration was read again: all is compared as it says now, after the one under way, if there is one.
    pub fn reconfigured(&mut self, now: Duration, is_under_way: bool) {
        self.next = now;
        self.is_outdated = is_under_way;
    }

    /// One is done, and took so long; the next comes after `pause` at the earliest, unless this one was outdated.
    pub fn ended(&mut self, now: Duration, took: Duration, pause: Duration) {
        let rest = if self.is_outdated { Duration::ZERO } else { pause.max(took * REST) };
        self.is_outdated = false;
        self.next = now + rest;
    }

    /// One failed: all is compared again soon.
    pub fn failed(&mut self, now: Duration) {
        self.is_outdated = false;
        self.next = now + RECORD_PAUSE;
    }
}
