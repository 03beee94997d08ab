//! The server's way to documents that are not in memory: what the catalogue knows of a path, and the file's bytes.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;

use crate::catalogue::{self, CatalogueError, DocumentKind, DocumentRow, Printing, Reader};
use crate::edition::{Document, Edition, Found, Kind};

/// How many readers of the catalogue are kept open: as many as load at one time.
const KEPT_READERS: usize = crate::edition::MAX_LOADS;

/// Documents on the disk.
#[derive(Debug)]
pub struct Archive {
    state: PathBuf,
    feeds: PathBuf,
    /// Each with the number of the file that it reads: a damaged catalogue is set aside, and another stands in its place.
    readers: Mutex<Vec<(u64, Reader)>>,
}

impl Archive {
    /// The archive of a state folder's catalogue and the documents it published.
    #[must_use]
    pub fn new(state: PathBuf, feeds: PathBuf) -> Self {
        Self { state, feeds, readers: Mutex::default() }
    }

    /// What lies at a path.
    ///
    /// # Errors
    /// When the catalogue or the disk fails.
    pub fn find(&self, edition: &Edition, path: &str) -> io::Result<Found> {
        let catalogue = fs::metadata(self.state.join(catalogue::FILE_NAME))?.ino();
        let (row, is_marked) = self.row(path, catalogue).map_err(io::Error::other)?;
        let unknown = if edition.is_complete() { Found::Unknown } else { Found::NotYet };
        let (modified, suspected) = match row {
            None => return Ok(unknown),
            Some(row) if row.printing == Printing::Gone => {
                return Ok(if row.path.starts_with("_media/") { unknown } else { Found::Gone });
            }
            Some(row) => (row.modified, row.hash.filter(|_| row.printing == Printing::Suspect)),
        };
        let Some(kind) = Kind::of(path) else { return Ok(unknown) };
        let kind = if is_marked { Kind::Retraction } else { kind };
        let file = self.feeds.join(path);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            // Known and not on the disk: not printed yet, or taken away by somebody; the desk is about to put it right.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::NotYet),
            Err(error) => return Err(error),
        };
        // Torn by a power cut or changed by somebody, and about to be put right.
        if suspected.is_some_and(|hash| blake3::hash(&bytes) != hash) {
            return Ok(Found::NotYet);
        }
        let modified = DateTime::from_timestamp(modified, 0).unwrap_or_default();
        Ok(Found::Document(Arc::new(Document::new(path, kind, bytes, modified))))
    }

    /// The row of a path, and whether it is the page of an article that a marker takes back.
    fn row(&self, path: &str, file: u64) -> Result<(Option<DocumentRow>, bool), CatalogueError> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match kept {
            Some((of, reader)) if of == file => reader,
            _ => Reader::open(&self.state)?,
        };
        let row = reader.document(path)?;
        let is_marked = match &row {
            Some(row) if row.kind == DocumentKind::Page => reader.is_marked(row.owner)?,
            _ => false,
        };
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < KEPT_READERS {
            readers.push((file, reader));
        }
        Ok((row, is_marked))
    }
}
