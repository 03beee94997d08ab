//! What stands around a story in its body → what the draft states. A headline set like a paragraph, and the lines that say who
//! wrote it and when it came out, leave the body; where the draft states it otherwise, they stay. So do the dateline that it begins
//! with and who signs below it.

use chrono_tz::Tz;

use super::agency::{self, prose};
use super::page;
use super::text::{self, Imprint, imprint, whole_date};
use crate::article::{Author, Draft};

/// No text has more such paragraphs, nor more pictures above them.
const MAX_BLOCKS: usize = 6;
/// Nor is one longer, in bytes of markup.
const MAX_BLOCK: usize = 1000;
/// No headline that is set like a paragraph is longer, in characters.
const MAX_HEADLINE: usize = 80;
/// No second headline is longer, in characters, nor of fewer words, or signs of a script without spaces.
const MAX_SUBHEAD: usize = 200;
const MIN_WORDS: usize = 3;
const MIN_SIGNS: usize = 5;
/// Below a signature stand no more paragraphs than one fewer: who edited it, a note.
const MAX_BELOW: usize = 3;
/// No signature is longer, in characters, with the end of the sentence before it.
const MAX_SIGNATURE: usize = 60;

/// Reads what stands above the story in a draft's body, and what the story begins with. Dates without a zone are in `zone`.
pub(super) fn read(draft: &mut Draft, zone: Tz) {
    // What stands right below the headline is taken for a second one where nothing says what it is.
    if let Some(line) = draft.subhead.take() {
        match tell(&line, draft, &mut false, zone) {
            true => draft.asides.push(line),
            false => draft.subhead = Some(line),
        }
    }
    take_lines(draft, zone);
    if draft.lead_in.is_none() {
        agency::lead_in(draft);
    }
    if draft.authors.is_empty() {
        draft.authors = signed_below(&draft.body);
    }
}

/// Who signs one of the last paragraphs, in Chinese; the signature stays there.
fn signed_below(body: &str) -> Vec<Author> {
    let mut rest = body;
    for _ in 0..MAX_BELOW {
        let Some(end) = rest.rfind("</p>") else { break };
        let Some(start) = rest[..end].rfind("<p") else { break };
        let words = prose::words(&rest[start..end]).unwrap_or_default();
        let from = words.char_indices().rev().nth(MAX_SIGNATURE).map_or(0, |(at, _)| at);
        let authors = page::signed_at_end(&words[from..]);
        if !authors.is_empty() {
            return authors;
        }
        rest = &rest[..start];
    }
    Vec::new()
}

/// A text without a headline may begin with one that is set like any paragraph: in a line of its own, in bold or no sentence.
pub(super) fn take_headline(draft: &mut Draft, zone: Tz) {
    if draft.headline.is_some() {
        return;
    }
    take_mail(draft);
    let Some((block, words)) = prose::first_block(&draft.body).filter(|_| draft.headline.is_none()) else { return };
    let html = &draft.body[block.clone()];
    let inner = html.find('>').map_or("", |open| html[open + 1..].trim_end_matches("</p>").trim());
    // In bold, or a line of its own; what stands below it in the same paragraph is no part of it.
    let (bold, is_bold) = unwrapped(inner);
    let (first, below) = match bold.split_once("<br") {
        Some((first, rest)) if is_bold || unwrapped(first).1 => {
            (first, rest.split_once('>').map_or("", |(_, below)| below))
        }
        _ => (bold, ""),
    };
    let is_bold = is_bold || unwrapped(first).1;
    let (first, below) = (unwrapped(first).0, below.trim().to_owned());
    let is_headline = |words: &str| {
        let is_short =
            words.chars().count() <= MAX_HEADLINE && !words.ends_with([',', '，', ';', '；', ':', '：', '、']);
        let is_plain = !inner.contains('<') && !words.ends_with(['.', '。', '…', '"', '”']);
        is_short && !words.is_empty() && !first.contains('<') && (is_bold || is_plain)
    };
    let words = if below.is_empty() { words } else { prose::words(first).unwrap_or_default() };
    let is_line =
        || text::signed(&words).is_some() || imprint(&words, zone).is_some() || text::dateline(&words).is_some();
    if html.starts_with("<p") && is_headline(&words) && !is_line() && is_story(&draft.body[block.end..], &words) {
        draft.headline = Some(words);
        let is_second = unwrapped(inner).1 && !below.contains('<') && draft.subhead.is_none();
        let left = match prose::words(&below).filter(|_| is_second) {
            Some(second) => {
                draft.subhead = Some(second);
                String::new()
            }
            None if below.is_empty() => String::new(),
            None => format!("<p>{below}</p>"),
        };
        draft.body.replace_range(block, &left);
        draft.body.drain(..draft.body.len() - draft.body.trim_start().len());
    }
}

