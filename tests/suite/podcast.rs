//! A section that is a podcast: what podcast apps ask of its RSS feed.

use std::path::Path;

use syndicated::config::{Config, ConfigError, SectionEntry};
use syndicated::podcast::Category;

use crate::newsroom::Newsroom;
use crate::specimens::{chunk, id3_text, mp3_of, png, png_of};

const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";

#[test]
fn a_podcasts_feed_says_what_apps_ask_for() {
    let mut newsroom = Newsroom::closed(
        "title = \"Lanjiang Evening Post\"\nlanguage = \"zh-CN\"\n[intake]\nmedia_wait = \"0s\"\n\
         [section.\"talks\"]\ntitle = \"Talks\"\ndescription = \"What the city says\"\n\
         [section.\"talks\".podcast]\nowner = \"Bai Wenbin\"\nemail = \"talks@news.example\"\nimage = \"cover.png\"\n\
         category = \"daily news\"\ntype = \"serial\"\nauthor = \"The Talks & Co\"\n",
    );
    let cover = png_of(1400, 1400, &[chunk(b"eXIf", b"N 31.2 E 121.5")]);
    std::fs::write(newsroom.dir.path().join("cover.png"), cover).unwrap();
    newsroom.start();
    newsroom.drop("talks/one.mp3", mp3_of(&[id3_text(b"TIT2", "One")], 100));
    newsroom.drop("other/two.mp3", mp3_of(&[id3_text(b"TIT2", "Two")], 100));
    let rss = newsroom.text("talks/rss.xml");
    let document = roxmltree::Document::parse(&rss).unwrap();
    let channel = document.root_element().first_element_child().unwrap();
    let child = |name: &str| channel.children().find(|node| node.has_tag_name((ITUNES, name)));
    let text = |name: &str| child(name).and_then(|node| node.text());
    assert_eq!(text("author"), Some("The Talks & Co"));
    assert_eq!((text("explicit"), text("type")), (Some("false"), Some("serial")));
    let category = child("category").unwrap();
    assert_eq!(category.attribute("text"), Some("News"));
    assert_eq!(category.first_element_child().unwrap().attribute("text"), Some("Daily News"));
    let owner: Vec<_> = child("owner").unwrap().children().filter_map(|node| node.text()).collect();
    assert!(owner.contains(&"Bai Wenbin") && owner.contains(&"talks@news.example"));
    let image = child("image").unwrap().attribute("href").unwrap();
    let path = image.strip_prefix("https://news.example/").unwrap();
    assert_eq!(std::fs::read(newsroom.feeds(path)).unwrap(), png_of(1400, 1400, &[]));
    let plain = |name: &str| channel.children().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
    assert_eq!(
        (plain("title"), plain("description"), plain("language")),
        (Some("Talks"), Some("What the city says"), Some("zh-CN"))
    );
    let item = channel.children().find(|node| node.has_tag_name("item")).unwrap();
    let enclosure = item.children().find(|node| node.has_tag_name("enclosure")).unwrap();
    assert_eq!(enclosure.attribute("type"), Some("audio/mpeg"));
    assert!(item.children().any(|node| node.has_tag_name((ITUNES, "duration")) && node.text() == Some("3")));
    assert!(feed_rs::parser::parse(rss.as_bytes()).is_ok());
    // No other feed says a word of it: one word asks for the whole show.
    for path in ["other/rss.xml", "rss.xml"] {
        let rss = newsroom.text(path);
        assert!(!rss.contains("itunes") && rss.contains(" duration=\"3\""), "{path}: {rss}");
    }
    // The configuration is not read again because a section says something new: nor is what it names.
    std::fs::remove_file(newsroom.dir.path().join("cover.png")).unwrap();
    newsroom.drop("talks/_section.toml", "language = \"en\"\n");
    let rss = newsroom.text("talks/rss.xml");
    assert!(rss.contains("<language>en</language>") && rss.contains(image), "{rss}");
    // What is configured no longer goes.
    newsroom.reconfigured("");
    newsroom.sync();
    newsroom.sweep();
    assert!(!newsroom.text("talks/rss.xml").contains("<itunes:owner") && !newsroom.feeds(path).exists());
}

