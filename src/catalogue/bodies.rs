//! Bodies of articles as they are stored: packed with zstd.

use std::cell::RefCell;
use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

/// Level 1 costs a few microseconds an article and halves the archive.
const LEVEL: i32 = 1;

/// The longest body that is unpacked, in bytes: what the largest input file could have become, and then some.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

thread_local! {
    /// One for all that a thread packs: making one costs more than using it.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

pub(super) fn pack(body: &str) -> io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(Compressor::new(LEVEL)?),
        };
        compressor.compress(body.as_bytes())
    })
}

/// Unpacks; one for all, for the same reason.
pub(super) struct Unpacker(Decompressor<'static>);

impl Unpacker {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(Decompressor::new()?))
    }

    pub(super) fn unpack(&mut self, packed: &[u8]) -> io::Result<String> {
        let length = get_frame_content_size(packed).ok().flatten().unwrap_or(0);
        let capacity = usize::try_from(length).unwrap_or(MAX_BODY_BYTES).min(MAX_BODY_BYTES);
        let body = self.0.decompress(packed, capacity)?;
        String::from_utf8(body).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}
