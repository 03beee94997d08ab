//! What stands above a story in its body → what the draft states. The lines that say who wrote it and when it came out leave the
//! body; where the draft states it otherwise, they stay. So does the dateline that it begins with.

use std::ops::Range;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agency::{self, prose};
use super::text::{self, Imprint, imprint, whole_date};
use super::{front_matter, page};
use crate::article::{Author, Deed, Draft};

/// No text has more such paragraphs, nor more pictures above them.
const MAX_BLOCKS: usize = 6;
/// Nor more properties below its headline.
const MAX_PROPERTIES: usize = 16;
/// No block of either is longer, in bytes of markup.
pub(super) const MAX_BLOCK: usize = 1000;
/// No line that says who wrote a story and when it came out is longer, in characters.
const MAX_LINE: usize = text::MAX_SUBHEAD;

/// Reads what stands above the story in a draft's body, and what the story begins with. Dates without a zone are in `zone`.
pub(super) fn read(draft: &mut Draft, arrival: DateTime<Utc>, zone: Tz) {
    take_calls(draft);
    let mut is_signed = false;
    // What stands right below the headline is taken for a second one where nothing says what it is.
    if let Some(line) = draft.subhead.take() {
        match tell(&line, draft, &mut is_signed, zone) {
            true => draft.asides.push(line),
            false => draft.subhead = Some(line),
        }
    }
    if draft.headline.is_some() {
        take_properties(draft, zone);
        take_tags(draft);
    }
    if draft.headline.as_deref().is_some_and(text::is_chinese) {
        take_head(draft, arrival, zone);
    } else {
        take_billing(draft, arrival, zone);
    }
    take_lines(draft, is_signed, zone);
    if draft.lead_in.is_none() {
        agency::lead_in(draft);
    }
}

/// Takes off what an account on phones asks of its readers, above its text and below it: `点击上方蓝字关注我们`, `阅读原文`.
fn take_calls(draft: &mut Draft) {
    for _ in 0..MAX_BLOCKS {
        let Some((block, _)) = prose::first_line(&draft.body, MAX_LINE).filter(|(_, words)| page::is_call(words))
        else {
            break;
        };
        if !prose::has_words(&draft.body[block.end..]) {
            return;
        }
        draft.body.replace_range(block, "");
    }
    for _ in 0..MAX_BLOCKS {
        let Some(at) = draft.body.rfind("<p").filter(|at| *at > 0) else { return };
        let last = prose::first_line(&draft.body[at..], MAX_LINE);
        let Some((block, _)) = last.filter(|(_, words)| page::is_call(words) || page::leads_on(words)) else { return };
        draft.body.replace_range(at + block.start..at + block.end, "");
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

/// Takes what stands below any other headline and names who wrote the story, and its day, without a word for it.
fn take_billing(draft: &mut Draft, arrival: DateTime<Utc>, zone: Tz) {
    let Some(headline) = draft.headline.clone() else { return };
    // Most stories begin right here.
    let first = prose::first(&draft.body[below_figures(&draft.body, 0)..]);
    let line = first.and_then(|(_, inner)| broken(inner).next()?.split('\n').next());
    if line.is_none_or(|line| prose::is_longer(line, MAX_LINE)) {
        return;
    }
    let billed = |lines: &[TopLine]| {
        let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
        let found = text::Billing::of(&headline, &words, &draft.body, false, (arrival, zone))?;
        let is_whole = found.lines.checked_sub(1).and_then(|last| lines.get(last)).is_some_and(|last| last.is_last);
        is_whole.then_some(found)
    };
    let mut lines = top_lines(&draft.body, true, text::MAX_BILLING, MAX_LINE);
    let mut found = billed(&lines);
    // What is wrapped where it is written stands in lines of its own, or in one.
    let is_parted = |line: &TopLine| {
        let html = &draft.body[line.block.clone()];
        html.contains('\n') || html.matches("</").nth(1).is_some()
    };
    if found.is_none() && lines.iter().any(is_parted) {
        lines = top_lines(&draft.body, false, text::MAX_BILLING, MAX_LINE);
        found = billed(&lines);
    }
    let Some(found) = found else { return };
    if found.has_subhead && draft.subhead.is_some() || !found.said.tell(draft, zone) {
        return;
    }
    let (second, told) = lines[..found.lines].split_at(usize::from(found.has_subhead));
    draft.asides.extend(told.iter().map(|line| line.words.clone()));
    draft.subhead = draft.subhead.take().or_else(|| second.first().map(|line| line.words.clone()));
    remove(&lines[..found.lines], &mut draft.body);
}

/// Takes lines of properties that stand right below the headline: `Created: …`, `Tags: a, b`.
fn take_properties(draft: &mut Draft, zone: Tz) {
    let top = &draft.body[below_figures(&draft.body, 0)..];
    if prose::first(top).is_none_or(|(_, inner)| !inner.contains([':', '：'])) {
        return;
    }
    let mut lines = top_lines(&draft.body, true, MAX_PROPERTIES, MAX_BLOCK);
    let count = lines.iter().take_while(|line| front_matter::is_property(&line.words)).count();
    lines.truncate(count);
    if !lines.last().is_some_and(|last| last.is_last) {
        return;
    }
    let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    let Some(stated) = front_matter::properties(&words, zone) else { return };
    front_matter::complete(draft, stated);
    draft.asides.extend(words.into_iter().map(str::to_owned));
    remove(&lines, &mut draft.body);
    // A rule parts them from the text.
    for rule in ["<hr>", "<hr />"] {
        if let Some(below) = draft.body.trim_start().strip_prefix(rule) {
            draft.body = below.trim_start().to_owned();
        }
    }
}

/// Takes lines that are nothing but tags, `#harbour #transport`: the first below the headline, and the last.
fn take_tags(draft: &mut Draft) {
    // The last first: what stands above it keeps its place.
    for at in [draft.body.rfind("<p>"), Some(0)].into_iter().flatten() {
        let Some((block, inner)) = prose::first(&draft.body[at..]).filter(|(_, inner)| inner.contains('#')) else {
            continue;
        };
        if at > 0 && prose::has_words(&draft.body[at + block.end..]) {
            continue;
        }
        let words = prose::words(inner).unwrap_or_default();
        let tags: Option<Vec<&str>> = words.split(' ').map(tag).collect();
        let news = tags.iter().flatten().copied().filter(|tag| !draft.tags.iter().any(|known| known == tag));
        let news: Vec<String> = news.map(str::to_owned).collect();
        if tags.is_some() {
            draft.tags.extend(news);
            draft.body.replace_range(at + block.start..at + block.end, "");
        }
    }
}

/// `#harbour`; so many Chinese signs behind the mark are a heading.
fn tag(word: &str) -> Option<&str> {
    const HEADING: usize = 5;
    let name = word.strip_prefix('#').filter(|name| name.chars().filter(|c| page::is_han(*c)).count() < HEADING)?;
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c));
    is_name.then_some(name)
}

