//! A request that came to another address of this publication → the same path under its public address.

use http::header::LOCATION;
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use super::{MAX_TARGET, Policy, Words, plain};

/// Sends a request on to the same path and query under the publication's `base_url`. Nothing is looked at but the address:
/// what is wrong with the rest is told there.
#[must_use]
pub fn moved(policy: &Policy, request: &Parts) -> Words {
    let target = request.uri.path_and_query().map_or("/", |target| target.as_str());
    if target.len() > MAX_TARGET {
        return plain(StatusCode::URI_TOO_LONG, "414 URI Too Long: no address here is as long as this.\n");
    }
    let mut reply =
        plain(StatusCode::MOVED_PERMANENTLY, "301 Moved Permanently: the publication is at another address.\n");
    match HeaderValue::from_str(&policy.public(target)) {
        Ok(location) => {
            reply.headers_mut().insert(LOCATION, location);
            reply
        }
        Err(_) => plain(StatusCode::BAD_REQUEST, "400 Bad Request: the address is malformed.\n"),
    }
}
