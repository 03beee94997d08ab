//! RIFF: WebP (RFC 9649), whose chunks are cut, and WAV, whose chunks are overwritten in place.

use std::io::{Read, Seek};

use super::exif::{self, Said};
use super::pieces::{Overwritten, Pieces};
use super::source::{Source, little};
use super::{Cut, Fault, MAX_PARTS, NO_PICTURE, TOO_MANY, rights};

/// In the flags of `VP8X`.
const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;
const IS_ANIMATED: u8 = 0x02;

/// A chunk: its name, where its content begins and ends, and where the next begins.
struct Chunk {
    name: [u8; 4],
    length: u64,
    at: u64,
    content: u64,
    end: u64,
    next: u64,
}

/// The chunk that begins at a place; its end is the file's if it was cut short.
fn chunk(source: &mut Source<'_, impl Read + Seek>, at: u64, limit: u64) -> Result<Option<Chunk>, Fault> {
    let Some(head) = source.bytes(at, 8)?.filter(|_| at + 8 <= limit) else { return Ok(None) };
    let name = <[u8; 4]>::try_from(&head[..4]).unwrap_or_default();
    let length = little(&head[4..]);
    let (content, end) = (at + 8, at + 8 + length);
    Ok(Some(Chunk { name, length, at, content, end: end.min(limit), next: (end + length % 2).min(limit) }))
}

pub(super) fn webp(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let said = webp_words(source)?;
    let exif = said.block();
    let (mut body, mut is_animated, mut is_shown, mut flagged) = (Pieces::default(), false, false, false);
    let limit = source.length();
    let mut at = 12;
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let Some(chunk) = chunk(source, at, limit)? else { break };
        match &chunk.name {
            b"VP8X" => {
                let [flags]: [u8; 1] = source.must(chunk.content)?;
                is_animated = flags & IS_ANIMATED != 0;
                let flags = flags & !(HAS_XMP | HAS_EXIF) | if exif.is_some() { HAS_EXIF } else { 0 };
                flagged = true;
                body.keep(chunk.at..chunk.content);
                body.make([flags]);
                body.keep(chunk.content + 1..chunk.next);
            }
            b"ANMF" => {
                is_shown = true;
                if !is_frame(source, &chunk)? {
                    return Err(Fault::Unclean("its animation holds more than pictures"));
                }
                body.keep(chunk.at..chunk.next);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ICCP" => {
                is_shown |= chunk.name.starts_with(b"VP8");
                body.keep(chunk.at..chunk.next);
            }
            _ => {}
        }
        at = chunk.next;
    }
    if !is_shown {
        return Err(NO_PICTURE);
    }
    if let Some(block) = exif.filter(|_| flagged) {
        let length = u32::try_from(block.len()).unwrap_or_default();
        let padding: &[u8] = if block.len() % 2 == 1 { b"\0" } else { b"" };
        body.make([b"EXIF".as_slice(), &length.to_le_bytes(), &block, padding].concat());
    }
    let length = u32::try_from(body.length() + 4).map_err(|_| Fault::Unclean("it is too long"))?;
    let mut pieces = Pieces::default();
    pieces.make([b"RIFF".as_slice(), &length.to_le_bytes(), b"WEBP"].concat());
    let mut cut = Cut::new("image/webp", "webp", pieces.then(body)).saying(said, source.pixels());
    cut.is_animated = is_animated;
    Ok(cut)
}

/// What EXIF and XMP of a WebP say that stays; they stand at its end.
fn webp_words(source: &mut Source<'_, impl Read + Seek>) -> Result<Said, Fault> {
    let (mut exif, mut other) = (Said::default(), Said::default());
    let limit = source.length();
    let mut at = 12;
    for _ in 0..MAX_PARTS {
        let Some(chunk) = chunk(source, at, limit)? else { break };
        let length = usize::try_from(chunk.end - chunk.content).unwrap_or(usize::MAX);
        match &chunk.name {
            b"EXIF" => {
                let block = source.bytes(chunk.content, length)?.unwrap_or_default();
                exif = exif.or(exif::said(block.strip_prefix(b"Exif\0\0").unwrap_or(block)));
            }
            b"XMP " => other = other.or(source.bytes(chunk.content, length)?.map(rights::xmp).unwrap_or_default()),
            _ => {}
        }
        at = chunk.next;
    }
    Ok(exif.or(other))
}

/// Whether a frame of an animation holds nothing but its picture.
fn is_frame(source: &mut Source<'_, impl Read + Seek>, frame: &Chunk) -> Result<bool, Fault> {
    let mut at = frame.content + 16;
    while let Some(part) = chunk(source, at, frame.end)? {
        if !matches!(&part.name, b"VP8 " | b"VP8L" | b"ALPH") {
            return Ok(false);
        }
        at = part.next;
    }
    Ok(true)
}

/// A WAV keeps its sound and where loops and cues lie; all else is renamed to `JUNK` and overwritten, so that the lengths
/// stated elsewhere (RF64) stay true.
pub(super) fn wave(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let mut edits = Overwritten::default();
    let limit = source.length();
    let mut at = 12;
    let mut long = None;
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let Some(mut chunk) = chunk(source, at, limit)? else { break };
        match &chunk.name {
            b"ds64" => long = source.bytes(chunk.content + 8, 8)?.map(little),
            // Longer than 32 bits can say.
            b"data" => {
                if let Some(length) = long.filter(|_| chunk.length == u64::from(u32::MAX)) {
                    chunk.next = chunk.content.saturating_add(length).saturating_add(length % 2).min(limit);
                }
            }
            b"fmt " | b"fact" | b"cue " | b"smpl" | b"wavl" => {}
            _ => {
                edits.make(chunk.at, *b"JUNK")?;
                edits.blank(chunk.content..chunk.next)?;
            }
        }
        at = chunk.next;
    }
    edits.blank(at..limit)?;
    Ok(Cut::new("audio/wav", "wav", edits.pieces(limit)))
}
