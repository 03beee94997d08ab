//! A piece of the page while it is put together: its heads, its blocks in their places, and what is known of it.

use super::blocks::Block;
use super::byline::Byline;
use super::folio::Folio;
use super::lead::Lead;
use super::letters::Words;
use super::paragraphs::is_complete;
use super::said::Said;

/// A piece of the page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub(crate) heads: Vec<Block>,
    pub(crate) parts: Vec<Part>,
    pub(crate) lead: Option<Lead>,
    /// Bylines, signatures and credits, in order.
    pub(crate) bylines: Vec<Byline>,
    /// The house that the end of the text names.
    pub(crate) source: Option<String>,
    /// The house that a line of its own names: it outranks every other.
    pub(crate) stated_source: Option<String>,
    pub(crate) sort: Sort,
    /// Whether a signature, a source or a jump line ended it.
    pub(super) closed: bool,
    /// Whether a doubt has been raised about its other part.
    pub(super) jumps: bool,
    /// Whether a head of it, its own or one inside it, was only guessed to be one.
    pub(super) unsure: bool,
    /// Whether it is a short piece under the head of a part (`简讯`).
    pub(crate) brief: bool,
    /// Whether its last paragraph breaks off in the middle of a sentence.
    ends_torn: bool,
    /// How many paragraphs, pieces of verse, crossheads and captions it has so far.
    texts: usize,
    verses: usize,
    crossheads: usize,
    captions: usize,
    /// Where the last crosshead stands.
    last_crosshead: Option<usize>,
    /// How wide the widest crosshead is, in half ems.
    widest: usize,
    /// What its heads and its first parts have said, and how many of those.
    said: Said,
    heard: usize,
}

/// What sort of piece.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Sort {
    #[default]
    Article,
    Picture,
    Notice,
}

/// A block in its place.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A paragraph, or the half of one.
    Text(Block),
    /// A head inside the text.
    Crosshead(Block),
    /// Short lines that keep their ends.
    Verse(Block),
    /// A caption; the credit's range in its words, if it has one.
    Caption(Block, Option<std::ops::Range<usize>>),
    /// A byline, credit, signature, source or jump line of its own: not part of the text.
    People(Block),
    /// A lead-in with nothing behind it: not part of the text.
    LeadIn(Block),
}

impl Part {
    pub(crate) fn block(&self) -> &Block {
        match self {
            Self::Text(b)
            | Self::Crosshead(b)
            | Self::Verse(b)
            | Self::Caption(b, _)
            | Self::People(b)
            | Self::LeadIn(b) => b,
        }
    }
}

impl Item {
    /// A piece with nothing in it yet.
    pub(super) fn under(heads: Vec<Block>, sort: Sort) -> Self {
        Self { heads, sort, ..Self::default() }
    }

    /// Takes a block in. What it is like is counted here, because every block that follows asks.
    pub(super) fn push(&mut self, part: Part) {
        match &part {
            Part::Text(_) => self.texts += 1,
            Part::Verse(_) => self.verses += 1,
            Part::Crosshead(block) => {
                self.crossheads += 1;
                self.last_crosshead = Some(self.parts.len());
                self.widest = self.widest.max(block.words.width());
            }
            Part::Caption(..) => self.captions += 1,
            Part::People(_) | Part::LeadIn(_) => {}
        }
        self.ends_torn = match &part {
            Part::Text(block) => !is_complete(&block.words),
            Part::Verse(_) => false,
            _ => self.ends_torn,
        };
        self.parts.push(part);
    }

    /// Takes in what it has said since the last time: only a head that nobody reports or signs asks for it, and few do.
    pub(super) fn remember(&mut self) {
        if self.heard == 0 {
            self.heads.iter().for_each(|head| self.said.hear(&head.words));
        }
        self.parts[self.heard..].iter().for_each(|part| self.said.hear(&part.block().words));
        self.heard = self.parts.len();
    }

    /// What its heads and its text have said, up to the last [`Item::remember`].
    pub(super) fn said(&self) -> &Said {
        &self.said
    }

