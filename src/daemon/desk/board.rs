//! The page in the inbox that tells editors how things stand: gathered from the newest rows of the record when something
//! happened and the desk has nothing else to do, and written where it says something new.

use std::time::Duration;

use super::{Desk, DeskError};
use crate::catalogue::{MOST_COUNTED, PublishedRow};
use crate::inbox;
use crate::moment::Moment;
use crate::rejection::in_language;
use crate::render::{self, Line};

/// How long news rests before the page tells it: whatever comes with it is told in the same go, and no drop waits for it.
const REST: Duration = Duration::from_secs(1);

/// The page is written no oftener than this: it lies on a share, where each writing costs every reader's machine a look.
const PAUSE: Duration = Duration::from_secs(5);

/// While there is always something else to do it is written after this long all the same.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many lines of each kind it has; the rest is counted.
const ROWS: usize = 50;

/// How many of the articles published last it names.
const LATEST: usize = 15;

/// How many sections it names.
const SECTIONS: usize = 200;

/// What the desk remembers of the page.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The tick at which something happened that it does not tell yet.
    since: Option<Duration>,
    /// The tick at which it was written last.
    written: Option<Duration>,
    /// What it says.
    text: Option<blake3::Hash>,
}

impl Kept {
    /// Something happened that it may have to tell.
    pub(super) fn touch(&mut self, tick: Duration) {
        self.since.get_or_insert(tick);
    }

    /// When it is to be written.
    pub(super) fn due(&self) -> Option<Duration> {
        let since = self.since?;
        Some((since + REST).max(self.written.map_or(Duration::ZERO, |written| written + PAUSE)))
    }
}

/// The page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// The record failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A fault of ours.
    #[error("the page of how things stand cannot be made: {0}")]
    Render(#[from] render::RenderError),
}

impl Desk {
    /// The page as it is now.
    ///
    /// # Errors
    /// When the catalogue cannot be read, or the page not be rendered.
    pub fn board_page(&self) -> Result<String, BoardError> {
        let board = self.board_now()?;
        Ok(render::board(&self.settings.publication, &board, inbox::board::MARK)?)
    }

    /// Writes the page if it is due; `is_busy`: the desk has more to do at once.
    pub(super) fn keep_board(&mut self, now: Moment, is_busy: bool) -> Result<(), DeskError> {
        let Some(due) = self.board.due().filter(|due| *due <= now.tick) else { return Ok(()) };
        if is_busy && now.tick < due + PATIENCE {
            return Ok(());
        }
        self.write_board(now)
    }

    /// Writes the page where it says something new: at the end of a run, or when it is due.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn write_board(&mut self, now: Moment) -> Result<(), DeskError> {
        self.board.written = Some(now.tick);
        // Where there is no inbox, there is none to write it into; it is told when that is back.
        if self.troubles.inbox.is_some()
            || self.is_away()?
            || self.board.since.take().is_none()
            || !self.options.notices
        {
            return Ok(());
        }
        let page = match self.board_page() {
            Ok(page) => page,
            Err(BoardError::Desk(error)) => return Err(error),
            Err(error) => {
                self.pending.notes.push(error.to_string());
                return Ok(());
            }
        };
        let hash = blake3::hash(page.as_bytes());
        if self.board.text == Some(hash) {
            return Ok(());
        }
        match self.settings.inbox.ask(move |inbox| inbox::board::write(inbox, &page)) {
            Ok(_) => self.board.text = Some(hash),
            // As with notices: an inbox that may not be written is nothing unusual.
            Err(error) if super::after_commit::is_usual(&error) => {}
            Err(error) => self.pending.notes.push(format!("the page of how things stand cannot be written: {error}")),
        }
        Ok(())
    }

    fn board_now(&self) -> Result<render::Board, DeskError> {
        let board = self.record.catalogue().board(ROWS, LATEST, SECTIONS)?;
        let publication = &self.settings.publication;
        let language = &publication.language;
        let count = |count: u64| if count > MOST_COUNTED { format!("{MOST_COUNTED}+") } else { count.to_string() };
        let url =
            |row: &PublishedRow| row.page.as_deref().map(|page| render::url(publication, page)).unwrap_or_default();
        let refused = board.refusals.into_iter().map(|row| Line {
            name: row.path.to_string(),
            detail: in_language(&row.rejection.reason, language).into_owned(),
            hint: in_language(&row.rejection.hint, language).into_owned(),
            place: row.rejection.line.map(|line| (line, row.rejection.column)),
            ..Line::default()
        });
        let held = board.holds.into_iter().map(|(path, since)| Line {
            name: path.to_string(),
            at: Some(since),
            ..Line::default()
        });
        let doubted = board.doubts.into_iter().map(|row| Line {
            name: row.path.to_string(),
            detail: row.doubts.iter().map(|doubt| in_language(doubt, language)).collect::<Vec<_>>().join("; "),
            ..Line::default()
        });
        let scheduled =
            board.schedule.into_iter().map(|row| Line { name: row.title, at: Some(row.embargo), ..Line::default() });
        let marked = board.markers.into_iter().map(|(path, title)| Line {
            name: path.to_string(),
            detail: title,
            ..Line::default()
        });
        let latest = board.latest.iter().map(|row| Line {
            name: row.title.clone(),
            url: url(row),
            at: Some(row.published),
            ..Line::default()
        });
        let sections = board.sections.iter().map(|(row, newest)| {
            let (section, title) = self.publisher.titled(row);
            Line {
                name: title,
                url: render::url(publication, &section.document(render::FRONT)),
                hint: row.own.to_string(),
                detail: newest.as_ref().map(|newest| newest.title.clone()).unwrap_or_default(),
                at: newest.as_ref().map(|newest| newest.published),
                ..Line::default()
            }
        });
        Ok(render::Board {
            troubles: self.troubles(),
            refused: (refused.collect(), count(board.refused)),
            held: (held.collect(), count(board.held)),
            doubted: (doubted.collect(), count(board.doubted)),
            scheduled: (scheduled.collect(), count(board.scheduled)),
            marked: (marked.collect(), count(board.marked)),
            latest: latest.collect(),
            sections: sections.collect(),
        })
    }
}
