//! An announcement goes on over short lines that anywhere else would be heads: its fields, whose it is, and its day.

use super::blocks::Block;
use super::heads;
use super::kinds::{Kind, Rest};
use super::pieces::{Item, Part, Sort};
use super::shapes;
use super::splitter::Splitter;

impl Splitter {
    /// Whether an announcement runs, with nothing behind it yet.
    pub(super) fn announces(&self) -> bool {
        self.pending.is_empty()
            && !self.broken
            && self.item().is_some_and(|item| item.sort == Sort::Notice && !item.closed)
    }

    /// `报名时间：1月16日至1月20日`, where no text of another piece stands below it.
    pub(super) fn is_field(&self, block: &Block, rest: &Rest) -> bool {
        self.announces()
            && shapes::is_field(&block.words)
            && !matches!(rest.front(), Some((_, Kind::Text | Kind::Lead(_) | Kind::Byline(_))))
    }

    /// Whether a line names the house that announces: it is the last, or a headline stands below it.
    pub(super) fn is_announcer(&self, block: &Block, rest: &Rest) -> bool {
        let last = match rest.front() {
            None | Some((_, Kind::Notice | Kind::Furniture(_))) => true,
            Some((_, Kind::Head)) => self.item().is_some_and(Item::has_text),
            Some(_) => false,
        };
        self.announces() && last && heads::named(&block.words) == Some(true)
    }

    /// The day under an announcement: what stands above it signs the announcement.
    pub(super) fn dated(&mut self, block: Block) {
        if self.current.is_some() {
            for head in std::mem::take(&mut self.pending) {
                self.add(Part::Verse(head));
            }
        }
        self.add(Part::Verse(block));
        if let Some(item) = self.item_mut() {
            item.closed = true;
        }
    }
}
