//! `_index.md`, the page that Hugo and Zola have of a section → what it says of the section and of its articles.

use chrono_tz::Tz;

use super::front_matter::{self, Head};
use crate::article::{Defaults, Draft};
use crate::rejection::Rejection;

/// More of the text under the head is no description, in characters.
const MAX_DESCRIPTION: usize = 300;

/// What a section says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// Its name.
    pub title: Option<String>,
    /// What it is about: as stated, else the text's first paragraph, plain.
    pub description: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// Its picture, as referred to.
    pub image: Option<String>,
    /// The encoding of its files, as named.
    pub encoding: Option<String>,
    /// What its articles are given: `cascade` or `defaults`.
    pub defaults: Defaults,
}

/// Reads such a page. Fields that mean something to a site generator alone are passed over.
///
/// # Errors
/// When its head is not closed or not in its notation.
pub fn heading(text: &str, zone: Tz) -> Result<Heading, Rejection> {
    let split = front_matter::split(text)?;
    let mut heading = Heading { description: first_paragraph(split.body), ..Heading::default() };
    let Some(head) = &split.head else { return Ok(heading) };
    let said = filled(head, zone)?;
    heading.title = said.headline;
    heading.description = said.summary.or(heading.description);
    heading.language = said.language;
    heading.image = said.image;
    heading.encoding = head.text_of(&["encoding", "charset"]);
    for name in ["cascade", "defaults"] {
        let Some(inner) = head.within(name) else { continue };
        let said = filled(&inner, zone)?;
        let stated = Defaults { authors: said.authors, tags: said.tags, language: said.language, source: said.source };
        let mut both = Draft::default();
        stated.fill(&mut both);
        heading.defaults.fill(&mut both);
        heading.defaults =
            Defaults { authors: both.authors, tags: both.tags, language: both.language, source: both.source };
    }
    Ok(heading)
}

fn filled(head: &Head<'_>, zone: Tz) -> Result<Draft, Rejection> {
    let mut draft = Draft::default();
    front_matter::fill(head, &mut draft, zone)?;
    Ok(draft)
}

/// The first paragraph of a text that is neither a heading nor a generator's own mark, on one line.
fn first_paragraph(text: &str) -> Option<String> {
    let is_prose = |line: &str| !line.starts_with(['#', '{', '<', '!', '|', '-', '*', '>', '`', '=']);
    let paragraph = text.split("\n\n").map(str::trim).find(|block| !block.is_empty())?;
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_prose(&line) && line.chars().count() <= MAX_DESCRIPTION).then_some(line)
}
