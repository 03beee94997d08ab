//! Stories of the desk: what is dropped, edited, moved, lost and found again (DESIGN 2.2).

use std::fs;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::edition::Found;
use syndicated::inbox::Hint;
use syndicated::intake::Change;
use syndicated::intake::compare::CHUNK;

use crate::newsroom::{Newsroom, story};

const GRACE: Duration = Duration::from_secs(11);

#[test]
fn a_dropped_file_is_in_its_section_and_all_above_at_once() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/football/final.md", story("Final", "They won the match in the last minute."));
    for section in ["", "sports", "sports/football"] {
        assert_eq!(newsroom.titles(section), ["Final"], "{section:?}");
    }
    assert_eq!(newsroom.changes(), [(Change::Published, "Final".to_owned())]);
    assert_eq!(newsroom.pages(), ["sports/football/2026/07/02/final.html"]);
}

#[test]
fn what_was_done_before_a_turn_that_fails_is_told_by_the_next() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("One", "First text here."));
    // As on a full disk: what is printed cannot be recorded.
    let catalogue = rusqlite::Connection::open(newsroom.state("catalogue.db")).unwrap();
    let full = "CREATE TRIGGER full BEFORE UPDATE OF turn ON documents BEGIN SELECT RAISE(ABORT, 'full'); END";
    catalogue.execute_batch(full).unwrap();
    let now = newsroom.now();
    newsroom.desk().hint(Hint::Closed(InboxPath::new("a/one.md")), now).unwrap();
    assert!(newsroom.desk().turn(now).is_err());
    catalogue.execute_batch("DROP TRIGGER full").unwrap();
    newsroom.rest();
    assert_eq!(newsroom.changes(), [(Change::Published, "One".to_owned())]);
    assert_eq!(newsroom.titles("a"), ["One"]);
}

#[test]
fn publishing_twice_changes_nothing() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.documents();
    newsroom.pass(Duration::from_secs(3));
    newsroom.drop("a/one.md", story("One", "First text here."));
    newsroom.compare();
    newsroom.restart();
    assert_eq!(newsroom.documents(), before);
}

#[test]
fn what_a_comparison_finds_is_taken_in_before_too_much_waits() {
    const MOST: usize = 100;
    let mut newsroom = Newsroom::new();
    for number in 0..3 * CHUNK {
        newsroom.put(&format!("s{}/a{number}.md", number % 16), story(&format!("Title {number}"), "Text here."));
    }
    let waited = newsroom.compare_while(MOST);
    // A folder is compared whole, and found files are handed over in chunks.
    let most = MOST + CHUNK + 3 * CHUNK / 16;
    assert!(waited.iter().any(|files| *files <= MOST) && waited.iter().all(|files| *files <= most), "{waited:?}");
    assert_eq!(newsroom.pages().len(), 3 * CHUNK);
    let before = newsroom.documents();
    newsroom.restart();
    assert_eq!(newsroom.documents(), before);
}

#[test]
fn one_drop_writes_only_the_documents_concerned() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    newsroom.drop("b/two.md", story("Two", "Second text here."));
    let before = newsroom.documents();
    newsroom.pass(Duration::from_secs(3));
    newsroom.written = 0;
    newsroom.drop("a/three.md", story("Three", "Third text here."));
    let after = newsroom.documents();
    let changed: Vec<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(changed.iter().all(|path| !path.starts_with("b/")), "{changed:?}");
    assert_eq!(newsroom.written, changed.len(), "written without need");
    // Page, four documents of the section, four of the whole.
    assert_eq!(changed.len(), 9, "{changed:?}");
}

#[test]
fn a_file_removed_is_withdrawn_after_the_grace_and_not_before() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    newsroom.remove("a/one.md");
    newsroom.pass(Duration::from_secs(9));
    assert_eq!(newsroom.titles("a"), ["One"]);
    newsroom.pass(Duration::from_secs(2));
    assert!(newsroom.titles("a").is_empty());
    assert!(newsroom.pages().is_empty());
}

#[test]
fn deleted_and_created_again_within_the_grace_is_a_save() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here, with some more words in it."));
    let before = newsroom.entry("a");
    newsroom.remove("a/one.md");
    newsroom.pass(Duration::from_secs(2));
    newsroom.drop("a/one.md", story("One", "First text here, with some other words in it."));
    newsroom.pass(GRACE);
    let after = newsroom.entry("a");
    assert_eq!((&after.id, &after.url, &after.published), (&before.id, &before.url, &before.published));
    assert_ne!(after.updated, before.updated);
    assert!(newsroom.changes().iter().all(|(change, _)| *change != Change::Withdrawn));
}

#[test]
fn a_file_that_returns_brings_its_article_back_with_its_id() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.entry("a");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    newsroom.drop("a/one.md", story("One", "First text here."));
    assert_eq!(newsroom.entry("a"), before);
    assert_eq!(newsroom.pages().len(), 1);
}

