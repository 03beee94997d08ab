//! A Word document (ECMA-376, strict or transitional) → one draft.
//!
//! The package's parts are read by our own hand, with `zip` and `quick-xml`, and not by a library for Word files: those build
//! the whole document before anybody can say that it is too large, and the one there is for Rust panics on real ones. Parts
//! are found by their relationships, never by their names. What Word keeps for its writers (comments, deletions, hidden text,
//! headers and footers) is not text for readers and never leaves here; of a header an embargo counts.

mod article;
mod block;
mod day;
mod fields;
mod headers;
mod html;
mod inline;
mod looks;
mod manuscript;
mod masthead;
mod notes;
mod numbering;
mod paragraph;
mod pictures;
mod properties;
mod refusals;
mod relations;
mod run;
mod styles;
mod symbols;
mod table;
mod typed;
mod xml;

use std::io::Cursor;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use self::block::{Block, Paragraph};
use self::html::Writer;
use self::manuscript::Manuscript;
use self::numbering::Numbering;
use self::properties::Properties;
use self::relations::Relations;
use self::styles::{Role, Styles};
use self::xml::{Space, Xml, decode};
use super::held::held;
use super::{Markup, Parsed, front_matter, merge, page, text};
use crate::article::{Draft, When};
use crate::package::Package;
use crate::rejection::Rejection;

/// The longest main part, in bytes: a novel of a thousand pages, marks and all, takes less, and what is longer costs more
/// than a moment to read.
const MAX_MAIN_BYTES: usize = 16 * 1024 * 1024;

pub(super) type WordFile<'b> = Package<Cursor<&'b [u8]>>;

/// Whether the bytes are a package or what Word wrote before there were packages: no text in any encoding begins so.
#[must_use]
pub(super) fn looks_like_word(bytes: &[u8]) -> bool {
    bytes.starts_with(refusals::ZIP) || bytes.starts_with(refusals::OLE)
}

/// Reads a document. `stem` is the file's name without its extension, which may be a title; `arrival` and `zone` are for
/// printed dates.
///
/// # Errors
/// What is no Word document, is locked, holds macros, is damaged, or passes a limit.
pub fn read(bytes: &[u8], stem: &str, arrival: DateTime<Utc>, zone: Tz) -> Result<Parsed, Rejection> {
    read_beside(bytes, stem, arrival, zone, false)
}

/// The same for a document whose sidecar may state an embargo: then one that is written in it need not be read.
pub(super) fn read_beside(
    bytes: &[u8],
    stem: &str,
    arrival: DateTime<Utc>,
    zone: Tz,
    is_embargoed: bool,
) -> Result<Parsed, Rejection> {
    refusals::before_opening(bytes)?;
    let mut package = Package::open(Cursor::new(bytes))?;
    let relations = Relations::of(&mut package, "")?;
    let main = refusals::main_part(&mut package, &relations)?;
    let mut manuscript = Manuscript::default();
    manuscript.relations = Relations::of(&mut package, &main)?;
    let optional = |package: &mut WordFile<'_>, part: Option<&str>| -> Result<Option<String>, Rejection> {
        let Some(part) = part else { return Ok(None) };
        package.part(part)?.map(|bytes| decode(bytes, part)).transpose()
    };
    if let Some(text) = optional(&mut package, manuscript.relations.part("styles"))? {
        manuscript.styles = Styles::read(&text, "word/styles.xml")?;
    }
    if let Some(text) = optional(&mut package, manuscript.relations.part("numbering"))? {
        manuscript.numbering = Numbering::read(&text, "word/numbering.xml")?;
    }
    let mut blocks = Vec::new();
    {
        let bytes = package.part(&main)?.unwrap_or_default();
        if bytes.len() > MAX_MAIN_BYTES {
            let reason = format!("its text and marks take more than {} MiB", MAX_MAIN_BYTES / 1024 / 1024);
            return Err(Rejection::new(reason, "divide it into several documents"));
        }
        let text = decode(bytes, &main)?;
        body(&mut manuscript, &text, &main, &mut blocks)?;
    }
    let notes = notes::read(&mut manuscript, &mut package, &main)?;
    // A document is not refused for what nobody reads.
    let above = headers::read(&mut manuscript, &mut package, &main).unwrap_or_default();
    let properties = match optional(&mut package, relations.part("core-properties"))? {
        Some(text) => Properties::read(&text, "docProps/core.xml").unwrap_or_default(),
        None => Properties::default(),
    };
    let is_wordless = blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => paragraph.is_picture(),
        block => *block == Block::Blank,
    });
    typed::mark_bullets(&mut blocks);
    let mut doubts = Vec::new();
    let stated = stated(&mut blocks, zone, &mut doubts)?;
    let is_embargoed = is_embargoed || stated.as_ref().is_some_and(|stated| stated.embargo.is_some());
    let embargo = embargo(&mut blocks, &above, zone, is_embargoed)?;
    manuscript.doubts.extend(doubts);
    let mut parsed = drafted(manuscript, blocks, &notes, stated, (stem, arrival, zone))?;
    for draft in &mut parsed.drafts {
        draft.embargo = draft.embargo.or(embargo);
    }
    if let [draft] = parsed.drafts.as_mut_slice() {
        properties.fill(draft);
        // A picture alone is called what its writer called the file.
        if draft.headline.is_none() && is_wordless && !draft.body.is_empty() {
            draft.headline = Some(stem.to_owned());
        }
    }
    Ok(parsed)
}

