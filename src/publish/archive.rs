//! The server's way to documents that are not in memory: what the catalogue knows of a path, and the file's bytes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;

use crate::catalogue::{self, CatalogueError, DocumentKind, DocumentRow, DocumentState, Reader};
use crate::edition::{Content, Document, Edition, Found, Kind, MOST_IN_MEMORY};
use crate::section::Section;

/// How many readers of the catalogue are kept open: as many as load at one time.
const KEPT_READERS: usize = crate::edition::MAX_LOADS;

/// What the catalogue knows of a path.
struct Known {
    row: DocumentRow,
    /// Whether it is the page of an article that a marker takes back.
    is_marked: bool,
    /// Where the article of a page that is gone lives by now, if elsewhere.
    link: Option<String>,
    /// The first section that the article of a page is in.
    section: Option<String>,
}

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
        let known = self.known(path, catalogue).map_err(io::Error::other)?;
        let unknown = if edition.is_complete() { Found::Unknown } else { Found::NotYet };
        let Some(Known { row, is_marked, link, section }) = known else { return Ok(unknown) };
        if row.state == DocumentState::Gone {
            return Ok(match link {
                _ if row.kind == DocumentKind::Media => unknown,
                Some(link) => Found::Elsewhere(link),
                None => Found::Gone,
            });
        }
        let (modified, hash, is_suspect) = (row.modified, row.hash, row.state == DocumentState::Suspect);
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
        let (found, content) = match kind {
            Kind::Media(_) if length > MOST_IN_MEMORY => {
                let found = match hash {
                    Some(hash) if !is_suspect => blake3::Hash::from_bytes(hash),
                    _ => blake3::Hasher::new().update_reader(&file)?.finalize(),
                };
                (found, Content::file(&place, length))
            }
            _ => {
                let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
                file.read_to_end(&mut bytes)?;
                (blake3::hash(&bytes), Content::from(bytes))
            }
        };
        // Torn by a power cut or changed by somebody, and about to be put right.
        if is_suspect && hash.is_some_and(|hash| found != hash) {
            return Ok(Found::NotYet);
        }
        let document = Document::hashed(path, kind, content, found, modified);
        let document = match section {
            Some(section) => document.in_section(Section::stored(section)),
            None => document,
        };
        Ok(Found::Document(Arc::new(document)))
    }

    /// What the catalogue knows of a path, if anything.
    fn known(&self, path: &str, file: u64) -> Result<Option<Known>, CatalogueError> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match kept {
            Some((of, reader)) if of == file => reader,
            _ => Reader::open(&self.state)?,
        };
        let known = match reader.document(path)? {
            Some(row) if row.kind == DocumentKind::Page => {
                let is_marked = reader.is_marked(row.owner)?;
                let is_elsewhere = row.state == DocumentState::Gone && !is_marked;
                let link = if is_elsewhere { reader.link_of(row.owner)? } else { None };
                Some(Known { is_marked, link, section: reader.first_section_of(row.owner)?, row })
            }
            row => row.map(|row| Known { row, is_marked: false, link: None, section: None }),
        };
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < KEPT_READERS {
            readers.push((file, reader));
        }
        Ok(known)
    }
}
