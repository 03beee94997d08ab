//! A date as people, systems and file names write it → a [`When`], or nothing where a person would hesitate.
//! Only forms that mean one thing are read: `11/12/2026` is two days, so it is none; `13/12/2026` is one. A zone's short name
//! that means several zones is that of the publication's own zone, or it is refused: nothing is guessed to be American.

mod clock;
mod day;
mod months;
mod name;
mod zone;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

pub use self::name::{in_name, page_in_name};
pub(in crate::parse) use self::zone::is_city;
use super::numerals;
use crate::article::When;

/// Longer than any date anybody writes.
const MAX_BYTES: usize = 120;

/// What leads from a day to its time, the longer before the shorter.
const AT: [&str; 13] =
    ["at ", "à ", "a las ", "a la ", "alle ore ", "alle ", "ore ", "um ", "às ", "om ", "kl. ", "kl ", "в "];
/// Nothing that is published bears an earlier year.
const FIRST_YEAR: i32 = 1000;

/// The date a text states as a whole; `zone` is that of times without one. None where the day does not exist or the form
/// is not known. A local time that a clock change skips moves forward by the gap; one that comes twice is the earlier.
#[must_use]
pub fn read(text: &str, zone: Tz) -> Option<When> {
    any(text, zone).filter(|when| year(when) >= FIRST_YEAR)
}

/// Whether a text that [`read`] gives nothing for stands for no date: programs write the first day they know, or zeros, where
/// none was stated (Hugo and .NET `0001-01-01`, MySQL `0000-00-00`).
#[must_use]
pub fn is_unset(text: &str, zone: Tz) -> bool {
    /// What Eleventy finds out by itself, from Git too.
    const FOUND: [&str; 2] = ["created", "last modified"];
    let stated = text.trim().to_lowercase();
    FOUND.contains(&stated.strip_prefix("git ").unwrap_or(&stated))
        || stated.starts_with("0000-00-00")
        || any(text, zone).is_some_and(|when| year(&when) < FIRST_YEAR)
}

/// Whether a word in lower case is the name of a month or a weekday.
pub(in crate::parse) fn is_day_name(word: &str) -> bool {
    day::is_name(word)
}

fn any(text: &str, zone: Tz) -> Option<When> {
    let text = plain(text)?;
    let text = text.trim().trim_matches(['"', '\'', '“', '”']).trim();
    if let Some(at) = since_1970(text) {
        return Some(When::Instant(at));
    }
    let (beijing, text) = zone::without_beijing(text);
    let zone = if beijing { Tz::Asia__Shanghai } else { zone };
    let when = time_first(text, zone).or_else(|| day_first(text, zone)).or_else(|| year_last(text, zone))?;
    // Feeds write years in four digits.
    (year(&when) <= 9999).then_some(when)
}

fn year(when: &When) -> i32 {
    match when {
        When::Instant(instant) => instant.year(),
        When::Day(day) => day.year(),
    }
}

/// Why a text that [`read`] gives nothing for is no date, where one thing in it is to blame: what to tell the person who
/// wrote it.
#[must_use]
pub fn ambiguity(text: &str) -> Option<String> {
    let text = plain(text)?;
    let words = || text.split(|c: char| !c.is_ascii_alphabetic());
    if let Some(name) = words().find(|word| zone::is_ambiguous(word)) {
        let name = name.to_uppercase();
        return Some(format!("{name} is the name of several time zones; write the offset instead, as +08:00"));
    }
    let is_two = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-'))).any(day::is_two);
    is_two.then(|| "it can be two days; write year, month and day in this order".to_owned())
}

/// Whether a word is the short name of several time zones.
pub(super) fn is_ambiguous_zone(word: &str) -> bool {
    zone::is_ambiguous(&word.trim_matches(['(', ')']).to_lowercase())
}

