//! The desk: takes hints, findings and orders, keeps the record, and prints. One thread owns it; it never waits and reads no
//! clock, so that a test drives it with any clock it likes.

mod absences;
mod orders;
mod reading_room;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{CatalogueError, DocumentKind, FileNo, Presence};
use crate::dropped::InboxPath;
use crate::edition::Edition;
use crate::inbox::{self, Hint, Root, Settle};
use crate::intake::compare::Finding;
use crate::intake::reading::Reading;
use crate::intake::{Committed, IntakeError, Record, Report};
use crate::moment::Moment;
use crate::publish::{self, Press, PublishError};
use crate::rejection::Rejection;

/// How many pages and media are printed in one turn: a few milliseconds, so that a drop never waits for a backlog.
const PAGES_A_TURN: usize = 64;

/// The same while a whole inbox is imported: nobody waits for one of them.
const PAGES_A_TURN_OF_IMPORT: usize = 1024;

/// How many feeds are printed in one turn; ten thousand sections take many turns, between which drops are served.
const FEEDS_A_TURN: usize = 64;

/// While files keep coming, feeds are printed this often and not after every batch: readers ask every few minutes, and a
/// feed that is printed for each of a thousand files costs a thousand times as much.
const FEEDS_PAUSE: Duration = Duration::from_millis(300);

/// How many embargoes and expiries are struck in one transaction.
const STRIKES_A_TURN: usize = 256;

/// How long printing rests after the disk refused.
const DISK_PAUSE: Duration = Duration::from_secs(2);

/// How the desk is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a file may be missing before it counts.
    pub grace: Duration,
    /// How long missing media are awaited.
    pub media_wait: Duration,
    /// The time between two equal looks.
    pub poll: Duration,
    /// The quiet time after a close.
    pub settle: Duration,
    /// Whether refusals are written beside the files.
    pub notices: bool,
    /// The publication's language: notices are in it.
    pub language: String,
    /// Where documents are written.
    pub feeds: PathBuf,
}

/// The desk can go no further: the operator acts.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The record cannot be changed.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// Nothing can be printed.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl From<CatalogueError> for DeskError {
    fn from(error: CatalogueError) -> Self {
        Self::Intake(error.into())
    }
}

/// What a turn did, in words for the log and the terminal.
#[derive(Debug, Default)]
pub struct Turn {
    /// What happened to articles.
    pub reports: Vec<Report>,
    /// Files whose refusal began.
    pub refused: Vec<(InboxPath, Rejection)>,
    /// Files whose refusal ended.
    pub mended: Vec<InboxPath>,
    /// What else a person should know.
    pub notes: Vec<String>,
    /// Files read.
    pub read: usize,
    /// Documents written.
    pub written: usize,
    /// Folders that need a comparison of all below them.
    pub to_compare: Vec<InboxPath>,
    /// Whether there is more to do at once.
    pub more: bool,
}

/// See the module.
pub struct Desk {
    record: Record,
    press: Press,
    edition: Arc<Edition>,
    reading: Reading,
    options: Options,
    settle: Settle,
    /// Missed files with the tick at which they count, and whether they are held whatever their number.
    missed: BTreeMap<FileNo, (Duration, bool)>,
    /// Files that wait for their media, with the tick at which that ends.
    waiting: HashMap<InboxPath, (Duration, Vec<InboxPath>)>,
    /// Files to be read even if their bytes are the same.
    forced: HashSet<InboxPath>,
    /// Of those, the ones whose wait is over and that are about to be read as they are.
    ending: HashSet<InboxPath>,
    is_complete: bool,
    is_importing: bool,
    is_rebuilding: bool,
    /// Why nothing counts as missing at present.
    suspended: Option<String>,
    /// The inbox is not the folder it was: what is missing is held.
    is_other_root: bool,
    feeds_printed_at: Option<Duration>,
    rest_until: Option<Duration>,
    foreign: Vec<String>,
    notes: Vec<String>,
    /// What happened between turns.
    pending: Turn,
    to_compare: Vec<InboxPath>,
}

/// Where the inbox's device and inode are remembered: another folder in its place is another inbox.
const ROOT: &str = "root";
/// Remembered from the first start until the first comparison is complete.
const IMPORTING: &str = "importing";

