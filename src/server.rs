//! Sockets to requests and back: connections within limits, one document a request, and a stop that lets answers finish.
//! What is answered is decided in `respond`; nothing here knows a status code.

mod access;
mod admin;
mod certificate;
mod converse;
mod date;
mod lines;
mod listener;
mod listeners;
mod memfd;
mod pace;
mod peer;
mod places;
mod proof;
mod sending;
mod stream;
mod x509;

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::Utc;
use http::request::Parts;
use http::{Method, Response};
use ipnet::IpNet;
use tokio::sync::watch;
use tokio::time::timeout;
use tracing::{Level, debug, enabled, warn};

use crate::edition::{Content, Edition, Found};
use crate::metrics::Metrics;
use crate::reminder::Reminder;
use crate::respond::{self, Client, Policy, RateLimit, Refusal, Reply, Target, Words};
use access::Visit;
pub use access::{Access, Shape};
pub use admin::{Tell, serve_admin};
pub use certificate::{Certificate, CertificateError, LOOK};
use converse::Conversation;
pub use date::Date;
pub use listener::{ListenError, Listener, Passed, Role};
pub use listeners::{Keeper, Listeners};
use memfd::MemFiles;
pub use pace::{FAREWELL, LEAST_RATE, LIFETIME, MAX_REQUESTS};
use pace::{Pace, Told};
pub use peer::Peer;
use places::Places;
use sending::Sending;
use stream::{Socket, Stream};

/// The most bytes of one request's line and headers: twice what the largest browser sends, and the longest path besides.
/// More is answered with 431, as are more than a hundred headers.
pub const MAX_HEAD: usize = 16 * 1024;

/// How long a reader waits for a document that has to be read or compressed, before it is told to come again: the disk
/// hangs, or a crowd asks for different old pages.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long accepting rests after it failed, mostly for want of file descriptors: long enough not to spin, short enough
/// that a freed one is used at once. The log hears of it less often ([`crate::reminder`]).
pub const ACCEPT_REST: Duration = Duration::from_millis(100);

/// Reads a document that is not in memory. Runs on a blocking thread; the path is relative and made of plain names.
pub type Load = Arc<dyn Fn(&str) -> io::Result<Found> + Send + Sync>;

/// What bounds the connections.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at one time; further ones wait in the kernel's queue, unless somebody idle makes room.
    pub connections: usize,
    /// Those of one address, a /64 of IPv6 being one; further ones are closed. Trusted proxies are not counted.
    pub per_address: u32,
    /// How often one client gets one unchanged document whole in [`respond::WINDOW`]; 0: any number.
    pub full_answers: u32,
    /// How long a client may take for its TLS handshake, for the first byte and the whole of a request's head.
    pub request: Duration,
    /// How long a connection may be kept without a request.
    pub idle: Duration,
    /// After how long a reader must have taken [`LEAST_RATE`] of an answer, again and again.
    pub stall: Duration,
    /// How long, after the stop, answers go on to say that they are the last, before idle connections are shut: whoever
    /// is asking at that moment is not cut off.
    pub linger: Duration,
    /// How long answers may go on after that.
    pub drain: Duration,
}

/// On what terms connections are taken. Replaced whole when the configuration is read again: a connection keeps the times that
/// held when it began.
#[derive(Clone, Debug)]
pub struct Terms {
    /// What bounds them.
    pub limits: Limits,
    /// Whose word counts about whom a request comes from.
    pub proxies: Vec<IpNet>,
    /// Whether a client that begins with HTTP/2 without TLS is understood.
    pub h2c: bool,
    /// The folder below which proofs for a certificate authority are laid ready.
    pub challenges: Option<PathBuf>,
}

/// What is served, how, and where it is written down. What is swapped follows the configuration while it runs.
pub struct Served {
    /// The documents.
    pub edition: Arc<Edition>,
    /// Reads those that are not in memory.
    pub load: Load,
    /// What every answer depends on.
    pub policy: Arc<ArcSwap<Policy>>,
    /// On what terms connections are taken.
    pub terms: Arc<ArcSwap<Terms>>,
    /// The counts.
    pub metrics: Arc<Metrics>,
    /// The access log, if there is one.
    pub access: Arc<ArcSwapOption<Access>>,
}

/// All that an answer depends on.
struct Site {
    served: Served,
    places: Arc<Places>,
    rate_limit: RateLimit,
    mem_files: MemFiles,
    began: Instant,
}

