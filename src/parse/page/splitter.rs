//! What is open while a page is taken apart: the piece that runs, and the heads that wait for one. Every block ends up in
//! exactly one place, because each is moved once.

use super::blocks::Block;
use super::byline::Byline;
use super::closing::{self, Closing};
use super::pieces::{Item, Part, Pieces, Sort};

/// More heads than this never stand over one text; the earlier ones stay with the piece above.
const MAX_HEADS: usize = 6;

/// More bylines than this no article has; what comes then is text.
pub(super) const MAX_BYLINES: usize = 40;

/// A page while it is taken apart.
#[derive(Default)]
pub(super) struct Splitter {
    pub(super) pieces: Pieces,
    pub(super) split: bool,
    /// The running article, by its place; pictures never run.
    pub(super) current: Option<usize>,
    pub(super) pending: Vec<Block>,
    pub(super) pending_notice: bool,
    /// Whether furniture or a picture stands between the running article and what comes.
    pub(super) broken: bool,
    /// Whether short pieces stand here, under the head of a part (`简讯`).
    pub(super) briefs: bool,
}

impl Splitter {
    pub(super) fn sign(&mut self, block: Block, byline: Byline) {
        if self.item().is_some_and(|item| item.bylines.len() >= MAX_BYLINES) {
            return self.add(Part::Verse(block));
        }
        if let Some(item) = self.item_mut() {
            item.bylines.push(byline);
        }
        self.add(Part::People(block));
    }

    /// What the end of a text says of its article.
    pub(super) fn close(&mut self, closing: Option<Closing>) {
        if matches!(closing, Some(Closing::Jump(_))) {
            self.doubt_jump();
        }
        let Some(item) = self.item_mut() else { return };
        match closing {
            Some(Closing::Signed(byline)) if item.bylines.len() < MAX_BYLINES => item.bylines.push(byline),
            Some(Closing::Sourced(house, by)) => {
                item.source = house.or(item.source.take());
                item.bylines.extend(by.filter(|_| item.bylines.len() < MAX_BYLINES));
            }
            Some(_) | None => {}
        }
    }

    /// Begins a piece under the heads that wait for one.
    pub(super) fn begin(&mut self, sort: Sort) {
        let surplus = self.pending.len().saturating_sub(MAX_HEADS);
        if surplus > 0 && self.split {
            let heads = self.pending.split_off(surplus);
            self.doubt("are too many for one headline; they were kept apart from the article below");
            self.crossheads();
            self.pending = heads;
        }
        if !self.split && !self.pieces.items.is_empty() {
            self.crossheads();
            return;
        }
        // A page has let go of its surplus above; a single article keeps its first line as title.
        let rest = if self.pending.len() > MAX_HEADS { self.pending.split_off(1) } else { vec![] };
        let heads = std::mem::take(&mut self.pending);
        self.pending_notice = false;
        self.current = Some(self.pieces.items.len());
        self.broken = false;
        self.pieces.items.push(Item::under(heads, sort));
        self.pending = rest;
        self.crossheads();
    }

    /// The heads that wait stay inside the running text.
    pub(super) fn crossheads(&mut self) {
        self.pending_notice = false;
        for head in std::mem::take(&mut self.pending) {
            // Two short lines behind verse are verse.
            let verse = head.rows.len() == 2 && self.item().is_some_and(Item::is_verse);
            let part = if verse || head.rows.len() > 2 { Part::Verse(head) } else { Part::Crosshead(head) };
            self.add(part);
        }
    }

    pub(super) fn add(&mut self, part: Part) {
        let closes = matches!(part, Part::Text(ref block) if closes(block));
        if self.current.is_none() {
            self.begin(Sort::Article);
        }
        if let Some(item) = self.item_mut() {
            item.closed = closes || (item.closed && !matches!(part, Part::Text(_)));
            item.push(part);
        }
    }

    pub(super) fn item(&self) -> Option<&Item> {
        self.pieces.items.get(self.current?)
    }

    pub(super) fn item_mut(&mut self) -> Option<&mut Item> {
        self.pieces.items.get_mut(self.current?)
    }

    /// A doubt about the heads that wait.
    pub(super) fn doubt(&mut self, what: &str) {
        let (Some(first), Some(last)) = (self.pending.first(), self.pending.last()) else { return };
        self.pieces.doubts.push(format!("the heads on lines {} to {} {what}", first.lines.0, last.lines.1));
    }

    pub(super) fn finish(mut self) -> Pieces {
        if !self.pending.is_empty() {
            let runs = self.item().is_some_and(|item| !item.closed) || !self.split;
            if !runs {
                self.begin(Sort::Article);
            }
            if runs && self.split {
                self.doubt("have no text below them; they were kept with the article above");
            }
            if runs {
                self.crossheads();
            } else {
                self.pieces.doubts.push("the last headline has no text below it".to_owned());
            }
        }
        // `▲…`, `▲…` under one headline and who took them.
        for item in self.pieces.items.iter_mut().filter(|item| self.split && item.lead.is_none() && item.is_pictures())
        {
            item.sort = Sort::Picture;
        }
        self.pieces
    }
}

/// Whether a text ends its article; `(上接第一版)` stands at a beginning.
fn closes(block: &Block) -> bool {
    match closing::read(&block.words) {
        Some(Closing::Jump(jump)) => jump.end == block.words.len() && jump.start > 0,
        closing => closing.is_some(),
    }
}
