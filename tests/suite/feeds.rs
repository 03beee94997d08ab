//! What stands in a section's feeds and in which order (DESIGN 2.5), told through the newsroom.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::newsroom::{Newsroom, dated, story};
use crate::specimens::{mp3, png};

const GRACE: Duration = Duration::from_secs(11);

/// The feed's own date, alike in all formats that state it.
#[track_caller]
fn updated(newsroom: &Newsroom, section: &str) -> DateTime<Utc> {
    let read = |file: &str| {
        let path = if section.is_empty() { file.to_owned() } else { format!("{section}/{file}") };
        feed_rs::parser::parse(newsroom.text(&path).as_bytes()).unwrap()
    };
    let atom = read("atom.xml").updated.unwrap();
    if let Some(built) = read("rss.xml").updated {
        assert_eq!(atom, built, "Atom and RSS of {section:?}");
    }
    atom
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn newest_first_then_by_place_on_the_page_then_by_id() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/old.md", dated("Old", "2026-06-01T10:00:00Z", "An old story here."));
    newsroom.drop("a/z.md", "---\ntitle: Z\nid: urn:x:z\ndate: 2026-06-03T10:00:00Z\n---\nThe last of the letters.\n");
    newsroom
        .drop("a/b.md", "---\ntitle: B\nid: urn:x:b\ndate: 2026-06-03T10:00:00Z\n---\nThe second of the letters.\n");
    newsroom.drop("a/new.md", dated("New", "2026-07-01T10:00:00Z", "A new story here."));
    assert_eq!(newsroom.titles("a"), ["New", "B", "Z", "Old"]);
    newsroom.drop("a/old.md", dated("Old", "2026-06-01T10:00:00Z", "An old story here, with a new end."));
    assert_eq!(newsroom.titles("a"), ["New", "B", "Z", "Old"], "a revision moves nothing");
    assert_eq!(newsroom.titles(""), newsroom.titles("a"));
}

/// A newspaper page of these items.
fn page(items: &[(&str, &str)]) -> String {
    let mut page = "澜江晚报\n2026年7月2日 星期四 A01版:要闻\n\n".to_owned();
    for (headline, text) in items {
        page.push_str(&format!(
            "{headline}\n\n本报讯(记者 岑牧野){text}记者从市里了解到,这件事已经办了二十个月,秋天就要办完。\n\n来得最早的是几位老人,\
             他们沿着新铺的木栈道走到尽头,在石台上坐下来,等第一班渡船过江。\n\n"
        ));
    }
    page
}

#[test]
fn items_of_a_page_stand_as_on_the_page_also_after_they_changed_places() {
    let bridge = ("北埠江岸今起向市民开放", "7月1日清晨六点,北埠老码头的铁门第一次没有上锁。");
    let rice = ("今年早稻长势好于常年", "7月1日,全县十八万亩早稻已进入灌浆后期,长势好于常年。");
    let tower = ("市一中旧钟楼修复完工", "停了三十四年的钟,昨天又响了,操场上的学生停下脚步。");
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\ntime_zone = \"Asia/Shanghai\"\n");
    newsroom.drop("要闻/A01.txt", page(&[bridge, rice, tower]));
    assert_eq!(newsroom.titles("要闻"), [bridge.0, rice.0, tower.0]);
    let ids = |newsroom: &Newsroom| {
        let mut ids: Vec<String> = newsroom.entries("").into_iter().map(|entry| entry.id).collect();
        ids.sort();
        ids
    };
    let before = ids(&newsroom);
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("要闻/A01.txt", page(&[tower, bridge, rice]));
    assert_eq!(newsroom.titles("要闻"), [tower.0, bridge.0, rice.0]);
    assert_eq!(newsroom.titles(""), [tower.0, bridge.0, rice.0]);
    assert_eq!(ids(&newsroom), before);
    let mut times: Vec<String> = newsroom.entries("").into_iter().map(|entry| entry.updated).collect();
    times.sort();
    times.dedup();
    assert_eq!(times.len(), 3);
}

