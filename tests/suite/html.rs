//! Whole pages and fragments: what they state of themselves, what of them is the article, and what is too much.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use chrono::{DateTime, NaiveDate, Utc};
use syndicated::article::When;

use crate::markdown::{read, read_bytes};

fn instant(text: &str) -> Option<When> {
    Some(When::Instant(DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)))
}

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    NaiveDate::from_ymd_opt(year, month, day).map(When::Day)
}

fn names(draft: &syndicated::article::Draft) -> Vec<&str> {
    draft.authors.iter().map(|a| a.name.as_str()).collect()
}

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="zh_CN">
<head>
<meta charset="utf-8">
<title>Harvest begins - The Daily</title>
<meta property="og:title" content="Harvest  begins">
<meta property="og:image" content="img/wheat.jpg">
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2026-07-02T10:00:00+08:00">
<meta property="article:modified_time" content="2026-07-02T11:00:00+08:00">
<meta property="article:section" content="Farming">
<meta property="article:tag" content="wheat">
<meta property="article:tag" content="summer">
<meta name="keywords" content="wheat, combine harvester">
<meta name="author" content="Ann Smith, Bob Jones">
<meta name="description" content="The wheat is ripe.">
<link rel="canonical" href="https://example.org/harvest">
<style>p { color: red }</style>
</head>
<body>
<header><h1>The Daily</h1><nav><a href="/">Home</a></nav></header>
<main>
<article>
<header><h1>Harvest begins</h1><p class="byline">By Ann Smith</p></header>
<p>The <b>wheat</b> is ripe.</p>
<script>alert(1)</script>
<blockquote><p>Good!</p><footer>a farmer</footer></blockquote>
<aside>Advertisement</aside>
<form><input></form>
<p>All of it.</p>
<footer>Share this</footer>
</article>
</main>
<footer>Imprint</footer>
</body>
</html>
"#;

#[test]
fn a_whole_page() {
    let draft = read("harvest.html", PAGE);
    assert_eq!(draft.headline.as_deref(), Some("Harvest begins"));
    assert_eq!(draft.image.as_deref(), Some("img/wheat.jpg"));
    assert_eq!(draft.date, instant("2026-07-02T10:00:00+08:00"));
    assert_eq!(draft.updated, instant("2026-07-02T11:00:00+08:00"));
    assert_eq!(draft.sections, ["Farming"]);
    assert_eq!(draft.tags, ["wheat", "summer", "combine harvester"]);
    assert_eq!(names(&draft), ["Ann Smith", "Bob Jones"]);
    assert_eq!(draft.summary.as_deref(), Some("The wheat is ripe."));
    assert_eq!(draft.language.as_deref(), Some("zh-CN"));
    assert_eq!(draft.link, None, "a canonical address is not where the article is read");
    for kept in ["<p>The <b>wheat</b> is ripe.</p>", "<p>All of it.</p>", "<footer>a farmer</footer>"] {
        assert!(draft.body.contains(kept), "{kept}: {}", draft.body);
    }
    for gone in ["h1", "The Daily", "alert", "Advertisement", "form", "Share this", "Imprint", "color", "byline", "nav"]
    {
        assert!(!draft.body.contains(gone), "{gone}: {}", draft.body);
    }
}

#[test]
fn linked_data() {
    let article = r#"{"@context": "https://schema.org", "@type": ["NewsArticle"], "headline": "Harvest begins",
        "datePublished": "2026-07-02T10:00:00+08:00", "dateModified": "2026-07-03", "articleSection": "Farming",
        "author": [{"@type": "Person", "name": "Ann"}, {"name": "Bob"}], "keywords": ["wheat", "summer"],
        "image": {"@type": "ImageObject", "url": "https://example.org/a.jpg"}, "description": "Ripe."}"#;
    let site = r#"{"@type": "WebSite", "name": "The Daily", "headline": "No"}"#;
    for data in [
        article.to_owned(),
        format!("[{site}, {article}]"),
        format!("{{\"@context\": \"x\", \"@graph\": [{site}, {article}]}}"),
    ] {
        let page = format!("<title>T</title><script type=\"application/ld+json\">{data}</script><p>Text</p>");
        let draft = read("a.html", &page);
        assert_eq!(draft.headline.as_deref(), Some("Harvest begins"), "{data}");
        assert_eq!(draft.date, instant("2026-07-02T10:00:00+08:00"));
        assert_eq!(draft.updated, day(2026, 7, 3));
        assert_eq!(names(&draft), ["Ann", "Bob"]);
        assert_eq!(draft.tags, ["wheat", "summer"]);
        assert_eq!(draft.image.as_deref(), Some("https://example.org/a.jpg"));
        assert_eq!(draft.summary.as_deref(), Some("Ripe."));
        assert_eq!(draft.sections, ["Farming"]);
        assert_eq!(draft.body, "<p>Text</p>");
    }
    let broken = "<script type=\"application/ld+json\">{oops</script><h1>A</h1><p>Text</p>";
    assert_eq!(read("a.html", broken).headline.as_deref(), Some("A"));
}

#[test]
fn headlines() {
    for (page, headline, body) in [
        ("<h1>A <em>b</em></h1><p>Text</p>", Some("A b"), "<p>Text</p>"),
        ("<title>A | Site</title><h1>A</h1><p>Text</p>", Some("A"), "<p>Text</p>"),
        ("<title>A</title><p>Text</p>", Some("A"), "<p>Text</p>"),
        (
            "<title>A - The Daily</title><meta property=og:site_name content='The Daily'><p>Text</p>",
            Some("A"),
            "<p>Text</p>",
        ),
        ("<meta property=og:title content='A'><h1>Other</h1><p>Text</p>", Some("A"), "<h1>Other</h1><p>Text</p>"),
        ("<meta property=og:title content='A &amp; B'><h1>a &amp; b</h1><p>Text</p>", Some("A & B"), "<p>Text</p>"),
        ("<p>Text</p>", None, "<p>Text</p>"),
        ("<h2>A</h2><p>Text</p>", Some("A"), "<p>Text</p>"),
        ("<p>Text</p><h2>Part</h2>", None, "<p>Text</p><h2>Part</h2>"),
        ("<header><h1>Site</h1></header><h1>A</h1><p>Text</p>", Some("A"), "<p>Text</p>"),
        ("<h1>标题<br>两行</h1><p>Text</p>", Some("标题 两行"), "<p>Text</p>"),
    ] {
        let draft = read("a.html", page);
        assert_eq!(draft.headline.as_deref(), headline, "{page}");
        assert_eq!(draft.body, body, "{page}");
    }
}

