//! Whether the daemon is alive: the desk and serving each say by when they will be heard of again, and a thread of its own tells
//! the service manager for as long as both keep their word. A daemon that hangs is then ended and started anew.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::systemd::Systemd;

/// How many times as long as the service manager waits for a sign of life one turn of the desk may take. With the unit's 30 s it is
/// three minutes: a batch is bounded and takes seconds; an order to withdraw ten thousand articles, or a disk that stalls, takes
/// longer and is no hanging.
pub const LONGEST_TURN: u32 = 6;

/// How long opening the record, or bringing it to the disk at the end, may take: examining a database of many gigabytes after a
/// crash, or reading the ledger of a million articles.
pub const LONGEST_OPENING: Duration = Duration::from_secs(1800);

/// How often serving says that it lives.
const SERVING_BEAT: Duration = Duration::from_secs(1);

/// How long it may be silent, on a machine that is busy otherwise.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(20);

/// The time within which a sign of life is given where none is wanted, as the unit has it.
pub(super) const UNASKED: Duration = Duration::from_secs(30);

/// How often it is looked where no watchdog asks for it: while the daemon starts or stops, time is asked for so often.
const LOOK: Duration = Duration::from_secs(5);

/// How much time is asked for while it starts or stops.
const EXTENSION: Duration = Duration::from_secs(30);

/// What the daemon is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It opens its record, or brings it to the disk at the end.
    Opening,
    /// It takes in, publishes, serves.
    Running,
}

/// Ticks in milliseconds until which each part has promised to be heard of again.
#[derive(Debug)]
pub struct Pulse {
    longest_turn: Duration,
    phase: AtomicU8,
    desk: AtomicU64,
    serving: AtomicU64,
}

impl Pulse {
    /// The pulse of a daemon that must give a sign of life within `watchdog`.
    #[must_use]
    pub fn within(watchdog: Duration) -> Self {
        let (phase, desk, serving) = Default::default();
        Self { longest_turn: watchdog * LONGEST_TURN, phase, desk, serving }
    }

    /// The daemon begins to open or to run.
    pub fn enter(&self, phase: Phase, now: Duration) {
        match phase {
            Phase::Opening => self.promise(&self.desk, now + LONGEST_OPENING),
            Phase::Running => self.desk(now, Duration::ZERO),
        }
        self.serving(now);
        self.phase.store(u8::from(phase == Phase::Running), Ordering::Relaxed);
    }

    /// What the daemon is at.
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Opening,
            _ => Phase::Running,
        }
    }

    /// The desk lives, and begins a turn after resting at most so long.
    pub fn desk(&self, now: Duration, rest: Duration) {
        self.promise(&self.desk, now + rest + self.longest_turn);
    }

    /// Serving lives.
    pub fn serving(&self, now: Duration) {
        self.promise(&self.serving, now + LONGEST_SILENCE);
    }

    /// Whether every part that is at work has kept its word.
    pub fn is_alive(&self, now: Duration) -> bool {
        let kept = |promised: &AtomicU64| now.as_millis() <= u128::from(promised.load(Ordering::Relaxed));
        kept(&self.desk) && (self.phase() == Phase::Opening || kept(&self.serving))
    }

    fn promise(&self, part: &AtomicU64, until: Duration) {
        part.store(u64::try_from(until.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// Serving's part: says every now and then that it lives, for as long as its threads run.
pub(super) async fn beat(pulse: Arc<Pulse>, began: Instant) {
    let mut clock = tokio::time::interval(SERVING_BEAT);
    loop {
        clock.tick().await;
        pulse.serving(began.elapsed());
    }
}

/// The thread that looks and tells; it ends when it is dropped.
pub(super) struct Watcher {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Begins to tell the service manager, if there is one.
    pub(super) fn start(pulse: Arc<Pulse>, systemd: Systemd, began: Instant) -> io::Result<Self> {
        if !systemd.is_heard() {
            return Ok(Self { stop: None, thread: None });
        }
        // Twice within the time that it allows, and once more for the one that is late.
        let look = interval().map_or(LOOK, |time| LOOK.min(time / 3));
        let (stop, stopped) = channel::<()>();
        let thread = thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
            let mut is_told = false;
            loop {
                if pulse.is_alive(began.elapsed()) {
                    match pulse.phase() {
                        Phase::Opening => systemd.extend(EXTENSION),
                        Phase::Running => systemd.alive(),
                    }
                    is_told = false;
                } else if !is_told {
                    tracing::error!("the daemon hangs; the service manager is told no more that it lives");
                    is_told = true;
                }
                match stopped.recv_timeout(look) {
                    Err(RecvTimeoutError::Timeout) => {}
                    _ => return,
                }
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The time within which the service manager wants a sign of life of this process; none if it wants none.
pub(super) fn interval() -> Option<Duration> {
    let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let is_ours = number("WATCHDOG_PID").is_none_or(|pid| pid == u64::from(std::process::id()));
    number("WATCHDOG_USEC").filter(|&time| is_ours && time > 0).map(Duration::from_micros)
}
