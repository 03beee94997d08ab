//! Which line of wire copy is its title, and what that says.

use super::dateline::dateline;
use crate::parse::page::Line;

/// A title is shorter, in characters.
pub(super) const MAX_TITLE: usize = 200;
/// No line above a headline has so many words.
const MIN_TITLE: usize = 6;

/// Whether a line is a title: alone above a blank line, an indent or a dateline, and it does not end like a sentence.
pub(super) fn title_stands(lines: &[Line], at: usize) -> bool {
    let is_alone = |next: &Line| next.gap > 0 || next.indented || dateline(&next.text).is_some();
    is_title(lines, at) && lines.get(at + 1).is_some_and(is_alone)
}

/// The same of a line that may go on.
pub(super) fn is_title(lines: &[Line], at: usize) -> bool {
    let is_open = |line: &Line| !line.text.ends_with(['.', ',', ';', ':']) || line.text.ends_with("...");
    lines
        .get(at)
        .is_some_and(|line| line.text.chars().count() <= MAX_TITLE && is_open(line) && dateline(&line.text).is_none())
}

/// A headline without the mark by which German desks end it, or Markdown begins it.
pub(super) fn titled(printed: &str) -> String {
    let title = printed.strip_suffix(" =").unwrap_or(printed).trim_end();
    let bare = title.trim_start_matches('#');
    if bare.starts_with(' ') { bare.trim_start().to_owned() } else { title.to_owned() }
}

/// `"I have never missed a tide"`: what somebody said is a headline, and no kicker; so is what has many words.
pub(super) fn is_title_above(text: &str) -> bool {
    text.split_whitespace().count() >= MIN_TITLE
        || text.starts_with(['"', '“', '„', '«', '‘']) && text.ends_with(['"', '”', '“', '»', '’'])
}

/// Whether a line begins with a capital.
pub(super) fn opens_in_capitals(lines: &[Line], at: usize) -> bool {
    lines.get(at).is_some_and(|line| line.text.starts_with(char::is_uppercase))
}

/// Whether a line in capitals stands right above one that is not.
pub(super) fn is_shouted(lines: &[Line], at: usize) -> bool {
    let shouts = |line: &Line| line.text.contains(' ') && !line.text.contains(char::is_lowercase);
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    next.gap == 0 && shouts(line) && !shouts(next) && next.text.contains(char::is_alphabetic)
}
