//! Stories of files that go with an article by their names: sidecars, pictures with captions, sound (`story.yaml`,
//! `story-2.jpg`, `story.jpg.txt`, `story.mp3` beside `story.txt`).

use std::fs;
use std::time::Duration;

use syndicated::dropped::{InboxPath, numbered};
use syndicated::inbox::{Hint, Part, part};
use syndicated::intake::Change;

use crate::newsroom::Newsroom;
use crate::specimens;

const GRACE: Duration = Duration::from_secs(11);
const WAIT: Duration = Duration::from_secs(31);

const TEXT: &str = "The old ferry went to the breakers this morning, and half of the town stood on the quay.\n\n\
                    It had carried them for sixty-one years.\n";

fn png(salt: &str) -> Vec<u8> {
    specimens::png(6, 4, salt)
}

/// Where a picture is published, whatever its file is called.
fn named(bytes: &[u8]) -> String {
    format!("_media/{}.png", &blake3::hash(bytes).to_hex()[..32])
}

fn media(newsroom: &Newsroom) -> Vec<String> {
    newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).collect()
}

fn notice(newsroom: &Newsroom, file: &str) -> Option<String> {
    fs::read_to_string(newsroom.inbox(&format!("{file}.rejected.txt"))).ok()
}

/// Every order of some things.
fn orders<T: Clone>(of: &[T]) -> Vec<Vec<T>> {
    if of.len() < 2 {
        return vec![of.to_vec()];
    }
    let mut all = Vec::new();
    for at in 0..of.len() {
        let mut rest = of.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn names_say_what_goes_with_what() {
    for (file, article, expected) in [
        ("a/story.yaml", "a/story.txt", Some(Part::Sidecar(0))),
        ("a/story.YML", "a/Story.md", Some(Part::Sidecar(1))),
        ("a/story.json", "a/story.html", Some(Part::Sidecar(2))),
        ("a/story.toml", "a/story.txt", Some(Part::Sidecar(3))),
        ("a/story.jpg", "a/story.txt", Some(Part::Medium(0))),
        ("a/story-2.JPG", "a/story.txt", Some(Part::Medium(2))),
        ("a/story-03.png", "a/story.txt", Some(Part::Medium(3))),
        ("a/story.mp3", "a/story.txt", Some(Part::Medium(0))),
        ("a/story.jpg.txt", "a/story.txt", Some(Part::Caption)),
        ("a/story-2.jpg.TXT", "a/story.txt", Some(Part::Caption)),
        ("要闻/大桥通车-2.jpg", "要闻/大桥通车.txt", Some(Part::Medium(2))),
        ("a/2026-07-02-harvest-2.jpg", "a/2026-07-02-harvest.md", Some(Part::Medium(2))),
        ("a/v1.2.jpg", "a/v1.2.txt", Some(Part::Medium(0))),
        ("a/story/index.jpg", "a/story/index.md", Some(Part::Medium(0))),
        ("a/2026-07-02.jpg", "a/2026-07.txt", None),
        ("a/report-2026.jpg", "a/report.txt", None),
        ("a/story-0.jpg", "a/story.txt", None),
        ("b/story.jpg", "a/story.txt", None),
        ("a/other.jpg", "a/story.txt", None),
        ("a/story.jpg", "a/story.yaml", None),
        ("a/story-2.yaml", "a/story.txt", None),
        ("a/harvest.jpg", "a/2026-07-02-harvest.md", None),
        ("a/story.md", "a/story.txt", None),
    ] {
        assert_eq!(part(&InboxPath::new(file), &InboxPath::new(article)), expected, "{file} of {article}");
    }
    assert_eq!(numbered("A01-12"), Some(("A01", 12)));
    assert_eq!(numbered("-2"), None);
}

#[test]
fn a_sidecar_states_what_front_matter_would() {
    for (name, text) in [
        ("a/ferry.yaml", "title: The last crossing\nauthor: Ann Smith\ntags: [harbour, ferry]\nslug: last\n"),
        ("a/ferry.yml", "---\ntitle: The last crossing\nauthor: Ann Smith\ntags: [harbour, ferry]\nslug: last\n---\n"),
        (
            "a/ferry.json",
            "{\"headline\": \"The last crossing\", \"byline\": \"Ann Smith\", \"keywords\": \"harbour, ferry\", \"slug\": \"last\"}",
        ),
        (
            "a/ferry.toml",
            "title = 'The last crossing'\nauthors = ['Ann Smith']\ntags = ['harbour', 'ferry']\nslug = 'last'\n",
        ),
        ("a/ferry.yaml", "标题：The last crossing\n作者：Ann Smith\n标签：[harbour, ferry]\nslug: last\n"),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.put(name, text);
        newsroom.hint(Hint::Closed(InboxPath::new(name)));
        newsroom.drop("a/ferry.txt", TEXT);
        let entry = newsroom.entry("a");
        assert_eq!(entry.title, "The last crossing", "{name}");
        assert!(entry.url.ends_with("/last.html"), "{}", entry.url);
        assert!(entry.categories.contains(&"ferry".to_owned()), "{:?}", entry.categories);
        assert!(newsroom.text("a/atom.xml").contains("<name>Ann Smith</name>"), "{name}");
        assert!(entry.content.contains("sixty-one years"), "{}", entry.content);
        newsroom.pass(WAIT);
        assert_eq!((newsroom.refused.len(), newsroom.notes.len()), (0, 0), "{name}");
    }
}

#[test]
fn the_same_files_make_the_same_documents_in_every_order() {
    let files: Vec<(&str, Vec<u8>)> = vec![
        // `minor`, for what comes later is a change of the article, and its date would tell the order.
        ("a/ferry.md", format!("---\ndate: 2026-07-01\nminor: true\n---\n{TEXT}").into()),
        ("a/ferry.yaml", "title: The last crossing\nauthor: Ann Smith\n".into()),
        ("a/ferry.jpg", png("one")),
        ("a/ferry-2.png", png("two")),
        ("a/ferry-2.png.txt", "The funnel. Photo: Ann Smith\n".into()),
    ];
    let mut expected = None;
    for order in orders(&files) {
        let mut newsroom = Newsroom::new();
        for (path, bytes) in &order {
            newsroom.drop(path, bytes);
        }
        newsroom.pass(WAIT);
        let names: Vec<&str> = order.iter().map(|(path, _)| *path).collect();
        assert_eq!(newsroom.entries("a").len(), 1, "{names:?}");
        assert_eq!(newsroom.status()["refused"], 0, "{names:?}");
        match &expected {
            None => expected = Some(newsroom.documents()),
            Some(expected) => newsroom.assert_holds(expected),
        }
    }
    // An import of all at once makes the same, and so does a catalogue that was lost.
    let mut newsroom = Newsroom::closed("");
    for (path, bytes) in &files {
        newsroom.put(path, bytes);
    }
    newsroom.start();
    let mut live = Newsroom::new();
    for (path, bytes) in &files {
        live.drop(path, bytes);
    }
    assert_eq!(newsroom.entry("a"), live.entry("a"));
    let before = newsroom.documents();
    newsroom.rebuild();
    newsroom.assert_holds(&before);
}

#[test]
fn a_sidecar_is_edited_broken_mended_and_removed_and_the_article_stays_one() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.txt", TEXT);
    let first = newsroom.entry("a");
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/ferry.yaml", "title: The last crossing\n");
    let titled = newsroom.entry("a");
    assert_eq!((titled.title.as_str(), &titled.id, &titled.url), ("The last crossing", &first.id, &first.url));
    newsroom.drop("a/ferry.yaml", "title: The very last crossing\n");
    assert_eq!(newsroom.entry("a").title, "The very last crossing");

    newsroom.drop("a/ferry.yaml", "tags: [a, b]\ntitle: 'unclosed\n");
    let told = notice(&newsroom, "a/ferry.yaml").expect("a notice");
    assert!(told.contains("line 2") || told.contains("line 3"), "{told}");
    assert_eq!(newsroom.entry("a").title, "The very last crossing", "what it said last still counts");
    newsroom.drop("a/ferry.txt", format!("{TEXT}\nIt was late.\n"));
    assert_eq!(newsroom.entry("a").title, "The very last crossing");
    newsroom.restart();
    assert_eq!(newsroom.entry("a").title, "The very last crossing");
    assert_eq!(newsroom.status()["refused"], 1);

    newsroom.drop("a/ferry.yaml", "title: Gone\n");
    assert_eq!((newsroom.entry("a").title.as_str(), notice(&newsroom, "a/ferry.yaml")), ("Gone", None));
    newsroom.remove("a/ferry.yaml");
    assert_eq!(newsroom.entry("a").title, "Gone", "it counts only after grace");
    newsroom.pass(GRACE);
    let last = newsroom.entry("a");
    assert_eq!((&last.title, &last.id), (&first.title, &first.id));
    assert_eq!(newsroom.status()["held"], 0);
}

#[test]
fn a_broken_sidecar_alone_is_refused_and_delays_no_story() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.json", "{\"title\": \"The last crossing\",\n \"date\": \"someday\"}");
    let told = notice(&newsroom, "a/ferry.json").expect("a notice");
    assert!(told.contains("someday"), "{told}");
    assert_eq!(newsroom.refused[0].1.line, Some(2));
    newsroom.drop("a/ferry.txt", TEXT);
    assert_eq!(newsroom.entries("a").len(), 1);
    newsroom.drop("a/ferry.json", "{\"title\": \"The last crossing\"}");
    assert_eq!(newsroom.entry("a").title, "The last crossing");
}

