//! Starts, wires and stops the threads; owns the desk's loop. What wakes the desk is one closed enum; it waits for nothing else.
//!
//! | thread | does |
//! | --- | --- |
//! | the first | is the desk: keeps the record and publishes |
//! | `inbox` | looks into the inbox for the desk, for that may not answer |
//! | `inbox-hints`, `scan` | watch the inbox, and compare it with the record |
//! | `read`, `read-slow`, `worker`, `once` | read files, and render documents, on all cores |
//! | `sync` | brings what was written to the disk |
//! | `compressor` | compresses better what is read often |
//! | `server`, `serve`, `access` | answer readers and commands, and write down what was asked |
//! | `watchdog` | tells the service manager that the desk and serving live |

mod backup;
pub mod desk;
mod desk_loop;
mod folders;
pub mod heading;
mod live_config;
mod log;
mod once;
mod opening;
pub mod rescan;
pub mod scan;
mod serving;
mod setup;
mod signals;
mod status_line;
mod sync;
mod systemd;
pub mod watchdog;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use chrono::Utc;
use tokio::sync::watch;

use crate::catalogue::{self, CatalogueError};
use crate::config::{Config, ConfigError, Watching};
use crate::control::{Reply, Request};
use crate::dropped::InboxPath;
use crate::edition::Edition;
use crate::inbox::{self, Hint};
use crate::intake::IntakeError;
use crate::intake::compare::Finding;
use crate::metrics::Metrics;
use crate::moment::Moment;
use crate::publish::{Archive, PublishError, SweepError};
use crate::reminder::Reminder;
use crate::server::{CertificateError, ListenError, Passed};

pub use backup::back_up;
pub use folders::{Held, hold};
pub use once::{order, publish_once};
pub use setup::{open, publication, reader};

use desk::{Desk, DeskError, Turn};
use desk_loop::DeskLoop;
use live_config::LiveConfig;
use opening::Opening;
use rescan::Rescan;
use scan::{Scan, Scanned};
use serving::{Front, Serving};
use signals::Hangups;
use sync::Synced;
use systemd::Systemd;
use watchdog::{Phase, Pulse, Watcher};

/// How many events may wait for the desk. Whoever brings more waits: the kernel's own queue holds hints meanwhile, and
/// what that loses a comparison finds.
const MAX_EVENTS: usize = 1024;

/// How long the desk rests after the record could not be opened or changed (a full disk) before it tries again.
const RECORD_PAUSE: Duration = Duration::from_secs(2);