#[test]
fn pages_of_content_management_systems() {
    let government = "<html><head><title>小麦丰收_云州市人民政府</title><meta name=SiteName content=云州市人民政府>\
        <meta name=ColumnName content=今日云州><meta name=ArticleTitle content=小麦丰收><meta name=PubDate content='2025-07-02 09:30'>\
        <meta name=ContentSource content=云州日报></head><body><div>首页</div><div class=TRS_Editor><p>今年丰收。</p></div><div>主办</div></body></html>";
    let draft = read("a.html", government);
    assert_eq!((draft.headline.as_deref(), draft.source.as_deref()), (Some("小麦丰收"), Some("云州日报")));
    assert_eq!(
        (draft.columns, draft.date, draft.body.as_str()),
        (vec!["今日云州".to_owned()], instant("2025-07-02T09:30:00+08:00"), "<p>今年丰收。</p>")
    );
    let word = "<html><head><title>Doc1</title></head><body lang=EN-GB><div class=WordSection1><p class=MsoTitle>Harvest<o:p></o:p></p><p class=MsoNormal>Text.</p></div></body></html>";
    assert_eq!(read("a.html", word).headline.as_deref(), Some("Harvest"));
    let h_entry = "<article class=h-entry><h1>Note</h1><a class='p-author h-card'>Ann Smith</a><div class=e-content><p>Words.</p></div></article>";
    let draft = read("a.html", h_entry);
    assert_eq!((names(&draft), draft.body.as_str()), (vec!["Ann Smith"], "<p>Words.</p>"));
    for (text, headline) in [
        ("<meta property=og:title content='A | Site'><h1>A</h1><p>x", "A"),
        ("<title>B</title><h1>A</h1><h1>B</h1><p>x", "B"),
        ("<title>A</title><meta property=og:site_name content=Site><h1>Site</h1><p>x", "A"),
    ] {
        assert_eq!(read("a.html", text).headline.as_deref(), Some(headline), "{text}");
    }
    let dates = "<article><time datetime=2026-07-01>a</time><time itemprop=datePublished datetime=2026-07-02>b</time></article>";
    assert_eq!(read("a.html", dates).date, day(2026, 7, 2));
}

#[test]
fn the_folder_outranks_the_section_a_saved_page_names() {
    let text = "<meta property=article:section content=Weather><h1>A</h1><p>x";
    assert_eq!(read("a.html", text).sections, ["Weather"]);
    let draft = read("local/a.html", text);
    assert!(draft.sections.is_empty());
    assert_eq!(draft.tags, ["Weather"]);
    assert_eq!(read("local/a.html", &format!("---\nsection: city\n---\n{text}")).sections, ["city"]);
}

#[test]
fn traps_are_refused() {
    let entities = "<!DOCTYPE html [\n<!ENTITY a \"aaa\">\n]><p>&a;";
    assert_eq!(read_bytes("a.xhtml", entities.as_bytes()).unwrap_err().line, Some(2));
    let attributes = format!("<p>x\n<p {}>", "a=1 ".repeat(5_000));
    assert_eq!(read_bytes("a.html", attributes.as_bytes()).unwrap_err().line, Some(2));
}

#[test]
fn where_the_article_is() {
    for (page, body) in [
        ("<body><nav>n</nav><p>Text</p></body>", "<p>Text</p>"),
        ("<main><p>Text</p></main><p>other</p>", "<p>Text</p>"),
        ("<div role=main><p>Text</p></div><p>other</p>", "<p>Text</p>"),
        ("<p>other</p><article><p>Text</p></article>", "<p>Text</p>"),
        (
            "<article><p>One</p></article><article><p>Two</p></article>",
            "<article><p>One</p></article><article><p>Two</p></article>",
        ),
        ("<article><p>One</p><article>Reply</article></article>", "<p>One</p><article>Reply</article>"),
        ("<p>a<div hidden>b</div>", "<p>a</p>"),
        ("plain words", "plain words"),
        ("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>"),
    ] {
        assert_eq!(read("a.html", page).body, body, "{page}");
    }
}

#[test]
fn dates() {
    for (page, date) in [
        ("<time datetime='2026-07-02'>2 July</time><p>Text</p>", day(2026, 7, 2)),
        (
            "<p>By Ann, <time datetime='2026-07-02T10:00:00+08:00'>today</time></p><p>Text</p>",
            instant("2026-07-02T10:00:00+08:00"),
        ),
        ("<meta name=date content='2026-07-02'><p>Text</p>", day(2026, 7, 2)),
        ("<meta itemprop=datePublished content='2026-07-02 10:00'><p>Text</p>", instant("2026-07-02T10:00:00+08:00")),
        ("<meta name=pubdate content='2026年7月2日'><p>Text</p>", day(2026, 7, 2)),
        ("<meta name=date content='?'><meta name=pubdate content='2026-07-02'><p>Text</p>", day(2026, 7, 2)),
        ("<p>Text</p>", None),
        ("<time datetime='PT2H'>two hours</time>", None),
    ] {
        assert_eq!(read("a.html", page).date, date, "{page}");
    }
    // When something takes place.
    for event in [
        "<p>The book fair opens on <time datetime='2030-12-12T10:00'>Saturday at ten</time> and closes on Sunday.</p>",
        "<p>县图书节将于<time datetime='2030-12-12'>十二月十二日</time>在谷物交易所开幕，为期两天。</p>",
        "<span class=date>12 December 2030</span><p>Text</p>",
    ] {
        assert_eq!(read("a.html", event).date, None, "{event}");
    }
    assert_eq!(read("a.html", "<span class=publish_time>2026年7月2日</span><p>Text</p>").date, day(2026, 7, 2));
    let long = "The festival that the whole town waits for ".repeat(8);
    assert_eq!(read("a.html", &format!("<p>{long}<time datetime='2030-01-01'>soon</time></p>")).date, None);
    let refused = read_bytes("a.html", b"<html>\n<meta name=\"date\" content=\"someday\">\n<p>Text</p>").unwrap_err();
    assert_eq!((refused.line, refused.column), (Some(2), Some(28)));
}

#[test]
fn people_in_the_markup() {
    for (page, expected) in [
        ("<p><a rel=author href=/ann>Ann Smith</a></p>", vec!["Ann Smith"]),
        ("<p class=byline>By Ann Smith and Bob Jones</p>", vec!["Ann Smith", "Bob Jones"]),
        ("<meta name=author content=记者><p>Text</p>", vec!["记者"]),
        ("<p class=author>Ann Smith</p><p>Text</p>", vec!["Ann Smith"]),
        ("<div class=author><span>Ann</span> <span>Smith</span><div>Acme Works</div></div><p>Text</p>", vec![]),
        ("<p class=author>Ann Smith has sailed on every ferry there is</p><p>Text</p>", vec![]),
        (
            "<meta name=generator content='LibreOffice 7.4'><meta name=author content='PC 3'><p>By Ann Smith</p><p>Text</p>",
            vec!["Ann Smith"],
        ),
        (
            "<div class=meta><span>كتبت: ليلى حداد</span> <time datetime=2026-06-09>9 يونيو 2026</time></div><p>Text</p>",
            vec!["ليلى حداد"],
        ),
        ("<meta property=article:author content='https://example.org/ann'><p>Text</p>", vec![]),
    ] {
        let page = format!("<h1>A</h1>{page}");
        assert_eq!(names(&read("a.html", &page)), expected, "{page}");
    }
}