#[test]
fn what_stands_alone_waits_and_is_refused_and_never_an_article() {
    for (file, other, content) in
        [("a/ferry.yaml", "a/ferry.txt", TEXT.as_bytes().to_vec()), ("a/ferry.jpg.txt", "a/ferry.jpg", png(""))]
    {
        let mut newsroom = Newsroom::new();
        newsroom.drop(file, "title: The last crossing");
        newsroom.pass(Duration::from_secs(20));
        assert_eq!(
            (newsroom.status()["refused"].as_u64(), newsroom.documents().len()),
            (Some(0), newsroom.documents().len())
        );
        newsroom.restart();
        newsroom.pass(WAIT);
        let told = notice(&newsroom, file).expect("a notice");
        assert!(told.contains("ferry"), "{told}");
        assert_eq!(newsroom.status()["published"], 0);
        newsroom.compare();
        newsroom.pass(WAIT);
        assert_eq!(newsroom.status()["refused"], 1);

        newsroom.drop(other, content);
        assert_eq!(notice(&newsroom, file), None, "{file}");
        assert_eq!(newsroom.status()["refused"], 0);
        newsroom.remove(other);
        newsroom.pass(GRACE + WAIT);
        assert!(notice(&newsroom, file).is_some(), "{file} stands alone again");
        newsroom.remove(file);
        assert!(notice(&newsroom, file).is_some(), "{file} counts as gone only after grace");
        newsroom.pass(GRACE);
        assert_eq!(notice(&newsroom, file), None, "{file}");
    }
}

