//! The beginning of a paragraph → its dateline: `MUMBAI (Reuters) - `, `Berlin (dpa/bb) - `, `(CNN) -- `, `OSLO, Norway — `,
//! `New Delhi, Nov 20 (PTI) `, `BOSTON--(BUSINESS WIRE)--`, `Madrid, 3 jul (EFE).- `, `(ANSA) - ROMA, 3 LUG - `, `МОСКВА, 3 июля. /ТАСС/. `, `МОСКВА, 3 июл - РИА Новости. `.
//! Before a colon (`BRUSSELS: The`) a place stands where the database of time zones knows it: much else does (`WARNING: The`).
//! A person with a party (`Ida Marsh (SPD) – die Ministerin – sagte`) and an acronym that is explained are none.

use super::agencies::is_agency;
use super::asian;
use super::origin::Dateline;
use crate::parse::dates;

/// A dateline ends within so many characters.
const MAX_DATELINE: usize = 90;
/// A place has no more words, with what is stated beside it.
const MAX_PLACE: usize = 8;
/// A word of capitals this short may be an acronym (`NATO`, `UNICEF`).
const MAX_ACRONYM: usize = 6;
/// A word this short in a place need not begin with a capital (`Frankfurt am Main`).
const MAX_PARTICLE: usize = 4;
/// More characters of the sentence after it are not looked at.
const MAX_SENTENCE: usize = 600;
/// What ends a dateline, and whether it is a dash beyond doubt.
#[rustfmt::skip]
const DASHES: [(&str, bool); 9] = [
    (" — ", true), (" – ", true), (" -- ", true), (" - ", false), (" _ ", true), ("— ", true), (" —", true), (" .- ", true),
    (".- ", true),
];

/// The dateline of a paragraph that begins the running text.
pub(in crate::parse) fn dateline(paragraph: &str) -> Option<Dateline> {
    if let Some(found) = asian::dateline(paragraph) {
        return Some(found);
    }
    let within = paragraph.char_indices().nth(MAX_DATELINE).map_or(paragraph.len(), |(at, _)| at);
    if let Some((place, story)) = paragraph[..within].split_once(": ")
        && is_capital_place(place)
        && dates::is_city(place)
        && story.starts_with(|c: char| c.is_uppercase() || "\"“‘'".contains(c))
    {
        return Some(Dateline { end: place.len() + 2, place: Some(place.to_owned()), ..Dateline::default() });
    }
    // Most paragraphs begin without any dash, slash or bracket; 0xE2 begins the longer dashes.
    if !paragraph[..within].bytes().any(|byte| matches!(byte, b'-' | b'_' | b'/' | b')' | 0xE2)) {
        return None;
    }
    let printed = of_release(paragraph, within)
        .or_else(|| between_slashes(paragraph, within))
        .or_else(|| behind_brackets(paragraph, within));
    if printed.is_some() {
        return printed;
    }
    let begins_one = |(_, c): &(usize, char)| matches!(c, ' ' | '—' | '.');
    let (at, (dash, is_dash)) = paragraph[..within].char_indices().filter(begins_one).find_map(|(at, _)| {
        let dash = DASHES.iter().find(|(dash, _)| paragraph[at..within].starts_with(dash))?;
        Some((at, *dash))
    })?;
    let head = paragraph[..at].trim();
    let end = at + dash.len();
    let after = &paragraph[end..];
    let opens = opens(after);
    let is_broken = goes_on_after_a_dash(after);
    let Some(open) = head.rfind('(').filter(|_| head.ends_with(')')) else {
        if let Some((house, rest)) =
            after.split_once(". ").filter(|(house, _)| is_capital_place(head) && is_agency(house))
        {
            let place = Some(head.to_owned());
            return Some(Dateline {
                end: paragraph.len() - rest.len(),
                place,
                agency: Some(house.to_owned()),
                is_sure: true,
                ..Dateline::default()
            });
        }
        let place = head.split(',').next().unwrap_or_default();
        let acronym = !head.contains(',') && !place.contains(' ') && place.chars().count() <= MAX_ACRONYM;
        let stands = is_dash && is_capital_place(head) && opens && !(acronym && is_broken);
        return stands.then(|| Dateline { end, place: Some(head.to_owned()), ..Dateline::default() });
    };
    let agency = &head[open + 1..head.len() - 1];
    let place = head[..open].trim();
    let is_known = is_agency(agency);
    if let Some((head, rest)) = after.split_once(" - ").filter(|(head, rest)| {
        place.is_empty()
            && is_known
            && head.chars().count() <= MAX_DATELINE
            && is_capital_place(head)
            && self::opens(rest)
    }) {
        let (end, place) = (paragraph.len() - rest.len(), Some(head.to_owned()));
        let agency = Some(agency.to_owned());
        return Some(Dateline { end, place, agency, is_sure: true, ..Dateline::default() });
    }
    let stated = Some(head.to_owned()).filter(|_| !place.is_empty());
    let in_capitals = is_capitals(place.split(',').next().unwrap_or_default());
    let stands = if is_known {
        place.is_empty() || (is_place(place) && (opens || in_capitals))
    } else {
        // Of a house that nobody knows the place must speak: a person is not written in capitals.
        is_house_like(agency) && in_capitals && is_place(place) && opens && !is_broken
    };
    stands.then(|| Dateline {
        end,
        place: stated,
        agency: Some(agency.to_owned()),
        is_sure: is_known && opens && !is_broken,
        ..Dateline::default()
    })
}

