//! One connection, from its first byte to its last: TLS or not, HTTP/1.1 or HTTP/2, and the pace that it has to keep.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::header::{CONNECTION, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Version};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::date;
use super::lines::Lines;
use super::listener::Role;
use super::memfd::Outgoing;
use super::pace::{Answering, FAREWELL, Overdue, Pace, Told};
use super::peer::Peer;
use super::sending::Sending;
use super::stream::{MAX_LATE, Stream};
use super::{MAX_HEAD, Site};

/// What a client of HTTP/2 sends first (RFC 9113 section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The most requests under way at one time on one connection of HTTP/2; a browser asks for a page's pictures all at once.
const MAX_STREAMS: u32 = 100;

/// What a client may send before we have read it: requests to us have no bodies worth reading.
const WINDOW: u32 = 65_535;

/// What is kept ready of an answer on one stream, beyond what the client has let us send.
const MAX_SEND: usize = 64 * 1024;

/// How much of a body is handed over at one time, a frame's worth: so it is known until nearly its end that a client is still
/// taking it.
const PIECE: usize = 16 * 1024;

/// How much of answers, in KiB, one connection of HTTP/2 has in memory at one time; further ones wait. Without that, a hundred
/// streams of which nobody takes a byte hold a hundred pictures, on each of two hundred connections. Many times what is on its
/// way to a client that takes them.
const MAX_HELD: u32 = 2 * 1024;

/// How many requests may have been taken back by the client before we saw them, and how many by us for a client's fault,
/// before the connection counts as an attack (CVE-2023-44487, CVE-2025-8671).
const MAX_RESET_EARLY: usize = 20;
const MAX_RESET_BY_US: usize = 128;

