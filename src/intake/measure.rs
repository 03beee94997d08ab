//! The path of a medium → what is published of it, measured; or why nothing is.

use std::io::{self, Read, Seek};
use std::path::Path;

use crate::article::Medium;
use crate::darkroom::{self, Fault};
use crate::dropped::InboxPath;
use crate::inbox;

/// The longest medium that is carried, in bytes: a long film; what is larger belongs on a streaming host.
const MAX_MEDIUM_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// What lies at a path.
#[derive(Clone, Debug)]
pub(super) enum Measured {
    /// A medium.
    There {
        /// As it is published.
        medium: Medium,
        /// A name of its bytes as they lie in the inbox: what is published of them is no news by itself.
        stated: String,
    },
    /// Nothing, or nothing yet.
    Absent,
    /// Something that is not published; why.
    Unfit(String),
}

/// Hashes and measures a medium.
pub(super) fn measure(inbox: &Path, source: &InboxPath) -> Measured {
    match read(inbox, source) {
        Ok(measured) => measured,
        Err(Fault::Unclean(reason)) => Measured::Unfit(reason.to_owned()),
        Err(Fault::Read(_)) => Measured::Absent,
    }
}

fn read(inbox: &Path, source: &InboxPath) -> Result<Measured, Fault> {
    let extension = source.extension();
    let Some(media_type) = inbox::media_type(&extension) else { return Ok(Measured::Absent) };
    let mut file = inbox::open_medium(inbox, source)?;
    match file.length()? {
        0 => return Ok(Measured::Absent),
        1..=MAX_MEDIUM_BYTES => {}
        _ => return Ok(Measured::Unfit("it has more than 2 GiB; let a streaming host carry it".to_owned())),
    }
    let mut own = blake3::Hasher::new();
    io::copy(&mut Read::by_ref(&mut file).take(MAX_MEDIUM_BYTES), &mut own)?;
    file.rewind()?;
    let cut = darkroom::cut(&mut file, media_type, &extension)?;
    let mut published = blake3::Hasher::new();
    let bytes = cut.write(&mut file, &mut published)?;
    let medium = Medium {
        path: name(&published, cut.extension),
        media_type: cut.media_type.to_owned(),
        bytes,
        pixels: cut.pixels,
    };
    Ok(Measured::There { medium, stated: name(&own, &extension) })
}

/// The document path of these bytes.
fn name(hasher: &blake3::Hasher, extension: &str) -> String {
    let hash = hasher.finalize().to_hex();
    format!("_media/{}.{extension}", &hash[..32])
}
