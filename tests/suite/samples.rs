//! The samples through the whole program: dropped into an inbox, published and checked by the binary, held against their
//! keys. Skipped where the samples are not at hand.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    folder.is_dir().then_some(folder)
}

/// A newsroom on disk whose commands are the program's.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        let config = "title = \"云州日报\"\nlanguage = \"zh-CN\"\ntime_zone = \"Asia/Shanghai\"\n";
        std::fs::write(office.0.path().join("syndicated.toml"), config).unwrap();
        std::fs::create_dir(office.0.path().join("inbox")).unwrap();
        office
    }

    fn put(&self, path: &str, content: &[u8]) {
        let path = self.0.path().join("inbox").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_syndicated"));
        let mut run = run;
        let output = run.current_dir(self.0.path()).args(arguments).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn check(&self, path: &str) -> Value {
        serde_json::from_str(&self.run(&["check", "--json", &format!("inbox/{path}")])).unwrap()
    }

    fn feed(&self, section: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.0.path().join("feeds").join(section).join("feed.json")).unwrap();
        let feed: Value = serde_json::from_str(&text).unwrap();
        feed["items"].as_array().unwrap().clone()
    }
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The paragraphs of a body, without markup.
fn paragraphs(html: &str) -> Vec<String> {
    let bare = |part: &str| {
        let text: String = part.split('<').map(|p| p.split_once('>').map_or(p, |(_, text)| text)).collect();
        text.replace("&quot;", "\"").replace("&amp;", "&").trim().to_owned()
    };
    html.split("</p>").map(bare).filter(|p| !p.is_empty()).collect()
}

/// One item of a page against its key.
fn assert_item(found: &Value, key: &Value) {
    let told = &found["_syndicated"];
    let name = format!("item {}", key["id"]);
    assert_eq!(told["kind"], key["kind"], "{name}");
    assert_eq!(told["lines"][0], key["lines"][0], "{name}");
    assert_eq!(texts(&told["columns"]), texts(&key["column"]), "{name}");
    assert_eq!(told["unit"], key["unit"], "{name}");
    assert_eq!(told["subhead"], key["subhead"], "{name}");
    let title = found["title"].as_str().unwrap();
    assert!(!title.is_empty(), "{name}");
    if let Some(headline) = key["headline"].as_str() {
        assert_eq!(title, headline, "{name}");
        let kickers: Vec<&str> = texts(&told["kickers"]);
        assert!(texts(&key["kicker"]).iter().all(|kicker| kickers.contains(kicker)), "{name}: {kickers:?}");
    }
    let people = |list: &Value| -> Vec<(String, String)> {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        list.as_array().unwrap().iter().map(|a| (text(&a["name"]), text(&a["role"]))).collect()
    };
    assert_eq!(people(&told["authors"]), people(&key["authors"]), "{name}");
    assert_eq!(told["dateline"], key["dateline"]["text"], "{name}");
    let body = paragraphs(found["content_html"].as_str().unwrap());
    let printed = key["paragraphs_if_5"].as_array().or(key["paragraphs"].as_array()).unwrap();
    for paragraph in printed {
        let (first, last) = (paragraph["first12"].as_str().unwrap(), paragraph["last12"].as_str().unwrap());
        assert!(body.iter().any(|p| p.starts_with(first) && p.ends_with(last)), "{name}: {first}…{last} in {body:#?}");
    }
}

#[test]
fn the_seed_page_is_nine_items() {
    let Some(samples) = samples() else { return };
    let Ok(page) = std::fs::read(samples.join("seed-page.txt")) else { return };
    let key: Value = serde_json::from_slice(&std::fs::read(samples.join("seed-page.key.json")).unwrap()).unwrap();
    let items = key["items"].as_array().unwrap();
    let office = Office::new();
    office.put("yaowen/A01.txt", &page);
    let told = office.check("yaowen/A01.txt");
    assert_eq!(told["markup"], "page");
    assert_eq!(told["rejected"], Value::Null);
    let found = told["articles"].as_array().unwrap();
    assert_eq!(found.len(), 9);
    for (found, key) in found.iter().zip(items) {
        assert_item(found, key);
        assert_eq!(found["_syndicated"]["section"], "yaowen");
    }
    assert_eq!(found[8]["_syndicated"]["captions"][0]["text"], "顾官屯镇“四好农村路”");

    office.run(&["publish"]);
    let published = office.feed("yaowen");
    let titles =
        |list: &[Value]| list.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(titles(&published), titles(found), "the feed keeps the order of the page");
    assert_eq!(titles(&office.feed("")), titles(found));
    for (item, told) in published.iter().zip(found) {
        assert_eq!(
            paragraphs(item["content_html"].as_str().unwrap()),
            paragraphs(told["content_html"].as_str().unwrap())
        );
    }
}

