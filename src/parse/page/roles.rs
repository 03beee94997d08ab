//! The words for what people are, before a name: roles, ranks, and the house they work for.

use super::letters::{begins, ends, is_han};

/// What people are called, the longest first where one begins another.
const ROLES: [&str; 15] = [
    "摄影记者",
    "特约摄影",
    "特约撰稿人",
    "特约撰稿",
    "记者",
    "通讯员",
    "通信员",
    "实习生",
    "评论员",
    "撰稿人",
    "特派员",
    "特约作者",
    "见习生",
    "观察员",
    "作者",
];
/// What people are called who write to a paper. The words begin sentences too: only a known surname follows them.
const CIVIC: [&str; 8] = ["读者", "市民", "网友", "村民", "居民", "家长", "退休教师", "退休职工"];
/// Words that belong to the role that follows them.
const RANKS: [&str; 19] = [
    "首席",
    "见习",
    "实习",
    "特约",
    "特派",
    "全媒体",
    "融媒体",
    "融媒",
    "摄影",
    "文字",
    "高级",
    "资深",
    "驻站",
    "视频",
    "体育",
    "文体",
    "学生",
    "校园",
    "小",
];
/// How the house before a role ends, where it does not begin with `本` or `驻`.
const HOUSES: [&str; 21] = [
    "报",
    "时讯",
    "在线",
    "社",
    "台",
    "网",
    "媒体",
    "中心",
    "客户端",
    "杂志",
    "周刊",
    "通讯",
    "融媒",
    "全媒",
    "新闻",
    "财经",
    "视频",
    "频道",
    "传媒",
    "广播",
    "+",
];
/// What stands before `新闻记者` and makes it a calling, not a house.
const CALLINGS: [&str; 20] = [
    "全国", "全省", "全市", "国际", "国内", "优秀", "体育", "社会", "时政", "战地", "一线", "基层", "我国", "外国",
    "广大", "青年", "首届", "知名", "资深", "专业",
];
/// The house before a role is no longer, a paper with its app included, in characters.
const LONGEST_HOUSE: usize = 20;
/// A house that only its ending tells is no shorter.
const SHORTEST_HOUSE: usize = 3;
/// What stands between a paper and its app: `云州日报·新云州客户端`, `云州晚报-云上新闻`.
const JOINTS: &str = "·-—/";

/// Whether it names the house somebody works for.
pub(super) fn is_house(chars: &[char]) -> bool {
    // `新华社“新华视点”记者`
    let column = chars.iter().position(|c| *c == '“').filter(|_| chars.last() == Some(&'”'));
    let chars = &chars[..column.unwrap_or(chars.len())];
    let own = begins(chars, "本") || begins(chars, "驻");
    chars.len() <= LONGEST_HOUSE
        && chars.iter().all(|c| is_han(*c) || c.is_ascii_alphabetic() || *c == '+' || JOINTS.contains(*c))
        && (own || ends_as_house(chars))
}

/// Whether a house is told by its own name, as it must be where a space stands before the role, or no role at all.
pub(super) fn is_named_house(chars: &[char]) -> bool {
    chars.len() >= SHORTEST_HOUSE && is_house(chars) && ends_as_house(chars)
}

/// Whether a house, or the paper or app it joins, ends as houses do and is no number of people (`一名晚报`).
fn ends_as_house(chars: &[char]) -> bool {
    let counted =
        matches!(chars, [number, '名' | '位' | '个', ..] if "一两二三四五六七八九十这那每某多数几".contains(*number));
    let calling = CALLINGS.iter().any(|word| begins(chars, word)) && ends(chars, "新闻");
    let mut parts = chars.split(|c| JOINTS.contains(*c)).filter(|part| !part.is_empty());
    !counted
        && !calling
        && parts.clone().all(|part| part.len() > 1)
        && parts.any(|part| HOUSES.iter().any(|house| ends(part, house) && part != ['新', '闻']))
}

/// Where the first role word of a token stands: start and end.
pub(super) fn role_in(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|at| ROLES.iter().find(|r| begins(&chars[at..], r)).map(|r| (at, at + r.chars().count())))
}

/// Length of what readers are called, where the characters end with it.
pub(super) fn civic_behind(chars: &[char]) -> Option<usize> {
    CIVIC.iter().find(|word| ends(chars, word)).map(|word| word.chars().count())
}

/// Length of the rank that the characters end with.
pub(super) fn rank_behind(chars: &[char]) -> Option<usize> {
    RANKS.iter().find(|rank| ends(chars, rank)).map(|rank| rank.chars().count())
}

/// Length of the role that the characters begin with, its house and ranks included (`特约记者`, `本报首席记者`).
pub(crate) fn role_ahead(chars: &[char]) -> Option<usize> {
    let mut at = if begins(chars, "本报") { 2 } else { 0 };
    while let Some(rank) = RANKS.iter().find(|rank| begins(&chars[at..], rank)) {
        at += rank.chars().count();
    }
    ROLES.iter().find(|role| begins(&chars[at..], role)).map(|role| at + role.chars().count())
}
