//! JPEG (ITU T.81): the segments that show the picture are kept, with an EXIF of ours where it has an orientation or a
//! copyright. Behind its end cameras hang further pictures and whole films: cut off.

use std::io::{Read, Seek};

use super::exif::{self, Said};
use super::pieces::Pieces;
use super::source::{Source, number};
use super::{Cut, Fault, MAX_PARTS, NO_PICTURE, TOO_MANY, rights};

/// The most passes of a progressive JPEG: common programs make ten. Each goes over the whole picture.
const MAX_PASSES: usize = 40;

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const IPTC: &[u8] = b"Photoshop 3.0\0";

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let mut head = Pieces::default();
    let mut body = Pieces::default();
    let (mut exif, mut other) = (Said::default(), Said::default());
    let mut size = None;
    let (mut passes, mut is_progressive) = (0, false);
    let mut at = 2;
    head.make(*b"\xFF\xD8");
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        // What stands between two segments is not the picture's.
        let Some(marker_at) = source.find(0xFF, at)? else { break };
        let Some(&[_, marker]) = source.bytes(marker_at, 2)? else { break };
        at = marker_at;
        match marker {
            // Fill bytes.
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 => break,
            _ => {
                let Some(length) = source.bytes(at + 2, 2)?.map(number).filter(|length| *length >= 2) else { break };
                let end = at + 2 + length;
                let Some(content) = source.bytes(at + 4, usize::try_from(length).unwrap_or(2) - 2)? else { break };
                match marker {
                    0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                        if let [_, h0, h1, w0, w1, ..] = content {
                            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                            size = Some((side(*w0, *w1), side(*h0, *h1)));
                        }
                        is_progressive = marker != 0xC0 && marker != 0xC1;
                        body.keep(at..end);
                    }
                    0xC4 | 0xC8 | 0xCC | 0xDB..=0xDF => body.keep(at..end),
                    0xDA => {
                        passes += 1;
                        at = end_of_scan(source, end)?;
                        body.keep(marker_at..at);
                        continue;
                    }
                    // Without the thumbnail that may follow: it may show what was cut off the picture.
                    0xE0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
                        head.make([b"\xFF\xE0\0\x10".as_slice(), &content[..12], b"\0\0"].concat());
                    }
                    0xE1 if content.starts_with(EXIF) => exif = exif.or(exif::said(&content[EXIF.len()..])),
                    0xE1 if content.starts_with(XMP) => other = other.or(rights::xmp(&content[XMP.len()..])),
                    0xE2 if content.starts_with(b"ICC_PROFILE\0") => body.keep(at..end),
                    0xED if content.starts_with(IPTC) => other = rights::photoshop(&content[IPTC.len()..]).or(other),
                    // How the colours are to be understood.
                    0xEE if content.starts_with(b"Adobe") && content.len() >= 12 => {
                        body.make([b"\xFF\xEE\0\x0E".as_slice(), &content[..12]].concat());
                    }
                    _ => {}
                }
                at = end;
            }
        }
    }
    if passes == 0 {
        return Err(NO_PICTURE);
    }
    body.make(*b"\xFF\xD9");
    let said = exif.or(other);
    if let Some(block) = said.block() {
        let length = u16::try_from(2 + EXIF.len() + block.len()).unwrap_or_default();
        head.make([b"\xFF\xE1".as_slice(), &length.to_be_bytes(), EXIF, &block].concat());
    }
    let mut cut = Cut::new("image/jpeg", "jpg", head.then(body)).saying(said, size);
    cut.effort = match (is_progressive, passes) {
        (false, 0..=MAX_PASSES) => 3,
        // It is put together from twice as much as it shows.
        (true, 0..=MAX_PASSES) => 9,
        _ => u64::MAX,
    };
    Ok(cut)
}

/// Where the compressed picture that begins at `from` ends: at a marker that is no restart, or with the file.
fn end_of_scan(source: &mut Source<'_, impl Read + Seek>, from: u64) -> Result<u64, Fault> {
    let mut at = from;
    while let Some(found) = source.find(0xFF, at)? {
        match source.bytes(found + 1, 1)? {
            Some([0x00 | 0xD0..=0xD7]) => at = found + 2,
            Some([0xFF]) => at = found + 1,
            Some(_) => return Ok(found),
            None => break,
        }
    }
    Ok(source.length())
}
