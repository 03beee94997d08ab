//! Ready files → the record: read on all cores, taken in with one transaction.

use std::collections::{HashSet, VecDeque};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Desk, DeskError, Turn};
use crate::crew;
use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Sort};
use crate::intake::reading::{self, Job, Outcome, Reading};
use crate::moment::Moment;
use crate::rejection::Rejection;

/// How long a file that may not be read for now (a dead share) is left before it is tried again.
const UNREADABLE_PAUSE: Duration = Duration::from_secs(10);

/// How often it is looked whether the darkroom is done.
const DARKROOM_LOOK: Duration = Duration::from_millis(5);

/// How many files are read at one time by the thread that has time.
const SLOW_FILES: usize = 4;

/// What reading one file gave, with when the file came.
type Read = (InboxPath, DateTime<Utc>, Outcome);

/// Files that were due together: those of a kind nobody knows, and the articles, read or being read.
pub(super) struct Lot {
    unknown: Vec<(InboxPath, Look)>,
    articles: Vec<(Job, DateTime<Utc>)>,
}

/// A lot that is read while the desk takes in the one before.
pub(super) struct Ahead {
    unknown: Vec<(InboxPath, Look)>,
    articles: JoinHandle<Vec<Read>>,
    /// How many files it holds.
    pub(super) files: usize,
}

/// Files whose media take time are read one after the other, beside everything else: one large picture in memory at a time.
#[derive(Default)]
pub(super) struct Darkroom {
    queue: VecDeque<(Job, DateTime<Utc>)>,
    at_work: Option<JoinHandle<Vec<Read>>>,
    /// The files that are being read.
    files: Vec<InboxPath>,
    /// The tick at which to look for them.
    pub(super) look: Option<Duration>,
}

