//! Whether two articles are the same news: by headline, else by how many runs of words they share.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::UnicodeNormalization;

use crate::article::Draft;
use crate::clean;

/// Words (or single Han characters) in a run. Three in a row are seldom shared by chance.
const RUN: usize = 3;

/// The share of the smaller text's runs that must stand in the other: an edit keeps far more, other news far less.
const BODY_SHARE: f64 = 0.2;

/// The share of the longer text's runs that must stand in the other: two versions of one text, of which a sentence was mended.
const VERSION_SHARE: f64 = 0.7;

/// The share of words that two headlines must have in common (Dice): a retitled article, not a new one.
const TITLE_SHARE: f64 = 0.5;

/// How much of a body is compared, in words: the beginning decides, and a book costs no more than a column.
const MAX_WORDS: usize = 4000;

/// What is compared of an article.
#[derive(Debug, PartialEq)]
pub struct Likeness {
    key: String,
    title: HashSet<u64>,
    runs: HashSet<u64>,
}

impl Likeness {
    /// Of an article's title and body.
    #[must_use]
    pub fn of(title: &str, draft: &Draft) -> Self {
        let words = words(&clean::text(&draft.body));
        let runs = match words.len() {
            0 => HashSet::new(),
            n if n < RUN => HashSet::from([hash(&words)]),
            _ => words.windows(RUN).map(hash).collect(),
        };
        Self { key: headline_key(title), title: self::words(title).iter().map(hash).collect(), runs }
    }

    /// Of a title alone, where nothing else is known.
    #[must_use]
    pub fn of_title(title: &str) -> Self {
        Self { key: headline_key(title), title: words(title).iter().map(hash).collect(), runs: HashSet::new() }
    }

    /// How alike two articles are: none when they are different news, else a rank to choose the likest by.
    #[must_use]
    pub fn rank(&self, other: &Self) -> Option<u32> {
        let body = share(&self.runs, &other.runs, self.runs.len().min(other.runs.len()));
        if !self.key.is_empty() && self.key == other.key {
            return Some(2000 + thousandths(body));
        }
        let title = share(&self.title, &other.title, (self.title.len() + other.title.len()).div_ceil(2));
        (body >= BODY_SHARE || title >= TITLE_SHARE).then(|| thousandths((body + title) / 2.0))
    }

    /// Whether two texts are nearly the same.
    #[must_use]
    pub fn is_version_of(&self, other: &Self) -> bool {
        share(&self.runs, &other.runs, self.runs.len().max(other.runs.len())) >= VERSION_SHARE
    }
}

/// Whether two bodies may be versions of one text, told at little cost: a third of the longer stands in paragraphs that both have,
/// or one of them has a single paragraph.
#[must_use]
pub fn may_be_versions(one: &str, other: &str) -> bool {
    /// Shorter pieces, in bytes, are tags, links and names.
    const MIN_PIECE: usize = 20;
    fn pieces(body: &str) -> impl Iterator<Item = &str> {
        body.split(['<', '>']).filter(|piece| piece.len() >= MIN_PIECE)
    }
    let known: HashSet<&str> = pieces(one).collect();
    let shared: usize = pieces(other).filter(|piece| known.contains(piece)).map(str::len).sum();
    shared * 3 >= one.len().max(other.len()) || known.len() < 2 || pieces(other).nth(1).is_none()
}

/// A headline without case, width, punctuation and space: what stays when an editor mends a comma.
#[must_use]
pub fn headline_key(title: &str) -> String {
    title.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn share(a: &HashSet<u64>, b: &HashSet<u64>, of: usize) -> f64 {
    if of == 0 { 0.0 } else { a.intersection(b).count() as f64 / of as f64 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of at most 1, not negative")]
fn thousandths(share: f64) -> u32 {
    (share * 1000.0) as u32
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Words in lower case; every character of a script written without spaces is one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let alone = matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
        if c.is_alphanumeric() && !alone {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if alone && c.is_alphanumeric() {
            words.push(c.to_string());
        }
        if words.len() >= MAX_WORDS {
            return words;
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
