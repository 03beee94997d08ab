//! Markdown files through the dispatch: headline, body, names, limits, and the sample files' manifest.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use syndicated::article::{Draft, Status, When};
use syndicated::dropped::InboxPath;
use syndicated::parse::{Markup, Parsed, Source, knows, parse};
use syndicated::rejection::Rejection;

pub(crate) fn read_bytes(path: &str, bytes: &[u8]) -> Result<Parsed, Rejection> {
    let path = InboxPath::new(path);
    let arrival: DateTime<Utc> = DateTime::from_timestamp(1_783_000_000, 0).unwrap();
    let read = parse(&Source {
        path: &path,
        bytes,
        time_zone: Tz::Asia__Shanghai,
        encoding: None,
        language: "zh-CN",
        arrival,
    });
    let failed = read.as_ref().is_err_and(|e| e.reason.contains("makes its reader fail"));
    assert!(!failed, "a parser panicked");
    read
}

pub(crate) fn read(path: &str, text: &str) -> Draft {
    let mut parsed = read_bytes(path, text.as_bytes()).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(parsed.drafts.len(), 1);
    parsed.drafts.remove(0)
}

/// The body of a text, its headline apart.
fn check(text: &str, headline: Option<&str>, body: &str) {
    let draft = read("a.md", text);
    assert_eq!(draft.headline.as_deref(), headline, "{text}");
    assert_eq!(draft.body.trim(), body, "{text}");
}

#[test]
fn the_headline_is_stated_once() {
    check("# Harvest *begins*\n\nText\n", Some("Harvest begins"), "<p>Text</p>");
    check("Harvest\n=======\nText\n", Some("Harvest"), "<p>Text</p>");
    check("## Harvest\n\nText\n", Some("Harvest"), "<p>Text</p>");
    check("<!-- note -->\n# Harvest\n\nText\n", Some("Harvest"), "<!-- note -->\n<p>Text</p>");
    check("---\ntitle: Harvest\n---\n# Harvest\n\nText\n", Some("Harvest"), "<p>Text</p>");
    check("---\ntitle: Harvest\n---\n# Wheat\n\nText\n", Some("Harvest"), "<h1>Wheat</h1>\n<p>Text</p>");
    check("Text\n\n## Details\n\nMore\n", None, "<p>Text</p>\n<h2>Details</h2>\n<p>More</p>");
    check("Text alone\n", None, "<p>Text alone</p>");
    check("# `code` & <b>more</b>\n\nText\n", Some("code & more"), "<p>Text</p>");
    check("# 小麦\n", Some("小麦"), "");
}

#[test]
fn headings_without_a_space() {
    check(
        "#渡口今起通航\n\n首班船载客四十人。\n\n##票价不变\n二元。\n",
        Some("渡口今起通航"),
        "<p>首班船载客四十人。</p>\n<h2>票价不变</h2>\n<p>二元。</p>",
    );
    check(
        "##Bridge opens early\n\nIt is open.\n\n```c\n\n#include\n```\n",
        Some("Bridge opens early"),
        "<p>It is open.</p>\n<pre><code class=\"language-c\">\n#include\n</code></pre>",
    );
    // Tags, and what whoever knows of the space has written without one.
    check("#新闻\n\n文。\n", None, "<p>#新闻</p>\n<p>文。</p>");
    check("#news\n\nText.\n", None, "<p>#news</p>\n<p>Text.</p>");
    check("#渡口今起通航#大家都来看\n\n文。\n", None, "<p>#渡口今起通航#大家都来看</p>\n<p>文。</p>");
    check("#We are many people here.\n\nText.\n", None, "<p>#We are many people here.</p>\n<p>Text.</p>");
    check("#渡口今起通航\n\n# 首班船\n\n文。\n", Some("首班船"), "<p>#渡口今起通航</p>\n<p>文。</p>");
}