/// Takes the blocks of some lines off a body.
fn remove(lines: &[TopLine], body: &mut String) {
    let mut blocks: Vec<&Range<usize>> = lines.iter().map(|line| &line.block).collect();
    blocks.dedup();
    blocks.into_iter().rev().for_each(|block| body.replace_range(block.clone(), ""));
}

/// A line that a body begins with.
struct TopLine {
    words: String,
    /// Where its paragraph or heading stands.
    block: Range<usize>,
    /// Whether it is the last there.
    is_last: bool,
}

/// The first lines of a body, at `most` so many and to one that has more characters than the `longest`; those of its source each
/// by itself where it `is_wrapped` on purpose.
fn top_lines(body: &str, is_wrapped: bool, most: usize, longest: usize) -> Vec<TopLine> {
    let mut lines: Vec<TopLine> = Vec::new();
    let mut from = 0;
    while lines.len() < most && lines.last().is_none_or(|line| line.words.chars().nth(longest).is_none()) {
        from = below_figures(body, from);
        let Some((block, inner)) = prose::first(&body[from..]) else { break };
        let block = from + block.start..from + block.end;
        from = block.end;
        let html = &body[block.clone()];
        if block.len() > MAX_BLOCK || html.starts_with("<h1") || html.contains("<img") && prose::has_words(inner) {
            let words = prose::first_block(html).map(|(_, words)| words).unwrap_or_default();
            lines.push(TopLine { words, block, is_last: false });
            break;
        }
        let before = lines.len();
        let parted = if is_wrapped { String::new() } else { pieces(inner) };
        if !parted.is_empty() {
            lines.push(TopLine { words: parted, block, is_last: true });
            continue;
        }
        for line in broken(inner) {
            let told: Vec<&str> = if is_wrapped { line.split('\n').collect() } else { vec![line] };
            let told = told.into_iter().filter_map(prose::words);
            lines.extend(told.map(|words| TopLine { words, block: block.clone(), is_last: false }));
        }
        if let Some(last) = lines[before..].last_mut() {
            last.is_last = true;
        }
    }
    lines
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
        if broken(html).next().is_some_and(|line| prose::is_longer(line, MAX_LINE)) {
            // A story, or what stands above it.
            if is_signed || !is_above_a_byline(&draft.body[block.end..], zone) {
                return;
            }
            is_signed = true;
            from = block.end;
            continue;
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
            if draft.subhead.is_none() && draft.headline.is_some() && text::is_subhead(&line) {
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
    let words = |line| if prose::is_longer(line, MAX_LINE) { Some(String::new()) } else { prose::words(line) };
    let line = broken(inner).find_map(words).unwrap_or_default();
    let is_it = imprint(&line, zone).is_some_and(|found| !found.authors.is_empty()) || byline(&line).is_some();
    is_it && prose::has_words(&below[block.end..])
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
    if !inner.contains("</") {
        return String::new();
    }
    let mut parted = inner.to_owned();
    for name in ["span", "time", "a", "em", "i", "b", "strong", "address"] {
        parted = parted.replace(&format!("</{name}>"), " | ");
    }
    let words = || prose::words(&parted).map(|words| words.trim_end_matches([' ', '|']).to_owned());
    if parted == inner { String::new() } else { words().unwrap_or_default() }
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
