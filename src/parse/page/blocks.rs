//! Lines → blocks: what a blank line, an indent or a short line ends. Hard-wrapped lines of one paragraph become one block.

use super::boxes;
use super::closing;
use super::lead;
use super::letters::Words;
use super::lines::Line;
use super::paragraphs::{glue, is_complete, opens_list};
use super::shapes;

/// Columns narrower or wider than this (half ems) are verse or unwrapped text.
const COLUMN: std::ops::RangeInclusive<usize> = 20..=120;
/// A line this much short of the column's width (half ems) is still full: a long number or word did not fit.
const SLACK: usize = 4;
/// A line of verse is no wider (half ems): two clauses of seven characters.
const WIDEST_VERSE: usize = 32;
/// Behind a full last line so many heads are looked for.
const MOST_HEADS: usize = 3;
/// From so many short lines in a row on, they are a list or verse, not heads.
const LIST: usize = 5;

/// A run of lines that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// All of it as one text, wrapped lines joined.
    pub(crate) words: Words,
    /// The lines apart, where each stands for itself (heads, verse, lists); one for a paragraph.
    pub(crate) rows: Vec<Words>,
    /// First and last line in the file.
    pub(crate) lines: (u32, u32),
    /// Whether a picture may have stood above it.
    pub(crate) after_picture: bool,
}

impl Block {
    fn of(lines: &[Line], wrapped: bool) -> Self {
        let rows: Vec<Words> = if wrapped && lines.len() > 1 {
            let mut text = String::new();
            for line in lines {
                text.push_str(glue(&text, &line.text));
                text.push_str(&line.text);
            }
            vec![Words::new(&text)]
        } else {
            lines.iter().map(|line| line.words().clone()).collect()
        };
        let words = if let [row] = &rows[..] { row.clone() } else { Words::new(&joined(&rows)) };
        Self {
            words,
            rows,
            lines: (lines.first().map_or(0, |l| l.number), lines.last().map_or(0, |l| l.number)),
            after_picture: lines.first().is_some_and(Line::after_picture),
        }
    }

    /// Both as one text.
    pub(crate) fn joined(&self, next: &Self) -> Self {
        let mut text = self.text();
        text.push_str(glue(&text, &next.text()));
        text.push_str(&next.text());
        let words = Words::new(&text);
        Self { rows: vec![words.clone()], words, lines: (self.lines.0, next.lines.1), ..*self }
    }

    /// As printed.
    pub(crate) fn text(&self) -> String {
        joined(&self.rows)
    }
}

fn joined(rows: &[Words]) -> String {
    rows.iter().map(Words::text).collect::<Vec<_>>().join(" ")
}

/// The blocks of a text.
pub(crate) fn of(lines: &[Line]) -> Vec<Block> {
    let runs: Vec<&[Line]> = lines.chunk_by(|_, next| next.gap == 0).flat_map(without_folios).collect();
    let wrappable: Vec<&Line> = runs.iter().filter(|run| run.len() > 1).flat_map(|run| run.iter()).collect();
    let page = column(&wrappable);
    let mut blocks = Vec::new();
    for run in runs {
        let own = if run.len() >= 5 { column(&run.iter().collect::<Vec<_>>()) } else { None };
        match own.or(page).or_else(|| indented_column(run)) {
            Some(column) if run.len() > 1 && !is_pile(run, column - SLACK) => wrapped(run, column, &mut blocks),
            _ => plain(run, &mut blocks),
        }
    }
    blocks
}

/// A run of lines in parts, folio lines each by themselves: no blank line need stand between them and the text.
fn without_folios(run: &[Line]) -> Vec<&[Line]> {
    if let Some(index) = run.iter().position(|line| boxes::is_index(line.words())) {
        let (above, index) = run.split_at(index);
        let mut parts = without_folios(above);
        parts.push(index);
        return parts;
    }
    run.chunk_by(|a, b| !shapes::is_folio(a.words()) && !shapes::is_folio(b.words())).collect()
}

