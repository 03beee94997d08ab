//! The small pictures made lately, so that neither an edit of a story nor the publisher makes them a second time.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::article::Medium;

/// How many bytes of pictures are kept: what is printed moments later, some sixty photographs.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Of how many large pictures it is remembered what became of them: the photographs of a week.
const MAX_KNOWN: usize = 4096;

/// See the module. Clones share what lies in it.
#[derive(Clone, Debug)]
pub struct PictureCache(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// By the large picture's document path: its small one; none where none can be made.
    known: Cache<String, Option<Medium>>,
    /// By the small picture's document path.
    pictures: Cache<String, Arc<[u8]>, Length>,
}

#[derive(Clone, Debug)]
struct Length;

impl Weighter<String, Arc<[u8]>> for Length {
    fn weight(&self, _: &String, bytes: &Arc<[u8]>) -> u64 {
        bytes.len() as u64 + 1
    }
}

impl Default for PictureCache {
    fn default() -> Self {
        let pictures = Cache::with_weighter(64, MAX_BYTES, Length);
        Self(Arc::new(Shared { known: Cache::new(MAX_KNOWN), pictures }))
    }
}

impl PictureCache {
    /// The small picture of a large one, if that is known; `Some(None)` where none can be made.
    #[must_use]
    pub fn small_of(&self, large: &str) -> Option<Option<Medium>> {
        self.0.known.get(large)
    }

    /// Puts a small picture in, or that there is none.
    pub fn insert(&self, large: &str, small: Option<(&Medium, Vec<u8>)>) {
        self.0.known.insert(large.to_owned(), small.as_ref().map(|(medium, _)| (*medium).clone()));
        if let Some((medium, bytes)) = small {
            self.0.pictures.insert(medium.path.clone(), bytes.into());
        }
    }

    /// The bytes of a small picture, if they are still here.
    #[must_use]
    pub fn bytes_of(&self, small: &str) -> Option<Arc<[u8]>> {
        self.0.pictures.get(small)
    }
}
