//! The thread that brings to the disk what was written: behind the news, never before it.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Event;
use crate::catalogue;
use crate::config::Config;
use crate::ledger;

/// How long it must have been quiet: a burst is synced once.
pub(super) const QUIET: Duration = Duration::from_millis(700);

/// But never later than this: so much may a power cut take, to be made again at the next start.
const LATEST: Duration = Duration::from_secs(5);

/// Up to which printing everything is on the disk, or why not.
pub(super) type Synced = io::Result<i64>;

/// The desk's end of the thread.
pub(super) struct Syncer {
    requests: Sender<i64>,
    thread: JoinHandle<()>,
    pub(super) is_busy: bool,
    asked: Duration,
}

impl Syncer {
    pub(super) fn start(config: &Config, events: SyncSender<Event>) -> io::Result<Self> {
        let (requests, received) = channel::<i64>();
        let config = config.clone();
        let thread = thread::Builder::new().name("sync".to_owned()).spawn(move || {
            while let Ok(turn) = received.recv() {
                let synced = to_disk(&config).map(|()| turn);
                if events.send(Event::Synced(synced)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { requests, thread, is_busy: false, asked: Duration::ZERO })
    }

    pub(super) fn ask(&mut self, turn: i64, now: Duration) {
        self.is_busy = self.requests.send(turn).is_ok();
        self.asked = now;
    }

    pub(super) fn is_overdue(&self, now: Duration) -> bool {
        now > self.asked + LATEST
    }

    pub(super) fn finish(self) {
        drop(self.requests);
        // It ends as soon as it sees that nobody asks any more.
        let _ = self.thread.join();
    }
}

/// Brings everything to the disk. The ledger, whichever lies in its place by now. All of `feeds/`, by one call for the whole
/// file system: a rename is on the disk only with its folder. And what SQLite wrote ahead goes into its database here, where
/// its syncing delays nobody.
pub(super) fn to_disk(config: &Config) -> io::Result<()> {
    File::open(config.state.join(ledger::FILE_NAME))?.sync_data()?;
    rustix::fs::syncfs(File::open(&config.feeds)?)?;
    catalogue::checkpoint(&config.state).map_err(io::Error::other)
}
