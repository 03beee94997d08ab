//! A line that may be a folio → its parts.

use super::letters::{Words, digits, is_han};

/// Beside date and number stand the paper's and the section's name, no longer than this, in characters.
pub(super) const MAX_OTHER: usize = 8;
/// The name of an editor, or of a section before the page's number, is no longer, in characters.
pub(super) const LONGEST_NAME: usize = 4;

/// A part of a folio, between spaces and strokes.
pub(super) struct Token {
    pub(super) folded: Vec<char>,
    pub(super) printed: String,
    first: bool,
}

impl Token {
    /// A Chinese word beside a page's number: a section that the table does not know. Before the number it is short, for
    /// what points to another page (`老街里的修表匠 03版`) stands there too.
    pub(super) fn is_section(&self, before_edition: bool) -> bool {
        let most = if before_edition && self.first { LONGEST_NAME } else { MAX_OTHER };
        (2..=most).contains(&self.folded.len()) && self.folded.iter().all(|c| is_han(*c) || *c == '·')
    }
}

/// The parts of a folio. Single characters with spaces between them are one word set wide: `第 3 版 民 生`.
pub(super) fn tokens(words: &Words) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    let mut wide = false;
    // `云州日报·2026-12-01·第05版`: a dot beside a figure parts as a space does.
    let counts = |at: usize| words.folded.get(at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '版' | '第'));
    let is_dot = |at: usize| words.folded[at] == '·' && (counts(at + 1) || at > 0 && counts(at - 1));
    let mut folded: Vec<char> = (0..words.len()).map(|at| if is_dot(at) { ' ' } else { words.folded[at] }).collect();
    // `2026/11/20`
    let day = (0..folded.len()).find(|at| {
        let month = digits(&folded[*at..], 4).filter(|n| *n == 4 && folded.get(at + 4) == Some(&'/'));
        let day = month.and_then(|_| digits(&folded[at + 5..], 2));
        day.is_some_and(|n| folded.get(at + 5 + n) == Some(&'/'))
    });
    if let Some(at) = day {
        folded[at..].iter_mut().take(8).filter(|c| **c == '/').for_each(|c| *c = '-');
    }
    for part in folded.split(|c| matches!(c, ' ' | '|' | '/')) {
        let printed = words.printed(start..start + part.len());
        start += part.len() + 1;
        let single = matches!(part, [only] if is_han(*only) || only.is_ascii_digit());
        // `0 3 0` is no number set wide.
        let joins = |word: &&mut Token| single && wide && (is_han(part[0]) || word.folded.iter().any(|c| is_han(*c)));
        match tokens.last_mut().filter(joins) {
            Some(word) => {
                word.folded.extend(part);
                word.printed.push_str(&printed);
            }
            None if part.is_empty() => {}
            None => tokens.push(Token { folded: part.to_vec(), printed, first: tokens.is_empty() }),
        }
        wide = single || (part.is_empty() && wide);
    }
    tokens
}
