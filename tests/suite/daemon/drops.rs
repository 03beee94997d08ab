//! All the ways in which editors, shells and upload programs put files into a folder, change them and take them away.

use std::fs;

use rustix::process::Signal;

use super::program::{EVENTS, POLL, Program, story};

/// Runs a story with events, and again by looking.
fn both(tell: impl Fn(&mut Program)) {
    for settings in [EVENTS, POLL] {
        tell(&mut Program::new(settings));
    }
}

#[test]
fn ways_to_drop() {
    both(|program| {
        let draft = program.dir.path().join("draft.md");
        fs::write(&draft, story("Copied")).unwrap();
        program.shell("cat > typed.md <<'END'\n---\ntitle: Typed\n---\n\nWords, typed into a terminal.\nEND");
        program.shell("cp ../draft.md copied.md");
        program.holds("", &["Typed", "Copied"]);
        fs::write(&draft, story("Moved")).unwrap();
        program.shell("mv ../draft.md moved.md");
        fs::write(&draft, story("Linked")).unwrap();
        program.shell("ln ../draft.md linked.md; rm ../draft.md");
        fs::write(&draft, story("Synced")).unwrap();
        program.shell("cp ../draft.md .synced.md.Xa93f1; mv .synced.md.Xa93f1 synced.md");
        fs::write(&draft, story("Uploaded")).unwrap();
        program.shell("cp ../draft.md uploaded.md.part; mv uploaded.md.part uploaded.md");
        fs::write(&draft, story("Deep")).unwrap();
        program.shell("mkdir -p sports/football/2026/07/02; cp ../draft.md sports/football/2026/07/02/deep.md");
        program.shell("ln -s ../draft.md symlink.md; ln -s /etc etc; mkdir .git _drafts; cp ../draft.md .git/x.md; cp ../draft.md _drafts/");
        program.holds("", &["Typed", "Copied", "Moved", "Linked", "Synced", "Uploaded", "Deep"]);
        program.holds("sports/football", &["Deep"]);
        program.holds("sports", &["Deep"]);
        assert_eq!(program.status().0, 0, "{:#}", program.status().1);
    });
}

#[test]
fn ways_to_save() {
    both(|program| {
        program.put("news/a.md", story("First"));
        program.holds("news", &["First"]);
        let ids = program.ids();
        // As vim does, both ways; as sed does; as an editor that deletes and then writes; over itself.
        for (title, script) in [
            ("Second", "cp news/a.md news/a.md~; sed s/First/Second/ news/a.md~ > news/a.md; rm news/a.md~"),
            ("Third", "mv news/a.md news/a.md~; sed s/Second/Third/ news/a.md~ > news/a.md; rm news/a.md~"),
            ("Fourth", "sed s/Third/Fourth/ news/a.md > news/.a.md.swp; mv news/.a.md.swp news/a.md"),
            ("Fifth", "sed -i s/Fourth/Fifth/ news/a.md"),
            ("Sixth", "sed s/Fifth/Sixth/ news/a.md > ../kept; rm news/a.md; cat ../kept > news/a.md"),
            ("Seventh", "sed s/Sixth/Seventh/ news/a.md > ../kept; : > news/a.md; cat ../kept > news/a.md"),
            ("Eighth", "sed s/Seventh/Eighth/ news/a.md > 4913.tmp; mv -f 4913.tmp news/a.md"),
        ] {
            program.shell(script);
            program.holds("news", &[title]);
        }
        assert_eq!(program.ids(), ids);
        // Nothing was ever taken for a deletion, and nothing was refused.
        assert!(!program.said().contains("withdrawn"), "{}", program.said());
        assert_eq!(program.status().0, 0);
    });
}

#[test]
fn whole_folders() {
    both(|program| {
        fs::create_dir_all(program.dir.path().join("tree/culture/music")).unwrap();
        fs::write(program.dir.path().join("tree/culture/a.md"), story("Theatre")).unwrap();
        fs::write(program.dir.path().join("tree/culture/music/b.md"), story("Concert")).unwrap();
        program.shell("cp -r ../tree/culture .");
        program.holds("culture", &["Theatre", "Concert"]);
        program.holds("culture/music", &["Concert"]);
        let ids = program.ids();
        let page = page(program, "Concert");
        program.shell("mv culture arts");
        program.holds("arts", &["Theatre", "Concert"]);
        program.holds("arts/music", &["Concert"]);
        program.holds("culture", &[]);
        assert_eq!(program.ids(), ids);
        // The page keeps the address it was given.
        assert_eq!(program.get(&page).status, 200);
        // Into a folder that is watched only since a moment; out of it again with the file inside renamed at once.
        program.shell("mkdir -p a/b; mv arts a/b/arts; mv a/b/arts/music/b.md a/b/arts/music/c.md");
        program.holds("a/b/arts/music", &["Concert"]);
        assert_eq!(program.ids(), ids);
        program.shell("rm -r a");
        program.holds("", &[]);
        assert_eq!(program.get(&page).status, 410);
        // The folder comes back, and so do its articles, as they were.
        program.shell("mkdir -p a/b/arts; cp -r ../tree/culture/. a/b/arts");
        program.holds("a/b/arts", &["Theatre", "Concert"]);
    });
}

