//! Stories of sounds: alone in a folder an episode, with a story its enclosure, never both.

use std::time::Duration;

use crate::newsroom::{Newsroom, story};
use crate::specimens::{id3_frame, id3_text, mp3, mp3_of, mp4_of};

const GRACE: Duration = Duration::from_secs(11);
const WAIT: Duration = Duration::from_secs(31);
const TEXT: &str = "Four hundred singers filled the cathedral on Sunday evening with a requiem.";

/// An hour of the harbour, 26 ms each frame.
fn episode() -> Vec<u8> {
    let comment = [b"\0eng\0".as_slice(), b"Tides & cranes.\n\nRecorded at night."].concat();
    mp3_of(
        &[
            id3_text(b"TIT2", "港口之夜"),
            id3_text(b"TPE1", "Bai Wenbin"),
            id3_frame(b"COMM", &comment),
            id3_text(b"TRCK", "7/12"),
            id3_frame(b"PRIV", b"recorder 4711"),
        ],
        100,
    )
}

#[test]
fn a_lone_sound_is_an_episode_by_its_tags() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("talks/harbour.mp3", episode());
    newsroom.pass(Duration::from_secs(29));
    assert!(!newsroom.feeds("talks").exists(), "it waits for its story");
    newsroom.pass(WAIT);
    let entry = newsroom.entry("talks");
    assert_eq!(entry.title, "港口之夜");
    assert_eq!(entry.published, "2026-07-02T08:00:00+00:00", "it is as old as its first sight");
    assert!(entry.content.starts_with("<p>Tides &amp; cranes.</p>\n<p>Recorded at night.</p>"), "{}", entry.content);
    assert!(entry.id.ends_with(":talks/harbour.mp3") && entry.url.ends_with("/talks/2026/07/02/harbour.html"));
    let rss = newsroom.text("talks/rss.xml");
    for words in [
        " duration=\"3\"",
        "type=\"audio/mpeg\"",
        "<dc:creator>Bai Wenbin</dc:creator>",
        "<description><![CDATA[Tides &amp; cranes. Recorded at night.]]></description>",
    ] {
        assert!(rss.contains(words), "{words} in {rss}");
    }
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("talks/feed.json")).unwrap();
    let attachment = &json["items"][0]["attachments"][0];
    assert_eq!(attachment["duration_in_seconds"], 3);
    let path = attachment["url"].as_str().unwrap().strip_prefix("https://news.example/").unwrap();
    let bytes = std::fs::read(newsroom.feeds(path)).unwrap();
    assert_eq!(attachment["size_in_bytes"], bytes.len());
    assert!(!bytes.windows(8).any(|window| window == b"recorder"));
    assert!(newsroom.text(&newsroom.pages()[0]).contains("<audio controls"));
    // Nothing more happens to it.
    let documents = newsroom.documents();
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    newsroom.assert_holds(&documents);
    assert_eq!(newsroom.status()["refused"], 0);
    // With other tags it is the same episode; renamed too; removed it goes.
    newsroom.drop("talks/harbour.mp3", mp3_of(&[id3_text(b"TIT2", "港口之夜（重播）")], 100));
    assert_eq!(newsroom.entry("talks").id, entry.id);
    newsroom.rename("talks/harbour.mp3", "talks/night.mp3");
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entry("talks").id, entry.id);
    newsroom.remove("talks/night.mp3");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("talks").is_empty());
    assert!(!newsroom.feeds("_media").exists());
}

#[test]
fn a_sound_without_tags_is_titled_by_its_name() {
    for (file, title, published) in [
        ("harbour_at-night.mp3", "harbour at-night", "2026-07-02T08:00:00+00:00"),
        ("2026-07-01-harbour-at-night.mp3", "harbour at night", "2026-07-01T00:00:00+00:00"),
        ("100% a?b#c: 夜.mp3", "100% a?b#c: 夜", "2026-07-02T08:00:00+00:00"),
    ] {
        let mut newsroom = Newsroom::with("[intake]\nmedia_wait = \"0s\"\n");
        newsroom.drop(&format!("a/{file}"), mp3(41_700));
        let entry = newsroom.entry("a");
        assert_eq!((entry.title.as_str(), entry.published.as_str()), (title, published), "{file}");
        assert!(newsroom.text("a/rss.xml").contains("<enclosure"), "{file}");
    }
}

#[test]
fn a_sound_belongs_to_the_story_that_comes_while_it_waits() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", episode());
    newsroom.pass(Duration::from_secs(20));
    newsroom.drop("a/one.md", format!("---\ntitle: One\naudio: talk.mp3\n---\n{TEXT}\n"));
    assert!(newsroom.desk().is_idle().unwrap(), "its story is there: nothing waits any more");
    newsroom.pass(WAIT);
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a"), ["One"]);
    // The story comes first; then the sound for which it waits.
    newsroom.drop("a/two.md", format!("---\ntitle: Two\naudio: two.mp3\n---\n{TEXT} Twice.\n"));
    newsroom.pass(Duration::from_secs(5));
    newsroom.drop("a/two.mp3", mp3(41_700));
    newsroom.pass(WAIT);
    assert_eq!(newsroom.entries("a").len(), 2);
}

