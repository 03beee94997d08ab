//! What stands on a page beside its article and is named so by a role, a class or an id, as older systems do that know no `nav`
//! and no `footer`; and lines of links above a headline.

use scraper::ElementRef;

use super::words;

/// The roles of what is no part of the text (WAI-ARIA 1.2, landmarks).
const ROLES: [&str; 5] = ["navigation", "banner", "contentinfo", "complementary", "search"];
/// How the names of such elements begin or end, alone or before or behind a hyphen, in lower case.
#[rustfmt::skip]
const NAMES: [&str; 21] = [
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "footer", "sidebar", "comments",
    "share", "sharing", "sharedaddy", "social", "related", "relatedposts", "newsletter", "subscription", "cookie", "paywall",
];
/// The same anywhere between hyphens: nothing else is called so.
const WITHIN: [&str; 5] = ["share", "sharing", "breadcrumbs", "newsletter", "cookie"];
/// What may be named so. An article lies in none of the others either, or all of it does.
const BLOCKS: [&str; 8] = ["div", "section", "ul", "ol", "table", "td", "p", "span"];
/// What belongs to a story wherever it stands.
const STORY: [&str; 7] = ["h1", "table", "figure", "pre", "blockquote", "video", "audio"];
/// What leads elsewhere, or asks a reader for something.
const LEADS: [&str; 6] = ["a", "button", "form", "input", "textarea", "iframe"];
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
/// Elements that are nothing but links are these.
const LINES: [&str; 9] = ["p", "div", "ul", "ol", "table", "tr", "td", "span", "center"];

/// Whether an element is named as what stands beside an article.
pub(super) fn is_named(element: ElementRef<'_>) -> bool {
    if element.attr("role").is_some_and(|role| ROLES.contains(&role)) {
        return true;
    }
    BLOCKS.contains(&element.value().name()) && is_block_named(element)
}

/// Whether a class or an id names it so.
fn is_block_named(element: ElementRef<'_>) -> bool {
    let is_name = |token: &str| {
        let token = token.to_ascii_lowercase();
        let first = token.split(['-', '_']).next().unwrap_or_default();
        let last = token.rsplit(['-', '_']).next().unwrap_or_default();
        NAMES.contains(&first) || NAMES.contains(&last) || token.split(['-', '_']).any(|part| WITHIN.contains(&part))
    };
    // An id may be made of the words of a heading in it: `<div id="cookie-cache">`.
    let is_id = |id: &str| {
        let is_heading = |e: ElementRef<'_>| HEADINGS.contains(&e.value().name());
        NAMES.contains(&id) && !element.descendent_elements().any(|e| is_heading(e) && words(e).to_lowercase() == id)
    };
    element.attr("class").is_some_and(|classes| classes.split_whitespace().any(is_name))
        || element.attr("id").is_some_and(is_id)
}

/// Whether an element that is named so is what its name says: it leads elsewhere, holds no headline, table or picture with a caption,
/// and less than half of the `whole` text, in bytes.
pub(super) fn is_beside(element: ElementRef<'_>, whole: usize) -> bool {
    let holds = |names: &[&str]| element.descendent_elements().skip(1).any(|e| names.contains(&e.value().name()));
    // `<div class="related"><h3>More of it</h3></div>`, which a script fills.
    let is_empty = || {
        let mut elements = element.descendent_elements().skip(1).filter(|e| e.child_elements().next().is_none());
        element.value().name() == "div"
            && elements.next().is_some_and(|e| words(e) == words(element))
            && holds(&HEADINGS)
    };
    if !is_named(element) || holds(&STORY) || !(element.attr("role").is_some() || holds(&LEADS) || is_empty()) {
        return false;
    }
    let mut length = 0;
    element.text().all(|text| {
        length += text.trim().len();
        length * 2 < whole
    })
}

/// Whether an `aside` is a part of the story, as a box of facts or a footnote: it says something in a sentence, leads nowhere else,
/// and has no name of what stands beside one.
pub(super) fn is_told(aside: ElementRef<'_>) -> bool {
    /// A call to do something is shorter, in characters.
    const MIN_CHARS: usize = 20;
    /// What else stands beside a story.
    const BESIDE: [&str; 9] = ["ad", "ads", "advert", "advertisement", "author", "bio", "promo", "cta", "signup"];
    let is_note = aside.attr("role").is_some_and(|role| role.starts_with("doc-"));
    let leads = |e: ElementRef<'_>| {
        LEADS.contains(&e.value().name()) && !e.attr("href").is_some_and(|href| href.starts_with('#'))
    };
    let mut named = std::iter::once(aside).chain(aside.ancestors().filter_map(ElementRef::wrap));
    let is_beside = |e: ElementRef<'_>| {
        let classes = e.attr("class").unwrap_or_default().to_ascii_lowercase();
        let mut words = classes.split(|c: char| !c.is_alphanumeric());
        matches!(e.value().name(), "nav" | "footer" | "form")
            // A newsroom calls a box of facts so, too.
            || is_block_named(e) && !(e.id() == aside.id() && e.attr("class") == Some("sidebar"))
            || e.value().name() == "aside" && words.any(|word| BESIDE.contains(&word))
    };
    let said = words(aside);
    is_note
        || !aside.descendent_elements().any(leads)
            && said.ends_with(['.', '!', '?', '。', '！', '？', '”', '»', '"'])
            && said.chars().nth(MIN_CHARS).is_some()
            && !named.any(is_beside)
}

/// Whether an element is a line of links: `Home | News | Sport`.
pub(super) fn is_links(element: ElementRef<'_>) -> bool {
    /// No line of links has more texts.
    const MAX_TEXTS: usize = 200;
    if !LINES.contains(&element.value().name()) || element.descendent_elements().any(|e| e.value().name() == "img") {
        return false;
    }
    let links = element.descendent_elements().filter(|e| e.value().name() == "a" && !words(*e).is_empty());
    let mut texts = element.descendants().filter(|node| node.value().is_text());
    let is_linked = texts.by_ref().take(MAX_TEXTS).all(|node| {
        let is_word = node.value().as_text().is_some_and(|text| text.chars().any(char::is_alphanumeric));
        let within = |name: &str| node.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == name);
        !is_word || within("a")
    });
    is_linked && texts.next().is_none() && links.take(2).count() == 2
}
