//! A newsroom with a history: steps that people, machines and clocks take, and what must hold after each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;

use super::chance::Chance;
use super::content::{Held, PICTURES, Story, hour};
use crate::newsroom::{Entry, Newsroom};

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Drop,
    DropPage,
    Correct,
    Retitle,
    Replace,
    Revert,
    Rename,
    Move,
    RenameFolder,
    Copy,
    Delete,
    RenameOver,
    SaveOver,
    Mark,
    Spoil,
    Picture,
    Withdraw,
    Restore,
    Restart,
    Stop,
    Start,
    LoseCatalogue,
    Snapshot,
    LoseCommits,
    CutLedger,
    Rescan,
    Sweep,
    Pass,
    StepClock,
    Damage,
    Agree,
}

/// One step of a history; all it chooses follows from its seed, so that others may be left out.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub deed: Deed,
    pub seed: u64,
}

/// How the desk hears of what happened in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// As it happens.
    Once,
    /// Twice.
    Twice,
    /// Only the next comparison finds out.
    Never,
    /// It has heard, and has not yet looked.
    Unheeded,
}

/// What readers were once told of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    url: String,
    published: String,
    updated: String,
}

/// See the module.
pub struct World {
    room: Newsroom,
    files: BTreeMap<String, Held>,
    past: Vec<Held>,
    is_up: bool,
    /// Every event arrives, nothing breaks: then more must hold.
    is_plain: bool,
    known: BTreeMap<String, Known>,
    /// The id of each headline.
    ids: BTreeMap<String, String>,
    feeds: BTreeMap<String, String>,
    /// Headlines that more than one file had: there may be two articles of that name.
    doubled: BTreeSet<String>,
    /// Headlines whose article may rightly be absent.
    excused: BTreeSet<String>,
    /// A catalogue as it was.
    snapshot: Option<(PathBuf, u64)>,
    pub told: Vec<String>,
}

const SECTIONS: [&str; 5] = ["", "a", "b", "b/c", "d"];

type Verdict = Result<(), String>;

impl World {
    pub fn new(is_plain: bool, has_guard: bool) -> Self {
        let guard = if has_guard { "" } else { "guard = 1.0\n" };
        let settings = format!("[intake]\n{guard}[publish]\nentries = 500\nmax_bytes = \"64 MiB\"\n");
        let room = Newsroom::with(&settings);
        for number in 0..PICTURES {
            room.put(&format!("pics/{number}.png"), format!("picture {number}"));
        }
        Self {
            room,
            files: BTreeMap::new(),
            past: Vec::new(),
            is_up: true,
            is_plain,
            known: BTreeMap::new(),
            ids: BTreeMap::new(),
            feeds: BTreeMap::new(),
            doubled: BTreeSet::new(),
            excused: BTreeSet::new(),
            snapshot: None,
            told: Vec::new(),
        }
    }

