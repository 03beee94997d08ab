//! Signals → what they ask for: SIGTERM and SIGINT a stop, SIGHUP that the configuration is read again.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use arc_swap::ArcSwapOption;
use tokio::runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use super::Event;
use crate::server::Access;

/// SIGHUP, heard from the very beginning: until somebody listens it would end the process, also while that waits for a predecessor
/// or reads its configuration. One that comes early is kept, and obeyed when [`Signals::pass_on`] begins.
pub(super) struct Hangups(Signal);

impl Hangups {
    /// Begins to listen. Starts no thread.
    ///
    /// # Errors
    /// When there is no descriptor left for it.
    pub(super) fn hear() -> io::Result<Self> {
        // A runtime must be there for that; what has come outlasts it, for the process has one queue of signals.
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let _within = runtime.enter();
        Ok(Self(signal(SignalKind::hangup())?))
    }
}

/// All that are heard once the daemon runs.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Hangups,
}

/// Who is told of SIGHUP besides the desk.
pub(super) struct Concerned {
    /// Whoever answers commands.
    pub(super) control: Arc<Notify>,
    /// The access log.
    pub(super) access: Arc<ArcSwapOption<Access>>,
}

impl Signals {
    /// Listens to all. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// When a handler cannot be had.
    pub(super) fn new(hangup: Hangups) -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())?, hangup })
    }

    /// Brings what they ask for to the desk until `stopped` resolves.
    pub(super) async fn pass_on(
        mut self,
        events: SyncSender<Event>,
        concerned: Concerned,
        stopped: impl Future<Output = ()>,
    ) {
        tokio::pin!(stopped);
        loop {
            let event = tokio::select! {
                () = &mut stopped => return,
                _ = self.terminate.recv() => Event::Stop,
                _ = self.interrupt.recv() => Event::Stop,
                _ = self.hangup.0.recv() => {
                    concerned.control.notify_one();
                    if let Some(access) = &*concerned.access.load() {
                        access.reopen();
                    }
                    Event::Reload
                }
            };
            // The desk may be busy: waiting for it must not hold up the readers on this thread.
            let events = events.clone();
            let _ = tokio::task::spawn_blocking(move || events.send(event)).await;
        }
    }
}
