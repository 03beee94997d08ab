//! Lines of a notice of a book, told by their own words: its title, who wrote it, who published it, when and for how much.

use super::letters::{Words, ends};

/// How the names of houses end that publish books.
const HOUSES: [&str; 4] = ["出版社", "书局", "书店", "出版公司"];
/// What people do for a book, behind their names.
const DONE: [&str; 9] = ["著", "编著", "译", "编译", "主编", "编", "选编", "绘", "校注"];
/// Who wrote a book is told in no more characters.
const LONGEST: usize = 40;

/// Whether a line names the house that published a book, and when, or for how much: `江南文艺出版社 2025年8月出版 定价：58.00元`.
pub(super) fn tells_of_book(words: &Words) -> bool {
    names_house(words) && words.folded.iter().any(char::is_ascii_digit)
}

/// Whether a part of a line is the name of a house that publishes books.
pub(super) fn names_house(words: &Words) -> bool {
    let house = |part: &[char]| HOUSES.iter().any(|house| ends(part, house) && part.len() > house.chars().count());
    words.folded.split(|c| matches!(c, ' ' | ',' | ';' | '/' | '|' | ':')).any(house)
}

/// `沈渔 著`, `［英］艾玛·怀特 著 林知微 译`
pub(super) fn names_writers(words: &Words) -> bool {
    let done = |word: &&str| words.len() > word.chars().count() + 1 && ends(&words.folded, word);
    words.len() <= LONGEST && DONE.iter().any(done)
}

/// Whether a line is a title in its marks and nothing else.
pub(super) fn is_title(words: &Words) -> bool {
    words.folded.first() == Some(&'《') && words.folded.iter().position(|c| *c == '》') == Some(words.len() - 1)
}
