//! Headings without the space that CommonMark asks for (`#渡口今起通航`, `##Bridge opens`) → the same with it. The first line must
//! be one and no line a proper heading: then their writer leaves it out, and it is no hashtag.

use std::borrow::Cow;

use super::fences::Fences;
use crate::parse::page;

/// No heading is longer, in characters.
const MAX_HEADING: usize = 120;
/// The deepest level of headings.
const MAX_LEVEL: usize = 6;
/// A word of fewer Chinese characters behind a single mark is a tag (`#新闻`).
const MIN_TITLE: usize = 5;

/// The text with a space behind the marks of its headings, line for line.
pub(super) fn space(text: &str) -> Cow<'_, str> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !level(first).is_some_and(|level| level > 1 || is_title(&first[1..])) || has_proper(text) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len() + MAX_LEVEL);
    let mut fences = Fences::default();
    let mut is_free = true;
    for line in text.split_inclusive('\n') {
        let is_code = fences.is_code(line);
        let marks = level(line).filter(|_| is_free && !is_code).unwrap_or_default();
        spaced.push_str(&line[..marks]);
        if marks > 0 {
            spaced.push(' ');
        }
        spaced.push_str(&line[marks..]);
        is_free = line.trim().is_empty() || marks > 0;
    }
    Cow::Owned(spaced)
}

/// How many marks a line begins with, if it would be a heading but for the space.
fn level(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let words = line[marks..].trim_end();
    let opens = words.starts_with(|c: char| c.is_alphanumeric() || "“”《「『【‘".contains(c));
    let is_sentence = words.ends_with(['.', '。', ',', '，', ';', '；']);
    let is_one = (1..=MAX_LEVEL).contains(&marks) && opens && !is_sentence && !words.contains('#');
    (is_one && words.chars().nth(MAX_HEADING).is_none()).then_some(marks)
}

/// Whether what stands behind a single mark is more than a tag.
fn is_title(words: &str) -> bool {
    let words = words.trim();
    let has_han = words.chars().any(page::is_han);
    words.contains(' ') || has_han && words.chars().count() >= MIN_TITLE
}

fn has_proper(text: &str) -> bool {
    let mut fences = Fences::default();
    text.lines().any(|line| {
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        !fences.is_code(line) && (1..=MAX_LEVEL).contains(&marks) && line[marks..].starts_with([' ', '\t'])
    })
}
