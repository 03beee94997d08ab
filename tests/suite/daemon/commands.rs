//! The commands, their words and their exit codes.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::program::{EVENTS, Program, command, stderr, stdout, story};
use crate::specimens::{mp3, png};

/// Every document under a folder, with its bytes and the time of its last writing.
fn written(folder: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let at = fs::metadata(&path).unwrap().modified().unwrap();
                found.push((path.to_string_lossy().into_owned(), fs::read(path).unwrap(), at));
            }
        }
    }
    found.sort();
    found
}

fn code(dir: &Path, arguments: &[&str]) -> Option<i32> {
    command(dir, arguments).status.code()
}

#[test]
fn wrong_usage_and_wrong_configuration() {
    let dir = TempDir::new().unwrap();
    for arguments in [
        &["frobnicate"][..],
        &["--verbose"],
        &["run", "extra"],
        &["check"],
        &["withdraw"],
        &["restore"],
        &["--config", "nowhere.toml", "config"],
        &["--config", "nowhere.toml"],
    ] {
        let output = command(dir.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
        let said = stderr(&output);
        assert_eq!(said.matches("No such file").count(), usize::from(arguments.contains(&"nowhere.toml")), "{said}");
    }
    for arguments in [&["--help"][..], &["--version"], &["help", "check"]] {
        let output = command(dir.path(), arguments);
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments:?}");
    }
    for (text, place, word) in [
        ("title = \"a\"\n[intak]\n", ":2:2", "intake"),
        ("title = \"a\"\ntitel = \"b\"\n", ":2:1", "title"),
        ("[intake]\ngrace = 5\n", ":2:9", "10s"),
        ("title = \"a\n", ":1:", "title"),
    ] {
        fs::write(dir.path().join("syndicated.toml"), text).unwrap();
        for arguments in [&["run"][..], &[], &["publish"], &["status"], &["config"], &["check", "a.md"]] {
            let output = command(dir.path(), arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let said = stderr(&output);
            assert!(said.contains(&format!("syndicated.toml{place}")), "{arguments:?}: {said}");
            assert!(place == ":1:" || said.contains(word), "{arguments:?}: {said}");
            let repeated = |line: &&str| said.matches(line.trim()).count() > 1 && line.trim().len() > 3;
            assert_eq!(said.lines().find(repeated), None, "{said}");
        }
    }
    // Nothing was made before it was known what is wanted.
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn the_configuration_printed_is_a_configuration() {
    let dir = TempDir::new().unwrap();
    let printed = stdout(&command(dir.path(), &["config"]));
    let settings = "title = \"Daily \\\"News\\\"\"\nlanguage = \"zh-CN\"\n[intake]\ngrace = \"1h30m\"\n[publish]\nwindow = \"3d\"\n[section.\"sports/football\"]\ntitle = \"足球\"\nentries = 7\n";
    fs::write(dir.path().join("syndicated.toml"), settings).unwrap();
    let first = stdout(&command(dir.path(), &["config"]));
    assert!(first != printed && first.contains("足球"), "{first}");
    fs::write(dir.path().join("again.toml"), &first).unwrap();
    assert_eq!(stdout(&command(dir.path(), &["--config", "again.toml", "config"])), first);
    assert_eq!(stdout(&command(dir.path(), &["config", "--config", "again.toml"])), first);
}

#[test]
fn publishing_once() {
    let program = Program::closed(EVENTS);
    let dir = program.dir.path();
    program.put("news/a.md", story("A"));
    program.put("b.md", story("B"));
    let output = program.command(&["publish"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("2 published in 2 sections"), "{}", stderr(&output));
    let before = written(&program.feeds(""));
    for file in ["rss.xml", "atom.xml", "feed.json", "index.html", "opml.xml", "style.css", "news/rss.xml"] {
        assert!(program.feeds(file).is_file(), "{file}");
    }
    assert_eq!(code(dir, &["publish"]), Some(0));
    assert!(written(&program.feeds("")) == before, "a second run changes no byte and writes nothing");
    // A file that is refused: told, and the rest published all the same.
    program.put("bad.md", "---\ntitle: \"open\n---\nText.\n");
    program.put("news/c.md", story("C"));
    let output = program.command(&["publish"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("bad.md"), "{}", stderr(&output));
    assert!(program.inbox("bad.md.rejected.txt").is_file());
    assert!(fs::read_to_string(program.feeds("news/rss.xml")).unwrap().contains("<title>C</title>"));
    assert_eq!(program.status().0, 1);
    fs::remove_file(program.inbox("bad.md")).unwrap();
    assert_eq!(code(dir, &["publish"]), Some(0));
    assert!(!program.inbox("bad.md.rejected.txt").exists());
    // A document that somebody changed is put right.
    fs::write(program.feeds("rss.xml"), "nonsense").unwrap();
    fs::remove_file(program.feeds("news/atom.xml")).unwrap();
    let whole = program.feeds("news/atom.xml");
    assert_eq!(code(dir, &["publish"]), Some(0));
    assert!(fs::read_to_string(program.feeds("rss.xml")).unwrap().contains("<rss"));
    assert!(whole.is_file());
    // No inbox: told, and nothing is taken back.
    fs::rename(program.inbox(""), dir.join("away")).unwrap();
    assert_eq!(code(dir, &["publish"]), Some(2));
    assert!(fs::read_to_string(program.feeds("rss.xml")).unwrap().contains("<title>C</title>"));
}

#[test]
fn one_at_a_time() {
    let mut program = Program::new(EVENTS);
    for arguments in [&["run"][..], &["publish"], &[]] {
        let output = program.command(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("another syndicated runs on"), "{}", stderr(&output));
    }
    // Nor with a record of its own on the same feeds.
    let config = fs::read_to_string(program.dir.path().join("syndicated.toml")).unwrap();
    fs::write(program.dir.path().join("other.toml"), format!("state = \"other\"\n{config}")).unwrap();
    let output = program.command(&["--config", "other.toml", "publish"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("another syndicated runs on"), "{}", stderr(&output));
    program.put("a.md", story("Still at work"));
    program.holds("", &["Still at work"]);
}

#[test]
fn an_order_that_concerns_many_sections_is_in_all_their_feeds_when_the_command_returns() {
    const SECTIONS: usize = 60;
    let program = Program::new(EVENTS);
    let files: Vec<String> = (0..SECTIONS).map(|number| format!("inbox/s{number}/story.md")).collect();
    for (number, file) in files.iter().enumerate() {
        program.put(file.trim_start_matches("inbox/"), story(&format!("Regretted {number}")));
    }
    program.status_is("published", SECTIONS);
    for order in ["withdraw", "restore"] {
        let arguments: Vec<&str> = std::iter::once(order).chain(files.iter().map(String::as_str)).collect();
        let output = program.command(&arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        for number in (0..SECTIONS).rev() {
            for document in ["index.html", "feed.json", "atom.xml", "rss.xml"] {
                let text = fs::read_to_string(program.feeds(&format!("s{number}/{document}"))).unwrap();
                assert_eq!(text.contains("Regretted"), order == "restore", "{order}: s{number}/{document}");
            }
        }
    }
}

#[test]
fn taking_back_and_giving_again() {
    let mut program = Program::new(EVENTS);
    program.put("news/a.md", story("Agreed"));
    program.put("news/b.md", story("Regretted"));
    program.holds("news", &["Agreed", "Regretted"]);
    program.holds("", &["Agreed", "Regretted"]);
    // A command is answered when everything before it is printed, in all formats.
    program.status();
    let feed: Value = serde_json::from_str(&program.get("/feed.json").body).unwrap();
    let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "Regretted").unwrap();
    let id = item["id"].as_str().unwrap().to_owned();
    let page = url::Url::parse(item["url"].as_str().unwrap()).unwrap().path().to_owned();
    let absolute = program.inbox("news/b.md").to_string_lossy().into_owned();
    for is_running in [true, false] {
        if !is_running {
            program.stop();
        }
        for target in
            [id.as_str(), "inbox/news/b.md", "./inbox/news/b.md", absolute.as_str(), "inbox/news/../news/b.md"]
        {
            let feed = program.feeds("news/rss.xml");
            let output = program.command(&["withdraw", target]);
            assert_eq!(output.status.code(), Some(0), "{target}: {output:?}");
            assert!(stdout(&output).contains("withdrawn: Regretted"), "{}", stdout(&output));
            // True as soon as the command returns, on the disk and over HTTP.
            assert!(!fs::read_to_string(&feed).unwrap().contains("Regretted"), "{target}");
            assert!(!program.feeds(page.trim_start_matches('/')).exists());
            if is_running {
                assert_eq!(program.get(&page).status, 410);
            }
            let output = program.command(&["withdraw", target]);
            assert!(output.status.success() && stdout(&output).contains("already"), "{}", stdout(&output));
            assert_eq!(program.status().1["withdrawn"], 1);
            let output = program.command(&["restore", target]);
            assert_eq!(output.status.code(), Some(0), "{target}: {output:?}");
            assert!(fs::read_to_string(&feed).unwrap().contains("Regretted"), "{target}");
            if is_running {
                assert_eq!(program.get(&page).status, 200);
            }
        }
        let output = program.command(&["withdraw", "inbox/news/none.md", id.as_str()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stdout(&output).contains("none.md is neither"), "{}", stdout(&output));
        assert_eq!(code(program.dir.path(), &["restore", id.as_str()]), Some(0));
        let (exit, status) = program.status();
        assert_eq!((exit, &status["running"], &status["published"]), (0, &is_running.into(), &2.into()));
    }
    // From another folder, of a file that is gone.
    program.start();
    fs::remove_file(program.inbox("news/b.md")).unwrap();
    program.holds("news", &["Agreed"]);
    let config = program.dir.path().join("syndicated.toml");
    let elsewhere = TempDir::new().unwrap();
    let config = config.to_str().unwrap();
    let output = command(elsewhere.path(), &["--config", config, "withdraw", &id]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    program.put("news/b.md", story("Regretted"));
    program.put("news/c.md", story("Later"));
    program.holds("news", &["Agreed", "Later"]);
    // An id need not look like one of ours.
    program.put("news/d.md", b"---\ntitle: Named\nid: urn:x-town:7\n---\n\nText.\n");
    program.holds("news", &["Agreed", "Later", "Named"]);
    let output = program.command(&["withdraw", "urn:x-town:7"]);
    assert!(stdout(&output).contains("withdrawn: Named"), "{output:?}");
}

#[test]
fn a_persons_status() {
    let mut program = Program::new(EVENTS);
    program.put("good.md", story("Good"));
    program.put("bad.md", "---\ntitle: \"open\n---\nText.\n");
    program.put("later.md", "---\ntitle: Later\ndate: 2999-01-01T00:00:00Z\n---\n\nText.\n");
    program.status_is("refused", 1);
    program.status_is("scheduled", 1);
    program.status_is("published", 1);
    let output = program.command(&["status"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    for words in
        ["1 published in 1 section", "refused    bad.md: line 2", "scheduled  Later for 2999-01-01T00:00:00Z", "Good"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let said = program.said().to_owned();
    for words in ["published  Good", "refused    bad.md: line 2, column", "scheduled  Later"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let status = program.status().1;
    assert_eq!(status["refusals"][0]["file"], "bad.md");
    assert_eq!(status["refusals"][0]["line"], 2);
    assert_eq!(status["schedule"][0]["embargo"], "2999-01-01T00:00:00Z");
    // A name forges no line.
    program.put("x\nWARN stolen.md", "---\ntitle: \"open\n---\n");
    program.status_is("refused", 2);
    program.says("stolen");
    for text in [stdout(&program.command(&["status"])), program.said().to_owned()] {
        assert!(text.contains("x\u{fffd}WARN stolen.md") && !text.contains("\nWARN"), "{text}");
    }
    fs::remove_file(program.inbox("x\nWARN stolen.md")).unwrap();
    fs::remove_file(program.inbox("bad.md")).unwrap();
    program.status_is("refused", 0);
    assert_eq!(program.status().0, 0);
    program.says("no longer refused");
}

#[test]
fn checking() {
    let dir = TempDir::new().unwrap();
    let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    put(
        "good.md",
        "---\ntitle: Harvest\ndate: 2026-07-01T08:00:00+08:00\nembargo: 2020-01-01\nauthor: Li Na\ntags: [farm]\n---\n\nWheat is in.\n",
    );
    put("bad.md", "---\ntitle: Harvest\ntags: [open\n---\n\nText.\n");
    put("date.md", "---\ntitle: Harvest\ndate: yesterday\n---\n\nText.\n");
    put("notes.xyz", "?");
    put("empty.md", "");
    fs::create_dir(dir.path().join("city")).unwrap();
    assert!(stdout(&command(dir.path(), &["check", "city"])).contains("it is a folder"));
    let output = command(dir.path(), &["check", "good.md"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for words in ["good.md: markdown, 1 article", "1. Harvest", "Li Na", "2026-07-01T00:00:00", "2020-01-01T00:00:00"] {
        assert!(stdout(&output).contains(words), "{words}: {}", stdout(&output));
    }
    let output = command(dir.path(), &["check", "date.md", "good.md"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("--> date.md:3:7\n") && text.contains("3 | date: yesterday\n"), "{text}");
    assert!(text.contains("  |       ^\n") && text.contains("1. Harvest"), "{text}");
    let files = ["good.md", "bad.md", "date.md", "notes.xyz", "empty.md", "missing.md", "good.md.rejected.txt"];
    let output = command(dir.path(), &[&["check", "--json"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    let found: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), files.len(), "one object a line");
    for (object, file) in found.iter().zip(files) {
        assert_eq!(object["file"], file);
        let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["file", "markup", "rejected", "articles", "furniture", "doubts"]);
        assert_eq!(object["rejected"].is_null(), file == "good.md", "{object}");
        for key in ["line", "column", "reason", "hint"] {
            assert!(file == "good.md" || object["rejected"].get(key).is_some(), "{object}");
        }
    }
    assert_eq!((&found[0]["markup"], &found[1]["markup"]), (&"markdown".into(), &"markdown".into()));
    assert_eq!(found[2]["rejected"]["line"], 3);
    let item = &found[0]["articles"][0];
    assert_eq!((&item["title"], &item["date_published"]), (&"Harvest".into(), &"2026-07-01T00:00:00Z".into()));
    assert_eq!(item["tags"][0], "farm");
    for key in [
        "columns", "kickers", "subhead", "authors", "unit", "dateline", "kind", "captions", "status", "embargo",
        "expires", "version", "section",
    ] {
        assert!(item["_syndicated"].get(key).is_some(), "{key}: {item}");
    }
    assert_eq!(item["_syndicated"]["kind"], "article");
    // Nothing is published, nothing is made.
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 6);
}

#[test]
fn checking_in_folders_that_say_something() {
    let program = Program::closed("[section.city]\n");
    program.put("_section.toml", b"[defaults]\nsource = \"The Agency\"\n");
    program.put(
        "city/_section.toml",
        b"encoding = \"iso-8859-2\"\n[defaults]\nauthor = \"Li Na\"\ntags = [\"river\"]\nlanguage = \"pl\"\n",
    );
    program.put("city/_index.md", b"---\ncascade:\n  author: Nobody\n---\n");
    program.put("city/below/story.txt", b"Most gotowy\n\nNowy most jest ju\xbf gotowy.\n");
    let check = |file: &str| {
        let output = program.command(&["check", "--json", &program.inbox(file).to_string_lossy()]);
        serde_json::from_str::<Value>(&stdout(&output)).unwrap()
    };
    let object = check("city/below/story.txt");
    let item = &object["articles"][0];
    assert_eq!((&item["language"], &item["authors"][0]["name"]), (&"pl".into(), &"Li Na".into()), "{object}");
    assert_eq!((&item["tags"][0], &item["_syndicated"]["source"]), (&"river".into(), &"The Agency".into()), "{object}");
    assert!(item["content_html"].as_str().unwrap().contains("jest już gotowy"), "{object}");
    // One that is refused counts as little as with the daemon, and that is said.
    program.put("city/_section.toml", b"authr = 1\n");
    let object = check("city/below/story.txt");
    assert_eq!(object["articles"][0]["authors"][0]["name"], "Nobody", "{object}");
    assert!(object["doubts"][0].as_str().unwrap().contains("city/_section.toml is refused"), "{object}");
    program.put("_section.toml", b"title = \"All\"\n");
    assert!(check("_section.toml")["rejected"]["reason"].as_str().unwrap().contains("whole publication"));
}

#[test]
fn checking_points_at_the_place_and_tells_what_the_daemon_would_do() {
    let program = Program::closed("");
    let put = |name: &str, text: &str| program.put(name, text.as_bytes());
    let check = |file: &str| {
        let text = stdout(&program.command(&["check", &format!("inbox/{file}")]));
        let object = stdout(&program.command(&["check", "--json", &format!("inbox/{file}")]));
        (text, serde_json::from_str::<Value>(&object).unwrap())
    };
    // Of a long line the part around the place; Han characters are two columns wide.
    put("long.xml", &format!("<nitf><body>{}</wrong></nitf>", "a".repeat(200)));
    put("han.xml", "<nitf>要闻要闻</wrong></nitf>");
    for (file, before) in [("long.xml", 49), ("han.xml", 6 + 4 * 2)] {
        let (text, _) = check(file);
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.starts_with("1 | ")).unwrap();
        assert!(lines[at].ends_with("</wrong></nitf>"), "{text}");
        assert_eq!(lines[at + 1], format!("  | {}^", " ".repeat(before)), "{text}");
    }
    // A page in a section is of that, whatever it calls itself; of short items the whole is shown.
    let page = "2026年7月2日 星期四   A01版 要闻\n\n新桥通车\n\n　　本报讯（记者 白文斌）新桥昨天通车。\n\n\
                夜市开张\n\n　　本报讯（记者 姬翔）夜市昨天开张。\n";
    for (file, section) in [("A01.txt", "要闻"), ("city/A01.txt", "city")] {
        put(file, page);
        let (text, object) = check(file);
        assert_eq!(object["articles"][1]["_syndicated"]["section"], section, "{object}");
        assert!(text.contains("夜市昨天开张。\n") && text.contains("  begins ") && !text.contains("  ends "), "{text}");
    }
    put("_drafts/one.md", &story("One"));
    assert!(check("_drafts/one.md").0.contains("never read"));
    // No article is changed before it is published.
    put("new.md", "---\ntitle: New\ndate: 2026-07-02\nupdated: 2026-07-01\n---\n\nText.\n");
    let (_, new) = check("new.md");
    assert_eq!(new["articles"][0]["date_modified"], new["articles"][0]["date_published"], "{new}");
    // An agency's item is no sidecar of the story whose name it has.
    put("ferry.txt", "The last crossing\n\nHalf of the town stood on the quay this morning.\n");
    put(
        "ferry.json",
        "{\"uri\": \"urn:x:1\", \"type\": \"text\", \"headline\": \"Wire\", \"body_text\": \"From an agency.\"}",
    );
    let (_, ferry) = check("ferry.txt");
    assert_eq!(
        (&ferry["articles"][0]["title"], &ferry["doubts"]),
        (&"The last crossing".into(), &Value::Array(vec![])),
        "{ferry}"
    );
}

#[test]
fn foreign_feeds_are_refused() {
    let program = Program::closed("");
    fs::create_dir(program.feeds("")).unwrap();
    fs::write(program.feeds("index.html"), "<h1>My old site</h1>").unwrap();
    for arguments in [&["run"][..], &["publish"]] {
        let output = program.command(arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains("index.html"), "{}", stderr(&output));
    }
    assert_eq!(fs::read_dir(program.feeds("")).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(program.feeds("index.html")).unwrap(), "<h1>My old site</h1>");
}

#[test]
fn checking_what_goes_with_an_article() {
    let dir = TempDir::new().unwrap();
    let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    put("ferry.txt", "The old ferry went to the breakers this morning.\n\nHalf of the town stood on the quay.\n");
    put("ferry.yaml", "title: The last crossing\nauthor: Ann Smith\n");
    fs::write(dir.path().join("ferry-2.png"), png(6, 4, "")).unwrap();
    put("ferry-2.png.txt", "On the quay.");
    fs::write(dir.path().join("ferry.mp3"), mp3(41_700)).unwrap();
    put("alone.yml", "title: Nobody\n");
    put("broken.toml", "title = \"Nobody\n");
    let check = |file: &str| {
        let output = command(dir.path(), &["check", "--json", file]);
        let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
        (output.status.code(), object)
    };
    let (code, ferry) = check("ferry.txt");
    assert_eq!(code, Some(0));
    assert_eq!(ferry["articles"][0]["title"], "The last crossing");
    assert_eq!(ferry["articles"][0]["authors"][0]["name"], "Ann Smith");
    assert!(ferry["articles"][0]["content_html"].as_str().unwrap().contains("alt=\"On the quay.\""), "{ferry}");
    for (file, markup, code, doubts) in [
        ("ferry.yaml", "sidecar", 0, 0),
        ("ferry-2.png.txt", "caption", 0, 0),
        ("ferry.mp3", "sound", 0, 0),
        ("alone.yml", "sidecar", 0, 1),
        ("broken.toml", "sidecar", 1, 0),
    ] {
        let (found, object) = check(file);
        assert_eq!((found, &object["markup"]), (Some(code), &markup.into()), "{object}");
        assert_eq!(object["articles"].as_array().unwrap().len(), 0, "{object}");
        assert_eq!(object["doubts"].as_array().unwrap().len(), doubts, "{object}");
    }
    assert_eq!(check("broken.toml").1["rejected"]["line"], 1);
    let told = command(dir.path(), &["check", "ferry.yaml", "broken.toml"]);
    assert!(stdout(&told).contains("ferry.yaml: sidecar of ferry.txt\n"), "{}", stdout(&told));
    put("ferry.yaml", "title: 'unclosed\n");
    let (code, ferry) = check("ferry.txt");
    assert_eq!(code, Some(0));
    assert!(ferry["doubts"][0].as_str().unwrap().contains("ferry.yaml"), "{ferry}");
}

#[test]
fn a_log_on_a_full_disk_stops_nothing() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("inbox")).unwrap();
    fs::write(folder.path().join("inbox/one.md"), story("One")).unwrap();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_syndicated"));
        command.current_dir(folder.path()).args(arguments).stdin(std::process::Stdio::null());
        command.stdout(std::process::Stdio::null()).stderr(full()).status().unwrap().code()
    };
    assert_eq!(run(&["publish"]), Some(0));
    assert!(folder.path().join("feeds/rss.xml").exists());
    assert_eq!(run(&["withdraw", "nobody"]), Some(1));
    assert_eq!(run(&["--config", "missing.toml", "publish"]), Some(2));
}

#[test]
fn a_log_is_as_long_as_it_was_asked_for() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("inbox")).unwrap();
    // What a parser says to itself of this is nobody's business: it names no file.
    fs::write(folder.path().join("inbox/one.html"), "<h1>One</h1><table><p>A cell that is none.</table>").unwrap();
    let publish = |level: Option<&str>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_syndicated"));
        command.current_dir(folder.path()).arg("publish").env_remove("RUST_LOG");
        command.envs(level.map(|level| ("RUST_LOG", level)));
        stderr(&command.output().unwrap())
    };
    let first = publish(None);
    assert!(first.contains("published  One") && !first.contains("WARN"), "{first}");
    assert!(publish(Some("")).contains("up to date"), "said to nothing, it is as if nobody had said anything");
    let wrong = publish(Some("syndicated=loud"));
    assert!(wrong.contains("RUST_LOG") && wrong.contains("syndicated=loud") && wrong.contains("up to date"), "{wrong}");
    assert!(!publish(Some("error")).contains("up to date"));
}

#[test]
fn checking_a_name_that_writes_to_the_terminal() {
    let folder = TempDir::new().unwrap();
    let name = "a\u{1B}[31m\n\u{202E}b.md";
    for text in [
        "---\ntitle: [\n---\nText.\n",
        "# A\n\n![](\u{1B}nowhere&#27;[32m.png)\n\nText.\n",
        "",
        "# A\n\n![](x&#27;[32m.png)\n",
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let told = stdout(&command(folder.path(), &["check", name]));
        assert!(told.contains("a\u{FFFD}[31m\u{FFFD}\u{FFFD}b.md"), "{told:?}");
        assert!(!told.contains(['\u{1B}', '\u{202E}']), "{told:?}");
    }
}

#[test]
fn a_folder_that_is_none_or_not_to_be_written_is_told_with_its_remedy() {
    for name in ["inbox", "feeds", ".syndicated"] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(name), "").unwrap();
        fs::write(folder.path().join("syndicated.toml"), "[server]\nlisten = []\n").unwrap();
        let output = command(folder.path(), &["run"]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(&format!("/{name}")) && told.contains("must be a folder"), "{told}");
    }
    let at = |kind: std::io::ErrorKind| syndicated::daemon::DaemonError::Folder {
        path: "/srv/feeds".into(),
        source: kind.into(),
    };
    let told = at(std::io::ErrorKind::PermissionDenied).to_string();
    assert!(told.starts_with("/srv/feeds: permission denied; let the user"), "{told}");
    assert!(at(std::io::ErrorKind::ReadOnlyFilesystem).to_string().contains("mounted read-only"));
    assert_eq!(at(std::io::ErrorKind::Other).to_string(), "/srv/feeds: other error");
}
