//! What news agencies write into a dispatch for other desks, and no reader is to see: codes and slugs above the headline,
//! what a version adds, sign-offs, and the sections for editors below the text.

use std::collections::HashSet;

use super::agencies::is_house;
use super::dateline::dateline;
use super::paragraphs::is_rule;
use crate::parse::page::{self, Line};

/// Lines that end a dispatch, between whatever dashes or brackets.
const SIGN_OFFS: [&str; 6] = ["reuter", "reuters", "30", "end", "ends", "完"];
/// How long a text is, in lower case, before a colon and a number.
const LENGTHS: [&str; 5] = ["words", "word count", "wordcount", "zeichen", "字数"];
/// Lines above a headline that are for desks, not readers.
const DESK_LINES: [&str; 14] = [
    "for immediate release",
    "immediate release",
    "zur sofortigen veröffentlichung",
    "1st lead",
    "2nd lead",
    "3rd lead",
    "4th lead",
    "lead",
    "urgent",
    "bulletin",
    "corrected",
    "repeat",
    "eil",
    "eilmeldung",
];
/// Those of them that follow a slug.
const LEADS: [&str; 4] = ["1st lead", "2nd lead", "3rd lead", "4th lead"];
/// Lines above what a company or an office sends out that say so, in lower case.
const RELEASES: [&str; 13] = [
    "press release",
    "press statement",
    "news release",
    "media release",
    "pressemitteilung",
    "presseinformation",
    "medienmitteilung",
    "communiqué de presse",
    "nota de prensa",
    "comunicado de prensa",
    "comunicato stampa",
    "persbericht",
    "新闻稿",
];
/// What else they say.
const IMMEDIATE: &str = "for immediate release";
/// Whom it names for questions, in lower case.
const CONTACTS: [&str; 6] = ["contact", "media contact", "press contact", "kontakt", "pressekontakt", "contacto"];
/// How a note in brackets begins that says what this version does.
const CHANGES: [&str; 42] = [
    "adding",
    "adds",
    "aktualisiert",
    "aktualisierung",
    "berichtigt",
    "berichtigung",
    "changes",
    "clarifies",
    "corrects",
    "correcting",
    "deletes",
    "eds",
    "ergänzt",
    "fixes",
    "inserts",
    "korrektur",
    "korrigiert",
    "mehr",
    "mit",
    "neu",
    "neufassung",
    "recasts",
    "recasting",
    "refiles",
    "refiling",
    "releads",
    "removes",
    "repeating",
    "repeats",
    "rewrites",
    "rpt",
    "subs",
    "tops",
    "trims",
    "updates",
    "updating",
    "wiederholt",
    "wiederholung",
    "with",
    "writes",
    "wrapup",
    "zusammenfassung",
];
/// Those of them that begin sentences too.
const SENTENCES: [&str; 4] = ["with ", "mit ", "mehr ", "neu "];
/// How lines begin that are told to editors without brackets, in lower case. (`Editor's note:` and `Hinweis:` are told to readers.)
const TO_EDITORS: [&str; 6] =
    ["eds:", "eds.:", "note to editors:", "redaktionen:", "achtung redaktionen:", "hinweis an die redaktionen:"];
/// The same as agencies write it: letters begin with `Editors:`.
const SHOUTED_EDITORS: &str = "EDITORS:";
/// Headings of what stands below a dispatch for editors alone, in lower case.
const EDITORS_SECTIONS: [&str; 5] =
    ["notebook", "notizblock", "note to editors", "notes to editors", "notes for editors"];
/// How a line begins, in lower case, that says that what follows it is not for readers.
const UNPUBLISHED: [&str; 9] = [
    "not intended for publication",
    "the following is not",
    "the following information is not",
    "the information below is not",
    "die folgenden informationen sind nicht",
    "die nachfolgenden informationen sind nicht",
    "die nachstehenden informationen sind nicht",
    "folgende informationen sind nicht",
    "ab hier nicht",
];
/// The same, where the line says no more: `Not for publication is the name of the donor`.
const UNPUBLISHED_ALONE: [&str; 5] = [
    "not for publication",
    "nicht zur veröffentlichung",
    "nicht zur veröffentlichung bestimmt",
    "nicht für die veröffentlichung",
    "nicht für die veröffentlichung bestimmt",
];
/// Such a line, and a note of what changed, is no longer, in characters.
const MAX_NOTE: usize = 200;
/// It stands among so many paragraphs at the top.
const MAX_TOP: usize = 12;
/// A note in brackets goes on over no more lines.
const MAX_NOTE_LINES: usize = 3;

