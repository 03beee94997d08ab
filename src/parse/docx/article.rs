//! Blocks → a draft: which of the first paragraphs are the headline and what stands around it, who wrote it, and of what is
//! left the body. Styles say it where the writer used them; else size and weight; else the words alone, as in plain text.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::block::{Block, Paragraph};
use super::day::{day, is_date, is_placed_date};
use super::masthead;
use super::styles::Role;
use crate::article::{Author, Draft};
use crate::parse::front_matter::names;
use crate::parse::{dates, text};

/// A line that is longer, in characters, is no headline, whatever it looks like.
const MAX_HEADLINE: usize = 200;
/// The same for one that nothing but its looks speak for.
pub(super) const MAX_DISPLAYED: usize = 90;
/// So many paragraphs at the top may belong to the head.
const MAX_HEAD: usize = 12;
/// A paper's name is printed above a headline so often at most, and the headline is looked for once more.
const MAX_MASTHEADS: usize = 2;
/// So many of the text's paragraphs are read for who wrote it and where from.
const MAX_OPENING: usize = 30;

/// What stands before a writer's name.
const LABELS: [&str; 12] =
    ["作者", "撰文", "文字", "文", "记者", "通讯员", "Author", "Autor", "Auteur", "Text", "Written by", "By"];

/// Takes the head off the blocks, and fills the draft with it. What stays in the blocks is the body.
pub(super) fn take_head(blocks: &mut Vec<Block>, draft: &mut Draft, stem: &str, arrival: DateTime<Utc>, zone: Tz) {
    let body_size = body_size(blocks);
    let is_headline =
        |p: &Paragraph| is_displayed(p, body_size) || matches!(p.role, Some(Role::Title | Role::Heading(1 | 2)));
    // The name of a page's file is nobody's headline.
    let stem = if masthead::take(blocks, draft, is_headline, (arrival, zone)) { stem } else { "" };
    let (mut top_end, mut stated) = (top(blocks, body_size), Vec::new());
    for _ in 0..MAX_MASTHEADS {
        stated = headline(blocks, top_end, body_size);
        let [only] = stated.as_slice() else { break };
        let Some(house) = blocks[*only].paragraph().and_then(|p| masthead::named(&p.line())) else { break };
        // What a paper is called is no headline where there is another.
        let rest = [&blocks[..*only], &blocks[*only + 1..]].concat();
        // Of several headings none is the headline: they are chapters of `Opening Times`.
        let is_titled = |p: &&Paragraph| matches!(p.role, Some(Role::Title | Role::Heading(1)));
        let is_large =
            |p: &Paragraph| p.role.is_some() || p.size.zip(body_size).is_some_and(|(size, body)| size > body);
        let opening = rest.iter().filter_map(Block::paragraph).find(|p| !text::is_release(&p.line()));
        let titles = rest.iter().filter_map(Block::paragraph).filter(is_titled).count();
        if titles > 1 || !opening.is_some_and(|p| is_headline(p) && is_large(p)) {
            break;
        }
        draft.source = draft.source.take().or(Some(house));
        *blocks = rest;
        top_end = top(blocks, body_size);
    }
    let top = top_end;
    let mut gone: Vec<usize> = stated.clone();
    if let Some((first, last)) = stated.first().zip(stated.last()) {
        let words: Vec<String> = stated.iter().filter_map(|at| blocks[*at].paragraph()).map(Paragraph::line).collect();
        draft.headline = Some(words.join(" "));
        let is_top = *first < top.max(1) + 1;
        for at in (0..*first).filter(|_| is_top) {
            take_line(&blocks[at], true, at, &mut gone, draft, (arrival, zone));
        }
        // The first that is none of these begins the text.
        for (at, block) in blocks.iter().enumerate().skip(last + 1).take(MAX_HEAD) {
            let passes = match block {
                Block::Paragraph(p) => p.is_picture() || p.role == Some(Role::Caption),
                block => *block == Block::Blank,
            };
            if !passes && !take_line(block, at < top, at, &mut gone, draft, (arrival, zone)) {
                break;
            }
        }
    } else {
        // No headline: a style may still name the writer.
        for (at, block) in blocks.iter().enumerate().take(MAX_HEAD) {
            if block.paragraph().is_some_and(|p| matches!(p.role, Some(Role::Author | Role::Date))) {
                take_line(block, false, at, &mut gone, draft, (arrival, zone));
            }
        }
    }
    let mut at = 0;
    blocks.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    read_opening(blocks, draft, stem, arrival, zone);
}

