//! What a piece has said, as the runs of characters in it: two texts on one matter share them.

use std::collections::HashSet;

use super::letters::{Words, is_han};

/// No more of a piece is remembered, in characters: what a section shares with it is found in its first pages.
const REMEMBERED: usize = 20_000;

/// What a piece has said so far, in its pairs and triples of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) pairs: HashSet<[char; 2]>,
    pub(super) triples: HashSet<[char; 3]>,
    length: usize,
}

impl Said {
    /// Remembers the words of one more block.
    pub(super) fn hear(&mut self, words: &Words) {
        let room = REMEMBERED.saturating_sub(self.length).min(words.len());
        self.length += room;
        self.pairs.extend(runs::<2>(&words.folded[..room]));
        self.triples.extend(runs::<3>(&words.folded[..room]));
    }
}

/// All runs of so many letters or digits.
pub(super) fn runs<const N: usize>(chars: &[char]) -> impl Iterator<Item = [char; N]> {
    let runs = chars.windows(N).filter_map(|run| <[char; N]>::try_from(run).ok());
    runs.filter(|run| run.iter().all(|c| is_han(*c) || c.is_ascii_alphanumeric()))
}
