//! Lines that say where to call or write → whose they are: the article's that they stand under, or the page's own, where
//! they stand above all articles or among other lines of the imprint.

use super::blocks::Block;
use super::boxes;
use super::folio::Folio;
use super::kinds::{Kind, Rest};
use super::letters::first_of;
use super::pieces::{Item, Part, Sort};
use super::splitter::Splitter;

/// Where to send what readers write stands at the foot of many pages: it is an article's that speaks of it, in so many
/// blocks above.
const SENT: [&str; 3] = ["投稿", "来稿", "征稿"];
const SPOKEN_OF: [char; 2] = ['稿', '征'];
const ABOVE: usize = 12;
/// So many such lines under a head are its text (`便民服务电话`).
const LIST: usize = 3;
/// A head with one of these stands over a single one.
const HEADS: [&str; 7] = ["联系", "方式", "电话", "热线", "咨询", "报名", "地址"];

/// Tells which lines are an article's.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    let mut texted = false;
    let mut at = 0;
    while at < kinds.len() {
        let end = at + kinds[at..].iter().take_while(|kind| matches!(kind, Kind::Furniture(_))).count();
        if end == at {
            texted = true;
            at += 1;
            continue;
        }
        let own = |at: usize| matches!(&kinds[at], Kind::Furniture(folio) if !folio.is_of_article);
        let imprint = (at..end).find(|at| own(*at) && !boxes::is_rule(&blocks[*at].words)).unwrap_or(end);
        let below = below_gap(blocks, at, imprint, end);
        let spoken = speaks_of_writing(&blocks[at.saturating_sub(ABOVE)..at]);
        for (block, kind) in blocks[at..below].iter().zip(&mut kinds[at..below]) {
            let sent = first_of(&block.words.folded, &SENT).is_some();
            if let Kind::Furniture(folio) = kind
                && folio.is_of_article
            {
                folio.is_of_article = texted && (!sent || spoken);
            }
        }
        for kind in &mut kinds[below..end] {
            if let Kind::Furniture(folio) = kind {
                folio.is_of_article = false;
            }
        }
        at = end;
    }
}

/// Where the lines of the imprint begin: with those that stand right above its first sure one and apart from the text.
fn below_gap(blocks: &[Block], first: usize, imprint: usize, end: usize) -> usize {
    let stuck = |below: usize| below > 0 && blocks[below - 1].lines.1 + 1 == blocks[below].lines.0;
    let mut begin = imprint;
    while imprint < end && begin > 0 && stuck(begin) {
        if begin == first {
            return imprint;
        }
        begin -= 1;
    }
    begin.max(first)
}

fn speaks_of_writing(above: &[Block]) -> bool {
    above.iter().any(|block| block.words.folded.iter().any(|c| SPOKEN_OF.contains(c)))
}

fn is_of_article(kind: &Kind) -> bool {
    matches!(kind, Kind::Furniture(Folio { is_of_article: true, .. }))
}

impl Splitter {
    /// Whether a piece is there that a line of its kind belongs to; under a head that waits, the head must be its own.
    pub(super) fn holds_contact(&self, rest: &Rest) -> bool {
        let Some(head) = self.pending.last() else { return self.current.is_some() };
        let list = rest.iter().take_while(|(_, kind)| is_of_article(kind)).count() + 1 >= LIST;
        let said = head.text();
        list || (self.current.is_some() && HEADS.iter().any(|word| said.contains(word)))
    }

    /// Adds it to its piece, which as a rule it ends.
    pub(super) fn contact(&mut self, block: Block) {
        if !self.pending.is_empty() {
            let said = self.pending.iter().any(|head| HEADS.iter().any(|word| head.text().contains(word)));
            let within = self.item().is_some_and(|item| item.has_text() && !item.closed) && said;
            if within { self.crossheads() } else { self.begin(Sort::Article) }
        }
        self.add(Part::Verse(block));
        self.broken = self.broken || !self.item().is_some_and(|item: &Item| item.sort == Sort::Notice);
    }
}
