//! The words for what people did: who wrote, and who took or drew the picture.

use crate::article::Deed;

use super::letters::ends;

/// What people did, the longest first.
const DEEDS: [(&str, &[Deed]); 42] = [
    ("现场报道", &[Deed::Text]),
    ("联合报道", &[Deed::Text]),
    ("独家报道", &[Deed::Text]),
    ("专题报道", &[Deed::Text]),
    ("摄影报道", &[Deed::Photo, Deed::Text]),
    ("图文报道", &[Deed::Text, Deed::Photo]),
    ("综合报道", &[Deed::Text]),
    ("采写", &[Deed::Text]),
    ("撰文", &[Deed::Text]),
    ("文字", &[Deed::Text]),
    ("编译", &[Deed::Text]),
    ("整理", &[Deed::Text]),
    ("口述", &[Deed::Text]),
    ("翻译", &[Deed::Text]),
    ("制图", &[Deed::Photo]),
    ("制表", &[Deed::Photo]),
    ("绘图", &[Deed::Photo]),
    ("漫画", &[Deed::Photo]),
    ("插图", &[Deed::Photo]),
    ("插画", &[Deed::Photo]),
    ("供稿", &[Deed::Text]),
    ("报道", &[]),
    ("报导", &[]),
    ("图文", &[Deed::Text, Deed::Photo]),
    ("文图", &[Deed::Text, Deed::Photo]),
    ("摄影", &[Deed::Photo]),
    ("供图", &[Deed::Photo]),
    ("航拍", &[Deed::Photo]),
    ("视频", &[]),
    ("剪辑", &[]),
    ("图片", &[Deed::Photo]),
    ("摄", &[Deed::Photo]),
    ("图", &[Deed::Photo]),
    ("文", &[Deed::Text]),
    ("撰稿", &[Deed::Text]),
    ("著", &[Deed::Text]),
    ("译", &[Deed::Text]),
    ("作", &[Deed::Photo]),
    ("绘", &[Deed::Photo]),
    ("书", &[Deed::Photo]),
    ("画", &[Deed::Photo]),
    ("刻", &[Deed::Photo]),
];
/// Of these, what says that somebody wrote the text under the headline, not a caption.
const WRITTEN: [&str; 7] = ["文", "文字", "图文", "文图", "采写", "撰文", "撰稿"];

/// Of these, what is a thing too: it heads a line only with a colon or stroke behind it.
const DRAWN: [&str; 6] = ["制图", "制表", "绘图", "漫画", "插图", "插画"];

/// Whether a word says what people did, and nothing else.
pub(super) fn is_deed(chars: &[char]) -> bool {
    exact(chars).is_some()
}

pub(super) fn exact(chars: &[char]) -> Option<&'static [Deed]> {
    DEEDS.iter().find(|(word, _)| word.chars().eq(chars.iter().copied())).map(|(_, deeds)| *deeds)
}

/// A deed written on to a name (`顾长风摄`): the name's length, the deed. A last `文`, `图` or `书` is part of the name.
pub(super) fn split_deed(chars: &[char]) -> (usize, Option<&'static [Deed]>) {
    DEEDS
        .iter()
        .filter(|(word, _)| word.chars().count() > 1 || *word == "摄")
        .find(|(word, _)| ends(chars, word) && chars.len() >= word.chars().count() + 2)
        .map_or((chars.len(), None), |(word, deeds)| (chars.len() - word.chars().count(), Some(*deeds)))
}

/// Whether a word says that somebody drew, or only names what is drawn.
pub(super) fn is_drawn(chars: &[char]) -> bool {
    DRAWN.iter().any(|word| word.chars().eq(chars.iter().copied()))
}

/// Whether a word says that somebody wrote the text under the headline.
pub(super) fn is_writing(chars: &[char]) -> bool {
    WRITTEN.iter().any(|word| word.chars().eq(chars.iter().copied()))
}
