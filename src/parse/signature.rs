//! The signature below a story (`……通车。（记者 李明）`) → who wrote it.

use super::agency::prose;
use super::page;
use crate::article::Author;

/// Below it stand no more paragraphs than one fewer: who edited it, a note.
const MAX_BELOW: usize = 3;
/// None is longer, in characters, with the end of the sentence before it.
const MAX_SIGNATURE: usize = 60;

/// Who signs one of the last paragraphs of a body, in Chinese; nobody where none is signed. The signature stays there.
pub(super) fn read(body: &str) -> Vec<Author> {
    let mut rest = body;
    for _ in 0..MAX_BELOW {
        let Some(end) = rest.rfind("</p>") else { break };
        let Some(start) = rest[..end].rfind("<p") else { break };
        let paragraph = &rest[start..end];
        rest = &rest[..start];
        if paragraph.is_ascii() {
            continue;
        }
        let words = prose::words(paragraph).unwrap_or_default();
        let from = words.char_indices().rev().nth(MAX_SIGNATURE).map_or(0, |(at, _)| at);
        let authors = page::signed_at_end(&words[from..]);
        if !authors.is_empty() {
            return authors;
        }
    }
    Vec::new()
}
