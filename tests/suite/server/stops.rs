//! The end: answers are finished, nobody is waited for without end.

use super::*;

#[tokio::test]
async fn a_stop_finishes_what_is_being_answered() {
    let (go, mut calls, pass) = gate();
    let site = Site::start(PATIENT, move |path| {
        pass();
        found(document(path, "finished"))
    })
    .await;
    let mut idle = site.connect().await;
    assert_eq!(idle.get("/%zz").await.status, 400);
    let mut reader = site.connect().await;
    reader.send("GET /a.html HTTP/1.1\r\nhost: h\r\n\r\n").await;
    soon(calls.recv()).await.unwrap();
    let address = site.address;
    site.stop.send(()).unwrap();
    // The idle connection goes at once, new ones are refused, the answer is finished.
    idle.closed().await;
    soon(async { while TcpStream::connect(address).await.is_ok() {} }).await;
    go.send(()).unwrap();
    let answer = reader.answer(true).await;
    assert_eq!((answer.text().as_str(), answer.header("connection")), ("finished", Some("close")));
    reader.closed().await;
    soon(site.ended).await.unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let limits = Limits { drain: Duration::from_millis(50), ..PATIENT };
    let (go, mut calls, pass) = gate();
    let site = Site::start(limits, move |path| {
        pass();
        found(document(path, "too late"))
    })
    .await;
    let mut reader = site.connect().await;
    reader.send("GET /a.html HTTP/1.1\r\nhost: h\r\n\r\n").await;
    soon(calls.recv()).await.unwrap();
    site.stop().await;
    reader.closed().await;
    assert!(reader.unread.is_empty());
    go.send(()).unwrap();
}

/// Whoever asks again at that moment learns from the answer that it is the last, and is not cut off.
#[tokio::test]
async fn a_stop_is_told_with_the_next_answer() {
    let site = Site::start(Limits { linger: NEVER, ..PATIENT }, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut reader = site.connect().await;
    assert_eq!(reader.get("/rss.xml").await.header("connection"), None);
    let address = site.address;
    site.stop.send(()).unwrap();
    soon(async { while TcpStream::connect(address).await.is_ok() {} }).await;
    let answer = reader.get("/rss.xml").await;
    assert_eq!((answer.text().as_str(), answer.header("connection")), ("one", Some("close")));
    reader.closed().await;
    drop(reader);
    soon(site.ended).await.unwrap();
}

/// Who had come by then and is let in after it learns the same.
#[tokio::test]
async fn a_stop_is_told_to_who_is_let_in_after_it() {
    let site = Site::start(Limits { linger: NEVER, ..PATIENT }, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    // Nothing else runs on this thread meanwhile.
    let come = |_| {
        let mut stream = std::net::TcpStream::connect(site.address).unwrap();
        io::Write::write_all(&mut stream, b"GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").unwrap();
        stream.set_nonblocking(true).unwrap();
        Reader::of(TcpStream::from_std(stream).unwrap())
    };
    let late: Vec<Reader> = (0..4).map(come).collect();
    site.stop.send(()).unwrap();
    for mut reader in late {
        let answer = reader.answer(true).await;
        assert_eq!((answer.text().as_str(), answer.header("connection")), ("one", Some("close")));
        reader.closed().await;
    }
    soon(site.ended).await.unwrap();
}
