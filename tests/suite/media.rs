//! Stories of pictures, sounds and papers that go with articles (DESIGN 2.2, "Media").

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::edition::{Content, Found};
use syndicated::inbox::Hint;

use crate::newsroom::{Newsroom, story};
use crate::specimens::{mp3, mp4_of, png};

const GRACE: Duration = Duration::from_secs(11);
const WAIT: Duration = Duration::from_secs(31);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const TEXT: &str = "The bridge over the harbour is open to traffic again since this morning.";
const OTHER: &str = "Four hundred singers filled the cathedral on Sunday evening with a requiem.";

/// The media under `feeds/`.
fn media(newsroom: &Newsroom) -> Vec<String> {
    newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).collect()
}

fn named(bytes: &[u8], extension: &str) -> String {
    format!("_media/{}.{extension}", &blake3::hash(bytes).to_hex()[..32])
}

fn feed(newsroom: &Newsroom, path: &str) -> String {
    fs::read_to_string(newsroom.feeds(path)).unwrap()
}

#[test]
fn a_relative_picture_is_carried_by_content_with_its_measures() {
    let mut newsroom = Newsroom::new();
    let picture = png(640, 480, "");
    newsroom.put("a/bridge.png", &picture);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![The bridge](bridge.png)")));
    let path = named(&picture, "png");
    assert_eq!(media(&newsroom), std::slice::from_ref(&path));
    assert_eq!(fs::read(newsroom.feeds(&path)).unwrap(), picture);
    let content = newsroom.entry("a").content;
    for words in [&format!("https://news.example/{path}"), "width=\"640\"", "height=\"480\"", "alt=\"The bridge\""] {
        assert!(content.contains(words), "{words} in {content}");
    }
    let rss = feed(&newsroom, "a/rss.xml");
    assert!(rss.contains("media:content") && !rss.contains("<enclosure"), "{rss}");
    assert!(feed(&newsroom, "a/feed.json").contains("\"image\""), "JSON Feed image");
    assert!(feed(&newsroom, &newsroom.pages()[0]).contains(&path));
}

#[test]
fn pictures_are_found_wherever_a_reference_may_point() {
    for (reference, place) in [
        ("x.png", "a/b/x.png"),
        ("./x.png", "a/b/x.png"),
        ("img/x.png", "a/b/img/x.png"),
        ("../x.png", "a/x.png"),
        ("../../pictures/x.png", "pictures/x.png"),
        ("/images/x.png", "images/x.png"),
        ("x%20y.png", "a/b/x y.png"),
        ("图片/大桥.png", "a/b/图片/大桥.png"),
        ("%E5%9B%BE.png", "a/b/图.png"),
        ("X.PNG", "a/b/X.PNG"),
        ("x.png?v=2", "a/b/x.png"),
        ("x.png#left", "a/b/x.png"),
        ("a%23b.png", "a/b/a#b.png"),
        ("img\\x.png", "a/b/img/x.png"),
        ("img%5Cx.png", "a/b/img/x.png"),
        ("2026/07/x.png", "a/b/2026/07/x.png"),
    ] {
        let mut newsroom = Newsroom::new();
        let picture = png(6, 4, reference);
        newsroom.put(place, &picture);
        newsroom.drop("a/b/one.html", format!("<h1>One</h1><p>{TEXT}</p><p><img src=\"{reference}\" alt=\"\"></p>"));
        assert_eq!(media(&newsroom), [named(&picture, "png")], "{reference}");
        assert!(newsroom.entry("a/b").content.contains("width=\"6\""), "{reference}");
        assert_eq!(newsroom.status()["doubted"], 0, "{reference}");
    }
}

