//! Metadata lines without a fence → fields (Pelican, MultiMarkdown): `Title: …` from the first line to a blank one.

use super::node::{Node, Value, key};
use super::synonyms::{self, TITLE};

/// What stands above the text itself, with nothing behind its colon.
const BODY: [&str; 5] = ["正文", "内容", "全文", "body", "text"];

/// Whether a field says that the block it stands in is metadata: prose too begins with a word and a colon (`Note: …`).
pub(super) fn is_telling(name: &str) -> bool {
    const OTHERS: [&str; 5] = ["date", "slug", "日期", "datum", "fecha"];
    let name = key(name);
    TITLE.contains(&name.as_str()) || OTHERS.contains(&name.as_str())
}

/// The beginning of a text, down to its first line that can be no field.
pub(super) fn labelled(text: &str) -> &str {
    /// A line that says anything else is no longer, in characters.
    const MAX_UNKNOWN: usize = 60;
    let is_field = |line: &str| {
        let name = line.split_once([':', '：']).map(|(name, _)| name).filter(|name| !name.contains(' '));
        name.is_some_and(|name| synonyms::knows(&key(name)) || line.chars().count() <= MAX_UNKNOWN)
    };
    let lines = text.split_inclusive('\n').take_while(|line| line.trim().is_empty() || is_field(line.trim()));
    &text[..lines.map(str::len).sum()]
}

/// The fields and the byte at which the body begins; none where the file begins with its text.
pub(super) fn read(text: &str) -> Option<(Node, usize)> {
    let mut fields: Vec<(String, Node)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            at += line.len();
            if fields.is_empty() {
                continue;
            }
            break;
        }
        let continued = line.starts_with("    ") || line.starts_with('\t');
        match fields.last_mut() {
            Some((_, Node { value: Value::Scalar(text), .. })) if continued => {
                text.push(' ');
                text.push_str(line.trim());
            }
            _ => {
                let (name, value) = line.split_once([':', '：'])?;
                let known = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
                if !known || value.starts_with("//") {
                    return None;
                }
                let start = at + line.len() - value.trim_start().len();
                fields.push((name.to_owned(), Node { value: Value::Scalar(value.trim().to_owned()), at: start }));
            }
        }
        at += line.len();
    }
    // `正文：` parts them from the text.
    fields.pop_if(|(name, node)| {
        BODY.contains(&key(name).as_str()) && matches!(&node.value, Value::Scalar(text) if text.is_empty())
    });
    let telling = fields.iter().any(|(name, _)| is_telling(name));
    telling.then_some((Node { value: Value::Fields(fields), at: 0 }, at))
}
