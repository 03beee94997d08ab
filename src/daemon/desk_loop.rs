//! The desk's loop: takes events, lets the desk turn, asks for comparisons and syncs, tells what happened.

mod reloading;
mod telling;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use chrono::Utc;

use super::desk::{self, Desk, DeskError};
use super::live_config::LiveConfig;
use super::log::Log;
use super::rescan::Rescan;
use super::scan::{Comparison, Scan, Scanned};
use super::status_line::StatusLine;
use super::sync::{self, Syncer};
use super::watchdog::Pulse;
use super::{DaemonError, Event, MAX_EVENTS, RECORD_PAUSE, setup};
use crate::control::{Reply, Request};
use crate::dropped::InboxPath;
use crate::inbox::Hint;
use crate::intake::compare::Compared;
use crate::metrics::Metrics;
use crate::moment::Moment;
use crate::reminder::Reminder;
use telling::running;

/// How often the wall clock is looked at while an embargo or an expiry lies ahead: they come out within a second of their time,
/// also when the clock is stepped.
pub(super) const CLOCK_LOOK: Duration = Duration::from_millis(250);

/// The longest the desk sleeps: nothing waits for it, and nothing is lost by looking.
pub(super) const LONGEST_REST: Duration = Duration::from_secs(30);

/// How long what an order changed is printed before it is answered, while files that come wait: some ten thousand documents. An
/// import that goes on meanwhile would never let it end.
const LONGEST_ORDER: Duration = Duration::from_secs(5);

/// The desk's loop with what it needs at hand.
pub(super) struct DeskLoop<'a> {
    pub(super) live: LiveConfig<'a>,
    /// The desk does not work by the configuration in force yet.
    pub(super) owes_desk: bool,
    pub(super) metrics: Arc<Metrics>,
    pub(super) scan: Scan,
    pub(super) syncer: Syncer,
    pub(super) log: Log,
    pub(super) status_line: StatusLine,
    pub(super) pulse: Arc<Pulse>,
    pub(super) began: Instant,
    pub(super) rescan: Rescan,
    /// The tick of the last document written and not yet synced.
    pub(super) last_write: Option<Duration>,
    /// Until when nothing is done, after the record could not be changed.
    pub(super) hold_until: Option<Duration>,
    /// The failures of the record.
    pub(super) failures: Reminder,
}

