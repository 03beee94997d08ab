//! Files of our own making in the inbox, known by their first line: written whole, and nothing of anybody else's ever touched.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;

use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags, openat, renameat, renameat_with, unlinkat};
use rustix::io::Errno;

use crate::name::short_hash;

/// May stand before the mark.
const BOM: &str = "\u{feff}";

/// More of an existing file is not read, in bytes: ours are shorter, longer ones differ in any case.
const MAX_OWN: u64 = 1024 * 1024;

/// What has the name now.
enum Existing {
    None,
    Ours(Vec<u8>),
    Foreign,
}

/// Writes a file that begins with `mark` unless it has these bytes already. False where nothing was to do, or a file that is
/// not ours has the name.
///
/// # Errors
/// When the folder cannot be written.
pub(super) fn write(folder: &OwnedFd, name: &OsStr, mark: &str, bytes: &[u8]) -> io::Result<bool> {
    let absent = match existing(folder, name, mark)? {
        Existing::Ours(former) if former == bytes => return Ok(false),
        Existing::Foreign => return Ok(false),
        Existing::Ours(_) => false,
        Existing::None => true,
    };
    let temporary = format!(".syndicated-{}.tmp", short_hash(&name.to_string_lossy()));
    unlink(folder, OsStr::new(&temporary))?;
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let fd = openat(folder, temporary.as_str(), flags, Mode::from_raw_mode(0o644))?;
    let written = File::from(fd).write_all(bytes).and_then(|()| {
        let kept = if absent { RenameFlags::NOREPLACE } else { RenameFlags::empty() };
        match renameat_with(folder, temporary.as_str(), folder, name, kept) {
            Ok(()) => Ok(true),
            // Somebody else's file came first.
            Err(Errno::EXIST) => Ok(false),
            // Network file systems cannot refuse to replace.
            Err(Errno::INVAL | Errno::NOSYS) => {
                renameat(folder, temporary.as_str(), folder, name).map(|()| true).map_err(io::Error::from)
            }
            Err(e) => Err(e.into()),
        }
    });
    if !matches!(written, Ok(true)) {
        unlink(folder, OsStr::new(&temporary))?;
    }
    written
}

/// Removes a file, if it begins with `mark`. False where there is none.
///
/// # Errors
/// When the folder cannot be written.
pub(super) fn remove(folder: &OwnedFd, name: &OsStr, mark: &str) -> io::Result<bool> {
    match existing(folder, name, mark)? {
        Existing::Ours(_) => unlink(folder, name),
        Existing::Foreign | Existing::None => Ok(false),
    }
}

fn existing(folder: &OwnedFd, name: &OsStr, mark: &str) -> io::Result<Existing> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match openat(folder, name, flags, Mode::empty()) {
        Ok(fd) => File::from(fd),
        Err(Errno::NOENT) => return Ok(Existing::None),
        // A symlink, or what we may not read: not of our making.
        Err(Errno::LOOP | Errno::ACCESS | Errno::NXIO) => return Ok(Existing::Foreign),
        Err(e) => return Err(e.into()),
    };
    if !file.metadata()?.is_file() {
        return Ok(Existing::Foreign);
    }
    let mut bytes = Vec::new();
    file.take(MAX_OWN).read_to_end(&mut bytes)?;
    let ours = bytes
        .strip_prefix(BOM.as_bytes())
        .unwrap_or(&bytes)
        .strip_prefix(mark.as_bytes())
        .is_some_and(|rest| rest.first().is_none_or(|b| matches!(b, b'\r' | b'\n')));
    Ok(if ours { Existing::Ours(bytes) } else { Existing::Foreign })
}

fn unlink(folder: &OwnedFd, name: &OsStr) -> io::Result<bool> {
    match unlinkat(folder, name, AtFlags::empty()) {
        Ok(()) => Ok(true),
        Err(Errno::NOENT) => Ok(false),
        Err(e) => Err(e.into()),
    }
}
