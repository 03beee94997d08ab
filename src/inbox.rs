//! The inbox seen from the daemon: which names count, what lies there, what changed, and when a file is ready to be read.
//! Everything here looks and listens; all it ever writes is the notice beside a refused file and the page that tells how things stand.

pub mod board;
mod files;
mod freshness;
mod hint;
mod names;
pub mod notice;
mod open_medium;
mod own;
mod pairing;
mod settle;
mod share;
mod watch;

pub use files::{Listing, Reading, Root, list, look, needs_polling, open, read, root_state};
pub use freshness::{COARSE_REST, Freshness};
pub use hint::Hint;
pub use names::{
    HEADING, Part, Sort, articles_of, bundle, captioned, is_put_aside, is_sound, marked, may_hold_articles, media_type,
    never_entered, never_read, part, section_names, sidecars_of, sort,
};
pub use open_medium::{OpenMedium, open_medium};
pub use settle::{BATCH, LONGEST_STALL, OPEN_LOOKS, Ready, Settle, UNKNOWN_REST};
pub use share::{Share, SharedMedium};
pub use watch::{Watch, WatchError};
