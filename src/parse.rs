//! Bytes of a dropped file → drafts, or the reason why not. Picks the parser; pure: no disk, no clock.

mod agency;
mod credits;
pub mod dates;
pub mod docx;
pub mod encoding;
mod extent;
mod foreign;
mod format;
pub mod front_matter;
mod heading;
mod headline;
mod held;
pub mod html;
pub mod markdown;
mod newsml;
mod ninjs;
mod nitf;
mod numerals;
mod opening;
mod overlay;
pub mod page;
mod plain;
mod printed;
mod retraction;
pub mod sidecar;
mod signature;
pub mod sound;
pub mod text;
mod xml;

pub use extent::{MAX_MARKS, MAX_TEXT};
pub use foreign::{put_aside, unknown};
pub use heading::{Heading, heading};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use memchr::memchr;

pub use overlay::overlay;
pub use retraction::retraction;

use self::format::Shape;
use self::held::is_embargoed;
use crate::article::{Caption, Draft, Kind, Status};
use crate::dropped::InboxPath;
use crate::page_number::PageNumber;
use crate::rejection::Rejection;

const MARKDOWN: [&str; 4] = ["md", "markdown", "mdown", "mkd"];
const HTML: [&str; 3] = ["html", "htm", "xhtml"];
const TEXT: [&str; 2] = ["txt", "text"];
/// What Word writes, or wrote: the old kinds are refused with a word of what to do, and may be new ones by content.
const WORD: [&str; 5] = ["docx", "doc", "docm", "dotx", "dotm"];
/// What agencies call their files; which format it is, the content tells.
const AGENCY: [&str; 5] = ["xml", "json", "ninjs", "newsml", "nitf"];

/// Kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// CommonMark with GitHub's extensions, front matter in YAML, TOML or JSON.
    Markdown,
    /// An HTML document or fragment.
    Html,
    /// One article as plain text.
    Text,
    /// A newspaper page as plain text: several articles.
    Page,
    /// A sound by itself: an episode.
    Sound,
    /// A Word document.
    Docx,
    /// ninjs: news in JSON, one item or several.
    Ninjs,
    /// NewsML-G2: an item, or a message of several.
    NewsMlG2,
    /// NewsML 1.2.
    NewsMl,
    /// NITF.
    Nitf,
}

/// A file to be read, with what it cannot say itself.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its path, whose name may state slug, date and markup.
    pub path: &'a InboxPath,
    /// Its whole content.
    pub bytes: &'a [u8],
    /// The zone of dates that state none.
    pub time_zone: Tz,
    /// The encoding of files that are not UTF-8; none: detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The publication's language (BCP 47): a hint for detecting encodings.
    pub language: &'a str,
    /// When the file arrived: the year of printed `7月1日` is the nearest not after it.
    pub arrival: DateTime<Utc>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What it was read as.
    pub markup: Markup,
    /// The articles, in the order of the file; at least one.
    pub drafts: Vec<Draft>,
    /// Lines (from 1) that belong to no article: folios, editors, indexes.
    pub furniture: Vec<u32>,
    /// The issue date of a newspaper page, from its folio.
    pub issue_date: Option<NaiveDate>,
    /// The section that its folio names, as printed.
    pub folio_section: Option<String>,
    /// The page's number, from its folio or its name.
    pub page: Option<PageNumber>,
    /// What the reader was unsure of, in plain sentences.
    pub doubts: Vec<String>,
}

impl Parsed {
    /// Articles of no newspaper page, nothing of which is unsure.
    fn of(markup: Markup, drafts: Vec<Draft>) -> Self {
        let (furniture, doubts) = Default::default();
        Self { markup, drafts, furniture, issue_date: None, folio_section: None, page: None, doubts }
    }
}

/// Whether files of this extension (lower case, no dot) are read.
#[must_use]
pub fn knows(extension: &str) -> bool {
    markup(extension).is_some() || AGENCY.contains(&extension)
}

/// Whether the bytes are ninjs, whatever their file is called; else a `.json` may belong to another file.
#[must_use]
pub fn is_ninjs(bytes: &[u8]) -> bool {
    encoding::decode(bytes, None, "").is_ok_and(|text| format::recognise(&text) == Shape::Ninjs)
}

/// What files of this extension (lower case, no dot) are read as, unless an agency's item is in them; plain text may turn
/// out to be a newspaper page. None where only the content can tell.
#[must_use]
pub fn markup(extension: &str) -> Option<Markup> {
    [(&MARKDOWN[..], Markup::Markdown), (&HTML, Markup::Html), (&TEXT, Markup::Text), (&WORD, Markup::Docx)]
        .into_iter()
        .find_map(|(extensions, markup)| extensions.contains(&extension).then_some(markup))
}

