//! Bytes → a file under `feeds/`, whole or not at all: temporary file in the same folder, rename.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::Settings;
use crate::catalogue::{DocumentRow, DocumentState};
use crate::dropped::InboxPath;
use crate::inbox;
use crate::media;
use crate::render::RenderError;

/// What the names of temporary files end in; they begin with a dot, so that no web server shows them.
pub(super) const TEMPORARY: &str = ".syndicated-tmp";

/// A document as it lies on the disk.
pub(super) struct Output {
    /// Its bytes; none for media, which are not kept in memory.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) hash: [u8; 32],
    pub(super) size: u64,
    /// When the bytes last changed, seconds since 1970.
    pub(super) modified: i64,
    /// Whether the file was written.
    pub(super) is_written: bool,
}

impl Output {
    /// For what nobody is shown right away: the pages of an import's turn are megabytes.
    pub(super) fn without_bytes(self) -> Self {
        Self { bytes: None, ..self }
    }
}

/// Why there is none.
pub(super) enum Fault {
    /// A fault of ours: it cannot be rendered.
    Render(RenderError),
    /// The disk.
    File(io::Error),
    /// A medium that is no longer in the inbox.
    Lost,
    /// A medium of which other bytes would be published by now than the article was read with: it changed, or a former
    /// program published it otherwise.
    Changed,
}

impl From<RenderError> for Fault {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Whether a write failed as all others will: not because of what lies in one place, or of whose that is.
pub(super) fn concerns_disk(error: &io::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem)
}

/// Writes a document unless its file has these bytes already.
pub(super) fn print(feeds: &Path, row: &DocumentRow, bytes: Vec<u8>, now: i64) -> Result<Output, Fault> {
    let hash = *blake3::hash(&bytes).as_bytes();
    let size = bytes.len() as u64;
    let target = feeds.join(&row.path);
    let output = |bytes, modified, is_written| Output { bytes: Some(bytes), hash, size, modified, is_written };
    if row.hash == Some(hash) && row.state != DocumentState::Suspect {
        return Ok(output(bytes, row.modified, false));
    }
    if row.state == DocumentState::Suspect
        && let Some(dated) = same_on_disk(&target, &bytes)
    {
        let modified = if row.hash == Some(hash) { row.modified } else { dated.min(now).max(row.modified) };
        return Ok(output(bytes, modified, false));
    }
    // The very bytes that readers saw keep their date; others get a later one, never an earlier.
    let modified = if row.hash == Some(hash) { row.modified } else { now.max(row.modified + 1) };
    whole(&target, modified, |file| file.write_all(&bytes))?;
    Ok(output(bytes, modified, true))
}

/// Writes what is published of a medium, whose name is the hash of those bytes, and makes sure that it is.
pub(super) fn carry(settings: &Settings, row: &DocumentRow, source: &InboxPath, now: i64) -> Result<Output, Fault> {
    let target = settings.feeds.join(&row.path);
    let wanted = row.path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if let Ok(mut file) = File::open(&target) {
        let mut sum = Sum::of(io::sink());
        if io::copy(&mut file, &mut sum).is_ok() && sum.hash().to_hex().starts_with(wanted) {
            return Ok(sum.output(row.modified.max(1), false));
        }
    }
    let mut medium = match settings.inbox.open_medium(source) {
        Ok(medium) => medium,
        // It is there, as far as anybody knows.
        Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(Fault::File(error)),
        Err(_) => return Err(Fault::Lost),
    };
    let extension = source.extension();
    let cut = match media::cut(&mut medium, inbox::media_type(&extension).unwrap_or_default(), &extension) {
        Ok(cut) => cut,
        Err(media::Fault::Unclean(_)) => return Err(Fault::Changed),
        Err(media::Fault::Read(error)) => return Err(Fault::File(error)),
    };
    let mut carried = None;
    let mut attempt = |fill: &mut dyn FnMut(&mut Sum<&mut File>) -> io::Result<()>| {
        let written = whole(&target, now, |file| {
            let mut sum = Sum::of(file);
            fill(&mut sum)?;
            if !sum.hash().to_hex().starts_with(wanted) {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the medium changed"));
            }
            carried = Some(sum.output(now, true));
            Ok(())
        });
        match written {
            // Other bytes, or fewer, than the article was read with.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
                Ok(false)
            }
            Err(error) => Err(Fault::File(error)),
            Ok(()) => Ok(true),
        }
    };
    let mut is_carried = match settings.picture_cache.bytes_of(&row.path) {
        Some(picture) => attempt(&mut |to| to.write_all(&picture))?,
        None => false,
    };
    if !is_carried {
        is_carried = attempt(&mut |to| cut.write(&mut medium, to).map(|_| ()))?;
    }
    if !is_carried && let Some(small) = cut.smaller(&mut medium) {
        is_carried = attempt(&mut |to| to.write_all(&small.bytes))?;
    }
    carried.filter(|_| is_carried).ok_or(Fault::Changed)
}

