//! A state folder → a desk, as soon as its record can be opened: a damaged one is set aside, a full disk waited for.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use chrono::Utc;

use super::desk::Desk;
use super::live_config::LiveConfig;
use super::systemd::Systemd;
use super::watchdog::{self, Phase, Pulse};
use super::{DaemonError, Event, RECORD_PAUSE, setup};
use crate::edition::Edition;

/// How a desk is opened.
pub(super) struct Opening<'a> {
    pub(super) edition: &'a Arc<Edition>,
    pub(super) received: &'a Receiver<Event>,
    pub(super) systemd: &'a Systemd,
    pub(super) pulse: &'a Pulse,
    pub(super) began: Instant,
}

impl Opening<'_> {
    /// Opens it; on a disk that is full or fails, again and again until it can be opened, while what was published is served and
    /// the configuration read again where that is asked for. None: it was told to stop before.
    ///
    /// # Errors
    /// When the record cannot be opened, and waiting would not mend that.
    pub(super) fn desk(&self, live: &mut LiveConfig<'_>) -> Result<Option<Desk>, DaemonError> {
        let (mut told, mut is_aside) = (None, false);
        loop {
            let config = &live.config;
            let opened = setup::mend_catalogue(config).and_then(|()| setup::open(config, self.edition, Utc::now()));
            let error = match opened {
                Err(error) if error.is_passing() => error.to_string(),
                // It was left in order, and something happened to it since.
                Err(error) if error.is_damage() && !is_aside => {
                    setup::set_aside(config, &error.to_string())?;
                    is_aside = true;
                    continue;
                }
                outcome => return outcome.map(Some),
            };
            let text = format!("{error}; intake begins when that is over, what was published is served");
            if told.as_ref() != Some(&text) {
                tracing::error!("{text}");
            }
            self.tell(&text);
            told = Some(text);
            if !self.rest(live) {
                return Ok(None);
            }
        }
    }

    /// Ready all the same: what was published is served.
    fn tell(&self, text: &str) {
        self.pulse.enter(Phase::Running, self.began.elapsed());
        self.pulse.desk(self.began.elapsed(), watchdog::LONGEST_OPENING);
        self.systemd.status(text);
        self.systemd.ready();
    }

    /// Waits before it is tried again; false: it was told to stop.
    fn rest(&self, live: &mut LiveConfig<'_>) -> bool {
        let again = Instant::now() + RECORD_PAUSE;
        while let Ok(event) = self.received.recv_timeout(again.saturating_duration_since(Instant::now())) {
            match event {
                Event::Stop => return false,
                Event::Reload => {
                    self.systemd.reloading();
                    live.reload();
                    self.systemd.ready();
                }
                // Commands are let go unanswered: whoever gave one is told that the daemon is not ready.
                _ => {}
            }
        }
        true
    }
}
