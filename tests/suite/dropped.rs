//! Paths of the inbox, and the numbers in them: which files may go together, and which page of the paper one is.

use std::os::unix::ffi::OsStrExt;

use syndicated::dropped::{InboxPath, numbered};

#[test]
fn a_number_counts_and_a_date_does_not() {
    for (stem, expected) in [
        ("story-2", Some(("story", 2))),
        ("story-02", Some(("story", 2))),
        ("story-999", Some(("story", 999))),
        ("a-b-3", Some(("a-b", 3))),
        ("2026-2", Some(("2026", 2))),
        ("2026-07-02-3", Some(("2026-07-02", 3))),
        // The third picture of the year's seventh, not a day.
        ("2026-07-123", Some(("2026-07", 123))),
        ("116-07-02", Some(("116-07", 2))),
        ("story-0", None),
        ("story-1000", None),
        ("story-2a", None),
        ("story-", None),
        ("story", None),
        ("-2", None),
        ("2026-07-02", None),
        ("2026-7-2", None),
        ("report-2026-07-02", None),
        ("report2026-07-02", None),
    ] {
        assert_eq!(numbered(stem), expected, "{stem:?}");
    }
}

#[test]
fn a_file_may_go_with_those_of_its_keys() {
    for (path, expected) in [
        ("a/Story.TXT", &["story"][..]),
        ("a/story-2.jpg", &["story-2", "story"]),
        ("a/story-2.jpg.txt", &["story-2.jpg", "story-2", "story"]),
        ("a/story.jpeg.txt", &["story.jpeg", "story"]),
        ("a/story.jpegs.txt", &["story.jpegs", "story"]),
        ("a/story.sketch.txt", &["story.sketch"]),
        ("a/v1.2 b.txt", &["v1.2 b"]),
        ("a/.jpg.txt", &[".jpg"]),
        ("a/2026-07-02.md", &["2026-07-02"]),
        ("a/E\u{301}te\u{301}.md", &["\u{e9}t\u{e9}"]),
    ] {
        assert_eq!(InboxPath::new(path).keys(), expected, "{path:?}");
    }
}

#[test]
fn the_bytes_of_a_name_come_back_from_its_text() {
    for bytes in [&b"a/one two.md"[..], b"a/100%.md", "要闻/头版.md".as_bytes(), b"a/\xFF\xFE[1]#.md", b""] {
        let path = InboxPath::from_bytes(bytes);
        assert_eq!(InboxPath::decoded(&path.encoded()), path);
        assert!(path.encoded().is_ascii());
    }
    let decomposed = InboxPath::new("e\u{301}.md");
    assert_eq!((decomposed.composed(), decomposed.encoded()), ("%C3%A9.md".to_owned(), "e%CC%81.md".to_owned()));
    let path = InboxPath::new("a/b").join(std::ffi::OsStr::from_bytes(b"c"));
    assert!(path.is_within(&InboxPath::new("a")) && path.is_within(&InboxPath::root()) && path.is_within(&path));
    assert!(!InboxPath::new("ab/c").is_within(&InboxPath::new("a")), "names are whole");
    assert_eq!(format!("{}", InboxPath::new("a\nforged: line")), "a\u{FFFD}forged: line");
    // Nor turns a name what stands behind it; the marks that Hebrew and Arabic names need stay.
    assert_eq!(format!("{}", InboxPath::new("a\u{202E}gnp.\u{2066}md")), "a\u{FFFD}gnp.\u{FFFD}md");
    assert_eq!(format!("{}", InboxPath::new("\u{200F}שלום\u{200E}.md")), "\u{200F}שלום\u{200E}.md");
}
