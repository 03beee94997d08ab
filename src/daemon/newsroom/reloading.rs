//! A configuration read again while the daemon runs: what may change does, what may not stays and is said.

use std::error::Error;

use super::super::desk::{Desk, DeskError};
use super::super::setup;
use super::Newsroom;
use crate::config::{Config, ConfigError};
use crate::moment::Moment;

impl Newsroom {
    pub(super) fn reload(
        &mut self,
        desk: &mut Desk,
        reread: &impl Fn() -> Result<Config, ConfigError>,
        now: Moment,
    ) -> Result<(), DeskError> {
        self.bulletin.herald.reloading();
        let outcome = self.reload_from(desk, reread, now);
        self.bulletin.herald.ready();
        outcome
    }

    fn reload_from(
        &mut self,
        desk: &mut Desk,
        reread: &impl Fn() -> Result<Config, ConfigError>,
        now: Moment,
    ) -> Result<(), DeskError> {
        let mut config = match reread() {
            Ok(config) => config,
            Err(error) => {
                let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
                let told = format!("{error}{cause}; the former configuration stays in force");
                tracing::error!("{told}");
                self.bulletin.herald.status(&told);
                return Ok(());
            }
        };
        let fixed = config.keep_fixed(&self.config);
        if !fixed.is_empty() {
            tracing::warn!("{} cannot change while the daemon runs; restart it for that", fixed.join(", "));
        }
        desk.reconfigure(
            setup::policy(&config),
            setup::settings(&config),
            setup::reading(&config),
            setup::options(&config),
            now,
        )?;
        let faults = self.house.set(&config);
        self.scan.set(&config);
        self.config = config;
        // Other folders may be watched now, or looked at more often.
        self.rounds.reconfigured(now.tick, self.scan.is_comparing());
        tracing::info!("the configuration was read again");
        for fault in faults {
            let told = format!("{fault}; what was in use for it stays so");
            tracing::error!("{told}");
            self.bulletin.herald.status(&told);
        }
        Ok(())
    }
}
