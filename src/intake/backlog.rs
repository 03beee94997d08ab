//! How much the comparison has found and the desk not yet read, so that the one waits for the other: a million files moved in
//! at once are not a million paths in memory.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many found files may wait to be read before the comparison waits too: some 50 MB of paths, and half a minute of reading.
/// Those of an hour's copying are far fewer, and what comes meanwhile by a hint of its own never waits for this.
pub const MAX_WAITING: usize = 100_000;

/// How long to wait before looking again, whatever was told.
const LOOK: Duration = Duration::from_secs(1);

/// The files that were found and not yet read. One end of it is the comparison's, the other the desk's.
#[derive(Debug)]
pub struct Backlog {
    most: usize,
    count: Mutex<Count>,
    fewer: Condvar,
}

#[derive(Debug, Default)]
struct Count {
    /// Told of, and not yet taken by the desk.
    told: usize,
    /// Taken, and not yet read.
    waiting: usize,
}

impl Backlog {
    /// One that lets so many files wait.
    #[must_use]
    pub fn of(most: usize) -> Arc<Self> {
        Arc::new(Self { most, count: Mutex::default(), fewer: Condvar::new() })
    }

    /// The comparison is about to tell of more: waits until there is room, or until the desk has let go of its end. Says for
    /// how long it waited.
    pub fn tell(self: &Arc<Self>, files: usize) -> Duration {
        let began = Instant::now();
        let mut count = self.count();
        while count.told + count.waiting > self.most && Arc::strong_count(self) > 1 {
            count = self.fewer.wait_timeout(count, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        count.told += files;
        began.elapsed()
    }

    /// The desk has taken what it was told.
    pub fn take(&self, files: usize) {
        let mut count = self.count();
        count.told = count.told.saturating_sub(files);
    }

    /// So many wait at the desk after its turn.
    pub fn waits(&self, files: usize) {
        self.count().waiting = files;
        self.fewer.notify_one();
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        // Two numbers, of which any is better than none.
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