#[test]
fn extensions() {
    for (text, expected) in [
        ("~~old~~", "<del>old</del>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<table>"),
        ("- [x] done", "type=\"checkbox\""),
        ("see https://example.org/a now", "<a href=\"https://example.org/a\">https://example.org/a</a>"),
        ("a note[^1]\n\n[^1]: below", "below"),
        ("**历经10年发展，**年产量", "<strong>历经10年发展，</strong>"),
        ("该**“满弓劲发”**后", "<strong>“满弓劲发”</strong>"),
        ("<video src=\"a.mp4\"></video>", "<video src=\"a.mp4\">"),
        ("见https://example.org/a。然后", "<a href=\"https://example.org/a\">https://example.org/a</a>。然后"),
        ("见 www.example.org）", "<a href=\"http://www.example.org\">www.example.org</a>）"),
        ("[标题](https://example.org/路。)", "href=\"https://example.org/%E8%B7%AF%E3%80%82\""),
    ] {
        let body = read("a.md", text).body;
        assert!(body.contains(expected), "{text}: {body}");
    }
}

#[test]
fn names_state_slug_and_date() {
    for (path, slug, date) in [
        ("sports/harvest.md", "harvest", None),
        ("2026-07-02-harvest.md", "harvest", Some((2026, 7, 2))),
        ("20260702_小麦 丰收.markdown", "小麦 丰收", Some((2026, 7, 2))),
        ("2026-07-02.mkd", "2026-07-02", Some((2026, 7, 2))),
        ("sports/story/index.md", "story", None),
        ("sports/2026-07-02-story/index.md", "story", Some((2026, 7, 2))),
        ("index.md", "index", None),
        ("2026-07-02-harvest.html", "harvest", Some((2026, 7, 2))),
    ] {
        let draft = read(path, "Text");
        assert_eq!(draft.slug.as_deref(), Some(slug), "{path}");
        assert_eq!(draft.date_in_name, date.map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap()), "{path}");
        assert_eq!(draft.date, None, "{path}");
    }
    assert_eq!(read("2026-07-02-a.md", "---\nslug: stated\n---\nText").slug.as_deref(), Some("stated"));
}

#[test]
fn kinds_of_files() {
    for extension in ["md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "txt", "text"] {
        assert!(knows(extension), "{extension}");
        assert!(read_bytes(&format!("a.{}", extension.to_uppercase()), b"Text").is_ok(), "{extension}");
    }
    for path in ["a.exe", "a.wpd", "a"] {
        let rejection = read_bytes(path, b"Text").unwrap_err();
        assert!(rejection.hint.contains(".md"), "{rejection}");
    }
}

#[test]
fn nothing_in_it() {
    for path in ["a.md", "a.html", "a.txt"] {
        for text in ["", "\u{feff}", " \n\n", "\u{3000}\n"] {
            assert!(read_bytes(path, text.as_bytes()).is_err(), "{path} {text:?}");
        }
    }
    for (path, text) in [("a.md", "---\ntags: x\n---\n"), ("a.html", "<html><head></head><body> </body></html>")] {
        assert!(read_bytes(path, text.as_bytes()).unwrap_err().reason.contains("no headline and no text"), "{path}");
    }
}

#[test]
fn plain_text_under_a_head() {
    let text = "---\ntitle: Harvest\nauthor: Ann\ndate: 2026-07-02\ndraft: true\n---\nThe wheat is in.\n\nAll of it.\n";
    let parsed = read_bytes("2026-07-01-a.txt", text.as_bytes()).unwrap();
    assert_eq!(parsed.markup, Markup::Text);
    let draft = &parsed.drafts[0];
    assert_eq!(draft.headline.as_deref(), Some("Harvest"));
    assert_eq!(draft.authors[0].name, "Ann");
    assert_eq!(draft.status, Status::Draft);
    assert_eq!(draft.date, NaiveDate::from_ymd_opt(2026, 7, 2).map(When::Day));
    assert!(draft.body.contains("The wheat is in."), "{}", draft.body);
    assert!(!draft.body.contains("author"), "{}", draft.body);
    for (title, first) in
        [("Harvest", "The wheat is in"), ("小麦丰收", "全市小麦收获"), ("小麦丰收", "本报讯(记者 白文斌)小麦收获。")]
    {
        for second in ["Second words follow.", "第二段写农业。", ""] {
            let draft = read("a.txt", &format!("---\ntitle: {title}\n---\n{first}\n\n{second}\n"));
            assert_eq!(draft.headline.as_deref(), Some(title));
            let whole = format!("{} {} {}", draft.kickers.join(" "), draft.subhead.unwrap_or_default(), draft.body);
            assert!(whole.contains(first) && whole.contains(second), "{first} {second}: {whole}");
            assert_eq!(whole.matches(title).count(), 0, "{whole}");
        }
    }
    let draft = read("a.txt", "---\ntitle: Harvest\n---\nHarvest\n\nThe wheat is in.\n");
    assert_eq!(draft.body.matches("Harvest").count(), 0, "the title is not said twice: {}", draft.body);
    assert_eq!(read_bytes("a.txt", b"---\ndate: someday\n---\nText\n").unwrap_err().line, Some(2));
}

