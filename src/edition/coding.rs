//! Bytes to a content coding (RFC 9110 section 8.4.1), without a time stamp, so that the same bytes always give the same bytes.
//!
//! Two levels each. A fast one is made while its first reader waits, a small one by the compressor. Per byte of a feed of 140 KB,
//! one core of a small machine takes 8, 3 and 11 ns for the fast ones, 19, 13 and 23 ns for the small ones; the level above
//! each of those takes half as much again or more and saves at most two per cent.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

/// Below this many bytes a body leaves in one packet either way.
const WORTH_IT: usize = 1024;

/// Brotli's window, as a power of two: more than the largest feed, and four megabytes of a decoder's memory.
const BROTLI_WINDOW: i32 = 22;

/// A content coding that text is served in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coding {
    /// RFC 8878. The first choice: smaller than gzip in less than half its time, nearly as small as Brotli in a quarter.
    Zstd,
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
}

/// One coded form of a document. All forms share one weak validator, so that a better one made later never makes a reader
/// fetch again.
#[derive(Clone, Debug, Default)]
pub enum Form {
    /// Not made yet.
    #[default]
    Unmade,
    /// It would be no smaller, or saves no packet: the document is sent as it is.
    Useless,
    /// Made at once, for a reader who was waiting.
    Fast(Bytes),
    /// Made by the compressor.
    Small(Bytes),
}

impl Coding {
    /// All of them, in the order in which a reader that takes several alike is given them.
    pub const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The form for a reader who is waiting for it.
    pub(super) fn fast(self, body: &[u8]) -> Form {
        let level = match self {
            Self::Zstd | Self::Brotli => 3,
            // The level below takes three quarters of the time for a quarter more bytes.
            Self::Gzip => 2,
        };
        self.form(level, body).map_or(Form::Useless, Form::Fast)
    }

    /// The form that the compressor makes.
    pub(super) fn small(self, body: &[u8]) -> Form {
        let level = match self {
            Self::Zstd => 9,
            Self::Brotli => 5,
            Self::Gzip => 7,
        };
        self.form(level, body).map_or(Form::Useless, Form::Small)
    }

    /// What a byte of the small form takes, in nanoseconds.
    pub(super) fn small_cost(self) -> u64 {
        match self {
            Self::Zstd => 13,
            Self::Brotli => 23,
            Self::Gzip => 19,
        }
    }

    fn form(self, level: i32, body: &[u8]) -> Option<Bytes> {
        if body.len() < WORTH_IT {
            return None;
        }
        let coded = match self {
            Self::Zstd => zstd::bulk::compress(body, level),
            Self::Brotli => brotli(level, body),
            Self::Gzip => gzip(level, body),
        };
        // Coders fail for want of memory alone; the document then goes out as it is.
        let mut coded = coded.ok()?;
        coded.shrink_to_fit();
        (coded.len() < body.len()).then(|| Bytes::from(coded))
    }
}

impl Form {
    /// Its bytes, where it exists.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Fast(coded) | Self::Small(coded) => Some(coded),
            Self::Unmade | Self::Useless => None,
        }
    }

    /// Whether no smaller one will be made.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Useless | Self::Small(_))
    }

    /// What there is to say before anything was made.
    pub(super) fn unmade(body: &[u8]) -> Self {
        if body.len() < WORTH_IT { Self::Useless } else { Self::Unmade }
    }
}

fn gzip(level: i32, body: &[u8]) -> io::Result<Vec<u8>> {
    let level = Compression::new(level.unsigned_abs());
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), level);
    encoder.write_all(body)?;
    encoder.finish()
}

fn brotli(quality: i32, body: &[u8]) -> io::Result<Vec<u8>> {
    let mut coded = Vec::with_capacity(body.len() / 2);
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin: BROTLI_WINDOW, size_hint: body.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*body, &mut coded, &params)?;
    Ok(coded)
}