impl Desk {
    /// Opens the desk on a record and a press.
    ///
    /// # Errors
    /// When the catalogue cannot be read or written.
    pub fn open(
        mut record: Record,
        press: Press,
        edition: Arc<Edition>,
        reading: Reading,
        options: Options,
    ) -> Result<Self, DeskError> {
        let catalogue = record.catalogue_mut();
        catalogue.suspect_unsynced()?;
        press.mark_outdated(catalogue)?;
        let is_blank = catalogue.is_blank()?;
        if is_blank {
            catalogue.remember(IMPORTING, "1")?;
        }
        let is_importing = catalogue.remembered(IMPORTING)?.as_deref() == Some("1");
        let is_rebuilding = catalogue.has_untold_articles()?;
        let settle = Settle::new(options.settle, options.poll);
        Ok(Self {
            record,
            press,
            edition,
            reading,
            options,
            settle,
            missed: BTreeMap::new(),
            waiting: HashMap::new(),
            forced: HashSet::new(),
            ending: HashSet::new(),
            is_complete: false,
            is_importing,
            is_rebuilding,
            suspended: None,
            is_other_root: false,
            feeds_printed_at: None,
            rest_until: None,
            foreign: Vec::new(),
            notes: Vec::new(),
            pending: Turn::default(),
            to_compare: Vec::new(),
        })
    }

