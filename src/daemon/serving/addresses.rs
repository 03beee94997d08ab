//! Addresses of the configuration → listeners: which are opened, kept and closed when it names others. Sockets that systemd passed
//! stand in the place of all addresses for readers, and stay.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Arc, Weak};

use crate::address::{self, Address};
use crate::config::Server;
use crate::daemon::DaemonError;
use crate::server::{Keeper, ListenError, Listener, Listeners, Passed, Role};

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Clear,
    Tls,
    Redirect,
    Admin,
}

/// An address and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    address: Address,
    purpose: Purpose,
}

/// A place with its listener.
type Opened = (Place, Arc<Listener>);

/// The listeners of a daemon. Whoever is at them owns them, so that they are closed as soon as nobody is.
pub(super) struct Addresses {
    open: Vec<(Place, Weak<Listener>)>,
    passed: Vec<Weak<Listener>>,
    readers: Keeper,
    admins: Keeper,
}

impl Addresses {
    /// Opens what the configuration names, with TLS where there is a certificate; those for readers and those for admins. Must
    /// be called within a Tokio runtime.
    ///
    /// # Errors
    /// When one of them cannot be had.
    pub(super) fn open(
        server: &Server,
        base_url: &str,
        passed: Passed,
        tls: Option<&Role>,
    ) -> Result<(Self, Listeners, Listeners), DaemonError> {
        if !passed.is_empty() && (!server.tls.listen.is_empty() || !server.redirect.is_empty()) {
            tracing::warn!("systemd passed the sockets: no address of the configuration is listened on");
        }
        let passed = passed.listeners(|name| match name {
            "https" => secured(tls),
            "redirect" => Ok(Role::Redirect),
            _ => Ok(Role::Clear),
        })?;
        let passed: Vec<_> = passed.into_iter().map(Arc::new).collect();
        let open = bind(&places(server, passed.is_empty(), tls), tls)?;
        passed.iter().for_each(|listener| announce(listener, base_url));
        open.iter().for_each(|opened| announce_named(opened, base_url));
        let readers = for_readers(&open, &passed);
        warn_of_links(base_url, &readers);
        let (readers, listeners) = Keeper::new(readers);
        let (admins, admin_listeners) = Keeper::new(for_admins(&open));
        let addresses =
            Self { open: weakly(&open), passed: passed.iter().map(Arc::downgrade).collect(), readers, admins };
        Ok((addresses, listeners, admin_listeners))
    }

    /// Whether a socket for TLS was passed.
    pub(super) fn need_certificate(&self) -> bool {
        self.passed.iter().filter_map(Weak::upgrade).any(|listener| matches!(listener.role(), Role::Tls(_)))
    }

    /// Whether anything is encrypted at present.
    pub(super) fn use_certificate(&self) -> bool {
        self.need_certificate() || self.open.iter().any(|(place, _)| place.purpose == Purpose::Tls)
    }

    /// Opens what a configuration names and is not open yet, or cannot be found any more because a socket's file was removed, and
    /// closes what it no longer names. Must be called within a Tokio runtime, and not on a thread of it.
    ///
    /// # Errors
    /// When an address cannot be had: then all are as they were, unless one of the former is not to be had any more either.
    pub(super) fn set(&mut self, server: &Server, base_url: &str, tls: Option<&Role>) -> Result<(), DaemonError> {
        let wanted = places(server, self.passed.is_empty(), tls);
        let open = self.open.iter().filter_map(|(place, listener)| Some((place.clone(), listener.upgrade()?)));
        let (mut kept, gone): (Vec<Opened>, Vec<Opened>) =
            open.partition(|(place, listener)| wanted.contains(place) && listener.is_there());
        let is_new = |place: &&Place| !kept.iter().any(|(open, _)| open == *place);
        let new: Vec<Place> = wanted.iter().filter(is_new).cloned().collect();
        let former: Vec<Place> = gone.iter().map(|(place, _)| place.clone()).collect();
        let opened = match bind(&new, tls) {
            // What is to be closed may be in the way of it.
            Err(DaemonError::Listener(ListenError::Bind { source, .. })) if source.kind() == ErrorKind::AddrInUse => {
                drop(gone);
                self.tell(&kept);
                bind(&new, tls).inspect_err(|_| match bind(&former, tls) {
                    Ok(again) => kept.extend(again),
                    Err(lost) => tracing::error!("{lost}; this address was in use before"),
                })
            }
            Err(error) => {
                kept.extend(gone);
                Err(error)
            }
            opened => opened,
        };
        let outcome = opened.map(|opened| {
            opened.iter().for_each(|opened| announce_named(opened, base_url));
            let closed = former.iter().filter(|place| !wanted.contains(place));
            closed.for_each(|place| tracing::info!("no longer listening on {}", place.address));
            kept.extend(opened);
        });
        warn_of_links(base_url, &self.tell(&kept));
        outcome
    }

