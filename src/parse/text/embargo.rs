//! A line above a story that says until when it must not come out → that time:
//! `***EMBARGOED UNTIL 00:01 CEST FRIDAY 3 JULY 2027***`, `Sperrfrist: 3. Juli 2027, 6.00 Uhr`. A headline about an embargo
//! is none. What says that there is one, and not until when, is told too: nothing comes out by guess.

use std::borrow::Cow;

use chrono_tz::Tz;

use super::dateline::dateline;
use crate::article::When;
use crate::parse::dates;

/// An embargo stands among so many lines at the top, blank ones not counted.
pub(in crate::parse) const MAX_TOP: usize = 12;
/// Nor is its line longer, in characters.
const MAX_LINE: usize = 160;
/// How its line begins, in lower case; the longer before the shorter. The second: whether it says nothing without a time.
const KEYWORDS: [(&str, bool); 31] = [
    ("strictly embargoed", false),
    ("strict embargo", false),
    ("press embargo", false),
    ("news embargo", false),
    ("under embargo", false),
    ("sous embargo", false),
    ("bajo embargo", false),
    ("onder embargo", false),
    ("sob embargo", false),
    ("sotto embargo", false),
    ("embargoed", false),
    ("embargado", false),
    ("embargo", false),
    ("эмбарго", false),
    ("ембарго", false),
    ("ambargo", false),
    ("엠바고", false),
    ("sperrfrist", false),
    ("sperrefrist", false),
    ("gesperrt", true),
    ("frei ab", true),
    ("freigegeben ab", true),
    ("not for publication", true),
    ("not for release", true),
    ("not for broadcast", true),
    ("not to be published", true),
    ("do not publish", true),
    ("hold for release", true),
    ("nicht zur veröffentlichung", true),
    ("nicht veröffentlichen", true),
    ("veröffentlichung frei", true),
];
/// Those that headlines begin with too.
const EVERYDAY: [&str; 2] = ["gesperrt", "frei ab"];
/// What leads from it to the time; the longer before the shorter.
#[rustfmt::skip]
const UNTIL: [&str; 36] = [
    "for release", "for publication", "or broadcast", "or release", "prior to", "before", "until", "till", "til", "indtil",
    "bis zum", "bis", "vor dem", "vor", "ab", "hasta el", "hasta las", "hasta", "jusqu'au", "jusqu’au", "jusqu'à", "jusqu’à",
    "fino alle ore", "fino alle", "fino al", "fino a", "tot", "até às", "até", "do", "до", "sampai", "hingga", "zum", "den", "el",
];
/// What says that there is no embargo, or none any more.
const NONE: [&str; 9] = ["none", "no", "nil", "lifted", "keine", "kein", "aufgehoben", "aucun", "ninguno"];
/// Words of a time beside its numbers.
#[rustfmt::skip]
const TIMELY: [&str; 57] = [
    "am", "pm", "a.m", "p.m", "uhr", "noon", "midnight", "mitternacht", "h", "hr", "hrs", "hours", "o'clock", "local",
    "time", "ortszeit", "the", "of", "on", "at", "um", "den", "and", "today", "tomorrow", "tonight", "heute",
    "morgen", "früh", "abend", "est", "edt", "et", "cst", "cdt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest",
    "mez", "mesz", "z", "eastern", "ist", "ore", "horas", "uur", "kl", "klo", "saat", "godz", "года", "오전", "오후",
];
/// What stands behind an hour.
const HOURS: [&str; 7] = ["uhr", "hrs", "hours", "uur", "horas", "heures", "saakka"];
/// What stands beside a day or an hour and says nothing that they do not.
const IDLE: [&str; 13] = ["um", "den", "om", "kl", "klo", "ore", "alle", "del", "godz", "saat", "pukul", "года", "г"];

/// What is said of an embargo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::parse) enum Embargo {
    /// Until when it holds.
    Until(When),
    /// There is none.
    Lifted,
    /// There is one, and nobody can say until when.
    Unreadable,
}