/// The address of the page with this title.
fn page(program: &Program, title: &str) -> String {
    let feed: serde_json::Value = serde_json::from_str(&program.get("/feed.json").body).unwrap();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["title"] == title).unwrap();
    let url = url::Url::parse(item["url"].as_str().unwrap()).unwrap();
    url.path().to_owned()
}

#[test]
fn a_file_being_written_waits_for_its_end() {
    use std::io::Write;
    let mut program = Program::new(EVENTS);
    let mut file = fs::File::create(program.inbox("slow.md")).unwrap();
    file.write_all(b"---\ntitle: Slow\n---\n\nThe first half").unwrap();
    program.put("quick.md", story("Quick"));
    program.holds("", &["Quick"]);
    file.write_all(b" and the second half.\n").unwrap();
    drop(file);
    program.holds("", &["Quick", "Slow"]);
    assert!(program.get("/feed.json").body.contains("the second half"));
    assert!(!program.said().contains("revised"), "{}", program.said());
}

#[test]
fn settle_waits_for_the_last_close() {
    let mut program = Program::new("[intake]\nsettle = \"1s\"\nrescan = \"1h\"\n");
    for line in ["---\\ntitle: In goes", "\\n---\\n\\nOne. ", "Two. ", "Three."] {
        program.shell(&format!("printf -- '{line}' >> goes.md"));
    }
    program.holds("", &["In goes"]);
    // A command is answered when everything before it is printed, in all formats.
    program.status();
    assert!(program.get("/feed.json").body.contains("Three."));
    // What is renamed into place is whole.
    program.shell("sed s/Three/Four/ goes.md > ../goes.md; mv ../goes.md goes.md");
    super::program::until("the revision", || program.get("/feed.json").body.contains("Four.").then_some(()));
    program.says("revised ");
    assert_eq!(program.said().matches("goes").count(), 2, "{}", program.said());
}

#[test]
fn the_inbox_goes_away_and_comes_back() {
    both(|program| {
        for n in 0..3 {
            program.put(&format!("n{n}.md"), story(&format!("Story {n}")));
        }
        let all = ["Story 0", "Story 1", "Story 2"];
        program.holds("", &all);
        let ids = program.ids();
        let dir = program.dir.path().to_owned();
        fs::rename(dir.join("inbox"), dir.join("elsewhere")).unwrap();
        program.says("is gone");
        assert_eq!(program.status().0, 1);
        program.holds("", &all);
        fs::rename(dir.join("elsewhere"), dir.join("inbox")).unwrap();
        program.status_is("suspended", serde_json::Value::Null);
        program.put("n3.md", story("Story 3"));
        program.holds("", &["Story 0", "Story 1", "Story 2", "Story 3"]);
        assert_eq!(program.status().0, 0, "{:#}", program.status().1);
        // Deleted and made anew: another folder, whose emptiness says nothing.
        fs::remove_dir_all(dir.join("inbox")).unwrap();
        fs::create_dir(dir.join("inbox")).unwrap();
        program.status_is("held", 4);
        program.holds("", &["Story 0", "Story 1", "Story 2", "Story 3"]);
        program.put("n0.md", story("Story 0"));
        program.status_is("held", 3);
        let agreed = program.command(&["withdraw", "--missing"]);
        assert_eq!(agreed.status.code(), Some(0), "{agreed:?}");
        program.holds("", &["Story 0"]);
        assert!(ids.contains(&program.ids()[0]));
    });
}

#[test]
fn an_inbox_behind_a_symlink_that_is_turned() {
    let mut program = Program::closed(EVENTS);
    program.shell("cd ..; mv inbox one; ln -s one inbox");
    program.start();
    program.put("news/a.md", story("A"));
    program.holds("news", &["A"]);
    program.shell("cd ..; cp -a one two; ln -s two turned; mv -T turned inbox");
    program.put("news/b.md", story("B"));
    // It is compared now, and listened to from then on.
    program.signal(Signal::HUP);
    program.holds("news", &["A", "B"]);
    program.put("news/c.md", story("C"));
    program.holds("news", &["A", "B", "C"]);
}

#[test]
fn a_thousand_files_at_once() {
    let mut program = Program::new(EVENTS);
    let tree = program.dir.path().join("tree");
    for n in 0..1000 {
        let folder = tree.join(format!("s{}", n % 10));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{n}.md")), story(&format!("Story {n}"))).unwrap();
    }
    program.shell("cp -r ../tree/. .");
    program.status_is("published", 1000);
    let named = program.said().lines().count();
    assert!(named < 100, "{named} lines:\n{}", program.said());
    program.shell("rm -r s0; cp -r ../tree/s1 s10");
    // A tenth is what the guard lets go.
    program.status_is("published", 900);
    super::program::until("s10", || (program.titles("s10")?.len() == 100).then_some(()));
}
