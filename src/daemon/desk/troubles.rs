//! What keeps the desk from its work, for whoever asks how things stand: a person is needed.

use super::Desk;
use crate::dropped::InboxPath;
use crate::moment::Moment;

/// How many folders are named one by one that cannot be read.
const MAX_NAMED: usize = 20;

/// What is the matter with each part, in sentences; none: nothing.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// The inbox: nothing counts as missing at present.
    pub(super) inbox: Option<String>,
    /// The record cannot be changed.
    record: Option<String>,
    /// What the feeds folder refuses, as it was told.
    pub(super) feeds: Option<String>,
    /// What of the configuration that was read last is not in force.
    configuration: Vec<String>,
    /// The folders that the last comparison of everything could not read, with the reasons.
    unreadable: Vec<(InboxPath, String)>,
}

impl Desk {
    /// Notes why the record cannot be changed; none: it can.
    pub fn stall(&mut self, why: Option<String>) {
        self.troubles.record = why;
    }

    /// Notes what of the configuration that was read last is not in force, a sentence each; whoever read it has told it.
    pub fn not_heeded(&mut self, what: Vec<String>, now: Moment) {
        if self.troubles.configuration != what {
            self.board.touch(now.tick);
        }
        self.troubles.configuration = what;
    }

    /// Notes the folders that a comparison of everything could not read, with the reasons. What the one before could read is told.
    pub fn cannot_read(&mut self, folders: Vec<(InboxPath, String)>, now: Moment) {
        if self.troubles.unreadable != folders {
            self.board.touch(now.tick);
        }
        let former = std::mem::replace(&mut self.troubles.unreadable, folders);
        let is_new = |folder: &&(InboxPath, String)| !former.contains(folder);
        self.pending.notes.extend(self.troubles.unreadable.iter().filter(is_new).map(unreadable));
    }

    /// All that keeps it from its work, a sentence each.
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        let Troubles { inbox, record, feeds, configuration, unreadable: folders } = &self.troubles;
        let named = folders.iter().take(MAX_NAMED).map(unreadable);
        let more = folders.len().saturating_sub(MAX_NAMED);
        let more = (more > 0).then(|| format!("{more} more folders cannot be read"));
        let sentences = [inbox, record, feeds].into_iter().flatten().chain(configuration).cloned();
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
