//! The boxes of an ISO file (ISO 14496-12): films, sound and HEIF pictures are made of them. One is looked at, or emptied in place.

use std::io::{Read, Seek};
use std::ops::Range;

use super::pieces::Overwritten;
use super::source::{Source, number};
use super::{Fault, MAX_PARTS, MISFIT, TOO_MANY};

/// A box: its name, where it begins, where its content begins, and where it ends.
#[derive(Clone, Debug)]
pub(super) struct Boxed {
    pub(super) name: [u8; 4],
    pub(super) at: u64,
    pub(super) content: u64,
    pub(super) end: u64,
}

/// The box that begins at `at` and lies within `limit`; none at the end.
///
/// # Errors
/// When it reaches beyond `limit`: then nothing certain can be said of what follows.
pub(super) fn next(source: &mut Source<'_, impl Read + Seek>, at: u64, limit: u64) -> Result<Option<Boxed>, Fault> {
    // QuickTime ends lists of user data with a zero.
    if at + 8 > limit {
        return Ok(None);
    }
    let head: [u8; 8] = source.must(at)?;
    let name = <[u8; 4]>::try_from(&head[4..]).unwrap_or_default();
    let (content, length) = match number(&head[..4]) {
        0 => (at + 8, limit - at),
        1 => (at + 16, number(&source.must::<8>(at + 8)?)),
        length => (at + 8, length),
    };
    let end = at.checked_add(length).ok_or(MISFIT)?;
    if end > limit && &name == b"mdat" && limit == source.length() {
        // A film that was cut short is still a film.
        return Ok(Some(Boxed { name, at, content: content.min(limit), end: limit }));
    }
    if end > limit || content > end {
        return Err(MISFIT);
    }
    Ok(Some(Boxed { name, at, content, end }))
}

/// Calls `see` for each box within a stretch.
pub(super) fn each<R: Read + Seek>(
    source: &mut Source<'_, R>,
    within: Range<u64>,
    mut see: impl FnMut(&mut Source<'_, R>, Boxed) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut at = within.start;
    for _ in 0..MAX_PARTS {
        let Some(boxed) = next(source, at, within.end)? else { return Ok(()) };
        at = boxed.end;
        see(source, boxed)?;
    }
    Err(TOO_MANY)
}

/// Makes a box one that holds nothing.
pub(super) fn free(edits: &mut Overwritten, boxed: &Boxed) -> Result<(), Fault> {
    edits.make(boxed.at + 4, *b"free")?;
    edits.blank(boxed.content..boxed.end)
}
