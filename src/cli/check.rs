//! `check`: reads files as the daemon would and shows what it found, or points at what is wrong like a compiler.

mod companion;
mod headings;
mod neighbours;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::Utc;
use serde_json::{Value, json};

use crate::article::{Address, Article, ArticleId, Author, Kind, Status};
use crate::config::Config;
use crate::daemon;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::intake::Story;
use crate::intake::dating::{self, Dating};
use crate::intake::reading::{self, FileRead, Job, Outcome};
use crate::name;
use crate::parse::{self, Markup};
use crate::rejection::Rejection;
use crate::render::{self, Manner};
use crate::section::{Format, Section};

use neighbours::Neighbours;

/// How wide an excerpt of a line may be, in characters.
const EXCERPT: usize = 100;

/// So many characters of an article's beginning and end are shown.
const WORDS_SHOWN: usize = 24;

/// How articles are shown to programs: whole, and without what only podcast apps take.
const FULL: Manner = Manner { full_text: true, is_podcast: false };

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
            writeln!(out, "{}", as_json(config, file, &checked))?;
        } else {
            as_text(config, file, &checked, out)?;
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
    let mut reading = daemon::reading(config);
    let inbox = match below {
        Some(below) => InboxPath::new(below),
        None => {
            reading.inbox = absolute.parent().map(Path::to_owned).unwrap_or_default();
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
        headings::read(&reading, &inbox).map(|_| companion::no_article())
    } else if companion::is_one(&reading, &inbox, neighbours) {
        markup = None;
        let (what, read) = companion::check(&reading, &inbox, neighbours);
        companion = Some(what);
        read
    } else if inbox::may_hold_articles(&inbox) || inbox::is_sound(&inbox) || inbox::sort(&inbox) == inbox::Sort::Marker
    {
        let beside = neighbours.beside(&reading, &inbox).unwrap_or_default();
        let doubts = headings::heed(&mut reading, &inbox, neighbours);
        match reading.read(&Job { path: inbox.clone(), known: None, beside, hasty: false }, now) {
            Outcome::Read(mut read) => {
                read.doubts.extend(companion::refused(&reading, &inbox, neighbours));
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

fn as_text(config: &Config, file: &Path, checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let read = match &checked.read {
        Ok(read) => read,
        Err(rejection) => return point(file, rejection, out),
    };
    let stories = match &read.stories {
        Ok(stories) => stories,
        Err(rejection) => return point(file, rejection, out),
    };
    let count = stories.len();
    let markup = checked.markup.map_or(String::new(), |markup| format!("{}, ", markup_word(markup)));
    match &checked.companion {
        Some(what) => writeln!(out, "{}: {what}", file.display())?,
        None => writeln!(out, "{}: {markup}{count} article{}", file.display(), if count == 1 { "" } else { "s" })?,
    }
    for (at, story) in stories.iter().enumerate() {
        let (article, dates) = article(config, checked, read, story, at);
        let draft = story.draft();
        writeln!(out, "  {:>2}. {}", at + 1, if article.title.is_empty() { "(untitled)" } else { &article.title })?;
        let named = |people: &[Author]| -> String {
            let role = |author: &Author| author.role.as_ref().map_or(String::new(), |role| format!(" ({role})"));
            people.iter().map(|author| format!("{}{}", author.name, role(author))).collect::<Vec<_>>().join(", ")
        };
        let lines = draft.lines.map(|(first, last)| format!("{first} to {last}")).unwrap_or_default();
        let state = match draft.status {
            Status::Usable => "",
            Status::Draft => "draft, not published",
            Status::Withdrawn => "withdrawn",
            Status::Withheld => "withheld by its agency, not published",
            Status::Canceled => "canceled by its agency, taken back",
        };
        let kind = match draft.kind {
            Kind::Article => "",
            Kind::Photo => "a picture by itself",
            Kind::Notice => "a notice",
        };
        // On a page, the first and last words show where it was split.
        let (begin, end) = if count > 1 { ends_of(&draft.body) } else { Default::default() };
        let section = article.sections.first().map(ToString::to_string).unwrap_or_default();
        for (word, value) in [
            ("column", draft.columns.join(" | ")),
            ("kicker", draft.kickers.join(" | ")),
            ("below", draft.subhead.clone().unwrap_or_default()),
            ("by", named(&draft.authors)),
            ("with", named(&draft.contributors)),
            ("date", article.published.to_rfc3339()),
            ("section", section),
            ("link", draft.link.clone().unwrap_or_default()),
            ("lines", lines),
            ("version", draft.version.map(|version| version.to_string()).unwrap_or_default()),
            ("embargo", dates.held_until.map(|at| at.to_rfc3339()).unwrap_or_default()),
            ("expires", dates.expires.map(|at| at.to_rfc3339()).unwrap_or_default()),
            ("cancels", draft.cancels.clone().unwrap_or_default()),
            ("kind", kind.to_owned()),
            ("begins", begin),
            ("ends", end),
            ("beside", draft.asides.join(" | ")),
            ("state", state.to_owned()),
            ("summary", article.summary.clone()),
        ] {
            if !value.is_empty() {
                writeln!(out, "      {word:<8} {value}")?;
            }
        }
    }
    if !read.furniture.is_empty() {
        writeln!(out, "  of the page itself, in no article:")?;
    }
    let lines = if read.furniture.is_empty() { vec![] } else { lines_of(file) };
    for number in &read.furniture {
        let text: String = line_in(&lines, *number)
            .filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
            .unwrap_or_default()
            .chars()
            .take(EXCERPT)
            .collect();
        writeln!(out, "      line {number:<3} {}", text.trim())?;
    }
    for source in read.missing() {
        writeln!(out, "  doubt: {source} is not there")?;
    }
    for doubt in &read.doubts {
        writeln!(out, "  doubt: {doubt}")?;
    }
    Ok(())
}

/// The first and the last words of a body, without its tags.
fn ends_of(body: &str) -> (String, String) {
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().concat();
    let text: Vec<char> = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.len() <= 2 * WORDS_SHOWN {
        return (text.iter().collect(), String::new());
    }
    let first: String = text[..WORDS_SHOWN].iter().collect();
    let last: String = text[text.len() - WORDS_SHOWN..].iter().collect();
    (format!("{first}…"), format!("…{last}"))
}

/// The place that is wrong, with a mark under it.
fn point(file: &Path, rejection: &Rejection, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "refused: {}", rejection.reason)?;
    let place = match (rejection.line, rejection.column, rejection.byte) {
        (Some(line), column, _) => format!(":{line}:{}", column.unwrap_or(1)),
        (None, _, Some(byte)) => format!(", byte {byte}"),
        _ => String::new(),
    };
    writeln!(out, " --> {}{place}", file.display())?;
    if let Some(line) = rejection.line
        && let lines = lines_of(file)
        && let Some(text) = line_in(&lines, line)
    {
        let column = rejection.column.unwrap_or(1).max(1) as usize;
        let skipped = column.saturating_sub(EXCERPT / 2);
        let shown: String =
            text.chars().skip(skipped).take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        // Han characters are two columns wide in a terminal.
        let before: usize = shown.chars().take(column - 1 - skipped).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        writeln!(out, "{margin} |\n{number} | {shown}\n{margin} | {}^", " ".repeat(before))?;
    }
    if !rejection.hint.is_empty() {
        writeln!(out, "  = help: {}", rejection.hint)?;
    }
    Ok(())
}

/// The lines of a file; none where it cannot be read any more.
fn lines_of(file: &Path) -> Vec<String> {
    let Ok(bytes) = fs::read(file) else { return vec![] };
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    text.trim_start_matches('\u{feff}').split('\n').map(str::to_owned).collect()
}

fn line_in(lines: &[String], number: u32) -> Option<&str> {
    lines.get(usize::try_from(number).ok()?.checked_sub(1)?).map(String::as_str)
}

fn as_json(config: &Config, file: &Path, checked: &Checked) -> Value {
    let (articles, doubts, rejected) = match &checked.read {
        Ok(FileRead { stories: Err(rejection), doubts, .. }) => (Vec::new(), doubts.clone(), Some(rejection)),
        Err(rejection) => (Vec::new(), Vec::new(), Some(rejection)),
        Ok(read) => {
            let stories = read.stories.as_deref().unwrap_or_default();
            let articles =
                stories.iter().enumerate().map(|(at, story)| item(config, checked, read, story, at)).collect();
            let missing = read.missing().map(|source| format!("{source} is not there"));
            (articles, missing.chain(read.doubts.iter().cloned()).collect(), None)
        }
    };
    json!({
        "file": file.to_string_lossy(),
        "markup": checked.companion.as_deref().and_then(|what| what.split(' ').next()).or(checked.markup.map(markup_word)),
        "rejected": rejected.map(|rejection| json!({
            "line": rejection.line, "column": rejection.column, "byte": rejection.byte,
            "reason": rejection.reason, "hint": rejection.hint,
        })),
        "articles": articles,
        "furniture": checked.read.as_ref().map_or(&[][..], |read| &read.furniture),
        "doubts": doubts,
    })
}

/// One article as the JSON Feed would have it, with what only newspapers know beside it.
fn item(config: &Config, checked: &Checked, read: &FileRead, story: &Story, at: usize) -> Value {
    let (article, dates) = article(config, checked, read, story, at);
    let draft = story.draft();
    let publication = daemon::publication(config);
    let entry = render::entry(Format::Json, &publication, &article, &draft.tags, FULL);
    let mut item: Value = entry.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| json!({}));
    item["_syndicated"] = json!({
        "columns": draft.columns,
        "kickers": draft.kickers,
        "subhead": draft.subhead,
        "authors": draft.authors.iter().map(|author| json!({
            "name": author.name, "role": author.role, "affiliation": author.affiliation,
        })).collect::<Vec<_>>(),
        "contributors": draft.contributors.iter().map(|person| json!({
            "name": person.name, "role": person.role,
        })).collect::<Vec<_>>(),
        "unit": draft.unit,
        "dateline": draft.dateline,
        "lead_in": draft.lead_in,
        "asides": draft.asides,
        "source": draft.source,
        "kind": match draft.kind { Kind::Article => "article", Kind::Photo => "photo", Kind::Notice => "notice" },
        "captions": draft.captions.iter().map(|caption| json!({ "text": caption.text, "credit": caption.credit })).collect::<Vec<_>>(),
        "status": match draft.status {
            Status::Usable => "usable",
            Status::Draft => "draft",
            Status::Withdrawn => "withdrawn",
            Status::Withheld => "withheld",
            Status::Canceled => "canceled",
        },
        "cancels": draft.cancels,
        "embargo": dates.held_until.map(|at| at.to_rfc3339()),
        "expires": dates.expires.map(|at| at.to_rfc3339()),
        "version": draft.version,
        "urgency": draft.urgency,
        "rights": draft.rights,
        "section": article.sections.first().map(|section| section.as_str().to_owned()),
        "lines": draft.lines,
    });
    item
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
