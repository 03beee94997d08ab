//! The page's own furniture: mastheads, folios, editors, index boxes, jump lines. What it says of the page is kept.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::letters::{Words, begins, digits, ends, first_of, is_han, month_day, number};
use super::names::is_name;
use crate::dropped::PageNumber;
use crate::parse::numerals;

/// A folio line is short; a longer one is text that happens to begin like it.
const MAX_FOLIO: usize = 90;

/// Section words that stand alone beside a page number.
const SECTIONS: [&str; 40] = [
    "要闻", "综合", "国际", "国内", "城事", "副刊", "经济", "体育", "文化", "社会", "时政", "民生", "本地", "财经",
    "教育", "健康", "文娱", "娱乐", "评论", "理论", "专题", "专版", "广告", "县域", "法治", "生活", "科技", "天下",
    "中国", "世界", "热点", "视点", "聚焦", "深度", "焦点", "关注", "读书", "旅游", "三农", "新闻",
];
/// What stands before the names of those who made the page. None of them is an author.
const EDITORS: [&str; 38] = [
    "责任编辑",
    "本版责编",
    "本版编辑",
    "值班编辑",
    "值班主任",
    "值班总编",
    "值班编委",
    "执行主编",
    "执行编辑",
    "文字编辑",
    "图片编辑",
    "美术编辑",
    "视觉编辑",
    "版面编辑",
    "新媒体编辑",
    "副总编辑",
    "总编辑",
    "副主编",
    "主编",
    "编辑",
    "责编",
    "图编",
    "版式",
    "版面",
    "组版",
    "校对",
    "检校",
    "美编",
    "制图",
    "审读",
    "初审",
    "复审",
    "终审",
    "监制",
    "视觉",
    "统筹",
    "签发",
    "编审",
];
/// What begins the house's own particulars.
const PARTICULARS: [&str; 32] = [
    "国内统一",
    "邮发代号",
    "总第",
    "今日",
    "本期",
    "新闻热线",
    "热线",
    "电话",
    "投稿邮箱",
    "投稿",
    "邮箱",
    "网址",
    "零售",
    "定价",
    "每份",
    "订阅",
    "广告热线",
    "发行热线",
    "社址",
    "地址",
    "邮编",
    "邮政编码",
    "主管",
    "主办",
    "出版",
    "印刷",
    "传真",
    "承印",
    "http",
    "www",
    "E-mail",
    "CN",
];
/// What a furniture line says of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Folio {
    /// The issue date.
    pub(crate) date: Option<NaiveDate>,
    /// The section word.
    pub(crate) section: Option<String>,
    /// The page's number.
    pub(crate) page: Option<PageNumber>,
    /// Whether it numbers or dates the page, so that there is a page.
    pub(crate) is_page: bool,
    /// Whether it heads a part of the page that holds short pieces.
    pub(crate) heads_briefs: bool,
}

/// What one word of a folio is.
enum Piece {
    Number,
    Edition(Option<String>),
    Date(NaiveDate),
    Weekday,
    Lunar,
    Section(String),
    Editor { certain: bool },
    Particular,
    Paper,
    Plain,
}

/// The folio that the words are, if every part of them is folio.
pub(crate) fn read(words: &Words, arrival: DateTime<Utc>, zone: Tz) -> Option<Folio> {
    if words.len() == 0 || words.len() > MAX_FOLIO || words.folded.contains(&'。') {
        return None;
    }
    let today = arrival.with_timezone(&zone).date_naive();
    let pieces: Vec<(Piece, usize)> = tokens(words).map(|t| (piece(t, today), t.len())).collect();
    let page = tokens(words).zip(&pieces).find_map(|(token, (piece, _))| match piece {
        Piece::Number | Piece::Edition(_) => page_number(token),
        _ => None,
    });
    let numbered = pieces.iter().any(|(p, _)| matches!(p, Piece::Number | Piece::Edition(_)));
    let weekday = pieces.iter().any(|(p, _)| matches!(p, Piece::Weekday));
    let mut folio = Folio { page, ..Folio::default() };
    let mut strong = false;
    let mut names_follow = false;
    let mut particular = false;
    for (piece, length) in pieces.iter() {
        match piece {
            Piece::Number => {}
            Piece::Edition(section) => {
                strong = true;
                folio.is_page = true;
                folio.section = section.clone().or(folio.section);
            }
            Piece::Date(date) => {
                strong = true;
                folio.is_page |= weekday || numbered || pieces.len() > 1;
                folio.date = Some(*date);
            }
            Piece::Weekday => {}
            Piece::Lunar => {}
            Piece::Section(section) => {
                if !(numbered || strong || pieces.len() > 1) {
                    return None;
                }
                strong |= numbered;
                folio.is_page |= numbered;
                folio.section = Some(section.clone());
            }
            Piece::Editor { certain } => {
                strong |= *certain;
                names_follow = true;
                continue;
            }
            Piece::Particular => {
                strong = true;
                particular = true;
            }
            Piece::Paper => {}
            Piece::Plain => {
                let names_page = numbered && folio.section.is_none() && (2..=8).contains(length);
                let named = names_follow && *length <= 4;
                if names_page && !named {
                    let at = folio_word(words, *length)?;
                    folio.section = Some(at);
                    strong = true;
                } else if !(named || particular || (strong && *length <= 12 && folio.date.is_some())) {
                    return None;
                }
            }
        }
        names_follow &= matches!(piece, Piece::Plain);
    }
    strong.then_some(folio)
}