#[test]
fn what_a_podcast_lacks_or_says_wrongly_is_told_with_its_place() {
    for (line, reason) in [
        (
            "category = \"Newz\"",
            "category must be one of Apple's categories such as \"News/Daily News\", not \"Newz\" (\"News\"?)",
        ),
        ("category = \"News/Golf\"", "category must be one of Apple's categories"),
        ("email = \"nobody\"", "email must be a mail address, not \"nobody\""),
        ("type = \"daily\"", "type must be \"episodic\" or \"serial\", not \"daily\""),
        ("explicit = \"no\"", "explicit must be true or false"),
        ("image = 3", "image must be text in quotes"),
        ("colour = \"red\"", "unknown key \"colour\" in [section.\"…\".podcast]"),
        ("author = \"A\"", "a podcast needs an image"),
    ] {
        let image = if line.starts_with("author") || line.starts_with("image") { "" } else { "image = \"c.png\"\n" };
        let text = format!("[section.\"talks\".podcast]\n{image}{line}\n");
        let Err(ConfigError::Wrong { faults, .. }) = Config::parse(&text, Path::new("/x/syndicated.toml")) else {
            panic!("{line} is taken");
        };
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].reason.starts_with(reason), "{line}: {}", faults[0].reason);
    }
    let stated = Config::parse(
        "[section.\"talks\".podcast]\nimage = \"https://x.example/c.png\"\nemail = \"a@x.example\"\nexplicit = true\n\
         category = \"Society & Culture/Documentary\"\ntype = \"serial\"\nowner = \"A\"\nauthor = \"B\"\n",
        Path::new("/x/syndicated.toml"),
    )
    .unwrap();
    assert_eq!(
        Config::parse(&stated.to_toml(), Path::new("/x/syndicated.toml")).unwrap(),
        stated,
        "printed and read again"
    );
}

#[test]
fn a_section_says_itself_that_it_is_a_podcast() {
    let own = "title = \"Talks\"\n[podcast]\nimage = \"cover.png\"\nauthor = \"The Talks\"\ncategory = \"Daily News\"\nexplicit = true\n";
    let mut newsroom = Newsroom::with("[intake]\nmedia_wait = \"0s\"\n");
    newsroom.drop("talks/one.mp3", mp3_of(&[id3_text(b"TIT2", "One")], 100));
    newsroom.drop("talks/_section.toml", own);
    let cover = |newsroom: &Newsroom| {
        let rss = newsroom.text("talks/rss.xml");
        let document = roxmltree::Document::parse(&rss).unwrap();
        let channel = document.root_element().first_element_child().unwrap();
        let image = channel.children().find(|node| node.has_tag_name((ITUNES, "image")));
        let url = image.and_then(|image| image.attribute("href")).map(str::to_owned);
        (rss.contains("<itunes:author>The Talks</itunes:author>") && rss.contains("text=\"Daily News\""), url)
    };
    assert_eq!(cover(&newsroom), (true, None), "its cover is not there yet");
    let doubts = newsroom.status()["doubts"].to_string();
    assert!(doubts.contains("talks/cover.png is not there"), "{doubts}");
    // What the camera wrote into it is not published.
    newsroom.drop("talks/cover.png", png_of(1400, 1400, &[chunk(b"tEXt", b"Comment\0N 31.2 E 121.5")]));
    let (_, Some(url)) = cover(&newsroom) else { panic!("it has no cover") };
    let path = url.strip_prefix("https://news.example/").unwrap();
    assert_eq!(std::fs::read(newsroom.feeds(path)).unwrap(), png_of(1400, 1400, &[]));
    assert_eq!(newsroom.status()["doubted"], 0);
    assert!(newsroom.text("talks/rss.xml").contains("<itunes:explicit>true</itunes:explicit>"));
    newsroom.sweep();
    newsroom.restart();
    assert!(newsroom.feeds(path).exists());
    // What the server's file says of it counts instead.
    newsroom.reconfigured("[section.talks.podcast]\nimage = \"https://x.example/c.png\"\nauthor = \"The Talks\"\n");
    assert_eq!(cover(&newsroom), (false, Some("https://x.example/c.png".to_owned())));
    newsroom.sync();
    newsroom.sweep();
    assert!(!newsroom.feeds(path).exists());
    newsroom.reconfigured("");
    newsroom.drop("talks/cover.png", png(1400, 900, ""));
    let doubts = newsroom.status()["doubts"].to_string();
    assert!(doubts.contains("has 1400 by 900 pixels; podcast apps take a square of 1400 to 3000"), "{doubts}");
    newsroom.remove("talks/_section.toml");
    assert!(!newsroom.text("talks/rss.xml").contains("itunes"));
}

#[test]
fn what_a_section_says_wrongly_of_its_podcast_is_refused_with_its_place() {
    for (text, reason) in [
        ("podcast = 3\n", "podcast must be a table: write [podcast]"),
        ("[podcast]\nauthor = \"A\"\n", "a podcast needs an image"),
        ("[podcast]\nimage = \"c.png\"\ncolour = \"red\"\n", "unknown key \"colour\" in [podcast]"),
        ("[podcast]\nimage = \"c.png\"\nemail = \"nobody\"\n", "email must be a mail address"),
    ] {
        let refused = SectionEntry::parse(text).unwrap_err();
        assert!(refused.reason.starts_with(reason), "{text}: {refused}");
        assert!(refused.line.is_some());
    }
}

