//! The date at the beginning of a file's name.

use chrono::NaiveDate;

use super::{day, number};
use crate::parse::numerals;

/// The date at the beginning of a file's name and what follows it: `2026-07-02-harvest`, `20260702-harvest`,
/// `2026_7_2 harvest`, `2026年7月2日丰收`, `2026-07-02`. The rest is empty where the name is a date alone.
#[must_use]
pub fn in_name(stem: &str) -> Option<(NaiveDate, String)> {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = if digits == 8 {
        (day::compact(&stem[..8])?, &stem[8..])
    } else if digits == 4 {
        let mut rest = &stem[4..];
        let year = stem[..4].parse().ok()?;
        let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.' | '年'))?;
        rest = &rest[mark.len_utf8()..];
        let month = number(&mut rest, 2)?;
        rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?;
        let day = number(&mut rest, 2)?;
        if mark == '年' {
            rest = rest.strip_prefix(['日', '号', '號'])?;
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
