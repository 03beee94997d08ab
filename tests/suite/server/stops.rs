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

/// Who had come in and got a place after the stop learns the same.
#[tokio::test]
async fn a_stop_is_told_to_who_gets_a_place_after_it() {
    let site = Site::start(Limits { linger: NEVER, connections: 1, ..PATIENT }, nothing).await;
    site.edition.put(document("rss.xml", "one"));
    let mut first = site.connect().await;
    first.send("GET /rss.xml HTTP/1.1\r\n").await;
    let mut second = site.connect().await;
    second.send("GET /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
    let address = site.address;
    site.stop.send(()).unwrap();
    soon(async { while TcpStream::connect(address).await.is_ok() {} }).await;
    first.send("host: h\r\n\r\n").await;
    assert_eq!(first.answer(true).await.text(), "one");
    first.closed().await;
    drop(first);
    let answer = second.answer(true).await;
    assert_eq!((answer.text().as_str(), answer.header("connection")), ("one", Some("close")));
    second.closed().await;
    drop(second);
    soon(site.ended).await.unwrap();
}