/// Takes the head of a mail that was saved as a page (`From: …`, `Subject: …`) off the body: its subject is the headline.
fn take_mail(draft: &mut Draft) {
    let Some((block, inner)) = prose::first(&draft.body).filter(|(block, _)| block.len() <= MAX_BLOCK) else { return };
    let lines: Vec<String> = broken(inner).filter_map(prose::words).collect();
    let head = lines.join("\n");
    let Ok(mail) = text::take_mail(&head) else { return };
    if mail.lines.len() == lines.len() && mail.subject.is_some() {
        draft.headline = mail.subject;
        draft.body.replace_range(block, "");
    }
}

/// What stands within the elements around all of a paragraph that only say how it looks, and whether one of them makes it bold.
fn unwrapped(mut html: &str) -> (&str, bool) {
    const LOOKS: [&str; 7] = ["strong", "b", "font", "span", "big", "u", "center"];
    let mut is_bold = false;
    for _ in 0..MAX_BLOCKS {
        let inner = html.trim();
        let within = LOOKS.iter().find_map(|name| {
            let rest = inner.strip_prefix('<')?.strip_prefix(name)?;
            let (_, rest) = rest.split_once('>').filter(|_| rest.starts_with(['>', ' ']))?;
            let within = rest.strip_suffix(&format!("</{name}>"))?;
            let is_one = !within.contains(&format!("</{name}>"));
            is_one.then_some((within, matches!(*name, "strong" | "b")))
        });
        let Some((within, bold)) = within else { break };
        is_bold |= bold;
        html = within;
    }
    (html.trim(), is_bold)
}

/// Whether a headline may have stood above: not above verse, nor a line of a talk.
fn is_story(html: &str, headline: &str) -> bool {
    let mut from = 0;
    for _ in 0..MAX_BLOCKS {
        let Some((block, words)) = prose::first_block(&html[from..]) else { return false };
        if words.ends_with(['.', '。', '!', '！', '?', '？', '"', '”', '）', ')'])
            && words.chars().count() > headline.chars().count()
        {
            return true;
        }
        from += block.end;
    }
    false
}

/// Takes such lines off the top of the body.
fn take_lines(draft: &mut Draft, zone: Tz) {
    let mut from = 0;
    let mut is_signed = false;
    for _ in 0..MAX_BLOCKS {
        from = below_figures(&draft.body, from);
        let Some((block, inner)) = prose::first(&draft.body[from..]) else { return };
        let block = from + block.start..from + block.end;
        let html = &draft.body[block.clone()];
        let is_heading = html.starts_with("<h");
        if html.starts_with("<h1") || html.len() > MAX_BLOCK {
            return;
        }
        let lines: Vec<String> = broken(html).map(|line| prose::words(line).unwrap_or_default()).collect();
        if lines.iter().all(String::is_empty) && prose::words(inner).is_none() {
            // A picture stands in it, or nothing.
            from = block.end;
            continue;
        }
        let parted = pieces(inner);
        let mut told = lines.iter().take_while(|line| tell(line, draft, &mut is_signed, zone)).count();
        if told == 0 && lines.len() == 1 && tell(&parted, draft, &mut is_signed, zone) {
            told = 1;
        }
        if told == 0 && !is_signed && is_above_a_byline(&draft.body[block.end..], zone) {
            let line = lines.join(" ");
            if draft.subhead.is_none() && draft.headline.is_some() && is_subhead(&line) {
                draft.body.replace_range(block, "");
                draft.subhead = Some(line);
            } else {
                from = block.end;
            }
            is_signed = true;
            continue;
        }
        let html = &draft.body[block.clone()];
        // Of a heading that says more, nothing goes.
        if told == 0 || is_heading && told < lines.len() {
            return;
        }
        let left = broken(html).skip(told).collect::<Vec<_>>().join("<br>");
        let name = if html.starts_with("<div") { "div" } else { "p" };
        let left = if left.is_empty() { left } else { format!("<{name}>{}", left.trim_start()) };
        let is_whole = left.is_empty();
        draft.body.replace_range(block, &left);
        draft.asides.extend(lines.into_iter().take(told).filter(|line| !line.is_empty()));
        if !is_whole {
            return;
        }
    }
}

