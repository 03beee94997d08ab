//! Stories of identity and dates: what stays the same article, and when it is dated (DESIGN 2.4).

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;
use syndicated::intake::Change;

use crate::newsroom::{Entry, Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);

const HARBOUR: &str =
    "The bridge over the harbour is open to traffic again since this morning, after eleven months of work.";
const SCHOOL: &str = "A narrow majority of councillors wants warm lunches for every pupil of the town from autumn.";
const CONCERT: &str =
    "Four hundred singers filled the cathedral on Sunday evening with a requiem nobody had heard before.";
const RIVER: &str =
    "Rain in the hills let the water rise by two metres overnight; firemen carried sandbags until dawn.";

fn at(path: &str) -> InboxPath {
    InboxPath::new(path)
}

fn ids(entries: &[Entry]) -> Vec<String> {
    let mut ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    ids.sort();
    ids
}

fn id_of(entries: &[Entry], title: &str) -> String {
    let found = entries.iter().find(|entry| entry.title == title);
    found.unwrap_or_else(|| panic!("no {title:?} in {entries:?}")).id.clone()
}

/// A newspaper page as plain text: a folio with its date (or none), and items with a headline and a reported text.
fn page(date: Option<&str>, items: &[(&str, &str)]) -> String {
    let mut text = String::new();
    if let Some(date) = date {
        text += &format!("{date}\n要闻\nA01\n\n");
    }
    for (headline, body) in items {
        text += &format!("{headline}\n\n本报讯(记者 白文斌){body}\n\n");
    }
    text
}

const BRIDGE: (&str, &str) =
    ("海港大桥恢复通车", "经过十一个月的封闭施工，海港大桥今天上午恢复双向通车，早高峰车流平稳，市民纷纷点赞。");
const LUNCH: (&str, &str) = (
    "全市小学秋季供应热午餐",
    "市政府常务会议昨天通过方案，今年秋季学期起全市小学统一供应热午餐，费用由财政承担六成。",
);
const CHOIR: (&str, &str) =
    ("四百人合唱响彻大剧院", "周日晚上，四百名合唱爱好者在大剧院演唱了一部从未公开演出的安魂曲，全场观众起立鼓掌。");
const WATER: (&str, &str) =
    ("一夜大雨河水上涨两米", "受山区降雨影响，河水一夜之间上涨两米，消防员通宵搬运沙袋，清晨险情解除，无人员伤亡。");

// Ids

#[test]
fn a_minted_id_is_a_tag_of_authority_day_and_first_path() {
    let mut newsroom = Newsroom::with("time_zone = \"Asia/Shanghai\"\n");
    newsroom.drop("要闻/新 闻#1?.md", dated("Late", "2026-07-01T23:30:00Z", HARBOUR));
    let entry = newsroom.entry("要闻");
    // Half past seven in the morning of the second, there.
    assert_eq!(entry.id, "tag:news.example,2026-07-02:%E8%A6%81%E9%97%BB/%E6%96%B0%20%E9%97%BB%231%3F.md");
    assert_eq!(entry.published, "2026-07-01T23:30:00+00:00");
    let rss = fs::read_to_string(newsroom.feeds("要闻/rss.xml")).unwrap();
    assert!(rss.contains("<guid isPermaLink=\"false\">"), "{rss}");
    let atom = fs::read_to_string(newsroom.feeds("要闻/atom.xml")).unwrap();
    assert!(atom.contains("<id>tag:news.example,2026-07-02:%E8%A6%81%E9%97%BB/</id>"), "{atom}");
}

#[test]
fn the_authority_is_frozen_with_the_first_id_unless_it_was_loopback() {
    let mut newsroom = Newsroom::with("base_url = \"http://127.0.0.1:8080\"\n");
    newsroom.drop("a/one.md", story("One", HARBOUR));
    let one = newsroom.entry("a");
    assert!(one.id.starts_with("tag:127.0.0.1,"), "{}", one.id);
    for (at, host) in ["localhost", "[::1]", "news.localhost"].into_iter().enumerate() {
        newsroom.reconfigured(&format!("base_url = \"http://{host}:8080\"\n"));
        newsroom.drop(&format!("trial/{at}.md"), story(&format!("Trial {at}"), RIVER));
        let id = newsroom.entry("trial").id;
        assert!(!id.contains("first.example") && !id.contains("127.0.0.1"), "{id}");
        newsroom.remove(&format!("trial/{at}.md"));
        newsroom.pass(Duration::from_secs(11));
    }
    newsroom.reconfigured("base_url = \"https://first.example\"\n");
    assert_eq!(newsroom.entry("a").id, one.id);
    newsroom.drop("a/two.md", story("Two", SCHOOL));
    assert!(id_of(&newsroom.entries("a"), "Two").starts_with("tag:first.example,"));
    let before = ids(&newsroom.entries("a"));
    newsroom.reconfigured("base_url = \"https://second.example/sub/\"\n");
    assert_eq!(ids(&newsroom.entries("a")), before, "another host or scheme changes no id");
    newsroom.drop("a/three.md", story("Three", CONCERT));
    assert!(id_of(&newsroom.entries("a"), "Three").starts_with("tag:first.example,"));
    assert!(newsroom.entries("a")[0].url.starts_with("https://second.example/sub/"));
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.restart();
    newsroom.drop("a/four.md", story("Four", RIVER));
    assert!(id_of(&newsroom.entries("a"), "Four").starts_with("tag:first.example,"), "the ledger remembers");
}

#[test]
fn a_configured_authority_stands_over_the_host() {
    let mut newsroom = Newsroom::with("authority = \"daily.example\"\n");
    newsroom.drop("a/one.md", story("One", HARBOUR));
    assert!(newsroom.entry("a").id.starts_with("tag:daily.example,2026-07-02:a/one.md"));
}

#[test]
fn an_id_survives_every_change_one_after_the_other() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    let id = newsroom.entry("a").id;
    newsroom.drop("a/one.md", story("Traffic flows once more", HARBOUR));
    assert_eq!(newsroom.entry("a").id, id, "title");
    newsroom.drop("a/one.md", story("Traffic flows once more", SCHOOL));
    assert_eq!(newsroom.entry("a").id, id, "body");
    newsroom.rename("a/one.md", "a/uno.md");
    newsroom.drop("a/uno.md", format!("---\ntitle: Traffic flows once more\nslug: other\n---\n{SCHOOL}\n"));
    assert_eq!(newsroom.entry("a").id, id, "name and slug");
    newsroom.rename("a", "b");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("b").id, id, "folder");
    newsroom.drop("b/uno.md", format!("---\ntitle: Traffic flows once more\nsection: c/d\n---\n{SCHOOL}\n"));
    assert_eq!(newsroom.entry("c/d").id, id, "stated section");
    assert!(newsroom.titles("b").is_empty());
    assert_eq!(newsroom.pages(), ["a/2026/07/02/one.html"], "one page, kept from the first day");
    newsroom.drop("b/uno.txt", "");
    assert_eq!(newsroom.entries("").len(), 1);
}

