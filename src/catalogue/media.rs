//! Rows of media: which articles use which, where each was read, and which files refer to which inbox paths.

use rusqlite::{OptionalExtension, params};

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
        self.db
            .prepare_cached(
                "INSERT INTO media (path, type, bytes, width, height, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (path) DO UPDATE SET source = ?6 WHERE source <> ?6",
            )?
            .execute(params![medium.path, medium.media_type, medium.bytes, width, height, source.as_bytes()])?;
        Ok(())
    }

    /// Where a medium was read.
    pub fn medium_source(&self, path: &str) -> Result<Option<InboxPath>, CatalogueError> {
        let mut query = self.db.prepare_cached("SELECT source FROM media WHERE path = ?1")?;
        Ok(query.query_row([path], |row| Ok(InboxPath::from_bytes(&row.get::<_, Vec<u8>>(0)?))).optional()?)
    }

    /// Replaces the media an article uses.
    pub fn set_media_uses<'a>(
        &mut self,
        article: ArticleNo,
        paths: impl Iterator<Item = &'a str>,
    ) -> Result<(), CatalogueError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM media_uses WHERE article = ?1)", article)? {
            self.db.prepare_cached("DELETE FROM media_uses WHERE article = ?1")?.execute([article])?;
        }
        let mut insert = self.db.prepare_cached("INSERT OR IGNORE INTO media_uses (article, path) VALUES (?1, ?2)")?;
        for path in paths {
            insert.execute(params![article, path])?;
        }
        Ok(())
    }

    /// The media an article uses.
    pub fn media_of(&self, article: ArticleNo) -> Result<Vec<String>, CatalogueError> {
        let mut query = self.db.prepare_cached("SELECT path FROM media_uses WHERE article = ?1 ORDER BY path")?;
        Ok(query.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Whether any visible article uses a medium, or used it lately; in place of one that is taken back stands its notice, without
    /// media.
    pub fn is_medium_shown(&self, path: &str) -> Result<bool, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM media_uses JOIN articles ON articles.no = media_uses.article
             WHERE path = ?1 AND visible = 1
             AND NOT EXISTS (SELECT 1 FROM markers WHERE markers.article = articles.no))
             OR EXISTS (SELECT 1 FROM former_media WHERE path = ?1)",
        )?;
        Ok(query.query_row([path], |row| row.get(0))?)
    }

    /// Replaces the inbox paths a file refers to, each with whether it was there.
    pub fn set_wants<'a>(
        &mut self,
        file: FileNo,
        sources: impl Iterator<Item = (&'a InboxPath, bool)>,
    ) -> Result<(), CatalogueError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM media_wants WHERE file = ?1)", file)? {
            self.db.prepare_cached("DELETE FROM media_wants WHERE file = ?1")?.execute([file])?;
        }
        let mut insert =
            self.db.prepare_cached("INSERT OR IGNORE INTO media_wants (source, file, there) VALUES (?1, ?2, ?3)")?;
        for (source, there) in sources {
            insert.execute(params![source.as_bytes(), file, there])?;
        }
        Ok(())
    }

    /// Whether a file, when it was read last, referred to an inbox path where nothing was.
    pub fn is_lacking(&self, file: FileNo, source: &InboxPath) -> Result<bool, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM media_wants WHERE source = ?1 AND file = ?2 AND there = 0)",
        )?;
        Ok(query.query_row(params![source.as_bytes(), file], |row| row.get(0))?)
    }

    /// Whether no file refers to an inbox path, nor did when it was read last.
    pub fn is_unwanted(&self, source: &InboxPath) -> Result<bool, CatalogueError> {
        let mut query = self.db.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM media_wants WHERE source = ?1)")?;
        Ok(query.query_row([source.as_bytes()], |row| row.get(0))?)
    }

    /// The files that refer to an inbox path.
    pub fn files_wanting(&self, source: &InboxPath) -> Result<Vec<FileNo>, CatalogueError> {
        let mut query = self.db.prepare_cached("SELECT file FROM media_wants WHERE source = ?1 ORDER BY file")?;
        Ok(query.query_map([source.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?)
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