/// The size of most of the text, in half points.
pub(super) fn body_size(blocks: &[Block]) -> Option<u32> {
    let mut sizes: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for paragraph in blocks.iter().filter_map(Block::paragraph) {
        if let Some(size) = paragraph.size {
            *sizes.entry(size).or_default() += super::inline::plain(&paragraph.inlines).len();
        }
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map(|(size, _)| size)
}

/// Whether a paragraph is set apart from running text by its looks.
fn is_displayed(paragraph: &Paragraph, body_size: Option<u32>) -> bool {
    let line = paragraph.line();
    let length = line.chars().count();
    let is_large = paragraph.size.zip(body_size).is_some_and(|(size, body)| size > body);
    paragraph.role.is_none()
        && paragraph.item.is_none()
        && (1..=MAX_DISPLAYED).contains(&length)
        && (paragraph.is_centred || paragraph.is_bold() || is_large)
}

/// Whether the first of the text is set apart from the rest: then it is no plain text.
pub(super) fn is_shown_apart(blocks: &[Block]) -> bool {
    let shown = top(blocks, body_size(blocks));
    shown > 0 && shown < blocks.len()
}

/// Where the displayed lines at the top end; what a house writes above its headlines (`FOR IMMEDIATE RELEASE`, a day) stands
/// between them as it likes.
fn top(blocks: &[Block], body_size: Option<u32>) -> usize {
    let is_shown = |block: &Block| match block {
        Block::Paragraph(paragraph) => is_displayed(paragraph, body_size) || paragraph.is_picture(),
        _ => false,
    };
    let is_beside = |block: &Block| match block {
        Block::Blank => true,
        Block::Paragraph(paragraph) => {
            let line = paragraph.line();
            text::is_label(&line) || is_date(&line) || (is_announced(blocks) && is_placed_date(&line))
        }
        _ => false,
    };
    let head = blocks.iter().take(MAX_HEAD).take_while(|block| is_shown(block) || is_beside(block)).count();
    blocks[..head].iter().rposition(is_shown).map_or(0, |last| last + 1)
}

/// The paragraphs that are the headline.
fn headline(blocks: &[Block], top: usize, body_size: Option<u32>) -> Vec<usize> {
    let of_role = |role: Role| {
        let is = move |block: &&Block| block.paragraph().is_some_and(|p| p.role == Some(role));
        let first = blocks.iter().position(|block| is(&block));
        // `——首批六班船投入运行` is a line below the headline in whatever style.
        let is_below = |block: &&Block| block.paragraph().is_some_and(|p| is_dashed(&p.line()));
        let rest = |first: usize| 1 + blocks[first + 1..].iter().take_while(|b| is(b) && !is_below(b)).count();
        first.map(|first| (first..first + rest(first)).collect::<Vec<_>>())
    };
    let short = |found: &Vec<usize>| {
        let words = found.iter().filter_map(|at| blocks[*at].paragraph()).map(|p| p.line().chars().count());
        words.sum::<usize>() <= MAX_HEADLINE
    };
    if let Some(title) = of_role(Role::Title).filter(short) {
        return title;
    }
    let mut first =
        (0..blocks.len()).filter(|at| blocks[*at].paragraph().is_some_and(|p| p.role == Some(Role::Heading(1))));
    let only = first.next().filter(|_| first.next().is_none());
    // What is set apart above the only heading of the first level leads to it.
    if let Some(only) = only.filter(|only| *only <= top) {
        return vec![only];
    }
    // Of the displayed lines at the top the largest, and the first of those; lines of one size above each other are one.
    let is_announced = is_announced(blocks);
    let is_beside = |line: &str| {
        text::signed(line).is_some() || text::is_label(line) || is_date(line) || (is_announced && is_placed_date(line))
    };
    let shown: Vec<usize> = (0..top)
        .filter(|at| blocks[*at].paragraph().is_some_and(|p| !p.is_picture() && !is_beside(&p.line())))
        .collect();
    let size = |at: usize| blocks[at].paragraph().and_then(|p| p.size).or(body_size).unwrap_or(0);
    if let Some(largest) = shown.iter().map(|at| size(*at)).max() {
        let first = shown.iter().copied().find(|at| size(*at) == largest).unwrap_or(0);
        let is_large = body_size.is_some_and(|body| largest > body);
        let goes_on = |at: &usize| shown.contains(at) && size(*at) == largest && is_large;
        let lines = (first + 1..top).take_while(goes_on).count();
        let found: Vec<usize> = (first..=first + lines).collect();
        return if short(&found) { found } else { vec![first] };
    }
    let heading = |level: &dyn Fn(u8) -> bool| {
        blocks.iter().position(|block| {
            block
                .paragraph()
                .is_some_and(|p| matches!(p.role, Some(Role::Heading(of)) if level(of)) && !p.inlines.is_empty())
        })
    };
    let opening = blocks.iter().position(|block| block.paragraph().is_some_and(|p| !p.is_picture()));
    let any = heading(&|_| true);
    // Several of the first level further down are chapters.
    let found = if any.is_some() && any == opening { any } else { only };
    found.map(|at| vec![at]).filter(short).unwrap_or_default()
}

/// Takes a line that belongs to the head; says whether it does.
fn take_line(
    block: &Block,
    is_displayed: bool,
    at: usize,
    gone: &mut Vec<usize>,
    draft: &mut Draft,
    (arrival, zone): (DateTime<Utc>, Tz),
) -> bool {
    let Some(paragraph) = block.paragraph().filter(|p| !p.is_picture()) else { return false };
    let is_below = gone.first().is_some_and(|headline| at > *headline);
    let line = paragraph.line();
    let taken = match paragraph.role {
        None if text::is_note(&line)
            || text::is_for_desks(&line, false)
            || !is_below && text::is_chinese(&line) && text::is_release(&line) =>
        {
            true
        }
        Some(Role::Title) if is_below && is_dashed(&line) && draft.subhead.is_none() => {
            draft.subhead = Some(line.clone());
            true
        }
        Some(Role::Subtitle) if is_below && draft.subhead.is_none() => {
            draft.subhead = Some(line.clone());
            true
        }
        Some(Role::Subtitle) if !is_below => {
            draft.kickers.push(line.clone());
            true
        }
        Some(Role::Author) => {
            let people = people(&line);
            draft.authors.extend(people);
            true
        }
        Some(Role::Date) => match dates::read(&line, zone) {
            Some(date) if draft.date.is_none() => {
                draft.date = Some(date);
                true
            }
            _ => false,
        },
        None if draft.date.is_none() && day(&line, arrival, zone).is_some() => {
            draft.date = day(&line, arrival, zone);
            true
        }
        None if draft.authors.is_empty() && paragraph.item.is_none() => match signed(&line) {
            Some((people, house)) => {
                draft.authors = people;
                draft.source = draft.source.take().or(house);
                true
            }
            // Only right below the headline: in the text it may be anybody.
            None => match text::people(&line).filter(|_| is_below) {
                Some(people) => {
                    draft.authors = people;
                    true
                }
                None => displayed(&line, is_below, is_displayed, draft),
            },
        },
        None => displayed(&line, is_below, is_displayed, draft),
        _ => false,
    };
    if taken {
        gone.push(at);
    }
    taken
}

/// Whether the first line says what sort of text follows, as those of press offices do.
fn is_announced(blocks: &[Block]) -> bool {
    blocks.iter().find_map(Block::paragraph).is_some_and(|p| text::is_label(&p.line()))
}

fn is_dashed(line: &str) -> bool {
    line.starts_with(['—', '―', '–'])
}

/// A line that is set apart above the headline, or below it.
fn displayed(line: &str, is_below: bool, is_displayed: bool, draft: &mut Draft) -> bool {
    if is_below && draft.subhead.is_none() && draft.authors.is_empty() && (is_displayed || is_dashed(line)) {
        draft.subhead = Some(line.to_owned());
        return true;
    }
    if !is_below && is_displayed {
        draft.kickers.push(line.to_owned());
        return true;
    }
    false
}

/// The people that a line names, if it is there for nothing else.
fn signed(line: &str) -> Option<(Vec<Author>, Option<String>)> {
    let bare = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')'])).unwrap_or(line);
    if let Some(found) = text::signed(line).or_else(|| text::signed(bare)) {
        return Some(found);
    }
    labelled(line).map(|rest| (people(rest), None)).filter(|(people, _)| !people.is_empty())
}