#[test]
fn the_same_articles_give_the_same_bytes_in_whatever_order_they_came() {
    let files: Vec<(String, String)> = (0..28)
        .map(|n| {
            let section = ["a", "a/b", "c", "时政/要闻"][n % 4];
            let date = format!("2026-06-{:02}T1{}:00:00Z", n + 1, n % 7);
            (format!("{section}/{n}.md"), dated(&format!("Story {n}"), &date, &format!("Text of number {n}, plain.")))
        })
        .collect();
    let mut forwards = Newsroom::new();
    for (path, text) in &files {
        forwards.drop(path, text);
    }
    let mut backwards = Newsroom::new();
    backwards.pass(Duration::from_secs(100));
    for (path, text) in files.iter().rev() {
        backwards.pass(Duration::from_secs(1));
        backwards.drop(path, text);
    }
    let imported = {
        let mut imported = Newsroom::closed("");
        for (path, text) in &files {
            imported.put(path, text);
        }
        imported.start();
        imported
    };
    let expected = forwards.documents();
    for (path, bytes) in expected.iter().filter(|(path, _)| !path.starts_with('.')) {
        for (name, other) in [("backwards", &backwards), ("imported", &imported)] {
            let have = other.documents();
            let mut text =
                String::from_utf8_lossy(have.get(path).unwrap_or_else(|| panic!("{path} {name}"))).into_owned();
            let mut wanted = String::from_utf8_lossy(bytes).into_owned();
            if path.ends_with("atom.xml") {
                // A feed's id is dated by its first article.
                let without_id = |text: &str| {
                    let (head, rest) = text.split_once("<id>").unwrap();
                    format!("{head}{}", rest.split_once("</id>").unwrap().1)
                };
                (text, wanted) = (without_id(&text), without_id(&wanted));
            }
            assert!(text == wanted, "{path} {name}\n{text}\n{wanted}");
        }
    }
}

#[test]
fn an_inbox_imported_twice_gives_the_same_bytes_also_where_dates_are_alike() {
    let import = |order: &mut dyn Iterator<Item = usize>| {
        let mut newsroom = Newsroom::closed("");
        for number in order {
            let path = format!("{}/{number}.md", ["b", "a", "c/d"][number % 3]);
            newsroom.put(&path, dated(&format!("Story {number}"), "2026-06-30", &format!("Text of number {number}.")));
        }
        newsroom.start();
        newsroom.documents()
    };
    let one = import(&mut (0..40));
    let other = import(&mut (0..40).rev());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(bytes == &other[path], "{path}\n{}\n{}", text(bytes), text(&other[path]));
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn pictures_stand_in_the_body_and_sounds_are_enclosed_with_their_length() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/p.png", png(3, 2, ""));
    newsroom.put("a/s.mp3", mp3(4321));
    newsroom.put("a/d.pdf", b"%PDF-1.4 paper");
    newsroom.drop(
        "a/one.md",
        "---\ntitle: One\nimage: p.png\nenclosure: s.mp3\n---\nWords and a [paper](d.pdf) beside them.\n",
    );
    let rss = newsroom.text("a/rss.xml");
    let document = roxmltree::Document::parse(&rss).unwrap();
    let enclosures: Vec<_> = document.descendants().filter(|node| node.has_tag_name("enclosure")).collect();
    assert_eq!(enclosures.len(), 1);
    assert_eq!(enclosures[0].attribute("length"), Some("4321"));
    assert_eq!(enclosures[0].attribute("type"), Some("audio/mpeg"));
    let contents: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://search.yahoo.com/mrss/", "content")))
        .filter_map(|node| node.attribute("type"))
        .collect();
    assert_eq!(contents, ["image/png", "audio/mpeg", "application/pdf"], "the sound once more, with its duration");
    let item: serde_json::Value = serde_json::from_str(&newsroom.text("a/feed.json")).unwrap();
    let item = &item["items"][0];
    assert!(item["image"].as_str().unwrap().ends_with(".png"));
    assert_eq!(item["attachments"].as_array().unwrap().len(), 2);
    assert_eq!(item["attachments"][0]["size_in_bytes"], 4321);
    let body = newsroom.entry("a").content;
    assert!(body.contains("<figure><img src=\"https://news.example/_media/") && body.contains("width=\"3\""), "{body}");
    for attachment in item["attachments"].as_array().unwrap() {
        let path = attachment["url"].as_str().unwrap().strip_prefix("https://news.example/").unwrap();
        let bytes = std::fs::read(newsroom.feeds(path)).unwrap();
        assert_eq!(attachment["size_in_bytes"], bytes.len());
    }
}