#[test]
fn renames_and_moves_keep_id_page_and_date() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.entry("a");
    newsroom.rename("a/one.md", "a/uno.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("a"), before);
    newsroom.rename("a/uno.md", "b/uno.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    let after = newsroom.entry("b");
    assert_eq!(
        (&after.id, &after.url, &after.published, &after.updated),
        (&before.id, &before.url, &before.published, &before.updated)
    );
    assert_eq!((&before.categories[..], &after.categories[..]), (&["A".to_owned()][..], &["B".to_owned()][..]));
    assert_eq!(newsroom.entries(""), [after], "what was kept in memory of it says so as well");
}

#[test]
fn a_move_without_a_word_is_found_by_the_comparison() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.entry("a");
    fs::create_dir_all(newsroom.inbox("b")).unwrap();
    fs::rename(newsroom.inbox("a/one.md"), newsroom.inbox("b/two.md")).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert_eq!(newsroom.entry("b").id, before.id);
}

#[test]
fn a_section_folder_renamed_takes_its_articles_along() {
    let mut newsroom = Newsroom::new();
    for number in 0..8 {
        newsroom.drop(
            &format!("old/{number}.md"),
            story(&format!("Story {number}"), &format!("Text number {number} of these.")),
        );
    }
    let ids = |entries: Vec<crate::newsroom::Entry>| {
        let mut ids: Vec<String> = entries.into_iter().map(|entry| entry.id).collect();
        ids.sort();
        ids
    };
    let before = ids(newsroom.entries("old"));
    newsroom.rename("old", "new");
    newsroom.pass(GRACE);
    assert_eq!(ids(newsroom.entries("new")), before);
    assert!(newsroom.titles("old").is_empty());
    assert_eq!(newsroom.entries("").len(), 8);
}

#[test]
fn many_files_gone_at_once_are_held_until_a_person_agrees() {
    let mut newsroom = Newsroom::new();
    for number in 0..20 {
        newsroom
            .drop(&format!("a/{number}.md"), story(&format!("Story {number}"), &format!("Text number {number} here.")));
    }
    for number in 0..10 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a").len(), 20);
    assert_eq!(newsroom.status()["held"], 10);
    newsroom.restart();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a").len(), 20, "a hold survives a restart");
    newsroom.drop("a/3.md", story("Story 3", "Text number 3 here."));
    assert_eq!(newsroom.status()["held"], 9, "a file that returns leaves the hold");
    newsroom.agree_to_missing();
    assert_eq!(newsroom.titles("a").len(), 11);
    assert_eq!(newsroom.status()["held"], 0);
    // Nor does the next one that goes belong to what was agreed to.
    newsroom.remove("a/19.md");
    newsroom.pass(GRACE);
    assert_eq!((newsroom.titles("a").len(), &newsroom.status()["held"]), (10, &0.into()));
    // Another mass is held again.
    for number in 10..16 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(GRACE);
    assert_eq!((newsroom.titles("a").len(), &newsroom.status()["held"]), (10, &6.into()));
}

#[test]
fn an_inbox_that_is_gone_and_comes_back_empty_holds_everything() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    fs::rename(newsroom.inbox(""), newsroom.dir.path().join("away")).unwrap();
    newsroom.hint(Hint::Everything("the inbox was moved".to_owned()));
    newsroom.pass(GRACE * 2);
    assert_eq!(newsroom.titles("a"), ["One"]);
    fs::create_dir(newsroom.inbox("")).unwrap();
    newsroom.compare();
    newsroom.pass(GRACE * 2);
    assert_eq!(newsroom.titles("a"), ["One"], "another folder in its place is no deletion");
    assert_eq!(newsroom.status()["held"], 1);
    let told = newsroom.desk().status().unwrap().text;
    assert!(told.contains("is its share mounted?"), "{told}");
    newsroom.drop("a/one.md", story("One", "First text here."));
    assert_eq!(newsroom.status()["held"], 0);
    assert_eq!(newsroom.entries("a").len(), 1);
}

#[test]
fn keep_leaves_articles_where_the_inbox_is_emptied() {
    let mut newsroom = Newsroom::with("[intake]\non_delete = \"keep\"\n");
    for number in 0..9 {
        newsroom
            .drop(&format!("a/{number}.md"), story(&format!("Story {number}"), &format!("Text number {number} here.")));
    }
    for number in 0..9 {
        newsroom.remove(&format!("a/{number}.md"));
    }
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a").len(), 9);
    let before = newsroom.documents();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.restart();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("a").len(), 9, "the ledger keeps what no file holds");
    assert_eq!(newsroom.documents(), before);
}

