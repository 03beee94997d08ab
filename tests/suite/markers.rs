//! Stories of markers: `SLUG.withdraw` takes one article back while it lies in the inbox, and text inside it is the notice
//! that stands in the article's place.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::fs;
use std::time::Duration;

use syndicated::edition::{Found, Kind};

use crate::newsroom::{Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);
const NOTICE: &str = "The result was reported before the match had ended. We regret this.\n";

fn with_article(settings: &str) -> Newsroom {
    let mut newsroom = Newsroom::with(settings);
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday by two goals to one."));
    newsroom.drop("sports/draw.md", story("Cup drawn", "The cup was drawn on Monday in the town hall."));
    newsroom
}

#[track_caller]
fn refusal(newsroom: &Newsroom, path: &str) -> String {
    let notice = newsroom.inbox(&format!("{path}.rejected.txt"));
    fs::read_to_string(&notice).unwrap_or_else(|error| panic!("{}: {error}", notice.display()))
}

#[test]
fn an_empty_marker_takes_one_article_back_and_its_removal_returns_it() {
    let mut newsroom = with_article("");
    let before = newsroom.documents();
    let entry = newsroom.entries("sports").into_iter().find(|entry| entry.title == "Final won").unwrap();
    let page = newsroom.pages().into_iter().find(|page| page.ends_with("final.html")).unwrap();
    newsroom.drop("sports/final.withdraw", "");
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    assert_eq!(newsroom.titles(""), ["Cup drawn"]);
    assert!(matches!(newsroom.find(&page), Found::Gone));
    // Edits, restarts and comparisons change nothing of that.
    newsroom
        .drop("sports/final.md", story("Final won", "The home side won the final on Sunday by three goals to one."));
    newsroom.restart();
    assert_eq!(newsroom.titles(""), ["Cup drawn"]);
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday by two goals to one."));
    newsroom.remove("sports/final.withdraw");
    assert_eq!(newsroom.titles(""), ["Cup drawn"], "before grace");
    newsroom.pass(GRACE);
    let returned = newsroom.entries("sports").into_iter().find(|entry| entry.title == "Final won").unwrap();
    assert_eq!(returned, entry);
    assert_eq!(newsroom.documents().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn text_in_a_marker_stands_in_the_articles_place_under_its_id() {
    let mut newsroom = with_article("");
    let before = newsroom.entries("sports").into_iter().find(|entry| entry.title == "Final won").unwrap();
    let page = newsroom.pages().into_iter().find(|page| page.ends_with("final.html")).unwrap();
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("sports/final.withdraw", NOTICE);
    let notice = newsroom.entries("sports").into_iter().find(|entry| entry.id == before.id).unwrap();
    assert_eq!(notice.title, "Retraction: Final won");
    assert!(notice.content.contains("before the match had ended"), "{}", notice.content);
    assert!(!notice.content.contains("home side"), "{}", notice.content);
    assert!(notice.updated > before.updated && notice.published == before.published);
    assert!(newsroom.entries("").iter().any(|entry| entry.id == before.id));
    let Found::Document(document) = newsroom.find(&page) else { panic!("no page") };
    assert_eq!(*document.kind(), Kind::Retraction);
    assert!(newsroom.text(&page).contains("before the match had ended"));
    // Nothing moves where nothing changes, whatever is lost.
    let documents = newsroom.documents();
    newsroom.compare();
    newsroom.restart();
    newsroom.assert_holds(&documents);
    newsroom.stop();
    newsroom.lose_catalogue();
    newsroom.pass(Duration::from_secs(60));
    newsroom.start();
    newsroom.assert_holds(&documents);
    // The notice is edited, and then emptied.
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("sports/final.withdraw", "We were wrong\n\nThe match was never played, it turned out on Monday.\n");
    let edited = newsroom.entries("sports").into_iter().find(|entry| entry.id == before.id).unwrap();
    assert_eq!(edited.title, "We were wrong");
    assert!(edited.updated > notice.updated);
    newsroom.drop("sports/final.withdraw", "");
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    newsroom.remove("sports/final.withdraw");
    newsroom.pass(GRACE);
    let returned = newsroom.entries("sports").into_iter().find(|entry| entry.id == before.id).unwrap();
    assert_eq!((returned.title, returned.content), (before.title, before.content));
}

#[test]
fn the_return_of_an_article_from_behind_a_notice_is_told() {
    let mut newsroom = with_article("");
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("sports/final.withdraw", NOTICE);
    let notice = newsroom.entries("sports").into_iter().find(|entry| entry.title.starts_with("Retraction")).unwrap();
    newsroom.remove("sports/final.withdraw");
    newsroom.pass(GRACE);
    let returned = newsroom.entries("sports").into_iter().find(|entry| entry.id == notice.id).unwrap();
    assert_eq!(returned.title, "Final won");
    assert!(returned.updated > notice.updated);
    // And with the ledger alone it is the same.
    let documents = newsroom.documents();
    newsroom.rebuild();
    newsroom.assert_holds(&documents);
}

#[test]
fn a_marker_may_come_first() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/final.withdraw", "");
    newsroom.drop("sports/cup.withdraw", NOTICE);
    assert!(refusal(&newsroom, "sports/final.withdraw").contains("no article called"));
    assert_eq!(newsroom.status()["refused"], 2);
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday."));
    assert!(newsroom.titles("sports").is_empty() && newsroom.pages().is_empty());
    newsroom.drop("sports/cup.md", story("Cup drawn", "The cup was drawn on Monday."));
    assert_eq!(newsroom.titles("sports"), ["Retraction: Cup drawn"]);
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(!newsroom.inbox("sports/final.withdraw.rejected.txt").exists());
    newsroom.remove("sports/final.withdraw");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("sports").contains(&"Final won".to_owned()));
}