#[test]
fn what_leads_out_of_the_inbox_or_is_never_read_is_left_out_and_doubted() {
    for (reference, place) in [
        ("../../x.png", "../x.png"),
        ("../../../../../../../../etc/x.png", "../x.png"),
        (".hidden/x.png", "a/.hidden/x.png"),
        (".x.png", "a/.x.png"),
        ("_drafts/x.png", "a/_drafts/x.png"),
        ("#recycle/x.png".replace('#', "%23").as_str(), "a/#recycle/x.png"),
        ("file:///etc/x.png", "x.png"),
        ("C:\\x.png", "x.png"),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.put(place, png(6, 4, ""));
        newsroom.drop("a/one.html", format!("<h1>One</h1><p>{TEXT}</p><img src=\"{reference}\" alt=\"x\">"));
        newsroom.pass(WAIT);
        assert_eq!(newsroom.titles("a"), ["One"], "{reference}");
        assert_eq!(media(&newsroom), Vec::<String>::new(), "{reference}");
        assert!(!newsroom.entry("a").content.contains("<img"), "{reference}");
        assert_eq!(newsroom.status()["doubted"], 1, "{reference}");
    }
}

#[test]
fn a_symlinked_picture_is_not_followed() {
    let mut newsroom = Newsroom::new();
    fs::write(newsroom.dir.path().join("secret.png"), png(6, 4, "")).unwrap();
    fs::create_dir_all(newsroom.inbox("a")).unwrap();
    symlink(newsroom.dir.path().join("secret.png"), newsroom.inbox("a/x.png")).unwrap();
    symlink(newsroom.dir.path(), newsroom.inbox("a/out")).unwrap();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png) ![y](out/secret.png)")));
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a"), ["One"]);
    assert!(media(&newsroom).is_empty());
    assert_eq!(newsroom.status()["doubted"], 1);
}

#[test]
fn a_missing_picture_is_awaited_then_left_out_and_doubted() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![The bridge](bridge.png)")));
    assert!(newsroom.titles("").is_empty(), "awaited");
    newsroom.pass(Duration::from_secs(29));
    assert!(newsroom.titles("").is_empty(), "awaited");
    newsroom.pass(Duration::from_secs(2));
    let entry = newsroom.entry("a");
    assert!(!entry.content.contains("<img") && entry.content.contains(TEXT), "{}", entry.content);
    let status = newsroom.status();
    assert_eq!(status["doubted"], 1);
    assert!(status["doubts"][0]["doubts"][0].as_str().unwrap().contains("a/bridge.png"), "{status}");
    // It comes after all.
    newsroom.pass(Duration::from_secs(600));
    newsroom.drop("a/bridge.png", png(640, 480, ""));
    let after = newsroom.entry("a");
    assert!(after.content.contains("<img"), "{}", after.content);
    assert_eq!(after.id, entry.id);
    assert_eq!(after.published, entry.published);
    assert!(after.updated > entry.updated, "a picture more is a change");
    assert_eq!(newsroom.status()["doubted"], 0);
}

#[test]
fn a_picture_that_comes_while_it_is_awaited_is_in_from_the_start() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![1](1.png) ![2](2.png)")));
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/1.png", png(640, 480, "1"));
    assert!(newsroom.titles("").is_empty(), "one is still missing");
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/2.png", png(640, 480, "2"));
    let entry = newsroom.entry("a");
    assert_eq!(entry.content.matches("<img").count(), 2);
    assert_eq!(entry.updated, entry.published);
    assert_eq!(newsroom.status()["doubted"], 0);
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entry("a"), entry);
}

#[test]
fn a_picture_uploaded_by_a_temporary_name_is_taken_when_it_is_whole() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![1](1.png)")));
    newsroom.put("a/1.png.part", png(640, 480, "1"));
    newsroom.pass(Duration::from_secs(5));
    fs::rename(newsroom.inbox("a/1.png.part"), newsroom.inbox("a/1.png")).unwrap();
    newsroom.hint(Hint::Arrived(InboxPath::new("a/1.png")));
    assert_eq!(newsroom.entry("a").content.matches("<img").count(), 1);
}

#[test]
fn a_comparison_finds_awaited_and_changed_pictures_too() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![1](1.png)")));
    newsroom.put("a/1.png", png(640, 480, "1"));
    newsroom.compare();
    newsroom.pass(WAIT);
    assert!(newsroom.entry("a").content.contains("width=\"640\""));
    newsroom.put("a/1.png", png(800, 600, "2"));
    newsroom.compare();
    newsroom.pass(Duration::from_secs(3));
    assert!(newsroom.entry("a").content.contains("width=\"800\""));
}

