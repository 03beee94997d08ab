//! The main part → blocks: paragraphs, tables, what stands in boxes, notes. Everything that is not text for readers stays out
//! here: comments, tracked deletions, hidden text, instructions, headers and footers (which are parts nobody opens).

use std::collections::HashMap;

use super::block::{Block, Paragraph};
use super::fields::Fields;
use super::inline::{self, Inline, Inlines};
use super::looks::Properties as Looks;
use super::numbering::Numbering;
use super::relations::{Relations, Target};
use super::styles::{Role, Styles};
use super::xml::{Space, Tag, Xml};
use crate::rejection::Rejection;

/// The most paragraphs, cells and rows: a book of a thousand pages has twenty thousand.
pub(super) const MAX_PIECES: usize = 150_000;
/// The most pieces of text that look otherwise than their neighbours: each becomes elements of a page.
const MAX_INLINES: usize = 250_000;
/// The longest paragraph, in bytes: several copies of it are held while it is read.
const MAX_PARAGRAPH: usize = 1024 * 1024;
/// The longest address of a link, in bytes.
const MAX_ADDRESS: usize = 2048;
/// The most addresses of one article.
const MAX_LINKS: usize = 20_000;
/// A person reads no more doubts of one file than this.
const MAX_DOUBTS: usize = 20;

/// A document being read.
#[derive(Debug, Default)]
pub(super) struct Manuscript {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// Those of the part that is being read.
    pub(super) relations: Relations,
    pub(super) fields: Fields,
    /// The addresses that links lead to.
    pub(super) links: Vec<String>,
    places: HashMap<String, usize>,
    pub(super) pictures: usize,
    /// The notes that the text refers to, in order: whether it is an endnote, and its id.
    pub(super) notes: Vec<(bool, String)>,
    pub(super) doubts: Vec<String>,
    /// Grows with everything that readers see: so it is known whether an alternative shows anything.
    pub(super) made: usize,
    pieces: usize,
    inlines: usize,
    /// The beginning of a paragraph whose end was deleted, or a letter that drops below its line: the next begins with it.
    carried: Vec<Inline>,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) inlines: Inlines,
    /// Pictures that float beside it.
    pub(super) before: Vec<Inline>,
    /// What stands in boxes that hang on it: follows it.
    pub(super) boxes: Vec<Block>,
    /// What its style makes of its text.
    pub(super) looks: Looks,
    pub(super) paragraph: Paragraph,
    /// Its end was deleted or moved away, or it is a dropped capital.
    pub(super) runs_on: bool,
}

impl Manuscript {
    /// Reads blocks up to the end of the element whose start was read last.
    pub(super) fn blocks(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Block>) -> Result<(), Rejection> {
        xml.children(|xml, tag| self.block(xml, &tag, out))
    }

    pub(super) fn block(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, out: &mut Vec<Block>) -> Result<(), Rejection> {
        match (tag.space, tag.name()) {
            (Space::Word, "p") => self.paragraph(xml, out),
            (Space::Word, "tbl") => self.table(xml, out),
            (Space::Word, "sdt") => self.control(xml, out, Self::blocks),
            (Space::Word, "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent") => self.blocks(xml, out),
            (Space::Compatibility, "AlternateContent") => self.alternate(xml, out, Self::blocks),
            (Space::Math, _) => {
                let mut line = Line::default();
                self.formula(xml, &mut line)?;
                self.finish(line, out)
            }
            (Space::Word, "altChunk") => {
                self.doubt("a document embedded in it was left out; copy its text into the document");
                xml.skip()
            }
            _ => xml.skip(),
        }
    }

    /// Reads blocks that stand apart from the text around them (a box, a cell, a note), which goes on after them.
    pub(super) fn boxed(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Block>) -> Result<(), Rejection> {
        let fields = std::mem::take(&mut self.fields);
        let carried = std::mem::take(&mut self.carried);
        let hidden = !fields.show();
        let read = self.blocks(xml, out);
        self.flush(out);
        self.fields = fields;
        self.carried = carried;
        if hidden {
            out.clear();
        }
        read
    }

    /// What was carried on to a paragraph that never came.
    pub(super) fn flush(&mut self, out: &mut Vec<Block>) {
        if !self.carried.is_empty() {
            let inlines = std::mem::take(&mut self.carried);
            out.push(Block::Paragraph(Paragraph { inlines, ..Paragraph::default() }));
        }
    }

