//! The day at the front of a text, in every order that says which number is which. The text is plain: half-width, lower case,
//! Chinese numerals turned into digits.

use chrono::{NaiveDate, Weekday};

use super::{months, number};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Eras that years are counted in, with the year before their first. The longer name first.
const ERAS: [(&str, i32); 6] =
    [("中华民国", 1911), ("中華民國", 1911), ("民国", 1911), ("民國", 1911), ("令和", 2018), ("平成", 1988)];

/// Takes the day, with a weekday before it, off the front.
pub(super) fn take(rest: &mut &str) -> Option<NaiveDate> {
    let without = without_weekday(rest);
    // RFC 822 and RFC 850 dates begin with the weekday and may have years of two digits.
    let is_mail = without.len() != rest.trim_start().len();
    let article = ["the ", "le ", "el ", "il ", "am ", "den "].iter().find_map(|word| without.strip_prefix(word));
    *rest = article.unwrap_or(without);
    if let Some((name, before)) = ERAS.iter().find(|(name, _)| rest.starts_with(name)) {
        *rest = rest[name.len()..].trim_start();
        let year = i32::try_from(number(rest, 3).filter(|year| *year > 0)?).ok()? + before;
        return in_year(rest.trim_start(), year, rest);
    }
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let (month, day) = month_and_day(rest)?;
        *rest = rest.trim_start_matches([' ', ',', '-']);
        return NaiveDate::from_ymd_opt(year(rest, is_mail)?, month, day);
    }
    match rest.bytes().take_while(u8::is_ascii_digit).count() {
        // `20260702103000` too
        8 | 12 | 14 => {
            let date = compact(&rest[..8])?;
            *rest = &rest[8..];
            Some(date)
        }
        4 => {
            let year = rest[..4].parse().ok()?;
            in_year(rest[4..].trim_start(), year, rest)
        }
        1 | 2 => numbers(rest).or_else(|| day_first(rest, is_mail)),
        _ => None,
    }
}

/// `20260702`
pub(super) fn compact(digits: &str) -> Option<NaiveDate> {
    let year = digits.get(..4)?.parse().ok()?;
    // A number of eight digits that is no date of this or the last century is something else.
    if !(1900..2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)
}