#[test]
fn a_head_above_outranks_the_page() {
    let draft = read("a.html", &format!("---\ntitle: Mine\nlink: https://example.org/mine\n---\n{PAGE}"));
    assert_eq!(draft.headline.as_deref(), Some("Mine"));
    assert_eq!(draft.link.as_deref(), Some("https://example.org/mine"));
    assert_eq!(draft.sections, ["Farming"]);
}

#[test]
fn declared_encodings_are_honoured() {
    for (encoding, text) in [
        (encoding_rs::GBK, "麦"),
        (encoding_rs::BIG5, "麥"),
        (encoding_rs::WINDOWS_1252, "é"),
        (encoding_rs::SHIFT_JIS, "麦"),
        (encoding_rs::ISO_8859_2, "ł"),
    ] {
        for declaration in [
            format!("<meta charset={}>", encoding.name()),
            format!("<META http-equiv='Content-Type' content='text/html; charset={}'>", encoding.name()),
            format!("<?xml version='1.0' encoding='{}'?>", encoding.name()),
        ] {
            let page = format!("{declaration}<h1>{text}</h1><p>a</p>");
            let bytes = encoding.encode(&page).0;
            let draft = &read_bytes("a.html", &bytes).unwrap().drafts[0];
            assert_eq!(draft.headline.as_deref(), Some(text), "{page}");
        }
    }
    assert_eq!(read("a.html", "<meta charset=gbk><h1>麦</h1>").headline.as_deref(), Some("麦"), "UTF-8 in truth");
}

#[test]
fn bombs_are_refused_or_read() {
    for tag in ["div", "b", "blockquote", "svg", "table", "span class='>'", "ul><li"] {
        let bomb = format!("<p>a</p>\n{}", format!("<{tag}>").repeat(20_000));
        let refused = read_bytes("a.html", bomb.as_bytes()).unwrap_err();
        assert_eq!(refused.line, Some(2), "{tag}");
        assert!(refused.reason.contains("nested"), "{refused}");
    }
    for piece in [
        "<p>",
        "<br>",
        "</div>",
        "<",
        "<!--",
        "<a href='",
        "<li>",
        "<script>",
        "&",
        "<td>",
        "]]>",
        "<title>",
        "<p></b>",
    ] {
        let _ = read_bytes("a.html", piece.repeat(20_000).as_bytes());
    }
    for text in ["&".repeat(100_000), "\u{a0}x".repeat(100_000), format!("<a title='{}'>", "&".repeat(100_000))] {
        let refused = read_bytes("a.html", text.as_bytes()).unwrap_err();
        assert!(refused.reason.contains("too long"), "{refused}");
    }
    let left_open: String = (0..200).map(|n| format!("<b id={n}>")).collect();
    let refused = read_bytes("a.html", format!("<p>{left_open}\n{}", "<p>a".repeat(100_000)).as_bytes()).unwrap_err();
    assert_eq!(refused.line, Some(2), "{refused}");
    for (open, close) in
        [("<a rel=author>Name", "</a>"), ("<a rel=tag>t", "</a>"), ("<meta name=keywords content='k,k", "'>")]
    {
        let many: String = (0..20_000).map(|n| format!("{open}{n}{close}")).collect();
        let draft = read("a.html", &format!("<h1>A</h1><p>Text</p>{many}"));
        assert!(draft.authors.len() <= 100 && draft.tags.len() <= 200, "{open}");
    }
    let long = format!("<h1>A</h1>{}", "<div><p>Text</p></div>\n".repeat(20_000));
    assert_eq!(read("a.html", &long).headline.as_deref(), Some("A"));
    let scripted = format!("<h1>A</h1><p>Text</p><script>{}</script>", "'<div>' + ".repeat(2000));
    assert_eq!(read("a.html", &scripted).body, "<p>Text</p>");
}

/// The body of a page, and of the same as raw HTML in Markdown and as an agency's text.
#[track_caller]
fn check_seen(fragment: &str, seen: &str) {
    assert_eq!(read("a.html", fragment).body, seen, "{fragment}");
    let markdown = format!("# Harvest\n\n<section>{fragment}</section>\n");
    assert_eq!(read("a.md", &markdown).body.trim(), format!("<section>{seen}</section>"), "{fragment}");
    let item = serde_json::json!({"uri": "urn:x:1", "headline": "Harvest", "body_html": fragment}).to_string();
    assert_eq!(read("a.json", &item).body, seen, "{fragment}");
}

#[test]
fn what_is_hidden_stays_hidden() {
    for style in [
        "display:none",
        "color:red; DISPLAY : None ;",
        "display:none !important; display:block",
        "visibility:hidden",
        "mso-hide:all",
        "/* x */dis/**/play:none",
    ] {
        check_seen(&format!("<p>a<span style=\"{style}\">secret</span> b</p>"), "<p>a b</p>");
        check_seen(&format!("<p>a</p><div style='{style}'><p>secret <b>x</b></p></div>"), "<p>a</p>");
    }
    check_seen("<p>a</p><div hidden><p>secret</p></div>", "<p>a</p>");
    check_seen("<p>a</p><p hidden=\"until-found\">secret</p>", "<p>a</p>");
    for shown in [
        "<p style=\"display:block\">The hidden style</p>",
        "<p style=\"display:none;display:inline\">a</p>",
        "<p style=\"/*display:none*/\">a</p>",
        "<p title=\"hidden\">a</p>",
        "<p>a<img data-src=\"a.jpg\" src=\"b.gif\" style=\"visibility:hidden\"></p>",
    ] {
        check_seen(shown, shown);
    }
}

#[test]
fn what_is_hidden_is_no_headline() {
    let draft = read("a.html", "<title>Harvest</title><h1 style='display:none'>Secret</h1><p>Text</p>");
    assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Harvest"), "<p>Text</p>"));
    let draft = read("a.md", "# Harvest <span style='display:none'>secret</span>\n\nText\n\n<!--more-->\n\nMore\n");
    assert_eq!((draft.headline.as_deref(), draft.summary.as_deref()), (Some("Harvest"), Some("Text")));
    let draft = read("a.md", "# A\n\nText <del cite='mailto:x'>secret</del> goes on\n\n<!--more-->\n\nMore\n");
    assert_eq!(draft.summary.as_deref(), Some("Text goes on"));
}