    /// The record, for reading.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Remembers something of the run in the catalogue.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<(), DeskError> {
        Ok(self.record.catalogue_mut().remember(key, value)?)
    }

    /// The edition it prints into.
    #[must_use]
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// Takes a hint. What it says is looked at in a later [`Self::turn`].
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn hint(&mut self, hint: Hint, now: Moment) -> Result<(), DeskError> {
        match hint {
            Hint::Closed(path) => self.settle.closed(path, now.tick),
            Hint::Created(path) => {
                if let Ok(Some(look)) = inbox::look(&self.reading.inbox, &path) {
                    self.settle.created(path, look, now.tick);
                }
            }
            Hint::Arrived(path) => self.settle.arrived(path, now.tick),
            Hint::Moved { from, to } => self.moved(&[(from, to)], now)?,
            Hint::Vanished(path) => self.vanished(&[path], now)?,
            Hint::Folder(folder) => self.to_compare.push(folder),
            Hint::FolderMoved { from, to } => {
                let mut moves = Vec::new();
                for row in self.record.catalogue().files_within(&from, MAX_FOLDER)? {
                    if let Ok(rest) = row.path.as_path().strip_prefix(from.as_path()) {
                        moves.push((row.path.clone(), InboxPath::new(to.as_path().join(rest))));
                    }
                }
                self.moved(&moves, now)?;
                self.to_compare.push(to);
            }
            Hint::FolderVanished(folder) => {
                let rows = self.record.catalogue().files_within(&folder, MAX_FOLDER)?;
                let paths: Vec<InboxPath> = rows.into_iter().map(|row| row.path).collect();
                self.vanished(&paths, now)?;
                self.to_compare.push(folder);
            }
            Hint::Everything(_) => self.to_compare.push(InboxPath::root()),
        }
        Ok(())
    }

    /// Takes what a comparison found.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn findings(&mut self, findings: Vec<Finding>, now: Moment) -> Result<(), DeskError> {
        let mut missing = Vec::new();
        let mut found = Vec::new();
        for finding in findings {
            match finding {
                Finding::Seen { path, look, fresh } => self.settle.seen(path, look, fresh, now.tick),
                Finding::Found(path) => found.push(path),
                Finding::Missing(path) => missing.push(path),
            }
        }
        if !found.is_empty() {
            let committed = self.record.commit(now.wall, |batch| {
                for path in &found {
                    batch.found(path)?;
                }
                Ok(())
            })?;
            self.after(committed, now);
        }
        self.vanished(&missing, now)
    }

    /// A comparison of the whole inbox begins: whether there is an inbox to compare.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn begin_comparison(&mut self) -> Result<bool, DeskError> {
        let suspended = match inbox::root_state(&self.reading.inbox) {
            Root::Present { .. } => {
                let identity = identity(&self.reading.inbox);
                let known = self.record.catalogue().remembered(ROOT)?;
                self.is_other_root = known.is_some_and(|known| Some(known) != identity);
                None
            }
            Root::Gone => Some(format!("the inbox {} is gone", self.reading.inbox.display())),
            Root::Unreadable => Some(format!("the inbox {} cannot be read", self.reading.inbox.display())),
        };
        if suspended != self.suspended {
            match (&suspended, &self.suspended) {
                (Some(reason), _) => self.notes.push(format!("{reason}; everything stays published until it is back")),
                (None, Some(_)) => self.notes.push("the inbox is back".to_owned()),
                (None, None) => {}
            }
        }
        self.suspended = suspended;
        Ok(self.suspended.is_none())
    }

    /// A comparison of the whole inbox ended, and everything it found was handed over.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn end_comparison(&mut self) -> Result<(), DeskError> {
        if let Some(identity) = identity(&self.reading.inbox) {
            self.record.catalogue_mut().remember(ROOT, &identity)?;
        }
        self.is_other_root = false;
        self.is_complete = true;
        Ok(())
    }

    /// Whether a first comparison is complete and all it found was taken in: what is not published now was never dropped.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.edition.is_complete()
    }

    /// Does what is due, within the limits of one turn.
    ///
    /// # Errors
    /// When the record cannot be changed; a disk that refuses documents is noted and tried again.
    pub fn turn(&mut self, now: Moment) -> Result<Turn, DeskError> {
        let mut turn = std::mem::take(&mut self.pending);
        self.read_due(now, &mut turn)?;
        self.count_missed(now)?;
        let mut more_strikes = false;
        if self.record.catalogue().next_due()?.is_some_and(|due| due <= now.wall.timestamp()) {
            let committed = self.record.commit(now.wall, |batch| {
                more_strikes = batch.strike(STRIKES_A_TURN)?;
                Ok(())
            })?;
            self.after_into(committed, now, &mut turn);
        }
        self.complete_first(now)?;
        let more_to_print = self.print(now, &mut turn)?;
        turn.notes.append(&mut self.notes);
        turn.reports.append(&mut self.pending.reports);
        turn.refused.append(&mut self.pending.refused);
        turn.mended.append(&mut self.pending.mended);
        turn.to_compare.append(&mut self.to_compare);
        turn.more = more_strikes || more_to_print || self.settle.next().is_some_and(|due| due <= now.tick);
        Ok(turn)
    }

    /// The tick at which something is due at the latest, apart from embargoes, which go by the wall clock.
    #[must_use]
    pub fn next_wake(&self) -> Option<Duration> {
        let missed = self.missed.values().map(|(due, _)| *due).min();
        let waiting = self.waiting.values().map(|(due, _)| *due).min();
        [self.settle.next(), missed, waiting, self.rest_until].into_iter().flatten().min()
    }

    /// Whether an embargo or expiry is to be waited for.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn awaits_an_hour(&self) -> Result<bool, DeskError> {
        Ok(self.record.catalogue().next_due()?.is_some())
    }

    /// Whether nothing is left to do but wait for hints and embargoes.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn is_idle(&self) -> Result<bool, DeskError> {
        Ok(self.settle.waiting() == 0
            && self.waiting.is_empty()
            && (self.missed.is_empty() || self.suspended.is_some())
            && self.record.catalogue().due_count()? == 0)
    }

    /// How many files wait to be read.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.settle.waiting()
    }

    /// The printing whose documents may still be lost by a power cut; none if all are on the disk.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn unsynced(&self) -> Result<Option<i64>, DeskError> {
        Ok(self.record.catalogue().has_unsynced()?.then(|| self.press.turn()))
    }

    /// Everything printed up to `turn` is on the disk.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn synced(&mut self, turn: i64) -> Result<(), DeskError> {
        Ok(self.record.catalogue_mut().set_synced(turn)?)
    }

    /// Puts other settings in force: feeds are printed anew at once, pages in the background.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn reconfigure(
        &mut self,
        policy: crate::intake::Policy,
        settings: publish::Settings,
        reading: Reading,
        options: Options,
        now: Moment,
    ) -> Result<(), DeskError> {
        self.record.set_policy(policy);
        self.press.set(settings);
        self.press.mark_outdated(self.record.catalogue_mut())?;
        self.reading = reading;
        self.options = options;
        if self.is_current() {
            let committed = self.record.commit(now.wall, |batch| batch.found_configured())?;
            self.after(committed, now);
        }
        Ok(())
    }

    /// Acts on what a sweep of `feeds/` found.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn swept(&mut self, findings: Vec<publish::Finding>) -> Result<(), DeskError> {
        self.foreign.clear();
        for finding in findings {
            match finding {
                publish::Finding::Damaged(path) => {
                    self.notes.push(format!("{path} in the feeds folder was changed or taken away; it is put right"));
                    self.record.catalogue_mut().suspect(&path)?;
                }
                publish::Finding::Leftover(path) => self.remove(&path),
                publish::Finding::Foreign(path) => self.foreign.push(path),
            }
        }
        Ok(())
    }

    /// Once, when the first comparison is complete and what it found is taken in: unknown paths are unknown now.
    fn complete_first(&mut self, now: Moment) -> Result<(), DeskError> {
        let is_settled = self.settle.next().is_none_or(|due| due > now.tick);
        if self.edition.is_complete() || !self.is_complete || !is_settled {
            return Ok(());
        }
        let committed = self.record.commit(now.wall, |batch| batch.found_configured())?;
        self.after(committed, now);
        self.record.catalogue_mut().remember(IMPORTING, "0")?;
        self.is_importing = false;
        self.is_rebuilding = false;
        for path in self.record.catalogue_mut().end_keeping()? {
            self.remove(&path);
        }
        self.edition.mark_complete();
        Ok(())
    }

    /// Prints what is due; says whether more is.
    fn print(&mut self, now: Moment, turn: &mut Turn) -> Result<bool, DeskError> {
        if self.rest_until.is_some_and(|until| now.tick < until) {
            return Ok(false);
        }
        self.rest_until = None;
        let many = self.settle.next().is_some_and(|due| due <= now.tick);
        let pages = if many || self.is_importing { PAGES_A_TURN_OF_IMPORT } else { PAGES_A_TURN };
        let mut more = self.print_kinds(now, (DocumentKind::Media, DocumentKind::Page), pages, turn)?;
        let too_soon = many && self.feeds_printed_at.is_some_and(|at| now.tick < at + FEEDS_PAUSE);
        if !too_soon && !self.is_rebuilding {
            more |= self.print_kinds(now, (DocumentKind::Rss, DocumentKind::Style), FEEDS_A_TURN, turn)?;
            self.feeds_printed_at = Some(now.tick);
        }
        Ok(more)
    }

    fn print_kinds(
        &mut self,
        now: Moment,
        kinds: (DocumentKind, DocumentKind),
        limit: usize,
        turn: &mut Turn,
    ) -> Result<bool, DeskError> {
        match self.press.print(self.record.catalogue_mut(), &self.edition, now.wall, kinds, limit) {
            Ok(run) => {
                turn.written += run.written;
                for (path, error) in run.faults {
                    turn.notes.push(format!("{path} could not be made and stays as it was: {error}"));
                }
                for path in run.lost_media {
                    turn.notes.push(format!("{path} is no longer in the inbox as its article was read with"));
                }
                Ok(run.written + run.unchanged >= limit)
            }
            Err(PublishError::File { path, source }) => {
                turn.notes.push(format!("{path} cannot be written ({source}); trying again in {} s", DISK_PAUSE.as_secs()));
                self.rest_until = Some(now.tick + DISK_PAUSE);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a document's file and lets readers know.
    fn remove(&mut self, path: &str) {
        let file = self.options.feeds.join(path);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                self.notes.push(format!("{path} cannot be removed from the feeds folder: {error}"));
            }
            _ => {
                // Date folders that are empty now go as well; the first that is not stays, and so do all above it.
                let mut folder = file.parent();
                while let Some(empty) = folder.filter(|folder| *folder != self.options.feeds) {
                    if std::fs::remove_dir(empty).is_err() {
                        break;
                    }
                    folder = empty.parent();
                }
            }
        }
        self.edition.forget(path);
    }

    /// The same between turns: the next one tells.
    fn after(&mut self, committed: Committed, now: Moment) {
        let mut turn = std::mem::take(&mut self.pending);
        self.after_into(committed, now, &mut turn);
        self.pending = turn;
    }

    /// What follows from a commit outside the record: files removed, notices written, refused files read again.
    fn after_into(&mut self, committed: Committed, now: Moment, turn: &mut Turn) {
        for path in &committed.removals {
            // It may have been wanted again later in the same batch.
            let is_wanted = self.record.catalogue().document(path).is_ok_and(|row| {
                row.is_some_and(|row| row.printing != crate::catalogue::Printing::Gone)
            });
            if !is_wanted {
                self.remove(path);
            }
        }
        for (path, rejection) in committed.notices {
            self.notice(&path, rejection.as_ref(), turn);
            match rejection {
                Some(rejection) => turn.refused.push((path, rejection)),
                None => turn.mended.push(path),
            }
        }
        for path in committed.retries {
            self.forced.insert(path.clone());
            self.settle.arrived(path, now.tick);
        }
        turn.reports.extend(committed.reports);
    }

    fn notice(&self, path: &InboxPath, rejection: Option<&Rejection>, turn: &mut Turn) {
        if !self.options.notices {
            return;
        }
        let written = match rejection {
            Some(rejection) => {
                let text = inbox::notice::text(&path.name(), rejection, &self.options.language);
                inbox::notice::write(&self.reading.inbox, path, &text)
            }
            None => inbox::notice::remove(&self.reading.inbox, path),
        };
        // An inbox that may not be written is nothing unusual: then the reason is in the status and the log alone.
        if let Err(error) = written
            && !matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::NotFound)
        {
            turn.notes.push(format!("the notice beside {path} cannot be written: {error}"));
        }
    }
}

/// How many files of one folder are moved or missed in one transaction.
const MAX_FOLDER: usize = 1_000_000;

fn identity(inbox: &std::path::Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(inbox).ok()?;
    Some(format!("{}:{}", metadata.dev(), metadata.ino()))
}
