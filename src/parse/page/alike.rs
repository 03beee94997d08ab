//! Whether heads of one page are like each other: those of one article's parts are.

use super::blocks::Block;
use super::kinds::{Kind, Rest};
use super::letters::{MARKS, Words};

/// Heads that are alike differ by no more, in half ems.
const ALIKE: usize = 4;
/// Words before a colon are alike by their last two characters, if they have as many or more.
const LABEL_END: usize = 2;
/// The next head is looked for behind no more paragraphs.
const MOST_PARAGRAPHS: usize = 4;

/// The head behind the next few paragraphs.
pub(super) fn next_head(rest: &Rest) -> Option<&Block> {
    let texts = rest.iter().take(MOST_PARAGRAPHS).take_while(|(_, kind)| matches!(kind, Kind::Text)).count();
    rest.get(texts).filter(|(_, kind)| matches!(kind, Kind::Head)).map(|(block, _)| block)
}

/// Whether two heads begin with the same character and end with the same character or word, hardly one wider than the other.
pub(super) fn are_alike(head: &Block, next: &Block) -> bool {
    let ends = |block: &Block| {
        let mut letters = block.words.folded.iter().filter(|c| c.is_alphanumeric());
        Some((*letters.next()?, *letters.next_back()?))
    };
    ends(head).is_some() && ends(head) == ends(next) && width_of(head).abs_diff(width_of(next)) <= ALIKE
}

/// Whether two heads are the same words around different quotations.
pub(super) fn are_framed(head: &Block, next: &Block) -> bool {
    /// So many quotations stand in so many characters of such words.
    const QUOTED: usize = 2;
    let frame = |block: &Block| {
        let mut is_quoted = false;
        let mut frame = String::new();
        for c in block.words.folded.iter().filter(|c| **c != ' ') {
            is_quoted &= *c != '”';
            if !is_quoted {
                frame.push(*c);
            }
            is_quoted |= *c == '“';
        }
        frame
    };
    let words = frame(head);
    words.matches('“').count() >= QUOTED
        && words.chars().filter(|c| c.is_alphanumeric()).count() >= QUOTED
        && words == frame(next)
}

/// Whether the next head is like this one: behind the same mark, or with as much the same word before a colon.
pub(super) fn has_sibling(head: &Block, rest: &Rest) -> bool {
    let Some(next) = next_head(rest) else { return false };
    let mark = |block: &Block| block.words.folded.first().copied().filter(|c| MARKS.contains(*c));
    let label = |block: &Block| {
        let colon = block.words.folded.iter().position(|c| *c == ':').filter(|at| *at >= LABEL_END)?;
        Some([block.words.folded[colon - 2], block.words.folded[colon - 1]])
    };
    let same = label(head).is_some_and(|known| label(next) == Some(known));
    same || (mark(head).is_some() && mark(head) == mark(next))
}

/// How wide a head is with all its rows, in half ems.
pub(super) fn width_of(head: &Block) -> usize {
    head.rows.iter().map(Words::width).sum()
}
