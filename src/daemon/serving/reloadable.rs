//! What of the server follows the configuration while it runs: its addresses, certificate and access log, its terms and answers,
//! and how much it keeps in memory.

use std::env;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::addresses::Addresses;
use crate::config::{self, AccessLog, Config, LogFormat, Pem};
use crate::daemon::{DaemonError, setup};
use crate::edition::Edition;
use crate::respond::Policy;
use crate::server::{self, Access, Certificate, Limits, Listeners, Passed, Role, Shape, Terms};

/// Longer than any busy reader needs to send its next request, so that it learns from the answer that the server stops.
const LINGER: Duration = Duration::from_secs(1);

/// Together less than the 10 s after which a container is killed.
const DRAIN: Duration = Duration::from_secs(7);

/// How many descriptors are left to all but connections: two dozen for the record and what listens, the rest for files that are
/// read, written and sent. Where there are few in all, connections have a quarter of them.
const OWN_DESCRIPTORS: usize = 64;

/// See the module. The desk's loop owns it; those who serve see what it changes.
pub(in crate::daemon) struct Reloadable {
    runtime: Handle,
    edition: Arc<Edition>,
    /// How many the process may have.
    descriptors: usize,
    policy: Arc<ArcSwap<Policy>>,
    terms: Arc<ArcSwap<Terms>>,
    addresses: Addresses,
    tls: Option<Secured>,
    log: AccessLog,
    access: Arc<ArcSwapOption<Access>>,
    cache: u64,
}

/// A certificate in use, with what is done at its listeners.
struct Secured {
    certificate: Arc<Certificate>,
    role: Role,
    files: Named,
    /// Whoever looks whether its files change.
    watcher: AbortHandle,
}

/// The files of a certificate and the host that it should be for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    chain: PathBuf,
    key: PathBuf,
    host: String,
}

/// What those who serve need of it at first.
pub(super) struct Opened {
    pub(super) listeners: Listeners,
    pub(super) admin: Listeners,
    pub(super) policy: Arc<ArcSwap<Policy>>,
    pub(super) terms: Arc<ArcSwap<Terms>>,
    pub(super) access: Arc<ArcSwapOption<Access>>,
}

impl Reloadable {
    /// Opens it as configured.
    ///
    /// # Errors
    /// When an address, the certificate or the log cannot be had.
    pub(super) fn open(
        config: &Config,
        passed: Passed,
        edition: Arc<Edition>,
        runtime: Handle,
    ) -> Result<(Self, Opened), DaemonError> {
        let descriptors = raise_descriptor_limit();
        let tls = named(config).map(|files| secured(files, &runtime)).transpose()?;
        let (addresses, listeners, admin) = {
            let _within = runtime.enter();
            Addresses::open(&config.server, &config.base_url, passed, tls.as_ref().map(|tls| &tls.role))?
        };
        let log = config.server.log.clone();
        let reloadable = Self {
            runtime,
            edition,
            descriptors,
            policy: Arc::new(ArcSwap::from_pointee(setup::answers(config))),
            terms: Arc::new(ArcSwap::from_pointee(terms(&config.server, descriptors))),
            addresses,
            tls,
            access: Arc::new(ArcSwapOption::new(access(&log)?)),
            log,
            cache: config.server.cache,
        };
        let opened = Opened {
            listeners,
            admin,
            policy: Arc::clone(&reloadable.policy),
            terms: Arc::clone(&reloadable.terms),
            access: Arc::clone(&reloadable.access),
        };
        Ok((reloadable, opened))
    }

    /// Follows another configuration, as far as that can be had; what cannot be had stays as it was, and is returned.
    pub(in crate::daemon) fn set(&mut self, config: &Config) -> Vec<DaemonError> {
        self.policy.store(Arc::new(setup::answers(config)));
        self.terms.store(Arc::new(terms(&config.server, self.descriptors)));
        if self.cache != config.server.cache {
            self.cache = config.server.cache;
            self.edition.keep_at_most(self.cache);
        }
        let outcomes = [self.set_log(&config.server.log), self.set_certificate(config), self.set_addresses(config)];
        // What could not be closed is encrypted as before.
        if named(config).is_none() && !self.addresses.use_certificate() {
            self.tls = None;
        }
        outcomes.into_iter().filter_map(Result::err).collect()
    }

