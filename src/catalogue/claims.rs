//! Which articles a file holds and in which sections it puts them, and where released articles stay that no file holds.

use rusqlite::{Row, params};

use super::articles::{COLUMNS, row};
use super::{ArticleNo, ArticleRow, Catalogue, CatalogueError, FileNo, Presence};

/// How many released articles that say the same are looked through: a notice of every day is one of the newest.
const MOST_ALIKE: i64 = 100;

/// One article's place in a file, or where it stays without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The file; none: the article was released.
    pub file: Option<FileNo>,
    /// The place of the article in it, from 0.
    pub position: u32,
    /// The article.
    pub article: ArticleNo,
    /// The sections it is put in; the empty path is the whole.
    pub sections: Vec<String>,
}

/// What stands in the column `file` for a released article: its own number, negative, where no file can be.
fn released(article: ArticleNo) -> FileNo {
    -article
}

fn claim(row: &Row<'_>) -> rusqlite::Result<Claim> {
    let sections: String = row.get(3)?;
    Ok(Claim {
        file: Some(row.get(0)?).filter(|file| *file > 0),
        position: row.get(1)?,
        article: row.get(2)?,
        sections: sections.split('\n').map(str::to_owned).collect(),
    })
}

impl Catalogue {
    /// What a file holds, in its order.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn claims_of(&self, file: FileNo) -> Result<Vec<Claim>, CatalogueError> {
        self.db.all(
            "SELECT file, position, article, sections FROM claims WHERE file = ?1 ORDER BY position",
            [file],
            claim,
        )
    }

    /// Who claims an article, with the file's presence; oldest file first. A released article's own claim comes last; the
    /// file that it had is gone.
    pub fn claimants(&self, article: ArticleNo) -> Result<Vec<(Claim, Presence)>, CatalogueError> {
        self.db.all(
            "SELECT file, position, article, sections, coalesce(presence, 3) FROM claims
             LEFT JOIN files ON files.no = claims.file WHERE article = ?1 ORDER BY file < 0, file, position",
            [article],
            |row| Ok((claim(row)?, Presence::from_code(row.get(4)?))),
        )
    }

    /// Replaces what a file holds.
    pub fn set_claims(&mut self, file: FileNo, claims: &[Claim]) -> Result<(), CatalogueError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM claims WHERE file = ?1)", file)? {
            self.db.run("DELETE FROM claims WHERE file = ?1", [file])?;
        }
        self.add_claims(claims)
    }

    /// Adds what a file holds that held nothing.
    pub fn add_claims(&mut self, claims: &[Claim]) -> Result<(), CatalogueError> {
        claims.iter().try_for_each(|claim| {
            let file = claim.file.unwrap_or_else(|| released(claim.article));
            self.db.run(
                "INSERT INTO claims (file, position, article, sections) VALUES (?1, ?2, ?3, ?4)",
                params![file, claim.position, claim.article, claim.sections.join("\n")],
            )
        })
    }

    /// Where a released article stays.
    pub fn released_claim(&self, article: ArticleNo) -> Result<Option<Claim>, CatalogueError> {
        self.db.first(
            "SELECT file, position, article, sections FROM claims WHERE file = ?1",
            [released(article)],
            claim,
        )
    }

    /// Lets a released article stay in its place, wherever it stayed before.
    pub fn set_released(
        &mut self,
        article: ArticleNo,
        position: u32,
        sections: &[String],
    ) -> Result<(), CatalogueError> {
        let claim = Claim { file: None, position, article, sections: sections.to_vec() };
        self.set_claims(released(article), &[claim])
    }

    /// Ends that: a file holds it again, or it is not to stay.
    pub fn end_released(&mut self, article: ArticleNo) -> Result<(), CatalogueError> {
        self.set_claims(released(article), &[])
    }
    /// The released articles that say exactly this, newest first, those of one page as they stood on it; no more than
    /// `MOST_ALIKE`.
    pub fn released_with(&self, fingerprint: &[u8; 32]) -> Result<Vec<ArticleRow>, CatalogueError> {
        self.db.all(
            &format!(
                "SELECT {COLUMNS} FROM articles LEFT JOIN claims ON claims.file = -articles.no
                 WHERE released = 1 AND fingerprint = ?1 ORDER BY published DESC, position, no LIMIT {MOST_ALIKE}"
            ),
            [fingerprint],
            row,
        )
    }
}
