//! PNG (W3C PNG 3): the chunks that show the picture or the animation are kept, with an `eXIf` of ours where it has an
//! orientation or a copyright.

use std::io::{Read, Seek};

use super::exif::{self, Said};
use super::pieces::Pieces;
use super::source::{Source, number};
use super::{Cut, Fault, MAX_PARTS, TOO_MANY, rights};

/// What shows the picture. All else is text, dates, EXIF, or of somebody's own making.
const KEPT: [&[u8; 4]; 19] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The signature and the head, which comes first.
const HEAD: u64 = 8 + 25;

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let (mut exif, mut other) = (Said::default(), Said::default());
    let mut body = Pieces::default();
    let mut is_animated = false;
    let mut pixels = None;
    let mut at = 8;
    for part in 0.. {
        if part > MAX_PARTS {
            return Err(TOO_MANY);
        }
        let Some(head) = source.bytes(at, 8)? else { break };
        let (length, name) = (number(&head[..4]), <[u8; 4]>::try_from(&head[4..]).unwrap_or_default());
        let end = at.saturating_add(12).saturating_add(length);
        if part == 0 {
            let size = source.bytes(at + 8, 8)?.map(|size| (number(&size[..4]), number(&size[4..])));
            match size {
                Some((width, height)) if &name == b"IHDR" && length == 13 => {
                    pixels = u32::try_from(width).ok().zip(u32::try_from(height).ok());
                }
                _ => return Err(Fault::Unclean("it is damaged: it does not begin as a PNG does")),
            }
        }
        let content = usize::try_from(length).unwrap_or(usize::MAX);
        match &name {
            // A chunk that was cut short is still a part of the picture.
            kept if KEPT.contains(&kept) => {
                is_animated |= kept == b"acTL";
                if part > 0 {
                    body.keep(at..end.min(source.length()));
                }
            }
            b"eXIf" => exif = exif.or(source.bytes(at + 8, content)?.map(exif::said).unwrap_or_default()),
            b"tEXt" | b"iTXt" => {
                let said = source.bytes(at + 8, content)?.map(worded).unwrap_or_default();
                other = other.or(said);
            }
            _ => {}
        }
        at = end;
        if &name == b"IEND" {
            break;
        }
    }
    let said = exif.or(other);
    let mut pieces = Pieces::default();
    pieces.keep(0..HEAD.min(source.length()));
    if let Some(block) = said.block() {
        pieces.make(chunk(b"eXIf", &block));
    }
    let mut cut = Cut::new("image/png", "png", pieces.then(body)).saying(said, pixels);
    cut.is_animated = is_animated;
    Ok(cut)
}

/// What `Copyright` or an XMP packet says in a text chunk.
fn worded(content: &[u8]) -> Said {
    let mut parts = content.splitn(2, |byte| *byte == 0);
    let (keyword, text) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // International text has two flags, a language and a translated keyword before it.
    let plain = || text.get(2..).and_then(|rest| rest.splitn(3, |byte| *byte == 0).nth(2));
    match keyword {
        b"Copyright" => {
            let text = if text.starts_with(b"\0\0") { plain() } else { Some(text) };
            Said { copyright: text.and_then(exif::copyright), ..Said::default() }
        }
        b"XML:com.adobe.xmp" => plain().map(rights::xmp).unwrap_or_default(),
        _ => Said::default(),
    }
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(content);
    let length = u32::try_from(content.len()).unwrap_or_default();
    [&length.to_be_bytes(), name.as_slice(), content, &sum.sum().to_be_bytes()].concat()
}
