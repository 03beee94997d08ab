//! The inbox's files and folders as they lie on disk: looked at, listed, opened and read, never through a symlink below
//! the inbox, never a device or a pipe. "Not there" and "not allowed" stay apart: only the first may mean a deletion.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path};
use std::time::SystemTime;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, ResolveFlags, fstat, openat, openat2, statat};
use rustix::io::Errno;

use crate::dropped::{InboxPath, Look};
use crate::inbox::names::{never_entered, never_read};
use crate::mount;

/// How often an open is tried again when somebody renames folders above the file meanwhile (openat2(2), EAGAIN).
const RACES: usize = 8;

/// What one folder holds, without what is never read or entered, in the order of the bytes of the names.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Listing {
    /// Regular files with a look at each.
    pub files: Vec<(InboxPath, Look)>,
    /// Folders to be listed in turn.
    pub folders: Vec<InboxPath>,
}

/// What reading a file gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it; nobody wrote meanwhile.
    Whole {
        /// The content.
        bytes: Vec<u8>,
        /// The look that belongs to exactly these bytes.
        look: Look,
    },
    /// It changed while it was read: not ready yet.
    Changed,
    /// It is longer than allowed.
    TooLarge {
        /// Its length in bytes.
        size: u64,
    },
}

/// What became of the inbox itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// It can be listed.
    Present {
        /// Which folder it is: another one means that another disk was mounted over it, its own taken away, or that it was made
        /// anew.
        identity: String,
    },
    /// Nothing there, or no folder.
    Gone,
    /// Something is there that we may not, or cannot, list.
    Unreadable,
    /// It does not answer: its server, or the way there.
    Silent,
}

/// A look at a file. None where there is none, or no regular file.
///
/// # Errors
/// When it cannot be looked at, which does not mean that it is gone (`PermissionDenied`, a dead mount).
pub fn look(inbox: &Path, file: &InboxPath) -> io::Result<Option<Look>> {
    match fs::symlink_metadata(file.under(inbox)) {
        Ok(meta) if meta.is_file() => Ok(Some(look_of(&meta))),
        Ok(_) => Ok(None),
        Err(e) if is_absent(&e) => Ok(None),
        Err(e) => Err(e),
    }
}

/// The same of a file on a share, whose looks a client keeps for a minute: it asks the server when a file is opened (the
/// close-to-open consistency of nfs(5)). A file that may not be opened is looked at as it is.
///
/// # Errors
/// As [`look`].
pub(super) fn look_anew(inbox: &Path, file: &InboxPath) -> io::Result<Option<Look>> {
    let Some(kept) = look(inbox, file)? else { return Ok(None) };
    match open(inbox, file).and_then(|file| file.metadata()) {
        Ok(meta) => Ok(Some(look_of(&meta))),
        Err(e) if is_absent(&e) => Ok(None),
        Err(_) => Ok(Some(kept)),
    }
}

/// Opens a regular file below the inbox for reading; no symlink on the way, and a pipe does not make it wait.
///
/// # Errors
/// `NotFound`, `PermissionDenied` and the like as the system says; `InvalidInput` for what is no regular file.
pub fn open(inbox: &Path, file: &InboxPath) -> io::Result<File> {
    let fd = open_below(inbox, file, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY)?;
    if FileType::from_raw_mode(fstat(&fd)?.st_mode) != FileType::RegularFile {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok(File::from(fd))
}

/// Reads a whole file of at most `max` bytes.
///
/// # Errors
/// As [`open`], and when reading fails.
pub fn read(inbox: &Path, file: &InboxPath, max: u64) -> io::Result<Reading> {
    let mut open = open(inbox, file)?;
    let before = look_of(&open.metadata()?);
    if before.size > max {
        return Ok(Reading::TooLarge { size: before.size });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.size).unwrap_or(0).saturating_add(1));
    // One byte more than the look promised: a file that grew is noticed without reading on for ever.
    (&mut open).take(before.size.saturating_add(1)).read_to_end(&mut bytes)?;
    let after = look_of(&open.metadata()?);
    if before != after || bytes.len() as u64 != before.size {
        return Ok(Reading::Changed);
    }
    Ok(Reading::Whole { bytes, look: after })
}