#[test]
fn the_daemon_restarted_awaits_again_and_forgets_nothing() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![1](1.png)")));
    newsroom.pass(Duration::from_secs(20));
    newsroom.restart();
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a"), ["One"]);
    newsroom.stop();
    newsroom.put("a/1.png", png(640, 480, "1"));
    newsroom.start();
    newsroom.pass(Duration::from_secs(3));
    assert!(newsroom.entry("a").content.contains("<img"), "it came while nobody looked");
}

#[test]
fn a_picture_replaced_under_its_name_is_a_change_of_the_article() {
    let mut newsroom = Newsroom::new();
    let (first, second) = (png(640, 480, "first"), png(800, 600, "second"));
    newsroom.put("a/x.png", &first);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    let before = newsroom.entry("a");
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/x.png", &second);
    let after = newsroom.entry("a");
    assert!(after.content.contains(&named(&second, "png")) && after.content.contains("width=\"800\""));
    assert!(after.updated > before.updated);
    assert_eq!((after.id, after.url), (before.id, before.url));
    // Who has an entry or a page from before finds its picture for a day, also over restarts.
    let mut both = [named(&first, "png"), named(&second, "png")];
    both.sort();
    assert_eq!(media(&newsroom), both);
    newsroom.skip(DAY - Duration::from_secs(60));
    newsroom.stop();
    newsroom.start();
    newsroom.sweep();
    assert_eq!(media(&newsroom), both);
    assert!(matches!(newsroom.find(&named(&first, "png")), Found::Document(_)));
    newsroom.skip(Duration::from_secs(61));
    assert_eq!(media(&newsroom), [named(&second, "png")], "the former is gone");
    assert!(matches!(newsroom.find(&named(&first, "png")), Found::Unknown));
    // Saved once more as it is: nothing.
    let documents = newsroom.documents();
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/x.png", &second);
    newsroom.assert_holds(&documents);
}

#[test]
fn former_pictures_go_at_once_with_their_article_or_where_none_comes_in_their_place() {
    let text = |picture: &str| story("One", &format!("{TEXT}\n\n![x]({picture})"));
    let take_back: [fn(&mut Newsroom); 5] = [
        |newsroom| newsroom.drop("a/one.md", story("One", TEXT)),
        |newsroom| drop(newsroom.withdraw("a/one.md")),
        |newsroom| newsroom.drop("a/one.withdraw", "Not so.\n"),
        |newsroom| newsroom.drop("a/one.md", "---\ntitle: One\ndraft: true\n---\nFirst.\n"),
        |newsroom| {
            newsroom.remove("a/one.md");
            newsroom.pass(GRACE);
        },
    ];
    for take_back in take_back {
        let mut newsroom = Newsroom::new();
        newsroom.put("a/x.png", png(640, 480, "first"));
        newsroom.put("a/y.png", png(640, 480, "second"));
        newsroom.drop("a/one.md", text("x.png"));
        newsroom.drop("a/one.md", text("y.png"));
        assert_eq!(media(&newsroom).len(), 2);
        take_back(&mut newsroom);
        assert!(media(&newsroom).is_empty(), "nothing of what was taken out or back lies there");
    }
}

#[test]
fn former_pictures_fill_no_disk() {
    let mut newsroom = Newsroom::new();
    let large = |salt: &str| [b"%PDF-1.4\n", salt.as_bytes(), &vec![0; 30 << 20]].concat();
    let salts = ["a", "b", "c", "d"];
    newsroom.put("a/x.pdf", large(salts[0]));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n[Plan](x.pdf)")));
    for salt in &salts[1..] {
        newsroom.drop("a/x.pdf", large(salt));
        newsroom.skip(Duration::from_secs(60));
    }
    // The one in use, and of those before it as many as there is room for.
    let mut last = salts[1..].iter().map(|salt| named(&large(salt), "pdf")).collect::<Vec<_>>();
    last.sort();
    assert_eq!(media(&newsroom), last);
}

