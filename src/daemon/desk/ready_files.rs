//! Ready files → the record: read on all cores, taken in with one transaction.

use std::collections::HashSet;
use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::readers::{self, Jobs, Read, Task};
use super::{Desk, DeskError, stragglers};
use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Ready, Sort};
use crate::intake::reading::{self, FileReader, Haste, Job, Outcome};
use crate::moment::Moment;
use crate::rejection::Rejection;
use crate::threads;
use crate::threads::jobs::Threads;

/// How long a file that may not be read for now (a dead share) is left before it is tried again.
const UNREADABLE_PAUSE: Duration = Duration::from_secs(10);

/// How far those who read ahead give way to the desk, which all that comes after waits for: it is the slower of the two. Without
/// that an import takes a twelfth longer.
const AHEAD_NICE: i32 = 5;

/// Files that were due together: those of a kind nobody knows, and the articles, read or being read.
#[derive(Default)]
pub(super) struct Lot {
    unknown: Vec<(InboxPath, Look)>,
    articles: Vec<Task>,
}

/// A lot that is read while the desk takes in the one before.
pub(super) struct Ahead {
    unknown: Vec<(InboxPath, Look)>,
    articles: Jobs,
    /// How many files it holds.
    pub(super) files: usize,
}

/// What a file waits for that was read, or could not be.
pub(super) struct Wait {
    /// The tick at which it is read as it is.
    pub(super) until: Duration,
    /// Whether that has come.
    pub(super) is_over: bool,
    /// The media it refers to that are not there; empty where it could not be read, and of a sound that waits for its story.
    pub(super) missing: Vec<InboxPath>,
    /// When it came: an article is as old as its first sight.
    pub(super) arrival: DateTime<Utc>,
}

impl Desk {
    /// Whether files are being read that take time; what else comes does not wait for them.
    #[must_use]
    pub fn has_slow_files(&self) -> bool {
        self.late_files() > 0
    }

    fn late_files(&self) -> usize {
        self.slow_files.paths().chain(self.stragglers.paths()).count()
    }

