//! The day that a line of a document's head says, and nothing else.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::article::When;
use crate::parse::{dates, text};

/// `Kiel, 20. November 2026`
pub(super) fn is_placed_date(line: &str) -> bool {
    line.split_once(", ")
        .is_some_and(|(place, date)| text::is_person(place) && is_date(date.trim_start_matches("den ")))
}

/// Whether a line says a day and nothing else.
pub(super) fn is_date(line: &str) -> bool {
    bare_date(line).is_some_and(|date| dates::read(date, Tz::UTC).is_some())
}

/// What may be a date of a line that says nothing else.
fn bare_date(line: &str) -> Option<&str> {
    /// A longer line is prose.
    const MAX_DATE: usize = 40;
    let bare = line.trim_matches(['（', '）', '(', ')', '[', ']', ' ']);
    (line.chars().count() <= MAX_DATE && bare.contains(|c: char| c.is_ascii_digit())).then_some(bare)
}

/// The date that a line states and nothing else, in brackets or not: `（2026年7月1日）`. One to come may be that of an event,
/// and holds nothing back.
pub(super) fn day(line: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<When> {
    bare_date(line).and_then(|date| dates::read(date, zone)).filter(|date| match date {
        When::Instant(at) => *at <= arrival,
        When::Day(day) => *day <= arrival.with_timezone(&zone).date_naive(),
    })
}
