//! Newspaper pages of our own beside their keys: what each item's lines, headline, authors and kind are, and that no
//! character of the page is lost.
//!
//! A fixture is the page itself with lines between that begin with `@` and say to what the lines below belong:
//! `@ furniture`, `@ article | headline | role:name name` (so too `photo` and `notice`), `@ resume` for the article that a
//! picture interrupted. A page of one's own is checked by laying it into `tests/suite/keyed`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, Utc};
use syndicated::article::{Draft, Kind};
use syndicated::parse::{Parsed, page, text};

/// What a key says of one item.
#[derive(Debug, Default)]
pub(crate) struct Item {
    kind: String,
    headline: String,
    authors: Vec<String>,
    lines: Vec<u32>,
}

/// A page with its key.
#[derive(Debug, Default)]
pub(crate) struct Keyed {
    pub(crate) text: String,
    pub(crate) items: Vec<Item>,
    furniture: BTreeSet<u32>,
}

enum Place {
    Nowhere,
    Furniture,
    Item(usize),
}

impl Keyed {
    /// The page and the key of a fixture.
    pub(crate) fn of(fixture: &str) -> Self {
        let mut keyed = Self::default();
        let mut place = Place::Nowhere;
        let mut article = 0;
        let mut number = 0;
        for line in fixture.lines() {
            if let Some(key) = line.strip_prefix("@ ") {
                let mut parts = key.split('|').map(str::trim);
                let kind = parts.next().unwrap();
                place = match kind {
                    "furniture" => Place::Furniture,
                    "resume" => Place::Item(article),
                    kind => {
                        let headline = parts.next().unwrap_or_default().to_owned();
                        let authors = parts.next().unwrap_or_default().split_whitespace();
                        let authors = authors.map(|a| if a.contains(':') { a.to_owned() } else { format!(":{a}") });
                        let authors = authors.collect();
                        keyed.items.push(Item { kind: kind.to_owned(), headline, authors, lines: vec![] });
                        article = if kind == "photo" { article } else { keyed.items.len() - 1 };
                        Place::Item(keyed.items.len() - 1)
                    }
                };
                continue;
            }
            number += 1;
            keyed.text.push_str(line);
            keyed.text.push('\n');
            match place {
                _ if line.trim().is_empty() => {}
                Place::Item(at) => keyed.items[at].lines.push(number),
                Place::Furniture => drop(keyed.furniture.insert(number)),
                Place::Nowhere => panic!("a line before the first key: {line}"),
            }
        }
        keyed
    }

    /// How many of its items come out with their lines and headline, with their authors, and what went wrong.
    pub(crate) fn score(&self) -> Score {
        let parsed = read(&self.text);
        let mut score = Score { items: self.items.len(), ..Score::default() };
        if !self.furniture.is_empty() && parsed.furniture.iter().copied().collect::<BTreeSet<_>>() != self.furniture {
            score.misses.push(format!("furniture {:?}, not {:?}", parsed.furniture, self.furniture));
        }
        for item in &self.items {
            let span = (item.lines[0], *item.lines.last().unwrap());
            let draft = parsed.drafts.iter().find(|draft| draft.lines == Some(span));
            let found = draft.map(Item::from).unwrap_or_default();
            let whole = draft.is_some() && bare(&found.headline) == bare(&item.headline) && found.kind == item.kind;
            score.whole += usize::from(whole);
            score.credited += usize::from(draft.is_some() && found.authors == item.authors);
            if !whole || found.authors != item.authors {
                score.misses.push(format!("{item:?} came out as {found:?}"));
            }
        }
        let lost = lost(&self.text, &parsed);
        if !lost.is_empty() {
            score.misses.push(format!("lost {lost:?}"));
        }
        score
    }
}

impl From<&Draft> for Item {
    fn from(draft: &Draft) -> Self {
        Self {
            kind: match draft.kind {
                Kind::Article => "article",
                Kind::Photo => "photo",
                Kind::Notice => "notice",
            }
            .to_owned(),
            headline: draft.headline.clone().unwrap_or_default(),
            authors: draft
                .authors
                .iter()
                .map(|a| format!("{}:{}", a.role.as_deref().unwrap_or_default(), a.name))
                .collect(),
            lines: vec![],
        }
    }
}

