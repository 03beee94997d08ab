//! Conditional requests to what shall be sent, in the order of precedence of RFC 9110 section 13.2.2.

use std::time::SystemTime;

use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use http::{HeaderMap, HeaderValue};

use crate::edition::Document;

/// What a request's conditions come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 200, with the document.
    Send,
    /// 304: the reader has it.
    NotModified,
    /// 412: the reader wanted another one.
    Fail,
}

/// Weighs the conditions of a request against a document. A header that cannot be read counts as absent, as does one with a
/// date where the document has none to be told (RFC 9110 sections 13.1.3 and 13.1.4).
pub(super) fn verdict(request: &HeaderMap, document: &Document) -> Verdict {
    if request.contains_key(IF_MATCH) {
        if !names(request, &IF_MATCH, document, false) {
            return Verdict::Fail;
        }
    } else if date(request, &IF_UNMODIFIED_SINCE).is_some_and(|since| document.modified().is_some_and(|at| at > since))
    {
        return Verdict::Fail;
    }
    let has_it = if request.contains_key(IF_NONE_MATCH) {
        names(request, &IF_NONE_MATCH, document, true)
    } else {
        date(request, &IF_MODIFIED_SINCE).is_some_and(|since| document.modified().is_some_and(|at| at <= since))
    };
    if has_it { Verdict::NotModified } else { Verdict::Send }
}

/// The date that a header states; two are none.
fn date(request: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    let mut lines = request.get_all(name).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    httpdate::parse_http_date(line.to_str().ok()?).ok()
}

/// Whether a list of entity tags names this document; weak ones count only where `weak` says so.
fn names(request: &HeaderMap, name: &HeaderName, document: &Document, weak: bool) -> bool {
    let ours = document.etag().as_bytes();
    let ours = &ours[1..ours.len() - 1];
    request.get_all(name).iter().any(|line| any_tag(line, |tag, is_weak| tag == ours && (weak || !is_weak)))
}

/// Whether any tag of one header line fits. `*` fits every document that exists. Tags without quotes are taken as
/// well, and the suffix that a compressing Apache in front of us appends to tags is left out: both are real readers'.
fn any_tag(line: &HeaderValue, fits: impl Fn(&[u8], bool) -> bool) -> bool {
    let mut rest = line.as_bytes().trim_ascii();
    if rest == b"*" {
        return true;
    }
    while !rest.is_empty() {
        let (is_weak, tagged) = rest.strip_prefix(b"W/").map_or((false, rest), |tagged| (true, tagged));
        let (tag, after) = match tagged.strip_prefix(b"\"") {
            Some(quoted) => until(quoted, b'"'),
            None => until(tagged, b','),
        };
        let tag = tag.trim_ascii();
        if fits(tag.strip_suffix(b"-gzip").unwrap_or(tag), is_weak) {
            return true;
        }
        rest = after.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    }
    false
}

/// What stands before the first `end`, and what stands behind it.
fn until(text: &[u8], end: u8) -> (&[u8], &[u8]) {
    match text.iter().position(|byte| *byte == end) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &[]),
    }
}
