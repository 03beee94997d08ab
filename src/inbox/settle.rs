//! Hints and looks → which files are ready to be read. Knows no clock and no disk: ticks come in, ready paths go out.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::dropped::{InboxPath, Look};
use crate::inbox::names::{Sort, sort};

/// How many ready files are handed out at once: one transaction's worth, so that news does not wait behind an import.
pub const BATCH: usize = 512;

/// How long a file with an extension nobody knows rests: editors and upload programs make such names for an instant.
pub const UNKNOWN_REST: Duration = Duration::from_secs(2);

/// How many times `poll` a file that was opened for writing and never closed must look the same before it counts as whole:
/// an upload that stalls is usual, a file that comes without a close (`linkat` of an unnamed file) is rare.
pub const OPEN_LOOKS: u32 = 10;

/// A file whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Where it lies.
    pub path: InboxPath,
    /// The look it must still have to count as whole; else give it back with [`Settle::changed`]. None: it was closed or
    /// renamed into place, and is ready whatever it looks like.
    pub expected: Option<Look>,
    /// How long it must stay unchanged.
    rest: Duration,
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
struct Wait {
    due: Duration,
    expected: Option<Look>,
    rest: Duration,
}

/// Files that may be in the middle of being written, each with the tick at which it is ready if nothing more happens.
#[derive(Debug)]
pub struct Settle {
    settle: Duration,
    poll: Duration,
    waits: HashMap<InboxPath, Wait>,
    /// What goes with articles comes before those that are due at the same time.
    order: BTreeSet<(Duration, bool, InboxPath)>,
}

impl Settle {
    /// Nothing waiting. `settle`: the rest after a close; `poll`: the time between two equal looks.
    #[must_use]
    pub fn new(settle: Duration, poll: Duration) -> Self {
        Self { settle, poll, waits: HashMap::new(), order: BTreeSet::new() }
    }

    /// Other times, for what comes from now on.
    pub fn set(&mut self, settle: Duration, poll: Duration) {
        self.settle = settle;
        self.poll = poll;
    }

    /// It was closed after writing: ready after `settle`, counted anew from every close.
    pub fn closed(&mut self, path: InboxPath, tick: Duration) {
        let rest = self.settle.max(unknown_rest(&path));
        self.wait(path, Wait { due: tick + rest, expected: None, rest });
    }

    /// It was renamed (or linked) into place: ready at once, never settled.
    pub fn arrived(&mut self, path: InboxPath, tick: Duration) {
        let rest = unknown_rest(&path);
        self.wait(path, Wait { due: tick + rest, expected: None, rest });
    }

    /// It is open for writing, and this is how it looks: not ready before it is closed, or has stayed so for long.
    pub fn created(&mut self, path: InboxPath, look: Look, tick: Duration) {
        let rest = (self.poll * OPEN_LOOKS).max(unknown_rest(&path));
        self.wait(path, Wait { due: tick + rest, expected: Some(look), rest });
    }

    /// A scan saw it. A `fresh` one (see [`Self::is_fresh`]) needs a second equal look after `poll` (`settle`, if longer), an old one is ready at once.
    /// What events already told of stands; a look that differs from the last starts its rest again.
    pub fn seen(&mut self, path: InboxPath, look: Look, fresh: bool, tick: Duration) {
        let rest = if fresh { self.poll.max(self.settle) } else { Duration::ZERO }.max(unknown_rest(&path));
        let wait = match self.waits.get(&path) {
            Some(wait) if wait.expected.is_none_or(|expected| expected == look) => return,
            Some(wait) => {
                let rest = wait.rest.max(rest);
                Wait { due: tick + rest, expected: Some(look), rest }
            }
            None => Wait { due: tick + rest, expected: Some(look), rest },
        };
        self.wait(path, wait);
    }

    /// Whether a file was changed so lately, or (by a clock that is ahead) so far in the future, that somebody may still be
    /// writing it.
    #[must_use]
    pub fn is_fresh(&self, look: &Look, now: DateTime<Utc>) -> bool {
        let now = now.timestamp_nanos_opt().unwrap_or(i64::MAX);
        let rest = i64::try_from(self.poll.max(self.settle).as_nanos()).unwrap_or(i64::MAX);
        look.mtime_ns > now.saturating_sub(rest)
    }

    /// It was ready by its time, but looks different (or changed while it was read): it rests again.
    pub fn changed(&mut self, ready: Ready, look: Look, tick: Duration) {
        // A close since then has already said when.
        if !self.waits.contains_key(&ready.path) {
            let rest = ready.rest.max(self.poll);
            self.wait(ready.path, Wait { due: tick + rest, expected: Some(look), rest });
        }
    }

    /// It is not there any more.
    pub fn vanished(&mut self, path: &InboxPath) {
        if let Some(wait) = self.waits.remove(path) {
            self.order.remove(&key(wait.due, path));
        }
    }

    /// Those that were opened for writing and have not been closed, as far as is known.
    pub fn open(&self) -> impl Iterator<Item = &InboxPath> {
        let is_open = |wait: &Wait| wait.expected.is_some() && wait.rest >= self.poll * OPEN_LOOKS;
        self.waits.iter().filter(move |(_, wait)| is_open(wait)).map(|(path, _)| path)
    }

    /// The tick at which the next file is due; none if nothing waits.
    #[must_use]
    pub fn next(&self) -> Option<Duration> {
        self.order.first().map(|(due, ..)| *due)
    }

    /// Hands out what is due, the longest due first, at most [`BATCH`]: call again while [`Self::next`] is not later.
    pub fn due(&mut self, tick: Duration) -> Vec<Ready> {
        let mut ready = Vec::new();
        while ready.len() < BATCH && self.next().is_some_and(|due| due <= tick) {
            let Some((.., path)) = self.order.pop_first() else { break };
            if let Some(wait) = self.waits.remove(&path) {
                ready.push(Ready { path, expected: wait.expected, rest: wait.rest });
            }
        }
        ready
    }

    /// How many files wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waits.len()
    }

    fn wait(&mut self, path: InboxPath, wait: Wait) {
        self.order.insert(key(wait.due, &path));
        if let Some(former) = self.waits.insert(path.clone(), wait)
            && former.due != wait.due
        {
            self.order.remove(&key(former.due, &path));
        }
    }
}

fn key(due: Duration, path: &InboxPath) -> (Duration, bool, InboxPath) {
    let is_companion = matches!(sort(path), Sort::Media | Sort::Sidecar | Sort::Caption);
    (due, !is_companion, path.clone())
}

fn unknown_rest(path: &InboxPath) -> Duration {
    if sort(path) == Sort::Unknown { UNKNOWN_REST } else { Duration::ZERO }
}
