//! Footnotes and endnotes, as far as the text refers to them, in the order in which it does.

use std::collections::HashMap;

use super::WordFile;
use super::block::Block;
use super::manuscript::Manuscript;
use super::relations::Relations;
use super::xml::{Xml, decode};
use crate::rejection::Rejection;

/// The notes by their numbers, from the first.
pub(super) fn read(
    manuscript: &mut Manuscript,
    package: &mut WordFile<'_>,
    main: &str,
) -> Result<Vec<Vec<Block>>, Rejection> {
    let wanted = std::mem::take(&mut manuscript.notes);
    let of_main = Relations::of(package, main)?;
    let mut found: HashMap<(bool, String), Vec<Block>> = HashMap::new();
    for (kind, is_end) in [("footnotes", false), ("endnotes", true)] {
        let Some(part) = of_main.part(kind).filter(|_| wanted.iter().any(|(end, _)| *end == is_end)) else { continue };
        let Some(bytes) = package.part(part)? else { continue };
        let text = decode(bytes, part)?;
        manuscript.relations = Relations::of(package, part)?;
        let mut xml = Xml::new(&text, part);
        xml.root()?;
        xml.children(|xml, tag| {
            let id = tag.attribute("id").unwrap_or_default();
            // Separators have a type; a note that nothing refers to was deleted.
            let is_note = tag.attribute("type").is_none_or(|kind| kind == "normal");
            let key = (is_end, id);
            if !is_note || !wanted.contains(&key) {
                return xml.skip();
            }
            let mut blocks = Vec::new();
            manuscript.boxed(xml, &mut blocks)?;
            blocks.retain(|block| *block != Block::Blank);
            found.insert(key, blocks);
            Ok(())
        })?;
    }
    Ok(wanted.into_iter().map(|note| found.remove(&note).unwrap_or_default()).collect())
}
