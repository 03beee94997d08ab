//! Rows of the inbox: which file was seen how, what it holds, and whether it is still there.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::{Catalogue, CatalogueError, Reader, record};
use crate::dropped::{InboxPath, Look};
use crate::rejection::Rejection;

/// The number of a file's row.
pub type FileNo = i64;

/// What a file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// It holds articles.
    Article,
    /// An article refers to it, or it goes with one by its name: a medium, a caption, a sidecar.
    Media,
    /// It takes an article back.
    Marker,
}

impl FileKind {
    fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Article,
            2 => Self::Marker,
            _ => Self::Media,
        }
    }
}

/// Whether a file is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It was there at the last look.
    Present,
    /// It was not; `grace` runs.
    Missing,
    /// Too many went at once: a person decides.
    Held,
    /// Its disappearance was obeyed.
    Gone,
}

/// One file of the inbox, present or past.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRow {
    /// The row's number.
    pub no: FileNo,
    /// Where it lies or lay.
    pub path: InboxPath,
    /// Article or media.
    pub kind: FileKind,
    /// Whether it is there.
    pub presence: Presence,
    /// When it was first missed, seconds since 1970.
    pub since: i64,
    /// How it looked when it was read; none: this catalogue never read it.
    pub look: Option<Look>,
    /// Hash of its bytes.
    pub hash: Option<[u8; 32]>,
    /// A page's issue date.
    pub issue: Option<NaiveDate>,
    /// Why it is refused.
    pub rejection: Option<Rejection>,
}

pub(super) const COLUMNS: &str =
    "no, folder, name, kind, presence, since, size, mtime_ns, ctime_ns, inode, hash, issue, rejection";

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<FileRow> {
    let size: Option<u64> = row.get(6)?;
    let look = match size {
        Some(size) => Some(Look {
            size,
            mtime_ns: row.get(7)?,
            ctime_ns: row.get(8)?,
            inode: row.get::<_, i64>(9)?.cast_unsigned(),
        }),
        None => None,
    };
    let issue: Option<String> = row.get(11)?;
    let rejection: Option<String> = row.get(12)?;
    Ok(FileRow {
        no: row.get(0)?,
        path: path(row, 1)?,
        kind: FileKind::from_code(row.get(3)?),
        presence: Presence::from_code(row.get(4)?),
        since: row.get(5)?,
        look,
        hash: row.get(10)?,
        issue: issue.and_then(|day| day.parse().ok()),
        rejection: rejection.as_deref().and_then(record::rejection_from),
    })
}

/// The path whose folder and name stand in a column and the next.
pub(super) fn path(row: &Row<'_>, column: usize) -> rusqlite::Result<InboxPath> {
    let (folder, name): (Vec<u8>, Vec<u8>) = (row.get(column)?, row.get(column + 1)?);
    Ok(InboxPath::from_bytes(&folder).join(OsStr::from_bytes(&name)))
}

fn folder(row: &Row<'_>) -> rusqlite::Result<InboxPath> {
    Ok(InboxPath::from_bytes(&row.get::<_, Vec<u8>>(0)?))
}

fn split(path: &InboxPath) -> (Vec<u8>, Vec<u8>) {
    let name = path.as_path().file_name().unwrap_or_default().as_bytes().to_vec();
    (path.folder().as_bytes().to_vec(), name)
}

/// The half-open range of folder keys that lie below `folder` (`folder/` up to `folder0`).
fn below(folder: &InboxPath) -> (Vec<u8>, Vec<u8>) {
    let mut from = folder.as_bytes().to_vec();
    let mut to = from.clone();
    if folder.is_root() {
        return (vec![0], vec![0xff]);
    }
    from.push(b'/');
    to.push(b'/' + 1);
    (from, to)
}

impl Presence {
    pub(super) fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Present,
            1 => Self::Missing,
            2 => Self::Held,
            _ => Self::Gone,
        }
    }

    pub(super) fn code(self) -> i64 {
        match self {
            Self::Present => 0,
            Self::Missing => 1,
            Self::Held => 2,
            Self::Gone => 3,
        }
    }
}

