//! Requests under a name that the publication had before to the same path under the one it has now.

use http::HeaderValue;
use http::header::{CACHE_CONTROL, HOST, LOCATION};
use http::request::Parts;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Policy, StatusCode, Words, plain};

/// What may not stand in a header; all else is passed on as it was sent.
const UNSENDABLE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{');

/// A host, and a path below which a publication's documents lie or lay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Lower case, without a port that goes without saying.
    host: String,
    /// As it is sent, without a slash at its end.
    path: String,
}

impl Place {
    /// The place that a URL names.
    pub(super) fn of(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self { host: bare(host), path: path.trim_end_matches('/').to_owned() }
    }

    /// The path, as it is sent, without a slash at its end.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What stands behind this place in a path on its host: nothing, or what begins with a slash.
    fn rest<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.path).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Sends a request under a former name to its path under `base_url`; none where the name is not a former one.
///
/// This cannot go round in a circle: what lies at `base_url` or below is a former name's only where that has the same host
/// and a longer path, and is then sent to a shorter one.
#[must_use]
pub fn former(policy: &Policy, request: &Parts) -> Option<Words> {
    if policy.former.is_empty() {
        return None;
    }
    let host = match request.uri.authority() {
        Some(authority) => authority.as_str(),
        None => request.headers.get(HOST)?.to_str().ok()?,
    };
    let host = bare(host);
    let path = request.uri.path();
    let here = policy.place.host == host && policy.place.rest(path).is_some();
    let names = policy.former.iter().filter(|place| place.host == host);
    let matching = names.filter_map(|place| Some((place.path.len(), place.rest(path)?)));
    let (length, rest) = matching.max_by_key(|(length, _)| *length)?;
    if here && length <= policy.place.path.len() {
        return None;
    }
    let rest = utf8_percent_encode(if rest.is_empty() { "/" } else { rest }, UNSENDABLE);
    let query = request.uri.query().map(|query| format!("?{}", utf8_percent_encode(query, UNSENDABLE)));
    let location = format!("{}{rest}{}", policy.base_url, query.unwrap_or_default());
    let mut reply =
        plain(StatusCode::MOVED_PERMANENTLY, "301 Moved Permanently: this publication has another name now.\n");
    reply.headers_mut().insert(CACHE_CONTROL, policy.cache_control.clone());
    reply.headers_mut().insert(LOCATION, HeaderValue::from_str(&location).ok()?);
    Some(reply)
}

/// A host as it is compared.
fn bare(host: &str) -> String {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    host.to_ascii_lowercase()
}