    /// What of it is not as the configuration has it, though nobody has read that again: a renewed certificate that is none, a
    /// log that cannot be written.
    pub(in crate::daemon) fn troubles(&self) -> impl Iterator<Item = Arc<String>> {
        let certificate = self.tls.iter().flat_map(|tls| tls.certificate.troubles());
        let log = self.access.load().as_ref().and_then(|access| access.trouble());
        certificate.chain(log)
    }

    fn set_log(&mut self, log: &AccessLog) -> Result<(), DaemonError> {
        if self.log != *log {
            self.access.store(access(log)?);
            self.log = log.clone();
        }
        Ok(())
    }

    fn set_certificate(&mut self, config: &Config) -> Result<(), DaemonError> {
        match (named(config), &mut self.tls) {
            (Some(files), Some(tls)) if tls.files == files => tls.certificate.renew(),
            (Some(files), Some(tls)) => {
                tls.certificate.replace(&files.chain, &files.key, &files.host)?;
                tls.files = files;
            }
            (Some(files), none) => *none = Some(secured(files, &self.runtime)?),
            (None, _) if self.addresses.need_certificate() => return Err(DaemonError::NoCertificate),
            (None, _) => {}
        }
        Ok(())
    }

    fn set_addresses(&mut self, config: &Config) -> Result<(), DaemonError> {
        let _within = self.runtime.enter();
        self.addresses.set(&config.server, &config.base_url, self.tls.as_ref().map(|tls| &tls.role))
    }
}

impl Drop for Secured {
    fn drop(&mut self) {
        self.watcher.abort();
    }
}

/// Each reader is a descriptor: as many as the system lets us have. How many that are.
fn raise_descriptor_limit() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let current = if raised.is_ok() { limit.maximum } else { limit.current };
    current.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
}

/// What the server needs of a configuration, with no more connections than there are descriptors for.
fn terms(config: &config::Server, descriptors: usize) -> Terms {
    let limits = config.limits;
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let most = descriptors.saturating_sub(OWN_DESCRIPTORS).max(descriptors / 4);
    let connections = count(limits.connections).min(most);
    if connections < count(limits.connections) {
        tracing::warn!(
            "at most {connections} connections at one time, not {}: the system gives the process {descriptors} open files; \
             raise LimitNOFILE of its service, or the hard limit of `ulimit -n`",
            limits.connections
        );
    }
    Terms {
        limits: Limits {
            connections,
            per_address: limits.per_address,
            full_answers: limits.full_answers,
            request: limits.request,
            idle: limits.idle,
            stall: limits.stall,
            linger: LINGER,
            drain: DRAIN,
        },
        proxies: config.proxies.clone(),
        h2c: config.h2c,
        challenges: config.tls.challenges.clone(),
    }
}

/// The files of the certificate, if one is configured.
fn named(config: &Config) -> Option<Named> {
    let tls = &config.server.tls;
    let folder = env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let path = |pem: &Pem| pem.path(folder.as_deref());
    let url = url::Url::parse(&config.base_url).ok();
    let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
    Some(Named {
        chain: path(tls.certificate.as_ref()?),
        key: path(tls.key.as_ref()?),
        host: host.trim_matches(['[', ']']).to_owned(),
    })
}

/// A certificate, with somebody who looks whether its files change.
fn secured(files: Named, runtime: &Handle) -> Result<Secured, DaemonError> {
    let certificate = Certificate::read(&files.chain, &files.key, &files.host)?;
    let role = Role::Tls(certificate.config()?);
    let watching = Arc::clone(&certificate).watch(server::LOOK);
    let watcher = runtime.spawn(watching).abort_handle();
    Ok(Secured { certificate, role, files, watcher })
}

/// The access log, if there shall be one.
fn access(log: &AccessLog) -> Result<Option<Arc<Access>>, DaemonError> {
    let Some(format) = log.format else { return Ok(None) };
    let shape = match format {
        LogFormat::Common => Shape::Common,
        LogFormat::Combined => Shape::Combined,
        LogFormat::Json => Shape::Json,
    };
    let path = || log.file.clone().unwrap_or_else(|| "standard output".into());
    let opened = Access::open(shape, log.file.as_deref());
    let failed = |error| {
        let source = io::Error::other(format!("the access log cannot be written there: {error}"));
        DaemonError::Folder { path: path(), source }
    };
    Ok(Some(Arc::new(opened.map_err(failed)?)))
}
