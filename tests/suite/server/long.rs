//! Media that are too long for memory are read as they are sent.

use std::fs;

use super::*;

/// Some megabytes of which no two pieces are alike.
fn sound() -> Vec<u8> {
    (0..1_200_000_u32).flat_map(u32::to_le_bytes).collect()
}

/// A site whose one medium lies in a file of its own, and is read from there.
fn site(file: &std::path::Path) -> Site {
    let place = file.to_owned();
    Site::open(Role::Clear, terms(PATIENT), move |path| {
        let length = fs::metadata(&place)?.len();
        found(Document::hashed(
            path,
            Kind::Media("audio/mpeg"),
            Content::file(&place, length),
            blake3::hash(path.as_bytes()),
            DateTime::UNIX_EPOCH,
        ))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_whole_and_in_parts_and_stays_out_of_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (file, sound) = (folder.path().join("sound.mp3"), sound());
    fs::write(&file, &sound).unwrap();
    let site = site(&file);
    let mut reader = site.connect().await;
    for _ in 0..2 {
        let whole = reader.get("/_media/h.mp3").await;
        assert_eq!((whole.status, whole.body == sound), (200, true));
    }
    for (range, part) in [("0-99", 0..100), ("65530-65540", 65530..65541), ("4000000-", 4_000_000..sound.len())] {
        reader.send(&format!("GET /_media/h.mp3 HTTP/1.1\r\nhost: h\r\nrange: bytes={range}\r\n\r\n")).await;
        let answer = reader.answer(true).await;
        assert_eq!((answer.status, answer.body == sound[part]), (206, true), "{range}");
    }
    reader.send("HEAD /_media/h.mp3 HTTP/1.1\r\nhost: h\r\n\r\n").await;
    let head = reader.answer(false).await;
    assert_eq!(head.header("content-length"), Some(sound.len().to_string().as_str()));
    assert!(site.edition.weight() < 10_000, "{}", site.edition.weight());
    site.stop().await;
}

#[tokio::test]
async fn one_that_is_not_what_it_was_is_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sound.mp3");
    fs::write(&file, sound()).unwrap();
    let site = site(&file);
    assert_eq!(site.get("/_media/h.mp3").await.status, 200);
    fs::write(&file, "short").unwrap();
    assert_eq!(site.get("/_media/h.mp3").await.status, 503);
    // What lies there is found out anew.
    assert_eq!(site.get("/_media/h.mp3").await.text(), "short");
    fs::remove_file(&file).unwrap();
    assert_eq!(site.get("/_media/h.mp3").await.status, 503);
    site.stop().await;
}