    /// Tells whoever is at the listeners which there are; those for readers.
    fn tell(&mut self, open: &[Opened]) -> Vec<Arc<Listener>> {
        let passed: Vec<_> = self.passed.iter().filter_map(Weak::upgrade).collect();
        let readers = for_readers(open, &passed);
        self.readers.set(readers.clone());
        self.admins.set(for_admins(open));
        self.open = weakly(open);
        readers
    }
}

/// All that is named, as far as it counts and there is a certificate for it.
fn places(server: &Server, readers: bool, tls: Option<&Role>) -> Vec<Place> {
    let named = [
        (Purpose::Clear, &server.listen, readers),
        (Purpose::Tls, &server.tls.listen, readers && tls.is_some()),
        (Purpose::Redirect, &server.redirect, readers),
        (Purpose::Admin, &server.admin, true),
    ];
    let counted = named.into_iter().filter(|(_, _, counts)| *counts);
    let placed = |(purpose, addresses, _): (Purpose, &Vec<Address>, bool)| {
        addresses.iter().map(move |address| Place { address: address.clone(), purpose }).collect::<Vec<_>>()
    };
    counted.flat_map(placed).collect()
}

fn bind(places: &[Place], tls: Option<&Role>) -> Result<Vec<Opened>, DaemonError> {
    let one = |place: &Place| {
        let role = match place.purpose {
            Purpose::Tls => secured(tls)?,
            Purpose::Redirect => Role::Redirect,
            Purpose::Clear | Purpose::Admin => Role::Clear,
        };
        Ok((place.clone(), Arc::new(Listener::bind(&place.address, role)?)))
    };
    places.iter().map(one).collect()
}

fn announce_named((place, listener): &Opened, base_url: &str) {
    match place.purpose {
        Purpose::Admin => tracing::info!("how things stand is told at {}", url(listener, "http", "/status")),
        _ => announce(listener, base_url),
    }
}

fn announce(listener: &Listener, base_url: &str) {
    let scheme = if matches!(listener.role(), Role::Tls(_)) { "https" } else { "http" };
    let place = url(listener, scheme, "/");
    match listener.role() {
        Role::Clear | Role::Tls(_) => tracing::info!("serving on {place}"),
        Role::Redirect => tracing::info!("sending on from {place} to {base_url}"),
    }
}

/// Tells the operator where readers from elsewhere come in and are given links that lead to their own machine.
fn warn_of_links(base_url: &str, listeners: &[Arc<Listener>]) {
    let host = url::Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let is_open = |listener: &&Arc<Listener>| {
        listener.address().parse::<SocketAddr>().is_ok_and(|at| !address::is_loopback(&at.ip().to_string()))
    };
    if host.is_some_and(|host| address::is_loopback(&host))
        && let Some(listener) = listeners.iter().find(is_open)
    {
        tracing::warn!(
            "readers can come to {}, but links start with {base_url}, which is this machine alone: set base_url to what readers ask for",
            listener.address()
        );
    }
}

/// Where a path is asked for at a listener.
fn url(listener: &Listener, scheme: &str, path: &str) -> String {
    match listener.address() {
        socket if socket.starts_with("unix:") => socket.to_owned(),
        address => format!("{scheme}://{address}{path}"),
    }
}

fn secured(tls: Option<&Role>) -> Result<Role, DaemonError> {
    tls.cloned().ok_or(DaemonError::NoCertificate)
}

fn for_readers(open: &[Opened], passed: &[Arc<Listener>]) -> Vec<Arc<Listener>> {
    let named = open.iter().filter(|(place, _)| place.purpose != Purpose::Admin).map(|(_, listener)| listener);
    passed.iter().chain(named).cloned().collect()
}

fn for_admins(open: &[Opened]) -> Vec<Arc<Listener>> {
    open.iter().filter(|(place, _)| place.purpose == Purpose::Admin).map(|(_, listener)| Arc::clone(listener)).collect()
}

fn weakly(open: &[Opened]) -> Vec<(Place, Weak<Listener>)> {
    open.iter().map(|(place, listener)| (place.clone(), Arc::downgrade(listener))).collect()
}
