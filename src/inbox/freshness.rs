//! Whether somebody may still be writing a file that a comparison saw, as far as its look tells.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::dropped::Look;

/// How long a file rests whose date is a whole second: where no finer dates are kept (SFTP, FAT, which counts by two seconds),
/// a change of the same length within that time leaves the look as it was.
pub const COARSE_REST: Duration = Duration::from_secs(2);

/// See the module.
#[derive(Clone, Copy, Debug)]
pub struct Freshness {
    now: Option<DateTime<Utc>>,
    rest: Duration,
}

impl Freshness {
    /// On a disk of this machine: what was changed within the last `rest`, or (by a clock that was ahead) in the future.
    #[must_use]
    pub fn since(now: DateTime<Utc>, rest: Duration) -> Self {
        Self { now: Some(now), rest }
    }

    /// On a share: whatever its date, for the server's clock is not ours.
    #[must_use]
    pub fn always() -> Self {
        Self { now: None, rest: Duration::ZERO }
    }

    /// Whether a file that looks so needs a second look.
    #[must_use]
    pub fn is_fresh(&self, look: &Look) -> bool {
        self.now.is_none_or(|now| {
            let now = now.timestamp_nanos_opt().unwrap_or(i64::MAX);
            let rest = i64::try_from(self.rest.max(coarse_rest(look)).as_nanos()).unwrap_or(i64::MAX);
            look.mtime_ns > now.saturating_sub(rest)
        })
    }
}

/// How long a file must look the same for its look to tell anything.
pub(super) fn coarse_rest(look: &Look) -> Duration {
    let is_coarse = look.mtime_ns % 1_000_000_000 == 0;
    if is_coarse { COARSE_REST } else { Duration::ZERO }
}