/// What of a text is for desks, by the places of its paragraphs.
#[derive(Debug, Default)]
pub(in crate::parse) struct ForDesks {
    /// Notes and sign-offs.
    pub(in crate::parse) notes: HashSet<usize>,
    /// From here on everything is.
    pub(in crate::parse) section: Option<usize>,
}

/// What is for desks of a text that came marked up.
pub(in crate::parse) fn for_desks(paragraphs: &[String]) -> ForDesks {
    let line = |(number, text): (u32, &String)| Line::paragraph(number, text);
    let mut lines: Vec<Line> = (0..).zip(paragraphs).filter(|(_, text)| !text.is_empty()).map(line).collect();
    let mut furniture = Vec::new();
    // Without a dateline only what stands above all else is a note for certain.
    let top = || lines.iter().take(MAX_TOP);
    let notes = || top().take_while(|line| is_note(&line.text)).count();
    let dated = top().position(|line| dateline(&line.text).is_some());
    let story = dated.unwrap_or_else(notes);
    take_notes(&mut lines, story, dated.is_some(), &mut furniture);
    if lines.is_empty() {
        return ForDesks::default();
    }
    let end = editors_section(&lines);
    let section = lines.get(end).map(|line| line.number as usize);
    furniture.extend(lines[sign_off_above(&lines[..end])..].iter().map(|line| line.number));
    ForDesks { notes: furniture.into_iter().map(|number| number as usize).collect(), section }
}

/// Takes the notes for desks out of the first lines of a text, down to `end`, where its dateline is if it `is_dated`; at least
/// one line stays.
pub(super) fn take_notes(lines: &mut Vec<Line>, end: usize, is_dated: bool, furniture: &mut Vec<u32>) {
    let (mut at, mut end) = (0, end);
    while at < end.min(lines.len()) {
        let length = note(&lines[at..end.min(lines.len())]);
        // `(With love from the town)` may be anybody's.
        if length == 0 || !is_dated && opens_sentence(&lines[at].text) || length == lines.len() {
            at += 1;
            continue;
        }
        furniture.extend(lines.drain(at..at + length).map(|line| line.number));
        end -= length;
        // What it parted stays parted.
        if let Some(next) = lines.get_mut(at) {
            next.gap = next.gap.max(1);
        }
    }
}

/// How many lines a note for desks takes that begins here.
fn note(lines: &[Line]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    if is_note(&first.text) {
        return 1;
    }
    if !opens_note(&first.text) {
        return 0;
    }
    let below = lines.iter().take(MAX_NOTE_LINES).skip(1).take_while(|line| line.gap == 0);
    below.clone().position(|line| line.text.ends_with(')')).map_or(0, |last| last + 2)
}

/// `(Adds details, quotes)`, `(neu: mehr Details)`, `Eds: UPDATES with quotes. AP Photos`
pub(in crate::parse) fn is_note(text: &str) -> bool {
    if text.chars().nth(MAX_NOTE).is_some() {
        return false;
    }
    let lower = text.to_lowercase();
    TO_EDITORS.iter().any(|beginning| lower.starts_with(beginning))
        || text.starts_with(SHOUTED_EDITORS)
        || (opens_note(text)
            && text.ends_with([')', ']'])
            // `(With the sun out, the bus ran early.)` is a sentence of the story.
            && !((text.ends_with(".)") || text.ends_with(".]")) && opens_sentence(text))
            && text.matches(['(', '[']).count() == text.matches([')', ']']).count())
}

fn opens_sentence(text: &str) -> bool {
    let inside = text.trim_start_matches(['(', '[']).to_lowercase();
    SENTENCES.iter().any(|word| inside.starts_with(word))
}

fn opens_note(text: &str) -> bool {
    let Some(inside) = text.strip_prefix(['(', '[']) else { return false };
    let first = inside.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    CHANGES.contains(&first.as_str())
}

/// Where the sign-off begins; at least one line stays.
pub(super) fn sign_off(lines: &[Line]) -> usize {
    sign_off_above(&lines[..editors_section(lines)])
}

