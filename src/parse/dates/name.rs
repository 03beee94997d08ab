//! The date in a file's name, and the number of the newspaper page.

use chrono::NaiveDate;

use super::{day, number, plain};
use crate::page_number::PageNumber;
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
        let year = stem[..4].parse().ok().filter(|year| *year >= super::FIRST_YEAR)?;
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

/// How long the letters before a date may be: a paper's short name.
const MAX_PREFIX: usize = 12;

/// How many characters may follow a page's number: what the page is about.
const MAX_ABOUT: usize = 12;

/// The issue date and the page of a newspaper page's file: `20250702-A01`, `2025-07-02_A01版`, `A01-20250702`,
/// `lcrb20250702A01`, `rmrb2025070201`, `2025年7月2日 第3版 要闻`. Both must be there, and nothing that is neither.
#[must_use]
pub fn page_in_name(stem: &str) -> Option<(NaiveDate, PageNumber)> {
    let stem = plain(stem)?;
    let separators = ['-', '_', '.', ' '];
    // The page first.
    if let Some((page, rest)) = page_number(&stem)
        && rest.starts_with(separators)
        && let Some((date, rest)) = date(rest.trim_start_matches(separators))
        && is_about(rest)
    {
        return Some((date, page));
    }
    let letters = stem.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > MAX_PREFIX {
        return None;
    }
    let (date, rest) = date(stem[letters..].trim_start_matches(separators))?;
    let (page, rest) = page_number(rest.trim_start_matches(separators))?;
    is_about(rest).then_some((date, page))
}

fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    // `2025070201`: the page follows without a mark.
    if digits == 8 || digits == 10 {
        return Some((day::compact(&text[..8])?, &text[8..]));
    }
    let mut rest = text;
    let date = day::take(&mut rest).filter(|_| digits == 4)?;
    Some((date, rest))
}

/// `a01`, `01版`, `第3版`, `1`
fn page_number(text: &str) -> Option<(PageNumber, &str)> {
    let rest = text.strip_prefix('第').unwrap_or(text);
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = rest[letters..].bytes().take_while(u8::is_ascii_digit).count();
    let page = PageNumber::read(&rest[..letters + digits]).filter(|_| letters <= 1)?;
    let rest = &rest[letters + digits..];
    Some((page, rest.strip_prefix('版').unwrap_or(rest)))
}

/// Whether what follows is nothing, or a word on what the page is about.
fn is_about(rest: &str) -> bool {
    let word = rest.trim_start_matches(['-', '_', '.', ' ', ':']);
    word.chars().count() <= MAX_ABOUT && word.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}
