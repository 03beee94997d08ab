//! HEIC and AVIF (ISO 23008-12): the items that hold EXIF and XMP are overwritten in place, but for the copyright; how the
//! picture is turned stands elsewhere. JPEG XL (ISO 18181-2): the boxes that are no picture are cut.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::ops::Range;

use super::boxes::{self, Boxed, each};
use super::exif::{self, Said};
use super::pieces::{Overwritten, Pieces};
use super::source::{MAX_STRETCH, Source, number};
use super::{Cut, Fault, MAX_PARTS, NO_PICTURE, TOO_MANY, rights};

/// What a still picture's description holds.
const DESCRIPTION: [&[u8; 4]; 8] = [b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"dinf"];

/// Whether a file's brand is a picture's.
pub(super) fn is_picture(head: &[u8]) -> bool {
    matches!(
        head.get(8..12),
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" | b"avif" | b"avis")
    )
}

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let brand: [u8; 4] = source.must(8)?;
    let mut edits = Overwritten::default();
    let mut is_described = false;
    let mut copyright = None;
    let length = source.length();
    each(source, 0..length, |source, boxed| match &boxed.name {
        b"meta" => {
            is_described = true;
            copyright = described(source, &boxed, &mut edits)?;
            Ok(())
        }
        b"ftyp" | b"mdat" => Ok(()),
        // The tracks of a picture that moves.
        b"moov" => Err(Fault::Unclean("moving pictures of this kind cannot be cleaned; save it as MP4 or WebP")),
        _ => boxes::free(&mut edits, &boxed),
    })?;
    if !is_described {
        return Err(NO_PICTURE);
    }
    let (media_type, extension) =
        if brand.starts_with(b"avi") { ("image/avif", "avif") } else { ("image/heic", "heic") };
    let mut cut = Cut::new(media_type, extension, edits.pieces(length));
    cut.pixels = source.pixels();
    cut.copyright = copyright;
    Ok(cut)
}

/// Overwrites what a description leads to; the copyright that it states.
fn described(
    source: &mut Source<'_, impl Read + Seek>,
    meta: &Boxed,
    edits: &mut Overwritten,
) -> Result<Option<String>, Fault> {
    let (mut items, mut places, mut within) = (None, None, None);
    each(source, meta.content + 4..meta.end, |_, boxed| {
        match &boxed.name {
            b"iinf" => items = Some(boxed),
            b"iloc" => places = Some(boxed),
            b"idat" => within = Some(boxed),
            name if DESCRIPTION.contains(&name) => {}
            _ => boxes::free(edits, &boxed)?,
        }
        Ok(())
    })?;
    let Some(items) = items else { return Ok(None) };
    let spoken = words(source, &items)?;
    if spoken.is_empty() {
        return Ok(None);
    }
    let Some(places) = places else { return Ok(None) };
    let extents = extents(source, &places, &spoken, within.map_or(0, |within| within.content))?;
    let mut stated = None;
    // EXIF first, as in pictures of other kinds.
    for kind in [b"Exif", b"mime"] {
        for (_, extent) in extents.iter().filter(|(item, _)| spoken.get(item) == Some(kind)) {
            if stated.is_none()
                && let Some((copyright, block)) = copyright(source, kind, extent)?
            {
                stated = Some((copyright, extent.clone(), block));
            }
        }
    }
    for (_, extent) in extents {
        match &stated {
            Some((_, kept, _)) if *kept == extent => {}
            _ => edits.blank(extent)?,
        }
    }
    let Some((copyright, extent, block)) = stated else { return Ok(None) };
    edits.make(extent.start, block)?;
    Ok(Some(copyright))
}

