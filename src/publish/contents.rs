//! What stands in a section's documents: its head, and the articles its feeds carry.

use std::sync::{Arc, Once};

use chrono::DateTime;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::fragments::Fragments;
use super::{Layout, PublishError, Publisher};
use crate::article::{Address, Article, ArticleId, Draft};
use crate::catalogue::{ArticleRow, Catalogue, Content, ListingRow, SectionRow};
use crate::render::{self, Manner, Masthead, RenderError};
use crate::section::{Format, Section};
use crate::threads;

/// The fewest entries a feed has, whatever its size: a reader that was away for a day must find the day.
const FEWEST_ENTRIES: usize = 10;

/// What stands around a feed's entries at most, besides title and description, which stand there up to four times.
const HEAD_BYTES: u64 = 2 * 1024;

/// How many sections a section's page names as its own: more make no navigation; `opml.xml` has them all.
const MAX_CHILDREN: usize = 300;

/// How many of a section's articles are looked at together: enough to share among cores, few enough that hardly any is made
/// that the feed has no room for.
const AT_ONCE: usize = 32;

/// What a section's feeds carry, while it is chosen.
struct Chosen {
    entries: Vec<Arc<Fragments>>,
    /// So many are taken at least.
    least: usize,
    /// Beyond them, those that are at most so many seconds older than the newest.
    window: i64,
    /// When the newest was published, seconds since 1970.
    newest: Option<i64>,
    /// How many bytes the longest feed has so far.
    bytes: u64,
    /// How many it may have.
    most_bytes: u64,
}

/// What stands in a section's documents; the same for all of them.
pub(super) struct Contents {
    masthead: Masthead,
    entries: Vec<Arc<Fragments>>,
}

impl Publisher {
    /// Gathers what stands in all documents of a section; none where there is no such section.
    pub(super) fn contents(&self, catalogue: &Catalogue, section: i64) -> Result<Option<Contents>, PublishError> {
        let Some(row) = catalogue.section_of(section)? else { return Ok(None) };
        self.tell_of_namesake(&row.path);
        let masthead = self.masthead(catalogue, &row)?;
        Ok(Some(Contents { masthead, entries: self.entries(catalogue, &row)? }))
    }

    pub(super) fn feed(&self, contents: &Contents, format: Format) -> Result<Vec<u8>, RenderError> {
        let texts: Vec<&str> = contents.entries.iter().map(|fragments| fragments.entry(format)).collect();
        let publication = &self.settings.publication;
        // Each entry was proven before; what stands around them is proven here, so that no whole feed need be.
        render::prove_feed(format, &render::feed(format, publication, &contents.masthead, &[])?)?;
        render::feed(format, publication, &contents.masthead, &texts)
    }

    pub(super) fn front(
        &self,
        catalogue: &Catalogue,
        contents: &Contents,
    ) -> Result<Result<Vec<u8>, RenderError>, PublishError> {
        let mut masthead = contents.masthead.clone();
        masthead.children = catalogue
            .subsections(masthead.section.as_str(), MAX_CHILDREN)?
            .iter()
            .map(|child| self.titled(child))
            .collect();
        let teasers: Vec<&str> = contents.entries.iter().map(|fragments| fragments.teaser.as_str()).collect();
        Ok(render::front(&self.settings.publication, &masthead, &teasers).map(String::into_bytes))
    }

