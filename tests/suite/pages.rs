//! The pages of articles and sections: where they lie, what stands on them, and what must never (DESIGN 2.3, 2.8).

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use syndicated::catalogue::Catalogue;
use syndicated::edition::Found;

use crate::newsroom::{Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);

/// A PNG of 3 × 2 pixels, as far as its head goes.
fn png(salt: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0".to_vec();
    bytes.extend([salt; 40]);
    bytes
}

#[test]
fn a_page_keeps_its_address_for_ever() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/first draft.md", dated("The bridge is open", "2026-06-30", "It opened at noon, with a band."));
    let before = newsroom.pages();
    assert_eq!(before.len(), 1);
    newsroom.pass(Duration::from_secs(60));
    newsroom
        .drop("a/first draft.md", dated("The bridge is open at last", "2026-06-30", "It opened at noon, with a band."));
    newsroom.rename("a/first draft.md", "b/bridge.md");
    newsroom.pass(GRACE);
    newsroom.reconfigured("base_url = \"http://other.example/sub/\"\ntime_zone = \"Asia/Shanghai\"\n");
    assert_eq!(newsroom.pages(), before);
    assert_eq!(newsroom.entry("b").url, format!("http://other.example/sub/{}", before[0]));
}

/// A page says of a date what the file said, and feeds have the moment that the record took for it.
#[test]
fn a_day_without_a_time_is_shown_as_a_day() {
    let mut newsroom = Newsroom::with("time_zone = \"Asia/Shanghai\"\n");
    let mut shown = |name: &str, text: &str| {
        let before = newsroom.pages();
        newsroom.drop(name, text);
        let new = newsroom.pages().into_iter().find(|page| !before.contains(page)).unwrap();
        let page = newsroom.text(&new);
        let times =
            page.split("<time ").skip(1).map(|rest| rest.split(['>', '<']).nth(1).unwrap_or_default().to_owned());
        let published = page.split("published_time\" content=\"").nth(1).unwrap_or_default().split('"').next();
        (times.collect::<Vec<_>>(), published.unwrap_or_default().to_owned())
    };
    let said = |times: &[&str], published: &str| (times.iter().map(|&t| t.to_owned()).collect(), published.to_owned());
    let day = "2026-06-30T16:00:00Z";
    assert_eq!(shown("a/day.md", &dated("Day", "2026-07-01", "A ferry.")), said(&["1 July 2026"], day));
    let midnight = dated("Midnight", "2026-07-01T00:00:00+08:00", "The year of the tram.");
    assert_eq!(shown("a/midnight.md", &midnight), said(&["1 July 2026, 0:00"], day));
    let later = dated("Later", "2026-06-30\nupdated: 2026-07-01", "Bells at dusk.");
    assert_eq!(shown("a/later.md", &later).0, ["30 June 2026", "1 July 2026"]);
    let again = dated("Again", "2026-06-30\nupdated: 2026-07-01T00:00:00+08:00", "A band of brass.");
    assert_eq!(shown("a/again.md", &again).0, ["30 June 2026", "1 July 2026, 0:00"]);
    let today = dated("Today", "2026-07-02", "Fog on the river.");
    assert!(shown("a/today.md", &today).0[0].starts_with("2 July 2026, "), "when it came is known");
    assert_eq!(shown("a/2026-07-01-name.md", "# Name\n\nOf a file.\n"), said(&["1 July 2026"], day));
    let page = "江城日报 2026年7月1日 星期三 第01版：要闻\n\n渡口今起通航\n本报讯（记者 李明）渡口今天恢复通航。\n";
    assert_eq!(shown("a/A01.txt", page).0, ["1 July 2026"], "a folio tells a day");
    let untold = shown("a/untold.md", &story("Untold", "Nobody said when.")).0.remove(0);
    assert!(untold.contains(", "), "it came at a time: {untold}");
}

