//! The text of `_section.toml`, or of `_index.md` as Hugo and Zola have it → what a folder says of its section and its files.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use encoding_rs::Encoding;

use crate::article::Defaults;
use crate::config::SectionEntry;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::reading::Folder;
use crate::parse;
use crate::rejection::Rejection;

/// The longest such file, in bytes: some twenty keys and their comments.
pub const MAX_HEADING: u64 = 64 * 1024;

/// Why such a file cannot be read.
pub fn unread(reason: String) -> Rejection {
    Rejection::new(reason, "it holds a few short lines; see the documentation")
}

/// Its text.
///
/// # Errors
/// When it is none.
pub fn text(bytes: Vec<u8>) -> Result<String, Rejection> {
    String::from_utf8(bytes).map_err(|_| Rejection::new("it is not UTF-8", "save it as UTF-8"))
}

/// What such a file says.
///
/// # Errors
/// The first thing that is wrong in it, or that the inbox itself cannot say.
pub fn understood(path: &InboxPath, text: &str, zone: Tz) -> Result<SectionEntry, Rejection> {
    let text = text.trim_start_matches('\u{feff}');
    let is_own = path.name() == inbox::HEADING;
    let mut entry = if is_own { SectionEntry::parse(text)? } else { of_index(text, zone)? };
    if !inbox::section_names(path).is_empty() {
        return Ok(entry);
    }
    if !is_own {
        // The home page of a site: the publication's name and language are the configuration's.
        (entry.title, entry.language) = (None, None);
        return Ok(entry);
    }
    let plain =
        SectionEntry { description: None, image: None, encoding: None, defaults: Defaults::default(), ..entry.clone() };
    if plain != SectionEntry::default() {
        return Err(Rejection::new(
            "the inbox itself is the whole publication, which the configuration describes",
            "put it into the folder of a section, or leave description, image, encoding and [defaults] alone in it",
        ));
    }
    Ok(entry)
}

fn of_index(text: &str, zone: Tz) -> Result<SectionEntry, Rejection> {
    let said = parse::heading(text, zone)?;
    let encoding = said.encoding.map(|label| {
        Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
            let hint = "name one as gb18030, big5 or windows-1252";
            Rejection::new(format!("the encoding {label:?} is not known"), hint)
        })
    });
    Ok(SectionEntry {
        title: said.title,
        description: said.description,
        language: said.language,
        image: said.image,
        encoding: encoding.transpose()?,
        defaults: said.defaults,
        ..SectionEntry::default()
    })
}

/// What folders say of the files in them. Of two files of one folder the later counts more.
pub fn folders(said: impl IntoIterator<Item = (InboxPath, SectionEntry)>) -> BTreeMap<InboxPath, Folder> {
    let mut folders: BTreeMap<InboxPath, SectionEntry> = BTreeMap::new();
    for (folder, entry) in said {
        let former = folders.remove(&folder).unwrap_or_default();
        folders.insert(folder, entry.or(former));
    }
    let of = |entry: SectionEntry| Folder {
        encoding: entry.encoding,
        language: entry.defaults.language.clone().or(entry.language),
        defaults: entry.defaults,
    };
    folders.into_iter().map(|(folder, entry)| (folder, of(entry))).filter(|(_, of)| *of != Folder::default()).collect()
}
