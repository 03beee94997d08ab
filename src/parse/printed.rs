//! A whole newspaper page in Markdown, HTML or Word, each article under its heading → its articles. It is known as in plain text: by
//! its folio, and by a lead-in, byline, signature or a picture's credit under several of the headings. Anything else stays one article.

use std::ops::Range;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agency::prose;
use super::page::{self, Printed};
use super::{Parsed, signature, text};
use crate::article::Draft;

/// So many headings with people under them make a text a page.
const EVIDENT: usize = 2;
/// A line in bold that is a heading is no longer, in characters.
const MAX_BOLD: usize = 42;
/// The folio of a page without headings stands among so many characters.
const MAX_TOP: usize = 200;
/// What words alone cannot say: a text that holds any of it is not read by them.
const MARKED: [&str; 11] =
    ["<img", "<a ", "<table", "<ul", "<ol", "<strong", "<b>", "<em", "<i>", "<blockquote", "<pre"];
/// No more lines of the page's own stand at its foot.
const MAX_FOOT: usize = 4;
/// More headings than this stand over no article.
const MAX_HEADS: usize = 4;

/// A paragraph or heading of a body.
struct Block {
    range: Range<usize>,
    /// Of a heading: its digit.
    level: Option<u8>,
    words: String,
}

/// Takes such a page apart. One that states its own id is one article. `title` is what an HTML page calls itself, and may be the
/// only folio of it.
pub(super) fn take_apart(parsed: &mut Parsed, title: Option<&str>, arrival: DateTime<Utc>, zone: Tz) {
    let [draft] = parsed.drafts.as_mut_slice() else { return };
    // Most articles have no headings, and need not be asked for more.
    let is_headed = ["<h", "<H", "<p><strong>"].iter().any(|heading| draft.body.contains(heading));
    if !is_headed && !draft.body.chars().take(MAX_TOP).any(page::is_han) {
        return;
    }
    let folio = |text: &str| page::folio(text, arrival, zone);
    let stated = draft.headline.as_deref();
    let first = prose::first_line(&draft.body, MAX_TOP);
    // The name of the paper may stand above it.
    let second = first.as_ref().filter(|(_, words)| page::is_masthead(words));
    let second = second.and_then(|(block, _)| prose::first_block(&draft.body[block.end..]));
    let printed = second.or(first).and_then(|(_, words)| folio(&words)).or_else(|| folio(stated?));
    // In a title the name of a site stands beside a day too.
    let called = || folio(title?).filter(|printed| printed.number.is_some());
    let is_called = printed.is_none();
    let Some(printed) = printed.or_else(called).filter(|_| draft.id.is_none()) else { return };
    let is_top = |block: &Block| folio(&block.words).is_some() || page::is_masthead(&block.words);
    let mut blocks = blocks(&draft.body);
    let mut top = blocks.iter().take_while(|block| is_top(block)).count();
    // Beside a folio in the text the title may be the name of the paper. Any other is the page's own, unless more of the first
    // level follow: then it was taken for that, and left the text.
    if !is_headed && stated.is_none_or(|title| folio(title).is_some() || page::is_masthead(title)) {
        read_plain(parsed, &blocks, arrival, zone);
        return;
    }
    let is_own = |title: &str| folio(title).is_some() || blocks[..top].iter().any(|block| block.words.contains(title));
    let mut body = draft.body.clone();
    if let Some(title) = stated.filter(|title| !is_own(title)) {
        if top == 0 && !is_called || !blocks.iter().any(|block| block.level == Some(b'1')) {
            if top > 0 && printed.number.is_some() {
                take_folio(parsed, &blocks[..top], printed);
            }
            return;
        }
        let at = top.checked_sub(1).map_or(0, |last| blocks[last].range.end);
        body.insert_str(at, &format!("<h1>{}</h1>", page::escape(title)));
        blocks = self::blocks(&body);
        top = blocks.iter().take_while(|block| is_top(block)).count();
    }
    // Who edited the page stands below its last article.
    let is_foot = |block: &&Block| block.level.is_none() && page::is_furniture(&block.words, arrival, zone);
    let foot = blocks.iter().rev().take(MAX_FOOT).take_while(is_foot).count();
    for block in blocks.drain(blocks.len() - foot..).rev() {
        body.replace_range(block.range, "");
    }
    let Some(pieces) = pieces(&body, &blocks, top) else {
        // A day alone may be the article's own.
        if !is_called && printed.number.is_some() {
            let blocks = self::blocks(&draft.body);
            let top = blocks.iter().take_while(|block| is_top(block)).count();
            draft.headline.take_if(|title| folio(title).is_some());
            take_folio(parsed, &blocks[..top], printed);
        }
        return;
    };
    // Each article has a part of it, and none a copy of the whole.
    draft.body.clear();
    let drafts = pieces.iter().map(|piece| article(draft, &body, &blocks, piece)).collect();
    parsed.drafts = drafts;
    note(parsed, printed);
}

fn note(parsed: &mut Parsed, Printed { date, section, number }: Printed) {
    parsed.issue_date = date;
    parsed.folio_section = section;
    parsed.page = number;
}

/// Of one article below its folio that is no part of it, nor its headline; the heading below it is that.
fn take_folio(parsed: &mut Parsed, top: &[Block], printed: Printed) {
    let [draft] = parsed.drafts.as_mut_slice() else { return };
    for block in top.iter().rev() {
        draft.body.replace_range(block.range.clone(), "");
    }
    if draft.headline.is_none()
        && let Some((block, words)) = prose::first_block(&draft.body)
        && draft.body[block.clone()].starts_with("<h")
        && prose::has_words(&draft.body[block.end..])
    {
        draft.body.replace_range(block, "");
        draft.headline = Some(words);
    }
    draft.body.drain(..draft.body.len() - draft.body.trim_start().len());
    note(parsed, printed);
}

