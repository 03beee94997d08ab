//! Sounds that lie alone in a folder: whether one is a story by itself, which it is after it has waited for its story as
//! long as a story waits for it.

use super::ready_files::Wait;
use super::{Desk, DeskError};
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::intake::{beside, companions};
use crate::moment::Moment;

impl Desk {
    /// Whether a sound belongs to no article that the record, the desk or the disk knows of: neither referred to, nor awaited,
    /// nor going with one by its name.
    fn is_lone(&self, sound: &InboxPath) -> Result<bool, DeskError> {
        let is_awaited = self.waiting.values().any(|wait| wait.missing.contains(sound));
        let catalogue = self.record.catalogue();
        Ok(!is_awaited
            && catalogue.is_unwanted(sound)?
            && !companions::is_companion(catalogue, sound)?
            && self.unrecorded(sound).is_empty()
            && !beside::goes_with_article(sound, |file| self.is_there(file)))
    }

    /// Sounds whose story has come wait no longer. Asked when nothing else is to be read: many may wait in an import.
    pub(super) fn end_waits_of_sounds(&mut self) -> Result<(), DeskError> {
        if self.ahead.is_some() || self.settle.waiting() > 0 {
            return Ok(());
        }
        let waiting: Vec<InboxPath> = self.waiting.keys().filter(|path| inbox::is_sound(path)).cloned().collect();
        for sound in waiting {
            if !self.is_lone(&sound)? {
                self.waiting.remove(&sound);
            }
        }
        Ok(())
    }

    /// Whether a sound is to be read as an episode now; a lone one that is new begins to wait for its story.
    pub(super) fn is_episode(&mut self, sound: &InboxPath, look: &Look, now: Moment) -> Result<bool, DeskError> {
        if !inbox::is_sound(sound) || look.size == 0 {
            return Ok(false);
        }
        if !self.is_lone(sound)? {
            self.waiting.remove(sound);
            return Ok(false);
        }
        let catalogue = self.record.catalogue();
        let known = catalogue.file(sound)?;
        // An episode, or what was refused as one, is read again at once.
        if let Some(row) = known
            && (row.rejection.is_some() || !catalogue.claims_of(row.no)?.is_empty())
        {
            return Ok(true);
        }
        let arrival = self.arrival(sound, look, now);
        let until = now.tick + self.options.media_wait;
        let wait =
            self.waiting.entry(sound.clone()).or_insert(Wait { until, is_over: false, missing: Vec::new(), arrival });
        wait.is_over |= wait.until <= now.tick;
        Ok(wait.is_over)
    }
}
