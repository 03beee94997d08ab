//! The database of files, articles, sections and documents: the only module that knows how records are stored.
//!
//! SQLite in WAL mode: one writer (the desk), any number of readers. An operator may open `catalogue.db` with `sqlite3`.
//! It holds nothing that inbox and ledger could not tell again, so that losing it costs time and nothing else.

mod articles;
mod backup;
mod board;
mod bodies;
mod claims;
mod companions;
mod db;
mod documents;
mod files;
mod former_media;
mod markers;
mod media_uses;
mod presence;
mod recent;
mod record;
mod report;
mod sections;
mod stored;

pub use articles::{ArticleNo, ArticleRow};
pub use board::{Board, MOST_COUNTED};
pub use claims::Claim;
pub use documents::{DocumentKind, DocumentRow, DocumentState, ICON, Printed};
pub use files::{FileKind, FileNo, FileRow, Presence};
pub use markers::{MarkerRow, Named};
pub use record::Content;
pub use report::{Counts, DoubtRow, PublishedRow, RefusalRow, ScheduleRow};
pub use sections::{ListingRow, SectionNo, SectionRow};
pub use stored::Stored;

use std::cell::RefCell;
use std::fs;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::{Mode, OFlags, fstat};

use bodies::Unpacker;
use db::Db;
use recent::Recent;

/// An article's content as two texts, record and body: how the ledger keeps it too.
///
/// # Errors
/// When a record cannot be written as JSON.
pub fn packed(content: &Content) -> Result<(String, String), CatalogueError> {
    Ok((record::content_text(content)?, content.draft.body.clone()))
}

/// The content of two such texts.
///
/// # Errors
/// When the record cannot be read.
pub fn unpacked(record: &str, body: String) -> Result<Content, CatalogueError> {
    Ok(record::content_from(record, body)?)
}

/// The file's name in the state folder.
pub const FILE_NAME: &str = "catalogue.db";

/// The schema this program writes; `PRAGMA user_version`.
const SCHEMA_VERSION: i64 = 2;

/// How long a statement waits for another process's lock (an operator's `sqlite3`) before it fails.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// Page cache of one connection in KiB: enough for the hot index pages of a million articles, small beside everything else.
const PAGE_CACHE_KIB: i64 = 8192;

/// After how much WAL it is cut back to, in bytes: a bulk import must not leave a gigabyte behind.
const JOURNAL_LIMIT_BYTES: i64 = 64 * 1024 * 1024;

/// The catalogue could not do what was asked: the operator acts.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// SQLite said no.
    #[error("the catalogue failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A record does not have the shape this program writes.
    #[error("the catalogue holds a record that cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    /// A body could not be packed or unpacked.
    #[error("a body in the catalogue cannot be unpacked: {0}")]
    Body(#[from] std::io::Error),
    /// The file was written by a later program.
    #[error("{path} has schema {found}, this program knows up to {SCHEMA_VERSION}; use a newer syndicated")]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
    },
    /// Somebody holds it whom waiting did not outlast.
    #[error("another program holds the catalogue; try again")]
    Busy,
    /// Its pages do not fit together.
    #[error("the catalogue is damaged; the daemon mends it at its next start")]
    Damaged,
    /// Its file was deleted, or another laid in its place, while it was in use.
    #[error(
        "the catalogue was taken away while it was in use; the next start makes it again from the inbox and the ledger"
    )]
    Gone,
}

impl CatalogueError {
    /// Whether what is stored cannot be what was written, so that trying again cannot help: SQLite says so, or it is no text,
    /// no record, no body.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            Self::Record(_) | Self::Body(_) => true,
            Self::Sqlite(
                FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..),
            ) => true,
            Self::Sqlite(error) => matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)),
            _ => false,
        }
    }

    /// Whether the disk is full or fails, so that trying again later can help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, SystemIoFailure};
        matches!(
            self,
            Self::Sqlite(error) if matches!(error.sqlite_error_code(), Some(CannotOpen | DiskFull | SystemIoFailure))
        )
    }
}

