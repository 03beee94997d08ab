//! Files that moved or are not where they were: missed, looked for once more after `grace`, then obeyed or held.

use std::time::Duration;

use super::{Desk, DeskError, SOONEST};
use crate::catalogue::Presence;
use crate::dropped::InboxPath;
use crate::inbox::{self, Root};
use crate::intake::Missed;
use crate::moment::Moment;

/// A file that is missed.
#[derive(Clone, Copy)]
pub(super) struct Miss {
    /// The tick at which that counts.
    pub(super) due: Duration,
    /// Whether it is held then, however few are missed.
    pub(super) is_held: bool,
}

impl Desk {
    /// Files are not there any more.
    pub(super) fn vanished(&mut self, paths: &[InboxPath], now: Moment) -> Result<(), DeskError> {
        if paths.is_empty() {
            return Ok(());
        }
        let (missed, committed) = self.record.commit(now.wall, |batch| {
            let mut missed = Vec::new();
            for path in paths {
                match batch.miss(path)? {
                    Missed::Now(no) => missed.push(no),
                    Missed::Already => {
                        let row = batch.catalogue().file(path)?;
                        missed.extend(row.filter(|row| row.presence == Presence::Missing).map(|row| row.no));
                    }
                    Missed::Unknown => {}
                }
            }
            Ok(missed)
        })?;
        self.forget_headings(paths)?;
        for path in paths {
            self.settle.vanished(path);
            self.early.remove(path);
            self.waiting.remove(path);
            self.alone.remove(path);
            self.forced.remove(path);
        }
        for no in missed {
            let due = now.tick + self.options.grace;
            self.missed.entry(no).or_insert(Miss { due, is_held: self.is_other_root });
        }
        self.after(committed, now);
        Ok(())
    }

    /// Files have other names.
    pub(super) fn moved(&mut self, moves: &[(InboxPath, InboxPath)], now: Moment) -> Result<(), DeskError> {
        let mut refused = Vec::new();
        // An article's file that becomes a marker, or ceases to be one, is another thing.
        let is_other = |(from, to): &&(InboxPath, InboxPath)| {
            (inbox::sort(from) == inbox::Sort::Marker) != (inbox::sort(to) == inbox::Sort::Marker)
        };
        let (others, moves): (Vec<_>, Vec<_>) = moves.iter().partition(is_other);
        for (from, to) in others {
            refused.push(from.clone());
            self.settle.arrived(to.clone(), now.tick);
        }
        self.commit(now, |batch| {
            for (from, to) in &moves {
                if !batch.rename(from, to)? {
                    refused.push(from.clone());
                }
            }
            Ok(())
        })?;
        for (from, to) in moves {
            if let Some(wait) = self.waiting.remove(from) {
                self.waiting.insert(to.clone(), wait);
            }
            self.alone.remove(from);
            // The folder and the name may say other things now: it is read again, whatever its bytes.
            self.forced.insert(to.clone());
            self.settle.moved(from, to.clone(), now.tick);
        }
        self.vanished(&refused, now)
    }

    /// Looks once more for what has been missed for `grace`, and obeys.
    pub(super) fn count_missed(&mut self, now: Moment) -> Result<(), DeskError> {
        let due: Vec<_> =
            self.missed.iter().filter(|(_, miss)| miss.due <= now.tick).map(|(no, miss)| (*no, *miss)).collect();
        if due.is_empty() {
            return Ok(());
        }
        // What cannot be confirmed now is asked again after another grace.
        let again = now.tick + self.options.grace.max(SOONEST);
        let root = self.settings.inbox.root();
        let is_uncertain = !self.is_complete || self.troubles.inbox.is_some() || !matches!(root, Root::Present { .. });
        // An inbox that took another's place since is noticed here at the latest.
        let is_replaced = match &root {
            Root::Present { identity } => self.is_other(identity)?,
            _ => false,
        };
        let mut absent = Vec::new();
        let mut held = Vec::new();
        for (no, miss) in due {
            let miss = Miss { due: again, is_held: miss.is_held || is_replaced };
            if is_uncertain {
                self.missed.insert(no, miss);
                continue;
            }
            let row = self.record.catalogue().file_of(no)?;
            self.missed.remove(&no);
            let Some(row) = row.filter(|row| row.presence == Presence::Missing) else { continue };
            match self.settings.inbox.look(&row.path) {
                Ok(None) if miss.is_held => held.push(no),
                Ok(None) => absent.push(no),
                Ok(Some(_)) => self.settle.arrived(row.path, now.tick),
                // Unreadable is not missing.
                Err(_) => {
                    self.missed.insert(no, miss);
                }
            }
        }
        if !absent.is_empty() || !held.is_empty() {
            self.commit(now, |batch| {
                batch.hold(&held)?;
                batch.obey(&absent)
            })?;
        }
        self.settle_root()
    }
}
