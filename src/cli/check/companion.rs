//! `check` of a file that is no article and goes with one by its name: what it is to which, and what is wrong with it.

use std::fs;

use super::neighbours::Neighbours;
use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Sort};
use crate::intake::reading::{self, FileRead, FileReader};
use crate::parse::{self, sidecar::Sidecar};
use crate::rejection::Rejection;

/// What reading a file gives that is no article; the record, which wants to know how it looked, is not asked here.
pub(super) fn no_article() -> FileRead {
    reading::no_article(Look::default(), [0; 32], None)
}

/// Whether a file is a sidecar, a caption or an article's sound. A `.json` is one where an article of its name lies beside it, unless an agency's
/// item is in it; alone, it is read as such an item is.
pub(super) fn is_one(reader: &FileReader, file: &InboxPath, neighbours: &mut Neighbours) -> bool {
    match inbox::sort(file) {
        Sort::Caption => true,
        Sort::Sidecar if inbox::may_hold_articles(file) => {
            !neighbours.articles(reader, file).is_empty()
                && !fs::read(file.under(&reader.inbox)).is_ok_and(|bytes| parse::is_ninjs(&bytes))
        }
        Sort::Media => inbox::is_sound(file) && !neighbours.articles(reader, file).is_empty(),
        sort => sort == Sort::Sidecar,
    }
}

/// The words that say what it is, with the files it goes with; and what reading it gives, which is never an article.
pub(super) fn check(
    reader: &FileReader,
    file: &InboxPath,
    neighbours: &mut Neighbours,
) -> (String, Result<FileRead, Rejection>) {
    if let Some(medium) = inbox::captioned(file) {
        let mut read = no_article();
        if !matches!(inbox::look(&reader.inbox, &medium), Ok(Some(_))) {
            read.doubts.push(format!("{} does not lie beside it", medium.name()));
        }
        return (format!("caption of {}", medium.name()), Ok(read));
    }
    let articles: Vec<String> = neighbours.articles(reader, file).iter().map(InboxPath::name).collect();
    if inbox::is_sound(file) {
        return (format!("sound of {}", articles.join(", ")), Ok(no_article()));
    }
    let what = if articles.is_empty() { "sidecar".to_owned() } else { format!("sidecar of {}", articles.join(", ")) };
    let read = read(reader, file).map(|said| {
        let mut read = no_article();
        read.doubts = said.doubts;
        if articles.is_empty() {
            read.doubts.push(format!("no article of the name {} lies beside it", file.stem()));
        }
        read
    });
    (what, read)
}

/// Sidecars of an article that are refused, in plain sentences: the article is read as if they were not there.
pub(super) fn refused(reader: &FileReader, article: &InboxPath, neighbours: &mut Neighbours) -> Vec<String> {
    let sidecars = neighbours.sidecars(reader, article);
    sidecars
        .iter()
        .filter(|path| is_one(reader, path, neighbours))
        .filter_map(|path| {
            let rejection = read(reader, path).err()?;
            Some(format!("its sidecar {} is refused: {rejection}", path.name()))
        })
        .collect()
}

fn read(reader: &FileReader, file: &InboxPath) -> Result<Sidecar, Rejection> {
    let bytes = fs::read(file.under(&reader.inbox))
        .map_err(|error| Rejection::new(format!("it cannot be read: {error}"), ""))?;
    reader.sidecar(file, &bytes).map(|(_, said)| said)
}
