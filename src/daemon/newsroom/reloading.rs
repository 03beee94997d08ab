//! Another configuration in force → a desk that works by it.

use super::super::desk::{Desk, DeskError};
use super::super::setup;
use super::Newsroom;
use crate::moment::Moment;

impl Newsroom<'_> {
    /// Reads the configuration again. What the desk does by it is owed where the record cannot be changed at present.
    pub(super) fn reload(&mut self, desk: &mut Desk, now: Moment) -> Result<(), DeskError> {
        self.bulletin.systemd.reloading();
        if self.rules.reload() {
            self.scan.set(&self.rules.config);
            // Other folders may be watched now, or looked at more often.
            self.rounds.reconfigured(now.tick, self.scan.is_comparing());
            self.owes_desk = true;
        }
        desk.not_heeded(self.rules.unheeded(), now);
        let outcome = self.reconfigure(desk, now).and_then(|()| self.bulletin.tell_now(desk, now.tick));
        self.bulletin.systemd.ready();
        outcome
    }

    /// Has the desk work by the configuration in force, if it does not yet.
    pub(super) fn reconfigure(&mut self, desk: &mut Desk, now: Moment) -> Result<(), DeskError> {
        if self.owes_desk {
            let config = &self.rules.config;
            let (settings, options) = setup::settings(config);
            desk.reconfigure(setup::policy(config), settings, setup::reading(config), options, now)?;
            self.owes_desk = false;
        }
        Ok(())
    }
}