#[test]
fn all_that_is_enclosed_is_published_where_a_format_has_room() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/s.mp3", mp3(4321));
    newsroom.put("a/d.pdf", b"%PDF-1.4 paper");
    newsroom.drop(
        "a/one.md",
        "---\ntitle: One\nenclosures:\n  - d.pdf\n  - s.mp3\n  - {url: https://w.example/film, length: 99, type: video/mp4}\n---\nWords.\n",
    );
    let rss = newsroom.text("a/rss.xml");
    let document = roxmltree::Document::parse(&rss).unwrap();
    let types = |name: (&str, &str)| -> Vec<String> {
        let nodes = document.descendants().filter(|node| node.tag_name().name() == name.0);
        nodes.filter_map(|node| node.attribute(name.1)).map(str::to_owned).collect()
    };
    assert_eq!(types(("enclosure", "type")), ["application/pdf"], "the first that is stated");
    assert_eq!(types(("content", "type")), ["audio/mpeg", "video/mp4"]);
    let stated = |newsroom: &Newsroom| {
        let feed: serde_json::Value = serde_json::from_str(&newsroom.text("a/feed.json")).unwrap();
        let list = feed["items"][0]["attachments"].as_array().unwrap().clone();
        list.iter().map(|one| (one["mime_type"].clone(), one["size_in_bytes"].clone())).collect::<Vec<_>>()
    };
    let all = [("application/pdf", 14), ("audio/mpeg", 4321), ("video/mp4", 99)]
        .map(|(sort, size)| (sort.into(), size.into()));
    assert_eq!(stated(&newsroom), all);
    assert_eq!(newsroom.text("a/atom.xml").matches("rel=\"enclosure\"").count(), 3);
    let documents = newsroom.documents();
    newsroom.restart();
    newsroom.reconfigured("title = \"Other\"\n");
    assert_eq!(stated(&newsroom), all, "as it is recorded");
    newsroom.reconfigured("");
    newsroom.assert_holds(&documents);
}

#[test]
fn length_is_entries_and_the_window_of_the_newest_within_the_limits() {
    #[track_caller]
    fn check(settings: &str, hours_apart: i64, expected: usize) {
        let mut newsroom = Newsroom::closed(settings);
        for number in 0..60 {
            let date = (time("2026-06-30T00:00:00Z") - chrono::TimeDelta::hours(hours_apart * number)).to_rfc3339();
            let body = format!("Text of number {number}. {}", "Words and words. ".repeat(20));
            newsroom.put(&format!("a/{number}.md"), dated(&format!("Story {number}"), &date, &body));
        }
        newsroom.start();
        let entries = newsroom.entries("a");
        assert_eq!(entries.len(), expected, "{settings}");
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(entry.title, format!("Story {at}"), "{settings}");
        }
        // The newest is months old by now, and nothing leaves.
        newsroom.skip(Duration::from_secs(90 * 86_400));
        newsroom.restart();
        assert_eq!(newsroom.entries("a"), entries, "the window is of the newest entry, not of the clock");
    }
    check("", 1, 50);
    check("[publish]\nentries = 20\nwindow = \"10h\"\n", 1, 20);
    check("[publish]\nentries = 20\nwindow = \"30h\"\n", 1, 31);
    check("[publish]\nentries = 20\nwindow = \"30h\"\nmax_entries = 25\n", 1, 25);
    check("[publish]\nentries = 10\nwindow = \"0s\"\n", 1, 10);
    check("[publish]\nentries = 3\nwindow = \"0s\"\n", 1, 10);
    check("[publish]\nentries = 30\nmax_bytes = \"1 KiB\"\n", 1, 10);
    check("[section.a]\nentries = 12\nwindow = \"0s\"\n[publish]\nentries = 20\nwindow = \"30h\"\n", 1, 12);
}

