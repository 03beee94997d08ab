//! `[server]`, `[server.tls]`, `[server.log]` and `[server.limits]`: how documents are served, to whom, and how much of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;

use super::keys::Keys;
use super::value;
use crate::address::Address;

/// `[server]`: how documents are served.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Where to listen. Empty: nowhere; `feeds/` is served by something else.
    pub listen: Vec<Address>,
    /// Where every request is sent on to the same path under `base_url`.
    pub redirect: Vec<Address>,
    /// Whether a client that begins with HTTP/2 without TLS is understood.
    pub h2c: bool,
    /// Whose word counts about whom a request comes from.
    pub proxies: Vec<IpNet>,
    /// Document bodies kept in memory, in bytes.
    pub cache: u64,
    /// The base URLs that the publication had before; requests for them are sent to the present one.
    pub former: Vec<String>,
    /// Where the daemon answers those who look after it: of this machine alone. Empty: nowhere.
    pub admin: Vec<Address>,
    /// Serving with TLS.
    pub tls: Tls,
    /// What is written down of each request.
    pub log: AccessLog,
    /// What bounds the connections.
    pub limits: Limits,
}

/// `[server.tls]`: serving with TLS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tls {
    /// Where to listen.
    pub listen: Vec<Address>,
    /// The certificate chain.
    pub certificate: Option<Pem>,
    /// Its private key.
    pub key: Option<Pem>,
    /// Below which folder a certificate authority is shown what it asks for before it certifies the name.
    pub challenges: Option<PathBuf>,
}

/// A PEM file, or a credential that systemd holds for the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pem {
    /// As written; a path is made absolute.
    pub name: String,
    /// The file that it names, if it is no credential.
    pub file: PathBuf,
}

impl Pem {
    /// The file to read: the credential in the folder that systemd names (`$CREDENTIALS_DIRECTORY`), if what is written is a
    /// plain name that lies there.
    #[must_use]
    pub fn path(&self, credentials: Option<&Path>) -> PathBuf {
        let credential = credentials.filter(|_| !self.name.contains('/')).map(|folder| folder.join(&self.name));
        credential.filter(|path| path.exists()).unwrap_or_else(|| self.file.clone())
    }
}

/// `[server.log]`: what is written down of each request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessLog {
    /// What its lines look like; none: there is no log.
    pub format: Option<LogFormat>,
    /// Where it is written; none: to standard output.
    pub file: Option<PathBuf>,
}

/// What a line of the access log looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// As the first web servers wrote it.
    Common,
    /// The same with referrer and user agent.
    Combined,
    /// An object of JSON.
    Json,
}

impl LogFormat {
    /// As they are written; `off` is none.
    pub(super) const WORDS: [(&str, Option<Self>); 4] =
        [("off", None), ("common", Some(Self::Common)), ("combined", Some(Self::Combined)), ("json", Some(Self::Json))];
}

/// `[server.limits]`: what bounds the connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at one time.
    pub connections: u32,
    /// Those of one address; a /64 of IPv6 counts as one.
    pub per_address: u32,
    /// How often one address gets one unchanged document whole within ten minutes; 0: without limit.
    pub full_answers: u32,
    /// How long a client may take for its TLS handshake, and for the head of a request.
    pub request: Duration,
    /// How long a connection may be kept without a request.
    pub idle: Duration,
    /// How long an answer may go without progress worth the name.
    pub stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // At 20 KiB each they fill 330 MiB at the worst.
            connections: 16_384,
            // A school or an office behind one address; a phone network's gateway holds few of them open for long.
            per_address: 256,
            // Seven hundred readers behind one address may each ask once an hour without any condition; a program that asks
            // every second is stopped after two minutes.
            full_answers: 120,
            // A packet lost twice on a bad line costs three seconds.
            request: Duration::from_secs(10),
            // What nginx and browsers are used to. Feed readers ask once an hour: keeping on is of no use to them.
            idle: Duration::from_secs(60),
            stall: Duration::from_secs(30),
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: vec![Address::Tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)))],
            redirect: Vec::new(),
            h2c: false,
            // What connects from this machine is a proxy in front, or somebody who may look into the folder anyway.
            proxies: vec![
                IpNet::from(ipnet::Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)),
                IpNet::from(ipnet::Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128)),
            ],
            cache: 64 << 20,
            former: Vec::new(),
            admin: Vec::new(),
            log: AccessLog::default(),
            tls: Tls::default(),
            limits: Limits::default(),
        }
    }
}