/// Why a connection ended early. Nobody acts on it; it is told to whoever looks for the reason.
#[derive(Debug, thiserror::Error)]
pub(super) enum Ended {
    #[error(transparent)]
    Overdue(#[from] Overdue),
    #[error("its handshake failed: {0}")]
    Handshake(#[source] io::Error),
    #[error("{0}")]
    Http(#[from] hyper::Error),
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// What is said on one connection: with whom, at which listener, at what pace, about which site.
pub(super) struct Conversation {
    pub(super) peer: Peer,
    pub(super) role: Role,
    pub(super) pace: Arc<Pace>,
    pub(super) site: Arc<Site>,
}

impl Conversation {
    /// Serves the connection to its end.
    pub(super) async fn hold(self, mut stream: Stream) -> Result<(), Ended> {
        // Each in a box of its own: what is awaited here takes no more room than the one that it is.
        match &self.role {
            Role::Tls(config) => {
                let acceptor = TlsAcceptor::from(Arc::clone(config));
                Box::pin(self.encrypted(stream, acceptor)).await
            }
            Role::Clear if self.site.served.terms.load().h2c => {
                let looking = pin!(look(stream));
                let (mut stream, is_h2) = keep(&self.pace, looking, |_| {}).await??;
                // The time for the first head goes on: what has come may be a part of it.
                if is_h2 {
                    self.pace.begins(true);
                    Box::pin(self.many(stream)).await
                } else {
                    let outgoing = stream.outgoing();
                    Box::pin(self.one(stream, outgoing)).await
                }
            }
            Role::Clear => {
                let outgoing = stream.outgoing();
                Box::pin(self.one(stream, outgoing)).await
            }
            Role::Redirect => Box::pin(self.one(stream, None)).await,
        }
    }

    /// A connection that begins with a handshake.
    async fn encrypted(self, stream: Stream, acceptor: TlsAcceptor) -> Result<(), Ended> {
        // What it takes is given back when it is done; and what is kept in its place is moved about as an address.
        let mut handshake = Box::pin(acceptor.accept(stream));
        let stream = Box::new(keep(&self.pace, handshake.as_mut(), |_| {}).await?.map_err(Ended::Handshake)?);
        drop(handshake);
        let is_h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        self.pace.begins(is_h2);
        // What is encrypted is not sent as it lies in memory.
        if is_h2 { Box::pin(self.many(stream)).await } else { Box::pin(self.one(stream, None)).await }
    }

    /// A connection of HTTP/1: one request at a time.
    async fn one(
        self,
        stream: impl AsyncRead + AsyncWrite + Unpin,
        outgoing: Option<Arc<Outgoing>>,
    ) -> Result<(), Ended> {
        let Self { peer, role, pace, site } = self;
        let redirects = matches!(role, Role::Redirect);
        let (asked, refusing) = (Arc::clone(&pace), Arc::clone(&site));
        let answering = service_fn(move |request: Request<Incoming>| {
            let (site, outgoing, mut answering) = (Arc::clone(&site), outgoing.clone(), asked.asked());
            async move {
                // The request's body is dropped unread, and the connection ends with the answer: what follows is never taken for
                // a request, however the lengths were meant.
                let (request, _) = request.into_parts();
                let has_body = has_body(&request);
                let is_doubtful = answering.is_loose() && !has_body;
                let mut reply = if is_doubtful {
                    site.refuse(&request, peer)
                } else if redirects {
                    site.send_on(&request, peer).await
                } else {
                    site.answer(&request, peer).await
                };
                reply.headers_mut().insert(DATE, date::now());
                if has_body || is_doubtful || answering.is_last() || site.is_full() {
                    reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                if let (Some(outgoing), Some(bytes)) = (outgoing, reply.body().memory()) {
                    outgoing.set(site.mem_files.of(bytes));
                }
                answering.made();
                Ok::<_, Infallible>(reply.map(|body| Handing::new(body, usize::MAX, answering, None)))
            }
        });
        let connection = http1::Builder::new()
            .header_read_timeout(None)
            .max_buf_size(MAX_HEAD)
            .half_close(true)
            .serve_connection(TokioIo::new(Lines::new(stream, Arc::clone(&pace))), answering);
        let connection = pin!(connection);
        let ended = keep(&pace, connection, http1::Connection::graceful_shutdown).await?;
        if let Err(error) = &ended
            && error.is_parse()
        {
            refusing.note_refused(peer, error.is_parse_too_large());
        }
        Ok(ended?)
    }

    /// A connection of HTTP/2: many requests at a time.
    async fn many(self, stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<(), Ended> {
        let Self { peer, pace, site, .. } = self;
        let asked = Arc::clone(&pace);
        let room = Arc::new(Semaphore::new(MAX_HELD as usize));
        let answering = service_fn(move |request: Request<Incoming>| {
            let (site, room, mut answering) = (Arc::clone(&site), Arc::clone(&room), asked.asked());
            if answering.is_last() {
                answering.finish();
            }
            async move {
                let (request, body) = request.into_parts();
                if !body.is_end_stream() {
                    // What cannot be let in any more in that time is taken back by the library with the answer.
                    let _ = timeout(FAREWELL, let_in(body)).await;
                }
                let mut reply = site.answer(&request, peer).await;
                reply.headers_mut().insert(DATE, date::now());
                if request.method == Method::HEAD {
                    // The library leaves the body out of its own accord in HTTP/1 only.
                    *reply.body_mut() = Sending::from(Bytes::new());
                }
                let room = match reply.body().held().div_ceil(1024) {
                    0 => None,
                    kib => room.acquire_many_owned(kib.min(MAX_HELD.into()) as u32).await.ok(),
                };
                answering.made();
                Ok::<_, Infallible>(reply.map(|body| Handing::new(body, PIECE, answering, room)))
            }
        });
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            .max_header_list_size(MAX_HEAD as u32)
            .initial_stream_window_size(WINDOW)
            .initial_connection_window_size(WINDOW)
            .max_send_buf_size(MAX_SEND)
            .max_pending_accept_reset_streams(MAX_RESET_EARLY)
            .max_local_error_reset_streams(MAX_RESET_BY_US)
            .serve_connection(TokioIo::new(stream), answering);
        let connection = pin!(connection);
        Ok(keep(&pace, connection, http2::Connection::graceful_shutdown).await??)
    }
}

/// Reads as far as what comes may be the preface of HTTP/2.
async fn look(mut stream: Stream) -> io::Result<(Stream, bool)> {
    let mut ahead = Vec::with_capacity(PREFACE.len());
    while ahead.len() < PREFACE.len() && PREFACE.starts_with(&ahead) {
        if (&mut stream).take((PREFACE.len() - ahead.len()) as u64).read_buf(&mut ahead).await? == 0 {
            break;
        }
    }
    let is_h2 = ahead == PREFACE;
    stream.put_back(ahead.into());
    Ok((stream, is_h2))
}

/// Takes in what a client of HTTP/2 sends with its request, and throws it away. Nothing need be taken (RFC 9113 section 8.1), but
/// clients (curl before 8) that are answered before they have sent all of it tell their user of an error and not of the answer.
async fn let_in(mut body: Incoming) {
    let mut late = 0;
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        late += frame.data_ref().map_or(0, Bytes::len);
        if late >= MAX_LATE {
            return;
        }
    }
}

fn has_body(request: &Parts) -> bool {
    request.version < Version::HTTP_2
        && (request.headers.contains_key(TRANSFER_ENCODING)
            || request.headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0"))
}

/// Sees to it that what is done on a connection keeps its pace, and ends when that is told. `finish` asks for an orderly end.
async fn keep<F: Future>(
    pace: &Pace,
    mut work: Pin<&mut F>,
    finish: impl Fn(Pin<&mut F>),
) -> Result<F::Output, Overdue> {
    let mut clock = Clock { sleep: pin!(tokio::time::sleep_until(pace.until()?)), is_polled: false };
    let mut is_finishing = false;
    poll_fn(|cx| {
        pace.is_woken_by(cx.waker());
        loop {
            let told = pace.told();
            if told == Told::Drop {
                return Poll::Ready(Err(Overdue::Told));
            }
            // Where requests come one by one, an answer can say that it is the last; HTTP/2 has a frame for it.
            if !is_finishing && (told == Told::Finish || told == Told::Soon && pace.is_multiplexed()) {
                is_finishing = true;
                pace.leaves();
                finish(work.as_mut());
            }
            if let Poll::Ready(done) = work.as_mut().poll(cx) {
                return Poll::Ready(Ok(done));
            }
            if pace.told() != told {
                continue;
            }
            match pace.until() {
                Ok(until) if clock.is_pending(until, cx) => return Poll::Pending,
                Ok(_) => {}
                // An idle connection is not broken off but ended.
                Err(Overdue::Idle) if !is_finishing => pace.tell(Told::Finish),
                Err(why) => return Poll::Ready(Err(why)),
            }
        }
    })
    .await
}

/// A clock that is set rarely: a time that has moved on is looked at again when the former is over.
struct Clock<'a> {
    sleep: Pin<&'a mut Sleep>,
    is_polled: bool,
}

impl Clock<'_> {
    fn is_pending(&mut self, until: Instant, cx: &mut Context<'_>) -> bool {
        if until < self.sleep.deadline() || self.sleep.is_elapsed() {
            self.sleep.as_mut().reset(until);
            self.is_polled = false;
        }
        if !self.is_polled {
            self.is_polled = true;
            return self.sleep.as_mut().poll(cx).is_pending();
        }
        !self.sleep.is_elapsed()
    }
}

/// The body of an answer, as long as it is being handed over.
struct Handing {
    body: Sending,
    rest: Bytes,
    /// The most that is handed over at one time.
    piece: usize,
    _answering: Answering,
    /// What it takes of its connection's room.
    _room: Option<OwnedSemaphorePermit>,
}

impl Handing {
    fn new(body: Sending, piece: usize, answering: Answering, room: Option<OwnedSemaphorePermit>) -> Self {
        Self { body, rest: Bytes::new(), piece, _answering: answering, _room: room }
    }
}

impl Body for Handing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_default(),
                other => return Poll::Ready(other),
            }
        }
        let piece = self.piece.min(self.rest.len());
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        SizeHint::with_exact(rest + self.body.length())
    }
}
