//! Serving with TLS: both versions of HTTP, and certificates that change, or are wrong.

use std::fs;
use std::path::Path;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use syndicated::server::Certificate;
use tempfile::TempDir;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;

const HOST: &str = "news.example";

/// Writes a new certificate and key of a host into a folder.
fn issue(dir: &Path, change: impl FnOnce(&mut CertificateParams)) -> CertificateDer<'static> {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![HOST.to_owned()]).unwrap();
    change(&mut params);
    let certificate = params.self_signed(&key).unwrap();
    fs::write(dir.join("chain.pem"), certificate.pem()).unwrap();
    fs::write(dir.join("key.pem"), key.serialize_pem()).unwrap();
    certificate.der().clone()
}

fn read(dir: &TempDir) -> Result<Arc<Certificate>, String> {
    Certificate::read(&dir.path().join("chain.pem"), &dir.path().join("key.pem"), HOST).map_err(|e| e.to_string())
}

/// Connects as a client that trusts one certificate and speaks these protocols.
async fn connect(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    protocols: &[&str],
) -> io::Result<Reader<TlsStream<TcpStream>>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let stream = soon(TcpStream::connect(address)).await?;
    let name = ServerName::try_from(HOST).unwrap();
    Ok(Reader::of(soon(TlsConnector::from(Arc::new(config)).connect(name, stream)).await?))
}

