//! What the desk did → the line of status that a service manager shows, now and then.

use std::time::{Duration, Instant};

use super::desk::{Desk, DeskError};
use super::systemd::Systemd;

/// How often it is told, at most; and not more than a hundredth of the time is spent on it, for counting takes time.
const PAUSE: Duration = Duration::from_secs(2);

/// How things stand, told and untold.
pub(super) struct StatusLine {
    pub(super) systemd: Systemd,
    /// The tick from which on it may be told again.
    due: Duration,
    is_untold: bool,
    /// What kept the desk from its work when it was told last.
    troubles: Vec<String>,
}

impl StatusLine {
    pub(super) fn new(systemd: Systemd) -> Self {
        Self { systemd, due: Duration::ZERO, is_untold: false, troubles: Vec::new() }
    }

    /// Something happened.
    pub(super) fn touch(&mut self) {
        self.is_untold = self.systemd.is_heard();
    }

    /// The tick at which there is something to tell.
    pub(super) fn due(&self) -> Option<Duration> {
        self.is_untold.then_some(self.due)
    }

    /// Tells it, if that is due: what keeps the desk from its work, for as long as it does, and how much is published.
    pub(super) fn tell(&mut self, desk: &Desk, now: Duration) -> Result<(), DeskError> {
        if self.troubles != desk.troubles() {
            self.touch();
        }
        if self.due().is_none_or(|due| now < due) {
            return Ok(());
        }
        self.is_untold = false;
        let began = Instant::now();
        let status = desk.status()?;
        let counts = status.text.lines().next().unwrap_or_default();
        let progress = match desk.is_current() {
            true => counts.to_owned(),
            false => format!("Taking in the inbox, {} files to go; so far {counts}", desk.waiting()),
        };
        self.troubles = desk.troubles();
        let sentences: Vec<&str> = self.troubles.iter().map(String::as_str).chain([&*progress]).collect();
        self.systemd.status(&sentences.join("; "));
        self.due = now + PAUSE.max(began.elapsed() * 99);
        Ok(())
    }

    /// Tells at once what keeps the desk from its record, which is not asked for counts then.
    pub(super) fn alarm(&mut self, desk: &Desk, trouble: &str) {
        self.systemd.status(trouble);
        self.troubles = desk.troubles();
    }

    /// Tells it at once: a person waits for it.
    pub(super) fn tell_now(&mut self, desk: &Desk, now: Duration) -> Result<(), DeskError> {
        self.touch();
        self.due = now;
        self.tell(desk, now)
    }
}
