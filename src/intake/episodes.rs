//! Sounds that wait for a story, and those that were one by themselves and now belong to one: the episode goes, so that nobody
//! hears of it twice.

use super::ingest::file_line;
use super::standing::Reads;
use super::{Batch, IntakeError};
use crate::catalogue::FileKind;
use crate::dropped::InboxPath;

impl Batch<'_> {
    /// A sound waits for its story. Meanwhile it looks as if it had never been read, so that the next start asks once more.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn await_story(&mut self, sound: &InboxPath) -> Result<(), IntakeError> {
        if let Some(row) = self.catalogue.file(sound)? {
            self.catalogue.set_unread(row.no)?;
        }
        Ok(())
    }

    /// A story refers to this sound. The episode that it was leaves the feeds; its id stays taken, so that it is the same one
    /// should the sound ever stand alone again.
    pub(super) fn take_over(&mut self, sound: &InboxPath) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.file(sound)?.filter(|row| row.kind == FileKind::Article) else { return Ok(()) };
        let claims = self.catalogue.claims_of(row.no)?;
        self.catalogue.set_claims(row.no, &[])?;
        self.forget(&row)?;
        if let (Some(hash), false) = (row.hash, claims.is_empty()) {
            self.facts.push(file_line(sound, &hash, None, Vec::new(), None));
        }
        for claim in claims {
            self.stand_and_report(claim.article, Reads::AsBefore)?;
        }
        Ok(())
    }
}
