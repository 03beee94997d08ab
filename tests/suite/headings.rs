//! Stories of `_section.toml` and `_index.md`: what a folder says of its section and of its articles; and of `[pages]`.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::fs;
use std::time::Duration;

use crate::newsroom::{Newsroom, dated, story};
use crate::specimens::{chunk, png_of};

const GRACE: Duration = Duration::from_secs(11);

#[test]
fn an_index_page_names_and_describes_its_section_and_is_no_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday."));
    let before = newsroom.entry("sports");
    newsroom.drop(
        "sports/_index.md",
        "+++\ntitle = \"Sport and Games\"\nsort_by = \"date\"\ntemplate = \"section.html\"\n[extra]\nlanguage = \"en-GB\"\n+++\n\nResults, reports\nand tables.\n",
    );
    let rss = newsroom.text("sports/rss.xml");
    for expected in ["<title>Sport and Games</title>", "Results, reports and tables.", "<language>en-GB</language>"] {
        assert!(rss.contains(expected), "{expected}: {rss}");
    }
    let entry = newsroom.entry("sports");
    assert_eq!((entry.id, entry.updated), (before.id, before.updated));
    // What the section's other file and the configuration say outranks it, key by key.
    newsroom.drop("sports/_section.toml", "title = \"Sports\"\n");
    assert!(newsroom.text("sports/rss.xml").contains("<title>Sports</title>"));
    assert!(newsroom.text("sports/rss.xml").contains("Results, reports and tables."));
    newsroom.reconfigured("[section.sports]\ntitle = \"The Sports\"\n");
    assert!(newsroom.text("sports/rss.xml").contains("<title>The Sports</title>"));
    newsroom.reconfigured("");
    newsroom.remove("sports/_section.toml");
    assert!(newsroom.text("sports/rss.xml").contains("<title>Sport and Games</title>"));
    let documents = newsroom.documents();
    newsroom.rebuild();
    newsroom.assert_holds(&documents);
}

#[test]
fn a_home_page_never_names_the_publication() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("city/hall.md", story("Hall opens", "The hall is open."));
    newsroom.drop("_index.md", "---\ntitle: Welcome to my site\nlanguage: fr\n---\n");
    let documents = newsroom.documents();
    assert!(!newsroom.text("rss.xml").contains("Welcome"));
    newsroom.restart();
    newsroom.drop("city/wall.md", story("Wall falls", "The wall is down."));
    assert!(!newsroom.text("rss.xml").contains("Welcome"), "{}", newsroom.text("rss.xml"));
    newsroom.remove("city/wall.md");
    newsroom.pass(GRACE);
    assert_eq!(documents.len(), newsroom.documents().len());
}

#[test]
fn an_import_gives_the_same_bytes_on_any_day() {
    let imported_after = |days: u64| {
        let mut newsroom = Newsroom::closed("");
        newsroom.put("sports/football/_index.md", "---\ntitle: Football\n---\nWho won.\n");
        newsroom.put("sports/football/final.md", dated("Final won", "2026-06-30", "The home side won the final."));
        newsroom.put("city/hall.md", dated("Hall opens", "2026-06-29", "The hall is open."));
        newsroom.skip(Duration::from_secs(days * 24 * 3600));
        newsroom.start();
        newsroom
    };
    assert_eq!(imported_after(0).documents(), imported_after(400).documents());
    // A section whose folder says something and holds nothing has feeds of its own at the end, and keeps their id.
    let mut empty = Newsroom::closed("");
    empty.put("opinion/_section.toml", "title = \"Opinion\"\n");
    empty.start();
    let id = |newsroom: &Newsroom| {
        let atom = newsroom.text("opinion/atom.xml");
        atom.split("<id>").nth(1).and_then(|rest| rest.split("</id>").next()).unwrap().to_owned()
    };
    let first = id(&empty);
    assert!(first.starts_with("tag:news.example,2026-") && first.ends_with(":opinion/"), "{first}");
    assert!(empty.text("index.html").contains("Opinion"));
    empty.skip(Duration::from_secs(40 * 24 * 3600));
    empty.drop("opinion/early.md", dated("Early", "2026-01-05", "Dated before its section began."));
    assert_eq!(id(&empty), first);
    empty.stop();
    empty.lose_catalogue();
    empty.start();
    assert_eq!(id(&empty), first);
}

