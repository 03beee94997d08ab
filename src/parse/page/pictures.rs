//! A text and its credit → a picture: a piece of its own, while the article it was set into runs on around it.

use super::blocks::Block;
use super::byline::Byline;
use super::closing;
use super::columns;
use super::kinds::{Kind, Rest};
use super::letters::MARKS;
use super::paragraphs::is_complete;
use super::pieces::{Part, Sort};
use super::shapes;
use super::splitter::Splitter;

/// Where a caption's credit stands: at its end, or in the block below.
pub(super) enum Credit {
    Within(std::ops::Range<usize>, Byline),
    Below,
}

impl Splitter {
    /// The credit that makes a short line a caption.
    pub(super) fn head_credit(&self, block: &Block) -> Option<Credit> {
        let (_, credit, byline) = closing::credit(&block.words)?;
        (byline.has_photo && block.rows.len() == 1).then_some(Credit::Within(credit, byline))
    }

    /// The credit that makes a text a caption.
    pub(super) fn picture_credit(&self, block: &Block, rest: &Rest) -> Option<Credit> {
        let words = &block.words;
        if words.len() >= closing::MAX_CAPTION || block.rows.len() > 1 {
            return None;
        }
        let under_column = self.pending.iter().any(|head| columns::is_picture_column(&head.words));
        let placed = block.after_picture || under_column || shapes::points_at_picture(words);
        // `●游客体验龙舟竞渡。 中新社`; a short piece has its mark too, and its source in brackets.
        let marked = words.folded.first().is_some_and(|c| MARKS.contains(*c));
        if let Some(credit) = closing::agency(words).filter(|_| marked && !self.briefs && self.pending.is_empty()) {
            return Some(Credit::Within(credit, Byline { has_photo: true, ..Byline::default() }));
        }
        if let Some((_, credit, byline)) = closing::credit(words) {
            let bracketed = words.folded.last() == Some(&')');
            let told = byline.has_photo
                || (byline.marked && (placed || shapes::opens_caption(words)))
                || (placed && byline.has_role && !bracketed);
            return told.then_some(Credit::Within(credit, byline));
        }
        let Some((below, Kind::Byline(byline))) = rest.front() else { return None };
        let free =
            (self.pending.is_empty() || under_column) && self.item().is_none_or(|item| item.closed || self.broken);
        // `（林晓 摄影报道）`, `摄影：林晓` below a text that nothing makes a caption sign all of it.
        let signs = below.words.bare().starts_with("摄影") || below.words.bare().ends_with("摄影报道");
        let told = (byline.has_photo && (!signs || shapes::opens_caption(words)))
            || placed
            || (shapes::opens_caption(words) && (byline.marked || free));
        (told && !below.after_picture && is_complete(words)).then_some(Credit::Below)
    }

    /// A picture with its credit: a piece of its own, and the article around it runs on.
    pub(super) fn picture(&mut self, block: Block, credit: Credit, rest: &mut Rest) {
        let running = self.current;
        // Heads above may be the next report's, which the picture was set into: then its lead comes without heads.
        let own_credit = matches!(credit, Credit::Within(..));
        let then =
            rest.iter().skip(usize::from(!own_credit)).map(|next| &next.1).find(|k| !matches!(k, Kind::Furniture(_)));
        let under_column = self.pending.last().is_some_and(|head| columns::is_picture_column(&head.words));
        let kept = if !under_column && matches!(then, Some(Kind::Lead(_))) {
            std::mem::take(&mut self.pending)
        } else {
            vec![]
        };
        // `图①…`, `图②…` under one head, and who took them all below the last.
        let series = self.pending.is_empty() && self.item().is_some_and(|item| !item.closed && item.is_only_captions());
        if series && let Some(item) = self.item_mut() {
            item.sort = Sort::Picture;
        } else if self.split {
            self.begin(Sort::Picture);
        } else if self.current.is_none() {
            self.begin(Sort::Article);
        } else {
            self.crossheads();
        }
        match credit {
            Credit::Within(range, byline) => {
                if let Some(item) = self.item_mut().filter(|item| item.sort == Sort::Picture) {
                    item.bylines.push(byline);
                }
                self.add(Part::Caption(block, Some(range)));
            }
            Credit::Below => {
                self.add(Part::Caption(block, None));
                // Two people may be credited on two lines.
                for _ in 0..2 {
                    if !matches!(rest.front(), Some((_, Kind::Byline(_)))) {
                        break;
                    }
                    if let Some((below, Kind::Byline(byline))) = rest.pop_front() {
                        // Whoever took a picture inside an article has not written it.
                        let own = self.item().is_some_and(|item| item.sort == Sort::Picture);
                        if own { self.sign(below, byline) } else { self.add(Part::People(below)) }
                    }
                }
            }
        }
        if self.split {
            self.current = running;
            self.broken = true;
        }
        self.pending = kept;
    }
}

/// A caption that a column break tore in two, put together again: its first half opens with a day, its second ends in a
/// credit.
pub(super) fn whole_caption(block: Block, rest: &mut Rest) -> Block {
    let opens = super::letters::month_day(&block.words.folded).is_some()
        && !is_complete(&block.words)
        && closing::credit(&block.words).is_none();
    let credited = |next: &Block| {
        block.words.len() + next.words.len() < closing::MAX_CAPTION
            && next.words.folded.last() != Some(&')')
            && closing::credit(&next.words).is_some_and(|(_, _, by)| by.has_photo || by.marked)
    };
    let torn = opens && matches!(rest.front(), Some((next, Kind::Text)) if next.rows.len() == 1 && credited(next));
    match rest.pop_front() {
        Some((next, _)) if torn => block.joined(&next),
        next => {
            next.into_iter().for_each(|next| rest.push_front(next));
            block
        }
    }
}

/// Whether what comes next opens as a caption does, and has no credit of its own.
pub(super) fn captions_follow(rest: &Rest) -> bool {
    matches!(rest.front(), Some((next, Kind::Text)) if next.words.len() < closing::MAX_CAPTION
        && shapes::opens_caption(&next.words)
        && closing::credit(&next.words).is_none()
        && !matches!(rest.get(1), Some((_, Kind::Byline(_)))))
}
