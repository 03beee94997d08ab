//! `(下转第三版)`, `(上接第一版)`: a piece that is printed on two pages, of which this page holds one part.

use super::blocks::Block;
use super::pieces::{Item, Part};
use super::splitter::Splitter;

impl Splitter {
    /// `(下转第三版)` on a line of its own.
    pub(super) fn jump(&mut self, block: Block) {
        self.crossheads();
        self.add(Part::People(block));
        if let Some(item) = self.item_mut() {
            item.closed = item.has_text();
        }
        self.doubt_jump();
    }

    pub(super) fn doubt_jump(&mut self) {
        let told = self.item_mut().is_some_and(|item| std::mem::replace(&mut item.jumps, true));
        if told {
            return;
        }
        if let Some((first, last)) = self.item().and_then(Item::lines) {
            let doubt =
                format!("the article on lines {first} to {last} is printed on two pages; this is one part of it");
            self.pieces.doubts.push(doubt);
        }
    }
}
