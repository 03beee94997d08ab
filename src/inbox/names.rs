//! Names in the inbox → what they mean: never read, a section, a bundle, an article or a picture. No disk.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::dropped::{InboxPath, numbered};
use crate::media_type;

/// Endings of files that somebody is still writing, or has put aside. Compared without regard to case, as Windows does.
const UNFINISHED: [&str; 10] =
    ["~", ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", ".swx", ".lock", ".bak"];

/// What a notice of ours ends in; see [`crate::inbox::notice`].
pub(super) const NOTICE: &str = ".rejected.txt";

/// The page that tells editors how things stand; see [`crate::inbox::board`].
pub(super) const BOARD: &str = "_status.html";

/// What a section's own words about itself lie in: its title, language and the like.
pub const HEADING: &str = "_section.toml";

/// The same as Hugo and Zola have it: the section's own page.
const INDEXES: [&str; 3] = ["_index.md", "_index.markdown", "_index.html"];

/// What a marker ends in, which takes an article back. Windows editors add `.txt` and do not show it.
const MARKERS: [&str; 4] = [".withdraw", ".withdraw.txt", ".撤稿", ".撤稿.txt"];

/// Extensions that are read as articles.
const ARTICLES: [&str; 19] = [
    "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "txt", "text", "docx", "doc", "docm", "dotx", "dotm",
    "xml", "json", "ninjs", "newsml", "nitf",
];

/// Files of these extensions are published as what somebody refers to, and are no media of an inbox.
const ELSEWHERE: [&str; 2] = ["ico", "epub"];

/// Extensions of sidecars, in the order in which they count where an article has several.
const SIDECARS: [&str; 4] = ["yaml", "yml", "json", "toml"];

/// Extensions of captions, behind the whole name of a picture.
const CAPTIONS: [&str; 2] = ["txt", "text"];

/// What a file is, by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Text to be read and published.
    Article,
    /// A picture, sound, film or document that an article may refer to.
    Media,
    /// What front matter would say of the article of the same stem: `story.yaml` beside `story.txt`.
    Sidecar,
    /// The words under a picture, sound or film: `story.jpg.txt`.
    Caption,
    /// [`HEADING`] or `_index.md`: how its folder's section is published.
    Heading,
    /// `SLUG.withdraw`: takes the article of that name back.
    Marker,
    /// Nothing we know: it rests ([`crate::inbox::UNKNOWN_REST`]), and if it is still there it is refused.
    Unknown,
}

/// Whether a file of this name is never read, and never spoken of.
#[must_use]
pub fn never_read(name: &OsStr) -> bool {
    let bytes = name.as_bytes();
    let name = bytes.to_ascii_lowercase();
    matches!(name.first(), None | Some(b'.' | b'~'))
        || UNFINISHED.iter().chain([":zone.identifier", NOTICE].iter()).any(|end| name.ends_with(end.as_bytes()))
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
        || name == BOARD.as_bytes()
        || name == b"desktop.ini"
        || name == b"thumbs.db"
        || is_of_a_safe_save(&name)
}

/// Whether a name ends as that of the folder in which a Mac's program writes a file anew before it puts it in the old one's place:
/// `story.md.sb-1a2b3c4d-Xy12Zz`.
fn is_of_a_safe_save(name: &[u8]) -> bool {
    const END: &[u8] = b".sb-";
    let Some((name, letters)) = name.split_last_chunk::<6>() else { return false };
    let Some((name, digits)) = name.split_last_chunk::<9>() else { return false };
    let is_numbered =
        digits.split_last().is_some_and(|(dash, digits)| *dash == b'-' && digits.iter().all(u8::is_ascii_hexdigit));
    is_numbered && letters.iter().all(u8::is_ascii_alphanumeric) && name.ends_with(END)
}

/// Whether a folder of this name is never entered: a recycle bin, a snapshot, a version control store, a file being saved.
#[must_use]
pub fn never_entered(name: &OsStr) -> bool {
    let name = name.as_bytes();
    if name == b"_posts" {
        return false;
    }
    matches!(name.first(), None | Some(b'.' | b'_' | b'#' | b'@' | b'$' | b'~'))
        || name == b"lost+found"
        || is_of_a_safe_save(name)
}