/// What follows the year: `-07-02`, `/7/2`, `.7.2`, `:07:02` (as cameras write), `年7月2日`, `July 2`, `-Jul-02`; of ISO 8601
/// the day of the year, `-183`, and of the week, `-W27-4`.
fn in_year<'a>(after: &'a str, year: i32, rest: &mut &'a str) -> Option<NaiveDate> {
    let spaced = after.trim_start_matches([' ', '-', ',']);
    if spaced.len() < after.len() || after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        *rest = spaced;
        if let Some((month, day)) = month_and_day(rest) {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
    }
    if let Some(mut week) = after.strip_prefix("-w") {
        let (number_of, day) = (number(&mut week, 2)?, number(&mut week.strip_prefix('-')?, 1)?);
        *rest = &week[2..];
        let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
        return NaiveDate::from_isoywd_opt(year, number_of, weekday);
    }
    let mark = after.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年' | ':' | '_'))?;
    *rest = after[mark.len_utf8()..].trim_start();
    if mark == '-' && rest.bytes().take_while(u8::is_ascii_digit).count() == 3 {
        return NaiveDate::from_yo_opt(year, number(rest, 3)?);
    }
    let month = number(rest, 2)?;
    *rest = rest.trim_start();
    *rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?.trim_start();
    let day = number(rest, 2)?;
    if mark == '年' {
        *rest = rest.trim_start().strip_prefix(['日', '号', '號'])?;
    } else if mark == '.' {
        // `2026. 7. 2.`
        *rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `02.07.2026`, where the day always comes first; `13/7/2026` and `7/13/2026`, where only one number can be the month, and
/// `7/7/2026`, where it does not matter.
fn numbers(rest: &mut &str) -> Option<NaiveDate> {
    let mut after = *rest;
    let first = number(&mut after, 2)?;
    let mark = after.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    after = after[1..].trim_start();
    let second = number(&mut after, 2)?;
    after = after.strip_prefix(mark)?.trim_start();
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let year = number(&mut after, 4).filter(|_| digits == 4)?;
    let (day, month) = match (mark, first > 12, second > 12) {
        ('.', ..) | (_, true, false) => (first, second),
        (_, false, true) => (second, first),
        _ if first == second => (first, second),
        _ => return None,
    };
    *rest = after;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Whether this is a day in numbers that may as well be another.
pub(super) fn is_two(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let [first, second, year] = parts[..] else { return false };
    let small = |part: &str| part.parse::<u32>().is_ok_and(|n| (1..=12).contains(&n));
    year.len() == 4 && small(first) && small(second) && first != second
}

/// `2 July 2026`, `02-Jul-2026`, `2nd of July, 2026`, `1er juillet 2026`, `2 de julio de 2026`
fn day_first(rest: &mut &str, is_mail: bool) -> Option<NaiveDate> {
    let day = number(rest, 2)?;
    ordinal(rest);
    *rest = rest.trim_start_matches([' ', '-', '.', '/']);
    let of =
        |rest: &'_ str| ["of ", "de ", "del "].iter().find(|word| rest.starts_with(*word)).map_or(0, |word| word.len());
    *rest = &rest[of(rest)..];
    let month = months::take(rest)?;
    *rest = rest.trim_start_matches([' ', '-', ',', '.', '/']);
    *rest = &rest[of(rest)..];
    NaiveDate::from_ymd_opt(year(rest, is_mail)?, month, day)
}

/// `July 2`, `Jul 02`, `July 2nd`, `July the 2nd`
pub(super) fn month_and_day(rest: &mut &str) -> Option<(u32, u32)> {
    let month = months::take(rest)?;
    *rest = rest.trim_start_matches([' ', '.', '-']);
    *rest = rest.strip_prefix("the ").unwrap_or(rest);
    let day = number(rest, 2)?;
    ordinal(rest);
    Some((month, day))
}

/// Four digits; two where the date is one of a mail, by the rule of RFC 5322 section 4.3.
fn year(rest: &mut &str, is_mail: bool) -> Option<i32> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year = i32::try_from(number(rest, 4)?).ok()?;
    // `12 września 2026 r.`
    let said = [" года", " року", " roku"].iter().find_map(|word| rest.strip_prefix(word));
    let short = || {
        let after = [" г", " р", " r"].iter().find_map(|word| rest.strip_prefix(word))?;
        after.strip_prefix('.').or(Some(after).filter(|after| after.is_empty()))
    };
    *rest = said.or_else(short).unwrap_or(rest);
    match digits {
        4 if year > 999 => Some(year),
        2 if is_mail => Some(year + if year < 50 { 2000 } else { 1900 }),
        _ => None,
    }
}

fn ordinal(rest: &mut &str) {
    for ending in ["st", "nd", "rd", "th", "er", "º", "°"] {
        *rest = rest.strip_prefix(ending).unwrap_or(rest);
    }
}

/// Whether a word in lower case is a month's or a weekday's.
pub(super) fn is_name(word: &str) -> bool {
    months::is_name(word) || WEEKDAYS.contains(&word)
}

/// Takes `Thu,`, `thursday`, `星期四`, `周四`, `(木)` off the front; whether it is the right one is not asked, the date counts.
pub(super) fn without_weekday(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.trim_start_matches('(');
    for name in ["星期", "周", "週", "礼拜", "禮拜"] {
        if let Some(after) = rest.strip_prefix(name) {
            let mut after = after.chars();
            if after.next().is_some_and(|c| "一二三四五六日天".contains(c)) {
                return after.as_str().trim_start_matches([')', ' ', ',']);
            }
        }
    }
    let mut chars = rest.chars();
    if chars.next().is_some_and(|c| "月火水木金土日一二三四五六".contains(c)) {
        let after = chars.as_str();
        if let Some(after) = after.strip_prefix("曜日").or_else(|| after.strip_prefix(')').filter(|_| rest != text)) {
            return after.trim_start_matches([')', ' ', ',']);
        }
    }
    if let Some(after) = months::after_weekday(rest) {
        return after;
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(&rest[..letters])) {
        return rest[letters..].trim_start_matches(['.', ',', ')', ' ']);
    }
    text
}
