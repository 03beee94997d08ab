//! Where to listen, as people write it: `127.0.0.1:8080`, `[::]:443`, `unix:/run/syndicated/http.sock`.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// What stands before the path of a unix socket.
const UNIX: &str = "unix:";

/// An address that a server can listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An IP address and port. `[::]` is IPv6 alone, so that it and `0.0.0.0` can be listed together.
    Tcp(SocketAddr),
    /// A socket in the file system; absolute once the configuration is read.
    Unix(PathBuf),
}

impl Address {
    /// The address that a text means; none where it means none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix(UNIX) {
            Some("") => None,
            Some(path) => Some(Self::Unix(PathBuf::from(path))),
            None => text.parse().ok().map(Self::Tcp),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "{UNIX}{}", path.display()),
        }
    }
}

/// Whether a host, as it stands in a URL or in a `tag:` URI, means this machine itself, so that nobody elsewhere can ask it.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host == "--1" // ::1, as a tag: URI may write it
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