#[test]
fn every_order_of_arrival_ends_alike() {
    let files = [
        ("sports/final.md", dated("Final won", "2026-07-01 10:00", "The home side won the final on Sunday.")),
        ("sports/draw.md", dated("Cup drawn", "2026-07-01 11:00", "The cup was drawn on Monday.")),
        ("sports/final.withdraw", format!("---\nupdated: 2026-07-01 12:00\n---\n{NOTICE}")),
        ("sports/draw.withdraw", String::new()),
    ];
    let mut told = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [0, 2, 3, 1]] {
        let mut newsroom = Newsroom::new();
        for at in order {
            newsroom.drop(files[at].0, &files[at].1);
        }
        newsroom.compare();
        told.push(newsroom.entries("sports"));
        newsroom.restart();
        told.push(newsroom.entries("sports"));
    }
    let mut newsroom = Newsroom::closed("");
    for (path, content) in &files {
        newsroom.put(path, content);
    }
    newsroom.start();
    told.push(newsroom.entries("sports"));
    let mut heir = newsroom.successor();
    heir.start();
    told.push(heir.entries("sports"));
    assert_eq!(told[0].len(), 1);
    assert_eq!(told[0][0].title, "Retraction: Final won");
    assert_eq!(told[0][0].updated, "2026-07-01T12:00:00+00:00");
    assert!(told.iter().all(|entries| *entries == told[0]), "{told:#?}");
}