#[test]
fn a_page_of_an_article_that_went_is_no_others_though_the_catalogue_is_lost() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Same", "The ferry went to the breakers."));
    let (first, page) = (newsroom.entry("a"), newsroom.pages().remove(0));
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    newsroom.rebuild();
    assert!(matches!(newsroom.find(&page), Found::Gone), "readers are told so");
    newsroom.drop("a/two.md", story("Same", "Four hundred singers filled the cathedral."));
    assert_ne!(newsroom.entry("a").url, first.url);
    newsroom.drop("a/one.md", story("Same", "The ferry went to the breakers."));
    assert!(newsroom.entries("a").contains(&first));
}

#[test]
fn pages_of_one_name_are_told_apart() {
    let mut newsroom = Newsroom::new();
    let titles = [
        "News",
        "news",
        "NEWS!",
        "index",
        "rss.xml",
        "../../etc",
        "CON",
        ".hidden",
        "_media",
        "Ｎｅｗｓ",
        "é",
        "e\u{301}",
        "",
        "…",
        "😀",
    ];
    for (number, title) in titles.iter().enumerate() {
        let text = format!(
            "---\ntitle: \"{title}\"\nslug: \"{title}\"\ndate: 2026-06-30\n---\nText of number {number} in this.\n"
        );
        newsroom.drop(&format!("a/{number}.md"), text);
    }
    let pages = newsroom.pages();
    assert_eq!(pages.len(), newsroom.entries("a").len(), "{pages:?}");
    let folded: BTreeSet<String> = pages.iter().map(|page| syndicated::name::fold(page)).collect();
    assert_eq!(folded.len(), pages.len(), "{pages:?}");
    for page in &pages {
        assert!(page.starts_with("a/2026/06/30/"), "{page}");
        let name = page.rsplit('/').next().unwrap();
        assert!(!name.starts_with(['.', '_', '-']) && name != "index.html", "{page}");
    }
}

#[test]
fn long_chinese_titles_and_names_fit_everywhere() {
    let mut newsroom = Newsroom::new();
    let long = "关于进一步加强全市安全生产工作的若干意见".repeat(12);
    newsroom.drop("要闻/a.md", dated(&long, "2026-06-30", "正文第一段，说明情况。"));
    newsroom.drop("要闻/b.md", dated(&format!("{long}续"), "2026-06-30", "正文第二段，另外的情况。"));
    newsroom.drop(&format!("{}/c.md", "长".repeat(80)), dated("短", "2026-06-30", "正文第三段。"));
    assert_eq!(newsroom.pages().len(), 3);
    for path in newsroom.documents().into_keys() {
        assert!(path.split('/').all(|part| part.len() <= 140), "{path}");
    }
    for entry in newsroom.entries("") {
        assert!(entry.url.is_ascii() && url::Url::parse(&entry.url).is_ok(), "{}", entry.url);
    }
}

#[test]
fn sections_and_pages_never_take_each_others_place_or_ours() {
    let mut newsroom = Newsroom::new();
    let names =
        ["style.css", "opml.xml", "index.html", "RSS.xml", "_media", "Sports", "sports", "feed.json", "Atom.XML"];
    for (number, name) in names.iter().enumerate() {
        newsroom.put(
            &format!("{name}/{number}.md"),
            story(&format!("Story {number}"), &format!("Text of number {number} in this.")),
        );
    }
    newsroom.compare();
    newsroom.pass(Duration::from_secs(3));
    let documents = newsroom.documents();
    for own in ["style.css", "opml.xml", "index.html", "rss.xml", "feed.json", "atom.xml"] {
        assert!(documents.contains_key(own), "{own} of {:?}", documents.keys());
    }
    assert!(newsroom.entries("").len() >= 8);
    // A section that would lie where a page lies, and a page that would lie where a section lies.
    newsroom.drop("a/one.md", dated("One", "2026-06-30", "First of the texts."));
    newsroom.drop("x.md", "---\ntitle: X\nsection: a/2026/06/30/one.html\n---\nText under a page's name.\n");
    newsroom.drop("y.md", "---\ntitle: Y\nsection: b/2026/06/30/two.html\n---\nText before a page's name.\n");
    newsroom.drop("b/two.md", dated("Two", "2026-06-30", "Second of the texts."));
    let urls: BTreeSet<String> = newsroom.entries("").into_iter().map(|entry| entry.url).collect();
    assert!(newsroom.notes.is_empty(), "{:?}", newsroom.notes);
    for url in urls {
        let path = url.strip_prefix("https://news.example/").unwrap();
        let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
        assert!(newsroom.feeds(&path).is_file(), "{path}");
    }
}

