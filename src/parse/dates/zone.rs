//! What follows a time → the instant: an offset, a zone's full name, or a short one that means one thing.
//! A short name of the publication's own zone is that zone's; any other is read only where it means one offset the world over.

use chrono::{
    DateTime, Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::{OffsetName, Tz};

use super::number;

/// No clock change skips more: Samoa and Kwajalein once left out a whole day.
const LONGEST_GAP_HOURS: i64 = 25;

/// Short names that mean one offset the world over, in minutes east: what the IANA database of today gives one meaning only,
/// and no other country uses beside it.
const NAMES: [(&str, i32); 38] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("wat", 60),
    ("cat", 120),
    ("sast", 120),
    ("eat", 180),
    ("pkt", 300),
    ("wib", 420),
    ("wita", 480),
    ("wit", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("jst", 540),
    ("kst", 540),
    ("awst", 480),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("mst", -420),
    ("mdt", -360),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
];

/// Short names of several zones: China's and America's, India's, Ireland's and Israel's, Britain's and Bangladesh's.
const AMBIGUOUS: [&str; 12] = ["cst", "cdt", "ist", "bst", "pst", "ast", "adt", "gst", "sst", "wst", "ect", "amt"];

/// The instant of a local time followed by this; nothing following is the publication's zone.
pub(super) fn instant(local: NaiveDateTime, text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    // `10:30 +0800 (CST)` has its zone already, `10:30 (UTC)` has it in brackets.
    let (outside, inside) = text.split_once(['(', '[']).unwrap_or((text, ""));
    let text = match outside.trim() {
        "" => inside.trim_end_matches([')', ']']).trim(),
        outside => outside,
    };
    if text.is_empty() {
        return in_zone(local, zone);
    }
    // As Go prints it: `+0800 CST`.
    let is_said_twice = |first: &str, name: &str| {
        numeric(first).is_some() && name.len() <= 5 && name.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let text = text.split_once(' ').filter(|(first, name)| is_said_twice(first, name)).map_or(text, |(first, _)| first);
    if let Some(named) = full_name(text) {
        return in_zone(local, named);
    }
    let offset = own(text, local, zone).or_else(|| offset(text))?;
    Some(offset.from_local_datetime(&local).single()?.to_utc())
}

/// Whether the word names a zone; an ambiguous one does too, so that the date is refused and not misread.
pub(super) fn is_name(word: &str, zone: Tz) -> bool {
    full_name(word).is_some()
        || offset(word).is_some()
        || is_ambiguous(word)
        || own(word, NaiveDate::default().and_time(chrono::NaiveTime::MIN), zone).is_some()
}

/// Whether the word is the short name of several zones.
pub(super) fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(&word)
}

/// Whether the text is `Z` or an offset from UTC in numbers, hours and minutes.
pub(super) fn is_offset(text: &str) -> bool {
    text == "z" || (text.len() >= 5 && numeric(text).is_some())
}

/// Whether the database of time zones names one after this place (`BRUSSELS`, `HONG KONG`).
pub(in crate::parse) fn is_city(place: &str) -> bool {
    let city = place.replace(' ', "_");
    let names = chrono_tz::TZ_VARIANTS.iter().filter_map(|zone| zone.name().rsplit('/').next());
    names.into_iter().any(|name| name.eq_ignore_ascii_case(&city))
}

/// Takes `北京时间` off the front; whether it stood there.
pub(super) fn without_beijing(text: &str) -> (bool, &str) {
    let text = text.trim_start();
    let without = text.strip_prefix("北京时间").or_else(|| text.strip_prefix("北京時間"));
    without.map_or((false, text), |rest| (true, rest.trim_start_matches([':', ' '])))
}

/// `asia/tokyo`, `北京时间`
fn full_name(text: &str) -> Option<Tz> {
    match text {
        "北京时间" | "北京時間" => Some(Tz::Asia__Shanghai),
        _ if text.contains('/') => {
            chrono_tz::TZ_VARIANTS.iter().copied().find(|zone| zone.name().eq_ignore_ascii_case(text))
        }
        _ => None,
    }
}

/// The offset that a short name has in the publication's zone: in that hour, else in winter or summer of that year.
fn own(text: &str, local: NaiveDateTime, zone: Tz) -> Option<FixedOffset> {
    if !text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let of_month = |month| NaiveDate::from_ymd_opt(local.year(), month, 1)?.and_hms_opt(12, 0, 0);
    [Some(local), of_month(1), of_month(7)].into_iter().flatten().find_map(|local| {
        let found = zone.from_local_datetime(&local);
        [found.earliest(), found.latest()].into_iter().flatten().find_map(|at| {
            let is_it = at.offset().abbreviation().is_some_and(|name| name.eq_ignore_ascii_case(text));
            is_it.then(|| at.offset().fix())
        })
    })
}

/// `Z`, `GMT`, `EST`, `+0800`, `+08:00`, `+8`, `UTC+8`
fn offset(text: &str) -> Option<FixedOffset> {
    if let Some((_, minutes)) = NAMES.iter().find(|(name, _)| *name == text) {
        return FixedOffset::east_opt(minutes * 60);
    }
    let after = text.strip_prefix("utc").or_else(|| text.strip_prefix("gmt")).unwrap_or(text);
    numeric(after.trim_start())
}

fn numeric(text: &str) -> Option<FixedOffset> {
    let east = if text.starts_with('+') { 1 } else { -1 };
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hour = number(&mut rest, 2)?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let minute = if rest.is_empty() { 0 } else { number(&mut rest, 2)? };
    if !rest.is_empty() || hour > 14 || minute > 59 {
        return None;
    }
    FixedOffset::east_opt(east * i32::try_from(hour * 3600 + minute * 60).ok()?)
}

fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => {
            // The clock before the gap still holds: its offset carries the time to the other side.
            let before = local.checked_sub_signed(TimeDelta::hours(LONGEST_GAP_HOURS))?;
            let before = zone.from_local_datetime(&before).earliest()?;
            Some(before.to_utc() + TimeDelta::hours(LONGEST_GAP_HOURS))
        }
    }
}
