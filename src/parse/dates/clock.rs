//! The time of day at the front of a text: `10:30`, `103000`, `3 p.m.`, `下午3时半`, `晚上12点`.

use chrono::NaiveTime;

use super::number;

/// A time of day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    pub(super) of_day: NaiveTime,
    /// `24:00` and `晚上12点` are the next day's midnight.
    pub(super) is_next_day: bool,
}

/// The part of the day that a word before or after the hour names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `am`
    Am,
    /// `pm`
    Pm,
    Night,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// The longer word first.
const PARTS: [(&str, Part); 21] = [
    ("凌晨", Part::Night),
    ("上午", Part::Morning),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("清晨", Part::Morning),
    ("早间", Part::Morning),
    ("早", Part::Morning),
    ("晨", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("午间", Part::Noon),
    ("下午", Part::Afternoon),
    ("午后", Part::Afternoon),
    ("午後", Part::Afternoon),
    ("傍晚", Part::Evening),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
    ("晚間", Part::Evening),
    ("深夜", Part::Evening),
    ("夜间", Part::Evening),
    ("晚", Part::Evening),
];

/// Takes the time off the front.
pub(super) fn take(rest: &mut &str) -> Option<Time> {
    for noon in ["noon", "正午"] {
        if let Some(after) = rest.strip_prefix(noon).filter(|after| !after.trim_start().starts_with(is_digit)) {
            *rest = after;
            return Some(Time { of_day: NaiveTime::from_hms_opt(12, 0, 0)?, is_next_day: false });
        }
    }
    let mut part = None;
    if let Some((word, named)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
        *rest = rest[word.len()..].trim_start();
        part = Some(*named);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, mut minute, mut second) = (number(rest, 2)?, 0, 0);
    let mut is_han = false;
    if digits == 4 || digits == 6 {
        minute = number(rest, 2)?;
        if digits == 6 {
            second = number(rest, 2)?;
        }
        *rest = rest.strip_prefix(" hrs").unwrap_or(rest);
    } else if let Some(after) = rest.strip_prefix(['时', '時', '点', '點']) {
        is_han = true;
        *rest = after;
        (minute, second) = han(rest)?;
    } else if let Some(after) =
        [":", "h", " h "].iter().find_map(|mark| rest.strip_prefix(mark)).filter(|after| after.starts_with(is_digit))
    {
        *rest = after;
        minute = number(rest, 2)?;
        if let Some(after) = rest.strip_prefix(':') {
            *rest = after;
            second = number(rest, 2)?;
        }
    } else if let Some(after) = rest
        .strip_prefix('.')
        .filter(|after| after.starts_with(is_digit) && after.bytes().take_while(u8::is_ascii_digit).count() == 2)
    {
        // `10.30 am`
        *rest = after;
        minute = number(rest, 2)?;
    } else if let Some(after) = rest.strip_prefix('h') {
        *rest = after;
    } else if half(rest).is_none() && !spoken(rest).is_some_and(|after| after.is_empty()) {
        return None;
    }
    if let Some(after) = rest.strip_prefix(['.', ',']).filter(|after| after.starts_with(is_digit)) {
        *rest = after.trim_start_matches(is_digit);
    }
    *rest = spoken(rest).unwrap_or(rest);
    if let Some((named, after)) = half(rest) {
        *rest = after;
        if part.is_some() {
            return None;
        }
        part = Some(named);
    }
    let hour = hour_of(part, hour, is_han)?;
    if hour == 24 {
        // `24:00`; half an hour after twelve in the evening.
        let is_midnight = (minute, second) == (0, 0) || part == Some(Part::Evening);
        return is_midnight
            .then(|| NaiveTime::from_hms_opt(0, minute, second))
            .flatten()
            .map(|of_day| Time { of_day, is_next_day: true });
    }
    // A leap second is the last ordinary one.
    let of_day = NaiveTime::from_hms_opt(hour, minute, if second == 60 { 59 } else { second })?;
    Some(Time { of_day, is_next_day: false })
}

/// What follows `3时`: nothing, `整`, `半`, `一刻`, `30`, `30分`, `30分15秒`.
fn han(rest: &mut &str) -> Option<(u32, u32)> {
    for whole in ["钟", "鐘", "整"] {
        *rest = rest.strip_prefix(whole).unwrap_or(rest);
    }
    if let Some(after) = rest.strip_prefix('半') {
        *rest = after;
        return Some((30, 0));
    }
    let spaced = rest.trim_start();
    let digits = spaced.bytes().take_while(u8::is_ascii_digit).count();
    // What follows after a space and has no mark of its own is something else.
    let is_minute = spaced.len() == rest.len() || spaced[digits..].starts_with('分');
    if digits == 0 || !is_minute {
        return Some((0, 0));
    }
    *rest = spaced;
    let minute = number(rest, 2)?;
    if let Some(after) = rest.strip_prefix('刻') {
        *rest = after;
        return (minute <= 3).then_some((minute * 15, 0));
    }
    *rest = rest.strip_prefix(['分', '분']).unwrap_or(rest);
    if !rest.trim_start().starts_with(is_digit) {
        return Some((minute, 0));
    }
    *rest = rest.trim_start();
    let second = number(rest, 2)?;
    *rest = rest.strip_prefix('秒')?;
    Some((minute, second))
}

/// What follows `Uhr`, as German says behind a time, and its like.
fn spoken(rest: &str) -> Option<&str> {
    let spaced = rest.trim_start();
    ["uhr", "horas", "heures", "hrs"]
        .iter()
        .find_map(|word| spaced.strip_prefix(word))
        .filter(|after| !after.starts_with(char::is_alphabetic))
}

/// `am`, `p.m.` and what follows it.
fn half(rest: &str) -> Option<(Part, &str)> {
    let spaced = rest.trim_start();
    [("a.m.", Part::Am), ("p.m.", Part::Pm), ("a.m", Part::Am), ("p.m", Part::Pm), ("am", Part::Am), ("pm", Part::Pm)]
        .into_iter()
        .find_map(|(word, part)| Some((part, spaced.strip_prefix(word)?)))
        .filter(|(_, after)| !after.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The hour from 0 to 24 that an hour is in a part of the day; none where the two do not go together or a person would
/// hesitate, as at `晚上2点`.
fn hour_of(part: Option<Part>, hour: u32, is_han: bool) -> Option<u32> {
    match (part, hour) {
        (None, 0..=24) => Some(hour),
        (Some(Part::Am), 12) => Some(0),
        // Programs write `上午 12:05` for five past midnight; a person who writes `上午12时` may mean noon.
        (Some(Part::Morning), 12) if !is_han => Some(0),
        (Some(Part::Am), 1..=11) | (Some(Part::Morning), 0..=11) => Some(hour),
        (Some(Part::Night), 12) => Some(0),
        (Some(Part::Night), 0..=6) => Some(hour),
        (Some(Part::Noon), 10..=14) => Some(hour),
        (Some(Part::Noon), 1..=2) => Some(hour + 12),
        (Some(Part::Pm | Part::Afternoon), 12) => Some(12),
        (Some(Part::Pm | Part::Afternoon), 1..=11) => Some(hour + 12),
        (Some(Part::Afternoon), 13..=19) | (Some(Part::Evening), 17..=24) => Some(hour),
        (Some(Part::Evening), 5..=12) => Some(hour + 12),
        _ => None,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
