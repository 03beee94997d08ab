//! Starts, wires and stops the threads; owns the desk's loop. One thread is the desk, one compares and watches, one syncs,
//! one compresses, and Tokio's serve. What wakes the desk is one closed enum; it waits for nothing else.

pub mod desk;
mod log;
mod newsroom;
mod scan;
mod serving;
mod setup;
mod sync;

use std::fs::{self, File, TryLockError};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::catalogue;
use crate::config::{Config, ConfigError, Watching};
use crate::control::{self, Reply, Request};
use crate::edition::Edition;
use crate::inbox::{self, Hint};
use crate::intake::IntakeError;
use crate::intake::compare::Finding;
use crate::intake::reading::Reading;
use crate::moment::Moment;
use crate::publish::{self, Archive};
use crate::render::Publication;
use crate::respond::Policy;

use desk::{Desk, DeskError};
use newsroom::{CLOCK_LOOK, LONGEST_REST, Newsroom};
use scan::{Scan, Scanned};
use sync::Synced;

/// How many events may wait for the desk. Whoever brings more waits: the kernel's own queue holds hints meanwhile, and
/// what that loses a comparison finds.
const MAX_EVENTS: usize = 1024;

/// The lock's name in the state folder.
const LOCK: &str = "lock";

/// How long to wait for the state folder while somebody holds it who answers no commands: a command that works on the record
/// itself is done in a moment, a daemon that starts or stops soon answers or is gone.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// How long a single run tries to write documents that the disk refuses: a job shall end, and the next run makes them.
const REFUSAL_WAIT: Duration = Duration::from_secs(5);

/// How often it is looked at meanwhile.
const LOCK_LOOK: Duration = Duration::from_millis(50);

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
    /// Another one runs on the same state or feeds folder.
    #[error("another syndicated runs on {}; stop it first, or give this one folders of its own", .0.display())]
    Running(PathBuf),
    /// A single run could not write its documents.
    #[error("the feeds folder {} cannot be written; the next run makes what is not there yet", .0.display())]
    Refused(PathBuf),
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
    /// The daemon that runs does not answer.
    #[error("the daemon cannot be asked: {0}")]
    Ask(#[source] io::Error),
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
    setup::mark_feeds(&config.feeds).map_err(at(&config.feeds))?;
    // Two with records of their own would take away each other's documents.
    let feeds = File::open(&config.feeds).map_err(at(&config.feeds))?;
    if matches!(feeds.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(DaemonError::Running(config.feeds.clone()));
    }
    Ok(Held { _state: lock, _feeds: feeds })
}

/// The same, waiting a moment for whoever holds it and is no daemon at work: a `status` shall not keep a daemon from starting.
fn hold_soon(config: &Config) -> Result<Held, DaemonError> {
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

/// Brings `feeds/` up to date with the inbox once; says how it ended.
///
/// # Errors
/// When the folders, the record or `feeds/` cannot be used.
pub fn publish_once(config: &Config) -> Result<Reply, DaemonError> {
    let _held = hold_soon(config)?;
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
    let mut writable = began.elapsed();
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
        if !desk.is_disk_refusing() {
            writable = now;
        } else if now > writable + REFUSAL_WAIT {
            return Err(DaemonError::Refused(config.feeds.clone()));
        }
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
    let _held = hold_soon(&config)?;
    let began = Instant::now();
    raise_descriptor_limit();
    let (events, received) = sync_channel(MAX_EVENTS);
    let edition = Edition::new(config.server.cache);
    let policy = Arc::new(ArcSwap::from_pointee(Policy::new(&config.base_url, config.publish.ttl)));
    setup::mend_catalogue(&config)?;
    let archive = Archive::new(config.state.clone(), config.feeds.clone());
    let (stop, stopped) = watch::channel(());
    let serving = serving::serve(&config, &edition, &policy, archive, events.clone(), stopped)?;
    let mut desk = open(&config, &edition, Utc::now())?;
    if desk.is_unused()? {
        make_inbox(&config)?;
    }
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
        failed: None,
    };
    tracing::info!(
        "watching {} and publishing to {}",
        newsroom.config.inbox.display(),
        newsroom.config.feeds.display()
    );
    let outcome = newsroom.work(&mut desk, &received, &reread);
    drop(stop);
    drop(received);
    // What is being answered is finished; the server keeps a deadline of its own.
    let _ = serving.join();
    newsroom.finish(&mut desk)?;
    outcome
}

/// At the very first start an inbox that is not there is made. Later, one that is missing is waited for: what was published from
/// it must not be taken for deleted. Nor is it made in a folder that is missing too: that is more likely misspelt, or not mounted.
fn make_inbox(config: &Config) -> Result<(), DaemonError> {
    if config.inbox.exists() {
        return Ok(());
    }
    match fs::create_dir(&config.inbox) {
        Ok(()) => tracing::info!("made the inbox {}: drop articles into it", config.inbox.display()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(DaemonError::Folder { path: config.inbox.clone(), source }),
    }
    Ok(())
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

/// Carries out a command: the daemon that runs on the configured state folder does it, or where none runs it is done on the
/// record itself, and `feeds/` brought up to date with it.
///
/// # Errors
/// When there is a daemon that does not answer, or the record cannot be opened or changed.
pub fn order(config: &Config, request: &Request) -> Result<Reply, DaemonError> {
    let began = Instant::now();
    loop {
        let asked = control::ask(&config.state, request, control::ANSWER_WAIT).map_err(DaemonError::Ask)?;
        if let Some(reply) = asked {
            return Ok(reply);
        }
        match hold(config) {
            // It starts or stops, or another command is at work.
            Err(DaemonError::Running(_)) if began.elapsed() < LOCK_WAIT => thread::sleep(LOCK_LOOK),
            held => return order_alone(config, request, held?),
        }
    }
}

fn order_alone(config: &Config, request: &Request, _held: Held) -> Result<Reply, DaemonError> {
    let began = Instant::now();
    let moment = || Moment { wall: Utc::now(), tick: began.elapsed() };
    let edition = Edition::new(config.server.cache);
    setup::mend_catalogue(config)?;
    let mut desk = open(config, &edition, Utc::now())?;
    let reply = match request {
        Request::Ping => Reply { code: 0, value: serde_json::json!({}), text: String::new() },
        Request::Status => {
            let mut status = desk.status()?;
            status.value["running"] = false.into();
            status.text += "no daemon is running; this is how it was left\n";
            status
        }
        Request::Withdraw { targets, missing } => desk.withdraw(targets, *missing, moment())?,
        Request::Restore { targets } => desk.restore(targets, moment())?,
    };
    if !matches!(request, Request::Ping | Request::Status) {
        while desk.turn(moment())?.more {}
        sync::sync(config, &desk)?;
    }
    setup::mark_clean(&mut desk)?;
    Ok(reply)
}
