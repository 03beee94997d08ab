//! The desk ends as a kill ends it between one step and the next: what follows from the first is done after the next start
//! (what always holds, 4).

use std::fs;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::inbox::{Hint, LONGEST_STALL};
use syndicated::intake::{Batch, Policy, Record};

use crate::newsroom::{Newsroom, story};
use crate::specimens::png;

const TEXT: &str = "The bridge over the harbour is open to traffic again since this morning.";

/// The desk hears something, does one turn of what follows, and ends; then it starts again.
fn killed_after(newsroom: &mut Newsroom, hint: Hint, turns: usize) {
    let now = newsroom.now();
    newsroom.desk().hint(hint, now).unwrap();
    for _ in 0..turns {
        newsroom.desk().turn(now).unwrap();
    }
    newsroom.stop();
    newsroom.start();
    newsroom.pass(Duration::from_secs(5));
}

#[test]
fn after_a_file_was_moved_to_another_section() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", TEXT));
    newsroom.drop("b/two.md", story("Two", TEXT));
    fs::rename(newsroom.inbox("a/one.md"), newsroom.inbox("b/one.md")).unwrap();
    let hint = Hint::Moved { from: InboxPath::new("a/one.md"), to: InboxPath::new("b/one.md") };
    killed_after(&mut newsroom, hint, 0);
    assert!(newsroom.titles("a").is_empty());
    assert_eq!(newsroom.titles("b").len(), 2);
}

#[test]
fn after_a_picture_was_changed() {
    for turns in 1..4 {
        let mut newsroom = Newsroom::new();
        newsroom.put("a/bridge.png", png(64, 48, ""));
        newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![The bridge](bridge.png)")));
        newsroom.pass(Duration::from_secs(5));
        let picture = png(48, 64, "");
        newsroom.put("a/bridge.png", &picture);
        killed_after(&mut newsroom, Hint::Closed(InboxPath::new("a/bridge.png")), turns);
        let shown = format!("_media/{}.png", &blake3::hash(&picture).to_hex()[..32]);
        let page = fs::read_to_string(newsroom.feeds("a/2026/07/02/one.html")).unwrap();
        assert!(page.contains(&shown), "after {turns} turns");
        assert!(newsroom.feeds(&shown).exists(), "after {turns} turns");
    }
}

/// What the record commits in a program that ends before anything follows from it.
fn committed_alone(newsroom: &mut Newsroom, work: impl FnOnce(&mut Batch<'_>)) {
    newsroom.stop();
    let policy = Policy {
        authority: "news.example".to_owned(),
        host: "news.example".to_owned(),
        time_zone: chrono_tz::UTC,
        keep: false,
        guard: 0.1,
        sections: Vec::new(),
    };
    let now = newsroom.now().wall;
    let (mut record, _) = Record::open(&newsroom.state(""), policy, now).unwrap();
    record
        .commit(now, |batch| {
            work(batch);
            Ok(())
        })
        .unwrap();
    drop(record);
    newsroom.start();
}

#[test]
fn before_a_notice_was_written_or_removed() {
    let mut newsroom = Newsroom::new();
    let notice = newsroom.inbox("a/bad.md.rejected.txt");
    newsroom.drop("a/bad.md", "---\ntitle: \"open\n---\nText.\n");
    assert!(notice.exists());
    // Renamed, and the notice goes along.
    fs::rename(newsroom.inbox("a/bad.md"), newsroom.inbox("a/worse.md")).unwrap();
    committed_alone(&mut newsroom, |batch| {
        assert!(batch.rename(&InboxPath::new("a/bad.md"), &InboxPath::new("a/worse.md")).unwrap());
    });
    assert!(!notice.exists());
    let notice = newsroom.inbox("a/worse.md.rejected.txt");
    assert!(notice.exists());
    // Removed, and the notice as well.
    fs::remove_file(newsroom.inbox("a/worse.md")).unwrap();
    committed_alone(&mut newsroom, |batch| {
        batch.miss(&InboxPath::new("a/worse.md")).unwrap();
    });
    assert!(!notice.exists());
}

#[test]
fn before_what_another_folder_lacks_was_held() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", TEXT));
    newsroom.drop("a/two.md", story("Two", TEXT));
    newsroom.stop();
    // A share is not mounted; too few are missing for the guard.
    let away = newsroom.dir.path().join("away");
    fs::rename(newsroom.inbox(""), &away).unwrap();
    fs::create_dir(newsroom.inbox("")).unwrap();
    for _ in 0..3 {
        newsroom.start();
        newsroom.pass(Duration::from_secs(3));
        newsroom.stop();
    }
    newsroom.start();
    newsroom.pass(Duration::from_secs(30));
    assert_eq!(newsroom.titles("a").len(), 2);
    assert_eq!(newsroom.status()["held"], 2);

    fs::remove_dir_all(newsroom.inbox("")).unwrap();
    fs::rename(&away, newsroom.inbox("")).unwrap();
    newsroom.compare();
    newsroom.pass(Duration::from_secs(30));
    assert_eq!(newsroom.status()["held"], 0);
    newsroom.remove("a/one.md");
    newsroom.pass(Duration::from_secs(30));
    assert_eq!(newsroom.titles("a"), ["Two"]);
}

