//! What the markup of an article states where `meta` elements do not: `time`, `rel="author"`, `rel="tag"`, and classes that
//! systems give to dates and authors.

use chrono_tz::Tz;
use scraper::ElementRef;

use super::{attributed, furniture, words};
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
    let published = |e: &ElementRef<'_>| e.attr("itemprop").is_some_and(|v| v.eq_ignore_ascii_case("datePublished"));
    // Blogger writes it into the title of an abbreviation.
    let stated = |e: ElementRef<'_>| e.attr("datetime").or(e.attr("title")).and_then(|date| dates::read(date, zone));
    let marked = content.descendent_elements().filter(published).find_map(stated);
    draft.date = draft.date.or(marked);
    draft.date = draft.date.or_else(|| listed(content, zone));
    let above = above(content);
    let mut before = None;
    for element in attributed(content) {
        let is_author = |e: ElementRef<'_>| {
            let classes = e.attr("class").unwrap_or_default();
            let is_one = |name: &str| {
                ["author", "autor", "auteur", "autore"].iter().any(|known| known.eq_ignore_ascii_case(name))
            };
            classes.split_whitespace().any(is_one)
        };
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
        } else if !stated_author
            && (is_called(element, is_writer) && above.iter().any(|e| e.id() == element.id()) || is_author(element))
        {
            // Whatever else is named so, a name alone is one; others beside it are as well.
            let named = words(element);
            let is_next = before.is_some_and(|(parent, class)| {
                element.parent().is_some_and(|above| above.id() == parent) && element.attr("class") == class
            });
            let is_inline = |inner: ElementRef<'_>| matches!(inner.value().name(), "a" | "b" | "strong" | "em");
            let linked = linked(element).filter(|_| draft.authors.is_empty());
            if let Some(authors) = linked {
                draft.authors = authors;
            } else if (draft.authors.is_empty() || is_next) && element.descendent_elements().skip(1).all(is_inline) {
                let signed = text::signed(&named).map(|(authors, _)| authors);
                let authors = signed.unwrap_or_else(|| match text::is_name(&named) {
                    true => vec![Author::named(named)],
                    false => Vec::new(),
                });
                for author in authors {
                    if draft.authors.len() < MAX_PEOPLE && draft.authors.iter().all(|a| a.name != author.name) {
                        draft.authors.push(author);
                        before = element.parent().map(|above| (above.id(), element.attr("class")));
                    }
                }
            }
        } else if draft.source.is_none() && is("id", "js_name") {
            // The account that a text was sent to phones by.
            draft.source = Some(words(element)).filter(|name| !name.is_empty());
        } else if draft.summary.is_none() && is("class", "p-summary") {
            draft.summary = Some(words(element)).filter(|summary| !summary.is_empty());
        } else if draft.date.is_none() && is_date_of_publication(element) {
            // Pelican writes it into the title of an abbreviation.
            let stated = element.attr("title").and_then(|title| dates::read(title, zone));
            draft.date = stated.or_else(|| text::whole_date(&words(element), zone));
        } else if !stated_author
            && (is("rel", "author") || is("itemprop", "author") || is("class", "byline") || is("class", "p-author"))
        {
            // What stands around the name says `By` in any language.
            let named = element.descendent_elements().find(|e| e.attr("itemprop") == Some("name")).unwrap_or(element);
            // A day may stand beside it.
            let times = named.descendent_elements().filter(|e| e.value().name() == "time").map(words);
            let said = times.fold(words(named), |said, time| said.replace(&time, ""));
            let said = said.trim_matches(|c: char| c.is_whitespace() || "|·•,–—-".contains(c));
            let linked = linked(named).filter(|people| people.len() > 1);
            let signed = || text::byline(said).map(|(authors, _)| authors);
            let people = match linked.or_else(signed) {
                Some(authors) => authors.into_iter().map(|author| author.name).collect(),
                // `Ana Kos / TNN / 30 May 2026, 09:12`
                None => {
                    let first = [" / ", " | ", " · "].iter().find_map(|mark| Some(said.split_once(mark)?.0));
                    names(first.filter(|first| text::is_name(first)).unwrap_or(said))
                }
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
    // How to reach whoever wrote an article stands in its `address`.
    if draft.authors.is_empty() && matches!(content.value().name(), "article" | "main") {
        let mut addresses = content.descendent_elements().filter(|e| e.value().name() == "address");
        draft.authors.extend(addresses.find_map(linked).into_iter().flatten());
    }
    // Without a writer beside it, a day may be when something takes place.
    if draft.date.is_none() && !draft.authors.is_empty() {
        let is_other = |word: &str| matches!(word, "event" | "start" | "end" | "due");
        let mut days = above.into_iter().filter(|e| is_called(*e, is_day) && !is_called(*e, is_other));
        draft.date = days.find_map(|e| text::whole_date(&words(e), zone));
    }
}

/// The people whom the links of an element name, where each names one.
fn linked(element: ElementRef<'_>) -> Option<Vec<Author>> {
    let links = element.descendent_elements().filter(|e| e.value().name() == "a");
    let named: Vec<String> = links.map(words).filter(|name| !name.is_empty()).take(MAX_PEOPLE).collect();
    let are_names = !named.is_empty() && named.iter().all(|name| text::is_name(name));
    are_names.then(|| named.into_iter().map(Author::named).collect())
}

/// Whether a word of a class calls an element, or what is in it, whoever wrote the story.
pub(super) fn is_writer(word: &str) -> bool {
    matches!(word, "author" | "authors" | "autor" | "auteur" | "autore" | "writer" | "username")
}

/// Whether a word of a class calls an element so: `c-signature__author`, `article-author-name`.
fn is_called(element: ElementRef<'_>, is: impl Fn(&str) -> bool) -> bool {
    let classes = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    classes.split(|c: char| !c.is_alphanumeric()).any(is)
}

/// The same of the day.
fn is_day(word: &str) -> bool {
    matches!(word, "date" | "datetime" | "datum" | "dato" | "fecha" | "data" | "created")
}

/// The elements above the first paragraph, where nobody is quoted and nothing has a caption.
fn above(content: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    /// A paragraph is longer than any line above it, in bytes.
    const PROSE: usize = 240;
    /// Above a story stand no more elements.
    const MAX_ABOVE: usize = 400;
    let is_prose =
        |e: &ElementRef<'_>| e.children().any(|node| node.value().as_text().is_some_and(|text| text.len() > PROSE));
    // Whoever is quoted, comments or is spoken of; what is called so itself as well.
    let is_said = |e: &ElementRef<'_>| {
        let is_other = |word: &str| matches!(word, "comment" | "quote" | "review" | "reply" | "about");
        std::iter::once(*e).chain(e.ancestors().filter_map(ElementRef::wrap)).any(|a| {
            matches!(a.value().name(), "blockquote" | "figure" | "aside")
                || furniture::is_named(a)
                || is_called(a, is_other)
        })
    };
    let elements = content.descendent_elements().take(MAX_ABOVE).take_while(|e| !is_prose(e));
    elements.filter(|e| e.attr("class").is_some() && !is_said(e)).collect()
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
