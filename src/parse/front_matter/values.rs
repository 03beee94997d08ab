//! The value of a field → a truth, or the file it names, in the words of any of the notations.

use super::node::{Node, Value, key};
use crate::article::{Enclosed, Measures};

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

/// The file that a value names.
pub(super) fn file_in(node: &Node) -> Option<String> {
    enclosure_in(node, 0).map(|enclosed| enclosed.file)
}

/// The files that a value names: one, or each of a list.
pub(super) fn enclosures_in(node: &Node) -> Vec<Enclosed> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| enclosure_in(item, 1)).collect(),
        _ => enclosure_in(node, 0).into_iter().collect(),
    }
}

/// The file that a value names, and its length and type as far as they stand beside it. `depth` bounds the recursion: no theme
/// nests a picture deeper than a list in a table in a table.
fn enclosure_in(node: &Node, depth: usize) -> Option<Enclosed> {
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
            let mut lines = text.trim().lines().map(str::trim);
            let file = lines.next().filter(|t| !t.is_empty() && truth(t).is_none())?.to_owned();
            Some(Enclosed { file, measures: measures(lines.next(), lines.next()) })
        }
        Value::List(items) => items.iter().find_map(|item| enclosure_in(item, depth + 1)),
        Value::Fields(fields) => NAMES.iter().find_map(|wanted| {
            let (_, node) = fields.iter().find(|(name, _)| key(name) == *wanted)?;
            let inner = enclosure_in(node, depth + 1)?;
            let beside = |names: &[&str]| {
                fields.iter().find(|(name, _)| names.contains(&key(name).as_str())).and_then(|(_, node)| node.text())
            };
            let bytes = beside(&["length", "size", "bytes", "filesize", "sizeinbytes"]);
            let media_type = beside(&["type", "mimetype", "mime", "mediatype", "contenttype"]);
            Some(Enclosed { measures: inner.measures.or_else(|| measures(bytes, media_type)), ..inner })
        }),
    }
}

/// What is said of a file, where it can be: a length of nothing and a type of one word are none.
fn measures(bytes: Option<&str>, media_type: Option<&str>) -> Option<Measures> {
    let is_named = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-' | b'_'))
    };
    let bytes = bytes.and_then(|text| text.parse().ok()).filter(|bytes| *bytes > 0);
    let media_type = media_type.map(|text| text.trim().to_ascii_lowercase());
    let media_type =
        media_type.filter(|text| text.split_once('/').is_some_and(|(kind, name)| is_named(kind) && is_named(name)));
    (bytes.is_some() || media_type.is_some()).then(|| Measures { media_type: media_type.unwrap_or_default(), bytes })
}
