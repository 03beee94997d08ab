//! The architecture, held by reading the source: which module may name which, and the house rules a compiler does not
//! know. The groups of `mod` lines in `src/lib.rs` are the layering; a submodule belongs to its top-level module.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Above this a file needs a reason in its header, in which it says that it is long: "lines" or "table".
const LONG: usize = 400;

/// Names that say nothing about what a file holds.
const EMPTY_NAMES: [&str; 5] = ["util", "helper", "manager", "service", "handler"];

struct Source {
    /// Relative to `src/` or `tests/`.
    path: PathBuf,
    text: String,
    /// The text without comments, strings and character literals.
    code: String,
}

impl Source {
    /// `parse` for `parse.rs` and `parse/page/lines.rs`.
    fn module(&self) -> String {
        let first = self.path.iter().next().unwrap().to_string_lossy();
        first.trim_end_matches(".rs").to_owned()
    }

    /// The code, with `super` of a top-level file written as the `crate` it is.
    fn rooted(&self) -> String {
        if self.path.iter().count() == 1 { self.code.replace("super::", "crate::") } else { self.code.clone() }
    }

    fn names(&self, word: &str) -> bool {
        words(&self.code).any(|(found, _)| found == word)
    }
}

fn sources(folder: &str) -> Vec<Source> {
    fn below(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = bare(&text);
                found.push(Source { path: path.strip_prefix(root).unwrap().to_owned(), text, code });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    below(&root, &root, &mut found);
    assert!(!found.is_empty());
    found
}

/// Blanks out comments, strings and characters, so that only code is left; lines stay lines.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let begin = i;
        let in_word = begin > 0 && (at(begin - 1).is_alphanumeric() || at(begin - 1) == '_');
        let raw = usize::from(at(i) == 'b' && at(i + 1) == 'r');
        if at(i) == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if at(i) == '/' && at(i + 1) == '*' {
            while i < chars.len() && !(at(i) == '*' && at(i + 1) == '/') {
                i += 1;
            }
            i += 2;
        } else if !in_word && at(i + raw) == 'r' && matches!(at(i + raw + 1), '"' | '#') {
            let mut hashes = 0;
            while at(i + raw + 1 + hashes) == '#' {
                hashes += 1;
            }
            i += raw + 2 + hashes;
            let closes = |i: usize| at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#');
            while i < chars.len() && !closes(i) {
                i += 1;
            }
            i += 1 + hashes;
        } else if at(i) == '"' {
            i += 1;
            while i < chars.len() && at(i) != '"' {
                i += 1 + usize::from(at(i) == '\\');
            }
            i += 1;
        } else if at(i) == '\'' && at(i + 1) == '\\' {
            i += 3;
            while i < chars.len() && at(i) != '\'' {
                i += 1;
            }
            i += 1;
        } else if at(i) == '\'' && at(i + 2) == '\'' {
            i += 3;
        } else {
            out.push(at(i));
            i += 1;
            continue;
        }
        out.push(' ');
        out.extend(chars[begin..i.min(chars.len())].iter().filter(|c| **c == '\n'));
    }
    out
}

/// The identifiers of a text, each with what follows it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(in_word)?..];
        let (word, after) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
        rest = after;
        Some((word, after))
    })
}

/// The top-level modules a text names as `crate::module`, also in `use crate::{a::B, c};`.
fn imported(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (word, after) in words(code) {
        let Some(path) = after.strip_prefix("::").filter(|_| word == "crate") else { continue };
        let Some(tree) = path.strip_prefix('{') else {
            found.extend(words(path).next().map(|(module, _)| module.to_owned()));
            continue;
        };
        let mut depth = 0;
        let mut first = true;
        for (i, c) in tree.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && c.is_alphabetic() => {
                    first = false;
                    found.extend(words(&tree[i..]).next().map(|(module, _)| module.to_owned()));
                }
                _ => {}
            }
        }
    }
    found
}

/// Every module with the number of its group.
fn groups(lib: &str) -> BTreeMap<String, usize> {
    let mut groups = BTreeMap::new();
    let mut group = 0;
    for line in lib.lines().map(str::trim) {
        if line.is_empty() {
            group += 1;
        } else if let Some(module) = line.trim_start_matches("pub ").strip_prefix("mod ") {
            groups.insert(module.trim_end_matches(';').to_owned(), group);
        }
    }
    groups
}

/// The imports of `module` that the groups of `lib` do not allow.
fn upward(lib: &str, module: &str, code: &str) -> Vec<String> {
    let groups = groups(lib);
    let own = groups.get(module).copied().unwrap_or(usize::MAX);
    let allowed = |name: &String| name == module || groups.get(name).is_none_or(|group| *group < own);
    imported(code).into_iter().filter(|name| !allowed(name)).collect()
}