/// Whether a line that says who wrote the story, and the story, follow what stands between them and the headline.
fn is_above_a_byline(below: &str, zone: Tz) -> bool {
    let Some((block, inner)) = prose::first(below).filter(|(block, _)| block.len() <= MAX_BLOCK) else { return false };
    let line = broken(inner).find_map(prose::words).unwrap_or_default();
    let is_it = imprint(&line, zone).is_some_and(|found| !found.authors.is_empty()) || byline(&line).is_some();
    is_it && prose::has_words(&below[block.end..])
}

/// Whether a line is a second headline: some words, and no sentence; nor what a label names.
fn is_subhead(line: &str) -> bool {
    let signs = line.chars().filter(|c| !c.is_ascii()).count();
    line.chars().count() <= MAX_SUBHEAD
        && (line.split(' ').count() >= MIN_WORDS || signs >= MIN_SIGNS)
        && !line.ends_with(['.', '。', '…'])
        && !line.contains([':', '：'])
}

/// Behind the figures that stand at `from`.
fn below_figures(body: &str, mut from: usize) -> usize {
    loop {
        let rest = &body[from..];
        let blank = rest.len() - rest.trim_start().len();
        let Some(end) = rest[blank..].starts_with("<figure").then(|| rest.find("</figure>")).flatten() else {
            return from;
        };
        from += end + "</figure>".len();
    }
}

/// The words of a block with a mark between those of one element and the next: `<span>By Ana Kos</span> <time>2 July 2026</time>`.
fn pieces(inner: &str) -> String {
    let mut parted = inner.to_owned();
    for name in ["span", "time", "a", "em", "i", "b", "strong", "address"] {
        parted = parted.replace(&format!("</{name}>"), " | ");
    }
    if parted == inner { String::new() } else { prose::words(&parted).unwrap_or_default() }
}

/// The lines of a block's markup.
fn broken(html: &str) -> impl Iterator<Item = &str> {
    html.split("<br").enumerate().map(|(at, piece)| match piece.split_once('>') {
        Some((_, line)) if at > 0 => line,
        _ => piece,
    })
}

/// Whom a line names as writers, by whole names: one alone may be the title of a poem.
fn byline(line: &str) -> Option<(Vec<Author>, Option<String>)> {
    let is_whole = |author: &Author| author.name.contains(' ') || author.role.is_some();
    text::signed(line).filter(|(authors, _)| authors.iter().all(is_whole))
}

/// Whether a line is told by what the draft states from now on.
fn tell(line: &str, draft: &mut Draft, is_signed: &mut bool, zone: Tz) -> bool {
    if let Some(found) = imprint(line, zone) {
        *is_signed |= !found.authors.is_empty();
        return found.tell(draft, zone);
    }
    if *is_signed && let Some(date) = whole_date(line, zone) {
        return Imprint { published: Some(date), ..Imprint::default() }.tell(draft, zone);
    }
    if *is_signed && (text::is_house(line) || text::is_paper(line)) {
        for author in &mut draft.authors {
            author.affiliation.get_or_insert_with(|| line.to_owned());
        }
        draft.source.get_or_insert_with(|| line.to_owned());
        return true;
    }
    if *is_signed && text::is_office(line) {
        for author in &mut draft.authors {
            author.role.get_or_insert_with(|| line.to_owned());
        }
        return true;
    }
    let Some((authors, house)) = byline(line) else {
        return false;
    };
    let is_told = Imprint { authors, house, ..Imprint::default() }.tell(draft, zone);
    *is_signed |= is_told;
    is_told
}