#[test]
fn line_ends_and_encodings_do_not_matter() {
    let text = "---\ntitle: 小麦丰收\ndate: 2026-07-02 10:00\n---\n本报讯 今年小麦总产再创新高,记者从市农业农村局获悉。\n\n- 一\n- 二\n";
    let expected = read("a.md", text);
    assert_eq!(read("a.md", &text.replace('\n', "\r\n")), expected);
    assert_eq!(read("a.md", &text.replace('\n', "\r")), expected);
    assert_eq!(read("a.md", &format!("\u{feff}{text}")), expected);
    let gbk = encoding_rs::GBK.encode(text).0;
    assert_eq!(read_bytes("a.md", &gbk).unwrap().drafts[0], expected);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes("a.md", &wide).unwrap().drafts[0], expected);
}

#[test]
fn several_first_levels_are_chapters_and_more_ends_the_summary() {
    check("Intro\n\n# A\n\n# B", None, "<p>Intro</p>\n<h1>A</h1>\n<h1>B</h1>");
    check("---\ntitle: A!\n---\n# a\n\nText", Some("A!"), "<p>Text</p>");
    let summary = |text: &str| read("a.md", text).summary;
    let above = "# A\n\nFirst *words*.\n\nMore words.\n\n<!-- more -->\n\nThe rest.";
    assert_eq!(summary(above).as_deref(), Some("First words. More words."));
    assert_eq!(summary("---\nsummary: S\n---\nFirst.\n\n<!--more-->\n\nRest.").as_deref(), Some("S"));
    assert_eq!(summary("First.\n\nRest."), None);
    let order = read("a.md", "---\nid: x\nstatus: withdrawn\n---\n");
    assert_eq!((order.id.as_deref(), order.status), (Some("x"), Status::Withdrawn));
}

#[test]
fn marks_are_counted_before_they_cost() {
    for (text, line) in [
        (format!("# T\n\n{}", ">".repeat(300_000)), 3),
        (format!("---\ntitle: T\n---\n\n{}", "> - ".repeat(500)), 5),
        (format!("x\n<p {}>", "a=1 ".repeat(5_000)), 0),
        (format!("{}\n\n[^1]: n\n", "x[^1]".repeat(20_000)), 0),
    ] {
        let rejection = read_bytes("a.md", text.as_bytes()).unwrap_err();
        assert_eq!(rejection.line.unwrap_or_default(), line, "{rejection}");
        assert!(!rejection.hint.is_empty());
    }
}

#[test]
fn bombs_are_refused_or_read() {
    for mark in [">", "- ", "> - "] {
        let rejection = read_bytes("a.md", format!("# T\n\n{}x", mark.repeat(5000)).as_bytes()).unwrap_err();
        assert_eq!(rejection.line, Some(3), "{mark} {rejection}");
        assert!(rejection.reason.contains("nested"), "{rejection}");
    }
    for text in ["<div>".repeat(5000), "a <b id=1> ".repeat(5000), "&".repeat(200_000), "&amp;".repeat(200_000)] {
        assert!(read_bytes("a.md", text.as_bytes()).is_err(), "{}", &text[..20]);
    }
    let code = format!("# T\n\n```\n{}```\n\n`a<b>`\n", "let a: Vec<T> = \"b\" && c;\n".repeat(5000));
    assert!(read_bytes("a.md", code.as_bytes()).is_ok());
    for mark in ["[", "![", "*a **b ", "`", "<div>", "<a ", "[^1", "&", "\\", "_a*", "|", "[](", "**a_"] {
        let _ = read_bytes("a.md", mark.repeat(20_000).as_bytes());
    }
}

