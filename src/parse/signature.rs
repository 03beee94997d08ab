//! What stands below a story → who wrote it (`……通车。（记者 李明）`), or which house gave it out and when.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::agency::prose;
use super::opening::broken;
use super::{page, text};
use crate::article::{Author, When};

/// Below it stand no more paragraphs than one fewer: who edited it, a note.
const MAX_BELOW: usize = 3;
/// A day below an announcement that is longer ago, in years, is of another time.
const MAX_AGE: i32 = 30;
/// None is longer, in characters, with the end of the sentence before it.
const MAX_SIGNATURE: usize = 60;

/// Who signs one of the last paragraphs of a body, in Chinese; nobody where none is signed. The signature stays there.
pub(super) fn read(body: &str) -> Vec<Author> {
    let mut rest = body;
    for _ in 0..MAX_BELOW {
        let Some(end) = rest.rfind("</p>") else { break };
        let Some(start) = rest[..end].rfind("<p") else { break };
        let paragraph = &rest[start..end];
        rest = &rest[..start];
        if paragraph.is_ascii() {
            continue;
        }
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
    let (mut lines, mut rest) = (Vec::new(), body);
    for _ in 0..MAX_BELOW {
        let Some(end) = rest.rfind("</p>") else { break };
        let Some(start) = rest[..end].rfind("<p") else { break };
        let parts: Vec<&str> = broken(&rest[start..end]).collect();
        // Most stories end with a paragraph.
        if lines.is_empty() && parts.last().is_some_and(|last| prose::is_longer(last, MAX_SIGNATURE)) {
            return None;
        }
        lines.extend(parts.into_iter().rev().filter_map(prose::words));
        rest = &rest[..start];
    }
    let [day, house, ..] = lines.as_slice() else { return None };
    let When::Day(day) = text::whole_date(day, zone).filter(|_| day.contains(page::is_han))? else { return None };
    let today = arrival.with_timezone(&zone).date_naive();
    // One ahead is when something takes place, and one long ago is told of.
    let is_of_now = day <= today && today.year() - day.year() <= MAX_AGE;
    let house: String = house.chars().filter(|c| !c.is_whitespace()).collect();
    (is_of_now && page::is_house(&house)).then_some((house, day))
}
