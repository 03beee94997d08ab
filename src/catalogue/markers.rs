//! Rows of markers, which take articles back from inside the inbox, and of the names by which they find them.

use rusqlite::{Row, params};

use super::record::{self, Content};
use super::{ArticleNo, Catalogue, CatalogueError, FileNo, Reader};
use crate::dropped::InboxPath;
use crate::name;

/// How many articles of one name are told apart: more are told by nobody.
const MOST_NAMED: i64 = 50;

/// How many markers that wait for their article are looked through when an article comes: each is a file that a person is
/// told of.
const MOST_WAITING: i64 = 1000;

/// A file that takes an article back.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkerRow {
    /// The file.
    pub file: FileNo,
    /// The section whose folder it lies in.
    pub section: String,
    /// What it calls the article, folded.
    pub name: String,
    /// The same without a date in front.
    pub undated: String,
    /// When it came, or the date that it states, seconds since 1970.
    pub since: i64,
    /// The article; none found so far.
    pub article: Option<ArticleNo>,
    /// What stands in the article's place.
    pub notice: Option<Content>,
}

/// An article of some name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The article.
    pub article: ArticleNo,
    /// Its title.
    pub title: String,
    /// When it was published, seconds since 1970.
    pub published: i64,
    /// Its page.
    pub page: Option<String>,
    /// Whether it is in the feeds or a marker has taken it back: what a person means who says no more.
    pub is_meant: bool,
}

const COLUMNS: &str = "file, section, name, undated, since, article, record, body";

type Raw = (MarkerRow, Option<String>, Option<String>);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let marker = MarkerRow {
        file: row.get(0)?,
        section: row.get(1)?,
        name: row.get(2)?,
        undated: row.get(3)?,
        since: row.get(4)?,
        article: row.get(5)?,
        notice: None,
    };
    Ok((marker, row.get(6)?, row.get(7)?))
}

fn whole((marker, record, body): Raw) -> Result<MarkerRow, CatalogueError> {
    let notice = record.map(|text| record::content_from(&text, body.unwrap_or_default())).transpose()?;
    Ok(MarkerRow { notice, ..marker })
}

impl Catalogue {
    /// Adds what markers need to a catalogue made before there were any.
    pub(super) fn begin_markers(&mut self, version: i64) -> Result<(), CatalogueError> {
        self.db.execute_batch(include_str!("markers.sql"))?;
        let mut called = Vec::new();
        {
            let mut pages = self.db.prepare("SELECT folded, owner FROM documents WHERE kind = 1")?;
            let mut rows = pages.query([])?;
            while let Some(row) = rows.next()? {
                let path: String = row.get(0)?;
                let name = path.rsplit('/').next().unwrap_or_default();
                called.push((name.strip_suffix(".html").unwrap_or(name).to_owned(), row.get(1)?));
            }
            let mut files = self.db.prepare("SELECT name, article FROM claims JOIN files ON files.no = claims.file")?;
            let mut rows = files.query([])?;
            while let Some(row) = rows.next()? {
                let stem = InboxPath::from_bytes(&row.get::<_, Vec<u8>>(0)?).stem();
                called.push((name::fold(&name::segment(&stem)), row.get(1)?));
            }
        }
        for (name, article) in called {
            self.call(article, &name)?;
        }
        Ok(self.db.pragma_update(None, "user_version", version)?)
    }

    /// Records what an article is called, folded.
    ///
    /// # Errors
    /// When the catalogue fails, as everywhere below.
    pub fn call(&mut self, article: ArticleNo, name: &str) -> Result<(), CatalogueError> {
        self.db.run("INSERT OR IGNORE INTO names (name, article) VALUES (?1, ?2)", params![name, article])
    }

