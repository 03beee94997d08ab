//! What the folders that a checked file lies in say of it in `_section.toml` or `_index.md`, for folders that no record knows.

use std::sync::Arc;

use super::neighbours::Neighbours;
use crate::config::SectionEntry;
use crate::daemon::heading;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::reading::FileReader;
use crate::rejection::Rejection;

/// Has a file read as its folders say; which of them are refused, in plain sentences: it is read as if they were not there.
pub(super) fn heed(reader: &mut FileReader, file: &InboxPath, neighbours: &mut Neighbours) -> Vec<String> {
    let above = |folder: &InboxPath| (!folder.is_root()).then(|| folder.folder());
    let (mut said, mut doubts) = (Vec::new(), Vec::new());
    for folder in std::iter::successors(Some(file.folder()), above) {
        for path in neighbours.headings(reader, &folder) {
            match read(reader, &path) {
                Ok(entry) => said.push((folder.clone(), entry)),
                Err(rejection) => doubts.push(format!("its folder's {path} is refused: {rejection}")),
            }
        }
    }
    reader.folders = Arc::new(heading::folders(said));
    doubts
}

/// What one such file says.
pub(super) fn read(reader: &FileReader, path: &InboxPath) -> Result<SectionEntry, Rejection> {
    match inbox::read(&reader.inbox, path, heading::MAX_HEADING) {
        Ok(inbox::Reading::Whole { bytes, .. }) => {
            heading::text(bytes).and_then(|text| heading::understood(path, &text, reader.time_zone))
        }
        Ok(inbox::Reading::TooLarge { size }) => Err(heading::unread(format!("it has {size} bytes"))),
        Ok(inbox::Reading::Changed) => Err(Rejection::new("it changed while it was read", "try again")),
        Err(error) => Err(heading::unread(format!("it cannot be read: {error}"))),
    }
}
