//! `syndicated.toml` → checked, typed values, or every fault in it with its place. Read once and taken apart at once: only
//! `cli` and `daemon` name [`Config`]; everything below them is handed the two or three values it needs.

mod amount;
mod folders;
mod keys;
mod print;
mod section;
mod server;
mod spelling;
mod value;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono_tz::Tz;
use encoding_rs::Encoding;

use crate::page_number::PageNumber;
use crate::section::Section;
use keys::Keys;

pub use folders::{FEEDS_MARK, resolved};
pub use section::{PodcastEntry, SectionEntry};
pub use server::{AccessLog, Limits, LogFormat, Pem, Server, Tls};

/// A configuration file is a page of text: a longer one is some other file.
const MAX_FILE: u64 = 1024 * 1024;

/// Everything the file says, defaults filled in. Folders in it are relative to the file's folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// What readers' links start with: absolute, normalised, without a slash at the end. Where the file does not say, the first
    /// address that is listened on, so that a trial on another port is whole.
    pub base_url: String,
    /// The publication's own home page, if it is elsewhere.
    pub site: Option<String>,
    /// The publication's language (BCP 47).
    pub language: String,
    /// The zone of dates that state none.
    pub time_zone: Tz,
    /// For minted ids, where stated; see [`Config::authority`] for the one in force.
    pub authority: Option<String>,
    /// The publication's picture.
    pub icon: Option<Icon>,
    /// The folder people drop files into.
    pub inbox: PathBuf,
    /// The folder that is published.
    pub feeds: PathBuf,
    /// The folder of catalogue, ledger, lock and control socket.
    pub state: PathBuf,
    /// How files are taken in.
    pub intake: Intake,
    /// How feeds are made.
    pub publish: Publish,
    /// How they are served.
    pub server: Server,
    /// The sections of newspaper pages that state none, by page.
    pub pages: BTreeMap<PageNumber, String>,
    /// What is said about single sections; one needs no entry.
    pub sections: BTreeMap<Section, SectionEntry>,
}

/// `[intake]`: how files are taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// What a deleted file means.
    pub on_delete: OnDelete,
    /// How long a file may be missing before it counts.
    pub grace: Duration,
    /// Hold when more than this share of the files (0 to 1) vanishes at once.
    pub guard: f64,
    /// Quiet time after a close.
    pub settle: Duration,
    /// How often inbox and catalogue are compared in full.
    pub rescan: Duration,
    /// How changes are noticed.
    pub watch: Watching,
    /// The time between two looks that make a file ready; and between two rounds, where events are not to be had.
    pub poll: Duration,
    /// How long a missing picture is awaited.
    pub media_wait: Duration,
    /// The encoding of files that are not UTF-8; none: detected.
    pub encoding: Option<&'static Encoding>,
    /// The longest file read, in bytes.
    pub max_file: u64,
    /// Whether `NAME.rejected.txt` is written beside refused files.
    pub notices: bool,
}

/// `[publish]`: how feeds are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Publish {
    /// At least so many entries stand in a feed.
    pub entries: u32,
    /// Beyond them, whatever is this close to the newest.
    pub window: Duration,
    /// But never more than so many.
    pub max_entries: u32,
    /// And never more than so many bytes, of at least 10 entries.
    pub max_bytes: u64,
    /// Whether feeds carry whole articles; else summaries.
    pub full_text: bool,
    /// `max-age` and RSS `ttl`.
    pub ttl: Duration,
}

/// The publication's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Somewhere on the web.
    Url(String),
    /// A file, published with the feeds.
    File(PathBuf),
}

/// What a deleted file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// Its articles are taken back.
    Withdraw,
    /// Nothing: the inbox is emptied now and then.
    Keep,
}

impl OnDelete {
    /// As they are written.
    const WORDS: [(&str, Self); 2] = [("withdraw", Self::Withdraw), ("keep", Self::Keep)];
}

