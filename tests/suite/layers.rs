//! The architecture, read from the source: imports point one way, and each foreign thing is known in one place.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the program: its path under `src/`, the module of `lib.rs` it belongs to, its text and its code.
struct Source {
    path: String,
    module: String,
    text: String,
    /// The text without comments.
    code: String,
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|e| extensions.iter().any(|known| e == *known)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let read = |file: PathBuf| {
        let path = file.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
        Source { path, module, text, code }
    };
    files(&src, &["rs"]).into_iter().map(read).collect()
}

/// The group of each module in `lib.rs`: its `mod` lines, groups parted by blank lines.
fn layers(lib: &str) -> BTreeMap<String, usize> {
    let mut layers = BTreeMap::new();
    let mut group = 0;
    for line in lib.lines() {
        match line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            Some(module) => {
                layers.insert(module.to_owned(), group);
            }
            None => group += 1,
        }
    }
    layers
}

/// The words (identifiers) of a text, each with what follows it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(part)?..];
        let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        Some((word, rest))
    })
}

fn names(code: &str, word: &str) -> bool {
    words(code).any(|(found, _)| found == word)
}

/// Whether `krate::` is named as the beginning of a path, or `use krate`.
fn names_crate(code: &str, krate: &str) -> bool {
    let mut before = "";
    let mut start = code;
    for (word, rest) in words(code) {
        let gap = &start[..start.len() - rest.len() - word.len()];
        if word == krate && !gap.ends_with("::") && (rest.starts_with("::") || before == "use") {
            return true;
        }
        (before, start) = (word, rest);
    }
    false
}