#[test]
fn a_file_in_place_of_a_withdrawn_one_never_takes_its_id() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    let id = newsroom.entry("a").id;
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    newsroom.drop("a/one.md", story("Council votes on school meals", SCHOOL));
    let other = newsroom.entry("a");
    assert_eq!(other.title, "Council votes on school meals");
    assert_ne!(other.id, id);
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    assert_eq!(
        id_of(&newsroom.entries("a"), "Harbour bridge reopens"),
        id,
        "the first news come back is the first article"
    );
}

#[test]
fn a_stated_id_is_kept_wherever_the_file_goes() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: https://old.example/?p=1\n---\n{HARBOUR}\n"));
    assert_eq!(newsroom.entry("a").id, "https://old.example/?p=1");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    newsroom.drop("b/anew.md", format!("---\ntitle: Rewritten\nid: https://old.example/?p=1\n---\n{SCHOOL}\n"));
    let entry = newsroom.entry("b");
    assert_eq!((entry.id.as_str(), entry.title.as_str()), ("https://old.example/?p=1", "Rewritten"));
    assert!(newsroom.titles("a").is_empty());
}

#[test]
fn a_stated_id_that_is_no_uri_becomes_one_for_ever() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: 42\n---\n{HARBOUR}\n"));
    newsroom.drop("a/two.md", format!("---\ntitle: Two\nid: 0F8FAD5B-D9CB-469F-A165-70867728950E\n---\n{SCHOOL}\n"));
    assert_eq!(ids(&newsroom.entries("a")), ["urn:syndicated:42", "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"]);
    newsroom.drop("b/one.md", "---\ntitle: One\nid: news/2026 & all\n---\nThe text of another one.\n");
    assert_eq!(newsroom.entry("b").id, "urn:syndicated:news%2F2026%20%26%20all");
}

#[test]
fn a_minted_id_is_composed_however_the_files_name_is_written() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("e\u{301}tat/one.md", format!("---\ntitle: One\ndate: 2026-06-01\n---\n{HARBOUR}\n"));
    assert_eq!(newsroom.entry("état").id, "tag:news.example,2026-06-01:%C3%A9tat/one.md");
}

#[test]
fn an_id_added_later_changes_nothing_and_is_doubted() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n\n{HARBOUR}\n"));
    assert_eq!(newsroom.entry("a"), before);
    assert_eq!(newsroom.status()["doubted"], 1);
    newsroom.drop("a/one.md", story("One", HARBOUR));
    assert_eq!(newsroom.entry("a"), before);
}

#[test]
fn an_id_changed_is_another_article_and_the_former_stays() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n{HARBOUR}\n"));
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:2\n---\n{HARBOUR}\n"));
    assert_eq!(ids(&newsroom.entries("a")), ["urn:x:1", "urn:x:2"]);
    newsroom.restart();
    assert_eq!(ids(&newsroom.entries("a")), ["urn:x:1", "urn:x:2"]);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(ids(&newsroom.entries("a")), ["urn:x:1"], "released: no file's removal withdraws it");
    assert_eq!(newsroom.withdraw("urn:x:1").code, 0);
    assert!(newsroom.titles("a").is_empty());
}

#[test]
fn an_id_removed_later_changes_nothing() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n\n{HARBOUR}\n"));
    newsroom.drop("a/one.md", story("One", HARBOUR));
    assert_eq!(newsroom.entry("a").id, "urn:x:1");
}

#[test]
fn copies_with_a_stated_id_are_copies_and_no_quarrel() {
    let text = format!("---\ntitle: One\nid: urn:x:1\n---\n{HARBOUR}\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", &text);
    newsroom.drop("a/copy.md", &text);
    newsroom.drop("b/one.md", &text);
    assert_eq!(newsroom.status()["refused"], 0);
    assert_eq!(newsroom.entries("").len(), 1);
    assert_eq!((newsroom.entry("a").id, newsroom.entry("b").id), ("urn:x:1".to_owned(), "urn:x:1".to_owned()));
}

#[test]
fn two_files_of_one_id_dropped_at_once_publish_the_first_alone() {
    let mut newsroom = Newsroom::closed("");
    newsroom.put("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n{HARBOUR}\n"));
    newsroom.put("a/two.md", format!("---\ntitle: Two\nid: urn:x:1\n---\n{SCHOOL}\n"));
    newsroom.start();
    assert_eq!(newsroom.titles("a"), ["One"]);
    assert_eq!(newsroom.status()["refused"], 1);
    // The second states an id of its own.
    newsroom.drop("a/two.md", format!("---\ntitle: Two\nid: urn:x:2\n---\n{SCHOOL}\n"));
    assert_eq!(newsroom.entries("a").len(), 2);
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(!newsroom.inbox("a/two.md.rejected.txt").exists());
}

#[test]
fn an_id_given_up_by_its_file_is_free_for_the_one_that_waits() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n{HARBOUR}\n"));
    newsroom.drop("a/two.md", format!("---\ntitle: Two\nid: urn:x:1\n---\n{SCHOOL}\n"));
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:9\n---\n{HARBOUR}\n"));
    assert_eq!(newsroom.status()["refused"], 0, "{:?}", newsroom.refused);
    assert_eq!(id_of(&newsroom.entries("a"), "Two"), "urn:x:1");
}

#[test]
fn an_id_belongs_to_a_file_that_is_missed_until_that_has_gone() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nid: urn:x:1\n---\n{HARBOUR}\n"));
    let one = newsroom.entry("a");
    newsroom.remove("a/one.md");
    newsroom.drop("a/two.md", format!("---\ntitle: Two\nid: urn:x:1\n---\n{SCHOOL}\n"));
    assert_eq!((newsroom.entry("a"), newsroom.refused.len()), (one, 1), "an editor may be saving it");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.status()["refused"], 0, "{:?}", newsroom.refused);
    assert_eq!(id_of(&newsroom.entries("a"), "Two"), "urn:x:1");
}

