//! What a package installs: its manual pages, its configuration, and what its unit promises.

use std::fs;
use std::path::Path;
use std::time::Duration;

use syndicated::config::Config;
use tempfile::TempDir;

use crate::daemon::program::{command, stderr};

fn source(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn manual_pages_and_completions() {
    let dir = TempDir::new().unwrap();
    let done = command(dir.path(), &["manuals", "made/manuals"]);
    assert!(done.status.success(), "{}", stderr(&done));
    let read = |name: &str| fs::read_to_string(dir.path().join("made/manuals").join(name)).unwrap();
    let (program, settings) = (read("syndicated.1"), read("syndicated.toml.5"));
    for word in
        ["run", "publish", "check", "status", "withdraw", "restore", "config", "backup", "EXIT STATUS", "SIGHUP"]
    {
        assert!(program.contains(word), "{word}: {program}");
    }
    assert!(program.contains("FILE] [COMMAND]") && !program.contains("manuals"), "{program}");
    // Every key and table of the sample.
    let sample = source("systemd/syndicated.toml");
    for line in sample.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let word = line.split(" =").next().unwrap().trim_matches(['[', ']']);
        assert!(settings.contains(word), "{word}: {settings}");
    }
    for name in ["syndicated.bash", "_syndicated", "syndicated.fish"] {
        let completions = read(name);
        assert!(completions.contains("withdraw") && !completions.contains("manuals"), "{name}: {completions}");
    }
}

#[test]
fn the_servers_configuration_is_one() {
    let config = Config::parse(&source("systemd/server.toml"), Path::new("/etc/syndicated/syndicated.toml")).unwrap();
    assert_eq!(config.intake.settle, Duration::from_secs(2));
    let home = Path::new("/var/lib/syndicated");
    assert_eq!(
        [&config.inbox, &config.feeds, &config.state],
        [&home.join("inbox"), &home.join("feeds"), &home.join("state")]
    );
    // But for these, what is written there is the default.
    let defaults = Config::default();
    assert_eq!(
        (&config.title, &config.base_url, &config.language, config.time_zone, &config.server.listen),
        (&defaults.title, &defaults.base_url, &defaults.language, defaults.time_zone, &defaults.server.listen)
    );
    // The folders are those that the unit may write and that are made for it.
    let (unit, folders) = (source("systemd/syndicated.service"), source("systemd/tmpfiles.conf"));
    assert!(
        unit.contains("ReadWritePaths=-/var/lib/syndicated\n") && unit.contains("StateDirectory=syndicated/state\n")
    );
    for folder in [&config.inbox, &config.feeds, &config.state] {
        assert!(folders.contains(&format!("d {} ", folder.display())), "{folders}");
    }
}

#[test]
fn the_access_log_and_the_socket_have_places() {
    let unit = source("systemd/syndicated.service");
    assert!(unit.contains("RuntimeDirectory=syndicated\n") && unit.contains("LogsDirectory=syndicated\n"), "{unit}");
    let rotation = source("systemd/logrotate.conf");
    assert!(rotation.contains("/var/log/syndicated/*.log {"), "{rotation}");
    assert!(source("Cargo.toml").contains("[\"systemd/logrotate.conf\", \"etc/logrotate.d/syndicated\", \"644\"]"));
}
