//! What is being served: documents, each replaced whole, the last used ones in memory within a fixed number of bytes.
//! A miss is read from the disk once, however many readers ask for it, and never overwrites what was put meanwhile.

mod coding;
mod compressor;
mod content;
mod document;
mod kind;

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder};
use tokio::sync::{Semaphore, watch};

pub use coding::{Coding, Form};
pub use compressor::{MAX_WAITING, QUIET, SENT_OFTEN};
pub use content::{Content, Excerpt, MOST_IN_MEMORY};
pub use document::Document;
pub use kind::Kind;

/// How many documents are read or compressed for readers at one time: more would only queue at the disk and the cores,
/// and each holds one whole document outside the cache's bound.
pub const MAX_LOADS: usize = 8;

/// The size from which the cache reckons how many documents it will hold; it only sizes its tables.
const TYPICAL_DOCUMENT: u64 = 16 * 1024;

/// The cache is cut into parts, locked one by one, of at least this many bytes, because no document larger than a part
/// is kept: sixteen times the largest feed. More parts than [`MAX_PARTS`] serve no more cores at once.
const PART: u64 = 16 * 1024 * 1024;

/// The most parts the cache is cut into.
const MAX_PARTS: usize = 64;

/// What lies at a path.
#[derive(Clone, Debug)]
pub enum Found {
    /// A document, to be served.
    Document(Arc<Document>),
    /// It was published and has been withdrawn.
    Gone,
    /// The page of an article that lives at this address by now, which is an absolute one.
    Elsewhere(String),
    /// Nothing was ever published there.
    Unknown,
    /// It cannot be told yet: the first comparison since the start is not complete, or the disk does not answer.
    NotYet,
}

type Outcome = Result<Found, Arc<io::Error>>;

/// What a flight is for. A compression is named by the bytes it compresses, so that it never passes for a read of what
/// lies at the path now.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Purpose {
    Load(String),
    Compress(String, [u8; 16], Coding),
}

/// One read or compression under way; all who want the same wait for its outcome.
struct Flight {
    number: u64,
    outcome: watch::Receiver<Option<Outcome>>,
}

#[derive(Clone)]
struct Weight;

impl quick_cache::Weighter<String, Arc<Document>> for Weight {
    fn weight(&self, _: &String, document: &Arc<Document>) -> u64 {
        document.weight()
    }
}

/// The documents being served. Readers only ever wait for the disk, or the few instructions of one insertion; never for
/// rendering, a transaction or another reader's network.
pub struct Edition {
    /// Another one where another number of bytes is to be kept.
    cache: ArcSwap<Cache<String, Arc<Document>, Weight>>,
    /// Whoever changes the cache holds this lock; a reader of a cached document does not take it.
    flights: Mutex<HashMap<Purpose, Flight>>,
    numbers: AtomicU64,
    loads: Semaphore,
    complete: AtomicBool,
    /// The bytes of text that came in since the compressor last asked.
    earned: AtomicU64,
    jobs: SyncSender<compressor::Job>,
}

impl Edition {
    /// An edition that keeps at most `cache_bytes` bytes of documents in memory (all their forms and what belongs to
    /// them). Its one low-priority thread, which compresses better than a reader's patience allows, ends with it.
    #[must_use]
    pub fn new(cache_bytes: u64) -> Arc<Self> {
        Self::quiet_after(cache_bytes, QUIET)
    }

    /// The same, where a document counts as quiet when it has not changed for this long.
    #[must_use]
    pub fn quiet_after(cache_bytes: u64, quiet: Duration) -> Arc<Self> {
        let (jobs, received) = compressor::queue();
        let edition = Arc::new(Self {
            cache: ArcSwap::from_pointee(cache(cache_bytes)),
            flights: Mutex::default(),
            numbers: AtomicU64::new(0),
            loads: Semaphore::new(MAX_LOADS),
            complete: AtomicBool::new(false),
            earned: AtomicU64::new(0),
            jobs,
        });
        compressor::begin(Arc::downgrade(&edition), quiet, received);
        edition
    }

