//! Files that are being written, over restarts: a start cannot see who has a file open, and what lies there half is not whole.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Desk, DeskError};
use crate::catalogue::{Catalogue, CatalogueError};
use crate::dropped::InboxPath;
use crate::moment::Moment;

/// Where they are remembered, by their encoded paths, a line each.
const OPEN: &str = "open";

/// How many of them.
const MAX_OPEN: usize = 1024;

/// How long a file is open before it is remembered: nearly all are closed long before, and remembering costs a transaction.
const LONG: Duration = Duration::from_secs(2);

/// See the module.
#[derive(Debug)]
pub(super) struct Uploads {
    /// What the catalogue remembers.
    remembered: BTreeSet<InboxPath>,
    /// What was being written when the last run ended, until the first comparison has found it.
    former: BTreeSet<InboxPath>,
}

impl Uploads {
    pub(super) fn open(catalogue: &Catalogue) -> Result<Self, CatalogueError> {
        let text = catalogue.remembered(OPEN)?.unwrap_or_default();
        let former: BTreeSet<InboxPath> = text.lines().map(InboxPath::decoded).collect();
        Ok(Self { remembered: former.clone(), former })
    }

    /// Whether the last run ended while it was being written. It counts once.
    pub(super) fn take_former(&mut self, path: &InboxPath) -> bool {
        self.former.remove(path)
    }

    /// The first comparison is complete: what it did not find is gone, or was taken in before.
    pub(super) fn forget_former(&mut self) {
        self.former.clear();
    }
}

impl Desk {
    /// Remembers at the end of a run which files are being written.
    ///
    /// # Errors
    /// When the catalogue cannot be written.
    pub fn remember_open(&mut self) -> Result<(), DeskError> {
        let open =
            self.settle.open().map(|(_, path)| path).chain(&self.uploads.former).take(MAX_OPEN).cloned().collect();
        self.remember_uploads(open)
    }

    /// Remembers which files have been open for long: nobody announces a `kill -9`.
    pub(super) fn keep_uploads(&mut self, now: Moment) -> Result<(), DeskError> {
        if !self.uploads.former.is_empty() {
            return Ok(());
        }
        let remembered = &self.uploads.remembered;
        let is_long = |since: Duration, path| now.tick >= since + LONG || remembered.contains(path);
        let open = self.settle.open().filter(|(since, path)| is_long(*since, path)).map(|(_, path)| path);
        let open = open.take(MAX_OPEN).cloned().collect();
        self.remember_uploads(open)
    }

    /// The tick at which another file has been open for long.
    pub(super) fn next_upload(&self) -> Option<Duration> {
        let Uploads { remembered, former } = &self.uploads;
        if !former.is_empty() || remembered.len() >= MAX_OPEN {
            return None;
        }
        self.settle.open().find(|(_, path)| !remembered.contains(*path)).map(|(since, _)| since + LONG)
    }

    fn remember_uploads(&mut self, open: BTreeSet<InboxPath>) -> Result<(), DeskError> {
        if open == self.uploads.remembered {
            return Ok(());
        }
        let catalogue = self.record.catalogue_mut();
        if open.is_empty() {
            catalogue.forget(OPEN)?;
        } else {
            let lines: Vec<String> = open.iter().map(InboxPath::encoded).collect();
            catalogue.remember(OPEN, &lines.join("\n"))?;
        }
        self.uploads.remembered = open;
        Ok(())
    }
}