#[test]
fn a_page_says_all_that_is_known_of_its_article() {
    let mut newsroom = Newsroom::with(
        "title = \"Evening & Paper\"\ntime_zone = \"Asia/Shanghai\"\n[section.a]\ntitle = \"Town & Port\"\n",
    );
    newsroom.put("a/boat.png", png(1));
    newsroom.drop(
        "a/one.md",
        "---\ntitle: A \"bridge\" & <more>\nsubtitle: It cost a <fortune>\nauthors: [Ann O'Hara, Bo Li]\ntags: [bridges, R&D]\n\
         date: 2026-06-30T22:05:00Z\nsummary: What <it> is & was\nimage: boat.png\n---\nThe text.\n\n![A \"boat\"](boat.png)\n",
    );
    let page = newsroom.text(&newsroom.pages()[0]);
    let entry = newsroom.entry("a");
    for part in [
        "<html lang=\"en\" dir=\"ltr\">".to_owned(),
        format!("<link rel=\"canonical\" href=\"{}\">", entry.url),
        "<link rel=\"stylesheet\" href=\"https://news.example/style.css\">".to_owned(),
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Town &#38; Port (RSS)\" href=\"https://news.example/a/rss.xml\">".to_owned(),
        "href=\"https://news.example/a/atom.xml\"".to_owned(),
        "href=\"https://news.example/a/feed.json\"".to_owned(),
        "<span itemprop=\"name\">Ann O&#39;Hara</span></bdi>, <bdi ".to_owned(),
        "<time datetime=\"2026-06-30T22:05:00Z\" itemprop=\"datePublished\">1 July 2026, 6:05</time>".to_owned(),
        "width=\"3\" height=\"2\"".to_owned(),
        "bridges, R&#38;D".to_owned(),
    ] {
        assert!(page.contains(&part), "{part} in\n{page}");
    }
    assert!(!page.contains("<more>") && !page.contains("<fortune>") && !page.contains("<it>"));
    assert_eq!(page.matches("<img ").count(), 1, "the lead picture stands in the body already\n{page}");
    let front = newsroom.text("a/index.html");
    assert!(front.contains("<h1 dir=\"auto\">Town &#38; Port</h1>"), "{front}");
    assert!(front.contains("<link rel=\"canonical\" href=\"https://news.example/a/\">"));
    assert!(front.contains("href=\"https://news.example/\""), "the way up");
    assert!(newsroom.text("index.html").contains("href=\"https://news.example/a/\""), "the way down");
}

#[test]
fn pages_speak_the_publications_language() {
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\ntime_zone = \"Asia/Shanghai\"\n");
    newsroom.drop(
        "要闻/一.md",
        "---\ntitle: 头条\nauthor: 白文斌\ntags: [甲, 乙]\ndate: 2026-06-30 08:05\n---\n正文在此。\n",
    );
    let page = newsroom.text(&newsroom.pages()[0]);
    assert!(page.contains("<html lang=\"zh-CN\""));
    assert!(page.contains(">2026年6月30日 08:05</time>"), "{page}");
    assert!(page.contains("标签："));
    assert!(newsroom.text("index.html").contains("订阅"));
}

