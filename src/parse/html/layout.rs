//! A page laid out in a table of one column, as old sites of offices are → its cells one below the other, their lines as
//! paragraphs.

use scraper::{ElementRef, Html, Node};

use super::words;

/// A cell of a story has so many characters.
const PROSE: usize = 60;

/// Unfolds such tables. What broke a line from the next goes.
pub(super) fn unfold(html: &mut Html) {
    let tables = html.root_element().descendent_elements().filter(|e| e.value().name() == "table" && is_layout(*e));
    let parts: Vec<_> = tables
        .flat_map(|table| table.descendent_elements())
        .filter(|e| matches!(e.value().name(), "table" | "tbody" | "thead" | "tr" | "td"))
        .map(|e| e.id())
        .collect();
    let is_line = |node: &Node| match node {
        Node::Element(inner) => inner.name() == "br",
        node => node.is_text() || node.is_comment(),
    };
    for id in parts {
        let Some(part) = html.tree.get(id).and_then(ElementRef::wrap) else { continue };
        let is_text = part.value().name() == "td" && part.children().all(|child| is_line(child.value()));
        let is_line_of_words =
            part.value().name() == "td" && !is_text && !part.descendent_elements().skip(1).any(is_block);
        let lines: Vec<_> = part.children().filter(|_| is_text).map(|child| child.id()).collect();
        let mut paragraph = part.value().clone();
        paragraph.name.local = "p".into();
        paragraph.attrs.clear();
        for line in lines {
            let Some(mut node) = html.tree.get_mut(line) else { continue };
            match node.value() {
                Node::Element(_) => node.detach(),
                Node::Text(text) if !text.trim().is_empty() => {
                    let into = node.insert_before(Node::Element(paragraph.clone())).id();
                    if let Some(mut into) = html.tree.get_mut(into) {
                        into.append_id(line);
                    }
                }
                _ => {}
            }
        }
        if let Some(mut part) = html.tree.get_mut(id)
            && let Node::Element(element) = part.value()
        {
            element.name.local = if is_line_of_words { "p".into() } else { "div".into() };
        }
    }
}

fn is_block(element: ElementRef<'_>) -> bool {
    const INLINE: [&str; 12] = ["a", "b", "strong", "i", "em", "u", "span", "font", "br", "img", "sup", "sub"];
    !INLINE.contains(&element.value().name())
}

/// Whether a table holds a story, has no borders and says something in one cell of a row alone.
fn is_layout(table: ElementRef<'_>) -> bool {
    let of = |name: &'static str| table.descendent_elements().filter(move |e| e.value().name() == name);
    // The words of what lies in many tables would be told for each.
    if of("table").nth(1).is_some() {
        return false;
    }
    let is_bordered = table.attr("border").is_some_and(|border| border != "0");
    let told = of("td").filter(|e| !words(*e).is_empty());
    let mut rows: Vec<_> = told.filter_map(|e| Some(e.parent()?.id())).collect();
    let cells = rows.len();
    rows.dedup();
    !is_bordered
        && of("th").next().is_none()
        && rows.len() == cells
        && cells > 1
        && of("td").any(|e| words(e).chars().nth(PROSE).is_some())
}