/// The writer's handle; the desk owns the only one.
pub struct Catalogue {
    db: Db,
    path: PathBuf,
    /// The file that was opened, wherever it is by now. Only its name is held: closing a second descriptor of its bytes would
    /// let go SQLite's locks.
    file: Option<OwnedFd>,
    bodies: RefCell<Unpacker>,
    /// What was stored last: it is printed next.
    recent: Recent,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("db", &self.db).finish_non_exhaustive()
    }
}

/// A read-only handle for the server's cold documents and the comparison.
#[derive(Debug)]
pub struct Reader {
    db: Db,
}

impl Catalogue {
    /// Opens or creates the catalogue in the state folder.
    ///
    /// # Errors
    /// When it cannot be opened, is damaged, or was written by a later program.
    pub fn open(state: &Path) -> Result<Self, CatalogueError> {
        let path = state.join(FILE_NAME);
        let db = Connection::open(&path)?;
        db.busy_timeout(BUSY_WAIT)?;
        keep_plans(&db)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // NORMAL: a power cut may take the last commits, never the database; the ledger and the inbox bring them back.
        db.pragma_update(None, "synchronous", "NORMAL")?;
        // Checkpoints sync, which a drop must not wait for: the sync thread makes them.
        db.pragma_update(None, "wal_autocheckpoint", 0)?;
        db.pragma_update(None, "journal_size_limit", JOURNAL_LIMIT_BYTES)?;
        db.pragma_update(None, "cache_size", -PAGE_CACHE_KIB)?;
        db.set_prepared_statement_cache_capacity(128);
        let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found > SCHEMA_VERSION {
            return Err(CatalogueError::TooNew { path, found });
        }
        if found == 0 {
            db.execute_batch(&format!(
                "BEGIN;{}{}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;",
                include_str!("catalogue/schema.sql"),
                include_str!("catalogue/markers.sql")
            ))?;
        }
        let file = rustix::fs::open(&path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty()).ok();
        let mut catalogue =
            Self { db: db.into(), path, file, bodies: RefCell::new(Unpacker::new()?), recent: Recent::default() };
        if found == 1 {
            catalogue.transaction(|catalogue| catalogue.begin_markers(SCHEMA_VERSION))?;
        }
        catalogue.open_companions()?;
        catalogue.open_former_media()?;
        Ok(catalogue)
    }

    /// Whether the file's pages and indexes are sound, as `PRAGMA quick_check` says.
    ///
    /// # Errors
    /// When it cannot even be asked.
    pub fn is_sound(&self) -> Result<bool, CatalogueError> {
        is_sound(&self.db)
    }

    /// Looks whether its file still lies where it was opened; one whose whole folder was moved away may come back.
    ///
    /// # Errors
    /// [`CatalogueError::Gone`] when it was deleted, or another lies in its place.
    pub fn check_place(&self) -> Result<(), CatalogueError> {
        let Some(opened) = self.file.as_ref().and_then(|file| fstat(file).ok()) else { return Ok(()) };
        let is_other = fs::metadata(&self.path).is_ok_and(|found| found.ino() != opened.st_ino);
        if is_other || opened.st_nlink == 0 { Err(CatalogueError::Gone) } else { Ok(()) }
    }

    /// Leaves the catalogue at the end of the process without closing it: the last one to close takes away the
    /// write-ahead log and its index, and a start on a full disk would find no room to make them again.
    pub fn leave(self) {
        std::mem::forget(self.db);
    }

