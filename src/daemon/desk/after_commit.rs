//! What follows from a commit outside the record: files taken out of `feeds/`, notices written, refused files read again.

use std::io::{Error, ErrorKind};

use super::{Desk, DeskError};
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::{Batch, Committed, IntakeError};
use crate::moment::Moment;
use crate::rejection::Rejection;

impl Desk {
    /// Changes the record in one transaction, and does what follows from that.
    ///
    /// # Errors
    /// When the record cannot be changed; then nothing of it is kept.
    pub(super) fn commit<T>(
        &mut self,
        now: Moment,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, IntakeError>,
    ) -> Result<T, DeskError> {
        let (outcome, committed) = self.record.commit(now.wall, work)?;
        self.after(committed, now);
        Ok(outcome)
    }

    /// What follows from a commit outside the record: files removed, notices written, refused files read again.
    pub(super) fn after(&mut self, committed: Committed, now: Moment) {
        self.board.touch(now.tick);
        for path in &committed.removals {
            // It may have been wanted again later in the same batch.
            if self.is_gone(path).unwrap_or(true) {
                self.remove(path);
            }
        }
        for (path, rejection) in committed.notices {
            self.notice(&path, rejection.as_ref());
            match rejection {
                Some(rejection) => self.pending.refused.push((path, rejection)),
                None => self.pending.mended.push(path),
            }
        }
        for path in committed.retries {
            self.read_anew(path, now);
        }
        self.pending.reports.extend(committed.reports);
    }

    /// Writes and removes the notices that are still owed: since the program ended, or the inbox did not answer.
    pub(super) fn pay_notices(&mut self) -> Result<(), DeskError> {
        for (path, rejection) in self.record.owed_notices()? {
            self.notice(&path, rejection.as_ref());
        }
        Ok(())
    }

    fn notice(&mut self, path: &InboxPath, rejection: Option<&Rejection>) {
        if self.options.notices && !self.write_notice(path, rejection) {
            // It is owed until the inbox answers.
            return;
        }
        // Where this fails it is written once more at the next start.
        let _ = self.record.notice_done(path);
    }

    /// Whether no more is to be done about it.
    fn write_notice(&mut self, path: &InboxPath, rejection: Option<&Rejection>) -> bool {
        let text = rejection
            .map(|rejection| inbox::notice::text(&path.name(), rejection, &self.settings.publication.language));
        let file = path.clone();
        let written = self.settings.inbox.ask(move |inbox| match text {
            Some(text) => inbox::notice::write(inbox, &file, &text),
            None => inbox::notice::remove(inbox, &file),
        });
        match written {
            Err(error) if error.kind() == ErrorKind::TimedOut => return false,
            // An inbox that may not be written is nothing unusual: then the reason is in the status and the log alone.
            Err(error) if !is_usual(&error) => {
                self.pending.notes.push(format!("the notice beside {path} cannot be written: {error}"));
            }
            _ => {}
        }
        true
    }
}

/// Whether writing failed as it does where an inbox may be read alone, or its folder is gone.
pub(super) fn is_usual(error: &Error) -> bool {
    use ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | NotFound)
}
