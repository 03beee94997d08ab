//! What those who look after the daemon are told: its own listener, its counts, and the access log.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use rustix::process::Signal;

use super::program::{EVENTS, Program, until};

/// A program with an admin listener and an access log; gives the listener's port.
fn watched(log: &str) -> (Program, u16) {
    let mut program = Program::closed(&format!("{EVENTS}[server.log]\nformat = \"{log}\"\nfile = \"access.log\"\n"));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let file = program.dir.path().join("syndicated.toml");
    let text = fs::read_to_string(&file).unwrap() + &format!("admin = [\"127.0.0.1:{port}\"]\n");
    fs::write(file, text).unwrap();
    program.start();
    (program, port)
}

/// The answer to a request as it is written.
fn raw(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

fn ask(port: u16, path: &str) -> String {
    raw(port, &format!("GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_listener_of_their_own() {
    let (mut program, admin) = watched("off");
    program.put("news/a.md", "---\ntitle: First\n---\nWhat there is to say.\n");
    program.put("news/bad.md", "---\ntitle: \"unclosed\n---\nText.\n");
    program.holds("news", &["First"]);
    until("the refusal", || ask(admin, "/status").contains("bad.md").then_some(()));
    let page = ask(admin, "/status");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("First") && page.contains("content-security-policy"),
        "{page}"
    );
    assert!(ask(admin, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(ask(admin, "/readyz").starts_with("HTTP/1.1 200"));
    let counts = ask(admin, "/metrics");
    assert!(counts.contains("openmetrics-text"), "{counts}");
    for line in [
        "syndicated_changes_total{change=\"published\"} 1\n",
        "syndicated_refusals_total 1\n",
        "syndicated_queue 0\n",
        "syndicated_intake_seconds_count ",
        "syndicated_comparison_seconds_count ",
        "syndicated_requests_total{status=\"304\"} 0\n",
        "# EOF",
    ] {
        assert!(counts.contains(line), "no {line:?} in {counts}");
    }
    let asked = |status: &str| {
        let counts = ask(admin, "/metrics");
        let line = counts
            .lines()
            .find_map(|line| line.strip_prefix(&format!("syndicated_requests_total{{status=\"{status}\"}} ")));
        line.unwrap_or("0").parse::<u64>().unwrap()
    };
    let (before, unknown) = (asked("200"), asked("404"));
    assert_eq!(program.get("/news/rss.xml").status, 200);
    assert_eq!(program.get("/no-such-page.html").status, 404);
    until("the counts", || (asked("200") == before + 1 && asked("404") == unknown + 1).then_some(()));
    // Nothing of it is for readers, and nothing of theirs is there.
    assert_eq!(program.get("/metrics").status, 404);
    assert!(ask(admin, "/rss.xml").starts_with("HTTP/1.1 404"));
    assert!(
        raw(admin, "POST /status HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .starts_with("HTTP/1.1 405")
    );
    program.stop();
}

/// A page of a stranger whose name has come to mean this machine (DNS rebinding) is told nothing.
#[test]
fn names_that_a_stranger_may_have_are_told_nothing() {
    let (mut program, admin) = watched("off");
    let asked = |hosts: &str| raw(admin, &format!("GET /status HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"));
    for hosts in [
        "",
        "Host:\r\n",
        "Host: 127.0.0.1:9090\r\n",
        "Host: 192.0.2.7\r\n",
        "Host: [::1]:9090\r\n",
        "Host: localhost:9090\r\n",
        "Host: LOCALHOST.\r\n",
        "Host: feeds.localhost:9090\r\n",
        "Host: syndicated:9090\r\n",
    ] {
        let answer = asked(hosts);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{hosts:?}: {answer}");
    }
    for hosts in [
        "Host: stranger.example:9090\r\n",
        "Host: stranger.example.:9090\r\n",
        "Host: 127.0.0.1.stranger.example\r\n",
        "Host: localhost.stranger.example\r\n",
        "Host: notlocalhost.example\r\n",
        "Host: localhost\r\nHost: stranger.example\r\n",
        "Host: stranger .example\r\n",
    ] {
        let answer = asked(hosts);
        assert!(answer.starts_with("HTTP/1.1 421 "), "{hosts:?}: {answer}");
        assert!(answer.contains("as localhost"), "{answer}");
    }
    program.stop();
}

#[test]
fn a_line_for_each_request_with_nothing_of_a_reader_unescaped() {
    let (mut program, _) = watched("combined");
    let log = program.dir.path().join("access.log");
    let lines = |want: &str| until(want, || fs::read_to_string(&log).ok().filter(|text| text.contains(want)));
    let port = program.port;
    raw(
        port,
        "GET /rss.xml?a=%0Ab HTTP/1.1\r\nHost: h\r\nConnection: close\r\nReferer: http://x.example/\"q\"\r\nUser-Agent: sly\\\" 200 \"\té\r\n\r\n",
    );
    let text = lines("a=%0Ab");
    let line = text.lines().find(|line| line.contains("a=%0Ab")).unwrap();
    assert!(line.starts_with("127.0.0.1 - - ["), "{line}");
    assert!(line.contains("] \"GET /rss.xml?a=%0Ab HTTP/1.1\" 200 "), "{line}");
    assert!(line.contains("\"http://x.example/\\x22q\\x22\""), "{line}");
    assert!(line.ends_with("\"sly\\x5C\\x22 200 \\x22\\x09\\xC3\\xA9\""), "{line}");
    assert!(line.is_ascii() && line.matches('"').count() == 6, "{line}");
    // What is no request, and what is too long a one, is answered before anybody looks at it; both are in the log.
    assert!(raw(port, "no request\r\n\r\n").starts_with("HTTP/1.1 400 "));
    assert!(lines("400").contains("] \"-\" 400 - \"-\" \"-\"\n"));
    let long = format!("GET /rss.xml HTTP/1.1\r\nHost: h\r\nX: {}\r\n\r\n", "x".repeat(17_000));
    assert!(raw(port, &long).starts_with("HTTP/1.1 431 "));
    assert!(lines("431").contains("] \"-\" 431 - "));
    // However much a reader says of itself, a line stays a line.
    let words = "\"".repeat(3000);
    raw(
        port,
        &format!(
            "GET /?long HTTP/1.1\r\nHost: h\r\nConnection: close\r\nReferer: {words}\r\nUser-Agent: {words}\r\n\r\n"
        ),
    );
    let text = lines("?long");
    let line = text.lines().find(|line| line.contains("?long")).unwrap();
    assert!(line.len() < 2000 && line.ends_with(r#"\x22\x22""#), "{line}");
    // Moved away, it is opened anew.
    let former = program.dir.path().join("access.log.1");
    fs::rename(&log, &former).unwrap();
    program.signal(Signal::HUP);
    until("another file", || log.exists().then_some(()));
    raw(port, "HEAD /atom.xml HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assert!(lines("/atom.xml").contains("\"HEAD /atom.xml HTTP/1.1\" 200 - \"-\" \"-\"\n"));
    program.stop();
}

#[test]
fn lines_for_programs() {
    let (mut program, _) = watched("json");
    raw(
        program.port,
        "GET /feed.json HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.9\r\nUser-Agent: a\"b\u{9B}31m\u{202E}😀\r\n\r\n",
    );
    let log = program.dir.path().join("access.log");
    let line = until("the line", || {
        let text = fs::read_to_string(&log).ok()?;
        text.lines().find(|line| line.contains("/feed.json")).map(str::to_owned)
    });
    // A terminal takes U+009B for the beginning of an order, and U+202E turns the rest of the line.
    assert!(line.is_ascii(), "{line}");
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((line["client"].as_str(), line["status"].as_u64()), (Some("203.0.113.9"), Some(200)), "{line}");
    assert_eq!(
        (line["method"].as_str(), line["user_agent"].as_str()),
        (Some("GET"), Some("a\"b\u{9B}31m\u{202E}😀")),
        "{line}"
    );
    for (name, mark, shown) in
        [("long", "\"", r#"\"\"\""#), ("far", "é", r"\u00e9\u00e9"), ("farther", "😀", r"\ud83d\ude00")]
    {
        let agent = mark.repeat(3000);
        raw(
            program.port,
            &format!("GET /?{name} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nUser-Agent: {agent}\r\n\r\n"),
        );
        let cut = until("the line", || {
            let text = fs::read_to_string(&log).ok()?;
            text.lines().find(|line| line.contains(&format!("?{name}\""))).map(str::to_owned)
        });
        assert!(cut.len() < 1200 && cut.contains(shown), "{cut}");
    }
    assert!(line["bytes"].as_u64() > Some(100) && line["seconds"].as_f64() < Some(60.0), "{line}");
    program.stop();
}

#[test]
fn a_log_that_cannot_be_written_is_told_until_it_can_be() {
    let log = |file: &str| format!("{EVENTS}[server.log]\nformat = \"common\"\nfile = \"{file}\"\n");
    let mut program = Program::new(&log("/dev/full"));
    let told = |program: &Program| {
        assert_eq!(program.get("/rss.xml").status, 200, "readers do not wait for it");
        let (code, status) = program.status();
        let troubles = status["troubles"].to_string();
        assert_eq!(code, i32::from(troubles != "[]"), "{troubles}");
        troubles.contains("access log /dev/full cannot be written")
    };
    until("the trouble", || told(&program).then_some(()));
    program.configure("", &log("access.log"));
    program.signal(Signal::HUP);
    until("no trouble", || (!told(&program)).then_some(()));
    assert_eq!(program.said().matches("cannot be written").count(), 1, "{}", program.said());
    program.stop();
}
