//! YAML front matter → its fields (Jekyll, Hugo, Hexo, Astro). Tags are never obeyed, bombs of aliases and of depth end
//! at the parser's budget, and a field stated twice is an error.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{SnippetMode, Spanned};

use super::node::{Node, Value};

/// Deeper than any theme nests its settings; bounds the recursion.
const MAX_DEPTH: usize = 32;
/// More values than any article states; bounds what aliases can unfold.
const MAX_NODES: usize = 20_000;

/// The fields, or what is wrong and at which byte.
pub(super) fn read(source: &str) -> Result<Node, (usize, String)> {
    let narrowed = narrow_colons(source);
    let source = narrowed.as_ref();
    parsed(source).or_else(|fault| match quoted(source) {
        Cow::Owned(quoted) => parsed(&quoted).map(|node| moved(node, source, &quoted)).map_err(|_| fault),
        Cow::Borrowed(_) => Err(fault),
    })
}

/// `title: Budget: what changed` as `title: 'Budget: what changed'`: a value on one line that YAML has no meaning for is what was
/// written. Where it has any (a quotation, a list, a comment, a line that goes on), nothing changes.
fn quoted(source: &str) -> Cow<'_, str> {
    /// What no value can begin with.
    const RESERVED: [char; 3] = ['@', '`', '%'];
    /// What begins another kind of value.
    const KINDS: [char; 10] = ['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#'];
    let is_meant = |name: &str, value: &str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            && !value.starts_with(KINDS)
            && !value.contains(" #")
            && (value.contains(": ") || value.ends_with(':') || value.starts_with(RESERVED))
    };
    let mut lines: Vec<Cow<'_, str>> = source.split_inclusive('\n').map(Cow::Borrowed).collect();
    for line in &mut lines {
        if let Some((name, value)) = line.split_once(": ")
            && is_meant(name, value.trim())
        {
            *line = Cow::Owned(format!("{name}: '{}'\n", value.trim().replace('\'', "''")));
        }
    }
    match lines.iter().any(|line| matches!(line, Cow::Owned(_))) {
        true => Cow::Owned(lines.concat()),
        false => Cow::Borrowed(source),
    }
}

/// The node with its place in `source`, of which `quoted` has the same lines.
fn moved(node: Node, source: &str, quoted: &str) -> Node {
    let before = &quoted.as_bytes()[..node.at.min(quoted.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    let mut starts = source.split_inclusive('\n').scan(0, |at, text| {
        *at += text.len();
        Some((*at - text.len(), text.len()))
    });
    // A quotation mark stands before the value in one of the two.
    let at = starts.nth(line).map_or(source.len(), |(start, length)| start + column.min(length.saturating_sub(1)));
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| moved(item, source, quoted)).collect()),
        Value::Fields(fields) => {
            Value::Fields(fields.into_iter().map(|(name, value)| (name, moved(value, source, quoted))).collect())
        }
        other => other,
    };
    Node { value, at }
}

fn parsed(source: &str) -> Result<Node, (usize, String)> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES },
    };
    let read: Result<Spanned<Raw>, _> = serde_saphyr::from_str_with_options(source, options);
    let raw = read.map_err(|e| {
        let user = serde_saphyr::UserMessageFormatter;
        let plain = serde_saphyr::render_options! { formatter: &user, snippets: SnippetMode::Off };
        let message = e.render_with_options(plain).replace('\n', " ");
        let message = message.split(" at line ").next().unwrap_or_default();
        let message = match message.contains("limits breached") {
            true => format!("it has more than {MAX_NODES} values, or lists within lists more than {MAX_DEPTH} deep"),
            false => message.to_owned(),
        };
        (e.location().map_or(0, |l| offset(source, l)), message)
    })?;
    let node = node(raw, source);
    match node.value {
        Value::Fields(_) => Ok(node),
        Value::Empty => Ok(Node { value: Value::Fields(Vec::new()), at: 0 }),
        _ => Err((node.at, "there are no fields of the form `name: value`".to_owned())),
    }
}

/// `标题：丰收` as `标题:  丰收`: a Chinese keyboard types the wide colon. As many bytes, so that places stay true.
fn narrow_colons(source: &str) -> Cow<'_, str> {
    if !source.contains('：') {
        return Cow::Borrowed(source);
    }
    let lines = source.split_inclusive('\n').map(|line| match line.split_once('：') {
        Some((name, value))
            if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') =>
        {
            Cow::Owned(format!("{name}:  {value}"))
        }
        _ => Cow::Borrowed(line),
    });
    Cow::Owned(lines.collect())
}

fn offset(source: &str, location: serde_saphyr::Location) -> usize {
    if let Some(byte) = location.span().byte_offset() {
        return usize::try_from(byte).unwrap_or(usize::MAX).min(source.len());
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let inside = source[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    start + inside
}

fn node(raw: Spanned<Raw>, source: &str) -> Node {
    let location = raw.referenced;
    let value = match raw.value {
        Raw::Empty => Value::Empty,
        Raw::Text(text) => Value::Scalar(text),
        // The parser has read a number or a truth value: what counts is how it was written.
        Raw::Plain(read) => {
            let span = raw.defined.span();
            let written = span.byte_offset().zip(span.byte_len()).and_then(|(at, length)| {
                let at = usize::try_from(at).ok()?;
                source.get(at..at.checked_add(usize::try_from(length).ok()?)?)
            });
            Value::Scalar(written.map(str::trim).filter(|w| !w.is_empty()).map_or(read, str::to_owned))
        }
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, source)).collect()),
        Raw::Fields(fields) => Value::Fields(fields.into_iter().map(|(k, v)| (k, node(v, source))).collect()),
    };
    Node { value, at: offset(source, location) }
}

enum Raw {
    Empty,
    Text(String),
    Plain(String),
    List(Vec<Spanned<Raw>>),
    Fields(Vec<(String, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or fields")
    }

    fn visit_unit<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_none<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Raw, E> {
        Ok(Raw::Plain(truth.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Plain(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Plain(number.to_string()))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Raw, E> {
        Ok(Raw::Plain(number.to_string()))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Raw, E> {
        Ok(Raw::Plain(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Plain(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Text(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Raw::Fields(fields))
    }
}
