//! The words with which a report begins (`本报讯(记者 …)`, `新华社日内瓦8月11日电`) → who, where from, and where the text starts.

use std::ops::Range;

use crate::article::Author;

use super::byline::{self, Surroundings};
use super::dispatch::{MAX_PLACE, bare_wire, place_and_wire};
use super::letters::{Words, begins, closing_bracket, ends, first_of, is_han, month_day};
use super::places::is_city;
use super::roles::role_ahead;
use super::{deeds, names};

/// A lead-in ends within this many characters; what is longer is the story.
const MAX_LEAD: usize = 90;
/// The houses that a report is put together from stand within so many characters.
const MAX_HOUSES: usize = 30;
/// An event date this far behind the lead-in still dates the report, in characters.
const EVENT_DATE_WITHIN: usize = 40;

/// A house before its reporter in brackets has so many characters, `讯` included.
const MIN_HOUSE: usize = 3;
const MAX_HOUSE: usize = 14;

/// What papers write where no agency reports.
const OWN_REPORT: [&str; 10] = [
    "本报综合消息",
    "本报综合讯",
    "本报综合报道",
    "本报消息",
    "本报快讯",
    "本报讯",
    "本刊讯",
    "本网讯",
    "本台消息",
    "本台讯",
];
/// Agencies; others are known by what follows them.
const AGENCIES: [&str; 19] = [
    "新华财经",
    "新华每日电讯",
    "中国新闻社",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "中央社",
    "中通社",
    "人民网",
    "央视网",
    "央广网",
    "路透社",
    "法新社",
    "美联社",
    "俄新社",
    "塔斯社",
    "共同社",
    "韩联社",
];
/// How other houses' names end.
const HOUSE_ENDS: [&str; 8] = ["通讯社", "日报", "晚报", "早报", "商报", "时报", "社", "网"];
/// Places a run-on name may be followed by (`記者王小明台北12日電`).
const PLACES: [&str; 12] =
    ["台北", "新北", "高雄", "台中", "台南", "香港", "澳门", "北京", "上海", "东京", "纽约", "华盛顿"];

/// A lead-in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lead {
    /// Where it ends in the words, in characters; trailing spaces not included.
    pub(crate) end: usize,
    pub(crate) authors: Vec<Author>,
    /// Place and date, or the event's date just behind it; as printed.
    pub(crate) dateline: Option<String>,
    /// The agency, or `本报综合`.
    pub(crate) source: Option<String>,
    /// The headline it repeats (`题：`).
    pub(crate) headline: Option<String>,
    /// Whether it names reporter and place in brackets (`【記者王小明／台北報導】`), as papers of Taiwan do.
    pub(crate) bracketed: bool,
}

/// The lead-in that the words begin with.
pub(crate) fn read(words: &Words) -> Option<Lead> {
    let mark = words.folded.iter().take_while(|c| super::letters::MARKS.contains(**c) || **c == ' ').count();
    let mut lead = own(words, mark)
        .or_else(|| wire(words, mark))
        .or_else(|| bracket(words, mark))
        .or_else(|| composed(words, mark))
        .or_else(|| placed(words, mark))
        .or_else(|| run_on(words, mark))?;
    if lead.end > MAX_LEAD {
        return None;
    }
    if lead.dateline.is_none() && lead.source.as_deref().is_none_or(|s| s.starts_with('本')) {
        lead.dateline = event_date(words, lead.end, EVENT_DATE_WITHIN);
    }
    Some(lead)
}

/// Whether the characters begin with an agency's name.
pub(crate) fn begins_with_agency(chars: &[char]) -> bool {
    first_of(chars, &AGENCIES).is_some()
}

/// The first printed `M月D日` within so many characters of a position.
pub(crate) fn event_date(words: &Words, start: usize, within: usize) -> Option<String> {
    let last = words.len().min(start.saturating_add(within));
    (start..last).find_map(|at| {
        let continues_a_number = at > start && words.folded[at - 1].is_ascii_digit();
        let length = month_day(&words.folded[at..])?;
        (!continues_a_number).then(|| words.printed(at..at + length))
    })
}

