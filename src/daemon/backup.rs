//! The records of a publication → a folder to keep: catalogue, ledger and configuration as they stand at one moment, whether a
//! daemon is at work on them or not. The folder appears whole or not at all.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::DaemonError;
use crate::catalogue::{self, Reader};
use crate::config::{self, Config};
use crate::intake::IntakeError;
use crate::ledger::{self, Ledger};
use crate::mount;

/// How the folder ends that a backup is made in.
const PART: &str = ".part";

/// The configuration's name in a backup.
const CONFIG: &str = "syndicated.toml";

/// Backs up into a folder that is new or empty; `written` is the file that the configuration was read from.
///
/// # Errors
/// When there is nothing to back up, the folder is not empty or lies in one of the publication's own, or anything cannot be read
/// or written.
pub fn back_up(config: &Config, written: Option<&Path>, to: &Path) -> Result<(), DaemonError> {
    let to = destination(config, to)?;
    let above = to.parent().unwrap_or(Path::new("/"));
    let stem = format!(".{}.", to.file_name().unwrap_or_default().to_string_lossy());
    // What cannot be removed is in nobody's way.
    let _ = clear(above, &stem);
    let part = above.join(format!("{stem}{}{PART}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&part).map_err(|error| {
        if !to.is_dir() {
            return DaemonError::at(above)(error);
        }
        let reason = format!("the folder above it cannot be written ({error})");
        DaemonError::BackupPlace { path: to.clone(), reason }
    })?;
    // While it is held, this backup is at work.
    let held = File::open(&part).map_err(DaemonError::at(&part))?;
    held.lock().map_err(DaemonError::at(&part))?;
    let made = fill(config, written, &part).and_then(|()| {
        fs::rename(&part, &to).map_err(DaemonError::at(&to))?;
        File::open(above).and_then(|folder| folder.sync_all()).map_err(DaemonError::at(above))
    });
    if made.is_err() {
        // What is left of it is hidden, named for what it is, and goes with the next.
        let _ = fs::remove_dir_all(&part);
    }
    made
}

/// Removes what backups to the same place left that were ended in the middle.
fn clear(above: &Path, stem: &str) -> io::Result<()> {
    for entry in fs::read_dir(above)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(PART));
        let is_part = middle.is_some_and(|pid| !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit()));
        if is_part && entry.file_type()?.is_dir() && File::open(entry.path())?.try_lock().is_ok() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn fill(config: &Config, written: Option<&Path>, part: &Path) -> Result<(), DaemonError> {
    let copy = part.join(catalogue::FILE_NAME);
    if !config.state.join(catalogue::FILE_NAME).exists() {
        let error = io::Error::new(io::ErrorKind::NotFound, "there is no catalogue yet, so nothing to back up");
        return Err(DaemonError::at(&config.state)(error));
    }
    let reader = Reader::open(&config.state).map_err(IntakeError::from)?;
    reader.copy_to(&copy).map_err(|error| {
        if !error.is_passing() {
            return IntakeError::from(error).into();
        }
        // Most likely it is the backup's disk that is full, and not the record's.
        DaemonError::at(&copy)(io::Error::other(format!("cannot be copied there: {error}")))
    })?;
    // The ledger comes after: what it holds more than the catalogue is replayed, as after a crash.
    let ledger = config.state.join(ledger::FILE_NAME);
    copy_as_it_stands(&ledger, &part.join(ledger::FILE_NAME)).map_err(DaemonError::at(&ledger))?;
    // Cuts off a line that was being written just then.
    Ledger::open(part).map_err(DaemonError::at(part))?;
    match written {
        Some(file) => fs::copy(file, part.join(CONFIG)).map(|_| ()).map_err(DaemonError::at(file))?,
        None => fs::write(part.join(CONFIG), config.to_toml()).map_err(DaemonError::at(part))?,
    }
    for name in [catalogue::FILE_NAME, ledger::FILE_NAME, CONFIG, "."] {
        let path = part.join(name);
        File::open(&path).and_then(|file| file.sync_all()).map_err(DaemonError::at(&path))?;
    }
    Ok(())
}

/// A copy of a file that grows, up to where it ends now.
fn copy_as_it_stands(from: &Path, to: &Path) -> io::Result<()> {
    let file = File::open(from)?;
    let length = file.metadata()?.len();
    io::copy(&mut file.take(length), &mut File::create_new(to)?)?;
    Ok(())
}

/// Where the backup may lie, without symlinks: new or empty, and in none of the publication's folders.
fn destination(config: &Config, to: &Path) -> Result<PathBuf, DaemonError> {
    let refused = |reason| DaemonError::BackupFolder { path: to.to_owned(), reason };
    let real = match fs::canonicalize(to) {
        Ok(real) => {
            if mount::is_root(&real).map_err(DaemonError::at(&real))? {
                return Err(DaemonError::BackupPlace { path: real, reason: "it is a mount point".to_owned() });
            }
            if fs::read_dir(&real).map_err(DaemonError::at(&real))?.next().is_some() {
                return Err(refused("there is something in it"));
            }
            real
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let absolute = std::path::absolute(to).map_err(DaemonError::at(to))?;
            let (Some(above), Some(name)) = (absolute.parent(), absolute.file_name()) else {
                return Err(refused("it has no name"));
            };
            fs::canonicalize(above).map_err(DaemonError::at(above))?.join(name)
        }
        Err(error) => return Err(DaemonError::at(to)(error)),
    };
    for (folder, reason) in [
        (&config.inbox, "what lies in the inbox is published"),
        (&config.feeds, "what lies in the feeds folder is the world's to see"),
        (&config.state, "it would be lost together with the state folder"),
    ] {
        if config::resolved(folder).is_ok_and(|folder| real.starts_with(folder)) {
            return Err(refused(reason));
        }
    }
    Ok(real)
}
