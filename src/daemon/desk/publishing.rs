//! What the desk publishes when, and what is taken out of `feeds/`.

use std::io::{Error, ErrorKind};
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use super::{Desk, DeskError};
use crate::catalogue::{DocumentKind, DocumentState, Presence};
use crate::config::FEEDS_MARK;
use crate::daemon::folders::mark_feeds;
use crate::dropped::InboxPath;
use crate::moment::Moment;
use crate::publish::{self, PublishError};

/// How many pages and media are printed in one turn: a few milliseconds, so that a drop never waits for a backlog.
const PAGES_A_TURN: usize = 64;

/// The same while a whole inbox is imported: nobody waits for one of them.
const PAGES_A_TURN_OF_IMPORT: usize = 1024;

/// How many feeds are printed in one turn; ten thousand sections take many turns, between which drops are served.
const FEEDS_A_TURN: usize = 64;

/// While files keep coming, feeds are printed this often and not after every batch: readers ask every few minutes, and a
/// feed that is printed for each of a thousand files costs a thousand times as much.
const FEEDS_PAUSE: Duration = Duration::from_millis(300);

/// The same while a whole inbox is imported, counted from its beginning.
const FEEDS_PAUSE_OF_IMPORT: Duration = Duration::from_secs(10);

/// How long printing rests after the disk refused, and how long a document whose place refuses it.
const DISK_PAUSE: Duration = Duration::from_secs(2);

/// So many documents are remembered that could not be removed; what else stays lying is removed by the next start's sweep.
const MAX_LINGERING: usize = 4096;

