//! Requests: the first line is method and address, the others are headers, as a client sends them.

#![no_main]

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Request, Uri, Version};
use syndicated::edition::{Coding, Document, Edition, Found, Kind};
use syndicated::respond::{self, Policy};

static POLICIES: LazyLock<[Policy; 2]> = LazyLock::new(|| {
    let former = ["http://old.example".to_owned(), "https://news.example/%E6%97%A9/".to_owned()];
    ["https://news.example", "https://news.example/daily/%E6%97%A5"]
        .map(|base_url| Policy::new(base_url, Duration::from_secs(300)).formerly(&former))
});

/// One document of each sort, with all forms.
static FOUND: LazyLock<Vec<Found>> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let edition = Edition::new(1 << 20);
    let documents = ["rss.xml", "体育/index.html", "_media/a.mp4", "_media/a.svg", "a/2026/07/02/a.html"].map(|path| {
        let kind = Kind::of(path).expect("a document's name");
        let mut document = Arc::new(Document::new(path, kind, "text ".repeat(1000), chrono::DateTime::UNIX_EPOCH));
        edition.put(Document::clone(&document));
        for coding in Coding::ALL {
            document = runtime.block_on(edition.coded(&document, coding)).expect("a form");
        }
        Found::Document(document)
    });
    let elsewhere = Found::Elsewhere("https://else.example/早?x#y".to_owned());
    documents.into_iter().chain([elsewhere, Found::Gone, Found::Unknown, Found::NotYet]).collect()
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(request) = request(bytes) else { return };
    for policy in &*POLICIES {
        if let Some(reply) = respond::former(policy, &request) {
            assert!(is_ours(&reply.headers()["location"]));
        }
        assert!(respond::moved(policy, &request).headers().get("location").is_none_or(is_ours));
        let target = match respond::target(policy, &request) {
            Ok(target) => target,
            Err(refusal) => {
                let _ = respond::refuse(&refusal);
                continue;
            }
        };
        for target in respond::otherwise(&target).into_iter().chain([target]) {
            for name in target.path.split('/') {
                assert!(!name.is_empty() && name != "." && name != "..");
                assert!(!name.contains(|c: char| c.is_control() || c == '\\'));
            }
            for found in &*FOUND {
                let reply = respond::respond(policy, &target, found, &request);
                assert!([200, 206, 301, 304, 404, 410, 412, 416, 503].contains(&reply.status().as_u16()));
                assert!(reply.headers().values().all(|value| value.to_str().is_ok()));
                if let Found::Document(document) = found {
                    let _ = respond::wanted(document, &request);
                }
            }
        }
    }
});

/// Whether an address is one of the publication's, and a URI (RFC 3986 appendix A).
fn is_ours(location: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(byte);
    location.as_bytes().starts_with(b"https://news.example") && location.as_bytes().iter().all(is_plain)
}

fn request(bytes: &[u8]) -> Option<Parts> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let mut first = lines.next()?.splitn(2, |byte| *byte == b' ');
    let (mut request, ()) = Request::new(()).into_parts();
    request.method = Method::from_bytes(first.next()?).ok()?;
    request.uri = Uri::try_from(first.next()?).ok()?;
    for line in lines {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let name = HeaderName::from_bytes(parts.next()?).ok()?;
        request.headers.append(name, HeaderValue::from_bytes(parts.next()?.trim_ascii()).ok()?);
    }
    if !request.headers.contains_key("host") {
        request.version = Version::HTTP_2;
    }
    Some(request)
}
