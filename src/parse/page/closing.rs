//! The end of a text → who signs it, who took the picture, where it came from, and whether it goes on elsewhere.

use std::ops::Range;

use super::boxes;
use super::byline::{self, Byline, Surroundings};
use super::lead::Lead;
use super::letters::{Words, begins, ends, is_han};
use super::names::is_unit;
use super::offices;

/// A caption is shorter, in characters.
pub(crate) const MAX_CAPTION: usize = 260;
/// A signature or credit in brackets is shorter, in characters.
const MAX_TAIL: usize = 44;

/// Houses that give pictures are named in no more characters.
const MAX_GIVER: usize = 8;

/// The name of a house in brackets is no longer, in characters.
const MAX_HOUSE: usize = 20;

/// What stands before the house a text was taken from.
const TAKEN: [&str; 9] = ["据", "综合", "来源:", "来源", "摘编自", "摘自", "选自", "转自", "原载"];
/// How a house's name ends, or what is said of it.
const HOUSE_ENDS: [&str; 9] = ["日报", "晚报", "报道", "社", "社电", "网", "消息", "报导", "本报综合"];
/// What may stand there too: who edited it, whether it goes on.
const NOT_SOURCES: [&str; 8] = ["编辑", "责编", "责任编辑", "完", "作者", "未完", "待续", "连载"];

/// How brackets begin that tell of the author or of who helped, and name no other.
const TELLS_OF_AUTHOR: [&str; 8] =
    ["作者单位", "作者系", "作者为", "作者是", "指导老师", "指导教师", "辅导老师", "辅导教师"];

/// A note about the author in brackets is shorter, in characters, and has one of these words in it.
const MAX_NOTE: usize = 120;
const TOLD_OF_AUTHORS: [&str; 30] = [
    "族",
    "年生",
    "月生",
    "出生",
    "生于",
    "教师",
    "老师",
    "作家",
    "诗人",
    "作者",
    "会员",
    "作协",
    "协会",
    "编辑",
    "记者",
    "工人",
    "农民",
    "学生",
    "医生",
    "退休",
    "职员",
    "公务员",
    "供职",
    "就职",
    "任职",
    "现居",
    "现任",
    "现为",
    "毕业",
    "爱好者",
];
/// What may stand before the name there.
const NOTES_OF_AUTHORS: [&str; 4] = ["作者简介:", "作者介绍:", "作者简介 ", "作者:"];

/// What stands behind the last sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Closing {
    /// `（记者 温庭）`, `■ 本报记者 许金松`
    Signed(Byline),
    /// `（综合新华社、中新社报道）`, `（编辑小娜）`, `（田野 原载《云州文学》）`: the house, where it is one, and who wrote it there.
    Sourced(Option<String>, Option<Byline>),
    /// `(下转第三版)`: where in the words it stands.
    Jump(Range<usize>),
}

/// How the words close.
pub(crate) fn read(words: &Words) -> Option<Closing> {
    if let Some(jump) = boxes::jump(words) {
        return Some(Closing::Jump(jump));
    }
    if let Some(byline) = note_of_author(words) {
        return Some(Closing::Signed(byline));
    }
    let whole =
        matches!((words.folded.first(), words.folded.last()), (Some('('), Some(')'))) && words.len() <= MAX_TAIL;
    let tail = if whole { words.all() } else { tail(words)? };
    let inner = unbracketed(words, tail.clone());
    if TELLS_OF_AUTHOR.iter().any(|w| begins(&words.folded[inner.clone()], w)) {
        return Some(Closing::Sourced(None, None));
    }
    if let Some(byline) = byline::read(words, inner.clone(), Surroundings::Open) {
        let bracketed = inner != words.trim(tail.clone());
        if bracketed || byline.has_role || byline.has_photo || byline.marked {
            return Some(Closing::Signed(byline));
        }
    }
    let chars = &words.folded[inner.clone()];
    if NOT_SOURCES.iter().any(|w| begins(chars, w)) {
        return Some(Closing::Sourced(None, None));
    }
    if let Some((house, by)) = sourced(words, inner.clone()) {
        return Some(Closing::Sourced(house, by));
    }
    if let Some(byline) = offices::pen_name(words, inner.clone()).filter(|_| inner != words.trim(tail.clone())) {
        return Some(Closing::Signed(byline));
    }
    if inner == words.trim(tail) {
        return None;
    }
    let by = offices::of_house(words, inner.clone()).or_else(|| offices::with_office(words, inner.clone()));
    if let Some(byline) = by {
        return Some(Closing::Signed(byline));
    }
    given(words, inner).map(|house| Closing::Sourced(Some(house), None))
}

