//! The lines between a Chinese headline and its story → who wrote it and when it came out: `李明`, `2026年11月20日`, `江城发布`, each
//! by itself or beside another; `2026-11-20 08:00 来源：江城晚报 作者：李明`.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::cited::cited;
use super::imprint::{Imprint, dated, day, whole_date};
use super::labels::{is_idle, labels};
use crate::article::When;
use crate::parse::page;

/// So many lines below the headline are looked at.
const MAX_BELOW: usize = 5;
/// No headline is longer, in characters.
const MAX_HEADLINE: usize = 42;
/// Nor is one of a page's standing heads so long.
const HEADLINE: usize = 7;
/// A line so long is text, whatever it ends with, in characters.
const TEXT: usize = 40;
/// No line that names a day with a writer or a house is longer, in characters.
const MAX_LINE: usize = 40;
/// What the name of whoever publishes texts ends with, and of nobody else.
const HOUSES: [&str; 16] =
    ["报", "報", "网", "網", "社", "台", "臺", "刊", "客户端", "发布", "新闻", "中心", "公司", "政府", "办公室", "局"];
/// What else such a name ends with beside a day.
const OFFICES: [&str; 12] = ["厅", "廳", "委", "办", "辦", "部", "院", "校", "会", "會", "处", "大学"];
const COLONS: [char; 2] = [':', '：'];
/// The name of a house in a line of its own is no longer, in characters.
const MAX_HOUSE: usize = 12;

/// What such lines say.
pub(in crate::parse) struct Head {
    pub(in crate::parse) said: Imprint,
    /// Where they stand, from 0.
    pub(in crate::parse) lines: Vec<usize>,
    /// Whether a day stands there without a word that says of what.
    pub(in crate::parse) is_dated: bool,
    /// Whether that day is ahead: it is when something takes place.
    pub(in crate::parse) is_ahead: bool,
}

/// A line of it.
struct Told {
    /// From 0.
    number: usize,
    said: Imprint,
    /// Whether a word says what is told.
    is_labelled: bool,
}

impl Told {
    /// Whether a day stands there without a word that says of what.
    fn is_day(&self) -> bool {
        !self.is_labelled && self.said.published.is_some()
    }
}

impl Head {
    /// None where nothing of the kind stands there, or what does may be a page's own.
    pub(in crate::parse) fn of(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Self> {
        let is_line = |line: &str| !line.is_empty() && !page::is_call(line);
        let mut lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| is_line(line));
        let (_, headline) = lines.next()?;
        let mut told: Vec<Told> = Vec::new();
        // The headline, and what stands between it and these lines: more of it, a subhead.
        let mut heads = vec![headline];
        let mut passed: Vec<&str> = Vec::new();
        let mut above: Option<(usize, String)> = None;
        for (number, line) in lines.by_ref().take(MAX_BELOW) {
            // `来源：江城晚报` and `时间：2026-11-20` in two lines tell what they do in one.
            let joined =
                above.filter(|above| above.1.contains(COLONS) && line.contains(COLONS)).and_then(|(number, words)| {
                    let words = format!("{words} {line}");
                    let said = labels(&words, zone)?;
                    told.pop_if(|told| told.number == number).is_none().then(|| passed.pop());
                    told.push(Told { number, said: Imprint::default(), is_labelled: true });
                    Some((words, said))
                });
            let told_by_words = || labels(line, zone).or_else(|| dated(line, zone)).or_else(|| cited(line, zone));
            let (words, labelled) =
                joined.map_or_else(|| (line.to_owned(), told_by_words()), |(words, said)| (words, Some(said)));
            let labelled = labelled.or_else(|| is_idle(line).then(Imprint::default));
            above = Some((number, words));
            let is_labelled = labelled.is_some();
            // What was passed over is more of the headline, until there is a day.
            let is_open =
                passed.is_empty() || !passed.iter().any(|line| is_text(line)) && !told.iter().any(Told::is_day);
            match labelled.or_else(|| unlabelled(line, arrival, zone).filter(|_| is_open)) {
                Some(said) => {
                    heads.append(&mut passed);
                    told.push(Told { number, said, is_labelled });
                }
                None => passed.push(line),
            }
        }
        let below = passed.first().copied().or_else(|| lines.next().map(|(_, line)| line));
        let is_head = |line: &&str| {
            // The first line may ask, call or quote, and be a headline.
            let is_text = is_text(line) && !(*line == headline && line.ends_with(['！', '？', '”', '）']));
            line.chars().count() <= MAX_HEADLINE && !is_text && !page::is_furniture(line, arrival, zone)
        };
        let is_long = headline.chars().count() >= HEADLINE && !is_house(headline);
        let is_signed = told.iter().any(|line| !line.said.authors.is_empty());
        let is_dated = told.iter().any(Told::is_day)
            && heads.iter().all(is_head)
            // Below the name of a paper stands its day, and then a headline.
            && (heads.len() == 1 || !is_house(headline))
            && below.is_some_and(|below| is_text(below) || is_long || is_signed);
        // Elsewhere only labels tell; the house alone is told of where pages are read.
        told.retain(|line| is_dated || line.is_labelled);
        let lines: Vec<usize> = told.iter().map(|line| line.number).collect();
        let said = told.into_iter().fold(Imprint::default(), |all, line| all.and(line.said));
        let is_ahead =
            is_dated && said.published.is_some_and(|when| day(when, zone) > day(When::Instant(arrival), zone));
        let is_told = said.published.is_some() || !said.authors.is_empty() || said.house.is_none();
        (is_told && !lines.is_empty()).then_some(Self { said, lines, is_dated, is_ahead })
    }
}