    /// A content control: its content, unless that is a prompt to write something or the table of contents.
    pub(super) fn control<T>(
        &mut self,
        xml: &mut Xml<'_>,
        out: &mut T,
        mut each: impl FnMut(&mut Self, &mut Xml<'_>, &mut T) -> Result<(), Rejection>,
    ) -> Result<(), Rejection> {
        let mut is_left_out = false;
        xml.children(|xml, tag| match tag.word() {
            "sdtPr" => xml.children(|xml, tag| match tag.word() {
                "showingPlcHdr" => {
                    is_left_out |= tag.is_on();
                    xml.skip()
                }
                "docPartObj" => xml.children(|xml, tag| {
                    let gallery = tag.value().unwrap_or_default();
                    is_left_out |= tag.word() == "docPartGallery" && gallery == "Table of Contents";
                    xml.skip()
                }),
                _ => xml.skip(),
            }),
            "sdtContent" if !is_left_out => each(self, xml, out),
            _ => xml.skip(),
        })
    }

    /// Content offered several times: the first that shows something.
    pub(super) fn alternate<T>(
        &mut self,
        xml: &mut Xml<'_>,
        out: &mut T,
        mut each: impl FnMut(&mut Self, &mut Xml<'_>, &mut T) -> Result<(), Rejection>,
    ) -> Result<(), Rejection> {
        let before = self.made;
        xml.children(|xml, tag| match tag.name() {
            "Choice" | "Fallback" if self.made == before => each(self, xml, out),
            _ => xml.skip(),
        })
    }

    /// Notes that a paragraph, a cell or a row was read.
    pub(super) fn piece(&mut self) -> Result<(), Rejection> {
        self.pieces += 1;
        if self.pieces > MAX_PIECES {
            let reason = format!("it has more than {MAX_PIECES} paragraphs and cells");
            return Err(Rejection::new(reason, "divide it into several documents"));
        }
        Ok(())
    }

    /// A paragraph was read: it and what hangs on it go to the blocks.
    pub(super) fn finish(&mut self, line: Line, out: &mut Vec<Block>) -> Result<(), Rejection> {
        self.fields.end_paragraph();
        let Line { inlines, before, boxes, mut paragraph, runs_on, .. } = line;
        self.inlines += inlines.0.len();
        if self.inlines > MAX_INLINES {
            let reason = format!("its text changes its look more than {MAX_INLINES} times");
            return Err(Rejection::new(reason, "take the formatting away, or divide it into several documents"));
        }
        let length = |inline: &Inline| if let Inline::Text { text, .. } = inline { text.len() } else { 0 };
        if inlines.0.iter().chain(&self.carried).map(length).sum::<usize>() > MAX_PARAGRAPH {
            return Err(Rejection::new("one of its paragraphs is longer than a MiB", "divide it into paragraphs"));
        }
        if !before.is_empty() {
            out.push(Block::Paragraph(Paragraph { inlines: before, ..Paragraph::default() }));
        }
        paragraph.inlines = std::mem::take(&mut self.carried);
        paragraph.inlines.extend(inlines.0);
        if runs_on {
            self.carried = paragraph.inlines;
        } else if paragraph.role == Some(Role::Contents) {
            // Word made it of the headings, which are there.
        } else if inline::is_blank(&paragraph.inlines) {
            if !matches!(out.last(), None | Some(Block::Blank)) {
                out.push(Block::Blank);
            }
        } else {
            out.push(Block::Paragraph(paragraph));
        }
        out.extend(boxes);
        Ok(())
    }

    /// The place of an address in the list of links; none where it is none.
    pub(super) fn link(&mut self, address: &str) -> Option<usize> {
        let address = address.trim();
        if address.is_empty() || address.starts_with('#') || address.len() > MAX_ADDRESS {
            return None;
        }
        if let Some(at) = self.places.get(address) {
            return Some(*at);
        }
        if self.links.len() >= MAX_LINKS {
            return None;
        }
        self.links.push(address.to_owned());
        self.places.insert(address.to_owned(), self.links.len() - 1);
        Some(self.links.len() - 1)
    }

    /// The link that a relationship makes: only those that lead out of the document do.
    pub(super) fn link_to(&mut self, id: &str) -> Option<usize> {
        match self.relations.target(id).cloned() {
            Some(Target::Outside(address)) => self.link(&address),
            _ => None,
        }
    }

    pub(super) fn doubt(&mut self, doubt: &str) {
        if self.doubts.len() < MAX_DOUBTS && !self.doubts.iter().any(|known| known == doubt) {
            self.doubts.push(doubt.to_owned());
        }
    }
}
