//! `check` of a file that is no article and goes with one by its name: what it is to which, and what is wrong with it.

use std::fs;

use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Part, Sort};
use crate::intake::reading::{self, FileRead, Reading};
use crate::parse::sidecar::Sidecar;
use crate::rejection::Rejection;

const NO_LOOK: Look = Look { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 };

/// The words that say what it is, with the files it goes with; and what reading it gives, which is never an article.
pub(super) fn check(reading: &Reading, file: &InboxPath) -> (String, Result<FileRead, Rejection>) {
    if let Some(medium) = inbox::captioned(file) {
        let mut read = reading::no_article(NO_LOOK, [0; 32], None);
        if !matches!(inbox::look(&reading.inbox, &medium), Ok(Some(_))) {
            read.doubts.push(format!("{} does not lie beside it", medium.name()));
        }
        return (format!("caption of {}", medium.name()), Ok(read));
    }
    let beside = inbox::list(&reading.inbox, &file.folder()).unwrap_or_default().files;
    let articles: Vec<String> = beside
        .iter()
        .filter(|(path, _)| inbox::sort(path) == Sort::Article && inbox::part(file, path).is_some())
        .map(|(path, _)| path.name())
        .collect();
    let what = if articles.is_empty() { "sidecar".to_owned() } else { format!("sidecar of {}", articles.join(", ")) };
    let read = read(reading, file).map(|said| {
        let mut read = reading::no_article(NO_LOOK, [0; 32], None);
        read.doubts = said.doubts;
        if articles.is_empty() {
            read.doubts.push(format!("no article of the name {} lies beside it", file.stem()));
        }
        read
    });
    (what, read)
}

/// Sidecars of an article that are refused, in plain sentences: the article is read as if they were not there.
pub(super) fn refused(reading: &Reading, article: &InboxPath) -> Vec<String> {
    let beside = inbox::list(&reading.inbox, &article.folder()).unwrap_or_default().files;
    let sidecars = beside.into_iter().filter(|(path, _)| matches!(inbox::part(path, article), Some(Part::Sidecar(_))));
    sidecars
        .filter_map(|(path, _)| {
            let rejection = read(reading, &path).err()?;
            Some(format!("its sidecar {} is refused: {rejection}", path.name()))
        })
        .collect()
}

fn read(reading: &Reading, file: &InboxPath) -> Result<Sidecar, Rejection> {
    let bytes = fs::read(file.under(&reading.inbox))
        .map_err(|error| Rejection::new(format!("it cannot be read: {error}"), ""))?;
    reading.sidecar(file, &bytes).map(|(_, said)| said)
}
