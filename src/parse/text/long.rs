//! A text of more lines than any newspaper has → one article, a paragraph a line, nothing looked for in it.

use crate::article::Draft;
use crate::escape;

use crate::parse::{Markup, Parsed};

/// Keeps the text as it is; a blank one has no drafts.
pub(crate) fn read(text: &str) -> Parsed {
    let mut draft = Draft::default();
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || "\0\u{feff}\u{200b}\u{2060}".contains(c));
        if line.is_empty() {
            continue;
        }
        draft.body.push_str("<p>");
        draft.body.push_str(&escape::text(line));
        draft.body.push_str("</p>\n");
        draft.lines = Some((draft.lines.map_or(number, |lines| lines.0), number));
    }
    let drafts = if draft.lines.is_some() { vec![draft] } else { vec![] };
    let doubt = "the text has more lines than a newspaper; it was kept as one article, line by line";
    Parsed { doubts: vec![doubt.to_owned()], ..Parsed::of(Markup::Text, drafts) }
}
