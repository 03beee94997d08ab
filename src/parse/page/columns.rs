//! Standing heads, of pictures and of articles: words that stand over something else every day.

use super::letters::{MARKS, Words};

/// A standing head with a number behind it is no longer, in characters.
const MAX_NUMBERED: usize = 14;
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
const COLUMNS: [&str; 38] = [
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
    "长篇小说连载",
    "连载",
    "本报评论员",
    "社评",
    "来论",
    "锐评",
    "快评",
    "短评",
    "短论",
    "杂谈",
    "微言",
    "漫话",
    "两人谈",
    "三人谈",
    "一家之言",
    "街谈巷议",
];
/// How those of a paper's opinions end.
const OPINIONS: [&str; 5] = ["评论", "时评", "快评", "锐评", "短评"];
/// What is one over a headline, and over a text may be the head of its part.
const OVER_HEADLINES: [&str; 9] = ["头条", "头条新闻", "热点", "焦点", "视点", "聚焦", "关注", "正方", "反方"];
/// A picture's own headline has more characters; with a word that says what it is, a standing head has so many.
const SHORTEST: usize = 2;
const STANDING: usize = 6;
/// In brackets below a headline a standing head has no more characters.
const LONGEST_ENCLOSED: usize = 8;
const PICTURE_WORDS: [&str; 10] = ["图", "图片", "影", "镜头", "瞬间", "光影", "影像", "视觉", "视界", "目击"];

/// `瞬间`, `光影澜江`: no picture's own headline is so short, or says in so few words that it is a picture.
pub(super) fn is_too_short(words: &Words) -> bool {
    let bare = words.bare();
    let says = || PICTURE_WORDS.iter().any(|word| bare.starts_with(word) || bare.ends_with(word));
    let count = bare.chars().count();
    (1..=SHORTEST).contains(&count) || (count <= STANDING && says())
}

/// Whether a head is a standing head of pictures.
pub(super) fn is_picture_column(words: &Words) -> bool {
    let bare = words.bare();
    PICTURE_COLUMNS.contains(&bare.as_str())
}

/// Whether a head is a known standing head of articles.
pub(super) fn is_article_column(words: &Words) -> bool {
    let bare = words.bare();
    // `江城评论`
    let is_of_house = bare.chars().count() <= STANDING && OPINIONS.iter().any(|word| bare.ends_with(word));
    COLUMNS.contains(&bare.as_str()) || is_of_house
}

/// Whether a head is a known standing head where a headline stands below it.
pub(super) fn is_over_headlines(words: &Words) -> bool {
    is_article_column(words) || OVER_HEADLINES.contains(&words.bare().as_str())
}

/// `【民生关注】`, `·一线见闻·`: whether brackets or dots around a few words say that they stand over something else every day,
/// wherever they are printed.
pub(super) fn is_enclosed(words: &Words) -> bool {
    let ends = (words.folded.first(), words.folded.last());
    matches!(ends, (Some('['), Some(']')) | (Some('·'), Some('·')))
        && (SHORTEST..=LONGEST_ENCLOSED).contains(&words.bare().chars().count())
}

/// Whether a head is a standing head: known, or bracketed as only those are.
pub(super) fn is_column(words: &Words) -> bool {
    let bare = words.bare();
    let bracketed = matches!((words.folded.first(), words.folded.last()), (Some('['), Some(']')));
    // `●城事`
    let marked = words.folded.first().is_some_and(|c| MARKS.contains(*c)) && (2..=8).contains(&bare.chars().count());
    // `产业新观察①`
    let numbered = words.folded.last().is_some_and(|c| ('①'..='⑳').contains(c)) && words.len() <= MAX_NUMBERED;
    bracketed || marked || numbered || is_over_headlines(words) || PICTURE_COLUMNS.contains(&bare.as_str())
}