#[test]
fn a_sidecar_is_renamed_with_its_story_or_apart_from_it() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.yaml", "title: The last crossing\n");
    newsroom.drop("a/ferry.txt", TEXT);
    let id = newsroom.entry("a").id;
    newsroom.rename("a/ferry.txt", "a/boat.txt");
    assert_ne!(newsroom.entry("a").title, "The last crossing");
    newsroom.rename("a/ferry.yaml", "a/boat.yaml");
    assert_eq!(newsroom.entry("a").title, "The last crossing");
    newsroom.rename("a", "b");
    let entry = newsroom.entry("b");
    assert_eq!((entry.title.as_str(), &entry.id), ("The last crossing", &id));
    // While nobody looked.
    newsroom.stop();
    fs::rename(newsroom.inbox("b/boat.txt"), newsroom.inbox("b/ship.txt")).unwrap();
    fs::rename(newsroom.inbox("b/boat.yaml"), newsroom.inbox("b/ship.yaml")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE + WAIT);
    let entry = newsroom.entry("b");
    assert_eq!((entry.title.as_str(), &entry.id), ("The last crossing", &id));
    newsroom.rename("b/ship.yaml", "b/raft.yaml");
    newsroom.pass(WAIT);
    assert_ne!(newsroom.entry("b").title, "The last crossing");
    assert!(notice(&newsroom, "b/raft.yaml").is_some());
}

