//! A date as people, systems and file names write it → a [`When`], or nothing where a person would hesitate.
//! Only forms that mean one thing are read: `11/12/2026` is two days, so it is none; `13/12/2026` is one.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::numerals;
use crate::article::When;

/// Longer than any date anybody writes.
const MAX_BYTES: usize = 80;
/// No clock change skips more: Samoa and Kwajalein once left out a whole day.
const LONGEST_GAP_HOURS: i64 = 25;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date a text states as a whole; `zone` is that of times without one. None where the day does not exist or the form
/// is not known. A local time that a clock change skips moves forward by the gap; one that comes twice is the earlier.
#[must_use]
pub fn read(text: &str, zone: Tz) -> Option<When> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = plain(text);
    let mut rest = text.trim().trim_matches(['"', '\'']).trim();
    if let Some(at) = since_1970(rest) {
        return Some(When::Instant(at));
    }
    let date = day(&mut rest).filter(|d| d.year() > 0)?;
    let rest = rest.trim_start_matches(|c: char| c == ',' || c == '，' || c.is_whitespace());
    let rest = without_weekday(rest);
    // XML Schema's `date` has a zone and no time: it stays a day.
    if rest.is_empty() || (rest.starts_with(['z', '+']) && offset(rest, zone).is_some()) {
        return Some(When::Day(date));
    }
    let mut rest = rest.strip_prefix(['t', '_']).unwrap_or(rest);
    let beijing = rest.strip_prefix("北京时间").or_else(|| rest.strip_prefix("北京時間"));
    rest = beijing.unwrap_or(rest).trim_start();
    rest = rest.strip_prefix("at ").unwrap_or(rest);
    let (time, next_day) = clock(&mut rest)?;
    let date = if next_day { date.checked_add_days(Days::new(1))? } else { date };
    let local = date.and_time(time);
    let zone = if beijing.is_some() { Tz::Asia__Shanghai } else { zone };
    let rest = rest.trim();
    let (rest, zone) = named_zone(rest).map_or((rest, zone), |named| ("", named));
    let instant = match offset(rest, zone)? {
        Some(offset) => offset.from_local_datetime(&local).single()?.to_utc(),
        None => in_zone(local, zone)?,
    };
    // Feeds write years in four digits.
    (1..=9999).contains(&instant.year()).then_some(When::Instant(instant))
}

/// Seconds or milliseconds since 1970, as databases export them: of 2001 and later, so that no year or day looks like one.
fn since_1970(text: &str) -> Option<DateTime<Utc>> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        10 => DateTime::from_timestamp(text.parse().ok()?, 0),
        // Whole seconds, as every date of ours.
        13 => DateTime::from_timestamp(text.get(..10)?.parse().ok()?, 0),
        _ => None,
    }
}

/// `Asia/Tokyo`, `北京时间`
fn named_zone(text: &str) -> Option<Tz> {
    match text {
        "北京时间" | "北京時間" => Some(Tz::Asia__Shanghai),
        _ if text.contains('/') => {
            let name = text.trim_matches(['[', ']', '(', ')']);
            chrono_tz::TZ_VARIANTS.iter().copied().find(|tz| tz.name().eq_ignore_ascii_case(name))
        }
        _ => None,
    }
}

/// The date at the beginning of a file's name and what follows it: `2026-07-02-harvest`, `20260702-harvest`,
/// `2026_7_2 harvest`, `2026年7月2日丰收`, `2026-07-02`. The rest is empty where the name is a date alone.
#[must_use]
pub fn in_name(stem: &str) -> Option<(NaiveDate, String)> {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = if digits == 8 {
        (compact(&stem[..8])?, &stem[8..])
    } else if digits == 4 {
        let mut rest = &stem[4..];
        let year = stem[..4].parse().ok()?;
        let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.' | '年'))?;
        rest = &rest[mark.len_utf8()..];
        let month = number(&mut rest, 2)?;
        rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?;
        let day = number(&mut rest, 2)?;
        if mark == '年' {
            rest = rest.strip_prefix(['日', '号'])?;
        }
        (NaiveDate::from_ymd_opt(year, month, day)?, rest)
    } else if digits == 0 {
        // `二〇二六年七月二日丰收`
        let chars: Vec<char> = stem.chars().collect();
        let (date, length) = numerals::date(&chars)?;
        (date, stem.char_indices().nth(length).map_or("", |(at, _)| &stem[at..]))
    } else {
        return None;
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((date, rest.trim_start_matches(|c: char| matches!(c, '-' | '_' | '.') || c.is_whitespace()).to_owned()))
}

/// Full-width digits and marks made half-width, lower case, one kind of space.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
            '\u{2212}' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Takes the day off the front.
fn day(rest: &mut &str) -> Option<NaiveDate> {
    *rest = without_weekday(rest);
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return month_first(rest);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        // `20260702103000` too
        8 | 12 | 14 => {
            let date = compact(&rest[..8])?;
            *rest = &rest[8..];
            Some(date)
        }
        4 => year_first(rest),
        1 | 2 => numbers(rest).or_else(|| day_first(rest)),
        0 => {
            let chars: Vec<char> = rest.chars().collect();
            let (date, length) = numerals::date(&chars)?;
            *rest = rest.char_indices().nth(length).map_or("", |(at, _)| &rest[at..]);
            Some(date)
        }
        _ => None,
    }
}

