//! Names of places, where only their names tell them from those of people and of anything else.

use super::letters::{begins, ends, is_han};
use super::names::is_plain_name;

/// What the country's provinces are called.
const PROVINCES: [&str; 31] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
];

/// Places that begin like surnames.
const CITIES: [&str; 24] = [
    "上海",
    "成都",
    "武汉",
    "江苏",
    "安徽",
    "云南",
    "宁夏",
    "宁波",
    "苏州",
    "沈阳",
    "郑州",
    "温州",
    "常州",
    "金华",
    "黄山",
    "黄石",
    "洛阳",
    "石家庄",
    "贵阳",
    "柳州",
    "沧州",
    "马尼拉",
    "雅典",
    "万象",
];

/// Whether the characters are such a place and nothing else.
pub(super) fn is_city(chars: &[char]) -> bool {
    CITIES.iter().any(|city| city.chars().eq(chars.iter().copied()))
}

/// `深圳报道`: from where somebody reports, behind who does. A name of two characters has a known surname.
pub(super) fn is_from(chars: &[char]) -> bool {
    let said = ["报道", "报导"].iter().any(|word| ends(chars, word));
    let place = &chars[..chars.len().saturating_sub(2)];
    said && (is_city(place) || (place.len() == 2 && is_han(place[0]) && !is_plain_name(place)))
}

/// Whether a text is a province's name and nothing else.
pub(super) fn is_province(text: &str) -> bool {
    PROVINCES.contains(&text)
}

/// Whether the characters begin with a province's name.
pub(super) fn begins_with_province(chars: &[char]) -> bool {
    PROVINCES.iter().any(|province| begins(chars, province))
}
