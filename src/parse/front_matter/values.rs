//! The value of a field → a truth, or the file it names, in the words of any of the notations.

use super::node::{Node, Value, key};

/// Whether a sound is fit for adults only: as a truth value, or in the words that podcast apps knew first.
pub(super) fn fit_for_adults_only(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "explicit" => Some(true),
        "clean" => Some(false),
        other => truth(other),
    }
}

/// A truth value in the words of any of the notations.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// `depth` bounds the recursion: no theme nests a picture deeper than a list in a table in a table.
pub(super) fn file_in(node: &Node, depth: usize) -> Option<String> {
    const NAMES: [&str; 12] = [
        "src",
        "url",
        "href",
        "path",
        "file",
        "image",
        "source",
        "name",
        "teaser",
        "ogimage",
        "overlayimage",
        "feature",
    ];
    if depth > 3 {
        return None;
    }
    match &node.value {
        Value::Empty => None,
        // WordPress writes address, length and type on three lines.
        Value::Scalar(text) => {
            text.trim().lines().next().map(str::trim).filter(|t| !t.is_empty() && truth(t).is_none()).map(str::to_owned)
        }
        Value::List(items) => items.iter().find_map(|item| file_in(item, depth + 1)),
        Value::Fields(fields) => NAMES.iter().find_map(|wanted| {
            let (_, node) = fields.iter().find(|(name, _)| key(name) == *wanted)?;
            file_in(node, depth + 1)
        }),
    }
}
