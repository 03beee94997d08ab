//! Stories of pictures that are larger than pages need: one of web size goes beside the original.

use std::fs;
use std::io::Cursor;
use std::time::Duration;

use image::{DynamicImage, GenericImageView};
use syndicated::media::{self, WEB_PIXELS};

use crate::newsroom::{Newsroom, story};
use crate::specimens::{chunk, drawing, exif, photograph, png_of};

const GRACE: Duration = Duration::from_secs(11);
const TEXT: &str = "The bridge over the harbour is open to traffic again since this morning.";
const SECRET: &str = "N51.4778W0.0014";

/// The pictures under `feeds/`, the longest file first.
fn media(newsroom: &Newsroom) -> Vec<(String, Vec<u8>)> {
    let mut media: Vec<_> = newsroom.documents().into_iter().filter(|(path, _)| path.starts_with("_media/")).collect();
    media.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    media
}

fn seen(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_large_photograph_is_shown_in_web_size_and_leads_to_the_whole() {
    let mut newsroom = Newsroom::new();
    let dropped = photograph(2400, 60, Some(&exif(6, "Lanjiang Evening Post", SECRET)));
    newsroom.put("a/bridge.jpg", &dropped);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![The bridge](bridge.jpg)")));
    let media = media(&newsroom);
    let [(whole, original), (web, small)] = &media[..] else { panic!("{} media", media.len()) };
    for (path, bytes) in &media {
        assert_eq!(*path, format!("_media/{}.jpg", &blake3::hash(bytes).to_hex()[..32]));
        assert!(!holds(bytes, SECRET) && holds(bytes, "Lanjiang Evening Post"));
    }
    // The original pixel by pixel; the small one turned as it is shown: what was above is to the right.
    assert!(seen(original) == seen(&dropped));
    let picture = seen(small);
    assert_eq!(picture.dimensions(), (51, WEB_PIXELS));
    assert!(picture.get_pixel(50, 900)[0] > 200 && picture.get_pixel(0, 900)[0] < 60);
    let content = newsroom.entry("a").content;
    let shown = format!(
        "<a href=\"https://news.example/{whole}\"><img src=\"https://news.example/{web}\" alt=\"The bridge\" width=\"51\" \
         height=\"2048\"></a>"
    );
    assert!(content.contains(&shown), "{content}");
    assert_eq!(content.matches("<img").count(), 1);
    let rss = newsroom.text("a/rss.xml");
    assert!(rss.contains(&format!("url=\"https://news.example/{web}\"")) && rss.contains("width=\"51\""), "{rss}");
    assert!(rss.contains(&format!("fileSize=\"{}\"", small.len())));
    assert!(newsroom.text("a/feed.json").contains(&format!("\"image\":\"https://news.example/{web}\"")));
    let page = newsroom.text(&newsroom.pages()[0]);
    assert!(page.contains(&format!("property=\"og:image\" content=\"https://news.example/{web}\"")), "{page}");

    // Both leave at once, and come back as they were.
    let before = newsroom.documents();
    newsroom.withdraw("a/one.md");
    assert!(!newsroom.feeds("_media").exists());
    newsroom.restore("a/one.md");
    assert_eq!(self::media(&newsroom), media);
    newsroom.restart();
    assert_eq!(newsroom.documents().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    // An edit of the text alone leaves the pictures; a link to the picture leads to the whole.
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n[The bridge](bridge.jpg)")));
    let content = newsroom.entry("a").content;
    assert!(content.contains(&format!("<a href=\"https://news.example/{whole}\">The bridge</a>")), "{content}");
    newsroom.drop("a/one.md", story("One", TEXT));
    assert!(!newsroom.feeds("_media").exists());
}

#[test]
fn a_large_picture_of_an_articles_name_leads_to_the_whole() {
    let caption = "The bridge at noon.";
    let check = |newsroom: &mut Newsroom| {
        newsroom.pass(GRACE);
        let media = media(newsroom);
        let [(whole, _), (web, _)] = &media[..] else { panic!("{} media", media.len()) };
        let content = newsroom.entry("a").content;
        let shown = format!(
            "<figure><a href=\"https://news.example/{whole}\"><img src=\"https://news.example/{web}\" alt=\"{caption}\" \
             width=\"51\" height=\"2048\"></a><figcaption>{caption}</figcaption></figure>"
        );
        assert!(content.contains(&shown), "{content}");
        assert_eq!(content.matches("<img").count(), 1);
        assert_eq!(newsroom.status()["refused"], 0);
    };
    let (text, picture) = (format!("Open again\n\n{TEXT}\n"), photograph(2400, 60, Some(&exif(6, "A", SECRET))));
    let files: [(&str, &[u8]); 3] =
        [("a/bridge.txt", text.as_bytes()), ("a/bridge.jpg", &picture), ("a/bridge.jpg.txt", caption.as_bytes())];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
        // One after the other, and so soon after each other that the picture is still remembered.
        for at_once in [false, true] {
            let mut newsroom = Newsroom::new();
            for (path, bytes) in order.map(|at| files[at]) {
                if at_once { newsroom.put(path, bytes) } else { newsroom.drop(path, bytes) }
            }
            if at_once {
                newsroom.compare();
            }
            check(&mut newsroom);
        }
    }
}

#[test]
fn a_lead_picture_and_a_drawing_are_made_smaller_too() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/map.png", drawing(2500, 50, &chunk(b"tEXt", format!("Comment\0{SECRET}").as_bytes())));
    newsroom.drop("a/one.md", format!("---\ntitle: One\nimage: map.png\n---\n{TEXT}\n"));
    let media = media(&newsroom);
    let [(whole, original), (web, small)] = &media[..] else { panic!("{} media", media.len()) };
    assert!(web.ends_with(".png") && !holds(original, SECRET));
    assert_eq!(seen(small).dimensions(), (2048, 41));
    assert_eq!(seen(small).get_pixel(1000, 30)[3], 200, "as clear as it was");
    let content = newsroom.entry("a").content;
    let shown = format!("<figure><a href=\"https://news.example/{whole}\"><img src=\"https://news.example/{web}\"");
    assert!(content.starts_with(&shown), "{content}");
}