#[test]
fn what_lives_elsewhere_has_no_page_here() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", "---\ntitle: One\nlink: https://else.example/x?a=1&b=2\n---\nA few words on it.\n");
    assert!(newsroom.pages().is_empty());
    assert_eq!(newsroom.entry("a").url, "https://else.example/x?a=1&b=2");
    newsroom.drop("a/one.md", "---\ntitle: One\n---\nA few words on it.\n");
    let page = newsroom.pages();
    assert_eq!(page.len(), 1);
    newsroom.drop("a/one.md", "---\ntitle: One\nlink: https://else.example/x\n---\nA few words on it.\n");
    assert!(newsroom.pages().is_empty());
    assert_eq!(newsroom.entry("a").url, "https://else.example/x");
    let elsewhere = |newsroom: &Newsroom| match newsroom.find(&page[0]) {
        Found::Elsewhere(link) => link,
        other => panic!("{other:?}"),
    };
    assert_eq!(elsewhere(&newsroom), "https://else.example/x", "who has the page's address is sent on");
    newsroom.withdraw("a/one.md");
    assert!(matches!(newsroom.find(&page[0]), Found::Gone));
    newsroom.restore("a/one.md");
    assert_eq!(elsewhere(&newsroom), "https://else.example/x");
    newsroom.drop("a/one.withdraw", "Taken back.\n");
    assert!(matches!(newsroom.find(&page[0]), Found::Gone));
    newsroom.remove("a/one.withdraw");
    newsroom.pass(GRACE);
    assert_eq!(elsewhere(&newsroom), "https://else.example/x");
    newsroom.stop();
    newsroom.start();
    assert_eq!(elsewhere(&newsroom), "https://else.example/x");
    newsroom.drop("a/one.md", "---\ntitle: One\n---\nA few words on it.\n");
    assert_eq!(newsroom.pages(), page, "the same address again");
    assert!(matches!(newsroom.find(&page[0]), Found::Document(_)));
}

#[test]
fn a_withdrawn_articles_page_is_gone_with_its_folders() {
    let mut newsroom = Newsroom::new();
    newsroom.put("a/p.png", png(2));
    newsroom.drop("a/one.md", story("One", "First text here.\n\n![p](p.png)"));
    let page = newsroom.pages().remove(0);
    assert!(matches!(newsroom.find(&page), Found::Document(_)));
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(!newsroom.feeds(&page).exists());
    assert!(!newsroom.feeds("a/2026").exists());
    assert!(matches!(newsroom.find(&page), Found::Gone));
    assert!(matches!(newsroom.find("a/2026/07/02/never.html"), Found::Unknown));
    newsroom.restart();
    assert!(matches!(newsroom.find(&page), Found::Gone));
}

#[test]
fn media_lie_there_while_a_published_article_shows_them() {
    let mut newsroom = Newsroom::new();
    let media = |newsroom: &Newsroom| -> Vec<String> {
        newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).collect()
    };
    newsroom.put("a/p.png", png(1));
    newsroom.put("a/q.png", png(2));
    newsroom.drop("a/later.md", "---\ntitle: Later\ndate: 2026-07-02T09:00:00Z\n---\nText to come. ![p](p.png)\n");
    assert!(media(&newsroom).is_empty(), "nothing of an embargoed article");
    newsroom.drop("a/one.md", story("One", "Words here. ![q](q.png)"));
    assert_eq!(media(&newsroom).len(), 1);
    newsroom.drop("b/two.md", story("Two", "Other words there. ![q](../a/q.png)"));
    assert_eq!(media(&newsroom).len(), 1, "by content, once");
    newsroom.step_clock("2026-07-02T09:00:00Z".parse().unwrap());
    assert_eq!(media(&newsroom).len(), 2);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert_eq!(media(&newsroom).len(), 2, "another shows it still");
    newsroom.drop("b/two.md", story("Two", "Other words there, no picture."));
    assert_eq!(media(&newsroom).len(), 1);
    let id = newsroom.entry("a").id;
    let shown = media(&newsroom).remove(0);
    newsroom.withdraw(&id);
    assert!(media(&newsroom).is_empty());
    assert!(matches!(newsroom.find(&shown), Found::Unknown));
    newsroom.restore(&id);
    assert_eq!(media(&newsroom), [shown]);
}

