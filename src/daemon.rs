//! Starts, wires and stops the threads; owns the desk's loop. One thread is the desk, one compares and watches, one syncs,
//! one compresses, and Tokio's serve. What wakes the desk is one closed enum; it waits for nothing else.

pub mod desk;
mod log;
mod scan;
mod setup;
mod sync;

use std::fs::{self, File, TryLockError};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::catalogue;
use crate::config::{Config, ConfigError, Watching};
use crate::control::{self, Door, Reply, Request};
use crate::edition::{Edition, Found};
use crate::inbox::{self, Hint};
use crate::intake::IntakeError;
use crate::intake::compare::{Compared, Finding};
use crate::intake::reading::Reading;
use crate::moment::Moment;
use crate::publish::{self, Archive};
use crate::render::Publication;
use crate::respond::Policy;
use crate::server::{self, Limits};

use desk::{Desk, DeskError};
use scan::{Scan, Scanned};
use sync::Synced;

/// How many events may wait for the desk. Whoever brings more waits: the kernel's own queue holds hints meanwhile, and
/// what that loses a comparison finds.
const MAX_EVENTS: usize = 1024;

/// How often the wall clock is looked at while an embargo or an expiry lies ahead: they come out within a second of their time,
/// also when the clock is stepped.
const CLOCK_LOOK: Duration = Duration::from_millis(250);

/// The longest the desk sleeps: nothing waits for it, and nothing is lost by looking.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// How long a command waits for the desk.
const COMMAND_WAIT: Duration = Duration::from_secs(30);

/// How long the desk rests after the record could not be changed (a full disk) before it compares everything anew.
const RECORD_PAUSE: Duration = Duration::from_secs(2);

/// The lock's name in the state folder.
const LOCK: &str = "lock";

/// Everything that can wake the desk.
enum Event {
    Hint(Hint),
    Findings(Vec<Finding>),
    Scanned(Scanned),
    Synced(Synced),
    Command(Request, SyncSender<Reply>),
    Reload,
    Stop,
}

/// The daemon could not start, or had to stop: the operator acts.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// Another one runs on the same state folder.
    #[error("another syndicated runs on {}; stop it first, or give this one a state folder of its own", .0.display())]
    Running(PathBuf),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A folder cannot be made or opened.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The record cannot be opened.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The desk cannot go on.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// `feeds/` cannot be compared.
    #[error(transparent)]
    Sweep(#[from] publish::SweepError),
    /// A thread, a signal handler or a socket cannot be had.
    #[error("{0}")]
    System(#[from] io::Error),
}

/// The state folder, held by one process at a time; let go when dropped.
#[derive(Debug)]
pub struct Held {
    _lock: File,
}

/// Makes the folders that are missing and takes the state folder's lock.
///
/// # Errors
/// When a folder is not what it should be, or another process holds the state folder.
pub fn hold(config: &Config) -> Result<Held, DaemonError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| DaemonError::Folder { path, source }
    };
    // Made before they are checked, so that what they really are is checked: a symlink may lead from one into another.
    fs::create_dir_all(&config.state).map_err(at(&config.state))?;
    if config.check_folders().is_ok() {
        fs::create_dir_all(&config.feeds).map_err(at(&config.feeds))?;
    }
    config.check_folders()?;
    let path = config.state.join(LOCK);
    let lock = File::create(&path).map_err(at(&path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(DaemonError::Running(config.state.clone())),
        Err(TryLockError::Error(source)) => return Err(DaemonError::Folder { path, source }),
    }
    let mark = config.feeds.join(crate::config::FEEDS_MARK);
    if !mark.exists() {
        fs::write(&mark, "This folder is written by syndicated. What others put here is left alone and not served.\n")
            .map_err(at(&mark))?;
    }
    Ok(Held { _lock: lock })
}