/// What came of pages.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) items: usize,
    /// Items with their lines, headline and kind.
    pub(crate) whole: usize,
    /// Items with their authors and roles.
    pub(crate) credited: usize,
    pub(crate) misses: Vec<String>,
}

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn arrival() -> DateTime<Utc> {
    "2025-10-01T00:30:00Z".parse().unwrap()
}

/// Reads a text as the program does that finds it in a `.txt` file.
pub(crate) fn read(text: &str) -> Parsed {
    page(text).unwrap_or_else(|| text::read(text, "a", arrival(), ZONE).unwrap())
}

/// A text as a page, if it is one.
pub(crate) fn page(text: &str) -> Option<Parsed> {
    page::read(text, arrival(), ZONE)
}

/// The characters of a text that are in no field of any draft and on no line of furniture, each as often as it is missing.
pub(crate) fn lost(text: &str, parsed: &Parsed) -> String {
    let mut missing: BTreeMap<char, i64> = BTreeMap::new();
    let mut count = |text: &str, step: i64| {
        for c in
            text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"\u{feff}\u{200b}\u{2060}".contains(*c))
        {
            *missing.entry(c).or_default() += step;
        }
    };
    let lines: Vec<&str> = text.lines().collect();
    count(text, 1);
    for number in &parsed.furniture {
        count(lines[*number as usize - 1], -1);
    }
    for draft in &parsed.drafts {
        let body: String =
            draft.body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        count(&body.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), -1);
        let heads = draft.headline.iter().chain(&draft.subhead).chain(&draft.columns).chain(&draft.kickers);
        heads.chain(&draft.asides).for_each(|field| count(field, -1));
        for caption in &draft.captions {
            // A picture's caption is its body too.
            count(if draft.kind == Kind::Photo { "" } else { &caption.text }, -1);
            count(caption.credit.as_deref().unwrap_or_default(), -1);
        }
    }
    missing.into_iter().flat_map(|(c, times)| (0..times).map(move |_| c)).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn pages_come_out_as_their_keys_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/keyed");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 20);
    let mut misses = Vec::new();
    for path in paths {
        let score = Keyed::of(&std::fs::read_to_string(&path).unwrap()).score();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        misses.extend(score.misses.into_iter().map(|miss| format!("{name}: {miss}")));
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

/// Lines of so many characters are torn by a column break, and so far in at the earliest.
const TORN_FROM: usize = 60;
const TORN_AT: usize = 33;

impl Keyed {
    /// The page with every long line torn in two by a column break.
    fn torn(&self) -> Self {
        let mut torn = Self::default();
        let mut numbers = BTreeMap::new();
        let mut number = 0;
        for (old, line) in (1_u32..).zip(self.text.lines()) {
            let chars: Vec<char> = line.chars().collect();
            let inside = |at: usize| chars[at - 1..=at].iter().all(|c| ('\u{4e00}'..'\u{a000}').contains(c));
            let at = (TORN_AT..chars.len().saturating_sub(TORN_AT).max(TORN_AT)).find(|at| inside(*at));
            let at = at.filter(|_| chars.len() >= TORN_FROM);
            let (left, right) = chars.split_at(at.unwrap_or(chars.len()));
            torn.text.extend(left);
            torn.text.push('\n');
            number += 1;
            let first = number;
            if !right.is_empty() {
                torn.text.push('\n');
                torn.text.extend(right);
                torn.text.push('\n');
                number += 2;
            }
            numbers.insert(old, (first, number));
        }
        let both = |old: &u32| [numbers[old].0, numbers[old].1];
        torn.furniture = self.furniture.iter().flat_map(both).collect();
        torn.items = self
            .items
            .iter()
            .map(|item| Item {
                lines: item.lines.iter().flat_map(both).collect(),
                authors: item.authors.clone(),
                headline: item.headline.clone(),
                kind: item.kind.clone(),
            })
            .collect();
        torn
    }
}

#[test]
fn column_breaks_change_hardly_anything() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/keyed");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all = Score::default();
    for path in paths {
        let score = Keyed::of(&std::fs::read_to_string(&path).unwrap()).torn().score();
        all.items += score.items;
        all.whole += score.whole;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.misses.extend(score.misses.into_iter().map(|miss| format!("{name}: {miss}")));
    }
    assert!(all.whole * 100 >= all.items * 97, "{} of {}\n{}", all.whole, all.items, all.misses.join("\n"));
    assert!(!all.misses.iter().any(|miss| miss.contains("lost")), "{}", all.misses.join("\n"));
}
