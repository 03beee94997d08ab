//! How much an article may be: just within each limit it is read, beyond it is refused with the reason. What the limits are
//! for, time and memory, no test here measures.

use syndicated::config::Config;
use syndicated::daemon;
use syndicated::dropped::InboxPath;
use syndicated::intake::beside::Beside;
use syndicated::intake::reading::{Haste, Job, Outcome};
use syndicated::parse::{MAX_MARKS, MAX_TEXT};

use super::markdown::{read, read_bytes};
use super::newsroom;

/// Lines of a hundred letters with a blank one between them, `bytes` in all.
fn prose(bytes: usize) -> String {
    let line = format!("{}\n\n", "Words and more. ".repeat(7).trim_end());
    let mut text = line.repeat(bytes / line.len());
    text.push_str(&"x".repeat(bytes - text.len()));
    text
}

fn paragraphs(count: usize) -> String {
    "<p>a</p>".repeat(count)
}

/// The reason for which a text is refused.
fn refused(path: &str, text: &str) -> String {
    let refused = read_bytes(path, text.as_bytes()).unwrap_err();
    assert!(!refused.hint.is_empty(), "{refused}");
    refused.reason
}

#[test]
fn an_article_is_as_long_as_a_book_and_no_longer() {
    for path in ["a.txt", "a.md", "a.html"] {
        let draft = read(path, &prose(MAX_TEXT - 1000));
        assert!(draft.body.len() > MAX_TEXT - 200_000, "{path}");
        assert!(refused(path, &prose(MAX_TEXT + 200_000)).contains("longer than 4 MiB"), "{path}");
    }
    // What is no text counts as none: scripts, addresses, pictures written into the page.
    let script = format!("<script>{}</script>", "let a = 1;\n".repeat(MAX_TEXT / 10));
    let picture = format!("<img src='data:image/png;base64,{}'>", "A".repeat(MAX_TEXT));
    assert_eq!(read("a.html", &format!("<h1>Title</h1><p>Text</p>{script}")).body, "<p>Text</p>");
    assert!(read("a.html", &format!("<h1>Title</h1><p>Text</p>{picture}")).body.starts_with("<p>Text</p>"));
    let picture = format!("![a](data:image/png;base64,{})", "A".repeat(MAX_TEXT));
    assert!(read("a.md", &format!("# Title\n\n{picture}\n\nText\n")).body.ends_with("<p>Text</p>\n"));
}

#[test]
fn an_article_is_as_full_as_the_longest_tables_and_no_fuller() {
    let most = MAX_MARKS / 2 - 100;
    for (path, text) in [
        ("a.txt", "a\n\n".repeat(most)),
        ("a.md", "a\n\n".repeat(most)),
        ("a.md", format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(most / 4))),
        ("a.html", paragraphs(most)),
        ("a.html", "<p>a &amp; b".repeat(20_000)),
        ("a.html", format!("<p>a<script>{}</script>", "if (a && b < c) {}\n".repeat(MAX_MARKS))),
    ] {
        read(path, &text);
    }
    let more = MAX_MARKS / 2 + 100;
    for (path, text) in [
        ("a.txt", "a\n\n".repeat(more)),
        ("a.md", "a\n\n".repeat(more)),
        ("a.md", format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(more / 2))),
        ("a.md", "*a* ".repeat(more)),
        ("a.md", "[".repeat(2 * more)),
        ("a.md", "a@example.org ".repeat(2 * more)),
        ("a.md", "http://example.org/ ".repeat(2 * more)),
        ("a.md", "\"a\" ".repeat(more)),
        ("a.html", paragraphs(more)),
        ("a.html", "<!--a-->".repeat(2 * more)),
        ("a.html", "a&lt;\n".repeat(2 * more)),
        ("a.html", format!("<a title='{}'>a</a>", "&quot;".repeat(2 * more))),
        ("a.html", format!("<p>a<script>{}</script>", "'</b>'\n".repeat(2 * more))),
    ] {
        assert!(refused(path, &text).contains("more than 200000"), "{path}: {}", &text[..20]);
    }
    let tag = format!("<p {}>a</p>", (0..400).map(|n| format!("a{n}=1 ")).collect::<String>());
    assert!(refused("a.html", &tag.repeat(MAX_MARKS / 90)).contains("full of attributes"));
    let _ = read("a.html", &tag.repeat(100));
}

