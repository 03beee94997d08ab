//! Sidecars and captions that came: taken into the record, and the articles they go with read again. One that stands alone
//! waits as long as an article waits for its pictures, and is refused then.

use std::io::ErrorKind;

use super::{Desk, DeskError, SOONEST};
use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Ready, Sort};
use crate::intake::beside::{self, Beside};
use crate::intake::companions;
use crate::intake::fault::glance;
use crate::intake::reading::MAX_SIDECAR;
use crate::moment::Moment;
use crate::parse;
use crate::rejection::Rejection;

impl Desk {
    /// What goes with an article's file.
    pub(super) fn beside(&self, article: &InboxPath) -> Result<Beside, DeskError> {
        let is_there = |file: &InboxPath| self.is_there(file);
        Ok(companions::beside(self.record.catalogue(), article, |file| beside::has_article(file, is_there))?)
    }

    /// Whether a file is in the inbox.
    pub(super) fn is_there(&self, file: &InboxPath) -> bool {
        matches!(self.settings.inbox.look(file), Ok(Some(_)))
    }

    /// Articles that go with a file and are on their way into the record: read, or waiting for media.
    pub(super) fn unrecorded(&self, file: &InboxPath) -> Vec<InboxPath> {
        let on_their_way = self
            .in_hand
            .iter()
            .chain(self.slow_files.paths())
            .chain(self.stragglers.paths())
            .chain(self.waiting.keys());
        on_their_way.filter(|article| inbox::part(file, article).is_some()).cloned().collect()
    }

    /// Whether a file that is a sidecar by its name holds an agency's item. One that held articles goes on doing so: what
    /// became of it is for its reader to say.
    pub(super) fn holds_articles(&self, path: &InboxPath) -> Result<bool, DeskError> {
        if !inbox::may_hold_articles(path) {
            return Ok(false);
        }
        let catalogue = self.record.catalogue();
        if let Some(row) = catalogue.file(path)?
            && !catalogue.claims_of(row.no)?.is_empty()
        {
            return Ok(true);
        }
        Ok(match self.settings.inbox.read(path, self.reader.max_file) {
            // What its reader makes of one that does not let itself be looked at is for the reader to say.
            Ok(inbox::Reading::Whole { bytes, .. }) => glance(move || Ok(parse::is_ninjs(&bytes))).unwrap_or(true),
            Ok(inbox::Reading::TooLarge { .. }) => true,
            Ok(inbox::Reading::Changed) | Err(_) => false,
        })
    }

    /// Whether a new article comes before its sidecar, which may embargo it: one that lies there and is neither read nor among
    /// what is `due`, as in a folder that is still being compared. Then it is due once more behind that.
    pub(super) fn awaits_sidecar(
        &mut self,
        article: &InboxPath,
        due: &[Ready],
        now: Moment,
    ) -> Result<bool, DeskError> {
        // An import compares everything first; and none waits twice.
        if self.is_importing || self.forced.contains(article) {
            return Ok(false);
        }
        let mut awaits = false;
        for sidecar in inbox::sidecars_of(article) {
            // Most articles have none: asked first, because it is asked of every one.
            let look = self.settings.inbox.look(&sidecar).ok().flatten().filter(|look| look.size > 0);
            if let Some(look) = look
                && !due.iter().any(|ready| ready.path == sidecar)
                && self.record.catalogue().file(&sidecar)?.is_none()
                && self.record.catalogue().file(article)?.is_none()
            {
                self.settle.seen(sidecar, look, true, now.tick);
                awaits = true;
            }
        }
        if awaits {
            self.forced.insert(article.clone());
            self.settle.arrived(article.clone(), now.tick);
        }
        Ok(awaits)
    }

    pub(super) fn read_companions(&mut self, files: Vec<(InboxPath, Look)>, now: Moment) -> Result<(), DeskError> {
        for (path, look) in files.into_iter().filter(|(_, look)| look.size > 0) {
            self.forced.remove(&path);
            let is_alone = if inbox::sort(&path) == Sort::Caption {
                self.commit(now, |batch| batch.take_caption(&path, look))?
            } else {
                match self.read_sidecar(&path, look, now)? {
                    Some(is_alone) => is_alone,
                    None => continue,
                }
            };
            for article in self.unrecorded(&path) {
                self.read_anew(article, now);
            }
            if is_alone {
                self.alone.entry(path).or_insert(now.tick + self.options.media_wait);
            } else {
                self.alone.remove(&path);
            }
        }
        Ok(())
    }

    /// Whether it stands alone; none: it is to be looked at again.
    fn read_sidecar(&mut self, path: &InboxPath, look: Look, now: Moment) -> Result<Option<bool>, DeskError> {
        let (look, bytes) = match self.settings.inbox.read(path, MAX_SIDECAR) {
            Ok(inbox::Reading::Whole { bytes, look }) => (look, Ok(bytes)),
            Ok(inbox::Reading::Changed) => {
                self.settle.seen(path.clone(), look, true, now.tick);
                return Ok(None);
            }
            Ok(inbox::Reading::TooLarge { size }) => {
                let hint = "state in it no more than is needed";
                (look, Err(Rejection::new(format!("it has {size} bytes, more than a sidecar needs"), hint)))
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                let hint = "let the daemon's user read the file";
                (look, Err(Rejection::new(format!("it cannot be read: {error}"), hint)))
            }
            Err(error) => {
                self.read_later(path.clone(), self.arrival(path, &look, now), &error, now);
                return Ok(None);
            }
        };
        self.waiting.remove(path);
        let hash = *blake3::hash(bytes.as_deref().unwrap_or_default()).as_bytes();
        let said = bytes.and_then(|bytes| self.reader.sidecar(path, &bytes));
        self.commit(now, |batch| batch.take_sidecar(path, look, &hash, &said)).map(Some)
    }

    /// Refuses what has stood alone for as long as media are awaited.
    pub(super) fn refuse_alone(&mut self, now: Moment) -> Result<(), DeskError> {
        let due: Vec<InboxPath> =
            self.alone.iter().filter(|(_, due)| **due <= now.tick).map(|(path, _)| path.clone()).collect();
        if due.is_empty() {
            return Ok(());
        }
        let again = now.tick + self.options.media_wait.max(SOONEST);
        let mut looks = Vec::new();
        for path in due {
            if !self.is_complete || !self.unrecorded(&path).is_empty() {
                self.alone.insert(path, again);
                continue;
            }
            self.alone.remove(&path);
            if let Ok(Some(look)) = self.settings.inbox.look(&path) {
                looks.push((path, look));
            }
        }
        self.commit(now, |batch| looks.iter().try_for_each(|(path, look)| batch.refuse_alone(path, *look)))
    }
}