#[test]
fn the_seed_page_in_other_encodings() {
    let Some(samples) = samples() else { return };
    let Ok(page) = std::fs::read(samples.join("seed-page.txt")) else { return };
    let office = Office::new();
    office.put("truth.txt", &page);
    let articles = |path: &str| {
        let told = office.check(path);
        let list = told["articles"].as_array().unwrap().clone();
        let told = |a: &Value| (a["title"].clone(), a["content_html"].clone(), a["_syndicated"]["authors"].clone());
        list.iter().map(told).collect::<Vec<_>>()
    };
    let truth = articles("truth.txt");
    for name in ["seed.gb18030.txt", "seed.utf16le-bom.txt", "seed.utf8-crlf.txt"] {
        let Ok(bytes) = std::fs::read(samples.join("encodings").join(name)) else { continue };
        office.put(name, &bytes);
        assert!(articles(name) == truth, "{name}");
    }
    if let Ok(bytes) = std::fs::read(samples.join("encodings/seed.utf8-fullwidth.txt")) {
        office.put("full.txt", &bytes);
        assert_eq!(articles("full.txt").len(), 9);
    }
    for name in ["seed.utf8-truncated.txt", "seed.utf8-broken.txt"] {
        let Ok(bytes) = std::fs::read(samples.join("encodings").join(name)) else { continue };
        office.put(name, &bytes);
        let rejected = &office.check(name)["rejected"];
        let at = std::str::from_utf8(&bytes).unwrap_err().valid_up_to();
        assert_eq!(rejected["byte"], at, "{name}");
        assert!(rejected["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{name}");
    }
}

/// Why an agency's sample is no article, in a word of the reason; none where it is one.
fn no_article(path: &str, key: &Value) -> Option<&'static str> {
    let root = key["root"].as_str().unwrap_or_default();
    match (root, key["type"].as_str().or(key["items"][0]["type"].as_str()).unwrap_or_default()) {
        ("contentSet" | "contentMeta", _) => Some("fragment"),
        (_, "packageItem") => Some("package"),
        (_, "event") => Some("event"),
        _ if path.contains("not-valid") || path.contains("ap_metadata") || path.contains("renditions_example") => {
            Some("no headline and no text")
        }
        _ => None,
    }
}

#[test]
fn agency_samples_are_what_their_key_says() {
    let Some(folder) = samples().map(|samples| samples.join("iptc")) else { return };
    let Ok(key) = std::fs::read(folder.join("expected.json")) else { return };
    let key: serde_json::Map<String, Value> = serde_json::from_slice(&key).unwrap();
    let office = Office::new();
    for path in key.keys() {
        office.put(path, &std::fs::read(folder.join(path)).unwrap());
    }
    let paths: Vec<String> = key.keys().map(|path| format!("inbox/{path}")).collect();
    let mut arguments = vec!["check", "--json"];
    arguments.extend(paths.iter().map(String::as_str));
    let told = office.run(&arguments);
    let instant = |text: &Value| {
        use chrono::DateTime;
        let text = text.as_str()?;
        let parsed = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y%m%dT%H%M%S%#z"));
        let parsed = parsed.or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"));
        Some(parsed.unwrap_or_else(|_| panic!("{text}")).timestamp())
    };
    let line = |text: &Value| text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    for (line_told, (path, key)) in told.lines().zip(&key) {
        let told: Value = serde_json::from_str(line_told).unwrap();
        if let Some(word) = no_article(path, key) {
            let reason = told["rejected"]["reason"].as_str().unwrap_or_else(|| panic!("{path} is published"));
            assert!(reason.contains(word), "{path}: {reason}");
            continue;
        }
        assert_eq!(told["rejected"], Value::Null, "{path}");
        let key = key["items"].get(0).unwrap_or(key);
        let article = &told["articles"][0];
        let more = &article["_syndicated"];
        let stated = |names: &[&str]| {
            names.iter().map(|name| &key[*name]).find(|value| !value.is_null() && **value != "").cloned()
        };
        if let Some(id) = stated(&["guid"]) {
            assert!(article["id"].as_str().unwrap().ends_with(id.as_str().unwrap()), "{path}: {}", article["id"]);
        }
        if let Some(headline) = stated(&["headline", "hl1"]) {
            // By which Reuters counts its versions is no part of it.
            let headline = line(&headline);
            let headline = headline.strip_prefix("UPDATE 2-").unwrap_or(&headline);
            assert_eq!(line(&article["title"]), headline, "{path}");
        }
        if let Some(version) = stated(&["version"]) {
            assert_eq!(more["version"].to_string(), version.as_str().unwrap(), "{path}");
        }
        let status = stated(&["pubStatus", "pubstatus", "management-status"]).unwrap_or_else(|| "usable".into());
        assert_eq!(more["status"].as_str(), status.as_str().unwrap().rsplit(':').next(), "{path}");
        assert_eq!(
            instant(&more["embargo"]),
            stated(&["embargoed", "release(embargo)"]).and_then(|at| instant(&at)),
            "{path}"
        );
        if let Some(expires) = stated(&["expire"]) {
            assert_eq!(instant(&more["expires"]), instant(&expires), "{path}");
        }
        if let Some(changed) =
            stated(&["versionCreated", "versioncreated", "issue"]).filter(|_| more["status"] == "usable")
        {
            assert_eq!(instant(&article["date_modified"]), instant(&changed), "{path}");
        }
        if let Some(language) = stated(&["lang", "language"]) {
            assert_eq!(article["language"], language, "{path}");
        }
        if let Some(urgency) = stated(&["urgency"]) {
            assert_eq!(more["urgency"].to_string(), urgency.to_string().trim_matches('"'), "{path}");
        }
        if let Some(byline) = stated(&["by", "byline"]) {
            let byline = byline.as_str().unwrap().to_lowercase();
            let authors = more["authors"].as_array().unwrap();
            let named = |a: &Value| byline.contains(&a["name"].as_str().unwrap().to_lowercase());
            assert!(!authors.is_empty() && authors.iter().all(named), "{path}: {authors:?}");
        }
        if let Some(paragraphs) = key["paragraphs"].as_u64() {
            // The key counts those of abstract and note too.
            let found = article["content_html"].as_str().unwrap().matches("<p>").count() as u64;
            assert!(found + 2 >= paragraphs, "{path}: {found} of {paragraphs} paragraphs");
        }
    }
    assert_eq!(told.lines().count(), key.len());
}
