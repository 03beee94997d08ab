//! The page's own furniture: mastheads, folios, editors. What it says of the page is kept. Its words stand in `furniture`.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::books;
use super::furniture::{CONTACTS, EDITORS, OWN, PARTICULARS, READER, SECTIONS};
use super::issue_date::{day_of_year, full_date, weekday};
use super::letters::{Words, begins, digits, ends, first_of, is_han};
use super::names::is_name;
use super::tokens::{LONGEST_NAME, MAX_OTHER, Token, tokens};
use crate::page_number::PageNumber;
use crate::parse::numerals;

/// A folio line is short; a longer one is text that happens to begin like it.
const MAX_FOLIO: usize = 90;
/// Beside date and number stand so many other names at most.
const MAX_OTHERS: usize = 2;
/// What an editor is called is no longer, in characters.
const LONGEST_OFFICE: usize = 6;
/// Who publishes a paper, or whom to call, is told in no more characters.
const LONGEST_PUBLISHER: usize = 16;
/// A folio counts its page and perhaps its issue: it has no more numbers.
const MAX_NUMBERS: usize = 2;
/// A telephone number has so many digits or more.
const SHORTEST_PHONE: usize = 7;

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
    /// Whether it only says where to call or write.
    pub(crate) is_contact: bool,
    /// Whether an article may say so too; once `contacts` has settled it, whether the one above does.
    pub(crate) is_of_article: bool,
    /// Whether it heads a part of the page that holds short pieces.
    pub(crate) heads_briefs: bool,
}

/// What one word of a folio is.
enum Piece {
    Number {
        certain: bool,
    },
    Edition(Option<String>),
    Date(NaiveDate),
    Weekday,
    Lunar,
    Section(String),
    Editor {
        certain: bool,
    },
    /// The house's own.
    Particular,
    /// Where to call or write, or who holds something: an article may say it too.
    Contact,
    Paper,
    /// A dot or stroke between two others.
    Dot,
    Plain,
}

/// The folio that the words are, if every part of them is folio.
pub(crate) fn read(words: &Words, arrival: DateTime<Utc>, zone: Tz) -> Option<Folio> {
    if words.len() == 0 || words.len() > MAX_FOLIO || words.folded.contains(&'。') {
        return None;
    }
    // `编辑：` opens a letter.
    if words.bare() == "编辑" && words.folded.last() == Some(&':') {
        return None;
    }
    let today = arrival.with_timezone(&zone).date_naive();
    let tokens = tokens(words);
    let mut pieces: Vec<(Piece, &Token)> = tokens.iter().map(|t| (piece(&t.folded, today), t)).collect();
    // `三版` counts a page beside a date or a section; alone it may be any word.
    if pieces.iter().any(|(piece, _)| matches!(piece, Piece::Date(_) | Piece::Section(_))) {
        for (piece, token) in &mut pieces {
            if matches!(piece, Piece::Plain) && edition(&[&['第'], &token.folded[..]].concat()) == Some(None) {
                *piece = Piece::Edition(None);
            }
        }
    }
    let has = |wanted: fn(&Piece) -> bool| pieces.iter().any(|(piece, _)| wanted(piece));
    // `12 东湾 0 3 0` is a row of a table, `澜江文艺出版社 2025年8月出版 定价：58.00元` tells of a book.
    let numbers = pieces.iter().filter(|(piece, _)| matches!(piece, Piece::Number { .. })).count();
    if numbers > MAX_NUMBERS || books::tells_of_book(words) {
        return None;
    }
    let numbered = has(|p| matches!(p, Piece::Number { .. } | Piece::Edition(_)));
    // `3 项成果` begins with a number too: one that counts a page has a letter or a nought, or a date beside it.
    let dated = has(|p| matches!(p, Piece::Date(_)));
    let paged = has(|p| matches!(p, Piece::Number { certain: true } | Piece::Edition(_))) || (numbered && dated);
    let particular = has(|p| matches!(p, Piece::Particular | Piece::Contact));
    let placed = dated && (paged || particular || has(|p| matches!(p, Piece::Weekday | Piece::Lunar)));
    let known = has(|p| matches!(p, Piece::Section(_) | Piece::Edition(Some(_))));
    let strong = dated || particular || has(|p| matches!(p, Piece::Edition(_) | Piece::Editor { certain: true }));
    // Where to call the editors is the page's, not an announcement's.
    let edited = has(|p| matches!(p, Piece::Editor { certain: true }));
    let is_contact = particular && !dated && !numbered && !edited;
    let anyones = |(piece, token): &(Piece, &Token)| match piece {
        Piece::Contact | Piece::Dot => true,
        Piece::Plain => !OWN.iter().any(|word| begins(&token.folded, word)),
        _ => false,
    };
    let is_of_article = is_contact && pieces.iter().all(anyones);
    let number = |(piece, token): &(Piece, &Token)| match piece {
        Piece::Number { .. } | Piece::Edition(_) => page_number(&token.folded),
        _ => None,
    };
    let page = pieces.iter().find_map(number).filter(|_| paged);
    let is_page = paged || (dated && pieces.len() > 1);
    let mut folio = Folio { page, is_contact, is_of_article, is_page, ..Folio::default() };
    let mut names_follow = false;
    let mut others = 0;
    let mut before_edition = true;
    for (piece, token) in &pieces {
        match piece {
            Piece::Dot => continue,
            Piece::Edition(section) => {
                folio.section = section.clone().or(folio.section);
                before_edition = false;
            }
            Piece::Date(date) => folio.date = Some(*date),
            Piece::Section(section) => folio.section = Some(section.clone()),
            Piece::Plain if names_follow && token.folded.len() <= LONGEST_NAME => continue,
            Piece::Plain if paged && !known && folio.section.is_none() && token.is_section(before_edition) => {
                folio.section = Some(token.printed.clone());
            }
            Piece::Plain if particular || (placed && others < MAX_OTHERS && token.folded.len() <= MAX_OTHER) => {
                others += 1
            }
            Piece::Plain => return None,
            Piece::Number { .. }
            | Piece::Weekday
            | Piece::Lunar
            | Piece::Editor { .. }
            | Piece::Particular
            | Piece::Contact
            | Piece::Paper => {}
        }
        names_follow = matches!(piece, Piece::Editor { .. });
    }
    let headed = numbered && folio.section.is_some();
    (strong || headed || (paged && pieces.len() > 1)).then_some(folio)
}

