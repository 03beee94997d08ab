//! Bytes that are sent again and again → files of memory that hold them too, from which the kernel sends them without a copy of
//! its own (memfd_create(2), sendfile(2)): half of the whole work on an answer of 140 KB.

use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

/// Below this many bytes a copy takes no more than the call that saves it.
const LEAST: usize = 32 * 1024;

/// The longest answer that is kept so: it is copied once while its reader waits, which takes a quarter of a millisecond.
const MOST: usize = 1024 * 1024;

/// How many bytes are kept so, each of which is in memory twice: the feeds and pictures that are asked for most.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// How many answers are remembered that were sent once.
const SEEN: usize = 256;

/// Bytes in memory that a file of memory holds too; neither ever changes.
#[derive(Debug)]
pub(super) struct MemFile {
    bytes: Bytes,
    /// The same.
    pub(super) file: File,
}

impl MemFile {
    fn of(bytes: &Bytes) -> io::Result<Self> {
        let mut file = File::from(memfd_create("answer", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
        file.write_all(bytes)?;
        fcntl_add_seals(&file, SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL)?;
        Ok(Self { bytes: bytes.clone(), file })
    }

    /// Where it has these very bytes, if it has them; few are sent as others are.
    pub(super) fn place(&self, slice: &[u8]) -> Option<u64> {
        let start = slice.as_ptr().addr().checked_sub(self.bytes.as_ptr().addr())?;
        let is_within = start.checked_add(slice.len())? <= self.bytes.len();
        (is_within && slice.len() >= LEAST).then_some(start as u64)
    }
}

/// Where bytes lie in memory, and how many there are. Nothing else can lie there while a file holds them.
type Place = (usize, usize);

/// The files that are used.
pub(super) struct MemFiles {
    kept: Cache<Place, Arc<MemFile>, Weight>,
    /// Addresses of what was sent once: what is sent once more is likely to be sent often.
    seen: [AtomicUsize; SEEN],
}

#[derive(Clone)]
struct Weight;

impl Weighter<Place, Arc<MemFile>> for Weight {
    fn weight(&self, _: &Place, file: &Arc<MemFile>) -> u64 {
        file.bytes.len() as u64
    }
}

impl MemFiles {
    pub(super) fn new() -> Self {
        let items = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX) / LEAST;
        // One part: no file is kept that is larger than a part.
        let options =
            OptionsBuilder::new().shards(1).estimated_items_capacity(items).weight_capacity(MOST_BYTES).build();
        let kept = match options {
            Ok(options) => {
                Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default())
            }
            Err(_) => Cache::with_weighter(items, MOST_BYTES, Weight),
        };
        Self { kept, seen: std::array::from_fn(|_| AtomicUsize::new(0)) }
    }

    /// The file of an answer's bytes, where they are worth one.
    pub(super) fn of(&self, bytes: &Bytes) -> Option<Arc<MemFile>> {
        if !(LEAST..=MOST).contains(&bytes.len()) {
            return None;
        }
        let place = (bytes.as_ptr().addr(), bytes.len());
        if let Some(file) = self.kept.get(&place) {
            return Some(file);
        }
        // Allocators align: the lowest bits are the same for all.
        let slot = &self.seen[(place.0 >> 4) % SEEN];
        if slot.swap(place.0, Ordering::Relaxed) != place.0 {
            return None;
        }
        // Where no more files can be had it is sent as others are.
        let file = Arc::new(MemFile::of(bytes).ok()?);
        // What nobody else holds any more has been replaced, and will not be sent again.
        self.kept.retain(|_, file| !file.bytes.is_unique());
        self.kept.insert(place, Arc::clone(&file));
        Some(file)
    }
}

/// What a connection is sending. HTTP/1 sends one answer after the other.
#[derive(Default)]
pub(super) struct Outgoing(Mutex<Option<Arc<MemFile>>>);

impl Outgoing {
    /// Says what the next bytes will be of.
    pub(super) fn set(&self, file: Option<Arc<MemFile>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = file;
    }

    pub(super) fn file(&self) -> Option<Arc<MemFile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