/// Passes bytes on and sums them up.
struct Sum<W> {
    to: W,
    hasher: blake3::Hasher,
    size: u64,
}

impl<W> Sum<W> {
    fn of(to: W) -> Self {
        Self { to, hasher: blake3::Hasher::new(), size: 0 }
    }

    fn hash(&self) -> blake3::Hash {
        self.hasher.finalize()
    }

    fn output(&self, modified: i64, is_written: bool) -> Output {
        Output { bytes: None, hash: *self.hash().as_bytes(), size: self.size, modified, is_written }
    }
}

impl<W: Write> Write for Sum<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Whether a file has these bytes; if so, its date.
fn same_on_disk(target: &Path, bytes: &[u8]) -> Option<i64> {
    let metadata = fs::symlink_metadata(target).ok()?;
    if !metadata.is_file() || metadata.len() != bytes.len() as u64 || fs::read(target).ok()? != bytes {
        return None;
    }
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// Makes a file appear whole.
fn whole(target: &Path, modified: i64, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let temporary = temporary(target);
    let mut file = match File::create(&temporary) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(&temporary)?
        }
        other => other?,
    };
    let filled = fill(&mut file).and_then(|()| {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(modified).unwrap_or(0));
        file.set_modified(at)?;
        replace(&temporary, target)
    });
    if filled.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    filled
}

/// Puts a file in its place. Where one lies there the two change places, and the old one is removed: what is renamed over a file
/// ext4 writes to the disk at once (ext4(5), `auto_da_alloc`), which takes four times as long, and ours is synced later.
fn replace(temporary: &Path, target: &Path) -> io::Result<()> {
    let exchange = || renameat_with(CWD, temporary, CWD, target, RenameFlags::EXCHANGE);
    let is_file = fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_file());
    // Not every file system can; what is wrong otherwise, the plain way says.
    if !is_file || exchange().is_err() {
        return fs::rename(temporary, target);
    }
    fs::remove_file(temporary).inspect_err(|_| {
        // It was no file any more, and is nobody's to take away.
        let _ = exchange();
    })
}

/// Removes a document, and what a write of it left where that could be neither ended nor undone.
///
/// # Errors
/// When one of them is there still.
pub fn remove(target: &Path) -> io::Result<()> {
    use io::ErrorKind::{NotADirectory, NotFound};
    let away = |path: &Path| match fs::remove_file(path) {
        Err(error) if !matches!(error.kind(), NotFound | NotADirectory) => Err(error),
        _ => Ok(()),
    };
    let removed = away(target);
    away(&temporary(target)).and(removed)
}

/// The hash of its name stands for it: at the length limit there is no room for more, and two documents that are written at
/// one time never share a file.
fn temporary(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    let hash = blake3::hash(name.as_bytes()).to_hex();
    target.with_file_name(format!(".{}{TEMPORARY}", &hash[..32]))
}
