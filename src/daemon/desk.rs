//! The desk: takes hints, findings and orders, keeps the record, and prints. One thread owns it; it never waits and reads no
//! clock, so that a test drives it with any clock it likes.

mod absences;
mod after_commit;
mod board;
mod companions;
mod comparing;
mod episodes;
mod headings;
mod orders;
mod publishing;
mod readers;
mod ready_files;
mod rereading;
mod silent_inbox;
mod slow_files;
mod status;
mod stragglers;
mod troubles;
mod uploads;

pub use headings::layout;
pub(super) use troubles::unreadable;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{CatalogueError, FileNo};
use crate::config::SectionEntry;
use crate::dropped::InboxPath;
use crate::edition::Edition;
use crate::inbox::Settle;
use crate::intake::reading::FileReader;
use crate::intake::{IntakeError, Record, Report};
use crate::moment::Moment;
use crate::publish::{self, PublishError, Publisher};
use crate::rejection::Rejection;
use crate::section::Section;

/// How many embargoes and expiries are struck in one transaction.
const STRIKES_A_TURN: usize = 256;

/// What cannot be decided yet is asked again after so long at least: a `grace` or `media_wait` of zero must not make the desk spin.
const SOONEST: Duration = Duration::from_millis(100);

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
    /// What the configuration says of single sections.
    pub sections: BTreeMap<Section, SectionEntry>,
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
    /// Whether an inbox is being taken in for the first time.
    pub is_import: bool,
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
    /// The settings of the configuration; the publisher has them with what sections say of themselves.
    settings: publish::Settings,
    headings: headings::Headings,
    publisher: Publisher,
    edition: Arc<Edition>,
    reader: FileReader,
    options: Options,
    settle: Settle,
    missed: BTreeMap<FileNo, absences::Miss>,
    /// Files that are not taken in yet.
    waiting: HashMap<InboxPath, ready_files::Wait>,
    /// Sidecars without an article and captions without a picture, with the tick at which they are refused.
    alone: BTreeMap<InboxPath, Duration>,
    /// Articles that were read and are not taken in yet.
    in_hand: Vec<InboxPath>,
    /// Files to be read even if their bytes are the same.
    forced: HashSet<InboxPath>,
    /// The lot that is being read beside the desk.
    ahead: Option<ready_files::Ahead>,
    /// The files whose media take time.
    slow_files: slow_files::SlowFiles,
    /// The files whose reading does not end in time.
    stragglers: stragglers::Stragglers,
    /// Folders whose files are read again in the background.
    rereading: Vec<rereading::Rereading>,
    /// Files that the first comparison found and that are not taken in yet.
    early: HashSet<InboxPath>,
    /// The files that are being written.
    uploads: uploads::Uploads,
    /// The tick at which the first comparison was complete.
    compared_at: Option<Duration>,
    is_complete: bool,
    is_importing: bool,
    is_rebuilding: bool,
    troubles: troubles::Troubles,
    /// The tick at which it is looked whether an inbox answers that did not.
    listen_at: Option<Duration>,
    /// The inbox is not the folder it was: what is missing is held.
    is_other_root: bool,
    /// The inbox's identity when the comparison under way began.
    compared: Option<String>,
    /// The same of the last one, if it is not remembered yet.
    root_owed: Option<String>,
    feeds_printed_at: Option<Duration>,
    /// Device and inode of the feeds folder that was printed into last.
    feeds_folder: Option<(u64, u64)>,
    rest_until: Option<Duration>,
    /// The tick at which documents are tried again whose places refused them, or which could not be removed.
    retry_at: Option<Duration>,
    /// Documents that are no more and whose files could not be removed.
    lingering: BTreeSet<String>,
    foreign: Vec<String>,
    board: board::Kept,
    /// What happened since a turn was told last.
    pending: Turn,
}

/// Remembered from the first start until the first comparison is complete.
const IMPORTING: &str = "importing";

impl Desk {
    /// Opens the desk on a record.
    ///
    /// # Errors
    /// When the catalogue cannot be read or written.
    pub fn open(
        mut record: Record,
        mut settings: publish::Settings,
        edition: Arc<Edition>,
        mut reader: FileReader,
        options: Options,
    ) -> Result<Self, DeskError> {
        let catalogue = record.catalogue_mut();
        catalogue.suspect_unsynced()?;
        let is_blank = catalogue.is_blank()?;
        if is_blank {
            catalogue.remember(IMPORTING, "1")?;
        }
        let is_importing = catalogue.remembered(IMPORTING)?.as_deref() == Some("1");
        let is_rebuilding = catalogue.has_untold_articles()?;
        settings.picture_cache = reader.picture_cache.clone();
        let settle = Settle::new(options.settle, options.poll);
        let headings = headings::remembered(record.catalogue(), reader.time_zone)?;
        reader.folders = Arc::new(headings::folders(&headings));
        let rereading = rereading::remembered(record.catalogue())?;
        let uploads = uploads::Uploads::open(record.catalogue())?;
        let mut desk = Self {
            record,
            publisher: Publisher::new(settings.clone()),
            settings,
            headings,
            edition,
            reader,
            options,
            settle,
            missed: BTreeMap::new(),
            waiting: HashMap::new(),
            alone: BTreeMap::new(),
            in_hand: Vec::new(),
            forced: HashSet::new(),
            ahead: None,
            slow_files: slow_files::SlowFiles::default(),
            stragglers: stragglers::Stragglers::default(),
            rereading,
            early: HashSet::new(),
            uploads,
            compared_at: None,
            is_complete: false,
            is_importing,
            is_rebuilding,
            troubles: troubles::Troubles::default(),
            listen_at: None,
            is_other_root: false,
            compared: None,
            root_owed: None,
            feeds_printed_at: None,
            feeds_folder: None,
            rest_until: None,
            retry_at: None,
            lingering: BTreeSet::new(),
            foreign: Vec::new(),
            board: board::Kept::default(),
            pending: Turn::default(),
        };
        desk.publisher.set(desk.settings());
        desk.publisher.mark_outdated(desk.record.catalogue_mut())?;
        Ok(desk)
    }

