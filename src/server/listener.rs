//! Addresses, and sockets that systemd passes, to listeners; each with what is done at it.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use listenfd::ListenFd;
use rustix::net::{AddressFamily, SocketFlags, SocketType, accept_with, sockopt};
use rustls::ServerConfig;
use tokio::net;

use super::peer::Peer;
use super::stream::Socket;
use crate::address::Address;

/// How many connections the kernel may keep ready for us to accept; it has a bound of its own (`net.core.somaxconn`).
const BACKLOG: i32 = 4096;

/// Who may connect to a unix socket: every program of this machine that may enter its folder. What is served is public.
const UNIX_MODE: u32 = 0o666;

/// What is done with whoever comes in.
#[derive(Clone)]
pub enum Role {
    /// Served.
    Clear,
    /// Served, with TLS.
    Tls(Arc<ServerConfig>),
    /// Sent on to the public address.
    Redirect,
}

/// An address at which connections are accepted.
pub struct Listener {
    bound: Bound,
    role: Role,
    address: String,
    /// The file of a unix socket of our own making.
    file: Option<Node>,
    /// Whether the next program accepts here too.
    is_passed: bool,
}

enum Bound {
    Tcp(net::TcpListener),
    Unix(net::UnixListener),
}

/// A file of a name, known by its device and inode: what lies there later may be another's. A socket that listens keeps its inode,
/// so that no other file gets the number meanwhile.
struct Node {
    path: PathBuf,
    identity: (u64, u64),
}

impl Node {
    fn of(path: &Path) -> io::Result<Self> {
        let there = fs::symlink_metadata(path)?;
        Ok(Self { path: path.to_owned(), identity: (there.dev(), there.ino()) })
    }

    fn is_there(&self) -> bool {
        Self::of(&self.path).is_ok_and(|there| there.identity == self.identity)
    }
}

/// A listener cannot be had: the operator acts.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {source}{}", hint(address, source))]
    Bind {
        /// Which.
        address: Address,
        /// Why.
        source: io::Error,
    },
    /// What systemd passed is no socket that connections can be accepted on.
    #[error(
        "the socket \"{name}\" that systemd passed cannot be used: {source}; it must be a ListenStream= of a .socket unit with Accept=no"
    )]
    Passed {
        /// Its FileDescriptorName=.
        name: String,
        /// Why.
        source: io::Error,
    },
}

fn hint(address: &Address, error: &io::Error) -> String {
    match (error.kind(), address) {
        (io::ErrorKind::AddrInUse, Address::Tcp(_)) => {
            "; stop the program that listens there (ss -ltnp names it), or choose another port".to_owned()
        }
        (io::ErrorKind::AddrInUse, Address::Unix(_)) => "; another program answers there".to_owned(),
        (io::ErrorKind::PermissionDenied, Address::Tcp(address)) if address.port() < 1024 => {
            "; ports below 1024 take CAP_NET_BIND_SERVICE, or a socket that systemd passes".to_owned()
        }
        (io::ErrorKind::AddrNotAvailable, _) => "; this machine has no such address".to_owned(),
        (io::ErrorKind::NotFound, Address::Unix(path)) => {
            format!("; its folder {} does not exist", path.parent().unwrap_or(path).display())
        }
        // unix(7)
        (io::ErrorKind::InvalidInput, Address::Unix(_)) => "; the path of a socket has at most 107 bytes".to_owned(),
        (io::ErrorKind::AlreadyExists, _) => {
            "; that is a file of somebody else: remove it or choose another name".to_owned()
        }
        _ => String::new(),
    }
}

impl Listener {
    /// Listens on an address. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// When it cannot be listened on; the message says how to mend it.
    pub fn bind(address: &Address, role: Role) -> Result<Self, ListenError> {
        let bound = match address {
            Address::Tcp(address) => tcp(*address).map(|listener| (listener, None)),
            Address::Unix(path) => unix(path).map(|(listener, file)| (listener, Some(file))),
        };
        let (bound, file) = bound.map_err(|source| ListenError::Bind { address: address.clone(), source })?;
        let address = bound.address(address);
        Ok(Self { bound, role, address, file, is_passed: false })
    }

