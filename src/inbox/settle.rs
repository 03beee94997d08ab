//! Hints and looks → which files are ready to be read. Knows no clock and no disk: ticks come in, ready paths go out.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use crate::dropped::{InboxPath, Look};
use crate::inbox::freshness::coarse_rest;
use crate::inbox::names::{Sort, may_hold_articles, sidecars_of, sort};

/// How many ready files are handed out at once: one transaction's worth, so that news does not wait behind an import.
pub const BATCH: usize = 512;

/// How long a file with an extension nobody knows rests: editors and upload programs make such names for an instant.
pub const UNKNOWN_REST: Duration = Duration::from_secs(2);

/// How many times `poll` a file that appeared without a close must look the same before it counts as whole: it may be open and
/// nothing written yet, or have come without one (`linkat` of an unnamed file), which is rare.
pub const OPEN_LOOKS: u32 = 10;

/// How long a file that was written to and not closed must look the same before it counts as whole: an upload that stalls is
/// usual, and by then servers end it themselves (vsftpd's `data_connection_timeout`). A program that writes and never closes is not.
pub const LONGEST_STALL: Duration = Duration::from_secs(300);

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
    /// Since when it is known to be open for writing.
    opened: Option<Duration>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
struct Wait {
    due: Duration,
    expected: Option<Look>,
    rest: Duration,
    /// Since when it is known to be open for writing.
    opened: Option<Duration>,
    /// Since when an article that is ready waits for its sidecar.
    kept: Option<Duration>,
}

impl Wait {
    /// One that begins now.
    fn new(tick: Duration, rest: Duration, expected: Option<Look>, opened: Option<Duration>) -> Self {
        Self { due: tick + rest, expected, rest, opened, kept: None }
    }
}

/// Files that may be in the middle of being written, each with the tick at which it is ready if nothing more happens.
#[derive(Debug)]
pub struct Settle {
    settle: Duration,
    poll: Duration,
    waits: HashMap<InboxPath, Wait>,
    /// What goes with articles comes before those that are due at the same time.
    order: BTreeSet<(Duration, bool, InboxPath)>,
    /// Those that are open for writing, as far as is known, with the tick since when.
    open: BTreeSet<(Duration, InboxPath)>,
}

/// A look that no file has.
const UNLIKE: Look = Look { size: u64::MAX, mtime_ns: i64::MIN, ctime_ns: i64::MIN, inode: 0 };

impl Settle {
    /// Nothing waiting. `settle`: the rest after a close; `poll`: the time between two equal looks.
    #[must_use]
    pub fn new(settle: Duration, poll: Duration) -> Self {
        Self { settle, poll, waits: HashMap::new(), order: BTreeSet::new(), open: BTreeSet::new() }
    }

    /// Other times, for what comes from now on.
    pub fn set(&mut self, settle: Duration, poll: Duration) {
        self.settle = settle;
        self.poll = poll;
    }

    /// It was closed after writing: ready after `settle`, counted anew from every close.
    pub fn closed(&mut self, path: InboxPath, tick: Duration) {
        let rest = self.settle.max(unknown_rest(&path));
        self.wait(path, Wait::new(tick, rest, None, None));
    }

    /// It was renamed (or linked) into place: ready at once, never settled.
    pub fn arrived(&mut self, path: InboxPath, tick: Duration) {
        let rest = unknown_rest(&path);
        self.wait(path, Wait::new(tick, rest, None, None));
    }

    /// It appeared, perhaps open for writing, and this is how it looks: not ready before it is closed, or has stayed so for
    /// [`OPEN_LOOKS`] times `poll`.
    pub fn created(&mut self, path: InboxPath, look: Look, tick: Duration) {
        let rest = (self.poll * OPEN_LOOKS).max(unknown_rest(&path));
        self.wait(path, Wait::new(tick, rest, Some(look), Some(tick)));
    }

    /// It is open and being written to: not ready before it is closed, or has stayed the same for [`LONGEST_STALL`].
    pub fn written(&mut self, path: InboxPath, tick: Duration) {
        let opened = self.waits.get(&path).and_then(|wait| wait.opened).or(Some(tick));
        self.wait(path, Wait::new(tick, LONGEST_STALL, Some(UNLIKE), opened));
    }

    /// It has another name now: ready at once, unless it is being written to; its close is told under the new name.
    pub fn moved(&mut self, from: &InboxPath, to: InboxPath, tick: Duration) {
        let is_written = self.waits.get(from).is_some_and(|wait| wait.rest >= LONGEST_STALL && wait.opened.is_some());
        self.vanished(from);
        if is_written {
            self.written(to, tick);
        } else {
            self.arrived(to, tick);
        }
    }