#[test]
fn the_file_itself_outranks_its_sidecar_and_the_sidecar_what_is_read() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.yaml", "title: From beside\nsection: beside\ntags: [beside]\nsummary: Short.\n");
    newsroom.put("a/one.md", format!("---\ntitle: From the head\nsection: head\n---\n{TEXT}"));
    newsroom.put("a/two.yaml", "title: From beside\nsection: beside\nslug: two\n");
    newsroom.put("a/two.md", format!("# From the text\n\n{TEXT}"));
    newsroom.put("a/three.yaml", "title: From beside\nsection: beside\n");
    newsroom.put("a/three.html", format!("<title>x</title><h1>From the text</h1><p>{TEXT}</p>"));
    newsroom.put("a/four.yaml", "section: beside\nstatus: draft\n");
    newsroom.put("a/four.md", format!("---\nstatus: published\n---\n# Held\n\n{TEXT}"));
    newsroom.compare();
    newsroom.pass(Duration::from_secs(3));
    let head = newsroom.entry("head");
    assert_eq!(head.title, "From the head");
    assert!(head.categories.contains(&"beside".to_owned()));
    assert_eq!(newsroom.titles("beside"), ["From beside", "From beside"]);
    for entry in newsroom.entries("beside") {
        assert!(!entry.content.contains("From the text"), "{}", entry.content);
    }
    assert_eq!(newsroom.status()["published"], 3);
}

#[test]
fn a_sidecar_takes_back_and_the_order_is_remembered() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.txt", TEXT);
    newsroom.drop("a/ferry.yaml", "status: withdrawn\n");
    assert_eq!(newsroom.titles("a"), Vec::<String>::new());
    newsroom.restore("a/ferry.txt");
    assert_eq!(newsroom.titles("a").len(), 1);
    // The same words order nothing again, whatever else comes.
    newsroom.drop("a/ferry.jpg", png(""));
    assert_eq!(newsroom.titles("a").len(), 1);
    newsroom.rebuild();
    assert_eq!(newsroom.titles("a").len(), 1);
    newsroom.drop("a/ferry.yaml", "status: withdrawn\ntags: [x]\n");
    assert_eq!(newsroom.titles("a"), Vec::<String>::new());
}

const PAGE: &str = "2026年7月2日 星期四   A01版 要闻

冠县多措并举激发消费活力

　　本报讯（记者 姬翔）连日来，县里的夜市灯火通明，商家把桌椅摆到了河堤上。

新书房在老街开门迎客

　　本报讯（记者 白文斌）老街的新书房昨天开门，三百册旧报合订本可以随意翻阅。

　　书房由旧粮站改建而成，保留了木梁。

图为7月1日，孩子们在书房里看连环画。 本报记者 顾长风 摄

小麦收割接近尾声

　　本报讯（记者 吕晓磊）截至昨天，全县小麦收割已完成九成以上。
";

#[test]
fn a_sidecar_of_a_page_speaks_of_its_items() {
    let sidecar = "section: 要闻\nitems:\n  - headline: 冠县多措并举激发消费活力\n    title: 夜市亮起来\n    section: 财经\n    author: 温庭\n  \
                   - headline: 新书房老街开门迎客\n    tags: [阅读]\n  - headline: 小麦收割接近尾声\n    status: withdrawn\n  \
                   - headline: 毫不相干的另一条消息\n    section: 别处\n";
    for first in [true, false] {
        let mut newsroom = Newsroom::new();
        if first {
            newsroom.drop("A01.yaml", sidecar);
        }
        newsroom.drop("A01.txt", PAGE);
        if !first {
            newsroom.drop("A01.yaml", sidecar);
        }
        assert_eq!(newsroom.titles("财经"), ["夜市亮起来"], "{first}");
        assert!(newsroom.text("财经/atom.xml").contains("<name>温庭</name>"));
        let news = newsroom.entries("要闻");
        assert!(
            news.iter()
                .any(|entry| entry.title == "新书房在老街开门迎客" && entry.categories.contains(&"阅读".to_owned()))
        );
        assert!(news.iter().all(|entry| entry.title != "小麦收割接近尾声"), "{news:#?}");
        assert_eq!(newsroom.status()["doubted"], 1);
        // The id is minted from what is printed, whenever the sidecar came.
        let printed = format!("/{}", syndicated::name::short_hash("冠县多措并举激发消费活力"));
        assert!(newsroom.entry("财经").id.ends_with(&printed), "{}", newsroom.entry("财经").id);
    }
}