#[test]
fn a_picture_of_two_articles_goes_with_the_last() {
    let mut newsroom = Newsroom::new();
    let picture = png(640, 480, "");
    newsroom.put("pictures/x.png", &picture);
    newsroom.put("a/copy.png", &picture);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](copy.png)")));
    newsroom.drop("b/two.md", story("Two", &format!("{OTHER}\n\n![x](/pictures/x.png)")));
    assert_eq!(media(&newsroom), [named(&picture, "png")]);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(media(&newsroom), [named(&picture, "png")]);
    newsroom.withdraw("b/two.md");
    assert!(media(&newsroom).is_empty(), "nothing of a withdrawn article lies there");
    newsroom.restore("b/two.md");
    assert_eq!(media(&newsroom), [named(&picture, "png")]);
    newsroom.remove("b/two.md");
    newsroom.pass(GRACE);
    assert!(media(&newsroom).is_empty());
    assert!(!newsroom.feeds("_media").exists());
}

#[test]
fn a_picture_taken_out_of_the_text_is_taken_out_of_the_feeds() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    newsroom.drop("a/one.md", story("One", TEXT));
    assert!(media(&newsroom).is_empty());
    assert!(!newsroom.entry("a").content.contains("<img"));
}

#[test]
fn a_picture_removed_from_the_inbox_stays_with_what_was_published() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    let before = newsroom.documents();
    newsroom.remove("a/x.png");
    newsroom.pass(WAIT);
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    newsroom.assert_holds(&before);
    assert_eq!(newsroom.status()["held"], 0);
}

#[test]
fn nothing_of_an_embargoed_article_lies_under_feeds() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    let text = format!("---\ntitle: One\ndate: 2026-07-02T10:00:00Z\n---\n{TEXT}\n\n![x](x.png)\n");
    newsroom.drop("a/one.md", &text);
    assert!(media(&newsroom).is_empty());
    newsroom.drop("a/x.png", png(800, 600, ""));
    assert!(media(&newsroom).is_empty());
    newsroom.restart();
    assert!(media(&newsroom).is_empty());
    newsroom.step_clock("2026-07-02T10:00:00Z".parse().unwrap());
    assert_eq!(media(&newsroom), [named(&png(800, 600, ""), "png")]);
    assert_eq!(newsroom.entry("a").updated, newsroom.entry("a").published);
}

#[test]
fn a_bundle_is_one_article_with_its_pictures_beside_it() {
    let mut newsroom = Newsroom::new();
    newsroom.put("sports/final/goal.png", png(640, 480, ""));
    newsroom.drop("sports/final/index.md", story("They won", &format!("{TEXT}\n\n![Goal](goal.png)")));
    let before = newsroom.entry("sports");
    assert!(!newsroom.feeds("sports/final").exists(), "no section of its own");
    assert!(before.url.ends_with("/sports/2026/07/02/final.html"), "{}", before.url);
    assert!(before.content.contains("width=\"640\""));
    // The folder is renamed, then moved to another section.
    newsroom.rename("sports/final", "sports/endspiel");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("sports"), before);
    newsroom.rename("sports/endspiel", "archive/endspiel");
    newsroom.pass(WAIT);
    assert!(newsroom.titles("sports").is_empty());
    let after = newsroom.entry("archive");
    assert_eq!((&after.id, &after.url, &after.updated), (&before.id, &before.url, &before.updated));
    assert_eq!(newsroom.status()["doubted"], 0);
    // A new picture beside it under its new name is noticed.
    newsroom.drop("archive/endspiel/goal.png", png(800, 600, "new"));
    assert!(newsroom.entry("archive").content.contains("width=\"800\""));
    // In the inbox itself and under a date.
    newsroom.drop("elections/index.md", story("Elections", OTHER));
    assert_eq!(newsroom.entries("").len(), 2);
    assert!(!newsroom.feeds("elections").exists());
    newsroom.drop("b/2026/07/02/results/index.html", format!("<h1>Results</h1><p>{OTHER} Of course.</p>"));
    assert_eq!(newsroom.titles("b"), ["Results"]);
    assert!(newsroom.entry("b").url.ends_with("/b/2026/07/02/results.html"));
}

