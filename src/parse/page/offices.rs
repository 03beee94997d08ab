//! Names beside what they sign from (`机械学院 钟灵`, `（县气象局 冯玉）`, `梁文博 经济学者`) → people with their houses and
//! offices; and the names that only the place they stand in tells.

use std::ops::Range;

use crate::article::Author;

use super::byline::{Byline, Surroundings, read};
use super::letters::{Words, begins, ends, is_han};
use super::names::{is_name, is_plain_name, is_unit};
use super::places::begins_with_province;
use super::roles::is_named_house;

/// An office is no longer, in characters.
const MAX_OFFICE: usize = 20;
/// An office before a name by itself is no shorter.
const MIN_OFFICE: usize = 3;
/// A place in brackets before a name is no longer.
const MAX_FROM: usize = 6;
/// How offices end that stand beside a name.
const TITLES: [&str; 29] = [
    "学者",
    "教授",
    "研究员",
    "评论员",
    "律师",
    "作家",
    "院士",
    "专家",
    "主任",
    "医师",
    "委员",
    "顾问",
    "经济学家",
    "分析师",
    "战士",
    "教师",
    "老师",
    "医生",
    "护士",
    "护师",
    "药师",
    "农艺师",
    "畜牧师",
    "兽医师",
    "工程师",
    "技师",
    "讲师",
    "馆员",
    "编审",
];
/// Who helped a pupil.
const HELPERS: [&str; 6] = ["指导老师", "指导教师", "辅导老师", "辅导教师", "推荐老师", "推荐教师"];

/// Whether the words begin with who helped (`指导老师：何英`).
pub(crate) fn is_helper(words: &Words, at: usize) -> bool {
    let behind = |word: &&str| words.starts(at + word.chars().count(), ":");
    HELPERS.iter().any(|word| words.starts(at, word) && behind(word))
}

/// Where a byline ends that tells who helped too (`实验小学五（2）班 钱多多 指导老师：何英`): in front of the helper.
pub(crate) fn before_helper(words: &Words) -> usize {
    let opens = |at: &usize| matches!(words.folded[*at], ' ' | '(') && is_helper(words, at + 1);
    (1..words.len()).find(opens).unwrap_or(words.len())
}

/// Bare names behind the unit they come from (`文学院2023级 石岚`), as they stand under a headline or a letter.
pub(crate) fn with_unit(words: &Words) -> Option<Byline> {
    let chars = &words.folded;
    let space = chars.iter().position(|c| *c == ' ').filter(|at| *at >= 3)?;
    // `云州日报融媒 卞之`: a house of the press, and a name that has a surname.
    let press = is_named_house(&chars[..space]) && is_plain_name(&chars[space + 1..]);
    if !is_unit(&chars[..space]) && !press {
        return None;
    }
    let mut byline =
        read(words, space..words.len(), Surroundings::Open).or_else(|| pet_name(words, space + 1..words.len()))?;
    let unit = words.printed(0..space);
    for author in &mut byline.authors {
        author.affiliation.get_or_insert_with(|| unit.clone());
    }
    Some(byline)
}

/// `钱多多` has a surname; `贝贝`, as children sign, has none.
fn pet_name(words: &Words, range: Range<usize>) -> Option<Byline> {
    let [first, second] = words.folded[range.clone()] else { return None };
    let author = Author::named(words.printed(range));
    (first == second && is_han(first)).then(|| Byline { authors: vec![author], ..Byline::default() })
}

/// `黎望舒（云州学院2023级）`: a name, and in brackets where its bearer is from, under a headline.
pub(crate) fn with_place(words: &Words) -> Option<Byline> {
    let open = words.folded.iter().position(|c| *c == '(')?;
    let place = &words.folded[open + 1..];
    let told = place.last() == Some(&')') && (3..=MAX_OFFICE + 1).contains(&place.len());
    let mut byline = read(words, 0..open, Surroundings::Open).filter(|byline| told && byline.authors.len() == 1)?;
    let place = words.printed(open + 1..words.len() - 1);
    for author in &mut byline.authors {
        author.affiliation.get_or_insert_with(|| place.clone());
    }
    Some(byline)
}

/// `市妇幼保健院耳鼻喉科主任 倪萍`: an office and who holds it, as experts sign in brackets.
pub(crate) fn with_office(words: &Words, range: Range<usize>) -> Option<Byline> {
    let chars = &words.folded[range.clone()];
    let space = chars.iter().position(|c| *c == ' ')?;
    let office = (4..=MAX_OFFICE).contains(&space) && chars[..space].iter().all(|c| is_han(*c));
    if !office || !is_plain_name(&chars[space + 1..]) {
        return None;
    }
    let role = Some(words.printed(range.start..range.start + space));
    let author = Author { role, ..Author::named(words.printed(range.start + space + 1..range.end)) };
    Some(Byline { authors: vec![author], has_role: true, ..Byline::default() })
}

