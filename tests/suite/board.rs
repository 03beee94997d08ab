//! Stories of `_status.html`, the page in the inbox that tells editors how things stand.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::newsroom::{Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);
/// The longest that the page is behind while nothing else happens.
const BEHIND: Duration = Duration::from_secs(7);

#[track_caller]
fn page(newsroom: &Newsroom) -> String {
    fs::read_to_string(newsroom.inbox("_status.html")).unwrap()
}

#[test]
fn it_tells_what_is_published_scheduled_refused_doubted_and_taken_back() {
    let mut newsroom = Newsroom::with("title = \"The Lanjiang Evening Post\"\ntime_zone = \"Asia/Shanghai\"\n");
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday."));
    newsroom.drop("sports/cup.md", story("Cup drawn", "The cup was drawn on Monday in the hall."));
    newsroom.drop("city/later.md", dated("Bridge opens", "2026-07-05 10:00", "The bridge opens on Sunday at ten."));
    newsroom.drop("city/bad.md", "---\ntitle: Bad\ndate: someday\n---\n\nText.\n");
    newsroom.drop("city/doubt.md", "---\ntitle: Doubtful\nlanguage: no language\n---\n\nText of something else.\n");
    newsroom.drop("sports/cup.withdraw", "");
    newsroom.pass(BEHIND);
    let text = page(&newsroom);
    for expected in [
        "The Lanjiang Evening Post",
        "Final won",
        "https://news.example/sports/2026/07/02/final.html",
        "Bridge opens",
        "5 July 2026, 10:00",
        "city/bad.md",
        "line 3, column",
        "the date &#34;someday&#34; of the field `date` cannot be read",
        "How to mend it: write it as 2026-07-02",
        "city/doubt.md",
        "sports/cup.withdraw",
        "Something here needs a person.",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("<script") && !text.contains("src="), "{text}");
    // It is no article, and nothing that a comparison sees.
    newsroom.compare();
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.drop("city/bad.md", dated("Mended", "2026-07-01", "Text that was mended."));
    newsroom.remove("sports/cup.withdraw");
    newsroom.pass(GRACE + BEHIND);
    let text = page(&newsroom);
    assert!(text.contains("Nothing needs you.") && text.contains("Cup drawn"), "{text}");
    assert!(!text.contains("bad.md: ") && !text.contains("cup.withdraw"), "{text}");
}

#[test]
fn it_is_written_when_something_changed_and_seldom() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("one.md", story("One", "The first of all articles."));
    newsroom.pass(BEHIND);
    let before = page(&newsroom);
    let written = fs::metadata(newsroom.inbox("_status.html")).unwrap().modified().unwrap();
    newsroom.skip(Duration::from_secs(3600));
    newsroom.compare();
    newsroom.pass(BEHIND);
    newsroom.restart();
    newsroom.pass(BEHIND);
    assert_eq!(page(&newsroom), before);
    assert_eq!(fs::metadata(newsroom.inbox("_status.html")).unwrap().modified().unwrap(), written);
    // Of many drops one after the other the page tells in one go.
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("two.md", story("Two", "The second of all articles."));
    assert_eq!(page(&newsroom), before);
    newsroom.pass(Duration::from_millis(1500));
    let second = page(&newsroom);
    assert!(second.contains("Two"));
    newsroom.drop("three.md", story("Three", "A third article that says something else."));
    newsroom.pass(Duration::from_millis(1500));
    assert_eq!(page(&newsroom), second);
    newsroom.pass(BEHIND);
    assert!(page(&newsroom).contains("Three"));
}

#[test]
fn names_and_titles_are_words_and_no_markup() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("<img src=x onerror=alert(1)>/a.md", "---\ntitle: \"<script>alert(1)</script>\"\n---\n\nText.\n");
    newsroom.drop("<b>.md", "---\ndate: \"<i>\"\n---\n");
    newsroom.drop("<u>.withdraw", "");
    newsroom.pass(BEHIND);
    let text = page(&newsroom);
    for hostile in ["<script", "<img", "<b>", "<i>", "<u>"] {
        assert!(!text.contains(hostile), "{hostile}: {text}");
    }
    assert!(text.contains("&#60;script&#62;alert(1)"), "{text}");
}

