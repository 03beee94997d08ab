//! What one connection has been doing and since when → how long it may go on. Its stream and its requests note here what
//! happens; nothing here reads or writes. The notes are atomic because the requests of HTTP/2 are tasks of their own.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

use super::Limits;

/// The least that a reader must take of an answer, in bytes a second over the time of [`Limits::stall`]: a fifth of what a
/// telephone modem brought. Whoever takes less holds a connection for its own sake.
pub const LEAST_RATE: u32 = 1024;

/// The most requests on one connection. A reader needs a few; what is left is that no connection lasts for ever.
pub const MAX_REQUESTS: u32 = 10_000;

/// The longest life of a connection that goes on asking: then it is told to come again, perhaps to a newer program.
pub const LIFETIME: Duration = Duration::from_secs(3600);

/// How long a connection that has been shut is listened to for what was on its way: closed at once, it would be reset, and the
/// last answer might be lost with that (RFC 9112 section 9.6).
pub const FAREWELL: Duration = Duration::from_secs(2);

/// How long a newcomer has to say something before it may have to make room for another.
pub(super) const WELCOME: Duration = Duration::from_secs(1);

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing has come yet of its first request; or of its handshake.
    Fresh,
    /// A part of a request's head has come.
    Head,
    /// A request is being answered.
    Answering,
    /// Everything asked has been answered.
    Idle,
    /// Shut; what still comes is thrown away.
    Farewell,
}

/// What a connection has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Told {
    /// Nothing.
    GoOn,
    /// To say with its next answer that it is the last.
    Soon,
    /// To end with what it is answering, and at once if that is nothing.
    Finish,
    /// To end.
    Drop,
}

/// Why a connection was ended by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Overdue {
    #[error("the client sent no whole request in time")]
    Request,
    #[error("it was idle")]
    Idle,
    #[error("the reader takes its answer too slowly")]
    Slow,
    #[error("it was told to end")]
    Told,
}

/// The notes of one connection.
pub(super) struct Pace {
    limits: Limits,
    began: Instant,
    /// HTTP/2, where bytes may come that belong to no request.
    multiplexed: AtomicBool,
    phase: AtomicU8,
    /// When the phase began, in microseconds since the connection did; as all times here.
    since: AtomicU64,
    requests: AtomicU32,
    /// Requests of which the answer is not yet handed over.
    open: AtomicU32,
    /// Those of them whose answer is still being found.
    making: AtomicU32,
    /// Whether the reader's side takes no more bytes for now.
    stuck: AtomicBool,
    written: AtomicU64,
    /// Up to when, and how many bytes, the reader has been fast enough.
    mark: AtomicU64,
    mark_written: AtomicU64,
    /// A line ended without a carriage return.
    loose: AtomicBool,
    told: AtomicU8,
    waker: OnceLock<Waker>,
}

