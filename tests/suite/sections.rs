//! Stories of sections: which folders make them, what else names them, and how names are told apart (DESIGN 2.2, 2.3).

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;

use crate::newsroom::{Newsroom, story};

const GRACE: Duration = Duration::from_secs(11);

/// A text of its own for every name, so that no two files are copies.
fn news(name: &str) -> String {
    story(&format!("News of {name}"), &format!("What happened in {name} was told by somebody from {name}."))
}

#[test]
fn folders_make_sections_less_dates_and_posts() {
    for (path, section) in [
        ("one.md", ""),
        ("sports/one.md", "sports"),
        ("sports/football/one.md", "sports/football"),
        ("sports/football/2026/07/02/one.md", "sports/football"),
        ("2026/07/02/sports/one.md", "sports"),
        ("2026/one.md", ""),
        ("2026/7/2/one.md", ""),
        ("sports/2026/one.md", "sports"),
        ("sports/2026/07/one.md", "sports"),
        ("_posts/one.md", ""),
        ("sports/_posts/2026-07-01-one.md", "sports"),
        ("sports/07/one.md", "sports/07"),
        ("sports/2026/13/one.md", "sports/13"),
        ("sports/2026/07/32/one.md", "sports/32"),
        ("1850/one.md", "1850"),
        ("sports 2026/one.md", "sports-2026"),
        ("A & B/c+d/one.md", "A-B/c-d"),
        ("要闻/国际/one.md", "要闻/国际"),
        ("index/one.md", "index-2"),
        ("rss.xml/one.md", "rss.xml-2"),
        ("Feed.JSON/one.md", "Feed.JSON-2"),
        ("opml.xml/one.md", "opml.xml-2"),
        ("style.css/one.md", "style.css-2"),
        ("cafe\u{301}/one.md", "café"),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.drop(path, news(path));
        assert_eq!(newsroom.entry(section).title, format!("News of {path}"), "{path}");
        assert_eq!(newsroom.entries("").len(), 1, "{path}");
        for file in ["rss.xml", "atom.xml", "feed.json", "index.html"] {
            assert!(newsroom.feeds(section).join(file).is_file(), "{path}: {file}");
        }
        assert!(newsroom.feeds("style.css").is_file() && newsroom.feeds("opml.xml").is_file(), "{path}");
    }
}

#[test]
fn what_begins_with_a_forbidden_sign_is_no_section() {
    let mut newsroom = Newsroom::new();
    for folder in [".git", "_drafts", "_media", "#recycle", "@eaDir", "$RECYCLE.BIN", "~trash", "lost+found"] {
        newsroom.put(&format!("{folder}/one.md"), news(folder));
        newsroom.put(&format!("sports/{folder}/deep/one.md"), news(&format!("deep {folder}")));
    }
    newsroom.compare();
    assert!(newsroom.titles("").is_empty());
    assert_eq!(newsroom.status()["refused"], 0);
    // Moved into one is deleted; out of it, dropped.
    newsroom.drop("sports/one.md", news("sports"));
    let id = newsroom.entry("sports").id;
    fs::create_dir_all(newsroom.inbox("_drafts")).unwrap();
    fs::rename(newsroom.inbox("sports/one.md"), newsroom.inbox("_drafts/aside.md")).unwrap();
    newsroom.hint(Hint::Vanished(InboxPath::new("sports/one.md")));
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
    fs::rename(newsroom.inbox("_drafts/aside.md"), newsroom.inbox("sports/one.md")).unwrap();
    newsroom.hint(Hint::Arrived(InboxPath::new("sports/one.md")));
    assert_eq!(newsroom.entry("sports").id, id);
}