#[test]
fn the_articles_of_one_file_are_counted_together() {
    let item = |n: usize, count: usize| {
        format!(r#"{{"uri": "urn:x:{n}", "headline": "A{n}", "body_html": "{}"}}"#, paragraphs(count))
    };
    let file = |each: usize| format!("[{},{},{}]", item(1, each), item(2, each), item(3, each));
    assert_eq!(read_bytes("a.json", file(30_000).as_bytes()).unwrap().drafts.len(), 3);
    assert!(refused("a.json", &file(40_000)).contains("more than 200000"));
    // One that is too full by itself is left out, as any that cannot be read.
    let file = format!("[{},{}]", item(1, 110_000), item(2, 10));
    let parsed = read_bytes("a.json", file.as_bytes()).unwrap();
    assert_eq!((parsed.drafts.len(), parsed.doubts.len()), (1, 1));
    let many: String = (0..200).map(|n| format!("{{\"name\": \"Ann {n}\"}},")).collect();
    let item = format!("{{\"uri\": \"urn:x:1\", \"headline\": \"A\", \"authors\": [{}]}}", many.trim_end_matches(','));
    assert_eq!(read_bytes("a.json", item.as_bytes()).unwrap().drafts[0].authors.len(), 100);
    let nitf = |text: &str| format!("<nitf><body><body.content>{text}</body.content></body></nitf>");
    assert!(refused("a.xml", &nitf(&paragraphs(110_000))).contains("more than 200000"));
    assert!(refused("a.xml", &nitf(&format!("<p>{}</p>", prose(MAX_TEXT + 200_000)))).contains("longer than 4 MiB"));
}

#[test]
fn a_text_that_would_take_long_to_write_is_refused_in_every_form() {
    let dense = "Words & more words. ".repeat(20_000);
    let escaped = dense.replace('&', "&amp;");
    for (path, text) in [
        ("a.txt", dense.clone()),
        ("a.md", dense.clone()),
        ("a.html", format!("<p>{escaped}</p>")),
        ("a.json", format!(r#"{{"uri": "urn:x:1", "headline": "A", "body_html": "<p>{escaped}</p>"}}"#)),
    ] {
        assert!(refused(path, &text).contains("too long and full of"), "{path}");
    }
    let parted = dense.replace("words. ", "words.\n\n");
    assert!(read_bytes("a.txt", parted.as_bytes()).is_ok() && read_bytes("a.md", parted.as_bytes()).is_ok());
}

#[test]
fn a_file_leads_to_so_many_paths_of_the_inbox_and_no_more() {
    let inbox = tempfile::tempdir().unwrap();
    let path = InboxPath::new("a.md");
    let mut reader = daemon::reader(&Config::default());
    reader.inbox = inbox.path().to_owned();
    for (pictures, sought) in [(1900, 1900), (2100, 2000)] {
        let text: String = (0..pictures).map(|n| format!("![a](p{n}.png) ![a](p{n}.png)\n\n")).collect();
        std::fs::write(inbox.path().join("a.md"), format!("# Title\n\n{text}")).unwrap();
        let job = Job { path: path.clone(), known: None, beside: Beside::default(), haste: Haste::NobodyWaits };
        let Outcome::Read(read) = reader.read(&job, newsroom::dawn()) else { panic!("not read") };
        assert_eq!(read.missing().count(), sought);
    }
}

#[test]
fn a_head_in_json_is_looked_at_as_far_as_it_may_reach() {
    let head = |fields: usize| {
        let more: String = (0..fields).map(|n| format!(",\n\"k{n}\": 1")).collect();
        format!("{{\"title\": \"A\"{more}}}\n\nText\n")
    };
    assert_eq!(read("a.md", &head(4000)).headline.as_deref(), Some("A"));
    assert!(refused("a.md", &head(400_000)).contains("longer than 64 KiB"));
    assert!(refused("a.md", &head(4000).replace("}\n\nText", ",\n\nText")).contains("not JSON"));
}
