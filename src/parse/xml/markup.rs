//! XHTML elements → HTML text, as cleaning wants to have it: names without prefixes, everything escaped and closed.

use roxmltree::Node;

use crate::escape::push_value;

/// Elements without content.
const VOID: [&str; 8] = ["br", "hr", "img", "wbr", "col", "source", "input", "meta"];
/// What is no part of a text.
const PASSED: [&str; 6] = ["head", "script", "style", "title", "meta", "link"];

/// What stands in an element, as HTML. The depth was bounded when the text was prepared.
pub(in crate::parse) fn html(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    inner(node, &mut out);
    out
}

fn inner(node: Node<'_, '_>, out: &mut String) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            write(out, text, child);
        } else if child.is_element() {
            element(child, out);
        }
    }
}

fn element(node: Node<'_, '_>, out: &mut String) {
    let name = node.tag_name().name().to_ascii_lowercase();
    if PASSED.contains(&name.as_str()) {
        return;
    }
    // Elements with a dot or a dash in their names are no HTML: their content is.
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return inner(node, out);
    }
    out.push('<');
    out.push_str(&name);
    for attribute in node.attributes() {
        out.push(' ');
        out.push_str(attribute.name());
        out.push_str("=\"");
        push_value(out, attribute.value());
        out.push('"');
    }
    out.push('>');
    if !VOID.contains(&name.as_str()) {
        inner(node, out);
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
}

/// What an attribute of this name says, in whatever namespace.
pub(in crate::parse) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Writes a text node; the indents that programs put between elements become one space, or one line end.
pub(in crate::parse) fn write(out: &mut String, text: &str, node: Node<'_, '_>) {
    if node.ancestors().any(|above| above.is_element() && above.tag_name().name() == "pre") {
        return push_value(out, text);
    }
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace()) {
        push_value(out, &rest[..at]);
        let blank = rest.len() - rest[at..].trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
        out.push(if rest[at..blank].contains('\n') { '\n' } else { ' ' });
        rest = &rest[blank..];
    }
    push_value(out, rest);
}