#[test]
fn no_feed_is_longer_than_max_bytes_but_for_its_ten_newest() {
    let mut newsroom = Newsroom::closed("[publish]\nmax_bytes = \"40 KiB\"\n");
    for number in 0..60 {
        let body = format!("Text of <b>number</b> {number} & \"more\". {}", "Words and words. ".repeat(40));
        let date = (time("2026-06-30T00:00:00Z") - chrono::TimeDelta::minutes(number)).to_rfc3339();
        newsroom.put(&format!("a/{number}.md"), dated(&format!("Story {number}"), &date, &body));
    }
    newsroom.start();
    // What stands around the entries counts, at its longest.
    let head =
        format!("title = \"{}\"\ndescription = \"{}\"\n", "Fine & dandy ".repeat(9), "Words & more. ".repeat(220));
    for most in [40, 41, 42, 43, 44, 45, 46] {
        newsroom.reconfigured(&format!("[publish]\nmax_bytes = \"{most} KiB\"\n[section.a]\n{head}"));
        assert!((11..60).contains(&newsroom.entries("a").len()));
        for file in ["rss.xml", "atom.xml", "feed.json"] {
            assert!(newsroom.text(&format!("a/{file}")).len() <= most << 10, "{file} of {most} KiB");
        }
    }
}

#[test]
fn a_section_is_laid_out_as_configured() {
    let mut newsroom = Newsroom::with(
        "title = \"Tide & Time\"\nlanguage = \"en\"\n[section.\"news/zh\"]\ntitle = \"要闻 & <all>\"\ndescription = \"What \
         \\\"moves\\\"\"\nlanguage = \"zh-CN\"\nfull_text = false\n",
    );
    newsroom.drop("news/zh/one.md", dated("头条", "2026-07-01", "第一句话在这里。第二句话在那里。"));
    newsroom.drop("news/two.md", dated("Two", "2026-07-01T01:00:00Z", "Whole text of the second."));
    let feed = feed_rs::parser::parse(newsroom.text("news/zh/atom.xml").as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "要闻 & <all>");
    assert_eq!(feed.description.unwrap().content, "What \"moves\"");
    assert_eq!(feed.language.as_deref(), Some("zh-CN"));
    assert_eq!(newsroom.entry("news/zh").content, "", "summaries only");
    assert_eq!(newsroom.entries("news").len(), 2);
    assert!(newsroom.entries("news").iter().all(|entry| !entry.content.is_empty()), "the parent has full texts");
    assert_eq!(newsroom.entry("news/zh").categories, ["要闻 & <all>"]);
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("news/zh/feed.json")).unwrap();
    assert_eq!(json["language"], "zh-CN");
    assert!(json["items"][0].get("content_html").is_none());
    assert_eq!(json["items"][0]["content_text"], "第一句话在这里。第二句话在那里。");
    assert!(newsroom.text("news/zh/index.html").contains("<html lang=\"zh-CN\""));
    // Where feeds of several languages meet, each entry says its own.
    let whole: serde_json::Value = serde_json::from_str(&newsroom.text("feed.json")).unwrap();
    assert_eq!(whole["language"], "en");
    assert_eq!(whole["items"][1]["language"], "zh-CN");
    assert!(whole["items"][0].get("language").is_none());
}

