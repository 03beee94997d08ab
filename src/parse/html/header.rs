//! What a page prints between its headline and its text, in the article's `header` or above the element that holds the text alone →
//! who wrote it and when it came out, where the page states neither; a second headline. None of it is lost: a standfirst begins
//! the text.

use chrono_tz::Tz;
use scraper::{ElementRef, Node};

use super::{AROUND, furniture, is_around, words};
use crate::article::Draft;
use crate::parse::page::escape;
use crate::parse::text::{self, Imprint, whole_date};

/// No header has more lines.
const MAX_LINES: usize = 40;
/// What a line of it may stand in.
const LINES: [&str; 10] = ["p", "div", "li", "address", "span", "em", "dd", "h2", "h3", "h4"];
/// No second headline or standfirst is longer, in characters.
const MAX_STANDFIRST: usize = 400;
/// Nor has one fewer words, or signs of a script without spaces.
const MIN_WORDS: usize = 4;
const MIN_SIGNS: usize = 8;

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
    let mut is_below = !is_apart || headline.is_none();
    let before = content.descendent_elements().take_while(|e| !is_apart || e.id() != text.id()).filter(|e| {
        let is_headline = Some(e.id()) == headline;
        is_below |= is_headline;
        is_below && !is_headline
    });
    let mut standfirst = String::new();
    for line in before.filter(is_line).filter(holds).take(MAX_LINES) {
        let said = words(line);
        let found = text::imprint(&said, zone)
            .or_else(|| {
                let (authors, house) = text::signed(&said)?;
                Some(Imprint { authors, house, ..Imprint::default() })
            })
            .or_else(|| Some(Imprint { published: Some(whole_date(&said, zone)?), ..Imprint::default() }));
        if let Some(found) = found {
            found.tell(draft, zone);
        } else if !is_line_of_story(line, &said) || draft.headline.as_deref() == Some(&said) {
        } else if !said.ends_with(['.', '。', '!', '?']) && draft.subhead.is_none() {
            draft.subhead = Some(said);
        } else if draft.subhead.as_deref() != Some(&said) {
            standfirst.push_str(&format!("<p>{}</p>\n", escape(&said)));
        }
    }
    standfirst
}

/// Whether a line says something of the story: some words, no label and no link; in a `div` a sentence.
fn is_line_of_story(line: ElementRef<'_>, said: &str) -> bool {
    let is_plain = !line.descendants().any(|node| match node.value() {
        Node::Element(inner) => matches!(inner.name(), "a" | "time" | "img" | "figcaption"),
        _ => false,
    });
    let is_caption = line.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "figure");
    let is_block = matches!(line.value().name(), "p" | "h2" | "h3" | "h4")
        || line.value().name() == "div" && said.ends_with(['.', '。', '!', '?']);
    let signs = said.chars().filter(|c| !c.is_ascii()).count();
    is_plain
        && is_block
        && !is_caption
        && (said.split(' ').count() >= MIN_WORDS || signs >= MIN_SIGNS)
        && said.chars().nth(MAX_STANDFIRST).is_none()
        && !said.contains(['©', '|'])
        && (said.ends_with(['.', '。']) || !said.contains([':', '：']))
}