    /// Closes may have happened that were not told: what is open may be so no more, and rests like what appeared.
    pub fn doubt_closes(&mut self, tick: Duration) {
        for (_, path) in self.open.clone() {
            let rest = (self.poll * OPEN_LOOKS).max(unknown_rest(&path));
            if let Some(wait) = self.waits.get(&path).copied().filter(|wait| wait.rest > rest) {
                self.wait(path, Wait { due: tick + rest, rest, ..wait });
            }
        }
    }

    /// A scan saw it. A `fresh` one needs a second equal look after `poll` (`settle`, if longer), an old one is ready at once.
    /// What events already told of stands; a look that differs from the last starts its rest again.
    pub fn seen(&mut self, path: InboxPath, look: Look, fresh: bool, tick: Duration) {
        let second = || self.poll.max(self.settle).max(coarse_rest(&look));
        let rest = if fresh { second() } else { Duration::ZERO }.max(unknown_rest(&path));
        let wait = match self.waits.get(&path) {
            Some(wait) if wait.expected.is_none_or(|expected| expected == look) => return,
            Some(wait) => {
                let rest = wait.rest.max(rest);
                Wait { kept: wait.kept, ..Wait::new(tick, rest, Some(look), wait.opened) }
            }
            None => Wait::new(tick, rest, Some(look), None),
        };
        self.wait(path, wait);
    }

    /// It was ready by its time, but looks different (or changed while it was read): it rests again.
    pub fn changed(&mut self, ready: Ready, look: Look, tick: Duration) {
        // A close since then has already said when.
        if !self.waits.contains_key(&ready.path) {
            let rest = ready.rest.max(self.poll).max(coarse_rest(&look));
            self.wait(ready.path, Wait::new(tick, rest, Some(look), ready.opened));
        }
    }

    /// It is not there any more.
    pub fn vanished(&mut self, path: &InboxPath) {
        if let Some(wait) = self.waits.remove(path) {
            self.order.remove(&key(wait.due, path));
            if let Some(since) = wait.opened {
                self.open.remove(&(since, path.clone()));
            }
        }
    }

    /// Those that are open for writing, as far as is known, with the tick since when; the longest first.
    pub fn open(&self) -> impl Iterator<Item = (Duration, &InboxPath)> {
        self.open.iter().map(|(since, path)| (*since, path))
    }

    /// The tick at which the next file is due; none if nothing waits.
    #[must_use]
    pub fn next(&self) -> Option<Duration> {
        self.order.first().map(|(due, ..)| *due)
    }

    /// Hands out what is due, the longest due first, at most [`BATCH`]: call again while [`Self::next`] is not later. An article
    /// comes after its sidecar, which may embargo it, unless that is written for longer than [`LONGEST_STALL`].
    pub fn due(&mut self, tick: Duration) -> Vec<Ready> {
        let mut ready = Vec::new();
        while ready.len() < BATCH && self.next().is_some_and(|due| due <= tick) {
            let Some((.., path)) = self.order.pop_first() else { break };
            let Some(wait) = self.waits.remove(&path) else { continue };
            let Wait { expected, rest, opened, .. } = wait;
            if let Some(since) = opened {
                self.open.remove(&(since, path.clone()));
            }
            let since = wait.kept.unwrap_or(tick);
            match self.sidecar_due(&path) {
                Some(due) if tick < since + LONGEST_STALL => {
                    self.wait(path, Wait { due, kept: Some(since), ..wait });
                }
                _ => ready.push(Ready { path, expected, rest, opened }),
            }
        }
        ready
    }

    /// When the last sidecar of an article is due, of those that are waited for.
    fn sidecar_due(&self, article: &InboxPath) -> Option<Duration> {
        // Most files come alone.
        if self.waits.is_empty() || !may_hold_articles(article) {
            return None;
        }
        let others = sidecars_of(article).filter(|sidecar| sidecar != article);
        others.filter_map(|sidecar| self.waits.get(&sidecar)).map(|wait| wait.due).max()
    }

    /// How many files wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waits.len()
    }

    fn wait(&mut self, path: InboxPath, wait: Wait) {
        self.order.insert(key(wait.due, &path));
        let former = self.waits.insert(path.clone(), wait);
        if let Some(former) = former.filter(|former| former.due != wait.due) {
            self.order.remove(&key(former.due, &path));
        }
        let since = former.and_then(|former| former.opened);
        if since != wait.opened {
            if let Some(since) = since {
                self.open.remove(&(since, path.clone()));
            }
            self.open.extend(wait.opened.map(|since| (since, path)));
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
