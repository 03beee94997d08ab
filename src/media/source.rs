//! A medium to look around in: any stretch of bytes by its place, a window of them in memory at a time.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{CUT_SHORT, Fault};

/// What is read at once.
const WINDOW: usize = 64 * 1024;

/// The longest stretch asked for: the largest metadata block that is read as a whole.
pub(super) const MAX_STRETCH: usize = 1024 * 1024;

/// See the module.
pub(super) struct Source<'a, R> {
    inner: &'a mut R,
    length: u64,
    window: Vec<u8>,
    window_at: u64,
}

impl<'a, R: Read + Seek> Source<'a, R> {
    pub(super) fn new(inner: &'a mut R) -> io::Result<Self> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self { inner, length, window: Vec::new(), window_at: 0 })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Exactly so many bytes from a place on; none where the file ends before.
    pub(super) fn bytes(&mut self, at: u64, length: usize) -> io::Result<Option<&[u8]>> {
        if length > MAX_STRETCH || at.saturating_add(length as u64) > self.length {
            return Ok(None);
        }
        self.some(at, length).map(Some)
    }

    /// Exactly so many bytes, without which nothing can be told.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn must<const N: usize>(&mut self, at: u64) -> Result<[u8; N], Fault> {
        let bytes = self.bytes(at, N)?.and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or(CUT_SHORT)
    }

    /// At most so many bytes from a place on.
    pub(super) fn some(&mut self, at: u64, most: usize) -> io::Result<&[u8]> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let wanted = most.min(left).min(MAX_STRETCH);
        let start = at.checked_sub(self.window_at).and_then(|start| usize::try_from(start).ok());
        let start = match start.filter(|start| start.saturating_add(wanted) <= self.window.len()) {
            Some(start) => start,
            None => {
                self.inner.seek(SeekFrom::Start(at))?;
                self.window.resize(wanted.max(WINDOW).min(left), 0);
                self.inner.read_exact(&mut self.window)?;
                self.window_at = at;
                0
            }
        };
        Ok(self.window.get(start..start + wanted).unwrap_or_default())
    }

    /// The place of the first such byte from a place on.
    pub(super) fn find(&mut self, wanted: u8, from: u64) -> io::Result<Option<u64>> {
        let mut at = from;
        loop {
            let portion = self.some(at, WINDOW)?;
            if portion.is_empty() {
                return Ok(None);
            }
            if let Some(place) = portion.iter().position(|byte| *byte == wanted) {
                return Ok(Some(at + place as u64));
            }
            at += portion.len() as u64;
        }
    }

    /// Width and height as the file states them.
    pub(super) fn pixels(&mut self) -> Option<(u32, u32)> {
        self.inner.rewind().ok()?;
        let size = imagesize::reader_size(BufReader::new(&mut *self.inner)).ok()?;
        Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
    }
}

/// A little-endian number of up to eight bytes.
pub(super) fn little(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// A big-endian number of up to eight bytes.
pub(super) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
