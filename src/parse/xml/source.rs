//! XML as it was sent → XML that may be parsed: document types, comments and processing instructions gone with their line
//! ends kept, the names that HTML has for characters resolved, and nothing in it too deep or too full to take apart.

use std::borrow::Cow;

use crate::article::{is_printable, printable};
use crate::rejection::Rejection;

/// Elements within elements: the deepest agency format stays below thirty.
const MAX_DEPTH: usize = 200;
/// Attributes of one element; parsers compare each with all others.
const MAX_ATTRIBUTES: usize = 200;
/// The longest XML declaration, in bytes.
const MAX_DECLARATION: usize = 200;
/// The longest name that HTML has for a character.
const MAX_NAME: usize = 32;

/// The encoding that an XML declaration states.
pub(in crate::parse) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = bytes.trim_ascii_start();
    let end = start.iter().take(MAX_DECLARATION).position(|byte| *byte == b'>')?;
    if start.starts_with(b"<?xml") { crate::parse::html::declared_encoding(&start[..end]) } else { None }
}

/// Makes a text harmless and readable.
///
/// # Errors
/// Entities of its own, elements too deep or too full, with the line.
pub(in crate::parse) fn prepared(text: &str) -> Result<String, Rejection> {
    let text = printable(text.trim_start_matches('\u{feff}'));
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut rest: &str = &text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let here = text.len() - rest.len();
        let length = if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let length = inner.find("]]>").map_or(rest.len(), |end| end + 12);
            out.push_str(&rest[..length]);
            length
        } else if let Some(inner) = rest.strip_prefix("<!--") {
            passed(&mut out, rest, inner.find("-->").map(|end| end + 7))
        } else if let Some(inner) = rest.strip_prefix("<?") {
            passed(&mut out, rest, inner.find("?>").map(|end| end + 4))
        } else if rest.starts_with("<!DOCTYPE") {
            passed(&mut out, rest, document_type(rest).map_err(|within| own_entities(&text, here + within))?)
        } else if rest.starts_with('<') {
            let (length, attributes) = tag(rest);
            let closes = rest.starts_with("</");
            let is_empty = rest[..length].ends_with("/>");
            depth = if closes { depth.saturating_sub(1) } else { depth + usize::from(!is_empty) };
            if depth > MAX_DEPTH || attributes > MAX_ATTRIBUTES {
                let reason = if depth > MAX_DEPTH {
                    format!("its elements are nested more than {MAX_DEPTH} deep")
                } else {
                    format!("one of its elements has more than {MAX_ATTRIBUTES} attributes")
                };
                return Err(
                    Rejection::new(reason, "no news item is like this: ask for it again").at(line(&text, here), 1)
                );
            }
            references(&mut out, &rest[..length]);
            length
        } else {
            let length = rest[1..].find(['<', '&']).map_or(rest.len(), |end| end + 1);
            references(&mut out, &rest[..length]);
            length
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    Ok(out)
}

/// What is not read leaves its line ends, so that places keep their numbers.
fn passed(out: &mut String, rest: &str, length: Option<usize>) -> usize {
    let length = length.unwrap_or(rest.len()).min(rest.len());
    out.extend(rest[..length].chars().filter(|c| *c == '\n'));
    length
}

/// The length of a document type; where it declares an entity if it does.
fn document_type(text: &str) -> Result<Option<usize>, usize> {
    let mut quote = None;
    let mut inside = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), _) if byte == mark => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[') => inside = true,
            (None, b']') => inside = false,
            // Those with a `%` are for the document type alone, which is not read.
            (None, b'<') if inside && declares_entity(&text[at..]) => return Err(at),
            (None, b'>') if !inside => return Ok(Some(at + 1)),
            _ => {}
        }
    }
    Ok(None)
}

fn declares_entity(text: &str) -> bool {
    text.strip_prefix("<!ENTITY").is_some_and(|rest| !rest.trim_start().starts_with('%'))
}

fn own_entities(text: &str, at: usize) -> Rejection {
    let hint = "take the `<!ENTITY …>` lines away and write the characters themselves";
    Rejection::new("it defines entities of its own, which are not read", hint).at(line(text, at), 1)
}

/// The length of a tag, and how many attributes it has at most.
fn tag(text: &str) -> (usize, usize) {
    let mut quote = None;
    let mut quoted = 0;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), _) if byte == mark => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                quoted += 1;
            }
            (None, b'>') => return (at + 1, quoted),
            // A tag that was not closed: the parser will say so.
            (None, b'<') if at > 0 => return (at, quoted),
            _ => {}
        }
    }
    (text.len(), quoted)
}

/// Writes a text with its references as XML alone understands them.
fn references(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].bytes().take(MAX_NAME).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let is_closed = name > 0 && rest[1 + name..].starts_with(';');
        if is_closed {
            out.push_str(&reference(&rest[1..=name]));
            rest = &rest[name + 2..];
        } else {
            // `AT&T`, as careless programs write it.
            out.push_str("&amp;");
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

fn reference(name: &str) -> Cow<'static, str> {
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return Cow::Owned(format!("&{name};"));
    }
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        // Characters that XML forbids have no reference either.
        let c = code.ok().and_then(char::from_u32).filter(|c| is_printable(*c));
        return c.map_or(Cow::Borrowed(""), |c| Cow::Owned(format!("&#{};", u32::from(c))));
    }
    match quick_xml::escape::resolve_html5_entity(name) {
        Some(text) => Cow::Owned(text.chars().map(|c| format!("&#{};", u32::from(c))).collect()),
        None => Cow::Owned(format!("&{name};")),
    }
}

fn line(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// The name of the root element without its prefix, of a text that begins like XML.
pub(in crate::parse) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            // One that declares entities is refused later, with its line.
            document_type(rest).unwrap_or_else(|at| {
                rest[at..].find("]").and_then(|end| Some(at + end + rest[at + end..].find('>')? + 1))
            })?
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let local = name.rsplit(':').next().unwrap_or(name);
    local.starts_with(|c: char| c.is_alphabetic() || c == '_').then_some(local)
}
