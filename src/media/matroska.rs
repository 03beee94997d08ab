//! WebM and Matroska (RFC 9559): tags, attachments, dates, file names and the writing program are overwritten where they stand,
//! by elements that mean nothing (EBML, RFC 8794, "Void"); sound, picture, title and chapters stay.

use std::io::{Read, Seek};
use std::ops::Range;

use super::pieces::Overwritten;
use super::source::{Source, number};
use super::{CUT_SHORT, Cut, Fault, MAX_PARTS, TOO_MANY, UNRECOGNISED};

const EBML: u32 = 0x1A45_DFA3;
const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1F43_B675;
const INFO: u32 = 0x1549_A966;
const VOID: u32 = 0xEC;

/// Parts of a segment that stay as they are: where its parts lie, its tracks, cues and chapters.
const KEPT: [u32; 4] = [0x114D_9B74, 0x1654_AE6B, 0x1C53_BB6B, 0x1043_A770];

/// Parts of a cluster, by which the end of one that does not state its length is found.
const IN_CLUSTERS: [u32; 9] = [0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854, 0xAF, 0xBF, VOID];

/// What is kept of what a file says of itself: scale and length of its time, its title, the library that wrote it.
const KEPT_INFO: [u32; 4] = [0x2A_D7B1, 0x4489, 0x7BA9, 0x4D80];

/// The program that wrote it, which no file may lack: it stays, without its name.
const WRITING_APP: u32 = 0x5741;

/// The longest head of an element: four bytes of identifier, eight of length.
const LONGEST_HEAD: u64 = 12;

/// An element's head.
struct Element {
    id: u32,
    /// Where its content begins.
    inner: u64,
    /// Where it ends; none: it does not say.
    end: Option<u64>,
}

pub(super) fn cut(
    source: &mut Source<'_, impl Read + Seek>,
    media_type: &'static str,
    extension: &'static str,
) -> Result<Cut, Fault> {
    let mut parts = Parts { changes: Overwritten::default(), count: 0 };
    let head = element(source, 0, source.length())?;
    let mut at = head.end.filter(|_| head.id == EBML).ok_or(CUT_SHORT)?;
    let segment = element(source, at, source.length())?;
    if segment.id != SEGMENT {
        return Err(UNRECOGNISED);
    }
    let end = segment.end.unwrap_or(source.length()).min(source.length());
    at = segment.inner;
    while at < end {
        let part = element(source, at, end)?;
        parts.count()?;
        at = match (part.id, part.end) {
            // A recording that was cut off ends in the middle of one.
            (CLUSTER, Some(cluster)) => cluster.min(end),
            (CLUSTER, None) => parts.pass_cluster(source, part.inner, end)?,
            (_, None) => return Err(CUT_SHORT),
            (_, Some(over)) if over > end => return Err(CUT_SHORT),
            (INFO, Some(info)) => {
                parts.clean_info(source, part.inner..info)?;
                info
            }
            (id, Some(next)) if KEPT.contains(&id) => next,
            (_, Some(next)) => {
                parts.void(at..next)?;
                next
            }
        };
    }
    // What stands behind is none of it.
    Ok(Cut::new(media_type, extension, parts.changes.pieces(end)))
}

struct Parts {
    changes: Overwritten,
    count: usize,
}

impl Parts {
    fn count(&mut self) -> Result<(), Fault> {
        self.count += 1;
        if self.count > MAX_PARTS { Err(TOO_MANY) } else { Ok(()) }
    }

    /// Where a cluster ends that does not say it: before what is no part of one.
    fn pass_cluster(&mut self, source: &mut Source<'_, impl Read + Seek>, from: u64, end: u64) -> Result<u64, Fault> {
        let mut at = from;
        while at < end {
            // The last block may be cut off, in its head too.
            let Ok(block) = element(source, at, end) else { return Ok(end) };
            if !IN_CLUSTERS.contains(&block.id) {
                return Ok(at);
            }
            self.count()?;
            at = block.end.ok_or(CUT_SHORT)?.min(end);
        }
        Ok(end)
    }

    fn clean_info(&mut self, source: &mut Source<'_, impl Read + Seek>, info: Range<u64>) -> Result<(), Fault> {
        let mut at = info.start;
        while at < info.end {
            let part = element(source, at, info.end)?;
            let next = part.end.filter(|next| *next <= info.end).ok_or(CUT_SHORT)?;
            self.count()?;
            if part.id == WRITING_APP {
                self.changes.blank(part.inner..next)?;
            } else if !KEPT_INFO.contains(&part.id) {
                self.void(at..next)?;
            }
            at = next;
        }
        Ok(())
    }

    /// Puts an element that means nothing in the place of others.
    fn void(&mut self, range: Range<u64>) -> Result<(), Fault> {
        let length = range.end - range.start;
        let head = match length {
            0 | 1 => return Err(CUT_SHORT),
            2..10 => vec![0xEC, 0x80 | (length - 2) as u8],
            _ => {
                let size = (length - 9).to_be_bytes();
                [&[0xEC, 0x01], &size[1..]].concat()
            }
        };
        self.changes.blank(range.start + head.len() as u64..range.end)?;
        self.changes.make(range.start, head)
    }
}

/// The element that begins at a place, with its head before `end`.
fn element(source: &mut Source<'_, impl Read + Seek>, at: u64, end: u64) -> Result<Element, Fault> {
    let head = source.some(at, end.saturating_sub(at).min(LONGEST_HEAD) as usize)?;
    let first = *head.first().ok_or(CUT_SHORT)?;
    let id_length = first.leading_zeros() as usize + 1;
    let id = head.get(..id_length).filter(|_| id_length <= 4).ok_or(CUT_SHORT)?;
    let id = u32::try_from(number(id)).unwrap_or_default();
    let sized = *head.get(id_length).ok_or(CUT_SHORT)?;
    let size_length = sized.leading_zeros() as usize + 1;
    let size = head.get(id_length..id_length + size_length).filter(|_| size_length <= 8).ok_or(CUT_SHORT)?;
    let marked = number(size);
    let unknown = (1 << (7 * size_length)) - 1;
    let size = marked & unknown;
    let inner = at + (id_length + size_length) as u64;
    Ok(Element { id, inner, end: (size != unknown).then(|| inner.saturating_add(size)) })
}
