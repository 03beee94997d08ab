//! The edition's promises to many readers at once: one read for all, nothing stale, memory bounded.

use std::sync::atomic::{AtomicUsize, Ordering};

use syndicated::edition::{Coding, Form, SENT_OFTEN};

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
    for coding in Coding::ALL {
        let coded = edition.coded(&old, coding).await.unwrap();
        assert!(coded.form(coding).bytes().is_some_and(|coded| coded.len() < old.body().len()));
    }
    assert!(edition.get("a.html").is_none());

    edition.put(document("a.html", "new ".repeat(1000)));
    edition.coded(&old, Coding::Gzip).await.unwrap();
    assert_eq!(edition.get("a.html").unwrap().body()[..], *"new ".repeat(1000).as_bytes());
}

#[tokio::test]
async fn what_no_coding_makes_smaller_is_sent_as_it_is() {
    let mut noise = vec![0; 2000];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    let edition = Edition::new(1 << 20);
    let drawing = Document::new("_media/a.svg", Kind::of("_media/a.svg").unwrap(), noise, DateTime::UNIX_EPOCH);
    edition.put(drawing);
    for coding in Coding::ALL {
        let held = edition.get("_media/a.svg").unwrap();
        assert!(matches!(edition.coded(&held, coding).await.unwrap().form(coding), Form::Useless), "{coding:?}");
    }
}

#[tokio::test]
async fn small_forms_are_made_of_what_is_sent_often() {
    let edition = Edition::quiet_after(1 << 20, Duration::ZERO);
    let feed = || document("rss.xml", "feed ".repeat(2000));
    for coding in Coding::ALL {
        edition.put(feed());
        for sent in 0..SENT_OFTEN {
            let held = edition.get("rss.xml").unwrap();
            let coded = edition.coded(&held, coding).await.unwrap();
            assert!(matches!(coded.form(coding), Form::Fast(_)), "the {sent}th time");
        }
        soon(async {
            while !matches!(edition.get("rss.xml").unwrap().form(coding), Form::Small(_)) {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
    // All of them are there, and the same bytes put again keep them.
    edition.put(feed());
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Small(_))));
    let coded = Coding::ALL.map(|coding| held.form(coding).bytes().unwrap().len()).iter().sum::<usize>();
    assert!(edition.weight() >= (held.body().len() + coded) as u64);
    edition.put(document("rss.xml", "other ".repeat(2000)));
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Unmade)));
    edition.put(document("rss.xml", "short"));
    let held = edition.get("rss.xml").unwrap();
    assert!(Coding::ALL.iter().all(|coding| matches!(held.form(*coding), Form::Useless)));
    assert_eq!(held.body()[..], *b"short");
}

/// The compressor takes jobs in their order: one for what has changed since is passed over, and so is one that
/// costs more than publishing has earned it.
#[tokio::test]
async fn no_small_form_of_what_has_changed_or_costs_too_much() {
    let edition = Edition::quiet_after(31 << 20, Duration::from_millis(300));
    let ask_for = async |path: &str, body: String| {
        edition.put(document(path, body));
        for _ in 0..SENT_OFTEN {
            edition.coded(&edition.get(path).unwrap(), Coding::Gzip).await.unwrap();
        }
    };
    ask_for("changed/rss.xml", "old ".repeat(1000)).await;
    edition.put(document("changed/rss.xml", "new ".repeat(1000)));
    // More than can ever be saved up.
    ask_for("dear/rss.xml", "dear ".repeat(3_400_000)).await;
    ask_for("rss.xml", "feed ".repeat(1000)).await;
    soon(async {
        while !matches!(edition.get("rss.xml").unwrap().form(Coding::Gzip), Form::Small(_)) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(matches!(edition.get("changed/rss.xml").unwrap().form(Coding::Gzip), Form::Unmade));
    assert!(matches!(edition.get("dear/rss.xml").unwrap().form(Coding::Gzip), Form::Fast(_)));
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

/// Whatever was in memory before, no more is kept than was said last, and nobody is given less than the whole.
#[tokio::test]
async fn another_number_of_bytes_is_kept() {
    let edition = Edition::new(1 << 20);
    let body = "news ".repeat(20_000);
    for name in ["a", "b", "c", "d"] {
        edition.put(document(&format!("{name}.html"), body.clone()));
    }
    let all = edition.weight();
    assert!(all > 4 * body.len() as u64);
    edition.keep_at_most(2 * body.len() as u64 + 10_000);
    for name in ["a", "b", "c", "d"] {
        let path = format!("{name}.html");
        let again = document(&path, body.clone());
        assert_eq!(text(&edition.load(&path, || found(again)).await.unwrap()), body);
        assert!(edition.weight() <= 2 * body.len() as u64 + 10_000);
    }
    edition.keep_at_most(1 << 20);
    for name in ["a", "b", "c", "d"] {
        edition.put(document(&format!("{name}.html"), body.clone()));
    }
    assert_eq!(edition.weight(), all);
}
