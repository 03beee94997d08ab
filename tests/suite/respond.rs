//! DESIGN 2.6 as a table: a request, what lies there, and the status and headers that must come of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Debug;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{Method, Request, Response, Version};
use hyper::body::Bytes;
use proptest::prelude::*;
use syndicated::edition::{Coding, Content, Document, Edition, Found, Kind};
use syndicated::respond::{
    Client, MAX_TARGET, Policy, RateLimit, Refusal, Reply, Target, WINDOW, former, otherwise, refuse, respond, target,
    wanted,
};
use syndicated::section::Section;

const LAST_MODIFIED: &str = "Thu, 02 Jul 2026 06:30:00 GMT";

fn policy() -> Policy {
    Policy::new("https://news.example/daily/", Duration::from_secs(300))
}

fn modified() -> DateTime<Utc> {
    "2026-07-02T06:30:00.750Z".parse().unwrap()
}

fn document(path: &str) -> Document {
    Document::new(path, Kind::of(path).unwrap(), "农业 <p>abc</p>\n".repeat(200), modified())
}

/// The document with its forms in these codings, as the edition makes them.
fn coded(document: Document, codings: &[Coding]) -> Document {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let edition = Edition::new(1 << 20);
    let mut document = Arc::new(document);
    edition.put(Document::clone(&document));
    for coding in codings {
        document = runtime.block_on(edition.coded(&document, *coding)).unwrap();
    }
    Document::clone(&document)
}

fn compressed(path: &str) -> Document {
    coded(document(path), &Coding::ALL)
}

/// The bytes that a body in this coding stands for.
fn uncoded(coding: Option<&str>, sent: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        None => plain = sent.to_vec(),
        Some("gzip") => drop(std::io::copy(&mut flate2::read::GzDecoder::new(sent), &mut plain).unwrap()),
        Some("zstd") => plain = zstd::decode_all(sent).unwrap(),
        Some("br") => brotli::BrotliDecompress(&mut &*sent, &mut plain).unwrap(),
        Some(other) => panic!("{other}"),
    }
    plain
}

fn request(method: &str, uri: &str, headers: &[(&str, &str)]) -> http::request::Parts {
    let mut request = Request::builder().method(method).uri(uri).header("host", "news.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap().into_parts().0
}

fn answer(found: Found, method: &str, uri: &str, headers: &[(&str, &str)]) -> Reply {
    let request = request(method, uri, headers);
    match target(&policy(), &request) {
        Ok(target) => respond(&policy(), &target, &found, &request),
        Err(refusal) => refuse(&refusal).map(Content::from),
    }
}

fn header<'a, B>(reply: &'a Response<B>, name: &str) -> Option<&'a str> {
    let values: Vec<_> = reply.headers().get_all(name).iter().collect();
    assert!(values.len() <= 1, "{name} is there twice");
    values.first().map(|value| value.to_str().unwrap())
}

fn body(reply: Reply) -> Vec<u8> {
    match reply.into_body() {
        Content::Memory(bytes) => bytes.to_vec(),
        Content::File(excerpt) => panic!("{excerpt:?}"),
    }
}

/// Checks a status and headers; `None` means that the header must be absent.
#[track_caller]
fn check<B: Debug>(reply: &Response<B>, status: u16, headers: &[(&str, Option<&str>)]) {
    assert_eq!(reply.status().as_u16(), status, "{reply:?}");
    for (name, value) in headers {
        assert_eq!(header(reply, name), *value, "{name} of {reply:?}");
    }
}

#[test]
fn each_kind_has_its_headers() {
    let page_csp = "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; \
                    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    let svg_csp = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    let five_minutes = "public, max-age=300";
    let for_ever = "public, max-age=31536000, immutable";
    let any = Some("*");
    let vary = Some("accept-encoding");
    // path, content type, cache control, vary, allow origin, content security policy
    for (path, content_type, cache, vary, origin, csp) in [
        ("rss.xml", "application/rss+xml; charset=utf-8", five_minutes, vary, any, None),
        ("体育/atom.xml", "application/atom+xml; charset=utf-8", five_minutes, vary, any, None),
        ("sports/feed.json", "application/feed+json; charset=utf-8", five_minutes, vary, any, None),
        ("opml.xml", "text/x-opml; charset=utf-8", five_minutes, vary, any, None),
        ("index.html", "text/html; charset=utf-8", five_minutes, vary, None, Some(page_csp)),
        ("sports/2026/07/02/a.html", "text/html; charset=utf-8", five_minutes, vary, None, Some(page_csp)),
        ("style.css", "text/css; charset=utf-8", five_minutes, vary, None, None),
        ("_media/ab.JPG", "image/jpeg", for_ever, None, None, None),
        ("_media/ab.jpg", "image/jpeg", for_ever, None, None, None),
        ("_media/ab.pdf", "application/pdf", for_ever, None, None, None),
        ("_media/ab.svg", "image/svg+xml", for_ever, vary, None, Some(svg_csp)),
        ("_media/ab.exe", "application/octet-stream", for_ever, None, None, Some(svg_csp)),
    ] {
        let document = document(path);
        let length = document.body().len().to_string();
        let etag = document.etag().to_str().unwrap().to_owned();
        assert!(etag.starts_with('"') && etag.len() == 34, "{etag}");
        let found = Found::Document(Arc::new(document));
        for method in ["GET", "HEAD"] {
            let address = path.strip_suffix("index.html").unwrap_or(path);
            let uri = format!("/{}", percent_encoding::utf8_percent_encode(address, percent_encoding::CONTROLS));
            let reply = answer(found.clone(), method, &uri, &[]);
            check(
                &reply,
                200,
                &[
                    ("content-type", Some(content_type)),
                    ("content-length", Some(&length)),
                    ("content-encoding", None),
                    ("etag", Some(&etag)),
                    ("last-modified", Some(LAST_MODIFIED)),
                    ("cache-control", Some(cache)),
                    ("vary", vary),
                    ("access-control-allow-origin", origin),
                    ("content-security-policy", csp),
                    ("x-content-type-options", Some("nosniff")),
                ],
            );
        }
    }
}