impl Darkroom {
    /// How many files wait for it or are being read.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len() + self.files.len()
    }

    /// The files that wait for it or are being read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &InboxPath> {
        self.queue.iter().map(|(job, _)| &job.path).chain(&self.files)
    }

    /// Takes a file; one that waits already is read once, whatever its bytes if either asked for that.
    fn take(&mut self, job: Job, arrival: DateTime<Utc>) {
        match self.queue.iter_mut().find(|(waiting, _)| waiting.path == job.path) {
            Some((waiting, _)) => *waiting = Job { known: waiting.known.filter(|_| job.known.is_some()), ..job },
            None => self.queue.push_back((job, arrival)),
        }
    }

    /// What is done; and the next are begun.
    fn done(&mut self, reading: &Reading, now: Moment) -> Result<Vec<Read>, DeskError> {
        let mut outcomes = Vec::new();
        if let Some(thread) = self.at_work.take_if(|thread| thread.is_finished()) {
            outcomes = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            self.files.clear();
        }
        if self.at_work.is_none() && !self.queue.is_empty() {
            let jobs: Vec<_> = self.queue.drain(..self.queue.len().min(SLOW_FILES)).collect();
            self.files = jobs.iter().map(|(job, _)| job.path.clone()).collect();
            let reading = reading.clone();
            let work = move || jobs.into_iter().map(|(job, arrival)| read_one(&reading, job, arrival)).collect();
            let thread = std::thread::Builder::new().name("darkroom".to_owned()).spawn(work);
            self.at_work = Some(thread.map_err(DeskError::Thread)?);
        }
        self.look = self.at_work.as_ref().map(|_| now.tick + DARKROOM_LOOK);
        Ok(outcomes)
    }
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
    /// Reads what is due, at most one lot; while more is due, the next lot is read beside what follows.
    pub(super) fn read_due(&mut self, now: Moment, turn: &mut Turn) -> Result<(), DeskError> {
        self.end_waits(now);
        let (unknown, outcomes) = match self.ahead.take() {
            Some(ahead) => {
                // A panic here is a fault of ours: those in parsers were caught.
                let outcomes = ahead.articles.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                (ahead.unknown, outcomes)
            }
            None => {
                let lot = self.lot(now, turn)?;
                (lot.unknown, read_all(&self.reading, lot.articles))
            }
        };
        if self.settle.next().is_some_and(|due| due <= now.tick) {
            self.in_hand = outcomes.iter().map(|(path, ..)| path.clone()).collect();
            let lot = self.lot(now, turn)?;
            self.in_hand.clear();
            let files = lot.unknown.len() + lot.articles.len();
            let reading = self.reading.clone();
            let read = std::thread::Builder::new().name("read".to_owned());
            match read.spawn(move || read_all(&reading, lot.articles)) {
                Ok(articles) => self.ahead = Some(Ahead { unknown: lot.unknown, articles, files }),
                Err(error) => return Err(DeskError::Thread(error)),
            }
        }
        let mut outcomes = outcomes;
        for (path, arrival, outcome) in self.darkroom.done(&self.reading, now)? {
            // Meanwhile it may have been changed, moved or taken away: then it says nothing any more.
            let look = inbox::look(&self.reading.inbox, &path);
            let is_as_read = match (&outcome, look) {
                (Outcome::Read(read), Ok(look)) => look == Some(read.look),
                _ => true,
            };
            if is_as_read {
                outcomes.push((path, arrival, outcome));
            } else {
                self.forced.insert(path.clone());
                self.settle.arrived(path, now.tick);
            }
        }
        if outcomes.is_empty() && unknown.is_empty() {
            return Ok(());
        }
        turn.read += outcomes.len();
        let mut taken = Vec::with_capacity(outcomes.len() + unknown.len());
        for (path, arrival, outcome) in outcomes {
            self.sift(path, arrival, outcome, now, &mut taken)?;
        }
        for (path, look) in unknown.into_iter().filter(|(_, look)| look.size > 0) {
            let extension = path.extension();
            let reason = if extension.is_empty() {
                "its name has no extension, so nobody knows what it is".to_owned()
            } else {
                format!("files named .{extension} are not known here")
            };
            let hint = "save it as .md, .html or .txt; or give its name a dot in front to keep it out";
            let read = reading::refuse_unread(look, Rejection::new(reason, hint));
            taken.push((path, now.wall, Outcome::Read(Box::new(read))));
        }
        let inbox = self.reading.inbox.clone();
        let is_there = move |path: &InboxPath| !matches!(inbox::look(&inbox, path), Ok(None));
        let committed = self.record.commit(now.wall, |batch| {
            for (path, arrival, outcome) in &taken {
                match outcome {
                    Outcome::Same(look, hash) => batch.same(path, *look, hash)?,
                    Outcome::Read(read) if inbox::sort(path) == Sort::Marker => {
                        batch.mark(path, read, &inbox::section_names(path), *arrival)?;
                    }
                    Outcome::Read(read) => {
                        batch.ingest(path, read, &inbox::section_names(path), *arrival, &is_there)?;
                    }
                    Outcome::Empty(look) => batch.emptied(path, *look)?,
                    Outcome::Absent | Outcome::Unreadable(_) | Outcome::Changing | Outcome::Slow(_) => {}
                }
            }
            Ok(())
        })?;
        self.after_into(committed, now, turn);
        self.end_waits_of_sounds()
    }

    /// What is due, at most one batch: looked at once more, and sorted.
    fn lot(&mut self, now: Moment, turn: &mut Turn) -> Result<Lot, DeskError> {
        let mut lot = Lot { unknown: Vec::new(), articles: Vec::new() };
        let mut articles = Vec::new();
        let mut media = Vec::new();
        let mut companions = Vec::new();
        let mut headings = Vec::new();
        for ready in self.settle.due(now.tick) {
            let look = match inbox::look(&self.reading.inbox, &ready.path) {
                Ok(Some(look)) => look,
                Ok(None) => {
                    self.vanished(&[ready.path], now)?;
                    continue;
                }
                // Reading it says what is wrong.
                Err(_) => Look { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 },
            };
            if ready.expected.is_some_and(|expected| expected != look) {
                self.settle.changed(ready, look, now.tick);
                continue;
            }
            self.early.remove(&ready.path);
            match inbox::sort(&ready.path) {
                Sort::Media if self.is_episode(&ready.path, &look, now)? => {
                    let is_forced = self.forced.remove(&ready.path);
                    lot.articles.push((self.job(&ready.path, is_forced)?, self.arrival(&ready.path, &look, now)));
                }
                Sort::Media => media.push((ready.path, look)),
                Sort::Heading => headings.push((ready.path, look)),
                Sort::Unknown => lot.unknown.push((ready.path, look)),
                Sort::Sidecar if self.holds_articles(&ready.path)? => articles.push((ready, look)),
                Sort::Sidecar | Sort::Caption => companions.push((ready.path, look)),
                Sort::Article | Sort::Marker => articles.push((ready, look)),
            }
        }
        self.media_changed(media, now)?;
        self.read_companions(companions, now, turn)?;
        self.read_headings(headings, now, turn)?;
        let forced: Vec<bool> = articles.iter().map(|(ready, _)| self.forced.remove(&ready.path)).collect();
        let jobs = self.record.catalogue().reading::<_, DeskError>(|| {
            let jobs = articles.iter().zip(forced);
            jobs.map(|((ready, look), is_forced)| {
                Ok((self.job(&ready.path, is_forced)?, self.arrival(&ready.path, look, now)))
            })
            .collect::<Result<Vec<_>, _>>()
        })?;
        lot.articles.extend(jobs);
        Ok(lot)
    }

    fn job(&self, path: &InboxPath, is_forced: bool) -> Result<Job, DeskError> {
        let known = self.record.catalogue().file(path)?;
        // A file that the ledger told of was never read by this catalogue, whatever its hash.
        let known = known.filter(|row| !is_forced && row.look.is_some()).and_then(|row| row.hash);
        Ok(Job { path: path.clone(), known, beside: self.beside(path)?, hasty: true })
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
                if let Ok(Some(look)) = inbox::look(&self.reading.inbox, &path) {
                    self.settle.seen(path, look, true, now.tick);
                }
            }
            Outcome::Slow(job) => self.darkroom.take(*job, arrival),
            Outcome::Unreadable(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                let look = inbox::look(&self.reading.inbox, &path).ok().flatten();
                let rejection =
                    Rejection::new("it may not be read (permission denied)", "let the daemon's user read the file");
                if let Some(look) = look {
                    taken.push((path, arrival, Outcome::Read(Box::new(reading::refuse_unread(look, rejection)))));
                }
            }
            Outcome::Unreadable(error) => {
                self.notes.push(format!("{path} cannot be read ({error}); trying again"));
                self.forced.insert(path.clone());
                let until = now.tick + UNREADABLE_PAUSE;
                self.waiting.insert(path, Wait { until, is_over: false, missing: Vec::new(), arrival });
            }
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
        let committed = self.record.commit(now.wall, |batch| {
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
        self.after(committed, now);
        for path in again {
            self.forced.insert(path.clone());
            self.settle.arrived(path, now.tick);
        }
        Ok(())
    }
}

fn read_one(reading: &Reading, job: Job, arrival: DateTime<Utc>) -> Read {
    let outcome = reading.read(&job, arrival);
    (job.path, arrival, outcome)
}

/// Reads on all cores, in the order of the jobs.
fn read_all(reading: &Reading, jobs: Vec<(Job, DateTime<Utc>)>) -> Vec<(InboxPath, DateTime<Utc>, Outcome)> {
    /// Below this a thread costs more than it saves.
    const ALONE: usize = 4;
    crew::share(jobs, ALONE, |(job, arrival)| read_one(reading, job, arrival))
}