/// The width that lines are wrapped to: two of five lines share it, and hardly any is wider.
fn column(lines: &[&Line]) -> Option<usize> {
    let mut counts = [0_usize; 128];
    for line in lines {
        if let Some(count) = counts.get_mut(line.width) {
            *count += 1;
        }
    }
    // A line is as wide as the mode if it is within one em of it.
    let near = |at: usize| counts[at.saturating_sub(2)..=(at + 2).min(127)].iter().sum::<usize>();
    let mode = COLUMN.max_by_key(|at| (near(*at), counts[*at]))?;
    // Heads of like length are no column: wrapped text is broken anywhere, and has its commas and stops inside.
    let reads =
        |line: &&&Line| line.width.abs_diff(mode) <= 2 && line.text.contains(['，', ',', '。', '、', '；', '：']);
    let running = lines.iter().filter(reads).count();
    let wider = lines.iter().filter(|l| l.width > mode + SLACK).count();
    // Verse of like length has its pauses at the ends of its lines.
    let paused = lines.iter().filter(|line| line.width.abs_diff(mode) <= 2 && pauses(line)).count();
    (near(mode) >= 3
        && paused * 3 <= near(mode) * 2
        && running * 3 >= near(mode)
        && near(mode) * 5 >= lines.len() * 2
        && wider * 10 <= lines.len())
    .then_some(mode)
}

/// The width of a run too short to count in: an indented line, followed by one that is not, is the widest.
fn indented_column(run: &[Line]) -> Option<usize> {
    let widest = run.iter().map(|line| line.width).max().filter(|widest| COLUMN.contains(widest))?;
    let wraps = |pair: &[Line]| pair[0].indented && !pair[1].indented && pair[0].width + SLACK >= widest;
    run.windows(2).any(wraps).then_some(widest)
}

/// Whether a line ends where a clause does.
fn pauses(line: &Line) -> bool {
    line.text.ends_with(['，', '。', '；', '！', '？', '、', ',', ';', '!', '?'])
}

/// Where verse begins in a run: from there on all lines are narrow, and at least every other one ends where a clause does.
fn verse(run: &[Line]) -> Option<usize> {
    let first = run.iter().position(pauses)?;
    let lines = &run[first..];
    let narrow = lines.iter().all(|line| line.width <= WIDEST_VERSE);
    let paused = lines.iter().filter(|line| pauses(line)).count();
    (narrow && lines.len() >= shapes::VERSE && paused * 2 >= lines.len()).then_some(first)
}

/// Whether all lines are short and none is text.
fn is_pile(run: &[Line], narrower: usize) -> bool {
    run.iter().all(|line| line.width < narrower && shapes::is_short(line.words()))
}

/// Lines that are wrapped: a line goes on where the one before is full.
fn wrapped(run: &[Line], column: usize, blocks: &mut Vec<Block>) {
    let has_indents = run.iter().filter(|l| l.indented).count() >= 2;
    let full = |line: &Line| line.width + SLACK >= column;
    let begins = |line: &Line| line.indented || lead::read(line.words()).is_some();
    let mut start = 0;
    let mut paragraph = run.first().is_some_and(begins);
    for at in 1..=run.len() {
        let opens = at == run.len() || {
            let (before, line) = (&run[at - 1], &run[at]);
            // Columns set around a picture or with long numbers are ragged: inside a paragraph a torn line goes on.
            let ragged = paragraph && before.width * 3 >= column * 2 && !is_complete(before.words());
            let ended = is_complete(before.words()) || is_credited(before);
            // `…可预约。本` and `报记者 周岩 摄` is one line in two.
            let apart = stands_alone(line) && (ended || !full(before) || !paragraph);
            // Heads behind a paragraph whose last line happens to be full.
            let heads = || {
                let short = |line: &&Line| !full(line) && shapes::is_short(line.words());
                let count = run[at..].iter().take(MOST_HEADS).take_while(short).count();
                let opens = |next: &Line| (has_indents && next.indented) || stands_alone(next);
                let last = has_indents && !line.indented && count > 0 && at + count == run.len();
                last || (1..=count).any(|behind| run.get(at + behind).is_some_and(opens))
            };
            let signature = |line: &Line| {
                let chars = &line.words().folded;
                chars.first() == Some(&'(') && chars.last() == Some(&')')
            };
            let signed = (ended && signature(line)) || signature(before);
            let behind_byline = shapes::byline(before.words()).is_some();
            // Above any paragraph a dash leads over to the subhead.
            let subhead = !paragraph && line.text.starts_with("——");
            // `（王答乡` at the end of a full line goes on, though the space behind it looks like an indent below.
            let open = (full(before) && leaves_open(before)) || tears_lead(before);
            !open
                && (signed
                    || subhead
                    || behind_byline
                    || !(full(before) || ragged)
                    || (has_indents && line.indented)
                    || apart
                    || (ended && heads()))
        };
        if opens {
            blocks.push(Block::of(&run[start..at], true));
            start = at;
            paragraph = run.get(at).is_some_and(begins);
        }
    }
}