#[test]
fn links_are_absolute_and_encoded() {
    let alternates = |section: &str| {
        [("rss.xml", "rss"), ("atom.xml", "atom"), ("feed.json", "feed")]
            .map(|(file, sort)| {
                let kind = if sort == "feed" { "json" } else { "xml" };
                format!(
                    "<https://news.example/daily/{section}{file}>; rel=\"alternate\"; type=\"application/{sort}+{kind}\""
                )
            })
            .join(", ")
    };
    for (path, link) in [
        ("rss.xml", Some("<https://news.example/daily/rss.xml>; rel=\"self\"".to_owned())),
        ("体/atom.xml", Some("<https://news.example/daily/%E4%BD%93/atom.xml>; rel=\"self\"".to_owned())),
        ("index.html", Some(alternates(""))),
        ("sports/football/index.html", Some(alternates("sports/football/"))),
        ("2026/07/02/a.html", Some(alternates(""))),
        ("sports/体/2026/07/02/a.html", Some(alternates("sports/%E4%BD%93/"))),
        ("opml.xml", None),
        ("style.css", None),
    ] {
        let target = Target { path: path.into(), moved: None };
        let found = Found::Document(Arc::new(document(path)));
        let reply = respond(&policy(), &target, &found, &request("GET", "/", &[]));
        assert_eq!(header(&reply, "link"), link.as_deref(), "{path}");
    }
    // A page keeps its address where its article moves; whoever reads it there is offered the feeds that it is in by now.
    for kind in [Kind::Page, Kind::Retraction] {
        let path = "town/2026/07/02/a.html";
        let page = Document::new(path, kind, "a", modified()).in_section(Section::of_path("sports/体").unwrap());
        let target = Target { path: path.into(), moved: None };
        let reply = respond(&policy(), &target, &Found::Document(Arc::new(page)), &request("GET", "/", &[]));
        assert_eq!(header(&reply, "link"), Some(alternates("sports/%E4%BD%93/").as_str()));
    }
}

#[test]
fn an_article_that_lives_elsewhere_by_now_is_found_from_its_old_page() {
    let five_minutes = Some("public, max-age=300");
    let policy = policy().formerly(&["http://old.example/paper".to_owned()]);
    let path = "体/2026/07/02/a.html";
    let target = Target { path: path.into(), moved: None };
    for (link, location) in [
        ("https://else.example", Some("https://else.example/")),
        ("http://Else.example/a b/早?x=早|y#%zz", Some("http://else.example/a%20b/%E6%97%A9?x=%E6%97%A9%7Cy#%25zz")),
        ("http://bücher.example/%e6%97%a9", Some("http://xn--bcher-kva.example/%E6%97%A9")),
        ("https://news.example/daily/2026/07/02/b.html", Some("https://news.example/daily/2026/07/02/b.html")),
        // Nobody can be sent to where they come from.
        ("https://news.example/daily/体/2026/07/02/a.html?x#y", None),
        ("http://NEWS.example:80/daily/%e4%bd%93/2026/07/02/a.html", None),
        ("http://old.example/paper/体/2026/07/02/a.html", None),
        ("nowhere", None),
    ] {
        let found = Found::Elsewhere(link.to_owned());
        let reply = respond(&policy, &target, &found, &request("GET", "/", &[("if-none-match", "*")]));
        let status = if location.is_some() { 301 } else { 410 };
        check(&reply, status, &[("location", location), ("cache-control", five_minutes), ("etag", None)]);
    }
}

#[test]
fn no_answer_is_dated_later_than_it_is_given() {
    for path in ["rss.xml", "_media/a.mp3"] {
        let document = Arc::new(document(path));
        let date = document.modified().unwrap();
        let second = Duration::from_secs(1);
        let early = Arc::clone(&document).at(date - second);
        let ask = |document: &Arc<Document>, headers: &[(&str, &str)]| {
            answer(Found::Document(Arc::clone(document)), "GET", &format!("/{path}"), headers)
        };
        let tag = early.etag().to_str().unwrap().to_owned();
        let after = "Thu, 02 Jul 2026 06:30:01 GMT";
        check(&ask(&early, &[]), 200, &[("last-modified", None), ("etag", Some(&tag))]);
        check(&ask(&early, &[("if-none-match", &tag)]), 304, &[("last-modified", None), ("etag", Some(&tag))]);
        // Without a date of the document, the conditions that state one are of no account.
        check(&ask(&early, &[("if-modified-since", LAST_MODIFIED)]), 200, &[("last-modified", None)]);
        check(&ask(&early, &[("if-modified-since", after)]), 200, &[("last-modified", None)]);
        check(&ask(&early, &[("if-unmodified-since", "Thu, 02 Jul 2026 06:29:00 GMT")]), 200, &[]);
        for since in [LAST_MODIFIED, "yesterday"] {
            check(&ask(&early, &[("range", "bytes=0-1"), ("if-range", since)]), 200, &[("last-modified", None)]);
        }
        let now = document.at(date);
        check(&ask(&now, &[]), 200, &[("last-modified", Some(LAST_MODIFIED))]);
        check(&ask(&now, &[("if-modified-since", LAST_MODIFIED)]), 304, &[]);
        // The clock may be set back.
        check(&ask(&now.at(date - second), &[]), 200, &[("last-modified", None)]);
    }
}

#[test]
fn codings_are_chosen_by_weight() {
    // A document that has one form only, and the weights that this form is sent for.
    for coding in Coding::ALL {
        let found = Found::Document(Arc::new(coded(document("rss.xml"), &[coding])));
        let name = coding.name();
        for (accept, is_sent) in [
            ("", false),
            ("NAME", true),
            ("UPPER", true),
            ("deflate, compress;q=0.9, NAME;q=0.1", true),
            ("NAME;q=0", false),
            ("NAME; q=0.000", false),
            ("identity", false),
            ("deflate, NAME, exi", true),
            ("NAME;q=0.5, identity", false),
            ("NAME;q=0.5, identity;q=0.4", true),
            ("NAME;q=0.5, identity;q=0.5", true),
            ("*;q=0", false),
            ("NAME, *;q=0", true),
            ("*, NAME;q=0", false),
            ("*;q=0.3, NAME;q=0.2", false),
            ("*;q=0.2, NAME;q=0.3", true),
            ("identity;q=0, NAME;q=0.001", true),
            ("identity;q=0", false),
            ("NAME;q=2", false),
            ("NAME;q=1.5", false),
            ("NAME;q=1.000", true),
            ("NAME;q=0.0001", false),
            ("NAME;q=0.1111", false),
            ("NAME;q=0.5, identity;q=0.4, NAME;q=0.1", true),
            ("NAME;q=-1", false),
            ("NAME;level=9", false),
            ("NAME ; Q=0.5", true),
            (",,; ,NAME", true),
            ("NAMEd", false),
        ] {
            let accept = accept.replace("NAME", name).replace("UPPER", &name.to_uppercase());
            let reply = answer(found.clone(), "GET", "/rss.xml", &[("accept-encoding", &accept)]);
            let expected = is_sent.then_some(name);
            check(&reply, 200, &[("content-encoding", expected), ("vary", Some("accept-encoding"))]);
            let etag = header(&reply, "etag").unwrap().to_owned();
            assert_eq!(etag.starts_with("W/\""), is_sent, "{accept:?}");
            let length = header(&reply, "content-length").unwrap().parse::<usize>().unwrap();
            let sent = body(reply);
            assert_eq!(sent.len(), length);
            assert_eq!(uncoded(expected, &sent), document("rss.xml").body()[..]);
        }
        check(&answer(found.clone(), "GET", "/rss.xml", &[]), 200, &[("content-encoding", None)]);
        let two_lines = [("accept-encoding", "deflate"), ("accept-encoding", name)];
        check(&answer(found, "GET", "/rss.xml", &two_lines), 200, &[("content-encoding", Some(name))]);
    }
}