#[test]
fn sounds_films_and_papers_are_enclosures_of_their_true_length() {
    for (field, file, kind, bytes) in [
        ("audio", "talk.mp3", "audio/mpeg", mp3(1234)),
        ("enclosure", "report.pdf", "application/pdf", vec![7; 4321]),
        ("video", "clip.mp4", "video/mp4", mp4_of(75, &[], &[7; 999])),
    ] {
        let mut newsroom = Newsroom::new();
        let length = bytes.len();
        newsroom.put(&format!("a/{file}"), &bytes);
        newsroom.drop("a/one.md", format!("---\ntitle: One\n{field}: {file}\n---\n{TEXT}\n"));
        let path = named(&bytes, file.rsplit('.').next().unwrap());
        assert_eq!(media(&newsroom), std::slice::from_ref(&path), "{file}");
        let rss = feed(&newsroom, "a/rss.xml");
        let enclosure = rss.split("<enclosure").nth(1).unwrap_or_else(|| panic!("{file} in {rss}"));
        let enclosure = enclosure.split('>').next().unwrap();
        for words in [&format!("url=\"https://news.example/{path}\""), &format!("length=\"{length}\""), kind] {
            assert!(enclosure.contains(words), "{words} in {enclosure}");
        }
        let json = feed(&newsroom, "a/feed.json");
        assert!(json.contains("\"attachments\"") && json.contains(&format!("\"size_in_bytes\":{length}")), "{json}");
        assert!(feed(&newsroom, "a/atom.xml").contains("rel=\"enclosure\""));
    }
}

#[test]
fn a_link_to_a_paper_carries_it_and_a_link_to_an_article_does_not() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/report.pdf", "%PDF-1.7 the report");
    newsroom.drop("a/one.md", story("One", &format!("{TEXT} Read [the report](report.pdf) and [more](two.md).")));
    let path = named(b"%PDF-1.7 the report", "pdf");
    assert_eq!(media(&newsroom), std::slice::from_ref(&path));
    assert!(newsroom.entry("a").content.contains(&format!("href=\"https://news.example/{path}\"")));
}

#[test]
fn a_drawing_is_carried_without_its_scripts_and_what_is_no_picture_is_left_out_and_doubted() {
    let mut newsroom = Newsroom::new();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><path d=\"M0 0h9\"/></svg>";
    newsroom.put("a/map.svg", drawing.replace("<path", "<script>alert(1)</script><path"));
    newsroom.put("a/odd.jpg", "no picture at all");
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![Map](map.svg) ![Odd](odd.jpg)")));
    assert_eq!(media(&newsroom), [named(drawing.as_bytes(), "svg")]);
    let content = newsroom.entry("a").content;
    assert_eq!(content.matches("<img").count(), 1, "{content}");
    let doubt = newsroom.status()["doubts"][0]["doubts"][0].as_str().unwrap().to_owned();
    assert!(doubt.starts_with("a/odd.jpg was left out: "), "{doubt}");
    // Mended, it stands.
    newsroom.drop("a/odd.jpg", png(6, 4, ""));
    assert_eq!(newsroom.entry("a").content.matches("<img").count(), 2);
    assert_eq!(newsroom.status()["doubted"], 0);
}

#[test]
fn a_picture_of_no_bytes_is_not_there_yet() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", "");
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    assert!(newsroom.titles("").is_empty());
    newsroom.drop("a/x.png", png(6, 4, ""));
    assert!(newsroom.entry("a").content.contains("width=\"6\""));
}

#[test]
fn a_lead_picture_stated_in_the_head_is_carried() {
    let mut newsroom = Newsroom::new();
    let picture = png(640, 480, "");
    newsroom.put("a/lead.png", &picture);
    newsroom.drop("a/one.md", format!("---\ntitle: One\nimage: lead.png\n---\n{TEXT}\n"));
    assert_eq!(media(&newsroom), [named(&picture, "png")]);
    assert!(feed(&newsroom, "a/feed.json").contains(&named(&picture, "png")));
    newsroom.drop("a/two.md", format!("---\ntitle: Two\nimage: none.png\n---\n{OTHER}\n"));
    assert_eq!(newsroom.entries("a").len(), 1);
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entries("a").len(), 2);
    assert_eq!(newsroom.status()["doubted"], 1);
}

