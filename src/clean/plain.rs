//! Markup of the simplest kind (paragraphs, headings, lists, emphasis, links) → what the sanitiser would make of it, in one
//! pass and without a tree: most articles hold nothing else, and building two trees of each is what an import would spend
//! its time on.
//!
//! Only what is listed here is let through: names of elements, without any attribute but an address that the sanitiser's
//! own rule allows, nested in the one way in which an HTML parser changes nothing. At the first byte that is anything else
//! the whole body goes the long way. Debug builds, and so all tests, go both ways and compare.

use memchr::{memchr, memchr3};

use super::policy;
use super::references::{Target, Use, escape_attribute, lead};
use crate::article::is_all_printable;

/// Deeper nesting goes the long way: no plain article has it.
const MAX_DEPTH: usize = 16;

/// What an element may hold, and where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
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

/// The character references of plain markup without their `&`, each with how the sanitiser writes it and what it means.
const REFERENCES: [(&str, &str, char); 6] = [
    ("amp;", "&amp;", '&'),
    ("lt;", "&lt;", '<'),
    ("gt;", "&gt;", '>'),
    ("quot;", "\"", '"'),
    ("#39;", "'", '\''),
    ("nbsp;", "&nbsp;", '\u{A0}'),
];

/// A piece of plain markup.
pub(super) enum Piece<'a> {
    /// Words between two tags, as written, and what they stand in.
    Words(&'a str, Holds),
    /// A start tag, with its one attribute if it has one: name and value, as written.
    Start(&'static str, Option<(&'a str, &'a str)>),
    /// The end tag of what was opened last.
    End(&'static str),
    /// An element without content.
    Void(&'static str),
}

/// Gives plain markup to `take`, piece by piece; none where it is not plain, or `take` had enough. The value says whether
/// everything was closed.
pub(super) fn walk<'a>(html: &'a str, mut take: impl FnMut(Piece<'a>) -> Option<()>) -> Option<bool> {
    // The open elements, outermost first.
    let mut open: Vec<(&str, Holds)> = Vec::new();
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (words, tag) = rest.split_at(at);
        let holds = open.last().map_or(Holds::Blocks, |(_, holds)| *holds);
        take(Piece::Words(words, holds))?;
        let end = memchr(b'>', tag.as_bytes())?;
        let (inner, after) = (tag.get(1..end)?, tag.get(end + 1..)?);
        rest = after;
        if let Some(name) = inner.strip_prefix('/') {
            let (opened, _) = open.pop().filter(|(opened, _)| *opened == name)?;
            take(Piece::End(opened))?;
            continue;
        }
        if let Some(name) = void(inner) {
            let is_fit = holds == Holds::Blocks || name == "br" && matches!(holds, Holds::Words | Holds::Phrase);
            if !is_fit {
                return None;
            }
            take(Piece::Void(name))?;
            continue;
        }
        let (name, attribute) = inner.split_once(' ').map_or((inner, None), |(name, rest)| (name, Some(rest)));
        let (name, own) = *ELEMENTS.iter().find(|(known, _)| *known == name)?;
        let is_fit = match own {
            Holds::Phrase => match holds {
                Holds::Items => false,
                Holds::Code => name == "code",
                _ => true,
            },
            _ if name == "li" => holds == Holds::Items,
            _ => holds == Holds::Blocks,
        };
        let is_followed = own != Holds::Code || rest.starts_with("<code");
        let is_nested = name == "a" && open.iter().any(|(open, _)| *open == "a");
        if !is_fit || !is_followed || is_nested || open.len() >= MAX_DEPTH {
            return None;
        }
        take(Piece::Start(name, attribute.map(|attribute| pair(attribute).ok_or(())).transpose().ok()?))?;
        open.push((name, own));
    }
    take(Piece::Words(rest, open.last().map_or(Holds::Blocks, |(_, holds)| *holds)))?;
    Some(open.is_empty())
}

fn void(tag: &str) -> Option<&'static str> {
    match tag {
        "br" | "br /" => Some("br"),
        "hr" | "hr /" => Some("hr"),
        _ => None,
    }
}

/// Name and value of what is one attribute.
fn pair(attribute: &str) -> Option<(&str, &str)> {
    let (name, value) = attribute.strip_suffix('"')?.split_once("=\"")?;
    let is_plain = name.bytes().all(|b| b.is_ascii_lowercase()) && !value.contains(['"', '<']);
    is_plain.then_some((name, value))
}

/// The body, if it is plain; none: it must go the long way. `resolve` may then have been asked already.
pub(super) fn body(html: &str, resolve: &impl Fn(&str, Use) -> Option<Target>) -> Option<String> {
    // Parsers pass over a byte order mark at the beginning.
    if html.starts_with('\u{FEFF}') || !is_all_printable(html) {
        return None;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    // Whether the link that is open leads anywhere.
    let mut leads = false;
    let is_closed = walk(html, |piece| {
        match piece {
            Piece::Words(words, holds) => text(&mut out, words, holds)?,
            Piece::Void(name) => out.extend(["<", name, ">"]),
            Piece::Start("a", attribute) => {
                let (_, written) = attribute.filter(|(name, _)| *name == "href")?;
                let target = lead(resolve, &address(written)?, Use::Link);
                leads = target.is_some();
                match target {
                    // What a parser reads otherwise than it is written.
                    Some(target) if target.url.contains(['\r', '\0', '\n', '\t']) => return None,
                    Some(target) if policy::may_lead_to(&target.url) => {
                        out.push_str("<a href=\"");
                        escape_attribute(&mut out, &target.url);
                        out.push_str("\">");
                    }
                    Some(_) => out.push_str("<a>"),
                    None => {}
                }
            }
            Piece::End("a") if !leads => {}
            // The language of code, which the sanitiser takes away.
            Piece::Start("code", Some(("class", _))) => out.push_str("<code>"),
            Piece::Start(_, Some(_)) => return None,
            Piece::Start(name, None) => out.extend(["<", name, ">"]),
            Piece::End(name) => out.extend(["</", name, ">"]),
        }
        Some(())
    })?;
    (is_closed && !out.starts_with('\u{FEFF}')).then_some(out)
}

/// Adds words to a text, with what their character references mean; none where one means something else.
pub(super) fn read(out: &mut String, words: &str) -> Option<()> {
    let mut rest = words;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, after) = (rest.get(..at)?, rest.get(at + 1..)?);
        out.push_str(before);
        let (read, _, meant) = REFERENCES.iter().find(|(read, ..)| after.starts_with(read))?;
        out.push(*meant);
        rest = after.get(read.len()..)?;
    }
    out.push_str(rest);
    Some(())
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
    while let Some(at) = memchr3(b'&', b'>', 0xC2, rest.as_bytes()) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let length = if let Some(reference) = special.strip_prefix('&') {
            let (read, written, _) = REFERENCES.iter().find(|(read, ..)| reference.starts_with(read))?;
            out.push_str(written);
            1 + read.len()
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

/// The address that an attribute states; none where it leads to a place on the same page, or is written in a way that is not
/// plain.
fn address(written: &str) -> Option<String> {
    if written.starts_with('#') || written.contains(['\n', '\t', '\u{A0}']) {
        return None;
    }
    let mut address = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('&') {
        address.push_str(before);
        let (read, meant) =
            [("amp;", '&'), ("#x27;", '\''), ("#39;", '\'')].into_iter().find(|(read, _)| after.starts_with(read))?;
        address.push(meant);
        rest = after.get(read.len()..)?;
    }
    address.push_str(rest);
    Some(address)
}