/// What no page and no feed may hold, in any spelling that a browser reads.
fn hostile() -> Vec<(&'static str, &'static str)> {
    vec![
        ("script", "<script>alert(1)</script>"),
        ("script unclosed", "<script>alert(1)"),
        ("script split", "<scr<script>ipt>alert(1)</scr</script>ipt>"),
        ("handler", "<img src=https://i.example/a.png onerror=alert(1)>"),
        ("handler slash", "<img/src=https://i.example/a.png/onerror=alert(1)>"),
        ("handler quoted", "<p title='\" onmouseover=alert(1) x=\"'>x</p>"),
        ("link", "<a href=\"javascript:alert(1)\">x</a>"),
        ("link spelled", "<a href=\"JaVa&#115;cript&colon;alert(1)\">x</a>"),
        ("link tab", "<a href=\"java\tscript:alert(1)\">x</a>"),
        ("link control", "<a href=\"\u{1}javascript:alert(1)\">x</a>"),
        ("link data", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>"),
        ("vbscript", "<a href='vbscript:msgbox(1)'>x</a>"),
        ("image data", "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">"),
        ("image script", "<img src=\"javascript:alert(1)\" srcset=\"javascript:alert(1) 2x, data:x 3x\">"),
        ("svg", "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\">x</a></svg>"),
        (
            "math",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        ),
        (
            "style",
            "<style>@import 'https://e.example/x.css'</style><p style=\"background:url(javascript:alert(1))\">x</p>",
        ),
        (
            "form",
            "<form action=\"https://e.example\"><input name=p><button formaction=\"javascript:alert(1)\">x</button></form>",
        ),
        ("frame", "<iframe src=\"javascript:alert(1)\" srcdoc=\"<script>alert(1)</script>\"></iframe>"),
        ("object", "<object data=\"data:text/html,x\"></object><embed src=\"javascript:alert(1)\">"),
        (
            "base",
            "<base href=\"https://e.example/\"><meta http-equiv=refresh content=\"0;url=javascript:alert(1)\"><link rel=stylesheet href=x>",
        ),
        (
            "video",
            "<video poster=\"javascript:alert(1)\" onplay=alert(1) autoplay><source src=\"data:x\" onerror=alert(1)></video>",
        ),
        ("comment", "<!--><script>alert(1)</script>--><![CDATA[<script>alert(1)</script>]]><?php x ?>"),
        ("noscript", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>"),
        ("template", "<template><script>alert(1)</script></template><textarea></textarea><script>alert(1)</script>"),
        ("cdata end", "<p>]]></p>]]><script>alert(1)</script>"),
    ]
}

#[test]
fn nothing_hostile_comes_through() {
    #[track_caller]
    fn check(name: &str, html: &str) {
        let lower = html.to_lowercase();
        let document = scraper::Html::parse_document(html);
        for element in document.root_element().descendent_elements() {
            let tag = element.value().name();
            let banned = [
                "script", "svg", "math", "style", "form", "input", "button", "iframe", "object", "embed", "base",
                "template", "textarea", "noscript", "frame",
            ];
            assert!(!banned.contains(&tag), "{name}: <{tag}> in\n{html}");
            for (key, value) in element.value().attrs() {
                assert!(
                    !key.starts_with("on") && key != "style" && key != "srcdoc" && key != "autoplay",
                    "{name}: {key} in\n{html}"
                );
                let bare: String =
                    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
                if ["href", "src", "srcset", "poster", "action", "cite"].contains(&key) {
                    let bad = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| bare.contains(scheme));
                    assert!(!bad, "{name}: {key}={value:?} in\n{html}");
                }
            }
        }
        assert!(!lower.contains("http-equiv"), "{name}\n{html}");
    }
    for kind in ["md", "html"] {
        let mut newsroom = Newsroom::new();
        for (number, (_, body)) in hostile().iter().enumerate() {
            let text = if kind == "md" {
                format!(
                    "---\ntitle: Story {number} for all\n---\nSome number {number} text before.\n\n{body}\n\nAnd text after.\n"
                )
            } else {
                format!(
                    "<html><head><title>Story {number} for all</title></head><body><article><h1>Story {number} for all</h1><p>Some number {number} text before.</p>{body}<p>And text after.</p></article></body></html>"
                )
            };
            newsroom.drop(&format!("a/{number}.{kind}"), text);
        }
        assert_eq!(newsroom.entries("a").len(), hostile().len());
        for entry in newsroom.entries("a") {
            check(&entry.title, &entry.content);
        }
        for page in newsroom.pages().into_iter().chain(["index.html".to_owned(), "a/index.html".to_owned()]) {
            check(&page, &newsroom.text(&page));
        }
    }
}

#[test]
fn what_is_hostile_elsewhere_in_a_file_does_no_harm() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/one.md",
        "---\ntitle: \"<script>alert(1)</script> & co\"\nsubtitle: \"<img src=x onerror=alert(1)>\"\n\
         authors:\n  - name: \"<script>x</script>\"\n    url: \"javascript:alert(1)\"\n\
         tags: [\"<script>t</script>\", \"a\\\" onclick=\\\"x\"]\nsummary: \"<script>s</script>\"\n\
         image: \"javascript:alert(1)\"\nenclosure: \"data:audio/mpeg;base64,AAAA\"\nlang: \"en\\\" onload=\\\"alert(1)\"\n\
         source: \"<script>q</script>\"\nslug: \"<script>\"\n---\nThe text of it.\n",
    );
    newsroom.drop("a/two.md", "---\ntitle: Two\nlink: \"javascript:alert(1)\"\n---\nOther text of it.\n");
    for (path, bytes) in newsroom.documents() {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.to_lowercase().contains("javascript:"), "{path}\n{text}");
        assert!(!text.contains("data:audio"), "{path}\n{text}");
        if path.ends_with(".html") {
            assert!(!text.contains("<script") && !text.contains("onerror=alert(1)>"), "{path}\n{text}");
            let document = scraper::Html::parse_document(&text);
            for element in document.root_element().descendent_elements() {
                assert!(element.value().attrs().all(|(key, _)| !key.starts_with("on")), "{path}\n{text}");
            }
        }
    }
    assert!(newsroom.entries("a").iter().all(|entry| entry.url.starts_with("https://news.example/")));
}