#[test]
fn a_remote_lead_picture_changed_is_a_change() {
    let mut newsroom = Newsroom::new();
    let text = |image: &str| format!("---\ntitle: One\nimage: https://img.example/{image}\n---\n{TEXT}\n");
    newsroom.drop("a/one.md", text("1.jpg"));
    let before = newsroom.entry("a").updated;
    newsroom.pass(Duration::from_secs(60));
    newsroom.drop("a/one.md", text("2.jpg"));
    assert!(newsroom.entry("a").updated > before);
}

#[test]
fn pictures_alone_publish_nothing_and_are_never_refused() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/x.png", png(6, 4, ""));
    newsroom.put("a/y.mp4", "film");
    newsroom.compare();
    newsroom.pass(Duration::from_secs(5));
    assert_eq!(newsroom.status()["refused"], 0);
    assert!(!newsroom.feeds("a").exists());
    assert!(media(&newsroom).is_empty());
}

#[test]
fn a_rebuild_finds_the_same_media() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
    newsroom.drop("a/x.png", png(800, 600, "2"));
    assert!(newsroom.entry("a").content.contains("width=\"800\""));
}

#[test]
fn a_picture_of_an_article_released_from_its_file_outlasts_a_rebuild() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, "first"));
    newsroom.drop("a/latest.md", story("Harbour bridge reopens", &format!("{TEXT}\n\n![x](x.png)")));
    newsroom.pass(Duration::from_secs(60));
    newsroom.put("a/x.png", png(800, 600, "second"));
    newsroom.drop("a/latest.md", story("Requiem in the cathedral", &format!("{OTHER}\n\n![x](x.png)")));
    assert_eq!(newsroom.entries("a").len(), 2);
    assert_eq!(media(&newsroom).len(), 2);
    let before = newsroom.documents();
    newsroom.stop();
    fs::remove_file(newsroom.state("catalogue.db")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
    newsroom.withdraw(&newsroom.entries("a")[1].id);
    assert_eq!(media(&newsroom).len(), 1, "and goes with it");
}

#[test]
fn a_picture_leaves_with_an_article_that_expires() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    newsroom.drop("a/one.md", format!("---\ntitle: One\nexpires: 2026-07-02T09:00:00Z\n---\n{TEXT}\n\n![x](x.png)\n"));
    assert_eq!(media(&newsroom).len(), 1);
    newsroom.skip(Duration::from_secs(3601));
    assert!(media(&newsroom).is_empty());
}

#[test]
fn an_article_that_waits_may_be_mended_moved_or_taken_away() {
    let text = |more: &str| story("One", &format!("{TEXT} {more}\n\n![x](/pictures/x.png)"));
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", text(""));
    newsroom.pass(Duration::from_secs(20));
    newsroom.drop("a/one.md", text("Mended."));
    assert!(newsroom.titles("").is_empty());
    newsroom.rename("a/one.md", "b/one.md");
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("pictures/x.png", png(6, 4, ""));
    let entry = newsroom.entry("b");
    assert!(entry.content.contains("Mended.") && entry.content.contains("<img"), "{}", entry.content);
    newsroom.drop("c/two.md", story("Two", &format!("{OTHER}\n\n![x](none.png)")));
    newsroom.remove("c/two.md");
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entries("").len(), 1);
    // Mended so that it asks for nothing.
    newsroom.drop("c/three.md", story("Three", &format!("{OTHER}\n\n![x](none.png)")));
    newsroom.drop("c/three.md", story("Three", OTHER));
    assert_eq!(newsroom.titles("c"), ["Three"]);
    newsroom.pass(WAIT);
    assert_eq!(newsroom.status()["doubted"], 0);
}

#[test]
fn one_picture_lacking_delays_no_other_article() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    newsroom.put("a/two.md", story("Two", OTHER));
    newsroom.compare();
    assert_eq!(newsroom.titles("a"), ["Two"]);
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entries("a").len(), 2);
}