/// An embargo, and what is left of the text without it.
#[derive(Debug)]
pub(in crate::parse) struct Taken<'t> {
    /// The text, with blank lines in place of those taken.
    pub(in crate::parse) text: Cow<'t, str>,
    /// Their numbers, from 1.
    pub(in crate::parse) lines: Vec<u32>,
    pub(in crate::parse) embargo: Option<Embargo>,
}

/// Takes the lines of an embargo off the top of a text whose lines end in LF; `zone` is that of times without one.
pub(in crate::parse) fn take(text: &str, zone: Tz) -> Taken<'_> {
    /// Blank lines at the top are no more than this.
    const MAX_RAW: usize = 100;
    let (gone, embargo) = among(text.split('\n').take(MAX_RAW).map(trimmed), false, zone);
    if gone.is_empty() {
        return Taken { text: Cow::Borrowed(text), lines: Vec::new(), embargo };
    }
    let left = without(text, &gone);
    let lines = gone.iter().filter_map(|at| u32::try_from(at + 1).ok()).collect();
    Taken { text: Cow::Owned(left), lines, embargo }
}

/// A text with blank lines in place of some, by their numbers from 0.
pub(in crate::parse) fn without(text: &str, gone: &[usize]) -> String {
    let left = text.split('\n').enumerate().map(|(at, line)| if gone.contains(&at) { "" } else { line });
    left.collect::<Vec<_>>().join("\n")
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Which of the first lines of a text state its embargo, and what they state; two that state different ones state none that
/// can be read. Where the lines are paragraphs, each stands apart from the others. No more lines are asked for than are read.
pub(in crate::parse) fn among<L: AsRef<str>>(
    lines: impl Iterator<Item = L>,
    are_paragraphs: bool,
    zone: Tz,
) -> (Vec<usize>, Option<Embargo>) {
    let mut lines = lines.enumerate().peekable();
    let mut gone: Vec<usize> = Vec::new();
    let mut embargo: Option<Embargo> = None;
    let mut seen = 0;
    let mut is_blank = true;
    while let Some((at, line)) = lines.next() {
        let line = line.as_ref();
        let is_below_blank = std::mem::replace(&mut is_blank, line.is_empty());
        if line.is_empty() || gone.contains(&at) {
            continue;
        }
        // Below its dateline or a paragraph there is only the story.
        if seen == MAX_TOP || is_long(line) && seen > 0 || dateline(line).is_some() {
            break;
        }
        let mut is_apart = are_paragraphs || seen == gone.len() || is_below_blank || line.starts_with(['*', '[', '(']);
        seen += 1;
        let Some((mut told, is_label)) = told(line, zone) else { continue };
        let below = lines.peek().map_or("", |(_, below)| below.as_ref());
        is_apart |= below.is_empty();
        if !is_apart {
            continue;
        }
        gone.push(at);
        // `EMBARGO` may have its time on the line below.
        if is_label && let Some(until) = date(below, zone) {
            told = Embargo::Until(until);
            gone.push(at + 1);
            seen += 1;
        }
        embargo = match embargo {
            Some(known) if known != told => Some(Embargo::Unreadable),
            _ => Some(told),
        };
    }
    (gone, embargo)
}

fn is_long(line: &str) -> bool {
    line.chars().nth(MAX_LINE).is_some()
}

/// What a line says of an embargo, and whether it says nothing but that there is one.
fn told(line: &str, zone: Tz) -> Option<(Embargo, bool)> {
    if is_long(line) {
        return None;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*#=_!<>[]()-–—.".contains(c));
    let is_decorated = line.starts_with(['*', '[', '!', '=']);
    let lower = bare.to_lowercase();
    if let Some(told) = told_in_chinese(line, zone) {
        return Some((told, false));
    }
    let (keyword, needs_time) = KEYWORDS.iter().find(|(keyword, _)| {
        lower.strip_prefix(keyword).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    let mut rest = lower[keyword.len()..].trim_start();
    let mut has_colon = false;
    let is_shouted = bare.chars().take(keyword.chars().count()).all(|c| !c.is_lowercase());
    let is_all_shouted = bare.chars().all(|c| !c.is_lowercase());
    let mut is_until = keyword.ends_with(" ab") || keyword.ends_with(" frei");
    loop {
        has_colon |= rest.starts_with([':', '：']);
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":：-–—".contains(c));
        let after = UNTIL
            .iter()
            .find_map(|word| rest.strip_prefix(word).filter(|after| !after.starts_with(|c: char| c.is_alphanumeric())));
        let Some(after) = after else { break };
        is_until = true;
        rest = after;
    }
    let is_told = has_colon || is_decorated || is_shouted;
    // Roads are closed until Monday, and films are free from twelve years on.
    if (*needs_time && !is_until) || (EVERYDAY.contains(keyword) && !is_told) {
        return None;
    }
    if rest.is_empty() {
        return (is_told || is_until).then_some((Embargo::Unreadable, true));
    }
    if NONE.contains(&rest) && has_colon {
        return Some((Embargo::Lifted, false));
    }
    if let Some(until) = date(rest, zone) {
        return Some((Embargo::Until(until), false));
    }
    let is_label = has_colon && (*keyword == "sperrfrist" || (is_shouted && !is_all_shouted));
    let says_so = is_decorated
        || is_label
        || (is_until && *keyword != "embargo")
        || ((is_told || is_until) && timely(rest))
        || (is_told && has_day(rest));
    says_so.then_some((Embargo::Unreadable, false))
}

/// `【解禁时间：2027年7月3日0时】`, `（本稿请于2027年7月3日零时后发布）`, `2027年7月3日零时前不得刊发`: lines that say nothing else.
fn told_in_chinese(line: &str, zone: Tz) -> Option<Embargo> {
    const LABELS: [&str; 6] = ["解禁时间", "解禁日期", "解禁日时", "禁发至", "禁发期至", "发布禁令至"];
    /// In traditional characters, and in Japanese.
    const TRADITIONAL: [(char, char); 16] = [
        ('發', '发'),
        ('佈', '布'),
        ('報', '报'),
        ('導', '导'),
        ('轉', '转'),
        ('載', '载'),
        ('開', '开'),
        ('見', '见'),
        ('請', '请'),
        ('嚴', '严'),
        ('須', '须'),
        ('於', '于'),
        ('時', '时'),
        ('間', '间'),
        ('後', '后'),
        ('點', '点'),
    ];
    const BEFORE: [&str; 9] = ["本稿", "此稿", "该稿", "稿件", "注意", "请", "须", "于", "在"];
    const DEEDS: [&str; 12] =
        ["转载", "发布", "刊发", "公开", "报道", "播发", "见报", "刊登", "发表", "刊播", "推送", "解禁"];
    const FORBIDDEN: [&str; 6] = ["不得", "禁止", "严禁", "请勿", "切勿", "勿"];
    const ALLOWED: [&str; 6] = ["方可", "才可", "再", "可", "统一", "提前"];
    const LAST: [char; 11] = ['载', '布', '发', '开', '道', '报', '登', '表', '播', '送', '禁'];
    let simple =
        |c: char| TRADITIONAL.iter().find(|(traditional, _)| *traditional == c).map_or(c, |(_, simple)| *simple);
    let is_mark = |c: char| c.is_whitespace() || "*#=【】（）()[]。！!".contains(c);
    // Most lines neither end like a deed nor have the sign that is in all labels.
    let last = line.trim_end_matches(is_mark).chars().next_back().map(simple);
    if !line.contains('禁') && !last.is_some_and(|last| LAST.contains(&last)) {
        return None;
    }
    let bare: String = line.chars().filter(|c| !is_mark(*c)).map(simple).collect();
    let time = |words: &str| {
        let is_time = words.contains(['日', '号', '时', '点']) && words.chars().count() <= 30;
        dates::read(words, zone).map(Embargo::Until).or(is_time.then_some(Embargo::Unreadable))
    };
    // `【解禁】2031年7月3日午前6時`, but not `解禁日本产海产品`.
    if let Some(rest) = bare.strip_prefix("解禁").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return time(rest);
    }
    if let Some(rest) = LABELS.iter().find_map(|label| bare.strip_prefix(label)) {
        return time(rest.trim_start_matches([':', '：']));
    }
    let without_end = |words: &str, ends: &[&str]| {
        let mut left = words.to_owned();
        while let Some(shorter) = ends.iter().find_map(|end| left.strip_suffix(end)) {
            left = shorter.trim_end_matches(['、', '或', '和']).to_owned();
        }
        left
    };
    let told = without_end(&bare, &DEEDS);
    let allowed = without_end(&told, &ALLOWED);
    let forbidden = without_end(&allowed, &FORBIDDEN);
    let (is_told, is_forbidden) = (told != bare, forbidden != allowed);
    let limited = if is_forbidden { ["之前", "以前", "前"] } else { ["之后", "以后", "后"] };
    let limit = limited.iter().find_map(|end| forbidden.strip_suffix(end)).or_else(|| forbidden.strip_suffix('起'));
    // A day alone is when it came out.
    let mut rest = limit.or_else(|| bare.strip_suffix("解禁")).filter(|_| is_told)?;
    while let Some(shorter) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter.trim_start_matches(['，', '：']);
    }
    rest.starts_with(|c: char| c.is_numeric() || "一二三四五六七八九十〇○零".contains(c)).then(|| time(rest))?
}

/// The time that words state and nothing else, in English or German.
fn date(words: &str, zone: Tz) -> Option<When> {
    /// More words than any time has.
    const MAX_WORDS: usize = 16;
    let lower = words.to_lowercase();
    let lower = lower.trim_matches(|c: char| c.is_whitespace() || "*#=_!<>[]()".contains(c));
    let tokens: Vec<&str> = lower.split_whitespace().collect();
    if tokens.len() > MAX_WORDS || !lower.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut plain: Vec<String> = Vec::new();
    let mut is_after_hour = false;
    for token in tokens {
        let core = token.trim_end_matches([',', ';']);
        let end = &token[core.len()..];
        let name = core.trim_end_matches('.');
        let was_after_hour = std::mem::take(&mut is_after_hour);
        if HOURS.contains(&name) {
            is_after_hour = true;
            if let Some(hour) = plain.last_mut().filter(|hour| hour.len() <= 2 && hour.parse::<u8>().is_ok()) {
                hour.push_str(":00");
            }
        } else if IDLE.contains(&name) || (was_after_hour && name == "am") {
            // They say nothing that the date does not.
        } else {
            let zoned = match name {
                "mez" => "cet",
                "mesz" => "cest",
                _ => core,
            };
            let clock = zoned.strip_suffix("hrs").or_else(|| zoned.strip_suffix("uhr"));
            plain
                .push(format!("{}{end}", clock.filter(|c| c.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(zoned)));
        }
    }
    dates::read(plain.join(" ").trim_end_matches(['.', ',']), zone)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || ",;/".contains(c))
        .map(|w| w.trim_matches(['.', ':', '(', ')']))
        .filter(|w| !w.is_empty())
}

/// Whether every word belongs to a time: `Friday, 6 a.m. local time`.
fn timely(rest: &str) -> bool {
    words(rest).all(|w| w.starts_with(|c: char| c.is_ascii_digit()) || TIMELY.contains(&w) || dates::is_day_name(w))
}

/// Whether a day or an hour stands in it: `3 July, after the speech`, `06:00, please check`.
fn has_day(rest: &str) -> bool {
    let is_number = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok();
    // `3 de julio`
    let all: Vec<&str> = words(rest).filter(|word| *word != "de").collect();
    let is_clock = |word: &str| {
        word.split_once(':')
            .is_some_and(|(hour, minute)| is_number(hour) && minute.starts_with(|c: char| c.is_ascii_digit()))
    };
    all.iter()
        .any(|word| is_clock(word) || word.matches('-').count() >= 2 && word.starts_with(|c: char| c.is_ascii_digit()))
        || all.windows(2).any(|pair| {
            (is_number(pair[0]) && dates::is_day_name(pair[1])) || (dates::is_day_name(pair[0]) && is_number(pair[1]))
        })
}
