//! `Range` and `If-Range` to the part of a medium that is sent (RFC 9110 section 14).

use std::ops::Range;

use http::header::{IF_RANGE, RANGE};
use http::request::Parts;
use http::{HeaderMap, Method};

use crate::edition::Document;

/// The most ranges looked at in one request; with more it asks for nothing sensible.
const MAX_RANGES: usize = 16;

/// What part of a document is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Some bytes, at least one.
    Some(Range<u64>),
    /// None: it has no such bytes.
    Unsatisfiable,
}

/// The part that a request asks for; all of it where `Range` is not understood, does not apply (only `GET` has ranges), or
/// `If-Range` names another document.
///
/// Of several ranges that exist, none is sent but the whole, which section 14.2 allows: players ask for one, and many small
/// ones are an attack.
pub(super) fn part(request: &Parts, document: &Document) -> Part {
    if request.method != Method::GET || !is_current(&request.headers, document) {
        return Part::Whole;
    }
    let mut lines = request.headers.get_all(RANGE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return Part::Whole };
    line.to_str().ok().and_then(|line| ranges(line, document.content().length())).unwrap_or(Part::Whole)
}

/// The part that the value of `Range` asks for of so many bytes; none where it is malformed.
fn ranges(line: &str, length: u64) -> Option<Part> {
    let (unit, set) = line.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let mut asked = 0;
    let mut found = Vec::new();
    for element in set.split(',').map(str::trim).filter(|element| !element.is_empty()) {
        asked += 1;
        found.extend(range(element, length)?);
    }
    match (asked, found.as_slice()) {
        (0, _) => None,
        (MAX_RANGES.., _) => Some(Part::Whole),
        (_, []) => Some(Part::Unsatisfiable),
        (_, [one]) => Some(Part::Some(one.clone())),
        (_, [..]) => Some(Part::Whole),
    }
}

/// One range: its bytes, as far as they exist. None where it is malformed.
fn range(element: &str, length: u64) -> Option<Option<Range<u64>>> {
    let (first, last) = element.split_once('-')?;
    if first.is_empty() {
        let suffix = number(last)?.min(length);
        return Some((suffix > 0).then(|| length - suffix..length));
    }
    let first = number(first)?;
    let end = if last.is_empty() { length } else { number(last)?.saturating_add(1) };
    if end <= first && !last.is_empty() {
        return None;
    }
    Some((first < length).then(|| first..end.min(length)))
}

/// Digits; what no document is long enough for counts as endless.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// Whether `If-Range`, where there is one, names this very document: by its strong tag, or by the second it last changed,
/// which is as good where a name means the same bytes for ever (section 13.1.5).
fn is_current(request: &HeaderMap, document: &Document) -> bool {
    let Some(value) = request.get(IF_RANGE) else { return true };
    if value == document.etag() {
        return true;
    }
    let date = value.to_str().ok().and_then(|date| httpdate::parse_http_date(date).ok());
    date.is_some() && date == document.modified()
}
