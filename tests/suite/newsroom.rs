//! A newsroom in a temporary folder with a desk and a clock of its own: what every story of the suite is told with.
//! Time passes only when a test says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use syndicated::catalogue::Reader;
use syndicated::config::Config;
use syndicated::control::Reply;
use syndicated::daemon::desk::{Desk, Turn};
use syndicated::daemon::{self, Held};
use syndicated::dropped::InboxPath;
use syndicated::edition::{Edition, Found};
use syndicated::inbox::Hint;
use syndicated::intake::{Change, Report};
use syndicated::moment::Moment;
use syndicated::publish::{self, Archive, Discrepancy};
use syndicated::rejection::Rejection;
use tempfile::TempDir;

/// When every story begins.
pub fn dawn() -> DateTime<Utc> {
    "2026-07-02T08:00:00Z".parse().unwrap()
}

/// An entry as a strict reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub url: String,
    pub published: String,
    pub updated: String,
    pub content: String,
    pub categories: Vec<String>,
}

/// See the module.
pub struct Newsroom {
    pub dir: TempDir,
    settings: String,
    config: Config,
    /// The desk, between start and stop.
    running: Option<(Desk, Held)>,
    pub edition: Arc<Edition>,
    wall: DateTime<Utc>,
    tick: Duration,
    /// Everything that was told since the last look.
    pub reports: Vec<Report>,
    pub refused: Vec<(InboxPath, Rejection)>,
    pub notes: Vec<String>,
    pub written: usize,
}

impl Newsroom {
    /// An empty inbox with a running desk.
    pub fn new() -> Self {
        Self::with("")
    }

    /// The same with more lines of configuration.
    pub fn with(settings: &str) -> Self {
        let mut newsroom = Self::closed(settings);
        newsroom.start();
        newsroom
    }

