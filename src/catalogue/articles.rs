//! Rows of articles: their identity, dates and standing; their content apart.

use std::sync::Arc;

use rusqlite::{Row, params};

use super::record::{self, Content};
use super::{Catalogue, CatalogueError, Reader, Stored};
use crate::article::Status;

/// How many older articles of one title are looked at: what is said twice is among the newest.
const MOST_EARLIER: i64 = 8;

/// The number of an article's row.
pub type ArticleNo = i64;

/// An article without its content.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ArticleRow {
    /// The row's number; 0 before it is added.
    pub no: ArticleNo,
    /// Its permanent id.
    pub id: String,
    /// Whether a file states the id; else it was minted.
    pub stated: bool,
    /// The document path of its page, minted once.
    pub page: Option<String>,
    /// Publication date, seconds since 1970.
    pub published: i64,
    /// Last change, seconds since 1970.
    pub updated: i64,
    /// Counts changes that a reader could see.
    pub revision: i64,
    /// The highest agency version ever seen.
    pub version: Option<u64>,
    /// The title readers see.
    pub title: String,
    /// Whether its content is stored; if not, only the ledger told of it.
    pub known: bool,
    /// Hash of what moves `updated`.
    pub fingerprint: Option<[u8; 32]>,
    /// Hash of everything a reader can see.
    pub digest: Option<[u8; 32]>,
    /// Hash of the bytes of the file that its content is from; of several files that hold it, the one edited last.
    pub source: Option<[u8; 32]>,
    /// Withdrawn by order.
    pub ordered: bool,
    /// As the file states.
    pub status: Status,
    /// It has an address elsewhere, and so no page of ours.
    pub linked: bool,
    /// Its file became other news; it stays published.
    pub released: bool,
    /// When it may come out, seconds since 1970.
    pub embargo: Option<i64>,
    /// When it leaves the feeds, seconds since 1970.
    pub expires: Option<i64>,
    /// In the feeds.
    pub visible: bool,
    /// Was visible once: its published date and page are fixed.
    pub shown: bool,
    /// When embargo or expiry changes `visible`, seconds since 1970.
    pub due: Option<i64>,
}

pub(super) const COLUMNS: &str = "no, id, stated, page, published, updated, revision, version, title, record IS NOT NULL, fingerprint, \
                       digest, ordered, status, linked, released, embargo, expires, visible, shown, due, source";

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        no: row.get(0)?,
        id: row.get(1)?,
        stated: row.get(2)?,
        page: row.get(3)?,
        published: row.get(4)?,
        updated: row.get(5)?,
        revision: row.get(6)?,
        version: row.get::<_, Option<i64>>(7)?.map(i64::cast_unsigned),
        title: row.get(8)?,
        known: row.get(9)?,
        fingerprint: row.get(10)?,
        digest: row.get(11)?,
        ordered: row.get(12)?,
        status: record::status_from(row.get(13)?),
        linked: row.get(14)?,
        released: row.get(15)?,
        embargo: row.get(16)?,
        expires: row.get(17)?,
        visible: row.get(18)?,
        shown: row.get(19)?,
        due: row.get(20)?,
        source: row.get(21)?,
    })
}

