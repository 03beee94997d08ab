//! A request line to the document it asks for, or the reason why it can ask for none. Whatever comes out is a relative
//! path of plain names: a loader may open it below `feeds/` without another look.

use http::header::HOST;
use http::request::Parts;
use http::{Method, Version};
use percent_encoding::percent_decode_str;

use super::Policy;
use crate::edition::Kind;

/// The longest path of a request in bytes. Eight sections and a slug of 130 bytes of UTF-8, percent-encoded, are 3,600;
/// the rest is for the prefix of `base_url`.
pub const MAX_TARGET: usize = 4096;

/// The document a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its path under `feeds/`, decoded.
    pub path: String,
    /// The last name of an address that names a section but lacks the slash at its end: where `path`, the section's
    /// front, exists, the reader is sent to the address with a slash.
    pub add_slash_to: Option<String>,
}

/// Why a request asks for nothing that could exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Neither `GET` nor `HEAD`. `OPTIONS` neither: reading a feed from another origin needs no preflight.
    Method,
    /// The path is no path, or an HTTP/1.1 request does not say its host exactly once (RFC 9112 section 3.2).
    Malformed,
    /// The path is longer than [`MAX_TARGET`].
    TooLong,
    /// A path under which nothing is ever published: `//`, `..`, an encoded slash.
    NoSuchPath,
}

/// The document that a request asks for. The query is ignored: readers and campaigns append what they like.
///
/// # Errors
/// When it can ask for none; [`super::refuse`] makes the answer.
pub fn target(policy: &Policy, request: &Parts) -> Result<Target, Refusal> {
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(Refusal::Method);
    }
    let hosts = request.headers.get_all(HOST).iter().count();
    if request.version == Version::HTTP_11 && hosts != 1 || hosts > 1 {
        return Err(Refusal::Malformed);
    }
    let path = request.uri.path();
    if path.len() > MAX_TARGET {
        return Err(Refusal::TooLong);
    }
    let path = path.strip_prefix('/').ok_or(Refusal::Malformed)?;
    let mut names = path.split('/').map(decoded).collect::<Result<Vec<_>, _>>()?;
    let last = names.pop().unwrap_or_default();
    if names.iter().any(String::is_empty) {
        return Err(Refusal::NoSuchPath);
    }
    if names.len() + 1 == policy.prefix.len() && names[..] == policy.prefix[..names.len()] {
        if policy.prefix.last() == Some(&last) {
            return Ok(Target { path: "index.html".to_owned(), add_slash_to: Some(last) });
        }
    } else if names.starts_with(&policy.prefix) {
        names.drain(..policy.prefix.len());
    }
    if last.is_empty() {
        names.push("index.html".to_owned());
        return Ok(Target { path: names.join("/"), add_slash_to: None });
    }
    names.push(last.clone());
    let path = names.join("/");
    if Kind::of(&path).is_some() {
        return Ok(Target { path, add_slash_to: None });
    }
    Ok(Target { path: path + "/index.html", add_slash_to: Some(last) })
}

/// One name between slashes; empty stays empty.
fn decoded(raw: &str) -> Result<String, Refusal> {
    let bytes = raw.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    if bytes.iter().enumerate().any(|(at, byte)| *byte == b'%' && !(hex(at + 1) && hex(at + 2))) {
        return Err(Refusal::Malformed);
    }
    let name = percent_decode_str(raw).decode_utf8().map_err(|_| Refusal::Malformed)?;
    if name.chars().any(char::is_control) {
        return Err(Refusal::Malformed);
    }
    if name == "." || name == ".." || name.contains(['/', '\\']) {
        return Err(Refusal::NoSuchPath);
    }
    Ok(name.into_owned())
}

/// One name of our own base URL's path.
pub(super) fn decoded_leniently(raw: &str) -> String {
    percent_decode_str(raw).decode_utf8_lossy().into_owned()
}
