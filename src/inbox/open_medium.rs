//! The path of a medium → its bytes: a file of the inbox, or a part of one, where the path leads through it
//! (`story.docx/word/media/image1.png`). All that measures or carries media opens them here.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use super::files::open;
use crate::dropped::InboxPath;
use crate::package::Package;

/// An open medium.
#[derive(Debug)]
pub enum OpenMedium {
    /// A file by itself.
    File(File),
    /// A part of a package, inflated within the limits of [`crate::package`].
    Part(Cursor<Vec<u8>>),
}

impl OpenMedium {
    /// Its length in bytes.
    ///
    /// # Errors
    /// When the file cannot be looked at.
    pub fn length(&self) -> io::Result<u64> {
        match self {
            Self::File(file) => Ok(file.metadata()?.len()),
            Self::Part(part) => Ok(part.get_ref().len() as u64),
        }
    }
}

impl Read for OpenMedium {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Part(part) => part.read(buffer),
        }
    }
}

impl Seek for OpenMedium {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Part(part) => part.seek(to),
        }
    }
}

/// Opens a medium; the file it is or lies in as [`open`] does, never through a symlink.
///
/// # Errors
/// As [`open`]; `InvalidData` for a package that cannot be read, `NotFound` for a part it does not have.
pub fn open_medium(inbox: &Path, source: &InboxPath) -> io::Result<OpenMedium> {
    match open(inbox, source) {
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => open_part(inbox, source),
        opened => opened.map(OpenMedium::File),
    }
}

fn open_part(inbox: &Path, source: &InboxPath) -> io::Result<OpenMedium> {
    let mut file = source.folder();
    while !file.is_root() {
        match open(inbox, &file) {
            // Still below the package.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => file = file.folder(),
            Err(error) => return Err(error),
            Ok(package) => {
                let part = source.as_path().strip_prefix(file.as_path()).map_err(io::Error::other)?;
                let mut package = Package::open(package).map_err(invalid)?;
                let bytes = package.part(&part.to_string_lossy()).map_err(invalid)?;
                return bytes.map(|bytes| OpenMedium::Part(Cursor::new(bytes))).ok_or(io::ErrorKind::NotFound.into());
            }
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

fn invalid(rejection: crate::rejection::Rejection) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, rejection)
}
