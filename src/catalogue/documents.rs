//! Rows of documents: what lies under `feeds/`, with which bytes, and what must be printed again.

use std::ops::RangeInclusive;

use rusqlite::{Row, params};

use super::{Catalogue, CatalogueError, Reader};
use crate::name;

/// What a document is; in the order in which they are printed. The numbers are stored, and indexes and statements name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A picture, sound, film or PDF: `_media/HASH.EXT`.
    Media = 0,
    /// An article's page.
    Page = 1,
    /// A section's RSS feed.
    Rss = 2,
    /// A section's Atom feed.
    Atom = 3,
    /// A section's JSON feed.
    Json = 4,
    /// A section's page.
    Front = 5,
    /// `opml.xml`.
    Opml = 6,
    /// `style.css`.
    Style = 7,
}

/// Whether the file under `feeds/` is what it should be. Stored and named as the kinds are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// It must be made and compared with the disk: it may have been lost or damaged.
    Suspect = 0,
    /// It must be made again.
    Stale = 1,
    /// It is written, but a power cut may still take it.
    Written = 2,
    /// It is on the disk.
    Synced = 3,
    /// It was withdrawn: no file, and readers are told so.
    Gone = 4,
    /// A lost catalogue was told of it by the ledger: its file is served until its article is read again.
    Kept = 5,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its path under `feeds/`, which is its URL's.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Its section's number, or its article's for pages; [`ICON`] for the publication's icon; 0 for the rest.
    pub owner: i64,
    /// Whether the file is current.
    pub state: DocumentState,
    /// Hash of its bytes; none before the first printing.
    pub hash: Option<[u8; 32]>,
    /// Its length in bytes.
    pub size: u64,
    /// When its bytes last changed, seconds since 1970; never goes back.
    pub modified: i64,
}

/// Owner of the medium that is the publication's icon: it stays whatever articles show it.
pub const ICON: i64 = 1;

/// What a printing made of a document.
#[derive(Clone, Debug)]
pub struct Printed<'a> {
    /// The document.
    pub path: &'a str,
    /// Hash of its bytes.
    pub hash: [u8; 32],
    /// Length in bytes.
    pub size: u64,
    /// When its bytes last changed, seconds since 1970.
    pub modified: i64,
    /// What program and settings made it.
    pub generation: &'a str,
}

const COLUMNS: &str = "path, kind, owner, state, hash, size, modified";

impl DocumentKind {
    const ALL: [Self; 8] =
        [Self::Media, Self::Page, Self::Rss, Self::Atom, Self::Json, Self::Front, Self::Opml, Self::Style];

    fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Self {
        usize::try_from(code).ok().and_then(|at| Self::ALL.get(at).copied()).unwrap_or(Self::Page)
    }
}

impl DocumentState {
    fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Self {
        match code {
            1 => Self::Stale,
            2 => Self::Written,
            3 => Self::Synced,
            4 => Self::Gone,
            5 => Self::Kept,
            _ => Self::Suspect,
        }
    }
}

fn row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        path: row.get(0)?,
        kind: DocumentKind::from_code(row.get(1)?),
        owner: row.get(2)?,
        state: DocumentState::from_code(row.get(3)?),
        hash: row.get(4)?,
        size: row.get(5)?,
        modified: row.get(6)?,
    })
}