#[test]
fn an_article_that_a_script_will_show_is_shown() {
    let page = "<h1>A</h1><div class=rich_media_content style='visibility: hidden; opacity: 0;'><p>Text</p></div>";
    assert_eq!(read("a.html", page).body, "<p>Text</p>");
    assert_eq!(read("a.html", "<body style='display:none'><h1>A</h1><p>Text</p>").body, "<p>Text</p>");
    let parsed = read_bytes("a.html", b"<title>A</title><div style='display:none'><p>Text</p></div>").unwrap();
    assert_eq!(parsed.drafts[0].body, "");
    assert!(parsed.doubts[0].contains("hidden"), "{:?}", parsed.doubts);
}

#[test]
fn tracked_deletions_go_and_struck_words_stay() {
    check_seen(
        "<p>Five <del cite=\"mailto:Ann\" datetime=\"2026-07-01T10:00\">drunken </del><ins cite=\"mailto:Ann\" datetime=\"2026-07-01T10:00\">men</ins></p>",
        "<p>Five <ins cite=\"mailto:Ann\" datetime=\"2026-07-01T10:00\">men</ins></p>",
    );
    check_seen("<p>Was <del>five</del> six</p>", "<p>Was <del>five</del> six</p>");
}

#[test]
fn comments_of_word_go() {
    let text = "<p class=MsoNormal>The <a style='mso-comment-reference:AS_1;mso-comment-date:20260701T1000'>ferry</a><span \
        class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id=\"_anchor_1\" \
        href=\"#_msocom_1\">[AS1]</a><![endif]></span></span> sails.</p>";
    let list = "<div style='mso-element:comment-list'><hr class=msocomoff align=left size=1><div style='mso-element:comment'><div \
        id=\"_com_1\" class=msocomtxt><p class=MsoCommentText>Is that true?</p></div></div></div>";
    let filtered = "<div><hr class=msocomoff><div><div class=msocomtxt><p class=MsoCommentText>Is that true?</p></div></div></div>";
    for list in [list, filtered] {
        let body = read("a.html", &format!("<h1>A</h1><div class=WordSection1>{text}</div>{list}")).body;
        let words: String = scraper::Html::parse_fragment(&body).root_element().text().collect();
        assert_eq!(words.trim(), "The ferry sails.", "{body}");
    }
}

#[test]
fn comments_of_google_docs_go() {
    let one = |n: u8, words: &str| {
        format!(
            "<div style=\"border:1px solid black;margin:5px\"><p><a href=\"#cmnt_ref{n}\" id=\"cmnt{n}\">[a]</a><span>{words}</span></p><p>More</p></div>"
        )
    };
    let text = "<p>The ferry<sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup><sup><a href=\"#cmnt2\" id=\"cmnt_ref2\">[b]</a></sup> sails.</p>";
    check_seen(&format!("{text}{}{}", one(1, "True?"), one(2, "Yes")), "<p>The ferry sails.</p>");
    check_seen(
        &format!("{text}<p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a> True?</p><p>It sails.</p>"),
        "<p>The ferry sails.</p><p>It sails.</p>",
    );
}

#[test]
fn a_base_resolves_what_is_relative() {
    let page = "<head><base href='https://example.org/news/2026/'><meta property=og:image content='lead.jpg'></head><h1>A</h1>\
        <p><a href='../b.html'>b</a> <a href='#n'>n</a> <a href='mailto:a@example.org'>m</a> <img src='/c.jpg' srcset='c.jpg 1x, d.jpg 2x'></p>";
    let draft = read("a.html", page);
    assert_eq!(draft.image.as_deref(), Some("https://example.org/news/2026/lead.jpg"));
    for written in [
        "href=\"https://example.org/news/b.html\"",
        "href=\"#n\"",
        "href=\"mailto:a@example.org\"",
        "src=\"https://example.org/c.jpg\"",
        "srcset=\"https://example.org/news/2026/c.jpg 1x, https://example.org/news/2026/d.jpg 2x\"",
    ] {
        assert!(draft.body.contains(written), "{written} in {}", draft.body);
    }
    for base in ["<base href='news/'>", "<base href='file:///C:/news/'>", "<base target=_blank>"] {
        assert_eq!(
            read("a.html", &format!("{base}<h1>A</h1><p><img src=\"c.jpg\"></p>")).body,
            "<p><img src=\"c.jpg\"></p>"
        );
    }
    let long =
        format!("<base href='https://example.org/{}/'><h1>A</h1>{}", "a".repeat(4000), "<a href=b>b</a>".repeat(2000));
    assert!(read_bytes("a.html", long.as_bytes()).unwrap_err().reason.contains("longer than"));
}

#[test]
fn the_first_day_that_programs_know_is_no_date() {
    let page = "<meta property=article:published_time content='0001-01-01T00:00:00Z'><h1>A</h1><p>Text</p>";
    let parsed = read_bytes("0001-01-01-a.html", page.as_bytes()).unwrap();
    assert_eq!((parsed.drafts[0].date, parsed.drafts[0].date_in_name), (None, None));
    assert!(parsed.doubts[0].contains("0001-01-01"), "{:?}", parsed.doubts);
}

#[test]
fn a_title_of_a_word_processor_is_the_headline() {
    let google = "<html><head><meta charset=utf-8></head><body class=\"c2 doc-content\"><p class=\"c1\"><span></span></p>\
                  <p class=\"c5 title\" id=\"h.x\"><span class=\"c9\">Bridge reopens</span></p><h1 id=\"h.y\">The works</h1><p>They took a year.</p>\
                  <h1>The cost</h1><p>Nobody says.</p></body></html>";
    let libre = "<html><head><title></title></head><body><p class=\"title western\">Bridge reopens</p><h1 class=\"western\">The works</h1>\
                 <p>They took a year.</p></body></html>";
    for page in [google, libre] {
        let draft = read("a.html", page);
        assert_eq!(draft.headline.as_deref(), Some("Bridge reopens"), "{page}");
        assert!(draft.body.contains("<h1") && draft.body.contains("The works"), "{}", draft.body);
        assert!(!draft.body.contains("Bridge reopens"), "{}", draft.body);
    }
    // On other pages the class says nothing further down.
    let page = "<h1>Bridge reopens</h1><p class=title>The works</p><p>They took a year.</p>";
    assert_eq!(read("a.html", page).headline.as_deref(), Some("Bridge reopens"));
}

