//! Sockets to requests and back: connections within limits, one document a request, and a stop that lets answers finish.
//! What is answered is decided in `respond`; nothing here knows a status code.

mod stall;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use http::header::CONNECTION;
use http::request::Parts;
use http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{debug, warn};

use crate::edition::{Edition, Found};
use crate::respond::{self, Policy, Reply, Target};
use stall::Stalling;

/// The most bytes of one request's line and headers: twice what the largest browser sends, and the longest path besides.
/// More is answered with 431, as are more than a hundred headers.
pub const MAX_HEAD: usize = 16 * 1024;

/// How long a reader waits for a document that has to be read or compressed, before it is told to come again: the disk
/// hangs, or a crowd asks for different old pages.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long accepting rests after it failed, mostly for want of file descriptors: long enough not to spin, short enough
/// that a freed one is used at once.
pub const ACCEPT_REST: Duration = Duration::from_millis(100);

/// Reads a document that is not in memory. Runs on a blocking thread; the path is relative and made of plain names.
pub type Cold = Arc<dyn Fn(&str) -> io::Result<Found> + Send + Sync>;

/// What bounds the connections.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at one time; further ones wait in the kernel's queue.
    pub connections: usize,
    /// How long a connection may take for one request's head, beginning with the end of the answer before: the limit for
    /// slow senders and for idle connections alike.
    pub request: Duration,
    /// How long a reader may take none of the bytes that lie ready for it.
    pub stall: Duration,
    /// How long answers may go on after the stop.
    pub drain: Duration,
}

impl Default for Limits {
    /// For one small machine.
    fn default() -> Self {
        Self {
            // Some 20 KiB each make 80 MiB at most, and the usual 1024 file descriptors are raised by the daemon.
            connections: 4096,
            // What a reader on the worst mobile line needs for one packet; more only keeps dead connections.
            request: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            // Less than the 10 s after which a container is killed.
            drain: Duration::from_secs(8),
        }
    }
}

/// All that an answer depends on.
struct Site {
    edition: Arc<Edition>,
    policy: Arc<ArcSwap<Policy>>,
    cold: Cold,
    limits: Limits,
    places: Arc<Semaphore>,
}

/// Serves the edition on all listeners until `shutdown` resolves, then finishes what is being answered, for at most
/// `limits.drain`, and drops the rest.
pub async fn serve(
    listeners: Vec<TcpListener>,
    edition: Arc<Edition>,
    policy: Arc<ArcSwap<Policy>>,
    cold: Cold,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    // Each listener holds a place while it waits for a reader, so all but one of them are given one more.
    let places = limits.connections.max(1).saturating_add(listeners.len().saturating_sub(1));
    let places = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
    let site = Arc::new(Site { edition, policy, cold, limits, places });
    let (stop, stopped) = watch::channel(());
    let mut doors = JoinSet::new();
    for listener in listeners {
        doors.spawn(listen(listener, Arc::clone(&site), stopped.clone()));
    }
    drop(stopped);
    shutdown.await;
    drop(stop);
    while doors.join_next().await.is_some() {}
}

/// Accepts on one listener until the sender of `stopped` is gone, then sees its connections out.
async fn listen(listener: TcpListener, site: Arc<Site>, mut stopped: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            (stream, place) = accept(&listener, &site) => {
                connections.spawn(converse(stream, place, Arc::clone(&site), stopped.clone()));
            }
            Some(ended) = connections.join_next() => {
                if let Err(error) = ended {
                    warn!(%error, "a connection ended in a panic");
                }
            }
        }
    }
    drop(listener);
    let seen_out = timeout(site.limits.drain, async { while connections.join_next().await.is_some() {} }).await;
    if seen_out.is_err() {
        debug!(connections = connections.len(), "dropped readers that had not finished at the stop");
        connections.shutdown().await;
    }
}

/// The next connection, once there is a place for it. A place is taken first: a server that is full accepts nothing.
async fn accept(listener: &TcpListener, site: &Site) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there always is a permit.
    let place = Arc::clone(&site.places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) if is_the_readers(&error) => debug!(%error, "a reader left before it was accepted"),
            Err(error) => {
                warn!(%error, "cannot accept connections");
                tokio::time::sleep(ACCEPT_REST).await;
            }
        }
    }
}

fn is_the_readers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

async fn converse(
    stream: TcpStream,
    place: Option<OwnedSemaphorePermit>,
    site: Arc<Site>,
    mut stopped: watch::Receiver<()>,
) {
    // Answers leave at once, not when a reader's acknowledgement comes; where it is refused they only leave later.
    let _ = stream.set_nodelay(true);
    let limits = site.limits;
    let answering = service_fn(move |request: Request<Incoming>| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(answer(&site, &request.into_parts().0).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.request)
        .max_buf_size(MAX_HEAD)
        .half_close(true)
        .serve_connection(TokioIo::new(Stalling::new(stream, limits.stall)), answering);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        debug!(%error, "a connection ended early");
    }
    drop(place);
}

async fn answer(site: &Site, request: &Parts) -> Reply {
    let policy = site.policy.load();
    if let Some(reply) = respond::former(&policy, request) {
        return reply;
    }
    let mut target = match respond::target(&policy, request) {
        Ok(target) => target,
        Err(refusal) => return respond::refuse(&refusal),
    };
    let mut found = find(site, &target, request).await;
    if matches!(found, Found::Unknown)
        && let Some(other) = respond::otherwise(&target)
    {
        found = find(site, &other, request).await;
        target = other;
    }
    let mut reply = respond::respond(&policy, &target, &found, request);
    if site.places.available_permits() == 0 {
        // Others wait at the door: whoever was served makes room.
        reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    reply
}

/// What lies at the target, from memory or from the disk, compressed if that is what the answer needs.
async fn find(site: &Site, target: &Target<'_>, request: &Parts) -> Found {
    // Asked before looking: a document that appears between the two must not be called unknown.
    let complete = site.edition.is_complete();
    let found = match site.edition.get(&target.path) {
        Some(document) => Found::Document(document),
        None => {
            let cold = Arc::clone(&site.cold);
            let path = target.path.clone().into_owned();
            match timeout(PATIENCE, site.edition.load(&target.path, move || cold(&path))).await {
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
    match timeout(PATIENCE, site.edition.coded(&document, coding)).await {
        Ok(Ok(coded)) => Found::Document(coded),
        _ => Found::Document(document),
    }
}
