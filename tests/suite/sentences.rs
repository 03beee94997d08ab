//! Reasons, hints and doubts in the language of those who read them.

use std::path::{Path, PathBuf};

use syndicated::rejection::{CHINESE, in_language};

/// The source files that say to an editor what is wrong; the command line speaks to administrators.
fn sources() -> Vec<(PathBuf, String)> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let told = |part: &str| path.components().any(|component| component.as_os_str() == part);
            if path.is_dir() {
                open.push(path);
            } else if !told("cli") && !told("cli.rs") && !told("config") && !told("chinese.rs") {
                files.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

/// A string of the source with `{}` for whatever is put into it.
fn template(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        text.push_str(&rest[..open]);
        text.push_str("{}");
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    text.replace("\\\"", "\"")
}

/// The strings between a call's brackets.
fn strings(call: &str) -> Vec<String> {
    let (mut depth, mut open, mut found) = (1, None, Vec::new());
    let bytes = call.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, open) {
            (b'"', None) => open = Some(at + 1),
            (b'"', Some(start)) if bytes[at - 1] != b'\\' => {
                found.push(call[start..at].to_owned());
                open = None;
            }
            (b'(', None) => depth += 1,
            (b')', None) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

#[test]
fn what_is_said_where_a_file_is_refused_has_its_chinese() {
    let mut silent = Vec::new();
    for (path, text) in sources() {
        for (at, _) in text.match_indices("Rejection::new(") {
            for literal in
                strings(&text[at + "Rejection::new(".len()..]).iter().filter(|literal| literal.trim().contains(' '))
            {
                let sentence = template(literal).replace("{}", "x");
                if in_language(&sentence, "zh-CN") == sentence {
                    silent.push(format!("{}: {literal}", path.display()));
                }
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn every_listed_sentence_is_said_somewhere_and_quotes_the_same() {
    let said: String = sources().iter().map(|(_, text)| text.replace("\\\"", "\"")).collect();
    for (english, chinese) in CHINESE {
        // Some are put together: the longest stretch of the last clause stands there whole.
        let longest = english.split("{}").max_by_key(|part| part.len()).unwrap().rsplit("; ").next().unwrap().trim();
        assert!(said.contains(longest), "nobody says {english:?}");
        assert!(chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{chinese}");
        let filled = english.replace("{}", "x");
        let read = in_language(&filled, "zh-Hant-TW").into_owned();
        assert_ne!(read, filled);
        assert!(
            !read.contains('{') && read.matches('x').count() >= english.matches("{}").count(),
            "{english:?}: {read}"
        );
        assert_eq!(in_language(&filled, "en"), filled);
    }
}

#[test]
fn a_sentence_within_another_is_read_too() {
    let said = "photo.tif was left out: browsers do not show TIFF; save it as JPEG or PNG";
    assert_eq!(in_language(said, "zh"), "photo.tif 已略去:浏览器不能显示 TIFF,请另存为 JPEG 或 PNG");
    assert_eq!(
        in_language("version 2 of \"a\" is not above 3, which is published", "zh"),
        "\"a\" 的第 2 版不高于已发布的第 3 版"
    );
    assert_eq!(in_language("nobody has said this before", "zh"), "nobody has said this before");
}
