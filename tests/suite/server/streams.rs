//! HTTP/2: with and without TLS, and what its clients may not do.

use h2::client::{self, SendRequest};
use http::Request as Ask;

use super::*;

/// A client of HTTP/2 without TLS, and what its connection comes to.
async fn connect(
    site: &Site,
    builder: &client::Builder,
) -> (SendRequest<hyper::body::Bytes>, JoinHandle<Result<(), h2::Error>>) {
    let stream = soon(TcpStream::connect(site.address)).await.unwrap();
    let (client, connection) = soon(builder.handshake(stream)).await.unwrap();
    (client, tokio::spawn(connection))
}

fn open(limits: Limits, load: impl Fn(&str) -> io::Result<Found> + Send + Sync + 'static) -> Site {
    let site = Site::open(Role::Clear, Terms { h2c: true, ..terms(limits) }, load);
    site.edition.put(document("rss.xml", "one"));
    site
}

fn ask(path: &str) -> Ask<()> {
    Ask::get(format!("http://news.example{path}")).body(()).unwrap()
}

#[tokio::test]
async fn without_tls_where_that_is_wished() {
    let site = open(PATIENT, nothing);
    let (client, _) = connect(&site, &client::Builder::new()).await;
    let mut client = soon(client.ready()).await.unwrap();
    let answers: Vec<_> = (0..20).map(|_| client.send_request(ask("/rss.xml"), true).unwrap().0).collect();
    for answer in answers {
        let answer = soon(answer).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert!(!answer.headers().contains_key("connection"));
        assert_eq!(soon(answer.into_body().data()).await.unwrap().unwrap(), "one");
    }
    // HTTP/1.1 is understood all the same, and its first bytes may come one by one.
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    for begin in ["P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r", "GE"] {
        let mut reader = site.connect().await;
        reader.send(begin).await;
        reader.send("T /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
        let status = reader.answer(true).await.status;
        assert!(
            status == if begin == "GE" { 200 } else { 400 } || begin == "P" && status == 405,
            "{begin:?}: {status}"
        );
    }
    site.stop().await;
}

#[tokio::test]
async fn whoever_begins_and_does_not_go_on() {
    let limits = Limits { request: Duration::from_millis(50), idle: Duration::from_millis(50), ..PATIENT };
    let site = open(limits, nothing);
    for begin in ["", "P", "PRI * HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let mut reader = site.connect().await;
        reader.send(begin).await;
        reader.closed().await;
    }
    // One who asked once and then only keeps its connection up.
    let (client, connection) = connect(&site, &client::Builder::new()).await;
    let mut client = soon(client.ready()).await.unwrap();
    soon(client.send_request(ask("/rss.xml"), true).unwrap().0).await.unwrap();
    soon(connection).await.unwrap().unwrap();
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
    // Without the setting its preface is no request.
    let site = Site::start(PATIENT, nothing).await;
    let mut reader = site.connect().await;
    reader.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    reader.closed().await;
    site.stop().await;
}

/// Requests that are taken back as fast as they are made (CVE-2023-44487).
#[tokio::test]
async fn rapid_resets_end_the_connection() {
    let site = open(PATIENT, nothing);
    let (mut client, connection) = connect(&site, &client::Builder::new()).await;
    let attack = tokio::spawn(async move {
        loop {
            client = match client.ready().await {
                Ok(client) => client,
                Err(_) => return,
            };
            match client.send_request(ask("/rss.xml"), true) {
                Ok((answer, _)) => drop(answer),
                Err(_) => return,
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    soon(attack).await.unwrap();
    let _ = soon(connection).await.unwrap();
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
}

/// A reader that lets one byte through at a time makes progress, but none worth the name.
#[tokio::test]
async fn a_reader_that_takes_one_byte_at_a_time() {
    let limits = Limits { stall: Duration::from_millis(500), ..PATIENT };
    let site = open(limits, |path| found(document(path, vec![b'x'; 1 << 20])));
    let (client, connection) = connect(&site, client::Builder::new().initial_window_size(1)).await;
    let mut client = soon(client.ready()).await.unwrap();
    let answer = soon(client.send_request(ask("/_media/film.mp4"), true).unwrap().0).await.unwrap();
    let mut body = answer.into_body();
    let mut clock = tokio::time::interval(Duration::from_millis(50));
    let mut taken = 0;
    soon(async {
        while let Some(Ok(bytes)) = body.data().await {
            taken += bytes.len();
            clock.tick().await;
            body.flow_control().release_capacity(bytes.len()).unwrap();
        }
    })
    .await;
    assert!((1..1 << 20).contains(&taken), "{taken}");
    // Ended from the other side, in whichever way.
    let _ = soon(connection).await.unwrap();
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
}

#[tokio::test]
async fn heads_that_are_too_large() {
    let site = open(PATIENT, nothing);
    let (client, _connection) = connect(&site, &client::Builder::new()).await;
    let mut client = soon(client.ready()).await.unwrap();
    let mut request = ask("/rss.xml");
    for number in 0..40 {
        let name: http::HeaderName = format!("x-{number}").parse().unwrap();
        request.headers_mut().insert(name, "y".repeat(1000).parse().unwrap());
    }
    let refused = soon(client.send_request(request, true).unwrap().0).await;
    assert!(refused.is_err() || refused.is_ok_and(|answer| answer.status().as_u16() == 431));
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
}

/// A request that is being answered at the stop is answered; then the connection ends in order.
#[tokio::test]
async fn a_stop_finishes_streams() {
    let (go, mut calls, pass) = gate();
    let site = open(PATIENT, move |path| {
        pass();
        found(document(path, "finished"))
    });
    let (client, connection) = connect(&site, &client::Builder::new()).await;
    let mut client = soon(client.ready()).await.unwrap();
    let answer = client.send_request(ask("/a.html"), true).unwrap().0;
    soon(calls.recv()).await.unwrap();
    site.stop.send(()).unwrap();
    go.send(()).unwrap();
    let mut body = soon(answer).await.unwrap().into_body();
    assert_eq!(soon(body.data()).await.unwrap().unwrap(), "finished");
    drop((body, client));
    soon(connection).await.unwrap().unwrap();
    soon(site.ended).await.unwrap();
}

/// Some clients take an answer that comes before they have sent all for an error.
#[tokio::test]
async fn a_body_is_let_in_before_the_answer_but_not_waited_for_for_ever() {
    let site = open(PATIENT, nothing);
    let (client, _) = connect(&site, &client::Builder::new()).await;
    let mut client = soon(client.ready()).await.unwrap();
    let mut post = || client.send_request(Ask::post("http://news.example/rss.xml").body(()).unwrap(), false).unwrap();
    let ((never, _silent), (endless, mut sending), (answer, mut body)) = (post(), post(), post());
    let (whole, _) = client.send_request(ask("/rss.xml"), true).unwrap();
    assert_eq!(soon(whole).await.unwrap().status(), 200);
    let mut answer = std::pin::pin!(answer);
    assert!(tokio::time::timeout(Duration::ZERO, &mut answer).await.is_err(), "answered before it has sent all");
    body.send_data("what".into(), false).unwrap();
    body.send_data("ever".into(), true).unwrap();
    assert_eq!(soon(answer).await.unwrap().status(), 405);
    let pouring = tokio::spawn(async move {
        let mut sent = 0;
        while sending.send_data(vec![b'x'; 1024].into(), false).is_ok() {
            sent += 1024;
            sending.reserve_capacity(1024);
            if std::future::poll_fn(|cx| sending.poll_capacity(cx)).await.is_none_or(|room| room.is_err()) {
                break;
            }
        }
        sent
    });
    for unfinished in [never, endless] {
        assert_eq!(soon(unfinished).await.unwrap().status(), 405);
    }
    assert!(soon(pouring).await.unwrap() < 1 << 20);
    assert_eq!(site.get("/rss.xml").await.text(), "one");
    site.stop().await;
}

/// What is sent has bytes in memory, whether it is taken or not: a whole picture, or a piece of a film.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_nobody_takes_are_few_on_one_connection() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    std::fs::write(&film, vec![b'x'; 2 << 20]).unwrap();
    let site = open(PATIENT, move |path| {
        let hash = blake3::hash(path.as_bytes());
        match path {
            "_media/film.mp4" => found(Document::hashed(
                path,
                Kind::Media("video/mp4"),
                Content::file(&film, 2 << 20),
                hash,
                DateTime::UNIX_EPOCH,
            )),
            _ => found(document(path, vec![b'x'; 1 << 20])),
        }
    });
    for (path, at_one_time) in [("/_media/film.mp4", 32), ("/_media/picture.png", 2)] {
        let (client, _) = connect(&site, client::Builder::new().initial_window_size(0)).await;
        let mut client = soon(client.ready()).await.unwrap();
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..90 {
            asked.spawn(client.send_request(ask(path), true).unwrap().0);
        }
        let mut answers = Vec::new();
        for _ in 0..at_one_time {
            answers.push(soon(asked.join_next()).await.unwrap().unwrap().unwrap());
        }
        for _ in 0..8 {
            let head = Ask::head("http://news.example/rss.xml").body(()).unwrap();
            let other = client.send_request(head, true).unwrap().0;
            assert_eq!(soon(other).await.unwrap().status(), 200, "what has no body does not wait for them");
        }
        assert!(asked.try_join_next().is_none(), "more than {at_one_time} of {path} at one time");
        // One that is let go makes room.
        answers.pop();
        assert_eq!(soon(asked.join_next()).await.unwrap().unwrap().unwrap().status(), 200);
        drop((answers, asked, client));
    }
    site.stop().await;
}
