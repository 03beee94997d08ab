//! Which files of the record are there, and which are not.

use rusqlite::params;

use super::files::{COLUMNS, row};
use super::{Catalogue, CatalogueError, FileNo, FileRow, Presence};

impl Catalogue {
    /// Records whether a file is there; `since` is when it was first missed.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn set_presence(&mut self, no: FileNo, presence: Presence, since: i64) -> Result<(), CatalogueError> {
        self.db.run("UPDATE files SET presence = ?2, since = ?3 WHERE no = ?1", params![no, presence.code(), since])
    }

    /// Files of one presence.
    pub fn files_by_presence(&self, presence: Presence, limit: usize) -> Result<Vec<FileRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM files WHERE presence = ?1 ORDER BY folder, name LIMIT ?2"),
            params![presence.code(), limit as i64],
            row,
        )
    }

    /// How many article files are not gone.
    pub fn live_files(&self) -> Result<u64, CatalogueError> {
        self.db.value("SELECT count(*) FROM files WHERE kind = 0 AND presence <> 3", [])
    }

    /// How many disappearances of article files (missing, held or obeyed) were first noticed at or after `since`.
    pub fn missed_since(&self, since: i64) -> Result<u64, CatalogueError> {
        self.db.value(
            "SELECT count(*) FROM files WHERE presence IN (1, 2, 3) AND since >= ?1 AND kind = 0 AND presence <> 0",
            [since],
        )
    }

    /// How many article files are missing or held since then, not yet obeyed.
    pub fn waiting_since(&self, since: i64) -> Result<u64, CatalogueError> {
        self.db.value(
            "SELECT count(*) FROM files WHERE presence IN (1, 2) AND since >= ?1 AND kind = 0 AND presence <> 0",
            [since],
        )
    }
}
