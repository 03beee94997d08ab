//! Who is at the other end: by the socket, and by the word of a trusted proxy in between.

use std::net::IpAddr;

use http::HeaderMap;
use http::header::{FORWARDED, HeaderName};
use ipnet::IpNet;

/// As proxies say it, no standard.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of a connection, or the client on whose behalf it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    /// An address of the network; an IPv4 one is one even where it came over an IPv6 socket.
    Ip(IpAddr),
    /// A program of this machine, over a unix socket.
    Local,
}

impl Peer {
    /// Whether its word about others counts: a unix socket is opened to whom the admin lets into its folder.
    #[must_use]
    pub fn is_trusted(self, proxies: &[IpNet]) -> bool {
        match self {
            Self::Ip(address) => proxies.iter().any(|network| network.contains(&address)),
            Self::Local => true,
        }
    }

    /// Whom a request comes from: the last address on its way that no trusted proxy vouches for. What cannot be read as an
    /// address, as an obfuscated one, ends the search.
    ///
    /// `X-Forwarded-For` counts before `Forwarded` (RFC 7239): nearly every proxy writes the one, and most pass the other on as
    /// the client sent it, who could say in it to be anybody.
    #[must_use]
    pub fn client(self, proxies: &[IpNet], headers: &HeaderMap) -> Self {
        if !self.is_trusted(proxies) {
            return self;
        }
        let mut client = self;
        for address in way(headers).into_iter().rev() {
            let Some(address) = address else { break };
            client = Self::Ip(address.to_canonical());
            if !client.is_trusted(proxies) {
                break;
            }
        }
        client
    }
}

/// The addresses that proxies have written down, the farthest first.
fn way(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let elements = |name: HeaderName| {
        let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(','))
    };
    if headers.contains_key(X_FORWARDED_FOR) {
        return elements(X_FORWARDED_FOR).map(address).collect();
    }
    elements(FORWARDED).map(forwarded_for).collect()
}

/// The `for` of one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value))?
    })
}

/// `192.0.2.7`, `192.0.2.7:4711`, `"[2001:db8::1]:4711"`, `2001:db8::1`.
fn address(written: &str) -> Option<IpAddr> {
    let written = written.trim().trim_matches('"');
    if let Ok(address) = written.parse() {
        return Some(address);
    }
    if let Some(rest) = written.strip_prefix('[') {
        return rest.split(']').next()?.parse().ok();
    }
    written.split_once(':')?.0.parse().ok()
}