impl Catalogue {
    /// The row of a path.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn file(&self, path: &InboxPath) -> Result<Option<FileRow>, CatalogueError> {
        let (folder, name) = split(path);
        self.db.first(
            &format!("SELECT {COLUMNS} FROM files WHERE folder = ?1 AND name = ?2"),
            params![folder, name],
            row,
        )
    }

    /// The row of a number.
    pub fn file_of(&self, no: FileNo) -> Result<Option<FileRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM files WHERE no = ?1"), [no], row)
    }

    /// Adds a row for a path that has none, present: never read, or how it looked when it was and what its bytes hash to.
    pub fn add_file(
        &mut self,
        path: &InboxPath,
        kind: FileKind,
        read: Option<(Look, [u8; 32])>,
    ) -> Result<FileRow, CatalogueError> {
        let (folder, name) = split(path);
        let (look, hash) = read.unzip();
        self.db.run(
            "INSERT INTO files (folder, name, kind, presence, size, mtime_ns, ctime_ns, inode, hash)
                 VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8)",
            params![
                folder,
                name,
                kind.code(),
                look.map(|look| look.size),
                look.map(|look| look.mtime_ns),
                look.map(|look| look.ctime_ns),
                look.map(|look| look.inode.cast_signed()),
                hash
            ],
        )?;
        let no = self.db.last_insert_rowid();
        self.add_stems(no, path)?;
        Ok(FileRow {
            no,
            path: path.clone(),
            kind,
            presence: Presence::Present,
            since: 0,
            look,
            hash,
            issue: None,
            rejection: None,
        })
    }

    /// Records that a file was read and is present: how it looked and what its bytes hash to.
    pub fn file_read(&mut self, no: FileNo, look: Look, hash: &[u8; 32]) -> Result<(), CatalogueError> {
        self.db.run(
            "UPDATE files SET size = ?2, mtime_ns = ?3, ctime_ns = ?4, inode = ?5, hash = ?6, presence = 0, since = 0
                 WHERE no = ?1",
            params![no, look.size, look.mtime_ns, look.ctime_ns, look.inode.cast_signed(), hash],
        )
    }

    /// Records only the hash a ledger tells of a file: this catalogue never read it so, whatever it saw there before.
    pub fn file_hash_told(&mut self, no: FileNo, hash: &[u8; 32]) -> Result<(), CatalogueError> {
        self.db.run(
            "UPDATE files SET hash = ?2, size = NULL, mtime_ns = NULL, ctime_ns = NULL, inode = NULL WHERE no = ?1",
            params![no, hash],
        )
    }

    /// Records what was found in a file: nothing wrong, or why it is refused; and what the reader doubted.
    pub fn file_found(
        &mut self,
        no: FileNo,
        rejection: Option<&Rejection>,
        claimed: Option<&str>,
        issue: Option<NaiveDate>,
        doubts: &[String],
    ) -> Result<(), CatalogueError> {
        let doubts = if doubts.is_empty() { None } else { Some(serde_json::to_string(doubts)?) };
        self.db.run(
            "UPDATE files SET rejection = ?2, claimed = ?3, issue = ?4, doubts = ?5 WHERE no = ?1",
            params![no, rejection.map(record::rejection_text), claimed, issue.map(|day| day.to_string()), doubts],
        )
    }

    /// Gives a file's row another path; a row that had this path is dropped, and what it claimed with it.
    pub fn move_file(&mut self, no: FileNo, to: &InboxPath) -> Result<(), CatalogueError> {
        if let Some(former) = self.file(to)?.filter(|row| row.no != no) {
            self.drop_file(former.no)?;
        }
        let (folder, name) = split(to);
        self.db.run("UPDATE files SET folder = ?2, name = ?3 WHERE no = ?1", params![no, folder, name])?;
        self.db.run("DELETE FROM stems WHERE file = ?1", [no])?;
        self.add_stems(no, to)
    }

    /// Forgets a file's row and what it claims.
    pub fn drop_file(&mut self, no: FileNo) -> Result<(), CatalogueError> {
        for statement in [
            "DELETE FROM files WHERE no = ?1",
            "DELETE FROM claims WHERE file = ?1",
            "DELETE FROM media_wants WHERE file = ?1",
            "DELETE FROM stems WHERE file = ?1",
            "DELETE FROM files_told WHERE file = ?1",
            "DELETE FROM sidecars WHERE file = ?1",
            "DELETE FROM sidecars_told WHERE file = ?1",
            "DELETE FROM markers WHERE file = ?1",
        ] {
            self.db.run(statement, [no])?;
        }
        Ok(())
    }

    /// Article files with these bytes, present or past, oldest row first.
    pub fn files_with_hash(&self, hash: &[u8; 32]) -> Result<Vec<FileRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM files WHERE hash = ?1 AND kind = 0 ORDER BY no LIMIT 100"),
            [hash],
            row,
        )
    }

    /// Every file not gone that lies in a folder or below it, at most `limit` of them.
    pub fn files_within(&self, folder: &InboxPath, limit: usize) -> Result<Vec<FileRow>, CatalogueError> {
        let (from, to) = below(folder);
        self.db.all(
            &format!(
                "SELECT {COLUMNS} FROM files WHERE (folder = ?1 OR (folder >= ?2 AND folder < ?3)) AND presence <> 3
                 ORDER BY folder, name LIMIT ?4"
            ),
            params![folder.as_bytes(), from, to, limit as i64],
            row,
        )
    }

    /// Article files that are there, from a folder on in the order of their paths, after a file, at most `limit`. Some may lie
    /// in neighbouring folders whose names begin alike.
    pub fn article_files_from(
        &self,
        folder: &InboxPath,
        after: Option<&InboxPath>,
        limit: usize,
    ) -> Result<Vec<InboxPath>, CatalogueError> {
        let (_, to) = below(folder);
        let (last_folder, last_name) = after.map_or_else(|| (folder.as_bytes().to_vec(), Vec::new()), split);
        self.db.all(
            "SELECT folder, name FROM files WHERE (folder, name) > (?1, ?2) AND folder < ?3 AND kind = 0 AND presence <> 3
             ORDER BY folder, name LIMIT ?4",
            params![last_folder, last_name, to, limit as i64],
            |row| path(row, 0),
        )
    }

    /// Files after a number, in order, at most `limit`: to go through the whole record in steps.
    pub fn files_after(&self, after: FileNo, limit: usize) -> Result<Vec<FileRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM files WHERE no > ?1 ORDER BY no LIMIT ?2"),
            params![after, limit as i64],
            row,
        )
    }

    /// Refused files that state this id.
    pub fn files_claiming(&self, id: &str) -> Result<Vec<FileRow>, CatalogueError> {
        self.db.all(&format!("SELECT {COLUMNS} FROM files WHERE claimed = ?1 ORDER BY no"), [id], row)
    }

    /// Whether nothing was ever recorded: the coming comparison imports.
    pub fn is_blank(&self) -> Result<bool, CatalogueError> {
        self.db.value(
            "SELECT NOT EXISTS (SELECT 1 FROM files) AND NOT EXISTS (SELECT 1 FROM articles)
             AND NOT EXISTS (SELECT 1 FROM remembered WHERE key = 'importing')",
            [],
        )
    }

    /// The folders of all files that are not gone.
    pub fn folders(&self) -> Result<Vec<InboxPath>, CatalogueError> {
        self.db.all("SELECT DISTINCT folder FROM files WHERE presence <> 3", [], folder)
    }

    /// Whether files are known that only the ledger told of.
    pub fn has_untold_articles(&self) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM files WHERE size IS NULL AND presence <> 3 AND kind <> 1)", [])
    }
}

impl Reader {
    /// The files of one folder that are not gone, by name.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn files_in(&self, folder: &InboxPath) -> Result<Vec<FileRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM files WHERE folder = ?1 AND presence <> 3 ORDER BY name"),
            [folder.as_bytes()],
            row,
        )
    }

    /// Every folder at or below `within` that has a file that is not gone.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn folders_within(&self, within: &InboxPath) -> Result<Vec<InboxPath>, CatalogueError> {
        let (from, to) = below(within);
        self.db.all(
            "SELECT DISTINCT folder FROM files WHERE (folder = ?1 OR (folder >= ?2 AND folder < ?3)) AND presence <> 3",
            params![within.as_bytes(), from, to],
            folder,
        )
    }
}
