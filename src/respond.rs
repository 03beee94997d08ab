//! A request and what lies at its path to a response: all of HTTP's semantics (RFC 9110, 9111), and no socket, disk or
//! clock. `Date` is added by the server, whose HTTP library also leaves out the body of an answer to `HEAD`.

mod admin;
mod challenge;
mod coding;
mod condition;
mod former;
mod moved;
mod place;
mod range;
mod rate_limit;
mod target;

use std::ops::Range;
use std::time::Duration;

use http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LAST_MODIFIED, LINK, LOCATION, REFERRER_POLICY, RETRY_AFTER, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use hyper::body::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::edition::{Coding, Content, Document, Found, Kind};
use crate::section::Format;
pub use admin::{Inquiry, answer as report, inquiry};
pub use challenge::{CHALLENGES, challenge, proof};
use condition::Verdict;
pub use former::former;
pub use moved::moved;
use place::{Place, normal};
use range::Part;
pub use rate_limit::{Client, RateLimit, WINDOW, network};
pub use target::{MAX_TARGET, Refusal, Target, otherwise, target};

/// An answer with what is to be sent, some of a file perhaps.
pub type Reply = Response<Content>;

/// An answer in the server's own words, which lie in no file.
pub type Words = Response<Bytes>;

/// When to ask again, in seconds, while it cannot be told what lies at a path: long enough that a crowd of readers does
/// not slow the first comparison down, short enough that nobody notices.
const RETRY_AFTER_SECONDS: &str = "10";

/// The most headers that one of our answers has, the server's `Date` included.
const MOST_HEADERS: usize = 13;

/// A file named by its content never changes: a year, the longest that caches take seriously (RFC 9111 section 1.2.2).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// An answer that the next drop may make wrong.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What a page may do: show itself, its stylesheet and pictures, sound and film from anywhere. No script, no form, no
/// frame of a stranger's around it.
const PAGE_MAY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
);

/// What a medium that a browser might take for a program (SVG above all) may do when opened by itself.
const MEDIUM_MAY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

/// What stays readable in a URL; everything else is percent-encoded (RFC 3986 section 2.3), the slash between names too.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What answers depend on besides request and document. Replaced whole when the configuration is read again.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What readers' links start with, without a slash at its end.
    base_url: String,
    /// The path of `base_url`, decoded, with a slash behind each name; requests are understood with and without it.
    prefix: String,
    /// Where `base_url` is.
    place: Place,
    /// Where the publication was before.
    former: Vec<Place>,
    cache_control: HeaderValue,
}

impl Policy {
    /// The policy of a publication whose links start with `base_url`, and whose documents may be kept for `max_age`
    /// (whole seconds) before a reader asks again.
    #[must_use]
    pub fn new(base_url: &str, max_age: Duration) -> Self {
        let base_url = base_url.trim_end_matches('/').to_owned();
        let place = Place::of(&base_url);
        let prefix = target::prefix(place.path());
        let cache_control = HeaderValue::from_str(&format!("public, max-age={}", max_age.as_secs()));
        Self { prefix, place, former: Vec::new(), cache_control: cache_control.unwrap_or(NO_STORE), base_url }
    }

    /// The same for a publication that had these base URLs before.
    #[must_use]
    pub fn formerly(self, base_urls: &[String]) -> Self {
        Self { former: base_urls.iter().map(|url| Place::of(url)).collect(), ..self }
    }

    /// What stands behind `base_url`, a [`normal`] path that may lack its slash, and a query as it was sent.
    fn below(&self, path: &str, query: Option<&str>) -> String {
        let slash = if path.starts_with('/') { "" } else { "/" };
        let query = query.map(|query| format!("?{}", normal(query))).unwrap_or_default();
        format!("{}{slash}{path}{query}", self.base_url)
    }

    fn url(&self, path: &str) -> String {
        let mut url = self.base_url.clone();
        for name in path.split('/') {
            url.push('/');
            url.extend(utf8_percent_encode(name, ENCODED));
        }
        url
    }
}

/// The answer to a request for `target`, at which `found` lies.
#[must_use]
pub fn respond(policy: &Policy, target: &Target, found: &Found, request: &Parts) -> Reply {
    match found {
        Found::Document(document) => match &target.moved {
            Some(address) => redirect(address),
            None => serve(policy, document, request),
        },
        Found::Elsewhere(link) => elsewhere(policy, target, link).unwrap_or_else(|| gone(policy)),
        Found::Gone => gone(policy),
        Found::Unknown => {
            plain(StatusCode::NOT_FOUND, "404 Not Found: nothing is published at this address.\n").map(Content::from)
        }
        Found::NotYet => not_yet().map(Content::from),
    }
}

fn gone(policy: &Policy) -> Reply {
    let mut reply = plain(StatusCode::GONE, "410 Gone: this was withdrawn by its publisher.\n");
    reply.headers_mut().insert(CACHE_CONTROL, policy.cache_control.clone());
    reply.map(Content::from)
}