#[test]
fn lists_that_word_saved_are_lists() {
    let entry = |mark: &str, words: &str| {
        format!(
            "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span \
             style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>\n"
        )
    };
    let page = format!(
        "<h1>T</h1><p>Before.</p><p>&nbsp;</p>{}{}<p>Between.</p>{}{}",
        entry("·", "One"),
        entry("·", "Two"),
        entry("1.", "First"),
        entry("2.", "Second")
    );
    let draft = super::agency::draft("a.html", &page);
    let bare: String = draft.body.split('\n').collect();
    let bare = bare.replace("<!--[if !supportLists]-->", "").replace("<!--[endif]-->", "");
    assert_eq!(
        bare,
        "<p>Before.</p><ul><li>One</li><li>Two</li></ul><p>Between.</p><ol><li>First</li><li>Second</li></ol>"
    );
}

#[test]
fn the_picture_above_the_text_leads_with_its_caption() {
    let page = |meta: &str| {
        format!(
            "<html><head>{meta}</head><body><article><h1>Storm</h1><figure><img src='data:image/gif;base64,x' data-src='/i/storm-600.jpg' \
             alt='Waves'><figcaption>Waves over the road. Photograph: Jo Marsh</figcaption></figure><div class='article-body'><p>It was \
             shut.</p></div><aside><figure><img src='/ad.jpg'></figure></aside></article></body></html>"
        )
    };
    for (meta, image) in [
        ("", "/i/storm-600.jpg"),
        (
            "<meta property='og:image' content='https://x.example/i/storm-1200.jpg'>",
            "https://x.example/i/storm-1200.jpg",
        ),
        ("<meta property='og:image' content='https://x.example/logo.png'>", "/i/storm-600.jpg"),
    ] {
        let draft = super::agency::draft("a.html", &page(meta));
        assert_eq!(draft.image.as_deref(), Some(image));
        assert_eq!(draft.captions[0].text, "Waves over the road. Photograph: Jo Marsh");
        assert_eq!(draft.body, "<p>It was shut.</p>");
    }
}

#[test]
fn the_name_within_an_author_is_the_author() {
    let page = "<div itemscope><h1>Il mercato</h1><span itemprop='author' itemscope>di <span itemprop='name'>Luca Ferri</span></span>\
                <div itemprop='articleBody'><p>Torna.</p></div></div>";
    assert_eq!(names(&super::agency::draft("a.html", page)), ["Luca Ferri"]);
}

#[test]
fn a_page_of_which_only_the_title_says_what_the_headline_is() {
    let article = |inside: &str| {
        format!(
            "<title>Bridge opens early | News | The Daily</title><header><h1>The Daily</h1></header><article>{inside}</article>"
        )
    };
    let header = article(
        "<header><p class=k>Traffic</p><h2>Bridge opens early</h2><p>By <a href=/ana>Ana Kos</a></p><div>Published 20 November 2026</div></header><p>One.</p>",
    );
    let draft = read("a.html", &header);
    assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("Bridge opens early"), vec!["Ana Kos"]));
    assert_eq!((draft.date, draft.body.as_str()), (day(2026, 11, 20), "<p>One.</p>"));
    // A `div` among others, as old systems print it.
    let old = "<title>大桥提前通车_新闻频道_江城网</title><body><div>江城网</div><div><div class=t>大桥提前通车</div><p>大桥周五通车。</p></div>";
    let draft = read("a.html", old);
    assert_eq!(draft.headline.as_deref(), Some("大桥提前通车"));
    assert!(!draft.body.contains("大桥提前通车") && draft.body.contains("大桥周五通车"), "{}", draft.body);
    // The name of the section, and words of the text.
    let section = "<title>News - Bridge opens early - The Daily</title><body><div>News</div><p>Bridge opens early, they said.</p>";
    assert_eq!(read("a.html", section).headline.as_deref(), Some("News - Bridge opens early - The Daily"));
    assert!(read("a.html", section).body.contains("<div>News</div>"));
}

#[test]
fn a_headline_in_bold_stands_apart_from_what_is_below_it() {
    let story = "<p>A fire broke out at the sawmill on Sunday evening.</p>";
    let read = |above: &str| super::markdown::read("a.html", &format!("{above}{story}"));
    let draft = read("<p><b>FIRE AT THE SAWMILL<br>No one hurt, says brigade</b></p>");
    assert_eq!(draft.headline.as_deref(), Some("FIRE AT THE SAWMILL"));
    assert_eq!(draft.subhead.as_deref(), Some("No one hurt, says brigade"));
    assert_eq!(draft.body, story);
    let draft = read("<p><font size=5 face=Arial><b>Fire at the sawmill</b></font><br>By Ana Kos</p>");
    assert_eq!(draft.headline.as_deref(), Some("Fire at the sawmill"));
    assert_eq!((names(&draft), draft.body.as_str()), (vec!["Ana Kos"], story));
    // Verse, and a word in bold.
    for above in ["<p>The boats lean<br>on their elbows</p>", "<p><b>Fire</b> broke out<br>in <b>Marl</b></p>"] {
        let draft = read(above);
        assert_eq!((draft.headline, draft.subhead), (None, None), "{above}");
    }
}

#[test]
fn what_is_named_as_furniture_leaves_the_article() {
    let story = "<p>The wall will be a metre higher by autumn, councillors decided on Thursday.</p><p>It costs four million.</p>";
    for around in [
        "<div class='sharedaddy sd-sharing'><h3>Share this:</h3><a href=x>Click to share</a></div>",
        "<div id=jp-relatedposts class=jp-relatedposts><p><a href=x>Ferry</a> timetable changes</p></div>",
        "<section class=comments-area><h2>3 thoughts</h2><ol><li>About time! <a href=x>Reply</a></li></ol></section>",
        "<div role=contentinfo>All rights reserved</div>",
        "<ul class=breadcrumb><li><a href=/>Home</a></li><li>News</li></ul>",
        "<button>Follow</button><select><option>Small</option></select>",
    ] {
        let draft = read("a.html", &format!("<article><h1>Wall</h1>{story}{around}</article>"));
        assert_eq!(draft.body, story, "{around}");
    }
    // What a story holds, and what holds it.
    for (open, inner, close) in [
        ("<div class='post has-share'>", story, "</div>"),
        (
            "<div class=share-prices>",
            "<table><tbody><tr><td>Gas</td><td>4</td></tr></tbody></table>",
            "</div><p>Text</p>",
        ),
        ("<div class=social-history>", story, "</div>"),
        ("<div id=cookie-cache>", "<p>A cache of cookies.</p>", "</div><p>Text</p>"),
        ("<div id=sidebar>", "<h2>Sidebar</h2><p>It stands beside.</p>", "</div><p>Text</p>"),
        ("<div class=menu>", "<p>Monday: leek soup</p>", "</div><p>Text</p>"),
        ("<div class=reader-comments>", "<p>Ann: I like the wall.</p>", "</div><p>Text</p>"),
        ("<p class=copyright>", "Photo © Jane Roe", "</p><p>Text</p>"),
        ("<p class=shared>", "We shared a boat.", "</p><p>Text</p>"),
    ] {
        let draft = read("a.html", &format!("<article><h1>Wall</h1>{open}{inner}{close}</article>"));
        assert!(
            draft.body.contains(inner) || inner == "We shared a boat." && draft.body.contains(inner),
            "{}",
            draft.body
        );
    }
    let draft = read("a.html", &format!("<p><a href=/>Home</a> | <a href=/n>News</a></p><h1>Wall</h1>{story}"));
    assert_eq!(draft.body, story);
    let draft = read("a.html", &format!("<h1>Wall</h1><p><a href=/a>One</a> | <a href=/b>Two</a></p>{story}"));
    assert!(draft.body.contains("One"), "{}", draft.body);
}

