//! A request that came to another address of this publication → the same path under its public address.

use http::header::LOCATION;
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use super::place::normal;
use super::{MAX_TARGET, Policy, Refusal, Words, plain, refuse, target};

/// Sends a request on to the same path and query under the publication's `base_url`, unless it would be refused there whatever
/// it asks for. What lies at the path is told there.
#[must_use]
pub fn moved(policy: &Policy, request: &Parts) -> Words {
    if let Err(refusal) = target::sound(request) {
        return refuse(&refusal);
    }
    let sent = request.uri.path_and_query().map_or(0, |target| target.as_str().len());
    if sent > MAX_TARGET {
        return refuse(&Refusal::TooLong);
    }
    let path = normal(request.uri.path());
    let path = policy.place.rest(&path).unwrap_or(&path);
    let location = HeaderValue::from_str(&policy.below(path, request.uri.query()));
    match location {
        Ok(location) => {
            let text = "301 Moved Permanently: the publication is at another address.\n";
            let mut reply = plain(StatusCode::MOVED_PERMANENTLY, text);
            reply.headers_mut().insert(LOCATION, location);
            reply
        }
        Err(_) => refuse(&Refusal::Malformed),
    }
}