#[test]
fn pictures_of_a_page_go_to_its_captions() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("A01.txt", PAGE);
    newsroom.drop("A01-1.jpg", png("one"));
    newsroom.drop("A01-2.jpg", png("two"));
    newsroom.drop("A01.pdf", "%PDF-1.4");
    assert_eq!(media(&newsroom), [named(&png("one"))]);
    let shown: Vec<String> =
        newsroom.entries("").into_iter().filter(|entry| entry.content.contains("<img")).map(|e| e.content).collect();
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert!(shown[0].contains("alt=\"图为7月1日，孩子们在书房里看连环画。\""), "{shown:?}");
    assert_eq!(shown[0].matches("图为7月1日，孩子们在书房里看连环画。").count(), 2, "once to be read: {shown:?}");
    assert_eq!(shown[0].matches("顾长风").count(), 1, "{shown:?}");
    assert_eq!(newsroom.status()["doubted"], 1);
}

#[test]
fn pictures_of_a_stem_are_the_articles_own_in_their_order() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.txt", TEXT);
    let id = newsroom.entry("a").id;
    let pictures = [("a/ferry-10.png", png("ten")), ("a/Ferry-2.PNG", png("two")), ("a/ferry.jpg", png("one"))];
    for (path, bytes) in &pictures {
        newsroom.drop(path, bytes);
    }
    newsroom.drop("a/ferry.jpg.txt", "On the quay.\nPhoto: Ann Smith");
    newsroom.drop("a/ferry.mp3", specimens::mp3(900));
    let entry = newsroom.entry("a");
    assert_eq!(entry.id, id);
    let places: Vec<usize> =
        ["one", "two", "ten"].iter().map(|salt| entry.content.find(&named(&png(salt))).expect(salt)).collect();
    assert!(places.is_sorted(), "{}", entry.content);
    assert!(entry.content.contains("alt=\"On the quay.\""), "{}", entry.content);
    assert!(entry.content.contains("<figcaption>On the quay. Photo: Ann Smith</figcaption>"), "{}", entry.content);
    assert!(
        newsroom.text("a/feed.json").contains(&format!("\"image\":\"https://news.example/{}\"", named(&png("one"))))
    );
    assert!(newsroom.text("a/rss.xml").contains("<enclosure url=\"https://news.example/_media/"));

    // Exchanged under its name, and the former is gone.
    newsroom.drop("a/ferry.jpg", png("another"));
    let content = newsroom.entry("a").content;
    assert!(content.contains(&named(&png("another"))) && !content.contains(&named(&png("one"))));
    newsroom.drop("a/ferry.jpg.txt", "At noon.");
    assert!(newsroom.entry("a").content.contains("<figcaption>At noon.</figcaption>"));
    newsroom.remove("a/ferry.jpg");
    assert!(newsroom.entry("a").content.contains("At noon."), "it counts only after grace");
    newsroom.pass(GRACE);
    let content = newsroom.entry("a").content;
    assert!(!content.contains("At noon.") && content.contains(&named(&png("two"))), "{content}");
    newsroom.pass(WAIT);
    assert!(notice(&newsroom, "a/ferry.jpg.txt").is_some(), "the caption of nothing");

    // A rename of the story alone leaves them behind; with its name it has them again.
    newsroom.rename("a/ferry.txt", "a/boat.txt");
    assert!(!newsroom.entry("a").content.contains("<img"));
    newsroom.rename("a/boat.txt", "a/ferry.txt");
    assert!(newsroom.entry("a").content.contains(&named(&png("two"))));
    newsroom.remove("a/ferry.txt");
    newsroom.pass(GRACE);
    assert_eq!((newsroom.titles("a").len(), media(&newsroom).len()), (0, 0));
    newsroom.changes();
    newsroom.drop("a/ferry.txt", TEXT);
    assert_eq!(newsroom.changes()[0].0, Change::Published);
    assert_eq!(newsroom.entry("a").id, id);
    assert!(newsroom.entry("a").content.contains(&named(&png("two"))));
}

/// A picture whose editor wrote who made it into it.
fn credited(by: &str, salt: &str) -> Vec<u8> {
    let records = [&[0x1C, 2, 80, 0, by.len() as u8], by.as_bytes()].concat();
    let iptc =
        [b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(), &(records.len() as u32).to_be_bytes(), &records].concat();
    specimens::jpeg_of(&[specimens::segment(0xED, &iptc), specimens::segment(0xFE, salt.as_bytes())], b"")
}

