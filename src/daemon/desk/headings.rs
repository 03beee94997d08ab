//! `_section.toml` → how its folder's section is published, beside what the configuration says of it. What the operator says
//! in the configuration outranks it, key by key.

use std::path::PathBuf;

use super::{Desk, DeskError, Turn};
use crate::catalogue::Catalogue;
use crate::config::{Icon, PodcastEntry, SectionEntry};
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::intake::reading;
use crate::moment::Moment;
use crate::podcast::Podcast;
use crate::publish::{self, Layout, Settings};
use crate::rejection::Rejection;
use crate::section::Section;

/// Under what a file's words are remembered, followed by its path: section, line feed, text.
const KEY: &str = "heading:";

/// The longest such file, in bytes: seven keys and their comments.
const MAX_HEADING: u64 = 64 * 1024;

/// What sections say of themselves, by the path of the file that says it.
pub(super) type Headings = std::collections::BTreeMap<String, (Section, SectionEntry)>;

/// How a section is published of which this is said; what is absent is as for the whole.
#[must_use]
pub fn layout(whole: &Layout, section: &SectionEntry) -> Layout {
    let count = |entries: u32| usize::try_from(entries).unwrap_or(usize::MAX);
    let max_entries = section.max_entries.map_or(whole.max_entries, count);
    Layout {
        title: section.title.clone(),
        description: section.description.clone().unwrap_or_default(),
        language: section.language.clone(),
        entries: section.entries.map_or(whole.entries, count).min(max_entries),
        window: section.window.unwrap_or(whole.window),
        max_entries,
        max_bytes: whole.max_bytes,
        full_text: section.full_text.unwrap_or(whole.full_text),
        podcast: section.podcast.as_ref().map(|podcast| podcast_of(podcast).0),
        cover_file: section.podcast.as_ref().and_then(|podcast| podcast_of(podcast).1),
    }
}

/// What a podcast says of itself, and the file of its cover if that is one.
fn podcast_of(entry: &PodcastEntry) -> (Podcast, Option<PathBuf>) {
    let file = match &entry.image {
        Some(Icon::File(file)) => publish::icon_path(file).map(|path| (path, file.clone())),
        _ => None,
    };
    let image = match (&entry.image, &file) {
        (Some(Icon::Url(url)), _) => url.clone(),
        (_, Some((path, _))) => path.clone(),
        _ => String::new(),
    };
    (Podcast { image, ..entry.said.clone() }, file.map(|(_, file)| file))
}

/// What was read before this start.
pub(super) fn remembered(catalogue: &Catalogue) -> Result<Headings, DeskError> {
    let mut headings = Headings::new();
    for (path, value) in catalogue.remembered_under(KEY)? {
        let Some((section, text)) = value.split_once('\n') else { continue };
        // What this program no longer understands is as if it were not there.
        if let Ok(entry) = SectionEntry::parse(text) {
            headings.insert(path, (Section::stored(section.to_owned()), entry));
        }
    }
    Ok(headings)
}

impl Desk {
    /// The settings in force: the configuration's, with what sections say of themselves.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        for (section, said) in self.headings.values() {
            let configured = self.options.sections.get(section).cloned().unwrap_or_default();
            settings
                .sections
                .insert(section.as_str().to_owned(), layout(&settings.layout, &configured.or(said.clone())));
        }
        settings
    }

    /// Reads the files in which sections say how they are published.
    pub(super) fn read_headings(
        &mut self,
        files: Vec<(InboxPath, Look)>,
        now: Moment,
        turn: &mut Turn,
    ) -> Result<(), DeskError> {
        let before = self.headings.clone();
        for (path, look) in files {
            self.forced.remove(&path);
            let (look, bytes) = match inbox::read(&self.reading.inbox, &path, MAX_HEADING) {
                Ok(inbox::Reading::Whole { bytes, look }) => (look, Ok(bytes)),
                Ok(inbox::Reading::Changed) => {
                    self.settle.seen(path, look, true, now.tick);
                    continue;
                }
                Ok(inbox::Reading::TooLarge { size }) => (look, Err(format!("it has {size} bytes"))),
                Err(error) => (look, Err(format!("it cannot be read: {error}"))),
            };
            self.read_heading(&path, look, bytes, now, turn)?;
        }
        if self.headings != before {
            self.press.set(self.settings());
            self.press.mark_outdated(self.record.catalogue_mut())?;
        }
        Ok(())
    }

    fn read_heading(
        &mut self,
        path: &InboxPath,
        look: Look,
        bytes: Result<Vec<u8>, String>,
        now: Moment,
        turn: &mut Turn,
    ) -> Result<(), DeskError> {
        if bytes.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(());
        }
        let hash = *blake3::hash(bytes.as_deref().unwrap_or_default()).as_bytes();
        let names = inbox::section_names(path);
        let text = bytes
            .map_err(|reason| Rejection::new(reason, "it holds a few short lines; see the documentation"))
            .and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| Rejection::new("it is not UTF-8", "save it as UTF-8"))
            });
        let said = match text {
            _ if names.is_empty() => Err(Rejection::new(
                "the inbox itself is the whole publication, which the configuration describes",
                "put it into the folder of a section",
            )),
            Ok(text) => SectionEntry::parse(text.trim_start_matches('\u{feff}')).map(|entry| (text, entry)),
            Err(rejection) => Err(rejection),
        };
        let mut section = None;
        let committed = self.record.commit(now.wall, |batch| {
            let refusal = match &said {
                Ok(_) => match batch.begin_section(&names)? {
                    Ok(path) => {
                        section = Some(path);
                        None
                    }
                    Err(too_deep) => {
                        Some(Rejection::new(too_deep.to_string(), "move it to a folder at most 8 below the inbox"))
                    }
                },
                Err(rejection) => Some(rejection.clone()),
            };
            batch.ingest(path, &reading::no_article(look, hash, refusal), &names, now.wall, &|_| true)
        })?;
        self.after_into(committed, now, turn);
        if let (Ok((text, entry)), Some(section)) = (said, section) {
            let key = path.encoded();
            self.record.catalogue_mut().remember(&format!("{KEY}{key}"), &format!("{section}\n{text}"))?;
            self.headings.insert(key, (Section::stored(section), entry));
        }
        Ok(())
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
        if changed {
            self.press.set(self.settings());
            self.press.mark_outdated(self.record.catalogue_mut())?;
        }
        Ok(())
    }
}