#[test]
fn what_another_format_reads_in_the_bytes_of_a_page_is_other_news() {
    for extension in ["md", "html"] {
        let mut newsroom = Newsroom::new();
        let text = page(None, &[BRIDGE, LUNCH, CHOIR]);
        newsroom.drop("a/page.txt", &text);
        let before = newsroom.entries("a");
        assert_eq!(before.len(), 3);
        newsroom.drop(&format!("a/page.{extension}"), &text);
        let now = newsroom.entries("a");
        assert!(before.iter().all(|entry| now.contains(entry)), "{extension}: {now:?}");
    }
}

#[test]
fn of_versions_the_highest_ever_seen_stands() {
    let wire = |version: u32, title: &str, body: &str| {
        format!("---\ntitle: {title}\nid: urn:newsml:1\nversion: {version}\n---\n{body}\n")
    };
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.md", wire(1, "First take", HARBOUR));
    newsroom.drop("wire/3.md", wire(3, "Third take", HARBOUR));
    assert_eq!(newsroom.titles("wire"), ["Third take"]);
    newsroom.drop("wire/2.md", wire(2, "Second take", HARBOUR));
    newsroom.drop("wire/3b.md", wire(3, "Third take again", HARBOUR));
    assert_eq!(newsroom.titles("wire"), ["Third take"], "lower and equal ones from another path never overwrite");
    newsroom.drop("wire/3.md", wire(3, "Third take, mended", HARBOUR));
    assert_eq!(newsroom.titles("wire"), ["Third take, mended"], "the same path may");
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.remove("wire/3.md");
    newsroom.remove("wire/1.md");
    newsroom.pass(GRACE);
    let titles = newsroom.titles("wire");
    assert!(titles.len() == 1 && titles[0].starts_with("Third take"), "it goes with its last claimant: {titles:?}");
    newsroom.remove("wire/2.md");
    newsroom.remove("wire/3b.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("wire").is_empty());
    newsroom.drop("wire/2.md", wire(2, "Second take", HARBOUR));
    assert_ne!(newsroom.titles("wire"), ["Second take"], "the highest ever seen");
}

#[test]
fn a_withdrawal_by_the_file_outlasts_edits_until_a_higher_version() {
    let wire = |version: u32, status: &str| {
        format!("---\ntitle: Take {version}\nid: urn:newsml:1\nversion: {version}\nstatus: {status}\n---\n{HARBOUR}\n")
    };
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.md", wire(1, "usable"));
    newsroom.drop("wire/2.md", wire(2, "canceled"));
    assert!(newsroom.titles("wire").is_empty());
    newsroom.drop("wire/1.md", wire(1, "usable"));
    newsroom.drop("wire/2.md", wire(2, "usable"));
    assert!(newsroom.titles("wire").is_empty(), "an edit does not bring it back");
    newsroom.drop("wire/3.md", wire(3, "usable"));
    assert_eq!(newsroom.titles("wire"), ["Take 3"]);
}

// Copies

#[test]
fn a_copy_edited_is_an_article_of_its_own_and_the_original_stays() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.drop("a/copy.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/copy.md", story("Council votes on school meals", SCHOOL));
    let entries = newsroom.entries("a");
    assert_eq!(entries.len(), 2);
    assert_eq!(id_of(&entries, "Harbour bridge reopens"), before.id);
    assert!(entries.contains(&before));
}

#[test]
fn an_original_edited_after_it_was_copied_keeps_its_article() {
    for copy in ["b/one.md", "a/two.md"] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
        let id = newsroom.entry("a").id;
        newsroom.drop(copy, story("Harbour bridge reopens", HARBOUR));
        newsroom.drop("a/one.md", story("Harbour bridge reopens at last", HARBOUR));
        assert_eq!(id_of(&newsroom.entries("a"), "Harbour bridge reopens at last"), id);
        newsroom.drop(copy, story("Harbour bridge reopens at last", HARBOUR));
        assert_eq!(newsroom.entry("").id, id);
        assert_eq!(newsroom.entry("a").id, id);
    }
}

#[test]
fn what_was_edited_under_two_names_at_once_stays_one_article() {
    // A hard link, of which only the name that was written under is told; and a copy that was edited alike.
    for is_link in [true, false] {
        for written in ["a/one.md", "a/two.md"] {
            let mut newsroom = Newsroom::new();
            newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
            let id = newsroom.entry("a").id;
            if is_link {
                fs::hard_link(newsroom.inbox("a/one.md"), newsroom.inbox("a/two.md")).unwrap();
            } else {
                fs::copy(newsroom.inbox("a/one.md"), newsroom.inbox("a/two.md")).unwrap();
            }
            newsroom.compare();
            assert_eq!(newsroom.entry("a").id, id);
            newsroom.pass(Duration::from_secs(60));
            let edited = story("Harbour bridge reopens at last", HARBOUR);
            for file in ["a/one.md", "a/two.md"] {
                fs::write(newsroom.inbox(file), &edited).unwrap();
            }
            newsroom.drop(written, &edited);
            let entry = newsroom.entry("a");
            assert_eq!(
                (&entry.id, entry.title.as_str()),
                (&id, "Harbour bridge reopens at last"),
                "{is_link} {written}"
            );
            newsroom.pass(Duration::from_secs(60));
            newsroom.compare();
            assert_eq!(newsroom.entry("a"), entry, "{is_link} {written}");
            // Other news under both names is one new article, and the former stays, as for a single file.
            let other = story("Council votes on school meals", SCHOOL);
            for file in ["a/one.md", "a/two.md"] {
                fs::write(newsroom.inbox(file), &other).unwrap();
            }
            newsroom.drop(written, &other);
            newsroom.compare();
            let entries = newsroom.entries("a");
            assert_eq!(entries.len(), 2, "{is_link} {written}: {entries:?}");
            assert_eq!(id_of(&entries, "Harbour bridge reopens at last"), id);
        }
    }
}

#[test]
fn a_copy_edited_leaves_an_original_that_was_only_linked_elsewhere() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.drop("a/copy.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.pass(Duration::from_secs(5));
    // It looks otherwise by now, and says the same.
    fs::hard_link(newsroom.inbox("a/one.md"), newsroom.dir.path().join("elsewhere.md")).unwrap();
    newsroom.drop("a/copy.md", story("Harbour bridge reopens to the public", HARBOUR));
    let entries = newsroom.entries("a");
    assert_eq!(entries.len(), 2);
    assert!(entries.contains(&before));
}

