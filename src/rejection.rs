//! Why a file is not published, in words for the person who wrote it.

use std::borrow::Cow;
use std::fmt;

mod chinese;

pub use chinese::SENTENCES as CHINESE;

/// A file that a person has to mend. Never an operator's error; the daemon goes on.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rejection {
    /// The line it was found on, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The offset in bytes from the start of the file, from 0, where lines mean nothing.
    pub byte: Option<u64>,
    /// What is wrong: one sentence without a full stop, beginning in lower case.
    pub reason: String,
    /// How to mend it: one sentence; empty where the reason says it all.
    pub hint: String,
}

impl Rejection {
    /// A rejection of the file as a whole.
    pub fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: hint.into(), ..Self::default() }
    }

    /// The same, found on a line and column (both from 1).
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// The same, found at a byte offset (from 0).
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.byte = Some(byte);
        self
    }
}

/// A reason, a hint or a doubt as readers of a language (BCP 47) read it: in Chinese where it is listed, else in English.
#[must_use]
pub fn in_language<'s>(sentence: &'s str, language: &str) -> Cow<'s, str> {
    if !is_chinese(language) {
        return Cow::Borrowed(sentence);
    }
    chinese::of(sentence).map_or(Cow::Borrowed(sentence), Cow::Owned)
}

/// Whether a language is Chinese, in whatever script.
#[must_use]
pub fn is_chinese(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("zh"))
}

impl fmt::Display for Rejection {
    /// `line 3, column 7: the date "someday" cannot be read`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column, self.byte) {
            (Some(line), Some(column), _) => write!(f, "line {line}, column {column}: ")?,
            (Some(line), None, _) => write!(f, "line {line}: ")?,
            (None, _, Some(byte)) => write!(f, "byte {byte}: ")?,
            _ => {}
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Rejection {}
