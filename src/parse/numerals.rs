//! Numbers in Chinese numerals → numbers: `二〇二五` digit by digit, `二十三` by tens. For dates; nobody else writes so.

use chrono::NaiveDate;

/// The longest way of writing a year, a month or a day.
const MAX_CHARS: usize = 4;

/// The date at the start of the characters (`二〇二五年七月二日`), and how many characters it takes.
pub(super) fn date(chars: &[char]) -> Option<(NaiveDate, usize)> {
    let mut at = 0;
    let mut part = |marks: &[char]| {
        let (number, length, _) = number(chars.get(at..)?)?;
        let mark = chars.get(at + length).filter(|c| marks.contains(c))?;
        at += length + 1;
        Some((number, length, *mark))
    };
    let (year, digits, _) = part(&['年'])?;
    let (month, ..) = part(&['月'])?;
    let (day, ..) = part(&['日', '号', '號'])?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (digits == 4).then_some((date, at))
}

/// The number at the start of the characters, how many it takes, and whether they are four digits, as those of a year are.
pub(super) fn number(chars: &[char]) -> Option<(u32, usize, bool)> {
    let length = chars.iter().take(MAX_CHARS + 1).take_while(|c| digit(**c).is_some() || tens(**c).is_some()).count();
    if length == 0 || length > MAX_CHARS {
        return None;
    }
    let chars = &chars[..length];
    let Some(ten) = chars.iter().position(|c| tens(*c).is_some()) else {
        return Some((chars.iter().filter_map(|c| digit(*c)).fold(0, |sum, d| sum * 10 + d), length, length == 4));
    };
    let times = match chars[..ten] {
        [] => 1,
        [c] => digit(c)?,
        _ => return None,
    };
    let ones = match chars[ten + 1..] {
        [] => 0,
        [c] => digit(c)?,
        _ => return None,
    };
    Some((times * tens(chars[ten])? + ones, length, false))
}

fn digit(c: char) -> Option<u32> {
    let at = "〇一二三四五六七八九".chars().position(|d| d == c);
    let at = at.or_else(|| matches!(c, '○' | '零' | 'O' | 'o' | 'Ｏ' | '０').then_some(0));
    at.and_then(|at| u32::try_from(at).ok())
}

fn tens(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}
