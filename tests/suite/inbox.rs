//! The inbox: names, files as they lie, hints of real events, settling on made-up ticks, and notices.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use chrono::DateTime;
use proptest::prelude::*;
use syndicated::dropped::{InboxPath, Look};
use syndicated::inbox::{
    BATCH, COARSE_REST, Freshness, Hint, LONGEST_STALL, OPEN_LOOKS, Reading, Ready, Root, Settle, Sort, UNKNOWN_REST,
    Watch, WatchError, bundle, list, look, media_type, needs_polling, never_entered, never_read, notice, open, read,
    root_state, section_names, sort,
};
use syndicated::rejection::Rejection;
use tempfile::TempDir;

/// How long a test waits for what must come: only a broken test ever waits that long.
const PATIENCE: Duration = Duration::from_secs(20);

fn at(path: &str) -> InboxPath {
    InboxPath::new(path)
}

/// An inbox with these files, each holding its own path; a path that ends in `/` is a folder.
fn inbox(paths: &[&str]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for path in paths {
        put(dir.path(), path);
    }
    dir
}

fn put(root: &Path, path: &str) {
    let full = root.join(path);
    if path.ends_with('/') {
        fs::create_dir_all(full).unwrap();
    } else {
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, path).unwrap();
    }
}

// Names

#[test]
fn what_is_never_read() {
    for name in [
        ".hidden",
        ".a.md.Xy12",
        "~$story.docx",
        "~lock",
        "a.md~",
        "a.tmp",
        "A.TMP",
        "a.md.part",
        "a.partial",
        "a.md.filepart",
        "a.crdownload",
        ".a.md.swp",
        "a.swx",
        "a.lock",
        "a.bak",
        "#a.md#",
        "desktop.ini",
        "Desktop.ini",
        "Thumbs.db",
        "a.md:Zone.Identifier",
        "a.md.rejected.txt",
        "A.MD.REJECTED.TXT",
        "",
    ] {
        assert!(never_read(OsStr::new(name)), "{name:?}");
    }
    for name in
        ["a.md", "#a.md", "#", "a", "tmp", "bak.txt", "rejected.txt", "part.md", "a.tmpl", "_index.md", "标题.txt"]
    {
        assert!(!never_read(OsStr::new(name)), "{name:?}");
    }
    assert!(!never_read(OsStr::from_bytes(b"\xB1\xEA.txt")));
}

#[test]
fn what_is_never_entered() {
    for name in [
        ".git",
        "_drafts",
        "#recycle",
        "@eaDir",
        "$RECYCLE.BIN",
        "~snapshot",
        "lost+found",
        "a.md.sb-1a2b3c4d-Xy12Zz",
        "",
    ] {
        assert!(never_entered(OsStr::new(name)), "{name:?}");
    }
    for name in [
        "_posts",
        "sports",
        "a.b",
        "体育",
        "lost",
        "1",
        "a.sb-1a2b3c4-Xy12Zz",
        "a.sb-1a2b3c4g-Xy12Zz",
        "sb-1a2b3c4d-Xy12Zz",
    ] {
        assert!(!never_entered(OsStr::new(name)), "{name:?}");
    }
}

#[test]
fn folders_make_sections() {
    for (file, section, folder) in [
        ("a.md", "", None),
        ("sports/a.md", "sports", None),
        ("sports/football/2026/07/02/final.md", "sports/football", None),
        ("2026/07/02/sports/a.md", "sports", None),
        ("2026/a.md", "", None),
        ("2026/7/2/A01.txt", "", None),
        ("07/a.md", "07", None),
        ("2026/13/a.md", "13", None),
        ("2026/07/32/a.md", "32", None),
        ("2026/07/02/03/a.md", "03", None),
        ("2026/sports/07/a.md", "sports/07", None),
        ("20260/a.md", "20260", None),
        ("0999/a.md", "0999", None),
        ("sports/_posts/2026-07-02-a.md", "sports", None),
        ("_posts/2026/07/a.md", "", None),
        ("体育/足球/a.md", "体育/足球", None),
        ("story/index.md", "", Some("story")),
        ("sports/story/Index.HTML", "sports", Some("sports/story")),
        ("sports/2026/07/story/index.txt", "sports", Some("sports/2026/07/story")),
        ("sports/2026/07/02/index.md", "sports", None),
        ("index.md", "", None),
        ("_posts/index.md", "", None),
        ("story/index.jpg", "story", None),
        ("story/index2.md", "story", None),
        ("story/_index.md", "story", None),
    ] {
        assert_eq!(section_names(&at(file)).join("/"), section, "{file}");
        assert_eq!(bundle(&at(file)), folder.map(at), "{file}");
    }
    let undecodable = InboxPath::from_bytes(b"\xCC\xE5\xD3\xFD/a.md");
    assert_eq!(section_names(&undecodable), ["%CC%E5%D3%FD"]);
}

