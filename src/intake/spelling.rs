//! A folder whose name changed in case alone → its section goes on under the new spelling, at its old address. Two folders that
//! lie side by side are two sections.

use std::ffi::OsStr;

use super::{Batch, IntakeError};
use crate::catalogue::SectionRow;
use crate::dropped::InboxPath;
use crate::inbox::{self, Share};
use crate::ledger::Fact;
use crate::section::Section;

impl Batch<'_> {
    /// Whether a folder lies in the inbox that is spelt as these names are, joined by `/`. Asked once for each new spelling, so
    /// that it may look through the record.
    pub(super) fn has_folder(&self, raw: &str, inbox: &Share) -> Result<bool, IntakeError> {
        let below = format!("{raw}/");
        let is_of = |folder: &InboxPath| {
            let names = inbox::section_names(&folder.join(OsStr::new("file"))).join("/");
            names == raw || names.starts_with(&below)
        };
        let recorded = self.catalogue.folders()?.into_iter().filter(is_of);
        Ok(std::iter::once(InboxPath::new(raw)).chain(recorded).any(|folder| stands(inbox, &folder)))
    }

    /// Gives a section the names of folders that it is made from now; what is below it goes with it.
    pub(super) fn respell(&mut self, section: SectionRow, raw: String) -> Result<SectionRow, IntakeError> {
        for row in self.catalogue.respell(&section.raw, &raw)? {
            self.touched.insert(row.no);
            let SectionRow { path, raw, feed_id, updated, .. } = row;
            if !feed_id.is_empty() {
                self.facts.push(Fact::Section { path, raw, id: feed_id, updated });
            }
        }
        let above = Section::stored(section.path.clone()).parent();
        if let Some(above) = above.map(|above| self.catalogue.section(above.as_str())).transpose()?.flatten() {
            self.touched.insert(above.no); // its page names its subsections
        }
        self.outline_changed = true;
        Ok(SectionRow { raw, ..section })
    }
}

/// Whether a folder of this very spelling is there. Listed, not looked for: a share may find it under any. What cannot be listed
/// may be there.
fn stands(inbox: &Share, folder: &InboxPath) -> bool {
    let above = |folder: &InboxPath| Some(folder.folder()).filter(|above| !above.is_root());
    std::iter::successors(Some(folder.clone()), above).all(|folder| {
        let parent = folder.folder();
        match inbox.ask(move |root| inbox::list(root, &parent)) {
            Ok(listing) => listing.folders.contains(&folder),
            Err(error) => !matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory),
        }
    })
}