/// `STOCKHOLM /TT/ `, `МОСКВА, 3 июля. /ТАСС/. `
fn between_slashes(paragraph: &str, within: usize) -> Option<Dateline> {
    let begin = paragraph[..within].contains('/').then_some(&paragraph[..within])?;
    let (place, rest) = begin.split_once(" /")?;
    let (agency, _) = rest.split_once('/')?;
    let is_fit = is_agency(agency) && is_capital_place(place.trim_end_matches('.'));
    let printed = place.len() + agency.len() + " //".len();
    let end = paragraph.len() - paragraph[printed..].trim_start_matches('.').trim_start().len();
    let story = &paragraph[end..];
    (is_fit && opens(story)).then(|| sure(paragraph, story, &paragraph[..printed], agency))
}

/// `New Delhi, Nov 20 (PTI) The cabinet met.`, `New Delhi [India], November 20 (ANI): The cabinet met.`: a known house behind a
/// place and a day, and no dash.
fn behind_brackets(paragraph: &str, within: usize) -> Option<Dateline> {
    let (before, rest) = paragraph[..within].split_once(')')?;
    let (place, agency) = before.split_once(" (")?;
    let rest = &paragraph[within - rest.len()..];
    let story = rest.strip_prefix(':').unwrap_or(rest).strip_prefix(' ')?;
    let is_dated = place.contains(',') && place.contains(char::is_numeric);
    let stands = is_dated && is_agency(agency) && is_place(place) && opens(story) && !is_dash(story);
    stands.then(|| sure(paragraph, story, &paragraph[..before.len() + 1], agency))
}

/// What companies have sent out: `BOSTON--(BUSINESS WIRE)--Acme opened`, `Toronto, Ontario--(Newsfile Corp. - November 20, 2026)
/// - Acme opened`, `HOUSTON, TX / ACCESS Newswire / November 20, 2026 / Acme opened`.
fn of_release(paragraph: &str, within: usize) -> Option<Dateline> {
    let head = &paragraph[..within];
    if let Some((place, rest)) = head.split_once("--(") {
        let (inner, _) = rest.split_once(')')?;
        let agency = inner.split(" - ").next().unwrap_or_default();
        let printed = place.len() + "--(".len() + inner.len() + ")".len();
        let story = paragraph[printed..].trim_start_matches(['-', '–', '—', ' ']);
        return (is_place(place) && is_agency(agency)).then(|| sure(paragraph, story, &paragraph[..printed], agency));
    }
    let mut parts = head.splitn(4, " / ");
    let (place, agency, day) = (parts.next()?, parts.next()?, parts.next()?);
    let story = &paragraph[head.len() - parts.next()?.len()..];
    let printed = paragraph.len() - story.len() - " / ".len();
    let stands = is_place(place) && is_agency(agency) && day.contains(char::is_numeric);
    stands.then(|| sure(paragraph, story, &paragraph[..printed], agency))
}

fn sure(paragraph: &str, story: &str, printed: &str, agency: &str) -> Dateline {
    Dateline {
        end: paragraph.len() - story.len(),
        place: Some(printed.to_owned()),
        agency: Some(agency.to_owned()),
        is_sure: true,
        ..Dateline::default()
    }
}

fn is_dash(text: &str) -> bool {
    text.starts_with(['-', '–', '—', '_', '.'])
}

/// Whether a sentence begins here, as the story does after its dateline.
fn opens(after: &str) -> bool {
    after.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase())
}

/// `OSLO, Norway`, `ROMA, 3 LUG`
fn is_capital_place(head: &str) -> bool {
    is_capitals(head.split(',').next().unwrap_or_default()) && head.split_whitespace().count() <= MAX_PLACE + 1
}

fn is_house_like(name: &str) -> bool {
    /// In bytes.
    const MAX_NAME: usize = 30;
    !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(|c| c.is_alphabetic() || " /-.".contains(c))
}

/// `PORT SOLE`, `OSLO/BERGEN`
fn is_capitals(place: &str) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && place.chars().all(|c| c.is_uppercase() || " .'’-/".contains(c))
        && place.split_whitespace().count() <= 5
}

/// `Sole`, `Frankfurt am Main`, `Oslo, 2. Juli`, `Port-Sole, 2 juillet 2026`, `القاهرة`
fn is_place(place: &str) -> bool {
    let is_day = |word: &str| dates::is_day_name(&word.trim_matches([',', '.']).to_lowercase());
    let begins =
        |word: &str| !word.starts_with(char::is_lowercase) || word.chars().count() <= MAX_PARTICLE || is_day(word);
    // A month in whatever language: `20. novembra`.
    let is_day_number = |word: &str| word.trim_end_matches('.').parse::<u8>().is_ok();
    let words: Vec<&str> = place.split_whitespace().collect();
    words.len() <= MAX_PLACE
        && place.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && words.iter().enumerate().all(|(at, word)| begins(word) || at > 0 && is_day_number(words[at - 1]))
}

/// Whether a second dash stands in the sentence: then the first may have opened what it closes.
fn goes_on_after_a_dash(after: &str) -> bool {
    let within = after.char_indices().nth(MAX_SENTENCE).map_or(after.len(), |(at, _)| at);
    let sentence = after[..within].split(". ").next().unwrap_or_default();
    [" — ", " – ", " -- ", " - ", "—"].iter().any(|dash| sentence.contains(dash))
}