#[test]
fn extensions_say_what_a_file_is() {
    for (file, expected) in [
        ("a.md", Sort::Article),
        ("a.TXT", Sort::Article),
        ("a.b.xhtml", Sort::Article),
        ("a.JPG", Sort::Media),
        ("a.pdf", Sort::Media),
        ("a", Sort::Unknown),
        ("a.md.sb-1a2b", Sort::Unknown),
        ("md", Sort::Unknown),
        ("a.DOCX", Sort::Article),
        ("a.doc", Sort::Article),
        ("a.wpd", Sort::Unknown),
        // What programs that keep folders alike put beside a file which was changed twice.
        ("a.sync-conflict-20261127-101010-ABCDEFG.md", Sort::Unknown),
        ("a.sync-conflict-20261127-101010.md", Sort::Unknown),
        ("a (Anna's conflicted copy 2026-11-27).md", Sort::Unknown),
        ("a (Conflicted copy 2026-11-27 101010).txt", Sort::Unknown),
        ("渡口 (李明 的冲突副本 2026-11-27).docx", Sort::Unknown),
        ("a_conflict-20261127-101010.md", Sort::Unknown),
        ("a (conflicted copy).md", Sort::Article),
        ("the conflicted copy 2026-11-27.md", Sort::Article),
        ("a (2026-11-27).md", Sort::Article),
        ("sync-conflict-explained.md", Sort::Article),
        ("a.sync-conflict-2026-11-27.md", Sort::Article),
        ("a_conflict-2026.md", Sort::Article),
        ("a.sync-conflict-20261127-101010-ABCDEFG.jpg", Sort::Media),
    ] {
        assert_eq!(sort(&at(file)), expected, "{file}");
    }
    assert_eq!(media_type("mp3"), Some("audio/mpeg"));
    assert_eq!(media_type("md"), None);
}

// Files