#[test]
fn what_is_small_moves_or_cannot_be_seen_is_shown_as_it_is() {
    let moving = png_of(3000, 2000, &[chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), chunk(b"IDAT", b"x")]);
    let broken = png_of(3000, 2000, &[chunk(b"IDAT", b"no picture")]);
    let bomb = png_of(50_000, 50_000, &[chunk(b"IDAT", b"x")]);
    for (file, bytes) in [
        ("small.jpg", photograph(WEB_PIXELS, 20, None)),
        ("moving.png", moving),
        ("broken.png", broken),
        ("bomb.png", bomb),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.put(&format!("a/{file}"), &bytes);
        newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x]({file})")));
        assert_eq!(media(&newsroom).len(), 1, "{file}");
        assert!(!newsroom.entry("a").content.contains("<a href"), "{file}");
    }
}

#[test]
fn a_large_photograph_keeps_no_other_article_waiting() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.jpg", photograph(2400, 60, None));
    newsroom.put("a/large.md", story("Large", &format!("{TEXT}\n\n![x](x.jpg)")));
    newsroom.put("b/small.md", story("Small", TEXT));
    for path in ["a/large.md", "b/small.md"] {
        newsroom.tell(path);
    }
    let now = newsroom.now();
    newsroom.desk().turn(now).unwrap();
    assert_eq!(newsroom.titles("b"), ["Small"]);
    assert!(newsroom.desk().has_slow_files() && !newsroom.feeds("a").exists());
    newsroom.rest();
    assert_eq!(newsroom.titles("a"), ["Large"]);
}

#[test]
fn an_article_edited_or_removed_while_its_photograph_is_developed_is_as_it_is_then() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.jpg", photograph(2400, 60, None));
    newsroom.put("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.jpg)")));
    newsroom.tell("a/one.md");
    let now = newsroom.now();
    newsroom.desk().turn(now).unwrap();
    newsroom.drop("a/one.md", story("Two", &format!("{TEXT} It is.\n\n![x](x.jpg)")));
    assert_eq!(newsroom.titles("a"), ["Two"]);
    newsroom.put("a/y.jpg", photograph(2400, 70, None));
    newsroom.put("a/one.md", story("Three", &format!("{TEXT}\n\n![x](y.jpg)")));
    newsroom.tell("a/one.md");
    let now = newsroom.now();
    newsroom.desk().turn(now).unwrap();
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    assert!(!newsroom.feeds("_media").exists());
}