impl Desk {
    /// The printing whose documents may still be lost by a power cut; none if all are on the disk.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn unsynced(&self) -> Result<Option<i64>, DeskError> {
        Ok(self.record.catalogue().has_unsynced()?.then(|| self.publisher.turn()))
    }

    /// Everything printed up to `turn` is on the disk.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn synced(&mut self, turn: i64) -> Result<(), DeskError> {
        Ok(self.record.catalogue_mut().set_synced(turn)?)
    }

    /// Prints what is due; says whether more is.
    pub(super) fn print(&mut self, now: Moment) -> Result<bool, DeskError> {
        if self.rest_until.is_some_and(|until| now.tick < until) {
            return Ok(false);
        }
        self.rest_until = None;
        if self.retry_at.is_some_and(|at| at <= now.tick) {
            self.retry_at = None;
            self.publisher.retry();
            self.remove_lingering()?;
        }
        self.keep_feeds(now)?;
        if self.rest_until.is_some() {
            return Ok(false);
        }
        let many = self.ahead.is_some() || self.may_read(now);
        let pages = if many || self.is_importing { PAGES_A_TURN_OF_IMPORT } else { PAGES_A_TURN };
        let mut more = self.print_kinds(now, DocumentKind::Media..=DocumentKind::Page, pages)?;
        let pause = if self.is_importing { FEEDS_PAUSE_OF_IMPORT } else { FEEDS_PAUSE };
        if many && self.is_importing {
            self.feeds_printed_at.get_or_insert(now.tick);
        }
        let too_soon = many && self.feeds_printed_at.is_some_and(|at| now.tick < at + pause);
        if !too_soon && !self.is_rebuilding {
            more |= self.print_kinds(now, DocumentKind::Rss..=DocumentKind::Style, FEEDS_A_TURN)?;
            self.feeds_printed_at = Some(now.tick);
        }
        if !self.lingering.is_empty() {
            self.retry_at.get_or_insert(now.tick + DISK_PAUSE);
        }
        let is_well = self.rest_until.is_none() && self.retry_at.is_none() && !more;
        if is_well && self.troubles.feeds.take().is_some() {
            self.pending.notes.push("documents can be written again".to_owned());
        }
        Ok(more)
    }

    /// Whether the disk refuses documents at present.
    #[must_use]
    pub fn is_disk_refusing(&self) -> bool {
        self.troubles.feeds.is_some()
    }

    /// A feeds folder that was taken away, emptied or replaced under the desk is filled again. One that holds something else
    /// is left to its owner, and a person is called.
    fn keep_feeds(&mut self, now: Moment) -> Result<(), DeskError> {
        let feeds = self.settings.feeds.as_path();
        let found = identity(feeds);
        let is_other = self.feeds_folder.is_some_and(|known| found != Some(known));
        let is_bare = match std::fs::read_dir(feeds) {
            // What cannot be listed whole may hold everything.
            Ok(mut listing) => listing.all(|entry| entry.is_ok_and(|entry| entry.file_name() == FEEDS_MARK)),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        // Where that cannot be told, writing tells more.
        let is_marked = feeds.join(FEEDS_MARK).try_exists().unwrap_or(true);
        if is_marked && !is_bare && !is_other {
            self.feeds_folder = found;
            return Ok(());
        }
        let name = format!("the feeds folder {}", feeds.display());
        let marked = match is_marked || is_bare || !is_other {
            true => mark_feeds(feeds),
            false => Err(Error::new(ErrorKind::AlreadyExists, "it holds files of somebody else")),
        };
        if let Err(error) = marked {
            self.refused(&format!("{name} cannot be filled"), &error);
            self.rest_until = Some(now.tick + DISK_PAUSE);
            return Ok(());
        }
        self.feeds_folder = identity(&self.settings.feeds);
        if (is_bare || is_other) && self.record.catalogue_mut().suspect_all()? > 0 {
            let what = if is_bare { "was taken away or emptied" } else { "was replaced" };
            self.pending.notes.push(format!("{name} {what}; it is filled again"));
        }
        Ok(())
    }

    fn print_kinds(
        &mut self,
        now: Moment,
        kinds: RangeInclusive<DocumentKind>,
        limit: usize,
    ) -> Result<bool, DeskError> {
        match self.publisher.print(self.record.catalogue_mut(), &self.edition, now.wall, kinds, limit) {
            Ok(run) => {
                self.pending.written += run.written;
                for (path, error) in run.faults {
                    self.pending.notes.push(format!("{path} could not be made and stays as it was: {error}"));
                }
                for path in run.lost_media {
                    self.pending.notes.push(format!("{path} is no longer in the inbox"));
                }
                for (path, source) in run.changed_media {
                    self.pending
                        .notes
                        .push(format!("{path} is not what would be published by now; what shows it is read again"));
                    self.read_again_for(&source, now)?;
                }
                for (path, error) in &run.obstructed {
                    self.refused(&format!("{path} cannot be written"), error);
                    self.retry_at.get_or_insert(now.tick + DISK_PAUSE);
                }
                Ok(run.written + run.unchanged + run.obstructed.len() >= limit)
            }
            Err(PublishError::File { path, source }) => {
                self.refused(&format!("{path} cannot be written"), &source);
                self.rest_until = Some(now.tick + DISK_PAUSE);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Has everything read again that refers to a medium or consists of it.
    fn read_again_for(&mut self, source: &InboxPath, now: Moment) -> Result<(), DeskError> {
        for file in self.record.catalogue().files_showing(source)? {
            if file.presence != Presence::Gone {
                self.read_anew(file.path, now);
            }
        }
        Ok(())
    }

    /// Notes that `feeds/` refuses something, and how to mend it: the first is told, and the status says it as long as it lasts.
    fn refused(&mut self, what: &str, error: &Error) {
        use ErrorKind::{
            AlreadyExists, IsADirectory, NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
            StorageFull,
        };
        if self.troubles.feeds.is_some() {
            return;
        }
        let pause = DISK_PAUSE.as_secs();
        let how = match error.kind() {
            AlreadyExists => format!("put an empty file named {FEEDS_MARK} into it if they may be replaced; "),
            IsADirectory | NotADirectory => "move away what lies in its place; ".to_owned(),
            ReadOnlyFilesystem => "mount it for writing; ".to_owned(),
            StorageFull | QuotaExceeded => "make room there; ".to_owned(),
            PermissionDenied => "let the user that syndicated runs as write there; ".to_owned(),
            _ => String::new(),
        };
        let note = format!("{what} ({error}); {how}trying again every {pause} s");
        self.pending.notes.push(note.clone());
        self.troubles.feeds = Some(note);
    }

    /// Tries again to remove what could not be removed, unless it has been published again since.
    fn remove_lingering(&mut self) -> Result<(), DeskError> {
        for path in std::mem::take(&mut self.lingering) {
            if self.is_gone(&path)? {
                self.remove(&path);
            }
        }
        Ok(())
    }

    /// Whether nothing is published at a path, or no longer.
    pub(super) fn is_gone(&self, path: &str) -> Result<bool, DeskError> {
        let row = self.record.catalogue().document(path)?;
        Ok(row.is_none_or(|row| row.state == DocumentState::Gone))
    }

    /// Removes a document's file and lets readers know.
    pub(super) fn remove(&mut self, path: &str) {
        let file = self.settings.feeds.join(path);
        match publish::remove(&file) {
            Err(error) => {
                self.refused(&format!("{path} cannot be removed from the feeds folder"), &error);
                if self.lingering.len() < MAX_LINGERING {
                    self.lingering.insert(path.to_owned());
                }
            }
            Ok(()) => {
                // Date folders that are empty now go as well; the first that is not stays, and so do all above it.
                let mut folder = file.parent();
                while let Some(empty) = folder.filter(|folder| *folder != self.settings.feeds) {
                    if std::fs::remove_dir(empty).is_err() {
                        break;
                    }
                    folder = empty.parent();
                }
            }
        }
        self.edition.forget(path);
    }

    /// Acts on what a sweep of `feeds/` found.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn swept(&mut self, found: Vec<publish::Discrepancy>) -> Result<(), DeskError> {
        self.foreign.clear();
        for discrepancy in found {
            match discrepancy {
                publish::Discrepancy::Damaged(path) => {
                    self.pending
                        .notes
                        .push(format!("{path} in the feeds folder was changed or taken away; it is put right"));
                    self.record.catalogue_mut().suspect(&path)?;
                }
                publish::Discrepancy::Leftover(path) => {
                    // It may have been printed since it was found.
                    if self.is_gone(&path)? {
                        self.remove(&path);
                    }
                }
                publish::Discrepancy::Foreign(path) => self.foreign.push(path),
            }
        }
        Ok(())
    }
}

/// Device and inode of a folder, through a symlink.
fn identity(folder: &Path) -> Option<(u64, u64)> {
    std::fs::metadata(folder).ok().map(|found| (found.dev(), found.ino()))
}
