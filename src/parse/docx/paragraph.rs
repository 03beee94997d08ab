//! `w:p` → a paragraph: its properties, and its runs through everything that may surround them.

use super::block::{Block, Item};
use super::fields;
use super::looks::{Look, Properties as Looks, read_looks};
use super::manuscript::{Line, Manuscript};
use super::numbering::ListAt;
use super::styles::Role;
use super::xml::{Next, Space, Xml};
use crate::rejection::Rejection;

impl Manuscript {
    /// Reads a paragraph whose start was read last.
    pub(super) fn paragraph(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Block>) -> Result<(), Rejection> {
        self.piece()?;
        let plain = self.styles.paragraph(None);
        let mut line = Line { looks: plain.looks, ..Line::default() };
        line.paragraph.role = plain.role;
        self.inlines(xml, &mut line, None)?;
        self.finish(line, out)
    }

    /// Reads what stands in a paragraph, or in an element within one.
    pub(super) fn inlines(&mut self, xml: &mut Xml<'_>, line: &mut Line, link: Option<usize>) -> Result<(), Rejection> {
        xml.children(|xml, tag| match (tag.space, tag.name()) {
            (Space::Word, "pPr") => self.properties(xml, line),
            (Space::Word, "r") => self.run(xml, line, link),
            (Space::Word, "hyperlink") => {
                let own = tag.relation("id").and_then(|id| self.link_to(&id));
                self.inlines(xml, line, own.or(link))
            }
            (Space::Word, "fldSimple") => {
                let address = tag.attribute("instr").and_then(|instruction| fields::address(&instruction));
                let own = address.and_then(|address| self.link(&address));
                self.inlines(xml, line, own.or(link))
            }
            (Space::Word, "sdt") => {
                self.control(xml, line, |manuscript, xml, line| manuscript.inlines(xml, line, link))
            }
            (Space::Word, "ins" | "moveTo" | "smartTag" | "customXml" | "dir" | "bdo") => self.inlines(xml, line, link),
            (Space::Compatibility, "AlternateContent") => {
                self.alternate(xml, line, |manuscript, xml, line| manuscript.inlines(xml, line, link))
            }
            (Space::Math, _) => self.formula(xml, line),
            // `del`, `moveFrom`, ranges of comments and bookmarks, and whatever else is no text.
            _ => xml.skip(),
        })
    }

    /// A formula as its characters, one after the other.
    pub(super) fn formula(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), Rejection> {
        let mut open = 1_usize;
        let mut is_text = false;
        while open > 0 {
            match xml.next()? {
                Next::Start(tag) if tag.word() == "del" => xml.skip()?,
                Next::Start(tag) => {
                    open += 1;
                    is_text = tag.name() == "t";
                }
                Next::End => {
                    open -= 1;
                    is_text = false;
                }
                Next::Text(text) if is_text && self.fields.show() => {
                    self.made += 1;
                    line.inlines.text(&text, Look::default(), None);
                }
                Next::Text(_) => {}
                Next::Over => break,
            }
        }
        Ok(())
    }

    /// Reads `pPr`, which comes before all runs.
    fn properties(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), Rejection> {
        let mut style: Option<String> = None;
        let mut list: Option<ListAt> = None;
        let mut outline: Option<u8> = None;
        let mut marks = Looks::default();
        xml.children(|xml, tag| {
            match tag.word() {
                "pStyle" => style = tag.value(),
                "numPr" => {
                    list = ListAt::read(xml)?;
                    return Ok(());
                }
                "outlineLvl" => outline = tag.value().and_then(|level| level.parse().ok()),
                "jc" => line.paragraph.is_centred = tag.value().is_some_and(|side| side == "center"),
                "bidi" => line.paragraph.from_right = tag.is_on(),
                "ind" => {
                    let by = ["firstLineChars", "firstLine"].iter().find_map(|name| tag.attribute(name));
                    line.paragraph.is_indented = by.is_some_and(|by| by.parse::<f32>().is_ok_and(|by| by > 0.0));
                }
                "framePr" => line.runs_on |= tag.attribute("dropCap").is_some_and(|drop| drop != "none"),
                "rPr" => {
                    return xml.children(|xml, tag| {
                        // The paragraph's mark was deleted or moved away: the next goes on where this one ends.
                        line.runs_on |= matches!(tag.word(), "del" | "moveFrom");
                        match tag.word() {
                            "rPr" => read_looks(xml, &mut marks),
                            _ => xml.skip(),
                        }
                    });
                }
                _ => {}
            }
            xml.skip()
        })?;
        let meaning = self.styles.paragraph(style.as_deref());
        line.looks = meaning.looks;
        line.paragraph.role = meaning.role.or(outline.filter(|level| *level < 9).map(Role::heading));
        let at = match (list, meaning.list) {
            // The style names the list, the paragraph only how deep in it.
            (Some(own), _) => Some(own),
            (None, of_style) => of_style,
        };
        if let Some(at) = at.filter(|at| at.list != 0) {
            let level = self.numbering.level(at, style.as_deref());
            let mark = self.numbering.count(at.list, level);
            // `List Bullet 2` is the first level of a list of its own.
            let level = match meaning.role {
                Some(Role::List(_, depth)) => level.max(depth),
                _ => level,
            };
            line.paragraph.item = mark.map(|mark| Item { list: at.list, level, mark });
        }
        Ok(())
    }
}
