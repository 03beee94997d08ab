//! The catalogue of a state folder → a copy of it as it stood at one moment, while its writer goes on.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::{CatalogueError, Reader};

/// All pages in one step, so that they are of one moment. In WAL mode that keeps no writer waiting.
const ALL_PAGES: i32 = -1;

impl Reader {
    /// Writes a copy into a file that does not exist yet, and looks whether it is sound. It is not synced yet.
    ///
    /// # Errors
    /// When the catalogue cannot be read, the copy cannot be written, or what was copied is damaged.
    pub fn copy_to(&self, file: &Path) -> Result<(), CatalogueError> {
        let mut copy = Connection::open(file)?;
        // Whoever is interrupted throws the copy away.
        copy.pragma_update(None, "synchronous", "OFF")?;
        match Backup::new(&self.db, &mut copy)?.step(ALL_PAGES)? {
            StepResult::Done => {}
            _ => return Err(CatalogueError::Busy),
        }
        match super::is_sound(&copy)? {
            true => Ok(()),
            false => Err(CatalogueError::Damaged),
        }
    }
}
