//! The configuration: what is read, what is refused and where, what is printed, and which folders may be what.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use syndicated::config::{Config, OnDelete, Publish, SectionConfig, WatchMode, fixed_keys};

const SAMPLE: &str = include_str!("../../systemd/syndicated.toml");

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("syndicated.toml")).map_err(|error| error.to_string())
}

/// A refusal says where and what: the message begins with `at` and contains `says`.
fn refused(text: &str, at: &str, says: &str) {
    let message = parse(text).expect_err(text);
    assert!(message.starts_with(&format!("syndicated.toml:{at}: ")), "{text:?}: {message}");
    assert!(message.contains(says), "{text:?}: {message}");
    assert!(!message.contains('\n'), "{message}");
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(parse("").unwrap(), Config::default());
    assert_eq!(parse("\u{feff}# from Notepad\r\n").unwrap(), Config::default());
}

#[test]
fn every_key_is_read() {
    let config = parse(
        r#"
        title = " 临川晚报 "
        base_url = "https://Feeds.Example.org/news/"
        site = "https://www.example.org"
        language = "zh-CN"
        time_zone = "Asia/Shanghai"
        authority = "example.org"
        icon = "https://www.example.org/icon.png"
        inbox = "/srv/inbox"
        feeds = "/srv/feeds"
        state = "/var/lib/syndicated"
        [intake]
        on_delete = "keep"
        grace = "1h"
        guard = 1
        settle = "500ms"
        rescan = "1d"
        watch = "poll"
        poll = "1m 30s"
        media_wait = "0s"
        encoding = "gbk"
        max_file = "500 kb"
        notices = false
        [publish]
        entries = 20
        window = "1h30m"
        max_entries = 1_000
        max_bytes = "2MiB"
        full_text = false
        ttl = "24h"
        [server]
        listen = ["[::]:80", "127.0.0.1:0"]
        cache = "1 GiB"
        [section."sports/football"]
        title = "Football"
        description = ""
        language = "en"
        entries = 100
        window = "0s"
        max_entries = 200
        full_text = true
        [section.Opinion]
        "#,
    )
    .unwrap();
    assert_eq!(config.title, "临川晚报");
    assert_eq!(config.base_url, "https://feeds.example.org/news");
    assert_eq!(config.host(), "feeds.example.org");
    assert_eq!(config.time_zone, chrono_tz::Asia::Shanghai);
    assert_eq!(config.state, PathBuf::from("/var/lib/syndicated"));
    let intake = &config.intake;
    assert_eq!((intake.on_delete, intake.watch, intake.notices), (OnDelete::Keep, WatchMode::Poll, false));
    assert_eq!((intake.guard, intake.max_file), (1.0, 500_000));
    assert_eq!((intake.settle, intake.poll), (Duration::from_millis(500), Duration::from_secs(90)));
    assert_eq!(intake.encoding, Some(encoding_rs::GBK));
    let publish = Publish {
        entries: 20,
        window: Duration::from_secs(5400),
        max_entries: 1000,
        max_bytes: 2 << 20,
        full_text: false,
        ttl: Duration::from_secs(24 * 3600),
    };
    assert_eq!(config.publish, publish);
    assert_eq!(config.server.listen, ["[::]:80".parse().unwrap(), "127.0.0.1:0".parse().unwrap()]);
    assert_eq!(config.server.cache, 1 << 30);
    let football = SectionConfig {
        title: Some("Football".into()),
        description: None,
        language: Some("en".into()),
        entries: Some(100),
        window: Some(Duration::ZERO),
        max_entries: Some(200),
        full_text: Some(true),
    };
    assert_eq!(config.sections["sports/football"], football);
    assert_eq!(config.sections["Opinion"], SectionConfig::default());
}

