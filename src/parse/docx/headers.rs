//! What stands above the pages of a document: no text of the article, but an embargo may be printed there.

use super::WordFile;
use super::block::Block;
use super::manuscript::Manuscript;
use super::relations::Relations;
use super::xml::{Xml, decode};
use crate::rejection::Rejection;

/// More headers than any article's sections have.
const MAX_HEADERS: usize = 12;

/// The paragraphs of all headers.
pub(super) fn read(
    manuscript: &mut Manuscript,
    package: &mut WordFile<'_>,
    main: &str,
) -> Result<Vec<Block>, Rejection> {
    let mut blocks = Vec::new();
    for part in Relations::of(package, main)?.parts("header").take(MAX_HEADERS) {
        let Some(bytes) = package.part(part)? else { continue };
        let text = decode(bytes, part)?;
        manuscript.relations = Relations::of(package, part)?;
        let mut xml = Xml::new(&text, part);
        xml.root()?;
        manuscript.boxed(&mut xml, &mut blocks)?;
    }
    Ok(blocks)
}
