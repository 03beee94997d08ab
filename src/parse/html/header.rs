//! What a page prints between its headline and its text, in the article's `header` or above the element that holds the text alone →
//! who wrote it and when it came out, where the page states neither; a second headline. None of it is lost: a standfirst begins
//! the text.

use std::fmt::Write;

use chrono_tz::Tz;
use scraper::ElementRef;

use super::{AROUND, furniture, is_around, marked, words};
use crate::article::{Author, Draft};
use crate::escape;
use crate::parse::text::{self, Imprint, MAX_SUBHEAD, whole_date};

/// No header has more lines.
const MAX_LINES: usize = 40;
/// What a line of it may stand in.
#[rustfmt::skip]
const LINES: [&str; 15] = [
    "p", "div", "li", "address", "span", "em", "dd", "dt", "h2", "h3", "h4", "header", "section", "blockquote", "center",
];
/// What only says how words in it look.
const LOOKS: [&str; 9] = ["b", "strong", "i", "u", "font", "small", "mark", "q", "cite"];
/// A line that no element marks has so many words, or signs of a script without spaces.
const MIN_WORDS: usize = 3;
const MIN_SIGNS: usize = 5;

/// Reads what stands above `text` in `content` and below `headline`; what begins the text and would be lost, as HTML.
pub(super) fn read(
    content: ElementRef<'_>,
    text: ElementRef<'_>,
    headline: Option<ElementRef<'_>>,
    draft: &mut Draft,
    zone: Tz,
) -> String {
    let is_apart = text.id() != content.id();
    let within_header = |e: ElementRef<'_>| {
        let mut above = e.ancestors().filter_map(ElementRef::wrap).take_while(|a| a.id() != content.id());
        above.any(|a| a.value().name() == "header")
    };
    let is_whole = !is_apart && !matches!(content.value().name(), "article" | "main");
    // The header that prints the headline is the article's, and not the site's.
    if is_whole && !headline.is_some_and(within_header) {
        return String::new();
    }
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
        let is_within = || headline.is_some() && e.ancestors().any(|above| Some(above.id()) == headline);
        let is_seen = is_below || !is_apart || is_kicker(e);
        (Some(e.id()) != headline && is_seen && !is_within()).then_some((e, is_below))
    });
    let mut standfirst = String::new();
    let mut is_signed = false;
    let lines = before.filter(|(e, _)| holds(e)).filter_map(|(e, is_below)| Some((e, line_of(e)?, is_below)));
    for (line, said, is_below) in lines.take(MAX_LINES) {
        if !is_below && draft.kickers.is_empty() && is_kicker(line) && !said.is_empty() {
            draft.kickers.push(said);
            continue;
        }
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
            let is_byline = !found.authors.is_empty();
            // Whom the page names otherwise, and the system it was made with does not, stays to be read.
            if !found.tell(draft, zone) && is_byline && is_below {
                let _ = writeln!(standfirst, "<p>{}</p>", escape::text(&said));
            }
            continue;
        }
        // The name that the page states.
        if draft.authors.iter().any(|author| author.name == said) {
            is_signed = true;
            continue;
        }
        let is_known = [&draft.headline, &draft.subhead].iter().any(|known| known.as_deref() == Some(&said))
            || draft.kickers.contains(&said);
        // The name of the section stands above the headline.
        if is_known || !is_below || !is_line_of_story(line, &said) {
            continue;
        }
        // In a header it may be a paragraph, as on our own pages; elsewhere that may be anything, such as where an event takes place.
        let is_in_header = || line.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "header");
        let name = line.value().name();
        let is_entry = matches!(name, "li" | "dd" | "dt" | "blockquote");
        let is_second = matches!(name, "h2" | "h3" | "h4") || !is_sentence(&said) && !is_entry && is_in_header();
        if is_second && said.chars().nth(MAX_SUBHEAD).is_none() && draft.subhead.is_none() {
            draft.subhead = Some(said);
        } else if name == "li" {
            let list = standfirst.strip_suffix("</ul>\n").map_or_else(|| format!("{standfirst}<ul>"), str::to_owned);
            standfirst = format!("{list}<li>{}</li></ul>\n", escape::text(&said));
        } else {
            let _ = writeln!(standfirst, "<p>{}</p>", escape::text(&said));
        }
    }
    standfirst
}

