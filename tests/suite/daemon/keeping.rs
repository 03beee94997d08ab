//! Records are kept and moved: what a backup made beside a running daemon brings back on another place, and what of older
//! programs is taken over.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;

use tempfile::TempDir;

use super::program::{EVENTS, Program, command, stderr, stdout, story, until};
use crate::specimens::png;

/// Every document under a folder with its bytes; the lock and the mark are no documents.
fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { fs::copy(&path, &to).map(|_| ()).unwrap() }
    }
}

/// What the README says of restoring: the records into the state folder, the configuration and the inbox to their places.
fn restore(backup: &Path, inbox: &Path, place: &Program) {
    let state = place.dir.path().join(".syndicated");
    fs::create_dir(&state).unwrap();
    for name in ["catalogue.db", "ledger.jsonl"] {
        fs::copy(backup.join(name), state.join(name)).unwrap();
    }
    fs::copy(backup.join("syndicated.toml"), place.dir.path().join("syndicated.toml")).unwrap();
    copy(inbox, &place.inbox(""));
}

#[test]
fn a_backup_brings_everything_back_on_another_place() {
    let settings = format!("{EVENTS}[section.press]\ntitle = \"From the press office\"\n");
    let mut first = Program::new(&settings);
    first.put("city/bridge.md", story("The bridge"));
    first.put("city/mayor.md", story("The mayor"));
    first.put("city/named.md", "---\ntitle: Named\nid: urn:x-town:7\ndate: 2026-05-04T10:00:00Z\n---\n\nIts own id.\n");
    first.put("sports/quay.png", png(40, 30, ""));
    first.put("sports/race.md", "---\ntitle: The race\n---\n\nAlong the quay.\n\n![The quay](quay.png)\n");
    first.put("old.md", story("Deleted later"));
    first.holds("", &["The bridge", "The mayor", "Named", "The race", "Deleted later"]);
    // A history that no inbox tells: one taken back by order, one deleted, one moved, one revised.
    assert!(first.command(&["withdraw", "inbox/city/mayor.md"]).status.success());
    fs::remove_file(first.inbox("old.md")).unwrap();
    fs::create_dir(first.inbox("press")).unwrap();
    fs::rename(first.inbox("city/bridge.md"), first.inbox("press/opening.md")).unwrap();
    first.holds("press", &["The bridge"]);
    first.put("press/opening.md", format!("{}\nIt opens on Friday.\n", story("The bridge is open")));
    first.holds("", &["The bridge is open", "Named", "The race"]);
    let ids = first.ids();
    let withdrawn = first.status().1["withdrawn"].clone();

    let shelf = TempDir::new().unwrap();
    let backup = shelf.path().join("monday");
    let done = first.command(&["backup", backup.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(stdout(&done).contains("monday"), "{}", stdout(&done));
    assert_eq!(documents(&backup).into_keys().collect::<Vec<_>>(), ["catalogue.db", "ledger.jsonl", "syndicated.toml"]);
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::read_dir(shelf.path()).unwrap().count(), 1, "nothing is left beside it");
    let before = documents(&first.feeds(""));
    let dated = |program: &Program| {
        until("a date that has come", || {
            Some(program.get("/atom.xml")).filter(|answer| answer.headers.contains_key("last-modified"))
        })
    };
    let served = dated(&first);
    first.stop();

    // Without its feeds, and every file with another time and another number on the disk.
    let mut second = Program::closed("");
    second.port = first.port;
    restore(&backup, &first.inbox(""), &second);
    second.start();
    second.holds("", &["The bridge is open", "Named", "The race"]);
    assert_eq!(second.ids(), ids);
    until("the same documents", || (documents(&second.feeds("")) == before).then_some(()));
    let again = dated(&second);
    for header in ["etag", "last-modified"] {
        assert_eq!(again.headers[header], served.headers[header], "no reader fetches again");
    }
    assert_eq!(second.status().1["withdrawn"], withdrawn);
    // Dropped again, what was taken back stays so, and what was deleted comes back as what it was.
    second.put("city/mayor.md", story("The mayor"));
    second.put("press/news.md", story("News"));
    second.holds("", &["The bridge is open", "Named", "The race", "News"]);
    assert!(second.command(&["restore", "inbox/city/mayor.md"]).status.success());
    second.holds("city", &["The mayor", "Named"]);
}

#[test]
fn a_backup_amid_the_news_is_of_one_moment() {
    let mut first = Program::new(EVENTS);
    let shelf = TempDir::new().unwrap();
    let titles: Vec<String> = (0..40).map(|number| format!("Number {number}")).collect();
    let backups: Vec<_> = (0..4).map(|number| shelf.path().join(format!("{number}"))).collect();
    for (number, title) in titles.iter().enumerate() {
        first.put(&format!("n{number}.md"), story(title));
        if number % 10 == 5 {
            let done = first.command(&["backup", backups[number / 10].to_str().unwrap()]);
            assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        }
    }
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    first.holds("", &titles);
    let ids: BTreeMap<String, ()> = first.ids().into_iter().map(|id| (id, ())).collect();
    first.stop();
    for backup in &backups {
        let mut second = Program::closed("");
        second.port = first.port;
        restore(backup, &first.inbox(""), &second);
        second.start();
        second.holds("", &titles);
        assert_eq!(second.ids().into_iter().map(|id| (id, ())).collect::<BTreeMap<_, _>>(), ids);
        assert!(!second.said().contains("damaged"), "{}", second.said());
        second.stop();
    }
}

#[test]
fn what_a_backup_left_that_was_ended_in_the_middle_goes_with_the_next() {
    let program = Program::closed(EVENTS);
    program.put("a.md", story("A"));
    assert!(program.command(&["publish"]).status.success());
    let shelf = tempfile::tempdir().unwrap();
    let at = |name: &str| shelf.path().join(name);
    let backup = || program.command(&["backup", at("monday").to_str().unwrap()]);
    for name in [".monday.12.part", ".monday.13.part", ".monday.x.part", ".tuesday.12.part"] {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(name).join("catalogue.db"), "half of it").unwrap();
    }
    // One that is at work.
    let held = fs::File::open(at(".monday.13.part")).unwrap();
    held.lock().unwrap();
    let done = backup();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let mut left: Vec<_> = fs::read_dir(shelf.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".monday.13.part", ".monday.x.part", ".tuesday.12.part", "monday"]);
    drop(held);
    fs::remove_dir_all(at("monday")).unwrap();
    assert_eq!(backup().status.code(), Some(0));
    assert!(!at(".monday.13.part").exists());
}

