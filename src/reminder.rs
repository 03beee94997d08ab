//! A failure that lasts → a line in the log at first, and then one now and again, however often it is met.

use std::time::{Duration, Instant};

/// How often the same is told while it lasts: often enough to be found near the end of a log, and no more than 1,440 lines a day.
pub const TOLD_AGAIN: Duration = Duration::from_secs(60);

/// What was told last, and when.
#[derive(Debug, Default)]
pub struct Reminder(Option<(String, Instant)>);

impl Reminder {
    /// Whether this is to be told now: it is another failure than the one told last, or that was told long enough ago.
    pub fn is_due(&mut self, failure: &str, now: Instant) -> bool {
        let is_told = |(told, at): &(String, Instant)| told == failure && now < *at + TOLD_AGAIN;
        if self.0.as_ref().is_some_and(is_told) {
            return false;
        }
        self.0 = Some((failure.to_owned(), now));
        true
    }
}
