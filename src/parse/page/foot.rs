//! The foot of a page: whole sentences of the house, which elsewhere would be text.

use super::blocks::Block;
use super::boxes;
use super::folio::Folio;
use super::kinds::Kind;
use super::letters::Words;

/// How lines of the foot begin that are whole sentences; none is longer, in characters.
const FOOT: [&str; 9] = [
    "本报法律顾问",
    "本报常年法律顾问",
    "法律顾问:",
    "版权声明",
    "本报声明",
    "本版稿件",
    "本版图片",
    "本版部分",
    "广告经营许可证",
];
const LONGEST_IN_FOOT: usize = 120;
/// An announcement that speaks of fees has its head so many blocks above, at the most.
const ABOVE: usize = 12;
/// What a line there says of the page, behind its name, is no longer.
const LONGEST_OF_PAGE: usize = 24;
/// What the house says at the foot of who wrote or drew for the page, behind its own name.
const OWN: [&str; 3] = ["本版", "本报", "本刊"];
const RIGHTS: [&str; 5] = ["稿酬", "稿费", "版权", "著作权", "转载"];

/// At the very end stand whole sentences of the house too: `版权声明：…`, `本报法律顾问：…`, `本版作品请作者来领稿酬`.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    for at in (0..kinds.len()).rev() {
        let above = &kinds[at.saturating_sub(ABOVE)..at];
        let announced = || above.iter().rfind(|kind| matches!(kind, Kind::Head | Kind::Notice | Kind::Lead(_)));
        match kinds[at] {
            Kind::Furniture(_) => {}
            _ if is_sentence_of_foot(&blocks[at].words) => kinds[at] = Kind::Furniture(Folio::default()),
            // What an announcement says of fees is the announcement.
            _ if tells_rights(&blocks[at].words) && !matches!(announced(), Some(Kind::Notice)) => {
                kinds[at] = Kind::Furniture(Folio::default());
            }
            _ => break,
        }
    }
}

fn is_sentence_of_foot(words: &Words) -> bool {
    // `本版插图 何英`
    if words.starts(0, "本版") && words.len() <= LONGEST_OF_PAGE {
        return true;
    }
    let known = FOOT.iter().any(|word| words.starts(0, word)) || boxes::begins_index(words);
    known && words.len() <= LONGEST_IN_FOOT
}

/// `本版作品请作者来函领取稿酬`
fn tells_rights(words: &Words) -> bool {
    let text: String = words.folded.iter().collect();
    words.len() <= LONGEST_IN_FOOT
        && OWN.iter().any(|own| text.starts_with(own))
        && RIGHTS.iter().any(|word| text.contains(word))
}
