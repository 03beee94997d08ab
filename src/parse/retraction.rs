//! The text inside a marker (`story.withdraw`) → the notice that stands in the article's place.

use super::extent::{self, MAX_TEXT};
use super::{Source, encoding, front_matter, merge, text};
use crate::article::{Draft, Kind, Status};
use crate::escape;
use crate::rejection::Rejection;

/// Reads the text inside a marker that takes an article back, as plain text is read, front matter and all; none where there
/// is no text.
///
/// # Errors
/// Bytes that are no text, a head that cannot be read, a text beyond [`super::MAX_TEXT`].
pub fn retraction(source: &Source<'_>) -> Result<Option<Draft>, Rejection> {
    let text = encoding::decode(source.bytes, source.encoding, source.language)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Ok(None);
    }
    let split = front_matter::split_fenced(&text)?;
    let mut stated = Draft::default();
    if let Some(head) = &split.head {
        front_matter::fill(head, &mut stated, source.time_zone)?;
    }
    let body = split.body.trim();
    if body.len() > MAX_TEXT {
        return Err(extent::too_long());
    }
    let mut draft = match text::read(body, "", source.arrival, source.time_zone) {
        Ok(parsed) => parsed.drafts.into_iter().next().unwrap_or_default(),
        Err(_) => Draft::default(),
    };
    // One paragraph is the notice itself, and no headline over nothing.
    if draft.body.trim().is_empty() && (draft.headline.is_some() || !draft.captions.is_empty()) {
        draft = Draft { body: paragraphs(body), ..Draft::default() };
    }
    extent::bearable(&draft.body)?;
    merge(&mut draft, stated);
    // It stands under the id and at the address of the article, and without its pictures.
    let (kind, status) = (Kind::Notice, Status::Usable);
    Ok(Some(Draft { kind, status, id: None, link: None, slug: None, image: None, enclosures: Vec::new(), ..draft }))
}

fn paragraphs(text: &str) -> String {
    escape::text(text)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{line}</p>\n"))
        .collect()
}
