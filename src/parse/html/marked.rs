//! What the markup of an article states where `meta` elements do not: `time`, `rel="author"`, `rel="tag"`, and classes that
//! systems give to dates and authors.

use chrono_tz::Tz;
use scraper::ElementRef;

use super::{attributed, words};
use crate::article::{Author, Draft, When};
use crate::parse::front_matter::{MAX_LIST, MAX_PEOPLE, names};
use crate::parse::{dates, text};

/// A `time` in a longer paragraph belongs to the story, not to its publication; in bytes.
const MAX_DATE_LINE: usize = 240;

/// No list of what is said of an article has more terms.
const MAX_TERMS: usize = 20;

/// What the markup of the article states where `meta` elements do not: `time`, `rel="author"`, `rel="tag"`.
pub(super) fn read(content: ElementRef<'_>, draft: &mut Draft, zone: Tz) {
    let stated_author = !draft.authors.is_empty();
    let stated_tags = !draft.tags.is_empty();
    let published = |e: &ElementRef<'_>| {
        e.value().name() == "time" && e.attr("itemprop").is_some_and(|v| v.eq_ignore_ascii_case("datePublished"))
    };
    let marked = content.descendent_elements().filter(published).find_map(|e| dates::read(e.attr("datetime")?, zone));
    draft.date = draft.date.or(marked);
    draft.date = draft.date.or_else(|| listed(content, zone));
    for element in attributed(content) {
        let is = |kind: &str, word: &str| {
            element.attr(kind).is_some_and(|v| v.split_whitespace().any(|v| v.eq_ignore_ascii_case(word)))
        };
        if element.value().name() == "time" {
            let Some(when) = element.attr("datetime").and_then(|t| dates::read(t, zone)) else { continue };
            if is("itemprop", "dateModified") || is("class", "dt-updated") || is("class", "updated") {
                draft.updated.get_or_insert(when);
            } else if element.attr("pubdate").is_some() || stands_alone(element) {
                draft.date.get_or_insert(when);
            }
        } else if ["author", "autor", "auteur", "autore"].iter().any(|word| is("class", word)) && !stated_author {
            // Whatever else is named so, a name alone is one.
            let named = words(element);
            let is_inline = |inner: ElementRef<'_>| matches!(inner.value().name(), "a" | "b" | "strong" | "em");
            if draft.authors.is_empty() && element.descendent_elements().skip(1).all(is_inline) {
                let signed = text::signed(&named).map(|(authors, _)| authors);
                draft.authors = signed.unwrap_or_else(|| match text::is_name(&named) {
                    true => vec![Author::named(named)],
                    false => Vec::new(),
                });
            }
        } else if draft.source.is_none() && is("id", "js_name") {
            // The account that a text was sent to phones by.
            draft.source = Some(words(element)).filter(|name| !name.is_empty());
        } else if draft.date.is_none() && is_date_of_publication(element) {
            draft.date = text::whole_date(&words(element), zone);
        } else if !stated_author
            && (is("rel", "author") || is("itemprop", "author") || is("class", "byline") || is("class", "p-author"))
        {
            // What stands around the name says `By` in any language.
            let named = element.descendent_elements().find(|e| e.attr("itemprop") == Some("name")).unwrap_or(element);
            // A day may stand beside it.
            let times = named.descendent_elements().filter(|e| e.value().name() == "time").map(words);
            let said = times.fold(words(named), |said, time| said.replace(&time, ""));
            let said = said.trim_matches(|c: char| c.is_whitespace() || "|·•,–—-".contains(c));
            let people = match text::byline(said) {
                Some((authors, _)) => authors.into_iter().map(|author| author.name).collect(),
                None => names(said),
            };
            for name in people {
                if draft.authors.len() < MAX_PEOPLE
                    && draft.authors.iter().all(|a| a.name != name)
                    && name.chars().count() <= 80
                {
                    draft.authors.push(Author::named(name));
                }
            }
        } else if !stated_tags && is("rel", "tag") {
            let tag = words(element);
            if !tag.is_empty() && draft.tags.len() < MAX_LIST && !draft.tags.contains(&tag) {
                draft.tags.push(tag);
            }
        }
    }
}

/// The day that a list of what is said of an article states, as those of offices do: `<dt>Published</dt><dd>2 July 2026</dd>`.
fn listed(content: ElementRef<'_>, zone: Tz) -> Option<When> {
    let terms = content.descendent_elements().filter(|e| e.value().name() == "dt").take(MAX_TERMS);
    terms
        .filter_map(|term| {
            let said = term.next_siblings().filter_map(ElementRef::wrap).find(|e| e.value().name() == "dd")?;
            text::imprint(&format!("{} {}", words(term), words(said)), zone)
        })
        .find_map(|said| said.published)
}

/// Whether a `time` stands by itself or in a line of the kind `By Ann Smith, 2 July 2026`.
fn stands_alone(element: ElementRef<'_>) -> bool {
    let block =
        element.ancestors().filter_map(ElementRef::wrap).find(|a| matches!(a.value().name(), "p" | "li" | "td"));
    block.is_none_or(|block| {
        let mut length = 0;
        let is_line = block.text().all(|text| {
            length += text.trim().len();
            length <= MAX_DATE_LINE
        });
        is_line && !tells(&words(block), &words(element))
    })
}

/// Whether a line is a sentence in which something takes place at that time: `The fair opens on 12 December at ten.`
fn tells(line: &str, time: &str) -> bool {
    /// A byline has fewer words, or signs of a script without spaces.
    const MIN_WORDS: usize = 6;
    const MIN_SIGNS: usize = 12;
    let around = line.replacen(time, "", 1);
    let signs = around.chars().filter(|c| !c.is_ascii()).count();
    line.ends_with(['.', '。', '!', '！', '?', '？'])
        && (around.split_whitespace().count() >= MIN_WORDS || signs >= MIN_SIGNS)
}

/// Whether a class or an id calls the element the date that its article was published on.
fn is_date_of_publication(element: ElementRef<'_>) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 12] = [
        "published", "pubdate", "publish_time", "publish-time", "publish-date", "published-date", "date-published", "dt-published",
        "post-date", "entry-date", "article-date", "posted-on",
    ];
    // As Pandoc has it, below a document's title.
    let is_in_header = || element.parent().and_then(ElementRef::wrap).is_some_and(|e| e.value().name() == "header");
    let is_one =
        |token: &str| NAMES.iter().any(|name| name.eq_ignore_ascii_case(token)) || token == "date" && is_in_header();
    ["class", "id"].iter().filter_map(|kind| element.attr(kind)).flat_map(str::split_whitespace).any(is_one)
}
