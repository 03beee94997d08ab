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
    writer.write_event(Event::Text(BytesText::new(&plain(&publication.title))))?;
    writer.write_event(Event::End(BytesEnd::new("title")))?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    tree.write(publication, &mut writer, None)?;
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
        let title = plain(self.here.map_or(name.unwrap_or_default(), |outline| &outline.title));
        let grouped = name.is_some() && self.below.values().any(Group::lists);
        if grouped {
            let group = BytesStart::new("outline");
            let words = [("text", title.as_str()), ("title", title.as_str())];
            writer.write_event(Event::Start(group.with_attributes(words)))?;
        }
        if let Some(outline) = self.here.filter(|outline| outline.own) {
            let feed = url(publication, &outline.section.document(Format::Rss.file_name()));
            let page = front_url(publication, &outline.section);
            writer.write_event(Event::Empty(BytesStart::new("outline").with_attributes([
                ("type", "rss"),
                ("text", title.as_str()),
                ("title", title.as_str()),
                ("xmlUrl", feed.as_str()),
                ("htmlUrl", page.as_str()),
            ])))?;
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
