//! What a parsed page takes: how deep its elements lie, and what it costs to write it.

use scraper::{ElementRef, Html};

/// What it takes to write the texts and attributes of a page; scripts and styles are not written.
pub(super) fn escaping(page: &Html) -> u64 {
    let cost = |text: &str| {
        let marks = text.bytes().filter(|b| matches!(b, b'&' | 0xc2)).count();
        (marks as u64).saturating_mul(text.len() as u64)
    };
    let is_code = |name: &str| matches!(name, "script" | "style");
    let nodes = page.tree.nodes().map(|node| match node.value() {
        scraper::Node::Text(text) => {
            let parent = node.parent().and_then(ElementRef::wrap);
            if parent.is_some_and(|parent| is_code(parent.value().name())) { 0 } else { cost(text) }
        }
        scraper::Node::Element(element) => element.attrs().map(|(_, value)| cost(value)).sum(),
        _ => 0,
    });
    nodes.fold(0, u64::saturating_add)
}

/// How many elements lie within each other.
pub(super) fn depth(page: &Html) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    // The same walk as the parser's own, without recursion.
    let mut node = Some(page.tree.root());
    while let Some(here) = node {
        deepest = deepest.max(depth);
        if let Some(child) = here.first_child() {
            depth += 1;
            node = Some(child);
            continue;
        }
        let mut up = here;
        node = loop {
            if let Some(next) = up.next_sibling() {
                break Some(next);
            }
            let Some(parent) = up.parent() else { break None };
            depth = depth.saturating_sub(1);
            up = parent;
        };
    }
    deepest
}