    /// The articles of a name in a section, or with `below` in the sections below it; newest first, no more than
    /// `MOST_NAMED`.
    pub fn named(&self, name: &str, section: &str, below: bool) -> Result<Vec<Named>, CatalogueError> {
        self.db.all(
            "SELECT DISTINCT articles.no, title, published, page,
                    visible = 1 OR EXISTS (SELECT 1 FROM markers WHERE markers.article = articles.no)
             FROM names JOIN claims ON claims.article = names.article JOIN articles ON articles.no = names.article
             WHERE names.name = ?1 AND CASE
               WHEN ?3 = 0 THEN instr(char(10) || sections || char(10), char(10) || ?2 || char(10)) > 0
               ELSE ?2 = '' OR instr(char(10) || sections, char(10) || ?2 || '/') > 0 END
             ORDER BY published DESC, articles.no DESC LIMIT ?4",
            params![name, section, below, MOST_NAMED],
            |row| {
                Ok(Named {
                    article: row.get(0)?,
                    title: row.get(1)?,
                    published: row.get(2)?,
                    page: row.get(3)?,
                    is_meant: row.get(4)?,
                })
            },
        )
    }

    /// The articles in files of a folder whose names are `stem` or begin with it and a dot.
    pub fn beside(&self, folder: &InboxPath, stem: &[u8]) -> Result<Vec<ArticleNo>, CatalogueError> {
        let (mut from, mut to) = (stem.to_vec(), stem.to_vec());
        from.push(b'.');
        to.push(b'.' + 1);
        self.db.all(
            "SELECT DISTINCT article FROM files JOIN claims ON claims.file = files.no
             WHERE folder = ?1 AND (name = ?2 OR (name >= ?3 AND name < ?4)) AND kind = 0 AND presence <> 3
             ORDER BY article LIMIT ?5",
            params![folder.as_bytes(), stem, from, to, MOST_NAMED],
            |row| row.get(0),
        )
    }

    /// The marker that a file is.
    pub fn marker(&self, file: FileNo) -> Result<Option<MarkerRow>, CatalogueError> {
        self.db.first(&format!("SELECT {COLUMNS} FROM markers WHERE file = ?1"), [file], raw)?.map(whole).transpose()
    }

    /// The markers that take an article back, oldest first; one with a notice before those without.
    pub fn markers_of(&self, article: ArticleNo) -> Result<Vec<MarkerRow>, CatalogueError> {
        let query = format!("SELECT {COLUMNS} FROM markers WHERE article = ?1 ORDER BY record IS NULL, file");
        self.db.all(&query, [article], raw)?.into_iter().map(whole).collect()
    }

    /// Whether a marker takes an article back.
    pub fn is_marked(&self, article: ArticleNo) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM markers WHERE article = ?1)", [article])
    }

    /// The markers without an article that would take one of this name.
    pub fn waiting_markers(&self, name: &str) -> Result<Vec<MarkerRow>, CatalogueError> {
        let query = format!(
            "SELECT {COLUMNS} FROM markers WHERE article IS NULL AND (name = ?1 OR undated = ?1) ORDER BY file LIMIT ?2"
        );
        self.db.all(&query, params![name, MOST_WAITING], raw)?.into_iter().map(whole).collect()
    }

    /// Whether any marker has no article.
    pub fn has_waiting_markers(&self) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM markers WHERE article IS NULL)", [])
    }

    /// Writes a marker's row.
    pub fn save_marker(&mut self, marker: &MarkerRow) -> Result<(), CatalogueError> {
        let record = marker.notice.as_ref().map(record::content_text).transpose()?;
        self.db.run(
            &format!("INSERT OR REPLACE INTO markers ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            params![
                marker.file,
                marker.section,
                marker.name,
                marker.undated,
                marker.since,
                marker.article,
                record,
                marker.notice.as_ref().map(|notice| notice.draft.body.as_str()),
            ],
        )
    }
}

impl Reader {
    /// Whether a marker takes an article back.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn is_marked(&self, article: ArticleNo) -> Result<bool, CatalogueError> {
        self.db.value("SELECT EXISTS (SELECT 1 FROM markers WHERE article = ?1)", [article])
    }
}