#[test]
fn nothing_of_an_embargoed_photograph_lies_under_feeds_and_a_rebuild_makes_the_same() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/x.jpg", photograph(2400, 60, Some(&exif(3, "", SECRET))));
    let text = format!("---\ntitle: One\ndate: 2026-07-02T10:00:00Z\n---\n{TEXT}\n\n![x](x.jpg)\n");
    newsroom.drop("a/one.md", &text);
    assert!(!newsroom.feeds("_media").exists());
    // Whoever made the small picture then is no more when it is needed.
    newsroom.restart();
    newsroom.step_clock("2026-07-02T10:00:00Z".parse().unwrap());
    let media = media(&newsroom);
    assert_eq!(media.len(), 2);
    let entry = newsroom.entry("a");
    let mut heir = newsroom.successor();
    heir.start();
    assert_eq!(heir.entry("a"), entry);
    assert_eq!(self::media(&heir), media);
    // Taken away from under `feeds/`, they are put right.
    newsroom.sync();
    fs::remove_dir_all(newsroom.feeds("_media")).unwrap();
    newsroom.sweep();
    assert_eq!(self::media(&newsroom), media);
}

#[test]
fn the_same_picture_gives_the_same_small_one() {
    let make = || {
        let mut source = Cursor::new(photograph(2400, 60, None));
        let cut = media::cut(&mut source, "image/jpeg", "jpg").unwrap();
        cut.smaller(&mut source).unwrap().bytes
    };
    assert!(make() == make());
}

#[test]
fn a_picture_published_before_its_words_were_taken_out_is_never_published_so_again() {
    let mut newsroom = Newsroom::new();
    let dropped = photograph(40, 30, Some(&exif(1, "", SECRET)));
    newsroom.put("a/x.jpg", &dropped);
    newsroom.drop("a/one.md", story("One", &format!("{TEXT}\n\n![x](x.jpg)")));
    let clean = media(&newsroom)[0].0.clone();
    let (updated, picture) = (newsroom.entry("a").updated, media(&newsroom));
    let former = format!("_media/{}.jpg", &blake3::hash(&dropped).to_hex()[..32]);
    // As an earlier program left its catalogue.
    newsroom.stop();
    let catalogue = rusqlite::Connection::open(newsroom.state("catalogue.db")).unwrap();
    for (table, column) in [("media", "path"), ("media_uses", "path"), ("documents", "path"), ("documents", "folded")] {
        catalogue.execute(&format!("UPDATE {table} SET {column} = ?1 WHERE {column} = ?2"), [&former, &clean]).unwrap();
    }
    let record = "UPDATE articles SET record = replace(record, ?2, ?1), digest = NULL";
    catalogue.execute(record, [&former, &clean]).unwrap();
    drop(catalogue);
    fs::rename(newsroom.feeds(&clean), newsroom.feeds(&former)).unwrap();
    fs::write(newsroom.feeds(&former), &dropped).unwrap();
    newsroom.start();
    newsroom.sweep();
    assert_eq!(media(&newsroom), [(former.clone(), dropped.clone())], "what is out keeps its address");
    // Taken from the folder, it is put there anew as it is published now; that is no change of the article.
    newsroom.sync();
    fs::remove_dir_all(newsroom.feeds("_media")).unwrap();
    newsroom.sweep();
    newsroom.pass(Duration::from_secs(60));
    assert_eq!(media(&newsroom), picture);
    let entry = newsroom.entry("a");
    assert!(entry.content.contains(&clean) && entry.updated == updated, "{}", entry.content);
    let documents = newsroom.documents();
    newsroom.sweep();
    newsroom.restart();
    newsroom.assert_holds(&documents);
}
