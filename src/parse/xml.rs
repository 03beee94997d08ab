//! XML text → its elements, within limits that no news item reaches. Nothing is fetched, no entity of the file's own
//! making is read, and namespaces only part names: agencies use any prefix for them, or none.

mod markup;
mod source;

use roxmltree::{Document, Error, Node, ParsingOptions, TextPos};

use crate::rejection::Rejection;

pub(super) use crate::escape::value as escaped;
pub(super) use markup::{attribute, html, write};
pub(super) use source::{declared_encoding, prepared, root};

/// Elements and texts of one file: the longest tables of results have some ten thousands, and of each element cleaning and
/// printing hold several more.
const MAX_NODES: u32 = 300_000;

/// Elements whose words do not touch those before them.
const PARTING: [&str; 9] = ["p", "br", "div", "li", "hl1", "hl2", "td", "tr", "block"];

/// The element of a text that [`prepared`] has made harmless.
///
/// # Errors
/// Where it is no well-formed XML.
pub(super) fn parse(prepared: &str) -> Result<Document<'_>, Rejection> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, entity_resolver: None };
    Document::parse_with_options(prepared, options).map_err(|error| broken(&error))
}

/// What is wrong, in the words of somebody who sees the file.
fn broken(error: &Error) -> Rejection {
    const HINT: &str = "the file was damaged on its way: ask for it again, or mend it there";
    let TextPos { row, col } = error.pos();
    let reason = match error {
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            return Rejection::new("the file ends before its XML does", "copy the whole file again").at(row, col);
        }
        Error::NoRootNode => return Rejection::new("there is no element in the file", HINT),
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => {
            return Rejection::new("the file has more elements than any news item", "divide it into several files");
        }
        Error::UnexpectedCloseTag(open, closed, _) => {
            format!("the XML is broken: <{open}> is closed by </{closed}>")
        }
        Error::UnknownEntityReference(name, _) => {
            format!("the XML uses &{name}; which only another file could explain, and no other file is read")
        }
        Error::UnknownNamespace(prefix, _) => format!("the XML is broken: the prefix {prefix}: is declared nowhere"),
        Error::DuplicatedAttribute(name, _) => format!("the XML is broken: the attribute {name} is stated twice"),
        other => {
            let text = other.to_string();
            format!("the XML is broken: {}", text.split(" at ").next().unwrap_or_default())
        }
    };
    Rejection::new(reason, HINT).at(row, col)
}

/// The first child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// All children of this name.
pub(super) fn children<'a, 'i>(node: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, name))
}

/// The first element of this name below, however deep.
pub(super) fn below<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().skip(1).find(|inner| is(*inner, name))
}

/// The element that a path of names leads to, each the first of its name.
pub(super) fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// Whether it is an element of this name, in whatever namespace.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The words in it on one line; none where there are none.
pub(super) fn words(node: Node<'_, '_>) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants() {
        if let Some(words) = inner.text().filter(|_| inner.is_text()) {
            text.push_str(words);
        } else if inner.is_element() && PARTING.contains(&inner.tag_name().name()) {
            text.push(' ');
        }
    }
    line(&text)
}

/// The words of the first child of this name.
pub(super) fn words_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name).and_then(words)
}

/// What an attribute states; none where it is blank.
pub(super) fn stated<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(node, name).map(str::trim).filter(|text| !text.is_empty())
}

/// A text on one line, one space between words; none where there are no words.
pub(super) fn line(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}