#[test]
fn defaults_are_given_to_articles_that_state_nothing() {
    let heading = "[defaults]\nauthor = [\"A. Writer\", \"B. Writer\"]\ntags = \"river\"\nlanguage = \"fr\"\nsource = \"Agency\"\n";
    let index = "---\ntitle: City\ncascade:\n  author: [A. Writer, B. Writer]\n  tags: [river]\n  lang: fr\n  source: Agency\n---\n";
    for (name, text) in [("city/_section.toml", heading), ("city/_index.md", index)] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("city/below/none.md", dated("None", "2026-07-01 10:00", "This article states nothing."));
        newsroom.drop(
            "city/own.md",
            "---\ntitle: Own\ndate: 2026-07-01 09:00\nauthor: C. Writer\ntags: [bridge]\nlang: de\n---\n\nThis one states it all.\n",
        );
        newsroom.drop("other/none.md", dated("Other", "2026-07-01 08:00", "This article lies elsewhere."));
        let before = newsroom.entries("");
        newsroom.pass(Duration::from_secs(60));
        newsroom.drop(name, text);
        let json: serde_json::Value = serde_json::from_str(&newsroom.text("feed.json")).unwrap();
        let authors = |at: usize| {
            let list = json["items"][at]["authors"].as_array().cloned().unwrap_or_default();
            list.iter().map(|author| author["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(authors(0), ["A. Writer", "B. Writer"], "{name}");
        assert_eq!(json["items"][0]["language"], "fr");
        assert!(json["items"][0]["tags"].as_array().unwrap().contains(&"river".into()), "{json}");
        assert_eq!(authors(1), ["C. Writer"]);
        assert_eq!(json["items"][1]["language"], "de");
        assert!(!json["items"][1]["tags"].as_array().unwrap().contains(&"river".into()));
        assert!(json["items"][2].get("language").is_none());
        // Nothing that a file says has changed.
        let dates = |entries: &[crate::newsroom::Entry]| entries.iter().map(|e| e.updated.clone()).collect::<Vec<_>>();
        assert_eq!(dates(&newsroom.entries("")), dates(&before), "{name}");
        let documents = newsroom.documents();
        newsroom.restart();
        newsroom.assert_holds(&documents);
        let mut heir = newsroom.successor();
        heir.start();
        assert_eq!(heir.entries(""), newsroom.entries(""));
        newsroom.remove(name);
        newsroom.pass(GRACE);
        let json: serde_json::Value = serde_json::from_str(&newsroom.text("feed.json")).unwrap();
        assert!(json["items"][0].get("language").is_none(), "{json}");
    }
}

#[test]
fn a_folder_names_the_encoding_of_its_files() {
    let (western, _, _) =
        encoding_rs::WINDOWS_1252.encode("Café opens\n\nThe café in the Rue Élysée opens at noon: 50 °C in July.\n");
    for first in [true, false] {
        let mut newsroom = Newsroom::with("language = \"zh-CN\"\n");
        if first {
            newsroom.drop("french/_section.toml", "encoding = \"windows-1252\"\n");
        }
        newsroom.drop("french/news/cafe.txt", &western);
        if !first {
            newsroom.drop("french/_section.toml", "encoding = \"windows-1252\"\n");
        }
        assert!(newsroom.entry("french").content.contains("Rue Élysée"), "{first}: {:?}", newsroom.entry("french"));
    }
    // Its language tells it too, whatever the publication's is.
    let polish = "Most otwarty\n\nMost już jest otwarty.\n";
    for heading in ["language = \"pl\"\n", "[defaults]\nlanguage = \"pl\"\n"] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("polska/most.txt", encoding_rs::ISO_8859_2.encode(polish).0);
        newsroom.drop("polska/_section.toml", heading);
        assert!(newsroom.entry("polska").content.contains("już"), "{:?}", newsroom.entry("polska"));
    }
    // So does what the configuration says of the section, for all below it, and it outranks the folder.
    let mut newsroom = Newsroom::with("[section.polska]\nlanguage = \"pl\"\n");
    newsroom.drop("polska/_section.toml", "language = \"fr\"\n");
    newsroom.drop("polska/2026/07/02/most.txt", encoding_rs::ISO_8859_2.encode(polish).0);
    assert!(newsroom.entry("polska").content.contains("już"), "{:?}", newsroom.entry("polska"));
    let mut newsroom = Newsroom::new();
    newsroom.drop("french/_index.md", "---\nencoding: klingon\n---\n");
    assert!(newsroom.refused.iter().any(|(_, why)| why.reason.contains("klingon")), "{:?}", newsroom.refused);
}

#[test]
fn a_sections_picture_stands_in_its_feeds_and_may_come_late() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("sports/final.md", story("Final won", "The home side won the final on Sunday."));
    newsroom.drop("sports/_section.toml", "image = \"logo.png\"\n");
    assert!(!newsroom.text("sports/rss.xml").contains("<image>"));
    newsroom.put(
        "sports/logo.png",
        png_of(3, 2, &[chunk(b"tEXt", b"Comment\0taken at 51.4778 N"), chunk(b"IDAT", b"pixels")]),
    );
    newsroom.compare();
    let media: Vec<String> = newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).collect();
    let [picture] = &media[..] else { panic!("{media:?}") };
    for (file, expected) in [
        ("sports/rss.xml", format!("<url>https://news.example/{picture}</url>")),
        ("sports/atom.xml", format!("<logo>https://news.example/{picture}</logo>")),
        ("sports/feed.json", format!("\"icon\":\"https://news.example/{picture}\"")),
        ("sports/index.html", format!("<img src=\"https://news.example/{picture}\"")),
    ] {
        assert!(newsroom.text(file).contains(&expected), "{file}: {}", newsroom.text(file));
    }
    let published = fs::read(newsroom.feeds(picture)).unwrap();
    assert!(!published.windows(7).any(|part| part == b"51.4778"), "where it was taken is nobody's business");
    assert!(!newsroom.text("rss.xml").contains("<image>"));
    let documents = newsroom.documents();
    newsroom.restart();
    newsroom.sweep();
    newsroom.assert_holds(&documents);
    newsroom.drop("sports/_section.toml", "image = \"https://pictures.example/logo.png\"\n");
    assert!(newsroom.text("sports/rss.xml").contains("<url>https://pictures.example/logo.png</url>"));
    newsroom.drop("sports/_section.toml", "image = \"../../etc/passwd.png\"\n");
    assert!(!newsroom.text("sports/rss.xml").contains("<image>"));
    assert_eq!(newsroom.status()["doubted"], 1);
}