/// Serves at the listeners that are open until `shutdown` resolves, then finishes what is being answered, within `linger` and
/// `drain`, and drops the rest. What waits in the queue of a socket that was passed stays there for the next program.
pub async fn serve(listeners: Listeners, served: Served, shutdown: impl Future<Output = ()>) {
    let places = Places::new();
    let site = Arc::new(Site {
        served,
        places: Arc::clone(&places),
        rate_limit: RateLimit::default(),
        mem_files: MemFiles::new(),
        began: Instant::now(),
    });
    let shutdown = async {
        shutdown.await;
        places.tell(Told::Soon);
    };
    listeners.accept(|listener, stopped| receive(listener, Arc::clone(&site), stopped), shutdown).await;
    let limits = site.served.terms.load().limits;
    let _ = timeout(limits.linger, places.empty()).await;
    places.tell(Told::Finish);
    if timeout(limits.drain, places.empty()).await.is_err() {
        debug!(connections = places.count(), "dropped readers that had not finished at the stop");
        places.tell(Told::Drop);
        places.empty().await;
    }
}

/// Accepts at one listener until the sender of `stopped` is gone. Whoever had come by then is served, unless the socket was passed:
/// there the next program accepts them.
async fn receive(listener: Arc<Listener>, site: Arc<Site>, mut stopped: watch::Receiver<()>) {
    let mut failures = Reminder::default();
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => break,
            accepted = accept(&listener, &mut failures, || site.places.make_room()) => accepted,
        };
        let mut admission = Box::pin(admit(accepted, listener.role().clone(), Arc::clone(&site)));
        // One waits here when the server is full, the rest in the kernel's queue.
        tokio::select! {
            biased;
            () = &mut admission => {}
            _ = stopped.changed() => {
                // The listener is not kept open for that.
                tokio::spawn(admission);
                break;
            }
        }
    }
    while let Some(accepted) = listener.waiting() {
        tokio::spawn(admit(accepted, listener.role().clone(), Arc::clone(&site)));
    }
}

/// Gives whoever came in a place, once there is one, and serves them.
async fn admit((socket, peer): (Socket, Peer), role: Role, site: Arc<Site>) {
    let terms = site.served.terms.load_full();
    let pace = Pace::new(terms.limits);
    let address = match peer {
        Peer::Ip(address) if !peer.is_trusted(&terms.proxies) => Some(address),
        _ => None,
    };
    let Ok(place) = site.places.take(|| site.served.terms.load().limits, address, &pace).await else {
        debug!(?peer, "refused: its address has too many connections");
        return;
    };
    tokio::spawn(async move {
        let metrics = Arc::clone(&site.served.metrics);
        metrics.connected();
        let stream = Stream::new(socket, Arc::clone(&pace));
        if let Err(error) = (Conversation { peer, role, pace, site }).hold(stream).await {
            debug!(?peer, %error, "a connection ended early");
        }
        metrics.disconnected();
        drop(place);
    });
}

/// The next connection. Where there are no descriptors for it, `make_room` has others closed.
async fn accept(listener: &Listener, failures: &mut Reminder, make_room: impl Fn()) -> (Socket, Peer) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_the_readers(&error) => debug!(%error, "a reader left before it was accepted"),
            Err(error) => {
                if failures.is_due(&error.to_string(), Instant::now()) {
                    warn!(%error, "cannot accept connections at {}", listener.address());
                }
                if is_want_of_descriptors(&error) {
                    make_room();
                }
                tokio::time::sleep(ACCEPT_REST).await;
            }
        }
    }
}

fn is_want_of_descriptors(error: &io::Error) -> bool {
    use rustix::io::Errno;
    [Errno::MFILE, Errno::NFILE].iter().any(|want| error.raw_os_error() == Some(want.raw_os_error()))
}

fn is_the_readers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

impl Site {
    /// Whether whoever comes next has to wait until somebody leaves.
    fn is_full(&self) -> bool {
        self.places.count() >= self.served.terms.load().limits.connections
    }

    /// The answer to one request of whoever is at the other end.
    async fn answer(&self, request: &Parts, peer: Peer) -> Response<Sending> {
        let asked = Instant::now();
        let policy = self.served.policy.load();
        let reply = match self.proof(request).await.or_else(|| respond::former(&policy, request)) {
            Some(reply) => reply.map(Sending::from),
            None => match respond::target(&policy, request) {
                Ok(target) => self.serve(&policy, &target, request, peer).await,
                Err(refusal) => respond::refuse(&refusal).map(Sending::from),
            },
        };
        self.note(request, peer, &reply, asked);
        reply
    }

    /// The answer of a listener that only sends on.
    async fn send_on(&self, request: &Parts, peer: Peer) -> Response<Sending> {
        let asked = Instant::now();
        let proof = self.proof(request).await;
        let reply = proof.unwrap_or_else(|| respond::moved(&self.served.policy.load(), request)).map(Sending::from);
        self.note(request, peer, &reply, asked);
        reply
    }

    /// The answer to a request of doubtful framing.
    fn refuse(&self, request: &Parts, peer: Peer) -> Response<Sending> {
        let reply = respond::refuse(&Refusal::Malformed).map(Sending::from);
        self.note(request, peer, &reply, Instant::now());
        reply
    }

