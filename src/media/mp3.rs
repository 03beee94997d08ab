//! MP3 and AAC: the ID3v2 tag (id3.org) keeps titles, credits, comments and chapters; private, binary and unknown frames and
//! the pictures go. APE tags behind the sound are cut. The sound itself has no place for words.

use std::io::{Read, Seek};

use super::pieces::Pieces;
use super::source::{MAX_STRETCH, Source, little, number};
use super::{Cut, Fault, MAX_PARTS, TOO_MANY};

/// How far into the file the first frame of sound is looked for.
const MAX_LEAD: usize = 64 * 1024;

/// Frames that are kept besides the text frames: comments, words of a song, chapters, addresses, counters.
const KEPT: [&[u8]; 10] = [b"COMM", b"USLT", b"CHAP", b"CTOC", b"WOAF", b"WOAR", b"WOAS", b"WCOP", b"MCDI", b"RVA2"];

/// Text frames that are not: what anybody may have written, who owns the file, and what it was called there.
const CUT: [&[u8]; 4] = [b"TXXX", b"TOWN", b"TOFN", b"TSSE"];

pub(super) fn cut(
    source: &mut Source<'_, impl Read + Seek>,
    media_type: &'static str,
    extension: &'static str,
) -> Result<Cut, Fault> {
    let mut pieces = Pieces::default();
    let mut at = 0;
    // Some programs put a second tag before the first.
    for _ in 0..8 {
        let Some(length) = tag_length(source.some(at, 10)?) else { break };
        tag(source, at, length, &mut pieces)?;
        at = (at + length).min(source.length());
    }
    let lead = source.some(at, MAX_LEAD)?;
    // Eleven bits of synchronisation and a layer that is not the reserved one; AAC's layer is none.
    let is_frame = |pair: &[u8]| pair[0] == 0xFF && pair[1] & 0xE0 == 0xE0 && pair[1] != 0xFF;
    if !lead.windows(2).any(is_frame) {
        return Err(Fault::Unclean("it is damaged: there is no sound in it"));
    }
    let end = source.length();
    // `TAG` is ID3v1: title, artist, album, year, comment, genre.
    let old = end.checked_sub(128).filter(|at| source.bytes(*at, 3).is_ok_and(|word| word == Some(b"TAG")));
    let sound_end = without_ape(source, old.unwrap_or(end))?.max(at);
    pieces.keep(at..sound_end);
    pieces.keep(old.unwrap_or(end)..end);
    Ok(Cut::new(media_type, extension, pieces))
}

/// The length of the ID3v2 tag that begins so, its head and foot with it.
fn tag_length(head: &[u8]) -> Option<u64> {
    let [b'I', b'D', b'3', version, _, flags, a, b, c, d] = *head else { return None };
    let is_sound = (2..=4).contains(&version) && [a, b, c, d].iter().all(|byte| *byte < 0x80);
    let foot = if flags & 0x10 != 0 { 10 } else { 0 };
    is_sound.then(|| seven_bits(&[a, b, c, d]) + 10 + foot)
}

/// Seven bits of each byte (ID3v2.4, "synchsafe").
fn seven_bits(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7F))
}

/// The frames that stay, and zeros (which the format calls padding) for the rest. A tag that cannot be followed is dropped.
fn tag(source: &mut Source<'_, impl Read + Seek>, at: u64, length: u64, pieces: &mut Pieces) -> Result<(), Fault> {
    let head: [u8; 10] = source.must(at)?;
    let (version, flags) = (head[3], head[5]);
    // Whole tags in other clothes: unsynchronised before 2.4, with extended heads, with a foot.
    if version < 3 || flags & 0x7F != 0 || (flags & 0x80 != 0 && version == 3) || at + length > source.length() {
        return Ok(());
    }
    let mut kept = Pieces::default();
    kept.keep(at..at + 10);
    let (mut place, end) = (at + 10, at + length);
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let Some(head) = source.bytes(place, 10)?.filter(|_| place + 10 <= end) else { break };
        let size = if version == 4 { seven_bits(&head[4..8]) } else { number(&head[4..8]) };
        let name = <[u8; 4]>::try_from(&head[..4]).unwrap_or_default();
        let next = place + 10 + size;
        if name[0] == 0 || next > end {
            break;
        }
        let is_text = name[0] == b'T' && !CUT.contains(&name.as_slice());
        if (is_text || KEPT.contains(&name.as_slice())) && size <= MAX_STRETCH as u64 {
            kept.keep(place..next);
        }
        place = next;
    }
    kept.blank(length.saturating_sub(kept.length()));
    *pieces = std::mem::take(pieces).then(kept);
    Ok(())
}

/// Where the sound ends that an APE tag may follow.
fn without_ape(source: &mut Source<'_, impl Read + Seek>, end: u64) -> Result<u64, Fault> {
    let Some(foot) = end.checked_sub(32) else { return Ok(end) };
    let Some(bytes) = source.bytes(foot, 32)?.filter(|bytes| bytes.starts_with(b"APETAGEX")) else { return Ok(end) };
    let (size, flags) = (little(&bytes[12..16]), little(&bytes[20..24]));
    let head = if flags & 0x8000_0000 != 0 { 32 } else { 0 };
    Ok(end.saturating_sub(size + head))
}
