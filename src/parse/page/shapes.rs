//! What a line may be by its own words alone: too short for text, a byline, a folio, a caption.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::boxes;
use super::byline::{self, Byline, Surroundings};
use super::folio;
use super::letters::{Words, begins, digits, ends, is_han, month_day};
use super::offices;
use super::roles;

/// From so many rows on, short lines under each other are verse or a list.
pub(super) const VERSE: usize = 3;
/// Wider than this (half ems), a block is text. Every crosshead measured is at most 42, every headline at most 45.
pub(super) const WIDEST_HEAD: usize = 52;
/// Wider than this with a comma in it, it is text.
const WIDEST_WITH_COMMA: usize = 44;
/// Two halves with a space between them may together be this wide (half ems) and still a head.
const WIDEST_PAIR: usize = 76;
/// No head has so many commas.
const COMMAS: usize = 3;
/// What a field of an announcement is called is no longer, in characters.
const LONGEST_LABEL: usize = 6;
/// The house and the office of who is not named are no longer, in characters.
const LONGEST_OFFICE: usize = 14;
/// A byline on its own line is shorter, in characters.
pub(super) const MAX_BYLINE_LINE: usize = 40;

pub(super) fn width_of(words: &Words) -> usize {
    words.folded.iter().map(|c| if c.is_ascii() && !c.is_ascii_punctuation() { 1 } else { 2 }).sum()
}

/// Whether the words are too short for text and hold no sentence.
pub(super) fn is_short(words: &Words) -> bool {
    let width = width_of(words);
    let comma = words.folded.contains(&',');
    let stops = |c: &char| matches!(c, '。' | '!' | '?' | '…');
    let ended = words.folded.iter().rev().find(|c| !matches!(c, '”' | '’' | ')' | '》')).is_some_and(stops);
    let bracketed = words.folded.first() == Some(&'(') && words.folded.last() == Some(&')');
    let goes_on = words.folded.last().is_some_and(|c| matches!(c, ';' | ',' | '、'))
        || words.folded.iter().filter(|c| **c == ',').count() >= COMMAS;
    // `“磨剪子嘞——”`
    let dashed = words.folded.iter().rev().nth(1) == Some(&'—');
    let spoken = words.folded.first() == Some(&'“') && words.folded.last() == Some(&'”') && (ended || dashed);
    let answers = ["问:", "答:"].iter().any(|word| words.starts(0, word));
    !(spoken
        || answers
        || goes_on
        || (width > WIDEST_HEAD && (comma || width > WIDEST_PAIR || !is_pair(words)))
        || (comma && (width > WIDEST_WITH_COMMA || ended))
        || words.folded.contains(&'。')
        || bracketed)
}

/// `规上工业增加值增长7.2% 社会消费品零售总额增长6.1%`
fn is_pair(words: &Words) -> bool {
    let halves: Vec<&[char]> = words.folded.split(|c| *c == ' ').filter(|half| !half.is_empty()).collect();
    halves.len() == 2 && halves.iter().all(|half| half.len() * 2 <= WIDEST_HEAD && half.len() >= 4)
}

/// A line that lists people, with a role, a deed or a mark to say so.
pub(super) fn byline(words: &Words) -> Option<Byline> {
    if words.len() > MAX_BYLINE_LINE {
        return None;
    }
    let inner = match (words.folded.first(), words.folded.last()) {
        (Some('('), Some(')')) => 1..words.len() - 1,
        _ => words.all(),
    };
    byline::read(words, inner, Surroundings::Open).filter(|b| b.has_role || b.has_photo || b.marked)
}

/// Whether a line under others lists people: by a role or a mark, or, where it may, by names alone.
pub(super) fn names_people(words: &Words, by_names: bool) -> bool {
    byline(words).is_some()
        || unnamed(words).is_some()
        || (by_names
            && words.len() <= MAX_BYLINE_LINE
            && (offices::with_unit(words).is_some() || byline::read(words, words.all(), Surroundings::Open).is_some()))
}

/// `本报评论员`, `新华社特约评论员`, `本刊编辑部`: who wrote it, without a name.
pub(super) fn unnamed(words: &Words) -> Option<Byline> {
    const OFFICES: [&str; 6] = ["评论员", "观察员", "编辑部", "撰稿人", "评论部", "报道组"];
    let chars: Vec<char> = words.bare().chars().collect();
    let house = ["本报", "本刊", "本台", "本网"].iter().any(|house| begins(&chars, house))
        || roles::is_house(&chars[..chars.len().saturating_sub(3)]);
    let office = chars.len() <= LONGEST_OFFICE && OFFICES.iter().any(|office| ends(&chars, office));
    (house && office).then(|| Byline { has_role: true, ..Byline::default() })
}

/// Whether a line belongs to the page by its own words.
pub(super) fn is_folio(words: &Words) -> bool {
    // The date matters only for folios without a year, which this does not ask for.
    boxes::is_weather(words)
        || boxes::is_rule(words)
        || folio::read(words, DateTime::<Utc>::UNIX_EPOCH, Tz::UTC).is_some()
}

/// Whether a head says a name and nothing else but marks and brackets.
pub(super) fn is_name_of(words: &Words, name: &str) -> bool {
    words.folded.iter().filter(|c| c.is_alphanumeric()).copied().eq(name.chars())
}

/// Whether a text opens as captions do: with a date, `图为`, or a pointing mark.
pub(super) fn opens_caption(words: &Words) -> bool {
    let chars = &words.folded;
    month_day(chars).is_some()
        || points_at_picture(words)
        || ["近日", "日前", "昨日", "昨天", "今天", "连日来"].iter().any(|w| words.starts(0, w))
        || digits(chars, 2).is_some_and(|n| chars.get(n) == Some(&'日'))
}

/// Whether a text says that it is a caption: `图为…`, `▲…`, `上图：…`.
pub(super) fn points_at_picture(words: &Words) -> bool {
    let numbered = match &words.folded[..] {
        ['图', number, ..] => number.is_ascii_digit() || ('①'..='⑳').contains(number),
        _ => false,
    };
    numbered
        || ["图为", "上图", "下图", "左图", "右图", "▲", "△", "▼", "↑", "↓", "←", "→"]
            .iter()
            .any(|w| words.starts(0, w))
}

/// `（系列报道之三）`, `（上篇·之二）`: which of several a piece is, in brackets and nothing else.
pub(super) fn counts_series(words: &Words) -> bool {
    matches!(words.folded[..], ['(', .., '之', number, ')'] if "一二三四五六七八九十".contains(number) || number.is_ascii_digit())
}

/// `山里人家（组诗）`, `短诗三首`, `词二首`, `早春（外二首）`
pub(super) fn counts_poems(headline: &Words) -> bool {
    let bare = headline.bare();
    let chars: Vec<char> = bare.chars().collect();
    let counted = matches!(chars[..], [.., n, '首' | '章' | '题'] if "二两三四五六七八九十".contains(n));
    counted || bare.ends_with("组诗")
}

/// `地点：街道文化活动中心二楼`
pub(super) fn is_field(words: &Words) -> bool {
    let colon = words.folded.iter().position(|c| *c == ':');
    colon.is_some_and(|at| (2..=LONGEST_LABEL).contains(&at) && words.folded[..at].iter().all(|c| is_han(*c)))
}
