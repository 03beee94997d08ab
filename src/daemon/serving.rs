//! The threads that face outward: readers, commands, signals.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::runtime;
use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::{DaemonError, Event};
use crate::config::{self, Config, LogFormat};
use crate::control::{self, Reply, Request};
use crate::edition::{Edition, Found};
use crate::publish::Archive;
use crate::respond::{Inquiry, Policy};
use crate::server::{self, Access, Books, Certificate, Door, Limits, Passed, Role, Shape, Terms};
use crate::tally::Tally;

/// Longer than any busy reader needs to send its next request, so that it learns from the answer that the server stops.
const LINGER: Duration = Duration::from_secs(1);

/// Together less than the 10 s after which a container is killed.
const DRAIN: Duration = Duration::from_secs(7);

/// How long a command waits for the desk.
const COMMAND_WAIT: Duration = Duration::from_secs(30);

/// How long a thread that serves may take to begin.
const MUSTER: Duration = Duration::from_secs(5);

/// What those outside are shown.
pub(super) struct Front {
    pub(super) edition: Arc<Edition>,
    pub(super) policy: Arc<ArcSwap<Policy>>,
    pub(super) terms: Arc<ArcSwap<Terms>>,
    pub(super) archive: Archive,
    pub(super) tally: Arc<Tally>,
}

/// What the server needs of a configuration.
pub(super) fn terms(config: &config::Server) -> Terms {
    let limits = config.limits;
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    Terms {
        limits: Limits {
            connections: count(limits.connections),
            per_address: limits.per_address,
            full_answers: limits.full_answers,
            request: limits.request,
            idle: limits.idle,
            stall: limits.stall,
            linger: LINGER,
            drain: DRAIN,
        },
        proxies: config.proxies.clone(),
        h2c: config.h2c,
    }
}

/// The listeners: systemd's, or the configuration's.
fn doors(config: &Config, passed: Passed, certificate: Option<&Arc<Certificate>>) -> Result<Vec<Door>, DaemonError> {
    let tls = || match certificate {
        Some(certificate) => Ok(Role::Tls(certificate.config()?)),
        None => Err(DaemonError::NoCertificate),
    };
    let server = &config.server;
    if !passed.is_empty() {
        if !server.tls.listen.is_empty() || !server.redirect.is_empty() {
            tracing::warn!("systemd passed the sockets: no address of the configuration is listened on");
        }
        return passed.doors(|name| match name {
            "https" => tls(),
            "redirect" => Ok(Role::Redirect),
            _ => Ok(Role::Clear),
        });
    }
    let mut doors = Vec::new();
    for address in &server.listen {
        doors.push(Door::bind(address, Role::Clear)?);
    }
    for address in &server.tls.listen {
        doors.push(Door::bind(address, tls()?)?);
    }
    for address in &server.redirect {
        doors.push(Door::bind(address, Role::Redirect)?);
    }
    Ok(doors)
}

/// The certificate, if one is configured.
fn certificate(config: &Config) -> Result<Option<Arc<Certificate>>, DaemonError> {
    let tls = &config.server.tls;
    let (Some(chain), Some(key)) = (&tls.certificate, &tls.key) else { return Ok(None) };
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let folder = folder.as_deref();
    let url = url::Url::parse(&config.base_url).ok();
    let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
    Ok(Some(Certificate::read(&chain.path(folder), &key.path(folder), host.trim_matches(['[', ']']))?))
}

/// The threads that serve. Where the system refuses them, tokio (1.54) panics instead of saying so; where it refuses the second,
/// what was built so far then waits for the first to end, for ever. So it is built beside, and waited for so long.
fn crew() -> Result<runtime::Runtime, DaemonError> {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let runtime = muster();
    panic::set_hook(told);
    runtime
}

fn muster() -> Result<runtime::Runtime, DaemonError> {
    let refused = || DaemonError::Threads(rustix::io::Errno::AGAIN.into());
    let (tell, told) = sync_channel(1);
    let build = move || {
        let built =
            panic::catch_unwind(|| runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build());
        // Nobody there to hear it: it took too long.
        let _ = tell.send(built);
    };
    thread::Builder::new().name("muster".to_owned()).spawn(build).map_err(DaemonError::Threads)?;
    let built = told.recv_timeout(MUSTER).map_err(|_| refused())?;
    let runtime = built.map_err(|_| refused())?.map_err(DaemonError::System)?;
    // One more, for what waits for the disk.
    let manned = panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async { timeout(MUSTER, spawn_blocking(|| ())).await })
    }));
    if manned.is_ok_and(|manned| manned.is_ok()) {
        return Ok(runtime);
    }
    runtime.shutdown_background();
    Err(refused())
}

