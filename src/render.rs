//! Articles → bytes that readers and browsers take. Pure: no clock, no random, no map order; the same article gives
//! the same bytes for ever. The only place that knows the vocabularies of feeds.
//!
//! An article is rendered once, as an [`entry`] (or a [`teaser`]) that knows nothing of the section it
//! will stand in, and spliced into every [`feed`] that carries it.

mod atom;
mod attachments;
mod board;
mod body;
mod html;
mod json;
mod opml;
mod players;
mod prove;
mod rss;
mod words;

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

pub use board::{Board, Line, board};
pub use html::{STYLE, front, page, teaser};
pub use opml::{Outline, opml};
pub use prove::{prove, prove_feed};

use crate::article::{Address, Article, BASE, printable};
use crate::podcast::Podcast;
use crate::section::{Format, Section};

/// The file's name of a section's front page.
pub const FRONT: &str = "index.html";
/// The document path of the one stylesheet.
pub const STYLE_PATH: &str = "style.css";
/// The document path of the list of all feeds.
pub const OPML_PATH: &str = "opml.xml";

/// What a segment of our paths may hold literally (RFC 3986 section 2.3), and the slashes between.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What browsers leave as it is in paths and queries, and RFC 3986 does not allow there.
const BROWSER_ONLY: &AsciiSet =
    &CONTROLS.add(b'[').add(b']').add(b'{').add(b'}').add(b'|').add(b'\\').add(b'^').add(b'`');

/// What holds for every document.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// Its name.
    pub title: String,
    /// What the addresses of all documents begin with; may have a path, may end in `/`.
    pub base_url: String,
    /// Its own home page where that is elsewhere; else empty.
    pub site: String,
    /// Its language (BCP 47): of feeds, of labels and dates on pages.
    pub language: String,
    /// The zone in which pages show dates.
    pub time_zone: Tz,
    /// Its icon: an absolute URL or a document path; else empty.
    pub icon: String,
    /// How long a reader may wait before it asks again. RSS `ttl`, in whole minutes.
    pub ttl: Duration,
}

/// What stands at the head of one section's documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Masthead {
    /// Which section.
    pub section: Section,
    /// Its title. For the whole, the publication's.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Its own picture: an absolute URL or a document path; none: the publication's icon stands for it.
    pub image: Option<String>,
    /// Its language (BCP 47).
    pub language: String,
    /// The feed's permanent name. Atom `id`.
    pub id: String,
    /// The latest of its articles' dates and of withdrawals from it. RSS `lastBuildDate`, Atom `updated`. 1970 where
    /// nothing has ever been published: Atom must say something, and a clock's time would be no fact of the section.
    pub updated: DateTime<Utc>,
    /// The sections directly below, with their titles, in the order in which pages show them.
    pub children: Vec<(Section, String)>,
    /// The sections above, the whole publication first, with their titles.
    pub parents: Vec<(Section, String)>,
    /// What podcast apps want to know, where its RSS feed is to be one they take.
    pub podcast: Option<Podcast>,
}

impl Masthead {
    /// Where its own picture is.
    fn image_url(&self, publication: &Publication) -> Option<String> {
        self.image.as_deref().map(|image| resolved(publication, image))
    }

    /// When it last changed; none if nothing has ever been published in it.
    fn changed(&self) -> Option<DateTime<Utc>> {
        (self.updated != DateTime::UNIX_EPOCH).then_some(self.updated)
    }
}