/// What follows `作者：`.
fn labelled(line: &str) -> Option<&str> {
    /// A longer line is prose.
    const MAX_LABELLED: usize = 60;
    let rest = LABELS.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix([':', '：']))?;
    (line.chars().count() <= MAX_LABELLED).then(|| rest.trim())
}

/// The people in a line that is known to name some.
fn people(line: &str) -> Vec<Author> {
    let bare = labelled(line).unwrap_or(line);
    match text::signed(bare) {
        Some((people, _)) => people,
        None => names(bare).into_iter().map(Author::named).collect(),
    }
}

/// What the words of the text's beginning say: who wrote it and where from (`本报讯（记者 白文斌）`, `MUMBAI (Reuters) -`), and
/// where nothing else says what the headline is, what a reader of plain text would take for it.
fn read_opening(blocks: &mut Vec<Block>, draft: &mut Draft, stem: &str, arrival: DateTime<Utc>, zone: Tz) {
    let running =
        |block: &&Block| block.paragraph().is_some_and(|p| p.role.is_none() && p.item.is_none() && !p.is_picture());
    let opening: Vec<&Paragraph> =
        blocks.iter().filter(running).take(MAX_OPENING).filter_map(Block::paragraph).collect();
    // Under a headline of ours, so that the reader takes no line of the text for one.
    let words = match &draft.headline {
        Some(headline) => format!("{headline}\n\n{}", plain_text(opening.iter().copied())),
        None => plain_text(opening.iter().copied()),
    };
    let first = opening.first().map(|paragraph| paragraph.line()).unwrap_or_default();
    let Ok(read) = text::read(&words, stem, arrival, zone) else { return };
    let Some(read) = read.drafts.into_iter().next() else { return };
    if draft.headline.is_none() {
        take_lines(blocks, &read);
        draft.headline = read.headline;
        draft.columns = read.columns;
        draft.kickers.extend(read.kickers);
        draft.subhead = draft.subhead.take().or(read.subhead);
        draft.unit = read.unit;
    }
    if draft.authors.is_empty() {
        draft.authors = read.authors;
    }
    let first = match blocks.iter().find(running) {
        Some(block) => block.paragraph().map(Paragraph::line).unwrap_or_default(),
        None => first,
    };
    draft.lead_in = read.lead_in.filter(|words| first.starts_with(words.as_str()));
    draft.dateline = draft.dateline.take().or(read.dateline);
    draft.source = draft.source.take().or(read.source);
}

