//! What an HTML file shows before it is parsed: the encoding it declares, and whether what it leaves open is too much to parse.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::{memchr_iter, memmem};

use crate::parse::{MAX_MARKS, MAX_TEXT};

/// Where browsers stop looking for a declaration, fourfold: saved pages put scripts before it.
const DECLARED_WITHIN: usize = 4096;

/// More attributes than any element has.
const MAX_ATTRIBUTES: usize = 500;

/// The attributes of all elements together: some for each mark.
const MAX_ATTRIBUTES_IN_ALL: usize = 4 * MAX_MARKS;

/// Elements that have no end, or whose end is mostly left out: they do not nest by themselves.
const UNNESTED: [&str; 31] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "rt", "rp",
    "html", "body",
];

/// The encoding that a `meta` element or an XML declaration states.
#[must_use]
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let lower = start.to_ascii_lowercase();
    let stated = ["charset=", "encoding="]
        .iter()
        .find_map(|mark| memmem::find(&lower, mark.as_bytes()).map(|at| &lower[at + mark.len()..]))?;
    let label: String = stated
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|c| c.is_whitespace() || matches!(c, '"' | '\''))
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    // Who could read the declaration did not read UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

/// A page that is written as XML, as LibreOffice does, without its short forms (`<title/>`, `<a id="x"/>`), which open elements to
/// who reads HTML.
pub(super) fn closed(text: &str) -> Cow<'_, str> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = rest[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map_or(rest.len(), |end| end + 3) } else { tag_end(rest) };
        let (tag, below) = rest.split_at(end);
        let name = &tag[1..1 + length];
        match tag.strip_suffix("/>").filter(|_| length > 0 && !VOID.contains(&name.to_ascii_lowercase().as_str())) {
            Some(opened) => {
                out.push_str(opened);
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            None => out.push_str(tag),
        }
        rest = below;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Formatting that parsers open again in every block while it is not closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// What such reopening may add to a page, in bytes: more than any page that people see, less than a small machine's
/// memory.
const MAX_REOPENED: usize = 32 * 1024 * 1024;

/// Where a document type declares entities, if it does: nobody writes articles so, only traps.
pub(super) fn entities(text: &str) -> Option<usize> {
    let start = text.get(..text.len().min(DECLARED_WITHIN)).unwrap_or(text);
    let at = start.to_ascii_lowercase().find("<!doctype")?;
    let inner = text[at..].find(['[', '>']).map(|n| at + n).filter(|n| text[*n..].starts_with('['))?;
    let end = text[inner..].find(']').map_or(text.len(), |n| inner + n);
    text[inner..end].find("<!ENTITY").map(|n| inner + n)
}

/// Why a text is not parsed.
pub(super) enum Fault {
    /// On this line (from 1) more elements are open at once than may be, an element is full of attributes, or formatting
    /// left open has multiplied.
    Open(usize),
    /// More than [`MAX_MARKS`] tags, comments and character references.
    Full,
    /// More than [`MAX_TEXT`] between them, scripts and their like left out.
    Long,
}

/// Why a text is not parsed, if it is not; at most `most` elements may be open at once. The tree builder looks through the
/// open ones at nearly every tag, and opens formatting again in every block, and keeps every tag, so that this must be known
/// before. An estimate: ends that close nothing do not count as such.
pub(super) fn fault(text: &str, most: usize) -> Option<Fault> {
    // The lengths of the open tags of a name.
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let (mut depth, mut formatting, mut reopened) = (0usize, 0usize, 0usize);
    let (mut marks, mut length, mut attributes) = (0usize, 0usize, 0usize);
    let references = |text: &str| memchr_iter(b'&', text.as_bytes()).count();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        length += found;
        marks += 1 + references(&text[at..at + found]);
        if marks > MAX_MARKS {
            return Some(Fault::Full);
        }
        at += found;
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let closes = rest.starts_with("</");
        let name_at = if closes { 2 } else { 1 };
        let length = rest[name_at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[name_at..name_at + length];
        if length == 0 {
            at += 1;
            continue;
        }
        let tag = tag_end(rest);
        // The tree builder compares every attribute with all before it.
        let own = words(&rest[..tag]);
        attributes += own;
        if own > MAX_ATTRIBUTES || attributes > MAX_ATTRIBUTES_IN_ALL {
            return Some(Fault::Open(line(text, at)));
        }
        marks += references(&rest[..tag]);
        at += tag;
        let lower = name.to_ascii_lowercase();
        // A picture has no end tag, and takes as much as what has one.
        marks += usize::from(lower == "img");
        let formats = FORMATTING.contains(&lower.as_str());
        reopened += if formats { 0 } else { formatting };
        if reopened > MAX_REOPENED {
            return Some(Fault::Open(line(text, at)));
        }
        if UNNESTED.contains(&lower.as_str()) {
            continue;
        }
        if closes {
            if let Some(length) = open.get_mut(name).and_then(Vec::pop) {
                depth -= 1;
                formatting -= if formats { length } else { 0 };
            }
            continue;
        }
        if matches!(lower.as_str(), "script" | "style" | "textarea" | "title" | "iframe" | "noembed" | "xmp") {
            // What stands inside is no markup.
            let length = raw_end(&text[at..], &lower);
            marks += text[at..at + length].matches("</").count();
            at += length;
            continue;
        }
        open.entry(name).or_default().push(tag);
        depth += 1;
        formatting += if formats { tag } else { 0 };
        if depth > most {
            return Some(Fault::Open(line(text, at)));
        }
    }
    length += text.len() - at;
    marks += references(&text[at..]);
    if marks > MAX_MARKS {
        return Some(Fault::Full);
    }
    (length > MAX_TEXT).then_some(Fault::Long)
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// How many attributes a tag has, at most: words outside of quotation marks.
fn words(tag: &str) -> usize {
    let (mut quote, mut words, mut between) = (None, 0usize, true);
    for byte in tag.bytes() {
        match quote {
            Some(mark) => quote = (byte != mark).then_some(mark),
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {
                words += usize::from(between && !byte.is_ascii_whitespace());
                between = byte.is_ascii_whitespace();
            }
        }
    }
    words
}

/// The length of a tag: to the `>` that stands in no quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (i, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return i + 1,
            // Only after `=` do quotation marks quote.
            (None, b'"' | b'\'') if tag[..i].trim_end().ends_with('=') => quote = Some(byte),
            (Some(mark), _) if mark == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The length of what stands before `</name`.
fn raw_end(text: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = text[at..].find("</") {
        at += found;
        if text[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return at;
        }
        at += 2;
    }
    text.len()
}