/// Reads a file as its content says where that is an agency's, else as its extension says.
///
/// # Errors
/// Why it is not published: an extension nobody knows, bytes that are no text, a head that cannot be read, nothing in it,
/// more in it than [`MAX_TEXT`] or [`MAX_MARKS`].
pub fn parse(source: &Source<'_>) -> Result<Parsed, Rejection> {
    parse_beside(source, None)
}

/// The same for a file that has a sidecar, which states `beside`.
///
/// # Errors
/// As [`parse`].
pub fn parse_beside(source: &Source<'_>, beside: Option<&Draft>) -> Result<Parsed, Rejection> {
    // Should a parser library fail, one file is refused and the daemon goes on.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| bounded(source, beside))).unwrap_or_else(|_| {
        Err(Rejection::new("the file makes its reader fail", "save it anew; if that does not help, report the file"))
    })
}

fn bounded(source: &Source<'_>, beside: Option<&Draft>) -> Result<Parsed, Rejection> {
    let mut parsed = read(source, beside)?;
    extent::within(&parsed.drafts)?;
    parsed.drafts.iter_mut().for_each(credits::fill);
    Ok(parsed)
}

fn read(source: &Source<'_>, beside: Option<&Draft>) -> Result<Parsed, Rejection> {
    let extension = source.path.extension();
    if !knows(&extension) {
        let known: Vec<String> = MARKDOWN
            .iter()
            .chain(&HTML)
            .chain(&TEXT)
            .chain(&WORD[..1])
            .chain(&AGENCY)
            .map(|e| format!(".{e}"))
            .collect();
        let reason = if extension.is_empty() {
            "the file's name has no extension".to_owned()
        } else {
            format!("files of the kind .{extension} are not read")
        };
        return Err(Rejection::new(reason, format!("articles are {}", known.join(" "))));
    }
    if WORD.contains(&extension.as_str()) || docx::looks_like_word(source.bytes) {
        let mut parsed = docx::read_beside(
            source.bytes,
            &source.path.stem(),
            source.arrival,
            source.time_zone,
            is_embargoed(beside),
        )?;
        printed::take_apart(&mut parsed, source.arrival, source.time_zone);
        parsed.drafts.iter_mut().for_each(|draft| read_around(draft, source));
        if let Some(beside) = beside {
            overlay::complete(&mut parsed, "", beside, source.time_zone)?;
        }
        return named(parsed, source.path);
    }
    let is_html = HTML.contains(&extension.as_str());
    let declared = if is_html { html::declared_encoding(source.bytes) } else { xml::declared_encoding(source.bytes) };
    let text = encoding::decode(source.bytes, declared.or(source.encoding), source.language)?;
    let text =
        if memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let agency = match format::recognise(&text) {
        Shape::Ninjs => Some(ninjs::read(&text, source.arrival, source.time_zone)?),
        Shape::News(root) => Some(news(&text, &root, source.time_zone)?),
        Shape::Xml(root) if AGENCY.contains(&extension.as_str()) && root != "html" => return Err(other_xml(&root)),
        Shape::Json if AGENCY.contains(&extension.as_str()) => return Err(ninjs::refusal(&text)),
        Shape::Prose if AGENCY.contains(&extension.as_str()) => return Err(no_data(&extension)),
        Shape::Xml(_) | Shape::Json | Shape::Prose => None,
    };
    let is_agency = agency.is_some();
    let is_plain = TEXT.contains(&extension.as_str());
    let mut parsed = if let Some(parsed) = agency {
        parsed
    } else if is_html || AGENCY.contains(&extension.as_str()) {
        html::read_beside(&text, !source.path.folder().is_root(), source.time_zone, is_embargoed(beside))?
    } else if MARKDOWN.contains(&extension.as_str()) {
        markdown::read_beside(&text, source.time_zone, is_embargoed(beside))?
    } else {
        plain::read(&text, source, is_embargoed(beside))?
    };
    if !is_agency && !is_plain {
        printed::take_apart(&mut parsed, source.arrival, source.time_zone);
    }
    // Of wire copy the lines above the text are read one by one.
    if !is_agency && (!is_plain || parsed.markup == Markup::Text && text::is_chinese(&text)) {
        for draft in &mut parsed.drafts {
            if !is_plain {
                headline::take(draft, source.time_zone);
            }
            read_around(draft, source);
        }
    }
    if let Some(beside) = beside {
        overlay::complete(&mut parsed, &text, beside, source.time_zone)?;
    }
    if is_agency { Ok(parsed) } else { named(parsed, source.path) }
}

