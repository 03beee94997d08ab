//! The edition's promises to many readers at once: one read for all, nothing stale, memory bounded.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};

use syndicated::edition::Gzip;

use super::*;

/// What is put or forgotten while a reader's load runs stands; what the load brings is not kept over it.
#[tokio::test]
async fn a_put_outranks_a_load_that_began_before() {
    let edition = Edition::new(1 << 20);
    for (put, then) in [(Some("new"), "new"), (None, "newest")] {
        let (go, mut calls, pass) = gate();
        let loading = Arc::clone(&edition);
        let load = tokio::spawn(async move {
            let loader = move || {
                pass();
                found(document("a.html", "old"))
            };
            loading.load("a.html", loader).await.unwrap()
        });
        soon(calls.recv()).await.unwrap();
        match put {
            Some(body) => edition.put(document("a.html", body)),
            None => edition.forget("a.html"),
        }
        go.send(()).unwrap();
        let seen = soon(load).await.unwrap();
        assert_eq!(text(&seen), put.unwrap_or("old"));
        let after = edition.load("a.html", || found(document("a.html", "newest"))).await.unwrap();
        assert_eq!(text(&after), then);
        edition.forget("a.html");
        assert!(edition.get("a.html").is_none());
    }
}

/// A request that still holds a withdrawn or replaced document cannot bring it back by having it compressed.
#[tokio::test]
async fn compressing_brings_nothing_back() {
    let edition = Edition::new(1 << 20);
    let old = Arc::new(document("a.html", "old ".repeat(1000)));
    edition.put(Document::clone(&old));
    edition.forget("a.html");
    let compressed = edition.compressed(&old).await.unwrap();
    assert!(compressed.gzip_body().is_some_and(|coded| coded.len() < old.body().len()));
    assert!(edition.get("a.html").is_none());

    edition.put(document("a.html", "new ".repeat(1000)));
    edition.compressed(&old).await.unwrap();
    assert_eq!(edition.get("a.html").unwrap().body()[..], *"new ".repeat(1000).as_bytes());
}

#[tokio::test]
async fn gzip_is_made_at_leisure_and_kept() {
    let edition = Edition::new(1 << 20);
    edition.put(document("rss.xml", "feed ".repeat(1000)));
    let small = soon(async {
        loop {
            if let Gzip::Small(coded) = edition.get("rss.xml").unwrap().gzip() {
                break coded.clone();
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&small[..]).read_to_string(&mut plain).unwrap();
    assert_eq!(plain, "feed ".repeat(1000));
    // The same bytes put again keep it.
    edition.put(document("rss.xml", "feed ".repeat(1000)));
    assert!(matches!(edition.get("rss.xml").unwrap().gzip(), Gzip::Small(_)));
    edition.put(document("rss.xml", "short"));
    assert_eq!(edition.get("rss.xml").unwrap().body()[..], *b"short");
}

#[tokio::test]
async fn memory_is_bounded_and_nothing_is_too_large() {
    let bound = 256 * 1024;
    let edition = Edition::new(bound);
    for number in 0..200 {
        edition.put(document(&format!("{number}/rss.xml"), vec![b'a' + (number % 26) as u8; 10_000]));
        assert!(edition.weight() <= bound);
    }
    let reads = AtomicUsize::new(0);
    let reads = Arc::new(reads);
    let large = vec![b'x'; 1 << 20];
    for _ in 0..2 {
        let (reads, large) = (Arc::clone(&reads), large.clone());
        let loader = move || {
            reads.fetch_add(1, Ordering::SeqCst);
            found(document("_media/a.jpg", large))
        };
        assert_eq!(text(&edition.load("_media/a.jpg", loader).await.unwrap()).len(), 1 << 20);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 2);
    // With the default 64 MiB the largest feed is kept, however many cores the machine has.
    let usual = Edition::new(64 << 20);
    usual.put(document("rss.xml", vec![b'x'; 8 << 20]));
    assert!(usual.get("rss.xml").is_some());
    // A document that has grown out of the cache must not leave its former self there.
    edition.put(document("rss.xml", "small"));
    assert!(edition.get("rss.xml").is_some());
    edition.put(document("rss.xml", large));
    assert!(edition.get("rss.xml").is_none());
    assert!(edition.weight() <= bound);
}