#[test]
fn of_several_codings_the_smallest_there_is() {
    let forms = |codings: &[Coding]| Found::Document(Arc::new(coded(document("rss.xml"), codings)));
    let all = forms(&Coding::ALL);
    let Found::Document(document) = &all else { unreachable!() };
    let size = |coding: &Coding| document.form(*coding).bytes().unwrap().len();
    let smallest = |among: &[Coding]| among.iter().min_by_key(|coding| size(coding)).unwrap().name();
    let [zstd, br, gzip] = Coding::ALL;
    for (accept, expected) in [
        ("gzip, br, zstd", smallest(&[zstd, br, gzip])),
        ("gzip, deflate, br", smallest(&[br, gzip])),
        ("gzip, zstd", smallest(&[zstd, gzip])),
        ("x-gzip", "gzip"),
        ("gzip, br;q=0.9, zstd;q=0.8", "gzip"),
        ("zstd;q=0.1, br;q=0.2", "br"),
        ("*", "gzip"),
        ("br;q=0.5, *;q=0.5", smallest(&[zstd, br, gzip])),
        ("gzip;q=0, identity;q=0, *", smallest(&[br, zstd])),
        ("gzip;q=0, br;q=0, *", "zstd"),
    ] {
        let reply = answer(all.clone(), "GET", "/rss.xml", &[("accept-encoding", accept)]);
        check(&reply, 200, &[("content-encoding", Some(expected))]);
    }
    let reply = answer(forms(&[gzip]), "GET", "/rss.xml", &[("accept-encoding", "gzip, br, zstd")]);
    check(&reply, 200, &[("content-encoding", Some("gzip"))]);
}

#[test]
fn conditions_in_their_order() {
    let document = compressed("rss.xml");
    let strong = document.etag().to_str().unwrap().to_owned();
    let weak = document.weak_etag().to_str().unwrap().to_owned();
    assert_eq!(weak, format!("W/{strong}"));
    let bare = strong.trim_matches('"').to_owned();
    let found = Found::Document(Arc::new(document));
    let (before, after) = ("Thu, 02 Jul 2026 06:29:59 GMT", "Thu, 02 Jul 2026 06:30:01 GMT");
    let list = format!("\"x\", W/\"a,b\" ,{strong}");
    let apache = format!("\"{bare}-gzip\"");
    for (headers, status) in [
        (vec![("if-none-match", strong.as_str())], 304),
        (vec![("if-none-match", &weak)], 304),
        (vec![("if-none-match", &list)], 304),
        (vec![("if-none-match", "\"x\""), ("if-none-match", &weak)], 304),
        (vec![("if-none-match", "*")], 304),
        (vec![("if-none-match", &bare)], 304),
        (vec![("if-none-match", &apache)], 304),
        (vec![("if-none-match", "\"x\"")], 200),
        (vec![("if-none-match", "")], 200),
        (vec![("if-none-match", "W/")], 200),
        (vec![("if-none-match", "\"")], 200),
        (vec![("if-none-match", "\"*\"")], 200),
        // A tag that differs outranks a date that does not.
        (vec![("if-none-match", "\"x\""), ("if-modified-since", LAST_MODIFIED)], 200),
        (vec![("if-none-match", &strong), ("if-modified-since", before)], 304),
        (vec![("if-modified-since", LAST_MODIFIED)], 304),
        (vec![("if-modified-since", after)], 304),
        (vec![("if-modified-since", before)], 200),
        (vec![("if-modified-since", "Thursday, 02-Jul-26 06:30:00 GMT")], 304),
        (vec![("if-modified-since", "yesterday")], 200),
        (vec![("if-modified-since", LAST_MODIFIED), ("if-modified-since", LAST_MODIFIED)], 200),
        (vec![("if-match", &strong)], 200),
        (vec![("if-match", "*")], 200),
        (vec![("if-match", "\"x\"")], 412),
        (vec![("if-match", &weak)], 412),
        (vec![("if-match", &strong), ("if-none-match", &strong)], 304),
        (vec![("if-unmodified-since", LAST_MODIFIED)], 200),
        (vec![("if-unmodified-since", before)], 412),
        (vec![("if-match", &strong), ("if-unmodified-since", before)], 200),
        // Text has no ranges: the whole document is a right answer to them.
        (vec![("range", "bytes=0-9")], 200),
        (vec![("range", "bytes=0-9"), ("if-none-match", "*")], 304),
    ] {
        for method in ["GET", "HEAD"] {
            let reply = answer(found.clone(), method, "/rss.xml", &headers);
            check(&reply, status, &[("accept-ranges", None), ("content-range", None)]);
            if status != 304 {
                continue;
            }
            let kept = [
                ("etag", Some(strong.as_str())),
                ("cache-control", Some("public, max-age=300")),
                ("vary", Some("accept-encoding")),
                ("access-control-allow-origin", Some("*")),
                ("content-type", None),
                ("content-length", None),
            ];
            check(&reply, 304, &kept);
            assert!(body(reply).is_empty());
        }
    }
    let reply = answer(found, "GET", "/rss.xml", &[("if-none-match", &strong), ("accept-encoding", "gzip")]);
    check(&reply, 304, &[("etag", Some(&weak)), ("content-encoding", None), ("vary", Some("accept-encoding"))]);
}

