//! The three folders → whether they may be used: apart from one another, the state on a disk of this machine, and nothing
//! of anybody else's where feeds will be written.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::config::{Config, ConfigError};
use crate::mount;
use crate::threads::caller::Caller;

/// How long a folder is waited for, which may be a share whose server is gone.
const PATIENCE: Duration = Duration::from_secs(2);

/// The file in `feeds/` that says the folder is ours to write.
pub const FEEDS_MARK: &str = ".syndicated";

impl Config {
    /// Whether inbox, feeds and state may be used as they are. They need not exist yet. Changes nothing.
    ///
    /// # Errors
    /// When one contains another, the state lies on a network file system, or the feeds folder is somebody else's.
    pub fn check_folders(&self) -> Result<(), ConfigError> {
        let folders = [("inbox", &self.inbox), ("feeds", &self.feeds), ("state", &self.state)];
        let mut real = Vec::new();
        for (key, path) in folders {
            real.push((key, resolved(path).map_err(|source| unreadable(path, source))?));
        }
        for (key, path) in &real {
            for (other, within) in &real {
                if key != other && within.starts_with(path) {
                    let how = if path == within { "are the same folder" } else { "may not contain one another" };
                    let reason = format!(
                        "{key} ({}) and {other} ({}) {how}: give each a folder of its own",
                        path.display(),
                        within.display()
                    );
                    return Err(ConfigError::Folders(reason));
                }
            }
        }
        check_state(&self.state)?;
        check_feeds(&self.feeds)
    }
}

/// SQLite's locks and shared memory need a file system of this machine.
fn check_state(state: &Path) -> Result<(), ConfigError> {
    let existing = resolved(state).and_then(|state| {
        let existing = state.ancestors().find(|folder| folder.exists()).map(Path::to_owned);
        mount::remote(existing.as_deref().unwrap_or(Path::new("/")))
    });
    match existing.map_err(|source| unreadable(state, source))? {
        None => Ok(()),
        Some(name) => Err(ConfigError::Folders(format!(
            "state ({}) lies on a file system ({name}) whose locks cannot be relied on: choose a folder on a disk of this machine",
            state.display()
        ))),
    }
}

/// Hidden files and `lost+found` are no one's publication: a fresh disk or clone may have them.
fn check_feeds(feeds: &Path) -> Result<(), ConfigError> {
    if feeds.join(FEEDS_MARK).symlink_metadata().is_ok() {
        return Ok(());
    }
    let entries = match fs::read_dir(feeds) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(unreadable(feeds, source)),
    };
    for entry in entries {
        let name = entry.map_err(|source| unreadable(feeds, source))?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && name != "lost+found" {
            return Err(ConfigError::Folders(format!(
                "feeds ({}) holds files of somebody else ({name}): choose an empty folder, or put an empty file named {FEEDS_MARK} into it if they may be replaced",
                feeds.display()
            )));
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> ConfigError {
    ConfigError::Unreadable { path: path.to_owned(), source }
}

/// The path with every symlink resolved as far as it exists; the rest as written. So is all of one that does not answer.
///
/// # Errors
/// When a folder on the way may not be entered.
pub fn resolved(path: &Path) -> io::Result<PathBuf> {
    let wanted = path.to_owned();
    Caller::new("folders", PATIENCE).call(move || existing(&wanted)).unwrap_or_else(|| std::path::absolute(path))
}

fn existing(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        match fs::canonicalize(existing) {
            Ok(mut real) => {
                for step in missing.iter().rev() {
                    match step {
                        Component::ParentDir => {
                            real.pop();
                        }
                        step => real.push(step),
                    }
                }
                return Ok(real);
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.components().next_back()) else {
            return Ok(absolute);
        };
        missing.push(name);
        existing = parent;
    }
}
