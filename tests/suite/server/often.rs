//! What is sent again and again is sent from files of memory: the same bytes, whatever comes between.

use std::fs;

use super::*;

/// Bytes of which no two pieces are alike, other ones for each seed.
fn bytes(seed: u32, length: usize) -> Vec<u8> {
    (0..).flat_map(|number: u32| number.wrapping_mul(seed | 1).to_le_bytes()).take(length).collect()
}

/// How many files of memory of this length the process has open.
fn sheets(length: u64) -> usize {
    let is_one = |fd: &fs::DirEntry| {
        fs::read_link(fd.path()).is_ok_and(|link| link.to_string_lossy().starts_with("/memfd:answer"))
            && fs::metadata(fd.path()).is_ok_and(|file| file.len() == length)
    };
    fs::read_dir("/proc/self/fd").unwrap().filter_map(Result::ok).filter(is_one).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_bytes_each_time() {
    let site = Site::start(PATIENT, nothing).await;
    let mut reader = site.connect().await;
    for seed in [7, 11] {
        let body = bytes(seed, 150_000);
        site.edition.put(document("rss.xml", body.clone()));
        for turn in 0..5 {
            let answer = reader.get("/rss.xml").await;
            assert_eq!((answer.status, answer.body == body), (200, true), "{seed}, {turn}");
        }
        // What was sent before is not kept.
        assert_eq!(sheets(150_000), 1);
        reader.send("HEAD /rss.xml HTTP/1.1\r\nhost: h\r\n\r\n").await;
        assert_eq!(reader.answer(false).await.header("content-length"), Some("150000"));
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_a_reader_that_takes_it_slowly() {
    let site = Site::start(PATIENT, nothing).await;
    let (long, short) = (bytes(3, 400_000), bytes(5, 40));
    site.edition.put(document("rss.xml", long.clone()));
    site.edition.put(document("atom.xml", short.clone()));
    let mut reader = site.connect().await;
    // More than both sides keep for each other: it goes out in many pieces, one answer behind the other.
    let ask = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: h\r\n\r\n");
    let asked: Vec<&str> = (0..24).map(|turn| if turn % 3 == 2 { "/atom.xml" } else { "/rss.xml" }).collect();
    reader.send(&asked.iter().map(|path| ask(path)).collect::<String>()).await;
    for path in asked {
        let answer = reader.answer(true).await;
        let body = if path == "/rss.xml" { &long } else { &short };
        assert_eq!((answer.status, answer.body == *body), (200, true), "{path}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_of_a_medium() {
    let medium = bytes(9, 300_000);
    let site = Site::start(PATIENT, nothing).await;
    let modified: DateTime<Utc> = "2026-07-02T06:30:00Z".parse().unwrap();
    site.edition.put(Document::new("_media/h.png", Kind::Media("image/png"), medium.clone(), modified));
    let mut reader = site.connect().await;
    for _ in 0..3 {
        for (range, part) in [("0-99999", 0..100_000), ("100000-", 100_000..300_000), ("50000-50009", 50_000..50_010)] {
            reader.send(&format!("GET /_media/h.png HTTP/1.1\r\nhost: h\r\nrange: bytes={range}\r\n\r\n")).await;
            let answer = reader.answer(true).await;
            assert_eq!((answer.status, answer.body == medium[part]), (206, true), "{range}");
        }
        assert!(reader.get("/_media/h.png").await.body == medium);
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_many_at_once() {
    let site = Site::start(PATIENT, nothing).await;
    let body = bytes(13, 200_000);
    site.edition.put(document("rss.xml", body.clone()));
    let (site, body) = (Arc::new(site), Arc::new(body));
    let readers: Vec<_> = (0..16)
        .map(|_| {
            let (site, body) = (Arc::clone(&site), Arc::clone(&body));
            tokio::spawn(async move {
                let mut reader = site.connect().await;
                for _ in 0..5 {
                    assert!(reader.get("/rss.xml").await.body == *body);
                }
            })
        })
        .collect();
    for reader in readers {
        soon(reader).await.unwrap();
    }
}
