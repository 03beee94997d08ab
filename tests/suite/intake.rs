//! Stories of what is taken in and what is not: names never read, files unready, refused, missing and held (DESIGN 2.2).

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;
use syndicated::intake::Change;
use syndicated::intake::backlog::Backlog;

use crate::newsroom::{Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);

fn at(path: &str) -> InboxPath {
    InboxPath::new(path)
}

fn news(name: &str) -> String {
    story(&format!("News of {name}"), &format!("What happened in {name} was told by somebody from {name}."))
}

/// A section `a` with so many files.
fn filled(settings: &str, files: usize) -> Newsroom {
    let mut newsroom = Newsroom::with(settings);
    for number in 0..files {
        newsroom.put(&format!("a/{number}.md"), news(&format!("town {number}")));
    }
    newsroom.compare();
    assert_eq!(newsroom.status()["published"], files);
    newsroom
}

#[test]
fn names_that_are_never_read_are_never_read() {
    let mut newsroom = Newsroom::new();
    let names = [
        ".hidden.md",
        "~one.md",
        "~$one.docx",
        "one.md~",
        "one.tmp",
        "one.md.tmp",
        "one.md.part",
        "one.partial",
        "one.md.filepart",
        "one.md.crdownload",
        ".one.md.swp",
        "one.swp",
        "one.swx",
        "one.md.lock",
        "one.md.bak",
        "ONE.MD.BAK",
        "#one.md#",
        "desktop.ini",
        "Desktop.INI",
        "Thumbs.db",
        "one.md:Zone.Identifier",
        "one.md.rejected.txt",
        ".DS_Store",
        "._one.md",
    ];
    for name in names {
        newsroom.put(&format!("a/{name}"), news(name));
    }
    newsroom.compare();
    newsroom.pass(Duration::from_secs(5));
    let status = newsroom.status();
    assert_eq!((&status["published"], &status["refused"]), (&0.into(), &0.into()), "{status}");
    assert_eq!(fs::read_dir(newsroom.inbox("a")).unwrap().count(), names.len());
    // A rename to a real name is an arrival.
    fs::rename(newsroom.inbox("a/one.md.part"), newsroom.inbox("a/one.md")).unwrap();
    newsroom.hint(Hint::Arrived(at("a/one.md")));
    assert_eq!(newsroom.titles("a"), ["News of one.md.part"]);
    // And to one of these, a disappearance.
    fs::rename(newsroom.inbox("a/one.md"), newsroom.inbox("a/one.md.bak")).unwrap();
    newsroom.hint(Hint::Vanished(at("a/one.md")));
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
}

#[test]
fn an_empty_file_is_not_yet_an_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(newsroom.titles("").is_empty());
    newsroom.drop("a/one.md", news("it"));
    assert_eq!(newsroom.titles("a"), ["News of it"]);
    // Emptied it keeps its article; removed and made anew without bytes, it does not bring it back.
    newsroom.drop("a/one.md", "");
    newsroom.compare();
    newsroom.restart();
    assert_eq!(newsroom.titles("a"), ["News of it"]);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    newsroom.drop("a/one.md", "");
    newsroom.compare();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty(), "nothing was dropped");
    newsroom.drop("a/one.md", news("it"));
    assert_eq!(newsroom.titles("a"), ["News of it"]);
}

#[test]
fn an_emptied_file_that_was_refused_is_refused_no_more() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "---\ntitle: [unclosed\n---\ntext\n");
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.drop("a/one.md", "");
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(!newsroom.inbox("a/one.md.rejected.txt").exists());
    newsroom.drop("a/one.md", "---\ntitle: [unclosed\n---\ntext\n");
    assert_eq!(newsroom.status()["refused"], 1, "the same bytes again are as bad as before");
    assert!(newsroom.inbox("a/one.md.rejected.txt").exists());
}

#[test]
fn blank_and_binary_files_are_refused_in_words() {
    let mut newsroom = Newsroom::new();
    for (path, bytes) in [
        ("a/blank.md", &b"  \n\n"[..]),
        ("a/head.md", b"---\n---\n"),
        ("a/zip.txt", b"PK\x03\x04\x00\x00\x00\x00\x01\x02\x03\x00\x00\x00"),
        ("a/nul.md", b"text\0\0\0\0\x01\x02\x03more"),
    ] {
        newsroom.drop(path, bytes);
        assert!(newsroom.inbox(&format!("{path}.rejected.txt")).exists(), "{path}");
    }
    assert_eq!(newsroom.status()["refused"], 4);
    assert!(newsroom.titles("").is_empty());
}

