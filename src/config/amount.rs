//! Durations (`10s`, `1h30m`) and sizes (`16 MiB`) as people write them, both ways.

use std::time::Duration;

const UNITS_OF_TIME: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// Those that sizes are printed in come first.
const UNITS_OF_SIZE: [(&str, u64); 7] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1000),
    ("B", 1),
];

/// `10s`, `48h`, `500ms`, `1h30m`; none for anything else.
pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (number, after) = number(rest)?;
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let (_, millis) = UNITS_OF_TIME.iter().find(|(name, _)| *name == unit)?;
        total = total.checked_add(number.checked_mul(*millis)?)?;
        rest = after.trim_start();
    }
    Some(Duration::from_millis(total))
}

/// The shortest way to write a duration of whole milliseconds, without days: `48h` reads better than `2d`.
pub(super) fn print_duration(duration: Duration) -> String {
    let mut rest = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    if rest == 0 {
        return "0s".to_owned();
    }
    let mut text = String::new();
    for (unit, millis) in UNITS_OF_TIME.iter().skip(1) {
        if rest >= *millis {
            text.push_str(&format!("{}{unit}", rest / millis));
            rest %= millis;
        }
    }
    text
}

/// `16 MiB`, `500 kB`; none for anything else.
pub(super) fn parse_size(text: &str) -> Option<u64> {
    let (number, unit) = number(text.trim())?;
    let (_, bytes) = UNITS_OF_SIZE.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    number.checked_mul(*bytes)
}

/// In the largest binary unit that gives a whole number.
pub(super) fn print_size(bytes: u64) -> String {
    for (unit, of) in &UNITS_OF_SIZE[..3] {
        if bytes >= *of && bytes.is_multiple_of(*of) {
            return format!("{} {unit}", bytes / of);
        }
    }
    format!("{bytes} B")
}

fn number(text: &str) -> Option<(u64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok()?, rest.trim_start()))
}
