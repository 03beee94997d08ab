//! Where one may come in: addresses of both families, unix sockets, and the address that only sends on.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixDatagram, UnixListener};

use tokio::net::UnixStream;

use super::*;

fn refused(address: &str) -> String {
    Listener::bind(&Address::read(address).unwrap(), Role::Clear).err().expect("it was not refused").to_string()
}

#[tokio::test]
async fn both_families_on_one_port() {
    let four = listener("0.0.0.0:0", Role::Clear);
    let port = four.address().parse::<SocketAddr>().unwrap().port();
    let six = listener(&format!("[::]:{port}"), Role::Clear);
    let site = Site::with(vec![four, six], terms(PATIENT), nothing);
    site.edition.put(document("rss.xml", "one"));
    for address in [format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        let mut reader = Reader::of(soon(TcpStream::connect(&address)).await.unwrap());
        assert_eq!(reader.get("/rss.xml").await.text(), "one", "{address}");
    }
    let taken = refused(&format!("127.0.0.1:{port}"));
    assert!(taken.contains("in use") && taken.contains("choose another port"), "{taken}");
    site.stop().await;
}

#[tokio::test]
async fn a_unix_socket() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("http.sock");
    let address = format!("unix:{}", path.display());
    // One was left behind by a program that was killed.
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let listeners = vec![listener("127.0.0.1:0", Role::Clear), listener(&address, Role::Clear)];
    assert_eq!(listeners[1].address(), address);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o666);
    let taken = refused(&address);
    assert!(taken.contains("another program answers there"), "{taken}");
    let site = Site::with(listeners, terms(PATIENT), nothing);
    site.edition.put(document("rss.xml", "one"));
    let mut reader = Reader::of(soon(UnixStream::connect(&path)).await.unwrap());
    assert_eq!(reader.get("/rss.xml").await.text(), "one");
    site.stop().await;
    reader.closed().await;
    assert!(!path.exists());

    // Another program has taken its place.
    let first = listener(&address, Role::Clear);
    assert!(first.is_there());
    fs::remove_file(&path).unwrap();
    let second = UnixListener::bind(&path).unwrap();
    assert!(!first.is_there());
    drop(first);
    assert!(path.exists());
    drop(second);
    fs::remove_file(&path).unwrap();

    // A socket of another kind is somebody's too.
    let log = UnixDatagram::bind(&path).unwrap();
    assert!(refused(&address).contains("rotocol wrong type"), "{}", refused(&address));
    assert!(UnixDatagram::unbound().unwrap().send_to(b"a line", &path).is_ok());
    drop(log);
    fs::remove_file(&path).unwrap();

    fs::write(&path, "minutes of the meeting").unwrap();
    assert!(refused(&address).contains("file of somebody else"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "minutes of the meeting");
    let missing = refused(&format!("unix:{}/no/http.sock", dir.path().display()));
    assert!(missing.contains("/no does not exist"), "{missing}");
    let long = refused(&format!("unix:{}/{}", dir.path().display(), "x".repeat(120)));
    assert!(long.contains("at most 107 bytes"), "{long}");
}

#[tokio::test]
async fn sent_on_to_the_public_address() {
    let site = Site::open(Role::Redirect, terms(PATIENT), nothing);
    for (path, location) in [
        ("/", "https://news.example/"),
        ("/sports/rss.xml?utm=a%20b", "https://news.example/sports/rss.xml?utm=a%20b"),
        ("/%E8%A6%81%E9%97%BB/", "https://news.example/%E8%A6%81%E9%97%BB/"),
        ("//other.example/x", "https://news.example//other.example/x"),
        ("http://old.example/rss.xml", "https://news.example/rss.xml"),
        ("http://old.example?x", "https://news.example/?x"),
        ("/%e8%a6%81%e9%97%bb/%41", "https://news.example/%E8%A6%81%E9%97%BB/A"),
        ("/要闻/?a=要", "https://news.example/%E8%A6%81%E9%97%BB/?a=%E8%A6%81"),
        ("/a\"b%", "https://news.example/a%22b%25"),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (301, Some(location)), "{path}");
    }
    assert_eq!(site.get(&format!("/{}", "x".repeat(5000))).await.status, 414);
    assert_eq!(site.get(&format!("/?{}", "x".repeat(5000))).await.status, 414);
    // What would be refused there is refused here.
    for (head, status) in [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nhost: a\r\n\r\n", 400),
        ("GET rss.xml HTTP/1.1\r\nhost: a\r\n\r\n", 400),
        ("CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\n\r\n", 405),
        ("OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n", 405),
        ("POST /rss.xml HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n", 405),
    ] {
        let mut reader = site.connect().await;
        reader.send(head).await;
        let answer = reader.answer(true).await;
        assert_eq!((answer.status, answer.header("location")), (status, None), "{head}");
    }
    site.stop().await;
}

