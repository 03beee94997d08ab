//! Hints and findings come in: what they say is looked at in a later turn.

use std::collections::HashSet;
use std::time::Duration;

use super::{Desk, DeskError, IMPORTING};
use crate::catalogue::Presence;
use crate::dropped::InboxPath;
use crate::inbox::{Hint, Root};
use crate::intake::compare::Finding;
use crate::moment::Moment;

/// How many files of one folder are moved or missed in one transaction.
const MAX_FOLDER: usize = 1_000_000;

/// Where the inbox's device, inode and date of birth are remembered: another folder in its place is another inbox.
const ROOT: &str = "root";

/// Where the same is remembered of the folder that last held files known to be in the inbox: while a share is away, the folder
/// that it is mounted on is none.
const HOME: &str = "home";

/// How long a start waits for files that the first comparison found half written before it answers 404 for what is unknown.
const FIRST_WAIT: Duration = Duration::from_secs(30);

impl Desk {
    /// Takes a hint. What it says is looked at in a later [`Self::turn`].
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn hint(&mut self, hint: Hint, now: Moment) -> Result<(), DeskError> {
        match hint {
            Hint::Closed(path) => self.settle.closed(path, now.tick),
            Hint::Created(path) => {
                if let Ok(Some(look)) = self.settings.inbox.look(&path) {
                    self.settle.created(path, look, now.tick);
                }
            }
            Hint::Written(path) => self.settle.written(path, now.tick),
            Hint::Arrived(path) => self.settle.arrived(path, now.tick),
            Hint::Moved { from, to } => self.moved(&[(from, to)], now)?,
            Hint::Vanished(path) => self.vanished(&[path], now)?,
            Hint::Folder(folder) => self.pending.to_compare.push(folder),
            Hint::FolderMoved { from, to } => {
                let mut moves = Vec::new();
                for row in self.record.catalogue().files_within(&from, MAX_FOLDER)? {
                    if let Ok(rest) = row.path.as_path().strip_prefix(from.as_path()) {
                        moves.push((row.path.clone(), InboxPath::new(to.as_path().join(rest))));
                    }
                }
                self.moved(&moves, now)?;
                self.pending.to_compare.push(to);
            }
            Hint::FolderVanished(folder) => {
                let rows = self.record.catalogue().files_within(&folder, MAX_FOLDER)?;
                let paths: Vec<InboxPath> = rows.into_iter().map(|row| row.path).collect();
                self.vanished(&paths, now)?;
                self.pending.to_compare.push(folder);
            }
            Hint::Everything(_) => {
                self.settle.doubt_closes(now.tick);
                self.pending.to_compare.push(InboxPath::root());
            }
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
                Finding::Seen { path, look, fresh } => {
                    if self.uploads.take_former(&path) {
                        self.settle.created(path, look, now.tick);
                        continue;
                    }
                    if !self.is_current() {
                        self.early.insert(path.clone());
                    }
                    self.settle.seen(path, look, fresh, now.tick);
                }
                Finding::Found(path) => found.push(path),
                Finding::Missing(path) => missing.push(path),
            }
        }
        if !found.is_empty() {
            self.commit(now, |batch| found.iter().try_for_each(|path| batch.found(path)))?;
        }
        self.vanished(&missing, now)
    }

    /// Looks whether catalogue and ledger still lie where they are written. A ledger that lost lines is written anew.
    ///
    /// # Errors
    /// When the catalogue was taken away, or the ledger cannot be written.
    pub fn keep_record(&mut self, now: Moment) -> Result<(), DeskError> {
        if self.record.keep_ledger(now.wall)? {
            let note =
                "the ledger was deleted, replaced or cut off; what the catalogue knows was written into it again";
            self.pending.notes.push(note.to_owned());
        }
        Ok(self.record.catalogue().check_place()?)
    }

    /// A comparison of the whole inbox begins: whether there is an inbox to compare.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn begin_comparison(&mut self) -> Result<bool, DeskError> {
        let root = self.settings.inbox.root();
        if let Root::Present { identity } = &root {
            self.is_other_root = self.is_other(identity)?;
            self.compared = Some(identity.clone());
        }
        if self.is_other_root {
            self.missed.values_mut().for_each(|miss| miss.is_held = true);
        }
        self.suspend(&root);
        Ok(self.troubles.inbox.is_none())
    }

    /// Nothing counts as missing while there is no inbox.
    pub(super) fn suspend(&mut self, root: &Root) {
        let why = match root {
            Root::Present { .. } => None,
            Root::Gone => Some("is gone"),
            Root::Unreadable => Some("cannot be read"),
            Root::Silent => Some("does not answer"),
        };
        let inbox = self.settings.inbox.path().display();
        let trouble = why.map(|why| format!("the inbox {inbox} {why}; everything stays published until it is back"));
        if trouble != self.troubles.inbox {
            self.pending.notes.push(trouble.clone().unwrap_or_else(|| "the inbox is back".to_owned()));
        }
        self.troubles.inbox = trouble;
    }

    /// Whether the inbox is another folder than the one last compared.
    pub(super) fn is_other(&self, identity: &str) -> Result<bool, DeskError> {
        let known = self.record.catalogue().remembered(ROOT)?;
        Ok(known.is_some_and(|known| known != identity))
    }

    /// Whether the folder in the inbox's place is none that ever held files of the inbox.
    pub(super) fn is_away(&self) -> Result<bool, DeskError> {
        let home = self.record.catalogue().remembered(HOME)?;
        let Some(home) = home else { return Ok(false) };
        Ok(self.settings.inbox.root() != Root::Present { identity: home })
    }

    /// A comparison of the whole inbox ended, and everything it found was handed over.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn end_comparison(&mut self) -> Result<(), DeskError> {
        // The folder that was there when it began: one that took its place meanwhile is another inbox to the next.
        if let Some(compared) = self.compared.take() {
            let catalogue = self.record.catalogue_mut();
            let is_home =
                catalogue.live_files()? == 0 || !catalogue.files_by_presence(Presence::Present, 1)?.is_empty();
            if is_home && catalogue.remembered(HOME)?.as_ref() != Some(&compared) {
                catalogue.remember(HOME, &compared)?;
            }
            self.root_owed = Some(compared);
            self.settle_root()?;
        }
        self.is_other_root = false;
        self.is_complete = true;
        self.uploads.forget_former();
        Ok(())
    }

    /// Remembers which folder was compared last, but not before all is held that was missed in it: a start in between would
    /// take it for the inbox that it always was, and them for deleted.
    pub(super) fn settle_root(&mut self) -> Result<(), DeskError> {
        if !self.missed.values().any(|miss| miss.is_held)
            && let Some(root) = self.root_owed.take()
        {
            self.record.catalogue_mut().remember(ROOT, &root)?;
        }
        Ok(())
    }

    /// Once, when the first comparison is complete and what it found is taken in: unknown paths are unknown now.
    pub(super) fn complete_first(&mut self, now: Moment) -> Result<(), DeskError> {
        if self.edition.is_complete() || !self.is_complete {
            return Ok(());
        }
        let since = *self.compared_at.get_or_insert(now.tick);
        if (!self.early.is_empty() || self.ahead.is_some() || self.has_slow_files()) && now.tick < since + FIRST_WAIT {
            return Ok(());
        }
        self.early = HashSet::new();
        self.commit(now, |batch| batch.found_configured())?;
        self.pay_notices()?;
        self.record.catalogue_mut().remember(IMPORTING, "0")?;
        self.is_importing = false;
        self.is_rebuilding = false;
        for path in self.record.catalogue_mut().end_keeping()? {
            self.remove(&path);
        }
        self.board.touch(now.tick);
        self.edition.mark_complete();
        Ok(())
    }
}
