//! A file → its place in the record: its own row, that of a file which was renamed to it, or a new one.

use super::reading::FileRead;
use super::{Batch, IntakeError};
use crate::catalogue::{ArticleNo, ArticleRow, Claim, FileKind, FileNo, FileRow, Presence};
use crate::dropped::InboxPath;
use crate::inbox::{self, Share};
use crate::ledger::Fact;

/// A file's place in the record, and what it claimed so far.
pub(super) struct Place {
    /// Its row; the hash is that of the bytes which were taken in last.
    pub(super) row: FileRow,
    /// Its articles as of the last reading.
    pub(super) old: Vec<(Claim, ArticleRow)>,
    /// Whether it was there until now: then what it no longer holds is news that stays.
    pub(super) was_live: bool,
    /// Whether its bytes are others than those that were taken in last.
    pub(super) is_changed: bool,
    /// Whether its sidecar says other things than at the last reading.
    pub(super) is_told_anew: bool,
    /// Whether the record had no such file: then nothing is known of it that would have to be taken back.
    pub(super) is_new: bool,
    /// The other files with its bytes, where it is new.
    pub(super) twins: Vec<FileRow>,
}

impl Place {
    /// That of a file which held nothing until now.
    fn empty(row: FileRow) -> Self {
        Self {
            row,
            old: Vec::new(),
            was_live: true,
            is_changed: true,
            is_told_anew: false,
            is_new: false,
            twins: Vec::new(),
        }
    }

    /// Whether it held the article at the last reading.
    pub(super) fn held(&self, article: ArticleNo) -> bool {
        self.old.iter().any(|(claim, _)| claim.article == article)
    }

    /// Whether the file or its sidecar says anything that was not taken in before.
    pub(super) fn is_news(&self) -> bool {
        self.is_changed || self.is_told_anew
    }
}

impl Batch<'_> {
    /// The file's row: its own, that of a file with these bytes which is no longer where it was, or a new one. `own` is what
    /// the record has at its path.
    pub(super) fn place(
        &mut self,
        path: &InboxPath,
        own: Option<FileRow>,
        read: &FileRead,
        inbox: &Share,
    ) -> Result<Place, IntakeError> {
        let hash = &read.hash;
        let own = match own {
            // A sound that went with a story until now, and is one itself.
            Some(row) if row.kind != FileKind::Article => {
                self.forget(&row)?;
                None
            }
            own => own,
        };
        if let Some(row) = &own {
            let old = self.held_by(row.no)?;
            if !old.is_empty() {
                return self.place_known(row.clone(), old, hash);
            }
        }
        let twins = self.catalogue.files_with_hash(hash)?;
        if let Some(from) = self.moved_from(path, &twins, inbox)? {
            let old = self.held_by(from.no)?;
            self.give_path(&from, path)?;
            self.facts.push(Fact::Moved { from: from.path.encoded(), to: path.encoded() });
            return self.place_known(FileRow { path: path.clone(), ..from }, old, hash);
        }
        if let Some(row) = own {
            return Ok(Place::empty(row));
        }
        self.live += 1;
        let row = self.catalogue.add_file(path, FileKind::Article, Some((read.look, *hash)))?;
        Ok(Place { is_new: true, twins, ..Place::empty(row) })
    }

    /// That of a file which holds articles.
    fn place_known(&self, row: FileRow, old: Vec<(Claim, ArticleRow)>, hash: &[u8; 32]) -> Result<Place, IntakeError> {
        let was_live = row.presence != Presence::Gone;
        let row = FileRow { hash: self.taken_in(&row)?, ..row };
        let is_changed = row.hash.as_ref() != Some(hash);
        Ok(Place { old, was_live, is_changed, ..Place::empty(row) })
    }

    /// Hash of the bytes that a file was last taken in with: what it was refused with since was never heard.
    pub(super) fn taken_in(&self, row: &FileRow) -> Result<Option<[u8; 32]>, IntakeError> {
        Ok(self.catalogue.file_told(row.no)?.or(row.hash))
    }

    /// Gives a file's row another path. One that lay there is forgotten; a notice goes with its file.
    pub(super) fn give_path(&mut self, row: &FileRow, to: &InboxPath) -> Result<(), IntakeError> {
        if let Some(other) = self.catalogue.file(to)?.filter(|other| other.no != row.no) {
            self.forget(&other)?;
        }
        self.catalogue.move_file(row.no, to)?;
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), None));
            self.committed.notices.push((to.clone(), row.rejection.clone()));
        }
        Ok(())
    }

    /// Gives a file and what it holds another name, as a rename did on the disk. The file is to be read again: its folder
    /// and its name may say other things.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn rename(&mut self, from: &InboxPath, to: &InboxPath) -> Result<bool, IntakeError> {
        let Some(row) = self.catalogue.file(from)? else { return Ok(false) };
        // Under a name of another sort it is another thing: what it was has gone, and something came.
        if inbox::sort(from) != inbox::sort(to) {
            return Ok(false);
        }
        // A path that has articles keeps them: what is renamed onto it is read as its new content.
        if let Some(target) = self.catalogue.file(to)?
            && target.presence != Presence::Gone
            && !self.catalogue.claims_of(target.no)?.is_empty()
        {
            return Ok(false);
        }
        self.give_path(&row, to)?;
        // Read it is even if the program ends before.
        self.catalogue.set_unread(row.no)?;
        let is_bound = self.catalogue.marker(row.no)?.is_some_and(|marker| marker.article.is_some());
        if is_bound || !self.catalogue.claims_of(row.no)?.is_empty() {
            self.facts.push(Fact::Moved { from: from.encoded(), to: to.encoded() });
        }
        self.stir(from)?;
        self.stir(to)?;
        Ok(true)
    }

    /// The other files that hold an article and are not gone, oldest first.
    pub(super) fn other_holders(&self, article: ArticleNo, own: FileNo) -> Result<Vec<(Claim, FileRow)>, IntakeError> {
        let mut others = Vec::new();
        for (claim, presence) in self.catalogue.claimants(article)? {
            if presence != Presence::Gone
                && let Some(no) = claim.file.filter(|no| *no != own)
                && let Some(file) = self.catalogue.file_of(no)?
            {
                others.push((claim, file));
            }
        }
        Ok(others)
    }

    pub(super) fn held_by(&self, file: FileNo) -> Result<Vec<(Claim, ArticleRow)>, IntakeError> {
        let mut held = Vec::new();
        for claim in self.catalogue.claims_of(file)? {
            if let Some(article) = self.catalogue.article(claim.article)? {
                held.push((claim, article));
            }
        }
        Ok(held)
    }
}