/// The names behind a path (`crate::`, `super::`), one by one or in braces.
fn named_behind(code: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(path) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + path.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.extend(words(rest).next().map(|(word, _)| word.to_owned()));
            continue;
        };
        let (mut depth, mut first) = (0, true);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if c.is_whitespace() => {}
                _ if first => {
                    found.extend(words(&list[at..]).next().map(|(word, _)| word.to_owned()));
                    first = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn imports(code: &str) -> Vec<String> {
    named_behind(code, "crate::")
}

/// Room → file or folder in it → its neighbours that it names.
type Rooms = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn rooms(sources: &[Source]) -> Rooms {
    let mut rooms = Rooms::new();
    for source in sources {
        let path = source.path.trim_end_matches(".rs");
        let above: Vec<(&str, &str)> =
            path.match_indices('/').map(|(at, _)| (&path[..at], path[at + 1..].split('/').next().unwrap())).collect();
        for (steps, (room, member)) in above.into_iter().rev().enumerate() {
            let up = "super::".repeat(steps + 1);
            let down = format!("crate::{}::", room.replace('/', "::"));
            let named = [up, down].map(|path| named_behind(&source.code, &path)).concat();
            rooms.entry(room.to_owned()).or_default().entry(member.to_owned()).or_default().extend(named);
        }
    }
    for members in rooms.values_mut() {
        let known: BTreeSet<String> = members.keys().cloned().collect();
        for (member, named) in members {
            named.retain(|name| name != member && known.contains(name));
        }
    }
    rooms
}

/// A way from a member of a room back to itself, if there is one.
fn circle(members: &BTreeMap<String, BTreeSet<String>>, start: &str) -> Option<Vec<String>> {
    let (mut ways, mut seen) = (vec![vec![start.to_owned()]], BTreeSet::new());
    while let Some(way) = ways.pop() {
        for next in &members[way.last().unwrap()] {
            let longer = [&way[..], std::slice::from_ref(next)].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

#[test]
fn no_two_files_of_a_room_name_each_other() {
    let rooms = rooms(&sources());
    assert!(rooms.len() > 10 && rooms["parse/page"]["items"].contains("pieces"), "{:?}", rooms.keys());
    for (room, members) in &rooms {
        for member in members.keys() {
            assert_eq!(circle(members, member), None, "in src/{room}");
        }
    }
}

#[test]
fn this_test_reads_imports_as_rust_does() {
    let code = "use crate::a::B;\nuse crate::{c, d::{E, f}, g::H};\nfn x(i: &crate::i::J) { crate::k::l() }\npub(crate) fn m() {}";
    assert_eq!(imports(code), ["a", "c", "d", "g", "i", "k"]);
    assert!(names_crate("use rss;", "rss") && names_crate("fn f(x: rss::Item)", "rss"));
    assert!(!names_crate("use crate::rss::X; Format::rss(); sd_rss::x()", "rss"));
    let layers = layers("//! x\npub mod a;\nmod b;\n\npub mod c;\n");
    assert_eq!(layers["a"], layers["b"]);
    assert!(layers["b"] < layers["c"]);
}

#[test]
fn imports_point_to_earlier_groups() {
    let sources = sources();
    let lib = &sources.iter().find(|source| source.path == "lib.rs").unwrap().text;
    let layers = layers(lib);
    assert!(layers.len() > 10, "{layers:?}");
    for source in &sources {
        if matches!(source.module.as_str(), "lib" | "main") {
            continue;
        }
        let own = layers.get(&source.module).unwrap_or_else(|| panic!("{} is in no group of lib.rs", source.path));
        for import in imports(&source.code) {
            let Some(group) = layers.get(&import) else { continue };
            assert!(
                import == source.module || group < own,
                "src/{} names crate::{import}, which is not in a group before its own",
                source.path
            );
        }
        let up = if source.path.contains('/') { "super::super::" } else { "super::" };
        let deep = source.path.matches('/').count() > 1;
        assert!(deep || !source.code.contains(up), "src/{} names a neighbour through {up}", source.path);
    }
}

#[test]
fn each_foreign_thing_is_known_in_one_place() {
    for source in sources() {
        let code = &source.code;
        for (krate, home) in
            [("rss", "render"), ("atom_syndication", "render"), ("rusqlite", "catalogue"), ("notify", "inbox")]
        {
            assert!(
                source.module == home || !names_crate(code, krate),
                "src/{} names {krate}; only {home} may",
                source.path
            );
        }
        assert!(
            source.module == "respond"
                || !words(code).any(|(word, rest)| word == "StatusCode" && rest.starts_with("::")),
            "src/{} names an HTTP status; only respond may",
            source.path
        );
        let configures = matches!(source.module.as_str(), "config" | "cli" | "daemon");
        assert!(
            configures || !(imports(code).contains(&"config".to_owned()) && names(code, "Config")),
            "src/{} takes the whole Config; only cli and daemon may",
            source.path
        );
    }
}

#[test]
fn the_domain_is_not_the_wire() {
    for source in sources() {
        if matches!(source.module.as_str(), "article" | "section") {
            assert!(!names(&source.code, "Serialize"), "src/{} derives Serialize", source.path);
            assert!(!names(&source.code, "Deserialize"), "src/{} derives Deserialize", source.path);
        }
    }
}

#[test]
fn files_are_named_for_what_they_hold() {
    for source in sources() {
        for part in source.path.trim_end_matches(".rs").split(['/', '_']) {
            for banned in ["util", "helper", "manager", "service", "handler", "misc", "common"] {
                assert!(part.trim_end_matches('s') != banned, "src/{}", source.path);
            }
        }
    }
}

#[test]
fn each_file_says_what_it_is_and_is_short() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(lines < 2 || source.text.starts_with("//!"), "src/{} does not begin with //!", source.path);
        let header: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(
            lines <= 400 || header.contains("because"),
            "src/{} has {lines} lines: split it by noun, or say in its header why it is long (\"because\")",
            source.path
        );
        for unfinished in ["todo", "unimplemented"] {
            let found = words(&source.code).any(|(word, rest)| word == unfinished && rest.starts_with('!'));
            assert!(!found, "src/{} holds {unfinished}!", source.path);
        }
    }
}

#[test]
fn no_test_waits_by_the_clock() {
    let banned = concat!("sl", "eep");
    for file in files(&root().join("tests"), &["rs", "py", "sh"]) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!names(&text, banned), "{} holds the word {banned}: wait for a state instead", file.display());
    }
}
