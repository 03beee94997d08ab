//! The thread that compares and watches: it holds the watch, lists folders and reads the catalogue beside the desk, so that a
//! drop is never kept waiting. One request at a time; what is asked meanwhile waits in a short list without doubles.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::{DaemonError, Event, polls};
use crate::catalogue::{CatalogueError, Reader};
use crate::config::Config;
use crate::dropped::InboxPath;
use crate::inbox::{Hint, Watch, WatchError};
use crate::intake::IntakeError;
use crate::intake::backlog::{self, Backlog};
use crate::intake::compare::{self, Compared, Finding};
use crate::publish;

/// How many requests may wait; beyond that one comparison of everything stands for all.
const MAX_WAITING: usize = 1024;

/// What is said of a request in whose course a library panicked; its words are in the log.
const BROKEN_OFF: &str = "it broke off in the middle";

/// How a request ended.
pub(super) enum Scanned {
    Compared {
        folder: InboxPath,
        took: Duration,
        outcome: Result<Compared, String>,
    },
    Swept(Result<Vec<publish::Finding>, String>),
    /// The catalogue is damaged where it was read.
    Damaged(CatalogueError),
}

enum Request {
    Compare(InboxPath),
    Moved(InboxPath, InboxPath),
    Removed(InboxPath),
    /// The inbox itself may be another folder now.
    Renew,
    Sweep,
    Set(Box<Config>),
}

/// The desk's end of the thread.
pub(super) struct Scan {
    requests: Sender<Request>,
    backlog: Arc<Backlog>,
    /// Comparisons and sweeps that wait for the one under way.
    waiting: VecDeque<Request>,
    is_busy: bool,
    is_whole: bool,
    /// Whether the inbox is polled.
    pub(super) polls: bool,
}

impl Scan {
    pub(super) fn start(config: &Config, events: SyncSender<Event>) -> io::Result<Self> {
        let (requests, received) = channel();
        let polls = polls(config);
        let backlog = Backlog::of(backlog::MAX_WAITING);
        let mut room = Room { config: config.clone(), events, backlog: Arc::clone(&backlog), watch: None, polls };
        thread::Builder::new().name("scan".to_owned()).spawn(move || room.work(&received))?;
        Ok(Self { requests, backlog, waiting: VecDeque::new(), is_busy: false, is_whole: false, polls })
    }

    pub(super) fn is_comparing(&self) -> bool {
        self.is_whole
            || self.waiting.iter().any(|request| matches!(request, Request::Compare(folder) if folder.is_root()))
    }

    pub(super) fn compare(&mut self, folder: InboxPath) {
        let is_covered = self
            .waiting
            .iter()
            .any(|request| matches!(request, Request::Compare(waiting) if folder.is_within(waiting)));
        if is_covered {
            return;
        }
        self.waiting.retain(|request| !matches!(request, Request::Compare(waiting) if waiting.is_within(&folder)));
        if self.waiting.len() >= MAX_WAITING {
            self.waiting.clear();
            self.waiting.push_back(Request::Compare(InboxPath::root()));
        } else {
            self.waiting.push_back(Request::Compare(folder));
        }
        self.next();
    }

    pub(super) fn sweep(&mut self) {
        self.waiting.push_back(Request::Sweep);
        self.next();
    }

    pub(super) fn moved(&self, from: InboxPath, to: InboxPath) {
        self.tell(Request::Moved(from, to));
    }

    pub(super) fn removed(&self, folder: InboxPath) {
        self.tell(Request::Removed(folder));
    }

    pub(super) fn renew(&self) {
        self.tell(Request::Renew);
    }

    pub(super) fn set(&mut self, config: &Config) {
        self.polls = polls(config);
        self.tell(Request::Set(Box::new(config.clone())));
    }

    /// The desk has taken so many findings.
    pub(super) fn taken(&self, findings: usize) {
        self.backlog.take(findings);
    }

    /// So many files wait for the desk.
    pub(super) fn waits(&self, files: usize) {
        self.backlog.waits(files);
    }

    /// The request under way has ended; the next begins.
    pub(super) fn ended(&mut self) {
        self.is_busy = false;
        self.is_whole = false;
        self.next();
    }

    fn next(&mut self) {
        if self.is_busy {
            return;
        }
        if let Some(request) = self.waiting.pop_front() {
            self.is_busy = true;
            self.is_whole = matches!(&request, Request::Compare(folder) if folder.is_root());
            self.tell(request);
        }
    }

    fn tell(&self, request: Request) {
        // The thread ends only with the process.
        let _ = self.requests.send(request);
    }
}

/// The thread's end.
struct Room {
    config: Config,
    events: SyncSender<Event>,
    backlog: Arc<Backlog>,
    watch: Option<Watch>,
    polls: bool,
}

impl Room {
    fn work(&mut self, received: &Receiver<Request>) {
        while let Ok(request) = received.recv() {
            let broken_off = match &request {
                Request::Compare(folder) => Event::Scanned(Scanned::Compared {
                    folder: folder.clone(),
                    took: Duration::ZERO,
                    outcome: Err(BROKEN_OFF.to_owned()),
                }),
                Request::Sweep => Event::Scanned(Scanned::Swept(Err(BROKEN_OFF.to_owned()))),
                // Nobody waits for these, but the watch goes: what it would have told is found by comparing.
                _ => Event::Hint(Hint::Everything(BROKEN_OFF.to_owned())),
            };
            // Without this thread nothing would ever be compared again, and nobody told.
            let event =
                catch_unwind(AssertUnwindSafe(|| self.fulfil(request).map(Event::Scanned))).unwrap_or_else(|_| {
                    let watch = self.watch.take();
                    // The watch may be what is broken.
                    let _ = catch_unwind(AssertUnwindSafe(|| drop(watch)));
                    Some(broken_off)
                });
            if let Some(event) = event
                && self.events.send(event).is_err()
            {
                return;
            }
        }
    }

    /// Does what is asked; says how it ended where somebody waits for that.
    fn fulfil(&mut self, request: Request) -> Option<Scanned> {
        match request {
            Request::Compare(folder) => return Some(self.compare(folder)),
            Request::Sweep => {
                return Some(match sweep(&self.config) {
                    Ok(findings) => Scanned::Swept(Ok(findings)),
                    Err(error) => error
                        .into_damage()
                        .map_or_else(|error| Scanned::Swept(Err(error.to_string())), Scanned::Damaged),
                });
            }
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
                self.polls = polls(&config);
                if self.polls {
                    self.watch = None;
                }
                self.config = *config;
            }
        }
        None
    }

    fn compare(&mut self, folder: InboxPath) -> Scanned {
        let began = Instant::now();
        let mut unwatched = None;
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
            Err(error) => match error.into_damage() {
                Ok(damage) => return Scanned::Damaged(damage),
                Err(error) => Err(error.to_string()),
            },
        };
        // How often it is done depends on how long it takes, not on how long others take to read what it found.
        Scanned::Compared { folder, took: began.elapsed().saturating_sub(waited), outcome }
    }
}

/// Compares a folder of the configured inbox, watching each folder before it is listed if there is a watch.
pub(super) fn compare(
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
    Ok(compare::compare(&config.inbox, &reader, folder, now, config.intake.poll.max(config.intake.settle), add, tell)?)
}

/// Compares `feeds/` with the catalogue.
pub(super) fn sweep(config: &Config) -> Result<Vec<publish::Finding>, DaemonError> {
    let reader = Reader::open(&config.state).map_err(IntakeError::from)?;
    Ok(publish::sweep(&reader, &config.feeds)?)
}