#[test]
fn a_file_too_large_is_refused_and_a_smaller_one_taken() {
    let mut newsroom = Newsroom::with("[intake]\nmax_file = \"2 KiB\"\n");
    newsroom.drop("a/one.md", story("One", &"Many words. ".repeat(200)));
    assert_eq!(newsroom.status()["refused"], 1);
    let refusal = newsroom.status()["refusals"][0]["reason"].as_str().unwrap().to_owned();
    assert!(refusal.contains("bytes"), "{refusal}");
    newsroom.drop("a/one.md", story("One", "Few words."));
    assert_eq!(newsroom.titles("a"), ["One"]);
    newsroom.drop("a/one.md", story("One", &"Many words. ".repeat(200)));
    assert_eq!(newsroom.titles("a"), ["One"], "what was published stays");
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.reconfigured("[intake]\nmax_file = \"1 MiB\"\n");
    newsroom.drop("a/one.md", story("One", &"Many words. ".repeat(200)));
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn a_file_that_may_not_be_read_is_refused_and_never_missing() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", news("it"));
    let file = newsroom.inbox("a/one.md");
    let before = newsroom.documents();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return; // root reads everything
    }
    newsroom.compare();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
    assert_eq!(newsroom.status()["refused"], 1);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.assert_holds(&before);
    // A folder nobody may list holds what is in it.
    fs::set_permissions(newsroom.inbox("a"), fs::Permissions::from_mode(0o000)).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
    fs::set_permissions(newsroom.inbox("a"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn symlinks_below_the_inbox_are_not_followed() {
    let mut newsroom = Newsroom::new();
    fs::write(newsroom.dir.path().join("secret.md"), news("secret")).unwrap();
    fs::create_dir_all(newsroom.inbox("a")).unwrap();
    std::os::unix::fs::symlink(newsroom.dir.path().join("secret.md"), newsroom.inbox("a/one.md")).unwrap();
    std::os::unix::fs::symlink(newsroom.dir.path(), newsroom.inbox("up")).unwrap();
    newsroom.hint(Hint::Arrived(at("a/one.md")));
    newsroom.compare();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
}

// Notices

#[test]
fn a_notice_follows_its_file_and_spares_the_files_of_others() {
    let mut newsroom = Newsroom::new();
    let bad = "---\ntitle: [unclosed\n---\ntext\n";
    newsroom.put("a/theirs.md.rejected.txt", "a letter of somebody");
    newsroom.drop("a/theirs.md", bad);
    newsroom.drop("a/ours.md", bad);
    assert_eq!(fs::read_to_string(newsroom.inbox("a/theirs.md.rejected.txt")).unwrap(), "a letter of somebody");
    let notice = fs::read(newsroom.inbox("a/ours.md.rejected.txt")).unwrap();
    assert!(notice.starts_with("\u{feff}".as_bytes()));
    assert_eq!(fs::read_to_string(newsroom.inbox("a/ours.md")).unwrap(), bad, "the file stays as it is");
    newsroom.rename("a/ours.md", "b/moved.md");
    newsroom.pass(GRACE);
    assert!(!newsroom.inbox("a/ours.md.rejected.txt").exists());
    assert!(newsroom.inbox("b/moved.md.rejected.txt").exists());
    // Thrown away by the editor, it is not written again and again; another fault writes it anew.
    fs::remove_file(newsroom.inbox("b/moved.md.rejected.txt")).unwrap();
    newsroom.compare();
    newsroom.drop("b/moved.md", "---\ndate: someday\n---\ntext\n");
    assert!(fs::read_to_string(newsroom.inbox("b/moved.md.rejected.txt")).unwrap().contains("someday"));
    newsroom.remove("b/moved.md");
    assert!(!newsroom.inbox("b/moved.md.rejected.txt").exists());
    newsroom.remove("a/theirs.md");
    assert!(newsroom.inbox("a/theirs.md.rejected.txt").exists());
    assert_eq!(newsroom.status()["refused"], 0);
    // A whole folder goes.
    newsroom.drop("c/bad.md", bad);
    fs::remove_dir_all(newsroom.inbox("c")).unwrap();
    newsroom.hint(Hint::FolderVanished(at("c")));
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn notices_are_in_the_language_of_the_house_or_not_at_all() {
    let bad = "---\ntitle: [unclosed\n---\ntext\n";
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\n");
    newsroom.drop("a/bad.md", bad);
    assert!(fs::read_to_string(newsroom.inbox("a/bad.md.rejected.txt")).unwrap().contains("没有发布"));
    let mut newsroom = Newsroom::with("[intake]\nnotices = false\n");
    newsroom.drop("a/bad.md", bad);
    assert_eq!(newsroom.status()["refused"], 1);
    assert_eq!(fs::read_dir(newsroom.inbox("a")).unwrap().count(), 1);
}

// Files that go

#[test]
fn the_guard_holds_more_than_five_or_a_tenth() {
    for (files, gone, held) in [(20, 5, 0), (20, 6, 6), (6, 6, 6), (5, 5, 0), (100, 10, 0), (100, 11, 11), (1, 1, 0)] {
        let mut newsroom = filled("", files);
        for number in 0..gone {
            newsroom.remove(&format!("a/{number}.md"));
        }
        newsroom.pass(GRACE);
        let status = newsroom.status();
        assert_eq!(status["held"], held, "{gone} of {files}");
        assert_eq!(status["published"], files - if held == 0 { gone } else { 0 }, "{gone} of {files}");
    }
}

#[test]
fn pictures_that_go_with_held_articles_are_not_held_themselves() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/map.png", crate::specimens::png(4, 4, "map"));
    for number in 0..6 {
        newsroom.put(&format!("a/{number}.md"), news(&format!("town {number}")) + "\n![Map](map.png)\n");
    }
    newsroom.compare();
    newsroom.pass(GRACE);
    let before = newsroom.documents();
    assert_eq!(newsroom.status()["published"], 6);
    fs::rename(newsroom.inbox("a"), newsroom.inbox(".a")).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["held"], 6, "{}", newsroom.status());
    newsroom.assert_holds(&before);
}

#[test]
fn the_guard_is_as_configured_and_looks_back_ten_minutes() {
    let mut newsroom = filled("[intake]\nguard = 0.5\n", 20);
    for number in 0..10 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["held"], 0);
    let mut newsroom = filled("", 20);
    for number in 0..10 {
        newsroom.remove(&format!("a/{number}.md"));
        newsroom.pass(Duration::from_secs(150));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["held"], 0, "one every two and a half minutes is an editor");
    assert_eq!(newsroom.status()["published"], 10);
    let mut newsroom = filled("", 20);
    for number in 0..8 {
        newsroom.remove(&format!("a/{number}.md"));
        newsroom.pass(Duration::from_secs(30));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["published"], 15, "five went, and then it looked wrong");
    // Those that went already are of the files that there were: six of sixty are no more than a tenth, seven are.
    let mut many = filled("", 60);
    for (number, held) in [(0..5, 0), (5..6, 0), (6..7, 1)] {
        number.for_each(|number| many.remove(&format!("a/{number}.md")));
        many.pass(GRACE);
        assert_eq!(many.status()["held"], held);
    }
    assert_eq!(newsroom.status()["held"], 3);
}