/// Whether a file bears the name under which a program that keeps folders alike puts one of two versions beside the other:
/// `story.sync-conflict-20261127-101010-ABCDEFG.md`, `story (Anna's conflicted copy 2026-11-27).md`.
#[must_use]
pub fn is_put_aside(path: &InboxPath) -> bool {
    let stem = path.stem().to_lowercase();
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let is_dated = |text: &str| {
        let mut parts = text.split('-');
        let is_date = parts.next().is_some_and(|day| is_number(day, 8));
        is_date && parts.next().is_some_and(|time| is_number(time, 6)) && parts.nth(1).is_none()
    };
    let marked = ["sync-conflict-", "_conflict-"].iter().find_map(|mark| stem.rsplit_once(mark));
    if marked.is_some_and(|(_, rest)| is_dated(rest)) {
        return true;
    }
    let Some(said) = stem.strip_suffix([')', '）']) else { return false };
    let marked = ["conflicted copy", "冲突副本"].iter().find_map(|mark| said.rsplit_once(mark));
    marked.is_some_and(|(name, when)| {
        let is_date = when.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' '));
        name.contains(['(', '（']) && is_date && when.contains(|c: char| c.is_ascii_digit())
    })
}

/// What a file of this name is.
#[must_use]
pub fn sort(path: &InboxPath) -> Sort {
    let name = path.name();
    if name == HEADING || INDEXES.contains(&name.to_ascii_lowercase().as_str()) {
        return Sort::Heading;
    }
    if marked(path).is_some() {
        return Sort::Marker;
    }
    let extension = path.extension();
    if captioned(path).is_some() {
        Sort::Caption
    } else if SIDECARS.contains(&extension.as_str()) {
        Sort::Sidecar
    } else if ARTICLES.contains(&extension.as_str()) {
        if is_put_aside(path) { Sort::Unknown } else { Sort::Article }
    } else if media_type(&extension).is_some() {
        Sort::Media
    } else {
        Sort::Unknown
    }
}

/// The medium that a file of this name is the caption of; none for other names.
#[must_use]
pub fn captioned(path: &InboxPath) -> Option<InboxPath> {
    if !CAPTIONS.contains(&path.extension().as_str()) {
        return None;
    }
    let medium = path.folder().join(path.as_path().file_stem()?);
    media_type(&medium.extension()).map(|_| medium)
}

/// What a file is to the article whose stem it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It says what front matter would; of several, the lowest rank counts.
    Sidecar(usize),
    /// A picture, sound, film or paper with its number; without one, 0.
    Medium(u32),
    /// The caption of such a medium.
    Caption,
}

/// What a file is to an article by their names; none where they do not go together. Whether the article of a number
/// (`story-2.txt`) claims what would otherwise be another's second picture is not asked here.
#[must_use]
pub fn part(file: &InboxPath, article: &InboxPath) -> Option<Part> {
    if !may_hold_articles(article) || file == article || file.folder() != article.folder() {
        return None;
    }
    let key = article.key();
    match sort(file) {
        Sort::Sidecar if file.key() == key => {
            SIDECARS.iter().position(|extension| *extension == file.extension()).map(Part::Sidecar)
        }
        Sort::Media if file.key() == key => Some(Part::Medium(0)),
        Sort::Media => numbered(&file.key()).filter(|(base, _)| *base == key).map(|(_, number)| Part::Medium(number)),
        Sort::Caption => captioned(file).and_then(|medium| part(&medium, article)).map(|_| Part::Caption),
        _ => None,
    }
}

/// Whether files of this name hold articles, or may by their content: `.json` is a sidecar unless an agency's item is in it.
#[must_use]
pub fn may_hold_articles(path: &InboxPath) -> bool {
    match sort(path) {
        Sort::Article => true,
        Sort::Sidecar => ARTICLES.contains(&path.extension().as_str()),
        _ => false,
    }
}

/// The names an article of this file's stem may have, in lower case: to be looked for where no list of names is at hand.
pub fn articles_of(file: &InboxPath) -> impl Iterator<Item = InboxPath> {
    let (folder, stem) = (file.folder(), file.as_path().file_stem().map(OsStr::to_owned).unwrap_or_default());
    ARTICLES.iter().filter(|extension| !SIDECARS.contains(extension)).map(move |extension| {
        let mut name = stem.clone();
        name.push(".");
        name.push(extension);
        folder.join(&name)
    })
}

