//! What a person asks the record: how much of everything there is, what is refused and why, what is held, scheduled, doubted.

use rusqlite::params;

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

/// One of the articles published last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatestRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date, seconds since 1970.
    pub published: i64,
}

impl Catalogue {
    /// How much of everything there is.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn counts(&self) -> Result<Counts, CatalogueError> {
        let count = |query: &str| -> Result<u64, CatalogueError> {
            Ok(self.db.prepare_cached(query)?.query_row([], |row| row.get(0))?)
        };
        Ok(Counts {
            published: count("SELECT count(*) FROM articles WHERE visible = 1")?,
            scheduled: count(
                "SELECT count(*) FROM articles WHERE due IS NOT NULL AND visible = 0 AND embargo IS NOT NULL AND due = embargo",
            )?,
            withdrawn: count(
                "SELECT count(*) FROM articles WHERE ordered = 1
                 OR no IN (SELECT article FROM markers WHERE article IS NOT NULL)",
            )?,
            refused: count("SELECT count(*) FROM files WHERE rejection IS NOT NULL AND presence <> 3")?,
            held: count("SELECT count(*) FROM files WHERE presence = 2")?,
            doubted: count("SELECT count(*) FROM files WHERE doubts IS NOT NULL AND presence <> 3")?,
            sections: count("SELECT count(*) FROM sections")?,
        })
    }

    /// Refused files, at most `limit`.
    pub fn refusals(&self, limit: usize) -> Result<Vec<RefusalRow>, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT folder, name, rejection FROM files WHERE rejection IS NOT NULL AND presence <> 3 ORDER BY folder, name LIMIT ?1",
        )?;
        let rows = query.query_map([limit as i64], |row| Ok((path(row)?, row.get::<_, String>(2)?)))?;
        let mut found = Vec::new();
        for row in rows {
            let (path, text) = row?;
            found.push(RefusalRow { path, rejection: record::rejection_from(&text).unwrap_or_default() });
        }
        Ok(found)
    }

    /// Files with doubts, at most `limit`.
    pub fn doubts(&self, limit: usize) -> Result<Vec<DoubtRow>, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT folder, name, doubts FROM files WHERE doubts IS NOT NULL AND presence <> 3 ORDER BY folder, name LIMIT ?1",
        )?;
        let rows = query.query_map([limit as i64], |row| Ok((path(row)?, row.get::<_, String>(2)?)))?;
        let mut found = Vec::new();
        for row in rows {
            let (path, text) = row?;
            found.push(DoubtRow { path, doubts: serde_json::from_str(&text)? });
        }
        Ok(found)
    }

    /// Articles that wait for their time, soonest first, at most `limit`.
    pub fn schedule(&self, limit: usize) -> Result<Vec<ScheduleRow>, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT id, title, embargo FROM articles
             WHERE due IS NOT NULL AND visible = 0 AND embargo IS NOT NULL AND due = embargo ORDER BY embargo, no LIMIT ?1",
        )?;
        Ok(query
            .query_map([limit as i64], |row| {
                Ok(ScheduleRow { id: row.get(0)?, title: row.get(1)?, embargo: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// The articles published last, newest first, at most `limit`.
    pub fn latest(&self, limit: usize) -> Result<Vec<LatestRow>, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT id, title, published FROM articles WHERE visible = 1 ORDER BY published DESC, no DESC LIMIT ?1",
        )?;
        Ok(query
            .query_map(params![limit as i64], |row| {
                Ok(LatestRow { id: row.get(0)?, title: row.get(1)?, published: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?)
    }
}

pub(super) fn path(row: &rusqlite::Row<'_>) -> rusqlite::Result<InboxPath> {
    use std::os::unix::ffi::OsStrExt;
    let folder: Vec<u8> = row.get(0)?;
    let name: Vec<u8> = row.get(1)?;
    Ok(InboxPath::from_bytes(&folder).join(std::ffi::OsStr::from_bytes(&name)))
}