/// Everything that can wake the desk.
enum Event {
    Hint(Hint),
    Findings(Vec<Finding>),
    Scanned(Scanned),
    Synced(Synced),
    Command(Request, SyncSender<Reply>),
    /// The page that tells how things stand is asked for.
    Board(SyncSender<Result<String, String>>),
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
    /// A listener cannot be had.
    #[error(transparent)]
    Listener(#[from] ListenError),
    /// A certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// A socket for TLS was passed, and no certificate is configured.
    #[error("systemd passed the socket \"https\", but [server.tls] names no certificate and key")]
    NoCertificate,
    /// A backup would replace something, or lie where it is read or published.
    #[error("{}: {reason}; name a new folder for the backup", path.display())]
    BackupFolder {
        /// The folder it was to become.
        path: PathBuf,
        /// Why not.
        reason: &'static str,
    },
    /// A folder that exists cannot be replaced by a backup.
    #[error("{}: {reason}, and a backup appears whole or not at all; name a new folder in it: {}", path.display(), path.join("backup").display())]
    BackupPlace {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The daemon that runs does not answer.
    #[error("the daemon cannot be asked: {0}")]
    Ask(#[source] io::Error),
    /// Somebody is at work on the state folder, and not to be asked.
    #[error(
        "another syndicated is at work on {} and answers no commands; if that lasts, send it SIGHUP (systemctl reload): it \
         makes its control socket anew if somebody removed that",
        .0.display()
    )]
    Unheard(PathBuf),
    /// The record cannot be opened.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The desk cannot go on.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// `feeds/` cannot be compared.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// A thread cannot be had.
    #[error(
        "the system gives the daemon no more threads ({0}); raise TasksMax of its service, or `ulimit -u` of its user"
    )]
    Threads(#[source] io::Error),
    /// A signal handler or a socket cannot be had.
    #[error("{0}")]
    System(#[from] io::Error),
}

impl DaemonError {
    /// What became of a path.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Folder { path, source }
    }

    /// What the catalogue failed with, if it is that.
    fn catalogue(&self) -> Option<&CatalogueError> {
        match self {
            Self::Intake(IntakeError::Catalogue(error))
            | Self::Desk(
                DeskError::Intake(IntakeError::Catalogue(error)) | DeskError::Publish(PublishError::Catalogue(error)),
            )
            | Self::Sweep(SweepError::Catalogue(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether it may pass by itself: the disk is full or fails.
    fn is_passing(&self) -> bool {
        self.catalogue().is_some_and(CatalogueError::is_passing)
    }

    /// Whether the catalogue is damaged.
    fn is_damage(&self) -> bool {
        self.catalogue().is_some_and(CatalogueError::is_damage)
    }

    /// Whether the catalogue of a state folder is damaged, and not only seemed so while the disk failed.
    fn is_confirmed(&self, state: &Path) -> bool {
        self.catalogue().is_some_and(|error| catalogue::is_damaged(state, error))
    }

    /// Whether it was taken away.
    fn is_gone(&self) -> bool {
        matches!(self.catalogue(), Some(CatalogueError::Gone))
    }
}

/// Compares the whole inbox for a desk, on this thread; says whether there is an inbox. Whenever more than `most` files wait to
/// be read, the desk turns in the middle, and `turned` takes what that did: a million files are not a million paths in memory.
///
/// # Errors
/// When the record fails.
pub fn compare(
    config: &Config,
    desk: &mut Desk,
    most: usize,
    moment: impl Fn() -> Moment,
    mut turned: impl FnMut(&Desk, Turn),
) -> Result<bool, DaemonError> {
    if !desk.begin_comparison()? {
        return Ok(false);
    }
    let mut failed = None;
    let now = moment().wall;
    let compared = scan::compare(config, None, &InboxPath::root(), now, |findings| {
        let taken = desk.findings(findings, moment()).and_then(|()| {
            // What has yet to lie still is not waited for.
            let mut more = true;
            while more && desk.waiting() > most {
                let turn = desk.turn(moment())?;
                more = turn.more;
                turned(desk, turn);
            }
            Ok(())
        });
        taken.map_err(|error| failed = Some(error)).is_ok()
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    desk.cannot_read(compared.unreadable, moment());
    desk.end_comparison()?;
    Ok(true)
}

/// Runs until a signal: watches, publishes, serves. `read` gives the configuration, and gives it anew when SIGHUP asks for it.
///
/// # Errors
/// When it cannot start. Once it runs, it goes on: a disk that is full or a share that is gone is waited for.
pub fn run(read: impl Fn() -> Result<Config, ConfigError>) -> Result<(), DaemonError> {
    // Before anything that takes time.
    let hangups = Hangups::hear()?;
    let config = read()?;
    let passed = Passed::take();
    let began = Instant::now();
    let systemd = Systemd::new();
    let pulse = Arc::new(Pulse::within(watchdog::interval().unwrap_or(watchdog::UNASKED)));
    pulse.enter(Phase::Opening, began.elapsed());
    let _watcher = Watcher::start(Arc::clone(&pulse), systemd.clone(), began).map_err(DaemonError::Threads)?;
    systemd.status("Opening the record");
    let _held = folders::hold_soon(&config)?;
    let (events, received) = sync_channel(MAX_EVENTS);
    let edition = Edition::new(config.server.cache);
    if let Err(error) = setup::mend_catalogue(&config)
        && !error.is_passing()
    {
        return Err(error);
    }
    let archive = Archive::new(config.state.clone(), config.feeds.clone());
    let (stop, stopped) = watch::channel(());
    let metrics = Arc::new(Metrics::default());
    let front = Front { edition: Arc::clone(&edition), archive, metrics: Arc::clone(&metrics) };
    let (serving, reloadable) = Serving::open(&config, passed, hangups, &edition)?;
    serving.threads().spawn(watchdog::beat(Arc::clone(&pulse), began));
    let serving = serving.start(front, events.clone(), stopped)?;
    let mut live = LiveConfig::new(config, reloadable, &read);
    let opening = Opening { edition: &edition, received: &received, systemd: &systemd, pulse: &pulse, began };
    let Some(mut desk) = opening.desk(&mut live)? else {
        systemd.stopping();
        drop(stop);
        let _ = serving.join();
        return Ok(());
    };
    if desk.is_unused()? {
        folders::make_inbox(&live.config)?;
    }
    let now = Moment { wall: Utc::now(), tick: began.elapsed() };
    desk.not_heeded(live.unheeded(), now);
    let mut desk_loop = DeskLoop {
        scan: Scan::start(&live.config, events.clone()).map_err(DaemonError::Threads)?,
        syncer: sync::Syncer::start(&live.config, events.clone()).map_err(DaemonError::Threads)?,
        log: log::Log::new(),
        status_line: status_line::StatusLine::new(systemd.clone()),
        pulse: Arc::clone(&pulse),
        live,
        owes_desk: false,
        metrics,
        began,
        rescan: Rescan::default(),
        last_write: None,
        hold_until: None,
        failures: Reminder::default(),
    };
    pulse.enter(Phase::Running, began.elapsed());
    systemd.status("Comparing the inbox with the record; what was published is served");
    systemd.ready();
    tracing::info!(
        "watching {} and publishing to {}",
        desk_loop.live.config.inbox.display(),
        desk_loop.live.config.feeds.display()
    );
    let outcome = desk_loop.work(&mut desk, &received);
    systemd.stopping();
    pulse.enter(Phase::Opening, began.elapsed());
    drop(stop);
    drop(received);
    // What is being answered is finished; the server keeps a deadline of its own.
    let _ = serving.join();
    desk_loop.finish(desk, outcome)
}

/// Whether the inbox is looked at again and again instead of watched.
fn polls(config: &Config) -> bool {
    match config.intake.watch {
        Watching::Poll => true,
        Watching::Events => false,
        Watching::Auto => inbox::needs_polling(&config.inbox),
    }
}
