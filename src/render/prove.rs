//! Proves that what the libraries wrote is what a strict reader takes, with parsers that did not write it.

use super::{RenderError, atom, rss};
use crate::section::Format;

/// Proves an entry well-formed and complete before it may enter a feed: exactly one element, every namespace declared,
/// no forbidden character, an id and a title.
///
/// # Errors
/// When it is not.
pub fn prove(format: Format, entry: &str) -> Result<(), RenderError> {
    match format {
        Format::Rss => xml(format, &enclosed("rss", "", &rss::NAMESPACES, entry), "item", "guid"),
        Format::Atom => {
            let default = " xmlns=\"http://www.w3.org/2005/Atom\"";
            xml(format, &enclosed("feed", default, &atom::NAMESPACES, entry), "entry", "id")
        }
        Format::Json => {
            let object = object(entry)?;
            match object.get("id").and_then(serde_json::Value::as_str) {
                Some(id) if !id.is_empty() && object.contains_key("title") => Ok(()),
                _ => Err(RenderError::malformed(format, "it has no id or no title")),
            }
        }
    }
}

/// Proves a whole feed well-formed.
///
/// # Errors
/// When it is not.
pub fn prove_feed(format: Format, document: &[u8]) -> Result<(), RenderError> {
    let text = std::str::from_utf8(document).map_err(|e| RenderError::malformed(format, e))?;
    match format {
        Format::Rss | Format::Atom => {
            let document = roxmltree::Document::parse(text).map_err(|e| RenderError::malformed(format, e))?;
            let expected = if format == Format::Rss { "rss" } else { "feed" };
            if document.root_element().tag_name().name() == expected {
                return Ok(());
            }
            Err(RenderError::malformed(format, "it has another root"))
        }
        Format::Json => match object(text)?.get("items") {
            Some(serde_json::Value::Array(_)) => Ok(()),
            _ => Err(RenderError::malformed(format, "it has no items")),
        },
    }
}

fn enclosed(root: &str, default: &str, namespaces: &[(&str, &str)], entry: &str) -> String {
    let declared: String = namespaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).collect();
    format!("<{root}{default}{declared}>{entry}</{root}>")
}

fn xml(format: Format, document: &str, name: &str, id: &str) -> Result<(), RenderError> {
    let document = roxmltree::Document::parse(document).map_err(|e| RenderError::malformed(format, e))?;
    let mut children = document.root_element().children();
    let (Some(entry), None) = (children.next(), children.next()) else {
        return Err(RenderError::malformed(format, "it is not one element"));
    };
    if entry.tag_name().name() != name {
        return Err(RenderError::malformed(format, "it is another element"));
    }
    let child = |name: &str| entry.children().find(|c| c.tag_name().name() == name);
    if child(id).and_then(|c| c.text()).is_none_or(str::is_empty) || child("title").is_none() {
        return Err(RenderError::malformed(format, "it has no id or no title"));
    }
    Ok(())
}

fn object(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, RenderError> {
    serde_json::from_str(text).map_err(|e| RenderError::malformed(Format::Json, e))
}