#[test]
fn an_article_says_its_language_wherever_it_stands() {
    let mut newsroom = Newsroom::with("language = \"en\"\n[section.zh]\nlanguage = \"zh-CN\"\n");
    newsroom.drop("zh/one.md", "---\ntitle: One\nlang: en\n---\nEnglish among Chinese.\n");
    newsroom.drop("fr.md", "---\ntitle: Deux\nlang: fr\n---\nDu français.\n");
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("zh/feed.json")).unwrap();
    assert_eq!(json["items"][0]["language"], "en");
    assert!(newsroom.text("zh/atom.xml").contains("<title xml:lang=\"en\">One</title>"));
    let rss = newsroom.text("rss.xml");
    assert!(rss.contains("<dc:language>fr</dc:language>"), "{rss}");
    assert!(newsroom.text("zh/index.html").contains("<article class=\"teaser\" lang=\"en\">"));
    assert!(newsroom.text(&newsroom.pages()[0]).contains("lang=\"fr\""));
}

#[test]
fn the_feeds_date_is_the_latest_of_its_articles_and_of_withdrawals() {
    let mut newsroom = Newsroom::with("[section.quiet]\ntitle = \"Quiet\"\n");
    newsroom.drop("a/one.md", dated("One", "2026-05-01T10:00:00Z", "First text here."));
    assert_eq!(updated(&newsroom, "a"), time("2026-05-01T10:00:00Z"));
    assert_eq!(updated(&newsroom, ""), time("2026-05-01T10:00:00Z"));
    newsroom.drop("quiet/three.md", dated("Three", "2026-04-01T10:00:00Z", "Third text here."));
    assert_eq!(updated(&newsroom, "quiet"), time("2026-04-01T10:00:00Z"), "founded later, dated by its article");
    newsroom.drop("a/two.md", dated("Two", "2026-04-01T10:00:00Z", "Second text here."));
    assert_eq!(updated(&newsroom, "a"), time("2026-05-01T10:00:00Z"), "never back");
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/two.md", dated("Two", "2026-04-01T10:00:00Z", "Second text here, revised."));
    let revised = updated(&newsroom, "a");
    assert_eq!(revised, newsroom.now().wall);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    let withdrawn = updated(&newsroom, "a");
    assert!(withdrawn > revised && withdrawn <= newsroom.now().wall, "{withdrawn}");
    assert_eq!(updated(&newsroom, ""), withdrawn);
    newsroom.remove("a/two.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert!(updated(&newsroom, "a") > withdrawn, "an empty feed keeps moving forward");
    let before = updated(&newsroom, "a");
    newsroom.stop();
    std::fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    assert_eq!(updated(&newsroom, "a"), before, "rebuilt");
}

#[test]
fn sections_have_all_their_feeds_from_their_beginning_for_ever() {
    let mut newsroom = Newsroom::with("[section.\"sports/rowing\"]\ntitle = \"On the water\"\n");
    for section in ["", "sports", "sports/rowing"] {
        assert!(newsroom.titles(section).is_empty());
        let read = feed_rs::parser::parse(newsroom.text(&join(section, "rss.xml")).as_bytes()).unwrap();
        assert!(read.title.is_some());
        assert!(newsroom.feeds(&join(section, "index.html")).exists());
    }
    newsroom.drop("b/one.md", story("One", "First text here."));
    newsroom.remove("b/one.md");
    newsroom.pass(GRACE);
    newsroom.restart();
    assert!(newsroom.titles("b").is_empty());
    assert!(newsroom.feeds("b/index.html").exists());
}

fn join(section: &str, file: &str) -> String {
    if section.is_empty() { file.to_owned() } else { format!("{section}/{file}") }
}

#[test]
fn titles_summaries_and_categories_of_odd_items() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/untitled.txt", "今天上午九点，江边的步道开放了，许多市民前来散步。\n\n下午下起了雨。\n");
    newsroom.drop("b/tags.md", "---\ntitle: Tagged & <b>bold</b>\ntags: [One, \"Two & <3>\", One]\n---\nText here.\n");
    newsroom.drop("c/only.md", "---\ntitle: Title alone\n---\n");
    newsroom.drop("e\u{301}tat-civil/one.md", story("One", "Text of the état."));
    assert_eq!(newsroom.entry("état-civil").categories, ["État civil"]);
    newsroom.drop("f/boat.md", "![](https://e.example/boat.png)\n");
    assert_eq!(newsroom.entry("f").title, "boat", "a picture without a word has the name of its file");
    newsroom.drop("d/picture.md", "---\ntitle: With picture\n---\n![A boat](boat.png)\n");
    let untitled = newsroom.entry("a");
    assert!(!untitled.title.is_empty() && untitled.title.chars().count() <= 31, "{}", untitled.title);
    let tagged = newsroom.entry("b");
    assert_eq!(tagged.title, "Tagged &amp; &lt;b&gt;bold&lt;/b&gt;", "what reads as markup says that it is HTML");
    assert_eq!(tagged.categories, ["B", "One", "Two & <3>"]);
    for section in ["a", "b", "c", "d"] {
        let path = format!("{section}/rss.xml");
        if !newsroom.feeds(&path).exists() {
            continue;
        }
        let rss = newsroom.text(&path);
        let items = rss.split_once("<item>").map(|(_, items)| items).unwrap_or_default();
        assert!(!items.contains("<description></description>"), "{items}");
        assert!(!items.contains("<content:encoded></content:encoded>"), "{items}");
        assert!(!items.contains("<content:encoded><![CDATA[]]></content:encoded>"), "{items}");
    }
}

