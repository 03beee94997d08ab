//! Starts, stops and failures: signals, kills, reloads, folders and disks that refuse.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use rustix::process::Signal;

use super::program::{EVENTS, POLL, Program, stderr, story, until};

#[test]
fn the_first_start_makes_the_inbox() {
    let mut program = Program::closed(EVENTS);
    fs::remove_dir(program.inbox("")).unwrap();
    // Asking changes nothing in that.
    program.status();
    assert_eq!(program.command(&["publish"]).status.code(), Some(2));
    program.start();
    program.says("made the inbox");
    program.put("a.md", story("First"));
    program.holds("", &["First"]);
    // Later a missing one is waited for.
    program.stop();
    fs::rename(program.inbox(""), program.dir.path().join("away")).unwrap();
    program.spawn();
    program.says("is gone");
    program.holds("", &["First"]);
    // What is not published now may yet be found.
    let answer = program.get("/nothing.html");
    assert_eq!((answer.status, answer.headers.contains_key("retry-after")), (503, true));
    assert!(!program.inbox("").exists());
    fs::rename(program.dir.path().join("away"), program.inbox("")).unwrap();
    until("the inbox", || (program.get("/nothing.html").status == 404).then_some(()));
    program.holds("", &["First"]);
    assert!(!program.said().contains("withdrawn"), "{}", program.said());
}