#[test]
fn an_episode_goes_when_a_story_refers_to_it_later() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", episode());
    newsroom.pass(WAIT);
    let episode = newsroom.entry("a");
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n<audio src=\"talk.mp3\"></audio>")));
    let entry = newsroom.entry("a");
    assert_eq!(entry.title, "One");
    assert_ne!(entry.id, episode.id);
    assert_eq!(newsroom.documents().keys().filter(|path| path.starts_with("_media/")).count(), 1, "the story's now");
    let documents = newsroom.documents();
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    newsroom.assert_holds(&documents);
    // From the ledger alone it is no other.
    let mut heir = newsroom.successor();
    heir.start();
    heir.pass(WAIT);
    assert_eq!(heir.entry("a"), entry);
    // The story withdrawn, its sound is not heard again by itself.
    newsroom.remove("a/one.md");
    newsroom.pass(WAIT);
    newsroom.restart();
    newsroom.pass(WAIT);
    assert!(newsroom.titles("a").is_empty());
    assert!(!newsroom.feeds("_media").exists());
}

#[test]
fn a_sound_of_an_articles_name_is_no_episode() {
    let mut newsroom = Newsroom::new();
    // In whatever order they come, with a number or without.
    newsroom.drop("a/one.md", story("One", TEXT));
    newsroom.drop("a/one.mp3", episode());
    newsroom.drop("a/one-2.mp3", mp3(41_700));
    newsroom.drop("a/two.mp3", mp3(20_850));
    newsroom.pass(Duration::from_secs(20));
    newsroom.drop("a/two.txt", format!("Two\n\n{TEXT} Twice.\n"));
    newsroom.pass(WAIT);
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    let mut titles = newsroom.titles("a");
    titles.sort();
    assert_eq!(titles, ["One", "Two"]);
    let rss = newsroom.text("a/rss.xml");
    assert_eq!((rss.matches("<enclosure").count(), rss.matches(" duration=").count()), (2, 3), "{rss}");
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn an_episode_goes_to_an_article_of_its_name() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", episode());
    newsroom.drop("a/talk-2.mp3", mp3(41_700));
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a").len(), 2);
    newsroom.drop("a/talk.txt", format!("The requiem\n\n{TEXT}\n"));
    assert_eq!(newsroom.titles("a"), ["The requiem"]);
    let documents = newsroom.documents();
    newsroom.compare();
    newsroom.restart();
    newsroom.pass(WAIT);
    newsroom.assert_holds(&documents);
}

#[test]
fn a_sound_that_waits_when_the_program_ends_is_an_episode_later() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", episode());
    newsroom.pass(Duration::from_secs(5));
    newsroom.restart();
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a"), ["港口之夜"]);
}

#[test]
fn what_a_folder_says_is_said_of_its_episodes() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", mp3(41_700));
    newsroom.pass(WAIT);
    newsroom.drop("a/_section.toml", "[defaults]\nauthor = \"Bai Wenbin\"\n");
    newsroom.pass(WAIT);
    assert!(newsroom.text("a/rss.xml").contains("<dc:creator>Bai Wenbin</dc:creator>"));
}

#[test]
fn what_is_no_sound_is_refused_when_no_story_wants_it() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/talk.mp3", "not a sound");
    newsroom.drop("a/x.mp3", "");
    newsroom.pass(WAIT);
    let refused: Vec<String> = newsroom.refused.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(refused, ["a/talk.mp3"]);
    newsroom.drop("a/talk.mp3", mp3(41_700));
    assert_eq!(newsroom.titles("a"), ["talk"]);
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn a_film_plays_as_long_as_it_says_and_comes_before_papers() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/paper.pdf", "%PDF-1.7 words");
    newsroom.put("a/film.mp4", mp4_of(75, &[], b"frames"));
    let body = format!("{TEXT} [Paper](paper.pdf)\n\n<video src=\"film.mp4\"></video>");
    newsroom.drop("a/one.md", story("One", &body));
    let rss = newsroom.text("a/rss.xml");
    let enclosure = rss.split("<enclosure").nth(1).unwrap().split('>').next().unwrap();
    assert!(enclosure.contains("video/mp4"), "{enclosure}");
    let content = rss.split("<media:content").nth(1).unwrap().split('>').next().unwrap();
    assert!(content.contains(" duration=\"75\""), "{rss}");
    newsroom.pass(WAIT);
    assert_eq!(newsroom.titles("a"), ["One"], "a lone film would be no episode either");
}
