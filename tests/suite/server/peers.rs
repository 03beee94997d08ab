//! Whom a request comes from, by the word of proxies that are trusted and no others.

use http::HeaderMap;
use http::header::HeaderName;
use ipnet::IpNet;
use syndicated::server::Peer;

fn check(peer: &str, headers: &[(&str, &str)], client: &str) {
    let proxies: Vec<IpNet> = ["127.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"].map(|n| n.parse().unwrap()).to_vec();
    let of = |text: &str| text.parse().map_or(Peer::Local, Peer::Ip);
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    assert_eq!(of(peer).client(&proxies, &map), of(client), "{peer} {headers:?}");
}

#[test]
fn the_last_address_that_nobody_trusted_vouches_for() {
    check("192.0.2.1", &[], "192.0.2.1");
    // A stranger may say what it likes.
    check("192.0.2.1", &[("x-forwarded-for", "198.51.100.1")], "192.0.2.1");
    check("127.0.0.1", &[("x-forwarded-for", "198.51.100.1")], "198.51.100.1");
    check("", &[("x-forwarded-for", "198.51.100.1")], "198.51.100.1");
    check("127.0.0.1", &[], "127.0.0.1");
    check("", &[], "");
    // What stands before the address that our proxy saw was sent by that client itself.
    check("127.0.0.1", &[("x-forwarded-for", "203.0.113.9, 198.51.100.1")], "198.51.100.1");
    check("127.0.0.1", &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.1")], "198.51.100.1");
    check("127.0.0.1", &[("x-forwarded-for", "203.0.113.9, 198.51.100.1, 10.1.2.3")], "198.51.100.1");
    check("127.0.0.1", &[("x-forwarded-for", "10.1.2.3, 10.1.2.4")], "10.1.2.3");
    check("127.0.0.1", &[("x-forwarded-for", "198.51.100.1, nonsense")], "127.0.0.1");
    check("127.0.0.1", &[("x-forwarded-for", "198.51.100.1:4711")], "198.51.100.1");
    check("127.0.0.1", &[("x-forwarded-for", "::ffff:198.51.100.1")], "198.51.100.1");
    check("2001:db8::1", &[("x-forwarded-for", "[2001:ab::7]:80")], "2001:ab::7");
}

#[test]
fn what_a_proxy_passes_on_unseen_does_not_count() {
    // nginx and Caddy write the one, and pass on whatever a client says in the other.
    let said = ("forwarded", "for=203.0.113.9");
    check("127.0.0.1", &[said, ("x-forwarded-for", "198.51.100.1")], "198.51.100.1");
    check("127.0.0.1", &[said, ("x-forwarded-for", "unknown")], "127.0.0.1");
}

#[test]
fn forwarded_counts_where_it_comes_alone() {
    check("127.0.0.1", &[("forwarded", "for=198.51.100.1;proto=https")], "198.51.100.1");
    check("127.0.0.1", &[("forwarded", "For=\"[2001:ab::7]:4711\", by=x;for=10.1.2.3")], "2001:ab::7");
    check("127.0.0.1", &[("forwarded", "for=198.51.100.1, for=_hidden")], "127.0.0.1");
    check("127.0.0.1", &[("forwarded", "proto=https")], "127.0.0.1");
}