    /// Publishes a document: from here on every request gets this one, whole. The file under `feeds/` must already
    /// hold the same bytes, because a document that the cache lets go is read from there.
    pub fn put(&self, document: Document) {
        let path = document.path().to_owned();
        let mut flights = self.flights();
        flights.remove(&Purpose::Load(path.clone()));
        let document = match self.cache.load().peek(path.as_str()) {
            Some(old) if old.hash() == document.hash() => document.with_forms_of(&old),
            _ => document,
        };
        self.earn(&document);
        self.cache.load().insert(path, Arc::new(document));
    }

    /// Drops a document from memory: the next request asks the loader, which knows whether it changed or is gone.
    pub fn forget(&self, path: &str) {
        let mut flights = self.flights();
        flights.remove(&Purpose::Load(path.to_owned()));
        self.cache.load().remove(path);
    }

    /// The document, if it is in memory.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Arc<Document>> {
        self.cache.load().get(path)
    }

    /// The document from memory, else from `loader`, which runs on a blocking thread. Of many that ask at once, one
    /// loads; what it finds is kept, unless it was put or forgotten meanwhile. Only documents are kept; all else
    /// is asked again.
    ///
    /// # Errors
    /// What `loader` says, or that it panicked.
    pub async fn load<L>(self: &Arc<Self>, path: &str, loader: L) -> io::Result<Found>
    where
        L: FnOnce() -> io::Result<Found> + Send + 'static,
    {
        self.share(Purpose::Load(path.to_owned()), || self.cache.load().get(path), loader).await
    }

    /// The same document with its form in a coding, made at the fast level unless there is one, for a reader it is sent
    /// to. Of many that ask at once, one compresses, and the form is kept if the document in memory still has the same
    /// bytes. A document that is sent often gets a smaller form from the compressor.
    ///
    /// # Errors
    /// When the compression panicked.
    pub async fn coded(self: &Arc<Self>, document: &Arc<Document>, coding: Coding) -> io::Result<Arc<Document>> {
        compressor::count(&self.jobs, document, coding);
        if !matches!(document.form(coding), Form::Unmade) {
            return Ok(Arc::clone(document));
        }
        let purpose = Purpose::Compress(document.path().to_owned(), *document.hash(), coding);
        let made = || {
            let held = self.peek(document.path(), document.hash());
            held.filter(|held| !matches!(held.form(coding), Form::Unmade))
        };
        let source = Arc::clone(document);
        let work = move || {
            let form = coding.fast(source.body());
            Ok(Found::Document(Arc::new(Document::clone(&source).with_form(coding, form))))
        };
        match self.share(purpose, made, work).await? {
            Found::Document(document) => Ok(document),
            _ => Ok(Arc::clone(document)),
        }
    }

    /// The first comparison of inbox and catalogue since the start is done: unknown paths are unknown for certain.
    pub fn mark_complete(&self) {
        self.complete.store(true, Ordering::Release);
    }

    /// Whether the first comparison is done.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete.load(Ordering::Acquire)
    }

    /// The bytes held in memory; at most what the edition keeps.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.cache.load().weight()
    }

    /// Keeps at most so many bytes from now on. What was in memory is read again when it is asked for.
    pub fn keep_at_most(&self, cache_bytes: u64) {
        let _flights = self.flights();
        self.cache.store(Arc::new(cache(cache_bytes)));
    }

    async fn share<W>(
        self: &Arc<Self>,
        purpose: Purpose,
        ready: impl Fn() -> Option<Arc<Document>>,
        work: W,
    ) -> io::Result<Found>
    where
        W: FnOnce() -> io::Result<Found> + Send + 'static,
    {
        let mut outcome = {
            let mut flights = self.flights();
            // Looked up under the lock: a flight that landed a moment ago must not be flown again.
            if let Some(document) = ready() {
                return Ok(Found::Document(document));
            }
            match flights.get(&purpose) {
                Some(flight) => flight.outcome.clone(),
                None => {
                    let (sender, outcome) = watch::channel(None);
                    let number = self.numbers.fetch_add(1, Ordering::Relaxed);
                    flights.insert(purpose.clone(), Flight { number, outcome: outcome.clone() });
                    // A task of its own: a reader that hangs up must not take the others' document along.
                    tokio::spawn(Arc::clone(self).fly(purpose, number, work, sender));
                    outcome
                }
            }
        };
        let landed = match outcome.wait_for(Option::is_some).await {
            Ok(landed) => landed.clone(),
            Err(_) => None,
        };
        match landed {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => Err(io::Error::new(error.kind(), error)),
            None => Err(io::Error::other("the server stopped while the document was being read")),
        }
    }

    async fn fly<W>(self: Arc<Self>, purpose: Purpose, number: u64, work: W, sender: watch::Sender<Option<Outcome>>)
    where
        W: FnOnce() -> io::Result<Found> + Send + 'static,
    {
        let outcome = match self.loads.acquire().await {
            Ok(_permit) => match tokio::task::spawn_blocking(work).await {
                Ok(result) => result.map_err(Arc::new),
                Err(panicked) => Err(Arc::new(io::Error::other(panicked))),
            },
            Err(closed) => Err(Arc::new(io::Error::other(closed))),
        };
        sender.send_replace(Some(self.land(&purpose, number, outcome)));
    }

    /// Keeps what a flight brought: a read, unless the path was put or forgotten since it began; a compression, if the
    /// document in memory still has the same bytes.
    fn land(&self, purpose: &Purpose, number: u64, outcome: Outcome) -> Outcome {
        let mut flights = self.flights();
        let current = flights.get(purpose).is_some_and(|flight| flight.number == number);
        if current {
            flights.remove(purpose);
        }
        match (purpose, &outcome) {
            (Purpose::Load(path), _) if !current => {
                self.cache.load().get(path).map(Found::Document).map_or(outcome, Ok)
            }
            (Purpose::Load(path), Ok(Found::Document(document))) => {
                self.earn(document);
                self.cache.load().insert(path.clone(), Arc::clone(document));
                outcome
            }
            (Purpose::Compress(_, _, coding), Ok(Found::Document(document))) => {
                Ok(Found::Document(self.merge(document, *coding, document.form(*coding).clone())))
            }
            _ => outcome,
        }
    }

    /// The document with this form too, which replaces the one in memory if that has the same bytes. The lock must be held.
    fn merge(&self, document: &Arc<Document>, coding: Coding, form: Form) -> Arc<Document> {
        let held = self.peek(document.path(), document.hash());
        let base = held.as_ref().unwrap_or(document);
        if base.form(coding).is_settled() {
            return Arc::clone(base);
        }
        let merged = Arc::new(Document::clone(base).with_form(coding, form));
        if held.is_some() {
            let _ = self.cache.load().replace(document.path().to_owned(), Arc::clone(&merged), true);
        }
        merged
    }

    /// Gives a document in memory a better form, if it still has the same bytes.
    fn improve(&self, document: &Arc<Document>, coding: Coding, form: Form) {
        let _flights = self.flights();
        self.merge(document, coding, form);
    }

    /// The document in memory, if it has these bytes.
    fn peek(&self, path: &str, hash: &[u8; 16]) -> Option<Arc<Document>> {
        self.cache.load().peek(path).filter(|held| held.hash() == hash)
    }

    fn earn(&self, document: &Document) {
        if document.kind().is_text() {
            self.earned.fetch_add(document.body().len() as u64, Ordering::Relaxed);
        }
    }

    fn take_earned(&self) -> u64 {
        self.earned.swap(0, Ordering::Relaxed)
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<Purpose, Flight>> {
        // Nothing panics between two changes that belong together, so a poisoned map is still a true one.
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cache(bytes: u64) -> Cache<String, Arc<Document>, Weight> {
    let items = usize::try_from(bytes / TYPICAL_DOCUMENT).unwrap_or(usize::MAX).clamp(1, 1 << 20);
    let parts = usize::try_from(bytes / PART).unwrap_or(MAX_PARTS).clamp(1, MAX_PARTS);
    // The parts are rounded up to a power of two by the cache; rounding down here keeps them as large as promised.
    let parts = 1 << parts.ilog2();
    let options = OptionsBuilder::new().shards(parts).estimated_items_capacity(items).weight_capacity(bytes).build();
    match options {
        Ok(options) => Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default()),
        Err(_) => Cache::with_weighter(items, bytes, Weight),
    }
}
