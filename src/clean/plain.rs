//! Markup of the simplest kind (paragraphs, headings, lists, emphasis, links) → what the sanitiser would make of it, in one
//! pass and without a tree: most articles hold nothing else, and building two trees of each is what an import would spend
//! its time on.
//!
//! Only what is listed here is let through: names of elements, without any attribute but an address that the sanitiser's
//! own rule allows, nested in the one way in which an HTML parser changes nothing. At the first byte that is anything else
//! the whole body goes the long way. Debug builds, and so all tests, go both ways and compare.

use super::policy;
use super::references::{Target, Use, escape_attribute, lead};
use crate::article::is_all_printable;

/// Deeper nesting goes the long way: no plain article has it.
const MAX_DEPTH: usize = 16;

/// What an element may hold, and where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Other blocks, and words.
    Blocks,
    /// Items and blanks.
    Items,
    /// Words and phrases; a block by itself.
    Words,
    /// Words and phrases; a phrase by itself.
    Phrase,
    /// A `code` and nothing else.
    Code,
}

/// The elements of plain markup.
const ELEMENTS: [(&str, Holds); 33] = [
    ("p", Holds::Words),
    ("em", Holds::Phrase),
    ("strong", Holds::Phrase),
    ("a", Holds::Phrase),
    ("li", Holds::Blocks),
    ("ul", Holds::Items),
    ("ol", Holds::Items),
    ("h1", Holds::Words),
    ("h2", Holds::Words),
    ("h3", Holds::Words),
    ("h4", Holds::Words),
    ("h5", Holds::Words),
    ("h6", Holds::Words),
    ("blockquote", Holds::Blocks),
    ("pre", Holds::Code),
    ("code", Holds::Phrase),
    ("b", Holds::Phrase),
    ("i", Holds::Phrase),
    ("u", Holds::Phrase),
    ("s", Holds::Phrase),
    ("small", Holds::Phrase),
    ("del", Holds::Phrase),
    ("ins", Holds::Phrase),
    ("sub", Holds::Phrase),
    ("sup", Holds::Phrase),
    ("q", Holds::Phrase),
    ("cite", Holds::Phrase),
    ("mark", Holds::Phrase),
    ("kbd", Holds::Phrase),
    ("span", Holds::Phrase),
    ("div", Holds::Blocks),
    ("section", Holds::Blocks),
    ("article", Holds::Blocks),
];

/// The character references of plain markup, with how the sanitiser writes each.
const REFERENCES: [(&str, &str); 6] =
    [("&amp;", "&amp;"), ("&lt;", "&lt;"), ("&gt;", "&gt;"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "&nbsp;")];

/// The body, if it is plain; none: it must go the long way. `resolve` may then have been asked already.
pub(super) fn body(html: &str, resolve: &impl Fn(&str, Use) -> Option<Target>) -> Option<String> {
    if !is_all_printable(html) {
        return None;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    // The open elements, outermost first, each with whether its tags are written.
    let mut open: Vec<(&str, Holds, bool)> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.bytes().position(|b| b == b'<') {
        let (words, tag) = rest.split_at(at);
        let holds = open.last().map_or(Holds::Blocks, |(_, holds, _)| *holds);
        text(&mut out, words, holds)?;
        let end = tag.bytes().position(|b| b == b'>')?;
        let (inner, after) = (tag.get(1..end)?, tag.get(end + 1..)?);
        rest = after;
        if let Some(name) = inner.strip_prefix('/') {
            let (opened, _, written) = open.pop().filter(|(opened, ..)| *opened == name)?;
            if written {
                out.extend(["</", opened, ">"]);
            }
            continue;
        }
        if matches!(inner, "br" | "br /" | "hr" | "hr /") {
            let is_fit = if inner.starts_with("br") { holds != Holds::Items } else { holds == Holds::Blocks };
            if !is_fit || holds == Holds::Code {
                return None;
            }
            out.extend(["<", inner.get(..2)?, ">"]);
            continue;
        }
        let (name, attribute) = inner.split_once(' ').map_or((inner, None), |(name, rest)| (name, Some(rest)));
        let (name, own) = ELEMENTS.iter().find(|(known, _)| *known == name)?;
        let is_item = *name == "li";
        let is_fit = match own {
            Holds::Phrase => match holds {
                Holds::Items => false,
                Holds::Code => *name == "code",
                _ => true,
            },
            _ if is_item => holds == Holds::Items,
            _ => holds == Holds::Blocks,
        };
        let is_apart = *own != Holds::Code || rest.starts_with("<code");
        let is_link = *name == "a";
        if !is_fit || !is_apart || open.len() >= MAX_DEPTH || is_link && open.iter().any(|(open, ..)| open == name) {
            return None;
        }
        let mut is_written = true;
        match attribute {
            Some(attribute) if is_link => {
                let address = address(attribute)?;
                match lead(resolve, &address, Use::Link) {
                    // What a parser reads otherwise than it is written.
                    Some(target) if target.url.contains(['\r', '\0', '\n', '\t']) => return None,
                    Some(target) if policy::may_lead_to(&target.url) => {
                        out.push_str("<a href=\"");
                        escape_attribute(&mut out, &target.url);
                        out.push_str("\">");
                    }
                    Some(_) => out.push_str("<a>"),
                    None => is_written = false,
                }
            }
            // The language of code, which the sanitiser takes away.
            Some(attribute) if *name == "code" => {
                let class = attribute.strip_prefix("class=\"")?.strip_suffix('"')?;
                if !class.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                    return None;
                }
                out.push_str("<code>");
            }
            None if !is_link => out.extend(["<", name, ">"]),
            _ => return None,
        }
        open.push((name, *own, is_written));
    }
    text(&mut out, rest, open.last().map_or(Holds::Blocks, |(_, holds, _)| *holds))?;
    // Parsers pass over a byte order mark at the beginning.
    (open.is_empty() && !out.starts_with('\u{FEFF}') && !html.starts_with('\u{FEFF}')).then_some(out)
}

/// Words as the sanitiser writes them.
fn text(out: &mut String, words: &str, within: Holds) -> Option<()> {
    match within {
        Holds::Items if !words.bytes().all(|b| matches!(b, b' ' | b'\n')) => return None,
        Holds::Code if !words.is_empty() => return None,
        _ => {}
    }
    let mut rest = words;
    // 0xC2 begins a space that does not break, and other signs.
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'>' | 0xC2)) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let length = if special.starts_with('&') {
            let (read, written) = REFERENCES.iter().find(|(read, _)| special.starts_with(read))?;
            out.push_str(written);
            read.len()
        } else if special.starts_with('>') {
            out.push_str("&gt;");
            1
        } else {
            let sign = special.get(..2)?;
            out.push_str(if sign == "\u{A0}" { "&nbsp;" } else { sign });
            2
        };
        rest = special.get(length..)?;
    }
    out.push_str(rest);
    Some(())
}

/// The address of a link that has nothing else; none where it leads to a place on the same page, or is written in a way that
/// is not plain.
fn address(attribute: &str) -> Option<String> {
    let written = attribute.strip_prefix("href=\"")?.strip_suffix('"')?;
    if written.starts_with('#') || written.contains(['"', '<', '\n', '\t', '\u{A0}']) {
        return None;
    }
    let mut address = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('&') {
        address.push_str(before);
        let (read, character) =
            [("amp;", '&'), ("#x27;", '\''), ("#39;", '\'')].into_iter().find(|(read, _)| after.starts_with(read))?;
        address.push(character);
        rest = after.get(read.len()..)?;
    }
    address.push_str(rest);
    Some(address)
}
