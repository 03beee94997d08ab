//! Stories of what comes under a name that held, or was, something else before: what of it is new, and what stays (DESIGN 2.2).

use std::fs;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;

use crate::newsroom::{Newsroom, story};

const GRACE: Duration = Duration::from_secs(11);

fn bridge() -> String {
    story("Bridge", "The bridge over the harbour is open to traffic again since this morning.")
}

fn school() -> String {
    story("School", "A narrow majority of councillors wants warm lunches for every pupil from autumn.")
}

fn ferry() -> String {
    story("Ferry", "Rain in the hills let the water rise by two metres overnight, and nothing crossed it.")
}

#[test]
fn what_was_removed_is_not_brought_back_by_what_follows_it() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/latest.md", bridge());
    newsroom.remove("a/latest.md");
    newsroom.pass(GRACE);
    newsroom.drop("a/latest.md", school());
    assert_eq!(newsroom.titles(""), ["School"]);
    newsroom.restart();
    newsroom.drop("a/latest.md", ferry());
    assert_eq!(newsroom.titles("").len(), 2, "what was there until now stays");
    // Nor by a person, once its file is gone.
    newsroom.drop("b/latest.md", story("Market", "The market moves to the river bank for the summer."));
    let id = newsroom.entry("b").id;
    newsroom.withdraw(&id);
    newsroom.remove("b/latest.md");
    newsroom.pass(GRACE);
    newsroom.drop("b/latest.md", bridge());
    newsroom.restore(&id);
    assert_eq!(newsroom.titles("b"), ["Bridge"]);
}

#[test]
fn what_another_file_holds_too_goes_with_that() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/latest.md", bridge());
    newsroom.drop("b/copy.md", bridge());
    newsroom.drop("a/latest.md", school());
    assert_eq!((newsroom.titles("a"), newsroom.titles("b")), (vec!["School".to_owned()], vec!["Bridge".to_owned()]));
    newsroom.remove("b/copy.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles(""), ["School"]);
}

#[test]
fn a_copy_speaks_again_when_the_file_that_was_edited_is_other_news() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/latest.md", bridge());
    newsroom.drop("b/copy.md", bridge());
    newsroom.drop("a/latest.md", bridge().replace("this morning", "noon"));
    assert!(newsroom.entry("b").content.contains("noon"));
    newsroom.drop("a/latest.md", school());
    assert!(newsroom.entry("b").content.contains("this morning"), "{:?}", newsroom.entry("b"));
}

#[test]
fn a_file_moved_to_the_place_of_a_removed_one_is_itself_though_edited_at_once() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/old.md", ferry());
    newsroom.remove("a/old.md");
    newsroom.pass(GRACE);
    newsroom.drop("b/new.md", bridge());
    let id = newsroom.entry("b").id;
    fs::rename(newsroom.inbox("b/new.md"), newsroom.inbox("a/old.md")).unwrap();
    newsroom.put("a/old.md", bridge().replace("this morning", "noon"));
    newsroom.hint(Hint::Moved { from: InboxPath::new("b/new.md"), to: InboxPath::new("a/old.md") });
    assert_eq!(newsroom.entry("").id, id);
    assert_eq!(newsroom.entry("a").id, id);
}

#[test]
fn under_a_name_of_another_sort_it_is_no_article_any_more() {
    for name in ["a/one.jpg", "a/one.yaml", "a/_index.md", "a/_section.toml"] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", bridge());
        newsroom.rename("a/one.md", name);
        newsroom.pass(GRACE);
        assert!(newsroom.titles("a").is_empty(), "{name}");
        newsroom.rename(name, "a/one.md");
        newsroom.pass(GRACE);
        assert_eq!(newsroom.titles("a"), ["Bridge"], "{name}");
    }
}

#[test]
fn a_bad_edit_is_refused_as_often_as_it_comes() {
    const BAD: &str = "---\ntitle: [unclosed\n---\ntext\n";
    let mut newsroom = Newsroom::new();
    let notice = newsroom.inbox("a/one.md.rejected.txt");
    newsroom.drop("a/one.md", bridge());
    newsroom.drop("a/one.md", BAD);
    assert!(notice.exists());
    newsroom.drop("a/one.md", "");
    assert!(!notice.exists());
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.drop("a/one.md", BAD);
    assert!(notice.exists(), "emptied in between");
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(!notice.exists());
    newsroom.drop("a/one.md", BAD);
    assert!(notice.exists(), "removed in between");
    assert_eq!(newsroom.status()["refused"], 1);
}
