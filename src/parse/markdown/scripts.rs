//! `m^2^` and `H~2~O`, as pandoc writes them → raised and lowered; where the same signs mean something else (`2^10 and 3^4`,
//! `9~11时，14~16时`), themselves.

use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};

use crate::parse::page;

/// What is raised or lowered is no longer, in characters.
const MAX_SCRIPT: usize = 12;

/// Settles what the parser took for one.
pub(super) fn settle<'a>(root: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    let is_script = |node: &&'a AstNode<'a>| matches!(node.data().value, NodeValue::Superscript | NodeValue::Subscript);
    let found: Vec<_> = root.descendants().filter(is_script).collect();
    for node in found {
        let before = node.previous_sibling().and_then(|beside| text(beside)?.chars().next_back());
        let after = node.next_sibling().and_then(|beside| text(beside)?.chars().next());
        let joins = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
        let is_raised = matches!(node.data().value, NodeValue::Superscript);
        if joins(before) && is_short(node) {
            continue;
        }
        if !is_raised && !joins(before) && !joins(after) {
            node.data_mut().value = NodeValue::Strikethrough;
            continue;
        }
        let sign = || arena.alloc(NodeValue::Text(if is_raised { "^" } else { "~" }.into()).into());
        node.insert_before(sign());
        let inner: Vec<_> = node.children().collect();
        inner.into_iter().for_each(|child| node.insert_before(child));
        node.insert_before(sign());
        node.detach();
    }
}

fn text<'a>(node: &'a AstNode<'a>) -> Option<String> {
    match &node.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Letters and numbers, none of them Chinese, in brackets perhaps.
fn is_short<'a>(node: &'a AstNode<'a>) -> bool {
    let words: String = node.descendants().filter_map(|inner| text(inner)).collect();
    let is_sign = |c: char| c.is_alphanumeric() && !page::is_han(c) || "+-−–[]".contains(c);
    !words.is_empty() && words.chars().all(is_sign) && words.chars().nth(MAX_SCRIPT).is_none()
}