/// The names that sidecars of an article may have.
pub fn sidecars_of(article: &InboxPath) -> impl Iterator<Item = InboxPath> {
    let (folder, stem) = (article.folder(), article.as_path().file_stem().map(OsStr::to_owned).unwrap_or_default());
    SIDECARS.iter().map(move |extension| {
        let mut name = stem.clone();
        name.push(".");
        name.push(extension);
        folder.join(&name)
    })
}

/// What a marker calls the article that it takes back: its name without `.withdraw`, and without the extension of an article
/// where it repeats one. None for other files.
#[must_use]
pub fn marked(path: &InboxPath) -> Option<String> {
    let name = path.name();
    // Only ASCII changes its case, so that the length stays.
    let folded = name.to_ascii_lowercase();
    let ending = MARKERS.iter().filter(|ending| folded.ends_with(**ending)).max_by_key(|ending| ending.len())?;
    let called = name[..name.len() - ending.len()].trim_end();
    let plain = called.rsplit_once('.').filter(|(_, extension)| ARTICLES.contains(&extension.to_lowercase().as_str()));
    let called = plain.map_or(called, |(stem, _)| stem);
    (!called.is_empty()).then(|| called.to_owned())
}

/// The media type of a lower-case extension without its dot; none for what is no medium.
#[must_use]
pub fn media_type(extension: &str) -> Option<&'static str> {
    media_type::media_type(extension).filter(|_| !ELSEWHERE.contains(&extension))
}

/// Whether a file of this name is a sound, which alone in a folder is an episode.
#[must_use]
pub fn is_sound(path: &InboxPath) -> bool {
    sort(path) == Sort::Media
        && media_type(&path.extension()).is_some_and(|media_type| media_type.starts_with("audio/"))
}

/// The folder that *is* the article, for `story/index.md`: such a file is the article `story`, its pictures beside it.
///
/// Decided by the name alone, so that an article's section never depends on its neighbours: an `index.md` among other
/// articles is a bundle all the same. None for other names, for an index directly in the inbox, and where the folder is
/// a date or `_posts` (its name would name no article).
#[must_use]
pub fn bundle(file: &InboxPath) -> Option<InboxPath> {
    if !file.stem().eq_ignore_ascii_case("index") || sort(file) != Sort::Article {
        return None;
    }
    let folder = file.folder();
    let names = all_folders(file);
    let kept = less_dates(&names).last() == Some(&(names.len().wrapping_sub(1)));
    (!folder.is_root() && kept).then_some(folder)
}

/// The names of the folders between the inbox and a file that make its section, outermost first: less `_posts`, date
/// folders (`2026`, and a month and a day below it, with or without a leading zero) and the folder of a [`bundle`].
/// Raw names; one that is no UTF-8 is percent-encoded, so that two of them are two sections.
#[must_use]
pub fn section_names(file: &InboxPath) -> Vec<String> {
    let mut names = all_folders(file);
    if bundle(file).is_some() {
        names.pop();
    }
    less_dates(&names).into_iter().filter_map(|at| names.get(at).cloned()).collect()
}

fn all_folders(file: &InboxPath) -> Vec<String> {
    let readable = |name: &OsStr| name.to_str().map_or_else(|| InboxPath::new(name).encoded(), str::to_owned);
    file.folder().as_path().iter().map(readable).collect()
}

/// The indices of the names that are neither `_posts` nor part of a date.
fn less_dates(names: &[String]) -> Vec<usize> {
    /// What the name just outside was.
    enum Outer {
        Other,
        Year,
        Month,
    }
    let mut outer = Outer::Other;
    let mut kept = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        outer = match outer {
            _ if name == "_posts" => outer,
            Outer::Year if number(name, 2).is_some_and(|n| (1..=12).contains(&n)) => Outer::Month,
            Outer::Month if number(name, 2).is_some_and(|n| (1..=31).contains(&n)) => Outer::Other,
            _ if name.len() == 4 && number(name, 4).is_some_and(|n| (1900..2200).contains(&n)) => Outer::Year,
            _ => {
                kept.push(at);
                Outer::Other
            }
        };
    }
    kept
}

fn number(name: &str, digits: usize) -> Option<u16> {
    if name.len() > digits || !name.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    name.parse().ok()
}
