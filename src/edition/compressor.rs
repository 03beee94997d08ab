//! The one low-priority thread that makes small forms of documents that many readers fetch. It is asked by those fetches,
//! waits until a document has been quiet, and never spends more than a share of what publishing costs anyway.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::{Coding, Document, Edition};

/// How often a document must have been sent in a coding before a small form of it is made. Some 20 KB saved each time
/// are then half a megabyte for a few milliseconds; an old page that somebody opens, and a feed of a handful of readers,
/// get none.
pub const SENT_OFTEN: u32 = 32;

/// How long a document must not have changed: a feed under a stream of news is compressed well when the stream ends.
pub const QUIET: Duration = Duration::from_secs(3);

/// How many documents may wait to be quiet. One that finds the queue full asks again when it was sent as often once more,
/// so this bounds memory and nothing else; it is the number of feeds of some hundred sections in every coding.
pub const MAX_WAITING: usize = 1024;

/// How many nanoseconds the small forms may take for every byte of text that comes into the edition: one article renews a
/// megabyte of feeds in three sections, which makes 12 ms. So the forms are made of what is read most, and the
/// cost of an article stays bounded where everything is.
const SHARE: u64 = 12;

/// The most that may be saved up, in nanoseconds, and what there is at the start, when everything that is read often comes from
/// the disk: the small forms of some hundred feeds of 140 KB.
const MAX_BUDGET: u64 = 300_000_000;

/// A document of which a small form is to be made.
pub(super) struct Job {
    path: String,
    hash: [u8; 16],
    coding: Coding,
    since: Instant,
}

/// What the thread may spend.
#[derive(Debug)]
struct Budget {
    nanoseconds: u64,
}

/// Starts the thread. It ends with the edition.
pub(super) fn begin(edition: Weak<Edition>, quiet: Duration, jobs: Receiver<Job>) {
    // Without the thread everything is served in the fast forms: a few per cent more bytes, so no error.
    let _ = thread::Builder::new().name("compressor".to_owned()).spawn(move || compress_all(&edition, quiet, &jobs));
}

/// A queue for them.
pub(super) fn queue() -> (SyncSender<Job>, Receiver<Job>) {
    sync_channel(MAX_WAITING)
}

/// Counts that a document is sent in a coding, and asks for a small form when it was sent often.
pub(super) fn count(jobs: &SyncSender<Job>, document: &Document, coding: Coding) {
    if document.form(coding).is_settled() || !document.count(coding).is_multiple_of(SENT_OFTEN) {
        return;
    }
    let job = Job { path: document.path().to_owned(), hash: *document.hash(), coding, since: Instant::now() };
    let _ = jobs.try_send(job);
}

fn compress_all(edition: &Weak<Edition>, quiet: Duration, jobs: &Receiver<Job>) {
    // On Linux this is the thread's own niceness. Refused, the thread competes with readers: slower, never wrong.
    let _ = rustix::process::nice(19);
    let mut budget = Budget { nanoseconds: MAX_BUDGET };
    while let Ok(job) = jobs.recv() {
        // They come in the order of their time, so nobody waits for another's quiet.
        thread::sleep(quiet.saturating_sub(job.since.elapsed()));
        let Some(edition) = edition.upgrade() else { return };
        budget.earn(edition.take_earned());
        compress(&edition, &job, &mut budget);
    }
}

/// Makes the form, unless the document has changed since, has the form already, or it costs more than there is.
fn compress(edition: &Arc<Edition>, job: &Job, budget: &mut Budget) {
    let Some(document) = edition.peek(&job.path, &job.hash) else { return };
    let cost = job.coding.small_cost() * document.body().len() as u64;
    if document.form(job.coding).is_settled() || !budget.spend(cost) {
        return;
    }
    let form = job.coding.small(document.body());
    edition.improve(&document, job.coding, form);
}

impl Budget {
    fn earn(&mut self, bytes: u64) {
        self.nanoseconds = bytes.saturating_mul(SHARE).saturating_add(self.nanoseconds).min(MAX_BUDGET);
    }

    fn spend(&mut self, nanoseconds: u64) -> bool {
        let Some(left) = self.nanoseconds.checked_sub(nanoseconds) else { return false };
        self.nanoseconds = left;
        true
    }
}
