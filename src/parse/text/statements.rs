//! A line above a story that is nothing but short statements between marks → who wrote the story and when it came out:
//! `By Ana Kos | 20 Nov 2026 | 3 min read`, `Ana Kos | Daily Post | 20 Nov 2026`, `20 noviembre 2026 | Por Ana Kos`, `Words: Ana Kos Photos: Bo Lee`, `Posted by Ana Kos on
//! November 20, 2026 in News`. Whoever took the pictures, and what is counted, is said beside it.

use chrono_tz::Tz;

use super::agencies::{is_house, is_paper};
use super::asian;
use super::byline::{byline, is_full_name, is_office};
use super::imprint::{Imprint, dated, whole_date};
use crate::article::{Author, When};

/// Between two statements.
const BETWEEN: [&str; 8] = ["|", "•", "·", " – ", " — ", " - ", " / ", "\u{a0}"];
/// A sign of each of these marks.
const SIGNS: [char; 8] = ['|', '•', '·', '–', '—', '-', '/', '\u{a0}'];
/// A line without a mark is no longer, in characters.
const MAX_UNMARKED: usize = 140;
/// No line has more of them.
const MAX_STATEMENTS: usize = 8;
/// What stands before the name of who wrote the story, in lower case, besides what a byline begins with.
#[rustfmt::skip]
const BY: [&str; 28] = [
    "story and photos by ", "story and pictures by ", "text and photos by ", "text and pictures by ", "words and pictures by ",
    "words and photos by ", "photos and story by ", "photos and text by ", "article by ", "a column by ", "guest column by ",
    "opinion by ", "commentary by ", "analysis by ", "review by ", "compiled by ", "posted by ", "published by ", "a cura di ",
    "text und fotos: ", "text und fotos von ", "text & fotos: ", "texte et photos : ", "texte et photos: ", "texto y fotos: ",
    "tekst en foto's: ", "testo e foto di ", "interview by ",
];
/// The same where names alone are written with capitals.
const BY_SMALL: [&str; 7] = ["by ", "von ", "par ", "por ", "di ", "door ", "av "];
/// What stands before the names of those who took the pictures.
#[rustfmt::skip]
const PICTURES: [&str; 15] = [
    "photos", "photo", "pictures", "photography", "photographs", "images", "illustrations", "illustration", "fotos", "foto", "bilder",
    "bild", "fotografía", "fotografie", "vídeo",
];
/// What is counted, or done with the page.
#[rustfmt::skip]
const COUNTED: [&str; 16] = [
    "comments", "comment", "min", "mins", "minutes", "minute", "read", "views", "shares", "minuten", "kommentare", "lesezeit", "lecture",
    "share", "follow", "following",
];

/// One statement.
enum Statement {
    By(Vec<Author>, Option<String>),
    Date(When),
    Dates(Imprint),
    /// A house, or whatever else is called by two to four words, if the line says besides who wrote the story.
    House(String),
    /// Nothing of the story's.
    Beside,
}

/// What the statements of a line say.
#[derive(Default)]
pub(super) struct Told {
    pub(super) said: Imprint,
    /// Whatever else is called by two to four words, or is a house: who wrote the story may be among them.
    pub(super) named: Vec<String>,
}

/// What such a line says; none where any of it is no such statement.
pub(super) fn statements(line: &str, zone: Tz) -> Option<Imprint> {
    // Of a byline alone, what stands below it is read as well.
    if byline(line).is_some() {
        return None;
    }
    let Told { said: mut found, mut named } = told(line, zone)?;
    let is_signed = !found.authors.is_empty();
    if named.len() > 1 {
        // Names and dates alone may be anything (`Jazz Trio | City Hall | 25 December 2027`), but for a paper's.
        let [name, paper] = <[String; 2]>::try_from(named).ok()?;
        let is_it = !is_signed && found.published.is_some() && is_full_name(&name) && is_paper(&paper);
        return is_it.then(|| Imprint { authors: vec![Author::named(name)], house: Some(paper), ..found });
    }
    found.house = found.house.or(named.pop());
    is_signed.then_some(found)
}

/// The same, whether or not any of it says who wrote the story.
pub(super) fn told(line: &str, zone: Tz) -> Option<Told> {
    if line.chars().nth(MAX_UNMARKED).is_some() && !line.contains(SIGNS) {
        return None;
    }
    let mut parts = vec![line];
    for mark in BETWEEN {
        parts = parts.iter().flat_map(|part| part.split(mark)).collect();
    }
    let parts = parts.iter().flat_map(|part| divided(part)).map(bare).filter(|part| !part.is_empty());
    let mut told = Told::default();
    let found = &mut told.said;
    for (at, part) in parts.enumerate() {
        if at == MAX_STATEMENTS {
            return None;
        }
        match statement(part, zone)? {
            Statement::By(authors, of) => {
                found.authors.extend(authors);
                found.house = found.house.take().or(of);
            }
            Statement::Date(when) => found.published = found.published.or(Some(when)),
            Statement::Dates(said) => {
                found.published = found.published.or(said.published);
                found.updated = found.updated.or(said.updated);
                found.authors.extend(said.authors);
            }
            Statement::House(said) => told.named.push(said),
            Statement::Beside => {}
        }
    }
    Some(told)
}

