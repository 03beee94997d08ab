//! Bodies of articles as they are stored: packed with zstd.

use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

/// Level 1 costs a few microseconds an article and halves the archive.
const LEVEL: i32 = 1;

/// The longest body that is unpacked, in bytes: what the largest input file could have become, and then some.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

/// Packs and unpacks.
pub(super) struct Bodies {
    compressor: Compressor<'static>,
    decompressor: Decompressor<'static>,
}

impl Bodies {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { compressor: Compressor::new(LEVEL)?, decompressor: Decompressor::new()? })
    }

    pub(super) fn pack(&mut self, body: &str) -> io::Result<Vec<u8>> {
        self.compressor.compress(body.as_bytes())
    }

    pub(super) fn unpack(&mut self, packed: &[u8]) -> io::Result<String> {
        let length = get_frame_content_size(packed).ok().flatten().unwrap_or(0);
        let capacity = usize::try_from(length).unwrap_or(MAX_BODY_BYTES).min(MAX_BODY_BYTES);
        let body = self.decompressor.decompress(packed, capacity)?;
        String::from_utf8(body).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}