#[test]
fn a_moved_copy_and_a_removed_original_leave_one_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", HARBOUR));
    let id = newsroom.entry("a").id;
    // A file manager on another machine: copy, then delete.
    newsroom.drop("b/one.md", story("One", HARBOUR));
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert_eq!(newsroom.entry("b").id, id);
    assert_eq!(newsroom.pages(), ["a/2026/07/02/one.html"]);
}

#[test]
fn twins_dropped_before_the_first_start_are_one_article() {
    let mut newsroom = Newsroom::closed("");
    newsroom.put("a/one.md", story("One", HARBOUR));
    newsroom.put("b/one.md", story("One", HARBOUR));
    newsroom.start();
    assert_eq!(newsroom.entries("").len(), 1);
    assert_eq!(newsroom.entry("a").id, newsroom.entry("b").id);
}

#[test]
fn one_file_renamed_onto_another_takes_its_name_and_no_article_is_lost() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("a/two.md", story("Council votes on school meals", SCHOOL));
    let before = ids(&newsroom.entries("a"));
    newsroom.rename("a/one.md", "a/two.md");
    newsroom.pass(GRACE);
    assert_eq!(ids(&newsroom.entries("a")), before);
    newsroom.remove("a/two.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a"), ["Council votes on school meals"], "the file held the harbour");
}

#[test]
fn two_files_that_trade_names_trade_them_alone() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("a/two.md", story("Council votes on school meals", SCHOOL));
    let before = newsroom.entries("a");
    newsroom.rename("a/one.md", "a/aside.md");
    newsroom.rename("a/two.md", "a/one.md");
    newsroom.rename("a/aside.md", "a/two.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entries("a"), before);
}

#[test]
fn a_save_through_a_name_of_its_own_keeps_the_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    let id = newsroom.entry("a").id;
    // Word: the old file aside under a name that is never read, the new one in its place, the old one gone.
    fs::rename(newsroom.inbox("a/one.md"), newsroom.inbox("a/~one.md")).unwrap();
    newsroom.hint(Hint::Vanished(at("a/one.md")));
    newsroom.put("a/.new", story("Harbour bridge reopens", &format!("{HARBOUR} And more.")));
    fs::rename(newsroom.inbox("a/.new"), newsroom.inbox("a/one.md")).unwrap();
    newsroom.hint(Hint::Arrived(at("a/one.md")));
    newsroom.pass(GRACE);
    let entry = newsroom.entry("a");
    assert_eq!(entry.id, id);
    assert!(entry.content.contains("And more."));
    assert!(newsroom.changes().iter().all(|(change, _)| *change != Change::Withdrawn));
}

#[test]
fn a_name_that_is_no_utf_8_is_as_good_as_any() {
    let mut newsroom = Newsroom::new();
    let path = PathBuf::from(std::ffi::OsStr::from_bytes(b"a/\xd0\xc2\xce\xc5.md"));
    fs::create_dir_all(newsroom.inbox("a")).unwrap();
    fs::write(newsroom.dir.path().join("inbox").join(&path), story("One", HARBOUR)).unwrap();
    newsroom.hint(Hint::Closed(InboxPath::new(path)));
    let entry = newsroom.entry("a");
    assert_eq!(entry.id, "tag:news.example,2026-07-02:a/%D0%C2%CE%C5.md");
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.restart();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("a"), entry);
}

// Newspaper pages

#[test]
fn the_same_page_dropped_again_keeps_what_stayed_and_follows_what_changed() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("A01.txt", page(None, &[BRIDGE, LUNCH, CHOIR]));
    let before = newsroom.entries("");
    assert_eq!(before.len(), 3, "{before:?}");
    // Another order, nothing else.
    newsroom.drop("A01.txt", page(None, &[CHOIR, BRIDGE, LUNCH]));
    assert_eq!(ids(&newsroom.entries("")), ids(&before));
    assert_eq!(newsroom.entries("")[0].title, CHOIR.0);
    for entry in newsroom.entries("") {
        let was = before.iter().find(|was| was.id == entry.id).unwrap();
        assert_eq!((&entry.updated, &entry.published), (&was.updated, &was.published));
    }
    // One corrected, one retitled, one added.
    newsroom.pass(Duration::from_secs(60));
    let corrected = BRIDGE.1.replace("十一个月", "十二个月");
    newsroom.drop("A01.txt", page(None, &[CHOIR, (BRIDGE.0, &corrected), ("小学热午餐今秋上桌", LUNCH.1), WATER]));
    let after = newsroom.entries("");
    assert_eq!(after.len(), 4);
    assert_eq!(id_of(&after, BRIDGE.0), id_of(&before, BRIDGE.0));
    assert_eq!(id_of(&after, "小学热午餐今秋上桌"), id_of(&before, LUNCH.0));
    let choir = after.iter().find(|entry| entry.title == CHOIR.0).unwrap();
    assert_eq!(choir.updated, before.iter().find(|entry| entry.title == CHOIR.0).unwrap().updated);
    // One cut.
    newsroom.drop("A01.txt", page(None, &[CHOIR, (BRIDGE.0, &corrected), WATER]));
    let cut = newsroom.entries("");
    assert_eq!(cut.len(), 3);
    assert!(!ids(&cut).contains(&id_of(&before, LUNCH.0)));
    // And back in.
    newsroom.drop("A01.txt", page(None, &[CHOIR, (BRIDGE.0, &corrected), WATER, LUNCH]));
    assert_eq!(newsroom.entries("").len(), 4);
    assert_eq!(id_of(&newsroom.entries(""), LUNCH.0), id_of(&before, LUNCH.0), "what comes back is what it was");
    assert_eq!(newsroom.pages().len(), 4);
}

#[test]
fn a_copy_speaks_for_a_file_that_is_refused_when_the_record_is_lost() {
    for is_removed in [false, true] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("b/one.md", story("One", HARBOUR));
        newsroom.drop("a/one.md", story("One", HARBOUR));
        // In which section a refused file put it, the ledger does not say.
        let said = |newsroom: &Newsroom| Entry { categories: Vec::new(), ..newsroom.entry("a") };
        let before = said(&newsroom);
        newsroom.drop("b/one.md", "---\ntitle: [unclosed\n---\n");
        newsroom.stop();
        newsroom.lose_catalogue();
        if is_removed {
            fs::remove_file(newsroom.inbox("b/one.md")).unwrap();
        }
        newsroom.start();
        newsroom.pass(GRACE);
        assert_eq!(said(&newsroom), before);
        newsroom.put("b/one.md", "");
        newsroom.remove("b/one.md");
        newsroom.pass(GRACE);
        assert_eq!(said(&newsroom), before);
    }
}

