//! The configuration file: defaults, every refusal with its place, folders, and the sample that is shipped.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use syndicated::address::Address;
use syndicated::config::{Config, ConfigError, FEEDS_MARK, Icon, OnDelete, PodcastEntry, SectionEntry, Watching};
use syndicated::podcast::{Category, Podcast};
use syndicated::section::Section;

fn parse(text: &str) -> Config {
    Config::parse(text, Path::new("syndicated.toml")).unwrap_or_else(|e| panic!("{e}\nin:\n{text}"))
}

/// The faults of a file, as `line:column: reason`.
fn faults(text: &str) -> Vec<String> {
    match Config::parse(text, Path::new("syndicated.toml")) {
        Ok(_) => Vec::new(),
        Err(ConfigError::Wrong { faults, .. }) => {
            faults.iter().map(|f| format!("{}:{}: {}", f.line, f.column, f.reason)).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

/// One fault that begins so and contains that.
fn check(text: &str, place: &str, words: &str) {
    let faults = faults(text);
    assert_eq!(faults.len(), 1, "{text:?} gave {faults:?}");
    assert!(faults[0].starts_with(place) && faults[0].contains(words), "{text:?} gave {faults:?}");
}

fn sample() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd/syndicated.toml")).unwrap()
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(parse(""), Config::default());
    assert_eq!(parse("\u{feff}# only a comment\r\n"), Config::default());
    assert_eq!(parse("[intake]\n[publish]\n[server]\n[section]\n"), Config::default());
}

#[test]
fn the_sample_holds_every_key_at_its_default() {
    assert_eq!(parse(&sample()), Config::default());
    let mut with_section = Config::default();
    let all = SectionEntry {
        title: Some("Football".to_owned()),
        description: Some("Results and reports".to_owned()),
        language: Some("en".to_owned()),
        entries: Some(100),
        full_text: Some(true),
        window: Some(Duration::from_secs(48 * 3600)),
        max_entries: Some(500),
        ..SectionEntry::default()
    };
    with_section.sections.insert(Section::of_path("sports/football").unwrap(), all);
    let podcast = PodcastEntry {
        said: Podcast {
            author: "The Evening Post".to_owned(),
            owner: "Jane Doe".to_owned(),
            email: "podcast@example.org".to_owned(),
            category: Category::of("News/Daily News").unwrap(),
            ..Podcast::default()
        },
        image: Some(Icon::Url("https://example.org/cover.jpg".to_owned())),
    };
    let talks = SectionEntry { podcast: Some(podcast), ..SectionEntry::default() };
    with_section.sections.insert(Section::of_path("talks").unwrap(), talks);
    let (_, section) = sample().split_once("# [section").map(|(a, b)| (a.to_owned(), format!("[section{b}"))).unwrap();
    assert_eq!(parse(&section.replace("\n# ", "\n")), with_section);
    for line in Config::default().to_toml().lines().filter(|line| !line.is_empty()) {
        let key = line.split(" = ").next().unwrap();
        let there = sample().lines().any(|l| l == key || l.starts_with(&format!("{key} = ")));
        assert!(there, "the sample lacks {key}");
    }
}

#[test]
fn what_is_printed_reads_back() {
    let written = r#"
        title = "聊城 \"日报\""
        base_url = "HTTPS://News.Example.org:443/daily//"
        site = "https://example.org"
        language = "zh-Hans-CN"
        time_zone = "Asia/Shanghai"
        authority = "Example.org"
        icon = "logo.png"
        inbox = "/srv/share"
        [intake]
        on_delete = "keep"
        grace = "1h30m"
        guard = 1
        settle = "1s 500ms"
        watch = "poll"
        encoding = "gbk"
        max_file = "1000 kB"
        notices = false
        [publish]
        entries = 0x40
        full_text = false
        [server]
        listen = ["[::]:80", "0.0.0.0:8080", "unix:run/http.sock"]
        redirect = ["0.0.0.0:80"]
        proxies = ["192.0.2.77/24", "2001:db8::1"]
        h2c = true
        [server.tls]
        listen = ["[::]:443"]
        certificate = "/etc/ssl/news.pem"
        key = "news.key"
        [server.limits]
        connections = 100
        idle = "5s"
        [section."sports/football"]
        title = "足球"
        window = "7d"
        [section.Kultur]
        entries = 500
    "#;
    let config = parse(written);
    assert_eq!(config.base_url, "https://news.example.org/daily");
    assert_eq!(config.authority(), "example.org");
    assert_eq!(config.icon, Some(Icon::File(PathBuf::from("logo.png"))));
    assert_eq!(config.intake.grace, Duration::from_secs(5400));
    assert_eq!(config.intake.settle, Duration::from_millis(1500));
    assert_eq!((config.intake.on_delete, config.intake.watch), (OnDelete::Keep, Watching::Poll));
    assert_eq!(config.intake.encoding, Some(encoding_rs::GBK));
    assert_eq!(config.intake.max_file, 1_000_000);
    assert_eq!(config.publish.entries, 64);
    assert_eq!(config.server.listen[2], Address::Unix(PathBuf::from("run/http.sock")));
    assert_eq!(
        config.server.proxies.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["192.0.2.0/24", "2001:db8::1/128"]
    );
    assert_eq!((config.server.limits.connections, config.server.limits.idle), (100, Duration::from_secs(5)));
    assert_eq!(config.sections.len(), 2);
    let football = &config.sections[&Section::of_path("sports/football").unwrap()];
    assert_eq!(football.window, Some(Duration::from_secs(7 * 86_400)));
    let printed = config.to_toml();
    assert_eq!(parse(&printed), config, "{printed}");
    assert_eq!(parse(&Config::default().to_toml()), Config::default());
}

#[test]
fn folders_are_relative_to_the_file() {
    let config =
        Config::parse("feeds = \"../www\"\nstate = \"/var/lib/s\"", Path::new("/etc/s/syndicated.toml")).unwrap();
    assert_eq!(config.inbox, Path::new("/etc/s/inbox"));
    assert_eq!(config.feeds, Path::new("/etc/s/../www"));
    assert_eq!(config.state, Path::new("/var/lib/s"));
}

#[test]
fn links_start_with_the_first_address_where_nothing_else_is_said() {
    for (listen, base_url) in [
        (r#"["127.0.0.1:9000"]"#, "http://127.0.0.1:9000"),
        (r#"["unix:http.sock", "[::]:9000", "127.0.0.1:8080"]"#, "http://[::1]:9000"),
        (r#"["0.0.0.0:80"]"#, "http://127.0.0.1"),
        (r#"["192.168.1.5:8080"]"#, "http://192.168.1.5:8080"),
        (r#"["127.0.0.1:0"]"#, "http://127.0.0.1:8080"),
        ("[]", "http://127.0.0.1:8080"),
    ] {
        let said_nothing = format!("[server]\nlisten = {listen}\n");
        assert_eq!(parse(&said_nothing).base_url, base_url);
        assert_eq!(parse(&format!("base_url = \"http://a.example\"\n{said_nothing}")).base_url, "http://a.example");
    }
    // The name it has by itself is not its former one; the one it would have had may be.
    check("[server]\nlisten = [\"127.0.0.1:81\"]\nformer = [\"http://127.0.0.1:81\"]", "3:10:", "which is base_url");
    parse("[server]\nlisten = [\"127.0.0.1:81\"]\nformer = [\"http://127.0.0.1:8080\"]");
}

#[test]
fn the_authority_is_the_host() {
    for (base_url, authority) in [
        ("http://127.0.0.1:8080", "127.0.0.1"),
        ("https://新闻.example/a", "xn--efvy88h.example"),
        ("http://[2001:db8::1]/", "2001-db8--1"),
    ] {
        assert_eq!(parse(&format!("base_url = \"{base_url}\"")).authority(), authority);
    }
}

#[test]
fn unknown_keys_name_the_nearest() {
    check(
        "titel = \"x\"",
        "1:1:",
        "\"titel\" at the top of the file, before any [table]; the nearest key is \"title\"",
    );
    check("\n[intake]\n  setle = \"1s\"", "3:3:", "unknown key \"setle\" in [intake]; the nearest key is \"settle\"");
    check("base-url = \"http://a\"", "1:1:", "\"base_url\"");
    check("listen = []", "1:1:", "it belongs in [server]");
    check("[server]\ntitle = \"x\"", "2:1:", "it belongs at the top of the file");
    check("[server]\nidle = \"5s\"", "2:1:", "it belongs in [server.limits]");
    check("[server.tls]\ncertficate = \"a\"", "2:1:", "in [server.tls]; the nearest key is \"certificate\"");
    check("[sever]\nlisten = []", "1:2:", "did you mean the table [server]?");
    check("[section.a]\nentires = 5", "2:1:", "\"entires\" in [section.\"…\"]; the nearest key is \"entries\"");
    check("[section.a]\nbase_url = \"http://a\"", "2:1:", "it belongs at the top");
    check("[section.sports.football]\ntitle = \"x\"", "1:17:", "[section.\"sports/football\"]");
}

#[test]
fn wrong_values_say_what_is_right() {
    for (text, place, words) in [
        ("title = 5", "1:9:", "title must be text in quotes, not a number"),
        ("title = \" \"", "1:9:", "must not be empty"),
        ("base_url = \"news.example.org\"", "1:12:", "begins with http:// or https://"),
        ("base_url = \"localhost:8080\"", "1:12:", "begins with http:// or https://"),
        ("base_url = \"ftp://a.b\"", "1:12:", "begins with http:// or https://"),
        ("base_url = \"https://me:secret@a.b\"", "1:12:", "password"),
        ("base_url = \"https://a.b/?x\"", "1:12:", "? or #"),
        ("language = \"english_GB\"", "1:12:", "language tag"),
        ("time_zone = \"Asia/Beijing\"", "1:13:", "(\"Asia/Shanghai\"?)"),
        ("time_zone = \"Europe/Berln\"", "1:13:", "(\"Europe/Berlin\"?)"),
        ("time_zone = \"berlin\"", "1:13:", "(\"Europe/Berlin\"?)"),
        ("authority = \"https://a.b\"", "1:13:", "domain name"),
        ("inbox = \"\"", "1:9:", "must name a folder"),
        ("[intake]\ngrace = 10", "2:9:", "with its unit in quotes, such as \"10s\""),
        ("[intake]\ngrace = \"10\"", "2:9:", "must be a time"),
        ("[intake]\ngrace = \"10 seconds\"", "2:9:", "must be a time"),
        ("[intake]\ngrace = \"99999999999999999999d\"", "2:9:", "must be a time"),
        ("[intake]\npoll = \"0s\"", "2:8:", "between 10ms and 1h"),
        ("[intake]\nguard = 10", "2:9:", "from 0"),
        ("[intake]\nguard = nan", "2:9:", "from 0"),
        ("[intake]\nguard = \"10%\"", "2:9:", "a number from 0 to 1"),
        ("[intake]\non_delete = \"delete\"", "2:13:", "\"withdraw\" or \"keep\""),
        ("[intake]\nnotices = \"yes\"", "2:11:", "true or false"),
        ("[intake]\nencoding = \"gb\"", "2:12:", "gb18030"),
        ("[intake]\nmax_file = 16", "2:12:", "\"16 MiB\""),
        ("[intake]\nmax_file = \"16 Mib/s\"", "2:12:", "must be a size"),
        ("[publish]\nentries = 0", "2:11:", "between 1 and"),
        ("[publish]\nentries = -5", "2:11:", "between 1 and"),
        ("[publish]\nentries = 1.5", "2:11:", "a whole number, not 1.5"),
        ("[publish]\nmax_entries = 5", "2:15:", "between 10 and"),
        ("[publish]\nmax_entries = 20", "2:1:", "entries (50) is more than max_entries (20)"),
        ("[section.a]\nentries = 900", "2:1:", "entries (900) is more than max_entries (500)"),
        ("[server]\nlisten = \"127.0.0.1:80\"", "2:10:", "must be a list"),
        ("[server]\nformer = \"http://old.example\"", "2:10:", "must be a list"),
        ("[server]\nformer = [\"old.example\"]", "2:10:", "begins with http:// or https://"),
        ("base_url = \"http://a.example\"\n[server]\nformer = [\"http://A.example/\"]", "3:10:", "which is base_url"),
        ("[server]\nlisten = [\":8080\"]", "2:10:", "\"127.0.0.1:8080\" for this machine alone"),
        ("[server]\nlisten = [\"0.0.0.0:1\", \"0.0.0.0:1\"]", "2:10:", "twice"),
        ("[server]\nlisten = [\"/run/http.sock\"]", "2:10:", "\"unix:/run/http.sock\""),
        ("[server]\nproxies = [\"proxy.example\"]", "2:11:", "addresses or networks"),
        ("[server]\nlisten = [\"0.0.0.0:80\"]\nredirect = [\"0.0.0.0:80\"]", "3:1:", "another list"),
        ("[server]\ntls = true", "2:7:", "write [server.tls] on a line of its own"),
        ("[server.tls]\nkey = \"k.pem\"\nlisten = [\"[::]:443\"]", "3:1:", "listen needs a certificate"),
        ("[server.tls]\nkey = \"-----BEGIN PRIVATE KEY-----\"", "2:7:", "must name a file"),
        ("[server.limits]\nconnections = 0", "2:15:", "between 1 and"),
        ("[server.limits]\nidle = \"0s\"", "2:8:", "between 1s and 1h"),
        ("intake = 5", "1:10:", "write [intake] on a line of its own"),
        ("section = \"a\"", "1:11:", "table"),
        ("[section]\na = 5", "2:1:", "must be a table, not a number"),
        ("[section.\"\"]", "1:10:", "needs a name"),
        ("[section.\"a/b/c/d/e/f/g/h/i\"]", "1:10:", "deep"),
        ("[section.a]\n[section.\"/a/\"]", "2:10:", "twice"),
        ("title = \"a\ntitle = 5", "1:", ""),
        ("标题 = 1", "1:", ""),
    ] {
        check(text, place, words);
    }
}

#[test]
fn no_zone_is_suggested_that_is_another_word() {
    for name in ["CST", "+08:00", "", "Ankh-Morpork"] {
        let told = faults(&format!("time_zone = \"{name}\""));
        assert!(told[0].ends_with(&format!("not \"{name}\"")), "{told:?}");
    }
}

#[test]
fn all_faults_are_told_in_the_order_of_the_file() {
    let told = faults("zzz = 1\n[server]\ncache = 5\n[intake]\ngrace = \"x\"\npol = \"1s\"\n");
    let places: Vec<_> = told.iter().map(|f| f.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["1:1", "3:9", "5:9", "6:1"], "{told:?}");
}

#[test]
fn a_file_is_read_or_the_reason_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("syndicated.toml");
    let missing = Config::read(&file).unwrap_err();
    assert!(matches!(&missing, ConfigError::Unreadable { path, .. } if *path == file), "{missing}");
    fs::write(&file, b"title = \"\xC1\xC4\xB3\xC7\"").unwrap();
    let encoded = Config::read(&file).unwrap_err().to_string();
    assert!(encoded.ends_with("syndicated.toml:1:10: the file is not UTF-8: save it as UTF-8"), "{encoded}");
    fs::write(&file, "title = \"Daily\"").unwrap();
    let config = Config::read(&file).unwrap();
    assert_eq!(config.inbox, dir.path().join("inbox"));
    assert_eq!(parse(&config.to_toml()), config);
}

/// A configuration whose folders lie under `root`.
fn folders(root: &Path, inbox: &str, feeds: &str, state: &str) -> Config {
    let text = format!("inbox = \"{inbox}\"\nfeeds = \"{feeds}\"\nstate = \"{state}\"");
    Config::parse(&text, &root.join("syndicated.toml")).unwrap()
}

#[test]
fn folders_may_not_contain_one_another() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("real/in")).unwrap();
    std::os::unix::fs::symlink(dir.path().join("real"), dir.path().join("link")).unwrap();
    for (inbox, feeds, state, well) in [
        ("in", "out", ".state", true),
        ("in", "in-feeds", "in.state", true),
        ("in", "in", "state", false),
        ("in", "in/feeds", "state", false),
        ("feeds/in", "feeds", "state", false),
        ("in", "feeds", "in/.state", false),
        ("in", "feeds", "feeds/.state", false),
        (".", "feeds", "state", false),
        ("real/in", "link/in/feeds", "state", false),
        ("in", "nothing/../in/feeds", "state", false),
    ] {
        let checked = folders(dir.path(), inbox, feeds, state).check_folders();
        assert_eq!(checked.is_ok(), well, "{inbox} {feeds} {state}: {checked:?}");
        if let Err(e) = checked {
            assert!(e.to_string().contains("give each a folder of its own"), "{e}");
        }
    }
}

#[test]
fn the_access_log_lies_where_nobody_takes_it_for_news() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("feeds/city")).unwrap();
    std::os::unix::fs::symlink(dir.path().join("feeds"), dir.path().join("www")).unwrap();
    for (file, well) in [
        ("", true),
        ("access.log", true),
        ("feeds.log", true),
        ("state/access.log", true),
        ("inbox/access.log", false),
        ("feeds/access.log", false),
        ("feeds/city/access.log", false),
        ("www/access.log", false),
        ("feeds", false),
    ] {
        let text = format!("state = \"state\"\n[server.log]\nformat = \"common\"\nfile = \"{file}\"\n");
        let checked = Config::parse(&text, &dir.path().join("syndicated.toml")).unwrap().check_log();
        assert_eq!(checked.is_ok(), well, "{file}: {checked:?}");
        if let Err(e) = checked {
            assert!(e.to_string().contains("choose another place"), "{e}");
        }
    }
}

#[test]
fn somebody_elses_feeds_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let config = folders(dir.path(), "in", "www", "state");
    config.check_folders().unwrap();
    let feeds = dir.path().join("www");
    fs::create_dir_all(feeds.join("lost+found")).unwrap();
    fs::write(feeds.join(".gitkeep"), "").unwrap();
    config.check_folders().unwrap();
    fs::write(feeds.join("index.html"), "mine").unwrap();
    let refused = config.check_folders().unwrap_err().to_string();
    assert!(refused.contains("index.html") && refused.contains(FEEDS_MARK), "{refused}");
    fs::write(feeds.join(FEEDS_MARK), "").unwrap();
    config.check_folders().unwrap();
}

#[test]
fn four_keys_take_a_restart() {
    let in_force = parse("");
    let live = "title = \"x\"\nbase_url = \"http://a.b\"\n[intake]\npoll = \"1s\"\n\
                [server]\nlisten = []\nredirect = [\"[::]:80\"]\ncache = \"1 MiB\"\nadmin = [\"127.0.0.1:9\"]\nh2c = true\n\
                [server.tls]\nlisten = [\"[::]:443\"]\ncertificate = \"c\"\nkey = \"k\"\n[server.log]\nformat = \"json\"\nfile = \"l\"\n\
                [server.limits]\nconnections = 1\n";
    let mut new = parse(live);
    assert_eq!(new.keep_fixed(&in_force), [""; 0]);
    assert_eq!(new, parse(live), "they are in force at once");
    let mut new = parse("inbox = \"i\"\nfeeds = \"f\"\nstate = \"s\"\nauthority = \"a.b\"\n");
    assert_eq!(new.keep_fixed(&in_force), ["inbox", "feeds", "state", "authority"]);
    assert_eq!(new, in_force, "what is told again at the next reload, if it still differs");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]a-z_.\"'=\n #0-9{},\\\\\u{feff}标]{0,80}") {
        let _either = Config::parse(&text, Path::new("c.toml"));
    }

    #[test]
    fn amounts_read_back(millis in 0u64..86_400_000, bytes in (1u64 << 10)..(1 << 30), guard in 0.0f64..=1.0) {
        let mut config = Config::default();
        config.intake.grace = Duration::from_millis(millis);
        config.intake.max_file = bytes;
        config.intake.guard = guard;
        prop_assert_eq!(parse(&config.to_toml()), config);
    }
}

