//! The page in the inbox that tells editors how things stand: written over a page of ours alone, never read.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use rustix::fs::OFlags;

use crate::dropped::InboxPath;
use crate::inbox::files::open_below;
use crate::inbox::names::BOARD;
use crate::inbox::own;

/// The first line of the page, by which it is known as ours. Never to be changed: old ones must still be written over.
pub const MARK: &str = "<!-- syndicated: written anew whenever something changes / 自动更新，请勿编辑 -->";

/// Writes the page, which begins with [`MARK`], whole. False where it was so already, or a file that is not ours has its name.
///
/// # Errors
/// When the inbox cannot be written.
pub fn write(inbox: &Path, page: &str) -> io::Result<bool> {
    let folder = open_below(inbox, &InboxPath::root(), OFlags::RDONLY | OFlags::DIRECTORY)?;
    own::write(&folder, OsStr::new(BOARD), MARK, page.as_bytes())
}