#[test]
fn the_order_of_a_page_is_that_of_its_oldest_file() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("b/A01.txt", page(None, &[BRIDGE, LUNCH, CHOIR]));
    newsroom.drop("c/A01.txt", page(None, &[BRIDGE, LUNCH, CHOIR]));
    newsroom.drop("c/A01.txt", page(None, &[CHOIR, BRIDGE, LUNCH]));
    newsroom.rename("c/A01.txt", "b/A02.txt");
    assert_eq!(newsroom.titles("b"), [BRIDGE.0, LUNCH.0, CHOIR.0]);
    let before = newsroom.entries("b");
    newsroom.remove("b/A01.txt");
    newsroom.pass(GRACE);
    // No section of it changes, nor a word.
    assert_eq!(newsroom.titles("b"), [CHOIR.0, BRIDGE.0, LUNCH.0]);
    for entry in newsroom.entries("b") {
        assert!(before.contains(&entry), "{entry:?}");
    }
}

#[test]
fn two_items_of_one_headline_are_two() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("A01.txt", page(None, &[("本市重点工程进展", BRIDGE.1), ("本市重点工程进展", LUNCH.1), CHOIR]));
    let before = newsroom.entries("");
    assert_eq!(before.len(), 3, "{before:?}");
    newsroom.drop("A01.txt", page(None, &[("本市重点工程进展", LUNCH.1), ("本市重点工程进展", BRIDGE.1), CHOIR]));
    let after = newsroom.entries("");
    let by_text =
        |entries: &[Entry], text: &str| entries.iter().find(|entry| entry.content.contains(text)).unwrap().id.clone();
    assert_eq!(by_text(&after, "热午餐"), by_text(&before, "热午餐"));
    assert_eq!(by_text(&after, "双向通车"), by_text(&before, "双向通车"));
}

#[test]
fn a_page_overwritten_every_day_is_new_every_day() {
    for dates in [Some(["2026年7月2日", "2026年7月3日"]), None] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("要闻/A01.txt", page(dates.map(|d| d[0]), &[BRIDGE, LUNCH]));
        let first = newsroom.entries("要闻");
        assert_eq!(first.len(), 2, "{first:?}");
        newsroom.skip(Duration::from_secs(86_400));
        newsroom.drop("要闻/A01.txt", page(dates.map(|d| d[1]), &[CHOIR, WATER]));
        let both = newsroom.entries("要闻");
        assert_eq!(both.len(), 4, "{dates:?}: {both:?}");
        assert_eq!(both[2..], first, "{dates:?}: yesterday's stay as they were");
        assert_eq!(newsroom.status()["held"], 0);
        newsroom.compare();
        newsroom.restart();
        assert_eq!(newsroom.entries("要闻"), both);
        newsroom.stop();
        fs::remove_file(newsroom.state("catalogue.db")).unwrap();
        newsroom.start();
        newsroom.pass(GRACE);
        assert_eq!(newsroom.entries("要闻"), both, "{dates:?}: and after a rebuild");
        newsroom.remove("要闻/A01.txt");
        newsroom.pass(GRACE);
        assert_eq!(newsroom.entries("要闻"), first, "{dates:?}: only today's go with the file");
    }
}