#[test]
fn copies_in_one_section_change_nothing_and_in_another_make_no_second_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.documents();
    newsroom.drop("a/copy.md", story("One", "First text here."));
    assert_eq!(newsroom.documents(), before);
    newsroom.drop("b/one.md", story("One", "First text here."));
    assert_eq!(newsroom.entries("").len(), 1);
    assert_eq!(newsroom.entry("a").id, newsroom.entry("b").id);
    newsroom.remove("a/one.md");
    newsroom.remove("a/copy.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert_eq!(newsroom.titles("b"), ["One"]);
    newsroom.remove("b/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
}

#[test]
fn another_story_under_a_used_name_is_another_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/latest.md",
        story("Harbour bridge reopens", "The bridge over the harbour is open to traffic again since this morning."),
    );
    let first = newsroom.entry("a");
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop(
        "a/latest.md",
        story(
            "Council votes on school meals",
            "A narrow majority of councillors wants warm lunches for every pupil from autumn.",
        ),
    );
    let entries = newsroom.entries("a");
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[1], first, "the former stays as it was");
    assert_ne!(entries[0].id, first.id);
    newsroom.restart();
    assert_eq!(newsroom.entries("a"), entries);
}

#[test]
fn a_bad_file_is_refused_beside_itself_and_delays_no_good_one() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/good.md", story("Good", "Fine text."));
    newsroom.drop("a/bad.md", "---\ntitle: [unclosed\n---\ntext\n");
    newsroom.compare();
    assert_eq!(newsroom.titles("a"), ["Good"]);
    let notice = fs::read_to_string(newsroom.inbox("a/bad.md.rejected.txt")).unwrap();
    assert!(notice.contains("bad.md"), "{notice}");
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.drop("a/bad.md", story("Mended", "Now it reads well."));
    assert!(!newsroom.inbox("a/bad.md.rejected.txt").exists());
    assert_eq!(newsroom.titles("a").len(), 2);
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn a_bad_edit_leaves_the_published_article_as_it_was() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here."));
    let before = newsroom.documents();
    newsroom.drop("a/one.md", "---\ntitle: [unclosed\n---\ntext\n");
    assert_eq!(newsroom.documents(), before);
    newsroom.drop("a/one.md", "");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.documents(), before, "an emptied file keeps its article");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert!(!newsroom.inbox("a/one.md.rejected.txt").exists());
}

#[test]
fn unknown_extensions_rest_and_are_then_refused() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/report.wpd", "old word processor");
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.pass(Duration::from_secs(3));
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.remove("a/report.wpd");
    newsroom.rest();
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(!newsroom.inbox("a/report.wpd.rejected.txt").exists());
}

#[test]
fn an_embargo_ends_by_the_clock_alone() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/later.md", "---\ntitle: Later\ndate: 2026-07-02T09:00:00Z\n---\nText to come.\n");
    assert_eq!(newsroom.changes(), [(Change::Scheduled, "Later".to_owned())]);
    assert!(newsroom.titles("a").is_empty());
    assert!(newsroom.pages().is_empty());
    newsroom.restart();
    newsroom.skip(Duration::from_secs(59 * 60));
    assert!(newsroom.titles("a").is_empty());
    newsroom.step_clock("2026-07-02T09:00:00Z".parse().unwrap());
    let entry = newsroom.entry("a");
    assert_eq!(entry.published, "2026-07-02T09:00:00+00:00");
    newsroom.step_clock("2026-07-02T08:00:00Z".parse().unwrap());
    assert_eq!(newsroom.entries("a").len(), 1, "what was shown stays when the clock is set back");
    newsroom.drop("a/later.md", "---\ntitle: Later\ndate: 2026-07-02T09:00:00Z\n---\nText that has come.\n");
    assert_eq!(newsroom.entries("a").len(), 1, "nor does an edit take it out");
}

#[test]
fn an_expired_article_leaves_by_the_clock_alone() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/short.md", "---\ntitle: Short\nexpires: 2026-07-02T09:00:00Z\n---\nText for an hour.\n");
    assert_eq!(newsroom.titles("a"), ["Short"]);
    newsroom.step_clock("2026-07-02T08:59:59Z".parse().unwrap());
    assert_eq!(newsroom.titles("a"), ["Short"]);
    newsroom.step_clock("2026-07-02T09:00:00Z".parse().unwrap());
    assert!(newsroom.titles("a").is_empty(), "at the very second");
    assert!(newsroom.pages().is_empty());
}