/// `20260702`
fn compact(digits: &str) -> Option<NaiveDate> {
    let year = digits.get(..4)?.parse().ok()?;
    // A number of eight digits that is no date of this or the last century is something else.
    if !(1900..2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)
}

/// `2026-07-02`, `2026/7/2`, `2026.7.2`, `2026年7月2日`
fn year_first(rest: &mut &str) -> Option<NaiveDate> {
    let year = rest[..4].parse().ok()?;
    *rest = rest[4..].trim_start();
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    *rest = rest[mark.len_utf8()..].trim_start();
    let month = number(rest, 2)?;
    *rest = rest.trim_start();
    *rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?.trim_start();
    let day = number(rest, 2)?;
    if mark == '年' {
        *rest = rest.trim_start().strip_prefix(['日', '号', '號'])?;
    }
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `02.07.2026`, where the day always comes first; `13/7/2026` and `7/13/2026`, where only one number can be the month.
fn numbers(rest: &mut &str) -> Option<NaiveDate> {
    let mut after = *rest;
    let first = number(&mut after, 2)?;
    let mark = after.chars().next().filter(|c| matches!(c, '.' | '/'))?;
    after = after[1..].trim_start();
    let second = number(&mut after, 2)?;
    after = after.strip_prefix(mark)?.trim_start();
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let year = number(&mut after, 4).filter(|_| digits == 4)?;
    let (day, month) = match (mark, first > 12, second > 12) {
        ('.', ..) | (_, true, false) => (first, second),
        (_, false, true) => (second, first),
        _ => return None,
    };
    *rest = after;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `2 July 2026`, `02-Jul-2026`, `2nd of July, 2026`
fn day_first(rest: &mut &str) -> Option<NaiveDate> {
    let day = number(rest, 2)?;
    for ordinal in ["st", "nd", "rd", "th", "."] {
        *rest = rest.strip_prefix(ordinal).unwrap_or(rest);
    }
    *rest = rest.trim_start_matches([' ', '-']);
    *rest = rest.strip_prefix("of ").unwrap_or(rest);
    let month = month_name(rest)?;
    *rest = rest.trim_start_matches([' ', '-', ',', '.']);
    let year = number(rest, 4).filter(|y| *y > 999)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `July 2, 2026`, `Jul 02 2026`
fn month_first(rest: &mut &str) -> Option<NaiveDate> {
    let month = month_name(rest)?;
    *rest = rest.trim_start_matches([' ', '.', '-']);
    let day = number(rest, 2)?;
    for ordinal in ["st", "nd", "rd", "th"] {
        *rest = rest.strip_prefix(ordinal).unwrap_or(rest);
    }
    *rest = rest.trim_start_matches([' ', ',', '-']);
    let year = number(rest, 4).filter(|y| *y > 999)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A month's English name or its first three letters (and `sept`).
fn month_name(rest: &mut &str) -> Option<u32> {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..letters];
    let short = if word == "sept" { "sep" } else { word };
    let at = MONTHS.iter().position(|m| *m == short).or_else(|| FULL_MONTHS.iter().position(|m| *m == word))?;
    *rest = &rest[letters..];
    u32::try_from(at + 1).ok()
}

/// Takes `Thu,`, `thursday`, `星期四`, `周四` (bracketed too) off; whether it is the right one is not asked, the date counts.
fn without_weekday(text: &str) -> &str {
    let rest = text.trim_start().trim_start_matches('(');
    for name in ["星期", "周", "週", "礼拜", "禮拜"] {
        if let Some(after) = rest.strip_prefix(name) {
            let mut after = after.chars();
            if after.next().is_some_and(|c| "一二三四五六日天".contains(c)) {
                return after.as_str().trim_start_matches([')', ' ', ',']);
            }
        }
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    if letters >= 3 && full.iter().any(|day| day.starts_with(&rest[..letters])) {
        return rest[letters..].trim_start_matches(['.', ',', ')', ' ']);
    }
    text.trim_start()
}

/// Takes the time of day off the front; true with `24:00`, which is the next day's midnight.
fn clock(rest: &mut &str) -> Option<(NaiveTime, bool)> {
    let mut half = None;
    for (word, after_noon) in
        [("上午", false), ("早上", false), ("凌晨", false), ("下午", true), ("晚上", true), ("中午", true)]
    {
        if let Some(after) = rest.strip_prefix(word) {
            *rest = after.trim_start();
            half = Some(after_noon);
        }
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    if digits == 4 || digits == 6 {
        hour = number(rest, 2)?;
        minute = number(rest, 2)?;
        if digits == 6 {
            second = number(rest, 2)?;
        }
    } else {
        hour = hour.max(number(rest, 2)?);
        if let Some(after) = rest.strip_prefix([':', '时', '時', '点', '點']) {
            let han = !rest.starts_with(':');
            *rest = after;
            if !han || after.starts_with(|c: char| c.is_ascii_digit()) {
                minute = number(rest, 2)?;
                *rest = rest.strip_prefix('分').unwrap_or(rest);
            } else if let Some(after) = after.strip_prefix('半').filter(|_| han) {
                minute = 30;
                *rest = after;
            }
            let after = rest.strip_prefix(':').unwrap_or(rest);
            if after.len() != rest.len() || (han && after.starts_with(|c: char| c.is_ascii_digit())) {
                *rest = after;
                second = number(rest, 2)?;
                *rest = rest.strip_prefix('秒').unwrap_or(rest);
            }
        } else if !has_half(rest) {
            return None;
        }
    }
    if let Some(after) = rest.strip_prefix(['.', ',']).filter(|a| a.starts_with(|c: char| c.is_ascii_digit())) {
        *rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let spaced = rest.trim_start();
    for (word, after_noon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if let Some(after) = spaced.strip_prefix(word) {
            *rest = after;
            if hour == 0 || hour > 12 {
                return None;
            }
            half = Some(after_noon);
            break;
        }
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    if hour == 24 && minute == 0 && second == 0 {
        return Some((NaiveTime::MIN, true));
    }
    // A leap second is the last ordinary one.
    NaiveTime::from_hms_opt(hour, minute, second.min(if second == 60 { 59 } else { second })).map(|t| (t, false))
}

fn has_half(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["am", "pm", "a.m.", "p.m."].iter().any(|w| rest.starts_with(w))
}

/// What follows the time: nothing (the publication's zone), `Z`, `+0800`, `+08:00`, `+8`, `GMT`, or a zone's name.
/// `CST` is four zones, and means China's where the publication's clock is China's; other ambiguous ones are refused.
fn offset(text: &str, zone: Tz) -> Option<Option<FixedOffset>> {
    let text = text.split(['(', '[']).next().unwrap_or_default().trim();
    let text = text
        .strip_prefix("utc")
        .or_else(|| text.strip_prefix("gmt"))
        .map_or(text, |after| if after.is_empty() { "z" } else { after.trim_start() });
    let hours = |h: i32| FixedOffset::east_opt(h * 3600);
    match text {
        "" => return Some(None),
        "z" | "ut" => return hours(0).map(Some),
        "est" => return hours(-5).map(Some),
        "edt" => return hours(-4).map(Some),
        "cdt" => return hours(-5).map(Some),
        "mst" => return hours(-7).map(Some),
        "mdt" => return hours(-6).map(Some),
        "pst" => return hours(-8).map(Some),
        "pdt" => return hours(-7).map(Some),
        "cet" => return hours(1).map(Some),
        "cest" => return hours(2).map(Some),
        "jst" | "kst" => return hours(9).map(Some),
        "hkt" => return hours(8).map(Some),
        "cst" => {
            let chinese =
                matches!(zone, Tz::Asia__Shanghai | Tz::Asia__Taipei | Tz::PRC | Tz::ROC | Tz::Asia__Chongqing);
            return hours(if chinese { 8 } else { -6 }).map(Some);
        }
        _ => {}
    }
    let east = if text.starts_with('+') { 1 } else { -1 };
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hour = number(&mut rest, 2)?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let minute = if rest.is_empty() { 0 } else { number(&mut rest, 2)? };
    if !rest.is_empty() || hour > 14 || minute > 59 {
        return None;
    }
    FixedOffset::east_opt(east * i32::try_from(hour * 3600 + minute * 60).ok()?).map(Some)
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

/// Takes a number of at most `most` digits off the front.
fn number(rest: &mut &str, most: usize) -> Option<u32> {
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let value = rest[..digits].parse().ok()?;
    *rest = &rest[digits..];
    Some(value)
}
