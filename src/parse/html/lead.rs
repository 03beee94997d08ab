//! The picture that a page shows above its text, beside the element that holds the text alone → the draft's lead picture
//! and its caption.

use scraper::ElementRef;

use super::{AROUND, words};
use crate::article::{Caption, Draft};

/// Reads it where it stands above `text` and not in it. Another picture that the page states for other sites gives way to it,
/// unless the two are one in two sizes.
pub(super) fn read(content: ElementRef<'_>, text: ElementRef<'_>, draft: &mut Draft) {
    let within = |e: &ElementRef<'_>| {
        let above = e.ancestors().filter_map(ElementRef::wrap);
        above
            .take_while(|a| a.id() != content.id())
            .any(|a| a.value().name() != "header" && AROUND.contains(&a.value().name()))
    };
    // Where no element holds the text alone, the header stands above it.
    let is_apart = text.id() != content.id();
    let in_header = |e: &ElementRef<'_>| {
        let above = e.ancestors().filter_map(ElementRef::wrap).take_while(|a| a.id() != content.id());
        above.into_iter().any(|a| a.value().name() == "header")
    };
    let above = content.descendent_elements().take_while(|e| !is_apart || e.id() != text.id());
    let mut above = above.filter(|e| is_apart || in_header(e));
    let Some(figure) = above.find(|e| e.value().name() == "figure" && !within(e)) else { return };
    let Some(picture) = figure.descendent_elements().find(|e| e.value().name() == "img") else { return };
    if figure.descendent_elements().any(|e| e.id() == text.id()) {
        return;
    }
    let mut addresses =
        ["data-src", "data-original", "src"].iter().filter_map(|name| picture.attr(name)).map(str::trim);
    let address = addresses.find(|address| !address.is_empty() && !address.starts_with("data:"));
    let is_same = |stated: &str| address.is_none_or(|address| name(stated) == name(address));
    if !draft.image.as_deref().is_some_and(is_same) {
        let Some(address) = address else { return };
        draft.image = Some(address.to_owned());
    }
    let caption =
        figure.descendent_elements().find(|e| e.value().name() == "figcaption").map(words).unwrap_or_default();
    let said = if caption.is_empty() { super::line(picture.attr("alt").unwrap_or_default()) } else { caption };
    if !said.is_empty() && draft.captions.is_empty() {
        draft.captions.push(Caption { text: said, credit: None });
    }
}

/// A picture's name without what says its size: `storm-1200x800.jpg` and `storm-600.jpg` are one.
fn name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.trim_end_matches(|c: char| c.is_ascii_digit() || "-_x@.".contains(c)).to_lowercase()
}