/// Under every name, in the clear and where all else is sent on.
#[tokio::test]
async fn what_a_certificate_authority_asks_for() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join(".well-known/acme-challenge");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("evaGxfADs6-pSRb_2LAv9IZ"), "evaGxfADs6-pSRb_2LAv9IZ.oU0M").unwrap();
    fs::write(root.path().join("key.pem"), "nobody's").unwrap();
    for (role, status) in [(Role::Clear, 404), (Role::Redirect, 301)] {
        let challenges = Some(root.path().to_owned());
        let site = Site::open(role.clone(), Terms { challenges, ..terms(PATIENT) }, nothing);
        site.edition.mark_complete();
        for host in ["", "http://old.example"] {
            let answer = site.get(&format!("{host}/.well-known/acme-challenge/evaGxfADs6-pSRb_2LAv9IZ")).await;
            assert_eq!((answer.status, &*answer.text()), (200, "evaGxfADs6-pSRb_2LAv9IZ.oU0M"));
            assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        for path in ["", "another", "a/b", "..%2f..%2fkey.pem", "..", "%65vaGxfADs6-pSRb_2LAv9IZ", "x?y"] {
            let answer = site.get(&format!("/.well-known/acme-challenge/{path}")).await;
            assert_eq!(answer.status, status, "{path}");
        }
        site.stop().await;
        // None is shown where none is named.
        let site = Site::open(role, terms(PATIENT), nothing);
        site.edition.mark_complete();
        assert_eq!(site.get("/.well-known/acme-challenge/evaGxfADs6-pSRb_2LAv9IZ").await.status, status);
        site.stop().await;
    }
}

#[tokio::test]
async fn listeners_are_opened_and_closed_while_it_serves() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut inside = site.connect().await;
    assert_eq!(inside.get("/rss.xml").await.text(), "one");
    let second = Arc::new(listener("127.0.0.1:0", Role::Clear));
    let other: SocketAddr = second.address().parse().unwrap();
    let keeper = Arc::new(site.keeper);
    let set = |listeners: Vec<Arc<Listener>>| {
        let keeper = Arc::clone(&keeper);
        soon(tokio::task::spawn_blocking(move || keeper.set(listeners)))
    };
    // The first is closed when that has been said, and its address can be had; who came in there stays.
    set(vec![Arc::clone(&second)]).await.unwrap();
    assert!(TcpStream::connect(site.address).await.is_err());
    let first = Arc::new(listener(&site.address.to_string(), Role::Redirect));
    assert_eq!(inside.get("/rss.xml").await.text(), "one");
    let mut reader = Reader::of(soon(TcpStream::connect(other)).await.unwrap());
    assert_eq!(reader.get("/rss.xml").await.text(), "one");
    set(vec![first, second]).await.unwrap();
    let mut sent_on = Reader::of(soon(TcpStream::connect(site.address)).await.unwrap());
    assert_eq!(sent_on.get("/rss.xml").await.status, 301);
    assert_eq!(reader.get("/rss.xml").await.text(), "one");
    // All are closed by the stop.
    let _ = site.stop.send(());
    soon(site.ended).await.unwrap();
    assert!(TcpStream::connect(site.address).await.is_err() && TcpStream::connect(other).await.is_err());
}

#[tokio::test]
async fn a_door_is_closed_though_the_server_is_full_and_who_had_come_is_served() {
    let site = Site::start(Limits { connections: 1, ..PATIENT }, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    // It has the only place, and is at its request.
    let mut first = site.connect().await;
    first.send("GET /rss.xml HTTP/1.1\r\n").await;
    let mut others = Vec::new();
    for _ in 0..3 {
        let mut other = site.connect().await;
        other.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n").await;
        others.push(other);
    }
    let (address, keeper) = (site.address, site.keeper);
    let keeper = soon(tokio::task::spawn_blocking(move || {
        keeper.set(Vec::new());
        keeper
    }));
    let keeper = keeper.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
    let again = listener(&address.to_string(), Role::Clear);
    first.send("host: h\r\nconnection: close\r\n\r\n").await;
    assert_eq!(first.answer(true).await.text(), "one");
    for mut other in others {
        assert_eq!(soon(other.answer(true)).await.text(), "one");
    }
    drop((again, keeper));
    let _ = site.stop.send(());
    soon(site.ended).await.unwrap();
}
