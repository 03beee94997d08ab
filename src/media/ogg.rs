//! Ogg (RFC 3533): of the comments of Vorbis, Opus, Theora, Speex, FLAC and VP8 those that tell a place are overwritten where
//! they stand, and pictures too, and the pages that hold them summed anew; nothing moves, and no sound is touched.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::ops::Range;

use super::flac::is_told;
use super::pieces::Overwritten;
use super::source::{Source, little, number};
use super::{CUT_SHORT, Cut, Fault, MAX_PARTS, MISFIT, TOO_MANY};

/// The longest packet of comments, in bytes: a large cover written as text.
const MAX_COMMENTS: u64 = 16 * 1024 * 1024;

/// The head of a page before its table of segments (RFC 3533, section 6), where its checksum stands in it, and the flag of
/// a stream's first page.
const HEAD: u64 = 27;
const CHECKSUM: usize = 22;
const BEGINS: u8 = 2;

/// How a stream's comments are written.
#[derive(Clone, Copy, PartialEq)]
enum Codec {
    /// In the second packet, behind so many bytes of its own name.
    Comments(usize),
    /// In blocks of FLAC, a packet each, until one says that it is the last.
    Blocks,
    /// Nowhere.
    None,
}

/// What the first packet of a stream begins with.
const CODECS: [(&[u8], Codec); 8] = [
    (b"\x01vorbis", Codec::Comments(7)),
    (b"OpusHead", Codec::Comments(8)),
    (b"\x80theora", Codec::Comments(7)),
    (b"Speex   ", Codec::Comments(0)),
    (b"OVP80", Codec::Comments(7)),
    (b"\x7FFLAC", Codec::Blocks),
    (b"fishead\0", Codec::None),
    (b"BBCD\0", Codec::None),
];

/// A stream whose comments are still to come.
struct Stream {
    codec: Codec,
    /// How many packets have ended.
    packets: usize,
    /// Where the open packet lies, with the pages that hold it.
    open: Vec<(Range<u64>, Range<u64>)>,
}

pub(super) fn cut(
    source: &mut Source<'_, impl Read + Seek>,
    media_type: &'static str,
    extension: &'static str,
) -> Result<Cut, Fault> {
    let mut streams: BTreeMap<[u8; 4], Stream> = BTreeMap::new();
    let mut touched: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut at = 0;
    for page in 0.. {
        let head = source.some(at, HEAD as usize)?;
        if at > 0 && !head.starts_with(b"OggS") || head.len() < HEAD as usize {
            break;
        }
        if page > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let (flags, segments) = (head[5], usize::from(head[26]));
        let serial = <[u8; 4]>::try_from(&head[14..18]).unwrap_or_default();
        let table = source.bytes(at + HEAD, segments)?.unwrap_or_default().to_vec();
        let content = at + HEAD + segments as u64;
        let end = content + table.iter().map(|size| u64::from(*size)).sum::<u64>();
        // A recording that was cut off ends in the middle of a page, which no player hears.
        if table.len() < segments || end > source.length() {
            break;
        }
        if flags & BEGINS != 0 {
            let codec = codec(source.some(content, 8)?)?;
            streams.insert(serial, Stream { codec, packets: 0, open: Vec::new() });
        }
        let stream = streams.get_mut(&serial).ok_or(MISFIT)?;
        let mut from = content;
        for size in table {
            if stream.codec == Codec::None {
                break;
            }
            let to = from + u64::from(size);
            stream.open.push((from..to, at..end));
            from = to;
            if size < 255 {
                stream.end_packet(source, &mut touched)?;
            }
        }
        at = end;
    }
    if at == 0 {
        return Err(MISFIT);
    }
    // One that ended before its comments did has none that could be read, and nothing to be heard.
    if streams.values().any(|stream| stream.codec != Codec::None) {
        return Err(CUT_SHORT);
    }
    let mut changes = Overwritten::default();
    for (start, mut page) in touched {
        page[CHECKSUM..CHECKSUM + 4].fill(0);
        let sum = checksum(&page);
        page[CHECKSUM..CHECKSUM + 4].copy_from_slice(&sum.to_le_bytes());
        changes.make(start, page)?;
    }
    // What stands behind its last page is none of it.
    Ok(Cut::new(media_type, extension, changes.pieces(at)))
}

fn codec(first: &[u8]) -> Result<Codec, Fault> {
    let known = CODECS.iter().find(|(name, _)| first.starts_with(name));
    known.map(|(_, codec)| *codec).ok_or(Fault::Unclean("it holds a stream that is not known here"))
}

