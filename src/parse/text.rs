//! One article as plain text → a draft. Chinese is read by the rules of the newspaper page, unsplit; everything else as
//! wire copy is written: title, byline, dateline, wrapped lines, sign-off.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::page;
use super::{MAX_TEXT, Parsed, Rejection, extent};
use crate::article::Author;

mod agencies;
mod asian;
mod billing;
mod byline;
mod chinese;
mod cited;
mod dateline;
mod desk;
mod embargo;
mod given;
mod head;
mod imprint;
mod kill;
mod labels;
mod long;
mod mail;
mod origin;
mod paragraphs;
mod statements;
mod title;
mod wire;

pub(super) use agencies::{is_house, is_paper};
pub(super) use billing::{Billing, MAX_LINES as MAX_BILLING, MAX_SUBHEAD, is_subhead};
pub(super) use byline::{byline, display, is_office, is_person};
pub(super) use chinese::is_article;
pub(super) use dateline::dateline;
pub(super) use desk::{for_desks, is_for_desks, is_label, is_note, is_release};
pub(super) use embargo::{
    Embargo, MAX_TOP as MAX_EMBARGO_LINES, among as embargo_among, take as take_embargo, without as without_lines,
};
pub(super) use head::Head;
pub(super) use imprint::{Imprint, whole_date};
pub(super) use kill::is_kill;
pub(super) use mail::take as take_mail;
pub(super) use paragraphs::{html, is_rule, paragraphs};
pub(super) use wire::is_caption;

/// No line that says when a story came out is longer, in characters.
const MAX_LINE: usize = 200;
/// A file name with so many Chinese characters is a title.
const TITLE_IN_NAME: usize = 4;

/// Reads one article. `stem` is the file's name without its extension: where the text has no title and the name is one
/// (`全市防汛会议召开`), that is the headline. `arrival` and `zone` give the year to a printed day without one.
///
/// # Errors
/// When there is nothing but blank lines, or more than [`MAX_TEXT`].
pub fn read(text: &str, stem: &str, arrival: DateTime<Utc>, zone: Tz) -> Result<Parsed, Rejection> {
    read_told(text, None, stem, arrival, zone)
}

/// The same of a text that may have been told block by block already.
pub(super) fn read_told(
    text: &str,
    sheet: Option<page::Sheet>,
    stem: &str,
    arrival: DateTime<Utc>,
    zone: Tz,
) -> Result<Parsed, Rejection> {
    if text.len() > MAX_TEXT && text.trim().len() > MAX_TEXT {
        return Err(extent::too_long());
    }
    let mut parsed = if extent::is_long(text) {
        long::read(text)
    } else if is_chinese(text) {
        chinese::read(text, sheet, arrival, zone)
    } else {
        wire::read(text, arrival, zone)
    };
    let Some(draft) = parsed.drafts.first_mut() else {
        return Err(Rejection::new("the file holds no text", "Write the article into it, or remove it."));
    };
    draft.unhold(None, arrival.with_timezone(&zone).date_naive());
    // What is read by the rules of Chinese may be Japanese.
    let first = draft.body.trim_start().strip_prefix("<p>").and_then(|body| body.split_once("</p>"));
    if draft.dateline.is_none()
        && let Some((words, _)) = first
        && let Some(found) = asian::dateline(words)
    {
        draft.lead_in = Some(words[..found.end].trim().to_owned());
        draft.dateline = found.place;
        draft.source = found.agency.or(draft.source.take());
        if draft.authors.is_empty() {
            draft.authors = found.authors;
        }
    }
    if draft.headline.is_none() && stem.chars().filter(|c| page::is_han(*c)).count() >= TITLE_IN_NAME {
        draft.headline = Some(stem.trim().to_owned());
    }
    Ok(parsed)
}

/// What a line above a story says of its publication, if it says that and nothing else.
pub(super) fn imprint(line: &str, zone: Tz) -> Option<Imprint> {
    // Most lines that are asked are paragraphs.
    if line.chars().nth(MAX_LINE).is_some() {
        return None;
    }
    labels::labels(line, zone)
        .or_else(|| imprint::imprint(line, zone))
        .or_else(|| statements::statements(line, zone))
        .or_else(|| cited::cited(line, zone))
}

/// The people, and the house they write for, that a line names if it is a byline and nothing else.
pub(super) fn signed(line: &str) -> Option<(Vec<Author>, Option<String>)> {
    page::signed(line).map(|authors| (authors, None)).or_else(|| byline(line))
}

/// Whether a text is a person's whole name and nothing else.
pub(super) fn is_name(text: &str) -> bool {
    byline::is_full_name(text) || page::people(text).is_some_and(|people| people.len() == 1)
}

/// The people that a line below a headline names in Latin letters, if it names several and says nothing else.
pub(super) fn people(line: &str) -> Option<Vec<Author>> {
    byline::people(line)
}

/// Whether at least a tenth of the letters are Chinese: names of foreign houses and products are many in Chinese news.
pub(super) fn is_chinese(text: &str) -> bool {
    /// No Chinese character begins with a lower byte, and no other byte is as high.
    const FIRST: u8 = 0xE3;
    if text.bytes().filter(|byte| *byte >= FIRST).count() == 0 {
        return false;
    }
    let han = text.chars().filter(|c| page::is_han(*c)).count();
    // Counting characters takes no time; of letters there are no more.
    let is_enough = |letters: usize| han * 10 >= letters;
    han > 0 && (is_enough(text.chars().count()) || is_enough(text.chars().filter(|c| c.is_alphabetic()).count()))
}