fn body(manuscript: &mut Manuscript, text: &str, part: &str, blocks: &mut Vec<Block>) -> Result<(), Rejection> {
    let mut xml = Xml::new(text, part);
    let root = xml.root()?;
    if root.space != Space::Word || root.name() != "document" {
        let reason = format!("{part:?} in the package is no Word document");
        return Err(Rejection::new(reason, "open the file in Word and save it as a Word document (.docx)"));
    }
    xml.children(|xml, tag| match tag.word() {
        "body" => manuscript.blocks(xml, blocks),
        _ => xml.skip(),
    })?;
    manuscript.flush(blocks);
    while blocks.last() == Some(&Block::Blank) {
        blocks.pop();
    }
    Ok(())
}

fn drafted(
    manuscript: Manuscript,
    mut blocks: Vec<Block>,
    notes: &[Vec<Block>],
    stated: Option<Draft>,
    (stem, arrival, zone): (&str, DateTime<Utc>, Tz),
) -> Result<Parsed, Rejection> {
    let mut doubts = manuscript.doubts;
    let nothing = Paragraph::default();
    let is_plain = notes.is_empty()
        && blocks.iter().all(|block| match block {
            Block::Paragraph(paragraph) => paragraph.is_plain(),
            Block::Blank => true,
            _ => false,
        });
    let lines = blocks.iter().map(|block| block.paragraph().unwrap_or(&nothing));
    // What is stated stands above the text, so that no line of it is taken for the headline.
    let first = blocks.iter().find_map(Block::paragraph).map(Paragraph::line);
    let title =
        stated.as_ref().and_then(|stated| stated.headline.clone()).filter(|title| first.as_ref() != Some(title));
    if is_plain && !blocks.is_empty() && !article::is_shown_apart(&blocks) {
        let words = match title {
            Some(title) => format!("{title}\n\n{}", article::plain_text(lines)),
            None => article::plain_text(lines),
        };
        let sheet = if stated.is_none() { page::sheet(&words, arrival, zone) } else { None };
        if let Some(mut parsed) = sheet.as_ref().and_then(page::Sheet::page) {
            parsed.doubts.append(&mut doubts);
            return Ok(parsed);
        }
        let mut parsed = text::read_told(&words, sheet, stem, arrival, zone)?;
        parsed.markup = Markup::Docx;
        parsed.furniture = Vec::new();
        parsed.doubts.append(&mut doubts);
        for draft in &mut parsed.drafts {
            draft.lines = None;
            if let Some(stated) = stated.clone() {
                merge(draft, stated);
            }
        }
        return Ok(parsed);
    }
    if let Some(title) = title {
        let inlines = vec![inline::Inline::Text { text: title, look: looks::Look::default(), link: None }];
        blocks.insert(0, Block::Paragraph(Paragraph { role: Some(Role::Title), inlines, ..Paragraph::default() }));
    }
    let mut draft = Draft::default();
    article::take_head(&mut blocks, &mut draft, stem, arrival, zone);
    typed::mark_subheads(&mut blocks);
    without_notes(&mut blocks);
    let has_chapters = blocks.iter().filter_map(Block::paragraph).any(|p| p.role == Some(Role::Heading(1)));
    let mut writer = Writer::new(&manuscript.links, u8::from(has_chapters));
    writer.blocks(&blocks);
    if !notes.is_empty() {
        writer.notes(notes);
    }
    (draft.body, draft.captions) = writer.finish();
    if let Some(stated) = stated {
        merge(&mut draft, stated);
    }
    Ok(Parsed { doubts, ..Parsed::of(Markup::Docx, vec![draft]) })
}

