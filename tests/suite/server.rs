//! The server over real sockets, and the edition's promises to many readers at once: one read for all, nothing stale.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::future::Future;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use syndicated::edition::{Coding, Document, Edition, Form, Found, Kind, SENT_OFTEN};
use syndicated::respond::Policy;
use syndicated::server::{Cold, Limits, MAX_HEAD, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// No wait in these tests lasts anywhere near as long, unless what is waited for never comes.
const DEADLINE: Duration = Duration::from_secs(30);

/// For what shall never be reached.
const NEVER: Duration = Duration::from_secs(3600);

const PATIENT: Limits = Limits { connections: 64, request: NEVER, stall: NEVER, drain: NEVER };

async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, what).await.expect("it never came")
}

fn document(path: &str, body: impl Into<Vec<u8>>) -> Document {
    let modified: DateTime<Utc> = "2026-07-02T06:30:00Z".parse().unwrap();
    Document::new(path, Kind::of(path).unwrap(), body.into(), modified)
}

fn found(document: Document) -> io::Result<Found> {
    Ok(Found::Document(Arc::new(document)))
}

fn text(found: &Found) -> String {
    match found {
        Found::Document(document) => String::from_utf8(document.body().to_vec()).unwrap(),
        other => format!("{other:?}"),
    }
}