/// The words of an element that is a line of its own, or what it says beside the lines in it.
fn line_of(element: ElementRef<'_>) -> Option<String> {
    let is_kind = |e: ElementRef<'_>| LINES.contains(&e.value().name());
    let is_within = |e: ElementRef<'_>| matches!(e.value().name(), "span" | "em");
    let own = |e: ElementRef<'_>| {
        e.children().any(|node| node.value().as_text().is_some_and(|text| text.contains(char::is_alphabetic)))
    };
    // `By <span>Ana Kos</span>, <span>2 July 2026</span>` is one; so is `<p><em>What it is about</em></p>`.
    let is_one = |e: ElementRef<'_>| {
        let mut inner = e.descendent_elements().skip(1).filter(|inner| is_kind(*inner));
        let first = inner.next();
        first.is_none_or(|first| {
            is_within(first) && inner.all(is_within) && (own(e) || !is_within(e) && words(first) == words(e))
        })
    };
    let is_told =
        |e: ElementRef<'_>| e.parent().and_then(ElementRef::wrap).is_some_and(|above| is_kind(above) && is_one(above));
    if !is_kind(element) || is_within(element) && is_told(element) {
        return None;
    }
    if is_one(element) {
        return Some(words(element));
    }
    // `<div><div>Abstract</div>A wheel turns again.</div>`
    let beside = element.children().map(|node| match (node.value().as_text(), ElementRef::wrap(node)) {
        (Some(text), _) => text.to_string(),
        (None, Some(e)) if LOOKS.contains(&e.value().name()) && !e.descendent_elements().any(is_kind) => words(e),
        _ => " ".to_owned(),
    });
    Some(super::line(&beside.collect::<String>())).filter(|said| said.contains(char::is_alphabetic))
}

/// The people that a line names which is called so, or holds one that is.
fn named(line: ElementRef<'_>, said: &str) -> Option<Vec<Author>> {
    let is_called = |e: ElementRef<'_>| {
        let classes = e.attr("class").unwrap_or_default().to_ascii_lowercase();
        // How to reach whoever wrote the article stands in an `address`.
        e.value().name() == "address"
            || classes.split(|c: char| !c.is_alphanumeric()).any(|word| word == "byline" || marked::is_writer(word))
    };
    if !std::iter::once(line).chain(line.ancestors().filter_map(ElementRef::wrap).take(1)).any(is_called) {
        return None;
    }
    text::people(said).or_else(|| text::is_name(said).then(|| vec![Author::named(said)]))
}

/// Whether a line is called what leads to a headline, and leads nowhere else.
fn is_kicker(line: ElementRef<'_>) -> bool {
    let classes = line.attr("class").unwrap_or_default().to_ascii_lowercase();
    let mut words = classes.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        matches!(word, "kicker" | "overline" | "overhead" | "eyebrow" | "antetitulo" | "surtitre" | "dachzeile")
    }) && !line.descendent_elements().any(|e| e.value().name() == "a")
}

fn is_sentence(said: &str) -> bool {
    said.ends_with(['.', '。', '!', '?'])
}

/// Whether a line has words enough to be missed: a kind of piece and what is to be clicked on have fewer.
fn has_words(said: &str) -> bool {
    let signs = said.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let words = said.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    (words >= MIN_WORDS || signs >= MIN_SIGNS && !said.contains(' ')) && !said.contains(['©', '|'])
}

/// Whether it says how long a text takes to read: `Temps de lecture : 4 min.`
fn is_counted(said: &str) -> bool {
    /// It has no more words.
    const MAX_WORDS: usize = 6;
    let words: Vec<&str> = said.split_whitespace().collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.len() <= MAX_WORDS
        && words.windows(2).any(|pair| is_number(pair[0]) && pair[1].to_lowercase().starts_with("min"))
}

/// Whether a line says something of the story: a paragraph without a link, a heading, some words in anything else.
fn is_line_of_story(line: ElementRef<'_>, said: &str) -> bool {
    let is_link = |e: ElementRef<'_>| matches!(e.value().name(), "a" | "time" | "img");
    let is_caption = line.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "figure");
    let is_in_heading = || {
        let mut above = line.ancestors().filter_map(ElementRef::wrap);
        above.any(|a| matches!(a.value().name(), "h2" | "h3" | "h4"))
    };
    let is_block = match line.value().name() {
        "p" | "address" => !said.contains(['©', '|']) && !is_counted(said),
        "h2" | "h3" | "h4" => said.chars().nth(MAX_SUBHEAD).is_none(),
        _ => (is_sentence(said) || is_in_heading() || has_words(said)) && !is_counted(said),
    };
    is_block && !said.is_empty() && !is_caption && !line.descendent_elements().any(is_link)
}
