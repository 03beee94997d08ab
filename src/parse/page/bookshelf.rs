//! Notices of books, each under its title. Whoever wrote the book has not written the notice.

use super::blocks::Block;
use super::books::{is_title, names_house, names_writers, tells_of_book};
use super::kinds::Kind;

/// Whether a notice of a book begins: its title, and below it what is told of books.
pub(super) fn begins(head: &Block, text: &Block) -> bool {
    is_title(&head.words) && (tells_of_book(&text.words) || names_writers(&text.words))
}

/// `《长街旧事》 沈渔 著 江南文艺出版社`: the first notice under the head of several.
pub(super) fn opens(text: &Block) -> bool {
    text.rows.first().is_some_and(|row| row.folded.first() == Some(&'《') && names_house(row))
}

/// Who wrote a book, between its title and the house that published it, belongs to the notice's text.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    for at in 2..kinds.len() {
        let told = matches!(kinds[at], Kind::Verse | Kind::Text | Kind::Head) && names_house(&blocks[at].words);
        let titled = matches!(kinds[at - 2], Kind::Head) && is_title(&blocks[at - 2].words);
        let written = matches!(kinds[at - 1], Kind::Head | Kind::Byline(_)) && names_writers(&blocks[at - 1].words);
        if told && titled && written {
            kinds[at - 1..=at].fill(Kind::Verse);
        }
    }
}