fn tokens(words: &Words) -> impl Iterator<Item = &[char]> {
    words.folded.split(|c| matches!(c, ' ' | '|' | '/')).filter(|token| !token.is_empty())
}

/// `A01`, `第A3版:要闻`, `第三版`, `头版`
fn page_number(token: &[char]) -> Option<PageNumber> {
    let end = token.iter().position(|c| *c == '版').unwrap_or(token.len());
    let number = token[..end].strip_prefix(&['第']).unwrap_or(&token[..end]);
    if number == ['头'] {
        return Some(PageNumber::new(None, 1));
    }
    let written = numerals::number(number).filter(|(_, length, _)| *length == number.len());
    if let Some((written, ..)) = written {
        return u16::try_from(written).ok().map(|written| PageNumber::new(None, written));
    }
    PageNumber::read(&number.iter().collect::<String>())
}

/// The first Chinese word of that length as printed: a section the tables do not know.
fn folio_word(words: &Words, length: usize) -> Option<String> {
    let mut start = 0;
    for token in words.folded.split(|c| matches!(c, ' ' | '|' | '/')) {
        if token.len() == length && token.iter().all(|c| is_han(*c)) {
            return Some(words.printed(start..start + length));
        }
        start += token.len() + 1;
    }
    None
}

fn piece(token: &[char], today: NaiveDate) -> Piece {
    let text = || token.iter().collect::<String>();
    if let Some((date, length)) = full_date(token).or_else(|| day_of_year(token, today)) {
        let rest = &token[length..];
        if rest.is_empty() || weekday(rest) || begins(rest, "农历") || begins(rest, "第") {
            return Piece::Date(date);
        }
    }
    if weekday(token) {
        return Piece::Weekday;
    }
    if begins(token, "农历") || begins(token, "夏历") || (token.len() >= 4 && token[2] == '年' && token.contains(&'月'))
    {
        return Piece::Lunar;
    }
    if let Some(section) = edition(token) {
        return Piece::Edition(section);
    }
    let bare =
        token.strip_prefix(&['A']).or(token.strip_prefix(&['B'])).or(token.strip_prefix(&['C'])).unwrap_or(token);
    if digits(bare, 3) == Some(bare.len()) {
        return Piece::Number;
    }
    if let Some((_, length)) = first_of(token, &EDITORS) {
        let rest = &token[length..];
        if rest.first() == Some(&':') {
            return Piece::Editor { certain: true };
        }
        if rest.is_empty() {
            return Piece::Editor {
                certain: length >= 4 || matches!(text().as_str(), "责编" | "校对" | "版式" | "美编"),
            };
        }
        if length >= 4 && is_name(rest) {
            return Piece::Editor { certain: true };
        }
    }
    if first_of(token, &PARTICULARS).is_some_and(|(word, length)| particular(word, &token[length..]))
        || issue_number(token)
    {
        return Piece::Particular;
    }
    if is_paper(token) {
        return Piece::Paper;
    }
    let section = text();
    let known =
        SECTIONS.contains(&section.as_str()) || (token.len() <= 6 && (ends(token, "新闻") || ends(token, "副刊")));
    if known { Piece::Section(section) } else { Piece::Plain }
}

