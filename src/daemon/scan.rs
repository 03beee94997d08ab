//! The thread that compares and watches: it holds the watch, lists folders and reads the catalogue beside the desk, so that a
//! drop is never kept waiting. One request at a time; what is asked meanwhile waits in a short list without doubles.

mod worker;

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

use super::{DaemonError, Event};
use crate::config::Config;
use crate::dropped::InboxPath;
use crate::intake::backlog::{self, Backlog};
use crate::intake::compare::Compared;
use crate::publish;
use worker::Worker;
pub(super) use worker::{compare, sweep};

/// How many requests may wait; beyond that one comparison of everything stands for all.
const MAX_WAITING: usize = 1024;

/// What is said of a request in whose course a library panicked; its words are in the log.
const BROKEN_OFF: &str = "it broke off in the middle";

/// How a request ended.
#[derive(Debug)]
pub enum Scanned {
    /// A folder was compared with the record.
    Compared(Comparison),
    /// `feeds/` was compared with the catalogue.
    Swept(Result<Vec<publish::Discrepancy>, String>),
    /// Either ended because the catalogue is damaged.
    Damaged(DaemonError),
    /// The watch is lost, while something was done that nobody waits for: what it would have told is found by comparing.
    Unwatched(String),
}

/// How the comparison of a folder with the record ended.
#[derive(Debug)]
pub struct Comparison {
    /// Which folder.
    pub folder: InboxPath,
    /// How long it took, without the time in which it waited for the desk.
    pub took: Duration,
    /// Whether it is compared every `poll`, because nobody tells of its changes.
    pub polls: bool,
    /// What there is to say of it, or why it failed.
    pub outcome: Result<Compared, String>,
}

/// What is asked of the thread.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// Compare a folder with the record.
    Compare(InboxPath),
    /// A folder is now another.
    Moved(InboxPath, InboxPath),
    /// A folder is gone.
    Removed(InboxPath),
    /// The inbox itself may be another folder now.
    Renew,
    /// Compare `feeds/` with the catalogue.
    Sweep,
    /// The configuration was read again.
    Set(Box<Config>),
}

/// The desk's end of the thread.
pub struct Scan {
    requests: Sender<Request>,
    backlog: Arc<Backlog>,
    /// Comparisons and sweeps that wait for the one under way.
    waiting: VecDeque<Request>,
    is_busy: bool,
    is_whole: bool,
}

impl Scan {
    pub(super) fn start(config: &Config, events: SyncSender<Event>) -> io::Result<Self> {
        let (requests, received) = channel();
        let scan = Self::of(requests);
        let worker = Worker::of(config, &scan.backlog, events);
        thread::Builder::new().name("scan".to_owned()).spawn(move || worker.work(&received))?;
        Ok(scan)
    }

    /// The desk's end of a thread that takes these requests.
    #[must_use]
    pub fn of(requests: Sender<Request>) -> Self {
        let (backlog, waiting) = (Backlog::of(backlog::MAX_WAITING), VecDeque::new());
        Self { requests, backlog, waiting, is_busy: false, is_whole: false }
    }

    /// Whether the whole inbox is being compared, or will be without being asked again.
    #[must_use]
    pub fn is_comparing(&self) -> bool {
        self.is_whole
            || self.waiting.iter().any(|request| matches!(request, Request::Compare(folder) if folder.is_root()))
    }

    /// Has a folder compared, unless that is about to be done.
    pub fn compare(&mut self, folder: InboxPath) {
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

    /// Has `feeds/` compared with the catalogue.
    pub fn sweep(&mut self) {
        self.waiting.push_back(Request::Sweep);
        self.next();
    }

    /// A folder is now another.
    pub fn moved(&self, from: InboxPath, to: InboxPath) {
        self.tell(Request::Moved(from, to));
    }

    /// A folder is gone.
    pub fn removed(&self, folder: InboxPath) {
        self.tell(Request::Removed(folder));
    }

    /// The inbox itself may be another folder now.
    pub fn renew(&self) {
        self.tell(Request::Renew);
    }

    /// The configuration was read again: it holds for what begins from now on.
    pub fn set(&self, config: &Config) {
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
    pub fn ended(&mut self) {
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

/// Fulfils requests until nobody asks any more, or listens; `tell` says whether somebody does. A library that panics ends only
/// what it was at: without this thread nothing would ever be compared again, and nobody told. Then the watch is given up, which
/// may be what is broken.
pub fn attend<R>(
    received: &Receiver<Request>,
    mut worker: R,
    fulfil: impl Fn(&mut R, Request) -> Option<Scanned>,
    give_up_watch: impl Fn(&mut R),
    tell: impl Fn(Scanned) -> bool,
) {
    while let Ok(request) = received.recv() {
        let broken_off = match &request {
            Request::Compare(folder) => Scanned::Compared(Comparison {
                folder: folder.clone(),
                took: Duration::ZERO,
                polls: false,
                outcome: Err(BROKEN_OFF.to_owned()),
            }),
            Request::Sweep => Scanned::Swept(Err(BROKEN_OFF.to_owned())),
            _ => Scanned::Unwatched(BROKEN_OFF.to_owned()),
        };
        let scanned = catch_unwind(AssertUnwindSafe(|| fulfil(&mut worker, request))).unwrap_or_else(|_| {
            let _ = catch_unwind(AssertUnwindSafe(|| give_up_watch(&mut worker)));
            Some(broken_off)
        });
        if let Some(scanned) = scanned
            && !tell(scanned)
        {
            return;
        }
    }
}
