//! The inbox seen from the daemon: which names count, what lies there, what changed, and when a file is ready to be read.
//! Everything here looks and listens; the one thing it ever writes is the notice beside a refused file.

mod files;
mod hint;
mod medium;
mod names;
pub mod notice;
mod pairing;
mod settle;
mod watch;

pub use files::{Listing, Reading, Root, list, look, needs_polling, open, read, root_state};
pub use hint::Hint;
pub use medium::{OpenMedium, open_medium};
pub use names::{HEADING, Sort, bundle, is_sound, marked, media_type, never_entered, never_read, section_names, sort};
pub use settle::{BATCH, OPEN_LOOKS, Ready, Settle, UNKNOWN_REST};
pub use watch::{Watch, WatchError};