#[test]
fn characters_that_xml_forbids_reach_no_document() {
    let mut newsroom = Newsroom::new();
    let bad = "\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{85}\u{9f}\u{fffe}\u{ffff}";
    // YAML forbids most of them itself: there they stand as escapes.
    let escaped = "\\x01\\x08\\x0b\\x1f\\x7f\\u0085\\ufffe\\uffff";
    newsroom.drop(
        "a/one.md",
        format!(
            "---\ntitle: \"T{escaped}itle\"\nauthor: \"A{escaped}nn\"\ntags: [\"t{escaped}ag\"]\nid: \"urn:x:{escaped}1\"\n\
             link: \"https://x.example/{escaped}p\"\nsummary: \"S{escaped}um\"\nlang: \"e{escaped}n\"\nsource: \"Q{escaped}\"\n\
             image: \"https://x.example/{escaped}i.png\"\nenclosure: \"https://x.example/{escaped}s.mp3\"\n---\nBo{bad}dy \
             &#1; &#x0b; &#65535; <b title=\"x&#1;y\">b</b> [l](https://x.example/&#1;).\n"
        ),
    );
    // So much good text that these few do not make it a program.
    let more = "There is much to say of the harbour. ".repeat(300);
    newsroom.drop("a/two.txt", format!("Head{bad}line\n\nThe bo{bad}dy of it. {more}\n"));
    newsroom.drop("a/three.html", format!("<h1>He{bad}ad&#8;</h1><p>Bo{bad}dy &#11; of three. {more}</p>"));
    assert_eq!(newsroom.status()["refused"], 0, "{:?}", newsroom.refused);
    for (path, bytes) in newsroom.documents() {
        let text = String::from_utf8(bytes).unwrap();
        let found = text.chars().find(|c| !syndicated::article::is_printable(*c));
        assert_eq!(found, None, "{path}\n{text}");
        for reference in ["&#1;", "&#11;", "&#8;", "&#x1;", "&#xb;", "\\u0001", "\\u0008", "\\u000b"] {
            assert!(!text.contains(reference), "{reference} in {path}\n{text}");
        }
    }
    assert_eq!(newsroom.entries("a").len(), 3);
}

