//! A whole newspaper page whose heads only their looks tell from the text → its words, each head with what it is before it, as the
//! reader of pages knows them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::article::{MAX_DISPLAYED, body_size, plain_text};
use super::block::{Block, Paragraph};
use crate::parse::{page, text};

/// The words of a whole page whose heads only their looks tell from the text, each with what it is before it where several sizes
/// stand together; none where it is no page, or says more than its words do.
pub(super) fn words(blocks: &[Block], arrival: DateTime<Utc>, zone: Tz) -> Option<String> {
    let body_size = body_size(blocks)?;
    let first = blocks.iter().find_map(Block::paragraph)?;
    page::folio(&first.line(), arrival, zone).filter(|folio| folio.number.is_some())?;
    let is_line = |p: &Paragraph| {
        let line = p.line();
        (1..=MAX_DISPLAYED).contains(&line.chars().count()) && text::signed(&line).is_none()
    };
    let is_large = |p: &Paragraph| p.size.is_some_and(|size| size > body_size) && is_line(p);
    // What stands between a large line and the beginning of a report belongs to the first.
    let begins = |p: &Paragraph| page::lead_of(&p.line()).is_some() || text::signed(&p.line()).is_some();
    let paragraph = |at: usize| blocks.get(at).and_then(Block::paragraph);
    let heads: Vec<bool> = (0..blocks.len())
        .map(|at| {
            paragraph(at).is_some_and(|p| {
                let above = at.checked_sub(1).and_then(paragraph);
                let is_between = || {
                    above.is_some_and(is_large)
                        && paragraph(at + 1).is_some_and(begins)
                        && is_line(p)
                        && !p.line().ends_with('。')
                };
                is_large(p) || !begins(p) && is_between()
            })
        })
        .collect();
    let mut words = String::new();
    let mut from = 0;
    for run in heads.chunk_by(|one, next| one == next) {
        let blocks = &blocks[from..from + run.len()];
        from += run.len();
        let sizes = || blocks.iter().filter_map(Block::paragraph).filter_map(|p| p.size);
        let largest = sizes().max().filter(|_| run.first() == Some(&true));
        let is_told = largest.is_some_and(|largest| sizes().any(|size| size < largest));
        let mut is_below = false;
        for block in blocks {
            let line = match block {
                Block::Paragraph(p) if p.size == largest && is_told => {
                    is_below = true;
                    format!("主题：{}", p.line())
                }
                Block::Paragraph(p) if is_told => {
                    format!("{}：{}", if is_below { "副题" } else { "引题" }, p.line())
                }
                Block::Paragraph(p) if p.is_plain() || largest.is_some() && p.role.is_none() => {
                    plain_text([p].into_iter())
                }
                Block::Blank => String::new(),
                _ => return None,
            };
            words.push_str(line.trim_end());
            words.push('\n');
        }
    }
    Some(words)
}