/// `本报讯(记者 …)`, `本报北京5月9日讯 记者潘跃今天…`
fn own(words: &Words, start: usize) -> Option<Lead> {
    let chars = &words.folded[start..];
    if let Some((label, length)) = first_of(chars, &OWN_REPORT) {
        let source = label.starts_with("本报综合").then(|| "本报综合".to_owned());
        return Some(with_people(words, start + length, Lead { source, ..Lead::default() }));
    }
    let house = ["本报", "本刊", "本台"].iter().find(|h| begins(chars, h)).map(|h| h.chars().count());
    if let Some(house) = house {
        let (place, end) = place_and_wire(words, start + house)?;
        let dateline = Some(words.printed(place));
        return Some(with_people(words, end, Lead { dateline, ..Lead::default() }));
    }
    // `香港商聞訊（記者 黎浩然）`: of any other house the reporter in brackets tells it.
    let other = (MIN_HOUSE..=MAX_HOUSE).find(|n| {
        let name = chars.get(..*n).unwrap_or_default();
        let open = words.skip_space(start + n);
        let close = || words.folded.iter().take(open + byline::MAX_BYLINE).skip(open).position(|c| *c == ')');
        name.len() == *n
            && name.iter().all(|c| is_han(*c))
            && name.ends_with(&['讯'])
            && words.starts(open, "(")
            && close().is_some_and(|close| {
                byline::read(words, open + 1..open + close, Surroundings::Sure).is_some_and(|people| people.has_role)
            })
    });
    if let Some(other) = other {
        let source = Some(words.printed(start..start + other - 1));
        return Some(with_people(words, start + other, Lead { source, ..Lead::default() }));
    }
    // `云州日报讯`, `晚报讯`
    let paper = (2..=8).find(|n| {
        let name = chars.get(..*n).unwrap_or_default();
        name.len() == *n && name.iter().all(|c| is_han(*c)) && name.ends_with(&['报']) && begins(&chars[*n..], "讯")
    })?;
    let source = Some(words.printed(start..start + paper));
    Some(with_people(words, start + paper + 1, Lead { source, ..Lead::default() }))
}

/// `据新华社日内瓦8月11日电（记者 …）`, `新华社北京8月11日电 题：…`
fn wire(words: &Words, start: usize) -> Option<Lead> {
    let quoted = if words.starts(start, "据") { start + 1 } else { start };
    let rest = words.folded.get(quoted..)?;
    let known = first_of(rest, &AGENCIES).map(|(_, length)| length);
    let agency = known.or_else(|| {
        // An unknown house needs place and date or a bracket: `电` alone may be any word.
        (3..=10).find(|n| {
            let name = rest.get(..*n).unwrap_or_default();
            name.len() == *n
                && name.iter().all(|c| is_han(*c))
                && HOUSE_ENDS.iter().any(|e| ends(name, e))
                && place_and_wire(words, quoted + n).is_some_and(|(place, _)| words.folded[place].contains(&'日'))
        })
    })?;
    let after = quoted + agency;
    let (place, end) = match bare_wire(words, words.skip_space(after)) {
        Some(end) => (after..after, end),
        None => place_and_wire(words, after)?,
    };
    let dateline = Some(words.printed(place)).filter(|p| !p.is_empty());
    let source = Some(words.printed(quoted..after));
    let mut lead = Lead { dateline, source, ..Lead::default() };
    let topic = words.skip_space(end);
    if words.starts(topic, "题:") {
        lead.headline =
            Some(words.printed(topic + 2..words.len())).filter(|h| !h.is_empty() && h.chars().count() <= 40);
        if lead.headline.is_some() {
            lead.end = words.len();
            return Some(lead);
        }
    }
    Some(with_people(words, end, lead))
}

/// `综合新华社驻外记者报道：…`, `据外媒报道：…`, `据《云州日报》报道 …`, up to the colon or the space.
fn composed(words: &Words, start: usize) -> Option<Lead> {
    let chars = &words.folded[start..];
    let (_, from) = first_of(chars, &["本报综合", "综合", "据"])?;
    let said_before = |at: usize| ["报道", "报导", "消息", "电"].into_iter().find(|word| ends(&chars[..at], word));
    let stops = chars.iter().take(MAX_HOUSES).enumerate().filter(|(_, c)| matches!(c, ':' | ' ')).map(|(at, _)| at);
    let (colon, said) = stops.filter(|at| *at > from).find_map(|at| Some((at, said_before(at)?)))?;
    let houses = &chars[from..colon];
    let plain = houses.iter().all(|c| is_han(*c) || matches!(c, '、' | ' ' | '《' | '》' | '“' | '”'));
    let houses = &houses[..houses.len() - said.chars().count()];
    let quoted = houses.first() == Some(&'《') && houses.last() == Some(&'》');
    let foreign = houses == ['外', '电'] || houses == ['外', '媒'];
    let source = quoted || foreign || begins_with_agency(houses) || HOUSE_ENDS.iter().any(|end| ends(houses, end));
    // Without a colon only a house makes it a lead.
    if chars[colon] == ' ' && !source {
        return None;
    }
    let source = source.then(|| words.printed(start + from..start + from + houses.len()));
    plain.then(|| with_people(words, start + colon + 1, Lead { source, ..Lead::default() }))
}