impl Server {
    /// Where a client on this machine finds the first address without TLS that has a port of its own; none where there is none.
    pub(super) fn own_url(&self) -> Option<String> {
        let tcp = |address: &Address| match address {
            Address::Tcp(at) if at.port() != 0 => Some(*at),
            _ => None,
        };
        let mut at = self.listen.iter().find_map(tcp)?;
        match at.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => at.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => at.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        let url = url::Url::parse(&format!("http://{at}")).ok()?;
        Some(url.as_str().trim_end_matches('/').to_owned())
    }

    pub(super) fn take(&mut self, keys: &mut Keys<'_>, folder: &Path) {
        let second = Duration::from_secs(1);
        let most = second * 3600;
        keys.set("server", "listen", &mut self.listen, |v| value::addresses(v, folder));
        keys.set("server", "redirect", &mut self.redirect, |v| value::addresses(v, folder));
        keys.set("server", "h2c", &mut self.h2c, value::flag);
        keys.set("server", "proxies", &mut self.proxies, value::networks);
        keys.set("server", "cache", &mut self.cache, |v| value::size(v, 1 << 20, 1 << 40));
        keys.set("server", "admin", &mut self.admin, |v| value::own_addresses(v, folder));
        let log = &mut self.log;
        keys.set("server.log", "format", &mut log.format, |v| value::one_of(v, &LogFormat::WORDS));
        keys.set("server.log", "file", &mut log.file, |v| value::optional(v, |v| value::folder(v, folder)));
        let tls = &mut self.tls;
        let pem = |v: &toml::de::DeValue<'_>| value::optional(v, |v| value::pem(v, folder));
        keys.set("server.tls", "listen", &mut tls.listen, |v| value::addresses(v, folder));
        keys.set("server.tls", "certificate", &mut tls.certificate, pem);
        keys.set("server.tls", "key", &mut tls.key, pem);
        keys.set("server.tls", "challenges", &mut tls.challenges, |v| value::optional(v, |v| value::folder(v, folder)));

        let limits = &mut self.limits;
        keys.set("server.limits", "connections", &mut limits.connections, |v| value::count(v, 1, 1 << 20));
        keys.set("server.limits", "per_address", &mut limits.per_address, |v| value::count(v, 1, 1 << 20));
        keys.set("server.limits", "full_answers", &mut limits.full_answers, |v| value::count(v, 0, 1 << 20));
        keys.set("server.limits", "request", &mut limits.request, |v| value::duration(v, second, most));
        keys.set("server.limits", "idle", &mut limits.idle, |v| value::duration(v, second, most));
        keys.set("server.limits", "stall", &mut limits.stall, |v| value::duration(v, second, most));

        for (key, missing) in [("certificate", self.tls.certificate.is_none()), ("key", self.tls.key.is_none())] {
            if missing && !self.tls.listen.is_empty() {
                let reason = format!("listen needs a {key} beside it: {key} = \"/etc/ssl/….pem\" in [server.tls]");
                keys.fault_at("server.tls", "listen", reason);
            }
        }
        let twice = [
            ("server", "redirect", &self.redirect),
            ("server.tls", "listen", &self.tls.listen),
            ("server", "admin", &self.admin),
        ];
        let mut taken = self.listen.clone();
        for (table, key, addresses) in twice {
            if let Some(address) = addresses.iter().find(|address| taken.contains(address)) {
                keys.fault_at(table, key, format!("{key} names {address}, which another list of addresses has too"));
            }
            taken.extend(addresses.iter().cloned());
        }
    }
}
