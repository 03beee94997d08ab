//! The XML of a part → its elements and texts one after the other, told apart by namespace, so that nothing is ever held of
//! a part but what was made of it. Recursion is as deep as this lets elements nest.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::rejection::Rejection;

/// Elements within elements: a text box in a table in a table has about sixty.
pub(super) const MAX_DEPTH: usize = 200;

/// What an element belongs to. Transitional documents (ECMA-376) and strict ones (ISO 29500) name it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Text: paragraphs, runs, tables, styles, lists.
    Word,
    /// Formulas.
    Math,
    /// Content for old and new readers side by side.
    Compatibility,
    /// Relationships, content types, properties, drawings, and whatever else there is.
    Other,
}

/// An element's start.
#[derive(Debug)]
pub(super) struct Tag<'i> {
    pub(super) space: Space,
    start: BytesStart<'i>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        std::str::from_utf8(self.start.local_name().into_inner()).unwrap_or_default()
    }

    /// The name, if it is of the text's namespace.
    pub(super) fn word(&self) -> &str {
        if self.space == Space::Word { self.name() } else { "" }
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key, _| key == name)
    }

    /// `val`, which most elements have.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether a property that is there is on: it may say that it is not.
    pub(super) fn is_on(&self) -> bool {
        self.value().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    /// The value of an attribute that names a relationship: it has a prefix.
    pub(super) fn relation(&self, name: &str) -> Option<String> {
        self.find(|key, prefixed| key == name && prefixed)
    }

    fn find(&self, fits: impl Fn(&str, bool) -> bool) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|attribute| {
            let name = std::str::from_utf8(attribute.key.local_name().into_inner()).unwrap_or_default();
            fits(name, attribute.key.prefix().is_some())
        })?;
        unescape(std::str::from_utf8(&found.value).ok()?).ok().map(Cow::into_owned)
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next<'i> {
    Start(Tag<'i>),
    End,
    Text(Cow<'i, str>),
    /// The end of the part.
    Over,
}

/// A part being read.
pub(super) struct Xml<'i> {
    reader: NsReader<&'i [u8]>,
    part: &'i str,
    depth: usize,
}

impl<'i> Xml<'i> {
    /// Begins to read. `part` is the part's name, for refusals.
    pub(super) fn new(text: &'i str, part: &'i str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Next<'i>, Rejection> {
        loop {
            let event = self.reader.read_event().map_err(|error| self.broken(&error.to_string()))?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        let reason = format!("{:?} nests elements more than {MAX_DEPTH} deep", self.part);
                        return Err(Rejection::new(reason, "take tables and boxes within others apart"));
                    }
                    let space = match self.reader.resolver().resolve_element(start.name()).0 {
                        ResolveResult::Bound(namespace) => space(namespace.into_inner()),
                        _ => Space::Other,
                    };
                    return Ok(Next::Start(Tag { space, start }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Next::End);
                }
                Event::Text(text) => {
                    return Ok(Next::Text(text.xml10_content().map_err(|error| self.broken(&error.to_string()))?));
                }
                Event::CData(text) => {
                    return Ok(Next::Text(text.xml10_content().map_err(|error| self.broken(&error.to_string()))?));
                }
                Event::GeneralRef(reference) => {
                    let named = match &*reference {
                        b"lt" => Some('<'),
                        b"gt" => Some('>'),
                        b"amp" => Some('&'),
                        b"quot" => Some('"'),
                        b"apos" => Some('\''),
                        _ => reference.resolve_char_ref().ok().flatten(),
                    };
                    let c = named.ok_or_else(|| self.broken("it refers to an entity that it does not define"))?;
                    return Ok(Next::Text(Cow::Owned(c.to_string())));
                }
                Event::DocType(_) => return Err(self.broken("it holds a document type, which packages may not")),
                Event::Eof if self.depth > 0 => return Err(self.broken("it ends in the middle")),
                Event::Eof => return Ok(Next::Over),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
            }
        }
    }

    /// Passes over the rest of the element whose start was read last, or whose content is being read.
    pub(super) fn skip(&mut self) -> Result<(), Rejection> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Next::Start(_) => open += 1,
                Next::End => open -= 1,
                Next::Text(_) => {}
                Next::Over => return Ok(()),
            }
        }
        Ok(())
    }

    /// The text in the element whose start was read last.
    pub(super) fn text(&mut self) -> Result<Cow<'i, str>, Rejection> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Next::Text(more) if text.is_empty() => text = more,
                Next::Text(more) => text.to_mut().push_str(&more),
                Next::Start(_) => self.skip()?,
                Next::End | Next::Over => return Ok(text),
            }
        }
    }

    /// Calls back for each child of the element whose start was read last; the callback reads or skips the child whole.
    pub(super) fn children(
        &mut self,
        mut each: impl FnMut(&mut Self, Tag<'i>) -> Result<(), Rejection>,
    ) -> Result<(), Rejection> {
        loop {
            match self.next()? {
                Next::Start(tag) => each(self, tag)?,
                Next::Text(_) => {}
                Next::End | Next::Over => return Ok(()),
            }
        }
    }

    /// Enters the outermost element.
    pub(super) fn root(&mut self) -> Result<Tag<'i>, Rejection> {
        loop {
            match self.next()? {
                Next::Start(tag) => return Ok(tag),
                Next::Over => return Err(self.broken("there is nothing in it")),
                Next::Text(_) | Next::End => {}
            }
        }
    }

    fn broken(&self, why: &str) -> Rejection {
        let reason = format!("{:?} in the Word file cannot be read: {why}", self.part);
        Rejection::new(reason, "open the file in Word, save it anew, and drop it again")
    }
}

/// The text of a part: UTF-8 or UTF-16 (ECMA-376 part 2), with or without a byte order mark.
pub(super) fn decode(bytes: Vec<u8>, part: &str) -> Result<String, Rejection> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return Ok(encoding.decode(&bytes).0.into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let reason = format!("{part:?} in the Word file is not UTF-8 (at its byte {at})");
        Rejection::new(reason, "open the file in Word, save it anew, and drop it again")
    })
}

fn space(namespace: &[u8]) -> Space {
    match namespace {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
        | b"http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        _ => Space::Other,
    }
}