#[test]
fn what_a_marker_may_be_called() {
    for (file, marker) in [
        ("sports/final.md", "sports/final.withdraw"),
        ("sports/final.md", "sports/FINAL.Withdraw"),
        ("sports/final.md", "sports/final.md.withdraw"),
        ("sports/final.md", "sports/final.html.withdraw"),
        ("sports/final.md", "sports/final.withdraw.txt"),
        ("sports/final.md", "sports/final.撤稿"),
        ("sports/final.md", "sports/final.撤稿.txt"),
        ("sports/2026/07/01/final.md", "sports/final.withdraw"),
        ("sports/2026/07/01/final.md", "sports/2026/07/01/final.withdraw"),
        ("sports/2026-07-01-final.md", "sports/final.withdraw"),
        ("sports/2026-07-01-final.md", "sports/2026-07-01-final.withdraw"),
        ("sports/final/index.md", "sports/final.withdraw"),
        ("sports/final/index.md", "sports/final/index.withdraw"),
        ("sports/小麦 丰收.md", "sports/小麦 丰收.withdraw"),
        ("sports/小麦 丰收.md", "sports/小麦-丰收.withdraw"),
        ("sports/小麦 丰收.md", "sports/%E5%B0%8F%E9%BA%A6-%E4%B8%B0%E6%94%B6.withdraw"),
        ("sports/football/final.md", "sports/final.withdraw"),
        ("sports/final.md", "final.withdraw"),
        ("final.md", "final.withdraw"),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.drop(file, story("Final won", "The home side won the final on Sunday."));
        assert_eq!(newsroom.titles(""), ["Final won"], "{file}");
        newsroom.drop(marker, "");
        assert!(newsroom.titles("").is_empty(), "{file} by {marker}");
    }
    // Beside its file a marker means that file, whatever else is called so.
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/2026/07/01/final.md", story("First", "The first final was played on the first of July."));
    newsroom.drop(
        "sports/2026/07/02/final.md",
        story("Second", "Another match ended late in the evening, and nobody won."),
    );
    newsroom.drop("sports/2026/07/02/final.withdraw", "");
    assert_eq!(newsroom.titles("sports"), ["First"]);
}

#[test]
fn a_marker_that_may_mean_several_waits_for_one() {
    let mut newsroom = Newsroom::new();
    newsroom
        .drop("sports/2026/07/01/final.md", dated("First", "2026-07-01", "The first final was on the first of July."));
    newsroom
        .drop("sports/2026/07/02/final.md", dated("Second", "2026-07-02", "Another match ended late, and nobody won."));
    newsroom.drop("sports/final.withdraw", "");
    assert_eq!(newsroom.titles("sports").len(), 2);
    let refusal = refusal(&newsroom, "sports/final.withdraw");
    assert!(refusal.contains("any of 2 articles") && refusal.contains("2026/07/01/final.html"), "{refusal}");
    newsroom.rename("sports/final.withdraw", "sports/2026-07-01-final.withdraw");
    assert_eq!(newsroom.titles("sports"), ["Second"]);
    assert!(!newsroom.inbox("sports/final.withdraw.rejected.txt").exists());
    newsroom.restart();
    assert_eq!(newsroom.titles("sports"), ["Second"]);
}

#[test]
fn an_article_renamed_into_a_marker_is_gone_and_is_no_notice_of_itself() {
    let mut newsroom = with_article("");
    newsroom.rename("sports/final.md", "sports/final.withdraw");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    newsroom.rename("sports/final.withdraw", "sports/final.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports").len(), 2);
}

#[test]
fn markers_hold_against_deleted_files_and_lost_catalogues() {
    let mut newsroom = with_article("");
    newsroom.drop("sports/final.withdraw", NOTICE);
    newsroom.drop("sports/draw.withdraw", "");
    newsroom.remove("sports/final.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports"), ["Retraction: Final won"]);
    let entry = newsroom.entry("sports");
    for _ in 0..2 {
        newsroom.rebuild();
        assert_eq!(newsroom.entry("sports"), entry);
    }
    // Removed while nobody looked.
    newsroom.stop();
    newsroom.lose_catalogue();
    fs::remove_file(newsroom.inbox("sports/draw.withdraw")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("sports").contains(&"Cup drawn".to_owned()));
    newsroom.remove("sports/final.withdraw");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"], "its file is not there");
}

