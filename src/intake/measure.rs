//! The path of a medium → what is published of it, measured; or why nothing is.

use std::io::{self, Read, Seek};

use super::file_reader::{FileReader, Haste};
use crate::article::Medium;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::media::{self, Fault};
use crate::parse;

/// The longest medium that is carried, in bytes: a long film; what is larger belongs on a streaming host.
const MAX_MEDIUM_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// The longest medium that is measured while others wait, in bytes: a tenth of a second of reading.
pub(super) const MAX_QUICK_BYTES: u64 = 64 * 1024 * 1024;

/// What lies at a path.
#[derive(Clone, Debug)]
pub(super) enum Measured {
    /// A medium.
    There {
        /// As it is published.
        medium: Medium,
        /// A name of its bytes as they lie in the inbox: what is published of them is no news by itself.
        stated: String,
        /// Who made it, as it says itself.
        credit: Option<String>,
    },
    /// Nothing, or nothing yet.
    Absent,
    /// Something that is not published; why.
    Unfit(String),
    /// Something that takes time to measure; only told where others wait.
    Slow,
}

/// Hashes and measures a medium, and has a smaller picture made of one that is too large for pages.
pub(super) fn measure(reader: &FileReader, source: &InboxPath, haste: Haste) -> Measured {
    match read(reader, source, haste) {
        Ok(measured) => measured,
        Err(Fault::Unclean(reason)) => Measured::Unfit(reason.to_owned()),
        Err(Fault::Read(_)) => Measured::Absent,
    }
}

fn read(reader: &FileReader, source: &InboxPath, haste: Haste) -> Result<Measured, Fault> {
    let extension = source.extension();
    let Some(media_type) = inbox::media_type(&extension) else { return Ok(Measured::Absent) };
    let mut file = inbox::open_medium(&reader.inbox, source)?;
    match file.length()? {
        0 => return Ok(Measured::Absent),
        MAX_QUICK_BYTES.. if haste == Haste::OthersWait => return Ok(Measured::Slow),
        1..=MAX_MEDIUM_BYTES => {}
        _ => return Ok(Measured::Unfit("it has more than 2 GiB; let a streaming host carry it".to_owned())),
    }
    let mut own = blake3::Hasher::new();
    io::copy(&mut Read::by_ref(&mut file).take(MAX_MEDIUM_BYTES), &mut own)?;
    file.rewind()?;
    let cut = media::cut(&mut file, media_type, &extension)?;
    let mut published = blake3::Hasher::new();
    let bytes = cut.write(&mut file, &mut published)?;
    let medium = Medium {
        path: Medium::path_of(&published.finalize(), cut.extension),
        media_type: cut.media_type.to_owned(),
        bytes,
        pixels: cut.pixels,
        seconds: match cut.plays_ms {
            Some(ms) => Some(u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX)),
            None if cut.media_type.starts_with("audio/") => parse::sound::seconds(&mut file),
            None => None,
        },
        original: None,
    };
    let small = match reader.picture_cache.small_of(&medium.path) {
        Some(known) => known,
        None if !cut.is_oversized() => None,
        None if haste == Haste::OthersWait => return Ok(Measured::Slow),
        None => {
            let made = cut.smaller(&mut file);
            let small = made.as_ref().map(|made| Medium {
                path: Medium::path_of(&blake3::hash(&made.bytes), made.extension),
                media_type: made.media_type.to_owned(),
                bytes: made.bytes.len() as u64,
                pixels: Some(made.pixels),
                seconds: None,
                original: None,
            });
            reader.picture_cache.insert(&medium.path, small.as_ref().zip(made.map(|made| made.bytes)));
            small
        }
    };
    let medium = match small {
        Some(small) => Medium { original: Some(Box::new(medium)), ..small },
        None => medium,
    };
    Ok(Measured::There { medium, stated: Medium::path_of(&own.finalize(), &extension), credit: cut.credit })
}