#[test]
fn unknown_keys_are_refused_with_the_nearest() {
    refused("[publish]\n\n    entires = 3", "3:5", "unknown key \"entires\"; did you mean \"entries\"?");
    refused("time-zone = 'UTC'", "1:1", "did you mean \"time_zone\"?");
    refused("title = 'a'\nbaseurl = 'b'", "2:1", "did you mean \"base_url\"?");
    refused("[intkae]", "1:2", "did you mean \"intake\"?");
    refused("grace = '1s'", "1:1", "\"grace\" belongs in [intake]");
    refused("[server]\ntitle = 'x'", "2:1", "\"title\" belongs above the first [table]");
    refused("[section.a]\nlangauge = 'x'", "2:1", "did you mean \"language\"?");
    refused("[section.sports.football]\ntitle = 'x'", "1:17", "[section.\"sports/football\"]");
    refused(&format!("{} = 1", "x".repeat(9000)), "1:1", "unknown key");
    refused("# 中文\n\"标题\" = 1", "2:1", "unknown key \"标题\"");
    refused("zzz = 1\naaa = 1", "1:1", "\"zzz\"");
}

#[test]
fn wrong_types_and_values_are_refused_where_they_stand() {
    refused("title = 3", "1:9", "\"title\" must be a text in quotation marks, not a whole number");
    refused("title = ' '", "1:9", "not empty");
    refused("title = \"a\\u0007b\"", "1:9", "one line");
    refused("base_url = 'ftp://example.org'", "1:12", "http://");
    refused("base_url = 'example.org'", "1:12", "http://");
    refused("base_url = 'https://example.org/?q'", "1:12", "plain address");
    refused("base_url = 'https://a:b@example.org/'", "1:12", "plain address");
    refused("language = 'zh_CN'", "1:12", "zh-CN");
    refused("time_zone = 'Beijing'", "1:13", "Asia/Shanghai");
    refused("authority = 'a b'", "1:13", "host name");
    refused("inbox = ''", "1:9", "folder");
    refused("intake = 3", "1:10", "a table, written [intake]");
    refused("[intake]\non_delete = 'remove'", "2:13", "\"withdraw\" or \"keep\", not \"remove\"");
    refused("[intake]\ngrace = 10", "2:9", "with its unit, like");
    refused("[intake]\ngrace = '10'", "2:9", "with its unit, like");
    refused("[intake]\ngrace = '10 parsecs'", "2:9", "with its unit, like");
    refused("[intake]\ngrace = ''", "2:9", "with its unit, like");
    refused("[intake]\ngrace = '99999999999999999999h'", "2:9", "with its unit, like");
    refused("[intake]\ngrace = '2h'", "2:9", "between 0s and 1h, not 2h: ");
    refused("[intake]\npoll = '1ms'", "2:8", "between 100ms and 10m");
    refused("[intake]\nguard = 10", "2:9", "share");
    refused("[intake]\nguard = nan", "2:9", "share");
    refused("[intake]\nencoding = 'klingon'", "2:12", "gb18030");
    refused("[intake]\nmax_file = '16'", "2:12", "with its unit, like");
    refused("[intake]\nmax_file = '2 TiB'", "2:12", "with its unit, like");
    refused("[intake]\nmax_file = '2 GiB'", "2:12", "between 1 KiB and 1 GiB");
    refused("[intake]\nnotices = 'yes'", "2:11", "true or false, not a text");
    refused("[publish]\nentries = 5.5", "2:11", "a whole number");
    refused("[publish]\nentries = -5", "2:11", "between 10 and 10000, not -5: ");
    refused("[publish]\nentries = 9", "2:11", "between 10 and 10000");
    refused("[publish]\nentries = 600", "2:11", "\"max_entries\"");
    refused("[publish]\nmax_entries = 20", "2:15", "\"max_entries\"");
    refused("[server]\nlisten = 'localhost'", "2:10", "a list");
    refused("[server]\nlisten = ['127.0.0.1:80', '80']", "2:27", "127.0.0.1:8080");
    refused("[section.a]\nentries = 501", "2:11", "\"max_entries\"");
    refused("[section.a]\nmax_entries = 20", "2:15", "\"max_entries\"");
    refused("[section.'']", "1:10", "needs a name");
    refused("[section.'a/b/c/d/e/f/g/h/i']", "1:10", "deep");
    refused("[section.a]\n[section.'a/']", "2:10", "twice");
    refused("section = 1", "1:11", "[section]");
    refused("title = 'a'\ntitle = 'b'", "2:1", "duplicate");
    refused("title = \n", "1:9", "value");
    refused("title = 'a", "1:11", "expected");
}