#[test]
fn a_column_of_the_same_headline_is_new_with_a_new_folio_date() {
    let mut newsroom = Newsroom::new();
    let weather =
        ("今日天气", "白天多云，最高气温三十一度，夜间有小雨，最低气温二十四度，偏南风三级，请市民出行备好雨具。");
    newsroom.drop("A01.txt", page(Some("2026年7月2日"), &[weather, BRIDGE]));
    newsroom.skip(Duration::from_secs(86_400));
    newsroom.drop("A01.txt", page(Some("2026年7月3日"), &[weather, LUNCH]));
    let entries = newsroom.entries("");
    assert_eq!(entries.len(), 4, "{entries:?}");
    assert_eq!(ids(&entries).iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    // Yesterday's page once more, corrected: the same four.
    newsroom.drop("A01.txt", page(Some("2026年7月2日"), &[weather, BRIDGE]));
    assert_eq!(ids(&newsroom.entries("")), ids(&entries));
    assert_eq!(newsroom.pages().len(), 4);
}

#[test]
fn a_folio_dates_the_page_and_never_embargoes() {
    let mut newsroom = Newsroom::with("time_zone = \"Asia/Shanghai\"\n");
    // Four in the afternoon of the second: today's, tomorrow's and yesterday's page.
    newsroom.drop("a/A01.txt", page(Some("2026年7月2日"), &[BRIDGE, LUNCH]));
    newsroom.drop("b/A01.txt", page(Some("2026年7月3日"), &[CHOIR, WATER]));
    newsroom.drop("c/A01.txt", page(Some("2026年7月1日"), &[BRIDGE, LUNCH]));
    newsroom.drop("d/A01.txt", page(Some("2026年8月1日"), &[BRIDGE, CHOIR]));
    newsroom.drop("e/A01.txt", page(Some("2026年7月4日"), &[LUNCH, CHOIR]));
    let dates = |section: &str| newsroom.entries(section).iter().map(|e| e.published.clone()).collect::<Vec<_>>();
    assert_eq!(dates("a"), ["2026-07-02T08:00:00+00:00"; 2]);
    assert_eq!(dates("b"), ["2026-07-02T16:00:00+00:00"; 2], "tomorrow's paper is tomorrow's, at its first moment");
    assert_eq!(dates("c"), ["2026-06-30T16:00:00+00:00"; 2]);
    assert_eq!(dates("d"), ["2026-07-02T08:00:00+00:00"; 2], "a month ahead is a slip");
    assert_eq!(dates("e"), ["2026-07-02T08:00:00+00:00"; 2], "so is the day after tomorrow");
    assert!(newsroom.entries("b")[0].id.starts_with("tag:news.example,2026-07-03:b/A01.txt/"));
    assert_eq!(newsroom.status()["scheduled"], 0);
}

// Dates

#[test]
fn dates_are_read_as_the_zone_has_them() {
    for (zone, stated, published) in [
        // A day alone: the arrival's time if it is today, else its first moment.
        ("UTC", "2026-07-02", "2026-07-02T08:00:00+00:00"),
        ("UTC", "2026-07-01", "2026-07-01T00:00:00+00:00"),
        ("Asia/Shanghai", "2026-07-02", "2026-07-02T08:00:00+00:00"),
        ("Asia/Shanghai", "2026-07-01", "2026-06-30T16:00:00+00:00"),
        ("America/Los_Angeles", "2026-07-02", "2026-07-02T08:00:00+00:00"),
        ("Pacific/Kiritimati", "2026-07-02", "2026-07-02T08:00:00+00:00"),
        // Without a zone.
        ("Asia/Shanghai", "2026-07-02 10:00", "2026-07-02T02:00:00+00:00"),
        ("Asia/Shanghai", "2026-07-02T10:00:00", "2026-07-02T02:00:00+00:00"),
        ("Asia/Shanghai", "2026年7月2日 10时30分", "2026-07-02T02:30:00+00:00"),
        ("America/New_York", "2026-07-01 10:00", "2026-07-01T14:00:00+00:00"),
        // With one.
        ("Asia/Shanghai", "2026-07-02T05:00:00Z", "2026-07-02T05:00:00+00:00"),
        ("UTC", "2026-07-02T10:00:00+08:00", "2026-07-02T02:00:00+00:00"),
        ("UTC", "Thu, 02 Jul 2026 10:00:00 +0800", "2026-07-02T02:00:00+00:00"),
        // A clock change: what does not exist moves forward, what comes twice is the earlier.
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30:00+00:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00+00:00"),
        ("Europe/Berlin", "2025-10-26 02:30", "2025-10-26T00:30:00+00:00"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02T05:30:00+00:00"),
        // Midnight itself is skipped there.
        ("America/Asuncion", "2024-10-06", "2024-10-06T04:00:00+00:00"),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00+00:00"),
    ] {
        let mut newsroom = Newsroom::with(&format!("time_zone = \"{zone}\"\n"));
        newsroom.drop("a/one.md", dated("One", stated, HARBOUR));
        let entry = newsroom.entry("a");
        assert_eq!(entry.published, published, "{stated} in {zone}");
        assert_eq!(entry.updated, entry.published, "{stated} in {zone}");
    }
}

#[test]
fn a_day_is_the_arrivals_by_the_publications_zone() {
    let mut newsroom = Newsroom::with("time_zone = \"Asia/Shanghai\"\n");
    // Four in the morning of the third, there.
    newsroom.step_clock("2026-07-02T20:00:00Z".parse().unwrap());
    newsroom.drop("a/one.md", dated("One", "2026-07-03", HARBOUR));
    newsroom.drop("b/two.md", dated("Two", "2026-07-02", SCHOOL));
    assert_eq!(newsroom.entry("a").published, "2026-07-02T20:00:00+00:00");
    assert_eq!(newsroom.entry("b").published, "2026-07-01T16:00:00+00:00");
}

#[test]
fn an_embargo_alone_dates_what_it_holds_back() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", format!("---\ntitle: One\nembargo: 2026-07-02T09:00:00Z\n---\n{HARBOUR}\n"));
    newsroom.step_clock("2026-07-02T09:00:01Z".parse().unwrap());
    assert_eq!(newsroom.entry("a").published, "2026-07-02T09:00:00+00:00");
}

#[test]
fn a_date_nobody_can_read_is_refused_where_it_stands() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", dated("One", "next Tuesday", HARBOUR));
    assert_eq!(newsroom.status()["refused"], 1);
    let refusal = &newsroom.status()["refusals"][0];
    assert_eq!(refusal["line"], 3);
    assert!(refusal["reason"].as_str().unwrap().contains("next Tuesday"), "{refusal}");
}

#[test]
fn dates_in_file_names_date_and_never_embargo() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/2026-06-30-harvest.md", story("One", HARBOUR));
    newsroom.drop("b/2026-07-09-harvest.md", story("Two", SCHOOL));
    newsroom.drop("c/2026-06-30-harvest.md", dated("Three", "2026-06-29", CONCERT));
    newsroom.drop("d/2026-07-02.md", story("Four", RIVER));
    newsroom.drop("e/2026-07-03.md", story("Five", "Tomorrow is ahead as well, be it by half a day."));
    assert_eq!(newsroom.entry("a").published, "2026-06-30T00:00:00+00:00");
    assert_eq!(newsroom.entry("b").published, "2026-07-02T08:00:00+00:00", "ahead: the arrival's");
    assert_eq!(newsroom.entry("c").published, "2026-06-29T00:00:00+00:00", "the file's own date counts more");
    assert_eq!(newsroom.entry("d").published, "2026-07-02T08:00:00+00:00");
    assert_eq!(newsroom.entry("e").published, "2026-07-02T08:00:00+00:00");
    assert_eq!(newsroom.status()["doubted"], 2);
    assert!(newsroom.entry("a").url.ends_with("/a/2026/06/30/harvest.html"), "{}", newsroom.entry("a").url);
}

#[test]
fn an_import_dates_by_the_files_and_never_ahead() {
    let mut newsroom = Newsroom::closed("");
    let set = |newsroom: &Newsroom, path: &str, days: i64| {
        let at = newsroom.now().wall + TimeDelta::days(days);
        let file = fs::File::options().write(true).open(newsroom.inbox(path)).unwrap();
        file.set_modified(at.into()).unwrap();
    };
    newsroom.put("a/old.md", story("Old", HARBOUR));
    set(&newsroom, "a/old.md", -300);
    newsroom.put("a/ahead.md", story("Ahead", SCHOOL));
    set(&newsroom, "a/ahead.md", 300);
    newsroom.put("a/day.md", dated("Day", "2025-09-05", CONCERT));
    set(&newsroom, "a/day.md", -300);
    newsroom.start();
    newsroom.pass(Duration::from_secs(5));
    let entries = newsroom.entries("a");
    let published = |title: &str| entries.iter().find(|entry| entry.title == title).unwrap().published.clone();
    assert_eq!(published("Old"), "2025-09-05T08:00:00+00:00");
    assert_eq!(published("Day"), "2025-09-05T08:00:00+00:00", "its day is the file's: its time is the file's too");
    assert!(published("Ahead").as_str() <= "2026-07-02T08:00:05+00:00", "{}", published("Ahead"));
    // Afterwards a file counts from its arrival, whatever its mtime.
    newsroom.put("a/late.md", story("Late", RIVER));
    set(&newsroom, "a/late.md", -300);
    newsroom.hint(Hint::Arrived(at("a/late.md")));
    let late = newsroom.entries("a").into_iter().find(|entry| entry.title == "Late").unwrap();
    assert!(late.published.starts_with("2026-07-02T08:00:"), "{}", late.published);
}