impl Catalogue {
    /// The row of a number.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn article(&self, no: ArticleNo) -> Result<Option<ArticleRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM articles WHERE no = ?1"), [no], row)
    }

    /// The row of an id.
    pub fn article_by_id(&self, id: &str) -> Result<Option<ArticleRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM articles WHERE id = ?1"), [id], row)
    }

    /// The articles in the feeds that bear a title and are older than one, newest first, no more than `MOST_EARLIER`.
    pub fn titled_before(&self, title: &str, no: ArticleNo) -> Result<Vec<ArticleRow>, CatalogueError> {
        self.db.all(
            &format!(
                "SELECT {COLUMNS} FROM articles WHERE title = ?1 AND visible = 1 AND no < ?2
                 ORDER BY no DESC LIMIT {MOST_EARLIER}"
            ),
            params![title, no],
            row,
        )
    }

    /// Adds an article's row with its id and dates; [`Self::save_article`] writes the rest.
    pub fn add_article(&mut self, article: &ArticleRow) -> Result<ArticleNo, CatalogueError> {
        // Whoever adds an article knows little of it yet and saves it when all is known: two writes, not three.
        self.db.run(
            "INSERT INTO articles (id, stated, published, updated, revision, title, ordered, status, linked,
             released, visible, shown)
                 VALUES (?1, ?2, ?3, ?4, 0, '', 0, 0, 0, 0, 0, 0)",
            params![article.id, article.stated, article.published, article.updated],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Writes every column of a row but id and content.
    pub fn save_article(&mut self, article: &ArticleRow) -> Result<(), CatalogueError> {
        self.save(article, None)
    }

    /// The same with the record of its content, where that is another.
    fn save(&mut self, article: &ArticleRow, record: Option<&str>) -> Result<(), CatalogueError> {
        self.db.run(
            "UPDATE articles SET stated = ?2, page = ?3, published = ?4, updated = ?5, revision = ?6, version = ?7,
                 title = ?8, fingerprint = ?9, digest = ?10, ordered = ?11, status = ?12, released = ?13, embargo = ?14,
                 expires = ?15, visible = ?16, shown = ?17, due = ?18, linked = ?19, source = ?20,
                 record = coalesce(?21, record)
                 WHERE no = ?1",
            params![
                article.no,
                article.stated,
                article.page,
                article.published,
                article.updated,
                article.revision,
                article.version.map(u64::cast_signed),
                article.title,
                article.fingerprint,
                article.digest,
                article.ordered,
                record::status_code(article.status),
                article.released,
                article.embargo,
                article.expires,
                article.visible,
                article.shown,
                article.due,
                article.linked,
                article.source,
                record,
            ],
        )
    }

    /// Writes every column of a row but the id, and its content in place of what was there.
    pub fn save_told(&mut self, article: &ArticleRow, stored: &Stored) -> Result<(), CatalogueError> {
        self.save(article, Some(&stored.record))?;
        self.db
            .run("INSERT OR REPLACE INTO bodies (article, body) VALUES (?1, ?2)", params![article.no, stored.packed])?;
        self.recent.put(article.no, Arc::clone(stored.content()));
        Ok(())
    }

    /// An article's content; none where only the ledger told of it.
    pub fn content(&self, no: ArticleNo) -> Result<Option<Arc<Content>>, CatalogueError> {
        if let Some(content) = self.recent.get(no) {
            return Ok(Some(Arc::clone(content)));
        }
        let found = self.db.first(
            "SELECT record, body FROM articles JOIN bodies ON bodies.article = articles.no WHERE articles.no = ?1",
            [no],
            |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Vec<u8>>(1)?)),
        )?;
        let Some((Some(text), packed)) = found else { return Ok(None) };
        let body = self.bodies.borrow_mut().unpack(&packed)?;
        Ok(Some(Arc::new(record::content_from(&text, body)?)))
    }

    /// Articles whose embargo or expiry has come, at most `limit`.
    pub fn articles_due(&self, now: i64, limit: usize) -> Result<Vec<ArticleNo>, CatalogueError> {
        self.db.all(
            "SELECT no FROM articles WHERE due <= ?1 ORDER BY due, no LIMIT ?2",
            params![now, limit as i64],
            |row| row.get(0),
        )
    }

    /// When the next embargo or expiry comes, or a medium has been kept long enough, seconds since 1970.
    pub fn next_due(&self) -> Result<Option<i64>, CatalogueError> {
        self.db.value(
            "SELECT min(due) FROM (SELECT min(due) AS due FROM articles WHERE due IS NOT NULL
                                   UNION ALL SELECT min(until) FROM former_media)",
            [],
        )
    }

    /// The first second from `from` on at which no other article was updated; `from` itself when there is none within `most`.
    pub fn free_second(&self, besides: ArticleNo, from: i64, most: i64) -> Result<i64, CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT updated FROM articles WHERE updated BETWEEN ?1 AND ?2 AND no <> ?3 GROUP BY updated ORDER BY updated",
        )?;
        let mut free = from;
        let mut rows = query.query(params![from, from + most, besides])?;
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(0)? != free {
                break;
            }
            free += 1;
        }
        Ok(if free > from + most { from } else { free })
    }

    /// All articles after number `after`, in order, at most `limit`: to go through the whole record in steps.
    pub fn articles_after(&self, after: ArticleNo, limit: usize) -> Result<Vec<ArticleRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM articles WHERE no > ?1 ORDER BY no LIMIT ?2"),
            params![after, limit as i64],
            row,
        )
    }
}

impl Reader {
    /// Where a visible article lives that has an address elsewhere; none of others.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn link_of(&self, no: ArticleNo) -> Result<Option<String>, CatalogueError> {
        let query = "SELECT record FROM articles WHERE no = ?1 AND visible = 1 AND linked = 1";
        let Some(Some(text)) = self.db.first(query, [no], |row| row.get::<_, Option<String>>(0))? else {
            return Ok(None);
        };
        Ok(record::content_from(&text, String::new())?.draft.link)
    }

    /// The row of a number.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn article(&self, no: ArticleNo) -> Result<Option<ArticleRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM articles WHERE no = ?1"), [no], row)
    }
}
