//! The head of a text file → its fields and the text below. Fences of every common generator are known; a first line
//! that only looks like a fence (a rule, a shortcode, a code block) is left to the text.

mod fields;
mod json;
mod language;
mod lines;
mod node;
mod people;
mod percent;
mod properties;
mod synonyms;
mod toml;
mod values;
mod yaml;

pub use fields::{MAX_LIST, fill, fill_from};
pub use language::language_tag;
pub use node::{Node, Value, key};
pub use people::{MAX_PEOPLE, names};
pub use properties::{complete, is_property, properties};

use crate::rejection::Rejection;

/// Longer than the head of any article; bounds what one file can make the parsers do.
pub const MAX_BYTES: usize = 64 * 1024;

/// What a head at the top of a text is called.
const HEAD: &str = "front matter";

/// A text taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// What the head states; none where the text has no head.
    pub head: Option<Head<'a>>,
    /// What follows it.
    pub body: &'a str,
}

/// Front matter that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// Its fields.
    pub fields: Node,
    /// The whole text, from which a byte's line and column are told.
    text: &'a str,
    /// Where in the text the source of `fields` begins.
    start: usize,
}

impl Head<'_> {
    /// The fields in one of its own, as a head: in a list, those of the first table.
    #[must_use]
    pub fn within(&self, name: &str) -> Option<Head<'_>> {
        let (_, node) = self.fields.fields().iter().find(|(known, _)| key(known) == name)?;
        let node = match &node.value {
            Value::List(items) => items.first()?,
            _ => node,
        };
        matches!(node.value, Value::Fields(_)).then(|| Head {
            fields: node.clone(),
            text: self.text,
            start: self.start,
        })
    }

    /// The text of the first of some fields that is stated.
    #[must_use]
    pub fn text_of(&self, names: &[&str]) -> Option<String> {
        let stated = self.fields.fields().iter().find(|(known, _)| names.contains(&key(known).as_str()))?;
        stated.1.text().map(str::to_owned)
    }

    /// A rejection shown at one of its values.
    #[must_use]
    pub fn reject(&self, at: usize, reason: impl Into<String>, hint: impl Into<String>) -> Rejection {
        place(self.text, self.start + at, Rejection::new(reason, hint))
    }
}

#[derive(Clone, Copy)]
enum Notation {
    Yaml,
    Toml,
    Json,
    /// JSON without its outer braces (Hexo).
    BareJson,
}

/// Takes a fenced head off: `---` (YAML, closed by `---` or `...`), `---toml`, `+++` (TOML), `;;;` and `= yaml =`.
///
/// # Errors
/// When the head is not closed, too long, or not in its notation; with line and column.
pub fn split_fenced(text: &str) -> Result<Split<'_>, Rejection> {
    let none = Split { head: None, body: text };
    let start = first_words(text);
    let opening = first_line(&text[start..]);
    let (notation, closings): (_, &[&str]) = match opening.trim_end() {
        "---" | "--- yaml" | "---yaml" => (Notation::Yaml, &["---", "..."]),
        "--- toml" | "---toml" => (Notation::Toml, &["---"]),
        "--- json" | "---json" => (Notation::Json, &["---"]),
        "---js" | "--- js" | "---javascript" | "--- javascript" => {
            let reason = "the front matter is a JavaScript program, as Eleventy has it, and programs are not run";
            let hint = "write its fields as YAML between two lines of `---`";
            return Err(place(text, start, Rejection::new(reason, hint)));
        }
        // What an editing program makes of `---`.
        "———" | "—" | "—-" | "–-" => (Notation::Yaml, &["———", "—", "—-", "–-", "---"]),
        "+++" => (Notation::Toml, &["+++"]),
        ";;;" => (Notation::BareJson, &[";;;"]),
        "= yaml =" => (Notation::Yaml, &["= yaml ="]),
        "= toml =" => (Notation::Toml, &["= toml ="]),
        _ => return Ok(none),
    };
    let inner = start + opening.len();
    let Some((end, body)) = closing(text, inner, closings) else {
        // A rule above a text is no head: only what goes on with a field was meant as one.
        let block = text[inner..].split("\n\n").next().unwrap_or_default();
        if !states_fields(block, notation) {
            return Ok(none);
        }
        let hint = format!("end the front matter with a line `{}`", closings[0]);
        return Err(place(text, start, Rejection::new("the front matter is not closed", hint)));
    };
    let source = &text[inner..end];
    if !source.trim().is_empty() && !states_fields(source, notation) {
        return Ok(none);
    }
    let whole = matches!(notation, Notation::BareJson) && source.trim_start().starts_with('{');
    let notation = if whole { Notation::Json } else { notation };
    Ok(Split { head: Some(read(text, inner, end, notation, HEAD)?), body: &text[body..] })
}

