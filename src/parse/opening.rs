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
    let Some((block, words)) = prose::first_block(&draft.body) else { return };
    let html = &draft.body[block.clone()];
    let inner = html.find('>').map_or("", |open| html[open + 1..].trim_end_matches("</p>").trim());
    let is_bold = ["strong", "b"].iter().any(|name| {
        let within = inner.strip_prefix(&format!("<{name}>")).and_then(|rest| rest.strip_suffix(&format!("</{name}>")));
        within.is_some_and(|within| !within.contains('<'))
    });
    let is_short = words.chars().count() <= MAX_HEADLINE && !words.ends_with([',', '，', ';', '；', ':', '：', '、']);
    let is_plain = !inner.contains('<') && !words.ends_with(['.', '。', '…', '"', '”']);
    let is_line =
        || text::signed(&words).is_some() || imprint(&words, zone).is_some() || text::dateline(&words).is_some();
    if html.starts_with("<p")
        && is_short
        && !words.is_empty()
        && (is_bold || is_plain)
        && !is_line()
        && is_story(&draft.body[block.end..], &words)
    {
        draft.headline = Some(words);
        draft.body.replace_range(block, "");
        draft.body.drain(..draft.body.len() - draft.body.trim_start().len());
    }
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
        let told = lines.iter().take_while(|line| tell(line, draft, &mut is_signed, zone)).count();
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

/// The lines of a block's markup.
fn broken(html: &str) -> impl Iterator<Item = &str> {
    html.split("<br").enumerate().map(|(at, piece)| match piece.split_once('>') {
        Some((_, line)) if at > 0 => line,
        _ => piece,
    })
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
    if *is_signed && text::is_office(line) {
        for author in &mut draft.authors {
            author.role.get_or_insert_with(|| line.to_owned());
        }
        return true;
    }
    // One name alone may be the title of a poem.
    let Some((authors, house)) =
        text::byline(line).filter(|(authors, _)| authors.iter().all(|author| author.name.contains(' ')))
    else {
        return false;
    };
    let is_told = Imprint { authors, house, ..Imprint::default() }.tell(draft, zone);
    *is_signed |= is_told;
    is_told
}