/// Takes out what is for desks: notes of what a version does, sign-offs, what follows for editors.
fn without_notes(blocks: &mut Vec<Block>) {
    let words = |block: &Block| block.paragraph().map(Paragraph::line).unwrap_or_default();
    let told = text::for_desks(&blocks.iter().map(words).collect::<Vec<_>>());
    blocks.truncate(told.section.unwrap_or(blocks.len()));
    let mut at = 0..;
    blocks.retain(|_| at.next().is_none_or(|at| !told.notes.contains(&at)));
}

/// Until when a line at the top of the text, which is taken off, or above its pages holds the document back.
fn embargo(blocks: &mut Vec<Block>, above: &[Block], zone: Tz, is_embargoed: bool) -> Result<Option<When>, Rejection> {
    /// It stands among so many blocks.
    const MAX_BLOCKS: usize = 30;
    let words = |block: &Block| block.paragraph().map(Paragraph::line).unwrap_or_default();
    let (gone, embargo) = text::embargo_among(blocks.iter().take(MAX_BLOCKS).map(words), true, zone);
    let embargo = embargo.or_else(|| text::embargo_among(above.iter().take(MAX_BLOCKS).map(words), true, zone).1);
    let embargo = held(embargo, None, is_embargoed)?;
    let mut at = 0;
    blocks.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    Ok(embargo)
}

/// What a head typed into the document states, which is taken off: paragraphs between two of `---`, or the first ones, where
/// they are `标题：…`, `作者：…`, in a table or not.
fn stated(blocks: &mut Vec<Block>, zone: Tz, doubts: &mut Vec<String>) -> Result<Option<Draft>, Rejection> {
    /// A head has no more lines.
    const MAX_LINES: usize = 60;
    let is_sheet = |block: &Block| matches!(block, Block::Table(rows) if table::labels(rows).is_some());
    let is_above = blocks.iter().skip(1).find(|block| **block != Block::Blank).is_some_and(is_sheet);
    let lines: Vec<String> = blocks
        .iter()
        .take(MAX_LINES)
        .enumerate()
        .map(|(at, block)| match block {
            // A title above a sheet of labels is the first of them.
            Block::Paragraph(title) if at == 0 && is_above && title.role == Some(Role::Title) => {
                format!("title: {}\n", title.line())
            }
            Block::Paragraph(paragraph) => inline::plain(&paragraph.inlines) + "\n",
            Block::Table(rows) => table::labels(rows).unwrap_or_else(|| "\n".to_owned()),
            _ => "\n".to_owned(),
        })
        .collect();
    let is_fence = |line: &String| line.trim() == "---";
    if lines.first().is_some_and(is_fence) && !lines.iter().skip(1).any(is_fence) {
        return Ok(None);
    }
    let text = lines.concat();
    let split = front_matter::split_plain(&text)?;
    let Some(head) = &split.head else { return Ok(None) };
    let read = text.len() - split.body.len();
    let mut ends = lines.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    // Lines of one paragraph are taken together or not at all.
    let Some(last) = ends.position(|end| end == read) else { return Ok(None) };
    let mut draft = Draft::default();
    doubts.extend(front_matter::fill(head, &mut draft, zone)?);
    blocks.drain(..=last);
    Ok(Some(draft))
}
