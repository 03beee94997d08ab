//! What the thread that compares has and does: the watch, and what it needs to list folders and to read the catalogue beside the desk.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::super::{DaemonError, Event, polls};
use super::{Comparison, Request, Scanned, attend};
use crate::catalogue::Reader;
use crate::config::Config;
use crate::dropped::InboxPath;
use crate::inbox::{self, Freshness, Watch, WatchError};
use crate::intake::IntakeError;
use crate::intake::backlog::Backlog;
use crate::intake::compare::{self, Compared, Finding};
use crate::publish;

/// The thread's end.
pub(super) struct Worker {
    config: Config,
    events: SyncSender<Event>,
    backlog: Arc<Backlog>,
    watch: Option<Watch>,
    /// Whether it is looked at again and again: found out with every comparison of the whole, for a share may be mounted at any time.
    polls: bool,
}

impl Worker {
    pub(super) fn of(config: &Config, backlog: &Arc<Backlog>, events: SyncSender<Event>) -> Self {
        Self { config: config.clone(), events, backlog: Arc::clone(backlog), watch: None, polls: true }
    }

    /// Fulfils what is asked until nobody asks any more.
    pub(super) fn work(self, received: &Receiver<Request>) {
        let events = self.events.clone();
        attend(
            received,
            self,
            Self::fulfil,
            |worker| drop(worker.watch.take()),
            |scanned| events.send(Event::Scanned(scanned)).is_ok(),
        );
    }

    /// Does what is asked; says how it ended where somebody waits for that.
    fn fulfil(&mut self, request: Request) -> Option<Scanned> {
        match request {
            Request::Compare(folder) => return Some(self.compare(folder)),
            Request::Sweep => return Some(self.sweep()),
            Request::Moved(from, to) => {
                if let Some(watch) = &mut self.watch {
                    // The comparison that follows adds what could not be moved.
                    let _ = watch.moved(&from, &to);
                }
            }
            Request::Removed(folder) => {
                if let Some(watch) = &mut self.watch {
                    watch.remove(&folder);
                }
            }
            Request::Renew => self.watch = None,
            Request::Set(config) => {
                self.config = *config;
                self.find_out();
            }
        }
        None
    }

    fn sweep(&self) -> Scanned {
        match sweep(&self.config) {
            Err(error) if error.is_confirmed(&self.config.state) => Scanned::Damaged(error),
            swept => Scanned::Swept(swept.map_err(|error| error.to_string())),
        }
    }

    fn compare(&mut self, folder: InboxPath) -> Scanned {
        let began = Instant::now();
        let mut unwatched = None;
        if folder.is_root() {
            self.find_out();
        }
        if folder.is_root() && self.watch.as_ref().is_some_and(|watch| watch.is_elsewhere(&self.config.inbox)) {
            self.watch = None;
        }
        if self.watch.is_none() && !self.polls {
            let events = self.events.clone();
            match Watch::new(&self.config.inbox, move |hint| {
                // An error means that the desk has stopped.
                let _ = events.send(Event::Hint(hint));
            }) {
                Ok(watch) => self.watch = Some(watch),
                Err(error) => unwatched = Some(error.to_string()),
            }
        }
        let (events, backlog, mut waited) = (self.events.clone(), &self.backlog, Duration::ZERO);
        let outcome = compare(&self.config, self.watch.as_mut(), &folder, Utc::now(), |findings| {
            waited += backlog.tell(findings.len());
            events.send(Event::Findings(findings)).is_ok()
        });
        let outcome = match outcome {
            Ok(mut compared) => {
                compared.unwatched = unwatched.or(compared.unwatched);
                Ok(compared)
            }
            Err(error) if error.is_confirmed(&self.config.state) => return Scanned::Damaged(error),
            Err(error) => Err(error.to_string()),
        };
        // How often it is done depends on how long it takes, not on how long others take to read what it found.
        let took = began.elapsed().saturating_sub(waited);
        Scanned::Compared(Comparison { folder, took, polls: self.polls, outcome })
    }

    fn find_out(&mut self) {
        self.polls = polls(&self.config);
        if self.polls {
            self.watch = None;
        }
    }
}

/// Compares a folder of the configured inbox, watching each folder before it is listed if there is a watch.
pub(in super::super) fn compare(
    config: &Config,
    mut watch: Option<&mut Watch>,
    folder: &InboxPath,
    now: DateTime<Utc>,
    tell: impl FnMut(Vec<Finding>) -> bool,
) -> Result<Compared, DaemonError> {
    let reader = Reader::open(&config.state).map_err(IntakeError::from)?;
    let add = |folder: &InboxPath| match watch.as_deref_mut().map_or(Ok(()), |watch| watch.add(folder)) {
        Ok(()) | Err(WatchError::NoFolder(_)) => Ok(()),
        Err(error) => Err(error.to_string()),
    };
    let freshness = if inbox::needs_polling(&config.inbox) {
        Freshness::always()
    } else {
        Freshness::since(now, config.intake.poll.max(config.intake.settle))
    };
    Ok(compare::compare(&config.inbox, &reader, folder, freshness, add, tell)?)
}

/// Compares `feeds/` with the catalogue.
pub(in super::super) fn sweep(config: &Config) -> Result<Vec<publish::Discrepancy>, DaemonError> {
    let reader = Reader::open(&config.state).map_err(IntakeError::from)?;
    Ok(publish::sweep(&reader, &config.feeds)?)
}
