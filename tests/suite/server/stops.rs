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
