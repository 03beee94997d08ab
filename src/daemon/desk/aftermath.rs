//! What follows from a commit outside the record: files taken off the shelves, notices written, refused files read again.

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

    /// Writes and removes the notices that were still owed when the program ended.
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
        if self.options.notices {
            self.write_notice(path, rejection, turn);
        }
        // Where this fails it is written once more at the next start.
        let _ = self.record.notice_done(path);
    }

    fn write_notice(&self, path: &InboxPath, rejection: Option<&Rejection>, turn: &mut Turn) {
        let written = match rejection {
            Some(rejection) => {
                let text = inbox::notice::text(&path.name(), rejection, &self.options.language);
                inbox::notice::write(&self.reading.inbox, path, &text)
            }
            None => inbox::notice::remove(&self.reading.inbox, path),
        };
        // An inbox that may not be written is nothing unusual: then the reason is in the status and the log alone.
        if let Err(error) = written
            && !is_usual(&error)
        {
            turn.notes.push(format!("the notice beside {path} cannot be written: {error}"));
        }
    }
}

/// Whether writing failed as it does where an inbox may be read alone, or its folder is gone.
pub(super) fn is_usual(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | NotFound)
}