    /// The same, not started: files may lie there before the first run.
    pub fn closed(settings: &str) -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("inbox")).unwrap();
        let config = config(dir.path(), settings);
        Self {
            dir,
            edition: Edition::new(16 << 20),
            settings: settings.to_owned(),
            config,
            running: None,
            wall: dawn(),
            tick: Duration::ZERO,
            reports: Vec::new(),
            refused: Vec::new(),
            notes: Vec::new(),
            written: 0,
        }
    }

    pub fn desk(&mut self) -> &mut Desk {
        &mut self.running.as_mut().expect("the desk is started").0
    }

    pub fn now(&self) -> Moment {
        Moment { wall: self.wall, tick: self.tick }
    }

    pub fn inbox(&self, path: &str) -> PathBuf {
        self.dir.path().join("inbox").join(path)
    }

    pub fn feeds(&self, path: &str) -> PathBuf {
        self.dir.path().join("feeds").join(path)
    }

    pub fn state(&self, path: &str) -> PathBuf {
        self.dir.path().join(".syndicated").join(path)
    }

    /// Opens the desk, compares, and lets everything come to rest.
    pub fn start(&mut self) {
        self.open();
        self.compare();
    }

    /// Opens the desk, whose first comparison is yet to come.
    pub fn open(&mut self) {
        let held = daemon::hold(&self.config).unwrap();
        self.edition = Edition::new(16 << 20);
        let desk = daemon::open(&self.config, &self.edition, self.wall).unwrap();
        self.running = Some((desk, held));
    }

    /// Closes the desk as a kill does: nothing is said, nothing is tidied.
    pub fn stop(&mut self) {
        self.running = None;
    }

    pub fn restart(&mut self) {
        self.stop();
        self.start();
    }

    /// Restarts with other settings.
    pub fn reconfigured(&mut self, settings: &str) {
        self.stop();
        self.config = config(self.dir.path(), settings);
        self.settings = settings.to_owned();
        self.start();
    }

    /// A full comparison, as at the start, after an overflow and at every rescan.
    pub fn compare(&mut self) {
        self.compare_while(usize::MAX);
    }

    /// The same, with no more than so many files waiting to be read; says how many did after each turn in the middle.
    pub fn compare_while(&mut self, most: usize) -> Vec<usize> {
        let now = self.now();
        let desk = &mut self.running.as_mut().unwrap().0;
        let (mut waited, mut turns) = (Vec::new(), Vec::new());
        let turned = |desk: &Desk, turn| {
            waited.push(desk.waiting());
            turns.push(turn);
        };
        daemon::compare(&self.config, desk, most, || now, turned).unwrap();
        for turn in turns {
            self.note(turn);
        }
        self.rest();
        waited
    }

    /// Lets the desk do what is due now.
    pub fn rest(&mut self) {
        loop {
            let now = self.now();
            let turn = self.desk().turn(now).unwrap();
            let (more, compares) = (turn.more, !turn.to_compare.is_empty());
            self.note(turn);
            if compares {
                // Folders are compared at once, as the scan thread would.
                let now = self.now();
                let desk = &mut self.running.as_mut().unwrap().0;
                daemon::compare(&self.config, desk, usize::MAX, || now, |_, _| {}).unwrap();
            } else if !more && !self.desk().has_slow_files() {
                return;
            }
        }
    }

    fn note(&mut self, turn: Turn) {
        self.reports.extend(turn.reports);
        self.refused.extend(turn.refused);
        self.notes.extend(turn.notes);
        self.written += turn.written;
    }

    /// Time passes, and the desk does what comes due meanwhile.
    pub fn pass(&mut self, time: Duration) {
        let end = self.tick + time;
        let step = Duration::from_millis(500);
        while self.tick < end {
            let by = step.min(end - self.tick);
            self.tick += by;
            self.wall += TimeDelta::from_std(by).unwrap();
            if self.running.is_some() {
                self.rest();
            }
        }
    }

    /// A long time passes at once.
    pub fn skip(&mut self, time: Duration) {
        self.tick += time;
        self.wall += TimeDelta::from_std(time).unwrap();
        if self.running.is_some() {
            self.rest();
        }
    }

    /// The wall clock is stepped; no time passes.
    pub fn step_clock(&mut self, to: DateTime<Utc>) {
        self.wall = to;
        self.rest();
    }

    /// Writes a file that nobody tells the desk of, dated now (an hour ago while the desk is closed, so that it counts as whole).
    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.inbox(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        let at = SystemTime::from(self.wall - TimeDelta::hours(1));
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    }

    /// Drops a file: written, closed, read, published.
    pub fn drop(&mut self, path: &str, content: impl AsRef<[u8]>) {
        self.put(path, content);
        self.hint(Hint::Closed(InboxPath::new(path)));
    }

    pub fn hint(&mut self, hint: Hint) {
        let now = self.now();
        self.desk().hint(hint, now).unwrap();
        self.rest();
    }

    /// The desk hears of a file that was written, and does nothing yet.
    pub fn tell(&mut self, path: &str) {
        let now = self.now();
        self.desk().hint(Hint::Closed(InboxPath::new(path)), now).unwrap();
    }

    pub fn remove(&mut self, path: &str) {
        fs::remove_file(self.inbox(path)).unwrap();
        self.hint(Hint::Vanished(InboxPath::new(path)));
    }

    pub fn rename(&mut self, from: &str, to: &str) {
        fs::create_dir_all(self.inbox(to).parent().unwrap()).unwrap();
        let is_folder = self.inbox(from).is_dir();
        fs::rename(self.inbox(from), self.inbox(to)).unwrap();
        let (from, to) = (InboxPath::new(from), InboxPath::new(to));
        self.hint(if is_folder { Hint::FolderMoved { from, to } } else { Hint::Moved { from, to } });
    }

    pub fn withdraw(&mut self, target: &str) -> Reply {
        let now = self.now();
        let reply = self.desk().withdraw(&[target.to_owned()], false, now).unwrap();
        self.rest();
        reply
    }

    pub fn restore(&mut self, target: &str) -> Reply {
        let now = self.now();
        let reply = self.desk().restore(&[target.to_owned()], now).unwrap();
        self.rest();
        reply
    }

    pub fn agree_to_missing(&mut self) -> Reply {
        let now = self.now();
        let reply = self.desk().withdraw(&[], true, now).unwrap();
        self.rest();
        reply
    }

    pub fn status(&mut self) -> serde_json::Value {
        self.desk().status().unwrap().value
    }

    /// What happened since the last look, without what did not change.
    pub fn changes(&mut self) -> Vec<(Change, String)> {
        let reports = std::mem::take(&mut self.reports);
        reports.into_iter().map(|report| (report.change, report.title)).collect()
    }

    /// A section's entries as a strict parser reads them from its Atom feed; the other two formats hold the same ids.
    #[track_caller]
    pub fn entries(&self, section: &str) -> Vec<Entry> {
        let read = |file: &str| {
            let path = self.feeds(section).join(file);
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            feed_rs::parser::parse(&bytes[..]).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let atom = read("atom.xml");
        let ids = |feed: &feed_rs::model::Feed| feed.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&atom), ids(&read("rss.xml")), "RSS and Atom of {section:?}");
        assert_eq!(ids(&atom), ids(&read("feed.json")), "JSON and Atom of {section:?}");
        let date = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
        atom.entries
            .into_iter()
            .map(|entry| Entry {
                id: entry.id,
                title: entry.title.map(|title| title.content).unwrap_or_default(),
                url: entry.links.first().map(|link| link.href.clone()).unwrap_or_default(),
                published: date(entry.published),
                updated: date(entry.updated),
                content: entry.content.and_then(|content| content.body).unwrap_or_default(),
                categories: entry.categories.into_iter().map(|category| category.term).collect(),
            })
            .collect()
    }

    #[track_caller]
    pub fn titles(&self, section: &str) -> Vec<String> {
        self.entries(section).into_iter().map(|entry| entry.title).collect()
    }

    /// The one entry of a section.
    #[track_caller]
    pub fn entry(&self, section: &str) -> Entry {
        let mut entries = self.entries(section);
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries.remove(0)
    }

    /// Another newsroom at the same hour, not started: the same inbox and ledger, no catalogue and no feeds.
    pub fn successor(&self) -> Self {
        let mut heir = Self::closed(&self.settings);
        copy(&self.inbox(""), &heir.inbox(""));
        fs::create_dir_all(heir.state("")).unwrap();
        fs::copy(self.state("ledger.jsonl"), heir.state("ledger.jsonl")).unwrap();
        (heir.wall, heir.tick) = (self.wall, self.tick);
        heir
    }

    /// Removes the catalogue of a closed desk.
    /// Restarts with a catalogue that is lost: inbox and ledger tell what was in it.
    pub fn rebuild(&mut self) {
        self.stop();
        self.lose_catalogue();
        self.start();
    }

    pub fn lose_catalogue(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.state(&format!("catalogue.db{suffix}")));
        }
    }

    /// The media that stay although no article shows them any more.
    pub fn former_media(&self) -> BTreeSet<String> {
        let catalogue = rusqlite::Connection::open(self.state("catalogue.db")).unwrap();
        let mut query = catalogue.prepare("SELECT path FROM former_media").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// The files that are refused and hold articles from before: what those say lies in the inbox no more.
    pub fn refused_holders(&self) -> Vec<String> {
        let catalogue = rusqlite::Connection::open(self.state("catalogue.db")).unwrap();
        let held = "SELECT folder, name FROM files WHERE rejection IS NOT NULL AND no IN (SELECT file FROM claims)";
        let mut query = catalogue.prepare(held).unwrap();
        let path = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
        let paths = query.query_map([], path).unwrap().map(Result::unwrap);
        paths.map(|(folder, name)| String::from_utf8([folder, name].join(&b'/')).unwrap()).collect()
    }

    /// Every file under `feeds/` with its bytes.
    pub fn documents(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let root = self.feeds("");
        let mut open = vec![root.clone()];
        while let Some(folder) = open.pop() {
            let Ok(listing) = fs::read_dir(folder) else { continue };
            for entry in listing {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// That `feeds/` holds what it held, file by file.
    #[track_caller]
    pub fn assert_holds(&self, before: &BTreeMap<String, Vec<u8>>) {
        let now = self.documents();
        assert_eq!(now.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        for (path, bytes) in now {
            let (was, is) = (String::from_utf8_lossy(&before[&path]), String::from_utf8_lossy(&bytes));
            let differing = was.lines().zip(is.lines()).find(|(was, is)| was != is);
            assert!(before[&path] == bytes, "{path}: {differing:#?}");
        }
    }

    /// The pages of articles under `feeds/`.
    pub fn pages(&self) -> Vec<String> {
        let is_page = |path: &String| path.ends_with(".html") && !path.ends_with("index.html");
        self.documents().into_keys().filter(is_page).collect()
    }

    /// A document's text.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.feeds(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Everything that was printed is on the disk for good.
    pub fn sync(&mut self) {
        let desk = self.desk();
        if let Some(turn) = desk.unsynced().unwrap() {
            desk.synced(turn).unwrap();
        }
    }

    /// Compares `feeds/` with the record, as after a start, and puts right what is wrong; says what was.
    pub fn sweep(&mut self) -> Vec<Discrepancy> {
        let reader = Reader::open(&self.state("")).unwrap();
        let found = publish::sweep(&reader, &self.feeds("")).unwrap();
        self.desk().swept(found.clone()).unwrap();
        self.rest();
        found
    }

    /// What the server finds at a path that is not in memory.
    pub fn find(&self, path: &str) -> Found {
        Archive::new(self.state(""), self.feeds("")).find(&self.edition, path).unwrap()
    }
}

fn config(dir: &Path, settings: &str) -> Config {
    // What a test does not set is as shipped, but for a clock it need not wait for and a host that is not loopback.
    let host = if settings.contains("base_url") { "" } else { "base_url = \"https://news.example\"\n" };
    let text = format!("{host}{settings}");
    Config::parse(&text, &dir.join("syndicated.toml")).unwrap()
}

/// Copies a folder and all below it, dates as well.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
            let at = entry.metadata().unwrap().modified().unwrap();
            fs::File::options().write(true).open(&target).unwrap().set_modified(at).unwrap();
        }
    }
}

/// A Markdown article.
pub fn story(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

/// A Markdown article with a date.
pub fn dated(title: &str, date: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n")
}
