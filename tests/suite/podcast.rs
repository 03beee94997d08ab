//! A section that is a podcast: what podcast apps ask of its RSS feed.

use std::path::Path;

use syndicated::config::{Config, ConfigError};

use crate::newsroom::Newsroom;
use crate::specimens::{id3_text, mp3_of, png};

const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";

#[test]
fn a_podcasts_feed_says_what_apps_ask_for() {
    let mut newsroom = Newsroom::closed(
        "title = \"Lanjiang Evening Post\"\nlanguage = \"zh-CN\"\n[intake]\nmedia_wait = \"0s\"\n\
         [section.\"talks\"]\ntitle = \"Talks\"\ndescription = \"What the city says\"\n\
         [section.\"talks\".podcast]\nowner = \"Bai Wenbin\"\nemail = \"talks@news.example\"\nimage = \"cover.png\"\n\
         category = \"daily news\"\ntype = \"serial\"\nauthor = \"The Talks & Co\"\n",
    );
    std::fs::write(newsroom.dir.path().join("cover.png"), png(1400, 1400, "")).unwrap();
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
    assert_eq!(std::fs::read(newsroom.feeds(path)).unwrap(), png(1400, 1400, ""));
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