#[test]
fn what_stands_between_headline_and_text_is_told_and_none_of_it_lost() {
    let draft = read(
        "a.html",
        "<div><h1>Lights return</h1><h4 class=sub>One street feeds three hundred shops</h4><p class=author>陈敏</p>\
        <div class=i><div class=l>2026年06月10日08:12 | 来源：<a href=x>江城晚报</a></div><div class=r>字号：<a>小</a></div></div></div>\
        <div class=entry-content><p>The lamps are lit.</p></div><div>Copyright</div>",
    );
    assert_eq!(draft.subhead.as_deref(), Some("One street feeds three hundred shops"));
    assert_eq!((names(&draft), draft.date), (vec!["陈敏"], instant("2026-06-10T08:12:00+08:00")));
    assert_eq!(draft.body, "<p>The lamps are lit.</p>");
    // A standfirst begins the text.
    let draft = read(
        "a.html",
        "<article><header><h1>River</h1><p>A winter on the lower Teme, with floods.</p><p><a href=x>Essays</a></p><p>By <span>Ann Smith</span></p></header><p>It does not forget.</p></article>",
    );
    assert_eq!((draft.subhead.clone(), names(&draft)), (None, vec!["Ann Smith"]));
    assert_eq!(draft.body, "<p>A winter on the lower Teme, with floods.</p>\n<p>It does not forget.</p>");
    // In whatever it stands.
    for name in ["div", "span", "em"] {
        let draft = read(
            "a.html",
            &format!(
                "<article><header><h1>River</h1><{name}>A winter on the Teme.</{name}></header><p>It rose.</p></article>"
            ),
        );
        assert_eq!(draft.body, "<p>A winter on the Teme.</p>\n<p>It rose.</p>", "{name}");
    }
    // No sentence in the header is a second headline.
    let draft = read(
        "a.html",
        "<article><header><h1>River</h1><p>Tolls to fall</p></header><div class=story><p>OTTER (Reuters) - It rose.</p></div></article>",
    );
    assert_eq!((draft.subhead.as_deref(), draft.dateline.as_deref()), (Some("Tolls to fall"), Some("OTTER (Reuters)")));
    let draft = read(
        "a.html",
        "<article><h1>Ab</h1><h2 class=pw-subtitle-paragraph>The trick was patience</h2><p>Text.</p><h2>Subtitles of films</h2></article>",
    );
    assert_eq!(
        (draft.subhead.as_deref(), draft.body.as_str()),
        (Some("The trick was patience"), "<p>Text.</p><h2>Subtitles of films</h2>")
    );
}

/// As LibreOffice saves a document: its fields name the machine's owner, and the text whoever wrote it.
#[test]
fn the_owner_of_the_machine_is_the_writer_where_the_text_begins_with_the_name() {
    let saved = |first: &str| {
        read(
            "a.html",
            &format!(
                "<html><head><title>River rises</title><meta name=generator content='LibreOffice 7.4'><meta name=author content='Ana Kos'></head>\
                 <body><p><font><font><b>River\nrises</b></font></font></p><p>{first}</p><p>2026-06-10</p><p>It rose.</p></body></html>"
            ),
        )
    };
    let draft = saved("Ana Kos");
    assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("River rises"), vec!["Ana Kos"]));
    assert_eq!((draft.date, draft.body.trim()), (day(2026, 6, 10), "<p>It rose.</p>"));
    assert!(saved("A poem").authors.is_empty());
}

#[test]
fn of_an_event_nothing_is_lost_above_its_text_and_its_day_holds_nothing_back() {
    let draft = read(
        "a.html",
        "<div><h1>Choir sings</h1><p>19 December 2026</p><p>Tithe Barn, Marl</p><div class=entry-content><p>It sings the oratorio.</p></div></div>",
    );
    let signed = read(
        "a.html",
        "<meta name=author content='Ines Varga'><div><h1>Ab</h1><div><a href=x>Ines Varga</a></div><div>Jun 12, 2026</div><div class=entry-content><p>Text.</p></div></div>",
    );
    assert_eq!((signed.date, signed.body.as_str()), (day(2026, 6, 12), "<p>Text.</p>"));
    assert_eq!(draft.date, None);
    assert_eq!(draft.body, "<p>19 December 2026</p>\n<p>Tithe Barn, Marl</p>\n<p>It sings the oratorio.</p>");
}

#[test]
fn the_sites_name_is_no_headline_though_it_is_the_first_heading() {
    let page = "<title>Old mill to become flats | Marl Gazette</title><div><h1>Marl Gazette</h1></div><h2>Old mill to become flats</h2><p>Text</p>";
    assert_eq!(read("a.html", page).headline.as_deref(), Some("Old mill to become flats"));
    let page = "<title>Marl Gazette - Old mill to become flats</title><h1>Old mill to become flats</h1><h2>Marl Bridge</h2><p>Text</p>";
    assert_eq!(read("a.html", page).headline.as_deref(), Some("Old mill to become flats"));
    let page = "<title>Yard cuts jobs | Coast Post</title><h1>Yard cuts jobs</h1><article><p>Text</p></article>";
    assert_eq!(read("a.html", page).headline.as_deref(), Some("Yard cuts jobs"));
}

#[test]
fn a_page_of_line_breaks_has_paragraphs() {
    let page = "<title>The bells ring again</title><body><font size=5><b>The bells ring again</b></font><br><font><i>By Ann Smith</i></font><br>\
        <font>Published 6 June 2026</font><br><br><font>After forty years the bells rang.<br><br>\nA hundred <i>people<br>stood</i> there.<br>It cost much.</font>";
    let draft = read("a.html", page);
    assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("The bells ring again"), vec!["Ann Smith"]));
    assert_eq!(draft.date, day(2026, 6, 6));
    assert_eq!(
        draft.body.trim(),
        "<p>After forty years the bells rang.</p>\n<p>A hundred <i>people<br>stood</i> there.<br>\nIt cost much.</p>"
    );
    for whole in ["<p>a<br><br>b</p>", "a <b>b</b>", "<ul><li>a<br><br>b</li></ul>"] {
        assert_eq!(read("a.html", whole).body, whole);
    }
}

