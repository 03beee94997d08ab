//! Datelines and endings as Korean and Japanese houses print them: `[서울=뉴스1] 김민수 기자 = `, `(부산=연합뉴스) `,
//! `【東京=共同】`, `【ワシントン共同】`; below a Korean text the reporter's address, and whose text it is.

use chrono_tz::Tz;

use super::imprint::imprint;
use super::origin::Dateline;
use crate::article::{Author, Draft};
use crate::parse::page::Line;

/// What stands in the brackets is no longer, in characters, nor what names the reporters behind them.
const MAX_HEAD: usize = 40;
/// No more lines below a text are looked at.
const MAX_ENDING: usize = 8;
/// What reporters are called in Korean, the longer before the shorter.
const REPORTERS: [&str; 12] = [
    "인턴기자",
    "인턴 기자",
    "수습기자",
    "선임기자",
    "전문기자",
    "객원기자",
    "특파원",
    "통신원",
    "논설위원",
    "시민기자",
    "에디터",
    "기자",
];
/// How the names of Korean houses end.
const HOUSES: [&str; 14] = [
    "뉴스",
    "뉴스1",
    "뉴시스",
    "통신",
    "신문",
    "일보",
    "경제",
    "방송",
    "데일리",
    "투데이",
    "타임스",
    "미디어",
    "저널",
    "매일",
];
/// Houses whose dispatches Japanese papers print.
const JAPANESE: [&str; 12] = [
    "共同通信",
    "共同",
    "AFP時事",
    "時事通信",
    "時事",
    "ロイター",
    "聯合ニュース",
    "新華社",
    "タス通信",
    "ブルームバーグ",
    "AFP",
    "AP",
];

/// The dateline of a paragraph.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    let open = paragraph.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '〔' => '〕',
        '（' => '）',
        _ => return None,
    };
    let at = paragraph.char_indices().take(MAX_HEAD).find(|(_, c)| *c == close)?.0;
    let inner = paragraph[open.len_utf8()..at].trim();
    let end = at + close.len_utf8();
    if inner.contains(is_hangul) { korean(paragraph, inner, end) } else { japanese(inner, end) }
}

fn korean(paragraph: &str, inner: &str, end: usize) -> Option<Dateline> {
    let after = &paragraph[end..];
    let behind = |rest: &str| paragraph.len() - rest.trim_start().len();
    let reported = |house: &str, authors| Dateline {
        end: behind(after),
        agency: Some(house.to_owned()),
        authors,
        is_sure: true,
        place: None,
    };
    let Some((place, house)) = inner.split_once('=').map(|(place, house)| (place.trim(), house.trim())) else {
        // `[이데일리 김민수 기자] `
        let (house, names) = inner.split_once(' ')?;
        let authors = reporters(names, house)?;
        return Some(reported(house, authors));
    };
    // `[헤럴드경제=김민수 기자] `
    if let Some(authors) = reporters(house, place) {
        return Some(reported(place, authors));
    }
    let head = after.char_indices().nth(MAX_HEAD).map_or(after, |(at, _)| &after[..at]);
    let signed =
        head.split_once('=').and_then(|(names, _)| Some((reporters(names, house)?, &after[names.len() + 1..])));
    let (authors, rest) = signed.unwrap_or((Vec::new(), after));
    let is_house = HOUSES.iter().any(|ending| house.ends_with(ending));
    (!authors.is_empty() || is_house).then(|| Dateline {
        end: behind(rest),
        place: Some(place.to_owned()).filter(|place| !place.is_empty()),
        agency: Some(house.to_owned()),
        authors,
        is_sure: true,
    })
}

/// `김민수·이서연 기자`: the people, and what they are called.
pub(super) fn reporters(text: &str, house: &str) -> Option<Vec<Author>> {
    let text = text.trim();
    let role = REPORTERS.iter().find(|role| text.ends_with(**role))?;
    let names: Vec<&str> =
        text[..text.len() - role.len()].split([' ', '·', ',', '‧', '・']).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &&str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_hangul);
    (!names.is_empty() && names.iter().all(is_name)).then(|| {
        let named = |name: &&str| Author {
            role: Some((*role).to_owned()),
            affiliation: Some(house.to_owned()).filter(|house| !house.is_empty()),
            ..Author::named(*name)
        };
        names.iter().map(named).collect()
    })
}

fn japanese(inner: &str, end: usize) -> Option<Dateline> {
    let found = |place: &str, agency: Option<&str>, authors| Dateline {
        end,
        place: Some(place.trim().to_owned()).filter(|place| !place.is_empty()),
        agency: agency.map(str::to_owned),
        authors,
        is_sure: true,
    };
    if let Some((place, who)) = inner.split_once(['=', '＝']) {
        let (place, who) = (place.trim(), who.trim());
        if JAPANESE.contains(&who) {
            return Some(found(place, Some(who), Vec::new()));
        }
        let is_name = (2..=8).contains(&who.chars().count()) && who.chars().all(|c| is_japanese(c) || c == '・');
        return (is_name && !place.is_empty()).then(|| found(place, None, vec![Author::named(who)]));
    }
    let house = JAPANESE.iter().find(|house| inner.ends_with(**house))?;
    let place = &inner[..inner.len() - house.len()];
    place
        .chars()
        .all(|c| is_japanese(c) || c.is_numeric() || "・、 ".contains(c))
        .then(|| found(place, Some(house), Vec::new()))
}

/// Takes what stands below a Korean text off its lines: who reported it and their address, whose it is, when it was sent. At
/// least one line stays.
pub(super) fn take_ending(lines: &mut Vec<Line>, draft: &mut Draft, zone: Tz, furniture: &mut Vec<u32>) {
    if !lines.iter().any(|line| line.text.contains(is_hangul)) {
        return;
    }
    for _ in 0..MAX_ENDING {
        let Some(last) = lines.last().filter(|_| lines.len() > 1).map(|line| line.text.clone()) else { return };
        let is_address = |word: &str| word.contains('@') && word.is_ascii();
        let words: Vec<&str> = last.split_whitespace().filter(|word| !is_address(word)).collect();
        let is_owned =
            last.contains("저작권") || last.contains("무단") && (last.contains("전재") || last.contains("배포"));
        let authors = reporters(&words.join(" "), "");
        let sent = imprint(&last, zone);
        if let Some(authors) = authors.filter(|_| draft.authors.is_empty()) {
            draft.asides.push(last);
            draft.authors = authors;
        } else if let Some(sent) = sent {
            if !sent.tell(draft, zone) {
                return;
            }
        } else if !(words.is_empty() || is_owned || last.starts_with(['▶', '☞'])) {
            return;
        }
        furniture.extend(lines.pop().map(|line| line.number));
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '々')
}