/// Reads a page that says nothing by marks as plain text is read.
fn read_plain(parsed: &mut Parsed, blocks: &[Block], arrival: DateTime<Utc>, zone: Tz) {
    let [page] = parsed.drafts.as_slice() else { return };
    if MARKED.iter().any(|mark| page.body.contains(mark)) {
        return;
    }
    // None of its words stands outside of paragraphs.
    let ends = blocks.iter().map(|block| block.range.end);
    let mut gaps =
        [0].into_iter().chain(ends).zip(blocks.iter().map(|block| block.range.start).chain([page.body.len()]));
    if gaps.any(|(from, to)| prose::has_words(&page.body[from..to])) {
        return;
    }
    let lines: Vec<String> = blocks.iter().filter_map(|block| prose::words(&page.body[block.range.clone()])).collect();
    let sheet = page::sheet(&lines.join("\n"), arrival, zone);
    let Some(read) = sheet.and_then(|sheet| sheet.page()).filter(|read| read.drafts.len() > 1) else { return };
    let of_page = |draft: Draft| Draft {
        sections: page.sections.clone(),
        tags: page.tags.clone(),
        language: page.language.clone(),
        lines: None,
        ..draft
    };
    parsed.drafts = read.drafts.into_iter().map(of_page).collect();
    parsed.issue_date = read.issue_date;
    parsed.folio_section = read.folio_section;
    parsed.page = read.page;
    parsed.doubts.extend(read.doubts);
}

/// What an HTML page calls itself.
pub(super) fn title(page: &str) -> Option<String> {
    let (_, title) = page.split_once("<title>")?;
    prose::words(title.split_once("</title>")?.0)
}

fn blocks(body: &str) -> Vec<Block> {
    let level = |range: &Range<usize>| {
        let name = body[range.clone()].strip_prefix("<h").or_else(|| body[range.clone()].strip_prefix("<H"))?;
        name.bytes().next().filter(u8::is_ascii_digit)
    };
    let mut blocks: Vec<Block> =
        prose::blocks(body).into_iter().map(|(range, words)| Block { level: level(&range), range, words }).collect();
    // Where there are no headings, lines in bold are.
    if blocks.iter().all(|block| block.level.is_none()) {
        for block in &mut blocks {
            let inner = body[block.range.clone()].strip_prefix("<p><strong>");
            let is_bold = inner.and_then(|inner| inner.trim_end().strip_suffix("</strong></p>"));
            let is_head = is_bold.is_some_and(|inner| !inner.contains("</strong>"));
            block.level = (is_head && block.words.chars().count() <= MAX_BOLD).then_some(b'2');
        }
    }
    blocks
}

/// An article on the page: its headings, the one of them that is the headline, and where its text ends.
struct Piece {
    heads: Range<usize>,
    headline: usize,
    end: usize,
}

/// The articles below the page's own lines; none where it is no page, or not all of its text stands under a headline.
fn pieces(body: &str, blocks: &[Block], top: usize) -> Option<Vec<Piece>> {
    let mut heads: Vec<Range<usize>> = Vec::new();
    for at in (top..blocks.len()).filter(|at| blocks[*at].level.is_some()) {
        match heads.last_mut() {
            Some(run) if run.end == at && run.len() < MAX_HEADS => run.end = at + 1,
            _ => heads.push(at..at + 1),
        }
    }
    // All headlines have one level, above that of subheadings.
    let top_level = |run: &Range<usize>| blocks[run.clone()].iter().filter_map(|block| block.level).min();
    let level = heads.iter().filter_map(top_level).min();
    heads.retain(|run| top_level(run) == level);
    let ends = heads.iter().skip(1).map(|next| blocks[next.start].range.start).chain([body.len()]);
    let pieces: Vec<Piece> = heads
        .iter()
        .zip(ends)
        .filter_map(|(run, end)| {
            let headline = run.clone().find(|at| blocks[*at].level == level)?;
            Some(Piece { heads: run.clone(), headline, end })
        })
        .collect();
    let tells = |piece: &&Piece| {
        let led = |block: &Block| page::lead_of(&block.words).is_some() || text::signed(&block.words).is_some();
        let start = blocks[piece.heads.end - 1].range.end;
        let last = blocks[piece.heads.end..].iter().take_while(|block| block.range.end <= piece.end).last();
        let credits = |block: &Block| page::caption(&block.words).credit.is_some();
        blocks.get(piece.heads.end).is_some_and(led)
            || !signature::read(&body[start..piece.end]).is_empty()
            || last.is_some_and(credits)
    };
    let is_page = pieces.first()?.heads.start == top && pieces.iter().filter(tells).count() >= EVIDENT;
    is_page.then_some(pieces)
}

fn article(page: &Draft, body: &str, blocks: &[Block], piece: &Piece) -> Draft {
    let words = |range: Range<usize>| blocks[range].iter().map(|block| block.words.clone()).collect::<Vec<_>>();
    let below = words(piece.headline + 1..piece.heads.end).join(" ");
    Draft {
        headline: Some(blocks[piece.headline].words.clone()),
        kickers: words(piece.heads.start..piece.headline),
        subhead: Some(below).filter(|below| !below.is_empty()),
        body: body[blocks[piece.heads.end - 1].range.end..piece.end].trim().to_owned(),
        // What was read or stated of the page as one is nobody's of its articles.
        authors: Vec::new(),
        lead_in: None,
        dateline: None,
        summary: None,
        image: None,
        captions: Vec::new(),
        ..page.clone()
    }
}