/// To the address that an article has by now; none where that is this very one, to which nobody can be sent.
fn elsewhere(policy: &Policy, target: &Target, link: &str) -> Option<Reply> {
    let location = place::uri(link)?;
    let (here, there) = (Place::of(&policy.url(&target.path)), Place::of(&location));
    let mut names = policy.former.iter().chain([&policy.place]);
    if names.any(|name| there.under(name).is_some_and(|path| here.under(&policy.place) == Some(path))) {
        return None;
    }
    let text = "301 Moved Permanently: this article is at another address now.\n";
    let mut reply = plain(StatusCode::MOVED_PERMANENTLY, text);
    reply.headers_mut().insert(LOCATION, HeaderValue::from_str(&location).ok()?);
    // The next drop may give it its page back.
    reply.headers_mut().insert(CACHE_CONTROL, policy.cache_control.clone());
    Some(reply.map(Content::from))
}

/// The answer where it cannot be told what lies at a path, or what lies there cannot be read.
#[must_use]
pub fn not_yet() -> Words {
    let text = "503 Service Unavailable: this cannot be told yet, please ask again in a moment.\n";
    let mut reply = plain(StatusCode::SERVICE_UNAVAILABLE, text);
    reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
    reply
}

/// The answer to a request that names nothing of ours.
#[must_use]
pub fn refuse(refusal: &Refusal) -> Words {
    let (status, text) = match refusal {
        Refusal::Method => (StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed: only GET and HEAD are.\n"),
        Refusal::Malformed => (StatusCode::BAD_REQUEST, "400 Bad Request: the address or its host is malformed.\n"),
        Refusal::TooLong => (StatusCode::URI_TOO_LONG, "414 URI Too Long: no address here is as long as this.\n"),
        Refusal::NoSuchPath => (StatusCode::NOT_FOUND, "404 Not Found: nothing can be published at this address.\n"),
        Refusal::Misdirected => {
            let text = "421 Misdirected Request: this is told only to who asks by an address or as localhost. A proxy in \
                        front must send such a Host.\n";
            (StatusCode::MISDIRECTED_REQUEST, text)
        }
    };
    let mut reply = plain(status, text);
    if *refusal == Refusal::Method {
        reply.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    reply
}

/// What the server's HTTP library answers by itself to something that is no request, or one with too long a head.
#[must_use]
pub fn no_request(is_too_long: bool) -> StatusCode {
    if is_too_long { StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE } else { StatusCode::BAD_REQUEST }
}

/// The coding that the answer would be sent in, where its form may yet be made or made smaller: then the edition is to be
/// asked for it first. Without, [`respond`] sends the smallest welcome form there is, or the document uncoded.
#[must_use]
pub fn wanted(document: &Document, request: &Parts) -> Option<Coding> {
    let is_gone = *document.kind() == Kind::Retraction;
    if !document.kind().is_text() || !is_gone && condition::verdict(&request.headers, document) != Verdict::Send {
        return None;
    }
    coding::welcome(&request.headers).first().filter(|coding| !document.form(*coding).is_settled())
}

fn serve(policy: &Policy, document: &Document, request: &Parts) -> Reply {
    let headers = &request.headers;
    if *document.kind() == Kind::Retraction {
        // Conditions are of no account where the answer is no success (RFC 9110 section 13.2.1), and no validator is given:
        // there is nothing to be kept and asked for again.
        let mut reply = whole(policy, document, headers);
        *reply.status_mut() = StatusCode::GONE;
        return reply;
    }
    match condition::verdict(headers, document) {
        Verdict::Fail => {
            let text = "412 Precondition Failed: the document has changed.\n";
            plain(StatusCode::PRECONDITION_FAILED, text).map(Content::from)
        }
        Verdict::NotModified => {
            let mut reply = Response::new(Content::Memory(Bytes::new()));
            *reply.status_mut() = StatusCode::NOT_MODIFIED;
            let headers = reply.headers_mut();
            // The validator of the form that would be sent once it is made (RFC 9110 section 15.4.5).
            let weak = coding::welcome(&request.headers).first().is_some_and(|coding| document.may_be_coded(coding));
            headers.insert(ETAG, if weak { document.weak_etag() } else { document.etag() }.clone());
            for_caches(policy, document, headers);
            reply
        }
        Verdict::Send if document.kind().is_text() => {
            let mut reply = whole(policy, document, headers);
            let coded = reply.headers().contains_key(CONTENT_ENCODING);
            validate(document, coded, reply.headers_mut());
            reply
        }
        Verdict::Send => {
            let mut reply = whole(policy, document, headers);
            match range::part(request, document) {
                Part::Whole => {}
                Part::Some(bytes) => cut(&mut reply, document.content(), bytes),
                Part::Unsatisfiable => return unsatisfiable(document.content().length()),
            }
            validate(document, false, reply.headers_mut());
            reply.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
            reply
        }
    }
}

/// The validators of what is sent.
fn validate(document: &Document, coded: bool, headers: &mut HeaderMap) {
    headers.insert(ETAG, if coded { document.weak_etag() } else { document.etag() }.clone());
    if let Some(date) = document.last_modified() {
        headers.insert(LAST_MODIFIED, date.clone());
    }
}

/// Leaves only some of the bytes (RFC 9110 section 15.3.7).
fn cut(reply: &mut Reply, content: &Content, bytes: Range<u64>) {
    *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.end - bytes.start));
    content_range(headers, &format!("bytes {}-{}/{}", bytes.start, bytes.end - 1, content.length()));
    *reply.body_mut() = content.part(bytes);
}