/// `海州10月21日电（记者 陆昭）`, where the paper leaves out that the report is its own.
fn placed(words: &Words, start: usize) -> Option<Lead> {
    let (place, end) = place_and_wire(words, start)?;
    let dated = words.folded[place.clone()].contains(&'日') && is_han(*words.folded.get(start)?);
    let ended = words.folded.get(end).is_some_and(|c| matches!(c, ' ' | '('));
    (dated && ended).then(|| with_people(words, end, Lead { dateline: Some(words.printed(place)), ..Lead::default() }))
}

/// `【据新华社北京5月6日电】`, `【今日商报报道】（…）`, `【記者王小明／台北報導】`, `（中央社記者王小明台北12日電）`
fn bracket(words: &Words, start: usize) -> Option<Lead> {
    let close = closing_bracket(*words.folded.get(start)?)?;
    let end = words.folded.iter().take(start + MAX_LEAD / 2).skip(start).position(|c| *c == close)? + start;
    let inner = start + 1..end;
    let chars = &words.folded[inner.clone()];
    // `（記者張雅文）地鐵公司昨日…`
    if close == ')' && end + 1 < words.len() {
        let people = byline::read(words, inner.clone(), Surroundings::Open).filter(|b| b.has_role && !b.has_photo);
        if let Some(people) = people {
            return Some(Lead { end: end + 1, authors: people.authors, ..Lead::default() });
        }
    }
    let said = ["报道", "报导", "专讯", "讯", "电", "消息", "专电"].iter().find(|w| ends(chars, w))?;
    // `【资讯】`, `【快讯】` are standing heads: they name no house. `【特訊】` begins reports of papers in Macau.
    let special = ["特讯", "专讯"].iter().any(|word| word.chars().eq(chars.iter().copied()));
    if close == ']' && chars.len() <= said.chars().count() + 1 && !special {
        return None;
    }
    // Behind a text the same bracket says where it came from.
    let house = chars.strip_prefix(&['据']).unwrap_or(chars);
    let led = chars.iter().collect::<String>().contains("记者") || (begins_with_agency(house) && end + 1 < words.len());
    if close == ')' && !led {
        return None;
    }
    let part = Words::new(&words.printed(inner.clone()));
    if let Some(inside) = own(&part, 0).or_else(|| wire(&part, 0)).filter(|lead| lead.end == part.len()) {
        return Some(with_people(words, end + 1, inside));
    }
    let body = inner.start..inner.end - said.chars().count();
    Some(with_people(words, end + 1, reported(words, body)))
}

/// `記者王小明／台北`, `中央社記者王小明台北12日`, `今日商报`: who and from where.
fn reported(words: &Words, range: Range<usize>) -> Lead {
    let mut lead = Lead::default();
    let slash = words.folded[range.clone()].iter().position(|c| *c == '/').map(|at| range.start + at);
    if let Some(slash) = slash {
        lead.dateline = Some(words.printed(slash + 1..range.end)).filter(|p| !p.is_empty());
        lead.bracketed = true;
        lead.authors = byline::read(words, range.start..slash, Surroundings::Sure).map_or(vec![], |b| b.authors);
        return lead;
    }
    let text: String = words.folded[range.clone()].iter().collect();
    let Some(role) = text.find("记者") else {
        lead.source = Some(words.printed(range)).filter(|s| !s.is_empty());
        return lead;
    };
    let role = range.start + text[..role].chars().count();
    lead.source = Some(words.printed(range.start..role)).filter(|s| !s.is_empty() && !s.starts_with('本'));
    let name = role + 2;
    let run = words.folded[name..range.end].iter().take_while(|c| is_han(**c)).count();
    // A place has two characters or more, so that of five the first three are the name.
    let by_length = (4..=7).contains(&run).then(|| name + if run == 4 { 2 } else { 3 }).filter(|at| {
        let ends = name + run == range.end || words.folded.get(name + run).is_some_and(char::is_ascii_digit);
        ends && names::is_plain_name(&words.folded[name..*at])
    });
    let place = (name + 2..=name + 4).find(|at| {
        let rest = words.folded.get(*at..range.end).unwrap_or_default();
        rest.is_empty() || first_of(rest, &PLACES).is_some() || rest.first() == Some(&' ')
    });
    if let Some(place) = place.or(by_length).filter(|place| *place <= range.end) {
        lead.authors = byline::read(words, role..place, Surroundings::Sure).map_or(vec![], |b| b.authors);
        lead.dateline = Some(words.printed(place..range.end)).filter(|p| !p.is_empty());
    }
    lead
}