/// The head of a plain text: fenced, or lines of `Title: …`, `标题：…` above it. Of these, all are to be fields that are read, or
/// some of the text would be lost, and several, for a headline may have a colon. They end at the first line that is none.
///
/// # Errors
/// As [`split_fenced`].
pub fn split_plain(text: &str) -> Result<Split<'_>, Rejection> {
    let fenced = split_fenced(text)?;
    if fenced.head.is_some() {
        return Ok(fenced);
    }
    let within = lines::labelled(&text[..boundary(text, MAX_BYTES)]);
    let Some((fields, end)) = lines::read(within) else { return Ok(fenced) };
    let names: Vec<String> = fields.fields().iter().map(|(name, _)| key(name)).collect();
    let is_titled = names.iter().any(|name| synonyms::TITLE.contains(&name.as_str()));
    let is_known = |name: &String| synonyms::knows(name) || synonyms::FOR_DESKS.contains(&name.as_str());
    let is_head = is_titled && names.len() > 1 && names.iter().all(is_known);
    if !is_head {
        return Ok(fenced);
    }
    Ok(Split { head: Some(Head { fields, text, start: 0 }), body: &text[end..] })
}

/// A file that is nothing but a head, in the notation of its extension; fences around it are passed over.
///
/// # Errors
/// As [`split_fenced`], and when anything follows the head.
pub fn whole<'a>(text: &'a str, extension: &str) -> Result<Head<'a>, Rejection> {
    const FILE: &str = "file";
    let notation = match extension {
        "json" => Notation::Json,
        "toml" => Notation::Toml,
        _ => Notation::Yaml,
    };
    if text.len() <= MAX_BYTES
        && let Split { head: Some(head), body } = split_fenced(text)?
        && body.trim().is_empty()
    {
        return Ok(head);
    }
    let head = read(text, 0, text.len(), notation, FILE)?;
    if matches!(notation, Notation::Json)
        && let Ok((_, end)) = json::read(text)
        && let Some(more) = text[end..].find(|c: char| !c.is_whitespace())
    {
        return Err(unreadable(text, end + more, FILE, "JSON", "something follows the object"));
    }
    Ok(head)
}

/// Where the first line that is not blank begins; an indented one is code, and no fence.
fn first_words(text: &str) -> usize {
    let blank = text.len() - text.trim_start().len();
    text[..blank].rfind('\n').map_or(0, |end| end + 1)
}

/// A head that is closed but not opened, as Hexo allows: fields from the first line on, then `---` or `;;;`.
fn unopened(text: &str) -> Result<Option<Split<'_>>, Rejection> {
    let start = first_words(text);
    let json = text[start..].starts_with('"');
    let closings: &[&str] = if json { &[";;;"] } else { &["---"] };
    let within = &text[..boundary(text, MAX_BYTES)];
    let Some((end, body)) = closing(within, start, closings) else { return Ok(None) };
    let source = &text[start..end];
    let field = |line: &str| {
        let line = line.trim_end();
        line.is_empty()
            || line.starts_with([' ', '\t', '-', '#'])
            || line.split_once(':').is_some_and(|(name, value)| {
                name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                    && (value.is_empty() || value.starts_with(' '))
            })
    };
    let telling = source
        .lines()
        .any(|line| line.split_once(':').is_some_and(|(name, _)| lines::is_telling(name.trim_matches('"'))));
    // A line over `---` is a heading to Markdown: only fields and nothing else make it a head.
    if !telling || !(json || source.lines().all(field)) {
        return Ok(None);
    }
    let notation = if json { Notation::BareJson } else { Notation::Yaml };
    Ok(Some(Split { head: Some(read(text, start, end, notation, HEAD)?), body: &text[body..] }))
}