#[test]
fn a_form_is_only_wanted_where_it_will_be_sent() {
    let [zstd, br, gzip] = Coding::ALL;
    let raw = document("rss.xml");
    let strong = raw.etag().to_str().unwrap().to_owned();
    let old = Document::new("a/2026/07/02/a.html", Kind::Retraction, "gone ".repeat(1000), modified());
    for (document, headers, expected) in [
        (&raw, vec![("accept-encoding", "gzip")], Some(gzip)),
        (&raw, vec![("accept-encoding", "gzip, deflate, br")], Some(br)),
        (&raw, vec![("accept-encoding", "gzip, deflate, br, zstd")], Some(zstd)),
        (&raw, vec![("accept-encoding", "gzip, br;q=0.9")], Some(gzip)),
        (&raw, vec![("accept-encoding", "*")], Some(gzip)),
        (&raw, vec![], None),
        (&raw, vec![("accept-encoding", "gzip"), ("if-none-match", &strong)], None),
        (&raw, vec![("accept-encoding", "gzip"), ("if-match", "\"x\"")], None),
        (&old, vec![("accept-encoding", "gzip"), ("if-none-match", "*")], Some(gzip)),
        // A fast form may become a small one.
        (&compressed("rss.xml"), vec![("accept-encoding", "gzip")], Some(gzip)),
        (&self::document("_media/ab.jpg"), vec![("accept-encoding", "gzip")], None),
        (
            &Document::new("rss.xml", Kind::of("rss.xml").unwrap(), "short", modified()),
            vec![("accept-encoding", "br")],
            None,
        ),
    ] {
        assert_eq!(wanted(document, &request("GET", "/rss.xml", &headers)), expected, "{headers:?}");
        assert_eq!(wanted(document, &request("HEAD", "/rss.xml", &headers)), expected, "{headers:?}");
    }
    // A 304 carries the validator that the 200 would have, made already or not.
    let found = Found::Document(Arc::new(raw));
    let reply = answer(found, "GET", "/rss.xml", &[("accept-encoding", "gzip"), ("if-none-match", &strong)]);
    check(&reply, 304, &[("etag", Some(&format!("W/{strong}")))]);
}

#[test]
fn what_is_not_there() {
    let no_store = ("cache-control", Some("no-store"));
    let words = ("content-type", Some("text/plain; charset=utf-8"));
    for (found, status, headers) in [
        (Found::Unknown, 404, [no_store, ("retry-after", None)]),
        (Found::Gone, 410, [("cache-control", Some("public, max-age=300")), ("retry-after", None)]),
        (Found::NotYet, 503, [no_store, ("retry-after", Some("10"))]),
    ] {
        let reply = answer(found.clone(), "GET", "/sports/2026/07/02/a.html", &[("if-none-match", "*")]);
        check(&reply, status, &headers);
        check(&reply, status, &[words, ("x-content-type-options", Some("nosniff")), ("etag", None)]);
        let length = header(&reply, "content-length").unwrap().parse::<usize>().unwrap();
        assert_eq!(body(reply).len(), length);
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let reply = answer(Found::Unknown, method, "/rss.xml", &[]);
        check(&reply, 405, &[("allow", Some("GET, HEAD")), no_store, words]);
    }
    check(&answer(Found::Unknown, "OPTIONS", "*", &[]), 405, &[("allow", Some("GET, HEAD"))]);
}

#[test]
fn a_section_without_its_slash_is_sent_there() {
    let front = || Found::Document(Arc::new(document("sports/index.html")));
    check(&answer(front(), "GET", "/sports", &[]), 301, &[("location", Some("sports/")), ("etag", None)]);
    check(&answer(front(), "GET", "/daily", &[]), 301, &[("location", Some("daily/"))]);
    let encoded = "/a/%E4%BD%93%E8%82%B2?x=1";
    check(&answer(front(), "GET", encoded, &[]), 301, &[("location", Some("%E4%BD%93%E8%82%B2/"))]);
    check(&answer(Found::Unknown, "GET", "/sports", &[]), 404, &[("location", None)]);
    check(&answer(front(), "GET", "/sports/", &[]), 200, &[("location", None)]);
}

#[test]
fn paths_to_documents() {
    let is = |path: &'static str| Ok(Target { path: path.into(), moved: None });
    let lacks = |path: &'static str, name: &str| Ok(Target { path: path.into(), moved: Some(format!("{name}/")) });
    let front = |path: &'static str| Ok(Target { path: path.into(), moved: Some("./".to_owned()) });
    let long = format!("/{}", "a".repeat(MAX_TARGET));
    for (uri, expected) in [
        ("/", is("index.html")),
        ("http://news.example/", is("index.html")),
        ("http://news.example", is("index.html")),
        ("/index.html", front("index.html")),
        ("/sports/index.html?x", front("sports/index.html")),
        ("/daily/index.html", front("index.html")),
        ("/daily/a%26b/index.html", front("a&b/index.html")),
        ("/r%73s.xml", is("rss.xml")),
        ("/RSS.xml", lacks("RSS.xml/index.html", "RSS.xml")),
        ("/rss.xml?utm_source=x&y=%zz", is("rss.xml")),
        ("/sports/", is("sports/index.html")),
        ("/sports", lacks("sports/index.html", "sports")),
        ("/v1.0", lacks("v1.0/index.html", "v1.0")),
        ("/sports/football/feed.json", is("sports/football/feed.json")),
        ("/%E4%BD%93%E8%82%B2/rss.xml", is("体育/rss.xml")),
        ("/体育/rss.xml", is("体育/rss.xml")),
        ("/a+b/rss.xml", is("a+b/rss.xml")),
        ("/_media/ab.jpg", is("_media/ab.jpg")),
        ("/daily/rss.xml", is("rss.xml")),
        ("/daily/", is("index.html")),
        ("/daily", lacks("index.html", "daily")),
        ("/daily/daily/rss.xml", is("daily/rss.xml")),
        ("/daily/sports", lacks("sports/index.html", "sports")),
        ("/dailyx/rss.xml", is("dailyx/rss.xml")),
        ("//", Err(Refusal::NoSuchPath)),
        ("//rss.xml", Err(Refusal::NoSuchPath)),
        ("/sports//rss.xml", Err(Refusal::NoSuchPath)),
        ("/../rss.xml", Err(Refusal::NoSuchPath)),
        ("/sports/..", Err(Refusal::NoSuchPath)),
        ("/sports/%2e%2e/rss.xml", Err(Refusal::NoSuchPath)),
        ("/./rss.xml", Err(Refusal::NoSuchPath)),
        ("/..%2frss.xml", Err(Refusal::NoSuchPath)),
        ("/sports%2Frss.xml", Err(Refusal::NoSuchPath)),
        ("/sports%5Crss.xml", Err(Refusal::NoSuchPath)),
        ("/a%2F..%2frss.xml", Err(Refusal::NoSuchPath)),
        ("/.%2e/rss.xml", Err(Refusal::NoSuchPath)),
        ("/daily//rss.xml", Err(Refusal::NoSuchPath)),
        ("/%00", Err(Refusal::Malformed)),
        ("/a%7f.html", Err(Refusal::Malformed)),
        ("/%c0%ae%c0%ae/rss.xml", Err(Refusal::Malformed)),
        ("/a%00.html", Err(Refusal::Malformed)),
        ("/a%0d%0aset-cookie:x", Err(Refusal::Malformed)),
        ("/a%", Err(Refusal::Malformed)),
        ("/a%2", Err(Refusal::Malformed)),
        ("/a%zz", Err(Refusal::Malformed)),
        ("/%ff%fe/rss.xml", Err(Refusal::Malformed)),
        (&long, Err(Refusal::TooLong)),
    ] {
        assert_eq!(target(&policy(), &request("GET", uri, &[])), expected, "{uri}");
    }
    for (refusal, status) in [(Refusal::NoSuchPath, 404), (Refusal::Malformed, 400), (Refusal::TooLong, 414)] {
        check(&refuse(&refusal), status, &[("cache-control", Some("no-store"))]);
    }
}

