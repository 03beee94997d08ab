//! The threads that face outward: readers, commands, signals.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::runtime;
use tokio::sync::watch;

use super::{DaemonError, Event};
use crate::config::Config;
use crate::control::{Door, Reply, Request};
use crate::edition::{Edition, Found};
use crate::publish::Archive;
use crate::respond::Policy;
use crate::server::{self, Limits};

/// How long a command waits for the desk.
const COMMAND_WAIT: Duration = Duration::from_secs(30);

/// Binds the listeners and starts the threads that serve, answer commands and hear signals; what else shall prove that they run
/// goes by the second value.
pub(super) fn serve(
    config: &Config,
    edition: &Arc<Edition>,
    policy: &Arc<ArcSwap<Policy>>,
    archive: Archive,
    events: SyncSender<Event>,
    stopped: watch::Receiver<()>,
) -> Result<(thread::JoinHandle<()>, runtime::Handle), DaemonError> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build()?;
    let (listeners, door) = runtime.block_on(async {
        let mut listeners = Vec::new();
        for &address in &config.server.listen {
            let listener = tokio::net::TcpListener::bind(address)
                .await
                .map_err(|source| DaemonError::Listen { address, source })?;
            listeners.push(listener);
        }
        Ok::<_, DaemonError>((listeners, Door::bind(&config.state)?))
    })?;
    for listener in &listeners {
        if let Ok(address) = listener.local_addr() {
            tracing::info!("serving on http://{address}/");
        }
    }
    let cold: server::Cold = {
        let edition = Arc::clone(edition);
        Arc::new(move |path: &str| -> io::Result<Found> { archive.find(&edition, path) })
    };
    let (edition, policy) = (Arc::clone(edition), Arc::clone(policy));
    let signals = runtime.block_on(async { Signals::new() })?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name("server".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let (http, commands) = (stopped.clone(), stopped.clone());
            let orders = events.clone();
            tokio::join!(
                server::serve(listeners, edition, policy, cold, Limits::default(), ended(http)),
                door.serve(move |request| order(&orders, request), ended(commands)),
                signals.pass_on(events, ended(stopped)),
            );
        });
    })?;
    Ok((thread, handle))
}

async fn ended(mut stopped: watch::Receiver<()>) {
    // An error means that the sender is gone, which is the stop.
    while stopped.changed().await.is_ok() {}
}

/// Brings a command to the desk and waits for its answer.
fn order(events: &SyncSender<Event>, request: Request) -> Reply {
    let (answer, answered) = sync_channel(1);
    let failed = |text: &str| Reply { code: 1, value: serde_json::json!({ "error": text }), text: format!("{text}\n") };
    if events.try_send(Event::Command(request, answer)).is_err() {
        return failed("the daemon is too busy or stopping; try again");
    }
    answered.recv_timeout(COMMAND_WAIT).unwrap_or_else(|_| failed("the daemon did not answer in time; try again"))
}

struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn pass_on(mut self, events: SyncSender<Event>, stopped: impl Future<Output = ()>) {
        tokio::pin!(stopped);
        loop {
            let event = tokio::select! {
                () = &mut stopped => return,
                _ = self.terminate.recv() => Event::Stop,
                _ = self.interrupt.recv() => Event::Stop,
                _ = self.hangup.recv() => Event::Reload,
            };
            // The desk may be busy: waiting for it must not hold up the readers on this thread.
            let events = events.clone();
            let _ = tokio::task::spawn_blocking(move || events.send(event)).await;
        }
    }
}
