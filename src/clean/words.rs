//! Turns markup into the words a person would read aloud, block by block.

use scraper::{ElementRef, Html, Node};

use super::nesting;
use super::plain::{self, Piece};
use crate::article::{is_all_printable, is_printable};

/// Elements that begin and end a block of words.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "br",
];

/// Elements that are no running text: a summary does not begin with a heading or a table's cells.
const APART: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "table", "pre", "summary"];

/// Words between two block boundaries.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    /// One line, as [`line`] makes it; never empty.
    pub(super) words: String,
    /// Whether it is running text: no heading, caption, table or code.
    pub(super) running: bool,
}

/// One plain line: characters that XML forbids and byte order marks removed, every run of white space one space.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.bytes().all(|b| matches!(b, b' '..=0x7E | b'\t' | b'\n' | b'\r')) {
        for word in text.split_ascii_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        return out;
    }
    let is_clean = is_all_printable(text) && !text.contains('\u{FEFF}');
    for word in text.split_whitespace() {
        let end = out.len();
        if end > 0 {
            out.push(' ');
        }
        let begin = out.len();
        if is_clean {
            out.push_str(word);
        } else {
            out.extend(word.chars().filter(|c| is_printable(*c) && *c != '\u{FEFF}'));
        }
        if out.len() == begin {
            out.truncate(end);
        }
    }
    out
}

/// The plain text of markup, character references resolved: one line a block, blank ones left out.
#[must_use]
pub fn text(html: &str) -> String {
    let lines: Vec<String> = blocks(html).into_iter().map(|block| block.words).collect();
    lines.join("\n")
}

/// The blocks of markup, in order.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    match plain_blocks(html) {
        Some(blocks) => {
            debug_assert_eq!(blocks, treed_blocks(html), "the short way and the long one differ");
            blocks
        }
        None => treed_blocks(html),
    }
}

/// The blocks of plain markup, without a tree.
fn plain_blocks(html: &str) -> Option<Vec<Block>> {
    let mut reader = Reader { blocks: Vec::new(), current: String::new() };
    // What is open, with whether words in it are running text.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut running = true;
    plain::walk(html, |piece| {
        match piece {
            Piece::Words(words, _) if !is_all_printable(words) => return None,
            Piece::Words(words, _) => plain::read(&mut reader.current, words)?,
            Piece::Void(_) => reader.flush(running),
            Piece::Start(name, _) => {
                open.push((name, running));
                if BLOCKS.contains(&name) {
                    reader.flush(running);
                }
                running &= !APART.contains(&name);
            }
            Piece::End(name) => {
                if BLOCKS.contains(&name) {
                    reader.flush(running);
                }
                running = open.pop().is_none_or(|(_, running)| running);
            }
        }
        Some(())
    })?;
    // What was left open ends here, the innermost block first: the words belong to that.
    while let Some((name, outside)) = open.pop() {
        if BLOCKS.contains(&name) {
            reader.flush(running);
        }
        running = outside;
    }
    reader.flush(true);
    Some(reader.blocks)
}

/// The blocks of any markup.
fn treed_blocks(html: &str) -> Vec<Block> {
    let document = Html::parse_fragment(&nesting::balanced(html));
    let mut reader = Reader { blocks: Vec::new(), current: String::new() };
    reader.children(document.root_element(), true);
    reader.flush(true);
    reader.blocks
}

struct Reader {
    blocks: Vec<Block>,
    current: String,
}

impl Reader {
    /// As deep as `nesting` lets elements be.
    fn children(&mut self, parent: ElementRef<'_>, running: bool) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.current.push_str(text),
                Node::Element(element) => {
                    let name = element.name();
                    let inside = running && !APART.contains(&name);
                    let block = BLOCKS.contains(&name);
                    if block {
                        self.flush(running);
                    } else if matches!(name, "td" | "th") {
                        self.current.push(' ');
                    }
                    if let Some(element) = ElementRef::wrap(child) {
                        self.children(element, inside);
                    }
                    if block {
                        self.flush(inside);
                    }
                }
                _ => {}
            }
        }
    }

    fn flush(&mut self, running: bool) {
        let words = line(&self.current);
        self.current.clear();
        if !words.is_empty() {
            self.blocks.push(Block { words, running });
        }
    }
}