#[test]
fn one_host_in_http_1_1() {
    let asked = |version: Version, hosts: usize| {
        let mut request = Request::builder().uri("/rss.xml").version(version);
        for _ in 0..hosts {
            request = request.header("host", "news.example");
        }
        target(&policy(), &request.body(()).unwrap().into_parts().0).map(|target| target.path.into_owned())
    };
    assert_eq!(asked(Version::HTTP_11, 1), Ok("rss.xml".to_owned()));
    assert_eq!(asked(Version::HTTP_11, 0), Err(Refusal::Malformed));
    assert_eq!(asked(Version::HTTP_11, 2), Err(Refusal::Malformed));
    assert_eq!(asked(Version::HTTP_10, 0), Ok("rss.xml".to_owned()));
}

#[test]
fn one_host_said_twice() {
    let asked = |version: Version, uri: &str, host: &str| {
        let request = Request::builder().uri(uri).version(version).header("host", host);
        target(&policy(), &request.body(()).unwrap().into_parts().0).is_ok()
    };
    for (uri, host, in_http_1, in_http_2) in [
        ("http://news.example/", "news.example", true, true),
        ("http://news.example/", "NEWS.example.:80", true, true),
        ("http://news.example/", "old.example", true, false),
        ("http://news.example/", "", true, false),
        ("http://news.example:8080/", "news.example", true, false),
        ("http://anna@news.example/", "news.example", false, false),
    ] {
        assert_eq!(asked(Version::HTTP_11, uri, host), in_http_1, "{uri} {host}");
        assert_eq!(asked(Version::HTTP_2, uri, host), in_http_2, "{uri} {host}");
    }
}

