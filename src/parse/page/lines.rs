//! Text with any line ends → numbered lines, cleaned of what no print ever holds.

use std::cell::OnceCell;

use super::letters::{self, Words};

/// A picture on a printed page leaves this many blank lines or more in its text.
const PICTURE_SLOT: usize = 3;

/// One non-blank line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// From 1, as an editor counts them.
    pub(crate) number: u32,
    /// Without the spaces around it.
    pub(crate) text: String,
    /// Whether it begins with the indent of a paragraph.
    pub(crate) indented: bool,
    /// In half ems, the indent included.
    pub(crate) width: usize,
    /// How many blank lines stand before it.
    pub(crate) gap: usize,
    words: OnceCell<Words>,
}

impl Line {
    /// A paragraph that came by itself; how wide it would be printed nobody asks.
    pub(crate) fn paragraph(number: u32, text: &str) -> Self {
        Self { number, text: text.to_owned(), indented: false, width: 0, gap: 1, words: OnceCell::new() }
    }

    /// Its text as tables and grammars look at it: made when first asked for, since most texts are no page.
    pub(crate) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(&self.text))
    }

    /// Whether a picture may have stood above it.
    pub(crate) fn after_picture(&self) -> bool {
        self.gap >= PICTURE_SLOT
    }
}

/// The non-blank lines of a text whose lines end in LF, CRLF or CR.
pub(crate) fn of(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = 0;
    for (number, raw) in (1u32..).zip(raw_lines(text)) {
        let clean: String =
            raw.chars().filter(|c| !is_dropped(*c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
        let trimmed = clean.trim();
        if trimmed.is_empty() {
            gap += 1;
            continue;
        }
        let indent = clean.len() - clean.trim_start().len();
        let width = letters::width(clean.trim_end());
        let text = trimmed.to_owned();
        lines.push(Line { number, text, indented: indent >= 2, width, gap, words: OnceCell::new() });
        gap = 0;
    }
    lines
}

/// Lines as every system writes them; what follows the last line end counts only if there is something.
fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = rest.find(['\n', '\r']) else { return Some(std::mem::take(&mut rest)) };
        let line = &rest[..end];
        let broken = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + broken..];
        Some(line)
    })
}

/// Control characters (but the tab), byte order marks and zero-width spaces.
fn is_dropped(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}
