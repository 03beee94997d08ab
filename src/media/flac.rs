//! FLAC (RFC 9639): pictures and application blocks become padding; of the comments those that tell a place go.

use std::io::{Read, Seek};

use super::pieces::Pieces;
use super::source::{Source, little, number};
use super::{CUT_SHORT, Cut, Fault, TOO_MANY};

/// Beginnings of comment names that are not published: places, and pictures written as text.
const CUT: [&str; 5] = ["location", "geo", "gps", "coverart", "metadata_block_picture"];

/// The most blocks; 127 kinds, of which a file has a handful.
const MAX_BLOCKS: usize = 10_000;

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let mut pieces = Pieces::default();
    pieces.keep(0..4);
    let mut at = 4;
    for _ in 0..MAX_BLOCKS {
        let head: [u8; 4] = source.must(at)?;
        let (last, kind, length) = (head[0] & 0x80, head[0] & 0x7F, number(&head[1..]));
        let end = at + 4 + length;
        if end > source.length() {
            return Err(CUT_SHORT);
        }
        match kind {
            // What the sound is, seek points, cue sheet.
            0 | 3 | 5 => pieces.keep(at..end),
            4 => match source.bytes(at + 4, usize::try_from(length).unwrap_or(usize::MAX))?.and_then(comments) {
                Some(kept) => {
                    let size = u32::try_from(kept.len()).unwrap_or_default().to_be_bytes();
                    pieces.make([&[last | kind], &size[1..], &kept].concat());
                }
                None => blank(&mut pieces, last, &head, length),
            },
            _ => blank(&mut pieces, last, &head, length),
        }
        at = end;
        if last != 0 {
            pieces.keep(at..source.length());
            return Ok(Cut::new("audio/flac", "flac", pieces));
        }
    }
    Err(TOO_MANY)
}

/// A block of padding, as long as the one whose place it takes.
fn blank(pieces: &mut Pieces, last: u8, head: &[u8; 4], length: u64) {
    pieces.make([last | 1, head[1], head[2], head[3]]);
    pieces.blank(length);
}

/// Whether a comment of this name tells a place, or is a picture.
pub(super) fn is_told(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_lowercase();
    CUT.iter().any(|cut| name.starts_with(cut))
}

/// The comments without those that are cut; none if they cannot be followed.
fn comments(block: &[u8]) -> Option<Vec<u8>> {
    let count = |at: usize| usize::try_from(little(block.get(at..at + 4)?)).ok();
    let text = |at: usize| block.get(at + 4..at.checked_add(4)?.checked_add(count(at)?)?);
    let vendor = text(0)?;
    let mut at = 4 + vendor.len();
    let comments = count(at)?;
    at += 4;
    let (mut kept, mut number) = (Vec::new(), 0u32);
    for _ in 0..comments {
        let comment = text(at)?;
        at += 4 + comment.len();
        if !is_told(comment.split(|byte| *byte == b'=').next()?) {
            kept.extend(u32::try_from(comment.len()).ok()?.to_le_bytes());
            kept.extend(comment);
            number += 1;
        }
    }
    let mut whole = u32::try_from(vendor.len()).ok()?.to_le_bytes().to_vec();
    whole.extend(vendor);
    whole.extend(number.to_le_bytes());
    whole.extend(kept);
    Some(whole)
}
