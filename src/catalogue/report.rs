//! What a person asks the record: how much of everything there is, what is refused and why, what is held, scheduled, doubted.

use rusqlite::Row;

use super::files::path;
use super::{Catalogue, CatalogueError, record};
use crate::dropped::InboxPath;
use crate::rejection::Rejection;

/// How much of everything there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles in the feeds.
    pub published: u64,
    /// Articles that wait for their time.
    pub scheduled: u64,
    /// Articles withdrawn by order: a command, a file or a marker.
    pub withdrawn: u64,
    /// Files refused.
    pub refused: u64,
    /// Files that vanished and are held.
    pub held: u64,
    /// Files with doubts.
    pub doubted: u64,
    /// Sections.
    pub sections: u64,
}

/// A refused file.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusalRow {
    /// The file.
    pub path: InboxPath,
    /// Why.
    pub rejection: Rejection,
}

/// A file with doubts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtRow {
    /// The file.
    pub path: InboxPath,
    /// Plain sentences.
    pub doubts: Vec<String>,
}

/// An article that waits for its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it comes out, seconds since 1970.
    pub embargo: i64,
}

/// An article in the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page; none where it lives elsewhere.
    pub page: Option<String>,
    /// Its date, seconds since 1970.
    pub published: i64,
}

/// Which files are refused; `presence <> 3`: what is gone is nobody's trouble any more.
pub(super) const REFUSED: &str = "FROM files WHERE rejection IS NOT NULL AND presence <> 3";
/// Which files are doubted.
pub(super) const DOUBTED: &str = "FROM files WHERE doubts IS NOT NULL AND presence <> 3";
/// Which files are held; `presence <> 0` is what their index says of them.
pub(super) const HELD: &str = "FROM files WHERE presence = 2 AND presence <> 0";
/// Which articles wait for their time.
pub(super) const AWAITED: &str = "FROM articles WHERE visible = 0 AND embargo IS NOT NULL AND due = embargo";

/// In the order of their paths.
const BY_PATH: &str = "folder, name";
/// The newest first.
pub(super) const NEWEST: &str = "no DESC";

/// The columns of [`published`].
pub(super) const PUBLISHED: &str = "articles.id, title, CASE WHEN linked = 0 THEN page END, articles.published";

pub(super) fn published(row: &Row<'_>) -> rusqlite::Result<PublishedRow> {
    Ok(PublishedRow { id: row.get(0)?, title: row.get(1)?, page: row.get(2)?, published: row.get(3)? })
}

impl Catalogue {
    /// How much of everything there is.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn counts(&self) -> Result<Counts, CatalogueError> {
        let count =
            |from: &str| -> Result<u64, CatalogueError> { self.db.value(&format!("SELECT count(*) {from}"), []) };
        Ok(Counts {
            published: count("FROM articles WHERE visible = 1")?,
            scheduled: count(AWAITED)?,
            withdrawn: count(
                "FROM articles WHERE ordered = 1 OR no IN (SELECT article FROM markers WHERE article IS NOT NULL)",
            )?,
            refused: count(REFUSED)?,
            held: count(HELD)?,
            doubted: count(DOUBTED)?,
            sections: count("FROM sections")?,
        })
    }

    /// Refused files by their paths, at most `limit`.
    pub fn refusals(&self, limit: usize) -> Result<Vec<RefusalRow>, CatalogueError> {
        self.refusals_in(BY_PATH, limit)
    }

    /// Files with doubts by their paths, at most `limit`.
    pub fn doubts(&self, limit: usize) -> Result<Vec<DoubtRow>, CatalogueError> {
        self.doubts_in(BY_PATH, limit)
    }

    pub(super) fn refusals_in(&self, order: &str, limit: usize) -> Result<Vec<RefusalRow>, CatalogueError> {
        let query = format!("SELECT folder, name, rejection {REFUSED} ORDER BY {order} LIMIT ?1");
        self.db.all(&query, [limit as i64], |row| {
            let rejection = record::rejection_from(&row.get::<_, String>(2)?).unwrap_or_default();
            Ok(RefusalRow { path: path(row, 0)?, rejection })
        })
    }

    pub(super) fn doubts_in(&self, order: &str, limit: usize) -> Result<Vec<DoubtRow>, CatalogueError> {
        let query = format!("SELECT folder, name, doubts {DOUBTED} ORDER BY {order} LIMIT ?1");
        let rows = self.db.all(&query, [limit as i64], |row| Ok((path(row, 0)?, row.get::<_, String>(2)?)))?;
        rows.into_iter().map(|(path, text)| Ok(DoubtRow { path, doubts: serde_json::from_str(&text)? })).collect()
    }

    /// Articles that wait for their time, soonest first, at most `limit`.
    pub fn schedule(&self, limit: usize) -> Result<Vec<ScheduleRow>, CatalogueError> {
        let query = format!("SELECT id, title, embargo {AWAITED} ORDER BY embargo, no LIMIT ?1");
        let row = |row: &Row<'_>| Ok(ScheduleRow { id: row.get(0)?, title: row.get(1)?, embargo: row.get(2)? });
        self.db.all(&query, [limit as i64], row)
    }

    /// The articles published last, newest first, at most `limit`; none that a marker has taken back, whose notice stands in
    /// the feeds in its place.
    pub fn latest(&self, limit: usize) -> Result<Vec<PublishedRow>, CatalogueError> {
        let query = format!(
            "SELECT {PUBLISHED} FROM articles WHERE visible = 1
             AND NOT EXISTS (SELECT 1 FROM markers WHERE markers.article = articles.no)
             ORDER BY published DESC, no DESC LIMIT ?1"
        );
        self.db.all(&query, [limit as i64], published)
    }
}