#[test]
fn two_articles_of_one_moment_have_different_update_times() {
    let mut newsroom = Newsroom::new();
    for number in 0..5 {
        newsroom.drop(
            &format!("a/{number}.md"),
            story(&format!("Story {number}"), &format!("Text of number {number} in this.")),
        );
    }
    let mut times: Vec<String> = newsroom.entries("a").into_iter().map(|entry| entry.updated).collect();
    times.sort();
    times.dedup();
    assert_eq!(times.len(), 5);
    for number in 0..3 {
        let head = "date: 2026-06-30\nupdated: 2026-07-01T08:00:00Z";
        let text = format!("---\ntitle: Stated {number}\n{head}\n---\nBody of number {number} that states it.\n");
        newsroom.drop(&format!("b/{number}.md"), text);
    }
    let mut times: Vec<String> = newsroom.entries("b").into_iter().map(|entry| entry.updated).collect();
    times.sort();
    assert_eq!(times, ["00", "01", "02"].map(|second| format!("2026-07-01T08:00:{second}+00:00")));
}

#[test]
fn the_list_of_feeds_names_sections_with_articles_of_their_own() {
    let mut newsroom = Newsroom::with("title = \"All & one\"\n[section.empty]\ntitle = \"Empty\"\n");
    let feeds = |newsroom: &Newsroom| -> Vec<String> {
        let text = newsroom.text("opml.xml");
        let document = roxmltree::Document::parse(&text).unwrap();
        document
            .descendants()
            .filter_map(|node| node.attribute("xmlUrl").map(|url| url.replace("https://news.example/", "")))
            .collect()
    };
    assert_eq!(feeds(&newsroom), ["rss.xml"], "nothing is published yet, and a list is never empty");
    newsroom.drop("sports/football/one.md", story("One", "First text here."));
    assert_eq!(feeds(&newsroom), ["sports/football/rss.xml"]);
    let text = newsroom.text("opml.xml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let football = document.descendants().find(|node| node.attribute("xmlUrl").is_some()).unwrap();
    assert_eq!(football.parent().unwrap().attribute("text"), Some("Sports"));
    newsroom.drop("sports/two.md", story("Two", "Second text here."));
    newsroom.drop("three.md", story("Three", "Third text here."));
    assert_eq!(feeds(&newsroom), ["rss.xml", "sports/rss.xml", "sports/football/rss.xml"]);
    newsroom.remove("sports/football/one.md");
    newsroom.pass(GRACE);
    assert_eq!(feeds(&newsroom), ["rss.xml", "sports/rss.xml"]);
    newsroom.rename("sports/two.md", "sports/rowing/two.md");
    newsroom.pass(GRACE);
    assert_eq!(feeds(&newsroom), ["rss.xml", "sports/rowing/rss.xml"]);
}

#[test]
fn every_feed_links_to_itself_and_ids_are_uris() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("城 市/新 闻 100%.md", story("新闻", "正文在此。"));
    newsroom.drop("a/own.md", "---\ntitle: Own\nid: \"my own id %zz ü\"\n---\nText here.\n");
    newsroom.drop("a/spaced.md", "---\ntitle: Spaced\nid: \"https://x.example/a b\"\n---\nOther text here.\n");
    for (number, id) in ["tag:", "x:", "a:b%", "tag:x.example,2026:ä[1]", "1:2", "urn:x:a#b#c%2F"].iter().enumerate() {
        let text = format!("---\ntitle: Number {number}\nid: '{id}'\n---\nText of number {number}.\n");
        newsroom.drop(&format!("a/{number}.md"), text);
    }
    newsroom.drop(
        "a/link.md",
        "---\ntitle: Link\nlink: 'https://x.example/50%?a=[1]|é'\n---\nA link with odd characters.\n",
    );
    let link = newsroom.entries("a").into_iter().find(|entry| entry.title == "Link").unwrap();
    assert_eq!(link.url, "https://x.example/50%25?a=%5B1%5D%7C%C3%A9");
    for (path, bytes) in newsroom.documents() {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with("atom.xml") || path.ends_with("rss.xml") {
            let document = roxmltree::Document::parse(&text).unwrap();
            let own = document.descendants().find(|node| node.attribute("rel") == Some("self")).unwrap();
            let href = url::Url::parse(own.attribute("href").unwrap()).unwrap();
            let decoded = percent_encoding::percent_decode_str(href.path()).decode_utf8().unwrap();
            assert_eq!(decoded, format!("/{path}"));
            assert!(own.attribute("href").unwrap().is_ascii());
        }
    }
    for entry in newsroom.entries("") {
        let id = &entry.id;
        assert!(url::Url::parse(id).is_ok(), "{id}");
        assert!(id.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`[]".contains(&b)), "{id}");
        let bytes = id.as_bytes();
        for (at, _) in id.match_indices('%') {
            assert!(bytes[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit), "{id}");
        }
    }
}

#[test]
fn a_reader_is_told_to_wait_whole_minutes_and_one_at_least() {
    for (ttl, minutes) in [("1s", 1), ("60s", 1), ("61s", 2), ("5m", 5)] {
        let newsroom = Newsroom::with(&format!("[publish]\nttl = \"{ttl}\"\n"));
        let rss = newsroom.text("rss.xml");
        assert!(rss.contains(&format!("<ttl>{minutes}</ttl>")), "{ttl}: {rss}");
    }
}

#[test]
fn a_category_is_named_once_and_the_whole_is_none() {
    let mut newsroom = Newsroom::with("[section.\"city\"]\ntitle = \"City\"\n");
    newsroom.drop("city/one.md", "---\ntitle: One\ntags: [City, ferry, ferry]\n---\n\nText of it.\n");
    assert_eq!(newsroom.entry("city").categories, ["City", "ferry"]);
    newsroom.drop("two.md", "---\ntitle: Two\ntags: [ferry]\n---\n\nOther text.\n");
    let entries = newsroom.entries("");
    let two = entries.iter().find(|entry| entry.title == "Two").unwrap();
    assert_eq!(two.categories, ["ferry"]);
}
