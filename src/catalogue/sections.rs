//! Rows of sections, and the listing: which articles each section's feeds carry, newest first.

use rusqlite::{Row, params};

use super::{ArticleNo, ArticleRow, Catalogue, CatalogueError, Reader};
use crate::name;
use crate::section::Section;

/// The number of a section's row.
pub type SectionNo = i64;

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRow {
    /// The row's number.
    pub no: SectionNo,
    /// Its path, `sports/football`; empty for the whole.
    pub path: String,
    /// The folder names it was made from, as typed, joined by `/`.
    pub raw: String,
    /// The Atom id of its feeds, minted once; empty: it has none yet, and no feeds.
    pub feed_id: String,
    /// The latest of its articles' dates and of withdrawals from it, seconds since 1970; never goes back.
    pub updated: i64,
    /// Visible articles dropped into this very section.
    pub own: i64,
}

/// One article's place in a section's feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingRow {
    /// The article.
    pub article: ArticleNo,
    /// Its publication date, seconds since 1970.
    pub published: i64,
    /// Its revision.
    pub revision: i64,
}

const COLUMNS: &str = "no, path, raw, feed_id, updated, own";

fn row(row: &Row<'_>) -> rusqlite::Result<SectionRow> {
    Ok(SectionRow {
        no: row.get(0)?,
        path: row.get(1)?,
        raw: row.get(2)?,
        feed_id: row.get(3)?,
        updated: row.get(4)?,
        own: row.get(5)?,
    })
}