#[test]
fn modules_import_only_from_earlier_groups() {
    let sources = sources("src");
    let lib = sources.iter().find(|source| source.path == Path::new("lib.rs")).unwrap();
    let groups = groups(&lib.text);
    assert!(groups["section"] < groups["article"] && groups["article"] < groups["cli"], "{groups:?}");
    for source in &sources {
        let module = source.module();
        if module == "main" || module == "lib" {
            continue;
        }
        assert!(groups.contains_key(&module), "{} is in no group of lib.rs", source.path.display());
        let wrong = upward(&lib.text, &module, &source.rooted());
        assert!(wrong.is_empty(), "src/{} imports {wrong:?}", source.path.display());
    }
}

#[test]
fn an_import_that_points_up_is_found() {
    let lib = "//! x\npub mod a;\n\npub mod b;\npub mod c;\n\nmod d;\n";
    let check =
        |module: &str, code: &str, wrong: &[&str]| assert_eq!(upward(lib, module, &bare(code)), wrong, "{code}");
    check("b", "use crate::a::A;\nuse crate::b::part;", &[]);
    check("b", "use crate::c::C;", &["c"]);
    check("b", "use crate::{a, c::{self, X}, d as e};", &["c", "d"]);
    check("b", "use crate::{a::{c, d}, b};", &[]);
    check("a", "fn f() { crate::d::go() }", &["d"]);
    check("d", "use crate::{a, b, c};", &[]);
    check(
        "b",
        "// crate::c\n/* crate::c */ let x = \"crate::c\"; let y = r#\"crate::c \" \"#; let z = '\"'; f('\\'')",
        &[],
    );
    check("b", "fn f<'a>(x: &'a str) { g(b'\"'); crate::d::x('a') }", &["d"]);
}

/// Only these modules may have these words in their code.
#[test]
fn each_vocabulary_has_one_home() {
    let homes: [(&str, &[&str]); 5] = [
        ("atom_syndication", &["render"]),
        ("StatusCode", &["respond"]),
        ("rusqlite", &["catalogue"]),
        ("notify", &["inbox"]),
        ("todo", &[]),
    ];
    for source in sources("src") {
        let module = source.module();
        for (word, homes) in homes {
            let at_home = homes.contains(&module.as_str());
            assert!(at_home || !source.names(word), "src/{} names {word}", source.path.display());
        }
        let rss = words(&source.code).any(|(word, after)| word == "rss" && after.starts_with("::"));
        assert!(module == "render" || !rss, "src/{} names rss::", source.path.display());
        // Nobody can name our `Config` otherwise (`notify` has a type of that name too).
        let config = imported(&source.rooted()).contains("config");
        let may = ["config", "cli", "daemon"].contains(&module.as_str());
        assert!(may || !config, "src/{} imports crate::config", source.path.display());
        assert!(!source.names("unimplemented"), "src/{} is not implemented", source.path.display());
        // Header types are the vocabulary of HTTP too; a document's validators are kept in the edition.
        let http = words(&source.code).any(|(word, after)| word == "http" && after.starts_with("::"));
        let may = ["respond", "server", "edition"].contains(&module.as_str());
        assert!(may || !http, "src/{} names http::", source.path.display());
    }
}

#[test]
fn domain_types_are_not_the_wire() {
    for source in sources("src").iter().filter(|source| ["article", "section"].contains(&source.module().as_str())) {
        for word in ["Serialize", "Deserialize", "serde"] {
            assert!(!source.names(word), "src/{} names {word}", source.path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut faults = Vec::new();
    for (folder, source) in
        ["src", "tests"].into_iter().flat_map(|folder| sources(folder).into_iter().map(move |source| (folder, source)))
    {
        let path = format!("{folder}/{}", source.path.display());
        let name = source.path.file_stem().unwrap().to_string_lossy().to_lowercase();
        let header: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if header.is_empty() {
            faults.push(format!("{path} does not begin with //!"));
        }
        if EMPTY_NAMES.iter().any(|empty| name.contains(empty)) {
            faults.push(format!("{path} says nothing by its name"));
        }
        let reason = header.contains("lines") || header.contains("table");
        if folder == "src" && source.text.lines().count() > LONG && !reason {
            faults.push(format!("{path} has more than {LONG} lines and no reason in its header"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A test waits for a state, never for a time.
#[test]
fn no_test_pauses() {
    let pause = concat!("sl", "eep");
    for source in sources("tests") {
        let pauses = words(&source.text).any(|(word, _)| word == pause);
        assert!(!pauses, "tests/{} waits for a time", source.path.display());
    }
}