#[test]
fn somebody_elses_file_stays_and_an_inbox_may_be_read_only() {
    let mut newsroom = Newsroom::closed("");
    newsroom.put("_status.html", "<p>mine</p>");
    newsroom.put("one.md", story("One", "The first of all articles."));
    newsroom.start();
    newsroom.pass(BEHIND);
    assert_eq!(page(&newsroom), "<p>mine</p>");
    assert_eq!(newsroom.titles(""), ["One"]);
    fs::remove_file(newsroom.inbox("_status.html")).unwrap();
    let inbox = newsroom.inbox("");
    fs::set_permissions(&inbox, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(inbox.join("probe.tmp"), "").is_ok();
    newsroom.withdraw("one.md");
    newsroom.pass(BEHIND);
    assert!(newsroom.notes.is_empty(), "{:?}", newsroom.notes);
    assert!(is_root || !inbox.join("_status.html").exists());
    fs::set_permissions(&inbox, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn it_speaks_the_publications_language_and_is_silent_where_notices_are_not_wanted() {
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\ntitle = \"澜江晚报\"\n");
    newsroom.drop("要闻/坏稿.md", "---\ndate: 明天\n---\n\n正文。\n");
    newsroom.pass(BEHIND);
    let text = page(&newsroom);
    for expected in
        ["lang=\"zh-CN\"", "发布状态", "未发布", "要闻/坏稿.md", "第 2 行", "澜江晚报", "无法读懂日期", "请写成"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let mut newsroom = Newsroom::with("[intake]\nnotices = false\n");
    newsroom.drop("one.md", story("One", "The first of all articles."));
    newsroom.pass(BEHIND);
    assert!(!newsroom.inbox("_status.html").exists());
}

#[test]
fn what_is_held_is_told_and_long_lists_are_cut() {
    let mut newsroom = Newsroom::new();
    for at in 0..120 {
        newsroom.put(&format!("many/bad{at:03}.md"), format!("---\ndate: never {at}\n---\n\nText {at}.\n"));
        newsroom.put(&format!("many/good{at:03}.md"), story(&format!("Good {at}"), &format!("Text of number {at}.")));
    }
    newsroom.compare();
    newsroom.pass(BEHIND);
    let text = page(&newsroom);
    assert!(text.contains("<span class=\"count\">120</span>"), "{text}");
    assert_eq!(text.matches("class=\"hint\"").count(), 50);
    for at in 0..120 {
        fs::remove_file(newsroom.inbox(&format!("many/good{at:03}.md"))).unwrap();
    }
    newsroom.compare();
    newsroom.pass(GRACE + BEHIND);
    let text = page(&newsroom);
    assert!(text.contains("Put the files back") && text.contains("many/good000.md"), "{text}");
}

#[test]
fn it_is_not_written_into_the_folder_that_an_absent_share_is_mounted_on() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    newsroom.compare();
    newsroom.pass(BEHIND);
    let before = page(&newsroom);
    let share = newsroom.dir.path().join("share");
    let away = |newsroom: &Newsroom| {
        fs::rename(newsroom.inbox(""), &share).unwrap();
        fs::create_dir(newsroom.inbox("")).unwrap();
    };
    let is_empty = |newsroom: &Newsroom| fs::read_dir(newsroom.inbox("")).unwrap().next().is_none();
    away(&newsroom);
    // Something to tell, before anything was compared and after.
    newsroom.withdraw("a/one.md");
    newsroom.pass(BEHIND);
    assert!(is_empty(&newsroom));
    for _ in 0..3 {
        newsroom.compare();
        newsroom.pass(GRACE + BEHIND);
        assert_eq!(newsroom.status()["held"], 1);
        assert!(is_empty(&newsroom));
    }
    newsroom.restart();
    newsroom.compare();
    newsroom.pass(GRACE + BEHIND);
    assert!(is_empty(&newsroom));
    // Back, it tells what happened meanwhile; and in a new folder that holds the files as well.
    fs::remove_dir(newsroom.inbox("")).unwrap();
    fs::rename(&share, newsroom.inbox("")).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE + BEHIND);
    assert_ne!(page(&newsroom), before);
    away(&newsroom);
    newsroom.put("a/one.md", fs::read(share.join("a/one.md")).unwrap());
    newsroom.compare();
    newsroom.pass(GRACE + BEHIND);
    newsroom.drop("a/two.md", story("Two", "Another text of other things."));
    newsroom.pass(BEHIND);
    assert!(page(&newsroom).contains("Two"));
}
