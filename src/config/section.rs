//! What is said about one section, in the configuration or by the section itself.

use std::path::Path;
use std::time::Duration;

use encoding_rs::Encoding;

use super::keys::Keys;
use super::{Fault, Icon, value};
use crate::article::{Author, Defaults};
use crate::podcast::Podcast;
use crate::rejection::Rejection;

/// `[section."…"]`: what is said about one section. What is absent is as for the whole publication.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SectionEntry {
    /// Its name; absent: the folder's.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// As [`super::Publish::entries`].
    pub entries: Option<u32>,
    /// As [`super::Publish::full_text`].
    pub full_text: Option<bool>,
    /// As [`super::Publish::window`].
    pub window: Option<Duration>,
    /// As [`super::Publish::max_entries`].
    pub max_entries: Option<u32>,
    /// What podcast apps want to know, where its RSS feed is to be one they take.
    pub podcast: Option<PodcastEntry>,
    /// Its picture, an address or a path from its folder; only a section says this of itself, and what follows too.
    pub image: Option<String>,
    /// As [`super::Intake::encoding`], for the files in its folder and below.
    pub encoding: Option<&'static Encoding>,
    /// What its articles are given that state nothing.
    pub defaults: Defaults,
}

/// `[section."…".podcast]`, or the `[podcast]` of what a section says of itself.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PodcastEntry {
    /// What it says, but for the cover where that is a file.
    pub said: Podcast,
    /// Its cover; where the section says it itself, a file's path is from its folder.
    pub image: Option<Icon>,
}

impl PodcastEntry {
    /// As `type` is written: whether the episodes are to be heard in order.
    pub(super) const TYPES: [(&str, bool); 2] = [("episodic", false), ("serial", true)];

    fn take(keys: &mut Keys<'_>, folder: &Path) -> Option<Self> {
        let mut entry = Self::default();
        let said = &mut entry.said;
        keys.set("podcast", "author", &mut said.author, value::title);
        keys.set("podcast", "owner", &mut said.owner, value::title);
        keys.set("podcast", "email", &mut said.email, value::email);
        keys.set("podcast", "category", &mut said.category, value::category);
        keys.set("podcast", "explicit", &mut said.explicit, value::flag);
        keys.set("podcast", "type", &mut said.serial, |v| value::one_of(v, &Self::TYPES));
        let mut has_image = false;
        keys.set("podcast", "image", &mut entry.image, |v| {
            has_image = true;
            value::icon(v, folder).map(Some)
        });
        if !has_image {
            keys.podcast_lacks(
                "a podcast needs an image: a square JPEG or PNG of 1400 to 3000 pixels, a file or a web address",
            );
        }
        keys.has_podcast().then_some(entry)
    }
}

impl SectionEntry {
    /// Reads what a section says of itself: the keys of a `[section."…"]`, alone in a file.
    ///
    /// # Errors
    /// The first thing that is wrong in it.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let refused = |fault: Fault| {
            let known = "the keys are title, description, language, image, encoding, entries, window, max_entries and \
                         full_text, in [defaults] author, tags, language and source, and in [podcast] image, author, owner, email, \
                         category, explicit and type";
            Rejection::new(fault.reason, known).at(fault.line, fault.column)
        };
        let mut keys = Keys::of(text).map_err(refused)?;
        keys.own_podcast();
        let mut entry = Self::take(&mut keys, "", Path::new(""));
        keys.set("", "image", &mut entry.image, |v| value::optional(v, value::text));
        keys.set("", "encoding", &mut entry.encoding, value::encoding);
        let Defaults { authors, tags, language, source } = &mut entry.defaults;
        let people = |names: Vec<String>| names.into_iter().map(Author::named).collect::<Vec<_>>();
        for key in ["author", "authors"] {
            keys.set("defaults", key, authors, |v| value::list(v).map(people));
        }
        keys.set("defaults", "tags", tags, value::list);
        keys.set("defaults", "language", language, |v| value::optional(v, value::language));
        keys.set("defaults", "source", source, |v| value::optional(v, value::text));
        keys.enough("", entry.entries.unwrap_or(0), entry.max_entries.unwrap_or(u32::MAX));
        keys.sections(|_| ());
        keys.pages();
        keys.finish().into_iter().next().map_or(Ok(entry), |fault| Err(refused(fault)))
    }

    /// What this says, and where it says nothing what the other says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            language: self.language.or(other.language),
            entries: self.entries.or(other.entries),
            full_text: self.full_text.or(other.full_text),
            window: self.window.or(other.window),
            max_entries: self.max_entries.or(other.max_entries),
            podcast: self.podcast.or(other.podcast),
            image: self.image.or(other.image),
            encoding: self.encoding.or(other.encoding),
            defaults: if self.defaults == Defaults::default() { other.defaults } else { self.defaults },
        }
    }

    pub(super) fn take(keys: &mut Keys<'_>, table: &'static str, folder: &Path) -> Self {
        let mut entry = Self::default();
        keys.set(table, "title", &mut entry.title, |v| value::optional(v, value::title));
        keys.set(table, "description", &mut entry.description, |v| value::optional(v, value::text));
        keys.set(table, "language", &mut entry.language, |v| value::optional(v, value::language));
        keys.set(table, "entries", &mut entry.entries, |v| value::entries(v).map(Some));
        keys.set(table, "full_text", &mut entry.full_text, |v| value::flag(v).map(Some));
        keys.set(table, "window", &mut entry.window, |v| value::window(v).map(Some));
        keys.set(table, "max_entries", &mut entry.max_entries, |v| value::max_entries(v).map(Some));
        entry.podcast = PodcastEntry::take(keys, folder);
        entry
    }
}
