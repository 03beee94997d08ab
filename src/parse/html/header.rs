//! What a page prints between its headline and its text, in the article's `header` or above the element that holds the text alone →
//! who wrote it and when it came out, where the page states neither; a second headline. None of it is lost: a standfirst begins
//! the text.

use std::fmt::Write;

use chrono_tz::Tz;
use scraper::ElementRef;

use super::{AROUND, furniture, is_around, words};
use crate::article::{Author, Draft};
use crate::escape;
use crate::parse::text::{self, Imprint, MAX_SUBHEAD, whole_date};

/// No header has more lines.
const MAX_LINES: usize = 40;
/// What a line of it may stand in.
const LINES: [&str; 10] = ["p", "div", "li", "address", "span", "em", "dd", "h2", "h3", "h4"];

/// Reads what stands above `text` in `content` and below `headline`; what begins the text and would be lost, as HTML.
pub(super) fn read(
    content: ElementRef<'_>,
    text: ElementRef<'_>,
    headline: Option<ElementRef<'_>>,
    draft: &mut Draft,
    zone: Tz,
) -> String {
    let is_apart = text.id() != content.id();
    if !is_apart && !matches!(content.value().name(), "article" | "main") {
        return String::new();
    }
    let is_line = |e: &ElementRef<'_>| {
        let mut inner = e.descendent_elements().skip(1).filter(|inner| LINES.contains(&inner.value().name()));
        // `By <span>Ana Kos</span>, <span>2 July 2026</span>` is one.
        let is_one = LINES.contains(&e.value().name())
            && e.children().any(|node| node.value().as_text().is_some_and(|text| text.contains(char::is_alphabetic)));
        is_one && inner.all(|inner| matches!(inner.value().name(), "span" | "em")) || {
            LINES.contains(&e.value().name()) && inner.next().is_none()
        }
    };
    // Above a text that is marked all is its header, and else what says so.
    let holds = |e: &ElementRef<'_>| {
        let mut above = e.ancestors().filter_map(ElementRef::wrap).take_while(|a| a.id() != content.id());
        let is_beside = |a: &ElementRef<'_>| {
            // Drupal puts them into a footer, above the text.
            !matches!(a.value().name(), "header" | "footer")
                && (AROUND.contains(&a.value().name()) || furniture::is_named(*a))
        };
        match is_apart {
            true => !above.any(|a| is_beside(&a)) && !is_around(*e) && !furniture::is_named(*e),
            false => above.any(|a| a.value().name() == "header"),
        }
    };
    let headline = headline.map(|headline| headline.id());
    let mut is_below = headline.is_none();
    let before = content.descendent_elements().take_while(|e| !is_apart || e.id() != text.id()).filter_map(|e| {
        is_below |= Some(e.id()) == headline;
        (Some(e.id()) != headline && (is_below || !is_apart)).then_some((e, is_below))
    });
    let mut standfirst = String::new();
    let mut is_signed = false;
    for (line, is_below) in before.filter(|(e, _)| is_line(e) && holds(e)).take(MAX_LINES) {
        let said = words(line);
        let found = text::imprint(&said, zone)
            .or_else(|| {
                let (authors, house) = text::signed(&said)?;
                Some(Imprint { authors, house, ..Imprint::default() })
            })
            .or_else(|| {
                let authors = named(line, &said)?;
                Some(Imprint { authors, ..Imprint::default() })
            })
            // A day alone may be when something takes place, but for one below who wrote it, or where the page says who did.
            .or_else(|| {
                let published = whole_date(&said, zone).filter(|_| is_signed || !draft.authors.is_empty())?;
                Some(Imprint { published: Some(published), ..Imprint::default() })
            });
        if let Some(found) = found {
            is_signed |= !found.authors.is_empty();
            found.tell(draft, zone);
            continue;
        }
        // The name that the page states.
        if draft.authors.iter().any(|author| author.name == said) {
            is_signed = true;
            continue;
        }
        let is_known = [&draft.headline, &draft.subhead].iter().any(|known| known.as_deref() == Some(&said));
        // A kicker, or the name of the section, stands above the headline.
        if is_known || !is_below || !is_line_of_story(line, &said) {
            continue;
        }
        // In a header it may be a paragraph, as on our own pages; elsewhere that may be anything, such as where an event takes place.
        let is_in_header = || line.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "header");
        let is_second = line.value().name().starts_with('h') || !is_sentence(&said) && is_in_header();
        if is_second && said.chars().nth(MAX_SUBHEAD).is_none() && draft.subhead.is_none() {
            draft.subhead = Some(said);
        } else {
            let _ = writeln!(standfirst, "<p>{}</p>", escape::text(&said));
        }
    }
    standfirst
}

/// The people that a line names which is called so, or holds one that is.
fn named(line: ElementRef<'_>, said: &str) -> Option<Vec<Author>> {
    let is_called = |e: ElementRef<'_>| {
        let classes = e.attr("class").unwrap_or_default().to_ascii_lowercase();
        classes.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "byline" | "author" | "authors"))
    };
    if !std::iter::once(line).chain(line.ancestors().filter_map(ElementRef::wrap).take(1)).any(is_called) {
        return None;
    }
    text::people(said).or_else(|| text::is_name(said).then(|| vec![Author::named(said)]))
}

fn is_sentence(said: &str) -> bool {
    said.ends_with(['.', '。', '!', '?'])
}

/// Whether a line says something of the story: a paragraph without a link, a heading, a sentence in a `div` or a `span`.
fn is_line_of_story(line: ElementRef<'_>, said: &str) -> bool {
    let is_link = |e: ElementRef<'_>| matches!(e.value().name(), "a" | "time" | "img");
    let is_caption = line.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "figure");
    let is_block = match line.value().name() {
        "p" => !said.contains(['©', '|']),
        "h2" | "h3" | "h4" => said.chars().nth(MAX_SUBHEAD).is_none(),
        "div" | "span" | "em" => is_sentence(said),
        _ => false,
    };
    is_block && !said.is_empty() && !is_caption && !line.descendent_elements().any(is_link)
}
