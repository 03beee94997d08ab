//! Documents under `feeds/`: what becomes of damaged, lost, foreign and left-over files, and of articles that no format can
//! carry (DESIGN 2.3, promise 2).

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use syndicated::catalogue::Catalogue;
use syndicated::edition::{Edition, Found};
use syndicated::publish::{Archive, Discrepancy};

use crate::newsroom::{Newsroom, dated, story};
use crate::specimens::{chunk, png_of};

const GRACE: Duration = Duration::from_secs(11);

fn newsroom() -> Newsroom {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/p.pdf", b"%PDF-1.4 of no great length");
    newsroom.drop("a/one.md", dated("One", "2026-06-30", "First text here. [p](p.pdf)"));
    newsroom.drop("a/b/two.md", dated("Two", "2026-06-29", "Second text here."));
    newsroom.sync();
    assert_eq!(newsroom.sweep(), []);
    newsroom
}

#[track_caller]
fn same(newsroom: &Newsroom, before: &BTreeMap<String, Vec<u8>>) {
    let after = newsroom.documents();
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for (path, bytes) in &after {
        assert!(bytes == &before[path], "{path}\n{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_somebody_damaged_or_took_away_is_put_right() {
    let mut newsroom = newsroom();
    let before = newsroom.documents();
    fs::write(newsroom.feeds("a/rss.xml"), "<rss>broken").unwrap();
    fs::remove_file(newsroom.feeds("a/b/index.html")).unwrap();
    fs::remove_dir_all(newsroom.feeds("a/2026")).unwrap();
    let medium = before.keys().find(|path| path.starts_with("_media/")).unwrap();
    fs::write(newsroom.feeds(medium), &before[medium][..9]).unwrap();
    // Of the same length, at another time.
    let style = newsroom.text("style.css");
    fs::write(newsroom.feeds("style.css"), style.replace('a', "b")).unwrap();
    let later = SystemTime::now() + Duration::from_secs(7);
    fs::File::options().write(true).open(newsroom.feeds("style.css")).unwrap().set_modified(later).unwrap();
    let discrepancies = newsroom.sweep();
    assert_eq!(discrepancies.len(), 5, "{discrepancies:?}");
    assert!(discrepancies.iter().all(|found| matches!(found, Discrepancy::Damaged(_))), "{discrepancies:?}");
    same(&newsroom, &before);
    newsroom.sync();
    assert_eq!(newsroom.sweep(), []);
}

#[test]
fn a_page_taken_back_does_not_return_by_itself() {
    let mut newsroom = newsroom();
    let page = newsroom.feeds("a/2026/06/30/one.html");
    let bytes = fs::read(&page).unwrap();
    // What a write that was killed left beside it goes with it.
    let half = page.with_file_name(format!(".{}.syndicated-tmp", &blake3::hash(b"one.html").to_hex()[..32]));
    fs::write(&half, "half").unwrap();
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(!page.exists() && !half.exists());
    // Somebody copies an old state of the folder over it.
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    fs::write(&page, bytes).unwrap();
    assert_eq!(newsroom.sweep(), [Discrepancy::Leftover("a/2026/06/30/one.html".to_owned())]);
    assert!(!page.exists());
    assert!(matches!(newsroom.find("a/2026/06/30/one.html"), Found::Gone));
}

#[test]
fn two_states_of_a_document_have_two_dates() {
    let mut newsroom = newsroom();
    let modified = |newsroom: &Newsroom| match newsroom.find("a/rss.xml") {
        Found::Document(document) => {
            let late = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
            document.at(late).modified().unwrap()
        }
        other => panic!("{other:?}"),
    };
    let mut dates = vec![modified(&newsroom)];
    // All within one second.
    for number in 0..3 {
        newsroom.drop("a/one.md", dated("One", "2026-06-30", &format!("First text here, changed for time {number}.")));
        dates.push(modified(&newsroom));
    }
    assert!(dates.is_sorted_by(|earlier, later| earlier < later), "{dates:?}");
}

#[test]
fn what_is_not_proven_is_in_no_feed_and_keeps_no_other_out() {
    let mut newsroom = newsroom();
    newsroom.stop();
    // A record that this program would never write: an entry without an id is none.
    let catalogue = rusqlite::Connection::open(newsroom.state("catalogue.db")).unwrap();
    catalogue.execute("UPDATE articles SET id = '' WHERE title = 'Two'", []).unwrap();
    drop(catalogue);
    newsroom.start();
    newsroom.drop("a/b/three.md", dated("Three", "2026-06-28", "Third text here."));
    for section in ["", "a"] {
        assert_eq!(newsroom.titles(section), ["One", "Three"], "{section:?}");
    }
    assert_eq!(newsroom.titles("a/b"), ["Three"]);
}

#[test]
fn a_document_put_right_keeps_its_date() {
    let mut newsroom = newsroom();
    let date = |newsroom: &Newsroom| match newsroom.find("a/rss.xml") {
        Found::Document(document) => document.modified(),
        other => panic!("{other:?}"),
    };
    let before = date(&newsroom);
    newsroom.skip(Duration::from_secs(86_400));
    fs::remove_file(newsroom.feeds("a/rss.xml")).unwrap();
    assert!(matches!(newsroom.find("a/rss.xml"), Found::NotYet), "known, and not there");
    newsroom.sweep();
    assert_eq!(date(&newsroom), before);
    let on_disk = fs::metadata(newsroom.feeds("a/rss.xml")).unwrap().modified().unwrap();
    assert_eq!(Some(on_disk), before);
}

#[test]
fn a_lost_folder_is_made_again_byte_for_byte() {
    let mut newsroom = newsroom();
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_dir_all(newsroom.feeds("")).unwrap();
    newsroom.skip(Duration::from_secs(86_400));
    newsroom.start();
    newsroom.sweep();
    same(&newsroom, &before);
    // And while the desk is at work.
    newsroom.sync();
    fs::remove_dir_all(newsroom.feeds("")).unwrap();
    newsroom.drop("a/three.md", dated("Three", "2026-06-30", "Third text here."));
    let before = newsroom.documents();
    assert!(before.len() > 10);
    for file in fs::read_dir(newsroom.feeds("")).unwrap().flatten() {
        let is_folder = file.path().is_dir();
        if is_folder {
            fs::remove_dir_all(file.path()).unwrap();
        } else if file.file_name() != ".syndicated" {
            fs::remove_file(file.path()).unwrap();
        }
    }
    newsroom.pass(Duration::from_secs(1));
    same(&newsroom, &before);
    newsroom.restart();
    newsroom.sweep();
    same(&newsroom, &before);
}

#[test]
fn another_folder_in_the_place_of_feeds_is_filled_only_if_it_may_be() {
    let mut newsroom = newsroom();
    // A folder of ours, as an older backup would be: all in it is compared.
    fs::rename(newsroom.feeds(""), newsroom.dir.path().join("former")).unwrap();
    fs::create_dir(newsroom.feeds("")).unwrap();
    for name in [".syndicated", "rss.xml"] {
        fs::copy(newsroom.dir.path().join("former").join(name), newsroom.feeds(name)).unwrap();
    }
    newsroom.drop("a/three.md", dated("Three", "2026-06-30", "Third text here."));
    newsroom.pass(Duration::from_secs(1));
    let before = newsroom.documents();
    assert!(before.contains_key("a/2026/06/30/one.html"), "{:?}", before.keys());
    // Its mark alone is gone: it is the same folder all the same.
    fs::remove_file(newsroom.feeds(".syndicated")).unwrap();
    newsroom.pass(Duration::from_secs(1));
    assert!(newsroom.feeds(".syndicated").exists());
    same(&newsroom, &before);

    // Somebody else's: nothing is written into it before that is allowed.
    fs::rename(newsroom.feeds(""), newsroom.dir.path().join("ours")).unwrap();
    fs::create_dir(newsroom.feeds("")).unwrap();
    fs::write(newsroom.feeds("index.html"), "Somebody's.").unwrap();
    newsroom.drop("a/four.md", dated("Four", "2026-06-30", "Fourth text here."));
    newsroom.pass(Duration::from_secs(3));
    assert_eq!(newsroom.documents().into_keys().collect::<Vec<_>>(), ["index.html"]);
    let said = newsroom.status()["unwritten"].to_string();
    assert!(said.contains("somebody else") && said.contains(".syndicated"), "{said}");
    fs::remove_file(newsroom.feeds("index.html")).unwrap();
    newsroom.pass(Duration::from_secs(3));
    assert!(newsroom.titles("a").contains(&"Four".to_owned()));
    assert!(newsroom.documents().len() > before.len());
    assert_eq!(newsroom.status()["unwritten"], serde_json::Value::Null);
}

#[test]
fn leftovers_of_ours_go_and_foreign_files_stay_and_are_not_served() {
    let mut newsroom = newsroom();
    let before = newsroom.documents();
    let put = |path: &str, bytes: &[u8]| {
        let file = newsroom.feeds(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    };
    // What a lost catalogue no longer knows, and what a kill left half-written.
    put("gone/rss.xml", &before["a/rss.xml"]);
    put("gone/atom.xml", &before["a/atom.xml"]);
    put("gone/feed.json", &before["a/feed.json"]);
    put("gone/2026/01/01/x.html", &before["a/2026/06/30/one.html"]);
    put("gone/index.html", &before["a/index.html"]);
    let medium = before.keys().find(|path| path.starts_with("_media/")).unwrap();
    let bytes = b"%PDF-1.4 of somebody else";
    put(&format!("_media/{}.pdf", &blake3::hash(bytes).to_hex()[..32]), bytes);
    put("a/.12345678.syndicated-tmp", b"half");
    put(".12345678.syndicated-tmp", b"half");
    // What others made, however like ours.
    let foreign: [(&str, &[u8]); 9] = [
        ("robots.txt", b"User-agent: *"),
        ("favicon.ico", b"icon"),
        ("a/notes.html", b"<!DOCTYPE html><title>mine</title>"),
        ("blog/feed.json", br#"{"version":"https://jsonfeed.org/version/1.1","title":"Mine","feed_url":"https://news.example/blog/feed.json","items":[]}"#),
        ("blog/rss.xml", b"<rss version=\"2.0\"><channel><title>Mine</title><generator>Hugo</generator></channel></rss>"),
        ("blog/index.html", b"<meta name=\"generator\" content=\"Hugo\">"),
        ("_media/logo.png", b"logo"),
        ("_media/00000000000000000000000000000000.png", b"named like ours"),
        ("a/2026/06/30/.DS_Store", b"x"),
    ];
    for (path, bytes) in foreign {
        put(path, bytes);
    }
    std::os::unix::fs::symlink("/etc/hostname", newsroom.feeds("a/link.html")).unwrap();
    std::os::unix::fs::symlink(newsroom.feeds("a/index.html"), newsroom.feeds("a/mine.html")).unwrap();
    let discrepancies = newsroom.sweep();
    let leftovers = discrepancies.iter().filter(|found| matches!(found, Discrepancy::Leftover(_))).count();
    assert_eq!(leftovers, 8, "{discrepancies:?}");
    let named: Vec<&str> = discrepancies
        .iter()
        .filter_map(|found| match found {
            Discrepancy::Foreign(path) => Some(path.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(named.len(), foreign.len() + 2, "{named:?}");
    for (path, bytes) in foreign {
        assert_eq!(fs::read(newsroom.feeds(path)).unwrap(), bytes, "{path}");
        assert!(named.contains(&path), "{path} of {named:?}");
        assert!(matches!(newsroom.find(path), Found::Unknown), "{path}");
    }
    assert!(!newsroom.feeds("gone").exists());
    assert!(newsroom.feeds(medium).exists());
    assert!(matches!(newsroom.find("a/link.html"), Found::Unknown));
    for path in before.keys() {
        assert!(newsroom.feeds(path).exists(), "{path}");
    }
    assert!(newsroom.status().to_string().contains("robots.txt"), "{}", newsroom.status());
}

#[test]
fn a_link_or_a_folder_in_a_documents_place_is_no_document() {
    let mut newsroom = newsroom();
    let before = newsroom.documents();
    let outside = newsroom.dir.path().join("outside.txt");
    fs::write(&outside, "not to be written over").unwrap();
    fs::remove_file(newsroom.feeds("a/rss.xml")).unwrap();
    std::os::unix::fs::symlink(&outside, newsroom.feeds("a/rss.xml")).unwrap();
    newsroom.sweep();
    same(&newsroom, &before);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "not to be written over");
    // Nothing can be written where a folder lies; everything else goes on, and it is put right once it is gone.
    fs::remove_file(newsroom.feeds("a/rss.xml")).unwrap();
    fs::create_dir(newsroom.feeds("a/rss.xml")).unwrap();
    newsroom.sync();
    newsroom.sweep();
    newsroom.drop("a/three.md", dated("Three", "2026-06-30", "Third text here."));
    newsroom.pass(Duration::from_secs(3));
    assert!(newsroom.text("a/atom.xml").contains("Three"));
    assert!(newsroom.text("rss.xml").contains("Three"));
    fs::remove_dir(newsroom.feeds("a/rss.xml")).unwrap();
    newsroom.pass(Duration::from_secs(3));
    assert_eq!(newsroom.entries("a").len(), 3);
}

#[test]
fn what_lies_in_the_way_of_many_documents_keeps_no_other_waiting() {
    let mut newsroom = newsroom();
    // More than are printed in one turn, pages and feeds alike.
    let sections: Vec<String> = (0..70).map(|number| format!("many/s{number}")).collect();
    fs::write(newsroom.feeds("many"), "Somebody's.").unwrap();
    for section in &sections {
        newsroom.put(&format!("{section}/one.md"), story(section, "A text that is told at some length."));
    }
    newsroom.compare();
    newsroom.drop("a/fresh.md", story("Fresh", "It waits for nobody."));
    newsroom.pass(Duration::from_secs(5));
    assert!(newsroom.titles("a").contains(&"Fresh".to_owned()));
    assert!(newsroom.feeds("a/2026/07/02/fresh.html").exists());
    let status = newsroom.status();
    assert!(
        status["unwritten"].as_str().is_some_and(|said| said.contains("move away what lies in its place")),
        "{status}"
    );
    assert_eq!(newsroom.desk().status().unwrap().code, 1);

    fs::remove_file(newsroom.feeds("many")).unwrap();
    newsroom.pass(Duration::from_secs(5));
    for section in &sections {
        assert_eq!(newsroom.titles(section), std::slice::from_ref(section));
    }
    assert_eq!(newsroom.status()["unwritten"], serde_json::Value::Null);
}

#[test]
fn what_cannot_be_removed_is_removed_when_it_can() {
    let mut newsroom = newsroom();
    newsroom.drop("a/bad.md", story("Bad", "Not for long."));
    let page = newsroom.feeds("a/2026/07/02/bad.html");
    let aside = newsroom.feeds("a/2026/07/02/aside.html");
    fs::rename(&page, &aside).unwrap();
    fs::create_dir(&page).unwrap();
    newsroom.withdraw("a/bad.md");
    assert!(newsroom.status()["unwritten"].as_str().is_some_and(|said| said.contains("bad.html")));
    fs::remove_dir(&page).unwrap();
    fs::rename(&aside, &page).unwrap();
    newsroom.pass(Duration::from_secs(3));
    assert!(!page.exists());
    assert_eq!(newsroom.status()["unwritten"], serde_json::Value::Null);
}

#[test]
fn what_was_printed_again_since_it_was_to_go_stays() {
    let mut newsroom = newsroom();
    let path = "a/2026/07/02/bad.html";
    newsroom.drop("a/bad.md", story("Bad", "Not for long."));
    // Readers have asked for it.
    let Found::Document(document) = newsroom.find(path) else { panic!("{path}") };
    newsroom.edition.put(document.as_ref().clone());
    let (page, aside) = (newsroom.feeds(path), newsroom.feeds("a/2026/07/02/aside.html"));
    fs::rename(&page, &aside).unwrap();
    fs::create_dir(&page).unwrap();
    newsroom.withdraw("a/bad.md");
    assert!(newsroom.edition.get(path).is_none(), "readers are not told it from memory");
    fs::remove_dir(&page).unwrap();
    newsroom.restore("a/bad.md");
    newsroom.pass(Duration::from_secs(3));
    assert!(page.exists());
    fs::remove_file(aside).unwrap();
    // Found while it was not there, and printed before that is told.
    newsroom.desk().swept(vec![Discrepancy::Leftover(path.to_owned())]).unwrap();
    newsroom.rest();
    assert!(page.exists());
}

#[test]
fn other_settings_print_everything_anew_and_the_same_ones_nothing() {
    let mut newsroom = newsroom();
    let before = newsroom.documents();
    newsroom.written = 0;
    newsroom.restart();
    assert_eq!(newsroom.written, 0);
    newsroom.sync();
    newsroom.reconfigured("title = \"Other\"\n");
    newsroom.sync();
    assert!(newsroom.documents().iter().all(|(path, bytes)| {
        !(path.ends_with(".html") || path.ends_with("opml.xml") || path == "rss.xml")
            || String::from_utf8_lossy(bytes).contains("Other")
    }));
    newsroom.reconfigured("");
    same(&newsroom, &before);
}

#[test]
fn a_time_zone_that_differs_in_winter_alone_prints_winters_pages_anew() {
    let mut newsroom = Newsroom::with("time_zone = \"Africa/Algiers\"\n");
    newsroom.drop("a/one.md", dated("One", "2026-01-15T12:00:00Z", "First text here."));
    assert!(newsroom.text(&newsroom.pages()[0]).contains("13:00</time>"));
    newsroom.sync();
    newsroom.reconfigured("time_zone = \"Europe/London\"\n");
    assert!(newsroom.text(&newsroom.pages()[0]).contains("12:00</time>"));
}

#[test]
fn a_torn_document_is_not_served() {
    let mut newsroom = newsroom();
    newsroom.drop("a/one.md", dated("One", "2026-06-30", "First text here, revised."));
    let page = newsroom.pages().into_iter().find(|page| page.ends_with("one.html")).unwrap();
    // Written and not synced, then the power went.
    newsroom.stop();
    fs::write(newsroom.feeds(&page), "<!DOCTYPE").unwrap();
    Catalogue::open(&newsroom.state("")).unwrap().suspect_unsynced().unwrap();
    assert!(matches!(newsroom.find(&page), Found::NotYet));
    newsroom.start();
    match newsroom.find(&page) {
        Found::Document(document) => assert!(document.body().ends_with(b"</html>")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn before_the_first_comparison_the_unknown_is_not_yet_known() {
    let newsroom = newsroom();
    let page = newsroom.pages().remove(0);
    let starting = Edition::new(1 << 20);
    let archive = Archive::new(newsroom.state(""), newsroom.feeds(""));
    assert!(matches!(archive.find(&starting, &page), Ok(Found::Document(_))), "what is known is there at once");
    assert!(matches!(archive.find(&starting, "a/2026/07/02/other.html"), Ok(Found::NotYet)));
    starting.mark_complete();
    assert!(matches!(archive.find(&starting, "a/2026/07/02/other.html"), Ok(Found::Unknown)));
}

#[test]
fn an_empty_feeds_folder_of_an_empty_inbox_is_complete() {
    let newsroom = Newsroom::new();
    let documents: Vec<String> = newsroom.documents().into_keys().filter(|path| !path.starts_with('.')).collect();
    assert_eq!(documents, ["atom.xml", "feed.json", "index.html", "opml.xml", "rss.xml", "style.css"]);
    assert!(matches!(newsroom.find("nothing.html"), Found::Unknown));
    for path in ["../inbox/x", "/etc/passwd", "a/../../x", ".syndicated", "", "a\\b", "_media/x.png"] {
        assert!(matches!(newsroom.find(path), Found::Unknown), "{path}");
    }
}

#[test]
fn an_icon_that_is_a_file_lies_there_whatever_articles_show() {
    let mut newsroom = Newsroom::closed("icon = \"icon.png\"\n");
    let icon = png_of(32, 32, &[chunk(b"tEXt", b"Comment\0taken at 51.4778 N"), chunk(b"IDAT", b"of the house")]);
    fs::write(newsroom.dir.path().join("icon.png"), &icon).unwrap();
    newsroom.put("a/same.png", icon);
    newsroom.reconfigured("icon = \"icon.png\"\n");
    let media =
        |newsroom: &Newsroom| newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).count();
    assert_eq!(media(&newsroom), 1);
    let front = newsroom.text("index.html");
    let link =
        front.split("<link rel=\"icon\" href=\"https://news.example/").nth(1).unwrap().split('"').next().unwrap();
    let published = png_of(32, 32, &[chunk(b"IDAT", b"of the house")]);
    assert_eq!(fs::read(newsroom.feeds(link)).unwrap(), published, "where it was taken is nobody's business");
    newsroom.drop("a/one.md", story("One", "Shows the house's sign. ![s](same.png)"));
    assert_eq!(media(&newsroom), 1);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(media(&newsroom), 1, "still the icon");
    newsroom.sync();
    assert_eq!(newsroom.sweep(), []);
    newsroom.reconfigured("");
    newsroom.sync();
    newsroom.sweep();
    assert_eq!(media(&newsroom), 0, "no icon any more");
}

#[test]
fn an_icon_that_is_no_picture_is_left_out() {
    for (name, bytes, extension) in [
        ("icon.png", b"not a picture".as_slice(), None),
        ("icon.txt", b"not a picture", None),
        ("icon.ico", b"not a picture", None),
        ("icon.ico", b"\0\0\x01\0\x01\0 small pictures", Some("ico")),
    ] {
        let mut newsroom = Newsroom::closed(&format!("icon = \"{name}\"\n"));
        fs::write(newsroom.dir.path().join(name), bytes).unwrap();
        newsroom.reconfigured(&format!("icon = \"{name}\"\n"));
        let icon = newsroom.documents().into_keys().find(|path| path.starts_with("_media/"));
        assert_eq!(icon.as_deref().and_then(|path| path.rsplit('.').next()), extension, "{name}");
        assert_eq!(newsroom.text("index.html").contains("rel=\"icon\""), extension.is_some(), "{name}");
    }
}