impl Catalogue {
    /// The section of a path.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn section(&self, path: &str) -> Result<Option<SectionRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM sections WHERE path = ?1"), [path], row)
    }

    /// The section of a number.
    pub fn section_of(&self, no: SectionNo) -> Result<Option<SectionRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM sections WHERE no = ?1"), [no], row)
    }

    /// The section made from these folder names.
    pub fn section_by_raw(&self, raw: &str) -> Result<Option<SectionRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM sections WHERE raw = ?1"), [raw], row)
    }

    /// The section whose path is the same under case folding.
    pub fn section_by_fold(&self, folded: &str) -> Result<Option<SectionRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM sections WHERE folded = ?1"), [folded], row)
    }

    /// Adds a section.
    pub fn add_section(
        &mut self,
        path: &str,
        raw: &str,
        feed_id: &str,
        updated: i64,
    ) -> Result<SectionNo, CatalogueError> {
        self.db.run(
            "INSERT INTO sections (path, folded, raw, feed_id, updated, own, parent)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
            params![
                path,
                name::fold(path),
                raw,
                feed_id,
                updated,
                Section::stored(path.to_owned()).parent().map(|above| above.as_str().to_owned())
            ],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Gives a section its id.
    pub fn set_feed_id(&mut self, no: SectionNo, feed_id: &str) -> Result<(), CatalogueError> {
        self.db.run("UPDATE sections SET feed_id = ?2 WHERE no = ?1", params![no, feed_id])
    }

    /// Gives a section other names of folders that it is made from.
    pub fn set_raw(&mut self, no: SectionNo, raw: &str) -> Result<(), CatalogueError> {
        self.db.run("UPDATE sections SET raw = ?2 WHERE no = ?1", params![no, raw])
    }

    /// The same of a section of these names and of all below it; they as they are now, by path.
    pub fn respell(&mut self, from: &str, to: &str) -> Result<Vec<SectionRow>, CatalogueError> {
        let below = format!("{from}/");
        let mut rows = self.db.all(
            &format!("SELECT {COLUMNS} FROM sections WHERE raw = ?1 OR substr(raw, 1, length(?2)) = ?2 ORDER BY path"),
            [from, &below],
            row,
        )?;
        for row in &mut rows {
            row.raw.replace_range(..from.len(), to);
            self.set_raw(row.no, &row.raw)?;
        }
        Ok(rows)
    }

    /// The sections that have no id yet, by path.
    pub fn undated_sections(&self) -> Result<Vec<SectionRow>, CatalogueError> {
        self.db.all(&format!("SELECT {COLUMNS} FROM sections WHERE feed_id = '' ORDER BY path"), [], row)
    }

    /// Moves a section's date forward, never back.
    pub fn touch_section(&mut self, no: SectionNo, updated: i64) -> Result<(), CatalogueError> {
        self.db.run("UPDATE sections SET updated = ?2 WHERE no = ?1 AND updated < ?2", params![no, updated])
    }

    /// Every section that has feeds, by path, at most `limit`.
    pub fn sections(&self, limit: usize) -> Result<Vec<SectionRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM sections WHERE feed_id <> '' ORDER BY path LIMIT ?1"),
            [limit as i64],
            row,
        )
    }

    /// The same of those directly in one.
    pub fn subsections(&self, path: &str, limit: usize) -> Result<Vec<SectionRow>, CatalogueError> {
        self.db.all(
            &format!("SELECT {COLUMNS} FROM sections WHERE parent = ?1 AND feed_id <> '' ORDER BY path LIMIT ?2"),
            params![path, limit as i64],
            row,
        )
    }

    /// The sections an article stands in, with whether it was dropped into that very one.
    pub fn listed(&self, article: ArticleNo) -> Result<Vec<(SectionNo, bool)>, CatalogueError> {
        self.db.all("SELECT section, own FROM listing WHERE article = ?1 ORDER BY section", [article], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Its place on the page, as the lists have it.
    pub fn listed_at(&self, article: ArticleNo) -> Result<Option<u32>, CatalogueError> {
        self.db.first("SELECT position FROM listing WHERE article = ?1 LIMIT 1", [article], |row| row.get(0))
    }

    /// Takes an article out of every section's list.
    pub fn unlist(&mut self, article: ArticleNo) -> Result<(), CatalogueError> {
        if !self.holds("SELECT EXISTS (SELECT 1 FROM listing WHERE article = ?1)", article)? {
            return Ok(());
        }
        self.db.run(
            "UPDATE sections SET own = own - 1 WHERE no IN
             (SELECT section FROM listing WHERE article = ?1 AND own = 1)",
            [article],
        )?;
        self.db.run("DELETE FROM listing WHERE article = ?1", [article])
    }

    /// Puts an article into a section's list; `own` says that it was dropped into that very one.
    pub fn list(
        &mut self,
        section: SectionNo,
        own: bool,
        article: &ArticleRow,
        position: u32,
    ) -> Result<(), CatalogueError> {
        self.db.run(
            "INSERT INTO listing (section, published, position, id, article, own) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![section, article.published, position, article.id, article.no, own],
        )?;
        if own {
            self.db.run("UPDATE sections SET own = own + 1 WHERE no = ?1", [section])?;
        }
        Ok(())
    }

    /// Gives what a section's feeds carry to `take`, newest first, at most `limit`, until it has enough.
    pub fn listing(
        &self,
        section: SectionNo,
        limit: usize,
        mut take: impl FnMut(ListingRow) -> bool,
    ) -> Result<(), CatalogueError> {
        let mut query = self.db.prepare_cached(
            "SELECT listing.article, listing.published, articles.revision FROM listing
             JOIN articles ON articles.no = listing.article
             WHERE section = ?1 ORDER BY listing.published DESC, listing.position, listing.id LIMIT ?2",
        )?;
        let mut rows = query.query(params![section, limit as i64])?;
        while let Some(row) = rows.next()? {
            if !take(ListingRow { article: row.get(0)?, published: row.get(1)?, revision: row.get(2)? }) {
                break;
            }
        }
        Ok(())
    }

    /// The sections an article was dropped into, by path.
    pub fn own_sections(&self, article: ArticleNo) -> Result<Vec<SectionRow>, CatalogueError> {
        let mut sections = self.db.all(
            "SELECT sections.no, path, raw, feed_id, updated, sections.own FROM listing JOIN sections ON sections.no = section
             WHERE article = ?1 AND listing.own = 1",
            [article],
            row,
        )?;
        // Ordered here: the database would make a table for it.
        sections.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(sections)
    }
}

impl Reader {
    /// The path of the first section an article was dropped into; none where it is in no feed.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn first_section_of(&self, article: ArticleNo) -> Result<Option<String>, CatalogueError> {
        self.db.value(
            "SELECT min(path) FROM listing JOIN sections ON sections.no = section
             WHERE article = ?1 AND listing.own = 1",
            [article],
        )
    }
}
