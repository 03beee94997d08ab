//! Who signs a piece from outside of it: on a line over its headline, or below its text in the form of a lead-in.

use super::blocks::Block;
use super::byline::Byline;
use super::closing;
use super::kinds::{Kind, Rest};
use super::lead::Lead;
use super::openings::ending;
use super::pieces::Item;
use super::splitter::Splitter;

/// Under a headline so many paragraphs are looked at for who signs them.
const MOST_PARAGRAPHS: usize = 60;

impl Splitter {
    /// `新华社北京12月8日电` by itself below a text whose writer is known: where it came from. `（记者 周岩 摄影报道）` by
    /// itself below any text: who wrote it.
    pub(super) fn is_sign_off(&self, block: &Block, lead: &Lead, rest: &Rest) -> bool {
        let signs = closing::is_signature(&block.words, lead);
        lead.end >= block.words.len()
            && self.pending.is_empty()
            && self.item().is_some_and(|item| item.has_text() && (signs || (item.is_evident() && item.lead.is_none())))
            && !matches!(rest.front(), Some((_, Kind::Text | Kind::Verse | Kind::Byline(_))))
    }

    /// How many heads stand below people that are named above them: some papers print who wrote it over the headline. The
    /// report above has told in its lead-in that it is by others, and what stands below is signed by nobody else.
    pub(super) fn heads_signed_above(&self, byline: &Byline, rest: &Rest) -> usize {
        let by_others = |item: &Item| {
            let led = item.lead.as_ref().is_some_and(|lead| !lead.authors.is_empty());
            led && item.has_text() && !item.text_ends_torn() && !item.signed_by(byline)
        };
        let heads = rest.iter().take_while(|(_, kind)| matches!(kind, Kind::Head)).count();
        let over = self.split
            && self.pending.is_empty()
            && byline.has_role
            && !(byline.has_photo || byline.marked || byline.authors.is_empty())
            && self.item().is_some_and(by_others);
        let unsigned = || {
            let Some((first, Kind::Text)) = rest.get(heads) else { return false };
            let below: Rest = rest.iter().skip(heads + 1).take(MOST_PARAGRAPHS).cloned().collect();
            ending(first, &below).is_none()
        };
        if over && heads > 0 && unsigned() { heads } else { 0 }
    }
}
