//! The number of a newspaper page, by which the configuration gives pages their sections.

use std::fmt;

/// The number of a newspaper page as folios, file names and the configuration write it: `A01`, `1`, `第3版`. Leading noughts
/// and the letter's case mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber {
    /// The letter of the paper's part, upper case.
    part: Option<char>,
    /// The number in it, from 1.
    number: u16,
}

impl PageNumber {
    /// The page of a part.
    #[must_use]
    pub fn new(part: Option<char>, number: u16) -> Self {
        Self { part, number }
    }

    /// The number that a text is.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('第').trim_end_matches('版').trim();
        let part = text.chars().next().filter(char::is_ascii_alphabetic);
        let digits = if part.is_some() { &text[1..] } else { text };
        if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok().filter(|number| *number > 0)?;
        Some(Self { part: part.map(|letter| letter.to_ascii_uppercase()), number })
    }

    /// The pages from this to another of the same part, both counted; none where the other is of another part or before it.
    #[must_use]
    pub fn to(self, last: Self) -> Option<Vec<Self>> {
        (self.part == last.part && self.number <= last.number)
            .then(|| (self.number..=last.number).map(|number| Self { number, ..self }).collect())
    }
}

/// `A01`, `1`
impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Some(part) => write!(f, "{part}{:02}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}
