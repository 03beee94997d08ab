//! Where a publication lies or lay: a host and a path, in the one spelling in which they are compared and sent.

use std::borrow::Cow;
use std::fmt::Write;

use url::{Position, Url};

/// A host, and a path below which a publication's documents lie or lay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    host: String,
    path: String,
}

impl Place {
    /// The place that a URL names, whatever its scheme and query.
    pub(super) fn of(url: &str) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or(url);
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self { host: bare(host), path: normal(path.trim_end_matches('/')).into_owned() }
    }

    /// The path in its [`normal`] spelling, without a slash at its end.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is on a host, which is [`bare`].
    pub(super) fn is_on(&self, host: &str) -> bool {
        self.host == host
    }

    /// What stands behind this place in a [`normal`] path on its host: nothing, or what begins with a slash.
    pub(super) fn rest<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.path).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What stands behind another place in this one; none where it does not lie there.
    pub(super) fn under(&self, other: &Self) -> Option<&str> {
        other.rest(&self.path).filter(|_| self.host == other.host)
    }
}

/// An absolute address as RFC 3986 has it; none where it is none.
pub(super) fn uri(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let part = |mark: &str, part: Option<&str>| part.map(|part| format!("{mark}{}", normal(part))).unwrap_or_default();
    let (query, fragment) = (part("?", url.query()), part("#", url.fragment()));
    Some(format!("{}{}{query}{fragment}", &url[..Position::BeforePath], normal(url.path())))
}

/// A host as it is compared: in lower case, without the dot of its root and a port that goes without saying.
pub(super) fn bare(host: &str) -> String {
    let port = [":80", ":443", ":"].into_iter().find_map(|port| host.strip_suffix(port));
    let host = port.unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// A path or query in the one spelling of all that mean the same (RFC 3986 section 6.2.2): escapes in capitals, what needs
/// none without, and with one whatever may not stand there as it is, which clients send nevertheless.
pub(super) fn normal(part: &str) -> Cow<'_, str> {
    let bytes = part.as_bytes();
    if bytes.iter().all(|byte| is_plain(*byte)) {
        return Cow::Borrowed(part);
    }
    let mut spelled = String::with_capacity(part.len() + 8);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = if *byte == b'%' { bytes.get(at + 1..at + 3).and_then(value) } else { None };
        match escaped {
            Some(byte) if is_unreserved(byte) => spelled.push(char::from(byte)),
            None if is_plain(*byte) => spelled.push(char::from(*byte)),
            _ => drop(write!(spelled, "%{:02X}", escaped.unwrap_or(*byte))),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    Cow::Owned(spelled)
}

/// The value of two hexadecimal digits.
fn value(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)? as u8))
}

/// What may stand in a path and in a query as it is (RFC 3986 sections 3.3 and 3.4), but for the `?`, which parts the two and
/// is as good escaped within the second.
fn is_plain(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@/?".contains(&byte)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