    /// How many files wait to be read.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.settle.waiting() + self.ahead.as_ref().map_or(0, |ahead| ahead.files) + self.late_files()
    }

    /// Reads what is due, at most one lot; while more is due, the next lot is read beside what follows.
    pub(super) fn read_due(&mut self, now: Moment) -> Result<(), DeskError> {
        self.end_waits(now);
        let (unknown, mut outcomes) = match self.ahead.take() {
            Some(ahead) => (ahead.unknown, self.wait(ahead.articles, now)),
            None if !self.can_read() => (Vec::new(), Vec::new()),
            None => {
                let lot = self.lot(now)?;
                let articles = begin(&self.reader, lot.articles, 0);
                (lot.unknown, self.wait(articles, now))
            }
        };
        if self.may_read(now) {
            self.in_hand = outcomes.iter().map(|(path, ..)| path.clone()).collect();
            let lot = self.lot(now)?;
            self.in_hand.clear();
            let files = lot.unknown.len() + lot.articles.len();
            let articles = begin(&self.reader, lot.articles, AHEAD_NICE);
            self.ahead = Some(Ahead { unknown: lot.unknown, articles, files });
        }
        let late = self.slow_files.done(&self.reader, &mut self.stragglers, now);
        for (read, then) in late.into_iter().chain(self.stragglers.done(now)) {
            // Meanwhile it may have been changed, moved or taken away, or be due for another reason: then it is read once more.
            let is_as_read = self.settings.inbox.look(&read.0).map_or(true, |look| look == Some(then));
            if is_as_read && !self.forced.contains(&read.0) {
                outcomes.push(read);
            } else {
                self.read_anew(read.0, now);
            }
        }
        if outcomes.is_empty() && unknown.is_empty() {
            return Ok(());
        }
        self.pending.read += outcomes.len();
        let mut taken = Vec::with_capacity(outcomes.len() + unknown.len());
        for (path, arrival, outcome) in outcomes {
            self.sift(path, arrival, outcome, now, &mut taken)?;
        }
        for (path, look) in unknown.into_iter().filter(|(_, look)| look.size > 0) {
            let read = reading::refuse_unread(look, reading::unknown(&path));
            taken.push((path, now.wall, Outcome::Read(Box::new(read))));
        }
        let inbox = Arc::clone(&self.settings.inbox);
        self.commit(now, |batch| {
            for (path, arrival, outcome) in &taken {
                match outcome {
                    Outcome::Same(look, hash) => batch.same(path, *look, hash)?,
                    Outcome::Read(read) if inbox::sort(path) == Sort::Marker => {
                        batch.mark(path, read, &inbox::section_names(path), *arrival)?;
                    }
                    Outcome::Read(read) => {
                        batch.ingest(path, read, &inbox::section_names(path), *arrival, &inbox)?;
                    }
                    Outcome::Empty(look) => batch.emptied(path, *look)?,
                    Outcome::Absent | Outcome::Unreadable(_) | Outcome::Changing | Outcome::Slow(..) => {}
                }
            }
            Ok(())
        })?;
        self.end_waits_of_sounds()
    }

    /// Whether something is due that can be read.
    pub(super) fn may_read(&self, now: Moment) -> bool {
        self.settle.next().is_some_and(|due| due <= now.tick) && self.can_read()
    }

    /// Whether files can be read at present.
    pub(super) fn can_read(&self) -> bool {
        !self.stragglers.are_too_many() && !self.settings.inbox.is_silent()
    }

    /// What was read of a lot; what does not end is waited for no longer, and what was not begun for that is due once more.
    fn wait(&mut self, mut articles: Jobs, now: Moment) -> Vec<Read> {
        let outcomes = readers::wait(&mut articles);
        for Task { job, .. } in articles.take_back() {
            self.read_anew(job.path.clone(), now);
        }
        let late = articles.owed().map(|task| &task.job.path);
        self.pending.notes.extend(late.map(|path| format!("reading {path} takes long; the others go on")));
        self.stragglers.adopt(articles, now);
        if self.stragglers.are_too_many() {
            self.pending.notes.push(format!(
                "{} files are being read that do not end; nothing more is read before one does, or the daemon is started anew",
                stragglers::MOST_THREADS
            ));
        }
        outcomes
    }

    /// What is due, at most one batch: looked at once more, and sorted.
    fn lot(&mut self, now: Moment) -> Result<Lot, DeskError> {
        let due = self.settle.due(now.tick);
        let lot = self.sorted(&due, now)?;
        if !self.settings.inbox.is_silent() {
            return Ok(lot);
        }
        // What they are was told by looks that failed. When it answers, they are looked at as often as what is being written.
        for ready in due {
            self.forced.insert(ready.path.clone());
            self.settle.changed(ready, Look::default(), now.tick);
        }
        Ok(Lot::default())
    }

    /// Looks at what is due and sorts it; as far as the inbox answers.
    fn sorted(&mut self, due: &[Ready], now: Moment) -> Result<Lot, DeskError> {
        let mut lot = Lot::default();
        let mut articles = Vec::new();
        let mut media = Vec::new();
        let mut companions = Vec::new();
        let mut headings = Vec::new();
        for ready in due.iter().cloned() {
            if self.stragglers.have(&ready.path) {
                continue;
            }
            let look = match self.settings.inbox.look(&ready.path) {
                Ok(Some(look)) => look,
                Ok(None) => {
                    self.vanished(&[ready.path], now)?;
                    continue;
                }
                // Reading it says what is wrong.
                Err(_) => Look::default(),
            };
            if ready.expected.is_some_and(|expected| expected != look) {
                self.settle.changed(ready, look, now.tick);
                continue;
            }
            self.early.remove(&ready.path);
            match inbox::sort(&ready.path) {
                Sort::Media if self.is_episode(&ready.path, &look, now)? => {
                    let is_forced = self.forced.remove(&ready.path);
                    lot.articles.push(self.task(&ready.path, look, is_forced, now)?);
                }
                Sort::Media => media.push((ready.path, look)),
                Sort::Heading => headings.push((ready.path, look)),
                Sort::Unknown => lot.unknown.push((ready.path, look)),
                Sort::Sidecar if self.holds_articles(&ready.path)? => articles.push((ready, look)),
                Sort::Sidecar | Sort::Caption => companions.push((ready.path, look)),
                Sort::Article if self.awaits_sidecar(&ready.path, due, now)? => {}
                Sort::Article | Sort::Marker => articles.push((ready, look)),
            }
        }
        if self.settings.inbox.is_silent() {
            return Ok(lot);
        }
        self.media_changed(media, now)?;
        self.read_companions(companions, now)?;
        self.read_headings(headings, now)?;
        let forced: Vec<bool> = articles.iter().map(|(ready, _)| self.forced.remove(&ready.path)).collect();
        let tasks = self.record.catalogue().reading::<_, DeskError>(|| {
            let articles = articles.iter().zip(forced);
            articles
                .map(|((ready, look), is_forced)| self.task(&ready.path, *look, is_forced, now))
                .collect::<Result<Vec<_>, _>>()
        })?;
        lot.articles.extend(tasks);
        // Files that are known first: what is new may be a copy of what they hold by now.
        lot.articles.sort_by_key(|task| task.job.known.is_none());
        Ok(lot)
    }

    fn task(&self, path: &InboxPath, look: Look, is_forced: bool, now: Moment) -> Result<Task, DeskError> {
        let known = self.record.catalogue().file(path)?;
        // A file that the ledger told of was never read by this catalogue, whatever its hash.
        let known = known.filter(|row| !is_forced && row.look.is_some()).and_then(|row| row.hash);
        let job = Job { path: path.clone(), known, beside: self.beside(path)?, haste: Haste::OthersWait };
        Ok(Task { job, arrival: self.arrival(path, &look, now), look })
    }

    /// When a file came: when it began to wait, else now, or in an import when it was last written.
    pub(super) fn arrival(&self, path: &InboxPath, look: &Look, now: Moment) -> DateTime<Utc> {
        if let Some(wait) = self.waiting.get(path) {
            return wait.arrival;
        }
        if !self.is_importing {
            return now.wall;
        }
        DateTime::from_timestamp(look.mtime_ns.div_euclid(1_000_000_000), 0).map_or(now.wall, |at| at.min(now.wall))
    }

    /// Sorts out what cannot be taken in yet.
    fn sift(
        &mut self,
        path: InboxPath,
        arrival: DateTime<Utc>,
        outcome: Outcome,
        now: Moment,
        taken: &mut Vec<(InboxPath, DateTime<Utc>, Outcome)>,
    ) -> Result<(), DeskError> {
        match outcome {
            Outcome::Absent => self.vanished(&[path], now)?,
            Outcome::Changing => {
                if let Ok(Some(look)) = self.settings.inbox.look(&path) {
                    self.settle.seen(path, look, true, now.tick);
                }
            }
            Outcome::Slow(job, look) => self.slow_files.take(Task { job: *job, arrival, look }),
            Outcome::Unreadable(error) if error.kind() == ErrorKind::PermissionDenied => {
                let look = self.settings.inbox.look(&path).ok().flatten();
                let rejection =
                    Rejection::new("it may not be read (permission denied)", "let the daemon's user read the file");
                if let Some(look) = look {
                    taken.push((path, arrival, Outcome::Read(Box::new(reading::refuse_unread(look, rejection)))));
                }
            }
            Outcome::Unreadable(error) => self.read_later(path, arrival, &error, now),
            Outcome::Read(mut read) => {
                let missing: Vec<InboxPath> = read.missing().cloned().collect();
                if read.stories.is_ok() && !missing.is_empty() {
                    let wait = self.waiting.get(&path).filter(|wait| !wait.missing.is_empty());
                    let is_over = wait.is_some_and(|wait| wait.is_over);
                    if !is_over && self.is_worth_waiting(&path, &missing)? {
                        let until = wait.map_or(now.tick + self.options.media_wait, |wait| wait.until);
                        self.waiting.insert(path, Wait { until, is_over: until <= now.tick, missing, arrival });
                        return Ok(());
                    }
                    for source in missing {
                        read.doubts.push(format!("{source} is not there; it was left out"));
                    }
                }
                self.waiting.remove(&path);
                taken.push((path, arrival, Outcome::Read(read)));
            }
            other => taken.push((path, arrival, other)),
        }
        Ok(())
    }

    /// A file that cannot be read for now is tried again.
    pub(super) fn read_later(&mut self, path: InboxPath, arrival: DateTime<Utc>, error: &Error, now: Moment) {
        self.pending.notes.push(format!("{path} cannot be read ({error}); trying again"));
        self.forced.insert(path.clone());
        let until = now.tick + UNREADABLE_PAUSE;
        self.waiting.insert(path, Wait { until, is_over: false, missing: Vec::new(), arrival });
    }

    /// Whether something is missing that was not missing already when the file was read last.
    fn is_worth_waiting(&self, path: &InboxPath, missing: &[InboxPath]) -> Result<bool, DeskError> {
        let catalogue = self.record.catalogue();
        let Some(row) = catalogue.file(path)? else { return Ok(true) };
        for source in missing {
            if !catalogue.is_lacking(row.no, source)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Files whose wait is over are read as they are.
    fn end_waits(&mut self, now: Moment) {
        for (path, wait) in self.waiting.iter_mut().filter(|(_, wait)| !wait.is_over && wait.until <= now.tick) {
            // It stays with its time over until it is read: so the reading knows not to wait again.
            wait.is_over = true;
            self.forced.insert(path.clone());
            self.settle.arrived(path.clone(), now.tick);
        }
    }

    /// Media that came or changed: the files that refer to them are read again.
    fn media_changed(&mut self, media: Vec<(InboxPath, Look)>, now: Moment) -> Result<(), DeskError> {
        if media.is_empty() {
            return Ok(());
        }
        let mut again = Vec::new();
        for (path, _) in &media {
            again.extend(self.unrecorded(path));
            let waiting =
                self.waiting.iter().filter(|(_, wait)| wait.missing.contains(path)).map(|(file, _)| file.clone());
            again.extend(waiting);
        }
        let lone: HashSet<&InboxPath> =
            media.iter().map(|(path, _)| path).filter(|path| self.waiting.contains_key(path)).collect();
        self.commit(now, |batch| {
            for (path, look) in &media {
                if !batch.saw_medium(path, *look)? {
                    continue;
                }
                if lone.contains(path) {
                    batch.await_story(path)?;
                }
                batch.stir(path)?;
                batch.stir_wanting(path)?;
            }
            Ok(())
        })?;
        for path in again {
            self.read_anew(path, now);
        }
        Ok(())
    }
}

/// Begins to read on all cores.
fn begin(reader: &FileReader, tasks: Vec<Task>, nice: i32) -> Jobs {
    /// Below this a second thread costs more than it saves.
    const ALONE: usize = 4;
    let most = if tasks.len() < ALONE { 1 } else { threads::cores() };
    readers::begin(reader, tasks, Threads { most, name: "read", nice })
}
