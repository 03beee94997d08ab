//! `<base href>` → the addresses of a page as its links mean them, where it names an address elsewhere.

use scraper::{Html, Node};
use url::Url;

/// Attributes that hold one address.
const ADDRESSES: [&str; 5] = ["href", "src", "data-src", "data-original", "poster"];
/// Attributes that hold several, each with a size.
const LISTS: [&str; 2] = ["srcset", "data-srcset"];

/// What the page's first `base` element states, where that is absolute (HTML standard, section 4.2.3).
pub(super) fn of(page: &Html) -> Option<Url> {
    let mut elements = page.root_element().descendent_elements();
    let stated = elements.find_map(|e| e.attr("href").filter(|_| e.value().name() == "base"))?;
    Url::parse(stated.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A relative address made absolute; none for what is absolute, empty, or a place on the page itself.
pub(super) fn resolved(base: &Url, address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') || Url::parse(address).is_ok() {
        return None;
    }
    base.join(address).ok().map(String::from)
}

/// Resolves the addresses of all elements; false where they become longer by more than `most` bytes together.
pub(super) fn resolve(page: &mut Html, base: &Url, most: usize) -> bool {
    let mut grown = 0usize;
    for node in page.tree.values_mut() {
        let Node::Element(element) = node else { continue };
        if matches!(element.name(), "link" | "base") {
            continue;
        }
        for (name, value) in &mut element.attrs {
            let name: &str = &name.local;
            let new = if ADDRESSES.contains(&name) {
                resolved(base, value)
            } else if LISTS.contains(&name) {
                listed(base, value)
            } else {
                None
            };
            let Some(new) = new else { continue };
            grown = grown.saturating_add(new.len());
            if grown > most {
                return false;
            }
            *value = new.as_str().into();
        }
    }
    true
}

/// The addresses of a list with sizes; one whose addresses hold commas stays as it is.
fn listed(base: &Url, list: &str) -> Option<String> {
    let each = list.split(',').map(|candidate| {
        let (address, size) = candidate.trim().split_once(char::is_whitespace).unwrap_or((candidate.trim(), ""));
        let address = resolved(base, address).unwrap_or_else(|| address.to_owned());
        format!("{address} {size}").trim_end().to_owned()
    });
    let is_plain = !list.contains("data:") && list.split(',').all(|candidate| !candidate.trim().is_empty());
    is_plain.then(|| each.collect::<Vec<_>>().join(", "))
}