/// A file of the samples says what its manifest says.
fn check_sample(folder: &Path, entry: &serde_json::Value) {
    let name = entry["file"].as_str().unwrap();
    let Ok(bytes) = std::fs::read(folder.join(name)) else { return };
    let original = entry["path"].as_str().and_then(|p| p.rsplit('/').next()).unwrap_or(name);
    let fields = &entry["fields"];
    let read = read_bytes(original, &bytes);
    if entry.get("front_matter_error").is_some() && read.is_err() {
        return;
    }
    let parsed = read.unwrap_or_else(|e| panic!("{name}: {e}"));
    let draft = &parsed.drafts[0];
    if let Some(title) = fields["title"].as_str() {
        assert_eq!(draft.headline.as_deref(), Some(title), "{name}");
    }
    let date = ["date", "pubdate", "publisheddate"].iter().find_map(|key| fields[*key].as_str());
    assert_eq!(draft.date.is_some(), date.is_some(), "{name}");
    if let (Some(date), Some(When::Day(day))) = (date.filter(|d| d.len() == 10), draft.date) {
        assert_eq!(day.to_string(), date, "{name}");
    }
    if let (Some(date), Some(When::Instant(at))) = (date.filter(|d| d.contains(['+', 'Z'])), draft.date) {
        let shape = if date.contains('T') { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%d %H:%M:%S %z" };
        assert_eq!(at, DateTime::parse_from_str(date, shape).unwrap(), "{name}");
    }
    let held = fields["draft"] == true
        || fields["published"] == false
        || matches!(fields["status"].as_str(), Some("draft" | "hidden" | "skip"));
    assert_eq!(draft.status == Status::Draft, held, "{name}");
    for tag in fields["tags"].as_array().into_iter().flatten() {
        assert!(draft.tags.iter().any(|t| t == tag.as_str().unwrap()), "{name}: {tag}");
    }
    if let Some(slug) = fields["slug"].as_str() {
        assert_eq!(draft.slug.as_deref(), Some(slug), "{name}");
    }
    if let Some(summary) = fields["description"].as_str().filter(|s| !s.is_empty()) {
        assert_eq!(draft.summary.as_deref(), Some(summary), "{name}");
    }
    if let Some(author) = fields["author"].as_str() {
        assert_eq!(draft.authors[0].name, author, "{name}");
    }
    assert!(draft.slug.as_deref().is_some_and(|s| !s.contains("..") && !s.contains('/')), "{name}");
    assert!(!draft.body.contains('\u{fffd}'), "{name}");
}

#[test]
fn the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/md");
    let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.json")) else { return };
    let manifest: Vec<serde_json::Value> = serde_json::from_str(&manifest).unwrap();
    for entry in &manifest {
        check_sample(&folder, entry);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for path in ["a.md", "a.html", "a.txt", "b/index.mkd", "2026-07-02.xhtml"] {
            let _ = read_bytes(path, &bytes);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([-#>*_`~\\[\\](){}<>!/&|:=\"' a-z\\n一。]|\\PC){0,120}") {
        for path in ["a.md", "a.html", "a.txt"] {
            if let Ok(parsed) = read_bytes(path, text.as_bytes()) {
                prop_assert!(!parsed.drafts.is_empty());
            }
        }
    }
}

#[test]
fn comments_of_obsidian_are_not_published() {
    for (text, body) in [
        ("The mayor %%check her name%% spoke.\n", "<p>The mayor  spoke.</p>"),
        ("One.\n\n%%\nAsk the desk.\n\nTwice.\n%%\n\nTwo.\n", "<p>One.</p>\n<p>Two.</p>"),
        ("One %%a%% two %%b%% three.\n", "<p>One  two  three.</p>"),
        ("%% first %%\nOne.\n", "<p>One.</p>"),
        // Code is code, and so are numbers what they are.
        ("`a %%b%% c` and\n\n```\n%%x%%\n```\n", "<p><code>a %%b%% c</code> and</p>\n<pre><code>%%x%%\n</code></pre>"),
        ("It fell 5%% and rose 6%% again.\n", "<p>It fell 5%% and rose 6%% again.</p>"),
        ("One %% two.\n\nThree %% four.\n", "<p>One %% two.</p>\n<p>Three %% four.</p>"),
        ("A \\%%b%% c.\n", "<p>A %%b%% c.</p>"),
        ("%%%%\nOne.\n", "<p>%%%%\nOne.</p>"),
    ] {
        check(text, None, body);
    }
    check("# Harvest %%working title%%\n\nText\n", Some("Harvest"), "<p>Text</p>");
    let parsed = read_bytes("a.md", b"---\ntitle: A\n---\nOne.\n\n%% Ask the desk.\n\nTwo.\n").unwrap();
    assert!(parsed.drafts[0].body.contains("Ask the desk") && parsed.doubts[0].starts_with("line 6 "), "{parsed:?}");
}

#[test]
fn a_head_that_is_a_program_is_refused() {
    for (name, opening) in [("a.md", "---js"), ("a.html", "--- javascript")] {
        let text = format!("{opening}\n{{\n  title: \"A\",\n  date: new Date()\n}}\n---\nText\n");
        let refused = read_bytes(name, text.as_bytes()).unwrap_err();
        assert!(refused.reason.contains("JavaScript") && refused.hint.contains("YAML"), "{refused}");
        assert_eq!(refused.line, Some(1));
    }
}

#[test]
fn documents_of_word_processors_are_refused_with_a_way_out() {
    for (extension, way) in [
        ("odt", "LibreOffice, choose File > Save As"),
        ("rtf", "Save As"),
        ("pages", "Export To > Word"),
        ("gdoc", "Download > Microsoft Word"),
        ("hwp", "Save As"),
        ("xyz", ".md"),
        ("", ".md"),
    ] {
        let refused = syndicated::parse::unknown(extension);
        assert!(refused.hint.contains(way), "{extension}: {refused}");
    }
    let old = read_bytes("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old").unwrap_err();
    assert!(old.hint.contains("File > Save As") && old.hint.contains(".docx"), "{old}");
}

#[test]
fn a_plain_text_may_begin_with_labels() {
    let text =
        "标题：新桥今日通车\n作者：李娜\n日期：2026年7月1日\n来源：揽江晚报\n\n新桥今天上午通车,市民等了五年。\n";
    let draft = read("a.txt", text);
    assert_eq!(draft.headline.as_deref(), Some("新桥今日通车"));
    assert_eq!((draft.authors[0].name.as_str(), draft.source.as_deref()), ("李娜", Some("揽江晚报")));
    assert_eq!(draft.date, Some(When::Day(NaiveDate::from_ymd_opt(2026, 7, 1).unwrap())));
    assert_eq!(draft.body.trim(), "<p>新桥今天上午通车,市民等了五年。</p>");
    let german =
        read("a.txt", "Titel: Brücke offen\nAutor: Anna Schmidt\nDatum: 1. Juli 2026\n\nDie Brücke ist offen.\n");
    assert_eq!((german.headline.as_deref(), german.authors[0].name.as_str()), (Some("Brücke offen"), "Anna Schmidt"));
    // One line may be a headline, and what is no field is text.
    for text in ["Title: a life of Jane Roe\n\nShe lived.\n", "Title: A\nPlace: the town hall\n\nText.\n"] {
        let draft = read("a.txt", text);
        let all = format!("{:?} {:?} {}", draft.headline, draft.kickers, draft.body);
        assert!(all.contains("Title: "), "{all}");
    }
}

#[test]
fn a_head_between_dashes_that_a_program_joined_is_a_head() {
    for (open, close) in [("———", "———"), ("—-", "—-"), ("—", "---")] {
        let draft = read("a.md", &format!("{open}\ntitle: Harvest\n{close}\n\nText\n"));
        assert_eq!((draft.headline.as_deref(), draft.body.trim()), (Some("Harvest"), "<p>Text</p>"), "{open}");
    }
    check("—\n\nText\n", None, "<p>—</p>\n<p>Text</p>");
}
