//! A socket whose every step is noted in its connection's [`Pace`], and which is listened to for a moment after it was shut.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::Bytes;
use rustix::fs::sendfile;
use rustix::net::{SendFlags, send};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::{TcpStream, UnixStream};

use super::memfd::{MemFile, Outgoing};
use super::pace::Pace;

/// The most that is thrown away of what a client had on its way when its connection was shut, or sends with a request of HTTP/2.
/// Whoever sends more is reset.
pub(super) const MAX_LATE: usize = 256 * 1024;

/// A connection to a reader.
pub(super) enum Socket {
    /// Over the network.
    Tcp(TcpStream),
    /// From this machine.
    Unix(UnixStream),
}

/// A noted connection.
pub(super) struct Stream {
    socket: Socket,
    pace: Arc<Pace>,
    /// What was read ahead, to find out which protocol it is.
    ahead: Bytes,
    /// Whether the other side has said that nothing more will come.
    has_ended: bool,
    /// Whether no more will be sent.
    is_shut: bool,
    /// Bytes thrown away since then.
    late: usize,
    /// What is being sent of which a file of memory has the bytes too, once somebody may say so.
    outgoing: Option<Arc<Outgoing>>,
}

impl Stream {
    pub(super) fn new(socket: Socket, pace: Arc<Pace>) -> Self {
        Self { socket, pace, ahead: Bytes::new(), has_ended: false, is_shut: false, late: 0, outgoing: None }
    }

    /// Where to say what it is to send from a file of memory; none where that saves nothing.
    pub(super) fn outgoing(&mut self) -> Option<Arc<Outgoing>> {
        matches!(self.socket, Socket::Tcp(_)).then(|| Arc::clone(self.outgoing.get_or_insert_default()))
    }

    /// Puts back what was read ahead.
    pub(super) fn put_back(&mut self, ahead: Bytes) {
        self.ahead = ahead;
    }

    fn noted(&self, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &wrote {
            Poll::Ready(Ok(bytes)) => self.pace.took(*bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => self.pace.is_stuck(),
        }
        wrote
    }
}

/// Sends what a file of memory has from there, and what comes before it as more to follow.
fn poll_send(
    stream: &mut TcpStream,
    cx: &mut Context<'_>,
    slices: &[io::IoSlice<'_>],
    file: &MemFile,
) -> Poll<io::Result<usize>> {
    let found = slices.iter().enumerate().find_map(|(at, slice)| Some((at, file.place(slice)?, slice.len())));
    let Some((at, mut place, length)) = found.filter(|(at, ..)| *at <= 1) else {
        return Pin::new(stream).poll_write_vectored(cx, slices);
    };
    loop {
        ready!(stream.poll_write_ready(cx))?;
        let sent = stream.try_io(Interest::WRITABLE, || {
            let sent = match at {
                0 => sendfile(&*stream, &file.file, Some(&mut place), length),
                _ => send(&*stream, &slices[0], SendFlags::MORE | SendFlags::NOSIGNAL),
            };
            Ok(sent?)
        });
        match sent {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            sent => return Poll::Ready(sent),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // What follows it is read at the same time: a reader that is given a head in two pieces makes room for two.
        let ahead = self.ahead.len().min(into.remaining());
        into.put_slice(&self.ahead.split_to(ahead));
        let before = into.filled().len();
        let read = match &mut self.socket {
            Socket::Tcp(stream) => Pin::new(stream).poll_read(cx, into),
            Socket::Unix(stream) => Pin::new(stream).poll_read(cx, into),
        };
        if into.filled().len() > before {
            self.pace.came();
        } else if matches!(read, Poll::Ready(Ok(()))) && into.remaining() > 0 {
            self.has_ended = true;
        }
        if ahead > 0 { Poll::Ready(Ok(())) } else { read }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = match &mut self.socket {
            Socket::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Socket::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        };
        self.noted(wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let file = self.outgoing.as_ref().and_then(|outgoing| outgoing.file());
        let wrote = match &mut self.socket {
            Socket::Tcp(stream) => match file {
                Some(file) => poll_send(stream, cx, slices, &file),
                None => Pin::new(stream).poll_write_vectored(cx, slices),
            },
            Socket::Unix(stream) => Pin::new(stream).poll_write_vectored(cx, slices),
        };
        self.noted(wrote)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A socket keeps nothing back.
        if let Some(outgoing) = &self.outgoing {
            outgoing.set(None);
        }
        self.pace.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.has_ended {
            // Nothing is on its way that could be lost: closing says the rest.
            self.pace.shut();
            return Poll::Ready(Ok(()));
        }
        if !self.is_shut {
            self.pace.shut();
            ready!(match &mut self.socket {
                Socket::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
                Socket::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
            })?;
            self.is_shut = true;
        }
        let mut waste = [0; 4096];
        while self.late < MAX_LATE {
            let mut into = ReadBuf::new(&mut waste);
            let read = ready!(match &mut self.socket {
                Socket::Tcp(stream) => Pin::new(stream).poll_read(cx, &mut into),
                Socket::Unix(stream) => Pin::new(stream).poll_read(cx, &mut into),
            });
            if read.is_err() || into.filled().is_empty() {
                break;
            }
            self.late += into.filled().len();
        }
        Poll::Ready(Ok(()))
    }
}
