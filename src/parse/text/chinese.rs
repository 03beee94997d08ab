//! One article in Chinese → a draft, by the rules of the newspaper page. What stands between its headline and its story is told
//! first: on a page, a day is the page's own, and what stands about it the name of the paper.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::head::Head;
use super::labels::labels;
use crate::escape;
use crate::parse::Parsed;
use crate::parse::page::{self, Sheet};

/// Reads it; `sheet` is the same text told block by block, where that was done already.
pub(super) fn read(text: &str, sheet: Option<Sheet>, arrival: DateTime<Utc>, zone: Tz) -> Parsed {
    Head::of(text, arrival, zone)
        .and_then(|head| below(head, text, arrival, zone))
        .unwrap_or_else(|| sheet.map_or_else(|| page::read_one(text, arrival, zone), Sheet::one))
}

/// Whether a text begins as an article does: with a headline, and below it a day by itself or with who wrote or published it.
pub(in crate::parse) fn is_article(text: &str, arrival: DateTime<Utc>, zone: Tz) -> bool {
    Head::of(text, arrival, zone).is_some_and(|head| head.is_dated)
}

/// Reads the text without these lines; none where it says otherwise than labels do.
fn below(head: Head, text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Parsed> {
    let mut left = String::with_capacity(text.len());
    let mut lines = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if head.lines.contains(&number) {
            lines.push(line.trim().to_owned());
            left.push('\n');
        } else {
            left.push_str(line);
        }
    }
    let mut parsed = page::read_one(&left, arrival, zone);
    let draft = parsed.drafts.first_mut().filter(|draft| !draft.body.is_empty())?;
    let (first, last) = head.lines.first().zip(head.lines.last())?;
    let (first, last) = (u32::try_from(first + 1).ok()?, u32::try_from(last + 1).ok()?);
    draft.lines = draft.lines.map(|lines| (lines.0.min(first), lines.1.max(last)));
    // Who printed it outranks the agency that a text begins with, and what is called its source both.
    let called = draft.asides.iter().find_map(|line| labels(line, zone)?.house);
    let house = called.or(head.said.house.clone());
    if !head.is_ahead && head.said.tell(draft, zone) {
        draft.source = house.or(draft.source.take());
        draft.asides.append(&mut lines);
    } else if head.is_dated {
        let lines: String = lines.iter().map(|line| format!("<p>{}</p>\n", escape::text(line))).collect();
        draft.body.insert_str(0, &lines);
    } else {
        return None;
    }
    Some(parsed)
}