#[test]
fn a_picture_says_who_made_it_where_nobody_else_does() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.txt", TEXT);
    newsroom.drop("a/ferry.jpg", credited("Jane Roe", "one"));
    let content = newsroom.entry("a").content;
    assert!(content.contains("<figcaption>Jane Roe</figcaption>"), "{content}");
    let updated = newsroom.entry("a").updated;
    newsroom.drop("a/ferry.jpg.txt", "On the quay.");
    assert!(newsroom.entry("a").content.contains("<figcaption>On the quay. Jane Roe</figcaption>"));
    newsroom.drop("a/ferry.jpg.txt", "On the quay. Photo: Ann Smith");
    let content = newsroom.entry("a").content;
    assert!(content.contains("Ann Smith") && !content.contains("Jane Roe"), "{content}");
    assert!(newsroom.entry("a").updated >= updated);
}

#[test]
fn what_the_text_shows_is_not_shown_twice() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/ferry.jpg", png("one"));
    newsroom.put("a/ferry-2.jpg", png("two"));
    newsroom.drop("a/ferry.md", format!("# Ferry\n\n{TEXT}\n\n![On the quay](ferry.jpg)\n"));
    newsroom.compare();
    newsroom.pass(Duration::from_secs(3));
    let content = newsroom.entry("a").content;
    assert_eq!(content.matches(&named(&png("one"))).count(), 1, "{content}");
    assert_eq!(content.matches(&named(&png("two"))).count(), 1, "{content}");
}

#[test]
fn an_article_of_a_number_has_the_pictures_of_its_own_stem() {
    for order in orders(&["a/story.txt", "a/story-2.txt", "a/story-2.jpg"]) {
        let mut newsroom = Newsroom::new();
        for path in &order {
            match *path {
                "a/story.txt" => newsroom.drop(path, format!("The first part\n\n{TEXT}")),
                "a/story-2.txt" => {
                    newsroom.drop(path, "The second part\n\nNobody had counted on the tide that evening.\n")
                }
                _ => newsroom.drop(path, png("")),
            }
        }
        let shown: Vec<bool> = newsroom.entries("a").iter().map(|entry| entry.content.contains("<img")).collect();
        assert_eq!(shown.iter().filter(|shown| **shown).count(), 1, "{order:?}");
        let owner = newsroom.entries("a").into_iter().find(|entry| entry.content.contains("<img")).unwrap();
        assert!(owner.content.contains("tide"), "{order:?}");
        newsroom.remove("a/story-2.txt");
        newsroom.pass(GRACE);
        assert!(newsroom.entry("a").content.contains("<img"), "{order:?}: it is the second picture now");
    }
}

#[test]
fn what_is_lost_with_a_crash_is_found_at_the_start() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/ferry.txt", TEXT);
    newsroom.put("a/ferry.jpg", png("one"));
    newsroom.stop();
    newsroom.start();
    assert!(newsroom.entry("a").content.contains(&named(&png("one"))));
    newsroom.put("a/ferry.yaml", "title: The last crossing\n");
    newsroom.restart();
    assert_eq!(newsroom.entry("a").title, "The last crossing");
    newsroom.stop();
    fs::remove_file(newsroom.inbox("a/ferry.jpg")).unwrap();
    fs::remove_file(newsroom.inbox("a/ferry.yaml")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    let entry = newsroom.entry("a");
    assert!(!entry.content.contains("<img") && entry.title != "The last crossing", "{entry:?}");
}