/// `（石磊，布依族，小学教师）`, `作者简介：石磊，布依族……`: a note that names the author and says something about them.
fn note_of_author(words: &Words) -> Option<Byline> {
    if words.len() > MAX_NOTE {
        return tail(words).and_then(|tail| bracketed_note(words, tail));
    }
    let labelled = NOTES_OF_AUTHORS.iter().find(|label| begins(&words.folded, label));
    if let Some(label) = labelled {
        return named_and_told(words, label.chars().count()..words.len());
    }
    let whole = (words.folded.first() == Some(&'(')).then(|| words.all());
    bracketed_note(words, whole.or_else(|| tail(words))?)
}

fn bracketed_note(words: &Words, range: Range<usize>) -> Option<Byline> {
    let inner = unbracketed(words, range.clone());
    let inner = if inner == words.trim(range) { return None } else { inner };
    let label = NOTES_OF_AUTHORS.iter().find(|label| begins(&words.folded[inner.clone()], label));
    named_and_told(words, inner.start + label.map_or(0, |label| label.chars().count())..inner.end)
}

/// A name, a comma and what its bearer is.
fn named_and_told(words: &Words, range: Range<usize>) -> Option<Byline> {
    let chars = &words.folded[range.clone()];
    let comma = chars.iter().position(|c| matches!(c, ',' | '、'))?;
    let told: String = chars[comma + 1..].iter().collect();
    let byline = byline::read(words, range.start..range.start + comma, Surroundings::Open)?;
    let told = chars[comma] == ',' && TOLD_OF_AUTHORS.iter().any(|word| told.contains(word));
    (told && byline.authors.len() == 1 && !byline.has_role).then_some(byline)
}

/// `（双河街道 供稿）`, `（茶产业局）`, `（书讯）`: brackets behind the last sentence that name a house and say nothing else.
fn given(words: &Words, range: Range<usize>) -> Option<String> {
    let chars = &words.folded[range.clone()];
    let gave = ["供稿", "供图", "提供", "整理", "综合"].iter().find(|w| ends(chars, w)).map(|w| w.chars().count());
    let house = words.trim(range.start..range.end - gave.unwrap_or(0));
    let named = &words.folded[house.clone()];
    let plain = (2..=MAX_HOUSE).contains(&named.len()) && named.iter().all(|c| is_han(*c) || matches!(c, ' ' | '、'));
    let wire = ends(named, "讯") || ends(named, "宣");
    (plain && (gave.is_some() || wire || is_unit(named))).then(|| words.printed(house))
}

/// The house that a range names, and the people beside it.
fn sourced(words: &Words, range: Range<usize>) -> Option<(Option<String>, Option<Byline>)> {
    let chars = &words.folded[range.clone()];
    // `田野 原载《云州文学》`, `摘自《云州文史》 作者:何广生`
    let spaces = chars.iter().enumerate().filter(|(_, c)| **c == ' ').map(|(at, _)| range.start + at);
    for at in spaces {
        let (left, right) = (words.trim(range.start..at), words.trim(at..range.end));
        for (names, house) in [(left.clone(), right.clone()), (right, left)] {
            if let (Some(by), Some(house)) = (byline::read(words, names, Surroundings::Open), house_of(words, house)) {
                return Some((house, Some(by)));
            }
        }
    }
    house_of(words, range).map(|house| (house, None))
}

fn house_of(words: &Words, range: Range<usize>) -> Option<Option<String>> {
    let chars = &words.folded[range.clone()];
    let quoted = TAKEN.iter().find(|w| begins(chars, w));
    if quoted.is_none() && !HOUSE_ENDS.iter().any(|w| ends(chars, w)) {
        return None;
    }
    let skip = quoted.map_or(0, |w| w.chars().count());
    let said = ["报道", "报导", "社电", "消息"]
        .iter()
        .find(|w| ends(chars, w))
        .map_or(0, |w| if *w == "社电" { 1 } else { 2 });
    let end = range.end.saturating_sub(said).max(range.start + skip);
    Some(Some(words.printed(range.start + skip..end)).filter(|house| !house.is_empty()))
}

/// The credit of a caption: where the caption's words end, the credit, and whom it names. `words` is at most a caption long.
pub(crate) fn credit(words: &Words) -> Option<(usize, Range<usize>, Byline)> {
    if words.len() >= MAX_CAPTION {
        return None;
    }
    if let Some(tail) = tail(words) {
        let byline = credited(words, tail.clone())?;
        return Some((tail.start, tail, byline));
    }
    // A caption without a full stop: the longest end behind a space that is a credit.
    let from = words.len().saturating_sub(MAX_TAIL);
    (from.max(1)..words.len()).filter(|at| words.folded[*at] == ' ').find_map(|at| {
        let tail = words.trim(at..words.len());
        let byline = credited(words, tail.clone()).filter(|b| b.has_photo || b.marked)?;
        Some((at, tail, byline))
    })
}

