//! MP4, M4A and QuickTime (ISO 14496-12): boxes that are neither sound nor picture become `free`, their content zeros, in place,
//! so that every offset stays true. Titles and credits stay; places (`©xyz`, `loci`), devices, XMP, pictures and tracks of
//! measurements (a drone's or an action camera's way) go.

use std::io::{Read, Seek};
use std::ops::Range;

use super::boxes::{Boxed, each, free};
use super::pieces::Overwritten;
use super::source::{Source, number};
use super::{Cut, Fault, tracks};

/// What stands at the top of a film.
const TOP: [&[u8; 4]; 11] =
    [b"ftyp", b"styp", b"sidx", b"ssix", b"mfra", b"pdin", b"mdat", b"moof", b"emsg", b"prft", b"wide"];

/// What a film's head holds besides its tracks.
const MOVIE: [&[u8; 4]; 4] = [b"mvhd", b"mvex", b"iods", b"pssh"];

/// What a track holds.
const TRACK: [&[u8; 4]; 7] = [b"tkhd", b"edts", b"tref", b"mdia", b"tapt", b"trgr", b"load"];

/// User data that stays: titles, credits, rights, comments, chapters.
const WORDS: [&[u8; 4]; 32] = [
    b"titl", b"auth", b"perf", b"cprt", b"dscp", b"albm", b"yrrc", b"gnre", b"name", b"chpl", b"\xA9nam", b"\xA9ART",
    b"\xA9aut", b"\xA9cpy", b"\xA9cmt", b"\xA9day", b"\xA9alb", b"\xA9gen", b"\xA9wrt", b"\xA9des", b"aART", b"desc",
    b"ldes", b"trkn", b"disk", b"cpil", b"pcst", b"catg", b"keyw", b"tvsh", b"tvsn", b"tves",
];

pub(super) fn cut(
    source: &mut Source<'_, impl Read + Seek>,
    media_type: &'static str,
    extension: &'static str,
) -> Result<Cut, Fault> {
    let mut edits = Overwritten::default();
    let mut is_film = false;
    let mut plays_ms = None;
    let length = source.length();
    each(source, 0..length, |source, boxed| match &boxed.name {
        b"moov" => {
            is_film = true;
            each(source, boxed.content..boxed.end, |source, boxed| match &boxed.name {
                b"mvhd" => {
                    plays_ms = plays(source, &boxed)?;
                    Ok(())
                }
                b"trak" => track(source, &boxed, &mut edits),
                b"udta" => words(source, boxed.content..boxed.end, &mut edits),
                b"cmov" => Err(Fault::Unclean("its head is compressed, so that nobody can look into it")),
                name if MOVIE.contains(&name) => Ok(()),
                _ => free(&mut edits, &boxed),
            })
        }
        name if TOP.contains(&name) => Ok(()),
        _ => free(&mut edits, &boxed),
    })?;
    if !is_film {
        return Err(Fault::Unclean("it is damaged: neither sound nor picture can be found in it"));
    }
    // By its name, whatever its brand: browsers play both.
    let (media_type, extension) = match media_type {
        "video/mp4" | "video/quicktime" | "audio/mp4" => (media_type, extension),
        sound if sound.starts_with("audio/") => ("audio/mp4", "m4a"),
        _ => ("video/mp4", "mp4"),
    };
    let mut cut = Cut::new(media_type, extension, edits.pieces(length));
    cut.plays_ms = plays_ms;
    Ok(cut)
}

/// How long the film plays, as its head says.
fn plays(source: &mut Source<'_, impl Read + Seek>, head: &Boxed) -> Result<Option<u64>, Fault> {
    let [version] = source.must(head.content)?;
    let (scale, length) = if version == 1 {
        (number(&source.must::<4>(head.content + 20)?), number(&source.must::<8>(head.content + 24)?))
    } else {
        (number(&source.must::<4>(head.content + 12)?), number(&source.must::<4>(head.content + 16)?))
    };
    // All ones: unknown.
    let is_known = length != u64::MAX && length != u64::from(u32::MAX);
    Ok(length.checked_mul(1000).and_then(|length| length.checked_div(scale)).filter(|ms| is_known && *ms > 0))
}

fn track(source: &mut Source<'_, impl Read + Seek>, track: &Boxed, edits: &mut Overwritten) -> Result<(), Fault> {
    if tracks::measures(source, track)? {
        tracks::blank(source, track, edits)?;
        return free(edits, track);
    }
    each(source, track.content..track.end, |source, boxed| match &boxed.name {
        b"udta" => words(source, boxed.content..boxed.end, edits),
        name if TRACK.contains(&name) => Ok(()),
        _ => free(edits, &boxed),
    })
}

/// User data: titles and credits stay, also those in iTunes' list.
fn words(source: &mut Source<'_, impl Read + Seek>, within: Range<u64>, edits: &mut Overwritten) -> Result<(), Fault> {
    each(source, within, |source, boxed| match &boxed.name {
        b"meta" => {
            // Its version and flags, which QuickTime leaves out.
            let is_full = source.bytes(boxed.content, 4)? == Some(&[0; 4]);
            let content = boxed.content + if is_full { 4 } else { 0 };
            each(source, content..boxed.end, |source, boxed| match &boxed.name {
                b"hdlr" => Ok(()),
                b"ilst" => each(source, boxed.content..boxed.end, |_, boxed| {
                    if WORDS.contains(&&boxed.name) { Ok(()) } else { free(edits, &boxed) }
                }),
                _ => free(edits, &boxed),
            })
        }
        name if WORDS.contains(&name) => Ok(()),
        _ => free(edits, &boxed),
    })
}
