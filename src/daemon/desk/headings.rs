//! `_section.toml`, or `_index.md` as Hugo and Zola have it → how its folder's section is published, beside what the
//! configuration says of it. What the operator says in the configuration outranks it, key by key.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;

use super::{Desk, DeskError};
use crate::article::Medium;
use crate::catalogue::Catalogue;
use crate::config::{Icon, PodcastEntry, SectionEntry};
use crate::daemon::heading::{self, MAX_HEADING};
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::intake::fault::glance;
use crate::intake::reading::{self, FileRead, Folder};
use crate::moment::Moment;
use crate::podcast::{COVER_SIDES, Podcast};
use crate::publish::{self, Layout, Settings};
use crate::rejection::Rejection;
use crate::section::Section;
use crate::threads::jobs;

/// Under what a file's words are remembered, followed by its path: section, picture and cover with tabs between, line feed,
/// text.
const KEY: &str = "heading:";

/// The largest picture of a section, in bytes: it is shown small, in every feed and page of it.
const MAX_PICTURE: u64 = 4 * 1024 * 1024;

/// How long such a picture may take to compute: one of 4 MiB with as many pixels as are read takes two seconds.
const LONGEST_CLEANING: Duration = Duration::from_secs(10);

/// What sections say of themselves, by the path of the file that says it. Of two in one folder `_section.toml` is the later.
pub(super) type Headings = BTreeMap<String, Said>;

/// What one file says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    section: Section,
    folder: InboxPath,
    entry: SectionEntry,
    /// The document that its picture becomes, where that lies in the inbox.
    picture: Option<String>,
    /// The same of its podcast's cover.
    cover: Option<String>,
}

impl Said {
    /// What it says, the cover of a podcast as it is published.
    fn entry(&self) -> SectionEntry {
        let mut entry = self.entry.clone();
        if let Some(podcast) = &mut entry.podcast
            && matches!(podcast.image, Some(Icon::File(_)))
        {
            podcast.image = self.cover.clone().map(Icon::Url);
        }
        entry
    }
}

/// How a section is published of which this is said; what is absent is as for the whole.
#[must_use]
pub fn layout(whole: &Layout, section: &SectionEntry) -> Layout {
    let count = |entries: u32| usize::try_from(entries).unwrap_or(usize::MAX);
    let max_entries = section.max_entries.map_or(whole.max_entries, count);
    Layout {
        title: section.title.clone(),
        image: section.image.clone(),
        description: section.description.clone().unwrap_or_default(),
        language: section.language.clone(),
        entries: section.entries.map_or(whole.entries, count).min(max_entries),
        window: section.window.unwrap_or(whole.window),
        max_entries,
        max_bytes: whole.max_bytes,
        full_text: section.full_text.unwrap_or(whole.full_text),
        podcast: section.podcast.as_ref().map(podcast_of),
    }
}

/// What a podcast says of itself; its cover was published before.
fn podcast_of(entry: &PodcastEntry) -> Podcast {
    let image = match &entry.image {
        Some(Icon::Url(url)) => url.clone(),
        _ => String::new(),
    };
    Podcast { image, ..entry.said.clone() }
}

/// What was read before this start.
pub(super) fn remembered(catalogue: &Catalogue, zone: Tz) -> Result<Headings, DeskError> {
    let mut headings = Headings::new();
    for (key, value) in catalogue.remembered_under(KEY)? {
        let Some((place, text)) = value.split_once('\n') else { continue };
        let mut places = place.split('\t').map(str::to_owned);
        let section = Section::stored(places.next().unwrap_or_default());
        let (picture, cover) = (places.next(), places.next());
        let stated = |path: Option<String>| path.filter(|path| !path.is_empty());
        let path = InboxPath::decoded(&key);
        // What this program no longer understands is as if it were not there.
        if let Ok(entry) = heading::understood(&path, text, zone) {
            let (picture, cover) = (stated(picture), stated(cover));
            headings.insert(key, Said { section, folder: path.folder(), entry, picture, cover });
        }
    }
    Ok(headings)
}

/// What folders say of the files in them.
pub(super) fn folders(headings: &Headings) -> BTreeMap<InboxPath, Folder> {
    heading::folders(headings.values().map(|said| (said.folder.clone(), said.entry.clone())))
}

