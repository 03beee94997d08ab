//! A certificate chain and its key, as PEM files → what TLS needs of them; read again when they change, the old kept while the
//! new are not good.

use std::fs::{self, Metadata};
use std::io;
use std::mem;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert, ServerConfig};
use rustls::sign::CertifiedKey;
use rustls::{Error, InconsistentKeys};
use tracing::{info, warn};

use super::x509::{self, Facts};

/// How often the files are looked at. They change every some weeks; what counts is that nobody has to know about this.
pub const LOOK: Duration = Duration::from_secs(5);

/// The longest PEM file read: a chain is some kilobytes.
const MAX_PEM: u64 = 1 << 20;

/// Before the certificate ends by less than this, its use is a warning: whoever renews it should have done so. Of one that is
/// made for a few days it is a share of them.
const SOON: chrono::Duration = chrono::Duration::days(7);
const SOON_SHARE: i32 = 4;

/// A certificate in use.
#[derive(Debug)]
pub struct Certificate {
    files: ArcSwap<Files>,
    provider: Arc<CryptoProvider>,
    current: ArcSwap<CertifiedKey>,
    /// What is the matter with the files as they are now, so that what they held before is in use.
    trouble: ArcSwapOption<String>,
    /// What is doubtful about the times of the one in use.
    doubt: ArcSwapOption<String>,
    /// Held by whoever reads: what is in use is always of the files that are named.
    reading: Mutex<()>,
}

/// Where it is read.
#[derive(Debug)]
struct Files {
    chain: PathBuf,
    key: PathBuf,
    /// The host of the public address, for which it should be.
    host: String,
    /// What they were when they were read.
    stamp: Stamp,
}

/// Why a certificate and its key cannot be used: the operator acts.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} {reason}", path.display())]
    Wrong {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The cryptography cannot be had.
    #[error("TLS cannot be had: {0}")]
    Tls(#[from] Error),
    /// Each is good, and they do not belong together.
    #[error("the key in {} is not that of the certificate in {}", key.display(), chain.display())]
    Apart {
        /// The chain.
        chain: PathBuf,
        /// The key.
        key: PathBuf,
    },
}

/// What tells two states of the files apart.
type Stamp = [Option<(u64, u64, i64, i64, i64)>; 2];

impl Certificate {
    /// Reads both files. `host` is the one that clients will ask for.
    ///
    /// # Errors
    /// When they cannot be used.
    pub fn read(chain: &Path, key: &Path, host: &str) -> Result<Arc<Self>, CertificateError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let files = Files::of(chain, key, host);
        let pair = pair(chain, key, &provider)?;
        let read = Self {
            files: ArcSwap::from_pointee(files),
            provider,
            current: ArcSwap::from_pointee(pair),
            trouble: ArcSwapOption::default(),
            doubt: ArcSwapOption::default(),
            reading: Mutex::default(),
        };
        read.tell(Utc::now());
        Ok(Arc::new(read))
    }

    /// Reads other files from now on, or the same for another host.
    ///
    /// # Errors
    /// When they cannot be used; the former stay in use.
    pub fn replace(&self, chain: &Path, key: &Path, host: &str) -> Result<(), CertificateError> {
        let _reading = self.reading();
        let files = Files::of(chain, key, host);
        self.current.store(Arc::new(pair(chain, key, &self.provider)?));
        self.files.store(Arc::new(files));
        self.trouble.store(None);
        self.tell(Utc::now());
        Ok(())
    }

    /// The configuration of a server with this certificate, whatever it will be by then.
    ///
    /// # Errors
    /// When the cryptography cannot be had.
    pub fn config(self: &Arc<Self>) -> Result<Arc<ServerConfig>, CertificateError> {
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Who comes back is spared half of the handshake, and we the signature. The tickets' key changes every some hours.
        config.ticketer = aws_lc_rs::Ticketer::new()?;
        Ok(Arc::new(config))
    }

    /// Reads the files again, and tells what came of it. Where they cannot be used the former stay in use.
    pub fn renew(&self) {
        let _reading = self.reading();
        let named = self.files.load();
        let files = Files::of(&named.chain, &named.key, &named.host);
        let read = pair(&files.chain, &files.key, &self.provider);
        self.files.store(Arc::new(files));
        match read {
            Ok(pair) => {
                self.current.store(Arc::new(pair));
                self.trouble.store(None);
                self.tell(Utc::now());
            }
            Err(error) => {
                let trouble = format!("{error}; the former certificate stays in use");
                warn!("{trouble}");
                self.trouble.store(Some(Arc::new(trouble)));
            }
        }
    }

    /// What is the matter with the files as they were read last, and with the times of what is in use, in sentences.
    pub fn troubles(&self) -> impl Iterator<Item = Arc<String>> {
        [&self.trouble, &self.doubt].into_iter().filter_map(ArcSwapOption::load_full)
    }

    fn reading(&self) -> MutexGuard<'_, ()> {
        // There is nothing behind it that could be left half done.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the files and at the clock every `look`, for ever. Files that changed are read when they have not changed further
    /// by the next look: a pair is written one after the other.
    pub async fn watch(self: Arc<Self>, look: Duration) {
        let mut before = self.files.load().stamp;
        loop {
            tokio::time::sleep(look).await;
            let files = self.files.load_full();
            let now = stamp(&files.chain, &files.key);
            let is_settled = now == mem::replace(&mut before, now);
            if is_settled && now != files.stamp {
                let again = Arc::clone(&self);
                if let Err(error) = tokio::task::spawn_blocking(move || again.renew()).await {
                    warn!(%error, "the certificate could not be read again");
                }
            }
            self.doubt(Utc::now());
        }
    }

    /// Tells what is in use, and what is doubtful about it.
    fn tell(&self, now: DateTime<Utc>) {
        let (current, files) = (self.current.load(), self.files.load());
        let Some(leaf) = current.cert.first() else { return };
        let chain = files.chain.display();
        self.doubt.store(None);
        self.doubt(now);
        if let (None, Some(Facts { ends, .. })) = (&*self.doubt.load(), x509::facts(leaf)) {
            info!("the certificate in {chain} is valid until {ends}");
        }
        if !has_issuer(&current.cert) {
            warn!(
                "{chain} lacks the certificate of who issued the first in it; clients that have not got that themselves will \
                 refuse it: name the whole chain (of certbot, fullchain.pem)"
            );
        }
        let name = ServerName::try_from(files.host.as_str());
        if let (Ok(name), Ok(leaf)) = (name, ParsedCertificate::try_from(leaf))
            && verify_server_name(&leaf, &name).is_err()
        {
            warn!(
                "the certificate in {chain} is not for {}, the host of base_url; clients will refuse it there",
                files.host
            );
        }
    }

    /// Tells what is doubtful about the times of what is in use, once.
    fn doubt(&self, now: DateTime<Utc>) {
        let (current, files) = (self.current.load(), self.files.load());
        let chain = files.chain.display();
        let facts = current.cert.first().and_then(|leaf| x509::facts(leaf));
        let doubt = facts.and_then(|Facts { begins, ends, .. }| match ends - now {
            _ if now < begins => Some(format!("the certificate in {chain} is not valid before {begins}")),
            left if left <= chrono::Duration::zero() => {
                Some(format!("the certificate in {chain} has expired on {ends}; clients will refuse it: renew it"))
            }
            left if left < SOON.min((ends - begins) / SOON_SHARE) => {
                Some(format!("the certificate in {chain} expires on {ends}; it should have been renewed by now"))
            }
            _ => None,
        });
        let told = self.doubt.swap(doubt.clone().map(Arc::new));
        if let Some(doubt) = doubt.filter(|doubt| told.as_deref() != Some(doubt)) {
            warn!("{doubt}");
        }
    }
}

