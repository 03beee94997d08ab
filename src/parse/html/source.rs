//! What an HTML file shows before it is parsed: the encoding it declares, and whether it is nested too deep to parse.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Where browsers stop looking for a declaration, fourfold: saved pages put scripts before it.
const DECLARED_WITHIN: usize = 4096;

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
    let text: String = start.iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    let stated =
        ["charset=", "encoding="].iter().find_map(|mark| text.find(mark).map(|at| &text[at + mark.len()..]))?;
    let stated = stated.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let label: String =
        stated.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    // Who could read the declaration did not read UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

/// The line (from 1) on which more than `most` elements are open at once. The tree builder looks through the open ones
/// at nearly every tag, so that this must be known before. An estimate: ends that open nothing do not count.
pub(super) fn too_deep(text: &str, most: usize) -> Option<usize> {
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
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
        at += tag_end(rest);
        let lower = name.to_ascii_lowercase();
        if UNNESTED.contains(&lower.as_str()) {
            continue;
        }
        if closes {
            if let Some(count) = open.get_mut(name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
            continue;
        }
        if matches!(lower.as_str(), "script" | "style" | "textarea" | "title" | "iframe" | "noembed" | "xmp") {
            // What stands inside is no markup.
            at += raw_end(&text[at..], &lower);
            continue;
        }
        *open.entry(name).or_default() += 1;
        depth += 1;
        if depth > most {
            return Some(text[..at].matches('\n').count() + 1);
        }
    }
    None
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