impl Stream {
    /// The open packet has ended: if it holds comments, they are cleaned.
    fn end_packet(
        &mut self,
        source: &mut Source<'_, impl Read + Seek>,
        touched: &mut BTreeMap<u64, Vec<u8>>,
    ) -> Result<(), Fault> {
        let extents = std::mem::take(&mut self.open);
        self.packets += 1;
        if self.packets == 1 {
            return Ok(());
        }
        if extents.iter().map(|(range, _)| range.end - range.start).sum::<u64>() > MAX_COMMENTS {
            return Err(Fault::Unclean("its comments are too long"));
        }
        let mut packet = Vec::new();
        for (range, _) in &extents {
            let length = usize::try_from(range.end - range.start).unwrap_or_default();
            packet.extend_from_slice(source.bytes(range.start, length)?.ok_or(MISFIT)?);
        }
        let former = packet.clone();
        match self.codec {
            Codec::Comments(name) => {
                clean(packet.get_mut(name..).ok_or(MISFIT)?).ok_or(MISFIT)?;
                self.codec = Codec::None;
            }
            Codec::Blocks => {
                if clean_block(&mut packet).ok_or(MISFIT)? {
                    self.codec = Codec::None;
                }
            }
            Codec::None => {}
        }
        if packet == former {
            return Ok(());
        }
        let mut rest = packet.as_slice();
        for (range, page) in extents {
            let (these, others) = rest.split_at(usize::try_from(range.end - range.start).unwrap_or_default());
            rest = others;
            let bytes = match touched.entry(page.start) {
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::btree_map::Entry::Vacant(new) => {
                    let length = usize::try_from(page.end - page.start).unwrap_or_default();
                    new.insert(source.bytes(page.start, length)?.ok_or(MISFIT)?.to_vec())
                }
            };
            let at = usize::try_from(range.start - page.start).unwrap_or_default();
            bytes.get_mut(at..at + these.len()).ok_or(MISFIT)?.copy_from_slice(these);
        }
        Ok(())
    }
}

/// Overwrites what the comments of a packet may not tell; none where they cannot be followed.
fn clean(block: &mut [u8]) -> Option<()> {
    let length = |block: &[u8], at: usize| usize::try_from(little(block.get(at..at.checked_add(4)?)?)).ok();
    let mut at = length(block, 0)?.checked_add(4)?;
    let count = length(block, at)?;
    at += 4;
    for _ in 0..count {
        let end = at.checked_add(4)?.checked_add(length(block, at)?)?;
        let comment = block.get_mut(at + 4..end)?;
        let name = comment.iter().position(|byte| *byte == b'=').unwrap_or(comment.len());
        if is_told(&comment[..name]) {
            comment[..name].fill(b'X');
            comment.get_mut(name + 1..).unwrap_or_default().fill(b' ');
        }
        at = end;
    }
    // Vorbis ends with a bit that is set; what stands behind, anybody may have written.
    if let Some(behind) = block.get_mut(at + 1..) {
        behind.fill(0);
    }
    if let Some(last) = block.get_mut(at) {
        *last &= 1;
    }
    Some(())
}

/// The same of a block of FLAC in a packet of its own; whether it was the last before the sound.
fn clean_block(packet: &mut [u8]) -> Option<bool> {
    let (head, content) = packet.split_at_mut_checked(4)?;
    if number(&head[1..]) != content.len() as u64 {
        return None;
    }
    match head[0] & 0x7F {
        // What the sound is, padding to be blanked, seek points, cue sheet.
        0 | 3 | 5 => {}
        4 => clean(content)?,
        _ => {
            head[0] = head[0] & 0x80 | 1;
            content.fill(0);
        }
    }
    Some(head[0] & 0x80 != 0)
}

/// A page's checksum: CRC-32 of the polynomial 04C11DB7, neither turned nor inverted.
fn checksum(page: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut at = 0;
        while at < 256 {
            let mut sum = (at as u32) << 24;
            let mut bit = 0;
            while bit < 8 {
                sum = if sum & 0x8000_0000 != 0 { sum << 1 ^ 0x04C1_1DB7 } else { sum << 1 };
                bit += 1;
            }
            table[at] = sum;
            at += 1;
        }
        table
    };
    page.iter().fold(0, |sum, byte| sum << 8 ^ TABLE[usize::from((sum >> 24) as u8 ^ *byte)])
}
