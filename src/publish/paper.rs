//! Bytes → a file under `feeds/`, whole or not at all: temporary file in the same folder, rename.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::catalogue::{DocumentRow, Printing};
use crate::inbox::OpenMedium;
use crate::render::RenderError;

/// What the names of temporary files end in; they begin with a dot, so that no web server shows them.
pub(super) const TEMPORARY: &str = ".syndicated-tmp";

/// A document as it lies on the disk.
pub(super) struct Paper {
    /// Its bytes; none for media, which are not kept in memory.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) hash: [u8; 32],
    pub(super) size: u64,
    /// When the bytes last changed, seconds since 1970.
    pub(super) modified: i64,
    /// Whether the file was written.
    pub(super) fresh: bool,
}

/// Why there is none.
pub(super) enum Fault {
    /// A fault of ours: it cannot be rendered.
    Render(RenderError),
    /// The disk.
    File(io::Error),
    /// A medium that is no longer in the inbox as the article was read with.
    Lost,
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

/// Writes a document unless its file has these bytes already.
pub(super) fn print(feeds: &Path, row: &DocumentRow, bytes: Vec<u8>, now: i64) -> Result<Paper, Fault> {
    let hash = *blake3::hash(&bytes).as_bytes();
    let size = bytes.len() as u64;
    let target = feeds.join(&row.path);
    let paper = |bytes, modified, fresh| Paper { bytes: Some(bytes), hash, size, modified, fresh };
    if row.hash == Some(hash) && row.printing != Printing::Suspect {
        return Ok(paper(bytes, row.modified, false));
    }
    if row.printing == Printing::Suspect
        && let Some(dated) = same_on_disk(&target, &bytes)
    {
        let modified = if row.hash == Some(hash) { row.modified } else { dated.min(now).max(row.modified) };
        return Ok(paper(bytes, modified, false));
    }
    // The very bytes that readers saw keep their date; others get a later one, never an earlier.
    let modified = if row.hash == Some(hash) { row.modified } else { now.max(row.modified + 1) };
    whole(&target, modified, |file| file.write_all(&bytes))?;
    Ok(paper(bytes, modified, true))
}

/// Copies a medium whose name is the hash of its bytes, and makes sure that it is.
pub(super) fn carry(
    feeds: &Path,
    row: &DocumentRow,
    open: impl FnOnce() -> io::Result<OpenMedium>,
    now: i64,
) -> Result<Paper, Fault> {
    let target = feeds.join(&row.path);
    let wanted = row.path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if let Ok(file) = File::open(&target)
        && let Ok((hash, size)) = hashed(file, &mut io::sink())
        && hash.to_hex().starts_with(wanted)
    {
        return Ok(Paper { bytes: None, hash: *hash.as_bytes(), size, modified: row.modified.max(1), fresh: false });
    }
    let Ok(source) = open() else { return Err(Fault::Lost) };
    let mut carried = None;
    let written = whole(&target, now, |file| {
        let (hash, size) = hashed(source, file)?;
        if !hash.to_hex().starts_with(wanted) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the medium changed"));
        }
        carried = Some((hash, size));
        Ok(())
    });
    match (written, carried) {
        (Err(error), _) if error.kind() == io::ErrorKind::InvalidData => Err(Fault::Lost),
        (Err(error), _) => Err(Fault::File(error)),
        (Ok(()), None) => Err(Fault::Lost),
        (Ok(()), Some((hash, size))) => {
            Ok(Paper { bytes: None, hash: *hash.as_bytes(), size, modified: now, fresh: true })
        }
    }
}

fn hashed(mut from: impl Read, to: &mut impl Write) -> io::Result<(blake3::Hash, u64)> {
    /// Read in pieces of this size, so that a film costs no memory.
    const PIECE: usize = 128 * 1024;
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut size = 0;
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            return Ok((hasher.finalize(), size));
        }
        hasher.update(&piece[..read]);
        to.write_all(&piece[..read])?;
        size += read as u64;
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
        fs::rename(&temporary, target)
    });
    if filled.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    filled
}

fn temporary(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // A name at the length limit leaves no room for more: its hash stands for it.
    target.with_file_name(format!(".{}{TEMPORARY}", crate::name::short_hash(&name)))
}