/// What is done in a run whose commits are lost: the ledger alone tells of it at the next start.
fn uncommitted(newsroom: &mut Newsroom, work: impl FnOnce(&mut Newsroom)) {
    newsroom.stop();
    let (catalogue, kept) = (newsroom.state("catalogue.db"), newsroom.state("kept"));
    fs::copy(&catalogue, &kept).unwrap();
    newsroom.start();
    work(newsroom);
    newsroom.pass(Duration::from_secs(15));
    newsroom.stop();
    newsroom.lose_catalogue();
    fs::rename(&kept, &catalogue).unwrap();
    newsroom.start();
    newsroom.pass(Duration::from_secs(5));
}

#[test]
fn between_the_ledger_and_the_catalogue() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", TEXT));
    uncommitted(&mut newsroom, |newsroom| newsroom.drop("a/one.withdraw", ""));
    assert!(newsroom.titles("a").is_empty());
    uncommitted(&mut newsroom, |newsroom| newsroom.remove("a/one.withdraw"));
    assert_eq!(newsroom.titles("a"), ["One"]);
    uncommitted(&mut newsroom, |newsroom| {
        newsroom.withdraw("a/one.md");
    });
    assert!(newsroom.titles("a").is_empty(), "an order stands in the ledger alone");
    uncommitted(&mut newsroom, |newsroom| {
        newsroom.restore("a/one.md");
    });
    assert_eq!(newsroom.titles("a"), ["One"]);
    uncommitted(&mut newsroom, |newsroom| newsroom.rename("a/one.md", "b/one.md"));
    assert_eq!(newsroom.titles("b"), ["One"]);
    assert!(newsroom.titles("a").is_empty());

    let claim = |title: &str| format!("---\ntitle: {title}\nid: urn:x-town:7\n---\n\n{TEXT} {title}.\n");
    newsroom.drop("c/first.md", claim("First"));
    newsroom.drop("c/second.md", claim("Second"));
    let notice = newsroom.inbox("c/second.md.rejected.txt");
    let text = fs::read(&notice).unwrap();
    uncommitted(&mut newsroom, |newsroom| newsroom.remove("c/first.md"));
    assert_eq!(newsroom.titles("c"), ["Second"]);
    assert!(!notice.exists());

    newsroom.drop("c/third.md", claim("Third"));
    let notice = newsroom.inbox("c/third.md.rejected.txt");
    assert!(notice.exists());
    uncommitted(&mut newsroom, |newsroom| {
        newsroom.drop("c/third.md", story("Third", TEXT));
        fs::write(&notice, &text).unwrap();
    });
    assert_eq!(newsroom.titles("c").len(), 2);
    assert!(!notice.exists());

    let ferry = story("Ferry", "Rain in the hills let the water rise by two metres overnight.");
    newsroom.drop("d/latest.md", &ferry);
    newsroom.drop("d/latest.md", story("School", "Councillors want warm lunches for every pupil from autumn."));
    // A file holds again what stayed without one, and it goes with that.
    uncommitted(&mut newsroom, |newsroom| newsroom.drop("d/back.md", &ferry));
    assert_eq!(newsroom.titles("d").len(), 2);
    newsroom.remove("d/back.md");
    newsroom.pass(Duration::from_secs(15));
    assert_eq!(newsroom.titles("d"), ["School"]);
    // The same of one that came and went.
    newsroom.drop("d/latest.md", story("Market", "The market moves to the river bank for the summer."));
    uncommitted(&mut newsroom, |newsroom| {
        newsroom.drop("d/back.md", story("School", "Councillors want warm lunches for every pupil from autumn."));
        newsroom.remove("d/back.md");
    });
    assert_eq!(newsroom.titles("d"), ["Market"]);
}

/// What readers are told of each article, and in which sections.
fn told(newsroom: &Newsroom) -> Vec<(String, String, String)> {
    let of = |section: &'static str| {
        let entries = if newsroom.feeds(section).exists() { newsroom.entries(section) } else { Vec::new() };
        entries.into_iter().map(move |entry| (section.to_owned(), entry.id, entry.title))
    };
    ["a", "b", "c", "d"].into_iter().flat_map(of).collect()
}

