//! Files that are not there any more: missed, and after `grace` obeyed, or held when too many went at once.

use chrono::TimeDelta;

use super::standing::Reads;
use super::{Batch, Change, IntakeError};
use crate::catalogue::{ArticleRow, FileKind, FileNo, FileRow, Presence};
use crate::dropped::InboxPath;
use crate::ledger::Fact;

/// The time within which disappearances are counted together.
const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// So many files may always go: an editor clearing up, not a share that was unmounted.
const ALWAYS: u64 = 5;

/// What noticing a disappearance came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The record holds nothing there.
    Unknown,
    /// It was missed already, or is held.
    Already,
    /// It is missed from now on; after `grace` it counts.
    Now(FileNo),
}

impl Batch<'_> {
    /// Notes that a file is not where it was.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn miss(&mut self, path: &InboxPath) -> Result<Missed, IntakeError> {
        let Some(row) = self.catalogue.file(path)? else { return Ok(Missed::Unknown) };
        match row.presence {
            Presence::Present => {}
            Presence::Gone => return Ok(Missed::Unknown),
            Presence::Missing | Presence::Held => return Ok(Missed::Already),
        }
        let takes_back = self.catalogue.marker(row.no)?.is_some_and(|marker| marker.article.is_some());
        if row.kind != FileKind::Media && !takes_back && self.catalogue.claims_of(row.no)?.is_empty() {
            self.forget(&row)?;
            self.stir(path)?;
            return Ok(Missed::Unknown);
        }
        self.catalogue.set_presence(row.no, Presence::Missing, self.now_seconds())?;
        Ok(Missed::Now(row.no))
    }

    /// Notes that a missed file was seen again with the look it had.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn found(&mut self, path: &InboxPath) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.file(path)? else { return Ok(()) };
        if row.presence == Presence::Present {
            return Ok(());
        }
        self.catalogue.set_presence(row.no, Presence::Present, 0)?;
        self.returned(&row)
    }

    /// Obeys disappearances that have outlasted `grace`, or holds all that are missed when they are too many. The files
    /// given were looked for once more and are not there.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn obey(&mut self, files: &[FileNo]) -> Result<(), IntakeError> {
        let missed = self.catalogue.missed_since((self.now - WINDOW).timestamp())?;
        // Those already obeyed were live too.
        let obeyed = missed.saturating_sub(self.missing_now()?);
        #[expect(clippy::cast_precision_loss, reason = "file counts are far below 2^52")]
        let share = self.policy.guard * (self.live + obeyed) as f64;
        if !self.policy.keep && missed > ALWAYS && missed as f64 > share {
            return self.hold(files);
        }
        for &no in files {
            if let Some(row) = self.missing(no)? {
                self.go(&row)?;
            }
        }
        Ok(())
    }

    /// Holds what is missed, however few they are.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn hold(&mut self, files: &[FileNo]) -> Result<(), IntakeError> {
        for &no in files {
            if let Some(row) = self.missing(no)? {
                self.hold_file(&row)?;
            }
        }
        Ok(())
    }

    fn missing(&self, no: FileNo) -> Result<Option<FileRow>, IntakeError> {
        Ok(self.catalogue.file_of(no)?.filter(|row| row.presence == Presence::Missing))
    }

    /// Agrees that what is held or missed was meant to go; says how many files that were.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn agree(&mut self, limit: usize) -> Result<usize, IntakeError> {
        let mut rows = self.catalogue.files_by_presence(Presence::Held, limit)?;
        rows.extend(self.catalogue.files_by_presence(Presence::Missing, limit)?);
        for row in &mut rows {
            // What a person agreed to is no part of a mass that may be a mistake: later disappearances are counted without it.
            row.since = 0;
            self.go(row)?;
        }
        Ok(rows.len())
    }

    fn missing_now(&self) -> Result<u64, IntakeError> {
        let since = (self.now - WINDOW).timestamp();
        Ok(self.catalogue.waiting_since(since)?)
    }

    fn hold_file(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        // What goes with articles stays missed: while those are held nothing is read anew.
        if row.kind == FileKind::Media {
            return Ok(());
        }
        self.catalogue.set_presence(row.no, Presence::Held, row.since)?;
        for claim in self.catalogue.claims_of(row.no)? {
            self.report(Change::Held, claim.article)?;
        }
        Ok(())
    }

    fn go(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        match row.kind {
            FileKind::Marker => return self.unmark(row),
            FileKind::Media => {
                self.forget(row)?;
                return self.stir(&row.path);
            }
            FileKind::Article => self.live = self.live.saturating_sub(1),
        }
        self.catalogue.set_presence(row.no, Presence::Gone, row.since)?;
        self.facts.push(Fact::Gone { path: row.path.encoded() });
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), None));
        }
        for claim in self.catalogue.claims_of(row.no)? {
            let Some(article) = self.catalogue.article(claim.article)? else { continue };
            if self.policy.keep && !self.is_held_by_a_file(article.no)? {
                self.release(&article, &claim)?;
            }
            self.stand_and_report(article.no, Reads::AsBefore)?;
            self.retry_claimants_of(&article.id)?;
            self.ask_the_others(&article, row)?;
        }
        self.stir(&row.path)
    }

    /// Where the file that an article's content is from holds it no more, others that do are read again, unless one has the
    /// same bytes. `gone` is that file as it was. A versioned article stays as its highest version had it.
    pub(super) fn ask_the_others(&mut self, article: &ArticleRow, gone: &FileRow) -> Result<(), IntakeError> {
        let told = self.taken_in(gone)?;
        let others = self.other_holders(article.no, gone.no)?;
        // One that only the ledger tells of waited for this file, or for that of its highest version.
        if article.known
            && (article.source != told
                || article.version.is_some()
                || others.iter().any(|(_, other)| other.hash == told))
        {
            return Ok(());
        }
        // Those that are refused as well would ask this one in their turn.
        others
            .iter()
            .filter(|(_, other)| article.known || other.rejection.is_none())
            .try_for_each(|(_, other)| self.read_again(other))
    }

    /// A file that held articles is another thing now.
    pub(super) fn stop_being_article(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        if row.presence != Presence::Gone {
            self.go(row)?;
        }
        Ok(self.catalogue.drop_file(row.no)?)
    }

    /// A file's row is dropped, with what it claims: one that never held an article leaves no trace but the notice that is to go.
    pub(super) fn forget(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), None));
        }
        if row.kind == FileKind::Article && row.presence != Presence::Gone {
            self.live = self.live.saturating_sub(1);
        }
        Ok(self.catalogue.drop_file(row.no)?)
    }
}
