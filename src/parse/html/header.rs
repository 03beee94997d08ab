//! The header of an article, which is no part of its text (`<header><h2>…</h2><p>By Ana Kos</p></header>`) → who wrote it and when
//! it came out, where the page states neither.

use chrono_tz::Tz;
use scraper::ElementRef;

use super::words;
use crate::article::Draft;
use crate::parse::text::{self, Imprint};

/// No header has more lines.
const MAX_LINES: usize = 20;
/// What a line of it may stand in.
const LINES: [&str; 6] = ["p", "div", "li", "address", "span", "dd"];

/// Reads the header of `content`, where that is an article's and not the whole page.
pub(super) fn read(content: ElementRef<'_>, draft: &mut Draft, zone: Tz) {
    if !matches!(content.value().name(), "article" | "main") {
        return;
    }
    let is_line = |e: &ElementRef<'_>| {
        LINES.contains(&e.value().name())
            && !e.descendent_elements().skip(1).any(|inner| LINES.contains(&inner.value().name()))
    };
    let headers = content.descendent_elements().filter(|e| e.value().name() == "header");
    let lines = headers.flat_map(|header| header.descendent_elements().filter(is_line).take(MAX_LINES));
    for line in lines.take(MAX_LINES).map(words) {
        let found = text::imprint(&line, zone).or_else(|| {
            let (authors, house) = text::signed(&line)?;
            Some(Imprint { authors, house, ..Imprint::default() })
        });
        if let Some(found) = found {
            found.tell(draft, zone);
        }
    }
}