    /// Runs `work` in one transaction: all of it is kept, or on an error none.
    ///
    /// # Errors
    /// What `work` returns, or that the transaction could not begin or commit.
    pub fn transaction<T, E: From<CatalogueError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(CatalogueError::from)?;
        let outcome = work(self).and_then(|value| {
            self.db.execute_batch("COMMIT").map_err(CatalogueError::from)?;
            Ok(value)
        });
        if outcome.is_err() {
            self.recent.clear();
        }
        if outcome.is_err() && !self.db.is_autocommit() {
            self.db.execute_batch("ROLLBACK").map_err(CatalogueError::from)?;
        }
        outcome
    }

    /// Runs `work`, which looks many things up, on one state of the record: each look-up by itself would lock it and free it
    /// again.
    ///
    /// # Errors
    /// What `work` returns, or that the catalogue cannot be locked.
    pub fn reading<T, E: From<CatalogueError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.db.execute_batch("BEGIN").map_err(CatalogueError::from)?;
        let outcome = work();
        self.db.execute_batch("COMMIT").map_err(CatalogueError::from)?;
        outcome
    }

    /// Whether a table has a row of a number, as `question` asks. Deleting what is not there costs many times as much.
    fn holds(&self, question: &str, no: i64) -> Result<bool, CatalogueError> {
        self.db.value(question, [no])
    }

    /// A remembered setting of the record itself (authority, device, ledger length).
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn remembered(&self, key: &str) -> Result<Option<String>, CatalogueError> {
        self.db.first("SELECT value FROM remembered WHERE key = ?1", [key], |row| row.get(0))
    }

    /// Every remembered setting whose key begins so, with the key's rest.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn remembered_under(&self, prefix: &str) -> Result<Vec<(String, String)>, CatalogueError> {
        self.db.all("SELECT substr(key, length(?1) + 1), value FROM remembered WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key", [prefix], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Forgets a setting.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn forget(&mut self, key: &str) -> Result<(), CatalogueError> {
        self.db.run("DELETE FROM remembered WHERE key = ?1", [key])
    }

    /// Remembers a setting.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<(), CatalogueError> {
        self.db.run("INSERT OR REPLACE INTO remembered (key, value) VALUES (?1, ?2)", [key, value])
    }
}

/// Has SQLite keep the plan that it made of a statement: it would make another for every value asked for, which costs more than
/// the answer and changes nothing without statistics, which this program does not gather.
fn keep_plans(db: &Connection) -> Result<(), CatalogueError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn is_sound(db: &Connection) -> Result<bool, CatalogueError> {
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

/// Whether damage that was met is in the catalogue of a state folder. SQLite speaks of it as well while a disk fails to read:
/// then all pages and indexes are gone through.
#[must_use]
pub fn is_damaged(state: &Path, met: &CatalogueError) -> bool {
    let is_whole = |reader: Reader| {
        let verdict: String = reader.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok(verdict == "ok")
    };
    match met {
        CatalogueError::Sqlite(error) if error.sqlite_error_code().is_some() && met.is_damage() => {
            Reader::open(state).and_then(is_whole).map_or_else(|error| error.is_damage(), |is_whole| !is_whole)
        }
        _ => met.is_damage(),
    }
}

/// Moves what the write-ahead log holds into the database file, beside the writer and without keeping it waiting.
///
/// # Errors
/// When the catalogue fails.
pub fn checkpoint(state: &Path) -> Result<(), CatalogueError> {
    // Never one that is not there: an empty one in its place would be taken for it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(state.join(FILE_NAME), flags)?;
    db.busy_timeout(BUSY_WAIT)?;
    db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}

impl Reader {
    /// Opens the catalogue of a state folder for reading beside its writer.
    ///
    /// # Errors
    /// When there is none or it cannot be opened.
    pub fn open(state: &Path) -> Result<Self, CatalogueError> {
        let db = Connection::open_with_flags(
            state.join(FILE_NAME),
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        db.busy_timeout(BUSY_WAIT)?;
        keep_plans(&db)?;
        db.pragma_update(None, "cache_size", -PAGE_CACHE_KIB / 4)?;
        Ok(Self { db: db.into() })
    }
}
