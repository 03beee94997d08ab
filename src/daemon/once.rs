//! What a process does that serves nobody: bring `feeds/` up to date once, or carry out a command where no daemon runs.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;

use super::desk::Desk;
use super::desk_loop::{CLOCK_LOOK, LONGEST_REST};
use super::folders::{LOCK_LOOK, LOCK_WAIT, hold, hold_soon};
use super::{DaemonError, compare, log, open, scan, setup, sync};
use crate::config::Config;
use crate::control::{self, Reply, Request};
use crate::edition::Edition;
use crate::inbox::Root;
use crate::intake::backlog;
use crate::moment::Moment;

/// How long a single run tries to write documents that the disk refuses: a job shall end, and the next run makes them.
const REFUSAL_WAIT: Duration = Duration::from_secs(5);

/// What is kept of documents in memory: nothing, for nobody asks for them.
const UNREAD: u64 = 0;

/// Brings `feeds/` up to date with the inbox once; says how it ended.
///
/// # Errors
/// When the folders, the record or `feeds/` cannot be used.
pub fn publish_once(config: &Config) -> Result<Reply, DaemonError> {
    let _held = hold_soon(config)?;
    mending(config, || publish_locked(config))
}

/// Does something; where the catalogue turns out to be damaged on the way, sets that aside and does it once more.
fn mending<T>(config: &Config, work: impl Fn() -> Result<T, DaemonError>) -> Result<T, DaemonError> {
    match work() {
        Err(error) if error.is_damage() => {
            setup::set_aside(config, &error.to_string())?;
            work()
        }
        done => done,
    }
}

fn publish_locked(config: &Config) -> Result<Reply, DaemonError> {
    let began = Instant::now();
    let edition = Edition::new(UNREAD);
    setup::mend_catalogue(config)?;
    let mut desk = open(config, &edition, Utc::now())?;
    let moment = || Moment { wall: Utc::now(), tick: began.elapsed() };
    let mut log = log::Log::new();
    let told = |desk: &Desk, turn| log.turn(&turn, desk.waiting(), began.elapsed());
    if !compare(config, &mut desk, backlog::MAX_WAITING, moment, told)? {
        let error = match desk.sound_inbox() {
            Root::Silent => io::Error::new(io::ErrorKind::TimedOut, "the inbox does not answer"),
            Root::Unreadable => io::Error::new(io::ErrorKind::PermissionDenied, "the inbox cannot be read"),
            Root::Gone | Root::Present { .. } => io::Error::new(io::ErrorKind::NotFound, "the inbox is not there"),
        };
        return Err(DaemonError::at(&config.inbox)(error));
    }
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
            sync::to_disk(config)?;
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
    let reply = desk.status()?;
    setup::put_away(config, &mut desk, moment())?;
    desk.leave();
    log.ended(began.elapsed());
    Ok(reply)
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
            Err(DaemonError::Running(folder)) => return Err(DaemonError::Unheard(folder)),
            held => {
                let _held = held?;
                return mending(config, || order_locked(config, request));
            }
        }
    }
}

fn order_locked(config: &Config, request: &Request) -> Result<Reply, DaemonError> {
    let began = Instant::now();
    let moment = || Moment { wall: Utc::now(), tick: began.elapsed() };
    let edition = Edition::new(UNREAD);
    setup::mend_catalogue(config)?;
    let mut desk = open(config, &edition, Utc::now())?;
    let reply = match request {
        Request::Status => {
            let mut status = desk.status()?;
            status.value["running"] = false.into();
            status.text += "no daemon is running; this is how it was left\n";
            status
        }
        request => desk.answer(request, moment())?,
    };
    if matches!(request, Request::Ping | Request::Status) {
        setup::mark_clean(&mut desk)?;
    } else {
        while desk.turn(moment())?.more {}
        setup::put_away(config, &mut desk, moment())?;
    }
    desk.leave();
    Ok(reply)
}
