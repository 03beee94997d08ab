//! Wire copy in Latin letters → a draft: the title, who wrote it, where from, paragraphs out of wrapped lines.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agencies::is_house;
use super::asian;
use super::billing::{Billing, MAX_LINES as MAX_BILLING};
use super::byline::{byline, is_foreign, is_house_line, is_office};
use super::dateline::dateline;
use super::desk::{is_contact, is_for_desks, is_genre, is_label, is_note, is_release, sign_off, take_notes};
use super::imprint::{Imprint, whole_date};
use super::origin::Dateline;
use super::paragraphs::{html, opens_list, paragraphs};
use super::title::{MAX_TITLE, is_shouted, is_title, is_title_above, opens_in_capitals, title_stands, titled};
use crate::article::{Caption, Draft};
use crate::parse::page::{Line, lines};
use crate::parse::{Markup, Parsed, front_matter};

/// Everything before the text stands within so many lines.
const MAX_TOP: usize = 12;
/// Captions before the dateline are no more than this, or they are the text.
const MAX_CAPTIONS: usize = 6;
/// A line that ends with a full stop is a sentence of the text where it is longer, in characters.
const MAX_MOTTO: usize = 60;
/// Nor is one longer, in characters.
const MAX_CAPTION: usize = 400;

/// Reads one article; a blank text has no drafts. Dates above it without a zone are in `zone`.
pub(crate) fn read(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Parsed {
    let mut lines = lines(text);
    let mut parsed = Parsed::of(Markup::Text, Vec::new());
    let Some(last) = lines.last() else { return parsed };
    let mut draft = Draft { lines: lines.first().map(|first| (first.number, last.number)), ..Draft::default() };
    set_bare(&mut lines);
    asian::take_ending(&mut lines, &mut draft, zone, &mut parsed.furniture);
    let signed_off = sign_off(&lines);
    let ending = lines.split_off(signed_off);
    parsed.furniture.extend(ending.iter().map(|l| l.number));
    // Without a dateline a note stands above the first paragraph: `(Updates will be posted at the door)` is said below it.
    let dated = lines.iter().take(MAX_TOP).position(|l| dateline(&l.text).is_some());
    let written = || lines.iter().take(MAX_TOP).position(|l| is_sentence(l) && !is_note(&l.text));
    let story = dated.or_else(written).unwrap_or(MAX_TOP);
    take_notes(&mut lines, story, dated.is_some(), &mut parsed.furniture);
    let story = lines.iter().take(MAX_TOP).position(|l| dateline(&l.text).is_some()).unwrap_or(MAX_TOP);
    take_imprint(&mut lines, story, &mut draft, zone, &mut parsed.furniture);
    take_overline(&mut lines, &mut draft, &mut parsed.furniture, zone);
    // A headline that is underlined, as Markdown may have it.
    if lines.len() > 2 && is_underline(&lines[1]) {
        let rule = lines.remove(1);
        parsed.furniture.push(rule.number);
        lines[1].gap = lines[1].gap.max(1);
    }
    let start = top(&lines, &mut draft, &mut parsed.furniture, (arrival, zone));
    let mut paragraphs = paragraphs(&lines[start..]);
    begin(&mut paragraphs, &mut draft);
    // `Autor: Jan Müller` below the text stays there, as any signature does.
    let last = paragraphs.last().filter(|last| {
        draft.authors.is_empty() && (last.contains(':') || last.starts_with("By ") && last.split(' ').nth(2).is_some())
    });
    if let Some((authors, _)) = last.and_then(|last| byline(last)) {
        draft.authors = authors;
    }
    if draft.source.is_none() {
        let house = |line: &Line| match line.text.to_lowercase().as_str() {
            "reuter" | "reuters" => Some("Reuters".to_owned()),
            _ => Some(line.text.clone()).filter(|text| is_house(text)),
        };
        draft.source = ending.iter().find_map(house);
    }
    for paragraph in &paragraphs {
        draft.body.push_str(&html(paragraph));
    }
    parsed.drafts.push(draft);
    parsed
}

/// Takes the marks of typesetting off the lines above a text that came by ANPA's rules: `^BC-River-Lock,0312`, `^River opens<`.
fn set_bare(lines: &mut [Line]) {
    let top = lines.len().min(MAX_TOP);
    let is_set = |line: &&Line| line.text.starts_with('^');
    if lines[..top].iter().filter(is_set).count() < 2 {
        return;
    }
    for line in &mut lines[..top] {
        if let Some(bare) = line.text.strip_prefix('^') {
            line.text = bare.trim_end_matches('<').trim().to_owned();
        }
    }
}

/// Reads the dateline that the text begins with. Captions that were copied along may stand before it, and its headline where
/// that was not yet found; in doubt every paragraph stays where it is.
fn begin(paragraphs: &mut Vec<String>, draft: &mut Draft) {
    let found = |(at, paragraph): (usize, &String)| dateline(paragraph).map(|dateline| (at, dateline));
    let mut dated = paragraphs.iter().enumerate().filter_map(found);
    let Some((at, first)) = dated.next() else { return };
    // Several datelines beyond doubt are a round-up: what stands before them is its beginning.
    let is_only = !dated.any(|(_, other)| other.is_sure);
    drop(dated);
    let (before, story) = paragraphs.split_at(at);
    let size = |paragraphs: &[String]| paragraphs.iter().map(|p| p.chars().count()).sum::<usize>();
    let is_beside = |p: &String| p.chars().count() <= MAX_CAPTION && !opens_list(p);
    let stands = at == 0
        || (at <= MAX_CAPTIONS
            && (first.is_sure || before.iter().all(|p| is_caption(p)))
            && is_only
            && before.iter().all(is_beside)
            && (size(before) < size(story) || before.iter().all(|p| is_caption(p))));
    if stands {
        let mut before: Vec<String> = paragraphs.drain(..at).collect();
        let is_title =
            |p: &String| p.chars().count() <= MAX_TITLE && !p.ends_with(['.', ',', ';', ':']) && !is_caption(p);
        if draft.headline.is_none() && before.first().is_some_and(is_title) {
            draft.headline = Some(before.remove(0));
        }
        draft.captions.extend(before.into_iter().map(|text| Caption { text, credit: None }));
        draft.lead_in = paragraphs.first().map(|p| p[..first.end].trim().to_owned());
    } else if !(first.is_sure && is_only) {
        return;
    }
    let Dateline { place, agency, authors, .. } = first;
    if draft.authors.is_empty() {
        draft.authors = authors;
    }
    draft.dateline = place;
    draft.source = agency.or(draft.source.take());
}

/// `1 of 2. A gull on the pier.`, `FILE - A gull in May.`, `A gull. (AP Photo/Jane Roe)`
pub(in crate::parse) fn is_caption(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let counted = {
        let mut words = lower.split_whitespace();
        let number = |word: Option<&str>| word.is_some_and(|w| w.trim_end_matches(['.', ':']).parse::<u16>().is_ok());
        number(words.next()) && words.next() == Some("of") && number(words.next())
    };
    counted
        || ["file - ", "file – ", "file — ", "file photo", "photo:", "foto:", "caption:", "bild:"]
            .iter()
            .any(|b| lower.starts_with(b))
        || ["photo/", "file photo", "reuters/", "photo: ", "foto: ", "photo by ", "via ap)", "/dpa)"]
            .iter()
            .any(|mark| lower.contains(mark))
}

/// Takes when the story came out off the lines above it, down to `end`; at least one line stays.
fn take_imprint(lines: &mut Vec<Line>, end: usize, draft: &mut Draft, zone: Tz, furniture: &mut Vec<u32>) {
    let mut at = 0;
    let mut end = end.min(lines.len());
    let is_sent_out = lines.first().is_some_and(|line| is_release(&line.text));
    // Whether the line that was taken last names who wrote the story.
    let mut is_signed = false;
    while at < end && lines.len() > 1 {
        let is_below_byline = at > 0 && (is_sent_out || is_signed || is_byline(lines, at - 1));
        let is_below_label = at > 0 && is_label(&lines[at - 1].text);
        let found = super::imprint(&lines[at].text, zone).or_else(|| {
            let published = whole_date(&lines[at].text, zone).filter(|_| is_below_byline || is_below_label)?;
            Some(Imprint { published: Some(published), ..Imprint::default() })
        });
        let Some(found) = found else {
            // Below a paragraph there is only the story.
            if lines[at].text.ends_with('.') && byline(&lines[at].text).is_none() {
                return;
            }
            at += 1;
            is_signed = false;
            continue;
        };
        is_signed = !found.authors.is_empty();
        if found.tell(draft, zone) {
            let line = lines.remove(at);
            furniture.push(line.number);
            if !draft.authors.is_empty() && draft.asides.is_empty() {
                draft.asides.push(line.text);
            }
            // What it parted stays parted.
            if let Some(next) = lines.get_mut(at) {
                next.gap = next.gap.max(1);
            }
            end -= 1;
        } else {
            at += 1;
        }
    }
}

/// Reads title and byline; where the text begins.
fn top(lines: &[Line], draft: &mut Draft, furniture: &mut Vec<u32>, clock: (DateTime<Utc>, Tz)) -> usize {
    let mut at = 0;
    while at + 1 < lines.len() {
        if is_for_desks(&lines[at].text, at == 0) {
            furniture.push(lines[at].number);
        } else if let Some(end) = contacts(lines, at) {
            furniture.extend(lines[at..end].iter().map(|line| line.number));
            at = end;
            continue;
        } else if is_release(&lines[at].text) || is_genre(&lines[at].text) && lines[at + 1].gap > 0 {
            draft.kickers.push(lines[at].text.clone());
        } else {
            break;
        }
        at += 1;
    }
    let is_sent_out = lines[..at].iter().any(|line| is_release(&line.text));
    // What is signed below its text is signed there.
    let is_story = |l: &Line| dateline(&l.text).is_some() || is_sentence(l);
    let text = lines[at..].iter().position(is_story).map_or(lines.len(), |text| at + text);
    let by = (at..text.min(at + MAX_TOP)).find(|n| is_byline(lines, *n));
    match by {
        // The headline may be printed on several lines, and lines may stand above it.
        Some(by) if by > at && lines[at..by].iter().all(|l| l.text.chars().count() <= MAX_TITLE) => {
            let first = (at..by).rev().take_while(|n| *n + 1 == by || lines[*n + 1].gap == 0).last().unwrap_or(at);
            draft.kickers.extend(lines[at..first].iter().map(|l| l.text.clone()));
            // What somebody said is the headline, and what follows it a second one; so is what is long. Any other line is a kicker.
            let above =
                draft.kickers.last().is_some_and(|above| is_title_above(above)).then(|| draft.kickers.pop()).flatten();
            let printed = lines[first..by].iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ");
            if above.is_some() {
                draft.subhead = Some(printed.clone());
            }
            draft.headline = Some(titled(&above.unwrap_or(printed)));
            at = by;
        }
        Some(by) if by == at => {}
        _ if is_title(lines, at)
            && take_billing(&lines[at..], draft, clock).is_some_and(|taken| {
                at += taken;
                true
            }) =>
        {
            return at;
        }
        _ => {
            if title_stands(lines, at) {
                draft.headline = Some(titled(&lines[at].text));
                at += 1;
            } else if (is_shouted(lines, at) || is_sent_out && opens_in_capitals(lines, at + 1))
                && title_stands(lines, at + 1)
            {
                draft.headline = Some(titled(&lines[at].text));
                draft.subhead = Some(lines[at + 1].text.clone());
                at += 2;
            }
        }
    }
    if let Some((authors, house)) = lines.get(at).filter(|_| is_byline(lines, at)).and_then(|l| byline(&l.text)) {
        draft.authors = authors;
        draft.source = house.or(draft.source.take());
        draft.asides.push(lines[at].text.clone());
        at += 1;
        if let Some(office) = lines.get(at).filter(|l| is_office(&l.text)) {
            for author in &mut draft.authors {
                author.role.get_or_insert_with(|| office.text.clone());
            }
            draft.asides.push(office.text.clone());
            at += 1;
        } else if let Some(house) = lines.get(at).filter(|l| {
            let is_last = lines.get(at + 1).is_some_and(|next| next.gap > 0 || next.indented);
            l.gap == 0 && is_last && is_house_line(&l.text)
        }) {
            for author in &mut draft.authors {
                author.affiliation.get_or_insert_with(|| house.text.clone());
            }
            draft.asides.push(house.text.clone());
            at += 1;
        }
    }
    at
}

/// Whether a line is a sentence of the text.
fn is_sentence(line: &Line) -> bool {
    line.text.ends_with('.') && line.text.chars().count() > MAX_MOTTO
}

/// Takes the headline and who is named below it without a word for it; how many lines these are.
fn take_billing(lines: &[Line], draft: &mut Draft, (arrival, zone): (DateTime<Utc>, Tz)) -> Option<usize> {
    let (first, below) = lines.split_first()?;
    // The headline may be printed on two lines.
    let is_printed_on = below.first().is_some_and(|line| line.gap == 0 && line.text.starts_with(char::is_lowercase));
    let top: Vec<&str> = below.iter().take(MAX_BILLING).map(|line| line.text.as_str()).collect();
    let story = below.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    let found = Billing::of(&first.text, &top, &story, draft.date.is_some(), (arrival, zone))?;
    if !found.said.tell(draft, zone) {
        return None;
    }
    let mut headline = first.text.clone();
    let second = found.has_subhead.then(|| top[0].to_owned());
    match second {
        Some(rest) if is_printed_on => headline = format!("{headline} {rest}"),
        second => draft.subhead = second,
    }
    draft.headline = Some(titled(&headline));
    draft.asides.extend(top[usize::from(found.has_subhead)..found.lines].iter().map(|line| (*line).to_owned()));
    Some(1 + found.lines)
}

/// Where the lines end that name whom to ask: `Contact: Dana Wells`, and below it an address and a telephone number.
fn contacts(lines: &[Line], at: usize) -> Option<usize> {
    /// There are no more.
    const MAX_CONTACTS: usize = 6;
    let end = (at + 1..lines.len().min(at + 1 + MAX_CONTACTS)).find(|n| lines[*n].gap > 0)?;
    let words: Vec<&str> = lines[at..end].iter().map(|line| line.text.as_str()).collect();
    is_contact(&words.join(" ")).then_some(end)
}

/// Takes the rule above a headline that has the same below it, as reStructuredText has it, a second headline of that kind, and
/// the fields that follow: `:Author: Ana Kos`.
fn take_overline(lines: &mut Vec<Line>, draft: &mut Draft, furniture: &mut Vec<u32>, zone: Tz) {
    let stands = |lines: &[Line], at: usize| {
        lines.len() > at + 3
            && lines[at].text == lines[at + 2].text
            && lines[at + 1].gap == 0
            && is_underline(&lines[at + 2])
    };
    if !stands(lines, 0) {
        return;
    }
    furniture.push(lines.remove(0).number);
    if stands(lines, 2) {
        draft.subhead = Some(lines[3].text.clone());
        furniture.extend([lines[2].number, lines[4].number]);
        lines.drain(2..5);
    }
    let field = |line: &Line| {
        let (name, value) = line.text.strip_prefix(':')?.split_once(": ")?;
        let field = format!("{name}: {}", value.trim());
        front_matter::is_property(&field).then_some((format!("{name}: "), field))
    };
    // One that is stated again goes on.
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut end = 2;
    for (name, field) in lines.iter().skip(2).take(MAX_TOP).map_while(field) {
        end += 1;
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known += &format!("; {}", &field[name.len()..]),
            None => fields.push((name, field)),
        }
    }
    let fields: Vec<&str> = fields.iter().map(|(_, field)| field.as_str()).collect();
    if let Some(said) = front_matter::properties(&fields, zone).filter(|_| lines.len() > end) {
        front_matter::complete(draft, said);
        furniture.extend(lines.drain(2..end).map(|line| line.number));
    }
}

/// `=======` right below a line.
fn is_underline(line: &Line) -> bool {
    let is_all = |mark: u8| line.text.bytes().all(|byte| byte == mark);
    line.gap == 0 && line.text.len() > 2 && (is_all(b'=') || is_all(b'-'))
}

/// Whether a byline stands here. One whose first word begins much else (`Von`, `Di`) has the line before the text for itself.
fn is_byline(lines: &[Line], at: usize) -> bool {
    let is_last = |line: &Line| {
        lines.get(at + 1).is_none_or(|next| {
            next.gap > 0
                || next.indented
                || is_office(&next.text)
                || dateline(&next.text).is_some()
                || whole_date(&next.text, Tz::UTC).is_some()
        }) || line.gap > 0 && at > 0
    };
    lines.get(at).is_some_and(|line| byline(&line.text).is_some() && (!is_foreign(&line.text) || is_last(line)))
}
