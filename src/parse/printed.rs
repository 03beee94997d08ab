//! A whole newspaper page in Markdown, HTML or Word, each article under its heading → its articles. It is known as in plain text: by
//! its folio, and by a lead-in, byline or signature under several of the headings. Anything else stays one article.

use std::ops::Range;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agency::prose;
use super::page::{self, Printed};
use super::{Parsed, signature, text};
use crate::article::Draft;

/// So many headings with people under them make a text a page.
const EVIDENT: usize = 2;
/// More headings than this stand over no article.
const MAX_HEADS: usize = 4;

/// A paragraph or heading of a body.
struct Block {
    range: Range<usize>,
    /// Of a heading: its digit.
    level: Option<u8>,
    words: String,
}

/// Takes such a page apart. One that states its own id is one article.
pub(super) fn take_apart(parsed: &mut Parsed, arrival: DateTime<Utc>, zone: Tz) {
    let [draft] = parsed.drafts.as_mut_slice() else { return };
    // Most articles have no headings, and need not be asked for more.
    if !["<h", "<H"].iter().any(|heading| draft.body.contains(heading)) {
        return;
    }
    let folio = |text: &str| page::folio(text, arrival, zone);
    let stated = draft.headline.as_deref();
    let first = prose::first_block(&draft.body);
    let printed = first.and_then(|(_, words)| folio(&words)).or_else(|| folio(stated?));
    let Some(printed) = printed.filter(|_| draft.id.is_none()) else { return };
    let mut blocks = blocks(&draft.body);
    let mut top = blocks.iter().take_while(|block| folio(&block.words).is_some()).count();
    // Beside a folio in the text the title may be the name of the paper. Any other is the page's own, unless more of the first
    // level follow: then it was taken for that, and left the text.
    let is_own = |title: &str| folio(title).is_some() || blocks[..top].iter().any(|block| block.words.contains(title));
    let mut body = draft.body.clone();
    if let Some(title) = stated.filter(|title| !is_own(title)) {
        if top == 0 || !blocks.iter().any(|block| block.level == Some(b'1')) {
            return;
        }
        body.insert_str(blocks[top - 1].range.end, &format!("<h1>{}</h1>", page::escape(title)));
        blocks = self::blocks(&body);
        top = blocks.iter().take_while(|block| folio(&block.words).is_some()).count();
    }
    let Some(pieces) = pieces(&body, &blocks, top) else { return };
    // Each article has a part of it, and none a copy of the whole.
    draft.body.clear();
    let drafts = pieces.iter().map(|piece| article(draft, &body, &blocks, piece)).collect();
    parsed.drafts = drafts;
    let Printed { date, section, number } = printed;
    parsed.issue_date = date;
    parsed.folio_section = section;
    parsed.page = number;
}

fn blocks(body: &str) -> Vec<Block> {
    let level = |range: &Range<usize>| {
        let name = body[range.clone()].strip_prefix("<h").or_else(|| body[range.clone()].strip_prefix("<H"))?;
        name.bytes().next().filter(u8::is_ascii_digit)
    };
    prose::blocks(body).into_iter().map(|(range, words)| Block { level: level(&range), range, words }).collect()
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
        blocks.get(piece.heads.end).is_some_and(led) || !signature::read(&body[start..piece.end]).is_empty()
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
