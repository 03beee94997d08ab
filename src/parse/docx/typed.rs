//! What writers made by hand and not by Word's means: headings that are bold or centred lines, lists whose bullets were typed.

use super::block::{Block, Item, Paragraph};
use super::html::is_credited;
use super::inline::Inline;
use super::numbering::Mark;
use super::styles::Role;

/// Makes headings of lines that are bold or centred above a text that is not, where no style says what a heading is. A
/// sentence, a question of an interview, and what stands below a picture are none.
pub(super) fn mark_subheads(blocks: &mut [Block]) {
    /// A longer one is a paragraph, in characters.
    const MAX_SUBHEAD: usize = 60;
    if blocks.iter().filter_map(Block::paragraph).any(|p| matches!(p.role, Some(Role::Heading(_)))) {
        return;
    }
    let is_subhead = |at: &usize| {
        let before = blocks[..*at].iter().rev().find(|block| **block != Block::Blank);
        let after = blocks[at + 1..].iter().find(|block| **block != Block::Blank);
        let above = before.and_then(Block::paragraph).filter(running);
        let below = after.and_then(Block::paragraph).filter(running);
        let (Some(line), Some(_), Some(below)) = (blocks[*at].paragraph().filter(running), above, below) else {
            return false;
        };
        let words = line.line();
        let length = words.chars().count();
        (line.is_bold() && !below.is_bold() || line.is_centred && !below.is_centred)
            && length <= MAX_SUBHEAD
            && length < below.line().chars().count()
            && !words.starts_with(['（', '('])
            && !is_credited(&words)
            && words.ends_with(|c: char| c.is_alphanumeric() || "”’»》）)".contains(c))
    };
    let subheads: Vec<usize> = (0..blocks.len()).filter(is_subhead).collect();
    for at in subheads {
        if let Block::Paragraph(paragraph) = &mut blocks[at] {
            paragraph.role = Some(Role::Heading(2));
        }
    }
}

/// Makes a list of paragraphs that begin with a bullet; one alone is none.
pub(super) fn mark_bullets(blocks: &mut [Block]) {
    let is_typed = |block: &Block| block.paragraph().filter(running).is_some_and(|p| bulleted(p).is_some());
    let typed: Vec<bool> = blocks.iter().map(is_typed).collect();
    for at in (0..blocks.len()).filter(|at| typed[*at]) {
        let is_beside = typed.get(at + 1) == Some(&true) || at > 0 && typed[at - 1];
        if let Block::Paragraph(paragraph) = &mut blocks[at]
            && is_beside
            && let Some(words) = bulleted(paragraph).map(str::to_owned)
            && let Some(Inline::Text { text, .. }) = paragraph.inlines.first_mut()
        {
            *text = words;
            paragraph.item = Some(Item { list: 0, level: 0, mark: Mark::Dot });
        }
    }
}

/// The words that a paragraph begins with behind a bullet. A dash is none: it opens what people say.
fn bulleted(paragraph: &Paragraph) -> Option<&str> {
    let Some(Inline::Text { text, .. }) = paragraph.inlines.first() else { return None };
    let rest = text.trim_start().strip_prefix(['•', '▪', '◦', '‣', '●'])?;
    rest.starts_with([' ', '\t', '\u{a0}']).then(|| rest.trim_start())
}

fn running(paragraph: &&Paragraph) -> bool {
    paragraph.role.is_none() && paragraph.item.is_none() && !paragraph.is_picture()
}
