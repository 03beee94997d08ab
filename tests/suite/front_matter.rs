//! Heads in every notation, the names generators give to fields, and what a wrong head is told.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use syndicated::article::{Author, Draft, Status, When};
use syndicated::parse::front_matter::{Split, fill, names, split, split_fenced, split_plain};
use syndicated::rejection::Rejection;

const ZONE: Tz = Tz::Asia__Shanghai;

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    Some(When::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
}

fn instant(text: &str) -> Option<When> {
    Some(When::Instant(DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)))
}

fn read(text: &str) -> Result<(Draft, String), Rejection> {
    let Split { head, body } = split(text)?;
    let mut draft = Draft::default();
    if let Some(head) = head {
        fill(&head, &mut draft, ZONE)?;
    }
    Ok((draft, body.to_owned()))
}

fn yaml(fields: &str) -> Draft {
    read(&format!("---\n{fields}\n---\nText\n")).unwrap().0
}

/// The place and the words of a refusal.
fn refused(text: &str) -> (u32, u32, String) {
    let rejection = read(text).unwrap_err();
    assert!(!rejection.hint.is_empty(), "{rejection}");
    (rejection.line.unwrap(), rejection.column.unwrap(), rejection.reason)
}

#[test]
fn every_notation_says_the_same() {
    for text in [
        "---\ntitle: A: b\ndate: 2026-07-02\ntags: [x, y z]\n---\nText\n".replace("A: b", "\"A: b\""),
        "---\ntitle: 'A: b'\ndate: 2026-07-02\ntags:\n  - x\n  - y z\n...\nText\n".to_owned(),
        "--- yaml\ntitle: 'A: b'\ndate: 2026-07-02\ntags: 'x, y z'\n---\nText\n".to_owned(),
        "\n\n---  \nTitle: 'A: b'\nDate: 2026-07-02\nTags: [x, y z]\n---  \nText\n".to_owned(),
        "= yaml =\ntitle: 'A: b'\ndate: 2026-07-02\ntags: [x, y z]\n= yaml =\nText\n".to_owned(),
        "+++\ntitle = \"A: b\"\ndate = 2026-07-02\ntags = [\"x\", \"y z\"]\n+++\nText\n".to_owned(),
        "+++\ntitle = \"A: b\"\ndate = \"2026-07-02\"\n[taxonomies]\ntags = [\"x\", \"y z\"]\n+++\nText\n".to_owned(),
        "{\n \"title\": \"A: b\", \"date\": \"2026-07-02\",\n \"tags\": [\"x\", \"y z\"]\n}\nText\n".to_owned(),
        "---json\n{\"title\": \"A: b\", \"date\": \"2026-07-02\", \"tags\": [\"x\", \"y z\"]}\n---\nText\n".to_owned(),
        ";;;\n\"title\": \"A: b\",\n\"date\": \"2026-07-02\",\n\"tags\": [\"x\", \"y z\"]\n;;;\nText\n".to_owned(),
        "Title: A: b\nDate: 2026-07-02\nTags: x, y z\n\nText\n".to_owned(),
        "```toml\ntitle = \"A: b\"\ndate = \"2026-07-02\"\ntags = [\"x\", \"y z\"]\n```\nText\n".to_owned(),
        "---\n标题：'A: b'\n日期：2026年7月2日\n标签：[x, y z]\n---\nText\n".to_owned(),
        "---\n标题: 'A: b'\n日期: 2026年7月2日\n标签: x、y z\n---\nText\n".to_owned(),
    ] {
        let (draft, body) = read(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(draft.headline.as_deref(), Some("A: b"), "{text}");
        assert_eq!(draft.date, day(2026, 7, 2), "{text}");
        assert_eq!(draft.tags, ["x", "y z"], "{text}");
        assert_eq!(body.trim(), "Text", "{text}");
    }
}

#[test]
fn what_only_looks_like_a_head_is_text() {
    for text in [
        "Text",
        "# Heading\n\n---\n\nText\n",
        "---\n\nA rule above, and a rule below.\n\n---\n\nText\n",
        "---\nA rule and no more",
        "---\n问：今年如何？\n\n答：丰收。\n---\nText",
        "{{< figure src=\"a.png\" >}}\n\nText",
        "{% include x.html %}\n",
        "```toml\nkey = 1\n```\n\nAn article about TOML.\n",
        "```json\n{\"a\": 1}\n```\n",
        "Note: this is prose.\nAnd this too.\n",
        "Update: all is well.\n\nText\n",
        "https://example.org/ is a link\n\nText",
        "",
    ] {
        let (draft, body) = read(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(draft, Draft::default(), "{text}");
        assert_eq!(body, text);
    }
    assert_eq!(read("---\n---\nText\n").unwrap(), (Draft::default(), "Text\n".to_owned()));
    assert!(split_fenced("Title: A\nDate: 2026-07-02\n\nText\n").unwrap().head.is_none());
}

#[test]
fn scalars_are_kept_as_they_are_written() {
    for (written, title) in [
        ("1.10", "1.10"),
        ("007", "007"),
        ("2026", "2026"),
        ("2026-07-02", "2026-07-02"),
        ("yes", "yes"),
        ("'it''s'", "it's"),
        ("\"\\u4e2d\"", "中"),
        ("小麦 “丰收”", "小麦 “丰收”"),
        (">\n  folded\n  line", "folded line"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
    ] {
        assert_eq!(yaml(&format!("title: {written}")).headline.as_deref(), Some(title), "{written}");
    }
}

#[test]
fn synonyms_of_the_generators() {
    for field in
        ["date", "pubDate", "publishDate", "publish_date", "published", "publishedDate", "created_at", "datePublished"]
    {
        assert_eq!(yaml(&format!("{field}: 2026-07-02 10:00")).date, instant("2026-07-02T10:00:00+08:00"), "{field}");
    }
    for field in ["updated", "lastmod", "modified", "last_modified_at", "updatedDate", "lastMod"] {
        assert_eq!(yaml(&format!("{field}: 2026-07-02")).updated, day(2026, 7, 2), "{field}");
    }
    for field in ["expires", "expiryDate", "unpublishDate", "expiry_date"] {
        assert_eq!(yaml(&format!("{field}: 2026-07-02")).expires, day(2026, 7, 2), "{field}");
    }
    for field in ["summary", "description", "excerpt", "摘要"] {
        assert_eq!(yaml(&format!("{field}: In  short")).summary.as_deref(), Some("In short"), "{field}");
    }
    for field in ["id", "guid", "uuid"] {
        assert_eq!(yaml(&format!("{field}: urn:x:1")).id.as_deref(), Some("urn:x:1"), "{field}");
    }
    for (field, language) in
        [("lang: zh_CN", Some("zh-CN")), ("locale: en_US.UTF-8", Some("en-US")), ("language: Englisch!", None)]
    {
        assert_eq!(yaml(field).language.as_deref(), language, "{field}");
    }
    let hugo = yaml("date: 2026-07-01\npublishDate: 2026-07-02 10:00");
    assert_eq!((hugo.date, hugo.embargo), (day(2026, 7, 1), instant("2026-07-02T10:00:00+08:00")));
    let embargo =
        yaml("embargo: 2026-07-02T10:00:00Z\nminor: true\nversion: 3\nsubtitle: Below\nsection: sports/football");
    assert_eq!(embargo.embargo, instant("2026-07-02T10:00:00Z"));
    assert_eq!((embargo.minor, embargo.version), (true, Some(3)));
    assert_eq!(embargo.subhead.as_deref(), Some("Below"));
    assert_eq!(embargo.sections, ["sports/football"]);
    assert_eq!(yaml("lastmod: true\nexcerpt: false\nunknown: {a: [1]}"), Draft::default());
}

#[test]
fn tags_of_every_shape() {
    for (fields, tags) in [
        ("tags: [a, b, a, '']", vec!["a", "b"]),
        ("tags: a, b c", vec!["a", "b c"]),
        ("tags: a b", vec!["a", "b"]),
        ("category: two words", vec!["two words"]),
        ("categories:\n  - [Sports, Football]\n  - News", vec!["Sports", "Football", "News"]),
        ("categories:\ntags: [x]", vec!["x"]),
        ("category: A\ntags: [b, A]\nkeywords: c, d", vec!["A", "b", "c", "d"]),
        ("tags: [{name: N}, 2026]", vec!["N", "2026"]),
        ("tags: 小麦、丰收，农业", vec!["小麦", "丰收", "农业"]),
        ("tags: []", vec![]),
    ] {
        assert_eq!(yaml(fields).tags, tags, "{fields}");
    }
    assert_eq!(yaml(&format!("tags: [{}]", (0..500).map(|n| format!("t{n},")).collect::<String>())).tags.len(), 200);
}

#[test]
fn people() {
    for (text, expected) in [
        ("Ann Smith", vec!["Ann Smith"]),
        ("Ann Smith, Bob Jones and Cid", vec!["Ann Smith", "Bob Jones", "Cid"]),
        ("Smith, Ann", vec!["Smith, Ann"]),
        ("Smith, Ann; Jones, Bob; Smith, Ann", vec!["Smith, Ann", "Jones, Bob"]),
        ("白文斌、李兆宪", vec!["白文斌", "李兆宪"]),
        ("Ann Smith <ann@example.org>", vec!["Ann Smith"]),
        ("Ann Smith, Cid Roe & Bob Jones", vec!["Ann Smith", "Cid Roe", "Bob Jones"]),
        ("Ernst & Young", vec!["Ernst & Young"]),
        (" ; ", vec![]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
    let named = |names: &[&str]| names.iter().map(|n| Author::named(*n)).collect::<Vec<_>>();
    assert_eq!(yaml("author: Ann").authors, named(&["Ann"]));
    assert_eq!(yaml("authors: [Ann, Bob Jones]").authors, named(&["Ann", "Bob Jones"]));
    let rich = yaml(
        "authors:\n  - name: Ann\n    email: a@example.org\n    url: https://example.org/ann\n    role: 记者\n  - Bob",
    );
    let ann =
        Author { role: Some("记者".into()), url: Some("https://example.org/ann".into()), ..Author::named("Ann") };
    assert_eq!(rich.authors, [ann, Author::named("Bob")]);
    let zola = read("+++\ntitle = \"T\"\n[taxonomies]\nauthors = [\"Ann\"]\n[extra]\nlang = \"de\"\n+++\n").unwrap().0;
    assert_eq!((zola.authors, zola.language.as_deref()), (named(&["Ann"]), Some("de")));
}

#[test]
fn slugs_never_leave_their_folder() {
    for (field, slug) in [
        ("slug: harvest", Some("harvest")),
        ("permalink: /2026/harvest.html", Some("harvest")),
        ("permalink: /%2e%2e/%2e%2e/baddie.html", Some("baddie")),
        ("permalink: /%2e%2e/%2e%2e/", None),
        ("slug: ../../etc/passwd", Some("passwd")),
        ("slug: ..\\..\\x", Some("x")),
        ("slug: a%2F..%2Fb", Some("b")),
        ("permalink: /:year/:title/", None),
        ("permalink: pretty", None),
        ("url: post/lessons/", Some("lessons")),
        ("slug: 小麦", Some("小麦")),
        ("slug: python-10.8", Some("python-10.8")),
        ("slug: one\nurl: /two/", Some("one")),
    ] {
        assert_eq!(yaml(field).slug.as_deref(), slug, "{field}");
    }
}

#[test]
fn links_and_files() {
    assert_eq!(yaml("link: https://example.org/a").link.as_deref(), Some("https://example.org/a"));
    assert_eq!(yaml("external_link: http://example.org/").link.as_deref(), Some("http://example.org/"));
    for not_link in [
        "canonical: https://example.org/a",
        "canonicalURL: https://example.org/a",
        "link: /about",
        "link: javascript:alert(1)",
    ] {
        assert_eq!(yaml(not_link).link, None, "{not_link}");
    }
    let Split { head, .. } = split("---\nlink: /about\n---\n").unwrap();
    assert_eq!(fill(&head.unwrap(), &mut Draft::default(), ZONE).unwrap().len(), 1, "a doubt is told");
    for image in [
        "image: a.jpg",
        "cover: {image: a.jpg, alt: x}",
        "images: [a.jpg, b.jpg]",
        "featured_image: a.jpg",
        "featured: true\nheroImage: a.jpg",
        "image:\n  src: a.jpg",
        "header:\n  teaser: a.jpg",
        "images: [{url: a.jpg}]",
    ] {
        assert_eq!(yaml(image).image.as_deref(), Some("a.jpg"), "{image}");
    }
    let captioned = yaml("image:\n  path: a.jpg\n  caption: The ferry");
    assert_eq!(captioned.captions.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["The ferry"]);
    assert_eq!(yaml("caption: The ferry\nimage: {caption: The ferry}").captions, []);
    assert_eq!(yaml("date: git Last Modified\ntitle: T").date, None, "Eleventy finds it out");
    assert_eq!(yaml("enclosure: |\n  a.mp3\n  123\n  audio/mpeg").enclosures[0].file, "a.mp3");
    assert_eq!(yaml("audio: {url: a.mp3, length: 1}").enclosures[0].file, "a.mp3");
    assert_eq!(yaml("video: true").enclosures, []);
}

#[test]
fn what_shall_happen() {
    for (field, status) in [
        ("draft: true", Status::Draft),
        ("draft: yes", Status::Draft),
        ("published: false", Status::Draft),
        ("status: draft", Status::Draft),
        ("status: hidden", Status::Draft),
        ("Status: Skip", Status::Draft),
        ("hidden: true", Status::Draft),
        ("status: withdrawn", Status::Withdrawn),
        ("draft: true\nstatus: withdrawn", Status::Withdrawn),
        ("draft: false", Status::Usable),
        ("published: true", Status::Usable),
        ("status: published", Status::Usable),
        ("published: 2026-07-02", Status::Usable),
    ] {
        assert_eq!(yaml(field).status, status, "{field}");
    }
}

#[test]
fn heads_without_an_opening_fence() {
    let texts = [
        "title: A\ndate: 2026-07-02\ntags: [x, y]\n---\nText\n",
        "\"title\": \"A\",\n\"date\": \"2026-07-02\",\n\"tags\": [\"x\", \"y\"]\n;;;\nText\n",
        ";;;\n{\"title\": \"A\", \"date\": \"2026-07-02\", \"tags\": [\"x\", \"y\"]}\n;;;\nText\n",
        "= toml =\ntitle = \"A\"\ndate = 2026-07-02\ntags = [\"x\", \"y\"]\n= toml =\nText\n",
    ];
    for text in texts {
        let (draft, body) = read(text).unwrap();
        assert_eq!(
            (draft.headline.as_deref(), draft.date, body.trim()),
            (Some("A"), day(2026, 7, 2), "Text"),
            "{text}"
        );
        assert_eq!(draft.tags, ["x", "y"], "{text}");
    }
    for text in
        ["A heading: with words\n---\nText\n", "    ---\n    title: code\n    ---\n", "Note: one.\n\nText\n---\nMore\n"]
    {
        assert_eq!(read(text).unwrap(), (Draft::default(), text.to_owned()), "{text}");
    }
}

#[test]
fn chinese_bylines_and_words() {
    let draft =
        yaml("作者: 本报记者 顾长风 通讯员 林晓\n摄影: 周远\n封面: a.jpg\n发布时间: 2026-07-02\n更新时间: 2026-07-03");
    let told: Vec<_> = draft.authors.iter().map(|a| (a.name.as_str(), a.role.as_deref(), a.does.as_slice())).collect();
    let photo = [syndicated::article::Deed::Photo];
    assert_eq!(told, [("顾长风", Some("记者"), &[][..]), ("林晓", Some("通讯员"), &[]), ("周远", None, &photo)]);
    assert_eq!((draft.image.as_deref(), draft.date, draft.updated), (Some("a.jpg"), day(2026, 7, 2), day(2026, 7, 3)));
    for (value, names) in [
        ("By Ada Moreno and Li Wei", &["Ada Moreno", "Li Wei"][..]),
        ("顾长风 林 晓", &["顾长风", "林晓"]),
        ("顾长风、林晓", &["顾长风", "林晓"]),
        ("false", &[]),
    ] {
        let found: Vec<String> = yaml(&format!("author: {value}")).authors.into_iter().map(|a| a.name).collect();
        assert_eq!(found, names, "{value}");
    }
}

#[test]
fn lists_addresses_and_states_of_many_hands() {
    assert_eq!(yaml("tags: '#a, #b'").tags, ["a", "b"]);
    assert_eq!(yaml("tags: [x]\ncategories: [y]\ntaxonomies: {tags: [z]}").tags, ["y", "x", "z"]);
    assert_eq!(yaml("url: https://example.org/a").link.as_deref(), Some("https://example.org/a"));
    assert_eq!(yaml("link: false").link, None);
    assert_eq!(yaml("permalink: /2026/rain/index.html").slug.as_deref(), Some("rain"));
    assert_eq!(yaml("video: dQw4w9WgXcQ").enclosures, []);
    assert_eq!(yaml("lang: zh_hant_tw").language.as_deref(), Some("zh-Hant-TW"));
    assert_eq!(yaml("publish: false").status, Status::Draft);
    assert_eq!(yaml("status: published").status, Status::Usable);
    assert_eq!(yaml("kind: notice").kind, syndicated::article::Kind::Notice);
    assert_eq!(yaml("embargo: false").embargo, None);
    assert_eq!(
        refused("---\ntitle: a\nembargo: true\n---\n"),
        (3, 10, "the field `embargo` states no time".to_owned())
    );
    let Split { head: Some(head), .. } = split("---\nstatus: drfat\n---\nText\n").unwrap() else { panic!("no head") };
    let doubts = fill(&head, &mut Draft::default(), ZONE).unwrap();
    assert!(doubts[0].contains("drfat"), "{doubts:?}");
}

#[test]
fn refusals_tell_the_place() {
    let (line, column, reason) = refused("---\ntitle: x\ndate: someday\n---\n");
    assert_eq!((line, column), (3, 7));
    assert!(reason.contains("someday"), "{reason}");
    assert_eq!(&refused("+++\ntitle = \"x\"\ndate = \"someday\"\n+++\n").0, &3);
    let (line, column, _) = refused("{\n  \"title\": \"{x\",\n  \"date\": \"someday\"\n}\n");
    assert_eq!((line, column), (3, 11));
    let (line, column, _) = refused(";;;\n\"title\": \"x\",\n\"date\": \"someday\"\n;;;\n");
    assert_eq!((line, column), (3, 9));
    assert_eq!(refused("Title: x\nDate: someday\n\nText").0, 2);
    assert_eq!(refused("\n---\ntitle: [a, b]\n---\n").0, 3);
    assert_eq!(refused("---\n标题: 好\ndraft: maybe\n---\n").0, 3);
    assert_eq!(refused("---\nauthors: [{email: a}]\n---\n").0, 2);
    assert_eq!(refused("---\nlastmod: 31.31.2026\n---\n").0, 2);
}

#[test]
fn broken_heads_are_refused_where_they_break() {
    let (line, _, reason) = refused("---\ntitle: x\ntext without end\n");
    assert_eq!(line, 1);
    assert!(reason.contains("not closed"), "{reason}");
    assert_eq!(refused("+++\ntitle = \"x\"\n").0, 1);
    let (line, _, reason) = refused("---\ntitle: a\ntitle: b\n---\n");
    assert_eq!(line, 3, "{reason}");
    assert_eq!(refused("{\"title\": \"a\",\n\"title\": \"b\"}\n").0, 2);
    assert_eq!(refused("+++\ntitle = \"a\"\ntitle = \"b\"\n+++\n").0, 3);
    assert!(refused("---\nbad yaml: [\n---\n").0 >= 2);
    assert_eq!(refused("---\ntitle: \"a\": b\n---\n").0, 2);
    assert_eq!(refused("---\ntitle: a: b\n  and more\n---\n").0, 2);
    assert_eq!(refused("---\ntitle: a: b\ndate: soon: or later\n---\n").0, 3);
    assert!(refused("---\ntitle: x\n\tdate: 2026-07-02\n---\n").0 >= 2, "a tab makes it go on with the value above");
    assert_eq!(refused("---\ntitle:x\n---\n").0, 2);
    assert_eq!(refused("---\n标题：好\n日期：某天\n---\n").0, 3);
    assert_eq!(refused("+++\ntitle = x\n+++\n").0, 2);
    assert_eq!(refused("{\"title\": \"a\",\n oops}\n").0, 2);
    assert!(refused(&format!("---\ntitle: {}\n---\n", "x".repeat(70_000))).2.contains("64 KiB"));
}

#[test]
fn a_value_that_yaml_has_no_meaning_for_is_what_was_written() {
    for (fields, title) in [
        ("title: Budget: what changed", "Budget: what changed"),
        ("title: Live: the vote: hour by hour\r", "Live: the vote: hour by hour"),
        ("title: It's on: the mayor's day", "It's on: the mayor's day"),
        ("title: @mayor says no", "@mayor says no"),
        ("title: What we know so far:", "What we know so far:"),
        ("title: 100% more: a guide", "100% more: a guide"),
        // What it has a meaning for has that.
        ("title: Verdict # as told: by the court", "Verdict"),
        ("title: 'Budget: what changed'", "Budget: what changed"),
        ("title: https://a.example", "https://a.example"),
    ] {
        let draft = yaml(&format!("{fields}\ndate: 2026-07-02\nauthor: Ann: our woman in B\ntags:\n  - x\n  - y"));
        assert_eq!(draft.headline.as_deref(), Some(title), "{fields}");
        assert_eq!(draft.date, day(2026, 7, 2), "{fields}");
        assert_eq!(draft.tags, ["x", "y"], "{fields}");
    }
    // Places stay true.
    let (line, column, reason) = refused("---\ntitle: A: b\ndate: 2026-99-01\n---\n");
    assert_eq!((line, column), (3, 7), "{reason}");
}

#[test]
fn bombs_end_at_a_limit() {
    let aliases = (1..30).map(|n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}, *a{p}]\n", p = n - 1)).collect::<String>();
    let refused = read(&format!("---\na0: &a0 x\n{aliases}---\n")).unwrap_err();
    assert!(refused.reason.contains("it has more than 20000 values"), "{refused}");
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let deep = format!("---\nx: {}{}\n---\n", open.repeat(5000), close.repeat(5000));
        assert!(read(&deep).is_err());
    }
    assert!(read(&format!("+++\nx = {}{}\n+++\n", "[".repeat(5000), "]".repeat(5000))).is_err());
    assert!(read(&format!("{{\"x\": {}{}}}\n", "[".repeat(5000), "]".repeat(5000))).is_err());
}

proptest! {
    #[test]
    fn any_head_is_read_or_refused(
        fence in "(---|\\+\\+\\+|;;;|\\{|= yaml =|```toml)",
        fields in "([a-z标题]{1,8}[:=] ?[\"'\\[{&*!|>a-z0-9,\\]}: -]{0,20}\n){0,6}",
        rest in "\\PC{0,40}",
    ) {
        let _ = read(&format!("{fence}\n{fields}{fence}\n{rest}"));
        let _ = read(&format!("{fence}\n{fields}{rest}"));
    }

    #[test]
    fn a_quoted_title_comes_back(title in "[^\\p{C}\\s\"\\\\]{1,20}") {
        prop_assert_eq!(yaml(&format!("title: \"{title}\"")).headline, Some(title));
    }
}

#[test]
fn what_is_said_of_an_enclosure_elsewhere() {
    let check = |fields: &str, media_type: &str, bytes: Option<u64>| {
        let draft = yaml(fields);
        let measures = draft.enclosures[0].measures.clone().unwrap();
        assert_eq!((measures.media_type.as_str(), measures.bytes), (media_type, bytes), "{fields}");
        assert_eq!(draft.enclosures[0].file, "https://a.example/1.mp3", "{fields}");
    };
    check("enclosure: {url: https://a.example/1.mp3, length: 1234, type: audio/mpeg}", "audio/mpeg", Some(1234));
    check("enclosure: {url: https://a.example/1.mp3, length: '1234'}", "", Some(1234));
    check("podcast: {file: https://a.example/1.mp3, mime_type: Audio/MPEG, length: '12:30'}", "audio/mpeg", None);
    check("enclosure: |\n  https://a.example/1.mp3\n  1234\n  audio/mpeg", "audio/mpeg", Some(1234));
    check("enclosures: [{href: https://a.example/1.mp3, size: 5, type: podcast}]", "", Some(5));
    for silent in [
        "enclosure: https://a.example/1.mp3",
        "enclosure: {url: https://a.example/1.mp3, length: 0}",
        "enclosure: {url: 1.mp3, length: 5, type: audio/mpeg}",
    ] {
        assert_eq!(yaml(silent).enclosures[0].measures, None, "{silent}");
    }
}

#[test]
fn all_that_is_enclosed_is_read_once() {
    let files = |fields: &str| yaml(fields).enclosures.into_iter().map(|one| one.file).collect::<Vec<_>>();
    assert_eq!(files("enclosures:\n  - a.mp3\n  - {url: b.mp4, type: video/mp4}\n  - a.mp3\n"), ["a.mp3", "b.mp4"]);
    assert_eq!(files("audio: a.mp3\nattachments: [paper.pdf, true]\nvideo: dQw4w9WgXcQ\n"), ["a.mp3", "paper.pdf"]);
    let stated = yaml(
        "enclosure:\n  - url: https://a.example/1.mp3\n    length: 7\n  - url: https://a.example/2.ogg\n    length: 9\n",
    );
    let bytes: Vec<_> = stated.enclosures.iter().map(|one| one.measures.as_ref().and_then(|said| said.bytes)).collect();
    assert_eq!(bytes, [Some(7), Some(9)]);
}

#[test]
fn dates_that_stand_for_none() {
    for unset in ["0001-01-01", "0001-01-01T00:00:00Z", "'0000-00-00 00:00:00'"] {
        let text = format!(
            "---\ntitle: A\ndate: {unset}\npublishDate: {unset}\nexpiryDate: {unset}\nembargo: {unset}\n---\nText\n"
        );
        let parsed = crate::markdown::read_bytes("a.md", text.as_bytes()).unwrap();
        let draft = &parsed.drafts[0];
        assert_eq!((draft.date, draft.expires, draft.embargo), (None, None, None), "{unset}");
        assert!(parsed.doubts.iter().any(|doubt| doubt.contains("`date`")), "{:?}", parsed.doubts);
    }
    let text = "---\ntitle: A\ndate: 1000-01-01\n---\nText\n";
    assert!(crate::markdown::read("a.md", text).date.is_some());
}

#[test]
fn labels_above_a_plain_text_end_at_its_first_line() {
    let read = |text: &str| {
        let split = split_plain(text).unwrap();
        (split.head.map(|head| head.text_of(&["title", "标题"])), split.body.to_owned())
    };
    let (title, body) = read("标题：新桥通车\n作者：李娜\n字数：800\n新桥今天上午通车。\n市民等了五年：终于。\n");
    assert_eq!(
        (title, body.as_str()),
        (Some(Some("新桥通车".to_owned())), "新桥今天上午通车。\n市民等了五年：终于。\n")
    );
    // A label that is not read would be lost; one alone may be a headline.
    for text in ["Title: The Sea\nAuthor: Jane Roe\nPublisher: Shore\nA fine book.\n", "Title: fight\nIt was long.\n"] {
        assert_eq!(read(text), (None, text.to_owned()));
    }
}