/// Takes any head off: a fenced one, a JSON object, a code block of fields, pandoc's title block, metadata lines.
///
/// # Errors
/// As [`split_fenced`].
pub fn split(text: &str) -> Result<Split<'_>, Rejection> {
    let fenced = split_fenced(text)?;
    if fenced.head.is_some() {
        return Ok(fenced);
    }
    if let Some(split) = unopened(text)? {
        return Ok(split);
    }
    let start = text.len() - text.trim_start().len();
    let begun = &text[start..];
    // `{{< figure >}}` and `{% include %}` begin texts, a JSON object begins with a key.
    if begun.strip_prefix('{').is_some_and(|b| b.trim_start().starts_with('"')) {
        let within = &begun[..boundary(begun, MAX_BYTES)];
        let (fields, end) = json::read(within).map_err(|(at, why)| match within.len() < begun.len() {
            // Where it was cut off here, it only is too long.
            true if at + 1 >= within.len() => too_long(text, start, HEAD),
            _ => unreadable(text, start + at, HEAD, "JSON", &why),
        })?;
        return Ok(Split { head: Some(Head { fields, text, start }), body: &begun[end..] });
    }
    let opening = first_line(begun);
    let notation = match opening.trim_end() {
        "```toml" => Some(Notation::Toml),
        "```yaml" | "```yml" => Some(Notation::Yaml),
        "```json" => Some(Notation::Json),
        _ => None,
    };
    if let Some(notation) = notation {
        let inner = start + opening.len();
        if let Some((end, body)) = closing(text, inner, &["```"]) {
            // An article may begin with an example: only a block that states a title is its head.
            if let Ok(head) = read(text, inner, end, notation, HEAD)
                && head.fields.fields().iter().any(|(name, _)| key(name) == "title")
            {
                return Ok(Split { head: Some(head), body: &text[body..] });
            }
        }
        return Ok(fenced);
    }
    let within = &text[..boundary(text, MAX_BYTES)];
    if let Some((fields, end)) = percent::read(within).or_else(|| lines::read(within)) {
        return Ok(Split { head: Some(Head { fields, text, start: 0 }), body: &text[end..] });
    }
    Ok(fenced)
}

fn read<'a>(text: &'a str, start: usize, end: usize, notation: Notation, what: &str) -> Result<Head<'a>, Rejection> {
    if end - start > MAX_BYTES {
        return Err(too_long(text, start, what));
    }
    let source = &text[start..end];
    let (fields, name) = match notation {
        Notation::Yaml => (yaml::read(source), "YAML"),
        Notation::Toml => (toml::read(source), "TOML"),
        Notation::Json => (json::read(source).map(|(node, _)| node), "JSON"),
        Notation::BareJson => {
            let closed = format!("{{{}}}", source.trim_end().trim_end_matches(','));
            let read = json::read(&closed).map_err(|(at, why)| (at.saturating_sub(1), why));
            (read.map(|(node, _)| moved_back(node)), "JSON")
        }
    };
    let fields = fields.map_err(|(at, why)| unreadable(text, start + at, what, name, &why))?;
    Ok(Head { fields, text, start })
}

/// The places of an object whose brace was added before its first byte.
fn moved_back(mut node: Node) -> Node {
    if let Value::Fields(fields) = &mut node.value {
        for (_, value) in fields {
            value.at = value.at.saturating_sub(1);
        }
    }
    node
}

fn unreadable(text: &str, at: usize, what: &str, notation: &str, why: &str) -> Rejection {
    let hint = if notation == "YAML" {
        "write `name: value` with a space after the colon, and values with marks in them in \"quotation marks\""
    } else {
        "mend the line; texts stand in \"quotation marks\""
    };
    place(text, at, Rejection::new(format!("the {what} is not {notation}: {why}"), hint))
}

fn too_long(text: &str, at: usize, what: &str) -> Rejection {
    let reason = format!("the {what} is longer than {} KiB", MAX_BYTES / 1024);
    let hint = if what == HEAD { "close it before the text begins" } else { "state in it no more than is needed" };
    place(text, at, Rejection::new(reason, hint))
}

fn place(text: &str, at: usize, rejection: Rejection) -> Rejection {
    let before = &text[..boundary(text, at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    rejection.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// The last character boundary not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

/// Where the line that closes the head begins, and where the text after it.
fn closing(text: &str, from: usize, closings: &[&str]) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if closings.contains(&line.trim_end()) {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Whether a block was meant as fields: any of its lines is `name:` or `name =`.
fn states_fields(block: &str, notation: Notation) -> bool {
    let block = &block[..boundary(block, MAX_BYTES)];
    block.lines().any(|line| {
        let line = line.trim();
        let mark = if matches!(notation, Notation::Toml) { '=' } else { ':' };
        match notation {
            _ if line.starts_with('#') => false,
            Notation::Yaml if line.starts_with(['{', '!', '&', '%']) => true,
            Notation::Json | Notation::BareJson => line.starts_with(['"', '{', '}']),
            Notation::Toml if line.starts_with('[') => true,
            // A slip in a field that every head has is still a head.
            Notation::Yaml if line.split_once([':', '：']).is_some_and(|(name, _)| lines::is_telling(name)) => true,
            Notation::Yaml | Notation::Toml => line.split_once(mark).is_some_and(|(name, value)| {
                let name = name.trim().trim_matches(['"', '\'']);
                let ends = value.is_empty() || value.starts_with([' ', '\t']) || mark == '=';
                ends && !name.is_empty()
                    && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
                    && name.split(' ').count() <= 3
            }),
        }
    })
}
