//! How far one word is from another: a key or a value that nobody knows was mistyped.

/// Longer words are not compared: nobody mistypes by that much.
const MAX_COMPARED: usize = 64;

/// The number of letters to insert, remove, change or swap with a neighbour that make one word of another.
pub(super) fn edits(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|word| word.chars().take(MAX_COMPARED).collect::<String>());
    strsim::osa_distance(&a, &b)
}