/// Where a bare agency stands behind the last sentence of a caption: `… 新华社`.
pub(super) fn agency(words: &Words) -> Option<Range<usize>> {
    const AGENCIES: [&str; 8] = ["新华社", "中新社", "中通社", "法新社", "美联社", "路透社", "中央社", "资料图片"];
    let tail = tail(words)?;
    AGENCIES.iter().any(|agency| agency.chars().eq(words.folded[tail.clone()].iter().copied())).then_some(tail)
}

/// Whom a credit names; nobody where only an agency or a giver is named.
pub(crate) fn credited(words: &Words, range: Range<usize>) -> Option<Byline> {
    let mut inner = unbracketed(words, range);
    let mut chars = &words.folded[inner.clone()];
    if ["图/", "图:", "图片来源", "图片由", "资料图", "资料照片"].iter().any(|w| begins(chars, w)) {
        let given = byline::read(words, inner, Surroundings::Open).unwrap_or_default();
        return Some(Byline { has_photo: true, ..given });
    }
    // `新华社/法新`, `视觉中国`: houses that give pictures, and nobody by name.
    if ["新华社/", "视觉中国", "中新社/", "东方IC"].iter().any(|w| begins(chars, w)) && chars.len() <= MAX_GIVER
    {
        return Some(Byline { has_photo: true, ..Byline::default() });
    }
    // `新华社发（何塞·马丁 摄）`
    let agency = chars.iter().take(6).position(|c| *c == '发').filter(|at| *at >= 2 && chars[..*at].ends_with(&['社']));
    if let Some(at) = agency {
        let house = words.printed(inner.start..inner.start + at);
        inner = unbracketed(words, inner.start + at + 1..inner.end);
        chars = &words.folded[inner.clone()];
        if chars.is_empty() {
            return Some(Byline { has_photo: true, ..Byline::default() });
        }
        let mut byline = byline::read(words, inner, Surroundings::Sure)?;
        for author in &mut byline.authors {
            author.affiliation.get_or_insert_with(|| house.clone());
        }
        return Some(Byline { has_photo: true, ..byline });
    }
    if ends(chars, "供图") || ends(chars, "提供") {
        let given = byline::read(words, inner, Surroundings::Open).unwrap_or_default();
        return Some(Byline { has_photo: true, ..given });
    }
    byline::read(words, inner, Surroundings::Open)
}

/// `（记者 周岩 摄影报道）`: the form of a lead-in, but all of a line and nothing else, names who wrote what stands above.
pub(super) fn is_signature(words: &Words, lead: &Lead) -> bool {
    lead.end >= words.len() && words.starts(0, "(") && !lead.authors.is_empty()
}

/// Whether a line of its own credits a picture as agencies abroad do: `Photo: Ann Smith`, `(AP Photo/Ann Smith)`, `© Reuters`.
pub(crate) fn is_foreign_credit(line: &str) -> bool {
    let line = line.trim_start_matches(['(', '[']).to_lowercase();
    let begins = ["photo:", "photo by ", "photograph", "picture:", "credit:", "image:", "foto:", "©", "(c)", "handout"];
    line.chars().count() <= MAX_TAIL * 2
        && (begins.iter().any(|begin| line.starts_with(begin))
            || line.contains("photo/")
            || line.contains(" photo by "))
}

/// What stands behind the last end of a sentence, if it is short and not nothing.
fn tail(words: &Words) -> Option<Range<usize>> {
    let chars = &words.folded;
    let from = chars.len().saturating_sub(MAX_TAIL);
    let last = chars[from..].iter().rposition(|c| matches!(c, '。' | '!' | '?' | '…')).map(|at| from + at)?;
    let closers = chars[last + 1..].iter().take_while(|c| matches!(c, '”' | '’' | '》')).count();
    let tail = words.trim(last + 1 + closers..chars.len());
    (!tail.is_empty()).then_some(tail)
}

/// The range without the brackets around it.
fn unbracketed(words: &Words, range: Range<usize>) -> Range<usize> {
    let range = words.trim(range);
    let chars = &words.folded[range.clone()];
    match (chars.first(), chars.last()) {
        (Some('('), Some(')')) if chars.len() > 2 => words.trim(range.start + 1..range.end - 1),
        _ => range,
    }
}
