//! What stands below a story → who wrote it (`……通车。（记者 李明）`), or which house gave it out and when.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::agency::prose;
use super::opening::broken;
use super::{page, text};
use crate::article::{Author, When};

/// Below it stand no more paragraphs than one fewer: who edited it, a note.
const MAX_BELOW: usize = 3;
/// None is longer, in characters, with the end of the sentence before it.
const MAX_SIGNATURE: usize = 60;
/// A day below an announcement that is longer ago, in years, is of another time.
const MAX_AGE: i32 = 30;

/// Who signs one of the last paragraphs of a body, in Chinese; nobody where none is signed. The signature stays there.
pub(super) fn read(body: &str) -> Vec<Author> {
    for paragraph in last_paragraphs(body).filter(|paragraph| !paragraph.is_ascii()) {
        let words = prose::words(paragraph).unwrap_or_default();
        let from = words.char_indices().rev().nth(MAX_SIGNATURE).map_or(0, |(at, _)| at);
        let authors = page::signed_at_end(&words[from..]);
        if !authors.is_empty() {
            return authors;
        }
    }
    Vec::new()
}

/// The house and the day that stand below an announcement, in lines of their own: `江城市水务局`, `2026年11月20日`. They stay there.
pub(super) fn issued(body: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<(String, NaiveDate)> {
    let mut lines = Vec::new();
    for paragraph in last_paragraphs(body) {
        let parts: Vec<&str> = broken(paragraph).collect();
        // Most stories end with a paragraph.
        if lines.is_empty() && parts.last().is_some_and(|last| prose::is_longer(last, MAX_SIGNATURE)) {
            return None;
        }
        lines.extend(parts.into_iter().rev().filter_map(prose::words));
    }
    let [day, house, ..] = lines.as_slice() else { return None };
    let When::Day(day) = text::whole_date(day, zone).filter(|_| day.contains(page::is_han))? else { return None };
    let today = arrival.with_timezone(&zone).date_naive();
    // One ahead is when something takes place, and one long ago is told of.
    let is_of_now = day <= today && today.year() - day.year() <= MAX_AGE;
    let house: String = house.chars().filter(|c| !c.is_whitespace()).collect();
    (is_of_now && page::is_house(&house)).then_some((house, day))
}

/// The last paragraphs of a body, the last first, each from its tag on.
fn last_paragraphs(body: &str) -> impl Iterator<Item = &str> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let end = rest.rfind("</p>")?;
        let start = rest[..end].rfind("<p")?;
        let paragraph = &rest[start..end];
        rest = &rest[..start];
        Some(paragraph)
    })
    .take(MAX_BELOW)
}