/// Brings `feeds/` up to date with the inbox once; says how it ended.
///
/// # Errors
/// When the folders, the record or `feeds/` cannot be used.
pub fn publish_once(config: &Config) -> Result<Reply, DaemonError> {
    let _held = hold(config)?;
    let began = Instant::now();
    let edition = Edition::new(config.server.cache);
    setup::mend_catalogue(config)?;
    let mut desk = open(config, &edition, Utc::now())?;
    let moment = || Moment { wall: Utc::now(), tick: began.elapsed() };
    if !compare(config, &mut desk, moment)? {
        return Err(DaemonError::Folder {
            path: config.inbox.clone(),
            source: io::Error::new(io::ErrorKind::NotFound, "the inbox is not there"),
        });
    }
    let mut log = log::Log::new();
    let mut swept = false;
    loop {
        let turn = desk.turn(moment())?;
        let more = turn.more;
        log.turn(&turn, desk.waiting(), began.elapsed());
        if more {
            continue;
        }
        if desk.is_idle()? {
            if swept {
                break;
            }
            sync::sync(config, &desk)?;
            desk.swept(scan::sweep(config)?)?;
            swept = true;
            continue;
        }
        let now = began.elapsed();
        let rest = desk.next_wake().map_or(CLOCK_LOOK, |tick| tick.saturating_sub(now)).min(LONGEST_REST);
        thread::park_timeout(rest.max(Duration::from_millis(1)));
    }
    sync::sync(config, &desk)?;
    if let Some(turn) = desk.unsynced()? {
        desk.synced(turn)?;
    }
    let reply = desk.status()?;
    setup::mark_clean(&mut desk)?;
    drop(desk);
    catalogue::checkpoint(&config.state).map_err(IntakeError::from)?;
    log.ended(began.elapsed());
    Ok(reply)
}

/// Opens a desk as configured. The caller holds the state folder.
///
/// # Errors
/// When the record cannot be opened.
pub fn open(config: &Config, edition: &Arc<Edition>, now: DateTime<Utc>) -> Result<Desk, DaemonError> {
    setup::desk(config, edition, now)
}