/// What a line says that is a day, a writer, a house, or one of them beside a day.
fn unlabelled(line: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Imprint> {
    if line.chars().nth(MAX_LINE).is_some() {
        return None;
    }
    let line = line.trim_matches(|c| "（）()【】[]".contains(c));
    let of_day = |published| Imprint { published: Some(published), ..Imprint::default() };
    let printed =
        |text: &str| page::day(text, arrival, zone).filter(|_| text.starts_with(|c: char| c.is_ascii_digit()));
    let day = |text: &str| whole_date(text, zone).or_else(|| printed(text).map(When::Day));
    if let Some(published) = day(line) {
        return Some(of_day(published));
    }
    if let Some(authors) = page::signed(line) {
        return Some(Imprint { authors, ..Imprint::default() });
    }
    if is_house(line) && line.chars().count() <= MAX_HOUSE {
        return Some(Imprint { house: Some(line.to_owned()), ..Imprint::default() });
    }
    // `原创 林晓 云州发布 2026年11月24日 07:30 江西`, as accounts on phones have it: the last word is where it was sent from.
    let own = line.strip_prefix("原创").map(str::trim_start);
    let line = own.unwrap_or(line);
    let sent = line.rsplit_once(char::is_whitespace).filter(|(_, place)| page::is_province(place));
    let line = sent.map_or(line, |(before, _)| before.trim_end());
    line.match_indices(char::is_whitespace).find_map(|(at, _)| {
        let (before, behind) = (bare(&line[..at]), bare(&line[at..]));
        let (published, other) = match day(before) {
            Some(published) => (published, behind),
            None => (day(behind)?, before),
        };
        // There a pen name and an account of any name are what they are.
        let is_account = |house: &str| is_house(house) || own.is_some() && !house.contains(char::is_whitespace);
        if let Some((name, house)) = other.split_once(char::is_whitespace).filter(|(_, house)| is_account(house.trim()))
            && let Some(authors) = page::signed(name).or_else(|| page::people(name).filter(|_| own.is_some()))
        {
            return Some(Imprint { authors, house: Some(house.trim().to_owned()), ..of_day(published) });
        }
        match page::signed(other) {
            Some(authors) => Some(Imprint { authors, ..of_day(published) }),
            None => (is_house(other) || OFFICES.iter().any(|ending| other.ends_with(ending)))
                .then(|| Imprint { house: Some(other.to_owned()), ..of_day(published) }),
        }
    })
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "|｜·/／,，;".contains(c))
}

/// Whether it may be the name of whoever publishes texts.
fn is_house(name: &str) -> bool {
    HOUSES.iter().any(|ending| name.ends_with(ending)) && !name.contains(['，', '：', '。', ' '])
}

/// Whether a line is part of a story.
fn is_text(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '”', '）', '：', '；']) && !line.starts_with(['（', '【'])
        || line.chars().nth(TEXT).is_some()
        || page::lead_of(line).is_some()
}
