//! Which files may go together by their names, what sidecars said, and what of that was taken in. Kept with the rows of the
//! files themselves, so that one look-up answers it however many files a folder holds.

use rusqlite::params;

use super::{Catalogue, CatalogueError, FileNo, FileRow};
use crate::dropped::InboxPath;

/// How many files of one stem are looked at: a picture story has a hundred, each with a caption; more are a mistake.
const MAX_NEIGHBOURS: usize = 500;

impl Catalogue {
    /// Creates what an earlier program did not know, and fills it.
    pub(super) fn open_companions(&mut self) -> Result<(), CatalogueError> {
        /// How many rows are gone through in one step.
        const STEP: usize = 1000;
        self.db.execute_batch(include_str!("companions.sql"))?;
        if !self.db.value("SELECT NOT EXISTS (SELECT 1 FROM stems) AND EXISTS (SELECT 1 FROM files)", [])? {
            return Ok(());
        }
        self.transaction(|catalogue| {
            let mut after = 0;
            loop {
                let rows = catalogue.files_after(after, STEP)?;
                let Some(last) = rows.last() else { return Ok(()) };
                after = last.no;
                for row in rows {
                    catalogue.add_stems(row.no, &row.path)?;
                }
            }
        })
    }

    /// Files a file under every key by which it may go with others.
    pub(super) fn add_stems(&mut self, no: FileNo, path: &InboxPath) -> Result<(), CatalogueError> {
        let folder = path.folder();
        path.keys().iter().try_for_each(|key| {
            self.db.run(
                "INSERT OR IGNORE INTO stems (folder, stem, file) VALUES (?1, ?2, ?3)",
                params![folder.as_bytes(), key, no],
            )
        })
    }

    /// The files of a folder, not gone, that a key leads to: in the order of their numbers.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn neighbours(&self, folder: &InboxPath, key: &str) -> Result<Vec<FileRow>, CatalogueError> {
        let numbers: Vec<FileNo> = self.db.all(
            "SELECT file FROM stems WHERE folder = ?1 AND stem = ?2 ORDER BY file LIMIT ?3",
            params![folder.as_bytes(), key, MAX_NEIGHBOURS as i64],
            |row| row.get(0),
        )?;
        let mut rows = Vec::with_capacity(numbers.len());
        for no in numbers {
            rows.extend(self.file_of(no)?.filter(|row| row.presence != super::Presence::Gone));
        }
        Ok(rows)
    }

    /// Records that a file is to be read again whatever it looks like: should the program end before, the next comparison
    /// finds it.
    pub fn set_unread(&mut self, no: FileNo) -> Result<(), CatalogueError> {
        self.db.run("UPDATE files SET size = NULL, mtime_ns = NULL, ctime_ns = NULL, inode = NULL WHERE no = ?1", [no])
    }

    /// What a sidecar said when it could last be read.
    pub fn sidecar(&self, no: FileNo) -> Result<Option<String>, CatalogueError> {
        self.db.first("SELECT text FROM sidecars WHERE file = ?1", [no], |row| row.get(0))
    }

    /// Records what a sidecar says.
    pub fn keep_sidecar(&mut self, no: FileNo, text: &str) -> Result<(), CatalogueError> {
        self.db.run("INSERT OR REPLACE INTO sidecars (file, text) VALUES (?1, ?2)", params![no, text])
    }

    /// Hash of the sidecar that a file of articles was last taken in with.
    pub fn sidecar_told(&self, no: FileNo) -> Result<Option<[u8; 32]>, CatalogueError> {
        self.db.first("SELECT hash FROM sidecars_told WHERE file = ?1", [no], |row| row.get(0))
    }

    /// Records that hash, or that there was none.
    pub fn set_sidecar_told(&mut self, no: FileNo, hash: Option<&[u8; 32]>) -> Result<(), CatalogueError> {
        let (insert, delete) = (
            "INSERT OR REPLACE INTO sidecars_told (file, hash) VALUES (?1, ?2)",
            "DELETE FROM sidecars_told WHERE file = ?1",
        );
        self.set_told([insert, delete], no, hash)
    }

    /// Hash of the bytes that a file of articles was last taken in with, where it was refused with others since.
    pub fn file_told(&self, no: FileNo) -> Result<Option<[u8; 32]>, CatalogueError> {
        self.db.first("SELECT hash FROM files_told WHERE file = ?1", [no], |row| row.get(0))
    }

    /// Records that hash, or that it was taken in as it is.
    pub fn set_file_told(&mut self, no: FileNo, hash: Option<&[u8; 32]>) -> Result<(), CatalogueError> {
        let (insert, delete) = (
            "INSERT OR REPLACE INTO files_told (file, hash) VALUES (?1, ?2)",
            "DELETE FROM files_told WHERE file = ?1",
        );
        self.set_told([insert, delete], no, hash)
    }

    fn set_told(
        &mut self,
        [insert, delete]: [&str; 2],
        no: FileNo,
        hash: Option<&[u8; 32]>,
    ) -> Result<(), CatalogueError> {
        match hash {
            Some(hash) => self.db.change(insert, params![no, hash])?,
            None => self.db.change(delete, [no])?,
        };
        Ok(())
    }
}
