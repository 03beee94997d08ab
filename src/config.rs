//! The administrator's TOML file turned into checked values; read once, then taken apart by `daemon` and `cli`, which
//! alone may name it. No other module sees a `Config`: each gets the two or three values it needs.

mod folders;
mod keys;
mod printing;
mod reading;
mod table;
mod units;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono_tz::Tz;

/// Everything that can be configured, checked. [`Config::default`] is the configuration of an empty file.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// What every published link starts with: `http` or `https`, without a slash at the end.
    pub base_url: String,
    /// The publication's own home page where that is elsewhere; empty: `base_url`.
    pub site: String,
    /// The language of the publication, BCP 47.
    pub language: String,
    /// The zone in which dates without one are read.
    pub time_zone: Tz,
    /// The naming authority of minted ids (RFC 4151); empty: the host of `base_url`.
    pub authority: String,
    /// The publication's picture: a URL, or the path of a file; empty: none.
    pub icon: String,
    /// Where people drop articles.
    pub inbox: PathBuf,
    /// Where documents are written: a file there is a URL.
    pub feeds: PathBuf,
    /// Where catalogue, ledger, lock and control socket lie.
    pub state: PathBuf,
    /// How files become articles.
    pub intake: Intake,
    /// How articles become feeds.
    pub publish: Publish,
    /// How feeds are served.
    pub server: Server,
    /// What differs for single sections, by the section's path.
    pub sections: BTreeMap<String, SectionConfig>,
}

/// How files become articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// What the deletion of a file means.
    pub on_delete: OnDelete,
    /// How long a file may be missing before that counts.
    pub grace: Duration,
    /// The share of all files, 0 to 1, whose vanishing at once is held and not obeyed.
    pub guard: f64,
    /// The quiet time after a file is closed.
    pub settle: Duration,
    /// How often inbox and catalogue are compared in full.
    pub rescan: Duration,
    /// How changes are noticed.
    pub watch: WatchMode,
    /// The time between two looks where changes are polled.
    pub poll: Duration,
    /// How long an article waits for a picture it refers to.
    pub media_wait: Duration,
    /// The encoding of files that are not UTF-8; none: it is detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The largest file that is read, in bytes.
    pub max_file: u64,
    /// Whether the reason of a refusal is written beside the file.
    pub notices: bool,
}

/// What the deletion of a file from the inbox means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The article is taken back.
    Withdraw,
    /// Nothing: the article stays, for those who empty their inbox.
    Keep,
}

/// How changes in the inbox are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchMode {
    /// By events, and by polling on file systems that tell no events of other machines.
    Auto,
    /// By the operating system's events.
    Events,
    /// By looking again and again.
    Poll,
}

/// How articles become feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Publish {
    /// A feed has at least so many entries, if there are as many.
    pub entries: usize,
    /// And everything this close to its newest entry.
    pub window: Duration,
    /// But never more entries than this,
    pub max_entries: usize,
    /// nor more bytes than this.
    pub max_bytes: usize,
    /// Whether feeds carry the whole text, or the summary alone.
    pub full_text: bool,
    /// How long a reader may keep a feed before asking again: `max-age` and RSS `ttl`.
    pub ttl: Duration,
}

/// How feeds are served.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The addresses listened on; may be empty where systemd passes sockets.
    pub listen: Vec<SocketAddr>,
    /// The bytes of document bodies kept in memory.
    pub cache: u64,
}

/// What differs for one section; what is none is as for the whole publication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionConfig {
    /// The section's title; none: the last name of its path.
    pub title: Option<String>,
    /// A sentence on what the section holds.
    pub description: Option<String>,
    /// The language of the section, BCP 47.
    pub language: Option<String>,
    /// As [`Publish::entries`].
    pub entries: Option<usize>,
    /// As [`Publish::window`].
    pub window: Option<Duration>,
    /// As [`Publish::max_entries`].
    pub max_entries: Option<usize>,
    /// As [`Publish::full_text`].
    pub full_text: Option<bool>,
}

/// Why a configuration is not used. The operator acts; a running daemon goes on with the former one.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read at all.
    #[error("cannot read the configuration {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Something in the file is wrong.
    #[error("{}:{line}:{column}: {problem}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What is wrong and how to mend it.
        problem: String,
    },
    /// A folder cannot be what it is configured as.
    #[error("{0}")]
    Folder(String),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Syndicated".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            site: String::new(),
            language: "en".to_owned(),
            time_zone: Tz::UTC,
            authority: String::new(),
            icon: String::new(),
            inbox: PathBuf::from("inbox"),
            feeds: PathBuf::from("feeds"),
            state: PathBuf::from(".syndicated"),
            intake: Intake {
                on_delete: OnDelete::Withdraw,
                grace: Duration::from_secs(10),
                guard: 0.1,
                settle: Duration::ZERO,
                rescan: Duration::from_secs(60),
                watch: WatchMode::Auto,
                poll: Duration::from_secs(2),
                media_wait: Duration::from_secs(30),
                encoding: None,
                max_file: 16 << 20,
                notices: true,
            },
            publish: Publish {
                entries: 50,
                window: Duration::from_secs(48 * 3600),
                max_entries: 500,
                max_bytes: 1 << 20,
                full_text: true,
                ttl: Duration::from_secs(5 * 60),
            },
            server: Server { listen: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))], cache: 64 << 20 },
            sections: BTreeMap::new(),
        }
    }
}

impl Config {
    /// The configuration in the file `path`; relative folders in it are relative to the file's folder.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, has a key nobody knows, or a value out of its range.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// As [`Config::read`], of a text that stands, or might stand, in the file `path`.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        reading::config(text, path)
    }

    /// Whether the three folders can be what they are configured as: none inside another, the state not on a network
    /// file system, and `feeds` empty or filled by this program.
    ///
    /// # Errors
    /// When one of them cannot; the message says what to do.
    pub fn check_folders(&self) -> Result<(), ConfigError> {
        folders::check(self).map_err(ConfigError::Folder)
    }

    /// The whole configuration as TOML, every key with its value, and a section's unset keys as comments. Read from a
    /// file in the working folder it is the same configuration.
    #[must_use]
    pub fn to_toml(&self) -> String {
        printing::toml(self)
    }

    /// The host of `base_url`, without a port: the authority of ids where none is configured.
    #[must_use]
    pub fn host(&self) -> String {
        let url = url::Url::parse(&self.base_url).ok();
        url.as_ref().and_then(url::Url::host_str).unwrap_or_default().to_owned()
    }
}

/// The keys that differ between two configurations but cannot change while the daemon runs: what is frozen in the
/// ledger, locked or bound.
#[must_use]
pub fn fixed_keys(old: &Config, new: &Config) -> Vec<&'static str> {
    let differ = [
        ("inbox", old.inbox != new.inbox),
        ("feeds", old.feeds != new.feeds),
        ("state", old.state != new.state),
        ("authority", old.authority != new.authority),
        ("server.listen", old.server.listen != new.server.listen),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect()
}
