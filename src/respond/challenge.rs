//! What a certificate authority asks for before it certifies a name (RFC 8555 section 8.3): a proof under a name that it chose,
//! which whoever wants the certificate has laid ready.

use http::header::{CONTENT_TYPE, HeaderValue};
use http::request::Parts;
use hyper::body::Bytes;

use super::{StatusCode, Words, plain, target};

/// Where it asks, below the root of every name.
pub const CHALLENGES: &str = "/.well-known/acme-challenge/";

/// The longest token; 22 letters have the randomness that they must have.
const MAX_TOKEN: usize = 128;

/// The token of which a request wants the proof: letters of base64url, and so the plain name of a file. None where it asks for
/// something else.
#[must_use]
pub fn challenge(request: &Parts) -> Option<&str> {
    let token = request.uri.path().strip_prefix(CHALLENGES)?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_token = (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(is_letter);
    (is_token && target::sound(request).is_ok()).then_some(token)
}

/// The answer with the proof.
#[must_use]
pub fn proof(proof: Vec<u8>) -> Words {
    let mut reply = plain(StatusCode::OK, Bytes::from(proof));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    reply
}