#[test]
fn folders_are_relative_to_the_file() {
    let config = Config::parse("state = '/state'\nicon = 'i.png'", Path::new("/etc/syndicated/main.toml")).unwrap();
    assert_eq!(config.inbox, PathBuf::from("/etc/syndicated/inbox"));
    assert_eq!(config.state, PathBuf::from("/state"));
    assert_eq!(config.icon, "/etc/syndicated/i.png");
}

#[test]
fn a_missing_file_is_named() {
    let error = Config::read(Path::new("/nowhere/syndicated.toml")).unwrap_err();
    assert!(error.to_string().contains("/nowhere/syndicated.toml"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn the_sample_is_the_default_and_names_every_key() {
    assert_eq!(parse(SAMPLE).unwrap(), Config::default());
    for line in Config::default().to_toml().lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let key = line.split(" =").next().unwrap();
        let named = SAMPLE.lines().any(|sample| sample == line || sample.starts_with(&format!("{key} = ")));
        assert!(named, "the sample does not name {line:?}");
    }
    for key in ["title", "description", "language", "entries", "window", "max_entries", "full_text"] {
        assert!(SAMPLE.contains(&format!("\n# {key} = ")), "no commented {key} of a section");
    }
    let uncommented: String = SAMPLE.split_once("# [section").map(|(_, end)| end.replace("\n# ", "\n")).unwrap();
    assert!(parse(&format!("[section{uncommented}")).unwrap().sections.contains_key("sports/football"));
}

#[test]
fn the_commented_keys_of_a_section_are_what_it_has() {
    let text = "language = 'zh-CN'\n[publish]\nentries = 30\n[section.'a/b']\ntitle = 'B'\n";
    let printed = parse(text).unwrap().to_toml();
    let section = printed.split_once("[section.\"a/b\"]\n").unwrap().1;
    assert!(
        section.starts_with("title = \"B\"\n# description = \"\"\n# language = \"zh-CN\"\n# entries = 30\n"),
        "{section}"
    );
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(
        (title, icon, name) in ("[^\\pC\\s]{1,20}", "[a-z\"'\\\\é报]{0,8}", "[a-z0-9报]{1,6}(/[a-z]{1,6}){0,3}"),
        (grace, settle, window) in (0u64..3_600_000, 0u64..600_000, 0u64..9_000_000_000),
        (guard, max_file, cache) in (0.0f64..=1.0, 1024u64..1 << 30, 0u64..1 << 40),
        (entries, more) in (10usize..5000, 0usize..5000),
        (flag, encoding) in (any::<bool>(), prop::sample::select(vec![None, Some("gb18030"), Some("big5"), Some("utf-16le")])),
        own in prop::option::of((10usize..5000, "[^\\pC\\s]{1,9}", 0u64..9_000_000_000)),
    ) {
        let mut config = Config { title, icon, ..Config::default() };
        config.time_zone = chrono_tz::Asia::Shanghai;
        config.inbox = "in \"quotes\" \\ and \u{7f} 收件".into();
        config.intake.on_delete = if flag { OnDelete::Keep } else { OnDelete::Withdraw };
        config.intake.watch = if flag { WatchMode::Events } else { WatchMode::Poll };
        config.intake.grace = Duration::from_millis(grace);
        config.intake.settle = Duration::from_millis(settle);
        config.intake.guard = guard;
        config.intake.max_file = max_file;
        config.intake.encoding = encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        config.publish = Publish {
            entries,
            window: Duration::from_millis(window),
            max_entries: entries + more,
            full_text: flag,
            ..config.publish
        };
        config.server.cache = cache;
        let section = own.map_or_else(SectionConfig::default, |(own, text, window)| SectionConfig {
            title: Some(text.clone()),
            description: Some(text),
            language: Some("zh-Hans-CN".into()),
            entries: Some(own),
            window: Some(Duration::from_millis(window)),
            max_entries: Some(own + more),
            full_text: Some(flag),
        });
        config.sections.insert(name, section);
        prop_assert_eq!(parse(&config.to_toml()).map_err(|error| format!("{error}\n{}", config.to_toml())).unwrap(), config);
    }

    #[test]
    fn no_text_panics(text in "(?s).{0,200}") {
        let _ = parse(&text);
        let _ = parse(&format!("[intake]\ngrace = {text:?}\nmax_file = {text:?}"));
    }
}

#[test]
fn what_cannot_change_while_running_is_named() {
    let old = Config::default();
    assert_eq!(fixed_keys(&old, &old), Vec::<&str>::new());
    let mut new = Config { title: "New".into(), base_url: "https://new.example".into(), ..old.clone() };
    new.publish.entries = 99;
    assert_eq!(fixed_keys(&old, &new), Vec::<&str>::new());
    new.authority = "new.example".into();
    new.state = "elsewhere".into();
    new.server.listen.clear();
    assert_eq!(fixed_keys(&old, &new), ["state", "authority", "server.listen"]);
    new = Config { inbox: "i".into(), feeds: "f".into(), ..old.clone() };
    assert_eq!(fixed_keys(&old, &new), ["inbox", "feeds"]);
}

/// The three folders, as paths below a fresh folder, with what stands in it (names with an extension are files); what the refusal says, if it is one.
fn folders(make: &[&str], [inbox, feeds, state]: [&str; 3], says: Option<&str>) {
    let root = tempfile::tempdir().unwrap();
    for path in make {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match path.extension() {
            Some(_) => fs::write(path, "").unwrap(),
            None => fs::create_dir_all(path).unwrap(),
        }
    }
    std::os::unix::fs::symlink(root.path().join("inbox"), root.path().join("link")).unwrap();
    let at = |path: &str| root.path().join(path);
    let config = Config { inbox: at(inbox), feeds: at(feeds), state: at(state), ..Config::default() };
    match (config.check_folders().map_err(|error| error.to_string()), says) {
        (Ok(()), None) => {}
        (Err(message), Some(says)) if message.contains(says) => {}
        (result, _) => panic!("{inbox} {feeds} {state}: {result:?}, wanted {says:?}"),
    }
}

#[test]
fn folders_may_not_contain_one_another() {
    folders(&[], ["inbox", "feeds", "state"], None);
    folders(&["inbox", "inbox2"], ["inbox", "inbox2", "inbox3"], None);
    folders(&["inbox"], ["inbox", "inbox/feeds", "state"], Some("feeds ("));
    folders(&[], ["feeds/a/b", "feeds", "state"], Some("inbox ("));
    folders(&["inbox"], ["inbox", "feeds", "inbox"], Some("none is inside another"));
    folders(&["inbox"], ["inbox", "link/feeds", "state"], Some("none is inside another"));
    folders(&[], ["inbox", "x/../inbox/feeds", "state"], Some("none is inside another"));
    folders(&["inbox"], ["inbox", ".", "state"], Some("lies in feeds"));
    folders(&["inbox.txt"], ["inbox.txt", "feeds", "state"], Some("is a file"));
}

#[test]
fn feeds_must_be_empty_or_ours() {
    folders(&["feeds"], ["inbox", "feeds", "state"], None);
    folders(&["feeds/index.html"], ["inbox", "feeds", "state"], Some("did not make"));
    // A folder of the marker's name (somebody's state) is no marker.
    folders(&["feeds/index.html", "feeds/.syndicated"], ["inbox", "feeds", "state"], Some("did not make"));
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("index.html"), "").unwrap();
    fs::write(root.path().join(".syndicated"), "").unwrap();
    let state = tempfile::tempdir().unwrap();
    let config = Config {
        inbox: state.path().join("inbox"),
        feeds: root.path().to_owned(),
        state: state.path().join("state"),
        ..Config::default()
    };
    config.check_folders().unwrap();
}
