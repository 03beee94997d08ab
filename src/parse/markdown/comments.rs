//! Obsidian's comments, `%%…%%`, which only their writer is to see → the text without them, line for line. In code they are code.

use std::borrow::Cow;

use super::fences::Fences;

const MARK: &str = "%%";

/// The text without its comments, and the lines (from 0) that begin one that nothing closes.
pub(super) fn take(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !text.contains(MARK) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut left = String::with_capacity(text.len());
    let mut unclosed = Vec::new();
    let mut fences = Fences::default();
    let mut rest = text;
    let mut is_changed = false;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = &rest[..end];
        if !fences.is_code(line)
            && let Some(open) = opening(line)
        {
            // A comment that begins its line may hold several paragraphs, one within a line none.
            let is_block = line[..open].trim().is_empty();
            let after = open + MARK.len();
            let within = if is_block { rest.len() } else { rest.find("\n\n").unwrap_or(rest.len()).max(after) };
            if let Some(close) = rest[after..within].find(MARK).map(|at| after + at) {
                left.push_str(&line[..open]);
                left.extend(rest[open..close].chars().filter(|c| *c == '\n'));
                rest = &rest[close + MARK.len()..];
                is_changed = true;
                continue;
            }
            if is_block {
                unclosed.push(left.matches('\n').count());
            }
        }
        left.push_str(line);
        rest = &rest[end..];
    }
    (if is_changed { Cow::Owned(left) } else { Cow::Borrowed(text) }, unclosed)
}

/// Where in a line a comment begins, outside of code: never behind a number, whose sign it would be.
fn opening(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|b| **b == b'`').count();
                let code = &line[at + ticks..];
                let close = code.find(&line[at..at + ticks]);
                at += ticks + close.map_or(0, |close| close + ticks);
            }
            b'%' => {
                let signs = bytes[at..].iter().take_while(|b| **b == b'%').count();
                let is_number = at > 0 && bytes[at - 1].is_ascii_digit();
                if signs == MARK.len() && !is_number {
                    return Some(at);
                }
                at += signs;
            }
            _ => at += 1,
        }
    }
    None
}