/// No byte of what was asked for exists (RFC 9110 section 15.5.17).
fn unsatisfiable(length: u64) -> Reply {
    let mut reply = plain(StatusCode::RANGE_NOT_SATISFIABLE, "416 Range Not Satisfiable: it is not as long as that.\n");
    content_range(reply.headers_mut(), &format!("bytes */{length}"));
    reply.map(Content::from)
}

fn content_range(headers: &mut HeaderMap, value: &str) {
    // Digits always can stand in a header.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(CONTENT_RANGE, value);
    }
}

/// The document in the smallest form that is welcome, and all headers but the validators.
fn whole(policy: &Policy, document: &Document, request: &HeaderMap) -> Reply {
    let coded = if document.kind().is_text() { coding::welcome(request).smallest(document) } else { None };
    let content = coded.map_or_else(|| document.content().clone(), |(_, coded)| Content::Memory(coded.clone()));
    let length = content.length();
    let mut reply = Response::new(content);
    let headers = reply.headers_mut();
    headers.reserve(MOST_HEADERS);
    for_caches(policy, document, headers);
    headers.insert(CONTENT_TYPE, document.content_type().clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some((coding, _)) = coded {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    for_its_kind(policy, document, headers);
    reply
}

/// What a 200, a 304 and a 410 say alike.
fn for_caches(policy: &Policy, document: &Document, headers: &mut HeaderMap) {
    let media = matches!(document.kind(), Kind::Media(_));
    headers.insert(CACHE_CONTROL, if media { FOR_EVER } else { policy.cache_control.clone() });
    if document.kind().is_text() {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    if matches!(document.kind(), Kind::Feed(_) | Kind::Opml) {
        // On 304 too: a browser checks it there as well (Fetch, CORS check).
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}

/// `Link` (RFC 8288) and what a browser may do with it.
fn for_its_kind(policy: &Policy, document: &Document, headers: &mut HeaderMap) {
    if let Some(links) = document.link(|| links(policy, document)) {
        headers.insert(LINK, links.clone());
    }
    match document.kind() {
        Kind::Front | Kind::Page | Kind::Retraction => {
            headers.insert(CONTENT_SECURITY_POLICY, PAGE_MAY);
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
        }
        Kind::Media(media_type) => {
            let passive = ["image/", "audio/", "video/"].iter().any(|sort| media_type.starts_with(sort));
            if *media_type == "image/svg+xml" || !passive && *media_type != "application/pdf" {
                headers.insert(CONTENT_SECURITY_POLICY, MEDIUM_MAY);
            }
        }
        Kind::Feed(_) | Kind::Opml | Kind::Style => {}
    }
}

/// A feed's own address, a page's feeds. A base URL that cannot stand in a header is refused by the configuration; without
/// it the header is left out.
fn links(policy: &Policy, document: &Document) -> Option<HeaderValue> {
    let path = document.path();
    let links = match document.kind() {
        Kind::Feed(_) => format!("<{}>; rel=\"self\"", policy.url(path)),
        Kind::Front | Kind::Page | Kind::Retraction => {
            let section = document.section();
            let feeds = Format::ALL.map(|format| {
                let url = policy.url(&section.document(format.file_name()));
                format!("<{url}>; rel=\"alternate\"; type=\"{}\"", format.media_type())
            });
            feeds.join(", ")
        }
        Kind::Media(_) | Kind::Opml | Kind::Style => return None,
    };
    HeaderValue::from_str(&links).ok()
}

/// To the one address of a document that was asked for by another.
fn redirect(address: &str) -> Reply {
    let text = "301 Moved Permanently: this has another address, or another spelling of it.\n";
    let mut reply = plain(StatusCode::MOVED_PERMANENTLY, text);
    // An address is percent-encoded, so it always can stand in a header.
    if let Ok(address) = HeaderValue::from_str(address) {
        reply.headers_mut().insert(LOCATION, address);
    }
    reply.map(Content::from)
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Words {
    let text = text.into();
    let length = text.len();
    let mut reply = Response::new(text);
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CACHE_CONTROL, NO_STORE);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    reply
}