/// `2026-07-02 10:30 +0800`, `2026年7月2日 下午3时`
fn day_first(text: &str, zone: Tz) -> Option<When> {
    let mut rest = text;
    let date = day::take(&mut rest)?;
    let rest = day::without_weekday(rest.trim_start_matches([',', '|', ' ']));
    // XML Schema's `date` has a zone and no time: it stays a day.
    if rest.is_empty() || (rest.starts_with(['z', '+', '-']) && zone::is_offset(rest)) {
        return Some(When::Day(date));
    }
    let rest = rest.strip_prefix(['t', '_']).unwrap_or(rest);
    let (beijing, rest) = zone::without_beijing(rest);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("- ").unwrap_or(rest);
    let mut rest = AT.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let time = clock::take(&mut rest)?;
    instant(date, time, rest, if beijing { Tz::Asia__Shanghai } else { zone })
}

/// `10:30 am, July 2, 2026`, `10:30 GMT on 2 July 2026`
fn time_first(text: &str, zone: Tz) -> Option<When> {
    let mut rest = text;
    let time = clock::take(&mut rest)?;
    let rest = rest.trim_start();
    // What stands between time and day is a zone.
    let start = rest.find(|c: char| c.is_ascii_digit() || c == ',').map_or(rest, |at| &rest[..at]);
    let between = start.split_whitespace().next().unwrap_or_default().trim_end_matches(',');
    let is_zone = !between.is_empty() && zone::is_name(between, zone);
    let mut rest = if is_zone { rest[between.len()..].trim_start() } else { rest };
    rest = rest.trim_start_matches([',', '|', ' ']);
    rest = rest.strip_prefix("on ").unwrap_or(rest);
    let date = day::take(&mut rest)?;
    let after = day::without_weekday(rest.trim_start_matches([',', ' ']));
    match (is_zone, after.is_empty()) {
        (true, true) => instant(date, time, between, zone),
        (true, false) => None,
        (false, _) => instant(date, time, after, zone),
    }
}

/// `Thu Jul  2 10:30:00 CST 2026`, as C's `asctime` and the command `date` write it.
fn year_last(text: &str, zone: Tz) -> Option<When> {
    let mut rest = day::without_weekday(text);
    let (month, day) = day::month_and_day(&mut rest)?;
    rest = rest.trim_start_matches([',', ' ']);
    let time = clock::take(&mut rest)?;
    let (named, year) = rest.trim().rsplit_once(' ').unwrap_or(("", rest.trim()));
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    instant(NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?, time, named, zone)
}

fn instant(date: NaiveDate, time: clock::Time, named: &str, zone: Tz) -> Option<When> {
    let date = if time.is_next_day { date.checked_add_days(Days::new(1))? } else { date };
    zone::instant(NaiveDateTime::new(date, time.of_day), named, zone).map(When::Instant)
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

/// Full-width digits and marks made half-width, Chinese numerals before the marks of a date or a time made digits, lower
/// case, one kind of space. None for what is longer than a date.
fn plain(text: &str) -> Option<String> {
    /// What a Chinese number is followed by in a date or a time.
    const MARKS: &str = "年月日号號时時点點分秒刻";
    if text.len() > MAX_BYTES {
        return None;
    }
    let chars: Vec<char> = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t' => ' ',
            '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
            '、' => ',',
            '\u{660}'..='\u{669}' => char::from_u32(u32::from(c) - 0x660 + 0x30).unwrap_or(c),
            '\u{6f0}'..='\u{6f9}' => char::from_u32(u32::from(c) - 0x6f0 + 0x30).unwrap_or(c),
            // Korean dates are Chinese ones in another script.
            '년' => '年',
            '월' => '月',
            '일' => '日',
            c => c,
        })
        .collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some((number, length, digits)) = numerals::number(&chars[at..])
            && chars.get(at + length).is_some_and(|mark| MARKS.contains(*mark))
            // `二六年` is no year that a person would be sure of.
            && (chars[at + length] != '年' || digits)
        {
            plain.push_str(&number.to_string());
            at += length;
        } else {
            plain.extend(chars[at].to_lowercase());
            at += 1;
        }
    }
    Some(plain)
}

/// Takes a number of at most `most` digits off the front.
fn number(rest: &mut &str, most: usize) -> Option<u32> {
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let value = rest[..digits].parse().ok()?;
    *rest = &rest[digits..];
    Some(value)
}