#[test]
fn a_stop_is_orderly_and_quick() {
    let mut program = Program::new(EVENTS);
    // More than sockets hold, so that it is still under way at the stop.
    let body = vec![b'x'; 24 << 20];
    program.put("report.pdf", &body);
    program.put("a.md", "---\ntitle: First\n---\n\n[The report](report.pdf)\n");
    program.holds("", &["First"]);
    let feed = program.get("/rss.xml").body;
    let from = feed.find("/_media/").unwrap();
    let path = &feed[from..from + feed[from..].find('"').unwrap()];
    let ask = |request: String| {
        let mut stream = TcpStream::connect(("127.0.0.1", program.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.read_exact(&mut [0]).unwrap();
        stream
    };
    let _idle = ask("HEAD /rss.xml HTTP/1.1\r\nHost: a\r\n\r\n".to_owned());
    let mut slow = ask(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
    program.signal(Signal::TERM);
    until("the closed listener", || TcpStream::connect(("127.0.0.1", program.port)).is_err().then_some(()));
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"TTP/1.1 200") && answer.ends_with(&body), "{} bytes", answer.len());
    assert_eq!(program.ended().code(), Some(0));
    program.says("stopped");
    assert!(!program.dir.path().join(".syndicated/control.sock").exists());
    program.start();
    program.signal(Signal::INT);
    assert_eq!(program.ended().code(), Some(0));
}

#[test]
fn killed_at_any_time_nothing_comes_twice() {
    let mut program = Program::new(EVENTS);
    for n in 0..5 {
        program.put(&format!("news/{n}.md"), story(&format!("Story {n}")));
    }
    let titles: Vec<String> = (0..9).map(|n| format!("Story {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    program.holds("news", &titles[..5]);
    let ids = program.ids();
    let before = program.get("/news/atom.xml");
    program.kill();
    // While nobody watches: one more, one changed, one renamed.
    program.put("news/5.md", story("Story 5"));
    fs::rename(program.inbox("news/0.md"), program.inbox("news/zero.md")).unwrap();
    program.start();
    program.holds("news", &titles[..6]);
    let again = program.ids();
    assert!(again.len() == 6 && ids.iter().all(|id| again.contains(id)), "{ids:?} {again:?}");
    assert_ne!(program.get("/news/atom.xml").headers["etag"], before.headers["etag"]);
    // Killed with files half taken in, again and again.
    for n in 6..9 {
        program.put(&format!("news/{n}.md"), story(&format!("Story {n}")));
        program.kill();
        program.spawn();
    }
    program.holds("news", &titles);
    program.status();
    let etag = program.get("/news/rss.xml").headers["etag"].clone();
    program.kill();
    program.start();
    assert_eq!(program.get("/news/rss.xml").headers["etag"], etag);
    assert!(!program.said().contains("published"), "{}", program.said());
    program.stop();
    program.start();
    assert_eq!(program.get("/news/rss.xml").headers["etag"], etag);
}

#[test]
fn reading_the_configuration_again() {
    let mut program = Program::new(EVENTS);
    program.put("news/a.md", story("First"));
    program.holds("news", &["First"]);
    let updated = |program: &Program| {
        let feed = program.get("/news/atom.xml").body;
        feed_rs::parser::parse(feed.as_bytes()).unwrap().updated.unwrap()
    };
    let before = updated(&program);
    program
        .configure("title = \"The Daily\"\n", &format!("{EVENTS}[section.news]\ntitle = \"Latest\"\n[section.new]\n"));
    program.signal(Signal::HUP);
    until("the title", || program.get("/rss.xml").body.contains("<title>The Daily</title>").then_some(()));
    until("the section's", || program.get("/news/").body.contains("Latest").then_some(()));
    until("a section without articles", || (program.get("/new/rss.xml").status == 200).then_some(()));
    until("the page", || {
        let feed: serde_json::Value = serde_json::from_str(&program.get("/feed.json").body).unwrap();
        let page = url::Url::parse(feed["items"][0]["url"].as_str().unwrap()).unwrap();
        program.get(page.path()).body.contains("The Daily").then_some(())
    });
    assert_eq!(updated(&program), before, "a configuration is no news");
    // A broken one is told with its place, and the former stays.
    program.configure("titel = \"Oops\"\n", EVENTS);
    program.signal(Signal::HUP);
    program.says("syndicated.toml:2:1");
    program.says("stays in force");
    program.put("news/b.md", story("Second"));
    program.holds("news", &["First", "Second"]);
    assert!(program.get("/rss.xml").body.contains("<title>The Daily</title>"));
    // So does one that is gone: the defaults are not what was meant.
    fs::remove_file(program.dir.path().join("syndicated.toml")).unwrap();
    program.signal(Signal::HUP);
    program.says("syndicated.toml cannot be read");
    assert!(program.get("/rss.xml").body.contains("<title>The Daily</title>"));
    // What cannot change is told, the rest is in force.
    program.configure("title = \"The Weekly\"\ninbox = \"elsewhere\"\nauthority = \"other.example\"\n", EVENTS);
    program.signal(Signal::HUP);
    program.says("inbox, authority cannot change");
    // It is said again for as long as it is so.
    program.signal(Signal::HUP);
    until("it is said again", || (program.said().matches("authority cannot change").count() == 2).then_some(()));
    until("the title", || program.get("/rss.xml").body.contains("<title>The Weekly</title>").then_some(()));
    program.put("news/c.md", story("Third"));
    program.holds("news", &["First", "Second", "Third"]);
}

#[test]
fn looking_instead_of_listening_and_back() {
    let mut program = Program::new(EVENTS);
    let mut titles = Vec::new();
    for (title, settings) in [("First", POLL), ("Second", EVENTS), ("Third", POLL)] {
        program.configure(&format!("title = \"After {title}\"\n"), settings);
        program.signal(Signal::HUP);
        until("the reload", || program.get("/rss.xml").body.contains(&format!("After {title}")).then_some(()));
        program.put(&format!("{title}.md"), story(title));
        titles.push(title);
        program.holds("", &titles);
    }
}

#[test]
fn a_port_in_use() {
    let first = Program::new(EVENTS);
    let other = Program::closed("");
    let text = format!("[server]\nlisten = [\"127.0.0.1:{}\"]\n", first.port);
    fs::write(other.dir.path().join("syndicated.toml"), text).unwrap();
    let output = other.command(&["run"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains(&format!("cannot listen on 127.0.0.1:{}", first.port)) && said.contains("in use"), "{said}");
}

#[test]
fn a_feeds_folder_that_refuses() {
    let mut program = Program::new(EVENTS);
    program.put("news/a.md", story("First"));
    program.holds("news", &["First"]);
    // A folder stands where a document should: the disk's way to say no even to root.
    let feed = program.feeds("news/rss.xml");
    fs::remove_file(&feed).unwrap();
    fs::create_dir_all(feed.join("in/the/way")).unwrap();
    program.put("news/b.md", story("Second"));
    program.says("cannot be written");
    // Serving goes on, and so does every other section.
    assert_eq!(program.get("/rss.xml").status, 200);
    program.put("other/c.md", story("Third"));
    program.holds("other", &["Third"]);
    fs::remove_dir_all(&feed).unwrap();
    program.holds("news", &["First", "Second"]);
    program.says("can be written again");
    assert_eq!(program.said().matches("cannot be written").count(), 1, "{}", program.said());
    until("the feed", || fs::read_to_string(&feed).is_ok_and(|text| text.contains("Second")).then_some(()));
    program.stop();
    // A single run does not wait for ever.
    fs::remove_file(&feed).unwrap();
    fs::create_dir_all(feed.join("in/the/way")).unwrap();
    program.put("news/d.md", story("Fourth"));
    let output = program.command(&["publish"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot be written"), "{}", stderr(&output));
    fs::remove_dir_all(&feed).unwrap();
    assert_eq!(program.command(&["publish"]).status.code(), Some(0));
    assert!(fs::read_to_string(&feed).unwrap().contains("Fourth"));
}

#[test]
fn an_import_tells_how_far_it_is() {
    let mut program = Program::closed(EVENTS);
    for n in 0..3000 {
        program.put(&format!("s{}/{n}.md", n % 7), story(&format!("Story {n}")));
    }
    program.start();
    program.status_is("published", 3000);
    program.says("3000 since the start");
    let lines = program.said().lines().count();
    assert!(lines < 60, "{lines} lines: {}", program.said());
}

#[test]
fn hours_that_come_without_an_event() {
    let mut program = Program::new(EVENTS);
    let at = |seconds: i64| (chrono::Utc::now() + chrono::TimeDelta::seconds(seconds)).to_rfc3339();
    program.put("soon.md", format!("---\ntitle: Soon\ndate: {}\n---\n\nText.\n", at(2)));
    program.put("ends.md", format!("---\ntitle: Ends\nexpires: {}\n---\n\nText of another kind.\n", at(3)));
    program.put("over.md", "---\ntitle: Over\nexpires: 2001-01-01T00:00:00Z\n---\n\nLong ago, and over.\n");
    program.says("scheduled  Soon");
    program.holds("", &["Soon"]);
    assert!(program.said().contains("published  Ends"), "{}", program.said());
    assert!(!program.said().contains("published  Over"), "{}", program.said());
}
