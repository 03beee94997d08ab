//! Place, day and `电`, as dispatches begin with them (`日内瓦8月11日电`) → where they stand.

use std::ops::Range;

use super::letters::{Words, digits, first_of, is_han, month_day};

/// A place before a date or `电`, in characters.
pub(super) const MAX_PLACE: usize = 12;
/// What an agency's report is called, the longest first.
const WIRE: [&str; 12] =
    ["新媒体专电", "体育专电", "财经专电", "军事专电", "专特稿", "特稿", "专电", "电讯", "消息", "快讯", "电", "讯"];
/// Words that only begin like `电` and `讯`.
const NOT_WIRE: &str = "视话影子力动脑台信商网息号";

/// `日内瓦8月11日电`: the range of place and date, and the end of `电`.
pub(super) fn place_and_wire(words: &Words, start: usize) -> Option<(Range<usize>, usize)> {
    let start = words.skip_space(start);
    let place = words
        .folded
        .get(start..)?
        .iter()
        .take_while(|c| is_han(**c) || matches!(c, '·' | '/'))
        .take(MAX_PLACE + 1)
        .count();
    let person = words.folded[start..start + place].windows(2).any(|two| two == ['记', '者']);
    if place <= MAX_PLACE && !person {
        let at = words.skip_space(start + place);
        let date = words.folded.get(at..).and_then(month_day).or_else(|| day_only(words, at));
        if let Some(date) = date {
            let wire = words.skip_space(at + date);
            return bare_wire(words, wire).map(|end| (start..at + date, end));
        }
    }
    // Without a date the place is short, and `电` follows it at once.
    (start + 1..=start + 6).find_map(|at| {
        let named = words.folded.get(start..at)?.iter().all(|c| is_han(*c));
        let end = bare_wire(words, at).filter(|_| named)?;
        (end == words.len() || !is_han(*words.folded.get(end)?)).then_some((start..at, end))
    })
}

/// `12日` in front of `电`.
fn day_only(words: &Words, at: usize) -> Option<usize> {
    let chars = words.folded.get(at..)?;
    let count = digits(chars, 2)?;
    (chars.get(count) == Some(&'日')).then_some(count + 1)
}

pub(super) fn bare_wire(words: &Words, at: usize) -> Option<usize> {
    let (_, length) = first_of(words.folded.get(at..)?, &WIRE)?;
    let next = words.folded.get(at + length);
    (!next.is_some_and(|c| NOT_WIRE.contains(*c))).then_some(at + length)
}