impl DeskLoop<'_> {
    fn moment(&self) -> Moment {
        Moment { wall: Utc::now(), tick: self.began.elapsed() }
    }

    pub(super) fn work(&mut self, desk: &mut Desk, received: &Receiver<Event>) -> Result<(), DaemonError> {
        let mut more = false;
        loop {
            let rest = if more { Duration::ZERO } else { self.rest(desk) };
            self.pulse.desk(self.began.elapsed(), rest);
            let first = if more {
                received.try_recv().ok()
            } else {
                match received.recv_timeout(rest) {
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
                self.pulse.desk(self.began.elapsed(), Duration::ZERO);
                if let Err(error) = self.take(desk, next) {
                    self.rest_after(desk, error)?;
                }
                taken += 1;
                event = if taken < MAX_EVENTS { received.try_recv().ok() } else { None };
            }
            more = match self.turn(desk, arrived) {
                Ok(more) => more,
                Err(error) => {
                    self.rest_after(desk, error.into())?;
                    false
                }
            };
        }
    }

    fn take(&mut self, desk: &mut Desk, event: Event) -> Result<(), DaemonError> {
        let now = self.moment();
        desk.not_heeded(self.live.unheeded(), now);
        match event {
            Event::Hint(hint) => self.hint(desk, hint, now)?,
            Event::Findings(findings) => {
                self.scan.taken(findings.len());
                desk.findings(findings, now)?;
            }
            Event::Scanned(scanned) => self.scanned(desk, scanned, now)?,
            Event::Synced(synced) => {
                self.syncer.is_busy = false;
                desk.keep_record(now)?;
                match synced {
                    Ok(turn) => desk.synced(turn)?,
                    Err(error) => tracing::warn!("the disk cannot be synced: {error}"),
                }
            }
            Event::Command(request, answer) => {
                let is_order = matches!(request, Request::Withdraw { .. } | Request::Restore { .. });
                let reply = match request {
                    Request::Status => desk.status().map(|status| running(desk, status)),
                    request => desk.answer(&request, now),
                };
                // Printed before the command ends: what it asked for is true when it returns.
                let turned = self.turn_for(desk, if is_order { LONGEST_ORDER } else { Duration::ZERO });
                let reply = reply.unwrap_or_else(|error| Reply {
                    code: 1,
                    value: serde_json::json!({ "error": error.to_string() }),
                    text: format!("{error}\n"),
                });
                // Nobody there to hear it: the command was given up.
                let _ = answer.try_send(reply);
                turned?;
            }
            Event::Board(answer) => {
                // Nobody there to read it: the browser was closed.
                let _ = answer.try_send(desk.board_page().map_err(|error| error.to_string()));
            }
            Event::Reload => self.reload(desk, now)?,
            Event::Stop => {}
        }
        Ok(())
    }

    fn hint(&mut self, desk: &mut Desk, hint: Hint, now: Moment) -> Result<(), DeskError> {
        match &hint {
            Hint::FolderMoved { from, to } => self.scan.moved(from.clone(), to.clone()),
            Hint::FolderVanished(folder) => self.scan.removed(folder.clone()),
            Hint::Everything(reason) => {
                tracing::info!("comparing everything: {reason}");
                self.scan.renew();
            }
            _ => {}
        }
        desk.hint(hint, now)
    }

    fn scanned(&mut self, desk: &mut Desk, scanned: Scanned, now: Moment) -> Result<(), DaemonError> {
        match scanned {
            Scanned::Compared(comparison) => {
                self.scan.ended();
                self.compared(desk, comparison, now)?;
            }
            Scanned::Swept(outcome) => {
                self.scan.ended();
                match outcome {
                    Ok(findings) => desk.swept(findings)?,
                    Err(reason) => tracing::warn!("the feeds folder cannot be compared: {reason}"),
                }
            }
            Scanned::Damaged(error) => {
                self.scan.ended();
                return Err(error);
            }
            Scanned::Unwatched(reason) => self.hint(desk, Hint::Everything(reason), now)?,
        }
        Ok(())
    }

    fn compared(&mut self, desk: &mut Desk, comparison: Comparison, now: Moment) -> Result<(), DeskError> {
        let Comparison { folder, took, polls, outcome } = comparison;
        let Compared { unreadable, unwatched, cut_short } = match outcome {
            Ok(compared) => compared,
            Err(reason) => {
                tracing::warn!("the comparison failed: {reason}; all is compared again soon");
                self.rescan.failed(self.began.elapsed());
                return Ok(());
            }
        };
        if !folder.is_root() || cut_short {
            unreadable.iter().for_each(|folder| tracing::warn!("{}", desk::unreadable(folder)));
            return Ok(());
        }
        // What is so for long is told once, and by the status as long as it is so.
        desk.cannot_read(unreadable, now);
        self.metrics.compared(took);
        self.status_line.touch();
        let is_first = !desk.is_current();
        desk.end_comparison()?;
        let polls = polls || unwatched.is_some();
        let pause = if polls { self.live.config.intake.poll } else { self.live.config.intake.rescan };
        self.rescan.ended(self.began.elapsed(), took, pause);
        if is_first {
            tracing::info!("compared the inbox in {:.0?}", took);
            self.scan.sweep();
        }
        if let Some(reason) = unwatched.filter(|_| is_first) {
            tracing::warn!("not every folder can be watched ({reason}); comparing every {:.0?} instead", pause);
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
            self.rescan.hasten(now.tick);
        }
        self.reconfigure(desk, now)?;
        desk.not_heeded(self.live.unheeded(), now);
        if self.rescan.next() <= now.tick {
            if self.scan.is_comparing() {
                self.rescan.asked(now.tick, self.pause());
                // Whoever compares it may be waiting for a share that does not answer; the desk takes note of that.
                let _ = desk.sound_inbox();
            } else {
                self.compare_all(desk, now)?;
            }
        }
        let was_current = desk.is_current();
        let mut turn = desk.turn(now)?;
        desk.stall(None);
        for folder in &turn.to_compare {
            if folder.is_root() {
                self.compare_all(desk, now)?;
                // What that has to say is told at once.
                turn.more = true;
            } else {
                self.scan.compare(folder.clone());
            }
        }
        if turn.written > 0 {
            self.last_write = Some(now.tick);
        }
        self.scan.waits(desk.waiting());
        self.log.turn(&turn, desk.waiting(), arrived.elapsed());
        self.count(&turn, desk.waiting(), arrived.elapsed());
        let is_news = !(turn.reports.is_empty() && turn.refused.is_empty() && turn.mended.is_empty());
        if is_news || desk.is_current() != was_current {
            self.status_line.touch();
        }
        self.status_line.tell(desk, now.tick)?;
        if !self.syncer.is_busy
            && self.last_write.is_some_and(|at| now.tick > at + sync::QUIET || self.syncer.is_overdue(now.tick))
        {
            self.last_write = None;
            // None: what was written has been taken back since.
            if let Some(printed) = desk.unsynced()? {
                self.syncer.ask(printed, now.tick);
            }
        }
        Ok(turn.more)
    }

    /// Turns once, and for so long until nothing more is to be done at once.
    fn turn_for(&mut self, desk: &mut Desk, most: Duration) -> Result<(), DeskError> {
        let began = Instant::now();
        while self.turn(desk, began)? && began.elapsed() < most {
            self.pulse.desk(self.began.elapsed(), Duration::ZERO);
        }
        Ok(())
    }

    /// Has the whole inbox compared; where there is none at present, looks again after `poll`.
    fn compare_all(&mut self, desk: &mut Desk, now: Moment) -> Result<(), DeskError> {
        self.rescan.asked(now.tick, self.pause());
        desk.keep_record(now)?;
        if desk.begin_comparison()? {
            self.scan.compare(InboxPath::root());
        }
        Ok(())
    }

    /// The time between two looks for an inbox that is not there, or is being compared.
    fn pause(&self) -> Duration {
        self.live.config.intake.poll.min(self.live.config.intake.rescan)
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
        until = until.min(self.rescan.next());
        until = self.status_line.due().map_or(until, |due| until.min(due));
        // The end of a sync under way is an event.
        if let Some(written) = self.last_write.filter(|_| !self.syncer.is_busy) {
            until = until.min(written + sync::QUIET + Duration::from_millis(1));
        }
        if desk.awaits_an_hour().unwrap_or(true) {
            until = until.min(now + CLOCK_LOOK);
        }
        until.saturating_sub(now)
    }

    /// Rests after a failure that may pass.
    ///
    /// # Errors
    /// With a catalogue that is damaged or gone, which no trying mends: the next start makes it anew.
    fn rest_after(&mut self, desk: &mut Desk, error: DaemonError) -> Result<(), DaemonError> {
        if error.is_damage() || error.is_gone() {
            return Err(error);
        }
        let pause = RECORD_PAUSE.as_secs();
        let told = format!("{error}; intake tries again every {pause} s until it can go on, serving goes on");
        desk.stall(Some(told.clone()));
        if self.failures.is_due(&told, Instant::now()) {
            tracing::error!("{told}");
        }
        self.status_line.alarm(desk, &told);
        self.hold_until = Some(self.began.elapsed() + RECORD_PAUSE);
        Ok(())
    }

    /// Ends with what the work ended with: brings everything to the disk, but nothing of a record that is damaged or gone.
    pub(super) fn finish(self, desk: Desk, outcome: Result<(), DaemonError>) -> Result<(), DaemonError> {
        match &outcome {
            Err(error) if error.is_gone() => desk.leave(),
            Err(error) if error.is_damage() => {
                desk.leave();
                // The next start looks less closely, might find nothing wrong with it, and stop at the same place.
                if error.is_confirmed(&self.live.config.state) {
                    setup::set_aside(&self.live.config, &error.to_string())?;
                }
            }
            _ => self.put_away(desk),
        }
        outcome
    }

    /// Brings everything to the disk. Where that cannot be done, the next start looks through the record as after a crash.
    fn put_away(self, mut desk: Desk) {
        let now = self.moment();
        self.syncer.finish();
        if let Err(error) = setup::put_away(&self.live.config, &mut desk, now) {
            tracing::warn!("{error}; the next start looks through the record");
        }
        desk.leave();
        tracing::info!("stopped");
    }
}
