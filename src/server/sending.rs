//! What is sent of an answer: bytes from memory, or of a file, read piece by piece as the reader takes them.

use std::fs::File;
use std::future::Future;
use std::io;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::edition::Excerpt;

/// How much of a file is read at one time, and so what a slow reader of an hour of sound costs in memory.
const READ: u64 = 64 * 1024;

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Sending {
    Memory(Bytes),
    File(Reading),
}

/// A file that is being sent.
#[derive(Debug)]
pub(super) struct Reading {
    file: Arc<File>,
    at: u64,
    end: u64,
    under_way: Option<JoinHandle<io::Result<Vec<u8>>>>,
}

impl Sending {
    /// Opens the file of which some is to be sent.
    ///
    /// # Errors
    /// When the file cannot be opened or is not as long as it was.
    pub(super) async fn open(excerpt: Excerpt) -> io::Result<Self> {
        spawn_blocking(move || Reading::open(&excerpt)).await?.map(Self::File)
    }

    /// Its bytes, where they are in memory.
    pub(super) fn memory(&self) -> Option<&Bytes> {
        match self {
            Self::Memory(bytes) => Some(bytes),
            Self::File(_) => None,
        }
    }

    /// How many bytes it has in memory at the most.
    pub(super) fn held(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(_) => READ.min(self.length()),
        }
    }

    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(reading) => reading.end - reading.at,
        }
    }
}

impl From<Bytes> for Sending {
    fn from(bytes: Bytes) -> Self {
        Self::Memory(bytes)
    }
}

impl Reading {
    fn open(excerpt: &Excerpt) -> io::Result<Self> {
        let file = File::open(&excerpt.file)?;
        if file.metadata()?.len() != excerpt.whole {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file is not as long as it was"));
        }
        Ok(Self { file: Arc::new(file), at: excerpt.range.start, end: excerpt.range.end, under_way: None })
    }

    /// The next piece. One that cannot be read ends the connection, from which the reader sees that the rest is missing.
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.at >= self.end {
            return Poll::Ready(None);
        }
        let (at, length) = (self.at, READ.min(self.end - self.at));
        let task = self.under_way.get_or_insert_with(|| {
            let file = Arc::clone(&self.file);
            spawn_blocking(move || {
                let mut piece = vec![0; length as usize];
                file.read_exact_at(&mut piece, at).map(|()| piece)
            })
        });
        let read = ready!(Pin::new(task).poll(cx));
        self.under_way = None;
        Poll::Ready(Some(read.unwrap_or_else(|gone| Err(io::Error::other(gone))).map(|piece| {
            self.at += length;
            Bytes::from(piece)
        })))
    }
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut *self {
            Self::Memory(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Memory(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::File(reading) => reading.poll_piece(cx).map_ok(Frame::data),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.length() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length())
    }
}
