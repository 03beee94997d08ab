//! Rows of media that were replaced in their articles, and stay for a while.

use rusqlite::params;

use super::{ArticleNo, Catalogue, CatalogueError};

impl Catalogue {
    /// Creates what an earlier program did not know.
    pub(super) fn open_former_media(&mut self) -> Result<(), CatalogueError> {
        Ok(self.db.execute_batch(include_str!("former_media.sql"))?)
    }

    /// Records that media which an article used stay until a time, seconds since 1970; the paths for which there is no room within
    /// `most_bytes` for one article. Those that it used last have precedence, and of equals the smaller.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn keep_former_media(
        &mut self,
        article: ArticleNo,
        paths: &[String],
        until: i64,
        most_bytes: u64,
    ) -> Result<Vec<String>, CatalogueError> {
        for path in paths {
            self.db.run(
                "INSERT OR REPLACE INTO former_media (article, path, until) VALUES (?1, ?2, ?3)",
                params![article, path, until],
            )?;
        }
        self.db.all(
            "DELETE FROM former_media WHERE article = ?1 AND path NOT IN (
                 SELECT path FROM (
                     SELECT path, sum(bytes) OVER (ORDER BY until DESC, bytes, path) AS so_far
                     FROM former_media JOIN media USING (path) WHERE article = ?1 AND bytes <= ?2
                 ) WHERE so_far <= ?2
             ) RETURNING path",
            params![article, i64::try_from(most_bytes).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )
    }

    /// Keeps none of an article's former media any longer; their paths.
    pub fn end_former_media_of(&mut self, article: ArticleNo) -> Result<Vec<String>, CatalogueError> {
        self.db.all("DELETE FROM former_media WHERE article = ?1 RETURNING path", [article], |row| row.get(0))
    }

    /// Keeps those no longer whose time is over, at most `limit`; their paths.
    pub fn end_former_media(&mut self, now: i64, limit: usize) -> Result<Vec<String>, CatalogueError> {
        self.db.all(
            "DELETE FROM former_media WHERE (article, path) IN (
                 SELECT article, path FROM former_media WHERE until <= ?1 ORDER BY until LIMIT ?2
             ) RETURNING path",
            params![now, limit as i64],
            |row| row.get(0),
        )
    }
}