impl Files {
    fn of(chain: &Path, key: &Path, host: &str) -> Self {
        let stamp = stamp(chain, key);
        Self { chain: chain.to_owned(), key: key.to_owned(), host: host.to_owned(), stamp }
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

/// Whether a chain holds the certificate of whoever issued the first in it, or that is its own.
fn has_issuer(chain: &[CertificateDer<'_>]) -> bool {
    let mut facts = chain.iter().map(|one| x509::facts(one));
    // Of one that cannot be read nothing is said.
    let Some(Some(leaf)) = facts.next() else { return true };
    leaf.issuer == leaf.subject || facts.flatten().any(|other| other.subject == leaf.issuer)
}

fn stamp(chain: &Path, key: &Path) -> Stamp {
    let one = |there: Metadata| (there.ino(), there.len(), there.mtime(), there.mtime_nsec(), there.ctime_nsec());
    [chain, key].map(|path| fs::metadata(path).ok().map(one))
}

fn pair(chain: &Path, key: &Path, provider: &CryptoProvider) -> Result<CertifiedKey, CertificateError> {
    let wrong =
        |path: &Path, reason: &str| CertificateError::Wrong { path: path.to_owned(), reason: reason.to_owned() };
    let certificates = CertificateDer::pem_slice_iter(&file(chain)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| wrong(chain, &unread(&error)))?;
    if certificates.is_empty() {
        return Err(wrong(chain, "holds no certificate: it should begin with -----BEGIN CERTIFICATE-----"));
    }
    let pem = file(key)?;
    let private = PrivateKeyDer::from_pem_slice(&pem).map_err(|error| {
        let is_encrypted = pem.windows(9).any(|window| window == b"ENCRYPTED");
        let reason = match error {
            _ if is_encrypted => "holds a key under a password: take that off with openssl pkey -in OLD -out NEW",
            pem::Error::NoItemsFound => "holds no private key: it should begin with -----BEGIN PRIVATE KEY-----",
            error => &unread(&error),
        };
        wrong(key, reason)
    })?;
    CertifiedKey::from_der(certificates, private, provider).map_err(|error| match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            CertificateError::Apart { chain: chain.to_owned(), key: key.to_owned() }
        }
        Error::InvalidCertificate(error) => wrong(chain, &format!("holds no usable certificate: {error:?}")),
        error => wrong(key, &format!("holds no usable key: {error}")),
    })
}

/// Why a file is not read as PEM (RFC 7468).
fn unread(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { end_marker } => {
            format!("is cut off: -----END {}----- is missing", String::from_utf8_lossy(end_marker))
        }
        error => format!("is not PEM: {error}"),
    }
}

fn file(path: &Path) -> Result<Vec<u8>, CertificateError> {
    let unreadable = |source| CertificateError::Unreadable { path: path.to_owned(), source };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_PEM {
        return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
    }
    fs::read(path).map_err(unreadable)
}
