//! What is asked and answered on a connection.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use syndicated::edition::Coding;
use syndicated::server::{Date, MAX_HEAD};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_connection_many_requests() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut reader = site.connect().await;
    let first = reader.get("/rss.xml").await;
    assert_eq!((first.status, first.text().as_str()), (200, "one"));
    assert!(first.header("date").is_some());
    // What is put is served from the next request on, on connections that exist.
    site.edition.put(document("rss.xml", "two"));
    assert_eq!(reader.get("/rss.xml").await.text(), "two");

    // A body of no bytes is none: the connection stays.
    reader.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n").await;
    let bare = reader.answer(true).await;
    assert_eq!((bare.text().as_str(), bare.header("connection")), ("two", None));

    // Pipelined: answered in order. HEAD has GET's headers and no body.
    let etag = document("rss.xml", "two").etag().to_str().unwrap().to_owned();
    reader
        .send(&format!(
            "HEAD /rss.xml HTTP/1.1\r\nhost: h\r\n\r\nGET /rss.xml HTTP/1.1\r\nhost: h\r\nif-none-match: {etag}\r\n\r\n\
             GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\nGET /x.html HTTP/1.1\r\nhost: h\r\n\r\n"
        ))
        .await;
    let head = reader.answer(false).await;
    let unchanged = reader.answer(true).await;
    let full = reader.answer(true).await;
    assert_eq!((head.status, head.header("content-length")), (200, Some("3")));
    assert_eq!((unchanged.status, unchanged.header("etag")), (304, Some(etag.as_str())));
    assert!(unchanged.header("date").is_some());
    assert_eq!((full.status, full.text().as_str()), (200, "two"));
    let without_date = |head: &str| head.lines().filter(|l| !l.starts_with("date")).collect::<String>();
    assert_eq!(without_date(&head.head), without_date(&full.head));
    assert_eq!(reader.answer(true).await.status, 503);
    site.stop().await;
    reader.closed().await;
}

#[tokio::test]
async fn old_and_odd_requests() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));

    let mut reader = site.connect().await;
    reader.send("GET /rss.xml HTTP/1.0\r\n\r\n").await;
    let answer = reader.answer(true).await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "one"));
    assert!(answer.head.starts_with("HTTP/1.0"));
    reader.closed().await;

    let long = format!("GET /rss.xml HTTP/1.1\r\nhost: h\r\nx: {}\r\n\r\n", "y".repeat(MAX_HEAD));
    let many = format!("GET /rss.xml HTTP/1.1\r\nhost: h\r\n{}\r\n", "x: y\r\n".repeat(101));
    for (request, status) in [
        ("GET /rss.xml HTTP/1.1\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.1\r\nhost: a b\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.1\r\nhost: h:port\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.1\r\nhost: user@h\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.1\r\nhost: [::1\r\n\r\n", 400),
        ("GET /%zz HTTP/1.1\r\nhost: h\r\n\r\n", 400),
        ("GET /../rss.xml HTTP/1.1\r\nhost: h\r\n\r\n", 404),
        ("POST /rss.xml HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc", 405),
        ("OPTIONS * HTTP/1.1\r\nhost: h\r\n\r\n", 405),
        ("\u{16}\u{3}\u{1} nonsense\r\n\r\n", 400),
        (&long, 431),
        (&many, 431),
    ] {
        let mut reader = site.connect().await;
        reader.send(request).await;
        assert_eq!(reader.answer(true).await.status, status, "{}", &request[..request.len().min(60)]);
    }
    site.stop().await;
}

/// The end of a line may come in two pieces: the first read takes this much of what is there.
#[tokio::test]
async fn a_line_may_end_where_a_piece_ends() {
    const PIECE: usize = 8 * 1024;
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let begun = "GET /rss.xml HTTP/1.1\r\nhost: h\r\nx: ";
    for short in 0..3 {
        let mut reader = site.connect().await;
        let padding = "y".repeat(PIECE - short - begun.len());
        reader.send(&format!("{begun}{padding}\r\nz: z\r\n\r\n")).await;
        assert_eq!(reader.answer(true).await.status, 200, "{short}");
    }
    site.stop().await;
}

#[tokio::test]
async fn a_client_that_closes_its_half_is_answered() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut reader = site.connect().await;
    reader.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    reader.stream.shutdown().await.unwrap();
    assert_eq!(reader.answer(true).await.text(), "one");
    reader.closed().await;
    site.stop().await;
}