#[test]
fn where_a_backup_may_lie() {
    let program = Program::closed(EVENTS);
    let dir = program.dir.path();
    let backup = |folder: &str| command(dir, &["backup", folder]);
    let refused = |folder: &str, words: &str| {
        let done = backup(folder);
        assert_eq!(done.status.code(), Some(2), "{folder}");
        assert!(stderr(&done).contains(words), "{folder}: {}", stderr(&done));
    };
    refused("first", "nothing to back up");
    program.put("a.md", story("A"));
    assert!(program.command(&["publish"]).status.success());
    fs::create_dir(dir.join("taken")).unwrap();
    fs::write(dir.join("taken/file"), "mine").unwrap();
    refused("taken", "something in it");
    refused("syndicated.toml", "syndicated.toml");
    refused("nowhere/below", "nowhere");
    refused("inbox/backup", "is published");
    refused("feeds/backup", "world");
    refused(".syndicated/backup", "lost together");
    std::os::unix::fs::symlink("inbox", dir.join("link")).unwrap();
    refused("link/backup", "is published");
    assert_eq!(fs::read_to_string(dir.join("taken/file")).unwrap(), "mine");
    // No daemon runs; into an empty folder, and with the defaults where nothing is configured.
    fs::create_dir(dir.join("empty")).unwrap();
    fs::remove_file(dir.join("syndicated.toml")).unwrap();
    let done = backup("empty/");
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(fs::read_to_string(dir.join("empty/syndicated.toml")).unwrap().contains("base_url"));
    refused("empty", "something in it");
    let hidden: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

/// The publication that `schema-1/` is the record of, as its program left it: one article moved, one taken back by order, one
/// deleted, one awaiting its time.
fn of_schema_1() -> Program {
    let program = Program::closed("");
    program.configure("authority = \"sheet.example\"\n", EVENTS);
    for (path, head, text) in [
        (
            "sports/crossing.md",
            "title: The bridge\ndate: 2026-05-04T10:00:00Z\nauthor: Ann Smith\ntags: [river]",
            "The bridge opened on Monday.",
        ),
        ("city/mayor.md", "title: The mayor\ndate: 2026-05-04T11:00:00Z", "Taken back by order."),
        ("sports/race.md", "title: The race\ndate: 2026-05-05T11:00:00Z\nid: urn:x-harbour:7", "Along the quay."),
        ("later.md", "title: Later\ndate: 2099-05-05T11:00:00Z", "Not before its time."),
    ] {
        program.put(path, format!("---\n{head}\n---\n\n{text}\n"));
    }
    let state = program.dir.path().join(".syndicated");
    fs::create_dir(&state).unwrap();
    fs::write(state.join("ledger.jsonl"), include_str!("schema-1/ledger.jsonl")).unwrap();
    let catalogue = rusqlite::Connection::open(state.join("catalogue.db")).unwrap();
    catalogue.execute_batch(include_str!("schema-1/catalogue.sql")).unwrap();
    program
}

#[test]
fn a_catalogue_of_schema_1_is_taken_over() {
    let mut program = of_schema_1();
    program.start();
    program.holds("sports", &["The bridge", "The race"]);
    assert!(!program.said().contains("damaged"), "{}", program.said());
    assert_eq!(program.ids(), ["urn:x-harbour:7", "tag:sheet.example,2026-05-04:city/bridge.md"]);
    let (_, status) = program.status();
    assert_eq!((&status["withdrawn"], &status["scheduled"]), (&1.into(), &1.into()), "{status}");
    // Its dates and its address are those it had.
    let bridge = program.get("/city/2026/05/04/bridge.html");
    assert_eq!(bridge.status, 200);
    let feed = program.get("/sports/atom.xml").body;
    assert!(feed.contains("<updated>2026-05-04T10:00:00"), "{feed}");
    assert_eq!(program.get("/city/2026/05/04/mayor.html").status, 410);
    assert_eq!(program.get("/2026/05/05/gone.html").status, 410);
    // What schema 1 did not know works on what it knew: a marker finds the article by its name, a sidecar by its file's.
    program.put("sports/race.withdraw", "");
    program.put("sports/crossing.yaml", "summary: Open at last\n");
    program.holds("sports", &["The bridge"]);
    until("the sidecar's word", || program.get("/sports/atom.xml").body.contains("Open at last").then_some(()));
    fs::remove_file(program.inbox("sports/race.withdraw")).unwrap();
    // What was deleted returns as what it was.
    program.put("gone.md", "---\ntitle: Gone\ndate: 2026-05-05T12:00:00Z\n---\n\nWill be deleted.\n");
    program.holds("", &["The bridge", "The race", "Gone"]);
    assert!(program.ids().contains(&"tag:sheet.example,2026-05-05:gone.md".to_owned()), "{:?}", program.ids());
}

#[test]
fn a_catalogue_of_a_later_program_is_left_alone() {
    let program = of_schema_1();
    let file = program.dir.path().join(".syndicated/catalogue.db");
    let catalogue = rusqlite::Connection::open(&file).unwrap();
    catalogue.execute_batch("PRAGMA user_version = 1000").unwrap();
    drop(catalogue);
    let before = fs::read(&file).unwrap();
    for arguments in [&["run"][..], &["publish"], &["status"]] {
        let output = program.command(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = stderr(&output);
        assert!(said.contains("has schema 1000") && said.contains("use a newer syndicated"), "{arguments:?}: {said}");
    }
    // But for the journal's mode, which stands in the header, not a byte of it.
    assert!(fs::read(&file).unwrap()[100..] == before[100..], "it was changed");
}

#[test]
fn a_catalogue_whose_damage_looking_through_does_not_show_is_set_aside() {
    let mut program = Program::new(EVENTS);
    program.put("city/bridge.md", story("The bridge"));
    program.put("city/mayor.md", story("The mayor"));
    program.holds("city", &["The bridge", "The mayor"]);
    let ids = program.ids();
    program.stop();
    let state = program.dir.path().join(".syndicated");
    // One bit of a title: SQLite finds all its pages in order.
    let catalogue = rusqlite::Connection::open(state.join("catalogue.db")).unwrap();
    catalogue.execute_batch("UPDATE articles SET title = CAST(X'FF' AS TEXT) WHERE title = 'The mayor'").unwrap();
    drop(catalogue);
    program.spawn();
    program.put("city/mayor.md", story("The mayor again"));
    assert_eq!(program.ended().code(), Some(2), "{}", program.said());
    program.says("set aside");
    program.start();
    program.holds("city", &["The bridge", "The mayor again"]);
    assert_eq!(program.ids(), ids);
}

#[test]
fn what_is_taken_from_the_state_of_a_running_daemon_is_made_again() {
    let mut program = Program::new("[intake]\ngrace = \"300ms\"\nrescan = \"1s\"\n");
    program.put("city/bridge.md", story("The bridge"));
    program.put("city/mayor.md", story("The mayor"));
    program.holds("city", &["The bridge", "The mayor"]);
    // Where it was first seen, the ledger alone can tell.
    fs::rename(program.inbox("city/mayor.md"), program.inbox("city/moved.md")).unwrap();
    program.holds("city", &["The bridge", "The mayor"]);
    let ids = program.ids();
    let state = program.dir.path().join(".syndicated");
    for damage in ["rm ledger.jsonl", "echo other >copy; mv copy ledger.jsonl", ": >ledger.jsonl"] {
        program.shell(&format!("cd ../.syndicated; {damage}"));
        let is_whole = || fs::read_to_string(state.join("ledger.jsonl")).is_ok_and(|facts| facts.contains("moved.md"));
        until(damage, || is_whole().then_some(()));
        program.says("written into it again");
    }
    program.shell("rm -r ../.syndicated");
    assert_eq!(program.ended().code(), Some(2), "{}", program.said());
    program.says("the catalogue was taken away");
    program.start();
    program.holds("city", &["The bridge", "The mayor"]);
    assert_eq!(program.ids(), ids);
}

#[test]
fn a_folder_that_a_backup_cannot_replace_is_told_from_one_it_can() {
    let program = Program::closed(EVENTS);
    program.put("a.md", story("A"));
    assert!(program.command(&["publish"]).status.success());
    let mounted = program.command(&["backup", "/proc"]);
    assert_eq!(mounted.status.code(), Some(2));
    let said = stderr(&mounted);
    assert!(said.contains("/proc: it is a mount point") && said.contains("in it: /proc/backup"), "{said}");
    // A user may write the folder itself and not the one above; root is made such a user.
    let shelf = program.dir.path().join("shelf");
    let own = shelf.join("own");
    fs::create_dir_all(&own).unwrap();
    fs::set_permissions(&own, fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&shelf, fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_syndicated"));
    if fs::write(shelf.join("probe"), "").is_ok() {
        fs::remove_file(shelf.join("probe")).unwrap();
        let copy = program.dir.path().join("syndicated");
        fs::copy(env!("CARGO_BIN_EXE_syndicated"), &copy).unwrap();
        fs::set_permissions(program.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        command = std::process::Command::new(copy);
        command.uid(65534);
    }
    let done = command.current_dir(program.dir.path()).args(["backup", "shelf/own"]).output().unwrap();
    fs::set_permissions(&shelf, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(done.status.code(), Some(2));
    let said = stderr(&done);
    assert!(said.contains("the folder above it cannot be written") && said.contains("shelf/own/backup"), "{said}");
    assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
}

#[test]
fn nobody_else_looks_into_the_state_folder() {
    let program = Program::new(EVENTS);
    let mode = fs::metadata(program.dir.path().join(".syndicated")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
