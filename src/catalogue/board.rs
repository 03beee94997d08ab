//! What the page for editors shows of the record: the newest rows of each kind, whatever the archive holds.

use super::files::path;
use super::report::{AWAITED, DOUBTED, HELD, NEWEST, PUBLISHED, REFUSED, published};
use super::{Catalogue, CatalogueError, DoubtRow, PublishedRow, RefusalRow, ScheduleRow, SectionRow};
use crate::dropped::InboxPath;

/// More of one kind are not counted: a person needs to know that they are many.
pub const MOST_COUNTED: u64 = 1000;

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// Refused files, newest first.
    pub refusals: Vec<RefusalRow>,
    /// How many there are, no more than one above [`MOST_COUNTED`]; so below.
    pub refused: u64,
    /// Files that vanished with too many others, each with when, seconds since 1970; first gone first.
    pub holds: Vec<(InboxPath, i64)>,
    /// How many there are.
    pub held: u64,
    /// Files with doubts, newest first.
    pub doubts: Vec<DoubtRow>,
    /// How many there are.
    pub doubted: u64,
    /// Articles that wait for their time, soonest first.
    pub schedule: Vec<ScheduleRow>,
    /// How many there are.
    pub scheduled: u64,
    /// Markers with the titles of the articles that they take back, newest first.
    pub markers: Vec<(InboxPath, String)>,
    /// How many there are.
    pub marked: u64,
    /// The articles published last, newest first.
    pub latest: Vec<PublishedRow>,
    /// Sections by path, each with the article published last in it or below it.
    pub sections: Vec<(SectionRow, Option<PublishedRow>)>,
}

impl Catalogue {
    /// How things stand: at most `rows` of each kind, the `latest` articles published last, at most `sections`
    /// sections.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn board(&self, rows: usize, latest: usize, sections: usize) -> Result<Board, CatalogueError> {
        const MARKED: &str = "FROM markers JOIN files ON files.no = markers.file
             JOIN articles ON articles.no = markers.article WHERE article IS NOT NULL";
        let mut board = Board {
            refusals: self.refusals_in(NEWEST, rows)?,
            refused: self.counted(REFUSED)?,
            held: self.counted(HELD)?,
            doubts: self.doubts_in(NEWEST, rows)?,
            doubted: self.counted(DOUBTED)?,
            schedule: self.schedule(rows)?,
            scheduled: self.counted(AWAITED)?,
            marked: self.counted(MARKED)?,
            latest: self.latest(latest)?,
            ..Board::default()
        };
        let rows = rows as i64;
        let query = format!("SELECT folder, name, since {HELD} ORDER BY since, no LIMIT ?1");
        board.holds = self.db.all(&query, [rows], |row| Ok((path(row, 0)?, row.get(2)?)))?;
        let query = format!("SELECT folder, files.name, title {MARKED} ORDER BY markers.file DESC LIMIT ?1");
        board.markers = self.db.all(&query, [rows], |row| Ok((path(row, 0)?, row.get(2)?)))?;
        for section in self.sections(sections)? {
            let query = format!(
                "SELECT {PUBLISHED} FROM listing JOIN articles ON articles.no = listing.article WHERE section = ?1
                 ORDER BY listing.published DESC, listing.position, listing.id LIMIT 1"
            );
            let newest = self.db.first(&query, [section.no], published)?;
            board.sections.push((section, newest));
        }
        Ok(board)
    }

    /// How many rows there are, no more than one above [`MOST_COUNTED`].
    fn counted(&self, from: &str) -> Result<u64, CatalogueError> {
        let query = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT {})", MOST_COUNTED + 1);
        self.db.value(&query, [])
    }
}
