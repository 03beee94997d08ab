//! Which element of a page prints the headline, and what the headline is where the page states another.

use scraper::{ElementRef, Html};

use super::metadata::Metadata;
use super::{AROUND, SITE_NAMES, words};
use crate::article::Draft;
use crate::parse::page::is_han;
use crate::parse::text::MAX_SUBHEAD;

/// Between a headline and the site's name in a page's title.
const SEPARATORS: [char; 8] = ['|', '-', '–', '—', '_', '·', '«', ':'];
/// A headline that is no heading stands among the first elements of the content.
const MAX_ABOVE: usize = 60;
/// It has so many words, or signs of a script without spaces.
const MIN_WORDS: usize = 3;
const MIN_SIGNS: usize = 5;

/// The element that prints the headline: of the `h1` of the content the one that the page's title names, else the first
/// that is not the site's name, else what the page's title begins with before the site's name, else a lower heading that the
/// content begins with.
pub(super) fn printed<'a>(
    content: ElementRef<'a>,
    metadata: &Metadata,
    stated: Option<&str>,
) -> Option<ElementRef<'a>> {
    let within = |e: ElementRef<'_>, names: &[&str]| {
        e.ancestors().filter_map(ElementRef::wrap).any(|a| names.contains(&a.value().name()))
    };
    let heads = || {
        let h1 = content.descendent_elements().filter(|e| e.value().name() == "h1");
        h1.filter(|e| !within(*e, &["nav", "aside", "footer"]) && !words(*e).is_empty())
    };
    // A page's own header may print the site's name as another `h1`.
    let title = stated.or(metadata.first(&["title"])).unwrap_or_default();
    let site = metadata.first(SITE_NAMES).unwrap_or_default();
    let several = heads().nth(1).is_some();
    let named = heads().filter(|_| several).find(|e| words(*e) == title);
    let own = |e: &ElementRef<'_>| words(*e) != site;
    let h1 = named.or_else(|| heads().filter(own).find(|e| !within(*e, &["header"]))).or_else(|| heads().find(own));
    // The style that Word, Google Docs and LibreOffice give to titles. Above all else it outranks the heading of a chapter.
    let is = |e: &ElementRef<'_>, name: &str| {
        e.attr("class").is_some_and(|classes| classes.split_whitespace().any(|class| class.eq_ignore_ascii_case(name)))
    };
    let blocks = || {
        let is_block = |e: &ElementRef<'_>| matches!(e.value().name(), "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        content.descendent_elements().filter(is_block).filter(|e| !words(*e).is_empty())
    };
    let first = blocks().next().filter(|e| e.value().name() == "p" && is(e, "title"));
    let h1 =
        first.or(h1).or_else(|| content.descendent_elements().find(|e| is(e, "MsoTitle") && !words(*e).is_empty()));
    // A page may print the site's name as its `h1`: its title ends with it, and begins with what another heading says.
    let title = metadata.first(&["title"]).unwrap_or_default();
    let ends = |e: &ElementRef<'_>| {
        let rest = title.strip_suffix(words(*e).as_str()).map(str::trim_end);
        rest.is_some_and(|rest| rest.ends_with(SEPARATORS))
    };
    if h1.is_some_and(|h1| ends(&h1))
        && let Some(head) = before_the_site(content, title).filter(|e| matches!(e.value().name(), "h2" | "h3"))
    {
        return Some(head);
    }
    if let Some(head) = behind_the_site(content, title) {
        return Some(head);
    }
    h1.or_else(|| before_the_site(content, title)).or_else(|| {
        let first = content.child_elements().find(|e| !AROUND.contains(&e.value().name()))?;
        matches!(first.value().name(), "h2" | "h3").then_some(first)
    })
}

/// The heading below the `h1` that prints what a page's title says behind the name of the site, which is that `h1` (Blogger's).
fn behind_the_site<'a>(content: ElementRef<'a>, title: &str) -> Option<ElementRef<'a>> {
    let page = content.ancestors().filter_map(ElementRef::wrap).last().unwrap_or(content);
    let mut sites = page.descendent_elements().filter(|e| e.value().name() == "h1");
    let rest = sites.find_map(|site| {
        let name = Some(words(site)).filter(|name| !name.is_empty())?;
        title.strip_prefix(name.as_str())?.trim_start().strip_prefix(SEPARATORS)
    })?;
    let mut heads = content.descendent_elements().filter(|e| matches!(e.value().name(), "h2" | "h3" | "h4"));
    heads.find(|e| words(*e) == rest.trim_start())
}

/// What prints the words that a page's title (`Bridge opens | News | The Daily`) begins with: a heading, or any element without
/// others in it above the text.
fn before_the_site<'a>(content: ElementRef<'a>, title: &str) -> Option<ElementRef<'a>> {
    let begins = |e: &ElementRef<'_>| begins(title, *e);
    let is_heading = |e: &ElementRef<'_>| matches!(e.value().name(), "h2" | "h3" | "h4" | "h5" | "h6");
    let is_whole = |e: &ElementRef<'_>| e.child_elements().next().is_none();
    let is_beside = |e: &ElementRef<'_>| {
        e.ancestors().filter_map(ElementRef::wrap).any(|a| matches!(a.value().name(), "nav" | "aside" | "footer"))
    };
    let elements = || content.descendent_elements().filter(|e| !is_beside(e));
    let heading = elements().filter(is_heading).find(begins);
    // The name of a section may stand before all else in both.
    let is_long = |e: &ElementRef<'_>| {
        let words = words(*e);
        words.split(' ').count() >= MIN_WORDS || words.chars().filter(|c| !c.is_ascii()).count() >= MIN_SIGNS
    };
    heading.or_else(|| elements().take(MAX_ABOVE).filter(is_whole).filter(is_long).find(begins))
}

