//! Notices of books: a title in its marks, under it who wrote it and who published it, for how much. Whoever wrote the book
//! has not written the notice.

use super::blocks::Block;
use super::kinds::Kind;
use super::letters::{Words, ends};
use super::shapes::MAX_BYLINE_LINE;

/// How the names of houses end that publish books.
const HOUSES: [&str; 4] = ["出版社", "书局", "书店", "出版公司"];
/// What people do for a book, behind their names.
const DONE: [&str; 9] = ["著", "编著", "译", "编译", "主编", "编", "选编", "绘", "校注"];

/// Whether a line names the house that published a book, and when, or for how much: `江南文艺出版社 2025年8月出版 定价：58.00元`.
pub(super) fn tells_of_book(words: &Words) -> bool {
    names_house(words) && words.folded.iter().any(char::is_ascii_digit)
}

fn names_house(words: &Words) -> bool {
    let house = |part: &[char]| HOUSES.iter().any(|house| ends(part, house) && part.len() > house.chars().count());
    words.folded.split(|c| matches!(c, ' ' | ',' | ';' | '/' | '|' | ':')).any(house)
}

/// `沈渔 著`, `［英］艾玛·怀特 著 林知微 译`
fn names_writers(words: &Words) -> bool {
    let done = |word: &&str| words.len() > word.chars().count() + 1 && ends(&words.folded, word);
    words.len() <= MAX_BYLINE_LINE && DONE.iter().any(|word| done(&word))
}

/// Whether a head is the title of a book and nothing else.
pub(super) fn is_title(head: &Block) -> bool {
    let chars = &head.words.folded;
    chars.first() == Some(&'《') && chars.iter().position(|c| *c == '》') == Some(chars.len() - 1)
}

/// Whether a notice of a book begins: its title, and below it what is told of books.
pub(super) fn begins(head: &Block, text: &Block) -> bool {
    is_title(head) && (tells_of_book(&text.words) || names_writers(&text.words))
}

/// Who wrote a book, between its title and the house that published it, belongs to the notice's text.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    for at in 2..kinds.len() {
        let told = matches!(kinds[at], Kind::Verse | Kind::Text | Kind::Head) && names_house(&blocks[at].words);
        let titled = matches!(kinds[at - 2], Kind::Head) && is_title(&blocks[at - 2]);
        let written = matches!(kinds[at - 1], Kind::Head | Kind::Byline(_)) && names_writers(&blocks[at - 1].words);
        if told && titled && written {
            kinds[at - 1..=at].fill(Kind::Verse);
        }
    }
}
