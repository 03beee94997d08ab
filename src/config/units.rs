//! Durations (`48h`, `1h30m`) and sizes (`16 MiB`) as a person writes them, to values and back. Both directions are
//! exact: what is printed reads as the same value.

use std::time::Duration;

/// Milliseconds in each unit, the largest first, as they are printed. Days are read too, but never printed: an
/// administrator compares `48h` with `60h` more easily than `2d` with `2d12h`.
const PRINTED: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// Bytes in each unit.
const SIZES: [(&str, u64); 7] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1000),
    ("B", 1),
];

/// The duration written as numbers each with a unit; none when it is anything else or too long to count.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (number, after) = number(rest)?;
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let each = match unit {
            "d" => 86_400_000,
            _ => PRINTED.iter().find(|(name, _)| *name == unit)?.1,
        };
        total = total.checked_add(number.checked_mul(each)?)?;
        rest = after.trim_start();
    }
    Some(Duration::from_millis(total))
}

/// As `1h30m`; parts of a millisecond are dropped, as none can be written.
pub(super) fn print_duration(duration: Duration) -> String {
    let mut rest = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let mut text = String::new();
    for (unit, each) in PRINTED {
        if rest >= each {
            text.push_str(&format!("{}{unit}", rest / each));
            rest %= each;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// The number of bytes written as one number with a unit, in any case; none when it is anything else or too large.
pub(super) fn size(text: &str) -> Option<u64> {
    let (number, unit) = number(text.trim())?;
    let each = SIZES.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?.1;
    number.checked_mul(each)
}

/// As `16 MiB`, in the largest unit that divides it.
pub(super) fn print_size(bytes: u64) -> String {
    let fits = |each: &u64| bytes >= *each && bytes.is_multiple_of(*each);
    let (unit, each) = SIZES.into_iter().find(|(_, each)| fits(each)).unwrap_or(("B", 1));
    format!("{} {unit}", bytes / each)
}

/// The digits at the beginning, and what follows them and their blanks.
fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest.trim_start()))
}
