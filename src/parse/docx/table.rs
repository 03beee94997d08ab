//! `w:tbl` → rows of cells. Rows and cells may stand in content controls, and rows may have been deleted.

use super::block::{Block, Cell, Merge, Paragraph, Row};
use super::manuscript::Manuscript;
use super::xml::Xml;
use crate::rejection::Rejection;

/// Columns of a table: Word allows 63.
const MAX_COLUMNS: usize = 63;

impl Manuscript {
    /// Reads a table whose start was read last.
    pub(super) fn table(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Block>) -> Result<(), Rejection> {
        self.flush(out);
        let mut rows = Vec::new();
        self.rows(xml, &mut rows)?;
        rows.retain(|row| !row.cells.is_empty());
        let is_empty = rows.iter().flat_map(|row| &row.cells).all(|cell| cell.blocks.is_empty());
        // A frame of one cell is no table, nor is one that holds a picture above its caption or beside it.
        let is_column = rows.iter().all(|row| row.cells.len() == 1);
        let is_picture = |block: &Block| block.paragraph().is_some_and(Paragraph::is_picture);
        let shows = || rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).any(is_picture);
        let is_row = rows.len() == 1 && rows[0].cells.iter().all(|cell| cell.blocks.len() == 1);
        if is_column && rows.len() == 1 || (is_column || is_row) && shows() {
            out.extend(rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks));
        } else if !is_empty {
            out.push(Block::Table(rows));
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml<'_>, rows: &mut Vec<Row>) -> Result<(), Rejection> {
        xml.children(|xml, tag| match tag.word() {
            "tr" => {
                self.piece()?;
                let mut row = Row::default();
                let mut is_deleted = false;
                self.cells(xml, &mut row, &mut is_deleted)?;
                if !is_deleted {
                    rows.push(row);
                }
                Ok(())
            }
            "sdt" => self.control(xml, rows, Self::rows),
            "ins" | "customXml" | "moveTo" => self.rows(xml, rows),
            _ => xml.skip(),
        })
    }

    fn cells(&mut self, xml: &mut Xml<'_>, row: &mut Row, is_deleted: &mut bool) -> Result<(), Rejection> {
        xml.children(|xml, tag| match tag.word() {
            "trPr" => xml.children(|xml, tag| {
                match tag.word() {
                    "del" => *is_deleted = true,
                    "tblHeader" => row.is_head = tag.is_on(),
                    "gridBefore" => {
                        let columns = columns(tag.value());
                        row.cells.push(Cell { columns, ..Cell::default() });
                    }
                    _ => {}
                }
                xml.skip()
            }),
            "tc" => {
                self.piece()?;
                let mut cell = Cell { columns: 1, ..Cell::default() };
                let mut is_gone = false;
                let mut blocks = Vec::new();
                self.cell(xml, &mut cell, &mut is_gone, &mut blocks)?;
                cell.blocks = blocks;
                if !is_gone {
                    row.cells.push(cell);
                }
                Ok(())
            }
            "sdt" => self.control(xml, row, |manuscript, xml, row| manuscript.cells(xml, row, is_deleted)),
            "customXml" => self.cells(xml, row, is_deleted),
            _ => xml.skip(),
        })
    }

    /// `tcPr` comes first in a cell; what follows are blocks.
    fn cell(
        &mut self,
        xml: &mut Xml<'_>,
        cell: &mut Cell,
        is_gone: &mut bool,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Rejection> {
        xml.children(|xml, tag| {
            if tag.word() != "tcPr" {
                return self.block(xml, &tag, blocks);
            }
            xml.children(|xml, tag| {
                match tag.word() {
                    "gridSpan" => cell.columns = columns(tag.value()),
                    "vMerge" => {
                        let begins = tag.value().is_some_and(|value| value == "restart");
                        cell.merge = Some(if begins { Merge::Begins } else { Merge::GoesOn });
                    }
                    // Of cells merged the old way, the first has the text.
                    "hMerge" => *is_gone = tag.value().is_none_or(|value| value != "restart"),
                    "cellDel" => *is_gone = true,
                    _ => {}
                }
                xml.skip()
            })
        })?;
        self.flush(blocks);
        while blocks.last() == Some(&Block::Blank) {
            blocks.pop();
        }
        Ok(())
    }
}

fn columns(stated: Option<String>) -> usize {
    stated.and_then(|columns| columns.parse().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS)
}

/// A sheet of labels and what they say, side by side, as lines of `label: value`; none where it is another table.
pub(super) fn labels(rows: &[Row]) -> Option<String> {
    let mut lines = String::new();
    for row in rows {
        if !row.cells.len().is_multiple_of(2) {
            return None;
        }
        for pair in row.cells.chunks_exact(2) {
            let words = |cell: &Cell| match cell.blocks.as_slice() {
                [] => Some(String::new()),
                [Block::Paragraph(only)] => Some(only.line()),
                _ => None,
            };
            let label = words(&pair[0])?;
            lines.push_str(&format!("{}: {}\n", label.trim_end_matches([':', '：']), words(&pair[1])?));
        }
    }
    Some(lines)
}
