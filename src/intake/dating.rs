//! When an article was published, comes out and leaves: from what its file states, the page's folio and the arrival.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::article::{Draft, When};

/// The dates of one article, whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dating {
    /// Publication date.
    pub published: DateTime<Utc>,
    /// When it may come out, where that lies after the arrival.
    pub embargo: Option<DateTime<Utc>>,
    /// Until when its file says it must not come out, past or not; a date ahead says so too.
    pub held_until: Option<DateTime<Utc>>,
    /// When it leaves the feeds.
    pub expires: Option<DateTime<Utc>>,
    /// When it last changed, as the file states.
    pub updated: Option<DateTime<Utc>>,
    /// What was unclear about them.
    pub doubts: Vec<String>,
}

/// Dates a draft. `arrival` is when the file was first seen, or its mtime when a whole inbox is imported; `now` decides what
/// lies in the future. Only a time stated in the file embargoes: folios and file names never do.
#[must_use]
pub fn date(draft: &Draft, issue: Option<NaiveDate>, arrival: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> Dating {
    let mut doubts = Vec::new();
    let instant = |when: When| match when {
        When::Instant(instant) => whole(instant),
        When::Day(day) => on_day(day, arrival, zone),
    };
    let stated = draft.date.map(instant);
    let embargo = draft.embargo.map(instant).into_iter().chain(stated).filter(|&at| at > now).max();
    let published = if let Some(stated) = stated {
        stated
    } else if let Some(day) = issue {
        let at = on_day(day, arrival, zone);
        // Tomorrow's paper is made tonight; a folio further ahead is a slip.
        if at > arrival + TimeDelta::days(1) {
            doubts.push(format!("the issue date {day} lies ahead; the day of arrival was taken instead"));
            whole(arrival)
        } else {
            at
        }
    } else if let Some(day) = draft.date_in_name {
        let at = on_day(day, arrival, zone);
        if at > arrival {
            doubts.push(format!(
                "the date {day} in the file's name or above its text lies ahead; the day of arrival was taken instead"
            ));
            whole(arrival)
        } else {
            at
        }
    } else {
        embargo.map_or(whole(arrival), |at| at.max(whole(arrival)))
    };
    let held_until = draft.embargo.map(instant).max(embargo);
    Dating {
        published,
        embargo,
        held_until,
        expires: draft.expires.map(instant),
        updated: draft.updated.map(instant),
        doubts,
    }
}

/// A day without a time: the arrival's time if that is the day, else its first moment.
fn on_day(day: NaiveDate, arrival: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    if arrival.with_timezone(&zone).date_naive() == day { whole(arrival) } else { start_of(day, zone) }
}

/// The first moment of a day in a zone; where midnight is skipped by a clock change, the first that exists.
#[must_use]
pub fn start_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    /// The longest gap that any zone ever had is a day (Samoa, 2011); looked at by quarter hours.
    const QUARTERS: i64 = 24 * 4 + 4;
    let midnight = day.and_time(NaiveTime::MIN);
    for quarter in 0..QUARTERS {
        match zone.from_local_datetime(&(midnight + TimeDelta::minutes(15 * quarter))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.to_utc(),
            LocalResult::None => {}
        }
    }
    midnight.and_utc()
}

/// The day of an instant in a zone, as paths and ids write it.
#[must_use]
pub fn day_of(at: i64, zone: Tz) -> NaiveDate {
    DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&zone).date_naive()
}

fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}
