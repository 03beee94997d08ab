//! A request line to the document it asks for, or the reason why it can ask for none. Whatever comes out is a relative
//! path of plain names: a loader may open it below `feeds/` without another look.
//!
//! Each document has one address. Another spelling of it is sent there (a section without its slash, `index.html`, a page
//! with a slash, the decomposed letters of a Mac), or is no address at all (`//`, `..`, an encoded slash, other case).

use std::borrow::Cow;

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderValue, Method, Version};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::place::bare;
use super::{ENCODED, Policy};
use crate::edition::Kind;

/// The longest path of a request in bytes. Eight sections and a slug of 130 bytes of UTF-8, percent-encoded, are 3,600;
/// the rest is for the prefix of `base_url`.
pub const MAX_TARGET: usize = 4096;

/// The document of an address that ends with a slash.
const FRONT: &str = "index.html";

/// The document a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'r> {
    /// Its path under `feeds/`, decoded.
    pub path: Cow<'r, str>,
    /// Where the reader is sent if a document lies at `path`, because that has another address than the one asked for.
    /// Relative to that one, so that it holds behind every proxy and under every name of this host.
    pub moved: Option<String>,
}

/// Why a request asks for nothing that could exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Neither `GET` nor `HEAD`. `OPTIONS` neither: reading a feed from another origin needs no preflight.
    Method,
    /// The path is no path, or the host is none, or an HTTP/1.1 request does not say it exactly once (RFC 9112 section 3.2).
    Malformed,
    /// The path is longer than [`MAX_TARGET`].
    TooLong,
    /// A path under which nothing is ever published: `//`, `..`, an encoded slash.
    NoSuchPath,
    /// The admin listener, asked by a name that a stranger may have.
    Misdirected,
}

/// The document that a request asks for. The query is ignored: readers and campaigns append what they like.
///
/// # Errors
/// When it can ask for none; [`super::refuse`] makes the answer.
pub fn target<'r>(policy: &Policy, request: &'r Parts) -> Result<Target<'r>, Refusal> {
    let path = decoded(sound(request)?)?;
    check_names(&path)?;
    let path = without(&policy.prefix, path);
    if !policy.prefix.is_empty() && policy.prefix.strip_suffix('/') == Some(&path) {
        return Ok(Target { path: FRONT.into(), moved: Some(encoded(last(&policy.prefix)) + "/") });
    }
    Ok(located(path))
}

/// The path of a request without its first slash, where the request may be answered with a document or an address: it reads,
/// and says which host and path it means.
pub(super) fn sound(request: &Parts) -> Result<&str, Refusal> {
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(Refusal::Method);
    }
    if !names_its_host(request) {
        return Err(Refusal::Malformed);
    }
    let path = request.uri.path();
    if path.len() > MAX_TARGET {
        return Err(Refusal::TooLong);
    }
    // Neither `*` nor a host alone is the address of anything (RFC 9112 section 3.2).
    path.strip_prefix('/').ok_or(Refusal::Malformed)
}

/// Whether a request says as it must which host it means: a sound one, at most once, and in HTTP/1.1 exactly once. In HTTP/2 both
/// ways to say it must agree (RFC 9113 section 8.3.1); in HTTP/1.1 the one in the address counts (RFC 9112 section 3.2.2).
fn names_its_host(request: &Parts) -> bool {
    let mut hosts = request.headers.get_all(HOST).iter();
    let (host, is_doubled) = (hosts.next(), hosts.next().is_some());
    let is_missing = request.version == Version::HTTP_11 && host.is_none();
    let authority = request.uri.authority();
    let agrees = |host: &HeaderValue| {
        let agrees = |authority: &Authority| host.to_str().is_ok_and(|host| bare(host) == bare(authority.as_str()));
        request.version != Version::HTTP_2 || authority.is_none_or(agrees)
    };
    !is_missing
        && !is_doubled
        && authority.is_none_or(is_named)
        && host.is_none_or(|host| is_host(host) && agrees(host))
}

/// Whether a field names a host, perhaps with a port (RFC 9110 section 7.2), or is empty: a client whose address names none
/// sends it so.
fn is_host(field: &HeaderValue) -> bool {
    field.is_empty() || Authority::try_from(field.as_bytes()).is_ok_and(|host| is_named(&host))
}