#[test]
fn an_embargo_edited_moves_and_one_lifted_publishes() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", dated("One", "2026-07-02T10:00:00Z", HARBOUR));
    assert!(newsroom.titles("a").is_empty());
    newsroom.drop("a/one.md", dated("One", "2026-07-02T12:00:00Z", HARBOUR));
    newsroom.step_clock("2026-07-02T11:00:00Z".parse().unwrap());
    assert!(newsroom.titles("a").is_empty(), "moved on");
    newsroom.drop("a/one.md", dated("One, corrected", "2026-07-02T12:00:00Z", HARBOUR));
    assert!(newsroom.titles("a").is_empty());
    newsroom.step_clock("2026-07-02T12:00:01Z".parse().unwrap());
    let entry = newsroom.entry("a");
    assert_eq!((entry.title.as_str(), entry.published.as_str()), ("One, corrected", "2026-07-02T12:00:00+00:00"));
    assert_eq!(entry.updated, entry.published, "nobody saw it before");
    newsroom.drop("b/two.md", format!("---\ntitle: Two\nembargo: 2026-07-09\n---\n{SCHOOL}\n"));
    assert_eq!(newsroom.status()["scheduled"], 1);
    newsroom.drop("b/two.md", story("Two", SCHOOL));
    assert_eq!(newsroom.entry("b").published, "2026-07-02T12:00:01+00:00");
    assert_eq!(newsroom.status()["scheduled"], 0);
}

#[test]
fn an_embargo_apart_from_the_date_holds_back_and_the_date_stays() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/one.md",
        format!("---\ntitle: One\ndate: 2026-07-01\nembargo: 2026-07-02T09:00:00Z\n---\n{HARBOUR}\n"),
    );
    assert!(newsroom.titles("a").is_empty());
    newsroom.step_clock("2026-07-02T09:00:00Z".parse().unwrap());
    assert_eq!(newsroom.titles("a"), ["One"]);
}

#[test]
fn published_is_set_once() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", dated("One", "2026-07-01T10:00:00Z", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.drop("a/one.md", dated("One", "2026-06-01T10:00:00Z", HARBOUR));
    assert_eq!(newsroom.entry("a"), before, "an earlier date changes nothing");
    newsroom.drop("a/one.md", dated("One", "2026-07-09T10:00:00Z", HARBOUR));
    assert_eq!(newsroom.entry("a"), before, "nor does one ahead: what was read stays");
    assert_eq!(newsroom.status()["doubted"], 1);
    newsroom.drop("a/one.md", story("One", HARBOUR));
    assert_eq!(newsroom.entry("a"), before);
    assert_eq!(newsroom.status()["doubted"], 0);
}

#[test]
fn updated_moves_with_what_is_read_and_with_nothing_else() {
    let mut newsroom = Newsroom::new();
    let head = |more: &str, title: &str, body: &str| format!("---\ntitle: {title}\n{more}\n---\n\n{body}\n");
    newsroom.drop("a/one.md", head("author: Ann", "One", HARBOUR));
    let mut before = newsroom.entry("a").updated;
    for (more, title, body, moves, why) in [
        ("author: Ann\ntags: [x]", "One", HARBOUR, false, "tags"),
        ("author: Ann\nsummary: In short.", "One", HARBOUR, false, "summary"),
        ("author: Ann\nslug: uno", "One", HARBOUR, false, "slug"),
        ("author: Ann\nsection: a", "One", HARBOUR, false, "section"),
        ("author: Ann\nupdated: 2026-07-02T09:30:00Z", "One", HARBOUR, false, "a stated change without one"),
        ("author: Ann", "One", HARBOUR, false, "the first text again"),
        ("author: Ann", "One more", HARBOUR, true, "title"),
        ("author: Ben", "One more", HARBOUR, true, "author"),
        ("author: Ben", "One more", &format!("{HARBOUR} More."), true, "body"),
        ("author: Ben\nminor: true", "One more", HARBOUR, false, "minor"),
        ("author: Ben\nupdated: 2026-07-02T08:09:30Z", "One more", &format!("{HARBOUR} Stated."), true, "stated"),
        ("author: Ben\nupdated: 2099-01-01", "One more", &format!("{HARBOUR} Ahead."), true, "stated ahead"),
        ("author: Ben", "One more", &format!("{HARBOUR} At last."), true, "and on"),
    ] {
        newsroom.pass(Duration::from_secs(60));
        newsroom.drop("a/one.md", head(more, title, body));
        let after = newsroom.entry("a").updated;
        assert_eq!(after > before, moves, "{why}: {before} {after}");
        assert!(after.as_str() < "2026-07-03", "{why}: never ahead of the clock: {after}");
        before = after;
    }
    let before = newsroom.documents();
    newsroom.restart();
    newsroom.compare();
    newsroom.assert_holds(&before);
}

#[test]
fn updated_as_stated_is_taken_from_the_first_day() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/one.md",
        format!("---\ntitle: One\ndate: 2026-06-01\nupdated: 2026-06-05T10:00:00Z\n---\n{HARBOUR}\n"),
    );
    let entry = newsroom.entry("a");
    assert_eq!(entry.published, "2026-06-01T00:00:00+00:00");
    assert_eq!(entry.updated, "2026-06-05T10:00:00+00:00");
    newsroom.drop("b/two.md", format!("---\ntitle: Two\ndate: 2026-06-01\nupdated: 2026-05-01\n---\n{SCHOOL}\n"));
    assert_eq!(newsroom.entry("b").updated, "2026-06-01T00:00:00+00:00", "never before its publication");
}

#[test]
fn two_changes_in_one_second_are_two_dates() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", HARBOUR));
    let first = newsroom.entry("a").updated;
    newsroom.drop("a/one.md", story("One", &format!("{HARBOUR} More.")));
    let second = newsroom.entry("a").updated;
    newsroom.drop("a/one.md", story("One", &format!("{HARBOUR} Most.")));
    assert!(first < second && second < newsroom.entry("a").updated);
}

#[test]
fn versions_outlast_a_rebuild_with_their_dates() {
    let wire = |version: u32, body: &str| {
        format!("---\ntitle: Take {version}\nid: urn:newsml:1\nversion: {version}\n---\n{body}\n")
    };
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.md", wire(1, HARBOUR));
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("wire/3.md", wire(3, &format!("{HARBOUR} And so on.")));
    newsroom.drop("wire/2.md", wire(2, SCHOOL));
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.skip(Duration::from_secs(3600));
    newsroom.start();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("wire"), ["Take 3"]);
    newsroom.assert_holds(&before);
}