#[test]
fn files_renamed_are_not_missing() {
    let mut newsroom = filled("", 12);
    fs::create_dir(newsroom.inbox("b")).unwrap();
    for number in 0..12 {
        fs::rename(newsroom.inbox(&format!("a/{number}.md")), newsroom.inbox(&format!("b/{number}.md"))).unwrap();
    }
    fs::remove_dir(newsroom.inbox("a")).unwrap();
    newsroom.hint(Hint::FolderVanished(at("a")));
    newsroom.compare();
    newsroom.pass(GRACE);
    let status = newsroom.status();
    assert_eq!((&status["held"], &status["published"]), (&0.into(), &12.into()));
    assert_eq!(newsroom.entries("b").len(), 12);
    // Ten renamed without a word and two deleted: the two go.
    for number in 0..10 {
        fs::rename(newsroom.inbox(&format!("b/{number}.md")), newsroom.inbox(&format!("b/new-{number}.md"))).unwrap();
    }
    fs::remove_file(newsroom.inbox("b/10.md")).unwrap();
    fs::remove_file(newsroom.inbox("b/11.md")).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE);
    let status = newsroom.status();
    assert_eq!((&status["held"], &status["published"]), (&0.into(), &10.into()));
}

#[test]
fn held_files_come_back_under_any_name_and_edited() {
    let mut newsroom = filled("", 20);
    let before = newsroom.entries("a");
    for number in 0..8 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["held"], 8);
    assert!(newsroom.changes().iter().any(|(change, _)| *change == Change::Held));
    newsroom.drop("a/0.md", news("town 0"));
    newsroom.drop("a/one.md", news("town 1"));
    newsroom.drop("a/2.md", story("News of town 2", "What happened in town 2 was told by somebody else."));
    assert_eq!(newsroom.status()["held"], 5);
    assert_eq!(newsroom.status()["published"], 20);
    let ids = |newsroom: &Newsroom| {
        let mut ids: Vec<String> = newsroom.entries("a").into_iter().map(|entry| entry.id).collect();
        ids.sort();
        ids
    };
    let mut were: Vec<String> = before.into_iter().map(|entry| entry.id).collect();
    were.sort();
    assert_eq!(ids(&newsroom), were);
    newsroom.agree_to_missing();
    assert_eq!(newsroom.status()["published"], 15);
    newsroom.restart();
    assert_eq!((&newsroom.status()["held"], &newsroom.status()["published"]), (&0.into(), &15.into()));
    newsroom.drop("a/7.md", news("town 7"));
    assert_eq!(newsroom.status()["published"], 16, "brought back, same id");
    assert!(ids(&newsroom).iter().all(|id| were.contains(id)));
}

