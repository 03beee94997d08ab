//! OPML 2.0 (opml.org/spec2.opml): every feed of the publication in one file, to subscribe to all in one go.

use std::collections::BTreeMap;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Publication, RenderError, front_url, plain, url};
use crate::section::{Format, Section};

/// A section in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Which.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// Whether it has articles of its own, not only its children's: then its feed is listed.
    pub own: bool,
}

/// The list of feeds: of each section with articles of its own its RSS feed; sections below others in a group with
/// their title, that section's own feed first. `outlines` in any order, groups included; the result is by path.
///
/// # Errors
/// When the writer refuses.
pub fn opml(publication: &Publication, outlines: &[Outline]) -> Result<Vec<u8>, RenderError> {
    let mut tree = Group::default();
    for outline in outlines {
        let mut group = &mut tree;
        for name in outline.section.as_str().split('/').filter(|n| !n.is_empty()) {
            group = group.below.entry(name).or_default();
        }
        group.here = Some(outline);
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.write_event(Event::Start(BytesStart::new("opml").with_attributes([("version", "2.0")])))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("title")))?;
    writer.write_event(Event::Text(BytesText::new(&spoken(&publication.title))))?;
    writer.write_event(Event::End(BytesEnd::new("title")))?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    if tree.lists() {
        tree.write(publication, &mut writer, None)?;
    } else {
        // A list may not be empty. Nothing is published yet; when something is, the whole publication's feed has it.
        feed(publication, &mut writer, &Section::whole(), &spoken(&publication.title))?;
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))?;
    let mut document = writer.into_inner();
    document.push(b'\n');
    Ok(document)
}

/// A section and those below it; as deep as sections nest.
#[derive(Default)]
struct Group<'a> {
    here: Option<&'a Outline>,
    below: BTreeMap<&'a str, Group<'a>>,
}

impl Group<'_> {
    /// `name` is the last of its path; the whole publication has none, and is no group.
    fn write(
        &self,
        publication: &Publication,
        writer: &mut Writer<Vec<u8>>,
        name: Option<&str>,
    ) -> Result<(), RenderError> {
        let title = spoken(self.here.map_or(name.unwrap_or_default(), |outline| &outline.title));
        let grouped = name.is_some() && self.below.values().any(Group::lists);
        if grouped {
            let group = BytesStart::new("outline");
            // A title of its own would want a type as well (MissingOutlineType), and no type means a folder.
            writer.write_event(Event::Start(group.with_attributes([("text", title.as_str())])))?;
        }
        if let Some(outline) = self.here.filter(|outline| outline.own) {
            feed(publication, writer, &outline.section, &title)?;
        }
        for (name, group) in &self.below {
            group.write(publication, writer, Some(name))?;
        }
        if grouped {
            writer.write_event(Event::End(BytesEnd::new("outline")))?;
        }
        Ok(())
    }

    /// Whether any feed is listed here or below.
    fn lists(&self) -> bool {
        self.here.is_some_and(|outline| outline.own) || self.below.values().any(Self::lists)
    }
}

/// The line of one feed.
fn feed(
    publication: &Publication,
    writer: &mut Writer<Vec<u8>>,
    section: &Section,
    title: &str,
) -> Result<(), RenderError> {
    let feed = url(publication, &section.document(Format::Rss.file_name()));
    let page = front_url(publication, section);
    writer.write_event(Event::Empty(BytesStart::new("outline").with_attributes([
        ("type", "rss"),
        ("text", title),
        ("title", title),
        ("xmlUrl", feed.as_str()),
        ("htmlUrl", page.as_str()),
    ])))?;
    Ok(())
}

/// A title that reads the same as plain text, as which readers take it, and as HTML, which OPML says it is: what would
/// begin a tag or a character reference in HTML is written full width, as every search takes for the same (NFKC).
fn spoken(title: &str) -> String {
    let title = plain(title);
    let mut out = String::with_capacity(title.len());
    let mut characters = title.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '&' if characters.peek().is_some_and(|next| !next.is_whitespace()) => out.push('＆'),
            '<' => out.push('＜'),
            '\u{FFFD}' => out.push('□'),
            _ => out.push(c),
        }
    }
    out
}