#[test]
fn behind_every_line_of_the_ledger() {
    let mut newsroom = Newsroom::new();
    let claim = |title: &str| format!("---\ntitle: {title}\nid: urn:x-town:7\n---\n\n{TEXT} {title}.\n");
    newsroom.drop("a/one.md", story("One", TEXT));
    newsroom.drop("c/first.md", claim("First"));
    newsroom.drop("c/second.md", claim("Second"));
    let ferry = story("Ferry", "Rain in the hills let the water rise by two metres overnight.");
    newsroom.drop("d/latest.md", &ferry);
    newsroom.drop("d/latest.md", story("School", "Councillors want warm lunches for every pupil from autumn."));
    newsroom.pass(Duration::from_secs(5));
    newsroom.stop();
    let (catalogue, kept, ledger) =
        (newsroom.state("catalogue.db"), newsroom.state("kept"), newsroom.state("ledger.jsonl"));
    fs::copy(&catalogue, &kept).unwrap();
    let before = fs::metadata(&ledger).unwrap().len() as usize;

    newsroom.start();
    // A folder, whose files look as before.
    newsroom.rename("a", "b");
    newsroom.remove("c/first.md");
    // A file holds again what stayed without one.
    newsroom.drop("d/back.md", &ferry);
    newsroom.pass(Duration::from_secs(15));
    let expected = told(&newsroom);
    assert_eq!(expected.len(), 4, "{expected:?}");
    newsroom.stop();
    let lines = fs::read(&ledger).unwrap();
    let ends: Vec<usize> = (before..lines.len()).filter(|at| lines[*at] == b'\n').map(|at| at + 1).collect();
    assert!(ends.len() > 3, "{ends:?}");
    for end in ends {
        newsroom.lose_catalogue();
        fs::copy(&kept, &catalogue).unwrap();
        fs::write(&ledger, &lines[..end]).unwrap();
        newsroom.start();
        newsroom.pass(Duration::from_secs(15));
        let last = String::from_utf8_lossy(&lines[..end]);
        assert_eq!(told(&newsroom), expected, "behind {:?}", last.lines().last());
        newsroom.stop();
    }
    newsroom.start();
    newsroom.remove("d/back.md");
    newsroom.pass(Duration::from_secs(15));
    assert_eq!(newsroom.titles("d"), ["School"], "it goes with its file");
}

#[test]
fn what_was_taken_back_is_out_before_the_inbox_is_there() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", TEXT));
    newsroom.stop();
    let (catalogue, kept) = (newsroom.state("catalogue.db"), newsroom.state("kept"));
    fs::copy(&catalogue, &kept).unwrap();
    newsroom.start();
    newsroom.drop("a/one.withdraw", "");
    newsroom.stop();
    newsroom.lose_catalogue();
    fs::rename(&kept, &catalogue).unwrap();
    // The share is not mounted.
    let away = newsroom.dir.path().join("away");
    fs::rename(newsroom.inbox(""), &away).unwrap();
    fs::create_dir(newsroom.inbox("")).unwrap();
    newsroom.start();
    newsroom.pass(Duration::from_secs(15));
    assert!(newsroom.titles("a").is_empty());
    fs::remove_dir(newsroom.inbox("")).unwrap();
    fs::rename(&away, newsroom.inbox("")).unwrap();
    newsroom.compare();
    newsroom.remove("a/one.withdraw");
    newsroom.pass(Duration::from_secs(15));
    assert_eq!(newsroom.titles("a"), ["One"]);
}

