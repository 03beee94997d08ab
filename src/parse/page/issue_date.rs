//! The day that a folio prints → a date: with its year in every notation of the trade, or of the nearest year.

use chrono::{Datelike, Duration, NaiveDate};

use super::letters::{digits, first_of, month_day, number};
use crate::parse::numerals;

/// A date with its year: `2025年8月12日`, `二〇二五年八月十二日`, `2025-08-12`, `2025.8.12`; its length.
pub(super) fn full_date(token: &[char]) -> Option<(NaiveDate, usize)> {
    if let Some(written) = numerals::date(token).or_else(|| republican(token)) {
        return Some(written);
    }
    let year = digits(token, 4).filter(|n| *n == 4)?;
    if token.get(year) == Some(&'年') {
        let rest = &token[year + 1..];
        let length = month_day(rest)?;
        let (month, day) = month_and_day(rest);
        return NaiveDate::from_ymd_opt(i32::try_from(number(token, 4)).ok()?, month, day)
            .map(|d| (d, year + 1 + length));
    }
    let mark = token.get(year).filter(|c| matches!(c, '-' | '.'))?;
    let rest = &token[year + 1..];
    let month = digits(rest, 2)?;
    if rest.get(month) != Some(mark) {
        return None;
    }
    let day = digits(&rest[month + 1..], 2)?;
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(number(token, 4)).ok()?,
        number(rest, month),
        number(&rest[month + 1..], day),
    )?;
    Some((date, year + 1 + month + 1 + day))
}

/// `中华民国114年8月20日`, `民国一一四年十月三十日`: years are counted from 1912.
fn republican(token: &[char]) -> Option<(NaiveDate, usize)> {
    let (_, era) = first_of(token, &["中华民国", "民国"])?;
    if let Some(written) = written_republican(token, era) {
        return Some(written);
    }
    let count = digits(token.get(era..)?, 3)?;
    let rest = token.get(era + count..)?.strip_prefix(&['年'])?;
    let length = month_day(rest)?;
    let (month, day) = month_and_day(rest);
    let year = i32::try_from(number(token.get(era..)?, count)).ok()? + 1911;
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, era + count + 1 + length))
}

/// The same in Chinese numerals.
fn written_republican(token: &[char], era: usize) -> Option<(NaiveDate, usize)> {
    let mut at = era;
    let mut part = |mark: char| {
        let (number, length, _) = numerals::number(token.get(at..)?)?;
        at += length + 1;
        (token.get(at - 1) == Some(&mark)).then_some(number)
    };
    let (year, month, day) = (part('年')?, part('月')?, part('日')?);
    let year = i32::try_from(year).ok()?.checked_add(1911)?;
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, at))
}

/// `8月12日星期二` without a year: of the nearest year that is not later than a day after arrival.
pub(super) fn day_of_year(token: &[char], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let length = month_day(token)?;
    let (month, day) = month_and_day(token);
    let latest = today + Duration::days(1);
    // Eight years back there is always a 29 February.
    let date =
        (0..=8).filter_map(|back| NaiveDate::from_ymd_opt(latest.year() - back, month, day)).find(|d| *d <= latest)?;
    Some((date, length))
}

fn month_and_day(chars: &[char]) -> (u32, u32) {
    let month = digits(chars, 2).unwrap_or(0);
    let rest = chars.get(month + 1..).unwrap_or_default();
    (number(chars, month), number(rest, digits(rest, 2).unwrap_or(0)))
}

/// `星期二`, `礼拜天`, `周二`, `(星期二)`; a bracket may close behind more than the weekday.
pub(super) fn weekday(token: &[char]) -> bool {
    let token = token.strip_prefix(&['(']).unwrap_or(token);
    let token = token.strip_suffix(&[')']).unwrap_or(token);
    let rest = match first_of(token, &["星期", "礼拜", "周"]) {
        Some((_, length)) => &token[length..],
        None => return false,
    };
    rest.len() == 1 && "一二三四五六日天".contains(rest[0])
}