/// Opens the listeners and starts the threads that serve, answer commands and hear signals; what else shall prove that they run
/// goes by the second value.
pub(super) fn serve(
    config: &Config,
    passed: Passed,
    front: Front,
    events: SyncSender<Event>,
    stopped: watch::Receiver<()>,
) -> Result<(thread::JoinHandle<()>, runtime::Handle), DaemonError> {
    let runtime = crew()?;
    let certificate = certificate(config)?;
    let (doors, admin, commands, signals) = runtime.block_on(async {
        let doors = doors(config, passed, certificate.as_ref())?;
        let admin = config.server.admin.iter().map(|address| Door::bind(address, Role::Clear));
        let admin = admin.collect::<Result<Vec<_>, _>>()?;
        Ok::<_, DaemonError>((doors, admin, control::Door::bind(&config.state)?, Signals::new()?))
    })?;
    for door in &doors {
        let scheme = if matches!(door.role(), Role::Tls(_)) { "https" } else { "http" };
        let place = match door.address() {
            socket if socket.starts_with("unix:") => socket.to_owned(),
            address => format!("{scheme}://{address}/"),
        };
        match door.role() {
            Role::Clear | Role::Tls(_) => tracing::info!("serving on {place}"),
            Role::Redirect => tracing::info!("sending on from {place} to {}", config.base_url),
        }
    }
    for door in &admin {
        tracing::info!("how things stand is told at http://{}/status", door.address());
    }
    let Front { edition, policy, terms, archive, tally } = front;
    let access = access(config)?;
    let books = Books { tally: Arc::clone(&tally), access: access.clone() };
    let tell = teller(&edition, tally, &events);
    let cold: server::Cold = {
        let edition = Arc::clone(&edition);
        Arc::new(move |path: &str| -> io::Result<Found> { archive.find(&edition, path) })
    };
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name("server".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let hangup = Arc::new(Notify::new());
            let orders = events.clone();
            let renewing = {
                let (hangup, stopped) = (Arc::clone(&hangup), ended(stopped.clone()));
                async move {
                    if let Some(certificate) = certificate {
                        certificate.watch(server::LOOK, hangup, stopped).await;
                    }
                }
            };
            tokio::join!(
                server::serve(doors, edition, policy, cold, terms, books, ended(stopped.clone())),
                server::attend(admin, tell, ended(stopped.clone())),
                renewing,
                commands.serve(move |request| order(&orders, request), ended(stopped.clone())),
                signals.pass_on(events, hangup, access, ended(stopped)),
            );
        });
    });
    Ok((thread.map_err(DaemonError::Threads)?, handle))
}

/// The access log, if there shall be one.
fn access(config: &Config) -> Result<Option<Arc<Access>>, DaemonError> {
    let log = &config.server.log;
    let Some(format) = log.format else { return Ok(None) };
    let shape = match format {
        LogFormat::Common => Shape::Common,
        LogFormat::Combined => Shape::Combined,
        LogFormat::Json => Shape::Json,
    };
    let failed =
        |source| DaemonError::Folder { path: log.file.clone().unwrap_or_else(|| "standard output".into()), source };
    Ok(Some(Arc::new(Access::open(shape, log.file.as_deref()).map_err(failed)?)))
}

/// What is said to those who look after the daemon.
fn teller(edition: &Arc<Edition>, tally: Arc<Tally>, events: &SyncSender<Event>) -> server::Tell {
    let (edition, events) = (Arc::clone(edition), events.clone());
    Arc::new(move |inquiry| match inquiry {
        Inquiry::Health => Ok("alive\n".to_owned()),
        Inquiry::Ready if edition.is_complete() => Ok("ready\n".to_owned()),
        Inquiry::Ready => Err("the inbox is being compared with the record; what was published is served".to_owned()),
        Inquiry::Metrics => tally.text().map_err(|error| format!("the counts cannot be written down: {error}")),
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

    async fn pass_on(
        mut self,
        events: SyncSender<Event>,
        hangup: Arc<Notify>,
        access: Option<Arc<Access>>,
        stopped: impl Future<Output = ()>,
    ) {
        tokio::pin!(stopped);
        loop {
            let event = tokio::select! {
                () = &mut stopped => return,
                _ = self.terminate.recv() => Event::Stop,
                _ = self.interrupt.recv() => Event::Stop,
                _ = self.hangup.recv() => {
                    hangup.notify_one();
                    if let Some(access) = &access {
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
