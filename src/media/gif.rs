//! GIF (GIF89a): pictures, their control blocks and what repeats them are kept; comments, texts, XMP and whatever stands
//! behind the end are cut.

use std::io::{Read, Seek};

use super::pieces::Pieces;
use super::source::{Source, number};
use super::{Cut, Fault, MAX_PARTS, NO_PICTURE, TOO_MANY};

/// Application blocks that tell how the picture is shown.
const KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let head: [u8; 13] = source.must(0)?;
    let pixels = (u32::from(head[6]) | u32::from(head[7]) << 8, u32::from(head[8]) | u32::from(head[9]) << 8);
    let mut at = 13 + table(head[10]);
    let mut pieces = Pieces::default();
    pieces.keep(0..at.min(source.length()));
    let mut pictures = 0;
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let begun = at;
        let Some(&[block]) = source.bytes(at, 1)? else { break };
        let is_kept = match block {
            0x21 => {
                let Some(&[label, size]) = source.bytes(at + 1, 2)? else { break };
                at += 2;
                label == 0xF9
                    || label == 0xFF && KEPT.contains(&source.bytes(at + 1, usize::from(size))?.unwrap_or_default())
            }
            0x2C => {
                let Some(&[flags]) = source.bytes(at + 9, 1)? else { break };
                at += 10 + table(flags) + 1;
                pictures += 1;
                true
            }
            _ => break,
        };
        let is_whole = skip_blocks(source, &mut at)?;
        if is_kept {
            pieces.keep(begun..at.min(source.length()));
        }
        if !is_whole {
            break;
        }
    }
    if pictures == 0 {
        return Err(NO_PICTURE);
    }
    pieces.make([0x3B]);
    let mut cut = Cut::new("image/gif", "gif", pieces);
    cut.pixels = Some(pixels).filter(|(width, height)| *width > 0 && *height > 0);
    cut.is_animated = pictures > 1;
    Ok(cut)
}

/// The length of the colour table that these flags announce.
fn table(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Goes past data blocks to behind the empty one; whether there was one.
fn skip_blocks(source: &mut Source<'_, impl Read + Seek>, at: &mut u64) -> Result<bool, Fault> {
    loop {
        let Some(length) = source.bytes(*at, 1)?.map(number) else { return Ok(false) };
        *at += 1 + length;
        if length == 0 {
            return Ok(true);
        }
    }
}
