//! Clients that mean no good, or whose line is bad: each is ended, and the others are answered.

use tokio::net::TcpSocket;

use super::*;

#[tokio::test]
async fn slow_and_silent_senders_are_dropped() {
    let limits = Limits { request: Duration::from_millis(50), idle: Duration::from_millis(50), ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut silent = site.connect().await;
    let mut slow = site.connect().await;
    slow.send("GET /rss.xml HTTP/1.1\r\nho").await;
    let mut idle = site.connect().await;
    assert_eq!(idle.get("/rss.xml").await.status, 200);
    let mut slow_again = site.connect().await;
    assert_eq!(slow_again.get("/rss.xml").await.status, 200);
    slow_again.send("GET /rss.xml HTTP/1.1\r\nho").await;
    for reader in [&mut silent, &mut slow, &mut idle, &mut slow_again] {
        reader.closed().await;
    }
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
}

/// One byte of the head at a time is no reason to wait longer for the whole.
#[tokio::test]
async fn a_head_that_drips() {
    let limits = Limits { request: Duration::from_millis(200), ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let dripping = site.connect().await;
    let (mut reading, mut writing) = dripping.stream.into_split();
    let drips = tokio::spawn(async move {
        let mut clock = tokio::time::interval(Duration::from_millis(10));
        let head = b"GET /rss.xml HTTP/1.1\r\nx: ";
        for byte in head.iter().chain(std::iter::repeat(&b'x')) {
            clock.tick().await;
            if writing.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    });
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    let mut told = Vec::new();
    let _ = soon(reading.read_to_end(&mut told)).await;
    soon(drips).await.unwrap();
    site.stop().await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_is_dropped() {
    let limits = Limits { connections: 1, stall: Duration::from_millis(50), ..PATIENT };
    // Far more than the kernel's buffers of both sides hold.
    let site = Site::start(limits, |path| found(document(path, vec![b'x'; 32 << 20]))).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stuck = soon(socket.connect(site.address)).await.unwrap();
    stuck.write_all(b"GET /_media/film.mp4 HTTP/1.1\r\nhost: h\r\n\r\n").await.unwrap();
    // There is one place only: the next is served when the stuck one has lost it.
    assert_eq!(site.get("/nothing").await.status, 301);
    site.stop().await;
}

#[tokio::test]
async fn a_full_server_lets_others_wait() {
    let limits = Limits { connections: 1, ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut first = site.connect().await;
    first.send("GET /rss.xml HTTP/1.1\r\n").await;
    let mut second = site.connect().await;
    second.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    // The first is answered although it sent the rest of its request after the second had sent all of it. As others
    // may wait, it is asked to make room.
    first.send("host: h\r\n\r\n").await;
    let answer = first.answer(true).await;
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    first.closed().await;
    assert_eq!(second.answer(true).await.text(), "one");
    site.stop().await;
}

#[tokio::test]
async fn an_idle_crowd_makes_room() {
    let limits = Limits { connections: 8, ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    // One more than fit would be asked to close; the eighth answer says so already.
    let mut crowd = Vec::new();
    for _ in 0..7 {
        let mut reader = site.connect().await;
        assert_eq!(reader.get("/rss.xml").await.header("connection"), None);
        crowd.push(reader);
    }
    let mut slow = site.connect().await;
    slow.send("GET /rss.xml HTTP/1.1\r\n").await;
    let mut newcomer = site.connect().await;
    assert_eq!(newcomer.get("/rss.xml").await.text(), "one");
    // Who had been idle for the longest time has left; the others, and the one who is asking, have not.
    crowd[0].closed().await;
    let answer = crowd[6].get("/rss.xml").await;
    assert_eq!(answer.text(), "one");
    slow.send("host: h\r\n\r\n").await;
    assert_eq!(slow.answer(true).await.text(), "one");
    site.stop().await;
}

#[tokio::test]
async fn one_address_has_so_many_connections() {
    let limits = Limits { per_address: 3, ..PATIENT };
    let site = Site::start(limits, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut own = Vec::new();
    for _ in 0..3 {
        let mut reader = site.connect().await;
        assert_eq!(reader.get("/rss.xml").await.text(), "one");
        own.push(reader);
    }
    let mut fourth = site.connect().await;
    fourth.closed().await;
    assert_eq!(own[0].get("/rss.xml").await.text(), "one");
    let mut leaving = own.pop().unwrap();
    leaving.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n").await;
    leaving.closed().await;
    drop(leaving);
    soon(async {
        loop {
            let mut next = site.connect().await;
            next.stream.write_all(b"GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await.ok();
            if next.more().await {
                break;
            }
        }
    })
    .await;
    site.stop().await;
    // A proxy brings the readers of the whole world.
    let trusting = Terms { proxies: vec!["127.0.0.0/8".parse().unwrap()], ..terms(limits) };
    let site = Site::open(Role::Clear, trusting, nothing);
    site.edition.put(document("rss.xml", "one"));
    let mut own = Vec::new();
    for _ in 0..6 {
        let mut reader = site.connect().await;
        assert_eq!(reader.get("/rss.xml").await.text(), "one");
        own.push(reader);
    }
    site.stop().await;
}

/// A configuration that is read again lets in more or fewer, and no one who is there is sent away.
#[tokio::test]
async fn limits_that_change_hold_for_whoever_comes_next() {
    let site = Site::start(Limits { per_address: 2, ..PATIENT }, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut own = Vec::new();
    for most in [2, 1, 4] {
        site.terms.store(Arc::new(terms(Limits { per_address: most, ..PATIENT })));
        while own.len() < most as usize {
            let mut reader = site.connect().await;
            assert_eq!(reader.get("/rss.xml").await.text(), "one");
            own.push(reader);
        }
        site.connect().await.closed().await;
        for reader in &mut own {
            assert_eq!(reader.get("/rss.xml").await.text(), "one");
        }
    }
    // Whoever waits for a place has one as soon as there are more.
    site.terms.store(Arc::new(terms(Limits { connections: 4, ..PATIENT })));
    let busy: Vec<_> = own.iter_mut().map(|reader| reader.send("GET /rss.xml HTTP/1.1\r\nho")).collect();
    for sent in busy {
        sent.await;
    }
    let mut newcomer = site.connect().await;
    newcomer.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    site.terms.store(Arc::new(terms(Limits { connections: 5, ..PATIENT })));
    assert_eq!(newcomer.answer(true).await.text(), "one");
    site.stop().await;
}

/// What follows a request is never answered as another one where it is doubtful how long the first is.
#[tokio::test]
async fn nothing_is_smuggled() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    site.edition.put(document("secret/rss.xml", "the secret"));
    let hidden = "GET /secret/rss.xml HTTP/1.1\r\nhost: h\r\n\r\n";
    let length = hidden.len();
    for (status, headers, body) in [
        // Two ways to say the length, or two lengths.
        (200, "content-length: 4\r\ntransfer-encoding: chunked\r\n".to_owned(), "0\r\n\r\n"),
        (200, format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n"), ""),
        (400, "content-length: 0\r\ncontent-length: 44\r\n".to_owned(), ""),
        (400, "content-length: 0, 44\r\n".to_owned(), ""),
        (400, "content-length: +0\r\n".to_owned(), ""),
        (400, "content-length: 0x0\r\n".to_owned(), ""),
        (400, "content-length: -1\r\n".to_owned(), ""),
        (400, "content-length: 99999999999999999999999\r\n".to_owned(), ""),
        // A coding nobody knows, hidden or not the last.
        (400, "transfer-encoding: xchunked\r\n".to_owned(), ""),
        (400, "transfer-encoding: chunked, identity\r\n".to_owned(), ""),
        (400, "transfer-encoding: identity\r\n".to_owned(), ""),
        (400, "transfer-encoding: \u{b}chunked\r\n".to_owned(), ""),
        (400, "transfer-encoding : chunked\r\n".to_owned(), "0\r\n\r\n"),
        (400, "x: y\r\n transfer-encoding: chunked\r\n".to_owned(), "0\r\n\r\n"),
        (400, "x: y\rtransfer-encoding: chunked\r\n".to_owned(), "0\r\n\r\n"),
        (400, "x: \0\r\n".to_owned(), ""),
        (400, "x y: z\r\n".to_owned(), ""),
        (400, ": z\r\n".to_owned(), ""),
        // A line that ends as only some think.
        (400, "x: y\n".to_owned(), ""),
        (400, "x: y\n\n".to_owned(), ""),
        // Chunks that are none, and a body where none is looked for.
        (200, "transfer-encoding: chunked\r\n".to_owned(), "zz\r\n"),
        (200, "transfer-encoding: chunked\r\n".to_owned(), "0;x=\"\n\"\r\n\r\n"),
        (200, "transfer-encoding: chunked\r\n".to_owned(), "ffffffffffffffff0\r\n"),
        (200, format!("content-length: {length}\r\n"), ""),
        (200, "content-length: 1\r\n".to_owned(), ""),
    ] {
        let mut reader = site.connect().await;
        reader.send(&format!("GET /rss.xml HTTP/1.1\r\nhost: h\r\n{headers}\r\n{body}{hidden}{hidden}")).await;
        let answer = reader.answer(true).await;
        assert_eq!((answer.status, answer.header("connection")), (status, Some("close")), "{headers:?} {body:?}");
        reader.closed().await;
        assert!(reader.unread.is_empty(), "{headers:?} {body:?}: {}", String::from_utf8_lossy(&reader.unread));
    }
    for request in [
        "GET /rss.xml HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET  /rss.xml  HTTP/1.1\r\nhost: h\r\n\r\n",
        "GET /rss.xml HTTP/1.2\r\nhost: h\r\n\r\n",
        "GET /rss.xml HTTP/1.1 \r\nhost: h\r\n\r\n",
        "GET\t/rss.xml HTTP/1.1\r\nhost: h\r\n\r\n",
        "GET /rss.xml HTTP/1.1\nhost: h\n\n",
        "GET /rss.xml\r\n",
    ] {
        let mut reader = site.connect().await;
        reader.send(&format!("{request}{hidden}")).await;
        assert_eq!(reader.answer(true).await.status, 400, "{request:?}");
        reader.closed().await;
        assert!(reader.unread.is_empty(), "{request:?}: {}", String::from_utf8_lossy(&reader.unread));
    }
    assert_eq!(site.get("/secret/rss.xml").await.text(), "the secret");
    site.stop().await;
}

/// The answer comes whole although what was sent with the request is never read: no reset overtakes it.
#[tokio::test]
async fn a_body_that_nobody_reads() {
    let site = Site::start(PATIENT, nothing).await;
    let mut reader = site.connect().await;
    let body = "x".repeat(100 * 1024);
    reader.send(&format!("POST /rss.xml HTTP/1.1\r\nhost: h\r\ncontent-length: {}\r\n\r\n{body}", body.len())).await;
    let answer = reader.answer(true).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    reader.closed().await;
    site.stop().await;
}

#[tokio::test]
async fn a_connection_has_so_many_requests() {
    let site = Site::start(PATIENT, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut reader = site.connect().await;
    let batch = 500;
    let requests = "GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n".repeat(batch);
    for number in 1..=MAX_REQUESTS {
        if number as usize % batch == 1 {
            reader.send(&requests).await;
        }
        let last = number == MAX_REQUESTS;
        assert_eq!(reader.answer(true).await.header("connection"), last.then_some("close"), "{number}");
    }
    reader.closed().await;
    site.stop().await;
}
