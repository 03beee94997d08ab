//! The configuration in force, with what of the server follows it: read again while the daemon runs. What may change does, what
//! may not stays and is said.

use std::error::Error;

use super::serving::House;
use crate::config::{Config, ConfigError};

/// See the module.
pub(super) struct Rules<'a> {
    /// As it is in force.
    pub(super) config: Config,
    house: House,
    /// Gives it anew.
    reread: &'a dyn Fn() -> Result<Config, ConfigError>,
    /// What of the one that was read last is not in force, a sentence each.
    unheeded: Vec<String>,
}

impl<'a> Rules<'a> {
    /// The configuration of the start, by which the house was opened.
    pub(super) fn new(config: Config, house: House, reread: &'a dyn Fn() -> Result<Config, ConfigError>) -> Self {
        Self { config, house, reread, unheeded: Vec::new() }
    }

    /// What of the configuration that was read last is not in force, a sentence each.
    pub(super) fn unheeded(&self) -> Vec<String> {
        let troubles = self.house.troubles().map(|trouble| trouble.to_string());
        self.unheeded.iter().cloned().chain(troubles).collect()
    }

    /// Reads it again, and has the house follow; whether there is another one in force.
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
        let faults = self.house.set(&config);
        let faults: Vec<_> = faults.iter().map(|fault| format!("{fault}; what was in use for it stays so")).collect();
        self.config = config;
        tracing::info!("the configuration was read again");
        faults.iter().for_each(|told| tracing::error!("{told}"));
        self.unheeded = fixed.into_iter().chain(faults).collect();
        true
    }
}
