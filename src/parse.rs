//! Bytes of a dropped file → drafts, or the reason why not. Picks the parser; pure: no disk, no clock.

pub mod dates;
pub mod encoding;
pub mod front_matter;
pub mod page;
pub mod text;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::article::Draft;
use crate::dropped::InboxPath;
use crate::rejection::Rejection;

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
    /// What the reader was unsure of, in plain sentences.
    pub doubts: Vec<String>,
}
