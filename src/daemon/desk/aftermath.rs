//! What follows from a commit outside the record: files taken off the shelves, notices written, refused files read again.

use std::io::{Error, ErrorKind};

use super::{Desk, DeskError, Turn};
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::Committed;
use crate::moment::Moment;
use crate::rejection::Rejection;

impl Desk {
    /// The same between turns: the next one tells.
    pub(super) fn after(&mut self, committed: Committed, now: Moment) {
        let mut turn = std::mem::take(&mut self.pending);
        self.after_into(committed, now, &mut turn);
        self.pending = turn;
    }

    /// What follows from a commit outside the record: files removed, notices written, refused files read again.
    pub(super) fn after_into(&mut self, committed: Committed, now: Moment, turn: &mut Turn) {
        self.board.touch(now.tick);
        for path in &committed.removals {
            // It may have been wanted again later in the same batch.
            let is_wanted = self
                .record
                .catalogue()
                .document(path)
                .is_ok_and(|row| row.is_some_and(|row| row.printing != crate::catalogue::Printing::Gone));
            if !is_wanted {
                self.remove(path);
            }
        }
        for (path, rejection) in committed.notices {
            self.notice(&path, rejection.as_ref(), turn);
            match rejection {
                Some(rejection) => turn.refused.push((path, rejection)),
                None => turn.mended.push(path),
            }
        }
        for path in committed.retries {
            self.forced.insert(path.clone());
            self.settle.arrived(path, now.tick);
        }
        turn.reports.extend(committed.reports);
    }

    /// Writes and removes the notices that are still owed: since the program ended, or the inbox did not answer.
    pub(super) fn pay_notices(&mut self) -> Result<(), DeskError> {
        let owed = self.record.owed_notices()?;
        let mut turn = std::mem::take(&mut self.pending);
        for (path, rejection) in owed {
            self.notice(&path, rejection.as_ref(), &mut turn);
        }
        self.pending = turn;
        Ok(())
    }

    fn notice(&mut self, path: &InboxPath, rejection: Option<&Rejection>, turn: &mut Turn) {
        if self.options.notices && !self.write_notice(path, rejection, turn) {
            // It is owed until the inbox answers.
            return;
        }
        // Where this fails it is written once more at the next start.
        let _ = self.record.notice_done(path);
    }

    /// Whether no more is to be done about it.
    fn write_notice(&self, path: &InboxPath, rejection: Option<&Rejection>, turn: &mut Turn) -> bool {
        let text = rejection.map(|rejection| inbox::notice::text(&path.name(), rejection, &self.options.language));
        let file = path.clone();
        let written = self.settings.inbox.ask(move |inbox| match text {
            Some(text) => inbox::notice::write(inbox, &file, &text),
            None => inbox::notice::remove(inbox, &file),
        });
        match written {
            Err(error) if error.kind() == ErrorKind::TimedOut => return false,
            // An inbox that may not be written is nothing unusual: then the reason is in the status and the log alone.
            Err(error) if !is_usual(&error) => {
                turn.notes.push(format!("the notice beside {path} cannot be written: {error}"));
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