#[tokio::test]
async fn unknown_only_once_everything_was_compared() {
    let site = Site::start(PATIENT, |path| match path {
        "broken.html" => Err(io::Error::other("the disk is on fire")),
        "panic.html" => panic!("a loader that panics"),
        "gone.html" => Ok(Found::Gone),
        "sports/index.html" => found(document(path, "front")),
        _ => Ok(Found::Unknown),
    })
    .await;
    let early = site.get("/other.html").await;
    assert_eq!((early.status, early.header("retry-after")), (503, Some("10")));
    assert_eq!(site.get("/gone.html").await.status, 410);
    site.edition.mark_complete();
    assert_eq!(site.get("/other.html").await.status, 404);
    let moved = site.get("/sports").await;
    assert_eq!((moved.status, moved.header("location")), (301, Some("sports/")));
    for broken in ["/broken.html", "/panic.html", "/broken.html"] {
        let answer = site.get(broken).await;
        assert_eq!((answer.status, answer.header("cache-control")), (503, Some("no-store")), "{broken}");
    }
    // What was unknown is not remembered as such.
    site.edition.put(document("other.html", "here"));
    assert_eq!(site.get("/other.html").await.status, 200);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_reads_the_disk_once() {
    let reads = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&reads);
    let (go, mut calls, pass) = gate();
    let site = Site::start(PATIENT, move |path| {
        counted.fetch_add(1, Ordering::SeqCst);
        pass();
        found(document(path, "page ".repeat(1000)))
    })
    .await;
    let site = Arc::new(site);
    let crowd: Vec<_> = (0..40)
        .map(|_| {
            let site = Arc::clone(&site);
            tokio::spawn(async move { site.get("/a.html").await.text() })
        })
        .collect();
    soon(calls.recv()).await.unwrap();
    go.send(()).unwrap();
    for reader in crowd {
        assert_eq!(soon(reader).await.unwrap(), "page ".repeat(1000));
    }
    assert_eq!(reads.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_coding_is_served_from_the_first_request_on() {
    let site = Site::start(PATIENT, |path| found(document(path, "old page ".repeat(1000)))).await;
    site.edition.put(document("rss.xml", "feed ".repeat(1000)));
    for (path, expected) in [("/rss.xml", "feed ".repeat(1000)), ("/a.html", "old page ".repeat(1000))] {
        for coding in Coding::ALL.map(Coding::name).repeat(2) {
            let ask =
                |method: &str| format!("{method} {path} HTTP/1.1\r\nhost: h\r\naccept-encoding: {coding}\r\n\r\n");
            let mut reader = site.connect().await;
            reader.send(&ask("HEAD")).await;
            let head = reader.answer(false).await;
            reader.send(&ask("GET")).await;
            let answer = reader.answer(true).await;
            assert_eq!(answer.header("content-encoding"), Some(coding));
            assert!(answer.header("etag").unwrap().starts_with("W/"));
            for name in ["content-encoding", "content-length", "etag", "vary"] {
                assert_eq!(head.header(name), answer.header(name), "{name}");
            }
            let mut plain = Vec::new();
            match coding {
                "zstd" => plain = zstd::decode_all(&answer.body[..]).unwrap(),
                "br" => brotli::BrotliDecompress(&mut &answer.body[..], &mut plain).unwrap(),
                _ => drop(flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut plain).unwrap()),
            }
            assert_eq!(plain, expected.as_bytes());
            assert_eq!(site.get(path).await.text(), expected);
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn other_spellings_lead_to_the_one_address() {
    let published = ["index.html", "体育/index.html", "caf\u{e9}/rss.xml", "a.html", "体/page.html/index.html"];
    let site = Site::start(PATIENT, move |path| match published.contains(&path) {
        true => found(document(path, "text")),
        false if path == "gone.html" => Ok(Found::Gone),
        false => Ok(Found::Unknown),
    })
    .await;
    site.edition.mark_complete();
    for (path, status, location) in [
        ("/", 200, None),
        ("/index.html", 301, Some("./")),
        ("/a.html", 200, None),
        ("/a.html/", 301, Some("../a.html")),
        ("/b.html/", 404, None),
        ("/b.html", 404, None),
        ("/%E4%BD%93/page.html", 301, Some("page.html/")),
        ("/%E4%BD%93/page.html/", 200, None),
        ("/gone.html", 410, None),
        ("/gone.html/", 410, None),
        ("/A.html", 404, None),
        ("/%E4%BD%93%E8%82%B2", 301, Some("%E4%BD%93%E8%82%B2/")),
        ("/%E4%BD%93%E8%82%B2/", 200, None),
        ("/caf%C3%A9/rss.xml", 200, None),
        ("/cafe%CC%81/rss.xml", 301, Some("../caf%C3%A9/rss.xml")),
        ("/cafe%CC%81/atom.xml", 404, None),
        ("//a.html", 404, None),
        ("/x/../a.html", 404, None),
        ("/%2e%2e/a.html", 404, None),
        ("/x%2fa.html", 404, None),
        ("/a.html%00", 400, None),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
    site.stop().await;
}

#[tokio::test]
async fn over_polling_counts_for_the_client_behind_a_trusted_proxy() {
    let limits = Limits { full_answers: 2, ..PATIENT };
    let proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let site = Site::open(Role::Clear, Terms { proxies, ..terms(limits) }, nothing);
    site.edition.put(document("rss.xml", "one"));
    let etag = document("rss.xml", "one").etag().to_str().unwrap().to_owned();
    let mut reader = site.connect().await;
    let mut ask = async |client: &str, more: &str| {
        let head = format!("GET /rss.xml HTTP/1.1\r\nhost: h\r\nx-forwarded-for: {client}\r\n{more}\r\n");
        reader.send(&head).await;
        let answer = reader.answer(!more.contains("none-match")).await;
        (answer.status, answer.header("retry-after").map(str::to_owned))
    };
    let condition = format!("if-none-match: {etag}\r\n");
    let told = Some("60".to_owned());
    for (client, more, expected) in [
        ("203.0.113.9", "", (200, None)),
        ("203.0.113.9", "", (200, None)),
        ("203.0.113.9", "", (429, told.clone())),
        ("203.0.113.9", &*condition, (304, None)),
        ("203.0.113.10", "", (200, None)),
        ("203.0.113.9", "", (429, told)),
    ] {
        assert_eq!(ask(client, more).await, expected, "{client} {more}");
    }
    // A new document is a new beginning.
    site.edition.put(document("rss.xml", "two"));
    assert_eq!(ask("203.0.113.9", "").await, (200, None));
    site.stop().await;
}

#[tokio::test]
async fn a_former_name_is_known_in_every_spelling() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let ask = async |head: &str| {
        let mut reader = site.connect().await;
        reader.send(&format!("{head}\r\n\r\n")).await;
        let answer = reader.answer(true).await;
        (answer.status, answer.header("location").map(str::to_owned))
    };
    let sent_on = (301, Some("https://news.example/rss.xml?a=%E6%97%A9".to_owned()));
    for head in [
        "GET /%E6%97%A9/rss.xml?a=%E6%97%A9 HTTP/1.1\r\nhost: old.example",
        "GET /%e6%97%a9/rss.xml?a=%e6%97%a9 HTTP/1.1\r\nhost: OLD.example.",
        "GET /早/%72ss.xml?a=早 HTTP/1.1\r\nhost: old.example:80",
        "GET http://Old.Example.:443/早/rss.xml?a=早 HTTP/1.1\r\nhost: news.example",
    ] {
        assert_eq!(ask(head).await, sent_on, "{head}");
    }
    for (head, status) in [
        ("GET /rss.xml HTTP/1.1\r\nhost: NEWS.example.:443", 200),
        ("GET /%E6%97%A9/rss.xml HTTP/1.1\r\nhost: old.example:8080", 503),
        ("GET /%E6%97%A9/rss.xml HTTP/1.1\r\nhost: old.example\r\nhost: old.example", 400),
        ("CONNECT old.example:443 HTTP/1.1\r\nhost: old.example", 405),
        ("OPTIONS * HTTP/1.1\r\nhost: old.example", 405),
    ] {
        assert_eq!(ask(head).await, (status, None), "{head}");
    }
    site.stop().await;
}

#[test]
fn the_date_of_an_answer_goes_back_with_the_clock() {
    let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_172_800);
    let mut date = Date::of(later);
    for (time, told) in [
        (later, "Tue, 11 Sep 2001 01:46:40 GMT"),
        (later - Duration::from_secs(2 * 86_400), "Sun, 09 Sep 2001 01:46:40 GMT"),
        (later + Duration::from_millis(1001), "Tue, 11 Sep 2001 01:46:41 GMT"),
        (SystemTime::UNIX_EPOCH - Duration::from_secs(1), "Thu, 01 Jan 1970 00:00:00 GMT"),
        (SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40), "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        assert_eq!(date.at(time), told);
    }
}

#[tokio::test]
async fn a_date_that_has_not_come_is_not_told() {
    let site = Site::start(PATIENT, nothing).await;
    let date = "Fri, 31 Dec 9999 23:59:59 GMT";
    let kind = Kind::of("rss.xml").unwrap();
    site.edition.put(Document::new("rss.xml", kind, "one ".repeat(1000), DateTime::<Utc>::MAX_UTC));
    let mut reader = site.connect().await;
    for coding in ["identity", "gzip", "gzip"] {
        let head = format!("host: h\r\naccept-encoding: {coding}\r\nif-modified-since: {date}\r\n\r\n");
        reader.send(&format!("GET /rss.xml HTTP/1.1\r\n{head}")).await;
        let answer = reader.answer(true).await;
        assert_eq!((answer.status, answer.header("last-modified")), (200, None), "{coding}");
        assert!(answer.header("etag").is_some());
    }
    site.edition.put(document("rss.xml", "two"));
    assert!(reader.get("/rss.xml").await.header("last-modified").is_some());
    site.stop().await;
}
