//! `(下转第三版)`, `(上接第一版)`: a piece that is printed on two pages, of which this page holds one part.

use super::blocks::Block;
use super::boxes;
use super::kinds::{Kind, Rest};
use super::pieces::{Item, Part, Sort};
use super::splitter::Splitter;

/// How many heads stand below a line that says where the article over them began; none where one waits already.
pub(super) fn heads_below(splitter: &Splitter, jump: &Block, rest: &Rest) -> usize {
    let heads = || rest.iter().take_while(|(_, kind)| matches!(kind, Kind::Head)).count();
    if splitter.pending.is_empty() && boxes::goes_on_here(&jump.words) { heads() } else { 0 }
}

impl Splitter {
    /// `(下转第三版)` on a line of its own. Under a headline `(上接第一版)` begins the part that is printed here.
    pub(super) fn jump(&mut self, block: Block) {
        if boxes::goes_on_here(&block.words) && !self.pending.is_empty() {
            self.begin(Sort::Article);
        } else {
            self.crossheads();
        }
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
