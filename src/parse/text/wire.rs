//! Wire copy in Latin letters → a draft: the title, who wrote it, where from, paragraphs out of wrapped lines.

use crate::article::{Author, Caption, Draft};
use crate::parse::page::{Line, escape, lines};
use crate::parse::{Markup, Parsed};

/// A title is shorter, in characters.
const MAX_TITLE: usize = 200;
/// Everything before the text stands within so many lines.
const MAX_TOP: usize = 12;
/// Text whose lines are all this short was wrapped, in characters.
const WRAPPED: usize = 110;
/// A dateline ends within so many characters.
const MAX_DATELINE: usize = 90;
/// Captions before the dateline are no more than this, or they are the text.
const MAX_CAPTIONS: usize = 6;

/// Lines that end a dispatch.
const SIGN_OFFS: [&str; 8] = ["reuter", "reuters", "-30-", "30", "###", "ends", "(ends)", "-ends-"];
/// Lines above a headline that are for desks, not readers.
const DESK_LINES: [&str; 9] =
    ["1st lead", "2nd lead", "3rd lead", "4th lead", "lead", "urgent", "bulletin", "corrected", "repeat"];
/// What ends a line that says what the person above does.
const OFFICES: [&str; 12] = [
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
];
/// Lower-case parts of names.
const PARTICLES: [&str; 14] =
    ["de", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "al", "bin", "el", "la"];

/// Reads one article; a blank text has no drafts.
pub(crate) fn read(text: &str) -> Parsed {
    let mut lines = lines(text);
    let mut parsed = Parsed {
        markup: Markup::Text,
        drafts: vec![],
        furniture: vec![],
        issue_date: None,
        folio_section: None,
        page: None,
        doubts: vec![],
    };
    let Some(last) = lines.last() else { return parsed };
    let mut draft = Draft { lines: lines.first().map(|first| (first.number, last.number)), ..Draft::default() };
    let signed_off = sign_off(&lines);
    let ending = lines.split_off(signed_off);
    parsed.furniture.extend(ending.iter().map(|l| l.number));
    let start = top(&lines, &mut draft, &mut parsed.furniture);
    let mut paragraphs = paragraphs(&lines[start..]);
    let dated = paragraphs.iter().take(MAX_CAPTIONS + 1).position(|p| dateline(p).is_some());
    if let Some(at) = dated {
        for caption in paragraphs.drain(..at) {
            draft.captions.push(Caption { text: caption, credit: None });
        }
        if let Some((end, place, agency)) = paragraphs.first().and_then(|p| dateline(p)) {
            draft.lead_in = paragraphs.first().map(|p| p[..end].trim().to_owned());
            draft.dateline = place;
            draft.source = agency.or(draft.source);
        }
    }
    if draft.source.is_none() && ending.iter().any(|l| l.text.to_lowercase().starts_with("reuter")) {
        draft.source = Some("Reuters".to_owned());
    }
    for paragraph in &paragraphs {
        draft.body.push_str(&format!("<p>{}</p>\n", escape(paragraph)));
    }
    parsed.drafts.push(draft);
    parsed
}

/// Where the sign-off begins; at least one line stays.
fn sign_off(lines: &[Line]) -> usize {
    if let Some(notes) = lines.iter().position(|l| l.text.starts_with("# Notebook")) {
        return notes.max(1);
    }
    let off = |line: &&Line| SIGN_OFFS.contains(&line.text.to_lowercase().as_str());
    (lines.len() - lines.iter().rev().take_while(off).count()).max(1)
}

/// Reads title and byline; where the text begins.
fn top(lines: &[Line], draft: &mut Draft, furniture: &mut Vec<u32>) -> usize {
    let mut at = 0;
    while at + 1 < lines.len() && is_for_desks(&lines[at].text, at == 0) {
        furniture.push(lines[at].number);
        at += 1;
    }
    let by = (at..lines.len().min(at + MAX_TOP)).find(|n| byline(&lines[*n].text).is_some());
    match by {
        // The headline may be printed on several lines, and lines may stand above it.
        Some(by) if by > at && lines[at..by].iter().all(|l| l.text.chars().count() <= MAX_TITLE) => {
            let first = (at..by).rev().take_while(|n| *n + 1 == by || lines[*n + 1].gap == 0).last().unwrap_or(at);
            draft.kickers.extend(lines[at..first].iter().map(|l| l.text.clone()));
            draft.headline = Some(lines[first..by].iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" "));
            at = by;
        }
        Some(by) if by == at => {}
        _ => {
            if title_stands(lines, at) {
                draft.headline = Some(lines[at].text.clone());
                at += 1;
            }
        }
    }
    if let Some((authors, house)) = lines.get(at).and_then(|l| byline(&l.text)) {
        draft.authors = authors;
        draft.source = house;
        draft.asides.push(lines[at].text.clone());
        at += 1;
        if let Some(office) = lines.get(at).filter(|l| is_office(&l.text)) {
            for author in &mut draft.authors {
                author.role.get_or_insert_with(|| office.text.clone());
            }
            draft.asides.push(office.text.clone());
            at += 1;
        }
    }
    at
}

/// Whether a line is a title: alone above a blank line, an indent or a dateline, and it does not end like a sentence.
fn title_stands(lines: &[Line], at: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    let short = line.text.chars().count() <= MAX_TITLE;
    let open = !line.text.ends_with(['.', ',', ';', ':']) || line.text.ends_with("...");
    short && open && dateline(&line.text).is_none() && (next.gap > 0 || next.indented || dateline(&next.text).is_some())
}