#[test]
fn what_the_ledger_lost_while_nobody_looked_is_written_into_it_again() {
    // All of it, and all but a line and a half.
    for left in [0, 300] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", story("One", TEXT));
        newsroom.drop("a/latest.md", story("Ferry", "Rain in the hills let the water rise by two metres overnight."));
        newsroom.drop("a/latest.md", story("School", "Councillors want warm lunches for every pupil from autumn."));
        newsroom.drop("b/back.md", story("Back", "Four hundred singers filled the cathedral on Sunday."));
        newsroom.withdraw("b/back.md");
        newsroom.drop("c/marked.md", story("Marked", "The mayor opened a garden behind the old mint."));
        newsroom.drop("c/marked.withdraw", "");
        newsroom.drop("d/gone.md", story("Gone", "The market moves to the river bank for the summer."));
        let gone = newsroom.entry("d");
        newsroom.remove("d/gone.md");
        newsroom.pass(Duration::from_secs(15));
        let before = newsroom.documents();
        newsroom.stop();
        fs::File::options().write(true).open(newsroom.state("ledger.jsonl")).unwrap().set_len(left).unwrap();
        newsroom.start();
        assert_eq!(newsroom.documents(), before, "{left} bytes left");
        newsroom.rebuild();
        newsroom.pass(Duration::from_secs(15));
        assert_eq!(newsroom.documents(), before, "{left} bytes left, and the catalogue lost as well");
        newsroom.restore("b/back.md");
        assert_eq!(newsroom.titles("b"), ["Back"]);
        newsroom.pass(Duration::from_secs(3600));
        newsroom.drop("d/gone.md", story("Gone", "The market moves to the river bank for the summer."));
        assert_eq!(newsroom.entry("d"), gone);
        // Nor is it forgotten in whose name ids are minted.
        newsroom.reconfigured("base_url = \"https://other.example\"\n");
        newsroom.drop("e/new.md", story("New", "Nine herons were counted on the old weighing stone."));
        assert!(newsroom.entry("e").id.starts_with("tag:news.example,"), "{:?}", newsroom.entry("e"));
    }
}

#[test]
fn what_a_person_agreed_to_is_not_held_again_when_the_ledger_was_lost() {
    let mut newsroom = Newsroom::new();
    for number in 0..9 {
        newsroom.drop(&format!("a/{number}.md"), story(&format!("Story {number}"), &format!("Text {number} of them.")));
    }
    for number in 0..8 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(Duration::from_secs(15));
    newsroom.agree_to_missing();
    newsroom.stop();
    fs::write(newsroom.state("ledger.jsonl"), "").unwrap();
    newsroom.restart();
    newsroom.rebuild();
    newsroom.pass(Duration::from_secs(15));
    assert_eq!(newsroom.titles("a"), ["Story 8"]);
    assert_eq!(newsroom.status()["held"], 0);
}

/// Begins to write an article and does not close it; the desk ends in order.
fn stopped_in_the_middle_of_a_file() -> Newsroom {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("Half", "The bridge over the harb"));
    let now = newsroom.now();
    newsroom.desk().hint(Hint::Created(InboxPath::new("a/one.md")), now).unwrap();
    newsroom.desk().remember_open().unwrap();
    newsroom.restart();
    newsroom.pass(Duration::from_secs(5));
    assert!(newsroom.titles("").is_empty(), "nobody knows that it is whole");
    newsroom
}

#[test]
fn what_was_being_written_when_it_stopped_is_waited_for() {
    let mut newsroom = stopped_in_the_middle_of_a_file();
    newsroom.drop("a/one.md", story("Whole", TEXT));
    assert_eq!(newsroom.titles(""), ["Whole"]);
    assert_eq!(newsroom.changes().len(), 1, "it was published once");
}

#[test]
fn what_was_being_written_and_is_never_closed_is_published_as_it_lies() {
    let mut newsroom = stopped_in_the_middle_of_a_file();
    newsroom.pass(Duration::from_secs(20));
    assert_eq!(newsroom.titles(""), ["Half"]);
}

#[test]
fn what_was_being_written_when_it_was_killed_is_waited_for() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("Half", "The bridge over the harb"));
    let now = newsroom.now();
    newsroom.desk().hint(Hint::Written(InboxPath::new("a/one.md")), now).unwrap();
    newsroom.pass(Duration::from_secs(3));
    // Twice, the second time before anything else happened.
    for _ in 0..2 {
        newsroom.restart();
        newsroom.pass(Duration::from_secs(5));
        assert!(newsroom.titles("").is_empty(), "nobody knows that it is whole");
    }
    newsroom.drop("a/one.md", story("Whole", TEXT));
    assert_eq!(newsroom.titles(""), ["Whole"]);
    assert_eq!(newsroom.changes().len(), 1, "it was published once");
    // Closed and forgotten: what is found after the next crash is as whole as anything.
    newsroom.stop();
    newsroom.put("a/one.md", story("Written meanwhile", TEXT));
    newsroom.start();
    newsroom.pass(Duration::from_secs(5));
    assert_eq!(newsroom.titles(""), ["Written meanwhile"]);
}

#[test]
fn an_upload_that_stalls_for_minutes_is_not_published_half() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("Half", "The bridge over the harb"));
    let now = newsroom.now();
    newsroom.desk().hint(Hint::Written(InboxPath::new("a/one.md")), now).unwrap();
    newsroom.pass(Duration::from_secs(240));
    newsroom.compare();
    assert!(newsroom.titles("").is_empty(), "nobody closed it");
    newsroom.pass(LONGEST_STALL);
    assert_eq!(newsroom.titles(""), ["Half"], "whoever writes it does not come back");
}