/// `本报记者黄涛报道 经过…`, `王小明、李大同报道：…`
fn run_on(words: &Words, start: usize) -> Option<Lead> {
    let last = words.len().min(start + MAX_LEAD / 2);
    let text: String = words.folded[start..last].iter().collect();
    let (said, word) = ["报道", "报导", "发自"].iter().filter_map(|w| text.find(w).map(|at| (at, *w))).min()?;
    let mut names = start..start + text[..said].chars().count();
    // `本报记者 仲夏 现场报道`
    if ["现场", "联合", "独家", "专题"].iter().any(|how| ends(&words.folded[names.clone()], how)) {
        names.end -= 2;
    }
    let mut place = None;
    // `記者李大同／鹿港報導`: behind the stroke stands a place, elsewhere (`记者王明/李红报道`) a second name.
    if let Some(stroke) = words.folded[names.clone()].iter().rposition(|c| *c == '/').map(|at| names.start + at)
        && (word == "报导" || !names::is_plain_name(&words.folded[stroke + 1..names.end]))
    {
        place = Some(words.printed(stroke + 1..names.end));
        names.end = stroke;
    }
    // `特派记者 孙海光 大阪报道`: behind the names stands where from.
    let gap = words.folded[names.clone()].iter().rposition(|c| *c == ' ').map(|at| names.start + at);
    if let Some(space) = gap.filter(|_| place.is_none() && word != "发自") {
        let town = &words.folded[space + 1..names.end];
        let named = (names::is_plain_name(town) && !is_city(town)) || town.len() < 2 || deeds::is_deed(town);
        let people = byline::read(words, names.start..space, Surroundings::Open).filter(|people| people.has_role);
        if !named && people.is_some() && town.iter().all(|c| is_han(*c)) {
            place = Some(words.printed(space + 1..names.end));
            names.end = space;
        }
    }
    let byline = byline::read(words, names.clone(), Surroundings::Open)?;
    // `通讯员 林晓 摄影报道` credits a picture.
    if byline.has_photo && names.end + 2 >= words.len() {
        return None;
    }
    let mut end = start + text[..said].chars().count() + 2;
    let mut dateline = place.filter(|place| !place.is_empty());
    if word == "发自" {
        let place = words.folded[end..last].iter().take_while(|c| is_han(**c)).count();
        if place > MAX_PLACE {
            return None;
        }
        dateline = Some(words.printed(end..end + place)).filter(|p| !p.is_empty());
        end += place;
    }
    let colon = words.starts(end, ":");
    let ends_here = colon || end == words.len() || words.starts(end, " ");
    ends_here.then(|| Lead { end: end + usize::from(colon), authors: byline.authors, dateline, ..Lead::default() })
}

/// The people behind a lead-in's label, in brackets or run on; the lead ends behind them.
fn with_people(words: &Words, end: usize, mut lead: Lead) -> Lead {
    lead.end = end;
    let at = words.skip_space(end);
    if let Some(close) = words.folded.get(at).and_then(|c| closing_bracket(*c)) {
        let close = words.folded.iter().take(at + byline::MAX_BYLINE).skip(at).position(|c| *c == close);
        if let Some(close) = close.map(|n| at + n)
            && let Some(people) = byline::read(words, at + 1..close, Surroundings::Sure)
        {
            lead.authors.extend(people.authors);
            lead.end = close + 1;
            // `(记者 周岩)` may be followed by a second bracket or by what it reports.
            return lead;
        }
    }
    if let Some((authors, end)) = people_run_on(words, at) {
        lead.authors.extend(authors);
        lead.end = end;
    }
    lead
}

/// `记者潘跃今天从…`, `记者王明、李红报道：`, `记者 王明 通讯员 李红 近日…`: only as far as the names can be told.
fn people_run_on(words: &Words, start: usize) -> Option<(Vec<Author>, usize)> {
    let mut authors = Vec::new();
    let mut at = start;
    let mut end = start;
    // Each turn takes a role with its names; a lead-in names three groups at the most.
    for _ in 0..3 {
        let Some(role_length) = words.folded.get(at..).and_then(role_ahead) else { break };
        let mut names_end = None;
        let mut name = words.skip_space(at + role_length);
        while let Some(name_end) = names::run_on(words, name) {
            names_end = Some(name_end);
            let next = name_end + usize::from(matches!(words.folded.get(name_end), Some('、' | ' ')));
            if next == name_end || name_end - start > byline::MAX_BYLINE {
                break;
            }
            name = words.skip_space(next);
        }
        let Some(names_end) = names_end else { break };
        let Some(people) = byline::read(words, at..names_end, Surroundings::Open) else { break };
        authors.extend(people.authors);
        end = names_end;
        // `记者罗兰、谭青，通讯员李安报道：`
        let mark = usize::from(matches!(words.folded.get(names_end), Some(',' | '、')));
        at = words.skip_space(names_end + mark);
    }
    if authors.is_empty() {
        return None;
    }
    if let Some((_, length)) = first_of(&words.folded[end..], &["报道:", "报导:", "报道 ", "报导 "]) {
        end += length;
    } else if !matches!(words.folded.get(end), Some(' ' | ',' | ':')) {
        // The name runs on into the sentence: the people are known, the sentence stays whole.
        end = start;
    }
    Some((authors, end))
}