#[test]
fn many_files_are_read_again_in_the_background() {
    let mut newsroom = Newsroom::new();
    for at in 0..300 {
        newsroom.put(
            &format!("city/{at:03}.md"),
            dated(&format!("Item {at}"), "2026-07-01", &format!("Text of number {at}.")),
        );
    }
    newsroom.put("city-hall/a.md", dated("Hall", "2026-07-01", "Text of the hall."));
    newsroom.compare();
    newsroom.put("city/_section.toml", "[defaults]\nlanguage = \"fr\"\n");
    // Closed in the middle of it: what is left is done after the next start.
    newsroom.hint(syndicated::inbox::Hint::Arrived(syndicated::dropped::InboxPath::new("city/_section.toml")));
    newsroom.restart();
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("city/feed.json")).unwrap();
    assert!(json["items"].as_array().unwrap().iter().all(|item| item["language"] == "fr"));
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("city-hall/feed.json")).unwrap();
    assert!(json["items"][0].get("language").is_none());
}

/// A newspaper page without a folio.
fn page(section: &str) -> String {
    let folio = if section.is_empty() { String::new() } else { format!("2026年7月1日 星期三 A03 {section}\n\n") };
    format!(
        "{folio}南屏县早稻开镰\n\n本报讯(记者 顾长风) 7月1日,南屏县早稻开镰。农技人员说,今年的收成好于往年。\n\n\
         老城区旧桥加固完工\n\n本报讯(记者 林晓) 7月1日,老城区旧桥加固完工。市民说,过桥放心了。\n"
    )
}

#[test]
fn pages_have_their_section_from_the_configuration() {
    let settings = "[pages]\nA01 = \"yaowen\"\n\"A02-A04\" = \"bendi\"\n5 = \"tiyu\"\n";
    for (file, text, section) in [
        ("20260701-A01.txt", page(""), "yaowen"),
        ("A01-20260701.txt", page(""), "yaowen"),
        ("2026-07-01_A01版.txt", page(""), "yaowen"),
        ("lcrb20260701A03.txt", page(""), "bendi"),
        ("rmrb2026070105.txt", page(""), "tiyu"),
        ("page.txt", page("综合"), "bendi"),
        ("20260701-A07.txt", page(""), ""),
        ("sports/20260701-A01.txt", page(""), "sports"),
    ] {
        let mut newsroom = Newsroom::with(&format!("time_zone = \"Asia/Shanghai\"\n{settings}"));
        newsroom.drop(file, text);
        let entries = newsroom.entries("");
        assert_eq!(entries.len(), 2, "{file}");
        assert_eq!(entries[0].published, "2026-06-30T16:00:00+00:00", "{file}: the issue date");
        assert!(
            newsroom
                .pages()
                .iter()
                .all(|page| page.starts_with(section) && (!section.is_empty() || page.starts_with("2026"))),
            "{file}: {:?}",
            newsroom.pages()
        );
    }
    // What the page prints outranks its name; what the folio calls its section is for pages that nothing is said about.
    let mut newsroom = Newsroom::with("time_zone = \"Asia/Shanghai\"\n");
    newsroom.drop("20260630-A01.txt", page("综合"));
    assert_eq!(newsroom.entries("综合")[0].published, "2026-06-30T16:00:00+00:00");
    assert!(!newsroom.inbox("20260630-A01.txt.rejected.txt").exists());
    assert!(fs::exists(newsroom.feeds("综合/rss.xml")).unwrap());
}
