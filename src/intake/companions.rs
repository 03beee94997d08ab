//! The record of files that go together by their names, or because one refers to the other: what one that came, went or has
//! another name means for the others.

use super::beside::Beside;
use super::reading::FileRead;
use super::{Batch, IntakeError};
use crate::catalogue::{Catalogue, CatalogueError, FileKind, FileNo, FileRow, Presence};
use crate::dropped::{InboxPath, Look, numbered};
use crate::inbox::{self, Sort};
use crate::parse::sidecar::Sidecar;
use crate::rejection::Rejection;

/// What goes with an article's file as the record knows it. `is_article` says whether a stem like that of `story-2.jpg` has
/// an article on the disk, which the record may not know yet.
///
/// # Errors
/// When the catalogue fails.
pub fn beside(
    catalogue: &Catalogue,
    article: &InboxPath,
    is_article: impl Fn(&InboxPath) -> bool,
) -> Result<Beside, CatalogueError> {
    let rows = catalogue.neighbours(&article.folder(), &article.key())?;
    // A sound that is a story by itself belongs to this one from now on.
    let may_go = |row: &FileRow| row.kind == FileKind::Media || inbox::is_sound(&row.path);
    let candidates = rows.into_iter().filter(may_go).map(|row| row.path).collect();
    let has_own = |file: &InboxPath| Ok(is_article(file) || has_article_of(catalogue, file, &file.key())?);
    Beside::of(article, candidates, has_own, |sidecar| match catalogue.file(sidecar)? {
        Some(row) => catalogue.sidecar(row.no),
        None => Ok(None),
    })
}

