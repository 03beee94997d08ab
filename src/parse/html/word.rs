//! A page that Word saved → its lists as lists: Word writes each entry as a paragraph whose first words are its mark.

use scraper::{ElementRef, Html, Node};

/// Makes lists of the paragraphs that Word numbers. What is within another stays there, on one level.
pub(super) fn make_lists(page: &mut Html) {
    let entries: Vec<_> = page.root_element().descendent_elements().filter(is_entry).map(|e| e.id()).collect();
    if entries.is_empty() {
        return;
    }
    let mut list = None;
    let mut marks = Vec::new();
    for id in entries {
        let Some(entry) = page.tree.get(id).and_then(ElementRef::wrap) else { continue };
        let mark = entry.descendent_elements().find(is_mark);
        let is_numbered = mark.is_some_and(|mark| is_number(&super::words(mark)));
        marks.extend(mark.map(|mark| mark.id()));
        let above = entry.prev_siblings().find_map(ElementRef::wrap).map(|above| above.id());
        let mut new = entry.value().clone();
        new.attrs.clear();
        let goes_on = list.filter(|(list, numbered)| above == Some(*list) && *numbered == is_numbered);
        let (into, _) = match goes_on {
            Some(list) => list,
            None => {
                new.name.local = if is_numbered { "ol" } else { "ul" }.into();
                let Some(mut place) = page.tree.get_mut(id) else { continue };
                (place.insert_before(Node::Element(new)).id(), is_numbered)
            }
        };
        list = Some((into, is_numbered));
        if let Some(mut entry) = page.tree.get_mut(id) {
            if let Node::Element(element) = entry.value() {
                element.name.local = "li".into();
                element.attrs.clear();
            }
            entry.detach();
        }
        if let Some(mut list) = page.tree.get_mut(into) {
            list.append_id(id);
        }
    }
    for mark in marks {
        if let Some(mut mark) = page.tree.get_mut(mark) {
            mark.detach();
        }
    }
}

fn style<'a>(element: &ElementRef<'a>) -> &'a str {
    element.attr("style").unwrap_or_default()
}

fn is_entry(element: &ElementRef<'_>) -> bool {
    element.value().name() == "p" && style(element).contains("mso-list:") && !is_mark(element)
}

fn is_mark(element: &ElementRef<'_>) -> bool {
    style(element)
        .to_ascii_lowercase()
        .split(';')
        .any(|part| part.split_whitespace().collect::<String>() == "mso-list:ignore")
}

/// `1.`, `a)`, `iv.`
fn is_number(mark: &str) -> bool {
    mark.trim().ends_with(['.', ')']) && mark.contains(char::is_alphanumeric)
}
