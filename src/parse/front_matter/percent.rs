//! The title block of pandoc → fields: `% The price of salt`, `% Ida Holm; Per Lind`, `% 14 November 2026` on the first lines, each
//! going on over lines that are indented.

use super::node::{Node, Value};

/// What the lines say, one after another.
const NAMES: [&str; 3] = ["title", "author", "date"];

/// The fields and the byte at which the body begins; none where the text begins with a sign of per cent.
pub(super) fn read(text: &str) -> Option<(Node, usize)> {
    let mut fields: Vec<(String, Node)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        match (line.strip_prefix('%'), fields.last_mut()) {
            (Some(words), _) if words.starts_with([' ', '\n']) => {
                let name = *NAMES.get(fields.len())?;
                let value = Value::Scalar(words.trim().to_owned());
                fields.push((name.to_owned(), Node { value, at: at + line.len() - words.trim_start().len() }));
            }
            (None, Some((name, Node { value: Value::Scalar(text), .. }))) if line.starts_with([' ', '\t']) => {
                text.push_str(if name == "author" { "; " } else { " " });
                text.push_str(line.trim());
            }
            _ => return None,
        }
        at += line.len();
    }
    let title = fields.first().and_then(|(_, node)| node.text())?;
    // A line alone may be of the text: `% change on the year before:`.
    let is_title = fields.len() > 1 || !title.ends_with([':', '.', ',']);
    (is_title && !title.is_empty()).then_some((Node { value: Value::Fields(fields), at: 0 }, at))
}
