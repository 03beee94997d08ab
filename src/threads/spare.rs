//! Threads for work that may never end. The last that came back is kept for the next work: its memory and its tables are warm,
//! and a new one takes as long to begin as an article takes to be read.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

/// Says whether its thread is as good as new.
type Work = Box<dyn FnOnce() -> bool + Send>;

/// A thread that waits for work.
struct Idle {
    name: String,
    work: Sender<Work>,
}

static IDLE: Mutex<Option<Idle>> = Mutex::new(None);

/// Work that was given to a thread.
#[derive(Debug)]
pub(super) struct Hired(Weak<()>);

impl Hired {
    /// Whether it is done.
    pub(super) fn is_done(&self) -> bool {
        self.0.strong_count() == 0
    }
}

/// Has a thread of this name do some work, which says whether its thread is as good as new.
///
/// # Errors
/// When the system refuses a thread.
pub(super) fn hire(name: &str, work: impl FnOnce() -> bool + Send + 'static) -> io::Result<Hired> {
    let under_way = Arc::new(());
    let hired = Hired(Arc::downgrade(&under_way));
    let mut work: Work = Box::new(move || {
        let is_fit = work();
        drop(under_way);
        is_fit
    });
    let kept = idle().take_if(|idle| idle.name == name);
    if let Some(kept) = kept {
        match kept.work.send(work) {
            Ok(()) => return Ok(hired),
            Err(unsent) => work = unsent.0,
        }
    }
    let staying = name.to_owned();
    thread::Builder::new().name(name.to_owned()).spawn(move || stay(&staying, work))?;
    Ok(hired)
}

/// A thread's life: it goes when another that comes back waits in its place.
fn stay(name: &str, mut work: Work) {
    while work() {
        let (sender, given) = channel();
        *idle() = Some(Idle { name: name.to_owned(), work: sender });
        match given.recv() {
            Ok(next) => work = next,
            Err(_) => return,
        }
    }
}

fn idle() -> MutexGuard<'static, Option<Idle>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}