/// The copyright that an item states, and a block of the item's length that states nothing else; none where there is no room.
fn copyright(
    source: &mut Source<'_, impl Read + Seek>,
    kind: &[u8; 4],
    extent: &Range<u64>,
) -> Result<Option<(String, Vec<u8>)>, Fault> {
    let length = usize::try_from(extent.end - extent.start).unwrap_or(usize::MAX);
    let Some(bytes) = source.bytes(extent.start, length.min(MAX_STRETCH + 1))? else { return Ok(None) };
    let is_exif = kind == b"Exif";
    let said = if is_exif {
        // Before it stands how far in it begins.
        let skipped = bytes.get(..4).map(number).and_then(|skipped| usize::try_from(skipped).ok());
        let block = skipped.and_then(|skipped| bytes.get(skipped.checked_add(4)?..));
        block.map(exif::said).unwrap_or_default()
    } else {
        rights::xmp(bytes)
    };
    let Some(copyright) = said.copyright else { return Ok(None) };
    let block = if is_exif {
        let own = Said { copyright: Some(copyright.clone()), ..Said::default() };
        let mut block = [[0; 4].to_vec(), own.block().unwrap_or_default()].concat();
        block.resize(length.max(block.len()), 0);
        block
    } else {
        let mut block = rights::packet(&copyright).into_bytes();
        block.resize(length.max(block.len()), b' ');
        block
    };
    Ok((block.len() == length).then_some((copyright, block)))
}

/// The items that hold words, with their kinds: EXIF, XMP and other text.
fn words(source: &mut Source<'_, impl Read + Seek>, items: &Boxed) -> Result<BTreeMap<u64, [u8; 4]>, Fault> {
    let [version] = source.must(items.content)?;
    let first = items.content + if version == 0 { 6 } else { 8 };
    let mut spoken = BTreeMap::new();
    each(source, first..items.end, |source, boxed| {
        let [version] = source.must(boxed.content)?;
        let (number_at, wide) = (boxed.content + 4, if version >= 3 { 4 } else { 2 });
        let number = source.bytes(number_at, wide)?.map(number).unwrap_or_default();
        // Before version 2 items had no kind of their own: only metadata is written so.
        let kind = if version >= 2 { source.must(number_at + wide as u64 + 2)? } else { *b"mime" };
        if matches!(&kind, b"Exif" | b"mime" | b"uri ") {
            spoken.insert(number, kind);
        }
        Ok(())
    })?;
    Ok(spoken)
}

/// Where these items lie, each part with its item's number.
fn extents(
    source: &mut Source<'_, impl Read + Seek>,
    places: &Boxed,
    wanted: &BTreeMap<u64, [u8; 4]>,
    within: u64,
) -> Result<Vec<(u64, Range<u64>)>, Fault> {
    const UNKNOWN: Fault = Fault::Unclean("it holds words that cannot be taken out");
    let head: [u8; 6] = source.must(places.content)?;
    let (version, offset_size, length_size) = (head[0], usize::from(head[4] >> 4), usize::from(head[4] & 15));
    let (base_size, index_size) = (usize::from(head[5] >> 4), if version > 0 { usize::from(head[5] & 15) } else { 0 });
    let mut at = places.content + 6;
    let mut next = |length: usize| -> Result<u64, Fault> {
        let bytes = if at + length as u64 <= places.end { source.bytes(at, length)? } else { None };
        at += length as u64;
        bytes.map(number).ok_or(UNKNOWN)
    };
    let wide = if version < 2 { 2 } else { 4 };
    let mut found = Vec::new();
    let mut parts = 0;
    for _ in 0..next(wide)? {
        let item = next(wide)?;
        let method = if version > 0 { next(2)? & 15 } else { 0 };
        next(2)?;
        let base = next(base_size)?;
        for _ in 0..next(2)? {
            parts += 1;
            if parts > MAX_PARTS {
                return Err(TOO_MANY);
            }
            next(index_size)?;
            let (offset, length) = (next(offset_size)?, next(length_size)?);
            if wanted.contains_key(&item) {
                let begins = match method {
                    0 => base.saturating_add(offset),
                    1 => within.saturating_add(base).saturating_add(offset),
                    _ => return Err(UNKNOWN),
                };
                // No length: to the end of the file.
                found.push((item, begins..if length == 0 { u64::MAX } else { begins.saturating_add(length) }));
            }
        }
    }
    Ok(found)
}

pub(super) fn jxl(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    let mut pieces = Pieces::default();
    let length = source.length();
    each(source, 0..length, |_, boxed| {
        if matches!(&boxed.name, b"JXL " | b"ftyp" | b"jxll" | b"jxlc" | b"jxlp") {
            pieces.keep(boxed.at..boxed.end);
        }
        Ok(())
    })?;
    let mut cut = Cut::new("image/jxl", "jxl", pieces);
    cut.pixels = source.pixels();
    Ok(cut)
}
