//! The published bytes as pieces: stretches of the file, zeros in place of others, and a few bytes of our own.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::{Fault, MAX_PARTS, TOO_MANY};

/// Copied in portions of this size, so that a film costs no memory.
const PORTION: usize = 128 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As it stands in the file.
    Kept(Range<u64>),
    /// Of our making.
    Made(Vec<u8>),
    /// So many zeros.
    Blank(u64),
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    /// The file as it is.
    pub(super) fn whole(length: u64) -> Self {
        Self(vec![Piece::Kept(0..length)])
    }

    pub(super) fn keep(&mut self, range: Range<u64>) {
        match self.0.last_mut() {
            _ if range.is_empty() => {}
            Some(Piece::Kept(last)) if last.end == range.start => last.end = range.end,
            _ => self.0.push(Piece::Kept(range)),
        }
    }

    pub(super) fn make(&mut self, bytes: impl Into<Vec<u8>>) {
        self.0.push(Piece::Made(bytes.into()));
    }

    pub(super) fn blank(&mut self, length: u64) {
        match self.0.last_mut() {
            Some(Piece::Blank(last)) => *last = last.saturating_add(length),
            _ if length > 0 => self.0.push(Piece::Blank(length)),
            _ => {}
        }
    }

    /// These pieces and then the others.
    pub(super) fn then(mut self, others: Self) -> Self {
        for piece in others.0 {
            match piece {
                Piece::Kept(range) => self.keep(range),
                other => self.0.push(other),
            }
        }
        self
    }

    pub(super) fn length(&self) -> u64 {
        self.0.iter().fold(0, |sum: u64, piece| {
            sum.saturating_add(match piece {
                Piece::Kept(range) => range.end - range.start,
                Piece::Made(bytes) => bytes.len() as u64,
                Piece::Blank(length) => *length,
            })
        })
    }

    pub(super) fn write(&self, from: &mut (impl Read + Seek), to: &mut impl Write) -> io::Result<u64> {
        let mut portion = vec![0; PORTION];
        let mut written: u64 = 0;
        for piece in &self.0 {
            let mut left = match piece {
                Piece::Kept(range) => {
                    from.seek(SeekFrom::Start(range.start))?;
                    range.end - range.start
                }
                Piece::Made(bytes) => {
                    to.write_all(bytes)?;
                    written += bytes.len() as u64;
                    continue;
                }
                Piece::Blank(length) => {
                    portion.fill(0);
                    *length
                }
            };
            written += left;
            while left > 0 {
                let next = usize::try_from(left).unwrap_or(PORTION).min(PORTION);
                if matches!(piece, Piece::Kept(_)) {
                    from.read_exact(&mut portion[..next])?;
                }
                to.write_all(&portion[..next])?;
                left -= next as u64;
            }
        }
        Ok(written)
    }
}

/// Changes of a file in place, for formats whose parts are known by their place: nothing moves.
#[derive(Debug, Default)]
pub(super) struct Overwritten(Vec<(u64, Piece)>);

impl Overwritten {
    pub(super) fn blank(&mut self, range: Range<u64>) -> Result<(), Fault> {
        if range.is_empty() {
            return Ok(());
        }
        self.note(range.start, Piece::Blank(range.end - range.start))
    }

    pub(super) fn make(&mut self, at: u64, bytes: impl Into<Vec<u8>>) -> Result<(), Fault> {
        self.note(at, Piece::Made(bytes.into()))
    }

    fn note(&mut self, at: u64, piece: Piece) -> Result<(), Fault> {
        if self.0.len() >= MAX_PARTS {
            return Err(TOO_MANY);
        }
        self.0.push((at, piece));
        Ok(())
    }

    /// The pieces of a file of this length. Where two changes meet, zeros win.
    pub(super) fn pieces(self, length: u64) -> Pieces {
        let (mut blanks, mut made) = (Vec::new(), Vec::new());
        for (at, piece) in self.0 {
            match piece {
                Piece::Made(bytes) => made.push((at, bytes)),
                Piece::Blank(blank) => blanks.push(at..at.saturating_add(blank).min(length)),
                Piece::Kept(_) => {}
            }
        }
        blanks.sort_unstable_by_key(|range| range.start);
        made.retain(|(at, bytes)| {
            let end = at.saturating_add(bytes.len() as u64);
            let next = blanks.partition_point(|blank| blank.end <= *at);
            end <= length && blanks.get(next).is_none_or(|blank| blank.start >= end)
        });
        let mut changes: Vec<(Range<u64>, Option<Vec<u8>>)> = blanks.into_iter().map(|range| (range, None)).collect();
        changes.extend(made.into_iter().map(|(at, bytes)| (at..at + bytes.len() as u64, Some(bytes))));
        changes.sort_by_key(|(range, _)| range.start);
        let mut pieces = Pieces::default();
        let mut at = 0;
        for (range, bytes) in changes {
            if range.end <= at {
                continue;
            }
            pieces.keep(at..range.start.max(at));
            match bytes {
                Some(bytes) => pieces.make(bytes),
                None => pieces.blank(range.end - range.start.max(at)),
            }
            at = range.end;
        }
        pieces.keep(at.min(length)..length);
        pieces
    }
}
