//! A head with nobody's name below it → whether the section under it goes on with the piece above or tells of something
//! else, by the words that they share and by how the section begins. Where the signs are hardly more for than against, it
//! may be either.
//!
//! The weights are rounded from a logistic regression over the 160 crossheads and 415 headlines of `tests/suite/keyed`;
//! that of halves was set by hand beside them.

use std::collections::HashSet;

use super::blocks::Block;
use super::kinds::{Kind, Rest};
use super::letters::{Words, ends, is_han, month_day};
use super::pieces::Item;
use super::places::begins_with_province;
use super::said::runs;

/// At or above the first, a head opens a piece of its own; at or above the second, it may; below the third, it surely does not.
const SURE: i32 = 3;
const DOUBTFUL: i32 = 1;
const FAR: i32 = -2;

/// Narrower heads are mostly crossheads, wider ones and much wider ones mostly headlines, in half ems.
const NARROW: usize = 14;
const WIDE: usize = 20;
const WIDER: usize = 26;
/// Each half of a headline has so many characters or more.
const HALF: usize = 4;
/// News names its day so far in, in characters.
const DAY: usize = 14;

/// How a section begins that speaks of what was told before.
const BACK: [&str; 28] = [
    "他",
    "她",
    "它",
    "这",
    "该",
    "此",
    "同时",
    "与此同时",
    "最终",
    "另",
    "其中",
    "据介绍",
    "据悉",
    "据了解",
    "目前",
    "下一步",
    "近年来",
    "如今",
    "今年以来",
    "为此",
    "对此",
    "业内",
    "有的",
    "也有",
    "还有",
    "不仅",
    "除了",
    "首先",
];
/// How news begins that names no day.
const NEWS: [&str; 4] = ["记者从", "连日来", "记者日前", "记者近日"];
const DAYS: [&str; 7] = ["近日", "日前", "昨日", "昨天", "今日", "今天", "前天"];
/// Whom a local paper's headlines speak for; a crosshead has no need to say it.
const OURS: [&str; 10] = ["我市", "我县", "我区", "我省", "全市", "全县", "全省", "全区", "本市", "我国"];

/// How the names of places end that stand before a colon; none is longer, in characters.
const PLACES: [&str; 8] = ["镇", "乡", "县", "市", "区", "村", "街道", "社区"];
const LONGEST_PLACE: usize = 8;

/// What a head is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kinship {
    /// It goes on with the piece above, and the words of both say so.
    Close,
    /// It goes on with the piece above.
    Same,
    /// It may be either.
    Unsure,
    /// It opens another.
    Other,
}

/// What the words of a head and of the section below it say of the piece above.
pub(super) fn of(head: &Block, text: &Block, rest: &Rest, above: &Item) -> Kinship {
    match weight(head, text, rest, above) {
        SURE.. => Kinship::Other,
        DOUBTFUL.. => Kinship::Unsure,
        FAR.. => Kinship::Same,
        _ => Kinship::Close,
    }
}

fn weight(head: &Block, text: &Block, rest: &Rest, above: &Item) -> i32 {
    let said = above.said();
    let title: HashSet<[char; 2]> = runs(&head.words.folded).collect();
    let below: HashSet<[char; 2]> = runs(&text.words.folded).collect();
    let second = match rest.front() {
        Some((block, Kind::Text)) => Some(block),
        _ => None,
    };
    let section = runs(&text.words.folded).chain(second.iter().flat_map(|block| runs(&block.words.folded)));
    let section: HashSet<[char; 3]> = section.collect();
    let shared = section.intersection(&said.triples).count();
    // The first words of a report say its headline again; a crosshead is a turn of phrase.
    let repeated = title.intersection(&below).count();
    let known = title.iter().filter(|pair| said.pairs.contains(*pair)).count();
    let wide: usize = head.rows.iter().map(Words::width).sum();
    let halves = head.words.folded.split(|c| *c == ' ').filter(|half| half.len() >= HALF).count();
    let says = |words: &Words, list: &[&str]| (0..words.len()).any(|at| list.iter().any(|word| words.starts(at, word)));
    let pauses = place(&head.words).is_none() && head.words.folded.iter().any(|c| matches!(c, ',' | ':' | '?'));
    let back = usize::from(text.words.folded.first() == Some(&'“'));
    [
        (repeated * 5 >= title.len().max(1), 2),
        (repeated * 3 > title.len(), 1),
        (opens_news(&text.words), 5),
        (says(&head.words, &OURS), 2),
        (wide >= WIDE, 2),
        (wide >= WIDER, 2),
        // Crossheads have no halves.
        (halves > 1, 3),
        (wide < NARROW, -3),
        // The crossheads of one article are like each other.
        (above.widest_crosshead().is_some_and(|known| wide * 2 < known * 3), -2),
        (shared > 0, -1),
        (shared * 33 > section.len(), -2),
        (known > 0, -3),
        (known * 5 > title.len(), -1),
        (BACK.iter().any(|word| text.words.starts(back, word)), -3),
        (pauses, -4),
    ]
    .iter()
    .filter_map(|(holds, weight)| holds.then_some(*weight))
    .sum()
}

/// The place that a headline names before a colon: `河东镇：葡萄熟了客商来`, `江苏南京：老街新生`.
pub(super) fn place(head: &Words) -> Option<&[char]> {
    let colon = head.folded.iter().position(|c| *c == ':').filter(|at| (2..=LONGEST_PLACE).contains(at))?;
    let place = &head.folded[..colon];
    let known = PLACES.iter().any(|end| ends(place, end)) || begins_with_province(place);
    (known && place.iter().all(|c| is_han(*c))).then_some(place)
}

/// Whether a text begins as news does: with its day, or with where the reporter had it from.
fn opens_news(words: &Words) -> bool {
    let day = |at: usize| month_day(&words.folded[at..]).is_some() || DAYS.iter().any(|day| words.starts(at, day));
    NEWS.iter().any(|word| words.starts(0, word)) || (0..words.len().min(DAY)).any(day)
}