#[test]
fn the_epoch_bounds_dates() {
    for (date, expected) in [
        ("1969-12-31T23:59:59Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("+20000-01-01T00:00:00Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        let document = Document::new("rss.xml", Kind::of("rss.xml").unwrap(), "x", date.parse().unwrap());
        assert_eq!(document.last_modified().unwrap(), expected);
    }
}

proptest! {
    /// Whatever is asked, the target is a path of plain names, and the answer is one of those that exist.
    #[test]
    fn no_request_escapes(path in "/(\\PC|%[0-9a-fA-F]{2}|/|\\.|%){0,40}", tags in "[ -~]{0,40}", accept in "[ -~]{0,40}") {
        let Ok(uri) = path.parse::<http::Uri>() else { return Ok(()) };
        let mut parts = request("GET", "/", &[("if-none-match", &tags), ("accept-encoding", &accept)]);
        parts.uri = uri;
        parts.method = Method::GET;
        if let Ok(target) = target(&policy(), &parts) {
            for target in otherwise(&target).into_iter().chain([target]) {
                for name in target.path.split('/') {
                    prop_assert!(!name.is_empty() && name != "." && name != "..");
                    prop_assert!(!name.contains(|c: char| c.is_control() || c == '\\'));
                }
                let found = Found::Document(Arc::new(document("rss.xml")));
                let status = respond(&policy(), &target, &found, &parts).status().as_u16();
                prop_assert!([200, 301, 304].contains(&status));
            }
        }
    }
}

#[test]
fn a_page_taken_back_is_gone_and_says_why() {
    let path = "sports/2026/07/02/final.html";
    let plain = Document::new(path, Kind::Retraction, "<p>We were wrong.</p>\n".repeat(100), modified());
    let etag = plain.etag().to_str().unwrap().to_owned();
    let coded = Arc::new(coded(plain.clone(), &[Coding::Gzip]));
    let always = [
        ("content-type", Some("text/html; charset=utf-8")),
        ("cache-control", Some("public, max-age=300")),
        ("vary", Some("accept-encoding")),
        ("etag", None),
        ("last-modified", None),
        ("x-content-type-options", Some("nosniff")),
    ];
    // Whatever is asked for: a condition is of no account where nothing is there.
    for headers in [&[][..], &[("if-none-match", &*etag)], &[("if-none-match", "*")], &[("if-match", "\"x\"")]] {
        let reply = answer(Found::Document(Arc::new(plain.clone())), "GET", &format!("/{path}"), headers);
        check(&reply, 410, &always);
        assert!(String::from_utf8(body(reply)).unwrap().contains("We were wrong."));
    }
    let reply = answer(Found::Document(coded), "GET", &format!("/{path}"), &[("accept-encoding", "gzip")]);
    check(&reply, 410, &[("content-encoding", Some("gzip")), ("etag", None)]);
    let csp = header(&reply, "content-security-policy").unwrap();
    assert!(csp.starts_with("default-src 'none'"), "{csp}");
}

#[test]
fn parts_of_media() {
    let medium = Document::new("_media/a.mp3", Kind::of("_media/a.mp3").unwrap(), "0123456789", modified());
    let strong = medium.etag().to_str().unwrap().to_owned();
    let weak = medium.weak_etag().to_str().unwrap().to_owned();
    let found = Found::Document(Arc::new(medium));
    let whole = (200, None, "0123456789");
    let part = |range, body| (206, Some(range), body);
    let none = (416, Some("bytes */10"), "");
    for (range, expected) in [
        ("bytes=0-0", part("bytes 0-0/10", "0")),
        ("bytes=2-4", part("bytes 2-4/10", "234")),
        ("bytes=2-", part("bytes 2-9/10", "23456789")),
        ("bytes=-3", part("bytes 7-9/10", "789")),
        ("bytes=-30", part("bytes 0-9/10", "0123456789")),
        ("bytes=0-", part("bytes 0-9/10", "0123456789")),
        ("bytes=9-99", part("bytes 9-9/10", "9")),
        ("bytes=8-99999999999999999999999999", part("bytes 8-9/10", "89")),
        ("BYTES=1-1", part("bytes 1-1/10", "1")),
        ("bytes= 1-1 ,", part("bytes 1-1/10", "1")),
        ("bytes=10-", none),
        ("bytes=10-20", none),
        ("bytes=99999999999999999999999999-", none),
        ("bytes=-0", none),
        ("bytes=20-30, 40-50", none),
        // Of several, one that exists is sent; more are not worth a multipart body.
        ("bytes=20-30, 1-2", part("bytes 1-2/10", "12")),
        ("bytes=0-1, 3-4", whole),
        ("bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,1-1,2-2,3-3,4-4,5-5,6-6", whole),
        // Not understood, so ignored.
        ("bytes=4-2", whole),
        ("bytes=20-30, 4-2", whole),
        ("bytes=a-b", whole),
        ("bytes=-", whole),
        ("bytes=", whole),
        ("bytes=,", whole),
        ("bytes 0-1", whole),
        ("bytes=+1-2", whole),
        ("bytes=1--2", whole),
        ("bytes=1-2-3", whole),
        ("items=0-1", whole),
        ("0-1", whole),
    ] {
        let reply = answer(found.clone(), "GET", "/_media/a.mp3", &[("range", range)]);
        let (status, content_range, bytes) = expected;
        check(&reply, status, &[("content-range", content_range)]);
        if status == 416 {
            check(&reply, 416, &[("cache-control", Some("no-store")), ("etag", None)]);
            continue;
        }
        let length = bytes.len().to_string();
        let headers = [
            ("content-length", Some(&*length)),
            ("content-type", Some("audio/mpeg")),
            ("etag", Some(&*strong)),
            ("last-modified", Some(LAST_MODIFIED)),
            ("cache-control", Some("public, max-age=31536000, immutable")),
            ("accept-ranges", Some("bytes")),
            ("vary", None),
        ];
        check(&reply, status, &headers);
        assert_eq!(body(reply), bytes.as_bytes(), "{range}");
        // Only GET has ranges; HEAD tells of the whole.
        let reply = answer(found.clone(), "HEAD", "/_media/a.mp3", &[("range", range)]);
        check(
            &reply,
            200,
            &[("content-length", Some("10")), ("accept-ranges", Some("bytes")), ("content-range", None)],
        );
    }
    let bare = strong.trim_matches('"');
    for (headers, status) in [
        (vec![("if-range", &*strong)], 206),
        (vec![("if-range", LAST_MODIFIED)], 206),
        (vec![("if-range", &*weak)], 200),
        (vec![("if-range", "\"x\"")], 200),
        (vec![("if-range", bare)], 200),
        (vec![("if-range", "*")], 200),
        (vec![("if-range", "Thu, 02 Jul 2026 06:30:01 GMT")], 200),
        (vec![("if-range", "Thu, 02 Jul 2026 06:29:59 GMT")], 200),
        (vec![("if-range", "yesterday")], 200),
        (vec![("if-none-match", &*strong)], 304),
        (vec![("if-none-match", "\"x\"")], 206),
        (vec![("if-modified-since", LAST_MODIFIED)], 304),
        (vec![("if-match", &*strong)], 206),
        (vec![("if-match", "\"x\"")], 412),
        (vec![("if-unmodified-since", "Thu, 02 Jul 2026 06:29:59 GMT")], 412),
        // Two of them say nothing.
        (vec![("range", "bytes=3-4")], 200),
    ] {
        let headers: Vec<_> = headers.into_iter().chain([("range", "bytes=1-2")]).collect();
        let reply = answer(found.clone(), "GET", "/_media/a.mp3", &headers);
        assert_eq!(reply.status().as_u16(), status, "{headers:?}");
    }
    let empty = Document::new("_media/a.mp3", Kind::of("_media/a.mp3").unwrap(), "", modified());
    let found = Found::Document(Arc::new(empty));
    for range in ["bytes=0-", "bytes=-1"] {
        check(&answer(found.clone(), "GET", "/_media/a.mp3", &[("range", range)]), 416, &[]);
    }
    // A picture that is text has codings instead.
    let found = Found::Document(Arc::new(document("_media/a.svg")));
    check(&answer(found, "GET", "/_media/a.svg", &[("range", "bytes=0-1")]), 200, &[("accept-ranges", None)]);
}

#[test]
fn other_spellings_of_an_address() {
    // asked for → where else it may lie, and the address of that, relative to the one asked for
    for (uri, expected) in [
        ("/sports/rss.xml", None),
        ("/体育/rss.xml", None),
        ("/", None),
        ("/nowhere/", None),
        ("/a.HTML/", None),
        ("/sports/2026/07/02/a.html/", Some(("sports/2026/07/02/a.html", "../../../../../sports/2026/07/02/a.html"))),
        ("/rss.xml/", Some(("rss.xml", "../rss.xml"))),
        ("/daily/体/rss.xml/", Some(("体/rss.xml", "../../%E4%BD%93/rss.xml"))),
        ("/cafe\u{301}/rss.xml", Some(("café/rss.xml", "../caf%C3%A9/rss.xml"))),
        ("/cafe%CC%81/", Some(("café/index.html", "../caf%C3%A9/"))),
        ("/a/cafe%CC%81", Some(("a/café/index.html", "../a/caf%C3%A9/"))),
        ("/cafe%CC%81/index.html", Some(("café/index.html", "../caf%C3%A9/"))),
        ("/cafe%CC%81.html", Some(("café.html", "caf%C3%A9.html"))),
        ("/cafe%CC%81.html/", Some(("café.html", "../caf%C3%A9.html"))),
        ("/%EF%A4%80/rss.xml", Some(("\u{8c48}/rss.xml", "../%E8%B1%88/rss.xml"))),
    ] {
        let request = request("GET", uri, &[]);
        let target = target(&policy(), &request).unwrap();
        let expected = expected.map(|(path, moved)| Target { path: path.into(), moved: Some(moved.to_owned()) });
        assert_eq!(otherwise(&target), expected, "{uri}");
        if let Some(target) = expected {
            let found = Found::Document(Arc::new(document("rss.xml")));
            let moved = target.moved.clone();
            check(&respond(&policy(), &target, &found, &request), 301, &[("location", moved.as_deref())]);
            let base = url::Url::parse("https://news.example").unwrap().join(uri).unwrap();
            let path = base.join(&moved.unwrap()).unwrap().path().to_owned();
            let plain = percent_encoding::percent_decode_str(&path).decode_utf8().unwrap().into_owned();
            let plain = plain.strip_prefix("/daily").unwrap_or(&plain);
            let address = target.path.strip_suffix("index.html").unwrap_or(&target.path);
            assert_eq!(plain.strip_prefix('/'), Some(address), "{uri}");
        }
    }
}

#[test]
fn a_former_name_is_answered_with_the_present_one() {
    let names = |base_url: &str, formerly: &[&str]| {
        let formerly: Vec<String> = formerly.iter().map(|url| (*url).to_owned()).collect();
        Policy::new(base_url, Duration::from_secs(300)).formerly(&formerly)
    };
    let moved = names("https://news.example", &["http://old.example", "http://shared.example/daily/"]);
    let below = names("https://news.example/daily", &["https://news.example", "http://news.example:8080"]);
    let above = names("https://news.example", &["https://news.example/daily"]);
    let within = names("https://news.example", &["http://old.example/daily", "http://old.example"]);
    let beside = names("https://news.example/b", &["https://news.example/a/long"]);
    let early = names("https://news.example/%e6%99%9a", &["http://old.example/%E6%97%A9", "https://news.example"]);
    for (policy, host, uri, expected) in [
        (&moved, "old.example", "/rss.xml?x=%E4&y", Some("https://news.example/rss.xml?x=%E4&y")),
        (&moved, "OLD.example:80", "/体/", Some("https://news.example/%E4%BD%93/")),
        (&moved, "old.example:443", "/", Some("https://news.example/")),
        (&moved, "old.example:8080", "/", None),
        (&moved, "ignored.example", "http://old.example/a%2fb//..", Some("https://news.example/a%2Fb//..")),
        (&moved, "ignored.example", "http://old.example./x", Some("https://news.example/x")),
        (&moved, "ignored.example", "http://anna@old.example/x", None),
        (&moved, "old.example.", "/%e4%bd%93/%7Ea?%e4", Some("https://news.example/%E4%BD%93/~a?%E4")),
        (&moved, "old.example.:80", "/体/?体", Some("https://news.example/%E4%BD%93/?%E4%BD%93")),
        (&moved, "old.example:", "/100%/a|b[1]%4", Some("https://news.example/100%25/a%7Cb%5B1%5D%254")),
        (&moved, "news.example.", "/rss.xml", None),
        (&moved, "old.example", "http://news.example/rss.xml", None),
        (&moved, "shared.example", "/daily", Some("https://news.example/")),
        (&moved, "shared.example", "/daily/rss.xml", Some("https://news.example/rss.xml")),
        (&moved, "shared.example", "/dailyx/rss.xml", None),
        (&moved, "shared.example", "/rss.xml", None),
        (&moved, "news.example", "/rss.xml", None),
        (&moved, "127.0.0.1:8080", "/rss.xml", None),
        (&within, "old.example", "/daily/rss.xml", Some("https://news.example/rss.xml")),
        (&within, "old.example", "/dailyx/rss.xml", Some("https://news.example/dailyx/rss.xml")),
        (&below, "news.example", "/rss.xml", Some("https://news.example/daily/rss.xml")),
        (&below, "news.example", "/daily/rss.xml", None),
        (&below, "news.example", "/daily", None),
        (&below, "news.example:8080", "/rss.xml", Some("https://news.example/daily/rss.xml")),
        (&above, "news.example", "/daily/daily/rss.xml", Some("https://news.example/daily/rss.xml")),
        (&above, "news.example", "/daily/rss.xml", Some("https://news.example/rss.xml")),
        (&above, "news.example", "/rss.xml", None),
        (&beside, "news.example", "/a/long/a/long/", Some("https://news.example/b/a/long/")),
        (&beside, "news.example", "/b/a/long/", None),
        (&early, "old.example", "/%e6%97%a9/rss.xml", Some("https://news.example/%e6%99%9a/rss.xml")),
        (&early, "old.example", "/早/rss.xml", Some("https://news.example/%e6%99%9a/rss.xml")),
        (&early, "old.example", "/%E6%97%A9x/rss.xml", None),
        (&early, "NEWS.example.:443", "/%E6%99%9A/rss.xml", None),
        (&early, "news.example", "/%E6%97%A9/rss.xml", Some("https://news.example/%e6%99%9a/%E6%97%A9/rss.xml")),
    ] {
        let (mut request, ()) = Request::get(uri).body(()).unwrap().into_parts();
        request.headers.insert("host", host.parse().unwrap());
        let reply = former(policy, &request);
        assert_eq!(reply.as_ref().and_then(|reply| header(reply, "location")), expected, "{host} {uri}");
        let mut steps = 0;
        let mut next = reply;
        while let Some(reply) = next {
            assert_eq!(reply.status().as_u16(), 301);
            steps += 1;
            assert!(steps < 3, "{host} {uri} goes round in a circle");
            let location = url::Url::parse(header(&reply, "location").unwrap()).unwrap();
            request.uri = location[url::Position::BeforePath..].parse().unwrap();
            request.headers.insert("host", location.host_str().unwrap().parse().unwrap());
            next = former(policy, &request);
        }
    }
}

#[test]
fn a_crowd_that_fetches_too_often_leaves_every_newcomer_its_answer() {
    let rate_limit = RateLimit::default();
    let kind = Kind::of("rss.xml").unwrap();
    let feed = Found::Document(Arc::new(Document::new("rss.xml".to_owned(), kind, "text ".repeat(500), modified())));
    let request = request("GET", "/rss.xml", &[]);
    // More clients than there are buckets, each of which has had all that it may have.
    for number in 0..100_000u32 {
        let client = || Client { address: Some(Ipv4Addr::from_bits(0x0B00_0000 + number).into()), now: Duration::ZERO };
        let reply = rate_limit.apply(1, client, &feed, &request, Response::new(Content::Memory(Bytes::new())));
        assert_eq!(reply.status(), 200, "{number}");
    }
}

#[test]
fn who_fetches_the_same_document_again_and_again_is_told_to_keep_it() {
    const ENOUGH: u32 = 5;
    let rate_limit = RateLimit::default();
    let [feed, other, medium] = ["rss.xml", "体/rss.xml", "_media/a.mp3"].map(|path| {
        let (path, body) = (path.to_owned(), format!("{path} {}", "text ".repeat(500)));
        let kind = Kind::of(&path).unwrap();
        Found::Document(Arc::new(Document::new(path, kind, body, modified())))
    });
    let asked = |client: &str, seconds: u64, found: &Found, method: &str, headers: &[(&str, &str)]| {
        let client = Client { address: client.parse().ok(), now: Duration::from_secs(seconds) };
        let request = request(method, "/rss.xml", headers);
        let reply = answer(found.clone(), method, "/rss.xml", headers);
        let reply = rate_limit.apply(ENOUGH, || client, found, &request, reply);
        if reply.status() == 429 {
            check(&reply, 429, &[("retry-after", Some("60")), ("cache-control", Some("no-store")), ("etag", None)]);
            assert!(String::from_utf8(body(reply)).unwrap().contains("If-None-Match"));
            return 429;
        }
        reply.status().as_u16()
    };
    let exhaust = |client: &str, found: &Found| {
        for _ in 0..ENOUGH {
            assert_eq!(asked(client, 0, found, "GET", &[]), 200, "{client}");
        }
        asked(client, 0, found, "GET", &[])
    };
    assert_eq!(exhaust("192.0.2.7", &feed), 429);
    // What costs nothing is answered all the same, and so is everything else.
    assert_eq!(asked("192.0.2.7", 0, &feed, "GET", &[("if-none-match", "*")]), 304);
    assert_eq!(asked("192.0.2.7", 0, &feed, "GET", &[("if-modified-since", LAST_MODIFIED)]), 304);
    assert_eq!(asked("192.0.2.7", 0, &feed, "HEAD", &[]), 200);
    assert_eq!(asked("192.0.2.7", 0, &feed, "POST", &[]), 405);
    assert_eq!(asked("192.0.2.7", 0, &feed, "GET", &[("if-none-match", "\"old\"")]), 429);
    assert_eq!(asked("192.0.2.7", 0, &other, "GET", &[]), 200);
    assert_eq!(asked("192.0.2.8", 0, &feed, "GET", &[]), 200);
    // Tokens come back one by one, and the bucket is full again after a while.
    let one = WINDOW.as_secs() / u64::from(ENOUGH);
    assert_eq!(asked("192.0.2.7", one - 1, &feed, "GET", &[]), 429);
    assert_eq!(asked("192.0.2.7", one, &feed, "GET", &[]), 200);
    assert_eq!(asked("192.0.2.7", one, &feed, "GET", &[]), 429);
    let later = one + WINDOW.as_secs();
    let again: Vec<u16> = (0..=ENOUGH).map(|_| asked("192.0.2.7", later, &feed, "GET", &[])).collect();
    assert_eq!(again, [200, 200, 200, 200, 200, 429]);
    // A household is one client, a private network may be a proxy, and a player asks for many parts.
    assert_eq!(exhaust("2001:db8::1", &feed), 429);
    assert_eq!(asked("2001:db8::ffff", 0, &feed, "GET", &[]), 429);
    assert_eq!(asked("2001:db8:0:1::1", 0, &feed, "GET", &[]), 200);
    for client in
        ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "fe80::1", "nobody"]
    {
        assert_eq!(exhaust(client, &feed), 200, "{client}");
    }
    assert_eq!(exhaust("::ffff:192.0.2.9", &feed), 429);
    assert_eq!(asked("192.0.2.9", 0, &feed, "GET", &[]), 429);
    assert_eq!(exhaust("192.0.2.10", &medium), 200);
    // Where nothing is counted any more, whoever was told is answered.
    for _ in 0..1000 {
        let client = Client { address: "192.0.2.7".parse().ok(), now: Duration::ZERO };
        let reply = answer(feed.clone(), "GET", "/rss.xml", &[]);
        assert_eq!(rate_limit.apply(0, || client, &feed, &request("GET", "/rss.xml", &[]), reply).status(), 200);
    }
}

