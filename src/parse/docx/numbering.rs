//! `numbering.xml` → what stands before a list's paragraphs: a dot, or a number that is counted here. What HTML can number
//! becomes a list; what it cannot (`一、`, `第三条`, `1.2`) is written out, as the page showed it.

use std::collections::{HashMap, HashSet};

use super::xml::Xml;
use crate::rejection::Rejection;

/// Levels of a list (ECMA-376 part 1, section 17.9.3).
const LEVELS: usize = 9;
/// The longest text of a number, in characters: it stands before every paragraph of its list.
const MAX_TEXT: usize = 40;

/// Where a paragraph stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListAt {
    /// The list's number; 0 says that there is none.
    pub(super) list: u32,
    /// The depth, from 0; none: the style's own.
    pub(super) level: Option<u8>,
}

impl ListAt {
    /// Reads `numPr`, whose start was read last.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Option<Self>, Rejection> {
        let (mut list, mut level) = (None, None);
        xml.children(|xml, tag| {
            let number = tag.value().and_then(|value| value.parse().ok());
            match tag.word() {
                "numId" => list = number,
                "ilvl" => level = number.and_then(|level| u8::try_from(level).ok()),
                _ => {}
            }
            xml.skip()
        })?;
        Ok(list.map(|list| Self { list, level }))
    }
}

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A dot: an item of a list without numbers.
    Dot,
    /// A number that HTML can count, with `type` where it is no decimal.
    Number { at: u32, kind: Option<char> },
    /// Anything else, as shown.
    Words(String),
    /// Nothing: the item above goes on.
    Blank,
}

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: Option<u32>,
    /// Whether the numbers above it are shown as decimals whatever they are.
    is_legal: bool,
}

/// All lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by the list's definition.
    definitions: HashMap<u32, [Level; LEVELS]>,
    /// Which definition a list has, and where it begins otherwise.
    lists: HashMap<u32, (u32, [Option<u32>; LEVELS])>,
    /// The number last given on each level of a definition.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists that have been counted.
    begun: HashSet<u32>,
    /// The level that a definition keeps for a paragraph style.
    styled: HashMap<(u32, String), u8>,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn read(text: &str, part: &str) -> Result<Self, Rejection> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text, part);
        xml.root()?;
        xml.children(|xml, tag| match tag.word() {
            "abstractNum" => {
                let Some(id) = number(tag.attribute("abstractNumId")) else { return xml.skip() };
                let mut levels: [Level; LEVELS] = Default::default();
                xml.children(|xml, tag| {
                    let at = number(tag.attribute("ilvl")).and_then(|at| usize::try_from(at).ok());
                    match at.filter(|at| tag.word() == "lvl" && *at < LEVELS) {
                        Some(at) => {
                            let (level, style) = level(xml)?;
                            if let (Some(style), Ok(at)) = (style, u8::try_from(at)) {
                                numbering.styled.insert((id, style), at);
                            }
                            levels[at] = level;
                            Ok(())
                        }
                        None => xml.skip(),
                    }
                })?;
                numbering.definitions.insert(id, levels);
                Ok(())
            }
            "num" => {
                let Some(id) = number(tag.attribute("numId")) else { return xml.skip() };
                let mut definition = 0;
                let mut starts = [None; LEVELS];
                xml.children(|xml, tag| match tag.word() {
                    "abstractNumId" => {
                        definition = number(tag.value()).unwrap_or(0);
                        xml.skip()
                    }
                    "lvlOverride" => {
                        let at = number(tag.attribute("ilvl")).and_then(|at| usize::try_from(at).ok());
                        xml.children(|xml, tag| {
                            if tag.word() == "startOverride"
                                && let Some(start) = at.and_then(|at| starts.get_mut(at))
                            {
                                *start = number(tag.value());
                            }
                            xml.skip()
                        })
                    }
                    _ => xml.skip(),
                })?;
                numbering.lists.insert(id, (definition, starts));
                Ok(())
            }
            _ => xml.skip(),
        })?;
        Ok(numbering)
    }

    /// The depth of a paragraph that names none: the one its list keeps for its style.
    pub(super) fn level(&self, at: ListAt, style: Option<&str>) -> u8 {
        let kept = || {
            let (definition, _) = self.lists.get(&at.list)?;
            self.styled.get(&(*definition, style?.to_owned())).copied()
        };
        at.level.or_else(kept).unwrap_or(0).min(LEVELS as u8 - 1)
    }

    /// Counts a paragraph; none where the list is not defined or shows nothing.
    pub(super) fn count(&mut self, list: u32, level: u8) -> Option<Mark> {
        let (definition, starts) = self.lists.get(&list)?;
        let levels = self.definitions.get(definition)?;
        let at = usize::from(level);
        let shown = levels.get(at)?;
        if shown.format == "bullet" {
            return Some(if shown.text.trim().is_empty() { Mark::Blank } else { Mark::Dot });
        }
        if shown.format == "none" && shown.text.is_empty() {
            return None;
        }
        let counts = self.counts.entry(*definition).or_default();
        // A list that begins anew counts from where it says, once.
        if self.begun.insert(list) {
            for (count, start) in counts.iter_mut().zip(starts) {
                if start.is_some() {
                    *count = None;
                }
            }
        }
        let first = |at: usize| starts[at].or(levels[at].start).unwrap_or(1);
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| first(above));
        }
        let count = counts[at].map_or_else(|| first(at), |count| count.saturating_add(1));
        counts[at] = Some(count);
        counts[at + 1..].fill(None);
        let own = format!("%{}", at + 1);
        let around = shown.text.strip_prefix(own.as_str());
        let is_plain = around.is_some_and(|rest| matches!(rest.trim(), "." | ")" | "" | "．" | "）"));
        let kind = match shown.format.as_str() {
            "decimal" | "" => Some(None),
            "lowerLetter" => Some(Some('a')),
            "upperLetter" => Some(Some('A')),
            "lowerRoman" => Some(Some('i')),
            "upperRoman" => Some(Some('I')),
            _ => None,
        };
        if let Some(kind) = kind.filter(|_| is_plain) {
            return Some(Mark::Number { at: count, kind });
        }
        let mut words = shown.text.clone();
        for (n, level) in levels.iter().enumerate().take(at + 1) {
            let format = if shown.is_legal { "decimal" } else { level.format.as_str() };
            words = words.replace(&format!("%{}", n + 1), &written(counts[n].unwrap_or(0), format));
        }
        Some(Mark::Words(words)).filter(|words| *words != Mark::Words(String::new()))
    }

    /// The mark as shown, for what is no list (a heading).
    pub(super) fn words(mark: &Mark) -> String {
        match mark {
            Mark::Dot | Mark::Blank => String::new(),
            Mark::Words(words) => words.clone(),
            Mark::Number { at, kind } => {
                let format = match kind {
                    Some('a') => "lowerLetter",
                    Some('A') => "upperLetter",
                    Some('i') => "lowerRoman",
                    Some('I') => "upperRoman",
                    _ => "decimal",
                };
                format!("{}.", written(*at, format))
            }
        }
    }
}