/// A statement that others follow without a mark: `Words: Ana Kos Photos: Bo Lee`, `Posted by Ana Kos on November 20, 2026 in News`.
fn divided(part: &str) -> Vec<&str> {
    // Other letters may have another length in lower case; the marks between have none of them.
    let lower = part.to_ascii_lowercase();
    let below = |word: &str| lower.match_indices(word).map(|(at, _)| at).find(|at| lower[..*at].ends_with(' '));
    let mut cuts: Vec<usize> = PICTURES
        .iter()
        .filter_map(|word| below(word).map(|at| (at - 1, at + word.len())))
        .filter(|(at, end)| {
            let rest = lower[*end..].trim_start();
            !lower[..*at].ends_with(" and")
                && !lower[..*at].ends_with("und")
                && (rest.starts_with(':') || rest.starts_with("by "))
        })
        .map(|(at, _)| at)
        .collect();
    cuts.extend(lower.find(" on ").filter(|at| lower[at + 4..].contains(|c: char| c.is_ascii_digit())));
    cuts.extend(lower.rfind(" in ").filter(|at| lower[..*at].contains(" on ")));
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Vec::new();
    let mut from = 0;
    for cut in cuts {
        // `Words: Ana Kos. Pictures: Bo Lee`
        parts.push(part[from..cut].trim_end_matches('.'));
        from = cut;
    }
    parts.push(&part[from..]);
    parts
}

fn bare(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || ",;*_[]".contains(c))
}

fn statement(part: &str, zone: Tz) -> Option<Statement> {
    let lower = part.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    if lower.starts_with("in ") && part.split_whitespace().count() <= 4 {
        return Some(Statement::Beside);
    }
    let when = part.strip_prefix("on ").unwrap_or(part);
    if let Some(when) = whole_date(when, zone) {
        return Some(Statement::Date(when));
    }
    if PICTURES
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with([':', 'b'])))
        || part.starts_with(|c: char| c.is_ascii_digit())
            // A day that can be two is no number.
            && part.matches(['/', '-', '.']).nth(1).is_none()
            && words().all(|word| COUNTED.contains(&word) || is_hour(word))
        || COUNTED.contains(&lower.as_str())
    {
        return Some(Statement::Beside);
    }
    if let Some(said) = dated(part, zone) {
        return Some(Statement::Dates(said));
    }
    if let Some(authors) = asian::reporters(part, "") {
        return Some(Statement::By(authors, None));
    }
    if let Some(said) = signed(part, &lower) {
        return Some(Statement::By(said.0, said.1));
    }
    // `Updated 10:00`: of the same day.
    if words().next().is_some_and(|word| word == "updated") && words().skip(1).all(is_hour) {
        return Some(Statement::Beside);
    }
    (is_house(part) || is_full_name(part)).then(|| Statement::House(part.to_owned()))
}

/// The letters in a time of day.
fn is_hour(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a" | "p" | "m" | "uhr" | "h" | "et" | "est" | "gmt" | "ist" | "pt" | "bst" | "cet")
}

/// The people of a byline that stands beside others, with what only such a one has about it.
fn signed(part: &str, lower: &str) -> Option<(Vec<Author>, Option<String>)> {
    let part = part.split(" @").next().unwrap_or_default().trim_end();
    let part = part.trim_end_matches(", M.D.").trim_end_matches(", Ph.D.");
    // `Words and pictures by Ana Kos`, `Words and pictures: Ana Kos`
    let longer = BY.iter().find_map(|by| {
        let labelled = by.strip_suffix(" by ").map(|label| format!("{label}: "));
        let labelled = labelled.filter(|label| lower.starts_with(label.as_str())).map(|label| label.len());
        lower.starts_with(by).then_some(by.len()).or(labelled)
    });
    let small = || BY_SMALL.iter().find(|by| part.starts_with(**by)).map(|by| by.len());
    let name = longer.or_else(small).and_then(|length| part.get(length..));
    let printed = match name {
        Some(name) => format!("By {name}"),
        None => part.to_owned(),
    };
    // `By Ana Kos for the Daily Post`
    let (printed, house) = match printed.split_once(" for the ").or_else(|| printed.split_once(" For the ")) {
        Some((people, house)) => (people.to_owned(), Some(house.to_owned())),
        None => (printed, None),
    };
    if let Some((authors, of)) = byline(&written_only(&printed)) {
        return Some((authors, of.or(house)));
    }
    // `Ana Kos, Berlin correspondent`
    let (name, office) = part.split_once(", ").filter(|(name, office)| is_full_name(name) && is_office(office))?;
    let author = Author { role: Some(office.to_owned()), ..Author::named(super::display(name)) };
    Some((vec![author], None))
}

/// `Von Ana Kos (Text) und Bo Lee (Fotos)` → `Von Ana Kos`.
fn written_only(byline: &str) -> String {
    match ["(Text)", "(text)", "(texte)", "(Texte)", "(words)", "(story)"]
        .iter()
        .find_map(|mark| byline.split_once(mark))
    {
        Some((before, _)) => before.trim_end().to_owned(),
        None => byline.to_owned(),
    }
}