#[test]
fn pages_have_sections() {
    use syndicated::page_number::PageNumber;
    let config = parse("[pages]\nA01 = \"yaowen\"\n\"b2-B04\" = \"sports/football\"\n7 = \"七版\"\n");
    let section = |page: &str| config.pages.get(&PageNumber::read(page).unwrap()).map(String::as_str);
    assert_eq!(section("A1"), Some("yaowen"));
    assert_eq!(section("B03"), Some("sports/football"));
    assert_eq!(section("第07版"), Some("七版"));
    assert_eq!(section("B05"), None);
    assert_eq!(parse(&config.to_toml()), config);
    for (text, told) in [
        ("[pages]\nfront = \"yaowen\"\n", "1:1: \"front\" must be a page"),
        ("[pages]\n\"A1-B2\" = \"yaowen\"\n", "must be a page"),
        ("[pages]\n\"A4-A2\" = \"yaowen\"\n", "must be a page"),
        ("[pages]\nA1 = 3\n", "A1 must be text in quotes"),
        ("[pages]\nA1 = \"\"\n", "A1 must name a section"),
        ("[pages]\nA1 = \"a\"\nA01 = \"b\"\n", "the page A01 stands here twice"),
    ] {
        let error = Config::parse(text, Path::new("syndicated.toml")).unwrap_err().to_string();
        assert!(error.contains(told.trim_start_matches("1:1: ")), "{text}: {error}");
    }
}

/// A plain name may be a credential that systemd holds; what is a path is none.
#[test]
fn keys_may_be_credentials() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("news.key"), "key").unwrap();
    let path = |written: &str, folder: Option<&Path>| {
        let text = format!("[server.tls]\nkey = \"{written}\"");
        let config = Config::parse(&text, Path::new("/etc/s/syndicated.toml")).unwrap();
        config.server.tls.key.unwrap().path(folder)
    };
    assert_eq!(path("news.key", Some(dir.path())), dir.path().join("news.key"));
    assert_eq!(path("other.key", Some(dir.path())), Path::new("/etc/s/other.key"));
    assert_eq!(path("news.key", None), Path::new("/etc/s/news.key"));
    assert_eq!(path("./news.key", Some(dir.path())), Path::new("/etc/s/./news.key"));
}
