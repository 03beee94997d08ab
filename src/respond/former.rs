//! Requests under a name that the publication had before to the same path under the one it has now.

use http::HeaderValue;
use http::header::{CACHE_CONTROL, HOST, LOCATION};
use http::request::Parts;

use super::place::{bare, normal};
use super::{Policy, StatusCode, Words, plain, target};

/// Sends a request under a former name to its path under `base_url`; none where the name is not a former one, or the request
/// is to be refused under any.
///
/// This cannot go round in a circle: what lies at `base_url` or below is a former name's only where that has the same host
/// and a longer path, and is then sent to a shorter one.
#[must_use]
pub fn former(policy: &Policy, request: &Parts) -> Option<Words> {
    if policy.former.is_empty() || target::sound(request).is_err() {
        return None;
    }
    let host = match request.uri.authority() {
        Some(authority) => authority.as_str(),
        None => request.headers.get(HOST)?.to_str().ok()?,
    };
    let host = bare(host);
    let path = normal(request.uri.path());
    let here = policy.place.is_on(&host) && policy.place.rest(&path).is_some();
    let names = policy.former.iter().filter(|place| place.is_on(&host));
    let matching = names.filter_map(|place| Some((place.path().len(), place.rest(&path)?)));
    let (length, rest) = matching.max_by_key(|(length, _)| *length)?;
    if here && length <= policy.place.path().len() {
        return None;
    }
    let location = policy.below(rest, request.uri.query());
    let mut reply =
        plain(StatusCode::MOVED_PERMANENTLY, "301 Moved Permanently: this publication has another name now.\n");
    reply.headers_mut().insert(CACHE_CONTROL, policy.cache_control.clone());
    reply.headers_mut().insert(LOCATION, HeaderValue::from_str(&location).ok()?);
    Some(reply)
}