#[tokio::test]
async fn both_versions_of_http() {
    let dir = tempfile::tempdir().unwrap();
    let trusted = issue(dir.path(), |_| ());
    let limits = Limits { linger: NEVER, ..PATIENT };
    let site = Site::open(Role::Tls(read(&dir).unwrap().config().unwrap()), terms(limits), nothing);
    site.edition.put(document("rss.xml", "one"));
    for protocols in [&["http/1.1"][..], &[]] {
        let mut reader = connect(site.address, &trusted, protocols).await.unwrap();
        assert_eq!(reader.get("/rss.xml").await.text(), "one");
        assert_eq!(reader.get("/rss.xml").await.text(), "one");
    }
    let reader = connect(site.address, &trusted, &["h2", "http/1.1"]).await.unwrap();
    assert_eq!(reader.stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (client, connection) = soon(h2::client::handshake(reader.stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    for path in ["rss.xml", "rss.xml"] {
        let mut client = soon(client.clone().ready()).await.unwrap();
        let request = http::Request::get(format!("https://{HOST}/{path}")).body(()).unwrap();
        let answer = soon(client.send_request(request, true).unwrap().0).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert!(answer.headers().contains_key("date"));
        assert_eq!(soon(answer.into_body().data()).await.unwrap().unwrap(), "one");
    }
    // HEAD has GET's headers and no body, which the library leaves out of its own accord in HTTP/1 only.
    for (path, status) in [("rss.xml", 200), ("x.html", 503)] {
        let mut client = soon(client.clone().ready()).await.unwrap();
        let request = http::Request::head(format!("https://{HOST}/{path}")).body(()).unwrap();
        let answer = soon(client.send_request(request, true).unwrap().0).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert!(answer.headers()["content-length"].to_str().unwrap().parse::<usize>().unwrap() > 0);
        assert!(soon(answer.into_body().data()).await.is_none(), "{path}");
    }
    // The stop is told by a frame at once, and the connection ends by itself.
    site.stop().await;
    soon(connection).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_client_that_speaks_no_tls() {
    let dir = tempfile::tempdir().unwrap();
    let trusted = issue(dir.path(), |_| ());
    let limits = Limits { request: Duration::from_millis(50), ..PATIENT };
    let site = Site::open(Role::Tls(read(&dir).unwrap().config().unwrap()), terms(limits), nothing);
    site.edition.put(document("rss.xml", "one"));
    let mut silent = site.connect().await;
    let mut clear = site.connect().await;
    clear.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    let mut slow = site.connect().await;
    slow.stream.write_all(&[0x16, 3, 1, 2]).await.unwrap();
    for reader in [&mut silent, &mut clear, &mut slow] {
        reader.closed().await;
    }
    assert!(connect(site.address, &trusted, &[]).await.is_ok());
    site.stop().await;
}

#[tokio::test]
async fn a_changed_certificate_is_used_and_a_bad_one_not() {
    let dir = tempfile::tempdir().unwrap();
    let first = issue(dir.path(), |_| ());
    let certificate = read(&dir).unwrap();
    let site = Site::open(Role::Tls(certificate.config().unwrap()), terms(PATIENT), nothing);
    let watching = tokio::spawn(Arc::clone(&certificate).watch(Duration::from_millis(5)));
    let second = issue(dir.path(), |_| ());
    soon(async { while connect(site.address, &second, &[]).await.is_err() {} }).await;
    assert!(connect(site.address, &first, &[]).await.is_err());
    // Other files, which are looked at from then on.
    let elsewhere = tempfile::tempdir().unwrap();
    let (chain, private) = (elsewhere.path().join("chain.pem"), elsewhere.path().join("key.pem"));
    let told = certificate.replace(&chain, &private, HOST).unwrap_err().to_string();
    assert!(told.contains("chain.pem cannot be read"), "{told}");
    assert!(connect(site.address, &second, &[]).await.is_ok());
    let third = issue(elsewhere.path(), |_| ());
    certificate.replace(&chain, &private, HOST).unwrap();
    assert!(connect(site.address, &third, &[]).await.is_ok());
    let fourth = issue(elsewhere.path(), |_| ());
    soon(async { while connect(site.address, &fourth, &[]).await.is_err() {} }).await;
    watching.abort();
    assert!(soon(watching).await.unwrap_err().is_cancelled());
    certificate.replace(&dir.path().join("chain.pem"), &dir.path().join("key.pem"), HOST).unwrap();

    // Half of a new pair.
    let key = fs::read(dir.path().join("key.pem")).unwrap();
    issue(dir.path(), |_| ());
    fs::write(dir.path().join("key.pem"), key).unwrap();
    certificate.renew();
    // It is told until they are good, or others are used.
    let trouble = || certificate.troubles().next().map(|told| told.to_string());
    let told = trouble().unwrap();
    assert!(told.contains("key.pem is not that of the certificate in"), "{told}");
    assert!(told.ends_with("; the former certificate stays in use"), "{told}");
    assert!(connect(site.address, &second, &[]).await.is_ok());
    issue(dir.path(), |_| ());
    certificate.renew();
    assert_eq!(trouble(), None);
    fs::remove_file(dir.path().join("key.pem")).unwrap();
    certificate.renew();
    assert!(trouble().is_some());
    certificate.replace(&chain, &private, HOST).unwrap();
    assert_eq!(trouble(), None);
    site.stop().await;
}

/// A connection of HTTP/2 that was idle for too long is ended in order.
#[tokio::test]
async fn an_idle_connection_is_told_that_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let trusted = issue(dir.path(), |_| ());
    let limits = Limits { idle: Duration::from_millis(50), ..PATIENT };
    let site = Site::open(Role::Tls(read(&dir).unwrap().config().unwrap()), terms(limits), nothing);
    site.edition.put(document("rss.xml", "one"));
    let reader = connect(site.address, &trusted, &["h2"]).await.unwrap();
    let (client, connection) = soon(h2::client::handshake(reader.stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let mut client = soon(client.ready()).await.unwrap();
    let request = http::Request::get(format!("https://{HOST}/rss.xml")).body(()).unwrap();
    assert_eq!(soon(client.send_request(request, true).unwrap().0).await.unwrap().status(), 200);
    soon(connection).await.unwrap().unwrap();
    site.stop().await;
}

/// What the log says of the certificate in a folder.
fn told_of(dir: &TempDir) -> String {
    let log = Log::default();
    let _heard = log.hear();
    read(dir).unwrap();
    log.text()
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Hears what is said on this thread.
    fn hear(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || log.clone()).finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_doubtful_about_a_certificate_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let day = |year, month, day| rcgen::date_time_ymd(year, month, day);
    let in_days = |days: i64| {
        let then = Utc::now().date_naive() + chrono::TimeDelta::days(days);
        use chrono::Datelike;
        day(then.year(), then.month() as u8, then.day() as u8)
    };
    for (begins, ends, words) in [
        (day(1999, 1, 1), in_days(365), "is valid until"),
        (day(1999, 1, 1), day(2001, 1, 1), "has expired on 2001-01-01"),
        (day(1999, 1, 1), in_days(3), "should have been renewed by now"),
        // One that is made for a few days is renewed every few days.
        (in_days(-3), in_days(3), "is valid until"),
        (in_days(-30), in_days(2), "should have been renewed by now"),
        (day(2090, 1, 1), day(2091, 1, 1), "is not valid before 2090-01-01"),
    ] {
        issue(dir.path(), |params| (params.not_before, params.not_after) = (begins, ends));
        let told = told_of(&dir);
        assert!(told.contains(words) && !told.contains("is not for"), "{words}: {told}");
    }
    issue(dir.path(), |params| {
        params.subject_alt_names = vec![rcgen::SanType::DnsName("other.example".try_into().unwrap())];
    });
    assert!(told_of(&dir).contains("is not for news.example, the host of base_url"));
}

#[test]
fn a_chain_without_the_issuer_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let authority = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let pem = params.self_signed(&key).unwrap().pem();
        (pem, rcgen::Issuer::new(params, key))
    };
    let ((ours, issuer), (other, _)) = (authority("Ours"), authority("Another"));
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec![HOST.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap().pem();
    fs::write(dir.path().join("key.pem"), key.serialize_pem()).unwrap();
    for (chain, is_told) in [
        (vec![&leaf], true),
        (vec![&leaf, &ours], false),
        (vec![&leaf, &other], true),
        (vec![&leaf, &other, &ours], false),
    ] {
        fs::write(dir.path().join("chain.pem"), chain.into_iter().cloned().collect::<String>()).unwrap();
        let told = told_of(&dir);
        assert_eq!(told.contains("chain.pem lacks the certificate of who issued"), is_told, "{told}");
    }
    // One that is its own issuer needs no other.
    issue(dir.path(), |_| ());
    assert!(!told_of(&dir).contains("lacks"));
}

#[test]
fn what_is_wrong_with_a_certificate_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (chain, key) = (dir.path().join("chain.pem"), dir.path().join("key.pem"));
    assert!(read(&dir).unwrap_err().contains("chain.pem cannot be read"));
    issue(dir.path(), |_| ());
    let good = fs::read_to_string(&key).unwrap();
    for (text, words) in [
        ("", "holds no private key"),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "openssl pkey"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no usable key"),
        (&good[..good.len() / 2], "is cut off: -----END PRIVATE KEY----- is missing"),
    ] {
        fs::write(&key, text).unwrap();
        let told = read(&dir).unwrap_err();
        assert!(told.contains(words) && told.contains("key.pem"), "{told}");
    }
    fs::write(&key, &good).unwrap();
    let chained = fs::read(&chain).unwrap();
    fs::write(&chain, [chained, vec![b'\n'; 1 << 20]].concat()).unwrap();
    assert!(read(&dir).unwrap_err().contains("chain.pem cannot be read: file too large"));
    for (text, words) in [
        (good.as_str(), "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no usable certificate"),
        ("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", "is not PEM"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n", "is cut off: -----END CERTIFICATE----- is missing"),
    ] {
        fs::write(&chain, text).unwrap();
        let told = read(&dir).unwrap_err();
        assert!(told.contains(words) && told.contains("chain.pem"), "{told}");
    }
}

/// One that has expired is used all the same, with a warning: clients that do not look are better off with it.
#[tokio::test]
async fn an_expired_certificate_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let trusted = issue(dir.path(), |params| {
        params.not_before = rcgen::date_time_ymd(1999, 1, 1);
        params.not_after = rcgen::date_time_ymd(2001, 1, 1);
    });
    let site = Site::open(Role::Tls(read(&dir).unwrap().config().unwrap()), terms(PATIENT), nothing);
    let refused = connect(site.address, &trusted, &[]).await.err().unwrap().to_string();
    assert!(refused.to_lowercase().contains("expired"), "{refused}");
    site.stop().await;
}

#[tokio::test]
async fn one_that_comes_to_its_end_while_it_is_used_is_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let ends = std::time::SystemTime::now() + Duration::from_secs(1);
    issue(dir.path(), |params| params.not_after = ends.into());
    let log = Log::default();
    let _heard = log.hear();
    let certificate = read(&dir).unwrap();
    let watching = tokio::spawn(Arc::clone(&certificate).watch(Duration::from_millis(5)));
    let told = || certificate.troubles().next().is_some_and(|told| told.contains("has expired on"));
    soon(async {
        while !told() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    watching.abort();
    assert_eq!(log.text().matches("has expired on").count(), 1, "{}", log.text());
    // Another one is better.
    issue(dir.path(), |_| ());
    certificate.renew();
    assert_eq!(certificate.troubles().next(), None);
}
