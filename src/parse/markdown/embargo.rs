//! The lines at the top of a Markdown text that say until when it must not come out → that time, and the text without them.
//! Emphasis is no sign of an embargo here: any first words may be bold.

use std::borrow::Cow;

use chrono_tz::Tz;

use crate::parse::text::{Embargo, MAX_EMBARGO_LINES, embargo_among, without_lines};

/// Blank lines and marks at the top are no more than this.
const MAX_RAW: usize = 100;

/// The text with blank lines in place of those that state an embargo; their numbers, from 0; and what they state.
pub(super) fn take(source: &str, zone: Tz) -> (Cow<'_, str>, Vec<usize>, Option<Embargo>) {
    let raw = || {
        let mut filled = 0;
        let is_top = move |line: &&str| {
            filled += usize::from(!line.is_empty());
            filled <= MAX_EMBARGO_LINES
        };
        source.split('\n').take(MAX_RAW).map(str::trim).take_while(is_top)
    };
    // Each with the number of its line.
    let lines = || {
        raw().enumerate().flat_map(|(at, line)| {
            let (bare, is_apart) = unmarked(line);
            let blank = is_apart.then_some((at, ""));
            blank.into_iter().chain([(at, bare)]).chain(blank)
        })
    };
    let (found, embargo) = embargo_among(lines().map(|(_, line)| line), false, zone);
    let mut gone: Vec<usize> = found.iter().filter_map(|line| Some(lines().nth(*line)?.0)).collect();
    if gone.is_empty() {
        return (Cow::Borrowed(source), gone, embargo);
    }
    // What underlines a headline says nothing without it.
    let is_underline =
        |line: &&str| !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
    let below: Vec<usize> =
        gone.iter().map(|at| at + 1).filter(|at| raw().nth(*at).as_ref().is_some_and(is_underline)).collect();
    gone.extend(below);
    (Cow::Owned(without_lines(source, &gone)), gone, embargo)
}

/// A line without the marks of a heading, a quotation or emphasis around it, and whether these set it apart from the lines
/// beside it.
fn unmarked(line: &str) -> (&str, bool) {
    let quoted = line.trim_start_matches(['>', ' ']);
    let headed = quoted.trim_start_matches('#');
    let bare = headed.trim_matches(['*', '_', ' ', '\\']);
    let is_heading = headed.len() < quoted.len() && headed.starts_with(' ');
    let is_emphasis = |c: char| matches!(c, '*' | '_');
    let is_whole = quoted.starts_with(is_emphasis) && quoted.trim_end_matches(['\\', ' ']).ends_with(is_emphasis);
    // A link in brackets is none that somebody set around the line.
    let bare = if bare.contains("](") { bare.trim_start_matches('[') } else { bare };
    (bare, is_heading || is_whole)
}
