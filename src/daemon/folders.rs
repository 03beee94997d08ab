//! The folders of a process: made where they are missing, marked as ours, and held by one process at a time.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::DaemonError;
use crate::config::{Config, FEEDS_MARK};
use crate::control::{self, Request};
use crate::inbox::{Root, Share};

/// The lock's name in the state folder.
const LOCK: &str = "lock";

/// How long to wait for the state folder while somebody holds it who answers no commands: a command that works on the record
/// itself is done in a moment, a daemon that starts or stops soon answers or is gone.
pub(super) const LOCK_WAIT: Duration = Duration::from_secs(5);

/// How often it is looked at meanwhile.
pub(super) const LOCK_LOOK: Duration = Duration::from_millis(50);

/// The state and the feeds folder, held by one process at a time; let go when dropped.
#[derive(Debug)]
pub struct Held {
    _state: File,
    _feeds: File,
}

/// Makes the folders that are missing and takes the locks of state and feeds.
///
/// # Errors
/// When a folder is not what it should be, or another process holds the state folder.
pub fn hold(config: &Config) -> Result<Held, DaemonError> {
    let at = DaemonError::at;
    // Made before they are checked, so that what they really are is checked: a symlink may lead from one into another.
    make_state(&config.state).map_err(at(&config.state))?;
    if config.check_folders().is_ok() {
        fs::create_dir_all(&config.feeds).map_err(at(&config.feeds))?;
    }
    config.check_folders()?;
    let path = config.state.join(LOCK);
    let lock = File::create(&path).map_err(at(&path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(DaemonError::Running(config.state.clone())),
        Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
    }
    mark_feeds(&config.feeds).map_err(at(&config.feeds))?;
    // Two with records of their own would take away each other's documents.
    let feeds = File::open(&config.feeds).map_err(at(&config.feeds))?;
    if matches!(feeds.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(DaemonError::Running(config.feeds.clone()));
    }
    Ok(Held { _state: lock, _feeds: feeds })
}

/// Makes the state folder where it is missing, for nobody else to look into: it holds what is not to be read yet.
fn make_state(state: &Path) -> io::Result<()> {
    if let Some(above) = state.parent() {
        fs::create_dir_all(above)?;
    }
    match DirBuilder::new().mode(0o700).create(state) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && state.is_dir() => Ok(()),
        made => made,
    }
}

/// Makes the feeds folder where it is missing, and marks it as ours.
pub(super) fn mark_feeds(feeds: &Path) -> io::Result<()> {
    let mark = feeds.join(FEEDS_MARK);
    if mark.exists() {
        return Ok(());
    }
    fs::create_dir_all(feeds)?;
    fs::write(mark, "This folder is written by syndicated. What others put here is left alone and not served.\n")
}

/// As [`hold`], but waits a moment for whoever holds the folders and is no daemon at work: a `status` shall not keep a daemon from
/// starting.
pub(super) fn hold_soon(config: &Config) -> Result<Held, DaemonError> {
    let began = Instant::now();
    loop {
        match hold(config) {
            Err(DaemonError::Running(_)) if began.elapsed() < LOCK_WAIT && !answers(config) => thread::sleep(LOCK_LOOK),
            held => return held,
        }
    }
}

/// Whether a daemon is at work on the state folder.
fn answers(config: &Config) -> bool {
    // One that does not answer in time or sense is one all the same.
    control::ask(&config.state, &Request::Ping, LOCK_WAIT).map_or(true, |reply| reply.is_some())
}

/// At the very first start an inbox that is not there is made. Later, one that is missing is waited for: what was published from
/// it must not be taken for deleted. Nor is it made in a folder that is missing too: that is more likely misspelt, or not mounted.
pub(super) fn make_inbox(config: &Config) -> Result<(), DaemonError> {
    if Share::new(config.inbox.clone()).root() != Root::Gone {
        return Ok(());
    }
    match fs::create_dir(&config.inbox) {
        Ok(()) => tracing::info!("made the inbox {}: drop articles into it", config.inbox.display()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(DaemonError::at(&config.inbox)(error)),
    }
    Ok(())
}