#[test]
fn pictures_of_amp_are_pictures_and_mails_saved_as_pages_are_read() {
    let draft = read(
        "a.html",
        "<article><h1>A</h1><amp-img src=\"a.jpg\" alt=\"Eight\"><noscript><img src=\"a.jpg\"></noscript></amp-img><p>Text</p></article>",
    );
    assert_eq!(draft.body, "<img alt=\"Eight\" src=\"a.jpg\"><p>Text</p>");
    let head = "<div><p><b>From:</b> Press &lt;p@l.example&gt;<br><b>Sent:</b> Tuesday<br><b>Subject:</b> Notice lifted</p></div>";
    let draft = read("a.html", &format!("{head}<p>The notice was lifted today.</p>"));
    assert_eq!(draft.headline.as_deref(), Some("Notice lifted"));
    assert!(!draft.body.contains("p@l.example") && draft.body.contains("lifted today"), "{}", draft.body);
    let draft = read("a.html", "<p>From: Oslo<br>To: Bergen</p><p>The notice was lifted today.</p>");
    assert!(draft.body.contains("Oslo"), "{}", draft.body);
}

/// What a page gives, and what of it is left, in words.
fn read_page(body: &str) -> (syndicated::article::Draft, String) {
    let read = super::agency::draft("a.html", &format!("<title>Bridge reopens | The Post</title><body>{body}"));
    let words = syndicated::clean::text(&read.body).split_whitespace().collect::<Vec<_>>().join(" ");
    (read, words)
}

#[test]
fn the_columns_around_a_story_are_not_the_story() {
    const STORY: &str = "<p>The old swing bridge reopened to traffic on Friday after repairs that took two years.</p>";
    const LINKS: &str = "<b>Most read</b><div><a href=/1>Ferry strike ends</a></div><div><a href=/2>Pool opens early</a></div>\
                         <div><a href=/3>Mayor to retire</a></div>";
    let rest = "The old swing bridge reopened to traffic on Friday after repairs that took two years.";
    let divs = format!(
        "<div>{LINKS}</div><div><h1>Bridge reopens</h1>{STORY}</div><div>© The Post <a href=/i>Imprint</a></div>"
    );
    let cells = format!("<table><tr><td>{LINKS}</td><td><h1>Bridge reopens</h1>{STORY}</td></tr></table>");
    for page in [divs, cells] {
        assert_eq!(read_page(&page).1, rest, "{page}");
    }
    // What is told stays: a list, a table, words without links, links that are announced, pictures.
    for told in [
        "<div><p><a href=/1>A long piece on bridges</a></p><p><a href=/2>A longer one on ferries</a></p><p><a href=/3>One on swans</a></p></div>",
        "<ol><li><a href=/1>Marl</a> 3</li><li><a href=/2>Henley</a> 1</li><li><a href=/3>Reading</a> 0</li></ol>",
        "<table><tr><td><a href=/1>Marl</a><td>3<tr><td><a href=/2>Henley</a><td>1<tr><td><a href=/3>Reading</a><td>0</table>",
        "<div>Asked by <a href=/1>us</a>, the mayor said nothing; nor did <a href=/2>he</a> to <a href=/3>them</a>.</div>",
    ] {
        let (read, words) = read_page(&format!("<div><h1>Bridge reopens</h1>{STORY}</div>{told}"));
        assert_eq!(read.headline.as_deref(), Some("Bridge reopens"));
        assert!(words.len() > rest.len() + 10, "{told}: {words}");
    }
}

#[test]
fn a_headline_above_the_article_has_its_byline_below_it() {
    let (read, words) = read_page(
        "<nav><a href=/>The Post</a></nav><h1>Bridge reopens</h1><p class=byline>Ana Kos</p><p>20 June 2026</p>\
         <article><p>The old swing bridge reopened.</p></article><footer>By Tom Fox</footer>",
    );
    assert_eq!((super::agency::names(&read), read.date.is_some()), (vec!["Ana Kos"], true));
    assert_eq!(words, "The old swing bridge reopened.");
}

#[test]
fn a_page_written_as_xml_has_short_forms() {
    let text = "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><style/></head><body><h1><a id=\"h\"/>Bridge \
                opens</h1><p/><p>It is <a href=\"https://x.example/a>b\"/>open<br/>now.</p></body></html>";
    let read = super::agency::draft("a.html", text);
    assert_eq!(read.headline.as_deref(), Some("Bridge opens"));
    assert_eq!(syndicated::clean::text(&read.body).split_whitespace().collect::<Vec<_>>().join(" "), "It is open now.");
}

#[test]
fn a_picture_that_a_script_would_load_is_the_one_beside_it() {
    let page = |picture: &str| {
        read_page(&format!("<article><h1>Bridge reopens</h1><p>It is open.</p>{picture}</article>")).0.body
    };
    let silent = "<noscript><img src=\"https://x.example/b.jpg\"></noscript>";
    assert!(
        page(&format!("<figure><img src=\"data:image/gif;base64,AA\" alt=b>{silent}</figure>"))
            .contains("x.example/b.jpg")
    );
    let named = page(&format!("<img src=\"data:image/gif;base64,AA\" data-src=\"https://x.example/a.jpg\">{silent}"));
    assert!(named.contains("a.jpg") && !named.contains("b.jpg"), "{named}");
}

#[test]
fn kinds_of_article_and_lists_of_offices_state_who_and_when() {
    for (kind, is_one) in
        [("Recipe", true), ("ReviewNewsArticle", true), ("http://schema.org/NewsArticle", true), ("WebPage", false)]
    {
        let (read, _) = read_page(&format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"{kind}\",\"author\":{{\"name\":\"Ana Kos\"}},\"datePublished\":\"2026-06-20\"}}</script>\
             <h1>Bridge reopens</h1><p>It is open.</p>"
        ));
        assert_eq!((read.authors.len(), read.date.is_some()), (usize::from(is_one), is_one), "{kind}");
    }
    let (read, _) = read_page(
        "<main><h1>Bridge reopens</h1><dl><dt>From:</dt><dd>Ministry</dd><dt>Published</dt><dd>20 June 2026</dd></dl><p>It is open.</p></main>",
    );
    assert!(read.date.is_some());
    // A name that a class gives is read as any byline is.
    for (line, name) in [("By Ana Kos", "Ana Kos"), ("Von Ana Kos", "Ana Kos"), ("Ana Kos", "Ana Kos")] {
        for class in ["author", "byline"] {
            let (read, _) = read_page(&format!(
                "<article><h1>Bridge reopens</h1><div class={class}>{line}</div><p>It is open.</p></article>"
            ));
            assert_eq!(super::agency::names(&read), [name], "{class}: {line}");
        }
    }
}

