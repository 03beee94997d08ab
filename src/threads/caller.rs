//! A thread for calls that may never return, such as those into a file system whose server is gone. Whoever has one made waits
//! only so long, and has no other made before that one has returned: a thread cannot be called off, and a hundred that hang are
//! no better than one.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

type Call = Box<dyn FnOnce() + Send>;

/// See the module.
pub struct Caller {
    /// What its thread is called.
    name: &'static str,
    /// How long a call is waited for.
    patience: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The thread that takes calls, from the first on.
    thread: Option<(Sender<Call>, JoinHandle<()>)>,
    /// A thread that was left at its call; it ends when that returns.
    left: Option<JoinHandle<()>>,
}

impl Caller {
    /// One whose thread begins with the first call.
    #[must_use]
    pub fn new(name: &'static str, patience: Duration) -> Self {
        Self { name, patience, state: Mutex::default() }
    }

    /// Makes a call; none if it does not return in time, or one before it still has not. Where the system refuses a thread, it is
    /// made here and now.
    ///
    /// # Panics
    /// With what the call panicked with.
    pub fn call<T: Send + 'static>(&self, call: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let mut state = self.state();
        if state.is_away() {
            return None;
        }
        if state.thread.is_none() {
            state.thread = begin(self.name);
        }
        let Some((calls, _)) = &state.thread else { return Some(call()) };
        let (outcome, told) = sync_channel(1);
        let call = move || {
            // Nobody there to hear it: it was left.
            let _ = outcome.send(catch_unwind(AssertUnwindSafe(call)));
        };
        if calls.send(Box::new(call)).is_ok()
            && let Ok(outcome) = told.recv_timeout(self.patience)
        {
            return Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)));
        }
        state.left = state.thread.take().map(|(_, thread)| thread);
        None
    }

    /// Whether a call was left that has not returned.
    pub fn is_away(&self) -> bool {
        self.state().is_away()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").field("name", &self.name).finish_non_exhaustive()
    }
}

impl State {
    fn is_away(&mut self) -> bool {
        self.left.take_if(|thread| thread.is_finished());
        self.left.is_some()
    }
}

fn begin(name: &str) -> Option<(Sender<Call>, JoinHandle<()>)> {
    let (calls, received) = channel::<Call>();
    // It ends when nobody has calls for it any more.
    let work = move || received.iter().for_each(|call| call());
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work).ok()?;
    Some((calls, thread))
}