/// Compares the whole inbox for a desk, on this thread; says whether there is an inbox.
///
/// # Errors
/// When the record fails.
pub fn compare(config: &Config, desk: &mut Desk, moment: impl Fn() -> Moment) -> Result<bool, DaemonError> {
    if !desk.begin_comparison()? {
        return Ok(false);
    }
    let mut failed = None;
    let now = moment().wall;
    scan::compare(config, None, &inbox_root(), now, |findings| match desk.findings(findings, moment()) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    desk.end_comparison()?;
    Ok(true)
}

fn inbox_root() -> crate::dropped::InboxPath {
    crate::dropped::InboxPath::root()
}

/// Runs until a signal: watches, publishes, serves. `reread` gives the configuration anew when SIGHUP asks for it.
///
/// # Errors
/// When it cannot start. Once it runs, it goes on: a disk that is full or a share that is gone is waited for.
pub fn run(config: Config, reread: impl Fn() -> Result<Config, ConfigError>) -> Result<(), DaemonError> {
    let _held = hold(&config)?;
    let began = Instant::now();
    raise_descriptor_limit();
    let (events, received) = sync_channel(MAX_EVENTS);
    let edition = Edition::new(config.server.cache);
    let policy = Arc::new(ArcSwap::from_pointee(Policy::new(&config.base_url, config.publish.ttl)));
    setup::mend_catalogue(&config)?;
    let archive = Archive::new(config.state.clone(), config.feeds.clone());
    let (stop, stopped) = watch::channel(());
    let serving = serve(&config, &edition, &policy, archive, events.clone(), stopped)?;
    let mut desk = open(&config, &edition, Utc::now())?;
    let mut newsroom = Newsroom {
        scan: Scan::start(&config, events.clone())?,
        syncer: sync::Syncer::start(&config, desk.record().ledger().handle()?, events.clone())?,
        log: log::Log::new(),
        config,
        policy,
        began,
        next_scan: Duration::ZERO,
        last_write: None,
        hold_until: None,
    };
    tracing::info!("watching {} and publishing to {}", newsroom.config.inbox.display(), newsroom.config.feeds.display());
    let outcome = newsroom.work(&mut desk, &received, &reread);
    drop(stop);
    drop(received);
    // What is being answered is finished; the server keeps a deadline of its own.
    let _ = serving.join();
    newsroom.finish(&mut desk)?;
    outcome
}

/// The desk's loop with what it needs at hand.
struct Newsroom {
    config: Config,
    policy: Arc<ArcSwap<Policy>>,
    scan: Scan,
    syncer: sync::Syncer,
    log: log::Log,
    began: Instant,
    /// The tick of the next comparison of everything.
    next_scan: Duration,
    /// The tick of the last document written and not yet synced.
    last_write: Option<Duration>,
    /// Until when nothing is done, after the record could not be changed.
    hold_until: Option<Duration>,
}

impl Newsroom {
    fn moment(&self) -> Moment {
        Moment { wall: Utc::now(), tick: self.began.elapsed() }
    }

    fn work(
        &mut self,
        desk: &mut Desk,
        received: &Receiver<Event>,
        reread: &impl Fn() -> Result<Config, ConfigError>,
    ) -> Result<(), DaemonError> {
        let mut more = false;
        loop {
            let first = if more {
                received.try_recv().ok()
            } else {
                match received.recv_timeout(self.rest(desk)) {
                    Ok(event) => Some(event),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            };
            let arrived = Instant::now();
            // What came together is taken together: one transaction for a burst.
            let mut event = first;
            let mut taken = 0;
            while let Some(next) = event {
                if matches!(next, Event::Stop) {
                    return Ok(());
                }
                if let Err(error) = self.take(desk, next, reread) {
                    self.pause(&error);
                }
                taken += 1;
                event = if taken < MAX_EVENTS { received.try_recv().ok() } else { None };
            }
            more = match self.turn(desk, arrived) {
                Ok(more) => more,
                Err(error) => {
                    self.pause(&error);
                    false
                }
            };
        }
    }

    fn take(
        &mut self,
        desk: &mut Desk,
        event: Event,
        reread: &impl Fn() -> Result<Config, ConfigError>,
    ) -> Result<(), DeskError> {
        let now = self.moment();
        match event {
            Event::Hint(hint) => {
                match &hint {
                    Hint::FolderMoved { from, to } => self.scan.moved(from.clone(), to.clone()),
                    Hint::FolderVanished(folder) => self.scan.removed(folder.clone()),
                    Hint::Everything(reason) => {
                        tracing::info!("comparing everything: {reason}");
                        self.scan.renew();
                    }
                    _ => {}
                }
                desk.hint(hint, now)?;
            }
            Event::Findings(findings) => desk.findings(findings, now)?,
            Event::Scanned(scanned) => self.scanned(desk, scanned)?,
            Event::Synced(synced) => {
                self.syncer.is_busy = false;
                match synced {
                    Ok(turn) => desk.synced(turn)?,
                    Err(error) => tracing::warn!("the disk cannot be synced: {error}"),
                }
            }
            Event::Command(request, answer) => {
                let reply = match request {
                    Request::Ping => Ok(Reply { code: 0, value: serde_json::json!({}), text: String::new() }),
                    Request::Status => desk.status(),
                    Request::Withdraw { targets, missing } => desk.withdraw(&targets, missing, now),
                    Request::Restore { targets } => desk.restore(&targets, now),
                };
                // Printed before the command ends: what it asked for is true when it returns.
                let turned = self.turn(desk, Instant::now());
                let reply = reply.unwrap_or_else(|error| Reply {
                    code: 1,
                    value: serde_json::json!({ "error": error.to_string() }),
                    text: format!("{error}\n"),
                });
                // Nobody there to hear it: the command was given up.
                let _ = answer.try_send(reply);
                turned?;
            }
            Event::Reload => self.reload(desk, reread, now)?,
            Event::Stop => {}
        }
        Ok(())
    }

    fn scanned(&mut self, desk: &mut Desk, scanned: Scanned) -> Result<(), DeskError> {
        self.scan.ended();
        match scanned {
            Scanned::Compared { folder, took, outcome } => {
                let Compared { unreadable, unwatched, cut_short } = match outcome {
                    Ok(compared) => compared,
                    Err(reason) => {
                        tracing::warn!("the comparison failed: {reason}");
                        return Ok(());
                    }
                };
                for (folder, reason) in unreadable {
                    tracing::warn!("the folder {folder} cannot be read ({reason}); what is published from it stays");
                }
                if folder.is_root() && !cut_short {
                    let is_first = !desk.is_current();
                    desk.end_comparison()?;
                    let polls = self.scan.polls || unwatched.is_some();
                    // A comparison never takes more than a tenth of the time.
                    let pause = if polls { self.config.intake.poll } else { self.config.intake.rescan };
                    self.next_scan = self.began.elapsed() + pause.max(took * 9);
                    if is_first {
                        tracing::info!("compared the inbox in {:.0?}", took);
                        self.scan.sweep();
                    }
                    if let Some(reason) = unwatched.filter(|_| is_first) {
                        tracing::warn!("not every folder can be watched ({reason}); comparing every {:.0?} instead", pause);
                    }
                }
            }
            Scanned::Swept(Ok(findings)) => desk.swept(findings)?,
            Scanned::Swept(Err(reason)) => tracing::warn!("the feeds folder cannot be compared: {reason}"),
        }
        Ok(())
    }

    fn turn(&mut self, desk: &mut Desk, arrived: Instant) -> Result<bool, DeskError> {
        let now = self.moment();
        if self.hold_until.is_some_and(|until| now.tick < until) {
            return Ok(false);
        }
        if self.hold_until.take().is_some() {
            // What was lost with the failed batch is found again.
            self.next_scan = Duration::ZERO;
        }
        if self.next_scan <= now.tick && !self.scan.is_comparing() {
            self.next_scan = now.tick + self.config.intake.poll.min(self.config.intake.rescan);
            if desk.begin_comparison()? {
                self.scan.compare(inbox_root());
            }
        }
        let turn = desk.turn(now)?;
        for folder in &turn.to_compare {
            if folder.is_root() {
                if desk.begin_comparison()? {
                    self.scan.compare(inbox_root());
                }
            } else {
                self.scan.compare(folder.clone());
            }
        }
        if turn.written > 0 {
            self.last_write = Some(now.tick);
        }
        self.log.turn(&turn, desk.waiting(), arrived.elapsed());
        if !self.syncer.is_busy
            && self.last_write.is_some_and(|at| now.tick > at + sync::QUIET || self.syncer.is_overdue(now.tick))
            && let Some(printed) = desk.unsynced()?
        {
            self.last_write = None;
            self.syncer.ask(printed, now.tick);
        }
        Ok(turn.more)
    }

    /// How long to wait for an event.
    fn rest(&self, desk: &Desk) -> Duration {
        let now = self.began.elapsed();
        let mut until = now + LONGEST_REST;
        if let Some(hold) = self.hold_until {
            return hold.saturating_sub(now);
        }
        if let Some(tick) = desk.next_wake() {
            until = until.min(tick);
        }
        if !self.scan.is_comparing() {
            until = until.min(self.next_scan);
        }
        if let Some(written) = self.last_write {
            until = until.min(written + sync::QUIET + Duration::from_millis(1));
        }
        if desk.awaits_an_hour().unwrap_or(true) {
            until = until.min(now + CLOCK_LOOK);
        }
        until.saturating_sub(now)
    }

    fn pause(&mut self, error: &DeskError) {
        tracing::error!("{error}; intake waits {} s and tries again, serving goes on", RECORD_PAUSE.as_secs());
        self.hold_until = Some(self.began.elapsed() + RECORD_PAUSE);
    }

    fn reload(
        &mut self,
        desk: &mut Desk,
        reread: &impl Fn() -> Result<Config, ConfigError>,
        now: Moment,
    ) -> Result<(), DeskError> {
        let mut config = match reread() {
            Ok(config) => config,
            Err(error) => {
                tracing::error!("{error}; the former configuration stays in force");
                return Ok(());
            }
        };
        let fixed = Config::reload_check(&self.config, &config);
        if !fixed.is_empty() {
            tracing::warn!("{} cannot change while the daemon runs; restart it for that", fixed.join(", "));
            config.inbox.clone_from(&self.config.inbox);
            config.feeds.clone_from(&self.config.feeds);
            config.state.clone_from(&self.config.state);
            config.authority.clone_from(&self.config.authority);
        }
        desk.reconfigure(
            setup::policy(&config),
            setup::settings(&config),
            setup::reading(&config),
            setup::options(&config),
            now,
        )?;
        if config.server.listen != self.config.server.listen {
            tracing::warn!("server.listen takes effect at the next start");
        }
        self.policy.store(Arc::new(Policy::new(&config.base_url, config.publish.ttl)));
        self.scan.set(&config);
        self.config = config;
        tracing::info!("the configuration was read again");
        Ok(())
    }

    fn finish(self, desk: &mut Desk) -> Result<(), DaemonError> {
        self.syncer.finish();
        sync::sync(&self.config, desk)?;
        if let Some(turn) = desk.unsynced()? {
            desk.synced(turn)?;
        }
        setup::mark_clean(desk)?;
        catalogue::checkpoint(&self.config.state).map_err(IntakeError::from)?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Binds the listeners and starts the threads that serve, answer commands and hear signals.
fn serve(
    config: &Config,
    edition: &Arc<Edition>,
    policy: &Arc<ArcSwap<Policy>>,
    archive: Archive,
    events: SyncSender<Event>,
    stopped: watch::Receiver<()>,
) -> Result<thread::JoinHandle<()>, DaemonError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build()?;
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
    Ok(thread)
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

/// Each reader is a descriptor: as many as the system lets us have.
fn raise_descriptor_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    if setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).is_err() {
        tracing::warn!("the limit of open files stays at {:?}", limit.current);
    }
}

/// Whether the inbox is looked at again and again instead of watched.
fn polls(config: &Config) -> bool {
    match config.intake.watch {
        Watching::Poll => true,
        Watching::Events => false,
        Watching::Auto => inbox::needs_polling(&config.inbox),
    }
}

/// What reading a file needs to know of a configuration.
#[must_use]
pub fn reading(config: &Config) -> Reading {
    setup::reading(config)
}

/// The publication of a configuration.
#[must_use]
pub fn publication(config: &Config) -> Publication {
    setup::settings(config).publication
}

/// Asks the daemon that runs on the configured state folder; none where none runs.
///
/// # Errors
/// When there is one that does not answer.
pub fn ask(config: &Config, request: &Request) -> io::Result<Option<Reply>> {
    control::ask(&config.state, request, control::ANSWER_WAIT)
}

/// Carries out a command where no daemon runs, on the record itself, and brings `feeds/` up to date with it.
///
/// # Errors
/// When the record cannot be opened or changed.
pub fn order_offline(config: &Config, request: &Request) -> Result<Reply, DaemonError> {
    let _held = hold(config)?;
    let began = Instant::now();
    let edition = Edition::new(config.server.cache);
    setup::mend_catalogue(config)?;
    let mut desk = open(config, &edition, Utc::now())?;
    let now = Moment { wall: Utc::now(), tick: began.elapsed() };
    let reply = match request {
        Request::Ping => Reply { code: 0, value: serde_json::json!({}), text: String::new() },
        Request::Status => return Ok(desk.status()?),
        Request::Withdraw { targets, missing } => desk.withdraw(targets, *missing, now)?,
        Request::Restore { targets } => desk.restore(targets, now)?,
    };
    while desk.turn(Moment { wall: Utc::now(), tick: began.elapsed() })?.more {}
    sync::sync(config, &desk)?;
    setup::mark_clean(&mut desk)?;
    Ok(reply)
}
