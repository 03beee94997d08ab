//! The head-like blocks above a text → column, kicker, headline, subhead, unit and the caption of a picture between them.

use crate::article::Caption;

use super::blocks::Block;
use super::letters::{MARKS, Words, begins, ends, is_han, width};

/// Standing heads of pictures.
const PICTURE_COLUMNS: [&str; 14] = [
    "目击",
    "图片新闻",
    "视觉",
    "镜头",
    "光影",
    "图片故事",
    "图说",
    "图说新闻",
    "影像",
    "看图",
    "视界",
    "定格",
    "图片报道",
    "摄影天地",
];
/// Standing heads of articles.
const COLUMNS: [&str; 22] = [
    "记者调查",
    "今日关注",
    "热点关注",
    "民生关注",
    "百姓故事",
    "人物",
    "人物专访",
    "本报评论",
    "时评",
    "今日谈",
    "记者观察",
    "新春走基层",
    "走基层",
    "部门动态",
    "民生直通车",
    "读者来信",
    "通讯",
    "特写",
    "社论",
    "评论",
    "专栏",
    "言论",
];
/// How houses end whose bare name over a headline is no headline.
const HOUSES: [&str; 20] = [
    "局",
    "公司",
    "集团",
    "大学",
    "学校",
    "中学",
    "小学",
    "院",
    "银行",
    "委员会",
    "委",
    "厅",
    "处",
    "所",
    "支队",
    "大队",
    "总队",
    "中心",
    "协会",
    "联合会",
];
/// How places end.
const PLACES: [&str; 10] = ["区", "县", "街道", "镇", "乡", "市", "村", "社区", "州", "旗"];
/// The name of a house or place over a headline is no longer, in characters.
const MAX_NAME: usize = 14;
/// A second head that begins so goes on from the first: it is its subhead.
const GOES_ON: [&str; 12] = ["已有", "已", "并", "或", "且", "其中", "预计", "较", "累计", "涉及", "同比", "——"];
/// A caption repeats at least so many characters of the headline in a row.
const REPEATED: usize = 4;

/// A subhead in the second of two lines is at least so wide, in half ems.
const SUBHEAD: usize = 32;

/// What stands over a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heads {
    pub(crate) columns: Vec<String>,
    pub(crate) kickers: Vec<String>,
    pub(crate) headline: Option<String>,
    pub(crate) subhead: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) captions: Vec<Caption>,
}

/// Gives each head its office. The last is the headline; the rest is told by its form, and by what stands below it.
pub(crate) fn assign(blocks: &[Block]) -> Heads {
    let mut heads = Heads::default();
    let mut open: Vec<&Block> = Vec::new();
    for block in blocks {
        let above = open.last();
        if block.after_picture && above.is_some_and(|above| repeats(&block.words, &above.words)) {
            heads.captions.push(Caption { text: block.text(), credit: None });
        } else if above.is_some() && begins(&block.words.folded, "—") {
            heads.subhead = Some(joined(heads.subhead.take(), &block.text()));
        } else {
            open.push(block);
        }
    }
    let goes_on = open.len() >= 2
        && open.last().is_some_and(|last| GOES_ON.iter().any(|w| begins(&last.words.folded, w)))
        && open.get(open.len() - 2).is_some_and(|above| !is_column(&above.words) && named(&above.words).is_none());
    if goes_on && heads.subhead.is_none() {
        heads.subhead = open.pop().map(Block::text);
    }
    let Some(last) = open.pop() else { return heads };
    heads.headline = Some(last.text());
    // Two lines under each other are one headline, but a second one much longer is set in smaller type: the subhead.
    if let ([first, second], true) = (last.rows.as_slice(), open.is_empty() && heads.subhead.is_none())
        && width(second) * 2 > width(first) * 3
        && width(second) >= SUBHEAD
    {
        heads.headline = Some(first.clone());
        heads.subhead = Some(second.clone());
    }
    let count = open.len();
    for (at, block) in open.into_iter().enumerate() {
        let first = at == 0;
        if (first && (block.rows.len() > 1 || (count >= 2 && is_slogan(&block.words)))) || is_column(&block.words) {
            heads.columns.extend(block.rows.iter().map(|row| unbracketed(row)));
            continue;
        }
        if let Some(is_house) = named(&block.words)
            && is_house
        {
            heads.unit = Some(block.text());
        }
        heads.kickers.push(block.text());
    }
    heads
}

/// What stands over a picture: standing heads are columns, anything else its headline.
pub(crate) fn of_picture(blocks: &[Block]) -> Heads {
    let (columns, rest): (Vec<Block>, Vec<Block>) = blocks.iter().cloned().partition(|b| is_picture_column(&b.words));
    let mut heads = assign(&rest);
    let standing: Vec<String> = columns.iter().flat_map(|b| b.rows.iter().map(|row| unbracketed(row))).collect();
    heads.columns.splice(0..0, standing);
    heads
}

/// Whether a head is a standing head of pictures.
pub(crate) fn is_picture_column(words: &Words) -> bool {
    let bare: String = words.folded.iter().filter(|c| c.is_alphanumeric()).collect();
    PICTURE_COLUMNS.contains(&bare.as_str())
}

/// Whether a head is a standing head: known, or bracketed as only those are.
fn is_column(words: &Words) -> bool {
    let bare: String = words.folded.iter().filter(|c| c.is_alphanumeric()).collect();
    let bracketed = matches!((words.folded.first(), words.folded.last()), (Some('['), Some(']')));
    // `●城事`
    let marked = words.folded.first().is_some_and(|c| MARKS.contains(*c)) && (2..=8).contains(&bare.chars().count());
    bracketed || marked || COLUMNS.contains(&bare.as_str()) || PICTURE_COLUMNS.contains(&bare.as_str())
}

/// `作风深化 实干争先`: two halves of four to eight characters, as long as each other or nearly so.
fn is_slogan(words: &Words) -> bool {
    let halves: Vec<usize> = words.folded.split(|c| *c == ' ').filter(|h| !h.is_empty()).map(<[char]>::len).collect();
    matches!(halves[..], [a, b] if (4..=8).contains(&a) && (4..=8).contains(&b))
        && words.folded.iter().all(|c| is_han(*c) || *c == ' ')
}

/// Whether a head is but the name of a house (true) or a place (false).
fn named(words: &Words) -> Option<bool> {
    let chars = &words.folded;
    if !(2..=MAX_NAME).contains(&chars.len()) || !chars.iter().all(|c| is_han(*c)) {
        return None;
    }
    if HOUSES.iter().any(|h| ends(chars, h)) {
        return Some(true);
    }
    (chars.len() <= 8 && PLACES.iter().any(|p| ends(chars, p))).then_some(false)
}

/// Whether a text shares a stretch of characters with the headline above it.
fn repeats(caption: &Words, headline: &Words) -> bool {
    let bare = |words: &Words| words.folded.iter().copied().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (caption, headline) = (bare(caption), bare(headline));
    // Heads are short: this stays a few hundred comparisons.
    caption != headline
        && caption.windows(REPEATED).take(60).any(|part| headline.windows(REPEATED).take(60).any(|h| h == part))
}

fn joined(before: Option<String>, text: &str) -> String {
    before.map_or_else(|| text.to_owned(), |before| format!("{before} {text}"))
}

/// A standing head without the brackets it is printed in.
fn unbracketed(row: &str) -> String {
    row.trim_matches(|c| "【】［］[]〔〕〖〗■□◆●★☆".contains(c)).trim().to_owned()
}
