//! Names as addresses have them (DESIGN 2.3). What stands here was minted once and stays: a test that has to be changed
//! tells of addresses and ids that would change in every archive.

use syndicated::name::{MAX_BYTES, fold, segment, short_hash};
use syndicated::section::{MAX_DEPTH, Section};

#[test]
fn any_text_becomes_one_segment() {
    for (raw, expected) in [
        ("Final", "Final"),
        ("the ferry  &  the landing", "the-ferry-the-landing"),
        ("a--b", "a-b"),
        ("a - b", "a-b"),
        ("v1.2_final", "v1.2_final"),
        ("要闻 头版", "要闻-头版"),
        // A letter and its accent are one letter, however they were typed.
        ("e\u{301}te\u{301}", "\u{e9}t\u{e9}"),
        ("../etc", "etc"),
        ("_media", "media"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("._-.x", "x"),
        ("what?", "what"),
        ("end...", "end"),
        ("end.-.", "end"),
        ("under_", "under_"),
        ("", "untitled"),
        ("a/b\\c", "a-b-c"),
        ("a\0b\nc", "a-b-c"),
    ] {
        assert_eq!(segment(raw), expected, "{raw:?}");
    }
    let odd = segment("???");
    assert_eq!(odd, short_hash("???"), "a name of nothing but signs has its hash");
    assert_ne!(odd, segment("!!!"));
}

#[test]
fn names_of_ours_are_taken_by_nobody() {
    for ours in ["index", "index.html", "rss.xml", "atom.xml", "feed.json", "opml.xml", "style.css"] {
        assert_eq!(segment(ours), format!("{ours}-2"));
        let loud = ours.to_uppercase();
        assert_eq!(segment(&loud), format!("{loud}-2"), "a disk may not know case");
    }
    assert_eq!(segment("rss"), "rss");
}

#[test]
fn long_names_are_cut_and_told_apart() {
    let longest = "x".repeat(MAX_BYTES);
    assert_eq!(segment(&longest), longest);
    let longer = format!("{longest}x");
    assert_eq!(segment(&longer), format!("{longest}-{}", short_hash(&longer)));
    // A character of three bytes does not fit into the last two.
    let han = format!("xx{}", "报".repeat(MAX_BYTES / 3));
    assert_eq!(segment(&han), format!("xx{}-{}", "报".repeat(MAX_BYTES / 3 - 1), short_hash(&han)));
    assert_ne!(segment(&format!("{longest} one")), segment(&format!("{longest} two")));
}

#[test]
fn what_is_minted_never_changes() {
    assert_eq!(short_hash("冠县多措并举激发消费活力"), "b7b7265b");
    assert_eq!(short_hash(""), "af1349b9");
}

#[test]
fn a_name_is_the_same_in_any_case_and_composition() {
    for (one, other) in [("Sport/Rugby.HTML", "sport/rugby.html"), ("ÉTÉ", "e\u{301}te\u{301}"), ("ΣΑΣ", "σασ")]
    {
        assert_eq!(fold(one), fold(other), "{one:?} {other:?}");
    }
    assert_ne!(fold("a-b"), fold("a_b"));
}

#[test]
fn a_section_and_all_above_it() {
    let section = Section::of_path(" Sports / Foot Ball //2026 ").unwrap();
    assert_eq!(section.as_str(), "Sports/Foot-Ball/2026");
    let lineage: Vec<String> = section.lineage().map(|section| section.to_string()).collect();
    assert_eq!(lineage, ["Sports/Foot-Ball/2026", "Sports/Foot-Ball", "Sports", ""]);
    assert_eq!(section.document("rss.xml"), "Sports/Foot-Ball/2026/rss.xml");
    assert_eq!(Section::of_path("/").unwrap(), Section::whole());
    assert_eq!((Section::whole().document("rss.xml"), Section::whole().parent()), ("rss.xml".to_owned(), None));
    let deepest = "a/".repeat(MAX_DEPTH);
    assert_eq!(Section::of_path(&deepest).unwrap().lineage().count(), MAX_DEPTH + 1);
    assert!(Section::of_path(&format!("{deepest}b")).is_err());
}
