//! Files whose folder says something else of them by now are read again, a lot at a time, when the desk has nothing better to
//! do: news never waits for them. What is left of it survives a restart.

use super::{Desk, DeskError};
use crate::catalogue::Catalogue;
use crate::dropped::InboxPath;
use crate::inbox::{self, Sort};
use crate::moment::Moment;

/// Under what a folder is remembered that is being gone through, followed by its path; the value is the file that was last.
const KEY: &str = "again:";

/// How many files are read again in one go: a drop waits for no more than these.
const LOT: usize = 128;

/// A folder whose files are read again, with the file that was last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rereading {
    folder: InboxPath,
    after: Option<InboxPath>,
}

/// What was not finished before this start.
pub(super) fn remembered(catalogue: &Catalogue) -> Result<Vec<Rereading>, DeskError> {
    let rows = catalogue.remembered_under(KEY)?;
    let of = |(folder, after): &(String, String)| Rereading {
        folder: InboxPath::decoded(folder),
        after: (!after.is_empty()).then(|| InboxPath::decoded(after)),
    };
    Ok(rows.iter().map(of).collect())
}

impl Desk {
    /// Has the files of folders read again, from the first on.
    pub(super) fn read_again(&mut self, folders: Vec<InboxPath>) -> Result<(), DeskError> {
        for folder in folders {
            self.record.catalogue_mut().remember(&format!("{KEY}{}", folder.encoded()), "")?;
            self.rereading.retain(|known| known.folder != folder);
            self.rereading.push(Rereading { folder, after: None });
        }
        Ok(())
    }

    /// Takes up the next lot, if nothing else is to be read.
    pub(super) fn reread(&mut self, now: Moment) -> Result<(), DeskError> {
        if self.ahead.is_some() || self.has_slow_files() || self.settle.next().is_some_and(|due| due <= now.tick) {
            return Ok(());
        }
        let Some(Rereading { folder, after }) = self.rereading.first().cloned() else { return Ok(()) };
        let key = format!("{KEY}{}", folder.encoded());
        let files = self.record.catalogue().article_files_from(&folder, after.as_ref(), LOT)?;
        match files.last() {
            Some(last) if files.len() == LOT => {
                self.record.catalogue_mut().remember(&key, &last.encoded())?;
                self.rereading[0].after = Some(last.clone());
            }
            _ => {
                self.record.catalogue_mut().forget(&key)?;
                self.rereading.remove(0);
            }
        }
        let is_read = |path: &InboxPath| inbox::sort(path) == Sort::Article || inbox::is_sound(path);
        for path in files.into_iter().filter(|path| path.is_within(&folder) && is_read(path)) {
            self.read_anew(path, now);
        }
        Ok(())
    }
}
