//! What is published: the draft a file states, and the article the record makes of it.

mod characters;
mod draft;
mod enclosed;
mod medium;

use std::fmt;

use chrono::{DateTime, Utc};

use crate::section::Section;

pub use characters::{is_all_printable, is_han, is_printable, printable};
pub use draft::{Author, Caption, Deed, Defaults, Draft, Episode, Kind, Status, When};
pub use enclosed::{Enclosed, Measures};
pub use medium::Medium;

/// Stands in stored bodies and links for the configured `base_url` (`\u{1}/_media/…`): a character that XML forbids and
/// cleaning removes from every text, so that it can mean nothing else. Rendering replaces it.
pub const BASE: char = '\u{1}';

/// The permanent name of an article. RSS `guid`, Atom `id`, JSON Feed `id`; never reused, never changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// From how many seconds after its publication on an article counts as changed: until then it is being put out.
pub const APART: i64 = 60;

/// Where readers find an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A page of ours, by its document path `SECTION/YYYY/MM/DD/SLUG.html`: minted once, kept when the article moves.
    Page(String),
    /// The article's own link.
    Link(String),
}

/// A draft with its identity: what feeds and pages show.
///
/// | ours | RSS 2.0 | Atom 1.0 | JSON Feed 1.1 |
/// | --- | --- | --- | --- |
/// | `id` | `guid isPermaLink=false` | `id` | `id` |
/// | `title` | `title` | `title type=text` | `title` |
/// | `address` | `link` | `link rel=alternate` | `url` |
/// | `published` | `pubDate` | `published` | `date_published` |
/// | `updated` | `atom:updated` | `updated` | `date_modified` |
/// | `summary` | `description` | `summary` | `summary` |
/// | `draft.body` | `content:encoded` | `content type=html` | `content_html` |
/// | `draft.authors` | `dc:creator` | `author` | `authors` |
/// | `draft.contributors` | `dc:contributor` | `contributor` | - |
/// | sections, tags, columns | `category` | `category` | `tags` |
/// | `draft.rights` | `dc:rights` | `rights` | `_syndicated.rights` |
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its permanent name.
    pub id: ArticleId,
    /// The sections it was dropped into (not their parents); never empty.
    pub sections: Vec<Section>,
    /// Where it is read.
    pub address: Address,
    /// The headline, or what stands for one.
    pub title: String,
    /// The author's summary, or the beginning of the text up to a sentence's end. Plain text.
    pub summary: String,
    /// When it came out, whole seconds. Set once.
    pub published: DateTime<Utc>,
    /// When title, body, media or authors last changed, whole seconds. At least `published`.
    pub updated: DateTime<Utc>,
    /// Its place on the newspaper page, from 0; orders items of one date.
    pub position: u32,
    /// What the file says; `body`, `image` and `enclosures` cleaned, with [`BASE`] where the base URL stands.
    pub draft: Draft,
    /// Media of ours it refers to; the lead picture first.
    pub media: Vec<Medium>,
}
