//! A text → what it is by its own content, whatever its file is called: an agency's item, an HTML document, or neither.

use super::ninjs;
use super::xml;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// ninjs, one item or several.
    Ninjs,
    /// XML with this root element, of a news format or a part of one.
    News(String),
    /// XML with any other root element.
    Xml(String),
    /// JSON that is no ninjs.
    Json,
    /// Anything else.
    Prose,
}

/// Roots of news formats, of what goes with them, and of parts that were cut out of one.
const ROOTS: [&str; 24] = [
    "newsItem",
    "newsMessage",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
    "itemSet",
    "itemMeta",
    "contentMeta",
    "contentSet",
    "inlineXML",
    "inlineData",
    "groupSet",
    "rightsInfo",
    "nitf",
    "body.head",
    "body.content",
    "docdata",
    "NewsML",
    "NewsItem",
    "NewsComponent",
    "ContentItem",
    "NewsEnvelope",
];

/// What the text is.
pub(super) fn recognise(text: &str) -> Shape {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match start.bytes().next() {
        Some(b'{' | b'[') if ninjs::is_ninjs(text) => Shape::Ninjs,
        Some(b'{' | b'[') => Shape::Json,
        Some(b'<') => match xml::root(start) {
            Some(name) if ROOTS.contains(&name) => Shape::News(name.to_owned()),
            Some(name) => Shape::Xml(name.to_owned()),
            None => Shape::Prose,
        },
        _ => Shape::Prose,
    }
}