impl Desk {
    /// The settings in force: the configuration's, with what sections say of themselves.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        let mut sections: BTreeMap<&Section, (SectionEntry, Option<&String>)> = BTreeMap::new();
        for said in self.headings.values() {
            let (former, picture) = sections.remove(&said.section).unwrap_or_default();
            let picture = if said.entry.image.is_some() { said.picture.as_ref() } else { picture };
            sections.insert(&said.section, (said.entry().or(former), picture));
        }
        for (section, (said, picture)) in sections {
            let configured = self.options.sections.get(section).cloned().unwrap_or_default();
            if configured.podcast.is_none()
                && let Some(Icon::Url(cover)) = said.podcast.as_ref().and_then(|podcast| podcast.image.as_ref())
                && !is_address(cover)
            {
                settings.icon_files.insert(cover.clone(), None);
            }
            let mut layout = layout(&settings.layout, &configured.or(said));
            if !layout.image.as_deref().is_some_and(is_address) {
                layout.image = picture.cloned();
                settings.icon_files.extend(picture.map(|picture| (picture.clone(), None)));
            }
            settings.sections.insert(section.as_str().to_owned(), layout);
        }
        settings
    }

    /// Puts in force what sections say by now: feeds and pages are printed anew, and files whose reading it changes are read
    /// again.
    fn heed_headings(&mut self) -> Result<(), DeskError> {
        self.publisher.set(self.settings());
        self.publisher.mark_outdated(self.record.catalogue_mut())?;
        let folders = folders(&self.headings);
        let changed: Vec<InboxPath> = folders
            .keys()
            .chain(self.reader.folders.keys())
            .filter(|folder| folders.get(*folder) != self.reader.folders.get(*folder))
            .cloned()
            .collect();
        self.reader.folders = Arc::new(folders);
        self.read_again(changed)
    }

    /// Reads the files in which sections say how they are published.
    pub(super) fn read_headings(&mut self, files: Vec<(InboxPath, Look)>, now: Moment) -> Result<(), DeskError> {
        let before = self.headings.clone();
        for (path, look) in files {
            self.forced.remove(&path);
            let (look, bytes) = match self.settings.inbox.read(&path, MAX_HEADING) {
                Ok(inbox::Reading::Whole { bytes, look }) => (look, Ok(bytes)),
                Ok(inbox::Reading::Changed) => {
                    self.settle.seen(path, look, true, now.tick);
                    continue;
                }
                Ok(inbox::Reading::TooLarge { size }) => (look, Err(format!("it has {size} bytes"))),
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    (look, Err(format!("it cannot be read: {error}")))
                }
                Err(error) => {
                    let arrival = self.arrival(&path, &look, now);
                    self.read_later(path, arrival, &error, now);
                    continue;
                }
            };
            self.waiting.remove(&path);
            self.read_heading(&path, look, bytes, now)?;
        }
        if self.headings != before { self.heed_headings() } else { Ok(()) }
    }

    fn read_heading(
        &mut self,
        path: &InboxPath,
        look: Look,
        bytes: Result<Vec<u8>, String>,
        now: Moment,
    ) -> Result<(), DeskError> {
        if bytes.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(());
        }
        let hash = *blake3::hash(bytes.as_deref().unwrap_or_default()).as_bytes();
        let names = inbox::section_names(path);
        let text = bytes.map_err(heading::unread).and_then(heading::text);
        let zone = self.reader.time_zone;
        let read = |text: String| {
            let path = path.clone();
            glance(move || Ok((heading::understood(&path, &text, zone)?, text.clone())))
        };
        let said = text.and_then(read);
        let (mut wants, mut doubts) = (Vec::new(), Vec::new());
        let (mut picture, mut cover) = (None, None);
        if let Ok((entry, _)) = &said {
            let image = entry.image.as_deref().filter(|image| !is_address(image));
            picture = image.and_then(|image| self.illustration(path, image, &mut wants, &mut doubts));
            if let Some(Icon::File(image)) = entry.podcast.as_ref().and_then(|podcast| podcast.image.as_ref()) {
                cover = self.illustration(path, &image.to_string_lossy(), &mut wants, &mut doubts);
                doubts.extend(cover.as_ref().and_then(unfit_cover));
            }
        }
        // In an import its first article dates a section, as if that had been read first: what is imported, and not when, decides
        // the bytes of its feeds.
        let first = (!self.is_importing).then(|| now.wall.timestamp());
        let inbox = Arc::clone(&self.settings.inbox);
        let section = self.commit(now, |batch| {
            let section = match &said {
                Ok(_) => batch.begin_section(&names, first, &inbox)?.map_err(|too_deep| {
                    Rejection::new(too_deep.to_string(), "move it to a folder at most 8 below the inbox")
                }),
                Err(rejection) => Err(rejection.clone()),
            };
            let refusal = section.as_ref().err().cloned();
            let read = FileRead { wants, doubts, ..reading::no_article(look, hash, refusal) };
            batch.ingest(path, &read, &names, now.wall, &inbox)?;
            Ok(section.ok())
        })?;
        if let (Ok((entry, text)), Some(section)) = (said, section) {
            let key = path.encoded();
            for (medium, source) in picture.iter().chain(&cover) {
                self.record.catalogue_mut().add_medium(medium, source)?;
            }
            let [picture, cover] = [picture, cover].map(|found| found.map(|(medium, _)| medium.path));
            let path_of = |found: &Option<String>| found.clone().unwrap_or_default();
            let place = format!("{section}\t{}\t{}", path_of(&picture), path_of(&cover));
            self.record.catalogue_mut().remember(&format!("{KEY}{key}"), &format!("{place}\n{text}"))?;
            let section = Section::stored(section);
            self.headings.insert(key, Said { section, folder: path.folder(), entry, picture, cover });
        }
        Ok(())
    }

    /// A picture in the inbox that a section refers to, with the place where it lies; else a doubt more.
    fn illustration(
        &self,
        heading: &InboxPath,
        image: &str,
        wants: &mut Vec<(InboxPath, Option<Look>)>,
        doubts: &mut Vec<String>,
    ) -> Option<(Medium, InboxPath)> {
        let Some(source) = source_of(heading, image) else {
            doubts.push(format!("the image {image:?} leads out of the inbox; it was left out"));
            return None;
        };
        wants.push((source.clone(), self.settings.inbox.look(&source).ok().flatten()));
        self.picture(&source).map_err(|doubt| doubts.push(doubt)).ok().map(|medium| (medium, source))
    }

    /// The medium that a section's picture in the inbox is; else what is wrong.
    fn picture(&self, source: &InboxPath) -> Result<Medium, String> {
        let media_type = inbox::media_type(&source.extension()).filter(|media_type| media_type.starts_with("image/"));
        let Some(media_type) = media_type else { return Err(format!("{source} is no picture; it was left out")) };
        match self.settings.inbox.read(source, MAX_PICTURE) {
            Ok(inbox::Reading::Whole { bytes, .. }) => {
                let extension = source.extension();
                let clean = move || publish::picture(&bytes, media_type, &extension).map(|(medium, _)| medium);
                let Some(picture) = jobs::once(LONGEST_CLEANING, clean) else {
                    return Err(format!("{source} takes too long to be looked at; it was left out"));
                };
                picture.map_err(|fault| format!("{source} is not published ({fault}); it was left out"))
            }
            Ok(inbox::Reading::TooLarge { size }) => {
                Err(format!("{source} has {size} bytes, more than the {MAX_PICTURE} of a section's picture"))
            }
            Ok(inbox::Reading::Changed) | Err(_) => Err(format!("{source} is not there; it was left out")),
        }
    }

    /// Files in which sections described themselves are not there any more.
    pub(super) fn forget_headings(&mut self, paths: &[InboxPath]) -> Result<(), DeskError> {
        let mut changed = false;
        for path in paths.iter().filter(|path| inbox::sort(path) == inbox::Sort::Heading) {
            let key = path.encoded();
            if self.headings.remove(&key).is_some() {
                self.record.catalogue_mut().forget(&format!("{KEY}{key}"))?;
                changed = true;
            }
        }
        if changed { self.heed_headings() } else { Ok(()) }
    }
}