/// How changes in the inbox are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// By events; on network file systems by looking.
    Auto,
    /// By events only (and the full comparison).
    Events,
    /// By looking every `poll`.
    Poll,
}

impl Watching {
    /// As they are written.
    const WORDS: [(&str, Self); 3] = [("auto", Self::Auto), ("events", Self::Events), ("poll", Self::Poll)];
}

/// One thing wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// Why there is no configuration. The operator acts; the process ends with 2, or keeps the configuration it has.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file says something wrong: everything found, in the order of the file.
    #[error("{}", lines(path, faults))]
    Wrong {
        /// The file.
        path: PathBuf,
        /// At least one.
        faults: Vec<Fault>,
    },
    /// The three folders cannot be used as they are.
    #[error("{0}")]
    Folders(String),
}

fn lines(path: &Path, faults: &[Fault]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|f| format!("{}:{}:{}: {}", path.display(), f.line, f.column, f.reason)).collect();
    lines.join("\n")
}

impl Default for Config {
    /// Serves the folder one stands in.
    fn default() -> Self {
        Self {
            title: "Syndicated".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            site: None,
            language: "en".to_owned(),
            time_zone: Tz::UTC,
            authority: None,
            icon: None,
            inbox: PathBuf::from("inbox"),
            feeds: PathBuf::from("feeds"),
            state: PathBuf::from(".syndicated"),
            intake: Intake {
                on_delete: OnDelete::Withdraw,
                grace: Duration::from_secs(10),
                guard: 0.1,
                settle: Duration::ZERO,
                rescan: Duration::from_secs(60),
                watch: Watching::Auto,
                poll: Duration::from_secs(2),
                media_wait: Duration::from_secs(30),
                encoding: None,
                max_file: 16 << 20,
                notices: true,
            },
            publish: Publish {
                entries: 50,
                window: Duration::from_secs(48 * 60 * 60),
                max_entries: 500,
                max_bytes: 1 << 20,
                full_text: true,
                ttl: Duration::from_secs(5 * 60),
            },
            server: Server::default(),
            pages: BTreeMap::new(),
            sections: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads and checks a file. Its folders become absolute.
    ///
    /// # Errors
    /// When it cannot be read, or says anything wrong.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        let absolute = std::path::absolute(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        let file = File::open(&absolute).map_err(unreadable)?;
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(unreadable(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 1 MiB")));
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(e) => {
                let sound = String::from_utf8_lossy(bytes.get(..e.valid_up_to()).unwrap_or_default()).into_owned();
                let fault = keys::fault(&sound, sound.len(), "the file is not UTF-8: save it as UTF-8".to_owned());
                return Err(ConfigError::Wrong { path: absolute, faults: vec![fault] });
            }
        };
        Self::parse(text, &absolute)
    }

    /// Checks the text of a file that lies at `path`: its folders are relative to the folder of that.
    ///
    /// # Errors
    /// Everything wrong in it, with line and column.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let wrong = |faults| ConfigError::Wrong { path: path.to_owned(), faults };
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut config = Self::default();
        let mut keys = Keys::of(text).map_err(|fault| wrong(vec![fault]))?;
        config.take(&mut keys, folder);
        let faults = keys.finish();
        if faults.is_empty() { Ok(config) } else { Err(wrong(faults)) }
    }

    /// The authority of minted ids (RFC 4151): the stated one, else the host of `base_url`.
    #[must_use]
    pub fn authority(&self) -> String {
        if let Some(authority) = &self.authority {
            return authority.clone();
        }
        let host = url::Url::parse(&self.base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        // An IPv6 address in brackets may not stand in a `tag:` URI.
        host.unwrap_or_default().trim_matches(['[', ']']).replace(':', "-")
    }

    /// Keeps of the configuration in force what cannot change while the daemon runs; the keys that would have.
    pub fn keep_fixed(&mut self, in_force: &Self) -> Vec<&'static str> {
        let mut kept = Vec::new();
        keep("inbox", &mut self.inbox, &in_force.inbox, &mut kept);
        keep("feeds", &mut self.feeds, &in_force.feeds, &mut kept);
        keep("state", &mut self.state, &in_force.state, &mut kept);
        keep("authority", &mut self.authority, &in_force.authority, &mut kept);
        kept
    }

    fn take(&mut self, keys: &mut Keys<'_>, folder: &Path) {
        let second = Duration::from_secs(1);
        let (hour, day) = (second * 3600, second * 86400);
        let milli = Duration::from_millis(1);

        keys.set("", "title", &mut self.title, value::title);
        keys.set("", "site", &mut self.site, |v| value::optional(v, value::url));
        keys.set("", "language", &mut self.language, value::language);
        keys.set("", "time_zone", &mut self.time_zone, value::time_zone);
        keys.set("", "authority", &mut self.authority, |v| value::optional(v, value::authority));
        keys.set("", "icon", &mut self.icon, |v| value::optional(v, |v| value::icon(v, folder)));
        for (key, slot) in [("inbox", &mut self.inbox), ("feeds", &mut self.feeds), ("state", &mut self.state)] {
            *slot = folder.join(&*slot);
            keys.set("", key, slot, |v| value::folder(v, folder));
        }

        let intake = &mut self.intake;
        keys.set("intake", "on_delete", &mut intake.on_delete, |v| value::one_of(v, &OnDelete::WORDS));
        keys.set("intake", "grace", &mut intake.grace, |v| value::duration(v, Duration::ZERO, day));
        keys.set("intake", "guard", &mut intake.guard, value::share);
        keys.set("intake", "settle", &mut intake.settle, |v| value::duration(v, Duration::ZERO, hour));
        keys.set("intake", "rescan", &mut intake.rescan, |v| value::duration(v, 100 * milli, day));
        keys.set("intake", "watch", &mut intake.watch, |v| value::one_of(v, &Watching::WORDS));
        keys.set("intake", "poll", &mut intake.poll, |v| value::duration(v, 10 * milli, hour));
        keys.set("intake", "media_wait", &mut intake.media_wait, |v| value::duration(v, Duration::ZERO, day));
        keys.set("intake", "encoding", &mut intake.encoding, value::encoding);
        keys.set("intake", "max_file", &mut intake.max_file, |v| value::size(v, 1 << 10, 1 << 30));
        keys.set("intake", "notices", &mut intake.notices, value::flag);

        let publish = &mut self.publish;
        keys.set("publish", "entries", &mut publish.entries, value::entries);
        keys.set("publish", "window", &mut publish.window, value::window);
        keys.set("publish", "max_entries", &mut publish.max_entries, value::max_entries);
        keys.set("publish", "max_bytes", &mut publish.max_bytes, |v| value::size(v, 1 << 10, 64 << 20));
        keys.set("publish", "full_text", &mut publish.full_text, value::flag);
        keys.set("publish", "ttl", &mut publish.ttl, |v| value::duration(v, Duration::ZERO, 30 * day));
        keys.enough("publish", publish.entries, publish.max_entries);

        self.server.take(keys, folder);
        if let Some(own) = self.server.own_url() {
            self.base_url = own;
        }
        keys.set("", "base_url", &mut self.base_url, value::base_url);
        keys.set("server", "former", &mut self.server.former, |v| value::base_urls(v, &self.base_url));

        self.pages = keys.pages();
        let (entries, max_entries) = (self.publish.entries, self.publish.max_entries);
        self.sections = keys.sections(|keys| {
            let entry = SectionEntry::take(keys, "section", folder);
            keys.enough("section", entry.entries.unwrap_or(entries), entry.max_entries.unwrap_or(max_entries));
            entry
        });
    }
}

fn keep<T: Clone + PartialEq>(key: &'static str, new: &mut T, in_force: &T, kept: &mut Vec<&'static str>) {
    if new != in_force {
        new.clone_from(in_force);
        kept.push(key);
    }
}
