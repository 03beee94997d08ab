//! What stands above a story in its body → what the draft states. The lines that say who wrote it and when it came out leave the
//! body; where the draft states it otherwise, they stay. So does the dateline that it begins with.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agency::{self, prose};
use super::text::{self, Imprint, imprint, whole_date};
use crate::article::{Author, Deed, Draft};

/// No text has more such paragraphs, nor more pictures above them.
const MAX_BLOCKS: usize = 6;
/// Nor is one longer, in bytes of markup.
pub(super) const MAX_BLOCK: usize = 1000;
/// No second headline is longer, in characters, nor of fewer words, or signs of a script without spaces.
const MAX_SUBHEAD: usize = 200;
const MIN_WORDS: usize = 3;
const MIN_SIGNS: usize = 5;

/// Reads what stands above the story in a draft's body, and what the story begins with. Dates without a zone are in `zone`.
pub(super) fn read(draft: &mut Draft, arrival: DateTime<Utc>, zone: Tz) {
    let mut is_signed = false;
    // What stands right below the headline is taken for a second one where nothing says what it is.
    if let Some(line) = draft.subhead.take() {
        match tell(&line, draft, &mut is_signed, zone) {
            true => draft.asides.push(line),
            false => draft.subhead = Some(line),
        }
    }
    if draft.headline.as_deref().is_some_and(text::is_chinese) {
        take_head(draft, arrival, zone);
    }
    take_lines(draft, is_signed, zone);
    if draft.lead_in.is_none() {
        agency::lead_in(draft);
    }
}

/// Takes what stands below a Chinese headline, where days and names stand by themselves.
fn take_head(draft: &mut Draft, arrival: DateTime<Utc>, zone: Tz) {
    let mut lines = draft.headline.clone().unwrap_or_default();
    let mut blocks = Vec::new();
    let mut from = 0;
    while blocks.len() < MAX_BLOCKS {
        from = below_figures(&draft.body, from);
        let Some((block, words)) = prose::first_block(&draft.body[from..]) else { break };
        lines.push('\n');
        lines.push_str(&words);
        blocks.push((from + block.start..from + block.end, words));
        from += block.end;
    }
    let Some(head) = text::Head::of(&lines, arrival, zone) else { return };
    if head.is_ahead || !head.said.tell(draft, zone) {
        return;
    }
    // The headline is no block.
    let blocks: Vec<_> = head.lines.iter().filter_map(|line| blocks.get(line.checked_sub(1)?)).collect();
    blocks.iter().rev().for_each(|(block, _)| draft.body.replace_range(block.clone(), ""));
    draft.asides.extend(blocks.into_iter().map(|(_, words)| words.clone()));
}

/// Takes such lines off the top of the body.
fn take_lines(draft: &mut Draft, mut is_signed: bool, zone: Tz) {
    let mut from = 0;
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
pub(super) fn broken(html: &str) -> impl Iterator<Item = &str> {
    html.split("<br").enumerate().map(|(at, piece)| match piece.split_once('>') {
        Some((_, line)) if at > 0 => line,
        _ => piece,
    })
}

/// Whom a line names as writers, by whole names: one alone may be the title of a poem.
fn byline(line: &str) -> Option<(Vec<Author>, Option<String>)> {
    // `文/图 林晓` says what that person did.
    let is_whole =
        |author: &Author| author.name.contains(' ') || author.role.is_some() || author.does.contains(&Deed::Text);
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
    // A name that is stated to be the writer's needs no more.
    let is_stated = |name: &str| draft.authors.iter().any(|author| author.name == name);
    let is_told = line.split([',', '，', '、', '&']).map(str::trim).all(is_stated)
        || byline(line)
            .is_some_and(|(authors, house)| Imprint { authors, house, ..Imprint::default() }.tell(draft, zone));
    *is_signed |= is_told;
    is_told
}
