//! `check`: reads files as the daemon would and shows what it found, or points at what is wrong like a compiler.

mod companion;
mod headings;
mod json;
mod neighbours;
mod text;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::article::{Address, Article, ArticleId};
use crate::config::Config;
use crate::daemon;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::Story;
use crate::intake::dating::{self, Dating};
use crate::intake::reading::{self, FileRead, Haste, Job, Outcome};
use crate::name;
use crate::parse::{self, Markup};
use crate::rejection::Rejection;
use crate::section::Section;

use neighbours::Neighbours;

/// What a check found of one file.
struct Checked {
    inbox: InboxPath,
    markup: Option<Markup>,
    /// What it is where it is no article and goes with one: `sidecar of story.txt`.
    companion: Option<String>,
    read: Result<FileRead, Rejection>,
}

/// Checks every file; the exit code is 1 if one is refused.
///
/// # Errors
/// When the findings cannot be written.
pub(super) fn check(config: &Config, files: &[PathBuf], json: bool, out: &mut impl Write) -> io::Result<u8> {
    let mut code = 0;
    let mut neighbours = Neighbours::default();
    for file in files {
        let checked = read(config, file, &mut neighbours);
        let is_refused = checked.read.as_ref().map_or(true, |read| read.stories.is_err());
        code = code.max(u8::from(is_refused));
        if json {
            writeln!(out, "{}", json::of(config, file, &checked))?;
        } else {
            text::write(config, file, &checked, out)?;
        }
    }
    out.flush()?;
    Ok(code)
}

fn read(config: &Config, file: &Path, neighbours: &mut Neighbours) -> Checked {
    // Inside the inbox it is what the daemon would see; anywhere else its folder stands for the inbox.
    let absolute = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let below =
        fs::canonicalize(&config.inbox).ok().and_then(|root| absolute.strip_prefix(root).map(Path::to_owned).ok());
    let mut reader = daemon::reader(config);
    let inbox = match below {
        Some(below) => InboxPath::new(below),
        None => {
            reader.inbox = absolute.parent().map(Path::to_owned).unwrap_or_default();
            InboxPath::new(absolute.file_name().map(PathBuf::from).unwrap_or_default())
        }
    };
    let now = Utc::now();
    let refused = |reason: String, hint: &str| Err(Rejection::new(reason, hint));
    // A file that is refused was to be read as its extension says.
    let mut markup = parse::markup(&inbox.extension());
    let mut companion = None;
    let read = if is_passed_over(&inbox) {
        refused("files and folders of this name are never read".to_owned(), "give it another name")
    } else if absolute.is_dir() {
        refused("it is a folder".to_owned(), "name the files in it")
    } else if inbox::sort(&inbox) == inbox::Sort::Heading {
        markup = None;
        headings::read(&reader, &inbox).map(|_| companion::no_article())
    } else if companion::is_one(&reader, &inbox, neighbours) {
        markup = None;
        let (what, read) = companion::check(&reader, &inbox, neighbours);
        companion = Some(what);
        read
    } else if inbox::may_hold_articles(&inbox) || inbox::is_sound(&inbox) || inbox::sort(&inbox) == inbox::Sort::Marker
    {
        let beside = neighbours.beside(&reader, &inbox).unwrap_or_default();
        let doubts = headings::heed(&mut reader, &inbox, neighbours);
        match reader.read(&Job { path: inbox.clone(), known: None, beside, haste: Haste::NobodyWaits }, now) {
            Outcome::Read(mut read) => {
                read.doubts.extend(companion::refused(&reader, &inbox, neighbours));
                read.doubts.extend(doubts);
                markup = read.markup.or(markup);
                Ok(*read)
            }
            Outcome::Absent => refused("there is no such file".to_owned(), "name a regular file"),
            Outcome::Unreadable(error) => refused(format!("it cannot be read: {error}"), ""),
            Outcome::Changing => refused("it changed while it was read".to_owned(), "try again"),
            Outcome::Empty(_) => refused("it is empty".to_owned(), "an empty file is not yet an article"),
            Outcome::Same(..) | Outcome::Slow(..) => refused("it cannot be told from itself".to_owned(), ""),
        }
    } else {
        match inbox::sort(&inbox) {
            inbox::Sort::Media => refused(
                "it is no article, but may stand in one that names it".to_owned(),
                "articles are saved as .md, .html or .txt, and sent as .xml or .json",
            ),
            _ => Err(reading::unknown(&inbox)),
        }
    };
    Checked { inbox, markup, companion, read }
}

/// Whether the daemon would not even look at it.
fn is_passed_over(inbox: &InboxPath) -> bool {
    inbox.as_path().file_name().is_some_and(inbox::never_read)
        || inbox.folder().as_path().iter().any(inbox::never_entered)
}

/// The article that the daemon would make of it, were it dropped now for the first time, with its dates.
fn article(config: &Config, checked: &Checked, read: &FileRead, story: &Story, at: usize) -> (Article, Dating) {
    let now = Utc::now();
    let draft = story.draft();
    let dates = dating::date(draft, read.issue, now, now, config.time_zone);
    let stated = draft.sections.iter().filter_map(|path| Section::of_path(path).ok());
    let names = inbox::section_names(&checked.inbox);
    let folder = Section::of_names(names.iter().map(String::as_str)).unwrap_or_default();
    let mut sections: Vec<Section> = stated.collect();
    if sections.is_empty() {
        let folio = read.folio_section.as_deref().filter(|_| names.is_empty());
        sections.push(folio.and_then(|name| Section::of_path(name).ok()).unwrap_or(folder));
    }
    let day = dating::day_of(dates.published.timestamp(), config.time_zone);
    let authority = config.authority();
    let mut minted = format!("tag:{authority},{day}:{}", checked.inbox.composed());
    if read.stories.as_ref().is_ok_and(|stories| stories.len() > 1) {
        minted = format!("{minted}/{}", name::short_hash(&story.title));
    }
    let slug = name::segment(draft.slug.as_deref().filter(|slug| !slug.is_empty()).unwrap_or(&story.title));
    let home = sections.first().cloned().unwrap_or_default();
    let address = match &draft.link {
        Some(link) => Address::Link(link.clone()),
        None => Address::Page(home.document(&format!("{}/{slug}.html", day.format("%Y/%m/%d")))),
    };
    let article = Article {
        id: ArticleId(draft.id.clone().unwrap_or(minted)),
        sections,
        address,
        title: story.title.clone(),
        summary: story.summary().to_owned(),
        published: dates.published,
        updated: dates.updated.map_or(dates.published, |at| at.max(dates.published)),
        position: u32::try_from(at).unwrap_or(u32::MAX),
        draft: draft.clone(),
        media: story.media.iter().map(|(medium, _)| medium.clone()).collect(),
    };
    (article, dates)
}

fn markup_word(markup: Markup) -> &'static str {
    match markup {
        Markup::Markdown => "markdown",
        Markup::Html => "html",
        Markup::Text => "text",
        Markup::Page => "page",
        Markup::Sound => "sound",
        Markup::Docx => "docx",
        Markup::Ninjs => "ninjs",
        Markup::NewsMlG2 => "newsml-g2",
        Markup::NewsMl => "newsml",
        Markup::Nitf => "nitf",
    }
}
