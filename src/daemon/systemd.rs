//! How the daemon fares → messages to the service manager that started it (sd_notify(3)): ready, reloading, stopping, a line of
//! status, and signs of life. Where nobody listens, nothing is sent.
//!
//! One socket, opened at the start: a message must not fail for want of file descriptors, of which signs of life tell least.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::sync::Arc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The longest status in characters: it is one line of `systemctl status`.
const MAX_STATUS: usize = 400;

/// How long a service manager that does not listen is waited for at each message: publishing goes on without it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Speaks to the service manager. Its clones are one.
#[derive(Clone, Debug)]
pub(super) struct Systemd {
    socket: Option<Arc<UnixDatagram>>,
}

impl Systemd {
    /// As the environment says.
    pub(super) fn new() -> Self {
        let socket = std::env::var_os("NOTIFY_SOCKET").and_then(|path| {
            // A name that begins with @ is an abstract one.
            let address = match path.as_bytes().strip_prefix(b"@") {
                Some(name) => SocketAddr::from_abstract_name(name),
                None => SocketAddr::from_pathname(&path),
            };
            let socket = UnixDatagram::unbound().ok()?;
            socket.connect_addr(&address.ok()?).ok()?;
            socket.set_write_timeout(Some(PATIENCE)).ok()?;
            Some(Arc::new(socket))
        });
        Self { socket }
    }

    /// Whether anybody listens.
    pub(super) fn is_heard(&self) -> bool {
        self.socket.is_some()
    }

    /// The listeners are open, and what was published is served; or a reload has ended.
    pub(super) fn ready(&self) {
        self.send("READY=1");
    }

    /// The configuration is read again, until the next [`Systemd::ready`].
    pub(super) fn reloading(&self) {
        let now = clock_gettime(ClockId::Monotonic);
        self.send(&format!("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1_000_000 + now.tv_nsec / 1000));
    }

    /// The daemon ends.
    pub(super) fn stopping(&self) {
        self.send("STOPPING=1\nSTATUS=Finishing what is being answered");
    }

    /// Says in one line how things stand.
    pub(super) fn status(&self, text: &str) {
        let line: String = text.chars().take(MAX_STATUS).map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.send(&format!("STATUS={line}"));
    }

    /// A sign of life.
    pub(super) fn alive(&self) {
        self.send("WATCHDOG=1");
    }

    /// More time is needed to start or to stop: so much from now.
    pub(super) fn extend(&self, time: Duration) {
        self.send(&format!("EXTEND_TIMEOUT_USEC={}", time.as_micros()));
    }

    fn send(&self, message: &str) {
        if let Some(socket) = &self.socket {
            // Nothing depends on it but what is shown, and the watchdog, which acts where signs of life fail to come.
            let _ = socket.send(message.as_bytes());
        }
    }
}
