//! What one article looks like in each format, proven well-formed once and then spliced into every feed that carries it.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::article::Article;
use crate::render::{self, Manner, Publication, RenderError};
use crate::section::Format;

/// How many bytes of fragments are kept: some fourteen hundred articles of 5 KB in all formats, so that the feeds of some
/// thirty busy sections are spliced without reading an article again.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// How many articles that is about; sizes the tables.
const MAX_ARTICLES: usize = 1_400;

/// One article in every format.
#[derive(Debug)]
pub(super) struct Fragments {
    rss: String,
    atom: String,
    json: String,
    /// As it stands on fronts.
    pub(super) teaser: String,
}

impl Fragments {
    /// Renders and proves.
    pub(super) fn of(
        publication: &Publication,
        article: &Article,
        categories: &[String],
        manner: Manner,
    ) -> Result<Self, RenderError> {
        let proven = |format| {
            let entry = render::entry(format, publication, article, categories, manner)?;
            render::prove(format, &entry)?;
            Ok::<_, RenderError>(entry)
        };
        Ok(Self {
            rss: proven(Format::Rss)?,
            atom: proven(Format::Atom)?,
            json: proven(Format::Json)?,
            teaser: render::teaser(publication, article)?,
        })
    }

    pub(super) fn entry(&self, format: Format) -> &str {
        match format {
            Format::Rss => &self.rss,
            Format::Atom => &self.atom,
            Format::Json => &self.json,
        }
    }

    /// The bytes it takes in the format where it is longest.
    pub(super) fn longest(&self) -> u64 {
        self.rss.len().max(self.atom.len()).max(self.json.len()) as u64
    }

    fn weight(&self) -> u64 {
        (self.rss.len() + self.atom.len() + self.json.len() + self.teaser.len()) as u64
    }
}

/// Article, revision, how it is told.
type Key = (i64, i64, Manner);
/// None: it could not be proven, which trying again would not change.
type Kept = Option<Arc<Fragments>>;

#[derive(Clone, Debug)]
struct Weight;

impl Weighter<Key, Kept> for Weight {
    fn weight(&self, _: &Key, kept: &Kept) -> u64 {
        kept.as_ref().map_or(64, |fragments| fragments.weight() + 256)
    }
}

/// The fragments used last.
#[derive(Debug)]
pub(super) struct FragmentCache(Cache<Key, Kept, Weight>);

impl FragmentCache {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(MAX_ARTICLES, MAX_BYTES, Weight))
    }

    pub(super) fn get(&self, key: &Key) -> Option<Kept> {
        self.0.get(key)
    }

    pub(super) fn put(&self, key: Key, kept: Kept) {
        self.0.insert(key, kept);
    }
}