/// Papers' own pages: what the system of most of them tells in a comment or in elements of its own, and what the page prints.
#[test]
fn pages_of_printed_papers() {
    let text = "<p>　　老桥今天通车，两岸居民步行过江。</p><p>　　“等了两年。”何秀兰说。</p>";
    let comment = format!(
        "<html><head><title>云州日报数字报-老桥今天通车</title></head><body><!--enpproperty <articleid>1</articleid><date>2026-07-02 00:00:00.0</date>\
         <author>林晓</author><title>老桥今天&lt;通车&gt;</title><subtitle>末班船推迟到晚上九点</subtitle><introtitle>停航四个月</introtitle>/enpproperty-->\
         <table><tr><td><a href=node_2.htm>上一版</a></td></tr><tr><td>停航四个月</td></tr><tr><td>老桥今天通车</td></tr></table>\
         <div id=ozoom><founder-content>{text}</founder-content></div><p>版权所有</p></body></html>"
    );
    let elements = format!(
        "<title>云州日报</title><founder-date>2026年7月2日</founder-date><founder-introtitle>停航四个月</founder-introtitle>\
         <founder-title>老桥今天&lt;通车&gt;</founder-title><founder-subtitle>末班船推迟到晚上九点</founder-subtitle>\
         <founder-author>林晓</founder-author><founder-content>{text}</founder-content><p>版权所有</p>"
    );
    let printed = format!(
        "<title>老桥今天&lt;通车&gt;--云州日报</title><div><h3>停航四个月</h3><h1>老桥今天&lt;通车&gt;</h1><h2>末班船推迟到晚上九点</h2>\
         <p class=sec>林晓<span>《云州日报》（2026年07月02日　第 02 版）</span></p><div id=articleContent>{text}</div></div><p>版权所有</p>"
    );
    for page in [comment, elements, printed] {
        let draft = read("a.html", &page);
        assert_eq!(draft.headline.as_deref(), Some("老桥今天<通车>"), "{page}");
        assert_eq!(draft.kickers, ["停航四个月"], "{page}");
        assert_eq!(draft.subhead.as_deref(), Some("末班船推迟到晚上九点"), "{page}");
        assert_eq!(names(&draft), ["林晓"], "{page}");
        let date = draft.date.map(|when| match when {
            When::Day(day) => day,
            When::Instant(at) => at.with_timezone(&chrono_tz::Asia::Shanghai).date_naive(),
        });
        assert_eq!(date, NaiveDate::from_ymd_opt(2026, 7, 2), "{page}");
        assert_eq!(syndicated::clean::text(&draft.body), syndicated::clean::text(text), "{page}");
    }
    // The name of the section, or of the paper, leads to no headline; nor does a heading that is a link.
    for above in ["<h3>要闻</h3>", "<h2>云州日报网</h2>", "<h3><a href=/>民生新闻频道</a></h3>"] {
        let page = format!("<title>老桥今天通车 - 云州日报网</title>{above}<h1>老桥今天通车</h1>{text}");
        assert!(read("a.html", &page).kickers.is_empty(), "{above}");
    }
}

/// A page of a paper with each article under its heading, in Markdown, HTML and as LibreOffice writes it.
#[test]
fn a_whole_page_under_headings_is_its_articles() {
    const FOLIO: &str = "云州日报 2026年7月2日 星期四 第01版：要闻";
    let pieces = [
        ("老桥今天通车", "本报讯（记者 林晓）老桥今天通车，两岸居民步行过江。", "“等了两年。”<b>何秀兰</b>说。"),
        ("图书馆延长开放", "市图书馆今起开放到晚上九点。", "周末照常。（记者 周岩）"),
        ("让小事有着落", "把小事办好，靠的是一套办法。", "愿更多的部门弯下腰来。"),
    ];
    let html = |folio: &str| {
        let pieces =
            pieces.map(|(head, first, last)| format!("<h2>{head}</h2><p>{first}</p><h3>小标题</h3><p>{last}</p>"));
        format!("{folio}{}", pieces.concat())
    };
    let markdown = pieces.map(|(head, first, last)| format!("\n\n# {head}\n\n{first}\n\n## 小标题\n\n{last}")).concat();
    let set = "<p><font face=Cambria>云州日报 </font>2026<font>年</font>7<font>月</font>2<font>日\n星期四 第</font>01<font>版：要闻</font></p>";
    for (name, text) in [
        ("a.md", format!("{FOLIO}{markdown}")),
        ("a.md", format!("# {FOLIO}{}", markdown.replace("\n#", "\n##"))),
        ("a.html", html(&format!("<h1>{FOLIO}</h1>"))),
        ("a.html", format!("<title>云州日报</title>{}", html(&format!("<p>{FOLIO}</p>")))),
        // The first headline was taken for the whole page's.
        ("a.html", html(set).replace("h2>", "h1>")),
    ] {
        let parsed = read_bytes(name, text.as_bytes()).unwrap();
        let told: Vec<_> =
            parsed.drafts.iter().map(|draft| (draft.headline.as_deref().unwrap(), self::names(draft))).collect();
        let expected = [("老桥今天通车", vec!["林晓"]), ("图书馆延长开放", vec!["周岩"]), ("让小事有着落", vec![])];
        assert_eq!(told, expected, "{text}");
        for (draft, (_, first, last)) in parsed.drafts.iter().zip(pieces) {
            let words = syndicated::clean::text(&draft.body);
            let words: Vec<&str> = words.split_whitespace().collect();
            let said = syndicated::clean::text(&format!("<p>{first}</p><p>小标题</p><p>{last}</p>"));
            assert_eq!(words.concat(), said.split_whitespace().collect::<Vec<_>>().concat(), "{text}");
        }
        assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2026, 7, 2), "{text}");
        assert_eq!(parsed.folio_section.as_deref(), Some("要闻"), "{text}");
    }
    // Without a folio, with one report alone, or below a headline of its own, it is one article.
    for text in [
        html(""),
        html(&format!("<p>{FOLIO}</p>")).replace("（记者 周岩）", ""),
        html(&format!("<h1>行走大江两岸</h1><p>{FOLIO}</p><p>一年来，记者沿江行走。</p>")),
    ] {
        assert_eq!(read_bytes("a.html", text.as_bytes()).unwrap().drafts.len(), 1, "{text}");
    }
}
