//! The admin listener's addresses: what a monitor or a person asks the daemon about itself. Nothing of it is for readers.

use std::net::Ipv4Addr;

use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::uri::Authority;
use http::{Method, Response, StatusCode};
use hyper::body::Bytes;

use super::{NO_STORE, Refusal, Words};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inquiry {
    /// `/healthz`: whether the process answers at all.
    Health,
    /// `/readyz`: whether what is published is served, and inbox and record have been compared.
    Ready,
    /// `/metrics`: the counts, for Prometheus.
    Metrics,
    /// `/status`: the page for people.
    Status,
    /// Anything else.
    Unknown,
}

/// What a request to the admin listener asks.
///
/// # Errors
/// When it asks for nothing, but would change something; or when it was sent to a name that anybody may have: a page of that
/// name in a browser here could read the answer, once its name means this machine (DNS rebinding).
pub fn inquiry(request: &Parts) -> Result<Inquiry, Refusal> {
    if !request.headers.get_all(HOST).iter().all(is_of_this_machine) {
        return Err(Refusal::Misdirected);
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(Refusal::Method);
    }
    Ok(match request.uri.path() {
        "/healthz" => Inquiry::Health,
        "/readyz" => Inquiry::Ready,
        "/metrics" => Inquiry::Metrics,
        "/status" | "/" => Inquiry::Status,
        _ => Inquiry::Unknown,
    })
}

/// Whether a host, perhaps with a port, is an address, or a name that no stranger can own: without a dot, or `localhost` below
/// any (RFC 6761 section 6.3). Who names none is no browser.
fn is_of_this_machine(field: &HeaderValue) -> bool {
    field.is_empty()
        || Authority::try_from(field.as_bytes()).is_ok_and(|authority| {
            let host = authority.host();
            let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
            !host.contains('.') || host.ends_with(".localhost") || host.parse::<Ipv4Addr>().is_ok()
        })
}

/// The page has its own style and nothing else.
const PAGE_MAY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:");

/// The answer to an inquiry; an error says why there is none for now.
#[must_use]
pub fn answer(inquiry: Inquiry, told: Result<String, String>) -> Words {
    let (status, text) = match told {
        _ if inquiry == Inquiry::Unknown => {
            (StatusCode::NOT_FOUND, "There are /healthz, /readyz, /metrics and /status.\n".to_owned())
        }
        Ok(text) => (StatusCode::OK, text),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, reason + "\n"),
    };
    let is_page = inquiry == Inquiry::Status && status == StatusCode::OK;
    let kind = match inquiry {
        Inquiry::Metrics if status == StatusCode::OK => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        _ if is_page => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    let length = text.len();
    let mut reply = Response::new(Bytes::from(text));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CACHE_CONTROL, NO_STORE);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if is_page {
        headers.insert(CONTENT_SECURITY_POLICY, PAGE_MAY);
    }
    reply
}