/// `主任医师 倪萍`, `云州大学教授 倪萍`: the same under a headline, where only a known office tells it.
pub(crate) fn titled(words: &Words) -> Option<Byline> {
    let space = words.folded.iter().rposition(|c| *c == ' ').filter(|at| *at >= MIN_OFFICE)?;
    // `海泰律师事务所 律师 卞之`: the house, and what its bearer is there.
    let house = words.folded[..space].iter().position(|c| *c == ' ').filter(|at| is_unit(&words.folded[..*at]));
    let office = house.map_or(0, |at| at + 1)..space;
    let chars = &words.folded[office.clone()];
    if !TITLES.iter().any(|title| ends(chars, title)) || !chars.iter().all(|c| is_han(*c)) || space > MAX_OFFICE {
        return None;
    }
    let name = space + 1..words.len();
    let affiliation = house.map(|at| words.printed(0..at));
    let author =
        Author { role: Some(words.printed(office)), affiliation, ..Author::named(words.printed(name.clone())) };
    is_plain_name(&words.folded[name]).then(|| Byline { authors: vec![author], has_role: true, ..Byline::default() })
}

/// `海城 周先生`: where from, and whom a paper calls but by the surname.
pub(super) fn is_courteous(words: &Words) -> bool {
    const CALLED: [&str; 6] = ["先生", "女士", "小姐", "大爷", "阿姨", "同学"];
    let space = words.folded.iter().rposition(|c| *c == ' ').filter(|at| (2..=MAX_FROM).contains(at));
    let called = |at: usize| {
        let name = &words.folded[at + 1..];
        name.len() == 3 && CALLED.iter().any(|word| ends(name, word))
    };
    space.is_some_and(|at| words.folded[..at].iter().all(|c| is_han(*c)) && called(at))
}

/// `浙江杭州 卞之` under a letter: the province, and the town in it, that its writer is from.
pub(crate) fn from_province(words: &Words) -> Option<Byline> {
    let space = words.folded.iter().position(|c| *c == ' ').filter(|at| *at <= MAX_FROM)?;
    let place = &words.folded[..space];
    let known = begins_with_province(place) && place.iter().all(|c| is_han(*c));
    let name = space + 1..words.len();
    let author = Author { affiliation: Some(words.printed(0..space)), ..Author::named(words.printed(name.clone())) };
    let named = known && is_plain_name(&words.folded[name]);
    named.then(|| Byline { authors: vec![author], ..Byline::default() })
}

/// `（云州）卞之`: where the writer is from, under a headline.
pub(crate) fn placed(words: &Words) -> Option<Byline> {
    /// What counts the parts of a text in such brackets.
    const COUNTS: &str = "之一二三四五六七八九十上中下续外首篇";
    let close = words.folded.iter().position(|c| *c == ')').filter(|_| words.folded.first() == Some(&'('))?;
    let place = &words.folded[1..close];
    let name = words.skip_space(close + 1)..words.len();
    let told = (2..=MAX_FROM).contains(&place.len()) && place.iter().all(|c| is_han(*c) && !COUNTS.contains(*c));
    if !told || HELPERS.iter().any(|word| begins(place, word)) || !is_plain_name(&words.folded[name.clone()]) {
        return None;
    }
    let author = Author { affiliation: Some(words.printed(1..close)), ..Author::named(words.printed(name)) };
    Some(Byline { authors: vec![author], ..Byline::default() })
}

/// `（宗和）` behind the last sentence: a name that no surname tells.
pub(crate) fn pen_name(words: &Words, range: Range<usize>) -> Option<Byline> {
    /// How words end that stand in such brackets and are no names.
    const NO_NAMES: &str = "讯宣报社网图声续完电编版同笑略转接民合华联";
    /// How houses begin, and names never.
    const HOUSES: &str = "市县省区镇乡州全本我各";
    let chars = &words.folded[range.clone()];
    let name = !is_unit(chars)
        && (2..=3).contains(&chars.len())
        && is_name(chars)
        && !chars.last().is_some_and(|c| NO_NAMES.contains(*c))
        && !chars.first().is_some_and(|c| HOUSES.contains(*c));
    let author = || Author::named(words.printed(range));
    name.then(|| Byline { authors: vec![author()], ..Byline::default() })
}

/// `梁文博 经济学者`: a name and what its bearer is, under a headline.
pub(crate) fn with_title(words: &Words) -> Option<Byline> {
    // `蘇文彬／退休教師（台中市）`
    let from = words.folded.iter().position(|c| *c == '(').filter(|_| words.folded.last() == Some(&')'));
    let end = from.unwrap_or(words.len());
    let chars = &words.folded[..end];
    let space = chars.iter().position(|c| matches!(c, ' ' | '/'))?;
    let title = &chars[space + 1..];
    let known = chars[space] == '/' || TITLES.iter().any(|w| ends(title, w));
    if !(2..=MAX_OFFICE).contains(&title.len()) || !title.iter().all(|c| is_han(*c)) || !known {
        return None;
    }
    let author = Author { role: Some(words.printed(space + 1..end)), ..Author::named(words.printed(0..space)) };
    is_plain_name(&chars[..space]).then(|| Byline { authors: vec![author], has_role: true, ..Byline::default() })
}

/// `（梅苑社区 凌小云）`: the house people write from, and names that need no known surname.
pub(crate) fn of_house(words: &Words, range: Range<usize>) -> Option<Byline> {
    let space = words.folded[range.clone()].iter().position(|c| *c == ' ')? + range.start;
    if !is_unit(&words.folded[range.start..space]) {
        return None;
    }
    let house = words.printed(range.start..space);
    let mut byline = read(words, space..range.end, Surroundings::Sure)?;
    for author in &mut byline.authors {
        author.affiliation.get_or_insert_with(|| house.clone());
    }
    Some(byline)
}