impl Catalogue {
    /// Marks a document to be printed again, adding it if it is new. A suspect one stays suspect.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn mark_stale(&mut self, path: &str, kind: DocumentKind, owner: i64) -> Result<(), CatalogueError> {
        // Nearly always it is there and whose it was: then no index but that of what is due has to change.
        let marked = self.db.change(
            "UPDATE documents SET state = CASE WHEN state IN (0, 4, 5) THEN 0 ELSE 1 END
             WHERE path = ?1 AND owner = ?2",
            params![path, owner],
        )?;
        if marked > 0 {
            return Ok(());
        }
        self.add_stale(path, kind, owner)
    }

    /// The same of a document that is hardly ever there.
    pub fn add_stale(&mut self, path: &str, kind: DocumentKind, owner: i64) -> Result<(), CatalogueError> {
        self.db.run(
            "INSERT INTO documents (path, folded, kind, owner, state) VALUES (?1, ?2, ?3, ?4, 0)
             ON CONFLICT (path) DO UPDATE SET owner = ?4, state = CASE WHEN state IN (0, 4, 5) THEN 0 ELSE 1 END",
            params![path, name::fold(path), kind.code(), owner],
        )
    }

    /// A document's row.
    pub fn document(&self, path: &str) -> Result<Option<DocumentRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM documents WHERE path = ?1"), [path], row)
    }

    /// Whether a path is taken under case folding.
    pub fn is_path_taken(&self, folded: &str) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM documents WHERE folded = ?1)", [folded])
    }

    /// Documents of some kinds that must be printed, media first, newest pages first, at most `limit`.
    pub fn documents_due(
        &self,
        kinds: &RangeInclusive<DocumentKind>,
        limit: usize,
    ) -> Result<Vec<DocumentRow>, CatalogueError> {
        self.db.all(
            &format!(
                "SELECT {COLUMNS} FROM documents WHERE state < 2 AND kind BETWEEN ?1 AND ?2
                 ORDER BY kind, owner DESC LIMIT ?3"
            ),
            params![kinds.start().code(), kinds.end().code(), limit as i64],
            row,
        )
    }

    /// How many documents must be printed.
    pub fn due_count(&self) -> Result<u64, CatalogueError> {
        self.db.value("SELECT count(*) FROM documents WHERE state < 2", [])
    }

    /// Records what a printing made.
    pub fn set_printed(&mut self, printed: &Printed<'_>, turn: i64) -> Result<(), CatalogueError> {
        self.db.run(
            "UPDATE documents SET state = ?7, hash = ?2, size = ?3, modified = ?4, generation = ?5, turn = ?6
             WHERE path = ?1",
            params![
                printed.path,
                printed.hash,
                printed.size,
                printed.modified,
                printed.generation,
                turn,
                DocumentState::Written.code()
            ],
        )
    }

    /// Records that a document was taken back: readers who ask are told it is gone.
    pub fn set_gone(&mut self, path: &str) -> Result<(), CatalogueError> {
        self.db.run("UPDATE documents SET state = 4 WHERE path = ?1", [path])
    }

    /// Records that a document cannot be rendered: what was there stays, and it is not tried again until it is marked.
    pub fn set_unprintable(&mut self, path: &str) -> Result<(), CatalogueError> {
        self.db.run("UPDATE documents SET state = 3 WHERE path = ?1", [path])
    }

    /// Adds a page that only the ledger tells of: served as it is until its article is read again.
    pub fn keep_page(&mut self, path: &str, owner: i64) -> Result<(), CatalogueError> {
        self.db.run(
            "INSERT OR IGNORE INTO documents (path, folded, kind, owner, state) VALUES (?1, ?2, 1, ?3, 5)",
            params![path, name::fold(path), owner],
        )
    }

    /// After a complete comparison: pages whose article was not read again are gone. Their paths.
    pub fn end_keeping(&mut self) -> Result<Vec<String>, CatalogueError> {
        self.db.all("UPDATE documents SET state = 4 WHERE state = 5 RETURNING path", [], |row| row.get(0))
    }

    /// Forgets a document that nobody needs to be told of (media).
    pub fn drop_document(&mut self, path: &str) -> Result<(), CatalogueError> {
        self.db.run("DELETE FROM documents WHERE path = ?1", [path])
    }

    /// Marks every document that another program or other settings printed; says how many.
    pub fn mark_generation(&mut self, generation: &str) -> Result<usize, CatalogueError> {
        self.db.change(
            "UPDATE documents SET state = 1 WHERE generation <> ?1 AND state IN (2, 3) AND kind <> 0",
            [generation],
        )
    }

    /// After a start: what was written and not known to be on the disk must be compared with it.
    pub fn suspect_unsynced(&mut self) -> Result<usize, CatalogueError> {
        self.db.change("UPDATE documents SET state = 0 WHERE state = 2", [])
    }

    /// Marks one document as not to be trusted.
    pub fn suspect(&mut self, path: &str) -> Result<(), CatalogueError> {
        self.db.run("UPDATE documents SET state = 0 WHERE path = ?1 AND state <> 4", [path])
    }

    /// Marks every document that was printed as not to be trusted; says how many.
    pub fn suspect_all(&mut self) -> Result<usize, CatalogueError> {
        self.db.change("UPDATE documents SET state = 0 WHERE state IN (1, 2, 3) AND hash IS NOT NULL", [])
    }

    /// Records that everything printed up to a turn is on the disk.
    pub fn set_synced(&mut self, turn: i64) -> Result<(), CatalogueError> {
        self.db.run("UPDATE documents SET state = 3 WHERE state = 2 AND turn <= ?1", [turn])
    }

    /// Whether anything is written and not yet known to be on the disk.
    pub fn has_unsynced(&self) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM documents WHERE state = 2)", [])
    }
}

impl Reader {
    /// A document's row.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn document(&self, path: &str) -> Result<Option<DocumentRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM documents WHERE path = ?1"), [path], row)
    }

    /// Documents after a path in order, at most `limit`: to go through all of them in steps.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn documents_after(&self, after: &str, limit: usize) -> Result<Vec<DocumentRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM documents WHERE path > ?1 ORDER BY path LIMIT ?2"),
            params![after, limit as i64],
            row,
        )
    }
}
