//! A content as it is stored: its record as JSON, its body packed. Whoever read the file makes it, on any core; the desk, which
//! is one thread, only writes it down.

use std::sync::Arc;

use super::record::{self, Content};
use super::{CatalogueError, bodies};

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub(super) record: String,
    pub(super) packed: Vec<u8>,
    content: Arc<Content>,
}

impl Stored {
    /// What is stored of a content.
    ///
    /// # Errors
    /// When it cannot be written as JSON or packed, for which no content is known.
    pub fn of(content: Content) -> Result<Self, CatalogueError> {
        let record = record::content_text(&content)?;
        let packed = bodies::pack(&content.draft.body)?;
        // As it will be read again: what is printed does not depend on whether it is still in memory.
        let content = Arc::new(record::content_from(&record, content.draft.body)?);
        Ok(Self { record, packed, content })
    }

    /// The record's text.
    #[must_use]
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The content.
    #[must_use]
    pub fn content(&self) -> &Arc<Content> {
        &self.content
    }
}