    /// The lead-ins by themselves are bylines, for the lead-in of the text is still to come.
    pub(super) fn lead_ins_to_people(&mut self) {
        for part in &mut self.parts {
            if let Part::LeadIn(block) = part {
                *part = Part::People(block.clone());
            }
        }
    }

    /// First and last line.
    pub(crate) fn lines(&self) -> Option<(u32, u32)> {
        let all = || self.heads.iter().chain(self.parts.iter().map(Part::block)).map(|b| b.lines);
        Some((all().map(|l| l.0).min()?, all().map(|l| l.1).max()?))
    }

    /// Whether anything but shape says that this is a piece of its own.
    pub(crate) fn is_evident(&self) -> bool {
        self.lead.is_some() || !self.bylines.is_empty() || self.source.is_some() || self.stated_source.is_some()
    }

    pub(crate) fn text_ends_torn(&self) -> bool {
        self.ends_torn
    }

    /// Whether its text is one whole paragraph so far, as that of a short piece is.
    pub(crate) fn is_one_paragraph(&self) -> bool {
        self.texts == 1 && !self.text_ends_torn()
    }

    /// Whether all it holds under its heads is one quotation, and nobody has been named.
    pub(super) fn is_quotation(&self) -> bool {
        let quoted = |words: &Words| words.folded.first() == Some(&'“') && words.folded.last() == Some(&'”');
        let [Part::Text(block)] = &self.parts[..] else { return false };
        quoted(&block.words) && !self.heads.is_empty() && !self.is_told()
    }

    /// Whether it holds verse and no paragraph.
    pub(crate) fn is_verse(&self) -> bool {
        self.verses > 0 && self.texts == 0
    }

    /// Whether it holds paragraphs and no verse.
    pub(super) fn is_prose(&self) -> bool {
        self.texts > 0 && self.verses == 0
    }

    pub(crate) fn has_text(&self) -> bool {
        self.texts + self.verses > 0
    }

    pub(crate) fn has_crossheads(&self) -> bool {
        self.crossheads > 0
    }

    /// How wide the widest of its crossheads is, in half ems.
    pub(crate) fn widest_crosshead(&self) -> Option<usize> {
        self.has_crossheads().then_some(self.widest)
    }

    /// The last of its crossheads.
    pub(super) fn last_crosshead(&self) -> Option<&Block> {
        self.parts.get(self.last_crosshead?).map(Part::block)
    }

    /// Whether it is more list than text, and ends in its list.
    pub(crate) fn ends_in_list(&self) -> bool {
        /// So many rows in blocks of their own are a list.
        const ROWS: usize = 3;
        self.verses >= ROWS && self.verses > self.texts && matches!(self.parts.last(), Some(Part::Verse(_)))
    }

    /// Whether it holds captions and nothing else.
    pub(super) fn is_only_captions(&self) -> bool {
        self.captions > 0 && self.captions == self.parts.len()
    }

    /// Whether it holds captions and who took the pictures, and nothing else.
    pub(crate) fn is_pictures(&self) -> bool {
        let caption = |part: &Part| matches!(part, Part::Caption(..));
        self.parts.iter().any(caption) && self.parts.iter().all(|part| caption(part) || matches!(part, Part::People(_)))
    }

    pub(crate) fn signed_by(&self, byline: &Byline) -> bool {
        let names = self.lead.iter().flat_map(|l| &l.authors).chain(self.bylines.iter().flat_map(|b| &b.authors));
        names.into_iter().any(|a| byline.authors.iter().any(|b| b.name == a.name))
    }

    /// The house that it has named so far.
    pub(crate) fn house(&self) -> Option<&String> {
        let led = self.lead.as_ref().and_then(|lead| lead.source.as_ref());
        self.stated_source.as_ref().or(self.source.as_ref()).or(led)
    }

    /// Whether it has told who it is by, with a lead-in or a byline.
    pub(crate) fn is_told(&self) -> bool {
        self.lead.is_some() || !self.bylines.is_empty()
    }
}

/// A page taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) items: Vec<Item>,
    pub(crate) furniture: Vec<u32>,
    pub(crate) folio: Folio,
    pub(crate) doubts: Vec<String>,
}
