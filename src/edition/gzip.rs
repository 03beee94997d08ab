//! Bytes to gzip (RFC 1952) without a time stamp, so that the same bytes always give the same bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

use super::Gzip;

/// For the first reader, who waits: a third of the time of [`SMALL`] for some ten per cent more bytes.
const FAST: u32 = 1;

/// For all later readers: beyond it, twice the time saves two per cent.
const SMALL: u32 = 6;

/// Below this many bytes a body leaves in one packet either way.
const WORTH_IT: usize = 1024;

/// The gzip form for a reader who is waiting for it.
pub(super) fn fast(body: &[u8]) -> Gzip {
    at(FAST, body).map_or(Gzip::Useless, Gzip::Fast)
}

/// The gzip form made at leisure.
pub(super) fn small(body: &[u8]) -> Gzip {
    at(SMALL, body).map_or(Gzip::Useless, Gzip::Small)
}

fn at(level: u32, body: &[u8]) -> Option<Bytes> {
    if body.len() < WORTH_IT {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::new(level));
    encoder.write_all(body).ok()?;
    let mut coded = encoder.finish().ok()?;
    coded.shrink_to_fit();
    (coded.len() < body.len()).then(|| Bytes::from(coded))
}