/// `今日8版` is, `今日凌晨` is not; `电话:` is, `电话诈骗` is not.
fn particular(word: &str, rest: &[char]) -> bool {
    match word {
        "今日" | "本期" | "每份" => rest.first().is_some_and(char::is_ascii_digit),
        "总第" | "国内统一" | "邮发代号" | "http" | "www" | "邮政编码" => true,
        "CN" => rest.first().is_none_or(|c| c.is_ascii_digit() || *c == '-'),
        _ => rest.first() == Some(&':') || rest.first().is_some_and(char::is_ascii_digit),
    }
}

/// `第10386期`
fn issue_number(token: &[char]) -> bool {
    begins(token, "第")
        && token.last() == Some(&'期')
        && token.len() > 2
        && token[1..token.len() - 1].iter().all(char::is_ascii_digit)
}

/// `云州日报`
fn is_paper(token: &[char]) -> bool {
    const PAPERS: [&str; 9] = ["日报", "晚报", "早报", "晨报", "时报", "商报", "都市报", "周报", "导报"];
    (4..=8).contains(&token.len()) && token.iter().all(|c| is_han(*c)) && PAPERS.iter().any(|p| ends(token, p))
}

fn weekday(token: &[char]) -> bool {
    let rest = match first_of(token, &["星期", "礼拜", "周"]) {
        Some((_, length)) => &token[length..],
        None => return false,
    };
    rest.len() == 1 && "一二三四五六日天".contains(rest[0])
}

/// `01版`, `第A3版:要闻`, `第三版`, `头版`: the section it names, if it does.
pub(super) fn edition(token: &[char]) -> Option<Option<String>> {
    let end = token.iter().position(|c| *c == '版')?;
    let number = token[..end].strip_prefix(&['第']).unwrap_or(&token[..end]);
    let digits = number.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = number.iter().filter(|c| c.is_ascii_uppercase()).count();
    let counted = (1..=3).contains(&digits) && letters <= 1 && digits + letters == number.len();
    let written = number.len() <= 3
        && !number.is_empty()
        && number.len() < end
        && number.iter().all(|c| "一二三四五六七八九十".contains(*c));
    if !(counted || written || number == ['头']) {
        return None;
    }
    let rest: String = token[end + 1..].iter().collect();
    let section = rest.trim_start_matches([':', '·', '—', '-']).trim();
    match section.chars().count() {
        0 => Some(None),
        2..=8 => Some(Some(section.to_owned())),
        _ => None,
    }
}

/// A date with its year: `2025年8月12日`, `二〇二五年八月十二日`, `2025-08-12`, `2025.8.12`; its length.
fn full_date(token: &[char]) -> Option<(NaiveDate, usize)> {
    if let Some(written) = numerals::date(token) {
        return Some(written);
    }
    let year = digits(token, 4).filter(|n| *n == 4)?;
    if token.get(year) == Some(&'年') {
        let rest = &token[year + 1..];
        let length = month_day(rest)?;
        let (month, day) = month_and_day(rest);
        return NaiveDate::from_ymd_opt(i32::try_from(number(token, 4)).ok()?, month, day)
            .map(|d| (d, year + 1 + length));
    }
    let mark = token.get(year).filter(|c| matches!(c, '-' | '.'))?;
    let rest = &token[year + 1..];
    let month = digits(rest, 2)?;
    if rest.get(month) != Some(mark) {
        return None;
    }
    let day = digits(&rest[month + 1..], 2)?;
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(number(token, 4)).ok()?,
        number(rest, month),
        number(&rest[month + 1..], day),
    )?;
    Some((date, year + 1 + month + 1 + day))
}

/// `8月12日星期二` without a year: of the nearest year that is not later than a day after arrival.
fn day_of_year(token: &[char], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let length = month_day(token)?;
    let (month, day) = month_and_day(token);
    let latest = today + Duration::days(1);
    // Eight years back there is always a 29 February.
    let date =
        (0..=8).filter_map(|back| NaiveDate::from_ymd_opt(latest.year() - back, month, day)).find(|d| *d <= latest)?;
    Some((date, length))
}

fn month_and_day(chars: &[char]) -> (u32, u32) {
    let month = digits(chars, 2).unwrap_or(0);
    let rest = chars.get(month + 1..).unwrap_or_default();
    (number(chars, month), number(rest, digits(rest, 2).unwrap_or(0)))
}

/// Whether the words alone are a paper's name.
pub(crate) fn is_masthead(words: &Words) -> bool {
    is_paper(&words.folded)
}