/// `eca100 3 s 586 ccccb`, `Germany-football/Munich/Mueller/`, `1ST LEAD`
fn is_for_desks(text: &str, first: bool) -> bool {
    let lower = text.to_lowercase();
    let slug = text.ends_with('/') && text.matches('/').count() >= 2 && text.chars().count() <= 60;
    let header = first && {
        let mut words = text.split_whitespace();
        let code = words.next().unwrap_or_default();
        let coded = code.len() >= 5
            && code.chars().take(3).all(|c| c.is_ascii_lowercase())
            && code.chars().skip(3).all(|c| c.is_ascii_digit());
        coded && words.next().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()))
    };
    slug || header || DESK_LINES.contains(&lower.as_str()) || (lower.starts_with("update ") && lower.len() <= 9)
}

/// `By JANE ROE and John Doe, AP Business Writers`: the people, and the house.
pub(in crate::parse) fn byline(text: &str) -> Option<(Vec<Author>, Option<String>)> {
    let rest = ["By ", "BY ", "by "].iter().find_map(|by| text.strip_prefix(by))?;
    let rest = rest.trim_end_matches(['=', ' ', ';']);
    if rest.chars().count() > MAX_DATELINE || rest.ends_with('.') {
        return None;
    }
    let mut authors: Vec<Author> = Vec::new();
    let mut house = None;
    for part in rest.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")) {
        let part = part.trim().trim_start_matches("and ");
        if is_office(part) {
            for author in &mut authors {
                author.role.get_or_insert_with(|| part.to_owned());
            }
        } else if is_house(part) && !authors.is_empty() {
            house = Some(part.to_owned());
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

/// `dpa`, `AP`, `Reuters`, `The Associated Press`
pub(in crate::parse) fn is_house(text: &str) -> bool {
    const HOUSES: [&str; 10] =
        ["Reuters", "AP", "AFP", "dpa", "UPI", "CNN", "Bloomberg", "Xinhua", "Kyodo News", "The Associated Press"];
    HOUSES.contains(&text)
}

/// `AP Business Writer`, `Associated Press`
pub(in crate::parse) fn is_office(text: &str) -> bool {
    let lower = text.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or_default();
    let singular = last.strip_suffix('s').unwrap_or(last);
    text.split_whitespace().count() <= 6 && !text.ends_with('.') && OFFICES.iter().any(|w| *w == last || *w == singular)
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

/// Where a dateline ends (bytes), its place, its agency: `MUMBAI (Reuters) - `, `(CNN) -- `, `OSLO, Norway — `.
pub(in crate::parse) fn dateline(paragraph: &str) -> Option<(usize, Option<String>, Option<String>)> {
    const DASHES: [(&str, bool); 7] =
        [(" — ", true), (" – ", true), (" -- ", true), (" - ", false), (" _ ", true), ("— ", true), (" —", true)];
    let within = paragraph.char_indices().nth(MAX_DATELINE).map_or(paragraph.len(), |(at, _)| at);
    let (at, dash, sure) = DASHES
        .iter()
        .filter_map(|(dash, sure)| paragraph[..within].find(dash).map(|at| (at, *dash, *sure)))
        .min_by_key(|found| found.0)?;
    let head = paragraph[..at].trim();
    let end = at + dash.len();
    if let Some(open) = head.rfind('(').filter(|_| head.ends_with(')')) {
        let agency = &head[open + 1..head.len() - 1];
        let place = head[..open].trim();
        let named =
            agency.len() <= 30 && agency.chars().all(|c| c.is_alphabetic() || " /-.".contains(c)) && !agency.is_empty();
        let placed = place.split_whitespace().count() <= 8 && place.chars().next().is_none_or(|c| c.is_uppercase());
        let stated = Some(head.to_owned()).filter(|_| !place.is_empty());
        return (named && placed).then(|| (end, stated, Some(agency.to_owned())));
    }
    let place = head.split(',').next().unwrap_or_default();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3
        && place.chars().all(|c| c.is_uppercase() || " .'’-/".contains(c))
        && place.split_whitespace().count() <= 5
        && head.split_whitespace().count() <= 9;
    (sure && capitals).then(|| (end, Some(head.to_owned()), None))
}

/// Lines → paragraphs: blank lines and indents end one, and so does every line of a text that is not wrapped.
pub(in crate::parse) fn paragraphs(lines: &[Line]) -> Vec<String> {
    let longest = lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
    let wrapped = longest <= WRAPPED;
    let mut paragraphs: Vec<String> = Vec::new();
    let mut room = false;
    for line in lines {
        let goes_on = wrapped && line.gap == 0 && !line.indented && !room && !opens_list(&line.text);
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(open) => {
                open.push(' ');
                open.push_str(&line.text);
            }
            None => paragraphs.push(line.text.clone()),
        }
        // A line that ends a sentence in the first half of the column was the last of its paragraph.
        room = line.text.ends_with(['.', '"', '”', '?', '!']) && line.text.chars().count() * 2 < longest;
    }
    paragraphs
}

fn opens_list(text: &str) -> bool {
    ["- ", "* ", "• "].iter().any(|mark| text.starts_with(mark))
}