/// What a folder holds. Symlinks, devices, pipes and sockets are passed over, and so is what vanishes meanwhile.
///
/// # Errors
/// `NotFound` or `NotADirectory` where there is no such folder; anything else means it is there and cannot be read whole:
/// then nothing below it may be taken for missing.
pub fn list(inbox: &Path, folder: &InboxPath) -> io::Result<Listing> {
    let fd = open_below(inbox, folder, OFlags::RDONLY | OFlags::DIRECTORY)?;
    let mut listing = Listing::default();
    for entry in Dir::read_from(&fd)? {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        let stat = match entry.file_type() {
            FileType::Directory if never_entered(name) => continue,
            FileType::Directory => {
                listing.folders.push(folder.join(name));
                continue;
            }
            FileType::RegularFile if never_read(name) => continue,
            // Some file systems do not say in the listing.
            FileType::RegularFile | FileType::Unknown => match statat(&fd, name, AtFlags::SYMLINK_NOFOLLOW) {
                Err(Errno::NOENT) => continue,
                stat => stat?,
            },
            _ => continue,
        };
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::Directory if !never_entered(name) => listing.folders.push(folder.join(name)),
            FileType::RegularFile if !never_read(name) => listing.files.push((folder.join(name), look_of_stat(&stat))),
            _ => {}
        }
    }
    listing.files.sort_unstable_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    listing.folders.sort_unstable_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
    Ok(listing)
}

/// Whether the inbox itself is there and can be listed. It may be a symlink; only what is below it may not.
#[must_use]
pub fn root_state(inbox: &Path) -> Root {
    let present = fs::metadata(inbox).and_then(|meta| fs::read_dir(inbox).map(|_| identity(&meta)));
    match present {
        Ok(identity) => Root::Present { identity },
        Err(e) if is_absent(&e) => Root::Gone,
        Err(_) => Root::Unreadable,
    }
}

/// Device, inode and date of birth of a folder.
fn identity(meta: &fs::Metadata) -> String {
    // A folder made anew is often given the inode of the one just removed; not all file systems know when it was made.
    let born = meta.created().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{}:{}:{}", meta.dev(), meta.ino(), born.as_nanos())
}

/// Whether the inbox lies where the kernel does not tell us what other machines write: then only looking helps.
/// What cannot be examined is not polled: [`root_state`] tells what is wrong with it.
#[must_use]
pub fn needs_polling(inbox: &Path) -> bool {
    mount::remote(inbox).is_ok_and(|name| name.is_some())
}

/// Opens something below the inbox without ever following a symlink below it.
pub(super) fn open_below(inbox: &Path, path: &InboxPath, flags: OFlags) -> io::Result<OwnedFd> {
    let root = rustix::fs::open(inbox, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let flags = flags | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let relative = if path.is_root() { Path::new(".") } else { path.as_path() };
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    for _ in 0..RACES {
        match openat2(&root, relative, flags, Mode::empty(), resolve) {
            Ok(fd) => return Ok(fd),
            Err(Errno::AGAIN) => {}
            // No such call before Linux 5.6; some container sandboxes forbid it with EPERM.
            Err(Errno::NOSYS | Errno::PERM) => return open_by_steps(root, relative, flags),
            Err(e) => return Err(e.into()),
        }
    }
    Err(Errno::AGAIN.into())
}

/// The same, one folder after the other.
fn open_by_steps(root: OwnedFd, relative: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let mut at = root;
    let mut steps = relative.components().peekable();
    while let Some(step) = steps.next() {
        let name = match step {
            Component::Normal(name) => name,
            Component::CurDir => OsStr::new("."),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidInput, "leads out of the inbox")),
        };
        let step_flags = match steps.peek() {
            Some(_) => OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            None => flags,
        };
        at = openat(at.as_fd(), name, step_flags, Mode::empty())?;
    }
    Ok(at)
}

fn is_absent(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn look_of(meta: &fs::Metadata) -> Look {
    Look {
        size: meta.size(),
        mtime_ns: nanoseconds(meta.mtime(), meta.mtime_nsec()),
        ctime_ns: nanoseconds(meta.ctime(), meta.ctime_nsec()),
        inode: meta.ino(),
    }
}

// The widths of `stat`'s fields differ between architectures; a negative size does not occur.
#[allow(clippy::useless_conversion, clippy::unnecessary_cast)]
fn look_of_stat(stat: &rustix::fs::Stat) -> Look {
    Look {
        size: u64::try_from(stat.st_size).unwrap_or(0),
        mtime_ns: nanoseconds(i64::from(stat.st_mtime), stat.st_mtime_nsec as i64),
        ctime_ns: nanoseconds(i64::from(stat.st_ctime), stat.st_ctime_nsec as i64),
        inode: stat.st_ino as u64,
    }
}

/// Saturates: a date beyond the year 2262 on a broken disk is no reason to stop.
fn nanoseconds(seconds: i64, nanos: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(nanos)
}
