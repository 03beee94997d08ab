//! Tracks of an MP4 that are neither seen nor heard: whether a track holds measurements, and how its samples are taken out.

use std::io::{Read, Seek};

use super::Fault;
use super::boxes::{Boxed, each};
use super::pieces::Overwritten;
use super::source::{Source, number};

/// Handlers of tracks that hold what a device measured: QuickTime's and GoPro's `meta`, Google's `camm`.
const MEASURING: [&[u8; 4]; 2] = [b"meta", b"camm"];

/// The box that lies at the end of these names below another.
fn below<R: Read + Seek>(
    source: &mut Source<'_, R>,
    outer: &Boxed,
    names: &[&[u8; 4]],
) -> Result<Option<Boxed>, Fault> {
    let mut at = outer.clone();
    for name in names {
        let mut found = None;
        each(source, at.content..at.end, |_, boxed| {
            if &&boxed.name == name {
                found.get_or_insert(boxed);
            }
            Ok(())
        })?;
        match found {
            Some(boxed) => at = boxed,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// Whether a track holds measurements.
pub(super) fn measures(source: &mut Source<'_, impl Read + Seek>, track: &Boxed) -> Result<bool, Fault> {
    let Some(handler) = below(source, track, &[b"mdia", b"hdlr"])? else { return Ok(false) };
    let kind: [u8; 4] = source.must(handler.content + 8)?;
    Ok(MEASURING.contains(&&kind))
}

/// Overwrites a track's samples, wherever they lie in the file.
///
/// # Errors
/// When that cannot be told, or they are too many: then they cannot be taken out.
pub(super) fn blank(
    source: &mut Source<'_, impl Read + Seek>,
    track: &Boxed,
    edits: &mut Overwritten,
) -> Result<(), Fault> {
    const UNKNOWN: Fault = Fault::Unclean("it holds measurements that cannot be taken out");
    let Some(table) = below(source, track, &[b"mdia", b"minf", b"stbl"])? else { return Err(UNKNOWN) };
    let Some(sizes) = below(source, &table, &[b"stsz"])? else { return Err(UNKNOWN) };
    let Some(runs) = below(source, &table, &[b"stsc"])? else { return Err(UNKNOWN) };
    let (chunks, wide) = match below(source, &table, &[b"stco"])? {
        Some(chunks) => (chunks, 4),
        None => (below(source, &table, &[b"co64"])?.ok_or(UNKNOWN)?, 8),
    };
    // Only within its own box: a table that says it is longer is no table.
    let mut at = |table: &Boxed, place: u64, length: u64| -> Result<u64, Fault> {
        let place = table.content + place;
        let bytes = if place + length <= table.end { source.bytes(place, length as usize)? } else { None };
        bytes.map(number).ok_or(UNKNOWN)
    };
    let (same, samples) = (at(&sizes, 4, 4)?, at(&sizes, 8, 4)?);
    let (chunk_count, run_count) = (at(&chunks, 4, 4)?, at(&runs, 4, 4)?);
    let (mut sample, mut run, mut of_chunk) = (0, 0, 0);
    for chunk in 0..chunk_count {
        // The next run begins with this chunk (they are counted from 1).
        if run < run_count && at(&runs, 8 + 12 * run, 4)? == chunk + 1 {
            of_chunk = at(&runs, 8 + 12 * run + 4, 4)?;
            run += 1;
        }
        let begins = at(&chunks, 8 + wide * chunk, wide)?;
        let here = of_chunk.min(samples - sample);
        let mut length = same.saturating_mul(here);
        if same == 0 {
            for sample in sample..sample + here {
                length = length.saturating_add(at(&sizes, 12 + 4 * sample, 4)?);
            }
        }
        sample += here;
        edits.blank(begins..begins.saturating_add(length))?;
    }
    Ok(())
}
