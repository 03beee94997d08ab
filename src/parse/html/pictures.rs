//! Pictures that a script would load, which leave an empty one in their place and the real one in a `noscript` beside it → the
//! real ones; and those of AMP's.

use scraper::{ElementRef, Html, Node};

/// More of them than any page has.
const MAX_PICTURES: usize = 500;

/// Puts the address of the real picture into the empty one, unless that names its own.
pub(super) fn show(page: &mut Html) {
    let is_empty = |e: &ElementRef<'_>| {
        e.value().name() == "img"
            && e.attr("src").is_none_or(|src| src.trim().is_empty() || src.trim_start().starts_with("data:"))
            && !e
                .value()
                .attrs()
                .any(|(name, _)| name.starts_with("data-src") || name == "data-original" || name == "srcset")
    };
    let elements = page.root_element().descendent_elements();
    let found: Vec<_> = elements
        .filter(|e| e.value().name() == "noscript")
        .take(MAX_PICTURES)
        .filter_map(|silent| {
            let before = silent.prev_siblings().find_map(ElementRef::wrap)?;
            let empty = std::iter::once(before).chain(before.descendent_elements()).find(is_empty)?;
            let real = Html::parse_fragment(&silent.text().collect::<String>());
            let real =
                real.root_element().descendent_elements().find(|e| e.value().name() == "img")?.attr("src")?.to_owned();
            Some((empty.id(), real))
        })
        .collect();
    for (id, real) in found {
        if let Some(mut node) = page.tree.get_mut(id)
            && let Node::Element(element) = node.value()
            && let Some((_, src)) = element.attrs.iter_mut().find(|(name, _)| &*name.local == "src")
        {
            *src = real.as_str().into();
        }
    }
}

/// Makes pictures of AMP's.
pub(super) fn draw(page: &mut Html) {
    let drawn = |e: &ElementRef<'_>| matches!(e.value().name(), "amp-img" | "amp-anim");
    let found: Vec<_> = page.root_element().descendent_elements().filter(drawn).map(|e| e.id()).collect();
    for id in found {
        if let Some(mut node) = page.tree.get_mut(id)
            && let scraper::Node::Element(element) = node.value()
        {
            element.name.local = "img".into();
        }
    }
}