    fn note(&self, request: &Parts, peer: Peer, reply: &Response<Sending>, asked: Instant) {
        let (status, took) = (reply.status().as_u16(), asked.elapsed());
        let bytes = if request.method == Method::HEAD { 0 } else { reply.body().length() };
        self.served.metrics.answered(status, bytes, took);
        if let Some(access) = &*self.served.access.load() {
            let client = self.client(request, peer);
            access.note(&Visit { client, at: Utc::now(), request: Some(request), status, bytes, took });
        }
        if enabled!(Level::DEBUG) {
            let client = self.client(request, peer);
            debug!(?client, method = ?request.method, target = ?request.uri, status, "answered");
        }
    }

    fn client(&self, request: &Parts, peer: Peer) -> Peer {
        peer.client(&self.served.terms.load().proxies, &request.headers)
    }

    /// Notes what the HTTP library has answered by itself: something that was no request, or one with too long a head.
    fn note_refused(&self, peer: Peer, is_too_long: bool) {
        let (status, took) = (respond::no_request(is_too_long).as_u16(), Duration::ZERO);
        self.served.metrics.answered(status, 0, took);
        if let Some(access) = &*self.served.access.load() {
            access.note(&Visit { client: peer, at: Utc::now(), request: None, status, bytes: 0, took });
        }
    }

    /// What was laid ready for a certificate authority, where a request asks for that.
    async fn proof(&self, request: &Parts) -> Option<Words> {
        let token = respond::challenge(request)?;
        let terms = self.served.terms.load_full();
        // In a box: every answer has room for what is awaited here.
        Box::pin(proof::read(terms.challenges.as_deref()?, token)).await.map(respond::proof)
    }

    async fn serve(&self, policy: &Policy, target: &Target<'_>, request: &Parts, peer: Peer) -> Response<Sending> {
        let found = find(self, target, request).await;
        if matches!(found, Found::Unknown)
            && let Some(other) = respond::otherwise(target)
        {
            let found = find(self, &other, request).await;
            return self.open(&other, respond::respond(policy, &other, &found, request)).await;
        }
        let reply = respond::respond(policy, target, &found, request);
        let address = || match self.client(request, peer) {
            Peer::Ip(address) => Some(address),
            Peer::Local => None,
        };
        let client = || Client { address: address(), now: self.began.elapsed() };
        let full_answers = self.served.terms.load().limits.full_answers;
        self.open(target, self.rate_limit.apply(full_answers, client, &found, request, reply)).await
    }

    /// The answer with what is to be sent at hand; another answer where that is a file which cannot be read.
    async fn open(&self, target: &Target<'_>, reply: Reply) -> Response<Sending> {
        let (head, content) = reply.into_parts();
        let excerpt = match content {
            Content::Memory(bytes) => return Response::from_parts(head, bytes.into()),
            Content::File(excerpt) => excerpt,
        };
        match timeout(PATIENCE, Sending::open(excerpt)).await.unwrap_or_else(|late| Err(late.into())) {
            Ok(sending) => Response::from_parts(head, sending),
            Err(error) => {
                warn!(%error, path = &*target.path, "cannot read a medium");
                // Its row and its file are looked at anew when it is asked for again.
                self.served.edition.forget(&target.path);
                respond::not_yet().map(Sending::from)
            }
        }
    }
}

/// What lies at the target now.
async fn find(site: &Site, target: &Target<'_>, request: &Parts) -> Found {
    match fetch(site, target, request).await {
        Found::Document(document) => Found::Document(document.at(SystemTime::now())),
        other => other,
    }
}

/// What lies at the target, from memory or from the disk, compressed if that is what the answer needs.
async fn fetch(site: &Site, target: &Target<'_>, request: &Parts) -> Found {
    // Asked before looking: a document that appears between the two must not be called unknown.
    let complete = site.served.edition.is_complete();
    let found = match site.served.edition.get(&target.path) {
        Some(document) => Found::Document(document),
        None => {
            let load = Arc::clone(&site.served.load);
            let path = target.path.clone().into_owned();
            match timeout(PATIENCE, site.served.edition.load(&target.path, move || load(&path))).await {
                Ok(Ok(Found::Unknown)) if !complete => Found::NotYet,
                Ok(Ok(found)) => found,
                Ok(Err(error)) => {
                    warn!(%error, path = &*target.path, "cannot read a document");
                    Found::NotYet
                }
                Err(_) => Found::NotYet,
            }
        }
    };
    let Found::Document(document) = found else { return found };
    if target.moved.is_some() {
        return Found::Document(document);
    }
    let Some(coding) = respond::wanted(&document, request) else { return Found::Document(document) };
    match timeout(PATIENCE, site.served.edition.coded(&document, coding)).await {
        Ok(Ok(coded)) => Found::Document(coded),
        _ => Found::Document(document),
    }
}