#[test]
fn a_listing_holds_what_counts_in_order() {
    let dir =
        inbox(&["b.md", "a.md", "a.md~", ".x", "b.rejected.txt", "z/1.md", "_d/1.md", "_posts/1.md", "pic.png", "c/"]);
    symlink("a.md", dir.path().join("link.md")).unwrap();
    symlink("z", dir.path().join("linked")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        dir.path().join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let listing = list(dir.path(), &InboxPath::root()).unwrap();
    let files: Vec<_> = listing.files.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(files, ["a.md", "b.md", "pic.png"]);
    assert_eq!(listing.folders, [at("_posts"), at("c"), at("z")]);
    for (path, seen) in &listing.files {
        assert_eq!(look(dir.path(), path).unwrap(), Some(*seen));
        assert_eq!(seen.size, path.as_bytes().len() as u64);
    }
    assert_eq!(list(dir.path(), &at("none")).unwrap_err().kind(), ErrorKind::NotFound);
    assert!(list(dir.path(), &at("linked")).is_err());
    assert!(list(dir.path(), &at("..")).is_err());
}

#[test]
fn nothing_is_read_through_symlinks_or_from_pipes() {
    let dir = inbox(&["in/a.md", "in/sub/b.md", "secret.md"]);
    let root = dir.path().join("in");
    symlink("../secret.md", root.join("out.md")).unwrap();
    symlink("sub", root.join("linked")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        root.join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    for path in ["out.md", "linked/b.md", "../secret.md", "pipe.md", "sub", "none.md"] {
        assert!(open(&root, &at(path)).is_err(), "{path}");
    }
    for path in ["out.md", "pipe.md", "sub", "none.md", "a.md/b.md"] {
        assert_eq!(look(&root, &at(path)).unwrap(), None, "{path}");
    }
    let Reading::Whole { bytes, look: seen } = read(&root, &at("sub/b.md"), 100).unwrap() else { panic!() };
    assert_eq!(bytes, b"in/sub/b.md");
    assert_eq!(look(&root, &at("sub/b.md")).unwrap(), Some(seen));
    // The inbox itself may be a symlink.
    symlink("in", dir.path().join("link")).unwrap();
    assert!(open(&dir.path().join("link"), &at("sub/b.md")).is_ok());
}

#[test]
fn reading_keeps_to_its_limit() {
    let dir = inbox(&["12345", "empty"]);
    assert!(matches!(read(dir.path(), &at("12345"), 5).unwrap(), Reading::Whole { bytes, .. } if bytes == b"12345"));
    assert_eq!(read(dir.path(), &at("12345"), 4).unwrap(), Reading::TooLarge { size: 5 });
    File::create(dir.path().join("empty")).unwrap();
    assert!(matches!(read(dir.path(), &at("empty"), 5).unwrap(), Reading::Whole { bytes, .. } if bytes.is_empty()));
}

#[test]
fn unreadable_is_not_missing() {
    let dir = inbox(&["locked/a.md", "b.md"]);
    for (path, mode) in [("locked", 0o000), ("b.md", 0o000)] {
        fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    // The superuser may read everything.
    if File::open(dir.path().join("b.md")).is_err() {
        assert_eq!(list(dir.path(), &at("locked")).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(look(dir.path(), &at("locked/a.md")).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(open(dir.path(), &at("b.md")).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(root_state(&dir.path().join("locked")), Root::Unreadable);
    }
    fs::set_permissions(dir.path().join("locked"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn the_inbox_itself_is_there_or_gone() {
    let dir = inbox(&["in/a.md"]);
    assert!(matches!(root_state(&dir.path().join("in")), Root::Present { identity } if !identity.is_empty()));
    assert_eq!(root_state(&dir.path().join("none")), Root::Gone);
    assert_eq!(root_state(&dir.path().join("in/a.md")), Root::Gone);
    assert!(!needs_polling(dir.path()));
    assert!(!needs_polling(&dir.path().join("none")));
}

// Hints of real events

struct Watched {
    dir: TempDir,
    watch: Watch,
    hints: Receiver<Hint>,
}

impl Watched {
    /// Watches every folder of an inbox with these files.
    fn new(paths: &[&str]) -> Self {
        let dir = inbox(paths);
        let (tx, hints) = mpsc::channel();
        fs::create_dir_all(dir.path().join("in")).unwrap();
        let watch = Watch::new(&dir.path().join("in"), move |hint| {
            let _ended = tx.send(hint);
        })
        .unwrap();
        let mut watched = Self { dir, watch, hints };
        watched.add_all(&InboxPath::root());
        watched
    }

    fn add_all(&mut self, folder: &InboxPath) {
        self.watch.add(folder).unwrap();
        for below in list(&self.dir.path().join("in"), folder).unwrap().folders {
            self.add_all(&below);
        }
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(path)
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// All hints up to now: a last file is dropped to know where the end is.
    fn so_far(&self) -> Vec<Hint> {
        fs::write(self.path("end.md"), "").unwrap();
        self.rename("end.md", "in/end.md");
        fs::remove_file(self.path("in/end.md")).unwrap();
        let mut hints = Vec::new();
        loop {
            let hint = self.hints.recv_timeout(PATIENCE).expect("the last file is told of");
            match hint {
                Hint::Vanished(path) if path == at("end.md") => return hints,
                Hint::Arrived(path) if path == at("end.md") => {}
                hint => hints.push(hint),
            }
        }
    }
}

#[test]
fn a_written_file_is_created_then_closed() {
    let inbox = Watched::new(&["in/sports/"]);
    let mut file = File::create(inbox.path("in/sports/a.md")).unwrap();
    for _ in 0..5 {
        file.write_all(b"words ").unwrap();
    }
    assert_eq!(inbox.so_far(), [Hint::Created(at("sports/a.md")), Hint::Written(at("sports/a.md"))]);
    drop(file);
    assert_eq!(inbox.so_far(), [Hint::Closed(at("sports/a.md"))]);
    // Reading it, and its attributes, are no news.
    fs::read(inbox.path("in/sports/a.md")).unwrap();
    fs::set_permissions(inbox.path("in/sports/a.md"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(inbox.so_far(), []);
    let mut again = File::options().append(true).open(inbox.path("in/sports/a.md")).unwrap();
    again.write_all(b"more").unwrap();
    drop(again);
    assert_eq!(inbox.so_far(), [Hint::Written(at("sports/a.md")), Hint::Closed(at("sports/a.md"))]);
}

#[test]
fn renames_of_files() {
    let inbox = Watched::new(&["out/a.md", "in/b.md", "in/x/c.md", "in/y/", "in/_z/"]);
    for (from, to, hint) in [
        ("out/a.md", "in/a.md", Hint::Arrived(at("a.md"))),
        ("in/a.md", "in/x/a.md", Hint::Moved { from: at("a.md"), to: at("x/a.md") }),
        ("in/x/c.md", "in/y/c.md", Hint::Moved { from: at("x/c.md"), to: at("y/c.md") }),
        ("in/y/c.md", "in/y/c.md.tmp", Hint::Vanished(at("y/c.md"))),
        ("in/y/c.md.tmp", "in/y/d.md", Hint::Arrived(at("y/d.md"))),
        ("in/b.md", "in/_z/b.md", Hint::Vanished(at("b.md"))),
        ("in/_z/b.md", "in/b.md", Hint::Arrived(at("b.md"))),
        ("in/y/d.md", "out/d.md", Hint::Vanished(at("y/d.md"))),
    ] {
        inbox.rename(from, to);
        assert_eq!(inbox.so_far(), [hint], "{from} to {to}");
    }
    inbox.rename("in/b.md", "in/.b");
    inbox.rename("in/.b", "in/.c");
    assert_eq!(inbox.so_far(), [Hint::Vanished(at("b.md"))]);
}

#[test]
fn a_file_renamed_away_is_told_of_without_another_event() {
    let inbox = Watched::new(&["in/a.md"]);
    inbox.rename("in/a.md", "away.md");
    assert_eq!(inbox.hints.recv_timeout(PATIENCE), Ok(Hint::Vanished(at("a.md"))));
}

#[test]
fn files_renamed_away_one_after_the_other_are_all_told_of() {
    let inbox = Watched::new(&["in/a.md", "in/b.md", "in/c.md"]);
    for file in ["a.md", "b.md", "c.md"] {
        inbox.rename(&format!("in/{file}"), file);
    }
    let vanished = ["a.md", "b.md", "c.md"].map(|file| Hint::Vanished(at(file)));
    assert_eq!(inbox.so_far(), vanished);
}

#[test]
fn a_file_of_a_name_that_was_being_written_is_another() {
    let inbox = Watched::new(&["in/"]);
    let write = || {
        let mut file = File::create(inbox.path("in/a.md")).unwrap();
        file.write_all(b"words").unwrap();
        file
    };
    let begun = [Hint::Created(at("a.md")), Hint::Written(at("a.md"))];
    let first = write();
    assert_eq!(inbox.so_far(), begun);
    inbox.rename("in/a.md", "in/b.md");
    assert_eq!(inbox.so_far(), [Hint::Moved { from: at("a.md"), to: at("b.md") }]);
    let second = write();
    assert_eq!(inbox.so_far(), begun);
    fs::remove_file(inbox.path("in/a.md")).unwrap();
    assert_eq!(inbox.so_far(), [Hint::Vanished(at("a.md"))]);
    let third = write();
    assert_eq!(inbox.so_far(), begun);
    drop((first, second, third));
}

#[test]
fn editors_save_by_renaming() {
    let inbox = Watched::new(&["in/a.md"]);
    // vim with a backup: the old file aside, a new one in its place.
    inbox.rename("in/a.md", "in/a.md~");
    fs::write(inbox.path("in/a.md"), "new").unwrap();
    fs::remove_file(inbox.path("in/a.md~")).unwrap();
    let vanished = Hint::Vanished(at("a.md"));
    let saved = [vanished, Hint::Created(at("a.md")), Hint::Written(at("a.md")), Hint::Closed(at("a.md"))];
    assert_eq!(inbox.so_far(), saved);
    // rsync: a hidden name, then over the old one.
    fs::write(inbox.path("in/.a.md.Xy12"), "newer").unwrap();
    inbox.rename("in/.a.md.Xy12", "in/a.md");
    assert_eq!(inbox.so_far(), [Hint::Arrived(at("a.md"))]);
}

#[test]
fn links_arrive_and_symlinks_do_not() {
    let inbox = Watched::new(&["out/a.md", "in/"]);
    fs::hard_link(inbox.path("out/a.md"), inbox.path("in/a.md")).unwrap();
    symlink("a.md", inbox.path("in/b.md")).unwrap();
    assert_eq!(inbox.so_far(), [Hint::Arrived(at("a.md"))]);
    // Its other name does not make it whole while it is written to.
    let mut file = File::options().append(true).open(inbox.path("in/a.md")).unwrap();
    file.write_all(b"more").unwrap();
    assert_eq!(inbox.so_far(), [Hint::Written(at("a.md"))]);
    drop(file);
    assert_eq!(inbox.so_far(), [Hint::Closed(at("a.md"))]);
    fs::remove_file(inbox.path("in/a.md")).unwrap();
    assert_eq!(inbox.so_far(), [Hint::Vanished(at("a.md"))]);
}

#[test]
fn folders_appear_move_and_vanish() {
    let mut inbox = Watched::new(&["in/x/y/a.md", "out/new/b.md"]);
    fs::create_dir(inbox.path("in/made")).unwrap();
    fs::create_dir(inbox.path("in/_made")).unwrap();
    inbox.rename("out/new", "in/new");
    assert_eq!(inbox.so_far(), [Hint::Folder(at("made")), Hint::Folder(at("new"))]);

    assert_eq!(inbox.watch.watched(), 3);
    inbox.rename("in/x", "in/z");
    assert_eq!(inbox.so_far(), [Hint::FolderMoved { from: at("x"), to: at("z") }]);
    inbox.watch.moved(&at("x"), &at("z")).unwrap();
    assert_eq!(inbox.watch.watched(), 3);
    fs::write(inbox.path("in/z/y/b.md"), "b").unwrap();
    let written = |path: &str| [Hint::Created(at(path)), Hint::Written(at(path)), Hint::Closed(at(path))];
    assert_eq!(inbox.so_far(), written("z/y/b.md"));

    inbox.rename("in/z", "out/z");
    assert_eq!(inbox.so_far(), [Hint::FolderVanished(at("z"))]);
    inbox.watch.remove(&at("z"));
    assert_eq!(inbox.watch.watched(), 1);
    fs::write(inbox.path("out/z/y/c.md"), "c").unwrap();
    assert_eq!(inbox.so_far(), []);

    inbox.add_all(&at("new"));
    fs::remove_dir_all(inbox.path("in/new")).unwrap();
    let hints = inbox.so_far();
    assert_eq!(hints.first(), Some(&Hint::Vanished(at("new/b.md"))));
    assert!(hints[1..].iter().all(|hint| *hint == Hint::FolderVanished(at("new"))), "{hints:?}");
    assert!(hints.len() > 1);
    // The same name again is another folder.
    inbox.watch.remove(&at("new"));
    fs::create_dir(inbox.path("in/new")).unwrap();
    assert_eq!(inbox.so_far(), [Hint::Folder(at("new"))]);
    inbox.watch.add(&at("new")).unwrap();
    fs::write(inbox.path("in/new/c.md"), "c").unwrap();
    assert_eq!(inbox.so_far(), written("new/c.md"));
}

#[test]
fn a_folder_renamed_to_a_hidden_name_vanishes() {
    let inbox = Watched::new(&["in/x/a.md"]);
    inbox.rename("in/x", "in/.x");
    assert_eq!(inbox.so_far(), [Hint::FolderVanished(at("x"))]);
    inbox.rename("in/.x", "in/x");
    assert_eq!(inbox.so_far(), [Hint::Folder(at("x"))]);
    fs::create_dir(inbox.path("in/.y")).unwrap();
    fs::remove_dir(inbox.path("in/.y")).unwrap();
    assert_eq!(inbox.so_far(), []);
}

#[test]
fn the_inbox_moved_is_a_hint_to_compare_everything() {
    let inbox = Watched::new(&["in/a.md"]);
    inbox.rename("in", "elsewhere");
    assert!(matches!(inbox.hints.recv_timeout(PATIENCE), Ok(Hint::Everything(_))));
}

#[test]
fn what_cannot_be_watched_is_said() {
    let mut inbox = Watched::new(&["in/a.md", "in/real/"]);
    symlink("real", inbox.path("in/linked")).unwrap();
    for path in ["none", "a.md", "linked"] {
        assert!(matches!(inbox.watch.add(&at(path)), Err(WatchError::NoFolder(p)) if p == at(path)), "{path}");
    }
    inbox.watch.add(&at("real")).unwrap();
    assert_eq!(inbox.watch.watched(), 2);
    assert!(Watch::new(&inbox.path("none"), |_| {}).is_err());
}

// Settling

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn a_look(size: u64) -> Look {
    Look { size, mtime_ns: 0, ctime_ns: 0, inode: 1 }
}

fn paths(ready: &[Ready]) -> Vec<String> {
    ready.iter().map(|r| r.path.to_string()).collect()
}

#[test]
fn a_closed_file_rests_and_a_renamed_one_does_not() {
    let mut settle = Settle::new(ms(300), ms(2000));
    settle.closed(at("a.md"), ms(0));
    settle.arrived(at("b.md"), ms(100));
    assert_eq!(settle.next(), Some(ms(100)));
    let ready = settle.due(ms(100));
    assert_eq!(paths(&ready), ["b.md"]);
    assert_eq!(ready[0].expected, None);
    // Written again: the rest begins anew.
    settle.closed(at("a.md"), ms(200));
    assert_eq!(settle.due(ms(499)), []);
    assert_eq!(settle.next(), Some(ms(500)));
    assert_eq!(paths(&settle.due(ms(500))), ["a.md"]);
    assert_eq!((settle.next(), settle.waiting()), (None, 0));
}

#[test]
fn without_settle_a_close_is_enough() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.created(at("a.md"), a_look(0), ms(5));
    assert_eq!(settle.due(ms(6)), []);
    settle.closed(at("a.md"), ms(7));
    assert_eq!(paths(&settle.due(ms(7))), ["a.md"]);
    assert_eq!(settle.next(), None);
}

#[test]
fn what_appears_without_a_close_must_lie_still() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.created(at("a.md"), a_look(1), ms(0));
    // The rescan comes by and finds it unchanged for a while, then grown.
    settle.seen(at("a.md"), a_look(1), false, ms(10_000));
    assert_eq!(settle.due(ms(19_999)), []);
    settle.seen(at("a.md"), a_look(2), false, ms(19_999));
    let whole = ms(19_999) + ms(2000) * OPEN_LOOKS;
    assert_eq!(settle.due(whole - ms(1)), []);
    let ready = settle.due(whole);
    assert_eq!((paths(&ready), ready[0].expected), (vec!["a.md".to_owned()], Some(a_look(2))));
    // It grew after all: it rests as long again.
    settle.changed(ready.into_iter().next().unwrap(), a_look(3), whole);
    assert_eq!(settle.next(), Some(whole + ms(2000) * OPEN_LOOKS));
    settle.closed(at("a.md"), whole + ms(1));
    assert_eq!(paths(&settle.due(whole + ms(1))), ["a.md"]);
}

#[test]
fn an_article_comes_after_its_sidecar() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.seen(at("a.yaml"), a_look(1), true, ms(0));
    for article in ["a.md", "b.md"] {
        settle.arrived(at(article), ms(0));
    }
    assert_eq!(paths(&settle.due(ms(0))), ["b.md"]);
    assert_eq!(paths(&settle.due(ms(2000))), ["a.yaml", "a.md"]);
    // One that is written for ever is not waited for longer than an upload that stalls.
    settle.written(at("a.yaml"), ms(0));
    settle.arrived(at("a.md"), ms(0));
    assert_eq!(settle.due(ms(0)), []);
    settle.written(at("a.yaml"), LONGEST_STALL - ms(1));
    assert_eq!(settle.due(LONGEST_STALL - ms(1)), []);
    assert_eq!(paths(&settle.due(LONGEST_STALL)), ["a.md"]);
}

#[test]
fn an_upload_that_stalls_is_not_taken_for_a_whole_file() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.created(at("a.md"), a_look(0), ms(0));
    settle.written(at("a.md"), ms(10));
    assert_eq!(settle.open().collect::<Vec<_>>(), [(ms(0), &at("a.md"))]);
    let ready = settle.due(ms(10) + LONGEST_STALL);
    assert_eq!(paths(&ready), ["a.md"]);
    assert_ne!(ready[0].expected, None, "whoever reads it looks first");
    settle.changed(ready.into_iter().next().unwrap(), a_look(1), LONGEST_STALL);
    assert_eq!(settle.open().count(), 1, "nothing closed it");
    // A comparison finds it as it was, then grown.
    settle.seen(at("a.md"), a_look(1), true, LONGEST_STALL + ms(5));
    assert_eq!(settle.next(), Some(LONGEST_STALL * 2));
    settle.seen(at("a.md"), a_look(2), true, LONGEST_STALL + ms(7));
    assert_eq!(settle.next(), Some(LONGEST_STALL * 2 + ms(7)));
    settle.closed(at("a.md"), LONGEST_STALL + ms(8));
    assert_eq!(paths(&settle.due(LONGEST_STALL + ms(8))), ["a.md"]);
    assert_eq!(settle.open().count(), 0);
}

#[test]
fn a_close_may_be_among_lost_events() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.written(at("a.md"), ms(0));
    settle.closed(at("b.md"), ms(50));
    settle.doubt_closes(ms(100));
    assert_eq!(paths(&settle.due(ms(100))), ["b.md"]);
    assert_eq!(settle.next(), Some(ms(100) + ms(2000) * OPEN_LOOKS));
    settle.doubt_closes(ms(5000));
    assert_eq!(settle.next(), Some(ms(100) + ms(2000) * OPEN_LOOKS), "doubted again, it waits no longer");
}

#[test]
fn what_goes_with_an_article_comes_before_it() {
    let mut settle = Settle::new(ms(0), ms(200));
    for file in ["story.md", "story.yaml", "tale.md", "tale.jpg", "tale.jpg.txt"] {
        settle.closed(at(file), ms(0));
    }
    assert_eq!(paths(&settle.due(ms(0))), ["story.yaml", "tale.jpg", "tale.jpg.txt", "story.md", "tale.md"]);
}

#[test]
fn a_file_renamed_while_it_is_written_is_not_whole() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.written(at("a.md"), ms(0));
    settle.moved(&at("a.md"), at("b.md"), ms(5));
    assert_eq!(settle.due(ms(5)), []);
    settle.closed(at("b.md"), ms(6));
    settle.moved(&at("never seen.md"), at("c.md"), ms(6));
    assert_eq!(paths(&settle.due(ms(6))), ["b.md", "c.md"]);
    assert_eq!((settle.waiting(), settle.open().count()), (0, 0));
}

#[test]
fn a_scan_asks_fresh_files_for_a_second_look() {
    let mut settle = Settle::new(ms(0), ms(2000));
    settle.seen(at("old.md"), a_look(1), false, ms(0));
    settle.seen(at("fresh.md"), a_look(1), true, ms(0));
    assert_eq!(paths(&settle.due(ms(0))), ["old.md"]);
    settle.seen(at("fresh.md"), a_look(1), true, ms(1500));
    assert_eq!(settle.next(), Some(ms(2000)), "an equal look does not begin the rest anew");
    settle.seen(at("fresh.md"), a_look(2), true, ms(1600));
    assert_eq!(settle.due(ms(3599)), []);
    let ready = settle.due(ms(3600));
    assert_eq!((paths(&ready), ready[0].expected), (vec!["fresh.md".to_owned()], Some(a_look(2))));
}

#[test]
fn what_events_said_stands_before_a_scan() {
    let mut settle = Settle::new(ms(300), ms(2000));
    settle.closed(at("a.md"), ms(0));
    settle.seen(at("a.md"), a_look(1), true, ms(200));
    let ready = settle.due(ms(300));
    assert_eq!((paths(&ready), ready[0].expected), (vec!["a.md".to_owned()], None));
    // A close while it was read has the last word.
    settle.closed(at("a.md"), ms(310));
    settle.changed(ready.into_iter().next().unwrap(), a_look(9), ms(320));
    assert_eq!(settle.next(), Some(ms(610)));
}

#[test]
fn unknown_extensions_rest() {
    let mut settle = Settle::new(ms(0), ms(1));
    settle.closed(at("a.wpd"), ms(0));
    settle.arrived(at("b"), ms(0));
    settle.seen(at("c.sb-1"), a_look(1), false, ms(0));
    assert_eq!(settle.due(UNKNOWN_REST - ms(1)), []);
    settle.vanished(&at("c.sb-1"));
    assert_eq!(paths(&settle.due(UNKNOWN_REST)), ["a.wpd", "b"]);
}

#[test]
fn batches_are_bounded_and_the_longest_due_come_first() {
    let mut settle = Settle::new(ms(0), ms(1));
    for n in 0..(BATCH + 10) as u64 {
        settle.arrived(at(&format!("{n}.md")), ms(10_000 - n));
    }
    let first = settle.due(ms(10_000));
    assert_eq!(first.len(), BATCH);
    assert_eq!(first[0].path, at(&format!("{}.md", BATCH + 9)));
    assert!(settle.next() <= Some(ms(10_000)));
    assert_eq!(settle.due(ms(10_000)).len(), 10);
    assert_eq!(settle.waiting(), 0);
}

#[test]
fn fresh_is_by_the_clock_of_the_file_and_on_a_share_always() {
    let now = DateTime::from_timestamp(1_000_000, 500_000_000).unwrap();
    let freshness = Freshness::since(now, ms(1000));
    for (mtime_ms, fresh) in [
        (999_999_501, true),
        (999_999_499, false),
        (2_000_000_000, true),
        // Whole seconds: a second change would leave no trace for two of them.
        (999_999_000, true),
        (999_998_000, false),
        (0, false),
    ] {
        let look = Look { mtime_ns: mtime_ms * 1_000_000, ..a_look(1) };
        assert_eq!(freshness.is_fresh(&look), fresh, "{mtime_ms}");
        assert!(Freshness::always().is_fresh(&look));
    }
}

#[test]
fn a_look_with_whole_seconds_must_last() {
    let mut settle = Settle::new(ms(0), ms(200));
    let look = |mtime_ms: i64| Look { mtime_ns: mtime_ms * 1_000_000, ..a_look(1) };
    settle.seen(at("fine.md"), look(1_000_001), true, ms(0));
    settle.seen(at("coarse.md"), look(1_000_000), true, ms(0));
    assert_eq!(paths(&settle.due(COARSE_REST - ms(1))), ["fine.md"]);
    let ready = settle.due(COARSE_REST);
    assert_eq!(paths(&ready), ["coarse.md"]);
    settle.changed(ready.into_iter().next().unwrap(), look(2_000_000), COARSE_REST);
    assert_eq!(settle.next(), Some(COARSE_REST * 2));
    settle.seen(at("old.md"), look(1_000_000), false, ms(0));
    assert_eq!(paths(&settle.due(ms(0))), ["old.md"]);
    // One that had finer dates until somebody else's program wrote it.
    settle.seen(at("other.md"), look(1_000_001), false, ms(0));
    let ready = settle.due(ms(0));
    settle.vanished(&at("coarse.md"));
    settle.changed(ready.into_iter().next().unwrap(), look(3_000_000), ms(10));
    assert_eq!(settle.next(), Some(ms(10) + COARSE_REST));
}

proptest! {
    /// Whatever happens, a path waits at most once and comes out at last, unless it vanished.
    #[test]
    fn nothing_is_lost_and_nothing_comes_twice(steps in proptest::collection::vec((0u8..8, 0u8..4, 0u64..500), 0..60)) {
        let mut settle = Settle::new(ms(300), ms(200));
        let (mut tick, mut waiting) = (ms(0), std::collections::BTreeSet::new());
        for (what, path, after) in steps {
            tick += ms(after);
            let path = at(&format!("{path}.md"));
            match what {
                0 => settle.closed(path.clone(), tick),
                1 => settle.arrived(path.clone(), tick),
                2 => settle.created(path.clone(), a_look(after), tick),
                3 => settle.seen(path.clone(), a_look(after), after % 2 == 0, tick),
                4 => settle.vanished(&path),
                5 => settle.written(path.clone(), tick),
                6 => settle.doubt_closes(tick),
                _ => for ready in settle.due(tick) { prop_assert!(waiting.remove(&ready.path)); }
            }
            match what {
                0..=3 | 5 => { waiting.insert(path); }
                4 => { waiting.remove(&path); }
                _ => {}
            }
            prop_assert_eq!(settle.waiting(), waiting.len());
            prop_assert!(settle.open().all(|(since, path)| since <= tick && waiting.contains(path)));
        }
        let rest: std::collections::BTreeSet<_> = settle.due(tick + LONGEST_STALL).into_iter().map(|r| r.path).collect();
        prop_assert_eq!(rest, waiting);
        prop_assert_eq!((settle.next(), settle.open().count()), (None, 0));
    }
}

// Notices

fn rejection() -> Rejection {
    Rejection::new("the date \"someday\" cannot be read", "write it as 2026-07-02").at(3, 7)
}

#[test]
fn a_notice_speaks_the_readers_language() {
    let english = notice::text("a.md", &rejection(), "en-GB");
    assert!(english.starts_with('\u{feff}'));
    assert_eq!(english.matches('\n').count(), english.matches("\r\n").count());
    for words in ["\"a.md\" is not published", "the date \"someday\"", "line 3, column 7", "2026-07-02", "by itself"] {
        assert!(english.contains(words), "{words} in {english}");
    }
    for language in ["zh", "zh-CN", "ZH_Hant"] {
        let chinese = notice::text("稿件.txt", &rejection(), language);
        for words in
            ["“稿件.txt”没有发布", "无法读懂日期 \"someday\"", "第 3 行", "第 7 个字符", "2026-07-02", "自动消失"]
        {
            assert!(chinese.contains(words), "{words} in {chinese}");
        }
    }
    let nowhere = notice::text("a\r\nb.md", &Rejection::new("x\n\u{1}y", ""), "en");
    assert!(nowhere.contains("\"a  b.md\"") && nowhere.contains("x  y\r\n") && !nowhere.contains("Where"), "{nowhere}");
    assert!(notice::text("a", &Rejection::new("x", "").at_byte(17), "en").contains("byte 17"));
}

#[test]
fn a_notice_is_written_once_and_goes() {
    let dir = inbox(&["sports/a.md"]);
    let (file, text) = (at("sports/a.md"), notice::text("a.md", &rejection(), "en"));
    let lies = dir.path().join("sports/a.md.rejected.txt");
    assert!(syndicated::inbox::never_read(lies.file_name().unwrap()));
    assert!(!syndicated::inbox::never_read(OsStr::new("a.md")));
    assert!(notice::write(dir.path(), &file, &text).unwrap());
    assert_eq!(fs::read_to_string(&lies).unwrap(), text);
    assert!(!notice::write(dir.path(), &file, &text).unwrap(), "nothing to do");
    let other = notice::text("a.md", &Rejection::new("too large", ""), "zh");
    assert!(notice::write(dir.path(), &file, &other).unwrap());
    assert_eq!(fs::read_to_string(&lies).unwrap(), other);
    assert_eq!(fs::read_dir(dir.path().join("sports")).unwrap().count(), 2, "no temporary is left");
    assert!(notice::remove(dir.path(), &file).unwrap());
    assert!(!notice::remove(dir.path(), &file).unwrap());
    assert!(!lies.exists());
    assert_eq!(fs::read_to_string(dir.path().join("sports/a.md")).unwrap(), "sports/a.md");
    assert!(!notice::remove(dir.path(), &at("gone/a.md")).unwrap());
    assert_eq!(notice::write(dir.path(), &at("gone/a.md"), &text).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn what_is_not_our_notice_is_left_alone() {
    let dir = inbox(&["a.md.rejected.txt", "target"]);
    symlink("target", dir.path().join("b.md.rejected.txt")).unwrap();
    fs::create_dir(dir.path().join("c.md.rejected.txt")).unwrap();
    for file in ["a.md", "b.md", "c.md"] {
        assert!(!notice::write(dir.path(), &at(file), &notice::text(file, &rejection(), "en")).unwrap(), "{file}");
        assert!(!notice::remove(dir.path(), &at(file)).unwrap(), "{file}");
    }
    assert_eq!(fs::read_to_string(dir.path().join("a.md.rejected.txt")).unwrap(), "a.md.rejected.txt");
    assert_eq!(fs::read_to_string(dir.path().join("target")).unwrap(), "target");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
    // Begun like ours, and gone on with by somebody else.
    let copied = notice::text("e.md", &rejection(), "en").replacen("\r\n", " (copied)\r\n", 1);
    fs::write(dir.path().join("e.md.rejected.txt"), &copied).unwrap();
    assert!(!notice::remove(dir.path(), &at("e.md")).unwrap());
    // Ours, saved again by an editor that dropped the mark of UTF-8.
    let text = notice::text("d.md", &rejection(), "en");
    fs::write(dir.path().join("d.md.rejected.txt"), text.trim_start_matches('\u{feff}')).unwrap();
    assert!(notice::remove(dir.path(), &at("d.md")).unwrap());
}

#[test]
fn long_names_have_notices_too() {
    for before in ["", "x", "xy"] {
        let name = format!("{before}{}.txt", "稿".repeat(83));
        let dir = inbox(&[&name]);
        assert!(notice::write(dir.path(), &at(&name), &notice::text(&name, &rejection(), "zh")).unwrap());
        let listing = list(dir.path(), &InboxPath::root()).unwrap();
        assert_eq!(listing.files.len(), 1, "the notice is never read");
        let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|name| name.to_str().is_some()), "no character is cut: {names:?}");
        assert!(notice::remove(dir.path(), &at(&name)).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
