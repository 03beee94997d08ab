//! The server's way to documents that are not in memory: what the catalogue knows of a path, and the file's bytes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;

use crate::catalogue::{self, CatalogueError, DocumentKind, DocumentRow, Printing, Reader};
use crate::edition::{Document, Edition, Found, Kind, MOST_IN_MEMORY};

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
        let (modified, hash, is_suspect) = match row {
            None => return Ok(unknown),
            Some(row) if row.printing == Printing::Gone => {
                return Ok(if row.path.starts_with("_media/") { unknown } else { Found::Gone });
            }
            Some(row) => (row.modified, row.hash, row.printing == Printing::Suspect),
        };
        let Some(kind) = Kind::of(path) else { return Ok(unknown) };
        let kind = if is_marked { Kind::Retraction } else { kind };
        let place = self.feeds.join(path);
        let mut file = match File::open(&place) {
            Ok(file) => file,
            // Known and not on the disk: not printed yet, or taken away by somebody; the desk is about to put it right.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Found::NotYet);
            }
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        let modified = DateTime::from_timestamp(modified, 0).unwrap_or_default();
        let (found, document) = match kind {
            Kind::Media(media_type) if length > MOST_IN_MEMORY => {
                let found = match hash {
                    Some(hash) if !is_suspect => blake3::Hash::from_bytes(hash),
                    _ => blake3::Hasher::new().update_reader(&file)?.finalize(),
                };
                (found, Document::stored(path, media_type, &place, length, found, modified))
            }
            _ => {
                let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
                file.read_to_end(&mut bytes)?;
                let found = blake3::hash(&bytes);
                (found, Document::hashed(path, kind, bytes, found, modified))
            }
        };
        // Torn by a power cut or changed by somebody, and about to be put right.
        if is_suspect && hash.is_some_and(|hash| found != hash) {
            return Ok(Found::NotYet);
        }
        Ok(Found::Document(Arc::new(document)))
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