    /// Where it is, as a person writes it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What is done at it.
    #[must_use]
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// Whether anybody can find it: the file of a unix socket may have been removed or replaced.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.file.as_ref().is_none_or(Node::is_there)
    }

    pub(super) async fn accept(&self) -> io::Result<(Socket, Peer)> {
        match &self.bound {
            Bound::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                Ok((Socket::Tcp(stream), Peer::Ip(address.ip().to_canonical())))
            }
            Bound::Unix(listener) => Ok((Socket::Unix(listener.accept().await?.0), Peer::Local)),
        }
    }

    /// Somebody who has come by now and would be lost if it were closed.
    pub(super) fn waiting(&self) -> Option<(Socket, Peer)> {
        if self.is_passed {
            return None;
        }
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        match &self.bound {
            Bound::Tcp(listener) => {
                let stream = std::net::TcpStream::from(accept_with(listener, flags).ok()?);
                let peer = Peer::Ip(stream.peer_addr().ok()?.ip().to_canonical());
                Some((Socket::Tcp(net::TcpStream::from_std(stream).ok()?), peer))
            }
            Bound::Unix(listener) => {
                let stream = UnixStream::from(accept_with(listener, flags).ok()?);
                Some((Socket::Unix(net::UnixStream::from_std(stream).ok()?), Peer::Local))
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // One that took its place is somebody else's.
        if let Some(file) = self.file.as_ref().filter(|file| file.is_there()) {
            // What is left behind is replaced at the next start.
            let _ = fs::remove_file(&file.path);
        }
    }
}

impl Bound {
    /// The address in use: it differs from the one asked for where that has port 0.
    fn address(&self, asked: &Address) -> String {
        match self {
            Self::Tcp(listener) => listener.local_addr().map_or_else(|_| asked.to_string(), |a| a.to_string()),
            Self::Unix(_) => asked.to_string(),
        }
    }
}

fn tcp(address: SocketAddr) -> io::Result<Bound> {
    let family = if address.is_ipv6() { AddressFamily::INET6 } else { AddressFamily::INET };
    let socket =
        rustix::net::socket_with(family, SocketType::STREAM, SocketFlags::CLOEXEC | SocketFlags::NONBLOCK, None)?;
    // A restart must not wait until the kernel has forgotten the connections of before.
    sockopt::set_socket_reuseaddr(&socket, true)?;
    if address.is_ipv6() {
        sockopt::set_ipv6_v6only(&socket, true)?;
    }
    rustix::net::bind(&socket, &address)?;
    rustix::net::listen(&socket, BACKLOG)?;
    listening(socket)
}

/// A listener of a socket that listens.
fn listening(socket: OwnedFd) -> io::Result<Bound> {
    // Answers leave at once, not when a reader's acknowledgement comes (tcp(7)): what is accepted has that from its listener.
    // Where it is refused they only leave later.
    let _ = sockopt::set_tcp_nodelay(&socket, true);
    Ok(Bound::Tcp(net::TcpListener::from_std(std::net::TcpListener::from(socket))?))
}

fn unix(path: &Path) -> io::Result<(Bound, Node)> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.file_type().is_socket() => return Err(io::ErrorKind::AlreadyExists.into()),
        Ok(_) => match UnixStream::connect(path) {
            Ok(_) => return Err(io::ErrorKind::AddrInUse.into()),
            // A socket at which nobody listens was left by one that was killed.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path)?,
            Err(error) => return Err(error),
        },
        Err(_) => {}
    }
    let listener = UnixListener::bind(path)?;
    let file = Node::of(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(UNIX_MODE))?;
    listener.set_nonblocking(true)?;
    Ok((Bound::Unix(net::UnixListener::from_std(listener)?), file))
}

/// Sockets that were passed when the program was started, with their names.
pub struct Passed(Vec<(String, Result<OwnedFd, io::Error>)>);

impl Passed {
    /// Takes them. The environment says where they are (sd_listen_fds(3)) and is changed, so this comes before any thread.
    #[must_use]
    pub fn take() -> Self {
        let mut sockets = ListenFd::from_env();
        let names = std::env::var("LISTEN_FDNAMES").unwrap_or_default();
        let mut names = names.split(':').map(str::to_owned);
        let passed = (0..sockets.len()).map(|index| {
            let name = names.next().filter(|name| !name.is_empty()).unwrap_or_else(|| format!("number {}", index + 1));
            (name, one(&mut sockets, index))
        });
        Self(passed.collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their listeners. Must be called within a Tokio runtime. `role` tells what is done at one of a name.
    ///
    /// # Errors
    /// When one cannot be used.
    pub fn listeners<E: From<ListenError>>(
        self,
        mut role: impl FnMut(&str) -> Result<Role, E>,
    ) -> Result<Vec<Listener>, E> {
        let mut listeners = Vec::new();
        for (name, socket) in self.0 {
            let role = role(&name)?;
            let failed = |source| ListenError::Passed { name: name.clone(), source };
            let bound = socket.and_then(passed).map_err(failed)?;
            let address = match &bound {
                Bound::Tcp(listener) => listener.local_addr().map(|address| address.to_string()),
                Bound::Unix(listener) => listener.local_addr().map(|address| match address.as_pathname() {
                    Some(path) => Address::Unix(path.to_owned()).to_string(),
                    None => name.clone(),
                }),
            };
            let address = address.map_err(failed)?;
            listeners.push(Listener { bound, role, address, file: None, is_passed: true });
        }
        Ok(listeners)
    }
}

fn one(sockets: &mut ListenFd, index: usize) -> io::Result<OwnedFd> {
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    match sockets.take_tcp_listener(index) {
        Ok(listener) => Ok(listener.ok_or_else(missing)?.into()),
        Err(_) => Ok(sockets.take_unix_listener(index)?.ok_or_else(missing)?.into()),
    }
}

fn passed(socket: OwnedFd) -> io::Result<Bound> {
    if !sockopt::socket_acceptconn(&socket)? {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it does not listen"));
    }
    if sockopt::socket_domain(&socket)? == AddressFamily::UNIX {
        let listener = UnixListener::from(socket);
        listener.set_nonblocking(true)?;
        return Ok(Bound::Unix(net::UnixListener::from_std(listener)?));
    }
    rustix::io::ioctl_fionbio(&socket, true)?;
    listening(socket)
}
