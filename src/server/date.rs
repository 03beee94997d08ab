//! The time → `Date` of an answer (RFC 9110 section 6.6.1), printed once a second. The HTTP library adds one where there is none,
//! but goes on with its last one until the clock has caught up with that, for days where the clock was set back.

use std::cell::RefCell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderValue;

/// The last second that can be printed: the end of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// A date and the second that it tells.
#[derive(Debug)]
pub struct Date {
    second: u64,
    value: HeaderValue,
}

impl Date {
    /// The date of a time, before 1970 that of its first second.
    #[must_use]
    pub fn of(time: SystemTime) -> Self {
        let second = second(time);
        let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(second));
        // A date always can stand in a header.
        Self { second, value: HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("")) }
    }

    /// Its value, which from now on is that of this time.
    pub fn at(&mut self, time: SystemTime) -> HeaderValue {
        if self.second != second(time) {
            *self = Self::of(time);
        }
        self.value.clone()
    }
}

/// That of this moment.
pub(super) fn now() -> HeaderValue {
    thread_local!(static LAST: RefCell<Date> = RefCell::new(Date::of(SystemTime::now())));
    LAST.with_borrow_mut(|last| last.at(SystemTime::now()))
}

fn second(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().min(LAST_SECOND)
}
