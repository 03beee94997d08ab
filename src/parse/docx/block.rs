//! What a document is made of, in order: paragraphs with all that is known of each, tables, rules.

use super::inline::{self, Inline};
use super::numbering::Mark;
use super::styles::Role;

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The list's number.
    pub(super) list: u32,
    /// The depth, from 0.
    pub(super) level: u8,
    pub(super) mark: Mark,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) role: Option<Role>,
    pub(super) item: Option<Item>,
    pub(super) inlines: Vec<Inline>,
    /// Written from right to left.
    pub(super) from_right: bool,
    pub(super) is_centred: bool,
    /// Its first line is indented, as a paragraph of running text is.
    pub(super) is_indented: bool,
    /// The size of its smallest letters, in half points.
    pub(super) size: Option<u32>,
}

impl Paragraph {
    /// Its text on one line.
    pub(super) fn line(&self) -> String {
        inline::plain(&self.inlines).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether all its text is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.inlines.iter().all(|inline| match inline {
            Inline::Text { text, look, .. } => look.bold || text.trim().is_empty(),
            _ => true,
        })
    }

    /// Whether there are pictures in it and nothing else.
    pub(super) fn is_picture(&self) -> bool {
        let shown = |inline: &Inline| matches!(inline, Inline::Picture { source: Some(_), .. });
        let blank = |inline: &Inline| match inline {
            Inline::Text { text, .. } => text.trim().is_empty(),
            Inline::Break => true,
            _ => shown(inline),
        };
        self.inlines.iter().any(shown) && self.inlines.iter().all(blank)
    }

    /// Whether it says nothing that plain text cannot.
    pub(super) fn is_plain(&self) -> bool {
        let plain = |inline: &Inline| match inline {
            Inline::Text { look, link, .. } => *look == super::looks::Look::default() && link.is_none(),
            Inline::Break => true,
            _ => false,
        };
        self.role.is_none() && self.item.is_none() && !self.from_right && self.inlines.iter().all(plain)
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// How many columns it takes.
    pub(super) columns: usize,
    /// Whether it begins or continues a cell over several rows.
    pub(super) merge: Option<Merge>,
    pub(super) blocks: Vec<Block>,
}

/// What a cell is of one over several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    Begins,
    GoesOn,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Whether it is repeated at the head of each page.
    pub(super) is_head: bool,
    pub(super) cells: Vec<Cell>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
    /// A line across the page.
    Rule,
    /// A paragraph, or several, of nothing.
    Blank,
}

impl Block {
    pub(super) fn paragraph(&self) -> Option<&Paragraph> {
        if let Self::Paragraph(paragraph) = self { Some(paragraph) } else { None }
    }
}