#[test]
fn where_deletions_do_not_count_a_markers_does_not_either() {
    let mut newsroom = with_article("[intake]\non_delete = \"keep\"\n");
    let id = newsroom.entries("sports").into_iter().find(|entry| entry.title == "Final won").unwrap().id;
    newsroom.drop("sports/final.withdraw", "");
    newsroom.remove("sports/final.withdraw");
    newsroom.remove("sports/final.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    newsroom.restart();
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    assert_eq!(newsroom.restore(&id).code, 0);
    assert_eq!(newsroom.titles("sports").len(), 2);
}

#[test]
fn a_marker_and_a_command_are_two_orders() {
    let mut newsroom = with_article("");
    let id = newsroom.entries("sports").into_iter().find(|entry| entry.title == "Final won").unwrap().id;
    newsroom.drop("sports/final.withdraw", "");
    let reply = newsroom.restore(&id);
    assert!(reply.text.contains("sports/final.withdraw"), "{}", reply.text);
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    newsroom.withdraw(&id);
    newsroom.remove("sports/final.withdraw");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("sports"), ["Cup drawn"]);
    newsroom.restore(&id);
    assert_eq!(newsroom.titles("sports").len(), 2);
}

#[test]
fn a_notice_is_in_the_publications_language_and_shows_no_picture() {
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\n");
    fs::create_dir_all(newsroom.inbox("yaowen")).unwrap();
    newsroom.put("yaowen/p.png", include_bytes!("../../inbox/culture/clock-tower/tower.png").as_slice());
    newsroom.drop("yaowen/fangxun.md", "---\ntitle: 全市防汛会议召开\n---\n\n会议昨天召开。\n\n![会场](p.png)\n");
    assert!(newsroom.documents().keys().any(|path| path.starts_with("_media/")));
    newsroom.drop("yaowen/fangxun.撤稿", "该稿日期有误,现予撤回。\r\n谨向读者致歉。\r\n");
    assert_eq!(newsroom.entry("yaowen").title, "撤稿：全市防汛会议召开");
    assert!(newsroom.entry("yaowen").content.contains("谨向读者致歉"));
    assert!(!newsroom.documents().keys().any(|path| path.starts_with("_media/")));
}

#[test]
fn an_embargoed_article_taken_back_says_nothing_before_its_time() {
    let mut newsroom = Newsroom::new();
    newsroom
        .drop("sports/final.md", dated("Secret", "2026-07-03T10:00:00Z", "Nobody may know this before it is time."));
    newsroom.drop("sports/final.withdraw", NOTICE);
    assert!(newsroom.entries("sports").is_empty());
    assert!(!newsroom.documents().values().any(|bytes| String::from_utf8_lossy(bytes).contains("Secret")));
}

#[test]
fn where_the_inbox_cannot_be_written_the_reason_is_in_the_status() {
    let mut newsroom = Newsroom::with("[intake]\nnotices = false\n");
    newsroom.drop("sports/final.withdraw", "");
    assert!(!newsroom.inbox("sports/final.withdraw.rejected.txt").exists());
    assert_eq!(newsroom.status()["refusals"][0]["file"], "sports/final.withdraw");
}

#[test]
fn a_notice_of_what_lives_elsewhere_leads_there() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "---\ntitle: One\nlink: https://elsewhere.example/one\n---\n\nRead it there.\n");
    let before = newsroom.entry("a");
    newsroom.drop("a/one.withdraw", NOTICE);
    let notice = newsroom.entry("a");
    assert_eq!((notice.title.as_str(), &notice.id), ("Retraction: One", &before.id));
    assert_eq!((notice.url.as_str(), notice.url == before.url), ("https://elsewhere.example/one", true));
}

#[test]
fn a_notice_of_what_nobody_saw_is_shown_to_nobody() {
    let text = |draft: bool| format!("---\ntitle: Harbour\ndraft: {draft}\n---\n\nThe bridge is open again.\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/harbour.md", text(true));
    newsroom.drop("a/harbour.withdraw", "It was wrong from the beginning.\n");
    assert_eq!(newsroom.status()["published"], 0);
    assert!(newsroom.pages().is_empty());
    newsroom.remove("a/harbour.withdraw");
    newsroom.pass(Duration::from_secs(11));
    newsroom.drop("a/harbour.md", text(false));
    assert_eq!(newsroom.titles("a"), ["Harbour"]);
}