/// The headline of a page that prints it beside its article: what the page's title says before the name of the site.
pub(super) fn beside<'a>(page: &'a Html, metadata: &Metadata) -> Option<ElementRef<'a>> {
    let title = metadata.first(&["title"])?;
    let mut heads = page.root_element().descendent_elements().filter(|e| e.value().name() == "h1");
    heads.find(|e| begins(title, *e))
}

/// The words of an element; what it prints in parts is parted as in the page's title:
/// `<h2><span>Flood in Passau</span><span>A city gives up</span></h2>`.
pub(super) fn said(element: ElementRef<'_>, title: &str) -> String {
    let whole = words(element);
    if title.starts_with(&whole) {
        return whole;
    }
    let parts: Vec<String> = element.child_elements().map(words).filter(|part| !part.is_empty()).collect();
    let parted = parts.join(": ");
    if parts.len() > 1 && parts.concat() == whole && title.starts_with(&parted) { parted } else { whole }
}

/// Whether a page's title is what an element prints, or begins with it before the name of the site.
fn begins(title: &str, element: ElementRef<'_>) -> bool {
    let printed = said(element, title);
    let rest = title.strip_prefix(printed.as_str()).map(str::trim_start);
    !printed.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(SEPARATORS))
}

/// The heading that a Chinese page prints right above its headline: what leads to it, unless it is the name of the section or
/// of the paper, which the page's title says too.
pub(super) fn kicker<'a>(headline: ElementRef<'a>, metadata: &Metadata) -> Option<ElementRef<'a>> {
    let above = headline.prev_siblings().find_map(ElementRef::wrap)?;
    let said = words(above);
    let title = metadata.first(&["title"]).unwrap_or_default();
    let is_heading = matches!(above.value().name(), "h2" | "h3" | "h4" | "h5");
    let is_linked = above.descendent_elements().any(|e| e.value().name() == "a");
    let signs = said.chars().filter(|c| is_han(*c)).count();
    let is_short = said.chars().nth(MAX_SUBHEAD).is_none();
    (is_heading && !is_linked && signs >= MIN_SIGNS && is_short && !title.contains(&said)).then_some(above)
}

/// The element among the first that is called a second headline.
pub(super) fn second<'a>(content: ElementRef<'a>, draft: &Draft) -> Option<ElementRef<'a>> {
    let is_called = |e: &ElementRef<'_>| {
        let class = e.attr("class").unwrap_or_default().to_ascii_lowercase();
        class.split_whitespace().any(|token| token.contains("subtitle") || token == "subheadline")
            || e.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("alternativeHeadline"))
    };
    let is_line = |e: &ElementRef<'_>| matches!(e.value().name(), "p" | "h2" | "h3" | "h4" | "h5" | "div" | "span");
    let mut above = content.descendent_elements().take(MAX_ABOVE);
    let second = above.find(|e| is_line(e) && is_called(e))?;
    let said = words(second);
    (draft.subhead.is_none() && !said.is_empty() && said.chars().count() <= MAX_SUBHEAD).then_some(second)
}

/// The heading that a text begins with, where it says the headline once more.
pub(super) fn repeated<'a>(text: ElementRef<'a>, headline: Option<&str>) -> Option<ElementRef<'a>> {
    let first = text.descendants().find(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()))?;
    let is_heading = |e: &ElementRef<'_>| matches!(e.value().name(), "h1" | "h2" | "h3");
    let heading = first.ancestors().filter_map(ElementRef::wrap).find(is_heading)?;
    (heading.id() != text.id() && Some(words(heading).as_str()) == headline).then_some(heading)
}

/// Settles the headline. True where the printed one says the same and leaves the body.
pub(super) fn settle_headline(printed: Option<&str>, metadata: &Metadata, draft: &mut Draft) -> bool {
    let Some(printed) = printed else {
        if draft.headline.is_none() {
            let title = metadata.first(&["title"]).unwrap_or_default();
            // `Headline - The Daily`: the page's title names the site too.
            let site = metadata.first(SITE_NAMES).unwrap_or_default();
            let bare = title.strip_suffix(site).filter(|_| !site.is_empty()).unwrap_or(title);
            let bare = if bare.len() < title.len() {
                bare.trim_end_matches([' ', '-', '|', '_', '–', '—', '·'])
            } else {
                title
            };
            draft.headline = Some(bare.to_owned()).filter(|t| !t.is_empty());
        }
        return false;
    };
    let Some(headline) = &draft.headline else {
        draft.headline = Some(printed.to_owned());
        return true;
    };
    // `Headline | The Daily`: what is printed is the headline alone.
    let site = headline.strip_prefix(printed).map(str::trim_start);
    if site.is_some_and(|site| site.starts_with(SEPARATORS)) {
        draft.headline = Some(printed.to_owned());
        return true;
    }
    let (a, b) = (headline.to_lowercase(), printed.to_lowercase());
    a.contains(&b) || b.contains(&a)
}
