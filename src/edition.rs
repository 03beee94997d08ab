//! What is being served: documents, each replaced whole, the last used ones in memory within a fixed number of bytes.
//! A miss is read from the disk once, however many readers ask for it, and never overwrites what was put meanwhile.

mod document;
mod gzip;
mod kind;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder};
use tokio::sync::{Semaphore, watch};

pub use document::{Document, Gzip};
pub use kind::Kind;

/// How many documents are read or compressed for readers at one time: more would only queue at the disk and the cores,
/// and each holds one whole document outside the cache's bound.
pub const MAX_LOADS: usize = 8;

/// How many documents may wait for the better compression. One that finds the queue full keeps the fast one, so this
/// bounds memory and nothing else; it is the number of feeds of some three hundred sections.
pub const MAX_WAITING_FOR_GZIP: usize = 1024;

/// How long nothing must have been put before documents are compressed better.
const IMPROVE_QUIET: Duration = Duration::from_millis(500);

/// But never later than this.
const IMPROVE_LATEST: Duration = Duration::from_secs(5);

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
    Compress(String, [u8; 16]),
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
    cache: Cache<String, Arc<Document>, Weight>,
    /// Whoever changes the cache holds this lock; a reader of a cached document does not take it.
    flights: Mutex<HashMap<Purpose, Flight>>,
    numbers: AtomicU64,
    loads: Semaphore,
    complete: AtomicBool,
    to_improve: SyncSender<String>,
}

impl Edition {
    /// An edition that keeps at most `cache_bytes` bytes of documents in memory (identity, gzip and what belongs to
    /// them). Its one low-priority thread, which compresses better than a reader's patience allows, ends with it.
    #[must_use]
    pub fn new(cache_bytes: u64) -> Arc<Self> {
        let (to_improve, improvable) = sync_channel(MAX_WAITING_FOR_GZIP);
        let items = usize::try_from(cache_bytes / TYPICAL_DOCUMENT).unwrap_or(usize::MAX).clamp(1, 1 << 20);
        let edition = Arc::new(Self {
            cache: cache(items, cache_bytes),
            flights: Mutex::default(),
            numbers: AtomicU64::new(0),
            loads: Semaphore::new(MAX_LOADS),
            complete: AtomicBool::new(false),
            to_improve,
        });
        let weak = Arc::downgrade(&edition);
        // Without the thread everything is served with the fast compression: a few per cent more bytes, so no error.
        let _ = std::thread::Builder::new().name("gzip".to_owned()).spawn(move || improve_all(&weak, &improvable));
        edition
    }

    /// Publishes a document: from here on every request gets this one, whole. The file under `feeds/` must already
    /// hold the same bytes, because a document that the cache lets go is read from there.
    pub fn put(&self, document: Document) {
        let path = document.path().to_owned();
        let compressible = document.kind().is_text();
        {
            let mut flights = self.flights();
            flights.remove(&Purpose::Load(path.clone()));
            let document = match self.cache.peek(path.as_str()) {
                Some(old) if old.hash() == document.hash() => document.with_gzip(old.gzip().clone()),
                _ => document,
            };
            self.insert(document);
        }
        if compressible {
            let _ = self.to_improve.try_send(path);
        }
    }

    /// Drops a document from memory: the next request asks the loader, which knows whether it changed or is gone.
    pub fn forget(&self, path: &str) {
        let mut flights = self.flights();
        flights.remove(&Purpose::Load(path.to_owned()));
        self.cache.remove(path);
    }