impl Pace {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            began: Instant::now(),
            multiplexed: AtomicBool::new(false),
            phase: AtomicU8::new(Phase::Fresh as u8),
            since: AtomicU64::new(0),
            requests: AtomicU32::new(0),
            open: AtomicU32::new(0),
            making: AtomicU32::new(0),
            stuck: AtomicBool::new(false),
            written: AtomicU64::new(0),
            mark: AtomicU64::new(0),
            mark_written: AtomicU64::new(0),
            loose: AtomicBool::new(false),
            told: AtomicU8::new(Told::GoOn as u8),
            waker: OnceLock::new(),
        })
    }

    fn phase(&self) -> Phase {
        [Phase::Fresh, Phase::Head, Phase::Answering, Phase::Idle, Phase::Farewell]
            .into_iter()
            .find(|phase| *phase as u8 == self.phase.load(Relaxed))
            .unwrap_or(Phase::Farewell)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn enter(&self, phase: Phase) {
        self.since.store(self.now(), Relaxed);
        self.phase.store(phase as u8, Relaxed);
    }

    /// The handshake is done, or the first bytes are looked at: the first request may begin.
    pub(super) fn begins(&self, multiplexed: bool) {
        self.multiplexed.store(multiplexed, Relaxed);
        self.enter(Phase::Fresh);
    }

    /// Bytes came.
    pub(super) fn came(&self) {
        let phase = self.phase.load(Relaxed);
        let is_waiting = phase == Phase::Fresh as u8 || phase == Phase::Idle as u8;
        if is_waiting && !self.multiplexed.load(Relaxed) {
            // A handshake or a first head that has begun has its time already.
            if phase == Phase::Idle as u8 {
                self.enter(Phase::Head);
            } else {
                self.phase.store(Phase::Head as u8, Relaxed);
            }
        }
    }

    /// The reader's side took bytes.
    pub(super) fn took(&self, bytes: usize) {
        self.stuck.store(false, Relaxed);
        self.written.fetch_add(bytes as u64, Relaxed);
    }

    /// The reader's side takes none for now.
    pub(super) fn is_stuck(&self) {
        self.stuck.store(true, Relaxed);
    }

    /// Everything written so far was taken.
    pub(super) fn flushed(&self) {
        if self.phase.load(Relaxed) == Phase::Answering as u8 && self.open.load(Relaxed) == 0 {
            self.enter(Phase::Idle);
        }
    }

    /// A line ended in a way that not everybody takes for an end.
    pub(super) fn is_loose(&self) {
        self.loose.store(true, Relaxed);
    }

    /// The connection was shut from our side.
    pub(super) fn shut(&self) {
        if self.phase.load(Relaxed) != Phase::Farewell as u8 {
            self.enter(Phase::Farewell);
        }
    }

    /// It is to end: where it has nothing to do, what is left is the farewell.
    pub(super) fn leaves(&self) {
        if matches!(self.phase(), Phase::Fresh | Phase::Idle) {
            self.enter(Phase::Farewell);
        }
    }

    /// A request's head is here.
    pub(super) fn asked(self: &Arc<Self>) -> Answering {
        self.requests.fetch_add(1, Relaxed);
        self.making.fetch_add(1, Relaxed);
        if self.open.fetch_add(1, Relaxed) == 0 {
            self.enter(Phase::Answering);
            self.mark.store(self.since.load(Relaxed), Relaxed);
            self.mark_written.store(self.written.load(Relaxed), Relaxed);
        }
        Answering { pace: Arc::clone(self), made: false }
    }

    pub(super) fn is_multiplexed(&self) -> bool {
        self.multiplexed.load(Relaxed)
    }

    /// For how many microseconds it has had nothing to do; none where it has something.
    pub(super) fn idle_for(&self) -> Option<u64> {
        let micros = self.now().saturating_sub(self.since.load(Relaxed));
        let is_idle = match self.phase() {
            Phase::Idle => true,
            Phase::Fresh => u128::from(micros) >= WELCOME.as_micros(),
            Phase::Head | Phase::Answering | Phase::Farewell => false,
        };
        (is_idle && self.told() == Told::GoOn).then_some(micros)
    }

    pub(super) fn told(&self) -> Told {
        match self.told.load(Relaxed) {
            0 => Told::GoOn,
            1 => Told::Soon,
            2 => Told::Finish,
            _ => Told::Drop,
        }
    }

    /// Tells the connection what it is to do, and wakes it for that. It never goes back on it.
    pub(super) fn tell(&self, what: Told) {
        self.told.fetch_max(what as u8, Relaxed);
        if let Some(waker) = self.waker.get() {
            waker.wake_by_ref();
        }
    }

    /// Whom [`tell`](Self::tell) wakes: the task that the connection is, which stays the same.
    pub(super) fn is_woken_by(&self, waker: &Waker) {
        self.waker.get_or_init(|| waker.clone());
    }

    /// Until when the connection may go on as it is.
    ///
    /// # Errors
    /// When it may not.
    pub(super) fn until(&self) -> Result<Instant, Overdue> {
        let (limit, why) = match self.phase() {
            Phase::Fresh | Phase::Head => (self.limits.request, Overdue::Request),
            Phase::Idle => (self.limits.idle, Overdue::Idle),
            Phase::Farewell => (FAREWELL, Overdue::Told),
            Phase::Answering => return self.until_slow(),
        };
        let until = self.began + Duration::from_micros(self.since.load(Relaxed)) + limit;
        if Instant::now() < until { Ok(until) } else { Err(why) }
    }

    /// The time in which the reader must have taken something more. What we take to find an answer is not the reader's.
    fn until_slow(&self) -> Result<Instant, Overdue> {
        let limit = self.limits.stall;
        let until = self.began + Duration::from_micros(self.mark.load(Relaxed)) + limit;
        if Instant::now() < until {
            return Ok(until);
        }
        let written = self.written.load(Relaxed);
        let progress = written.saturating_sub(self.mark_written.load(Relaxed));
        let is_the_readers = self.stuck.load(Relaxed) || self.open.load(Relaxed) > self.making.load(Relaxed);
        if is_the_readers && u128::from(progress) * 1000 < u128::from(LEAST_RATE) * limit.as_millis() {
            return Err(Overdue::Slow);
        }
        self.mark.store(self.now(), Relaxed);
        self.mark_written.store(written, Relaxed);
        Ok(Instant::now() + limit)
    }
}

/// One request, from its head until its answer is handed over or given up.
pub(super) struct Answering {
    pace: Arc<Pace>,
    made: bool,
}

impl Answering {
    /// The answer is found; from here on it is the reader who takes time.
    pub(super) fn made(&mut self) {
        if !self.made {
            self.made = true;
            self.pace.making.fetch_sub(1, Relaxed);
        }
    }

    /// Whether it is to be the connection's last.
    pub(super) fn is_last(&self) -> bool {
        self.pace.told() != Told::GoOn
            || self.pace.requests.load(Relaxed) >= MAX_REQUESTS
            || u128::from(self.pace.since.load(Relaxed)) >= LIFETIME.as_micros()
    }

    /// Whether a line of it, or of one that came with it, ended in a way that not everybody takes for an end.
    pub(super) fn is_loose(&self) -> bool {
        self.pace.loose.load(Relaxed)
    }

    /// Makes it the connection's last.
    pub(super) fn finish(&self) {
        self.pace.tell(Told::Finish);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.made();
        self.pace.open.fetch_sub(1, Relaxed);
    }
}
