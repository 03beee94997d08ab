//! Withdrawals by order, and their end: what a person says outranks what lies in the inbox.

use super::standing::Reads;
use super::{Batch, IntakeError};
use crate::article::Status;
use crate::catalogue::{ArticleNo, ArticleRow, Presence};
use crate::dropped::InboxPath;

impl Batch<'_> {
    /// The articles that a person means by an id or by a file's path in the inbox.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn meant(&self, target: &str) -> Result<Vec<ArticleNo>, IntakeError> {
        if let Some(article) = self.catalogue.article_by_id(target)? {
            return Ok(vec![article.no]);
        }
        self.meant_file(&InboxPath::new(target))
    }

    /// The articles of a file.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn meant_file(&self, path: &InboxPath) -> Result<Vec<ArticleNo>, IntakeError> {
        let Some(file) = self.catalogue.file(path)? else { return Ok(Vec::new()) };
        Ok(self.catalogue.claims_of(file.no)?.into_iter().map(|claim| claim.article).collect())
    }

    /// The markers that lie in the inbox and take an article back.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn marked_by(&self, article: ArticleNo) -> Result<Vec<InboxPath>, IntakeError> {
        let mut paths = Vec::new();
        for marker in self.catalogue.markers_of(article)? {
            let file = self.catalogue.file_of(marker.file)?;
            paths.extend(file.filter(|file| file.presence != Presence::Gone).map(|file| file.path));
        }
        Ok(paths)
    }

    /// Takes an article back by order; says whether that was news.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn withdraw(&mut self, article: ArticleNo) -> Result<bool, IntakeError> {
        let Some(mut row) = self.catalogue.article(article)? else { return Ok(false) };
        if row.ordered {
            return Ok(false);
        }
        row.ordered = true;
        self.save_and_tell(&row)?;
        self.stand_and_report(article, Reads::AsBefore)?;
        Ok(true)
    }

    /// Takes back an article because the file of another says so. One that was not seen yet is noted under its id, so that
    /// it does not come out when its file arrives after all; `published` is when it was taken back.
    pub(super) fn cancel(&mut self, id: &str, published: i64) -> Result<(), IntakeError> {
        if let Some(known) = self.catalogue.article_by_id(id)? {
            self.withdraw(known.no)?;
            return Ok(());
        }
        let mut row = ArticleRow {
            id: id.to_owned(),
            stated: true,
            published,
            updated: published,
            ordered: true,
            ..ArticleRow::default()
        };
        row.no = self.catalogue.add_article(&row)?;
        self.save_and_tell(&row)
    }

    /// Writes down what was ordered of an article, and tells the ledger.
    fn save_and_tell(&mut self, row: &ArticleRow) -> Result<(), IntakeError> {
        self.catalogue.save_article(row)?;
        let line = self.ledger_line(row)?;
        self.facts.push(line);
        Ok(())
    }

    /// Undoes a withdrawal by order; says whether there was one.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn restore(&mut self, article: ArticleNo) -> Result<bool, IntakeError> {
        let mut was_marked = false;
        // A marker that is still there is an order of its own; one that is gone holds where deletions do not count.
        for marker in self.catalogue.markers_of(article)? {
            if let Some(file) = self.catalogue.file_of(marker.file)?.filter(|file| file.presence == Presence::Gone) {
                self.lift(&file)?;
                was_marked = true;
            }
        }
        let Some(mut row) = self.catalogue.article(article)? else { return Ok(was_marked) };
        if !row.ordered {
            return Ok(was_marked);
        }
        row.ordered = false;
        if row.status.is_order() {
            row.status = Status::Usable;
        }
        self.save_and_tell(&row)?;
        self.stand_and_report(article, Reads::AsBefore)?;
        Ok(true)
    }
}