    pub fn take(&mut self, step: Step) -> Verdict {
        let mut chance = Chance::new(step.seed);
        let told = if !self.is_up {
            Told::Never
        } else if self.is_plain {
            Told::Once
        } else {
            [Told::Once, Told::Once, Told::Once, Told::Twice, Told::Never, Told::Unheeded][chance.below(6)]
        };
        let line = format!("{:?} {told:?}", step.deed);
        self.told.push(line);
        match step.deed {
            Deed::Drop => {
                let path = self.free_path(&mut chance, "md");
                let mut story = Story::new(&mut chance);
                if chance.once_in(8) && !self.is_plain {
                    story.id = Some(format!("urn:x:{}", chance.below(2)));
                }
                if chance.once_in(8) {
                    story.section = Some(["a", "e"][chance.below(2)].to_owned());
                }
                self.write(&path, Held::Story(Box::new(story)), told);
            }
            Deed::DropPage => {
                let path = self.free_path(&mut chance, "txt");
                let page = Held::page(&mut chance, self.room.now().wall);
                self.write(&path, page, told);
            }
            Deed::Correct | Deed::Retitle | Deed::Mark => {
                let Some((path, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let was_excused = held.titles().iter().all(|title| self.excused.contains(title));
                let edited = match (&held, step.deed) {
                    (Held::Story(story), Deed::Correct) => Some(Held::Story(Box::new(story.corrected(&mut chance)))),
                    (Held::Story(story), Deed::Retitle) => {
                        self.excused.insert(story.piece.title.clone());
                        Some(Held::Story(Box::new(story.retitled(&mut chance))))
                    }
                    (Held::Story(story), _) => Some(Held::Story(Box::new(self.marked(story, &mut chance)))),
                    (page, _) => page.page_edited(&mut chance, self.room.now().wall),
                };
                if let Some(edited) = edited {
                    for title in held.titles() {
                        if !edited.titles().contains(&title) {
                            self.excused.insert(title);
                        }
                    }
                    // What was taken back by order stays so under its next title.
                    if was_excused {
                        self.excused.extend(edited.titles());
                    }
                    self.write(&path, edited, told);
                }
            }
            Deed::Replace => {
                let Some((path, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let other = match held {
                    Held::Page { .. } => Held::page(&mut chance, self.room.now().wall),
                    _ => Held::story(&mut chance),
                };
                self.write(&path, other, told);
            }
            Deed::Revert => {
                let Some(held) = chance.pick(&self.past).cloned() else { return Ok(()) };
                let extension = if matches!(held, Held::Page { .. }) { "txt" } else { "md" };
                let path = if chance.once_in(3) {
                    self.free_path(&mut chance, extension)
                } else {
                    let same: Vec<&String> = self.files.keys().filter(|path| path.ends_with(extension)).collect();
                    match chance.pick(&same) {
                        Some(path) => (*path).clone(),
                        None => return Ok(()),
                    }
                };
                self.doubled.extend(held.titles());
                self.excused.extend(held.titles());
                self.write(&path, held, told);
            }
            Deed::Rename | Deed::Move => {
                let Some((from, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let extension = from.rsplit('.').next().unwrap();
                let to = self.free_path(&mut chance, extension);
                let folder = if step.deed == Deed::Rename { folder(&from) } else { folder(&to) };
                let name = to.rsplit('/').next().unwrap();
                let to = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                if !self.files.contains_key(&to) {
                    self.rename(&from, &to, held, told, chance.once_in(4));
                }
            }
            Deed::RenameFolder => self.rename_folder(&mut chance, told),
            Deed::Copy => {
                let Some((from, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let to = self.free_path(&mut chance, from.rsplit('.').next().unwrap());
                self.doubled.extend(held.titles());
                self.write(&to, held, told);
            }
            Deed::Delete => {
                if let Some((path, held)) = self.some_file(&mut chance) {
                    self.excused.extend(held.titles());
                    self.remove(&path, told);
                }
            }
            Deed::RenameOver => {
                let Some((from, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let Some((to, former)) = self.some_file(&mut chance) else { return Ok(()) };
                if from != to && from.rsplit('.').next() == to.rsplit('.').next() {
                    self.excused.extend(former.titles());
                    self.rename(&from, &to, held, told, chance.once_in(4));
                }
            }
            Deed::SaveOver => {
                // As editors save: a temporary beside it, renamed over it.
                let Some((to, held)) = self.some_file(&mut chance) else { return Ok(()) };
                let saved = match &held {
                    Held::Story(story) => Held::Story(Box::new(story.corrected(&mut chance))),
                    Held::Page { .. } => held.page_edited(&mut chance, self.room.now().wall).unwrap(),
                    _ => Held::story(&mut chance),
                };
                for title in held.titles() {
                    self.excused.insert(title);
                }
                let from = format!("{to}.tmp");
                self.room.put(&from, saved.text());
                self.rename(&from, &to, saved, told, chance.once_in(2));
            }
            Deed::Spoil => {
                if let Some((path, held)) = self.some_file(&mut chance) {
                    self.excused.extend(held.titles());
                    self.write(&path, if chance.once_in(2) { Held::Bad } else { Held::Empty }, told);
                }
            }
            Deed::Picture => {
                let path = format!("pics/{}.png", chance.below(PICTURES));
                self.room.put(&path, format!("picture {}", chance.number()));
                self.tell(told, &[Hint::Closed(InboxPath::new(&path))]);
            }
            Deed::Withdraw | Deed::Restore => {
                let Some((path, held)) = self.some_file(&mut chance) else { return Ok(()) };
                if self.is_up {
                    if step.deed == Deed::Withdraw {
                        self.excused.extend(held.titles());
                        self.room.withdraw(&path);
                    } else {
                        self.room.restore(&path);
                    }
                    self.say(&path);
                }
            }
            Deed::Restart => {
                self.stop();
                self.start();
            }
            Deed::Stop => self.stop(),
            Deed::Start => self.start(),
            Deed::LoseCatalogue => {
                self.stop();
                self.room.lose_catalogue();
                self.snapshot = None;
                self.start();
            }
            Deed::Snapshot => self.take_snapshot(),
            Deed::LoseCommits => {
                self.stop();
                if let Some((folder, _)) = &self.snapshot {
                    self.room.lose_catalogue();
                    for suffix in ["", "-wal"] {
                        let name = format!("catalogue.db{suffix}");
                        if folder.join(&name).exists() {
                            fs::copy(folder.join(&name), self.room.state(&name)).unwrap();
                        }
                    }
                }
                self.start();
            }
            Deed::CutLedger => {
                self.stop();
                let ledger = self.room.state("ledger.jsonl");
                let length = fs::metadata(&ledger).unwrap().len();
                let cut = fs::File::options().write(true).open(&ledger).unwrap();
                cut.set_len(chance.number() % (length + 1)).unwrap();
                self.snapshot = None;
                self.start();
            }
            Deed::Rescan if self.is_up => self.room.compare(),
            Deed::Sweep if self.is_up => self.sweep(),
            Deed::Rescan | Deed::Sweep => {}
            Deed::Pass => {
                let seconds = [1, 5, 11, 12, 31, 61, 3600, 86_400][chance.below(8)];
                self.say(&format!("{seconds} s"));
                let time = Duration::from_secs(seconds);
                if seconds < 60 { self.room.pass(time) } else { self.room.skip(time) }
            }
            Deed::StepClock if self.is_up => {
                let by = [-7200, -60, -1, 1, 60, 7200][chance.below(6)];
                self.say(&format!("{by} s"));
                self.room.step_clock(self.room.now().wall + TimeDelta::seconds(by));
            }
            Deed::StepClock => {}
            Deed::Damage => {
                let paths: Vec<String> =
                    self.room.documents().into_keys().filter(|path| !path.starts_with(['.', '_'])).collect();
                let Some(path) = chance.pick(&paths).filter(|_| self.is_up) else { return Ok(()) };
                self.say(path);
                let file = self.room.feeds(path);
                match chance.below(3) {
                    0 => fs::remove_file(&file).unwrap(),
                    1 => fs::write(&file, "").unwrap(),
                    _ => fs::write(file.with_file_name(".12345678.syndicated-tmp"), "half").unwrap(),
                }
                self.sweep();
            }
            Deed::Agree => {
                if self.is_up {
                    self.room.agree_to_missing();
                }
            }
        }
        if self.is_up && told != Told::Unheeded { self.check() } else { Ok(()) }
    }

    /// Lets everything come to rest, and compares with what a newcomer makes of inbox and ledger.
    pub fn finish(mut self) -> Verdict {
        self.told.push("the end".to_owned());
        self.start();
        let spoiled: Vec<String> = self
            .files
            .iter()
            .filter(|(_, held)| matches!(held, Held::Bad | Held::Empty))
            .map(|(path, _)| path.clone())
            .collect();
        for path in spoiled {
            self.remove(&path, Told::Once);
        }
        for _ in 0..2 {
            self.room.compare();
            self.room.pass(Duration::from_secs(32));
            let refused = self.room.refused_holders().into_iter().map(|path| path.trim_start_matches('/').to_owned());
            for path in refused.filter(|path| self.files.contains_key(path)).collect::<Vec<_>>() {
                self.remove(&path, Told::Once);
            }
        }
        self.room.pass(Duration::from_secs(32));
        self.room.agree_to_missing();
        self.sweep();
        self.check()?;
        self.check_presence()?;
        let before = self.room.documents();
        self.stop();
        self.start();
        self.room.compare();
        same("after a restart", &before, &self.room.documents())?;
        let mut heir = self.room.successor();
        heir.start();
        for newsroom in [&mut heir, &mut self.room] {
            newsroom.pass(Duration::from_secs(32));
            // Until no picture lies there that was replaced.
            newsroom.skip(Duration::from_secs(86_400));
            newsroom.sync();
            newsroom.sweep();
        }
        // A picture that only a released article still shows, and that the inbox has no more, is nowhere but in `feeds/`.
        let pictures: Vec<Vec<u8>> =
            (0..PICTURES).map(|number| fs::read(self.room.inbox(&format!("pics/{number}.png"))).unwrap()).collect();
        let mut all = self.room.documents();
        all.retain(|path, bytes| !path.starts_with("_media/") || pictures.contains(bytes));
        let before = self.room.documents();
        same("of a newcomer", &all, &heir.documents())?;
        self.stop();
        self.room.lose_catalogue();
        self.start();
        self.room.pass(Duration::from_secs(32));
        self.sweep();
        same("after a lost catalogue", &before, &self.room.documents())?;
        self.check()
    }

    fn marked(&mut self, story: &Story, chance: &mut Chance) -> Story {
        let mut story = story.clone();
        let now = self.room.now().wall;
        self.excused.insert(story.piece.title.clone());
        match chance.below(8) {
            0 | 1 => story.is_draft = !story.is_draft,
            2 => story.is_withdrawn = !story.is_withdrawn,
            3 => story.date = Some(hour(now, [-48, -1, 1, 48][chance.below(4)])),
            4 => story.embargo = Some(hour(now, [-1, 1, 48][chance.below(3)])),
            5 => story.expires = Some(hour(now, [-1, 1, 48][chance.below(3)])),
            6 => (story.embargo, story.expires) = (None, None),
            _ => story.picture = if story.picture.is_some() { None } else { Some(chance.below(PICTURES)) },
        }
        story
    }

    fn say(&mut self, what: &str) {
        if let Some(line) = self.told.last_mut() {
            *line += &format!(" {what}");
        }
    }

    fn start(&mut self) {
        if !self.is_up {
            self.room.start();
            self.sweep();
            self.is_up = true;
        }
    }

    /// What the daemon does when it has been quiet.
    fn sweep(&mut self) {
        self.room.sync();
        self.room.sweep();
    }

    fn stop(&mut self) {
        self.room.stop();
        self.is_up = false;
    }

    fn take_snapshot(&mut self) {
        let folder = self.room.dir.path().join("snapshot");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        for suffix in ["", "-wal"] {
            let name = format!("catalogue.db{suffix}");
            if self.room.state(&name).exists() {
                fs::copy(self.room.state(&name), folder.join(&name)).unwrap();
            }
        }
        self.snapshot = Some((folder, 0));
    }

    fn some_file(&mut self, chance: &mut Chance) -> Option<(String, Held)> {
        let paths: Vec<&String> = self.files.keys().collect();
        let path = (*chance.pick(&paths)?).clone();
        let held = self.files[&path].clone();
        Some((path, held))
    }

    fn free_path(&self, chance: &mut Chance, extension: &str) -> String {
        loop {
            let section = SECTIONS[chance.below(SECTIONS.len())];
            let name = format!("{}.{extension}", chance.below(40));
            let path = if section.is_empty() { name } else { format!("{section}/{name}") };
            if !self.files.contains_key(&path) {
                return path;
            }
        }
    }

    fn tell(&mut self, told: Told, hints: &[Hint]) {
        for hint in hints {
            match told {
                Told::Never => {}
                Told::Once => self.room.hint(hint.clone()),
                Told::Twice => {
                    self.room.hint(hint.clone());
                    self.room.hint(hint.clone());
                }
                Told::Unheeded => {
                    let now = self.room.now();
                    self.room.desk().hint(hint.clone(), now).unwrap();
                }
            }
        }
    }

    fn write(&mut self, path: &str, held: Held, told: Told) {
        self.say(path);
        let former = self.files.get(path).map(Held::titles).unwrap_or_default();
        if former.iter().any(|title| self.doubled.contains(title)) {
            self.doubled.extend(held.titles());
            self.excused.extend(held.titles());
        }
        self.room.put(path, held.text());
        self.past.push(held.clone());
        self.files.insert(path.to_owned(), held);
        self.tell(told, &[Hint::Closed(InboxPath::new(path))]);
    }

    fn remove(&mut self, path: &str, told: Told) {
        self.say(path);
        fs::remove_file(self.room.inbox(path)).unwrap();
        self.files.remove(path);
        self.tell(told, &[Hint::Vanished(InboxPath::new(path))]);
    }

    fn rename(&mut self, from: &str, to: &str, held: Held, told: Told, is_torn: bool) {
        self.say(&format!("{from} -> {to}{}", if is_torn { " torn" } else { "" }));
        fs::create_dir_all(self.room.inbox(to).parent().unwrap()).unwrap();
        fs::rename(self.room.inbox(from), self.room.inbox(to)).unwrap();
        self.files.remove(from);
        self.past.push(held.clone());
        self.files.insert(to.to_owned(), held);
        let (from, to) = (InboxPath::new(from), InboxPath::new(to));
        if is_torn {
            self.tell(told, &[Hint::Arrived(to), Hint::Vanished(from)]);
        } else if from.as_path().extension().is_some_and(|extension| extension == "tmp") {
            self.tell(told, &[Hint::Arrived(to)]);
        } else {
            self.tell(told, &[Hint::Moved { from, to }]);
        }
    }

    fn rename_folder(&mut self, chance: &mut Chance, told: Told) {
        let from = SECTIONS[1 + chance.below(SECTIONS.len() - 1)];
        let to = ["a", "b", "d", "f", "b/g"][chance.below(5)];
        if !self.room.inbox(from).is_dir() || self.room.inbox(to).exists() || to.starts_with(&format!("{from}/")) {
            return;
        }
        self.say(&format!("{from} -> {to}"));
        fs::create_dir_all(self.room.inbox(to).parent().unwrap()).unwrap();
        fs::rename(self.room.inbox(from), self.room.inbox(to)).unwrap();
        let below = format!("{from}/");
        for (path, held) in std::mem::take(&mut self.files) {
            let path = path.strip_prefix(&below).map_or(path.clone(), |rest| format!("{to}/{rest}"));
            self.files.insert(path, held);
        }
        let (from, to) = (InboxPath::new(from), InboxPath::new(to));
        if chance.once_in(3) {
            self.tell(told, &[Hint::FolderVanished(from), Hint::Folder(to)]);
        } else {
            self.tell(told, &[Hint::FolderMoved { from, to }]);
        }
    }

    /// What readers may rely on at any time.
    fn check(&mut self) -> Verdict {
        let documents = self.room.documents();
        // While a lost record is made anew, feeds wait until all is read, and pages are there first. A feed that is taken away
        // meanwhile is made again then.
        let is_whole = !self.is_up || self.room.desk().is_current();
        let has_feeds = |section: &str| {
            is_whole
                || ["atom.xml", "rss.xml", "feed.json"]
                    .iter()
                    .all(|file| documents.contains_key(&format!("{section}{file}")))
        };
        let mut pages: BTreeSet<String> = BTreeSet::new();
        let mut media: BTreeSet<String> = BTreeSet::new();
        for path in documents.keys() {
            if let Some(section) = path.strip_suffix("atom.xml")
                && has_feeds(section)
            {
                self.check_feed(section.trim_end_matches('/'))?;
            }
            let is_hidden = path.split('/').any(|name| name.starts_with('.'));
            if is_hidden && path.ends_with("-tmp") {
                return Err(format!("a temporary was left: {path}"));
            }
            if path.starts_with("_media/") {
                media.insert(path.clone());
            } else if path.ends_with(".html") && !path.ends_with("index.html") {
                pages.insert(path.clone());
            }
        }
        if !has_feeds("") {
            return Ok(());
        }
        let whole = self.room.entries("");
        let address = |entry: &Entry| {
            let path = entry.url.trim_start_matches("https://news.example/");
            percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
        };
        let addresses: BTreeSet<String> = whole.iter().map(address).collect();
        if is_whole {
            equal("pages and articles", &pages, &addresses)?;
        }
        let shown: BTreeSet<String> = whole.iter().flat_map(|entry| media_in(&entry.content)).collect();
        if is_whole {
            // What was replaced stays for a day.
            let former = self.room.former_media();
            let media = &media - &(&former - &shown);
            equal("media and what shows them", &media, &shown)?;
        }
        for entry in whole {
            self.check_entry(entry)?;
        }
        Ok(())
    }

    fn check_feed(&mut self, section: &str) -> Verdict {
        let entries = self.room.entries(section);
        let ids: BTreeSet<&String> = entries.iter().map(|entry| &entry.id).collect();
        if ids.len() != entries.len() {
            return Err(format!("one id twice in {section:?}: {entries:?}"));
        }
        let mut updated = Vec::new();
        for file in ["atom.xml", "rss.xml"] {
            let text = fs::read_to_string(self.room.feeds(section).join(file)).unwrap();
            let document = roxmltree::Document::parse(&text).map_err(|error| format!("{section}/{file}: {error}"))?;
            if file == "atom.xml" {
                let named =
                    |node: &roxmltree::Node<'_, '_>| node.has_tag_name(("http://www.w3.org/2005/Atom", "updated"));
                let feed =
                    document.root_element().children().find(named).and_then(|node| node.text().map(str::to_owned));
                updated.extend(feed);
            }
        }
        let now = updated.first().cloned().ok_or("a feed without updated")?;
        let former = self.feeds.insert(section.to_owned(), now.clone());
        match former {
            Some(former) if former > now => Err(format!("{section:?} went back from {former} to {now}")),
            _ => Ok(()),
        }
    }

    fn check_entry(&mut self, entry: Entry) -> Verdict {
        if self.is_plain && !self.doubled.contains(&entry.title) {
            let former = self.ids.insert(entry.title.clone(), entry.id.clone());
            if former.as_ref().is_some_and(|former| *former != entry.id) {
                return Err(format!("{:?} was {former:?} and is {:?}", entry.title, entry.id));
            }
        }
        let now = Known { url: entry.url, published: entry.published, updated: entry.updated };
        match self.known.insert(entry.id.clone(), now.clone()) {
            Some(former)
                if former.url != now.url || former.published != now.published || former.updated > now.updated =>
            {
                Err(format!("{} was {former:?} and is {now:?}", entry.id))
            }
            _ => Ok(()),
        }
    }

    /// Where nothing was lost or ambiguous: everything dropped is there, once.
    fn check_presence(&self) -> Verdict {
        let titles = self.room.titles("");
        if !self.is_plain {
            return Ok(());
        }
        for title in &titles {
            if !self.doubled.contains(title) && titles.iter().filter(|other| *other == title).count() > 1 {
                return Err(format!("{title:?} is there twice"));
            }
        }
        for (path, held) in &self.files {
            for title in held.titles() {
                if !self.excused.contains(&title) && !titles.contains(&title) {
                    return Err(format!("{title:?} of {path} is not there"));
                }
            }
        }
        Ok(())
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn media_in(content: &str) -> Vec<String> {
    let urls = content.split('"').filter_map(|part| part.strip_prefix("https://news.example/_media/"));
    urls.map(|name| format!("_media/{name}")).collect()
}

fn equal(what: &str, one: &BTreeSet<String>, other: &BTreeSet<String>) -> Verdict {
    if one == other {
        return Ok(());
    }
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
    Err(format!("{what} differ: only the first {:?}, only the second {:?}", only(one, other), only(other, one)))
}

fn same(what: &str, one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Verdict {
    equal(&format!("the documents {what}"), &one.keys().cloned().collect(), &other.keys().cloned().collect())?;
    for (path, bytes) in one {
        if bytes != &other[path] {
            let (one, other) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[path]));
            let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
            equal(&format!("{path} {what}"), &lines(&one), &lines(&other))?;
            let (first, second) = one.lines().zip(other.lines()).find(|(one, other)| one != other).unwrap_or_default();
            return Err(format!("{path} {what}: another order, {first:?} stands where {second:?} does"));
        }
    }
    Ok(())
}
