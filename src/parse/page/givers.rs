//! Words that say who gave a picture, where that is nobody by name → whether a part of a byline is such a word.

use super::letters::ends;
use super::names::is_unit;

/// Who gave the pictures is told in no more characters, `提供` included.
const MAX_GIVER: usize = 16;

/// An agency of pictures (`光明图片`) has a name no shorter.
const SHORTEST_AGENCY: usize = 4;

/// What stands where nobody is named who gave them.
const NOBODY: [&str; 12] = [
    "资料",
    "资料图",
    "资料图片",
    "资料照片",
    "网络",
    "网络图",
    "网络图片",
    "受访者",
    "受访人",
    "受访单位",
    "采访对象",
    "本人",
];
/// How more of them end: `主办方`, `被采访者`, `家属`.
const NOBODY_ENDS: [&str; 5] = ["方", "者", "单位", "家属", "部门"];

/// `受访者供图`, `图片由医院提供`, `资料图片`: who gave the picture, where that is nobody by name.
pub(super) fn is_giver(chars: &[char]) -> bool {
    let is_nobody = |chars: &[char]| NOBODY.iter().any(|word| word.chars().eq(chars.iter().copied()));
    let gave = ["供图", "供片"].iter().any(|word| ends(chars, word)).then(|| &chars[..chars.len() - 2]);
    chars.len() <= MAX_GIVER
        && (is_nobody(chars)
            || (ends(chars, "提供") && chars.len() > 2)
            || (ends(chars, "图片") && chars.len() >= SHORTEST_AGENCY)
            || gave.is_some_and(|by| is_nobody(by) || is_unit(by) || NOBODY_ENDS.iter().any(|end| ends(by, end))))
}