/// The same of a text that holds nothing for editors below it.
fn sign_off_above(lines: &[Line]) -> usize {
    let off = |line: &&Line| {
        let text = line.text.as_str();
        let bare = text.trim_matches(|c| "-–—()（） ".contains(c)).to_lowercase();
        SIGN_OFFS.contains(&bare.as_str())
            || text == "###"
            || is_initials(text)
            || is_length(text)
            // `((ana.kos@x.example; +44 20 7946 0000;))`, `Keywords: BRITAIN-FERRY/`
            || text.starts_with("((") && text.ends_with("))") && text.contains(['@', ';'])
            || text.starts_with("Keywords: ") && text.ends_with('/')
            || is_house(text)
            || page::names_editors(text)
    };
    // Whose it is may stand below: `© 1994-2026 Agence France-Presse`.
    let is_claim = |line: &&Line| line.text.starts_with('©') && line.text.chars().count() <= MAX_NOTE;
    let run = lines.iter().rev().take_while(|line| off(line) || is_claim(line)).count();
    let first = lines[lines.len() - run..].iter().position(|line| off(&line)).unwrap_or(run);
    (lines.len() - run + first).max(1)
}

/// `Word count: 640`
fn is_length(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(label, number)| {
        let number = number.trim().trim_end_matches('字');
        LENGTHS.contains(&label.trim().to_lowercase().as_str()) && number.parse::<u32>().is_ok()
    })
}

/// `ylg/ab/cd`: who wrote, edited and sent it, at AFP, EFE and ANSA.
fn is_initials(text: &str) -> bool {
    let parts = || text.split('/');
    parts().count() > 1
        && parts().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
        // `km/h`, `and/or`
        && !["km/h", "m/s", "and/or", "n/a", "w/o", "i/o"].contains(&text)
}

/// Where the section for editors begins, which goes on to the end of the file; behind the last line, where there is none.
fn editors_section(lines: &[Line]) -> usize {
    let begins = |at: usize| {
        let text = &lines[at].text;
        // `ENDS`, `Notes to editors: The bench was made by the council.`
        if is_end_mark(&lines[at - 1].text) && begins_section(text) {
            return true;
        }
        let is_apart = lines[at].gap > 0 || is_rule(&lines[at - 1].text);
        is_section(text) && (text.starts_with('#') || is_apart) || (is_apart && is_unpublished(text, lines.get(at + 1)))
    };
    let Some(section) = (1..lines.len()).find(|at| begins(*at)) else { return lines.len() };
    // What parts it from the text goes with it.
    if section > 1 && is_rule(&lines[section - 1].text) { section - 1 } else { section }
}

/// `ENDS`, `-ends-`, `###`: nobody but a desk writes so.
fn is_end_mark(text: &str) -> bool {
    let bare = text.trim_matches(|c| "-–—* ".contains(c));
    let is_marked = bare != text || !bare.contains(char::is_lowercase);
    text == "###" || is_marked && ["end", "ends"].contains(&bare.to_lowercase().as_str())
}

