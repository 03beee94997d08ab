//! The configuration in force, with what of the server follows it: read again while the daemon runs. What may change does, what
//! may not stays and is said.

use std::error::Error;

use super::serving::Reloadable;
use crate::config::{Config, ConfigError};

/// See the module.
pub(super) struct LiveConfig<'a> {
    /// As it is in force.
    pub(super) config: Config,
    reloadable: Reloadable,
    /// Gives it anew.
    reread: &'a dyn Fn() -> Result<Config, ConfigError>,
    /// What of the one that was read last is not in force, a sentence each.
    unheeded: Vec<String>,
}

impl<'a> LiveConfig<'a> {
    /// The configuration of the start, by which what the server has of it was opened.
    pub(super) fn new(
        config: Config,
        reloadable: Reloadable,
        reread: &'a dyn Fn() -> Result<Config, ConfigError>,
    ) -> Self {
        Self { config, reloadable, reread, unheeded: Vec::new() }
    }

    /// What of the configuration that was read last is not in force, a sentence each.
    pub(super) fn unheeded(&self) -> Vec<String> {
        let troubles = self.reloadable.troubles().map(|trouble| trouble.to_string());
        self.unheeded.iter().cloned().chain(troubles).collect()
    }

    /// Reads it again, and has the server follow; whether there is another one in force.
    pub(super) fn reload(&mut self) -> bool {
        let mut config = match (self.reread)() {
            Ok(config) => config,
            Err(error) => {
                let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
                self.unheeded = vec![format!("{error}{cause}; the former configuration stays in force")];
                self.unheeded.iter().for_each(|told| tracing::error!("{told}"));
                return false;
            }
        };
        let fixed = config.keep_fixed(&self.config);
        let fixed = (!fixed.is_empty())
            .then(|| format!("{} cannot change while the daemon runs; restart it for that", fixed.join(", ")));
        fixed.iter().for_each(|told| tracing::warn!("{told}"));
        let faults = self.reloadable.set(&config);
        let faults: Vec<_> = faults.iter().map(|fault| format!("{fault}; what was in use for it stays so")).collect();
        self.config = config;
        tracing::info!("the configuration was read again");
        faults.iter().for_each(|told| tracing::error!("{told}"));
        self.unheeded = fixed.into_iter().chain(faults).collect();
        true
    }
}
