//! Connections at one time: how many in all and of one address, who makes room for whom, and how all are told to end.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::timeout;

use super::Limits;
use super::pace::{Pace, Told, WELCOME};
use crate::respond::network;

/// When the server is full, the longest idle of this share of its connections make room at once, so that not every newcomer
/// has all of them looked at.
const SHARE_TO_GO: usize = 64;

/// All places.
pub(super) struct Places {
    taken: Mutex<Taken>,
    /// How many are taken; to be read without the lock.
    count: AtomicUsize,
    /// Somebody left.
    left: Notify,
}

#[derive(Default)]
struct Taken {
    next: u64,
    connections: HashMap<u64, Arc<Pace>>,
    addresses: HashMap<Ipv6Addr, u32>,
    /// What all have been told, and whoever comes later is.
    told: Option<Told>,
}

/// One connection's place, until it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    address: Option<Ipv6Addr>,
}

/// One address has more connections than it may.
pub(super) struct TooMany;

impl Places {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { taken: Mutex::default(), count: AtomicUsize::new(0), left: Notify::new() })
    }

    /// A place for a connection of `address`, or of somebody who is not counted; once there is one within the limits, which
    /// may be others each time it is looked.
    pub(super) async fn take(
        self: &Arc<Self>,
        limits: impl Fn() -> Limits,
        address: Option<IpAddr>,
        pace: &Arc<Pace>,
    ) -> Result<Place, TooMany> {
        let address = address.map(network);
        loop {
            let left = self.left.notified();
            tokio::pin!(left);
            left.as_mut().enable();
            if let Some(taken) = self.try_take(limits(), address, pace) {
                return taken;
            }
            // Or until somebody who is new has been silent for long enough to make room.
            let _ = timeout(WELCOME, left).await;
        }
    }

    fn try_take(
        self: &Arc<Self>,
        limits: Limits,
        address: Option<Ipv6Addr>,
        pace: &Arc<Pace>,
    ) -> Option<Result<Place, TooMany>> {
        let mut taken = self.taken();
        let of_address = address.map(|address| taken.addresses.get(&address).copied().unwrap_or(0));
        if of_address.is_some_and(|count| count >= limits.per_address) {
            return Some(Err(TooMany));
        }
        if taken.connections.len() >= limits.connections {
            make_room(&taken);
            return None;
        }
        if let Some(address) = address {
            *taken.addresses.entry(address).or_default() += 1;
        }
        // However long it waited for its place, it is new here.
        pace.begins(false);
        let number = taken.next;
        taken.next += 1;
        taken.connections.insert(number, Arc::clone(pace));
        self.count.store(taken.connections.len(), Relaxed);
        if let Some(told) = taken.told {
            pace.tell(told);
        }
        Some(Ok(Place { places: Arc::clone(self), number, address }))
    }

    /// Has the longest idle leave.
    pub(super) fn make_room(&self) {
        make_room(&self.taken());
    }

    /// Tells all connections, and those to come.
    pub(super) fn tell(&self, what: Told) {
        let mut taken = self.taken();
        taken.told = Some(what);
        for pace in taken.connections.values() {
            pace.tell(what);
        }
    }

    /// Waits until nobody is left.
    pub(super) async fn empty(&self) {
        loop {
            let left = self.left.notified();
            tokio::pin!(left);
            left.as_mut().enable();
            if self.count() == 0 {
                return;
            }
            left.await;
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count.load(Relaxed)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing panics between two changes that belong together.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends away those who have had nothing to do for the longest time. They lose nothing: they ask again when they want to.
fn make_room(taken: &Taken) {
    // Of those that have been idle for the same time, the one that came first.
    let idle = taken.connections.iter().filter_map(|(number, pace)| Some(((Reverse(pace.idle_for()?), *number), pace)));
    let mut idle: Vec<_> = idle.collect();
    let go = (taken.connections.len() / SHARE_TO_GO).max(1).min(idle.len());
    if go > 0 && go < idle.len() {
        idle.select_nth_unstable_by_key(go - 1, |(turn, _)| *turn);
    }
    for (_, pace) in idle.into_iter().take(go) {
        pace.tell(Told::Finish);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.connections.remove(&self.number);
        self.places.count.store(taken.connections.len(), Relaxed);
        if let Some(address) = self.address
            && let Some(count) = taken.addresses.get_mut(&address)
        {
            *count -= 1;
            if *count == 0 {
                taken.addresses.remove(&address);
            }
        }
        drop(taken);
        self.places.left.notify_waiters();
    }
}
