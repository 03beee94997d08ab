//! The threads that face outward: readers, commands, signals.

mod addresses;
mod reloadable;

use reloadable::Opened;
pub(super) use reloadable::Reloadable;

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use tokio::runtime;
use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::signals::{Concerned, Hangups, Signals};
use super::{DaemonError, Event};
use crate::config::Config;
use crate::control::{self, Reply, Request};
use crate::edition::{Edition, Found};
use crate::metrics::Metrics;
use crate::publish::Archive;
use crate::respond::Inquiry;
use crate::server::{self, Passed, Served};

/// How long a command waits for the desk.
const COMMAND_WAIT: Duration = Duration::from_secs(30);

/// How long a thread that serves may take to begin.
const START_WAIT: Duration = Duration::from_secs(5);

/// What those outside are shown.
pub(super) struct Front {
    pub(super) edition: Arc<Edition>,
    pub(super) archive: Archive,
    pub(super) metrics: Arc<Metrics>,
}

/// The threads that serve. Where the system refuses them, tokio (1.54) panics instead of saying so; where it refuses the second,
/// what was built so far then waits for the first to end, for ever. So it is built beside, and waited for so long.
fn runtime() -> Result<runtime::Runtime, DaemonError> {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let runtime = build_runtime();
    panic::set_hook(told);
    runtime
}

fn build_runtime() -> Result<runtime::Runtime, DaemonError> {
    let refused = || DaemonError::Threads(rustix::io::Errno::AGAIN.into());
    let (tell, told) = sync_channel(1);
    let build = move || {
        let built =
            panic::catch_unwind(|| runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build());
        // Nobody there to hear it: it took too long.
        let _ = tell.send(built);
    };
    thread::Builder::new().name("serve-start".to_owned()).spawn(build).map_err(DaemonError::Threads)?;
    let built = told.recv_timeout(START_WAIT).map_err(|_| refused())?;
    let runtime = built.map_err(|_| refused())?.map_err(DaemonError::System)?;
    // One more, for what waits for the disk.
    let works = panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async { timeout(START_WAIT, spawn_blocking(|| ())).await })
    }));
    if works.is_ok_and(|works| works.is_ok()) {
        return Ok(runtime);
    }
    runtime.shutdown_background();
    Err(refused())
}

/// Readers, commands and signals: what they come in at is open, and nobody is at it yet.
pub(super) struct Serving {
    runtime: runtime::Runtime,
    opened: Opened,
    commands: control::Socket,
    signals: Signals,
}

impl Serving {
    /// Opens it; with what of it follows the configuration.
    pub(super) fn open(
        config: &Config,
        passed: Passed,
        hangups: Hangups,
        edition: &Arc<Edition>,
    ) -> Result<(Self, Reloadable), DaemonError> {
        let runtime = runtime()?;
        let (reloadable, opened) = Reloadable::open(config, passed, Arc::clone(edition), runtime.handle().clone())?;
        let (commands, signals) = {
            let _within = runtime.enter();
            (control::Socket::bind(&config.state)?, Signals::new(hangups)?)
        };
        Ok((Self { runtime, opened, commands, signals }, reloadable))
    }

    /// Its threads, for what else shall prove that they run.
    pub(super) fn threads(&self) -> &runtime::Handle {
        self.runtime.handle()
    }

    /// Answers all of them on a thread of its own until the sender of `stopped` is gone.
    pub(super) fn start(
        self,
        front: Front,
        events: SyncSender<Event>,
        stopped: watch::Receiver<()>,
    ) -> Result<thread::JoinHandle<()>, DaemonError> {
        let Self { runtime, opened, commands, signals } = self;
        let Front { edition, archive, metrics } = front;
        let Opened { listeners, admin, policy, terms, access } = opened;
        let renew = Arc::new(Notify::new());
        let concerned = Concerned { control: Arc::clone(&renew), access: Arc::clone(&access) };
        let tell = teller(&edition, Arc::clone(&metrics), &events);
        let load: server::Load = {
            let edition = Arc::clone(&edition);
            Arc::new(move |path: &str| -> io::Result<Found> { archive.find(&edition, path) })
        };
        let served = Served { edition, load, policy, terms, metrics, access };
        let serve = async move {
            let orders = events.clone();
            tokio::join!(
                server::serve(listeners, served, ended(stopped.clone())),
                server::serve_admin(admin, tell, ended(stopped.clone())),
                commands.serve(move |request| order(&orders, request), renew, ended(stopped.clone())),
                signals.pass_on(events, concerned, ended(stopped)),
            );
        };
        let thread = thread::Builder::new().name("server".to_owned()).spawn(move || runtime.block_on(serve));
        thread.map_err(DaemonError::Threads)
    }
}

/// What is said to those who look after the daemon.
fn teller(edition: &Arc<Edition>, metrics: Arc<Metrics>, events: &SyncSender<Event>) -> server::Tell {
    let (edition, events) = (Arc::clone(edition), events.clone());
    Arc::new(move |inquiry| match inquiry {
        Inquiry::Health => Ok("alive\n".to_owned()),
        Inquiry::Ready if edition.is_complete() => Ok("ready\n".to_owned()),
        Inquiry::Ready => Err("the inbox is being compared with the record; what was published is served".to_owned()),
        Inquiry::Metrics => metrics.text().map_err(|error| format!("the counts cannot be written down: {error}")),
        Inquiry::Status => {
            let (answer, answered) = sync_channel(1);
            events
                .try_send(Event::Board(answer))
                .map_err(|_| "the desk is too busy or stopping; try again".to_owned())?;
            answered.recv_timeout(COMMAND_WAIT).map_err(|_| "the desk did not answer in time; try again".to_owned())?
        }
        Inquiry::Unknown => Ok(String::new()),
    })
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