#[test]
fn a_deletion_while_the_daemon_was_away_is_obeyed_after_the_grace() {
    let mut newsroom = filled("", 20);
    newsroom.stop();
    for number in 0..3 {
        fs::remove_file(newsroom.inbox(&format!("a/{number}.md"))).unwrap();
    }
    fs::rename(newsroom.inbox("a/3.md"), newsroom.inbox("a/three.md")).unwrap();
    newsroom.start();
    assert_eq!(newsroom.status()["published"], 20);
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["published"], 17);
    newsroom.stop();
    for number in 4..14 {
        fs::remove_file(newsroom.inbox(&format!("a/{number}.md"))).unwrap();
    }
    newsroom.start();
    newsroom.pass(GRACE);
    assert_eq!((&newsroom.status()["held"], &newsroom.status()["published"]), (&10.into(), &17.into()));
}

#[test]
fn with_keep_an_inbox_may_be_emptied_and_names_used_again() {
    let mut newsroom = Newsroom::with("[intake]\non_delete = \"keep\"\n");
    newsroom.drop("a/one.md", news("the harbour"));
    newsroom.drop("a/two.md", dated("Later", "2026-07-02T10:00:00Z", "To come at ten, and not before ten."));
    let first = newsroom.entry("a");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("a"), first);
    // The same once more under another name, and another story under its own.
    newsroom.drop("b/again.md", news("the harbour"));
    assert_eq!(newsroom.entry("b").id, first.id, "the kept one is found by its bytes");
    newsroom.remove("b/again.md");
    newsroom.pass(GRACE);
    newsroom.drop("a/one.md", story("Council votes", "Warm lunches for every pupil from autumn, say the councillors."));
    assert_eq!(newsroom.entries("").len(), 2);
    // What nobody saw yet is not kept.
    newsroom.remove("a/two.md");
    newsroom.pass(GRACE);
    newsroom.step_clock("2026-07-02T11:00:00Z".parse().unwrap());
    assert_eq!(newsroom.entries("").len(), 2);
    // Taken back by order, kept or not.
    assert_eq!(newsroom.withdraw(&first.id).code, 0);
    assert_eq!(newsroom.entries("").len(), 1);
}

#[test]
fn a_draft_waits_and_one_put_back_to_draft_goes() {
    let mut newsroom = Newsroom::new();
    let text = |draft: &str| format!("---\ntitle: One\ndraft: {draft}\n---\nWhat happened was told by somebody.\n");
    newsroom.drop("a/one.md", text("true"));
    assert_eq!(newsroom.status()["published"], 0);
    newsroom.pass(Duration::from_secs(3600));
    newsroom.drop("a/one.md", text("false"));
    let entry = newsroom.entry("a");
    assert_eq!(entry.published, "2026-07-02T09:00:00+00:00", "it came out now");
    newsroom.drop("a/one.md", text("true"));
    assert!(newsroom.titles("a").is_empty());
    assert!(newsroom.pages().is_empty());
    newsroom.drop("a/one.md", text("false"));
    assert_eq!(newsroom.entry("a"), entry);
}