/// Whether a line may stand among a page's folios, though alone it might be anything: a number, a weekday, the lunar date,
/// a section, a paper's name in Chinese or Latin letters.
pub(crate) fn is_weak(words: &Words) -> bool {
    let part = |token: &Token| {
        let latin = token.folded.iter().all(|c| c.is_ascii_uppercase());
        // `中共云州市委机关报`, `云州日报社出版`
        let publisher = token.folded.len() <= LONGEST_PUBLISHER
            && ["机关报", "出版", "主办", "主管"].iter().any(|word| ends(&token.folded, word));
        latin
            || publisher
            || !matches!(piece(&token.folded, NaiveDate::default()), Piece::Plain | Piece::Editor { certain: false })
    };
    (1..=MAX_FOLIO).contains(&words.len()) && tokens(words).iter().all(part)
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

fn piece(token: &[char], today: NaiveDate) -> Piece {
    if token.iter().all(|c| "·—-:".contains(*c)) {
        return Piece::Dot;
    }
    let text = || token.iter().collect::<String>();
    if let Some((date, length)) = full_date(token).or_else(|| day_of_year(token, today)) {
        let rest = &token[length..];
        if rest.is_empty() || weekday(rest) || is_lunar(rest) || begins(rest, "第") {
            return Piece::Date(date);
        }
    }
    if weekday(token) {
        return Piece::Weekday;
    }
    if is_lunar(token) || (token.len() >= 4 && token[2] == '年' && token.contains(&'月')) {
        return Piece::Lunar;
    }
    if let Some(section) = edition(token) {
        return Piece::Edition(section);
    }
    let bare = match token {
        // `AA08` counts a second book of pages.
        [letter, again, number @ ..] if letter == again && letter.is_ascii_uppercase() && number.len() == 2 => number,
        [letter, number @ ..] if letter.is_ascii_uppercase() && (number.len() == 2 || *letter <= 'C') => number,
        _ => token,
    };
    if digits(bare, 3) == Some(bare.len()) {
        let led = bare.len() > 1 && bare.first() == Some(&'0');
        return Piece::Number { certain: bare.len() < token.len() || led };
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
    if is_ranked_editor(token) {
        return Piece::Editor { certain: true };
    }
    let stated = first_of(token, &PARTICULARS).filter(|(word, length)| particular(word, &token[*length..]));
    if stated.is_some() || is_contact(token) {
        let anyones = stated.is_none_or(|(word, _)| CONTACTS.contains(&word));
        let own = OWN.iter().any(|word| begins(token, word));
        return if anyones && !own { Piece::Contact } else { Piece::Particular };
    }
    if issue_number(token) {
        return Piece::Particular;
    }
    if READER.contains(&text().trim_matches(|c: char| c.is_ascii_punctuation() || c.is_ascii_alphanumeric())) {
        return Piece::Particular;
    }
    if is_paper(token) {
        return Piece::Paper;
    }
    let section = text();
    let listed = |part: &str| SECTIONS.contains(&part);
    let known = section.split('·').all(listed) || (token.len() <= 6 && (ends(token, "新闻") || ends(token, "副刊")));
    if known { Piece::Section(section) } else { Piece::Plain }
}

/// `农历十月十八`, `(夏历丙午年`
fn is_lunar(token: &[char]) -> bool {
    first_of(token.strip_prefix(&['(']).unwrap_or(token), &["农历", "夏历"]).is_some()
}

/// `见习编辑`, `版面设计:阿乐`: an editor with what else is said of the office.
fn is_ranked_editor(token: &[char]) -> bool {
    let end = token.iter().position(|c| *c == ':').unwrap_or(token.len());
    let office = &token[..end];
    let made = EDITORS.iter().chain(&["设计", "主持", "主持人", "策划"]).any(|w| ends(office, w));
    made && (4..=LONGEST_OFFICE).contains(&office.len())
        && (end < token.len() || EDITORS.iter().any(|w| ends(office, w)))
}

/// `咨询电话:`, `投稿邮箱:`, `联系电话`, `010-00000000`: how to reach somebody.
fn is_contact(token: &[char]) -> bool {
    let number = token.iter().filter(|c| c.is_ascii_digit()).count();
    let mail = token.contains(&'@') && token.iter().all(char::is_ascii);
    if mail {
        return true;
    }
    if number >= SHORTEST_PHONE && token.iter().all(|c| c.is_ascii_digit() || *c == '-') {
        return true;
    }
    if matches!(
        token.iter().collect::<String>().as_str(),
        "电话" | "联系电话" | "热线电话" | "邮箱" | "电子邮箱" | "投稿邮箱"
    ) {
        return true;
    }
    let Some(colon) = token.iter().position(|c| *c == ':') else { return false };
    // `读者热线：积水路段已修复` is a headline.
    let said = &token[colon + 1..];
    let reached = said.is_empty() || said.iter().any(|c| c.is_ascii_alphanumeric());
    let phone = number >= SHORTEST_PHONE && said.iter().all(|c| c.is_ascii_digit() || *c == '-');
    reached
        && colon <= if phone { LONGEST_PUBLISHER } else { MAX_OTHER }
        && ["电话", "热线", "邮箱", "信箱", "传真", "微信"].iter().any(|w| ends(&token[..colon], w))
}

/// `今日8版` is, `今日凌晨` is not; `电话:` is, `电话诈骗` is not.
fn particular(word: &str, rest: &[char]) -> bool {
    match word {
        "今日" | "本期" | "每份" => rest.first().is_some_and(char::is_ascii_digit),
        "总第" | "国内统一" | "本版稿件" | "本版图片" | "本版照片" | "邮发代号" | "http" | "www" | "邮政编码" => {
            true
        }
        "CN" => rest.first().is_none_or(|c| c.is_ascii_digit() || *c == '-'),
        // `电话（0391）00000000`
        "电话" | "热线" | "传真" if rest.first() == Some(&'(') => rest.get(1).is_some_and(char::is_ascii_digit),
        _ => rest.first() == Some(&':') || rest.first().is_some_and(char::is_ascii_digit),
    }
}

/// `第10386期`, `第8期(总第623期)`
fn issue_number(token: &[char]) -> bool {
    // `2025年第12期（总第88期）`
    let year = digits(token, 4).filter(|count| *count == 4 && token.get(4) == Some(&'年')).map_or(0, |count| count + 1);
    let token = &token[year..];
    let number = token.get(1..).unwrap_or_default();
    let count = number.iter().take_while(|c| c.is_ascii_digit()).count();
    let behind = number.get(count + 1);
    begins(token, "第") && count > 0 && number.get(count) == Some(&'期') && (behind.is_none() || behind == Some(&'('))
}

/// `云州日报`
fn is_paper(token: &[char]) -> bool {
    const PAPERS: [&str; 9] = ["日报", "晚报", "早报", "晨报", "时报", "商报", "都市报", "周报", "导报"];
    (4..=8).contains(&token.len()) && token.iter().all(|c| is_han(*c)) && PAPERS.iter().any(|p| ends(token, p))
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

/// Whether the words alone are a paper's name.
pub(crate) fn is_masthead(words: &Words) -> bool {
    is_paper(&words.folded)
}

/// Whether the words alone are a section's name.
pub(crate) fn is_section_name(words: &Words) -> bool {
    matches!(piece(&words.folded, NaiveDate::default()), Piece::Section(_))
}