/// Whether a bracket is open at the end of a line.
fn leaves_open(line: &Line) -> bool {
    line.text.rfind(['（', '(']) > line.text.rfind(['）', ')'])
}

/// Whether a line breaks inside the brackets that name the reporters of what begins there.
fn tears_lead(line: &Line) -> bool {
    leaves_open(line) && lead::read(line.words()).is_some()
}

/// Whether a line closes a caption with who took the picture.
fn is_credited(line: &Line) -> bool {
    closing::credit(line.words()).is_some_and(|(_, _, byline)| byline.has_photo)
}

/// Whether a line is the beginning of a report, a byline or a folio, whatever stands above it.
fn stands_alone(line: &Line) -> bool {
    let words = line.words();
    lead::read(words).is_some() || shapes::byline(words).is_some() || shapes::is_folio(words)
}

/// Lines that are not wrapped: each a paragraph, but for one that breaks inside the brackets of a lead.
fn plain(mut run: &[Line], blocks: &mut Vec<Block>) {
    while let Some(at) = run.windows(2).position(|two| tears_lead(&two[0])) {
        apart(&run[..at], blocks);
        blocks.push(Block::of(&run[at..at + 2], true));
        run = &run[at + 2..];
    }
    apart(run, blocks);
}

/// Lines that all stand for themselves: a pile of short ones is one block.
fn apart(run: &[Line], blocks: &mut Vec<Block>) {
    if !run.is_empty() && is_pile(run, usize::MAX) {
        // Heads, and below them line by line who wrote what follows.
        let mut heads = run;
        while let [above @ .., last] = heads
            && !above.is_empty()
            && shapes::names_people(last.words(), above.len() <= 2)
        {
            heads = above;
        }
        blocks.push(Block::of(heads, false));
        blocks.extend(run[heads.len()..].iter().map(|line| Block::of(std::slice::from_ref(line), false)));
        return;
    }
    if let Some(first) = verse(run).filter(|first| is_pile(&run[..*first], usize::MAX)) {
        apart(&run[..first], blocks);
        blocks.push(Block::of(&run[first..], false));
        return;
    }
    for group in run.chunk_by(|a, b| shapes::is_short(a.words()) == shapes::is_short(b.words())) {
        let short = group.first().is_some_and(|line| shapes::is_short(line.words()));
        if short && group.len() >= LIST {
            // The list's own head stands above its first mark.
            let marked = |line: &Line| opens_list(line.words());
            let head = usize::from(!marked(&group[0]) && marked(&group[1]));
            blocks.extend(group[..head].iter().map(|line| Block::of(std::slice::from_ref(line), false)));
            blocks.push(Block::of(&group[head..], false));
        } else {
            blocks.extend(group.iter().map(|line| Block::of(std::slice::from_ref(line), false)));
        }
    }
}
