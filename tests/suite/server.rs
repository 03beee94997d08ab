//! The server over real sockets, and the edition's promises to many readers at once: one read for all, nothing stale.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod edition;
mod hostile;
mod listeners;
mod long;
mod often;
mod peers;
mod requests;
mod stops;
mod streams;
mod tls;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use syndicated::address::Address;
use syndicated::edition::{Content, Document, Edition, Found, Kind};
use syndicated::respond::Policy;
use syndicated::server::{Keeper, Limits, Listener, MAX_REQUESTS, Role, Served, Terms, serve};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// No wait in these tests lasts anywhere near as long, unless what is waited for never comes.
const DEADLINE: Duration = Duration::from_secs(30);

/// For what shall never be reached.
const NEVER: Duration = Duration::from_secs(3600);

const PATIENT: Limits = Limits {
    connections: 64,
    per_address: 64,
    full_answers: 0,
    request: NEVER,
    idle: NEVER,
    stall: NEVER,
    linger: Duration::ZERO,
    drain: NEVER,
};

/// The usual terms with these limits: no proxy is trusted, so that this machine's address is counted.
fn terms(limits: Limits) -> Terms {
    Terms { limits, proxies: Vec::new(), h2c: false, challenges: None }
}

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

fn listener(address: &str, role: Role) -> Listener {
    Listener::bind(&Address::read(address).unwrap(), role).unwrap()
}

/// A running server with its stop.
struct Site {
    address: SocketAddr,
    edition: Arc<Edition>,
    terms: Arc<ArcSwap<Terms>>,
    keeper: Keeper,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Site {
    async fn start(limits: Limits, load: impl Fn(&str) -> io::Result<Found> + Send + Sync + 'static) -> Self {
        Self::open(Role::Clear, terms(limits), load)
    }

    /// One with a listener of this role.
    fn open(role: Role, terms: Terms, load: impl Fn(&str) -> io::Result<Found> + Send + Sync + 'static) -> Self {
        Self::with(vec![listener("127.0.0.1:0", role)], terms, load)
    }

    /// One with these listeners, of which the first is at a port of 127.0.0.1.
    fn with(
        listeners: Vec<Listener>,
        terms: Terms,
        load: impl Fn(&str) -> io::Result<Found> + Send + Sync + 'static,
    ) -> Self {
        let address = listeners[0].address().parse().unwrap();
        let edition = Edition::new(1 << 20);
        let policy = Policy::new("https://news.example", Duration::from_secs(300));
        let policy = policy.formerly(&["http://old.example/早".to_owned()]);
        let (stop, stopped) = oneshot::channel();
        let (keeper, listeners) = Keeper::new(listeners.into_iter().map(Arc::new).collect());
        let terms = Arc::new(ArcSwap::from_pointee(terms));
        let served = Served {
            edition: Arc::clone(&edition),
            load: Arc::new(load),
            policy: Arc::new(ArcSwap::from_pointee(policy)),
            terms: Arc::clone(&terms),
            metrics: Arc::default(),
            access: Arc::default(),
        };
        let serving = serve(listeners, served, async {
            let _ = stopped.await;
        });
        Self { address, edition, terms, keeper, stop, ended: tokio::spawn(serving) }
    }

    async fn connect(&self) -> Reader {
        Reader::of(soon(TcpStream::connect(self.address)).await.unwrap())
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

struct Reader<S = TcpStream> {
    stream: S,
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

impl<S: AsyncRead + AsyncWrite + Unpin> Reader<S> {
    fn of(stream: S) -> Self {
        Self { stream, unread: Vec::new() }
    }

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