#[test]
fn eight_folders_are_a_section_and_nine_are_refused() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("1/2/3/4/5/6/7/8/one.md", news("eight"));
    newsroom.drop("1/2/3/4/5/6/7/8/2026/07/02/two.md", news("eight and a day"));
    assert_eq!(newsroom.entries("1/2/3/4/5/6/7/8").len(), 2);
    newsroom.drop("1/2/3/4/5/6/7/8/9/three.md", news("nine"));
    assert_eq!(newsroom.entries("").len(), 2);
    assert_eq!(newsroom.status()["refused"], 1);
    let notice = fs::read_to_string(newsroom.inbox("1/2/3/4/5/6/7/8/9/three.md.rejected.txt")).unwrap();
    assert!(notice.contains('8'), "{notice}");
    newsroom.drop("four.md", "---\ntitle: Four\nsection: 1/2/3/4/5/6/7/8/9\n---\nToo deep by its own words.\n");
    assert_eq!(newsroom.status()["refused"], 2);
    newsroom.rename("1/2/3/4/5/6/7/8/9/three.md", "1/2/3/4/5/6/7/8/three.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entries("1/2/3/4/5/6/7/8").len(), 3);
    assert_eq!(newsroom.status()["refused"], 1);
    assert!(!newsroom.inbox("1/2/3/4/5/6/7/8/three.md.rejected.txt").exists());
}

#[test]
fn a_file_may_name_one_section_or_several() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "---\ntitle: One\nsection: sports/football\n---\nText of the first.\n");
    assert_eq!(newsroom.titles("sports/football"), ["One"]);
    assert!(!newsroom.feeds("a").exists(), "its folder says nothing then");
    newsroom.drop("a/two.md", "---\ntitle: Two\nsections: [culture, Sports/Football]\n---\nText of the second.\n");
    assert_eq!(newsroom.titles("culture"), ["Two"]);
    assert_eq!(newsroom.titles("sports/football").len(), 2, "in any case the same");
    assert_eq!(newsroom.entries("").len(), 2);
    assert_eq!(newsroom.pages().len(), 2);
    newsroom.drop("a/two.md", "---\ntitle: Two\nsections: [culture]\n---\nText of the second.\n");
    assert_eq!(newsroom.titles("sports/football"), ["One"]);
    // Odd ways to write one.
    for (stated, section) in [
        ("/x/y/", "x/y"),
        ("x // z", "x/z"),
        ("_media", "media"),
        ("rss.xml", "rss.xml-2"),
        ("体育 / 足球", "体育/足球"),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("one.md", format!("---\ntitle: One\nsection: \"{stated}\"\n---\nText of it.\n"));
        assert_eq!(newsroom.titles(section), ["One"], "{stated}");
        assert!(newsroom.pages().iter().all(|page| page.starts_with(section)), "{stated}");
    }
}

#[test]
fn names_alike_but_for_case_are_told_apart_for_ever() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/one.md", news("small"));
    newsroom.drop("Sports/two.md", news("capital"));
    newsroom.drop("SPORTS/football/three.md", news("loud"));
    assert_eq!(newsroom.titles("sports"), ["News of small"]);
    assert_eq!(newsroom.titles("Sports-2"), ["News of capital"]);
    assert_eq!(newsroom.titles("SPORTS-3/football"), ["News of loud"]);
    newsroom.drop("Sports/four.md", news("another capital"));
    assert_eq!(newsroom.entries("Sports-2").len(), 2);
    newsroom.drop("five.md", "---\ntitle: Five\nsection: Sports\n---\nNamed as its folder is written.\n");
    assert_eq!(newsroom.entries("Sports-2").len(), 3);
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
}

