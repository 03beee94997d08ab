//! A line → the people whom it names as writers, and the house they write for: `By JANE ROE, AP`, `Von Jan Müller, Berlin`.

use super::agencies::{is_house, is_paper};
use crate::article::Author;

/// A byline is no longer, in characters.
const MAX_BYLINE: usize = 90;
/// How bylines begin in German, French, Spanish, Italian, Dutch, Swedish and Norwegian, Danish, Hebrew and Arabic.
#[rustfmt::skip]
const BY: [&str; 16] = [
    "Von", "VON", "Par", "PAR", "Por", "POR", "Di", "DI", "Door", "DOOR", "Av", "AV", "Af", "AF", "מאת", "بقلم",
];
/// What stands before a colon and the names of who wrote a text, in lower case.
#[rustfmt::skip]
const LABELS: [&str; 58] = [
    "author", "authors", "by", "words", "story", "reporter", "written by", "reported by", "story by", "text by", "words by",
    "interview", "das gespräch führte", "entrevista", "intervista", "propos recueillis par", "penulis",
    "autor", "autorin", "autoren", "von", "text", "text von", "auteur", "auteure", "auteurs", "par", "texte", "texte de",
    "por", "autora", "autores", "texto", "texto de", "di", "autore", "testo", "testo di", "door", "tekst", "av", "af",
    "skribent", "írta", "szerző", "автор", "текст", "yazan", "haber", "muhabir", "מאת", "بقلم", "كتب", "كتبت", "كتبه", "إعداد", "نویسنده", "लेखक",
];
/// Those of them that need no colon.
#[rustfmt::skip]
const WITHOUT_COLON: [&str; 20] = [
    "Written by ", "Reported by ", "Story by ", "Text by ", "Words by ", "Interview by ", "Review by ", "Analysis by ",
    "Text von ", "Interview von ", "Texte de ",
    "Das Gespräch führte ", "Das Interview führte ", "Propos recueillis par ", "Intervista di ",
    "Geschrieben von ", "Écrit par ", "Escrito por ", "Scritto da ", "Geschreven door ",
];
/// What parts two people in those languages.
const BETWEEN: [&str; 20] = [
    ", ", " avec ", " mit ", " con ", " und ", " UND ", " et ", " ET ", " y ", " Y ", " e ", " E ", " en ", " EN ",
    " och ", " og ", " & ", " and ", " és ", " и ",
];
/// What ends a line that says what the person above does.
const OFFICES: [&str; 22] = [
    "writer",
    "correspondent",
    "reporter",
    "editor",
    "press",
    "columnist",
    "staff",
    "contributor",
    "reuters",
    "critic",
    "desk",
    "analyst",
    "redakteur",
    "redakteurin",
    "redaktion",
    "korrespondent",
    "korrespondentin",
    "reporterin",
    "journaliste",
    "correspondant",
    "corresponsal",
    "corrispondente",
];
/// Lower-case parts of names.
const PARTICLES: [&str; 19] = [
    "de", "del", "della", "di", "da", "das", "do", "dos", "du", "van", "von", "der", "den", "al", "bin", "el", "la",
    "ten", "zu",
];

/// `By JANE ROE and John Doe, AP Business Writers`: the people, and the house.
pub(in crate::parse) fn byline(text: &str) -> Option<(Vec<Author>, Option<String>)> {
    match ["By ", "BY ", "by "].iter().find_map(|by| text.strip_prefix(by)) {
        Some(rest) => english(bare(rest)?),
        None => foreign(text),
    }
}

/// Without what desks put behind it; none where it is too long or a sentence.
fn bare(rest: &str) -> Option<&str> {
    let rest = rest.trim_end_matches(['=', ' ', ';']);
    (rest.chars().count() <= MAX_BYLINE && !rest.ends_with('.')).then_some(rest)
}

fn english(rest: &str) -> Option<(Vec<Author>, Option<String>)> {
    let mut authors: Vec<Author> = Vec::new();
    let mut house = None;
    for part in rest.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")) {
        let part = part.trim().trim_start_matches("and ");
        // `Canadian Press` ends as offices do.
        if is_house(part) && !authors.is_empty() {
            house = Some(part.to_owned());
        } else if is_office(part) {
            for author in &mut authors {
                author.role.get_or_insert_with(|| part.to_owned());
            }
        } else if let Some((name, rest)) = before_the_house(part) {
            authors.push(Author::named(display(name)));
            house = Some(display(rest));
        } else if is_person(part) {
            authors.push(Author::named(display(part)));
        } else {
            return None;
        }
    }
    for author in &mut authors {
        author.affiliation.clone_from(&house);
    }
    (!authors.is_empty()).then_some((authors, house))
}

/// `ANA KOS THE DAILY POST`: a whole name and a house in the same letters.
fn before_the_house(part: &str) -> Option<(&str, &str)> {
    let at = part.find(" The ").or_else(|| part.find(" THE "))?;
    let (name, house) = (&part[..at], &part[at + 1..]);
    (name.contains(' ') && is_person(name) && is_person(house)).then_some((name, house))
}