fn begins_section(text: &str) -> bool {
    let lower = text.to_lowercase();
    EDITORS_SECTIONS.iter().any(|name| lower.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// `# Notizblock`, `## Note to editors`; the name alone, where agencies have no other use for it.
fn is_section(text: &str) -> bool {
    let is_marked = text.starts_with('#');
    if !is_marked && text.len() > MAX_NOTE {
        return false;
    }
    let name = text.trim_matches(['#', '*', ':', ' ']).to_lowercase();
    let is_it = EDITORS_SECTIONS.iter().any(|section| name == *section || (is_marked && name.starts_with(section)));
    is_it && (is_marked || name != "notebook")
}

/// `Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt`, on a line that says nothing else.
fn is_unpublished(text: &str, next: Option<&Line>) -> bool {
    if text.chars().nth(MAX_NOTE / 2).is_some() {
        return false;
    }
    let bare = text.trim_matches(|c: char| "#*-_=:.!() ".contains(c)).to_lowercase();
    let says_so = bare.contains("publication") || bare.contains("veröffentlichung");
    let says_more = bare.contains([',', '"', '“', '„', '.'])
        || [" before ", " until ", " vor ", " bis "].iter().any(|word| bare.contains(word));
    let stands_alone = text.trim_end().ends_with(':')
        || next.is_none_or(|next| next.gap > 0 || next.indented || next.text.starts_with(['#', '-', '*']));
    let begins = UNPUBLISHED_ALONE.contains(&bare.as_str()) || UNPUBLISHED.iter().any(|it| bare.starts_with(it));
    says_so && !says_more && stands_alone && begins
}

/// Whether a line says that it heads what a company or an office sends out: `FOR IMMEDIATE RELEASE:`.
pub(in crate::parse) fn is_release(text: &str) -> bool {
    let words = words_of_label(text);
    words == IMMEDIATE || RELEASES.contains(&words.as_str())
}

fn words_of_label(text: &str) -> String {
    text.trim_matches(|c: char| " :*+-–—（）【】".contains(c)).to_lowercase()
}

/// `Contact: Dana Wells, dana@marl.example`, `Contact: press office, +44 1234 567890`, above the headline.
pub(super) fn is_contact(text: &str) -> bool {
    /// A telephone number has so many digits.
    const DIGITS: usize = 7;
    let is_number = |who: &str| who.chars().filter(char::is_ascii_digit).count() >= DIGITS;
    let named = text.split_once(':').filter(|(_, who)| who.contains('@') || is_number(who));
    named.is_some_and(|(name, _)| CONTACTS.contains(&name.to_lowercase().as_str()))
}

/// Whether a line above a headline is no part of it: `FOR IMMEDIATE RELEASE`, `Kommentar`.
pub(in crate::parse) fn is_label(text: &str) -> bool {
    is_genre(text) || is_for_desks(text, false)
}

/// Whether a line above a headline says nothing but what sort of piece follows.
pub(super) fn is_genre(text: &str) -> bool {
    #[rustfmt::skip]
    const GENRES: [&str; 50] = [
        "analyse", "analysis", "análisis", "analisi", "análise", "column", "comment", "commentaire", "commentary", "commento",
        "comentario", "dossier", "décryptage", "editorial", "editoriale", "éditorial", "entretien", "entrevista", "essay",
        "exclusive", "exklusiv", "explainer", "feature", "feuilleton", "gastbeitrag", "gastkommentar", "glosse",
        "hintergrund", "interview", "intervista", "kolumne", "kommentar", "kommentiert", "kritik", "leitartikel", "meinung",
        "obituary", "opinion", "opinión", "opinione", "porträt", "profile", "rezension", "reportage", "reportaje", "review",
        "tribune", "viewpoint", "мнение", "интервью",
    ];
    is_release(text) || GENRES.contains(&text.trim_matches(['+', '*', ':', '-', '–', ' ']).to_lowercase().as_str())
}

/// `eca100 3 s 586 ccccb`, `Germany-football/Munich/Mueller/`, `1ST LEAD`
pub(in crate::parse) fn is_for_desks(text: &str, first: bool) -> bool {
    let lower = text.to_lowercase();
    let is_word = !text.contains(' ') || text.matches('/').count() >= 2;
    let slug = text.ends_with('/') && is_word && text.chars().count() <= 60;
    let header = first && {
        let mut words = text.split_whitespace();
        let code = words.next().unwrap_or_default();
        let coded = code.len() >= 5
            && code.chars().take(3).all(|c| c.is_ascii_lowercase())
            && code.chars().skip(3).all(|c| c.is_ascii_digit());
        coded && words.next().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit())) || is_stamped(text)
    };
    slug || header
        || is_counted(text)
        || words_of_label(text) == IMMEDIATE
        || is_contact(text)
        || DESK_LINES.contains(&lower.as_str())
        // `Greece-bridge 2nd lead`
        || lower.split_once(' ').is_some_and(|(slug, lead)| slug.contains('-') && LEADS.contains(&lead))
        || (lower.starts_with("update ") && lower.len() <= 9)
}

/// `r i BC-River-Lock    11-20 0312`: day and length end the first line of what comes by ANPA's rules.
fn is_stamped(text: &str) -> bool {
    let is_number = |word: &str, digits: usize| word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = |word: &str| word.split_once('-').is_some_and(|(month, day)| is_number(month, 2) && is_number(day, 2));
    let mut words = text.split_whitespace().rev();
    words.next().is_some_and(|length| is_number(length, 4)) && words.next().is_some_and(is_day)
}

/// `BC-River-Lock,0312`: a slug and a length.
fn is_counted(text: &str) -> bool {
    let is_length = |length: &str| (3..=4).contains(&length.len()) && length.bytes().all(|byte| byte.is_ascii_digit());
    let counted = text.split_once(',').filter(|(slug, length)| slug.contains('-') && is_length(length));
    counted.is_some_and(|(slug, _)| !slug.contains(char::is_whitespace) && slug.starts_with(char::is_uppercase))
}