/// Whether a sidecar, medium or caption goes with an article that the record knows.
///
/// # Errors
/// When the catalogue fails.
pub fn is_companion(catalogue: &Catalogue, file: &InboxPath) -> Result<bool, CatalogueError> {
    for key in file.keys() {
        let rows = catalogue.neighbours(&file.folder(), &key)?;
        if rows.iter().any(|row| row.kind == FileKind::Article && inbox::part(file, &row.path).is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_article_of(catalogue: &Catalogue, file: &InboxPath, key: &str) -> Result<bool, CatalogueError> {
    let rows = catalogue.neighbours(&file.folder(), key)?;
    Ok(rows.iter().any(|row| is_article(row) && row.path.key() == key))
}

impl Batch<'_> {
    /// Notes what a file refers to, and how that looks: a change of it is a change of the article.
    pub(super) fn want(&mut self, file: FileNo, read: &FileRead) -> Result<(), IntakeError> {
        self.catalogue.set_wants(file, read.wants.iter().map(|(source, look)| (source, look.is_some())))?;
        for (source, look) in &read.wants {
            let is_known = self.catalogue.file(source)?.is_some();
            if inbox::is_sound(source) {
                self.take_over(source)?;
            }
            if let Some(look) = look {
                self.saw_medium(source, *look)?;
                if !is_known {
                    self.stir(source)?;
                }
            }
        }
        Ok(())
    }

    /// Notes how a medium looks; says whether that was news.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn saw_medium(&mut self, source: &InboxPath, look: Look) -> Result<bool, IntakeError> {
        let row = match self.catalogue.file(source)? {
            Some(row) => row,
            None => self.catalogue.add_file(source, FileKind::Media, None)?,
        };
        if row.look == Some(look) && row.presence == Presence::Present {
            return Ok(false);
        }
        self.catalogue.file_read(row.no, look, &[0; 32])?;
        Ok(true)
    }

    /// A file came, went or says other things: what goes with it is to be read again, even if the program ends before.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn stir(&mut self, path: &InboxPath) -> Result<(), IntakeError> {
        let folder = path.folder();
        let mut seen: Vec<FileNo> = Vec::new();
        let mut has_media = false;
        // What goes with an article bears its whole stem. Under that of `story-2` without its number stand all others of a
        // series, none of which it concerns.
        let keys = if inbox::sort(path) == Sort::Article { vec![path.key()] } else { path.keys() };
        for key in keys {
            for row in self.catalogue.neighbours(&folder, &key)? {
                if row.path == *path || seen.contains(&row.no) {
                    continue;
                }
                seen.push(row.no);
                has_media |= inbox::sort(&row.path) == Sort::Media && row.path.key() == path.key();
                match inbox::sort(&row.path) {
                    _ if is_article(&row) && inbox::part(path, &row.path).is_some() => self.read_again(&row)?,
                    // What was refused, or waits, because it stood alone.
                    Sort::Sidecar if row.kind == FileKind::Media && inbox::part(&row.path, path).is_some() => {
                        self.ask_again(row, path)?
                    }
                    Sort::Caption if inbox::captioned(&row.path).as_ref() == Some(path) => self.ask_again(row, path)?,
                    _ => {}
                }
            }
        }
        // `story-2.txt` takes its pictures from `story.txt`, or leaves them to it.
        let key = path.key();
        if has_media
            && inbox::may_hold_articles(path)
            && let Some((base, _)) = numbered(&key)
        {
            for row in self.catalogue.neighbours(&folder, base)? {
                if is_article(&row) && row.path.key() == base {
                    self.read_again(&row)?;
                }
            }
        }
        Ok(())
    }

    /// A medium came or is another: what refers to it is read again.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn stir_wanting(&mut self, medium: &InboxPath) -> Result<(), IntakeError> {
        for file in self.catalogue.files_wanting(medium)? {
            if let Some(row) = self.catalogue.file_of(file)? {
                self.read_again(&row)?;
            }
        }
        Ok(())
    }

    /// Has a file read again, even if the program ends before.
    pub(super) fn read_again(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        self.catalogue.set_unread(row.no)?;
        if row.presence == Presence::Present {
            self.committed.retries.push(row.path.clone());
        }
        Ok(())
    }

    /// What stands with a file that came or went may be refused or waiting for it; what that leaves behind stands alone now.
    fn ask_again(&mut self, row: FileRow, stirred: &InboxPath) -> Result<(), IntakeError> {
        let is_due = row.rejection.is_some() || row.look.is_none();
        if is_due || self.catalogue.file(stirred)?.is_none_or(|row| row.presence == Presence::Gone) {
            self.catalogue.set_unread(row.no)?;
            self.committed.retries.push(row.path);
        }
        Ok(())
    }

    /// Takes in a sidecar, or why it is refused: then the last that could be read still counts. Says whether it waits for
    /// its article.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn take_sidecar(
        &mut self,
        path: &InboxPath,
        look: Look,
        hash: &[u8; 32],
        said: &Result<(String, Sidecar), Rejection>,
    ) -> Result<bool, IntakeError> {
        let row = self.companion(path)?;
        self.catalogue.file_read(row.no, look, hash)?;
        let (text, sidecar) = match said {
            Ok(said) => said,
            Err(rejection) => {
                self.refuse_companion(&row, rejection)?;
                return Ok(false);
            }
        };
        self.catalogue.file_found(row.no, None, None, None, &sidecar.doubts)?;
        if row.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        if self.catalogue.sidecar(row.no)?.as_ref() != Some(text) {
            self.catalogue.keep_sidecar(row.no, text)?;
            self.stir(path)?;
        }
        self.await_other(path, row.no)
    }

    /// Takes in a caption. Says whether it waits for its picture.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn take_caption(&mut self, path: &InboxPath, look: Look) -> Result<bool, IntakeError> {
        let row = self.companion(path)?;
        let is_news = row.look != Some(look) || row.presence != Presence::Present;
        self.catalogue.file_read(row.no, look, &[0; 32])?;
        self.catalogue.file_found(row.no, None, None, None, &[])?;
        if row.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        // One that waits looks as if it had never been read.
        if is_news && (row.look.is_some() || !self.is_alone(path)?) {
            self.stir(path)?;
        }
        self.await_other(path, row.no)
    }

    /// Refuses what still stands alone.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn refuse_alone(&mut self, path: &InboxPath, look: Look) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.file(path)?.filter(|row| row.rejection.is_none()) else { return Ok(()) };
        if !self.is_alone(path)? {
            return Ok(());
        }
        let rejection = match inbox::captioned(path) {
            Some(medium) => Rejection::new(
                format!("it is named as the caption of {}, and no such file lies beside it", medium.name()),
                "put the picture beside it; or, if it is an article, name it without the picture's extension",
            ),
            None if inbox::may_hold_articles(path) => Rejection::new(
                format!("it is no agency's item, and as the sidecar of an article {} it stands alone", path.stem()),
                "put the article beside it under the same name, as .txt or .md",
            ),
            None => Rejection::new(
                format!("it is named as the sidecar of an article {}, and none lies beside it", path.stem()),
                "put the article beside it under the same name, as .txt or .md",
            ),
        };
        self.catalogue.file_read(row.no, look, &row.hash.unwrap_or_default())?;
        self.refuse_companion(&row, &rejection)
    }

    /// Whether a sidecar has no article, or a caption no picture.
    fn is_alone(&self, path: &InboxPath) -> Result<bool, IntakeError> {
        Ok(match inbox::captioned(path) {
            Some(medium) => self.catalogue.file(&medium)?.is_none_or(|row| row.presence == Presence::Gone),
            None => !is_companion(self.catalogue, path)?,
        })
    }

    fn await_other(&mut self, path: &InboxPath, no: FileNo) -> Result<bool, IntakeError> {
        let is_alone = self.is_alone(path)?;
        if is_alone {
            // So that the next start asks once more.
            self.catalogue.set_unread(no)?;
        }
        Ok(is_alone)
    }

    fn refuse_companion(&mut self, row: &FileRow, rejection: &Rejection) -> Result<(), IntakeError> {
        self.catalogue.file_found(row.no, Some(rejection), None, None, &[])?;
        if row.rejection.as_ref() != Some(rejection) {
            self.committed.notices.push((row.path.clone(), Some(rejection.clone())));
        }
        Ok(())
    }

    fn companion(&mut self, path: &InboxPath) -> Result<FileRow, IntakeError> {
        match self.catalogue.file(path)? {
            Some(row) if row.kind == FileKind::Media => return Ok(row),
            // What it held as an article it holds no more.
            Some(row) => self.stop_being_article(&row)?,
            None => {}
        }
        Ok(self.catalogue.add_file(path, FileKind::Media, None)?)
    }
}

fn is_article(row: &FileRow) -> bool {
    row.kind == FileKind::Article && inbox::may_hold_articles(&row.path)
}