#[test]
fn a_folder_renamed_in_case_alone_is_the_same_section() {
    for is_told in [true, false] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("Sport/Football/final.md", news("final"));
        newsroom.drop("Sport/2026/07/02/run.md", news("run"));
        newsroom.drop("Sport/_section.toml", "description = \"All that moves\"\n");
        let feed = |newsroom: &Newsroom, path: &str| fs::read_to_string(newsroom.feeds(path)).unwrap();
        let (before, pages) = (newsroom.entries("Sport"), newsroom.pages());
        let id = |feed: &str| feed.split("<id>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let feed_id = id(&feed(&newsroom, "Sport/atom.xml"));
        if is_told {
            newsroom.rename("Sport", "sport");
        } else {
            fs::rename(newsroom.inbox("Sport"), newsroom.inbox("sport")).unwrap();
            newsroom.compare();
        }
        newsroom.pass(GRACE);
        newsroom.drop("sport/football/late.md", news("late"));
        newsroom.drop("sport/swim.md", news("swim"));
        assert_eq!(newsroom.entries("Sport").len(), 4, "{is_told}");
        assert!(before.iter().all(|entry| newsroom.entries("Sport").contains(entry)));
        assert!(pages.iter().all(|page| newsroom.pages().contains(page)));
        assert_eq!(id(&feed(&newsroom, "Sport/atom.xml")), feed_id);
        assert!(feed(&newsroom, "Sport/rss.xml").contains("All that moves"));
        // Beside Football there is football now: those are two.
        assert_eq!((newsroom.entries("Sport/Football").len(), newsroom.entries("Sport/football-2").len()), (1, 1));
        assert!(!newsroom.feeds("sport").exists() && !newsroom.feeds("sport-2").exists());
        let documents = newsroom.documents();
        newsroom.restart();
        newsroom.rebuild();
        newsroom.pass(GRACE);
        newsroom.assert_holds(&documents);
        newsroom.drop("sport/dive.md", news("dive"));
        assert_eq!(newsroom.entries("Sport").len(), 5);
    }
}

#[test]
fn a_section_that_is_named_in_another_case_is_none_of_its_own() {
    let mut newsroom = Newsroom::with("[section.\"sports/football\"]\ntitle = \"Fußball\"\n");
    newsroom.drop("Sports/Football/one.md", news("it"));
    assert_eq!(newsroom.entries("sports/football").len(), 1);
    newsroom.drop("two.md", "---\ntitle: Two\nsection: SPORTS/Tennis\n---\nOf a section below one that is there.\n");
    assert_eq!(newsroom.titles("sports/Tennis"), ["Two"]);
}

#[test]
fn folders_of_undecodable_names_are_told_apart() {
    let mut newsroom = Newsroom::new();
    for (name, folder) in [("one", &b"\xd0\xc2\xce\xc5"[..]), ("two", b"\xcc\xe5\xd3\xfd")] {
        let path = PathBuf::from(OsStr::from_bytes(folder)).join("one.md");
        fs::create_dir_all(newsroom.inbox("").join(OsStr::from_bytes(folder))).unwrap();
        fs::write(newsroom.inbox("").join(&path), news(name)).unwrap();
        newsroom.hint(Hint::Closed(InboxPath::new(path)));
    }
    assert_eq!(newsroom.titles("D0-C2-CE-C5"), ["News of one"]);
    assert_eq!(newsroom.titles("CC-E5-D3-FD"), ["News of two"]);
}

#[test]
fn pages_of_one_name_are_told_apart() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/x/one.md", "---\ntitle: One\nslug: same\nsection: a\n---\nFirst of the name.\n");
    newsroom.drop("a/y/one.md", "---\ntitle: Two\nslug: Same\nsection: a\n---\nAnother of the name.\n");
    newsroom.drop("a/z/one.md", "---\ntitle: Three\nslug: index\nsection: a\n---\nIndex as a name.\n");
    assert_eq!(newsroom.pages(), ["a/2026/07/02/Same-2.html", "a/2026/07/02/one.html", "a/2026/07/02/same.html"]);
    newsroom.drop("a/index.html/b.md", news("a folder with a file's name"));
    assert_eq!(newsroom.titles("a/index.html-2").len(), 1);
}