#[test]
fn json_is_an_agencys_item_or_a_sidecar_by_its_content() {
    let ninjs = "{\"uri\": \"urn:x:1\", \"type\": \"text\", \"version\": \"1\", \"versioncreated\": \"2026-07-01T10:00:00Z\", \
                 \"headline\": \"The tide comes\", \"body_text\": \"It came at noon and stayed for an hour.\"}";
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/tide.json", ninjs);
    newsroom.drop("a/tide.jpg", png("one"));
    newsroom.drop("a/tide.yaml", "tags: [harbour]\nslug: tide\nid: urn:x:2\n");
    let entry = newsroom.entry("a");
    assert_eq!((entry.title.as_str(), entry.id.as_str()), ("The tide comes", "urn:x:1"));
    assert!(entry.categories.contains(&"harbour".to_owned()) && entry.content.contains("<img"), "{entry:?}");
    newsroom.drop("b/ferry.json", "{\"headline\": \"The last crossing\"}");
    newsroom.drop("b/ferry.txt", TEXT);
    assert_eq!(newsroom.entry("b").title, "The last crossing");
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.restart();
    newsroom.pass(WAIT);
    assert_eq!((newsroom.entry("a").id.as_str(), newsroom.entry("b").title.as_str()), ("urn:x:1", "The last crossing"));
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn a_copy_takes_no_embargo_back() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("loss.yaml", "embargo: 2026-07-02T12:00:00Z\nexpires: 2026-07-03T12:00:00Z\n");
    newsroom.drop("loss.txt", "Quarterly loss\n\nThe company lost a fifth of what it had in the third quarter.\n");
    assert!(newsroom.titles("").is_empty());
    // As a file manager names what is copied in the same folder.
    newsroom.drop("loss - Copy.txt", fs::read(newsroom.inbox("loss.txt")).unwrap());
    assert!(newsroom.titles("").is_empty(), "{:?}", newsroom.titles(""));
    newsroom.restart();
    newsroom.rebuild();
    assert!(newsroom.titles("").is_empty(), "{:?}", newsroom.titles(""));
    // The first says when, and may say otherwise.
    newsroom.drop("loss.yaml", "embargo: 2026-07-02T08:30:00Z\nexpires: 2026-07-03T12:00:00Z\n");
    newsroom.drop("loss - Copy (2).txt", fs::read(newsroom.inbox("loss.txt")).unwrap());
    newsroom.skip(Duration::from_secs(45 * 60));
    assert_eq!(newsroom.titles(""), ["Quarterly loss"]);
    newsroom.skip(Duration::from_secs(48 * 3600));
    assert!(newsroom.titles("").is_empty());
}

#[test]
fn a_sidecar_that_lies_there_holds_its_article_from_the_start() {
    let text = "Quarterly loss\n\nThe company lost a fifth of what it had in the third quarter.\n";
    let mut newsroom = Newsroom::new();
    // A folder that came a moment ago: of what lay in it first nobody was told.
    newsroom.put("a/loss.yaml", "embargo: 2026-07-02T12:00:00Z\n");
    newsroom.drop("a/loss.txt", text);
    newsroom.pass(Duration::from_secs(5));
    assert_eq!(newsroom.status()["scheduled"], 1);
    // One that was told of and must lie still.
    newsroom.put("b/loss.yaml", "embargo: 2026-07-02T12:00:00Z\n");
    newsroom.hint(Hint::Created(InboxPath::new("b/loss.yaml")));
    newsroom.drop("b/loss.txt", text.replace("lost", "won"));
    newsroom.pass(Duration::from_secs(25));
    assert_eq!(newsroom.status()["scheduled"], 2);
    assert!(newsroom.changes().iter().all(|(change, _)| *change == Change::Scheduled));
    // What says nothing, or cannot be read, holds nothing up for long.
    newsroom.put("c/loss.yaml", "");
    newsroom.drop("c/loss.txt", text.replace("lost", "found"));
    assert_eq!(newsroom.titles("c"), ["Quarterly loss"]);
    newsroom.put("d/loss.yaml", "title: [\n");
    newsroom.drop("d/loss.txt", text.replace("lost", "spent"));
    newsroom.pass(Duration::from_secs(5));
    assert_eq!(newsroom.titles("d"), ["Quarterly loss"]);
}

#[test]
fn an_embargo_that_comes_too_late_is_doubted() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("loss.txt", "Quarterly loss\n\nThe company lost a fifth of what it had in the third quarter.\n");
    assert_eq!(newsroom.titles(""), ["Quarterly loss"]);
    assert_eq!(newsroom.status()["doubted"], 0);
    newsroom.drop("loss.yaml", "embargo: 2026-07-02T12:00:00Z\n");
    newsroom.pass(Duration::from_secs(60));
    assert_eq!(newsroom.titles(""), ["Quarterly loss"]);
    let status = newsroom.status();
    assert!(status["doubts"][0]["doubts"][0].as_str().unwrap().contains("stated after publication"), "{status}");
}
