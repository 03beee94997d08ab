//! The line at the end of a dispatch that names who made it.
#![allow(clippy::unwrap_used, reason = "a broken fixture is a failed test")]

use syndicated::dropped::InboxPath;
use syndicated::parse::{Source, parse};

/// The contributors of an article whose text ends with the lines, as `name: what they did`; the lines stay in the body.
#[track_caller]
fn check(name: &str, end: &str, expected: &[&str]) {
    let text = format!("Gulls counted\n\nBy Ann Lee\n\nPORT SOLE (Wire) - Volunteers counted gulls.\n\n{end}\n");
    let text = match name.rsplit_once('.').unwrap().1 {
        "html" => format!("<h1>Gulls</h1>\n<p class=\"byline\">By Ann Lee</p>\n<p>{end}</p>"),
        "md" => format!("---\nauthor: Ann Lee\n---\nGulls.\n\n{end}\n"),
        _ => text,
    };
    let source = Source {
        path: &InboxPath::new(name),
        bytes: text.as_bytes(),
        time_zone: chrono_tz::UTC,
        encoding: None,
        language: "en",
        arrival: "2026-07-02T08:00:00Z".parse().unwrap(),
    };
    let draft = parse(&source).unwrap().drafts.remove(0);
    let told: Vec<String> =
        draft.contributors.iter().map(|p| format!("{}: {}", p.name, p.role.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, expected, "{end}");
    assert_eq!(draft.authors.len(), 1, "{end}");
    for words in end.lines().filter(|line| !line.is_empty()) {
        assert!(draft.body.replace("&amp;", "&").contains(words), "{words} in {}", draft.body);
    }
}

#[test]
fn who_did_what() {
    check("a.txt", "(Reporting by Jan de Vries; Editing by Lu Ming)", &["Jan de Vries: Reporting", "Lu Ming: Editing"]);
    check("a.txt", "(Reporting by Tom O'Neil, editing by Eva Roe)", &["Tom O'Neil: Reporting", "Eva Roe: editing"]);
    check(
        "a.md",
        "(Writing by Eva Roe; editing by Eva Roe and Tom Hay.)",
        &["Eva Roe: Writing, editing", "Tom Hay: editing"],
    );
    check(
        "a.html",
        "Additional reporting and graphics by EVA ROE in Paris and New York, Tom Hay in Oslo; Editing by A.B. Cox",
        &[
            "Eva Roe: Additional reporting and graphics",
            "Tom Hay: Additional reporting and graphics",
            "A.B. Cox: Editing",
        ],
    );
    check("a.txt", "(Reporting by Bengaluru newsroom; Editing by Eva Roe)", &["Eva Roe: Editing"]);
    check("a.txt", "(Reporting by Ann Lee; Editing by Eva Roe)\n\nOur standards stand.", &["Eva Roe: Editing"]);
}

#[test]
fn what_only_begins_alike_is_text() {
    for end in [
        "Reporting by the committee showed that gulls had left.",
        "The reporting by Eva Roe won a prize.",
        "(Reporting by nobody)",
        "Editing by",
        "He was praised for writing by candle light.",
        "by Eva Roe",
        "(Photo by Eva Roe)",
    ] {
        check("a.txt", end, &[]);
    }
}