#[test]
fn long_names_stay_below_every_limit() {
    let mut newsroom = Newsroom::new();
    let long = "稿".repeat(80);
    newsroom.drop(&format!("{long}/{long}.md"), format!("---\ntitle: Long\n---\n{long}\n"));
    newsroom.drop(&format!("{long}/{long}a.md"), format!("---\ntitle: Longer\n---\nother {long} words\n"));
    assert_eq!(newsroom.entries("").len(), 2);
    assert_eq!(newsroom.pages().len(), 2);
    for page in newsroom.pages() {
        assert!(page.split('/').all(|name| name.len() <= 160), "{page}");
    }
}

#[test]
fn a_section_keeps_its_feeds_when_it_is_empty_again() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/one.md", news("sports"));
    let before = fs::read_to_string(newsroom.feeds("sports/atom.xml")).unwrap();
    newsroom.pass(Duration::from_secs(60));
    newsroom.remove("sports/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("sports").is_empty());
    newsroom.restart();
    assert!(newsroom.titles("sports").is_empty());
    let after = fs::read_to_string(newsroom.feeds("sports/atom.xml")).unwrap();
    let updated = |feed: &str| feed.split("<updated>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(updated(&after) > updated(&before), "a withdrawal moves the feed's date");
}

#[test]
fn a_section_of_the_configuration_is_there_from_the_start() {
    let mut newsroom = Newsroom::with("[section.\"sports/football\"]\ntitle = \"Fußball\"\n");
    assert!(newsroom.titles("sports/football").is_empty());
    assert!(newsroom.titles("sports").is_empty());
    assert!(newsroom.titles("").is_empty());
    newsroom.drop("Sports/Football/one.md", news("it"));
    assert_eq!(newsroom.entries("").len(), 1);
    let feed = fs::read_to_string(newsroom.feeds("sports/football/rss.xml")).unwrap();
    assert!(feed.contains("Fußball"), "{feed}");
}

#[test]
fn the_folio_names_the_section_of_a_page_in_the_inbox_itself() {
    let mut newsroom = Newsroom::new();
    let page = "2026年7月2日\n要闻\nA01\n\n海港大桥恢复通车\n\n本报讯(记者 白文斌)经过十一个月的封闭施工，海港大桥今天上午恢复双向通车，早高峰车流平稳。\n\n\
                全市小学秋季供应热午餐\n\n本报讯(记者 白文斌)市政府常务会议昨天通过方案，今年秋季学期起全市小学统一供应热午餐。\n";
    newsroom.drop("A01.txt", page);
    assert_eq!(newsroom.entries("要闻").len(), 2);
    newsroom.drop("city/A01.txt", page.replace("海港大桥", "滨江大桥").replace("热午餐", "早点心"));
    assert_eq!(newsroom.entries("city").len(), 2, "a folder says it better");
    assert_eq!(newsroom.entries("要闻").len(), 2);
}

#[test]
fn a_section_begins_with_what_it_says_of_itself() {
    let mut newsroom = Newsroom::new();
    let feed = |newsroom: &Newsroom, path: &str| fs::read_to_string(newsroom.feeds(path)).unwrap();
    newsroom.drop("sports/football/_section.toml", "title = \"Fußball\"\nlanguage = \"de\"\nfull_text = false\n");
    assert!(newsroom.titles("sports/football").is_empty() && newsroom.titles("sports").is_empty());
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.drop("sports/football/one.md", story("One", &"They won the match in the last minute. ".repeat(20)));
    let rss = feed(&newsroom, "sports/football/rss.xml");
    assert!(rss.contains("<title>Fußball</title>") && rss.contains("de") && !rss.contains("content:encoded>"), "{rss}");
    assert_eq!(newsroom.entry("sports").categories, ["Fußball"]);
    // It holds over restarts and lost catalogues, and a comparison finds nothing new.
    let before = newsroom.documents();
    newsroom.compare();
    newsroom.restart();
    newsroom.assert_holds(&before);
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    newsroom.assert_holds(&before);
    // The operator's word outranks it, key by key.
    newsroom.reconfigured("[section.\"sports/football\"]\ntitle = \"Soccer\"\n");
    let rss = feed(&newsroom, "sports/football/rss.xml");
    assert!(rss.contains("<title>Soccer</title>") && !rss.contains("content:encoded>"), "{rss}");
    newsroom.reconfigured("");
    newsroom.drop("sports/football/_section.toml", "title = \"Kicken\"\n");
    let rss = feed(&newsroom, "sports/football/rss.xml");
    assert!(rss.contains("<title>Kicken</title>") && rss.contains("content:encoded>"), "{rss}");
    // Gone, the folder's name speaks again.
    newsroom.remove("sports/football/_section.toml");
    newsroom.pass(GRACE);
    assert!(feed(&newsroom, "sports/football/rss.xml").contains("<title>Football</title>"));
    assert_eq!(newsroom.titles("sports/football"), ["One"]);
}

#[test]
fn what_a_section_says_wrongly_is_refused_and_what_it_said_before_stays() {
    let mut newsroom = Newsroom::new();
    let title = |newsroom: &Newsroom| {
        let rss = fs::read_to_string(newsroom.feeds("sports/rss.xml")).unwrap();
        rss.split("<title>").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    newsroom.drop("sports/_section.toml", "title = \"Sport\"\n");
    assert_eq!(title(&newsroom), "Sport");
    for wrong in [
        "title = \n",
        "titel = \"Sport\"\n",
        "entries = \"many\"\n",
        "[section.x]\ntitle = \"X\"\n",
        "title = \"\u{0}\"\n",
    ] {
        newsroom.drop("sports/_section.toml", wrong);
        assert_eq!(newsroom.status()["refused"], 1, "{wrong:?}");
        assert!(newsroom.inbox("sports/_section.toml.rejected.txt").exists(), "{wrong:?}");
        assert_eq!(title(&newsroom), "Sport", "{wrong:?}");
    }
    newsroom.drop("sports/_section.toml", "title = \"Sport und Spiel\"\n");
    assert_eq!(newsroom.status()["refused"], 0);
    assert_eq!(title(&newsroom), "Sport und Spiel");
    assert!(!newsroom.inbox("sports/_section.toml.rejected.txt").exists());
    newsroom.drop("_section.toml", "title = \"All of it\"\n");
    assert_eq!(newsroom.status()["refused"], 1);
    // With its folder it goes along.
    newsroom.drop("sports/one.md", news("sports"));
    newsroom.rename("sports", "games");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("games").len(), 1);
    assert!(fs::read_to_string(newsroom.feeds("games/rss.xml")).unwrap().contains("<title>Sport und Spiel</title>"));
}

#[test]
fn folders_that_differ_in_case_alone_are_two_sections_while_both_are_there() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("Sport/one.md", story("One", "The rowers start at dawn."));
    newsroom.drop("sport/two.md", story("Two", "Nine herons were counted."));
    assert_eq!(
        (newsroom.titles("Sport"), newsroom.titles("sport-2")),
        (vec!["One".to_owned()], vec!["Two".to_owned()])
    );
    // A file that names one means the one of this very name.
    newsroom.drop("x/three.md", "---\ntitle: Three\nsection: sport\n---\n\nHe who names it means it.\n");
    assert_eq!(newsroom.titles("sport-2").len(), 2);
    // A section that begins without an article is named on the page above, and names that.
    newsroom.drop("x/new/_section.toml", "title = \"Beginners\"\n");
    assert!(newsroom.text("x/index.html").contains("Beginners"));
    newsroom.drop("x/new/four.md", story("Four", "At last somebody wrote."));
    assert!(
        newsroom.text("x/new/index.html").contains("href=\"https://news.example/x/\""),
        "{}",
        newsroom.text("x/new/index.html")
    );
}
