//! Over-polling: how often one client gets one unchanged document whole. A bucket of tokens for each, in a table of fixed
//! size; the clock is the caller's.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::header::RETRY_AFTER;
use http::request::Parts;
use http::{HeaderValue, Method};

use super::{Reply, StatusCode, plain};
use crate::edition::{Content, Found};

/// The time in which a bucket fills.
pub const WINDOW: Duration = Duration::from_secs(600);

/// How many buckets there are: half a megabyte. Where more are in use the least full of two is given up, to the advantage of
/// its client.
const BUCKETS: usize = 1 << 16;

/// When to come back, in seconds. Longer than one token takes, because nobody needs a feed more often.
const COME_BACK: &str = "60";

/// The bits of a bucket that hold the time, in milliseconds: thirty-four years. The others name its owner.
const TIME_BITS: u32 = 40;
const TIME: u64 = (1 << TIME_BITS) - 1;

/// Who asks, and when.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// Its address, as far as it is known.
    pub address: Option<IpAddr>,
    /// The time since the server began.
    pub now: Duration,
}

/// The tokens of all clients.
#[derive(Debug, Default)]
pub struct RateLimit {
    /// Each holds its owner and the time at which it will be full. There are none before something is counted.
    buckets: OnceLock<Box<[AtomicU64]>>,
    hasher: RandomState,
}

impl RateLimit {
    /// The reply, unless it hands out a document that the client was handed too often: then 429, and why. A client gets
    /// `full_answers` of an unchanged document at once, and as many again in a [`WINDOW`]; 0: any number.
    ///
    /// Counted are whole documents that are text, by the bytes they have now: after each change everybody begins anew. What
    /// is answered with 304 costs nothing and is never refused; nor is `HEAD`, nor a medium, which players ask for in many
    /// parts. An address of a private network is not counted: behind one, a proxy may ask for all readers at once.
    #[must_use]
    pub fn apply(
        &self,
        full_answers: u32,
        client: impl FnOnce() -> Client,
        found: &Found,
        request: &Parts,
        reply: Reply,
    ) -> Reply {
        let Found::Document(document) = found else { return reply };
        let Some(cost) = milliseconds(WINDOW).checked_div(u64::from(full_answers)) else { return reply };
        let is_counted = reply.status() == StatusCode::OK && request.method == Method::GET && document.kind().is_text();
        if !is_counted {
            return reply;
        }
        let Client { address, now } = client();
        let Some(address) = address.filter(|address| is_public(*address)) else { return reply };
        if self.take(network(address), document.hash(), milliseconds(now), cost.max(1)) {
            return reply;
        }
        let text = "429 Too Many Requests: you have fetched this same document, which has not changed, again and again.\n\
                    Please keep it, and ask with If-None-Match or If-Modified-Since: such questions are always answered.\n";
        let mut reply = plain(StatusCode::TOO_MANY_REQUESTS, text);
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(COME_BACK));
        reply.map(Content::from)
    }

    /// Takes a token; false where the bucket is empty.
    fn take(&self, client: Ipv6Addr, document: &[u8; 16], now: u64, cost: u64) -> bool {
        let key = self.hasher.hash_one((client, document));
        let owner = key >> TIME_BITS;
        let at = (key & TIME) as usize % BUCKETS;
        let full_at = |bucket: u64| bucket & TIME;
        let buckets = self.buckets.get_or_init(|| (0..BUCKETS).map(|_| AtomicU64::new(0)).collect());
        let [one, two] = [at, at ^ 1].map(|at| buckets[at].load(Ordering::Relaxed));
        let is_second = one >> TIME_BITS != owner && (two >> TIME_BITS == owner || full_at(two) < full_at(one));
        let bucket = &buckets[if is_second { at ^ 1 } else { at }];
        let taken = bucket.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |held| {
            let begins = if held >> TIME_BITS == owner { full_at(held).max(now) } else { now };
            let full = begins + cost;
            (full - now <= milliseconds(WINDOW)).then_some(owner << TIME_BITS | full & TIME)
        });
        taken.is_ok()
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX) & TIME
}

/// What counts as one client: an address, or a /64, which each household has at least of IPv6 (RFC 6177), and may use all of.
#[must_use]
pub fn network(address: IpAddr) -> Ipv6Addr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64),
    }
}

/// Whether it is an address of the open internet.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            // The last is what providers use behind their gateways (RFC 6598).
            let is_shared = first == 100 && second & 0xc0 == 64;
            !(address.is_loopback() || address.is_private() || address.is_link_local() || is_shared)
        }
        IpAddr::V6(address) => !(address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()),
    }
}