#[test]
fn withdrawn_by_order_outlasts_edits_rebuilds_and_ends_with_restore() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here, of some length."));
    let before = newsroom.entry("a");
    assert_eq!(newsroom.withdraw(&before.id).code, 0);
    assert!(newsroom.titles("a").is_empty());
    newsroom.drop("a/one.md", story("One", "First text here, of another length."));
    assert!(newsroom.titles("a").is_empty());
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    assert!(newsroom.titles("a").is_empty(), "the ledger remembers");
    assert_eq!(newsroom.restore("a/one.md").code, 0);
    let after = newsroom.entry("a");
    assert_eq!((&after.id, &after.url), (&before.id, &before.url));
    assert_eq!(newsroom.withdraw("no/such.md").code, 1);
}

#[test]
fn a_lost_catalogue_is_rebuilt_with_the_same_documents() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "First text here, of some length."));
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/one.md", story("One", "First text here, of another length."));
    newsroom.drop("b/two.md", story("Two", "Second text here."));
    newsroom.rename("b/two.md", "c/zwei.md");
    newsroom.pass(GRACE);
    // Later than all that stays: the section's date is from it.
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/gone.md", story("Gone", "Something to be removed."));
    newsroom.remove("a/gone.md");
    newsroom.pass(GRACE);
    let before = newsroom.documents();
    let modified = |newsroom: &Newsroom| -> Vec<_> {
        let found = before.keys().map(|path| (path.clone(), newsroom.find(path)));
        found
            .map(|(path, found)| match found {
                Found::Document(document) => (path, document.last_modified().cloned()),
                // Our mark.
                _ => (path, None),
            })
            .collect()
    };
    let dates = modified(&newsroom);
    newsroom.stop();
    newsroom.lose_catalogue();
    newsroom.skip(Duration::from_secs(86_400));
    newsroom.start();
    newsroom.pass(GRACE);
    assert_eq!(modified(&newsroom), dates, "nobody fetches again what he has");
    assert_eq!(newsroom.documents().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for (path, bytes) in newsroom.documents() {
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&before[&path]), "{path}");
    }
}

#[test]
fn an_id_in_use_is_refused_naming_the_first_and_taken_when_it_is_free() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "---\ntitle: One\nid: urn:x:1\n---\nFirst text here.\n");
    newsroom.drop("b/two.md", "---\ntitle: Two\nid: urn:x:1\n---\nQuite another thing.\n");
    assert_eq!(newsroom.status()["refused"], 1);
    assert!(newsroom.refused[0].1.reason.contains("a/one.md"), "{:?}", newsroom.refused);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("b"), ["Two"]);
    assert_eq!(newsroom.entry("b").id, "urn:x:1");
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn a_fresh_file_found_by_a_comparison_needs_two_equal_looks() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("One", "First text"));
    fs::File::options()
        .write(true)
        .open(newsroom.inbox("a/one.md"))
        .unwrap()
        .set_modified(newsroom.now().wall.into())
        .unwrap();
    newsroom.compare();
    assert!(newsroom.titles("").is_empty());
    newsroom.pass(Duration::from_secs(3));
    assert_eq!(newsroom.titles("a"), ["One"]);
}

#[test]
fn a_file_in_the_inbox_itself_belongs_to_the_whole_and_names_may_be_anything() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("root.md", story("Root", "At the top."));
    newsroom.drop("要闻/新 闻.md", story("新闻", "正文在此。"));
    newsroom.drop("A&B/x#y?.md", story("Odd", "Odd names."));
    assert_eq!(newsroom.entries("").len(), 3);
    assert_eq!(newsroom.titles("要闻"), ["新闻"]);
    assert_eq!(newsroom.titles("A-B"), ["Odd"]);
    newsroom.put("x/y.md.rejected.txt", "somebody's own");
    newsroom.compare();
    assert_eq!(newsroom.entries("").len(), 3);
}

#[test]
fn what_keeps_it_from_its_work_is_told_to_whoever_asks() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", "Nine herons were counted on the old weighing stone before breakfast."));
    assert_eq!(newsroom.desk().status().unwrap().code, 0);
    let now = newsroom.now();
    let closed = (InboxPath::new("secret"), "permission denied".to_owned());
    let mut told = |folders| {
        newsroom.desk().cannot_read(folders, now);
        newsroom.desk().turn(now).unwrap().notes.len()
    };
    assert_eq!((told(vec![closed.clone()]), told(vec![closed])), (1, 0), "it is told once");
    newsroom.desk().stall(Some("the disk is full".to_owned()));
    let status = newsroom.desk().status().unwrap();
    assert_eq!(status.code, 1);
    for words in ["the folder secret cannot be read (permission denied)", "the disk is full"] {
        assert!(status.text.contains(words), "{}", status.text);
        assert!(newsroom.desk().board_page().unwrap().contains(words));
    }
    assert_eq!(status.value["troubles"].as_array().unwrap().len(), 2);
    newsroom.desk().stall(None);
    newsroom.desk().cannot_read(Vec::new(), now);
    assert_eq!(newsroom.desk().status().unwrap().code, 0);
}