/// Takes off the first paragraphs that a reader of plain text took for the head.
fn take_lines(blocks: &mut Vec<Block>, read: &Draft) {
    let headline = read.headline.clone().unwrap_or_default();
    let heads = |line: &str| {
        headline.contains(line)
            || read.kickers.iter().chain(&read.columns).chain(&read.subhead).chain(&read.unit).any(|head| head == line)
            || (!read.authors.is_empty() && signed(line).is_some())
    };
    let mut taken = 0;
    for block in blocks.iter().take(MAX_HEAD) {
        match block {
            Block::Blank => {}
            Block::Paragraph(paragraph) if paragraph.role.is_none() && heads(&paragraph.line()) => {}
            _ => break,
        }
        taken += 1;
    }
    blocks.drain(..taken);
}

/// Paragraphs as plain text is written: Chinese ones on a line each, indented where they are; others parted by blank lines.
pub(super) fn plain_text<'p>(paragraphs: impl Iterator<Item = &'p Paragraph> + Clone) -> String {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let is_chinese = paragraphs.clone().take(MAX_OPENING).any(|p| p.line().contains(is_han));
    let mut text = String::new();
    for paragraph in paragraphs {
        let words = super::inline::plain(&paragraph.inlines);
        if is_chinese && paragraph.is_indented && !words.starts_with(['\u{3000}', ' ']) {
            text.push_str("\u{3000}\u{3000}");
        }
        text.push_str(words.trim_end());
        text.push_str(if is_chinese { "\n" } else { "\n\n" });
    }
    text
}
