//! The time at which something is decided, handed down from the edge so that nothing below reads a clock.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// One instant on both clocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The time of day: what dates, embargoes and expiries are compared with. May be stepped back and forth.
    pub wall: DateTime<Utc>,
    /// Time since the process began, never stepped: what waits (settle, grace, media) are measured on.
    pub tick: Duration,
}