/// Whether a byline begins with a word that begins sentences and headlines too: such a one stands on a line of its own.
pub(super) fn is_foreign(line: &str) -> bool {
    BY.iter().any(|by| line.strip_prefix(by).is_some_and(|rest| rest.starts_with(' ')))
}

/// `Von Jan Müller und Ida Marsh, dpa`, `Par JEANNE DUPONT`, `Von Jan Müller, Berlin`: the names are whole ones, because the
/// words before them begin much else.
fn foreign(text: &str) -> Option<(Vec<Author>, Option<String>)> {
    let labelled = text.split_once(':').filter(|(label, _)| LABELS.contains(&label.trim().to_lowercase().as_str()));
    let rest = labelled
        .map(|(_, names)| names.trim_start())
        .or_else(|| BY.iter().find_map(|by| text.strip_prefix(by)?.strip_prefix(' ')))
        .or_else(|| WITHOUT_COLON.iter().find_map(|by| without(text, by)))?;
    let rest = bare(rest)?;
    let (rest, bracketed) = match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((names, house)) => (names, Some(house).filter(|house| is_house(house) || is_person(house))),
        None => (rest, None),
    };
    let mut parts = vec![rest];
    for between in BETWEEN {
        parts = parts.iter().flat_map(|part| part.split(between)).collect();
    }
    let mut authors: Vec<Author> = Vec::new();
    let mut house = bracketed.map(str::to_owned);
    let mut is_placed = false;
    for part in parts {
        let part = part.trim();
        if !authors.is_empty() && is_paper(part) {
            house = Some(part.to_owned());
        } else if !is_placed && is_full_name(part) && (authors.is_empty() || !is_office(part)) {
            authors.push(Author::named(display(part)));
        } else if authors.is_empty() {
            return None;
        } else if is_house(part) {
            house = Some(part.to_owned());
        } else if is_office(part) {
            for author in &mut authors {
                author.role.get_or_insert_with(|| part.to_owned());
            }
        } else if is_person(part) && !is_placed {
            // Where they write from: `Von Jan Müller, Berlin`.
            is_placed = true;
        } else {
            return None;
        }
    }
    for author in &mut authors {
        author.affiliation.clone_from(&house);
    }
    (!authors.is_empty()).then_some((authors, house))
}

/// What follows a word at the front, which headings write with capitals: `Written By Ana Kos`.
fn without<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (front, rest) = text.split_at_checked(word.len())?;
    front.eq_ignore_ascii_case(word).then_some(rest)
}

/// Two to four words that begin like names, the first and the last with a capital, where the script has any.
pub(super) fn is_full_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    // Signs above and below a letter are none themselves.
    let is_caseless = |c: char| !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric() && c != '।';
    if text.chars().all(|c| c.is_whitespace() || "'.-".contains(c) || is_caseless(c)) {
        return (2..=4).contains(&words);
    }
    let is_capital = |word: Option<&str>| word.and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
    (2..=4).contains(&words)
        && is_person(text)
        && is_capital(text.split_whitespace().next())
        && is_capital(text.split_whitespace().next_back())
}

/// `Jane Roe, John Doe and Ann Lee`: several people, each by two names or more, and nothing else.
pub(super) fn people(text: &str) -> Option<Vec<Author>> {
    /// More names than any line of writers has.
    const MAX_LISTED: usize = 50;
    let parts: Vec<&str> = text
        .split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        .collect();
    let named = |part: &&str| is_person(part) && part.contains(' ');
    ((2..=MAX_LISTED).contains(&parts.len()) && parts.iter().all(named))
        .then(|| parts.into_iter().map(|name| Author::named(display(name))).collect())
}

/// A name of one to five words that begin like names.
pub(in crate::parse) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=5).contains(&words.len())
        && words.iter().all(|word| {
            let letters = word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c));
            letters && (word.chars().next().is_some_and(char::is_uppercase) || PARTICLES.contains(word))
        })
}

/// `AP Business Writer`, `Associated Press`
pub(in crate::parse) fn is_office(text: &str) -> bool {
    let lower = text.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or_default();
    let singular = last.strip_suffix('s').unwrap_or(last);
    text.split_whitespace().count() <= 6 && !text.ends_with('.') && OFFICES.iter().any(|w| *w == last || *w == singular)
}

/// Whether a line below a byline may name the house that its people write for: `Valley Wire Service`.
pub(super) fn is_house_line(text: &str) -> bool {
    let words = text.split_whitespace().count();
    is_house(text) || ((2..=5).contains(&words) && is_person(text) && !text.ends_with('.'))
}

/// A name in capitals as readers write it.
pub(in crate::parse) fn display(name: &str) -> String {
    if name.chars().filter(|c| c.is_alphabetic()).count() < 4 || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut shown = String::new();
    let mut inside = false;
    for c in name.chars() {
        if inside {
            shown.extend(c.to_lowercase())
        } else {
            shown.push(c)
        }
        inside = c.is_alphabetic();
    }
    shown
}