#[test]
fn an_article_that_waits_is_as_old_as_its_first_sight() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](none.png)")));
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entry("a").published, "2026-07-02T08:00:00+00:00");
    // Renamed meanwhile, it waits no longer than others.
    newsroom.drop("b/one.md", story("Two", &format!("{TEXT} Twice.\n\n![x](none.png)")));
    let first_sight = newsroom.now().wall.to_rfc3339();
    newsroom.pass(WAIT - Duration::from_secs(10));
    newsroom.rename("b/one.md", "b/two.md");
    newsroom.pass(Duration::from_secs(11));
    assert_eq!(newsroom.entry("b").published, first_sight);
    // And in an import, as its file.
    let mut newsroom = Newsroom::closed("");
    newsroom.put("a/old.md", story("Old", &format!("{TEXT}\n\n![x](none.png)")));
    let year = Duration::from_secs(365 * 86_400);
    let file = fs::File::options().write(true).open(newsroom.inbox("a/old.md")).unwrap();
    file.set_modified(std::time::SystemTime::from(newsroom.now().wall) - year).unwrap();
    newsroom.start();
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entry("a").published, "2025-07-02T08:00:00+00:00");
}

#[test]
fn an_article_that_nobody_sees_keeps_no_former_picture() {
    let text = |file: &str| story("One", &format!("{TEXT}\n\n![x]({file})"));
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(6, 4, ""));
    newsroom.put("a/y.png", png(8, 4, ""));
    newsroom.drop("a/one.md", text("x.png"));
    newsroom.drop("a/one.md", text("y.png"));
    assert_eq!((media(&newsroom).len(), newsroom.former_media().len()), (2, 1), "readers have the former");
    newsroom.withdraw("a/one.md");
    assert_eq!((media(&newsroom).len(), newsroom.former_media().len()), (0, 0));
    newsroom.drop("a/one.md", text("x.png"));
    assert_eq!((media(&newsroom).len(), newsroom.former_media().len()), (0, 0));
    newsroom.restore("a/one.md");
    assert_eq!((media(&newsroom).len(), newsroom.former_media().len()), (1, 0));
}

#[test]
fn what_was_left_out_once_is_not_awaited_again() {
    let text = |more: &str| story("One", &format!("{TEXT} {more}\n\n![x](x.png) ![y](y.png)"));
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", text(""));
    newsroom.pass(WAIT);
    newsroom.drop("a/one.md", text("Mended."));
    assert!(newsroom.entry("a").content.contains("Mended."), "at once");
    newsroom.drop("a/x.png", png(6, 4, ""));
    assert_eq!(newsroom.entry("a").content.matches("<img").count(), 1, "at once, though another lacks");
    assert_eq!(newsroom.status()["doubted"], 1);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png) ![y](y.png) ![z](z.png)")));
    assert!(newsroom.entry("a").content.contains("Mended."), "a new one is awaited");
    newsroom.drop("a/z.png", png(8, 4, ""));
    assert_eq!(newsroom.entry("a").content.matches("<img").count(), 2);
}

#[test]
fn a_picture_deleted_and_uploaded_anew_is_a_change_and_nothing_less() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.png", png(640, 480, ""));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.png)")));
    newsroom.remove("a/x.png");
    newsroom.drop("a/one.md", story("One", &format!("{TEXT} Mended.\n\n![x](x.png)")));
    assert!(newsroom.entry("a").content.contains("<img"), "what was there is awaited");
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/x.png", png(800, 600, ""));
    let content = newsroom.entry("a").content;
    assert!(content.contains("Mended.") && content.contains("width=\"800\""), "{content}");
}

#[test]
fn a_long_film_is_found_by_its_row_and_not_read() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/bridge.mp4", mp4_of(2, &[], &vec![7; 2 << 20]));
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![The bridge](bridge.mp4)")));
    let path = media(&newsroom).remove(0);
    let published = fs::read(newsroom.feeds(&path)).unwrap();
    let Found::Document(document) = newsroom.find(&path) else { panic!("{path}") };
    assert_eq!(document.content(), &Content::file(&newsroom.feeds(&path), published.len() as u64));
    assert!(path.contains(document.etag().to_str().unwrap().trim_matches('"')));
}