#[test]
fn a_long_medium_is_answered_with_the_place_where_it_lies() {
    let file = std::path::Path::new("/feeds/_media/h.mp3");
    let stored = || {
        Document::hashed(
            "_media/h.mp3",
            Kind::Media("audio/mpeg"),
            Content::file(file, 5 << 20),
            blake3::hash(b"it"),
            modified(),
        )
    };
    assert!(stored().body().is_empty());
    let target = Target { path: "_media/h.mp3".into(), moved: None };
    let found = Found::Document(Arc::new(stored()));
    for (range, status, part) in [
        (None, 200, 0..5 << 20),
        (Some("bytes=0-0"), 206, 0..1),
        (Some("bytes=1048576-"), 206, 1 << 20..5 << 20),
        (Some("bytes=-10"), 206, (5 << 20) - 10..5 << 20),
        (Some("bytes=0-9999999999999999999999"), 206, 0..5 << 20),
    ] {
        let headers: Vec<_> = range.iter().map(|range| ("range", *range)).collect();
        let reply = respond(&policy(), &target, &found, &request("GET", "/_media/h.mp3", &headers));
        let length = (part.end - part.start).to_string();
        check(&reply, status, &[("content-length", Some(&length)), ("accept-ranges", Some("bytes"))]);
        match reply.into_body() {
            Content::File(excerpt) => assert_eq!((&*excerpt.file, excerpt.whole, excerpt.range), (file, 5 << 20, part)),
            Content::Memory(_) => panic!("{range:?}"),
        }
    }
    let reply = respond(&policy(), &target, &found, &request("GET", "/_media/h.mp3", &[("range", "bytes=5242880-")]));
    check(&reply, 416, &[("content-range", Some("bytes */5242880"))]);
}