    /// Tells the operator, once, of a section that is called like the path of `base_url`: a web server in front may pass that path
    /// on or take it off, but what begins with it twice can be told from what begins with it once only if it passes it on.
    fn tell_of_namesake(&self, section: &str) {
        static TOLD: Once = Once::new();
        let base_url = &self.settings.publication.base_url;
        let path = base_url.splitn(4, '/').nth(3).unwrap_or_default().trim_matches('/');
        let path = percent_decode_str(path).decode_utf8_lossy();
        let is_namesake = section.strip_prefix(&*path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if !path.is_empty() && is_namesake {
            TOLD.call_once(|| {
                tracing::warn!(
                    "the section {section} is called like the path of base_url; a web server in front must pass that path on, not \
                     take it off, or readers of the section get the documents of the whole publication"
                );
            });
        }
    }

    /// What a section's feeds carry: at least `entries`, and all within `window` of the newest, within the limits.
    fn entries(&self, catalogue: &Catalogue, section: &SectionRow) -> Result<Vec<Arc<Fragments>>, PublishError> {
        let layout = self.layout(&section.path);
        let most = layout.max_entries.max(FEWEST_ENTRIES);
        let window = i64::try_from(layout.window.as_secs()).unwrap_or(i64::MAX);
        let (_, title) = self.titled(section);
        let manner = Manner { full_text: layout.full_text, is_podcast: layout.podcast.is_some() };
        let mut chosen = Chosen {
            entries: Vec::new(),
            least: layout.entries.max(FEWEST_ENTRIES),
            window,
            newest: None,
            bytes: HEAD_BYTES + 4 * (title.len() + layout.description.len()) as u64,
            most_bytes: layout.max_bytes,
        };
        let mut waiting = Vec::with_capacity(AT_ONCE);
        let mut failed = None;
        let mut is_full = false;
        catalogue.listing(section.no, most, |row| {
            waiting.push(row);
            if waiting.len() == AT_ONCE {
                match self.choose(catalogue, &mut waiting, manner, &mut chosen) {
                    Ok(full) => is_full = full,
                    Err(error) => failed = Some(error),
                }
            }
            !is_full && failed.is_none()
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if !is_full {
            self.choose(catalogue, &mut waiting, manner, &mut chosen)?;
        }
        Ok(chosen.entries)
    }

    /// Adds articles to what a section's feeds carry, in this order, until they are full; says whether they are.
    fn choose(
        &self,
        catalogue: &Catalogue,
        rows: &mut Vec<ListingRow>,
        manner: Manner,
        chosen: &mut Chosen,
    ) -> Result<bool, PublishError> {
        // What is older than the window needs no making once there is enough.
        let newest = chosen.newest.or_else(|| rows.first().map(|row| row.published)).unwrap_or_default();
        let is_within = |row: &ListingRow, place: usize| {
            place < chosen.least || newest.saturating_sub(row.published) <= chosen.window
        };
        let before = chosen.entries.len();
        let wanted: Vec<&ListingRow> =
            rows.iter().enumerate().filter(|(at, row)| is_within(row, before + at)).map(|(_, row)| row).collect();
        self.stock(catalogue, &wanted, manner)?;
        for row in rows.drain(..) {
            let newest: i64 = *chosen.newest.get_or_insert(row.published);
            if chosen.entries.len() >= chosen.least && newest.saturating_sub(row.published) > chosen.window {
                return Ok(true);
            }
            let Some(fragments) = self.fragments(catalogue, row.article, row.revision, manner)? else { continue };
            chosen.bytes += fragments.longest() + 2; // what separates it from the next
            if chosen.entries.len() >= FEWEST_ENTRIES && chosen.bytes > chosen.most_bytes {
                return Ok(true);
            }
            chosen.entries.push(fragments);
        }
        Ok(false)
    }

    /// Makes what is missing of many articles on all cores; of a few, [`Self::fragments`] makes it.
    fn stock(&self, catalogue: &Catalogue, rows: &[&ListingRow], manner: Manner) -> Result<(), PublishError> {
        /// Below this a thread costs more than it saves.
        const ALONE: usize = 4;
        let is_missing = |row: &&&ListingRow| self.cache.get(&(row.article, row.revision, manner)).is_none();
        let missing: Vec<&ListingRow> = rows.iter().filter(is_missing).copied().collect();
        if missing.len() < ALONE {
            return Ok(());
        }
        let mut pending = Vec::with_capacity(missing.len());
        for row in missing {
            pending.extend(self.pending(catalogue, row.article)?.map(|pending| (row, pending)));
        }
        threads::share(pending, ALONE, |(row, pending)| {
            self.cache.put((row.article, row.revision, manner), self.made(&pending, manner));
        });
        Ok(())
    }

    /// What an article's fragments are made of: the article and its categories; none where there is none.
    fn pending(&self, catalogue: &Catalogue, no: i64) -> Result<Option<(Article, Vec<String>)>, PublishError> {
        let Some((row, content)) = self.told(catalogue, no)? else { return Ok(None) };
        let sections = catalogue.own_sections(no)?;
        let categories = self.categories(&content.draft, &sections);
        Ok(Some((self.article(row, content, &sections), categories)))
    }

    fn made(&self, (article, categories): &(Article, Vec<String>), manner: Manner) -> Option<Arc<Fragments>> {
        match Fragments::of(&self.settings.publication, article, categories, manner) {
            Ok(fragments) => Some(Arc::new(fragments)),
            Err(error) => {
                tracing::error!(id = %article.id, %error, "an article cannot be rendered and is left out of its feeds");
                None
            }
        }
    }

    /// An article as it stands in every feed that carries it; none if it could not be proven well-formed.
    pub(super) fn fragments(
        &self,
        catalogue: &Catalogue,
        no: i64,
        revision: i64,
        manner: Manner,
    ) -> Result<Option<Arc<Fragments>>, PublishError> {
        let key = (no, revision, manner);
        if let Some(known) = self.cache.get(&key) {
            return Ok(known);
        }
        let Some(pending) = self.pending(catalogue, no)? else { return Ok(None) };
        let made = self.made(&pending, manner);
        self.cache.put(key, made.clone());
        Ok(made)
    }

    /// What readers are told of an article: what it says, or the notice that stands in its place.
    pub(super) fn told(
        &self,
        catalogue: &Catalogue,
        no: i64,
    ) -> Result<Option<(ArticleRow, Arc<Content>)>, PublishError> {
        let Some(row) = catalogue.article(no)? else { return Ok(None) };
        let content = catalogue.content(no)?;
        let notice = catalogue.markers_of(no)?.into_iter().find_map(|marker| marker.notice);
        let Some(mut notice) = notice else { return Ok(content.map(|content| (row, content))) };
        let stated = notice.draft.headline.clone();
        let title = stated.unwrap_or_else(|| render::retraction(&self.settings.publication.language, &row.title));
        notice.draft.headline = Some(title.clone());
        notice.draft.link = content.and_then(|content| content.draft.link.clone());
        Ok(Some((ArticleRow { title, ..row }, Arc::new(notice))))
    }

    pub(super) fn masthead(&self, catalogue: &Catalogue, row: &SectionRow) -> Result<Masthead, PublishError> {
        let layout = self.layout(&row.path);
        let (section, title) = self.titled(row);
        let mut parents = Vec::new();
        for above in section.lineage().skip(1) {
            if let Some(above) = catalogue.section(above.as_str())? {
                parents.insert(0, self.titled(&above));
            }
        }
        Ok(Masthead {
            section,
            title,
            description: layout.description.clone(),
            image: layout.image.clone(),
            language: layout.language.clone().unwrap_or_else(|| self.settings.publication.language.clone()),
            id: row.feed_id.clone(),
            updated: DateTime::from_timestamp(row.updated, 0).unwrap_or_default(),
            children: Vec::new(),
            parents,
            podcast: layout.podcast.clone(),
        })
    }

    pub(super) fn layout(&self, path: &str) -> &Layout {
        self.settings.sections.get(path).unwrap_or(&self.settings.layout)
    }

    /// A section with its title: as configured, else its folder's name; the whole has the publication's.
    #[must_use]
    pub fn titled(&self, row: &SectionRow) -> (Section, String) {
        let section = Section::stored(row.path.clone());
        let configured = self.settings.sections.get(&row.path).and_then(|layout| layout.title.clone());
        let title = configured.unwrap_or_else(|| {
            if section.is_whole() { self.settings.publication.title.clone() } else { title_of(&row.raw) }
        });
        (section, title)
    }

    /// Section titles, tags, columns: each once.
    pub(super) fn categories(&self, draft: &Draft, sections: &[SectionRow]) -> Vec<String> {
        let titles = sections.iter().filter(|row| !row.path.is_empty()).map(|row| self.titled(row).1);
        let mut categories: Vec<String> = Vec::new();
        for category in titles.chain(draft.tags.iter().cloned()).chain(draft.columns.iter().cloned()) {
            if !categories.contains(&category) {
                categories.push(category);
            }
        }
        categories
    }

    pub(super) fn article(&self, row: ArticleRow, content: Arc<Content>, sections: &[SectionRow]) -> Article {
        let mut content = Arc::unwrap_or_clone(content);
        // What states no language is in that of its section, also where it stands in feeds of another.
        if content.draft.language.is_none() {
            content.draft.language = sections.iter().find_map(|section| self.layout(&section.path).language.clone());
        }
        let address = match (&content.draft.link, &row.page) {
            (Some(link), _) => Address::Link(link.clone()),
            (None, page) => Address::Page(page.clone().unwrap_or_default()),
        };
        Article {
            id: ArticleId(row.id),
            sections: sections.iter().map(|row| Section::stored(row.path.clone())).collect(),
            address,
            title: row.title,
            summary: content.summary,
            published: DateTime::from_timestamp(row.published, 0).unwrap_or_default(),
            updated: DateTime::from_timestamp(row.updated, 0).unwrap_or_default(),
            position: 0,
            draft: content.draft,
            media: content.media,
        }
    }
}

/// A title from a folder's name: its last part, composed (macOS writes names decomposed), dashes as spaces, a capital first.
fn title_of(raw: &str) -> String {
    let words: String = raw.rsplit('/').next().unwrap_or(raw).nfc().collect();
    let words = words.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| raw.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}
