//! Another configuration in force → a desk that works by it.

use super::super::desk::{Desk, DeskError};
use super::super::setup;
use super::DeskLoop;
use crate::moment::Moment;

impl DeskLoop<'_> {
    /// Reads the configuration again. What the desk does by it is owed where the record cannot be changed at present.
    pub(super) fn reload(&mut self, desk: &mut Desk, now: Moment) -> Result<(), DeskError> {
        self.status_line.systemd.reloading();
        if self.live.reload() {
            self.scan.set(&self.live.config);
            // Other folders may be watched now, or looked at more often.
            self.rescan.reconfigured(now.tick, self.scan.is_comparing());
            self.owes_desk = true;
        }
        desk.not_heeded(self.live.unheeded(), now);
        let outcome = self.reconfigure(desk, now).and_then(|()| self.status_line.tell_now(desk, now.tick));
        self.status_line.systemd.ready();
        outcome
    }

    /// Has the desk work by the configuration in force, if it does not yet.
    pub(super) fn reconfigure(&mut self, desk: &mut Desk, now: Moment) -> Result<(), DeskError> {
        if self.owes_desk {
            let config = &self.live.config;
            let (settings, options) = setup::settings(config);
            desk.reconfigure(setup::policy(config), settings, setup::reader(config), options, now)?;
            self.owes_desk = false;
        }
        Ok(())
    }
}
