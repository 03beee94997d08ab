//! A file that makes its reader fail: it panics, or computes on and on. The file is refused, and all else goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::rejection::Rejection;
use crate::threads::jobs;

/// How long the reader of a file of a few lines may compute, such as a sidecar of 128 KiB: a hundred times what the worst known one
/// takes.
const LONGEST_GLANCE: Duration = Duration::from_secs(5);

/// A fault of ours that one file brings out.
#[must_use]
pub(super) fn stumbled() -> Rejection {
    Rejection::new(
        "the reader of this format stumbled over it",
        "save it in a simpler form, and send this file to the makers of syndicated",
    )
}

/// The same, where it is not known that it will ever end.
#[must_use]
pub fn endless() -> Rejection {
    Rejection::new(
        "the reader of this format does not come to an end with it",
        "save it in a simpler form, and send this file to the makers of syndicated",
    )
}

/// Reads a file of a few lines while the caller waits.
///
/// # Errors
/// What `read` has to say; or that it failed, or did not end.
pub fn glance<T: Send + 'static>(
    read: impl Fn() -> Result<T, Rejection> + Send + Sync + 'static,
) -> Result<T, Rejection> {
    let caught = move || catch_unwind(AssertUnwindSafe(&read)).unwrap_or_else(|_| Err(stumbled()));
    jobs::once(LONGEST_GLANCE, caught).unwrap_or_else(|| Err(endless()))
}
