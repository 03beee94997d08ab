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
    silent.closed().await;
    slow.closed().await;
    idle.closed().await;
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
