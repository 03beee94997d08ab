//! What readers get over HTTP while news comes in.

use std::fs;

use super::program::{Answer, EVENTS, Program, story, until};

fn conditional(program: &Program, path: &str, known: &Answer) -> [u16; 2] {
    let etag = format!("If-None-Match: {}\r\n", known.headers["etag"]);
    // Of what changed twice within a second the date is told once it has come.
    let date = until("a date", || {
        let known = known.headers.get("last-modified").cloned();
        known.or_else(|| program.get(path).headers.get("last-modified").cloned())
    });
    let date = format!("If-Modified-Since: {date}\r\n");
    [program.request("GET", path, &etag).status, program.request("GET", path, &date).status]
}

#[test]
fn one_sections_news_leaves_the_others_alone() {
    let mut program = Program::new(EVENTS);
    program.put("field/wheat.md", story("Wheat"));
    program.put("town/bridge.md", story("Bridge"));
    program.holds("", &["Wheat", "Bridge"]);
    program.status();
    let paths = ["field/rss.xml", "field/atom.xml", "field/feed.json", "field/"].map(|path| format!("/{path}"));
    let known: Vec<Answer> = paths.iter().map(|path| program.get(path)).collect();
    let (whole, town) = (program.get("/rss.xml"), program.get("/town/rss.xml"));
    program.put("town/school.md", story("School"));
    program.holds("town", &["Bridge", "School"]);
    program.status();
    for (path, known) in paths.iter().zip(&known) {
        assert_eq!(conditional(&program, path, known), [304, 304], "{path}");
    }
    for (path, known) in [("/rss.xml", &whole), ("/town/rss.xml", &town)] {
        assert_eq!(conditional(&program, path, known)[0], 200, "{path}");
    }
    // Touched, written again with the same words, copied within its section: no news at all.
    let whole = program.get("/rss.xml");
    program.shell(
        "touch field/wheat.md; cp field/wheat.md x; cat x > field/wheat.md; rm x; cp field/wheat.md field/copy.md",
    );
    program.put("town/last.md", story("Last"));
    program.holds("town", &["Bridge", "School", "Last"]);
    program.status();
    assert_eq!(conditional(&program, "/field/rss.xml", &known[0]), [304, 304]);
    assert_eq!(conditional(&program, "/rss.xml", &whole)[0], 200);
}

#[test]
fn what_each_address_answers() {
    let mut program = Program::new(EVENTS);
    program.put("field/wheat.md", story("Wheat"));
    program.put("field/rye.md", story("Rye"));
    program.holds("field", &["Wheat", "Rye"]);
    program.status();
    let feed: serde_json::Value = serde_json::from_str(&program.get("/field/feed.json").body).unwrap();
    let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "Rye").unwrap();
    let page = url::Url::parse(item["url"].as_str().unwrap()).unwrap().path().to_owned();
    fs::write(program.feeds("foreign.html"), "not ours").unwrap();
    for (path, status, kind) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/rss.xml", 200, "application/rss+xml; charset=utf-8"),
        ("/atom.xml?a=b", 200, "application/atom+xml; charset=utf-8"),
        ("/field/feed.json", 200, "application/feed+json; charset=utf-8"),
        ("/field/", 200, "text/html; charset=utf-8"),
        ("/opml.xml", 200, ""),
        ("/style.css", 200, "text/css; charset=utf-8"),
        (page.as_str(), 200, "text/html; charset=utf-8"),
        ("/nothing", 404, ""),
        ("/field/nothing.html", 404, ""),
        ("/foreign.html", 404, ""),
        ("/.syndicated", 404, ""),
        ("/../syndicated.toml", 404, ""),
        ("/%2e%2e/syndicated.toml", 404, ""),
    ] {
        let answer = program.get(path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        if !kind.is_empty() {
            assert_eq!(answer.headers["content-type"], kind, "{path}");
        }
        let head = program.request("HEAD", path, "");
        assert_eq!((head.status, head.body.as_str()), (status, ""), "{path}");
        assert_eq!(head.headers.get("etag"), answer.headers.get("etag"), "{path}");
        assert_eq!(head.headers.get("content-length"), answer.headers.get("content-length"), "{path}");
    }
    let answer = program.get("/field");
    assert_eq!((answer.status, answer.headers["location"].as_str()), (301, "field/"));
    let answer = program.request("POST", "/rss.xml", "Content-Length: 0\r\n");
    assert_eq!((answer.status, answer.headers["allow"].as_str()), (405, "GET, HEAD"));
    fs::remove_file(program.inbox("field/rye.md")).unwrap();
    program.holds("field", &["Wheat"]);
    program.status();
    assert_eq!(program.get(&page).status, 410);
    assert_eq!(program.request("HEAD", &page, "").status, 410);
    // The section keeps its feeds when its last article is gone.
    fs::remove_dir_all(program.inbox("field")).unwrap();
    program.holds("field", &[]);
    // Gone stays gone over a restart.
    program.stop();
    program.start();
    assert_eq!(program.get(&page).status, 410);
    assert_eq!(program.get("/field/rss.xml").status, 200);
}

#[test]
fn served_at_once_after_a_start() {
    let mut program = Program::new(EVENTS);
    program.put("field/wheat.md", story("Wheat"));
    program.holds("field", &["Wheat"]);
    program.status();
    let known = program.get("/field/rss.xml");
    program.stop();
    // Nothing to compare with, and still what was published is there, unchanged.
    fs::rename(program.inbox(""), program.dir.path().join("away")).unwrap();
    program.spawn();
    program.says("is gone");
    assert_eq!(conditional(&program, "/field/rss.xml", &known), [304, 304]);
    assert_eq!(program.get("/field/rss.xml").body, known.body);
    assert_eq!(program.get("/field/unknown.html").status, 503);
}

#[test]
fn a_section_called_like_the_path_of_base_url_is_told_and_served() {
    let mut program = Program::closed(EVENTS);
    let settings = fs::read_to_string(program.dir.path().join("syndicated.toml")).unwrap();
    let base_url = format!("http://127.0.0.1:{}", program.port);
    let settings = settings.replacen(&base_url, &format!("{base_url}/news"), 1);
    fs::write(program.dir.path().join("syndicated.toml"), settings).unwrap();
    program.put("news/one.md", story("One"));
    program.put("other/two.md", story("Two"));
    program.start();
    program.says("the section news is called like the path of base_url");
    program.holds("news/news", &["One"]);
    program.holds("news", &["One", "Two"]);
    for (path, status, location) in [("/news/news", 301, "news/"), ("/news", 301, "news/"), ("/other", 301, "other/")] {
        let answer = program.get(path);
        assert_eq!((answer.status, answer.headers["location"].as_str()), (status, location), "{path}");
    }
    program.stop();
}