    /// Leaves the desk at the end of the process.
    pub fn leave(self) {
        self.record.leave();
    }

    /// Remembers something of the run in the catalogue.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<(), DeskError> {
        Ok(self.record.catalogue_mut().remember(key, value)?)
    }

    /// Whether a first comparison is complete and all it found was taken in: what is not published now was never dropped.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.edition.is_complete()
    }

    /// Has a file read, even if its bytes are the same.
    fn read_anew(&mut self, path: InboxPath, now: Moment) {
        self.forced.insert(path.clone());
        self.settle.arrived(path, now.tick);
    }

    /// Whether no inbox was ever compared with the record, and none is known to it.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn is_unused(&self) -> Result<bool, DeskError> {
        Ok(self.is_importing && self.record.catalogue().files_within(&InboxPath::root(), 1)?.is_empty())
    }

    /// Does what is due, within the limits of one turn; what happened since the last one is told with it.
    ///
    /// # Errors
    /// When the record cannot be changed; a disk that refuses documents is noted and tried again. What was done is told by the
    /// turn that succeeds.
    pub fn turn(&mut self, now: Moment) -> Result<Turn, DeskError> {
        self.pending.is_import = self.is_importing;
        self.reread(now)?;
        self.read_due(now)?;
        self.count_missed(now)?;
        self.refuse_alone(now)?;
        let is_struck = self.record.catalogue().next_due()?.is_some_and(|due| due <= now.wall.timestamp());
        let more_strikes = is_struck && self.commit(now, |batch| batch.strike(STRIKES_A_TURN))?;
        self.complete_first(now)?;
        let more_to_print = self.print(now)?;
        self.listen(now)?;
        self.keep_uploads(now)?;
        let more = more_strikes
            || more_to_print
            || self.ahead.is_some()
            || (!self.rereading.is_empty() && !self.has_slow_files())
            || self.may_read(now);
        self.keep_board(now, more)?;
        Ok(Turn { more, ..std::mem::take(&mut self.pending) })
    }

    /// The tick at which something is due at the latest, apart from embargoes, which go by the wall clock.
    #[must_use]
    pub fn next_wake(&self) -> Option<Duration> {
        let missed = self.missed.values().map(|miss| miss.due).min();
        let waiting = self.waiting.values().filter(|wait| !wait.is_over).map(|wait| wait.until).min();
        let alone = self.alone.values().min().copied();
        let ready = self.settle.next().filter(|_| self.can_read());
        let late = [self.slow_files.look, self.stragglers.look, self.listen_at, self.next_upload()];
        let own = [ready, self.rest_until, self.retry_at, self.board.due()];
        own.into_iter().chain(late).chain([missed, waiting, alone]).flatten().min()
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
            && self.ahead.is_none()
            && !self.has_slow_files()
            && self.rereading.is_empty()
            && self.waiting.is_empty()
            && self.alone.is_empty()
            && (self.missed.is_empty() || self.troubles.inbox.is_some())
            && self.record.catalogue().due_count()? == 0)
    }

    /// Puts other settings in force: feeds are printed anew at once, pages in the background.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn reconfigure(
        &mut self,
        policy: crate::intake::Policy,
        mut settings: publish::Settings,
        mut reader: FileReader,
        options: Options,
        now: Moment,
    ) -> Result<(), DeskError> {
        self.record.set_policy(policy);
        reader.picture_cache = self.reader.picture_cache.clone();
        settings.picture_cache = reader.picture_cache.clone();
        settings.inbox = Arc::clone(&self.settings.inbox);
        self.settings = settings;
        self.reader = FileReader { folders: Arc::clone(&self.reader.folders), ..reader };
        self.settle.set(options.settle, options.poll);
        self.options = options;
        self.publisher.set(self.settings());
        self.publisher.mark_outdated(self.record.catalogue_mut())?;
        self.board.touch(now.tick);
        if self.is_current() {
            self.commit(now, |batch| batch.found_configured())?;
        }
        Ok(())
    }
}