    /// The document, if it is in memory.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Arc<Document>> {
        self.cache.get(path)
    }

    /// The document from memory, else from `loader`, which runs on a blocking thread. Of many that ask at once, one
    /// loads; what it finds is compressed in the same go and kept, unless it was put or forgotten meanwhile. Only
    /// documents are kept; `Gone` and `Unknown` are asked again.
    ///
    /// # Errors
    /// What `loader` says, or that it panicked.
    pub async fn load<L>(self: &Arc<Self>, path: &str, loader: L) -> io::Result<Found>
    where
        L: FnOnce() -> io::Result<Found> + Send + 'static,
    {
        let work = move || match loader()? {
            Found::Document(document) => Ok(Found::Document(fast(&document))),
            other => Ok(other),
        };
        self.share(Purpose::Load(path.to_owned()), || self.cache.get(path), work).await
    }

    /// The same document with a gzip form, made at the fast level unless there is one. Of many that ask at once, one
    /// compresses, and the result replaces the document in memory if that still has the same bytes.
    ///
    /// # Errors
    /// When the compression panicked.
    pub async fn compressed(self: &Arc<Self>, document: &Arc<Document>) -> io::Result<Arc<Document>> {
        let purpose = Purpose::Compress(document.path().to_owned(), *document.hash());
        let made =
            || self.cache.get(document.path()).filter(|held| held.hash() == document.hash() && held.is_compressed());
        let source = Arc::clone(document);
        match self.share(purpose, made, move || Ok(Found::Document(fast(&source)))).await? {
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

    /// The bytes held in memory; at most what the edition was made with.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.cache.weight()
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
            (Purpose::Load(path), _) if !current => self.cache.get(path).map(Found::Document).map_or(outcome, Ok),
            (Purpose::Load(path), Ok(Found::Document(document))) => {
                self.cache.insert(path.clone(), Arc::clone(document));
                outcome
            }
            (Purpose::Compress(..), Ok(Found::Document(document))) => {
                self.replace_same(document);
                outcome
            }
            _ => outcome,
        }
    }

    /// Replaces a document in memory by one of the same bytes with a better gzip form. The lock must be held.
    fn replace_same(&self, document: &Arc<Document>) {
        let better = |held: &Arc<Document>| held.hash() == document.hash() && !matches!(held.gzip(), Gzip::Small(_));
        if self.cache.peek(document.path()).is_some_and(|held| better(&held)) {
            let _ = self.cache.replace(document.path().to_owned(), Arc::clone(document), true);
        }
    }

    fn insert(&self, document: Document) {
        self.cache.insert(document.path().to_owned(), Arc::new(document));
    }

    /// Gives one document its small gzip form, unless it has one, is gone from memory, or changes while it is made.
    fn improve(&self, path: &str) {
        let Some(document) = self.cache.peek(path) else { return };
        if matches!(document.gzip(), Gzip::Small(_) | Gzip::Useless) {
            return;
        }
        let better = document.as_ref().clone().with_gzip(gzip::small(document.body()));
        let _flights = self.flights();
        self.replace_same(&Arc::new(better));
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<Purpose, Flight>> {
        // Nothing panics between two changes that belong together, so a poisoned map is still a true one.
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cache(items: usize, bytes: u64) -> Cache<String, Arc<Document>, Weight> {
    let parts = usize::try_from(bytes / PART).unwrap_or(MAX_PARTS).clamp(1, MAX_PARTS);
    // The parts are rounded up to a power of two by the cache; rounding down here keeps them as large as promised.
    let parts = 1 << parts.ilog2();
    let options = OptionsBuilder::new().shards(parts).estimated_items_capacity(items).weight_capacity(bytes).build();
    match options {
        Ok(options) => Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default()),
        Err(_) => Cache::with_weighter(items, bytes, Weight),
    }
}

fn fast(document: &Arc<Document>) -> Arc<Document> {
    if document.is_compressed() {
        return Arc::clone(document);
    }
    Arc::new(document.as_ref().clone().with_gzip(gzip::fast(document.body())))
}

fn improve_all(edition: &Weak<Edition>, paths: &Receiver<String>) {
    // On Linux this is the thread's own niceness. Refused, the thread competes with readers: slower, never wrong.
    let _ = rustix::process::nice(19);
    while let Ok(first) = paths.recv() {
        // A feed that changes with every drop is compressed well once, when it has been quiet.
        let mut waiting = BTreeSet::from([first]);
        let began = Instant::now();
        while began.elapsed() < IMPROVE_LATEST && waiting.len() < MAX_WAITING_FOR_GZIP {
            match paths.recv_timeout(IMPROVE_QUIET) {
                Ok(path) => {
                    waiting.insert(path);
                }
                Err(_) => break,
            }
        }
        for path in waiting {
            let Some(edition) = edition.upgrade() else { return };
            edition.improve(&path);
        }
    }
}
