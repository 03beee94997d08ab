//! The bytes of a document, or of a part of it: in memory, or in a file that is read as they are sent.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use hyper::body::Bytes;

/// The longest medium that is kept in memory. A longer one is read as its reader takes it, so that neither a crowd that hears
/// the same hour of sound nor one visitor of all pictures costs memory, or drives the feeds out of it.
pub const MOST_IN_MEMORY: u64 = 1024 * 1024;

/// Bytes, wherever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// In memory.
    Memory(Bytes),
    /// On the disk.
    File(Excerpt),
}

/// Some bytes of a file which nobody changes: media are named by what they contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Where the file lies.
    pub file: Arc<Path>,
    /// The length that the file has; with another one it is not what it was.
    pub whole: u64,
    /// Which of its bytes.
    pub range: Range<u64>,
}

impl Content {
    /// All of a file that is so long.
    #[must_use]
    pub fn file(path: &Path, length: u64) -> Self {
        Self::File(Excerpt { file: path.into(), whole: length, range: 0..length })
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(excerpt) => excerpt.range.end.saturating_sub(excerpt.range.start),
        }
    }

    /// Some of these bytes, counted from the first of them; what lies beyond the last is left out.
    #[must_use]
    pub fn part(&self, range: Range<u64>) -> Self {
        let end = range.end.min(self.length());
        let start = range.start.min(end);
        match self {
            // Both are within what is in memory.
            Self::Memory(bytes) => Self::Memory(bytes.slice(start as usize..end as usize)),
            Self::File(excerpt) => {
                let first = excerpt.range.start;
                Self::File(Excerpt { range: first + start..first + end, ..excerpt.clone() })
            }
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Memory(bytes.into())
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Memory(bytes)
    }
}
