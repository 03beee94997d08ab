//! What the desk did → the line of status that a service manager shows, now and then.

use std::time::{Duration, Instant};

use super::desk::{Desk, DeskError};
use super::herald::Herald;

/// How often it is told, at most; and not more than a hundredth of the time is spent on it, for counting takes time.
const PAUSE: Duration = Duration::from_secs(2);

/// How things stand, told and untold.
pub(super) struct Bulletin {
    pub(super) herald: Herald,
    /// The tick from which on it may be told again.
    due: Duration,
    is_untold: bool,
}

impl Bulletin {
    pub(super) fn new(herald: Herald) -> Self {
        Self { herald, due: Duration::ZERO, is_untold: false }
    }

    /// Something happened.
    pub(super) fn touch(&mut self) {
        self.is_untold = self.herald.is_heard();
    }

    /// The tick at which there is something to tell.
    pub(super) fn due(&self) -> Option<Duration> {
        self.is_untold.then_some(self.due)
    }

    /// Tells it, if that is due.
    pub(super) fn tell(&mut self, desk: &Desk, now: Duration) -> Result<(), DeskError> {
        if self.due().is_none_or(|due| now < due) {
            return Ok(());
        }
        self.is_untold = false;
        let began = Instant::now();
        let status = desk.status()?;
        let counts = status.text.lines().next().unwrap_or_default();
        let text = match status.value["suspended"].as_str() {
            Some(reason) => format!("{reason}; everything stays published until it is back"),
            None if desk.is_current() => counts.to_owned(),
            None => format!("Taking in the inbox, {} files to go; so far {counts}", desk.waiting()),
        };
        self.herald.status(&text);
        self.due = now + PAUSE.max(began.elapsed() * 99);
        Ok(())
    }
}
