//! The line of labels that Chinese sites print below a headline → what it says of the story's publication:
//! `2026-11-20 08:00 来源：江城晚报 作者：李明 责任编辑：王芳`. Whoever edited it, and how many have read it, is nobody's news.

use chrono_tz::Tz;

use super::imprint::{Imprint, whole_date};
use crate::article::Author;
use crate::parse::page;

/// What a label says of what stands behind it.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    House,
    Author,
    Date,
    /// The same, where a house or an author is named beside it: elsewhere it is when something takes place.
    Time,
    /// Of no story.
    Other,
}

/// The longer ones first: some end as others begin.
#[rustfmt::skip]
const LABELS: [(&str, Label); 48] = [
    ("文章来源", Label::House), ("信息来源", Label::House), ("消息来源", Label::House), ("稿件来源", Label::House), ("新闻来源", Label::House),
    ("来源", Label::House), ("來源", Label::House), ("稿源", Label::House),
    ("文章作者", Label::Author), ("作者", Label::Author), ("记者", Label::Author), ("記者", Label::Author), ("撰文", Label::Author),
    ("撰稿", Label::Author), ("通讯员", Label::Author), ("投稿人", Label::Author), ("通訊員", Label::Author),
    ("发布时间", Label::Date), ("發布時間", Label::Date), ("发表时间", Label::Date), ("发布日期", Label::Date), ("發布日期", Label::Date),
    ("发稿时间", Label::Date), ("时间", Label::Time), ("時間", Label::Time), ("日期", Label::Time),
    ("责任编辑", Label::Other), ("責任編輯", Label::Other), ("值班编辑", Label::Other), ("编辑", Label::Other), ("編輯", Label::Other),
    ("责编", Label::Other), ("校对", Label::Other), ("审核", Label::Other), ("点击数", Label::Other), ("点击", Label::Other),
    ("浏览次数", Label::Other), ("浏览量", Label::Other), ("浏览", Label::Other), ("访问量", Label::Other), ("访问次数", Label::Other), ("人气", Label::Other),
    ("阅读量", Label::Other), ("阅读", Label::Other), ("字数", Label::Other), ("字号", Label::Other), ("字体", Label::Other), ("分享", Label::Other),
];
/// What is said of one label is no longer, in characters.
const MAX_VALUE: usize = 30;
/// Between two statements.
const MARKS: [char; 9] = ['|', '｜', '·', '/', '／', ',', '，', '　', ';'];

/// What such a line says, if it says where the story is from, who wrote it or when it came out, and nothing else.
pub(super) fn labels(line: &str, zone: Tz) -> Option<Imprint> {
    let mut found = Imprint::default();
    let mut begun: Option<(&str, Label)> = None;
    let mut is_told = false;
    let mut rest = line;
    loop {
        let next = next(rest);
        let value = &rest[..next.map_or(rest.len(), |(at, ..)| at)];
        is_told |= begun.is_some_and(|(_, label)| !matches!(label, Label::Time | Label::Other));
        tell(begun, bare(value), &mut found, zone)?;
        let Some((at, length, said)) = next else { break };
        begun = Some(said);
        rest = &rest[at + length..];
    }
    is_told.then_some(found)
}

/// Whether a line says nothing but what is of no story: how long it is, how many have read it.
pub(super) fn is_idle(line: &str) -> bool {
    let Some((at, length, (_, label))) = next(line) else { return false };
    let value = bare(&line[at + length..]);
    at == 0
        && label == Label::Other
        && !value.is_empty()
        && value.chars().all(|c| c.is_ascii_digit() || "字次".contains(c))
}

/// The next label: where it is, how long with its colon, its word and what that says.
fn next(text: &str) -> Option<(usize, usize, (&'static str, Label))> {
    text.char_indices().filter(|(_, c)| matches!(c, ':' | '：' | '丨')).find_map(|(colon, c)| {
        let before = text[..colon].trim_end();
        let said = LABELS.iter().find(|(word, _)| before.ends_with(word))?;
        let at = before.len() - said.0.len();
        Some((at, colon + c.len_utf8() - at, *said))
    })
}

fn bare(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c) || "[]()（）【】".contains(c))
}

/// Notes what a label says; none where that is nothing of the kind.
fn tell(begun: Option<(&str, Label)>, value: &str, found: &mut Imprint, zone: Tz) -> Option<()> {
    if value.is_empty() {
        return Some(());
    }
    let (word, label) = begun.unzip();
    let (said, date) = match (label, dated(value)) {
        // A time of day is written behind a day.
        (None | Some(Label::Date | Label::Time), _) => ("", value),
        (Some(_), Some(at)) => (bare(&value[..at]), &value[at..]),
        (Some(_), None) => (value, ""),
    };
    if !date.is_empty() {
        found.published = Some(whole_date(date, zone).filter(|_| found.published.is_none())?);
    }
    if said.chars().nth(MAX_VALUE).is_some() || said.contains(['。', '？', '！', ':', '：']) {
        return None;
    }
    match label {
        Some(Label::House) if !said.is_empty() => found.house = Some(said.to_owned()),
        Some(Label::Author) if !said.is_empty() => found.authors.extend(people(said, word)),
        _ => {}
    }
    Some(())
}

/// Where a date begins that is written behind something else.
fn dated(value: &str) -> Option<usize> {
    value.match_indices(['2', '二']).map(|(at, _)| at).find(|at| {
        let year: Vec<char> = value[*at..].chars().take(5).collect();
        let is_written = matches!(year[..], ['二', '〇' | '○' | '零', tens, ones, '年'] if [tens, ones].iter().all(|c| "〇○零一二三四五六七八九".contains(*c)));
        let is_counted = matches!(year[..], ['2', '0', tens, ones, '-' | '/' | '.' | '年'] if tens.is_ascii_digit() && ones.is_ascii_digit());
        let is_begun = !value[..*at].ends_with(|c: char| c.is_ascii_digit());
        is_written || is_counted && is_begun
    })
}

/// `李明 王芳`, `李明、王芳`, and any other name that somebody writes under, each with the label as its role.
fn people(said: &str, role: Option<&str>) -> Vec<Author> {
    let mut authors = page::people(said).filter(|authors| !authors.is_empty()).unwrap_or_else(|| {
        let is_between = |c: char| !said.is_ascii() && "、,，/ 　".contains(c);
        said.split(is_between).map(str::trim).filter(|name| !name.is_empty()).map(Author::named).collect()
    });
    for author in &mut authors {
        author.role = author.role.take().or(role.map(str::to_owned));
    }
    authors
}