fn number(value: Option<String>) -> Option<u32> {
    value?.trim().parse().ok()
}

/// Reads `lvl`; gives the paragraph style it is kept for.
fn level(xml: &mut Xml<'_>) -> Result<(Level, Option<String>), Rejection> {
    let mut level = Level::default();
    let mut style = None;
    xml.children(|xml, tag| {
        match tag.word() {
            "start" => level.start = number(tag.value()),
            "numFmt" => level.format = tag.value().unwrap_or_default(),
            "lvlText" => level.text = tag.value().unwrap_or_default().chars().take(MAX_TEXT).collect(),
            "isLgl" => level.is_legal = tag.is_on(),
            "pStyle" => style = tag.value(),
            _ => {}
        }
        xml.skip()
    })?;
    Ok((level, style))
}

/// A number as a format of Word's writes it.
fn written(number: u32, format: &str) -> String {
    let among = |row: &str| {
        let at = usize::try_from(number).unwrap_or(0).checked_sub(1)?;
        row.chars().nth(at).map(String::from)
    };
    let found = match format {
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).map(|roman| roman.to_lowercase()),
        "upperRoman" => roman(number),
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => chinese(number),
        "ideographTraditional" => among("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => among("子丑寅卯辰巳午未申酉戌亥"),
        "chineseLegalSimplified" | "ideographLegalTraditional" => among("壹贰叁肆伍陆柒捌玖"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => among("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => among("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalFullWidth" => {
            let wide = |c: char| char::from_u32(u32::from(c) - u32::from('0') + 0xff10).unwrap_or(c);
            Some(number.to_string().chars().map(wide).collect())
        }
        _ => None,
    };
    found.unwrap_or_else(|| number.to_string())
}

/// a, b, … z, aa, bb.
fn letters(number: u32, first: u8) -> Option<String> {
    let at = number.checked_sub(1)?;
    let letter = char::from(first + u8::try_from(at % 26).ok()?);
    (at < 26 * 8).then(|| std::iter::repeat_n(letter, usize::try_from(at / 26 + 1).unwrap_or(1)).collect())
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return None;
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    Some(roman)
}

/// 一 … 九百九十九.
fn chinese(number: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number == 0 || number > 999 {
        return None;
    }
    let digit = |n: u32| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut words = String::new();
    if hundreds > 0 {
        words = format!("{}百", digit(hundreds));
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => words.push('零'),
        0 => {}
        1 if hundreds == 0 => words.push('十'),
        tens => words.push_str(&format!("{}十", digit(tens))),
    }
    if ones > 0 {
        words.push_str(digit(ones));
    }
    Some(words)
}