#[test]
fn copies_outlast_a_rebuild_though_one_was_edited() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("b/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("b/one.md", story("Harbour bridge reopens at last", HARBOUR));
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.skip(Duration::from_secs(3600));
    newsroom.start();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
}

#[test]
fn withdrawn_by_order_a_file_may_go_and_return_and_nothing_shows() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.withdraw("a/one.md");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    newsroom.drop("a/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("b/copy.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.rename("a/one.md", "c/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
    newsroom.restore("c/one.md");
    assert_eq!(newsroom.entries("").len(), 1);
}

#[test]
fn two_files_that_trade_their_texts_show_each_once() {
    let mut newsroom = Newsroom::new();
    let (one, two) = (story("Harbour bridge reopens", HARBOUR), story("Council votes on school meals", SCHOOL));
    newsroom.drop("a/one.md", &one);
    newsroom.drop("a/two.md", &two);
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/one.md", &two);
    newsroom.drop("a/two.md", &one);
    newsroom.pass(GRACE);
    let mut titles = newsroom.titles("a");
    titles.sort();
    assert_eq!(titles, ["Council votes on school meals", "Harbour bridge reopens"]);
}

#[test]
fn a_text_file_made_a_bundle_stays_its_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/harvest.md", story("Harvest", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.rename("a/harvest.md", "a/harvest/index.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("a"), before);
}

#[test]
fn the_newest_under_numbers_are_each_shown_once() {
    let texts = [
        story("Harbour bridge reopens", HARBOUR),
        story("Council votes on school meals", SCHOOL),
        story("Requiem in the cathedral", CONCERT),
        story("River rises overnight", RIVER),
    ];
    let mut newsroom = Newsroom::new();
    let mut seen: Vec<String> = Vec::new();
    for newest in 0..texts.len() {
        newsroom.pass(Duration::from_secs(600));
        for (slot, at) in (0..=newest).rev().take(3).enumerate() {
            newsroom.drop(&format!("a/top{}.md", slot + 1), &texts[at]);
        }
        let entries = newsroom.entries("a");
        assert_eq!(entries.len(), newest + 1, "{:?}", newsroom.titles("a"));
        assert!(seen.iter().all(|id| entries.iter().any(|entry| entry.id == *id)), "no id is lost");
        seen = ids(&entries);
    }
    let before = newsroom.documents();
    newsroom.restart();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
}

#[test]
fn a_newcomer_does_not_publish_what_a_draft_took_up() {
    let mut room = Newsroom::new();
    let first = story("The ferry is late", "It was seen at noon behind the third island, and waved.");
    room.drop("b/story.md", &first);
    room.drop("b/story.md", story("Nine herons counted", "On the old weighing stone, before breakfast, in a row."));
    assert_eq!(room.titles("b").len(), 2, "the former stays, released");
    room.stop();
    room.put("a/other.md", first.replace("---\n\n", "draft: true\n---\n\n"));
    room.start();
    assert_eq!(room.titles(""), ["Nine herons counted"]);
    room.pass(Duration::from_secs(60));
    let mut heir = room.successor();
    heir.start();
    assert_eq!(heir.text("atom.xml"), room.text("atom.xml"), "nothing came or went while the newcomer read");
}

#[test]
fn what_stays_without_a_file_stays_where_it_was_when_another_section_has_it_too() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("front/one.md", story("Harbour bridge reopens", HARBOUR));
    let before = newsroom.entry("front");
    newsroom.drop("front/one.md", story("Council votes on school meals", SCHOOL));
    // Another file says the same elsewhere: one article in both.
    newsroom.drop("special/bridge.md", story("Harbour bridge reopens", HARBOUR));
    assert_eq!(newsroom.entry("special").id, before.id);
    assert_eq!(newsroom.titles("front").len(), 2);
    newsroom.restart();
    assert_eq!((newsroom.entry("special").id, newsroom.titles("front").len()), (before.id.clone(), 2));
    // It is revised in both, also by a rebuild that has the ledger alone.
    newsroom.pass(Duration::from_secs(600));
    newsroom.drop("special/bridge.md", story("Harbour bridge reopens", &format!("{HARBOUR} Trams follow on Monday.")));
    assert_eq!(newsroom.titles("").len(), 2);
    newsroom.remove("special/bridge.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("special").is_empty());
    let stays = |newsroom: &Newsroom| {
        let entries = newsroom.entries("front");
        assert_eq!((entries.len(), id_of(&entries, "Harbour bridge reopens")), (2, before.id.clone()));
        assert!(newsroom.text("front/rss.xml").contains("Trams follow"), "its present text");
    };
    stays(&newsroom);
    newsroom.rebuild();
    stays(&newsroom);
    // What another file of the same section takes up goes with that.
    newsroom.drop("front/two.md", story("Harbour bridge reopens", &format!("{HARBOUR} Trams follow on Monday.")));
    newsroom.remove("front/two.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("front"), ["Council votes on school meals"]);
}

#[test]
fn what_two_sections_let_go_stays_in_both() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("front/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("front/one.md", story("Council votes on school meals", SCHOOL));
    newsroom.drop("special/one.md", story("Harbour bridge reopens", HARBOUR));
    newsroom.drop("special/one.md", story("Requiem in the cathedral", CONCERT));
    for round in 0..2 {
        for (section, other) in [("front", "Council votes on school meals"), ("special", "Requiem in the cathedral")] {
            let mut titles = newsroom.titles(section);
            titles.sort();
            let mut wanted = ["Harbour bridge reopens", other];
            wanted.sort_unstable();
            assert_eq!(titles, wanted, "{section}, {round}");
        }
        newsroom.rebuild();
    }
}

#[test]
fn a_page_kept_under_its_date_is_not_published_again() {
    let first = page(Some("2026年7月2日"), &[BRIDGE, LUNCH]);
    let mut newsroom = Newsroom::new();
    newsroom.drop("要闻/A01.txt", &first);
    let before = ids(&newsroom.entries("要闻"));
    newsroom.drop("要闻/A01.txt", page(Some("2026年7月3日"), &[CHOIR, WATER]));
    assert_eq!(newsroom.entries("要闻").len(), 4);
    newsroom.drop("要闻/20260702A01.txt", &first);
    let all = ids(&newsroom.entries("要闻"));
    assert_eq!((all.len(), before.iter().all(|id| all.contains(id))), (4, true), "{all:?}");
    // The same words on a page of another day are news.
    newsroom.drop("要闻/20260704A01.txt", page(Some("2026年7月4日"), &[BRIDGE]));
    assert_eq!(newsroom.entries("要闻").len(), 5);
}
