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

/// The most that is laid by, in nanoseconds, and what there is at the start, when everything that is read often comes from
/// the disk: the small forms of some hundred feeds of 140 KB.
const MOST_LAID_BY: u64 = 300_000_000;

/// A document that wants a small form.
pub(super) struct Wish {
    path: String,
    hash: [u8; 16],
    coding: Coding,
    since: Instant,
}

/// What may be spent.
#[derive(Debug)]
struct Purse {
    nanoseconds: u64,
}

/// Starts the thread. It ends with the edition.
pub(super) fn begin(edition: Weak<Edition>, quiet: Duration, wishes: Receiver<Wish>) {
    // Without the thread everything is served in the fast forms: a few per cent more bytes, so no error.
    let _ = thread::Builder::new().name("leisure".to_owned()).spawn(move || fulfil_all(&edition, quiet, &wishes));
}

/// A queue for wishes.
pub(super) fn queue() -> (SyncSender<Wish>, Receiver<Wish>) {
    sync_channel(MAX_WAITING)
}

/// Counts that a document is sent in a coding, and wishes for a small form when it was sent often.
pub(super) fn count(wishes: &SyncSender<Wish>, document: &Document, coding: Coding) {
    if document.form(coding).is_settled() || !document.count(coding).is_multiple_of(SENT_OFTEN) {
        return;
    }
    let wish = Wish { path: document.path().to_owned(), hash: *document.hash(), coding, since: Instant::now() };
    let _ = wishes.try_send(wish);
}

fn fulfil_all(edition: &Weak<Edition>, quiet: Duration, wishes: &Receiver<Wish>) {
    // On Linux this is the thread's own niceness. Refused, the thread competes with readers: slower, never wrong.
    let _ = rustix::process::nice(19);
    let mut purse = Purse { nanoseconds: MOST_LAID_BY };
    while let Ok(wish) = wishes.recv() {
        // They come in the order of their time, so nobody waits for another's quiet.
        thread::sleep(quiet.saturating_sub(wish.since.elapsed()));
        let Some(edition) = edition.upgrade() else { return };
        purse.earn(edition.take_earned());
        fulfil(&edition, &wish, &mut purse);
    }
}

/// Makes the form, unless the document has changed since, has the form already, or it costs more than there is.
fn fulfil(edition: &Arc<Edition>, wish: &Wish, purse: &mut Purse) {
    let Some(document) = edition.peek(&wish.path, &wish.hash) else { return };
    let cost = wish.coding.small_cost() * document.body().len() as u64;
    if document.form(wish.coding).is_settled() || !purse.spend(cost) {
        return;
    }
    let form = wish.coding.small(document.body());
    edition.improve(&document, wish.coding, form);
}

impl Purse {
    fn earn(&mut self, bytes: u64) {
        self.nanoseconds = bytes.saturating_mul(SHARE).saturating_add(self.nanoseconds).min(MOST_LAID_BY);
    }

    fn spend(&mut self, nanoseconds: u64) -> bool {
        let Some(left) = self.nanoseconds.checked_sub(nanoseconds) else { return false };
        self.nanoseconds = left;
        true
    }
}