/// What podcast apps find wrong with a cover.
fn unfit_cover((medium, source): &(Medium, InboxPath)) -> Option<String> {
    let (width, height) = medium.pixels.unwrap_or_default();
    if width != height || !COVER_SIDES.contains(&width) {
        let (least, most) = (COVER_SIDES.start(), COVER_SIDES.end());
        return Some(format!(
            "the cover {source} has {width} by {height} pixels; podcast apps take a square of {least} to {most}"
        ));
    }
    let is_taken = matches!(medium.media_type.as_str(), "image/jpeg" | "image/png");
    (!is_taken).then(|| format!("the cover {source} is neither JPEG nor PNG, as podcast apps want it"))
}

/// Where in the inbox a picture lies that a section refers to: from its folder, or with a slash in front from the inbox.
fn source_of(heading: &InboxPath, image: &str) -> Option<InboxPath> {
    let relative = Path::new(image.trim_start_matches('/'));
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let folder = if image.starts_with('/') { InboxPath::root() } else { heading.folder() };
    let plain = relative.components().filter(|part| matches!(part, Component::Normal(_))).collect::<PathBuf>();
    is_plain.then(|| InboxPath::new(folder.as_path().join(plain)))
}

/// Whether a picture is somewhere on the web.
fn is_address(image: &str) -> bool {
    image.starts_with("https://") || image.starts_with("http://")
}