/// A document that could not be made. A fault of ours or of a library; the document before it stays.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The RSS library refused.
    #[error("the RSS could not be written")]
    Rss(#[from] ::rss::Error),
    /// The Atom library refused.
    #[error("the Atom feed could not be written")]
    Atom(#[from] atom_syndication::Error),
    /// The JSON library refused.
    #[error("the JSON could not be written")]
    Json(#[from] serde_json::Error),
    /// A page's template failed.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
    /// The XML writer failed.
    #[error("the XML could not be written")]
    Write(#[from] std::io::Error),
    /// What was written is not what it should be: a strict parser says so, or a part is missing.
    #[error("the {format:?} document is not well-formed: {reason}")]
    Malformed {
        /// Which kind of document.
        format: Format,
        /// What the parser says, with its line and column.
        reason: String,
    },
}

impl RenderError {
    fn malformed(format: Format, reason: impl ToString) -> Self {
        Self::Malformed { format, reason: reason.to_string() }
    }
}

/// How a section's feeds tell of their articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Manner {
    /// Whether with the full text; else with the summary alone.
    pub full_text: bool,
    /// Whether RSS tells podcast apps what they want to know. Elsewhere nothing of theirs may stand: feedvalidator asks for the
    /// whole show where one word of it is met.
    pub is_podcast: bool,
}

/// One article's `<item>`, `<entry>` or JSON object, alike in every section that tells of its articles in the same manner.
/// `categories` as the reader shall see them.
///
/// # Errors
/// When a library refuses to write it.
pub fn entry(
    format: Format,
    publication: &Publication,
    article: &Article,
    categories: &[String],
    manner: Manner,
) -> Result<String, RenderError> {
    match format {
        Format::Rss => rss::entry(publication, article, categories, manner),
        Format::Atom => atom::entry(publication, article, categories, manner),
        Format::Json => json::entry(publication, article, categories, manner),
    }
}

/// The whole feed of a section: head, the entries as [`entry`] made them, in the given order, and tail.
///
/// # Errors
/// When a library refuses to write the head.
pub fn feed(
    format: Format,
    publication: &Publication,
    masthead: &Masthead,
    entries: &[&str],
) -> Result<Vec<u8>, RenderError> {
    match format {
        Format::Rss => rss::feed(publication, masthead, entries),
        Format::Atom => atom::feed(publication, masthead, entries),
        Format::Json => json::feed(publication, masthead, entries),
    }
}

/// The address of a document by its path: percent-encoded, and `index.html` as the folder it stands for.
#[must_use]
pub fn url(publication: &Publication, path: &str) -> String {
    let folder = match path.strip_suffix(FRONT) {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    format!("{}/{}", base(publication), utf8_percent_encode(folder, PATH))
}

/// The base URL without the slash at its end.
fn base(publication: &Publication) -> &str {
    publication.base_url.trim_end_matches('/')
}

/// The address of a section's front page.
fn front_url(publication: &Publication, section: &Section) -> String {
    url(publication, &section.document(FRONT))
}

/// The title of the notice that an article was taken back, where the notice has none of its own.
#[must_use]
pub fn retraction(language: &str, title: &str) -> String {
    format!("{}{title}", words::words(language).retraction)
}

/// Where a person reads an article.
fn article_url(publication: &Publication, article: &Article) -> String {
    match &article.address {
        Address::Page(path) => url(publication, path),
        Address::Link(link) => resolved(publication, link),
    }
}

/// A date for programs: RFC 3339, whole seconds, in UTC.
fn timestamp(date: DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The language an article is in, where it is known: an entry stands in feeds of several languages.
fn language(article: &Article) -> Option<String> {
    article.draft.language.as_deref().map(known_language).filter(|language| !language.is_empty())
}

/// A language tag whose first part validators and readers know: the languages that are Chinese say so (RFC 5646,
/// section 2.2.2: `zh-yue-HK` is `yue-HK`), for hardly a program has all of ISO 639-3.
fn known_language(tag: &str) -> String {
    #[rustfmt::skip]
    const CHINESE: [&str; 14] = [
        "cdo", "cjy", "cmn", "cnp", "cpx", "csp", "czh", "czo", "gan", "hak", "hsn", "nan", "wuu", "yue",
    ];
    let tag = plain(tag);
    let primary = tag.split('-').next().unwrap_or_default();
    if CHINESE.iter().any(|known| known.eq_ignore_ascii_case(primary)) { format!("zh-{tag}") } else { tag }
}

/// Where a section's readers find its home: the publication's own page, where it has one elsewhere, for the whole.
fn home_url(publication: &Publication, section: &Section) -> String {
    if section.is_whole() && !publication.site.is_empty() {
        return resolved(publication, &publication.site);
    }
    front_url(publication, section)
}

/// An address as it may stand in any document: our placeholder resolved, what is not ASCII encoded.
fn resolved(publication: &Publication, address: &str) -> String {
    if let Some(path) = address.strip_prefix(BASE) {
        return plain(&format!("{}{path}", base(publication)));
    }
    match url::Url::parse(address) {
        Ok(absolute) => strict(absolute.as_str()),
        Err(_) if address.is_empty() => String::new(),
        Err(_) => url(publication, address.trim_start_matches('/')),
    }
}

/// An address that browsers take as RFC 3986 has it: brackets, braces, bars and stray percent signs encoded, but
/// for an IPv6 host's.
fn strict(address: &str) -> String {
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = address[host..].find(['/', '?', '#']).map_or(address.len(), |at| host + at);
    let mut strict = address[..path].to_owned();
    let mut rest = &address[path..];
    // A `%` that begins no escape stands for itself.
    while let Some(at) = rest.find('%') {
        strict.extend(utf8_percent_encode(&rest[..at], BROWSER_ONLY));
        let is_escape = rest.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        strict.push_str(if is_escape { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    strict.extend(utf8_percent_encode(rest, BROWSER_ONLY));
    strict
}

/// The icon's address, where there is an icon.
fn icon_url(publication: &Publication) -> Option<String> {
    (!publication.icon.is_empty()).then(|| resolved(publication, &publication.icon))
}

/// The text without characters that XML forbids. Cleaning has removed them; configuration may bring in new ones.
fn plain(text: &str) -> String {
    printable(text).into_owned()
}

/// Whether a text for people would be taken for markup by validators: it holds what closes an element of HTML.
fn reads_as_markup(text: &str) -> bool {
    text.match_indices("</").any(|(at, _)| {
        let name = text[at + 2..].split('>').next().unwrap_or_default();
        !name.is_empty() && name.len() < text.len() - at - 2 && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The document with a box for each U+FFFD, the mark of a character that was lost: printers set the one where readers
/// show the other, and validators take the other for a fault of ours (BadCharacters).
fn boxed(xml: String) -> String {
    if xml.contains('\u{FFFD}') { xml.replace('\u{FFFD}', "□") } else { xml }
}

/// The text before, between and after the entries that are spliced in.
fn spliced(head: &str, separator: &str, entries: &[&str], tail: &str) -> Vec<u8> {
    let length = head.len() + tail.len() + entries.iter().map(|e| e.len() + separator.len()).sum::<usize>();
    let mut document = Vec::with_capacity(length);
    document.extend_from_slice(head.as_bytes());
    for (n, entry) in entries.iter().enumerate() {
        if n > 0 {
            document.extend_from_slice(separator.as_bytes());
        }
        document.extend_from_slice(entry.as_bytes());
    }
    document.extend_from_slice(tail.as_bytes());
    document
}