#[test]
fn the_comparison_waits_for_a_desk_that_is_behind() {
    let backlog = Backlog::of(100);
    let (told, heard) = mpsc::channel();
    let comparison = Arc::clone(&backlog);
    let thread = thread::spawn(move || {
        for files in [60, 60, 60, 1] {
            comparison.tell(files);
            told.send(files).unwrap();
        }
    });
    // The third waits: a hundred and twenty are told of and not read.
    assert_eq!([heard.recv(), heard.recv()], [Ok(60), Ok(60)]);
    backlog.take(120);
    backlog.waits(120);
    assert_eq!(heard.try_recv(), Err(mpsc::TryRecvError::Empty));
    backlog.waits(40);
    assert_eq!([heard.recv(), heard.recv()], [Ok(60), Ok(1)]);
    thread.join().unwrap();
    // Nobody waits for a desk that is gone.
    let comparison = Arc::clone(&backlog);
    drop(backlog);
    comparison.tell(1);
}

#[test]
fn before_the_first_comparison_nothing_goes_and_nothing_is_printed_half() {
    let mut newsroom = filled("", 4);
    newsroom.stop();
    newsroom.open();
    newsroom.remove("a/1.md");
    newsroom.pass(GRACE * 2);
    assert_eq!(newsroom.titles("a").len(), 4, "it may be there by now");
    newsroom.compare();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a").len(), 3);
    // Nor is a feed of what the ledger alone tells.
    let before = newsroom.documents();
    newsroom.stop();
    newsroom.lose_catalogue();
    newsroom.open();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
    newsroom.drop("a/0.md", news("town 0"));
    newsroom.assert_holds(&before);
    newsroom.compare();
    newsroom.assert_holds(&before);
}

#[test]
fn a_file_that_is_missed_is_read_when_it_is_there_again_and_held_where_the_inbox_is_another() {
    let mut newsroom = filled("", 1);
    newsroom.remove("a/0.md");
    newsroom.put("a/0.md", news("town 0 at noon"));
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a"), ["News of town 0 at noon"], "nobody told of it");
    // Another folder takes the inbox's place, before and after a comparison, while one file is missed.
    for is_compared in [true, false] {
        let mut newsroom = filled("", 1);
        newsroom.remove("a/0.md");
        fs::rename(newsroom.inbox(""), newsroom.dir.path().join("away")).unwrap();
        fs::create_dir(newsroom.inbox("")).unwrap();
        if is_compared {
            newsroom.compare();
        }
        newsroom.pass(GRACE * 2);
        assert_eq!((newsroom.titles("a").len(), &newsroom.status()["held"]), (1, &1.into()), "{is_compared}");
    }
}

#[test]
fn an_import_ends_with_the_first_comparison() {
    let mut newsroom = Newsroom::new();
    newsroom.stop();
    // An hour old; by now the newsroom is no new one.
    newsroom.put("a/one.md", news("it"));
    newsroom.start();
    assert_eq!(newsroom.entry("a").published, "2026-07-02T08:00:00+00:00", "it is as old as its first sight");
}

#[test]
fn a_file_that_is_never_whole_holds_no_answer_up() {
    let mut newsroom = Newsroom::closed("");
    let grow = |newsroom: &Newsroom, length: usize| {
        newsroom.put("a/one.md", story("One", &"More words. ".repeat(length)));
        let file = fs::File::options().write(true).open(newsroom.inbox("a/one.md")).unwrap();
        file.set_modified(newsroom.now().wall.into()).unwrap();
    };
    grow(&newsroom, 1);
    newsroom.start();
    for second in 2..29 {
        assert!(!newsroom.edition.is_complete(), "{second}");
        grow(&newsroom, second);
        newsroom.pass(Duration::from_secs(1));
    }
    for second in 29..35 {
        grow(&newsroom, second);
        newsroom.pass(Duration::from_secs(1));
    }
    assert!(newsroom.edition.is_complete() && newsroom.titles("").is_empty());
}
