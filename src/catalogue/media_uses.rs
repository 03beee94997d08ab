//! Rows of media: which articles use which, where each was read, and which files refer to which inbox paths.

use rusqlite::params;

use super::{ArticleNo, Catalogue, CatalogueError, FileNo, FileRow};
use crate::article::Medium;
use crate::dropped::InboxPath;

impl Catalogue {
    /// Records a medium and where it was read last.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn add_medium(&mut self, medium: &Medium, source: &InboxPath) -> Result<(), CatalogueError> {
        let (width, height) = medium.pixels.unzip();
        self.db.run(
            "INSERT INTO media (path, type, bytes, width, height, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (path) DO UPDATE SET source = ?6 WHERE source <> ?6",
            params![medium.path, medium.media_type, medium.bytes, width, height, source.as_bytes()],
        )
    }

    /// Where a medium was read.
    pub fn medium_source(&self, path: &str) -> Result<Option<InboxPath>, CatalogueError> {
        self.db.first("SELECT source FROM media WHERE path = ?1", [path], |row| {
            Ok(InboxPath::from_bytes(&row.get::<_, Vec<u8>>(0)?))
        })
    }

    /// Replaces the media an article uses.
    pub fn set_media_uses<'a>(
        &mut self,
        article: ArticleNo,
        mut paths: impl Iterator<Item = &'a str>,
    ) -> Result<(), CatalogueError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM media_uses WHERE article = ?1)", article)? {
            self.db.run("DELETE FROM media_uses WHERE article = ?1", [article])?;
        }
        paths.try_for_each(|path| {
            self.db.run("INSERT OR IGNORE INTO media_uses (article, path) VALUES (?1, ?2)", params![article, path])
        })
    }

    /// The media an article uses.
    pub fn media_of(&self, article: ArticleNo) -> Result<Vec<String>, CatalogueError> {
        self.db.all("SELECT path FROM media_uses WHERE article = ?1 ORDER BY path", [article], |row| row.get(0))
    }

    /// Whether any visible article uses a medium, or used it lately; in place of one that is taken back stands its notice, without
    /// media.
    pub fn is_medium_shown(&self, path: &str) -> Result<bool, CatalogueError> {
        self.db.value(
            "SELECT EXISTS (SELECT 1 FROM media_uses JOIN articles ON articles.no = media_uses.article
             WHERE path = ?1 AND visible = 1
             AND NOT EXISTS (SELECT 1 FROM markers WHERE markers.article = articles.no))
             OR EXISTS (SELECT 1 FROM former_media WHERE path = ?1)",
            [path],
        )
    }

    /// Replaces the inbox paths a file refers to, each with whether it was there.
    pub fn set_wants<'a>(
        &mut self,
        file: FileNo,
        mut sources: impl Iterator<Item = (&'a InboxPath, bool)>,
    ) -> Result<(), CatalogueError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM media_wants WHERE file = ?1)", file)? {
            self.db.run("DELETE FROM media_wants WHERE file = ?1", [file])?;
        }
        sources.try_for_each(|(source, there)| {
            self.db.run(
                "INSERT OR IGNORE INTO media_wants (source, file, there) VALUES (?1, ?2, ?3)",
                params![source.as_bytes(), file, there],
            )
        })
    }

    /// Whether a file, when it was read last, referred to an inbox path where nothing was.
    pub fn is_lacking(&self, file: FileNo, source: &InboxPath) -> Result<bool, CatalogueError> {
        self.db.value(
            "SELECT EXISTS (SELECT 1 FROM media_wants WHERE source = ?1 AND file = ?2 AND there = 0)",
            params![source.as_bytes(), file],
        )
    }

    /// Whether no file refers to an inbox path, nor did when it was read last.
    pub fn is_unwanted(&self, source: &InboxPath) -> Result<bool, CatalogueError> {
        self.db.value("SELECT NOT EXISTS (SELECT 1 FROM media_wants WHERE source = ?1)", [source.as_bytes()])
    }

    /// The files that refer to an inbox path.
    pub fn files_wanting(&self, source: &InboxPath) -> Result<Vec<FileNo>, CatalogueError> {
        self.db
            .all("SELECT file FROM media_wants WHERE source = ?1 ORDER BY file", [source.as_bytes()], |row| row.get(0))
    }

    /// The files that refer to a medium or consist of it.
    pub fn files_showing(&self, source: &InboxPath) -> Result<Vec<FileRow>, CatalogueError> {
        let mut files = Vec::new();
        let mut around = source.clone();
        // A picture in a Word document is a part of that.
        while !around.is_root() {
            files.extend(self.file(&around)?);
            around = around.folder();
        }
        for file in self.files_wanting(source)? {
            files.extend(self.file_of(file)?);
        }
        Ok(files)
    }
}