/// What an episode's item says to podcast apps, and the file's doubts.
fn said_of_an_episode(newsroom: &Newsroom) -> Vec<(String, String)> {
    let rss = newsroom.text("talks/rss.xml");
    let document = roxmltree::Document::parse(&rss).unwrap();
    let item = document.descendants().find(|node| node.has_tag_name("item")).unwrap();
    let own = item.children().filter(|node| node.tag_name().namespace() == Some(ITUNES) && node.text().is_some());
    own.map(|node| (node.tag_name().name().to_owned(), node.text().unwrap().to_owned())).collect()
}

#[test]
fn an_episode_says_of_itself_what_apps_ask() {
    let stated = |fields: &str| format!("---\ntitle: One\naudio: one.mp3\n{fields}---\nWhat the city says tonight.\n");
    let mut newsroom =
        Newsroom::with("[intake]\nmedia_wait = \"0s\"\n[section.talks.podcast]\nimage = \"https://x.example/c.png\"\n");
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    newsroom.put("talks/one.mp3", mp3_of(&[], 100));
    newsroom.drop("talks/one.md", stated("season: 2\nepisode: 7\nepisode_type: Bonus\nexplicit: yes\n"));
    let sorted = |newsroom: &Newsroom| {
        let mut said = said_of_an_episode(newsroom);
        said.sort();
        said
    };
    let all = [("duration", "3"), ("episode", "7"), ("episodeType", "bonus"), ("explicit", "true"), ("season", "2")];
    assert_eq!(sorted(&newsroom), pairs(&all));
    // As other programs write it, and beside the file; what the file says itself counts more.
    newsroom.drop("talks/one.md", stated("itunes_season: 3\nexplicit: clean\n"));
    newsroom.drop("talks/one.yaml", "season: 9\nepisode: 8\nepisodeType: trailer\n");
    let all = [("duration", "3"), ("episode", "8"), ("episodeType", "trailer"), ("explicit", "false"), ("season", "3")];
    assert_eq!(sorted(&newsroom), pairs(&all));
    // Nonsense is left out and doubted; nothing is refused for it.
    newsroom.remove("talks/one.yaml");
    newsroom.drop("talks/one.md", stated("season: two\nepisode: 0\nepisode_type: pilot\nexplicit: perhaps\n"));
    newsroom.pass(std::time::Duration::from_secs(11));
    assert_eq!(sorted(&newsroom), pairs(&[("duration", "3")]));
    let doubts = newsroom.status()["doubts"][0]["doubts"].to_string();
    for name in ["season", "episode_type", "explicit"].map(|name| name.replace('_', "")) {
        assert!(doubts.replace('_', "").contains(&format!("`{name}`")), "{name}: {doubts}");
    }
    assert_eq!(newsroom.status()["refused"], 0);
    // Its picture is a square; how long it plays is said once; and a paper is not played.
    for (file, side, is_shown) in [("wide.png", 1400, false), ("square.png", 1500, true)] {
        newsroom.put(&format!("talks/{file}"), png(1500, side, ""));
        newsroom.drop("talks/one.md", stated(&format!("image: {file}\n")));
        let rss = newsroom.text("talks/rss.xml");
        assert_eq!(rss.contains("<itunes:image href=\"https://news.example/_media/"), is_shown, "{rss}");
        assert!(!rss.contains(" duration=\"") && newsroom.text("rss.xml").contains(" duration=\"3\""), "{rss}");
    }
    let mut newsroom = Newsroom::with("[section.talks.podcast]\nimage = \"https://x.example/c.png\"\n");
    newsroom.put("talks/one.pdf", "%PDF-1.7\n%%EOF\n");
    newsroom.drop("talks/one.md", "---\ntitle: One\nepisode: 7\n---\nWhat the city says: [in print](one.pdf).\n");
    assert!(newsroom.text("talks/rss.xml").contains("type=\"application/pdf\""));
    assert_eq!(said_of_an_episode(&newsroom), []);
}

#[test]
fn a_category_is_known_by_its_name() {
    let of = |text: &str| Category::of(text).map(|category| category.written());
    for (text, expected) in [
        ("News", Some("News")),
        (" news ", Some("News")),
        ("News/Daily News", Some("News/Daily News")),
        ("news / daily news", Some("News/Daily News")),
        ("Daily News", Some("News/Daily News")),
        ("Arts/Daily News", None),
        ("Weather/Books", None),
        ("News/", None),
        ("News/Daily News/Morning", None),
        ("Weather", None),
        ("", None),
    ] {
        assert_eq!(of(text).as_deref(), expected, "{text:?}");
    }
    for written in Category::all() {
        assert_eq!(of(&written).as_ref(), Some(&written));
    }
}