/// Whether it is a host, perhaps with a port, and no user's.
fn is_named(authority: &Authority) -> bool {
    let port = authority.as_str().strip_prefix(authority.host());
    port.is_some_and(|port| port.bytes().skip(1).all(|byte| byte.is_ascii_digit()))
}

/// Where else to look when nothing lies at a target: what was asked for in decomposed letters is published in composed
/// ones, a page has no slash behind it, and what looks like a page's name may be a section's. The reader is sent there if
/// something lies there.
#[must_use]
pub fn otherwise(target: &Target) -> Option<Target<'static>> {
    let asked = &*target.path;
    let folder = asked.strip_suffix(FRONT).unwrap_or(asked);
    let names = folder.strip_suffix('/').filter(|page| Kind::of(page).is_some()).unwrap_or(asked);
    if names.len() == asked.len() && is_nfc(names) {
        let is_page = target.moved.is_none() && Kind::of(names) == Some(Kind::Page);
        let front = || Target { path: format!("{names}/{FRONT}").into(), moved: Some(encoded(last(names)) + "/") };
        return is_page.then(front);
    }
    let path: String = names.nfc().collect();
    // As many steps up as the address asked for has slashes; a front has one whether asked for with or without.
    let is_lacking_slash = target.moved.as_ref().is_some_and(|moved| moved.ends_with('/') && !moved.starts_with('.'));
    let depth = asked.matches('/').count() - usize::from(is_lacking_slash);
    let address = path.strip_suffix(FRONT).unwrap_or(&path);
    let address = address.split('/').map(encoded).collect::<Vec<_>>().join("/");
    Some(Target { path: path.into(), moved: Some("../".repeat(depth) + &address) })
}

/// The document at a decoded path, and its address if this is another one.
fn located(path: Cow<'_, str>) -> Target<'_> {
    if path.is_empty() {
        return Target { path: FRONT.into(), moved: None };
    }
    if path.ends_with('/') {
        return Target { path: Cow::Owned(path.into_owned() + FRONT), moved: None };
    }
    match Kind::of(&path) {
        Some(Kind::Front) => Target { path, moved: Some("./".to_owned()) },
        Some(_) => Target { path, moved: None },
        None => {
            let moved = Some(encoded(last(&path)) + "/");
            Target { path: Cow::Owned(path.into_owned() + "/" + FRONT), moved }
        }
    }
}

/// The last name of a path, a slash at its end left out of account.
fn last(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn encoded(name: &str) -> String {
    utf8_percent_encode(name, ENCODED).to_string()
}

/// A path without what `base_url` puts before it.
fn without<'p>(prefix: &str, path: Cow<'p, str>) -> Cow<'p, str> {
    match path {
        Cow::Borrowed(path) => Cow::Borrowed(path.strip_prefix(prefix).unwrap_or(path)),
        Cow::Owned(mut path) => {
            if path.starts_with(prefix) {
                path.drain(..prefix.len());
            }
            Cow::Owned(path)
        }
    }
}

/// The names of a path, which holds no separator but the slashes it was sent with.
fn decoded(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    let bytes = raw.as_bytes();
    if !bytes.iter().any(|byte| *byte == b'%' || !byte.is_ascii_graphic()) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut slashes = false;
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%') {
        let code = bytes.get(at + 1..at + 3).ok_or(Refusal::Malformed)?;
        if !code.iter().all(u8::is_ascii_hexdigit) {
            return Err(Refusal::Malformed);
        }
        slashes |= code.eq_ignore_ascii_case(b"2f");
    }
    let path = percent_decode_str(raw).decode_utf8().map_err(|_| Refusal::Malformed)?;
    if path.chars().any(char::is_control) {
        return Err(Refusal::Malformed);
    }
    if slashes { Err(Refusal::NoSuchPath) } else { Ok(path) }
}

/// That each name of a path is one, but that the last may be empty.
fn check_names(path: &str) -> Result<(), Refusal> {
    let is_empty_within = path.starts_with('/') || path.contains("//");
    if is_empty_within || path.contains('\\') || path.split('/').any(|name| name == "." || name == "..") {
        return Err(Refusal::NoSuchPath);
    }
    Ok(())
}

/// What the path of our own base URL puts before the path of a document: nothing, or names with a slash behind each.
pub(super) fn prefix(path: &str) -> String {
    let path = percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
    if path.is_empty() { String::new() } else { format!("{path}/") }
}