/// A running server with its stop.
struct Site {
    address: SocketAddr,
    edition: Arc<Edition>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Site {
    async fn start(limits: Limits, cold: impl Fn(&str) -> io::Result<Found> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let edition = Edition::new(1 << 20);
        let policy = Policy::new("https://news.example", Duration::from_secs(300));
        let cold: Cold = Arc::new(cold);
        let (stop, stopped) = oneshot::channel();
        let policy = Arc::new(ArcSwap::from_pointee(policy));
        let serving = serve(vec![listener], Arc::clone(&edition), policy, cold, limits, async {
            let _ = stopped.await;
        });
        Self { address, edition, stop, ended: tokio::spawn(serving) }
    }

    async fn connect(&self) -> Reader {
        Reader { stream: soon(TcpStream::connect(self.address)).await.unwrap(), unread: Vec::new() }
    }

    /// The answer to one request on a connection of its own.
    async fn get(&self, path: &str) -> Answer {
        let mut reader = self.connect().await;
        reader.send(&format!("GET {path} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n")).await;
        reader.answer(true).await
    }

    async fn stop(self) {
        let _ = self.stop.send(());
        soon(self.ended).await.unwrap();
    }
}

struct Reader {
    stream: TcpStream,
    unread: Vec<u8>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &'_ str| line.split_once(": ").is_some_and(|(is, _)| is.eq_ignore_ascii_case(name));
        self.head.lines().find(|l| line(l)).and_then(|l| l.split_once(": ")).map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Reader {
    async fn send(&mut self, request: &str) {
        soon(self.stream.write_all(request.as_bytes())).await.unwrap();
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: h\r\n\r\n")).await;
        self.answer(true).await
    }

    /// The next answer; one to `HEAD` has no body whatever it says.
    async fn answer(&mut self, with_body: bool) -> Answer {
        let end = loop {
            if let Some(end) = self.unread.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            assert!(self.more().await, "closed within a head: {:?}", String::from_utf8_lossy(&self.unread));
        };
        let head = String::from_utf8(self.unread.drain(..end).collect()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        if with_body && let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().unwrap();
            while self.unread.len() < length {
                assert!(self.more().await, "closed within a body");
            }
            answer.body = self.unread.drain(..length).collect();
        }
        answer
    }

    async fn more(&mut self) -> bool {
        soon(self.stream.read_buf(&mut self.unread)).await.is_ok_and(|read| read > 0)
    }

    /// Waits until the server has closed the connection.
    async fn closed(&mut self) {
        while self.more().await {}
    }
}

fn nothing(_: &str) -> io::Result<Found> {
    Ok(Found::Unknown)
}

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

#[tokio::test]
async fn slow_and_silent_senders_are_dropped() {
    let limits = Limits { request: Duration::from_millis(50), ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut silent = site.connect().await;
    let mut slow = site.connect().await;
    slow.send("GET /rss.xml HTTP/1.1\r\nho").await;
    let mut idle = site.connect().await;
    assert_eq!(idle.get("/rss.xml").await.status, 200);
    silent.closed().await;
    slow.closed().await;
    idle.closed().await;
    site.stop().await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_is_dropped() {
    let limits = Limits { connections: 1, stall: Duration::from_millis(50), ..PATIENT };
    // Far more than the kernel's buffers of both sides hold.
    let site = Site::start(limits, |path| found(document(path, vec![b'x'; 32 << 20]))).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stuck = soon(socket.connect(site.address)).await.unwrap();
    stuck.write_all(b"GET /_media/film.mp4 HTTP/1.1\r\nhost: h\r\n\r\n").await.unwrap();
    // There is one place only: the next is served when the stuck one has lost it.
    assert_eq!(site.get("/nothing").await.status, 301);
    site.stop().await;
}

#[tokio::test]
async fn a_full_server_lets_others_wait() {
    let limits = Limits { connections: 1, ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut first = site.connect().await;
    first.send("GET /rss.xml HTTP/1.1\r\n").await;
    let mut second = site.connect().await;
    second.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    // The first is answered although it sent the rest of its request after the second had sent all of it. As others
    // may wait, it is asked to make room.
    first.send("host: h\r\n\r\n").await;
    let answer = first.answer(true).await;
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    first.closed().await;
    assert_eq!(second.answer(true).await.text(), "one");
    site.stop().await;
}

/// A loader that tells when it was called and waits to be let go on.
fn gate() -> (mpsc::Sender<()>, tokio::sync::mpsc::UnboundedReceiver<()>, impl Fn() + Send + Sync + 'static) {
    let (go, wait) = mpsc::channel();
    let (called, calls) = tokio::sync::mpsc::unbounded_channel();
    let wait = Mutex::new(wait);
    let pass = move || {
        let _ = called.send(());
        wait.lock().unwrap().recv_timeout(DEADLINE).expect("never let go on");
    };
    (go, calls, pass)
}

#[tokio::test]
async fn a_stop_finishes_what_is_being_answered() {
    let (go, mut calls, pass) = gate();
    let site = Site::start(PATIENT, move |path| {
        pass();
        found(document(path, "finished"))
    })
    .await;
    let mut idle = site.connect().await;
    assert_eq!(idle.get("/%zz").await.status, 400);
    let mut reader = site.connect().await;
    reader.send("GET /a.html HTTP/1.1\r\nhost: h\r\n\r\n").await;
    soon(calls.recv()).await.unwrap();
    let address = site.address;
    site.stop.send(()).unwrap();
    // The idle connection goes at once, new ones are refused, the answer is finished.
    idle.closed().await;
    soon(async { while TcpStream::connect(address).await.is_ok() {} }).await;
    go.send(()).unwrap();
    let answer = reader.answer(true).await;
    assert_eq!((answer.text().as_str(), answer.header("connection")), ("finished", Some("close")));
    reader.closed().await;
    soon(site.ended).await.unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let limits = Limits { drain: Duration::from_millis(50), ..PATIENT };
    let (go, mut calls, pass) = gate();
    let site = Site::start(limits, move |path| {
        pass();
        found(document(path, "too late"))
    })
    .await;
    let mut reader = site.connect().await;
    reader.send("GET /a.html HTTP/1.1\r\nhost: h\r\n\r\n").await;
    soon(calls.recv()).await.unwrap();
    site.stop().await;
    reader.closed().await;
    assert!(reader.unread.is_empty());
    go.send(()).unwrap();
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

#[tokio::test]
async fn other_spellings_lead_to_the_one_address() {
    let published = ["index.html", "体育/index.html", "caf\u{e9}/rss.xml", "a.html"];
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

/// What is put or forgotten while a reader's load runs stands; what the load brings is not kept over it.
#[tokio::test]
async fn a_put_outranks_a_load_that_began_before() {
    let edition = Edition::new(1 << 20);
    for (put, then) in [(Some("new"), "new"), (None, "newest")] {
        let (go, mut calls, pass) = gate();
        let loading = Arc::clone(&edition);
        let load = tokio::spawn(async move {
            let loader = move || {
                pass();
                found(document("a.html", "old"))
            };
            loading.load("a.html", loader).await.unwrap()
        });
        soon(calls.recv()).await.unwrap();
        match put {
            Some(body) => edition.put(document("a.html", body)),
            None => edition.forget("a.html"),
        }
        go.send(()).unwrap();
        let seen = soon(load).await.unwrap();
        assert_eq!(text(&seen), put.unwrap_or("old"));
        let after = edition.load("a.html", || found(document("a.html", "newest"))).await.unwrap();
        assert_eq!(text(&after), then);
        edition.forget("a.html");
        assert!(edition.get("a.html").is_none());
    }
}

/// A request that still holds a withdrawn or replaced document cannot bring it back by having it compressed.
#[tokio::test]
async fn compressing_brings_nothing_back() {
    let edition = Edition::new(1 << 20);
    let old = Arc::new(document("a.html", "old ".repeat(1000)));
    edition.put(Document::clone(&old));
    edition.forget("a.html");
    for coding in Coding::ALL {
        let coded = edition.coded(&old, coding).await.unwrap();
        assert!(coded.form(coding).bytes().is_some_and(|coded| coded.len() < old.body().len()));
    }
    assert!(edition.get("a.html").is_none());

    edition.put(document("a.html", "new ".repeat(1000)));
    edition.coded(&old, Coding::Gzip).await.unwrap();
    assert_eq!(edition.get("a.html").unwrap().body()[..], *"new ".repeat(1000).as_bytes());
}

#[tokio::test]
async fn small_forms_are_made_at_leisure_of_what_is_sent_often() {
    let edition = Edition::quiet_after(1 << 20, Duration::ZERO);
    let feed = || document("rss.xml", "feed ".repeat(2000));
    for coding in Coding::ALL {
        edition.put(feed());
        for sent in 0..SENT_OFTEN {
            let held = edition.get("rss.xml").unwrap();
            let coded = edition.coded(&held, coding).await.unwrap();
            assert!(matches!(coded.form(coding), Form::Fast(_)), "the {sent}th time");
        }
        soon(async {
            while !matches!(edition.get("rss.xml").unwrap().form(coding), Form::Small(_)) {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
    // All of them are there, and the same bytes put again keep them.
    edition.put(feed());
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Small(_))));
    let coded = Coding::ALL.map(|coding| held.form(coding).bytes().unwrap().len()).iter().sum::<usize>();
    assert!(edition.weight() >= (held.body().len() + coded) as u64);
    edition.put(document("rss.xml", "other ".repeat(2000)));
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Unmade)));
    edition.put(document("rss.xml", "short"));
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Useless)));
    assert_eq!(held.body()[..], *b"short");
}

/// The thread at leisure takes wishes in their order: a wish for what has changed since is passed over, and so is one that
/// costs more than publishing has earned it.
#[tokio::test]
async fn no_small_form_of_what_has_changed_or_costs_too_much() {
    let edition = Edition::quiet_after(31 << 20, Duration::from_millis(300));
    let wish = async |path: &str, body: String| {
        edition.put(document(path, body));
        for _ in 0..SENT_OFTEN {
            edition.coded(&edition.get(path).unwrap(), Coding::Gzip).await.unwrap();
        }
    };
    wish("changed/rss.xml", "old ".repeat(1000)).await;
    edition.put(document("changed/rss.xml", "new ".repeat(1000)));
    // More than can ever be laid by.
    wish("dear/rss.xml", "dear ".repeat(3_400_000)).await;
    wish("rss.xml", "feed ".repeat(1000)).await;
    soon(async {
        while !matches!(edition.get("rss.xml").unwrap().form(Coding::Gzip), Form::Small(_)) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(matches!(edition.get("changed/rss.xml").unwrap().form(Coding::Gzip), Form::Unmade));
    assert!(matches!(edition.get("dear/rss.xml").unwrap().form(Coding::Gzip), Form::Fast(_)));
}

#[tokio::test]
async fn memory_is_bounded_and_nothing_is_too_large() {
    let bound = 256 * 1024;
    let edition = Edition::new(bound);
    for number in 0..200 {
        edition.put(document(&format!("{number}/rss.xml"), vec![b'a' + (number % 26) as u8; 10_000]));
        assert!(edition.weight() <= bound);
    }
    let reads = AtomicUsize::new(0);
    let reads = Arc::new(reads);
    let large = vec![b'x'; 1 << 20];
    for _ in 0..2 {
        let (reads, large) = (Arc::clone(&reads), large.clone());
        let loader = move || {
            reads.fetch_add(1, Ordering::SeqCst);
            found(document("_media/a.jpg", large))
        };
        assert_eq!(text(&edition.load("_media/a.jpg", loader).await.unwrap()).len(), 1 << 20);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 2);
    // With the default 64 MiB the largest feed is kept, however many cores the machine has.
    let usual = Edition::new(64 << 20);
    usual.put(document("rss.xml", vec![b'x'; 8 << 20]));
    assert!(usual.get("rss.xml").is_some());
    // A document that has grown out of the cache must not leave its former self there.
    edition.put(document("rss.xml", "small"));
    assert!(edition.get("rss.xml").is_some());
    edition.put(document("rss.xml", large));
    assert!(edition.get("rss.xml").is_none());
    assert!(edition.weight() <= bound);
}
