//! Lines of `Name: value` right below a headline, as Notion, Bear and others write what a page's properties are → what they state.

use chrono_tz::Tz;

use super::node::{Node, Value, key};
use super::synonyms::{
    AUTHORS, CATEGORIES, DATE, FOR_DESKS, KEYWORDS, LANGUAGE, LINK, PUBLISH_DATE, SLUG, SOURCE, SUBHEAD, SUMMARY, TAGS,
    UPDATED,
};
use super::{Head, fill};
use crate::article::Draft;

/// No name of one is longer, in characters, nor of more words.
const MAX_NAME: usize = 25;
const NAME_WORDS: usize = 3;
/// What says when and by whom a text was made, or files it: one of them makes properties of the lines.
const TELLING: [&[&str]; 7] = [DATE, PUBLISH_DATE, UPDATED, AUTHORS, TAGS, KEYWORDS, CATEGORIES];
/// What else is stated to readers.
const STATED: [&[&str]; 4] = [SUBHEAD, SUMMARY, LANGUAGE, SOURCE];
/// What is known and no reader is told.
const KNOWN: [&[&str]; 3] = [SLUG, LINK, FOR_DESKS];
/// The same, of what these programs keep themselves.
const KEPT: [&str; 10] = [
    "status",
    "lasteditedtime",
    "lasteditedby",
    "lastedited",
    "type",
    "priority",
    "aliases",
    "cssclasses",
    "publish",
    "pinned",
];

/// Whether a line may be one.
#[must_use]
pub fn is_property(line: &str) -> bool {
    property(line).is_some()
}

/// What some lines state; none where one of them is no property, or most say what is told to readers: a place, a price.
#[must_use]
pub fn properties(lines: &[&str], zone: Tz) -> Option<Draft> {
    let fields: Vec<(&str, &str)> = lines.iter().map(|line| property(line)).collect::<Option<_>>()?;
    let is = |name: &str, known: &[&[&str]]| known.iter().any(|names| names.contains(&key(name).as_str()));
    let is_known =
        |name: &str| is(name, &TELLING) || is(name, &STATED) || is(name, &KNOWN) || KEPT.contains(&key(name).as_str());
    let known = fields.iter().filter(|(name, _)| is_known(name)).count();
    if known * 2 <= fields.len() || !fields.iter().any(|(name, _)| is(name, &TELLING)) {
        return None;
    }
    let stated = fields.iter().filter(|(name, _)| is(name, &TELLING) || is(name, &STATED)).map(|(name, value)| {
        let value = Value::Scalar((*value).to_owned());
        ((*name).to_owned(), Node { value, at: 0 })
    });
    let fields = Node { value: Value::Fields(stated.collect()), at: 0 };
    let mut draft = Draft::default();
    // What cannot be read was written for readers.
    fill(&Head { fields, text: "", start: 0 }, &mut draft, zone).ok()?;
    Some(draft)
}

/// Gives a draft what its properties state and it does not yet.
pub fn complete(draft: &mut Draft, said: Draft) {
    let Draft { subhead, authors, source, tags, summary, language, date, updated, .. } = said;
    if draft.authors.is_empty() {
        draft.authors = authors;
    }
    for tag in tags {
        if !draft.tags.contains(&tag) {
            draft.tags.push(tag);
        }
    }
    draft.subhead = draft.subhead.take().or(subhead);
    draft.source = draft.source.take().or(source);
    draft.summary = draft.summary.take().or(summary);
    draft.language = draft.language.take().or(language);
    draft.date = draft.date.or(date);
    draft.updated = draft.updated.or(updated);
}

/// `Created: 20 November 2026`
fn property(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(": ").map(|(name, value)| (name.trim(), value.trim()))?;
    let is_name = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
        && name.chars().nth(MAX_NAME).is_none()
        && (1..=NAME_WORDS).contains(&name.split(' ').count());
    (is_name && !value.is_empty()).then_some((name, value))
}