/// Reads what stands above a story, and who signs below it.
fn read_around(draft: &mut Draft, source: &Source<'_>) {
    let stated = draft.date;
    opening::read(draft, source.arrival, source.time_zone);
    draft.unhold(stated, source.arrival.with_timezone(&source.time_zone).date_naive());
    if draft.authors.is_empty() {
        draft.authors = signature::read(&draft.body);
    }
}

/// Names an article as its file is named, unless there is nothing in it.
fn named(mut parsed: Parsed, path: &InboxPath) -> Result<Parsed, Rejection> {
    if let [draft] = parsed.drafts.as_mut_slice() {
        // An order to hold or take back needs no text.
        let order = draft.status != Status::Usable;
        if draft.headline.is_none() && draft.body.trim().is_empty() && draft.captions.is_empty() && !order {
            return Err(Rejection::new("the file holds no headline and no text", "write the article into it"));
        }
        if parsed.markup != Markup::Page {
            name(draft, path);
        }
    }
    Ok(parsed)
}

/// The caption that a file of its own holds, and its credit where it closes with one.
///
/// # Errors
/// Bytes that are no text.
pub fn caption(
    bytes: &[u8],
    encoding: Option<&'static encoding_rs::Encoding>,
    language: &str,
) -> Result<Caption, Rejection> {
    Ok(page::caption(&encoding::decode(bytes, encoding, language)?))
}

/// The XML of a news format, by its root element.
fn news(text: &str, root: &str, zone: Tz) -> Result<Parsed, Rejection> {
    let prepared = xml::prepared(text)?;
    let document = xml::parse(&prepared)?;
    if root == "nitf" { nitf::read(document.root_element(), zone) } else { newsml::read(&document, zone) }
}

fn other_xml(root: &str) -> Rejection {
    let shown: String = root.chars().take(40).collect();
    let reason = match root {
        "rss" | "feed" | "RDF" => format!("it is a feed (<{shown}>), and no article"),
        _ => format!("the XML in it, <{shown}>, is no form in which articles are sent"),
    };
    Rejection::new(reason, "known are NewsML-G2, NewsML 1.2 and NITF").at(1, 1)
}

fn no_data(extension: &str) -> Rejection {
    let kind = if matches!(extension, "json" | "ninjs") { "JSON" } else { "XML" };
    let reason = format!("it is called .{extension}, and there is no {kind} in it");
    Rejection::new(reason, "give articles in plain words a name that ends in .txt")
}

/// What the head states outranks what the text was read as.
fn merge(draft: &mut Draft, stated: Draft) {
    let read = std::mem::take(draft);
    let either = |stated: Vec<String>, read: Vec<String>| if stated.is_empty() { read } else { stated };
    *draft = Draft {
        id: stated.id.or(read.id),
        version: stated.version.or(read.version),
        headline: stated.headline.or(read.headline),
        columns: either(stated.columns, read.columns),
        kickers: either(stated.kickers, read.kickers),
        subhead: stated.subhead.or(read.subhead),
        authors: if stated.authors.is_empty() { read.authors } else { stated.authors },
        dateline: stated.dateline.or(read.dateline),
        source: stated.source.or(read.source),
        slug: stated.slug.or(read.slug),
        sections: either(stated.sections, read.sections),
        tags: either(stated.tags, read.tags),
        summary: stated.summary.or(read.summary),
        language: stated.language.or(read.language),
        link: stated.link.or(read.link),
        image: stated.image.or(read.image),
        enclosures: if stated.enclosures.is_empty() { read.enclosures } else { stated.enclosures },
        episode: stated.episode.or(read.episode),
        season: stated.season.or(read.season),
        episode_type: stated.episode_type.or(read.episode_type),
        explicit: stated.explicit.or(read.explicit),
        date: stated.date.or(read.date),
        updated: stated.updated.or(read.updated),
        embargo: stated.embargo.or(read.embargo),
        expires: stated.expires.or(read.expires),
        kind: if stated.kind == Kind::default() { read.kind } else { stated.kind },
        status: stated.status,
        minor: stated.minor,
        ..read
    };
}

/// What the file's name states: `2026-07-02-harvest.md`, or the folder's of `2026-07-02-harvest/index.md`.
fn name(draft: &mut Draft, path: &InboxPath) {
    let stem = path.stem();
    let folder = path.folder();
    let bundle = matches!(stem.to_lowercase().as_str(), "index" | "_index") && !folder.is_root();
    let stem = if bundle { folder.name() } else { stem };
    let (date, rest) = match dates::in_name(&stem) {
        Some((date, rest)) => (Some(date), if rest.is_empty() { stem } else { rest }),
        None => (None, stem),
    };
    draft.date_in_name = draft.date_in_name.or(date);
    draft.slug.get_or_insert(rest);
}