#[test]
fn a_changed_base_url_leaves_nothing_of_the_old_one() {
    let mut newsroom = Newsroom::with("base_url = \"http://first.example/x\"\nauthority = \"ids.example\"\n");
    newsroom.put("a/p.png", png(1));
    newsroom.put("a/s.mp3", b"sound");
    newsroom.drop("a/one.md", "---\ntitle: One\nimage: p.png\nenclosure: s.mp3\nauthors: [{name: Ann, url: /people/ann}]\n---\nWords [rel](other.html) [root](/about) ![p](p.png) here.\n");
    newsroom.drop("a/b/two.md", "---\ntitle: Two\n---\nMore words [m](../s.mp3) there.\n");
    let ids: Vec<String> = newsroom.entries("").into_iter().map(|entry| entry.id).collect();
    let paths: Vec<String> = newsroom.documents().into_keys().collect();
    newsroom.reconfigured("base_url = \"https://second.example\"\nauthority = \"ids.example\"\n");
    assert_eq!(newsroom.documents().into_keys().collect::<Vec<_>>(), paths);
    assert_eq!(newsroom.entries("").into_iter().map(|entry| entry.id).collect::<Vec<_>>(), ids);
    for (path, bytes) in newsroom.documents() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("first.example"), "{path}\n{text}");
    }
    let catalogue = Catalogue::open(&newsroom.state("")).unwrap();
    for no in 1..=2 {
        let content = format!("{:?}", catalogue.content(no).unwrap().unwrap());
        assert!(!content.contains("first.example") && !content.contains("second.example"), "{content}");
    }
    let fresh = {
        let mut fresh = Newsroom::closed("base_url = \"https://second.example\"\nauthority = \"ids.example\"\n");
        fs::remove_dir(fresh.inbox("")).unwrap();
        fs::rename(newsroom.inbox(""), fresh.inbox("")).unwrap();
        fresh.start();
        fresh.documents()
    };
    for (path, bytes) in newsroom.documents() {
        if path.ends_with("s.mp3") || path.contains("_media") || path.ends_with("style.css") {
            assert_eq!(fresh.get(&path), Some(&bytes), "{path}");
        }
    }
}

#[test]
fn a_page_whose_article_moved_names_the_feeds_that_it_is_in() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("town/one.md", story("One", "First text here."));
    let page = newsroom.pages().remove(0);
    let section = |newsroom: &Newsroom| match newsroom.find(&page) {
        Found::Document(document) => document.section(),
        other => panic!("{other:?}"),
    };
    assert_eq!(section(&newsroom).as_str(), "town");
    newsroom.rename("town/one.md", "sports/one.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.pages(), std::slice::from_ref(&page), "its address stays");
    assert!(newsroom.text(&page).contains("/sports/rss.xml") && !newsroom.text(&page).contains("/town/rss.xml"));
    assert_eq!(section(&newsroom).as_str(), "sports");
    newsroom.rename("sports/one.md", "one.md");
    newsroom.pass(GRACE);
    assert_eq!(section(&newsroom).as_str(), "", "of the whole publication");
}
