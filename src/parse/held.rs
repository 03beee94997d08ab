//! What the first lines of a manuscript say of an embargo → until when it is held, or why nobody can say.

use super::Rejection;
use super::text::Embargo;
use crate::article::{Draft, When};

/// Whether a sidecar states an embargo.
pub(super) fn is_embargoed(beside: Option<&Draft>) -> bool {
    beside.is_some_and(|beside| beside.embargo.is_some())
}

/// Until when what stands at the top of a text holds it back, said on line `at`; `is_stated` where a head or a sidecar says it
/// in a field of its own.
///
/// # Errors
/// An embargo whose time cannot be read, where nothing else states it.
pub(super) fn held(embargo: Option<Embargo>, at: Option<u32>, is_stated: bool) -> Result<Option<When>, Rejection> {
    match embargo {
        Some(Embargo::Until(when)) => Ok(Some(when)),
        None | Some(Embargo::Lifted) => Ok(None),
        Some(Embargo::Unreadable) if is_stated => Ok(None),
        Some(Embargo::Unreadable) => {
            let rejection = Rejection::new(
                "its first lines speak of an embargo, and until when cannot be read from them",
                "state it in the file's head or its sidecar, as `embargo: 2026-07-02T10:00:00+08:00`",
            );
            Err(match at {
                Some(line) => rejection.at(line, 1),
                None => rejection,
            })
        }
    }
}
