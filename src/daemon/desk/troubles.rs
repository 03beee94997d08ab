//! What keeps the desk from its work, for whoever asks how things stand: a person is needed.

use super::Desk;
use crate::dropped::InboxPath;
use crate::moment::Moment;

/// How many folders are named one by one that cannot be read.
const MAX_NAMED: usize = 20;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// Why the record cannot be changed at present.
    stalled: Option<String>,
    /// The folders that the last comparison of everything could not read, with the reasons.
    unreadable: Vec<(InboxPath, String)>,
}

impl Desk {
    /// Notes why the record cannot be changed; none: it can.
    pub fn stall(&mut self, why: Option<String>) {
        self.troubles.stalled = why;
    }

    /// Notes the folders that a comparison of everything could not read, with the reasons. What the one before could read is told.
    pub fn cannot_read(&mut self, folders: Vec<(InboxPath, String)>, now: Moment) {
        if self.troubles.unreadable != folders {
            self.board.touch(now.tick);
        }
        let former = std::mem::replace(&mut self.troubles.unreadable, folders);
        let is_new = |folder: &&(InboxPath, String)| !former.contains(folder);
        self.notes.extend(self.troubles.unreadable.iter().filter(is_new).map(unreadable));
    }

    /// All that keeps it from its work, a sentence each.
    pub(super) fn troubles(&self) -> Vec<String> {
        let suspended =
            self.suspended.as_ref().map(|why| format!("{why}; everything stays published until it is back"));
        let named = self.troubles.unreadable.iter().take(MAX_NAMED).map(unreadable);
        let more = self.troubles.unreadable.len().saturating_sub(MAX_NAMED);
        let more = (more > 0).then(|| format!("{more} more folders cannot be read"));
        let sentences = suspended.into_iter().chain(self.troubles.stalled.clone()).chain(self.refusal.clone());
        sentences.chain(named).chain(more).collect()
    }
}

/// What there is to say of a folder that cannot be read.
pub(in crate::daemon) fn unreadable((folder, reason): &(InboxPath, String)) -> String {
    format!(
        "the folder {folder} cannot be read ({reason}); what is published from it stays; let the user that syndicated runs \
         as read and enter it"
    )
}
