//! `w:r` → text of one look, breaks, symbols, notes, drawings.

use super::fields;
use super::inline::Inline;
use super::looks::{Look, Properties as Looks, read_run};
use super::manuscript::{Line, Manuscript};
use super::symbols;
use super::xml::{Space, Tag, Xml};
use crate::rejection::Rejection;

/// A run while it is read.
#[derive(Clone, Copy, Default)]
struct Run {
    look: Look,
    size: Option<u32>,
    is_hidden: bool,
    link: Option<usize>,
}

/// Character styles for program text, in lower case and without spaces.
const CODE: [&str; 5] = ["verbatimchar", "htmlcode", "codechar", "code", "sourcetext"];

impl Manuscript {
    /// Reads a run whose start was read last.
    pub(super) fn run(&mut self, xml: &mut Xml<'_>, line: &mut Line, link: Option<usize>) -> Result<(), Rejection> {
        let mut run = Run {
            look: line.looks.look(Looks::default(), Looks::default()),
            size: line.looks.size,
            is_hidden: line.looks.hidden.unwrap_or(false),
            link,
        };
        self.pieces(xml, line, &mut run)
    }

    fn pieces(&mut self, xml: &mut Xml<'_>, line: &mut Line, run: &mut Run) -> Result<(), Rejection> {
        xml.children(|xml, tag| match (tag.space, tag.name()) {
            (Space::Word, "rPr") => self.looks(xml, line, run),
            (Space::Compatibility, "AlternateContent") => {
                self.alternate(xml, line, |manuscript, xml, line| manuscript.pieces(xml, line, run))
            }
            (Space::Word, name) => self.piece_of_run(xml, &tag, name, line, run),
            (Space::Math, _) => self.formula(xml, line),
            _ => xml.skip(),
        })
    }

    fn looks(&mut self, xml: &mut Xml<'_>, line: &Line, run: &mut Run) -> Result<(), Rejection> {
        let mut own = Looks::default();
        let style = read_run(xml, &mut own)?;
        let of_style = style.as_deref().map(|id| self.styles.character(id)).unwrap_or_default();
        run.look = line.looks.look(of_style, own);
        let stated = line.looks.under(of_style).under(own);
        run.is_hidden = stated.hidden.unwrap_or(false);
        run.size = stated.size;
        if let Some(style) = style {
            let plain: String = style.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            run.look.code = CODE.contains(&plain.as_str());
        }
        Ok(())
    }

    fn piece_of_run(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        name: &str,
        line: &mut Line,
        run: &mut Run,
    ) -> Result<(), Rejection> {
        let shows = !run.is_hidden && self.fields.show();
        match name {
            "t" => {
                let text = xml.text()?;
                if shows {
                    self.say(&text, line, run);
                }
                return Ok(());
            }
            "instrText" => {
                let text = xml.text()?;
                self.fields.instruct(&text);
                return Ok(());
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => {
                    let address = self.fields.separate().and_then(fields::address);
                    let link = address.and_then(|address| self.link(&address));
                    self.fields.lead(link);
                }
                Some("end") => self.fields.end(),
                _ => {}
            },
            "drawing" | "pict" | "object" if shows => return self.drawing(xml, line, run.link),
            "ruby" if shows => return self.ruby(xml, line),
            "tab" | "ptab" if shows => self.say(" ", line, run),
            "noBreakHyphen" if shows => self.say("\u{2011}", line, run),
            "softHyphen" if shows => self.say("\u{ad}", line, run),
            "sym" if shows => {
                let (font, code) =
                    (tag.attribute("font").unwrap_or_default(), tag.attribute("char").unwrap_or_default());
                match symbols::character(&font, &code) {
                    Some(c) => self.say(c.encode_utf8(&mut [0; 4]), line, run),
                    None => self.doubt("a sign of a symbol font in it has no character of its own; it was left out"),
                }
            }
            "cr" if shows => line.inlines.0.push(Inline::Break),
            // A page or column ends nothing for who reads a feed.
            "br" if shows && tag.attribute("type").is_none_or(|kind| kind == "textWrapping") => {
                line.inlines.0.push(Inline::Break);
            }
            "footnoteReference" | "endnoteReference" if shows => {
                let note = (name == "endnoteReference", tag.attribute("id").unwrap_or_default());
                let number = match self.notes.iter().position(|known| *known == note) {
                    Some(at) => at + 1,
                    None => {
                        self.notes.push(note);
                        self.notes.len()
                    }
                };
                // A mark of the writer's own (`*`) follows as text.
                if !tag.attribute("customMarkFollows").is_some_and(|on| matches!(on.as_str(), "1" | "true" | "on")) {
                    line.inlines.0.push(Inline::Note(number));
                }
            }
            _ => {}
        }
        xml.skip()
    }

    fn say(&mut self, text: &str, line: &mut Line, run: &Run) {
        self.made += 1;
        if !text.trim().is_empty() {
            line.paragraph.size = match (line.paragraph.size, run.size) {
                (Some(smallest), Some(size)) => Some(smallest.min(size)),
                (known, size) => known.or(size),
            };
        }
        line.inlines.text(text, run.look, run.link.or_else(|| self.fields.link()));
    }

    /// Characters with how they are read.
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), Rejection> {
        let mut reading = Line::default();
        let mut base = Line::default();
        xml.children(|xml, tag| match tag.word() {
            "rt" => self.inlines(xml, &mut reading, None),
            "rubyBase" => self.inlines(xml, &mut base, None),
            _ => xml.skip(),
        })?;
        let plain = |line: &Line| super::inline::plain(&line.inlines.0);
        line.inlines.0.push(Inline::Ruby { base: plain(&base), reading: plain(&reading) });
        Ok(())
    }
}
