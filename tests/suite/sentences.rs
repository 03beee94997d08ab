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
            } else if !told("cli") && !told("cli.rs") && !told("chinese.rs") {
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

/// Where sentences are made that an editor reads: below `src`, files and folders.
const TOLD: [&str; 10] = [
    "parse",
    "intake",
    "media",
    "package.rs",
    "section.rs",
    "config/section.rs",
    "config/keys.rs",
    "daemon/desk/headings.rs",
    "daemon/desk/companions.rs",
    "inbox/files.rs",
];

/// Words of three or more that no editor is told: of the record and the machine, which its keeper reads, what is looked for
/// in files, and what stands only in the server's own configuration.
const UNTOLD: [&str; 23] = [
    "the short way and the long one differ",
    "the ledger, ledger.jsonl in the state folder, cannot be written or read: {}",
    "the ledger's last line was torn; its {} bytes were cut off",
    "the ledger is shorter than it was; what the catalogue knows was written into it again",
    "{} lines of the ledger cannot be read and were passed over",
    "{} facts of the ledger were brought into the catalogue",
    "file counts are far below 2^52",
    "a share of at most 1, not negative",
    "not a regular file",
    "leads out of the inbox",
    "The Associated Press",
    "Table of Contents",
    "- no title specified",
    "description automatically generated",
    "ai-generated content may be incorrect.",
    "microsoft office user",
    "a section needs a name; what holds for the whole publication stands at the top of the file",
    "the page {} stands here twice",
    "the section \"{}\" stands here twice",
    // Put together of others that are listed.
    "the heads on lines {} to {} {}",
    "{} after a signature and has no headline; it was kept with the article above",
    "section.{} must be a table, not {}: write [section.\"{}\"]",
    "sections in sections are written with a slash: [section.\"{}/{}\"]",
];

/// Files of words that are looked for in texts, and told nobody.
const LOOKED_FOR: [&str; 9] = [
    "parse/text/billing.rs",
    "parse/text/byline.rs",
    "parse/text/dateline.rs",
    "parse/text/desk.rs",
    "parse/text/embargo.rs",
    "parse/text/imprint.rs",
    "parse/text/kill.rs",
    "parse/text/statements.rs",
    "parse/text/wire.rs",
];

/// The string literals of a source file, less those in comments, as sentences with `{}`.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, below)| below);
        } else if let Some(inner) = rest.strip_prefix('"') {
            let mut escaped = false;
            let end = inner.find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let (literal, after) = inner.split_at(end.unwrap_or(inner.len()));
            // A line that is broken goes on with its first word.
            let lines: Vec<&str> = literal.split("\\\n").collect();
            let first = lines[0].to_owned();
            found.push(template(&lines[1..].iter().fold(first, |text, line| text + line.trim_start())));
            rest = after.get(1..).unwrap_or_default();
        } else {
            // A quotation mark as a character: `'"'`.
            rest = rest.strip_prefix("'\"'").or_else(|| rest.strip_prefix("'\\''")).unwrap_or(&rest[1..]);
        }
    }
    found
}

/// Whether three words of English or more stand in a row.
fn speaks_english(text: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let words: Vec<bool> = text.split([' ', '\n']).map(|word| is_word(&word)).collect();
    words.windows(3).any(|three| three.iter().all(|word| *word))
}

#[test]
fn whatever_an_editor_is_told_has_its_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let told = |path: &Path| {
        let below = path.strip_prefix(&root).unwrap();
        if LOOKED_FOR.iter().any(|words| below == Path::new(words)) {
            return false;
        }
        let below = below.with_extension("");
        TOLD.iter().any(|told| below.starts_with(told.trim_end_matches(".rs")))
    };
    let mut open = vec![root.clone()];
    let (mut silent, mut seen) = (Vec::new(), 0);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") || !told(&path) {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for sentence in literals(&text).into_iter().filter(|literal| speaks_english(literal)) {
                if UNTOLD.contains(&sentence.as_str()) {
                    continue;
                }
                seen += 1;
                let filled = sentence.replace("{}", "X");
                // Some are the end of a sentence, which begins elsewhere.
                let begun = ["", "X ", "the heads on lines X to X "];
                let is_said = begun.iter().any(|beginning| {
                    let whole = format!("{beginning}{filled}");
                    let read = in_language(&whole, "zh-CN");
                    read != whole && !speaks_english(&read)
                });
                if !is_said {
                    silent.push(format!("{}: {sentence}", path.strip_prefix(&root).unwrap().display()));
                }
            }
        }
    }
    silent.sort();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(seen > 200, "only {seen} sentences were found");
}

#[test]
fn every_listed_sentence_is_said_somewhere_and_quotes_the_same() {
    let said: String =
        sources().iter().map(|(_, text)| text.replace("\\\"", "\"") + &literals(text).join("\n")).collect();
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
    assert_eq!(
        in_language("the field `season` is a list", "zh-CN"),
        "字段“season”的值是 列表",
        "what is quoted is read too"
    );
    let unknown = "unknown key \"colour\" in [podcast]; the nearest key is \"author\"";
    assert_eq!(in_language(unknown, "zh-CN"), "不认识[podcast] 里的键“colour”,最接近的是“author”");
    assert_eq!(in_language("nobody has said this before", "zh"), "nobody has said this before");
}
