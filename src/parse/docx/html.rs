//! Blocks → HTML: lists opened and closed around their items, pictures with their captions, quotations and program text put
//! together from their paragraphs, tables with merged cells.

use super::block::{Block, Cell, Item, Merge, Paragraph, Row};
use super::inline;
use super::numbering::{Mark, Numbering};
use super::styles::Role;
use crate::article::Caption;
use crate::parse::page::escape;
use crate::parse::text;

/// A line under a picture that ends so credits a photographer, and is its caption; it is no longer than this.
const CREDITS: [&str; 6] = ["摄", "摄）", "摄影", "摄)", "供图", "攝"];
const MAX_CREDITED: usize = 200;

/// A list that is open.
struct List {
    list: u32,
    level: u8,
    tag: &'static str,
    kind: Option<char>,
    next: u32,
}

/// HTML while it is written.
pub(super) struct Writer<'m> {
    links: &'m [String],
    /// By how much headings are set below the headline.
    shift: u8,
    out: String,
    lists: Vec<List>,
    /// The element that paragraphs of one role share: `blockquote`, `pre`.
    group: Option<&'static str>,
    pub(super) captions: Vec<Caption>,
}

impl<'m> Writer<'m> {
    pub(super) fn new(links: &'m [String], shift: u8) -> Self {
        Self { links, shift, out: String::new(), lists: Vec::new(), group: None, captions: Vec::new() }
    }

    /// The HTML of all that was written.
    pub(super) fn finish(mut self) -> (String, Vec<Caption>) {
        self.close();
        (self.out, self.captions)
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks.iter().peekable();
        while let Some(block) = rest.next() {
            match block {
                Block::Paragraph(paragraph) if paragraph.is_picture() => {
                    self.close();
                    let caption = rest.next_if(|next| is_caption(next));
                    self.figure(paragraph, caption);
                }
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(rows) => {
                    self.close();
                    self.table(rows);
                }
                Block::Rule => {
                    self.close();
                    self.out.push_str("<hr>\n");
                }
                Block::Blank => {}
            }
        }
        self.close();
    }

    /// The notes below the text.
    pub(super) fn notes(&mut self, notes: &[Vec<Block>]) {
        self.close();
        self.out.push_str("<hr>\n<ol>\n");
        for note in notes {
            self.out.push_str("<li>");
            self.within(note);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// What stands in a cell or a note: a single paragraph without its element.
    fn within(&mut self, blocks: &[Block]) {
        if let [Block::Paragraph(only)] = blocks
            && only.item.is_none()
            && only.role.is_none()
        {
            return inline::write(&only.inlines, self.links, false, &mut self.out);
        }
        let lists = std::mem::take(&mut self.lists);
        let group = self.group.take();
        self.blocks(blocks);
        (self.lists, self.group) = (lists, group);
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let direction = if paragraph.from_right { " dir=\"rtl\"" } else { "" };
        let words = match &paragraph.item {
            Some(item) if !matches!(paragraph.role, Some(Role::Heading(_))) => match &item.mark {
                Mark::Words(words) => words.clone(),
                Mark::Blank => return self.going_on(paragraph, item, direction),
                _ => return self.item(paragraph, item, direction),
            },
            Some(item) => Numbering::words(&item.mark),
            None => String::new(),
        };
        if let (Some(Role::List(is_numbered, level)), None) = (paragraph.role, &paragraph.item) {
            let mark = if is_numbered { Mark::Number { at: 0, kind: None } } else { Mark::Dot };
            return self.item(paragraph, &Item { list: 0, level, mark }, direction);
        }
        match paragraph.role {
            Some(Role::Heading(level)) => {
                self.close();
                let level = (level + self.shift).clamp(2, 6);
                self.element(paragraph, &format!("h{level}"), direction, &words, true);
            }
            Some(Role::Quote) => {
                self.open_group("blockquote");
                self.element(paragraph, "p", direction, &words, false);
            }
            Some(Role::Code) => {
                if self.group == Some("pre") {
                    self.out.push('\n');
                } else {
                    self.open_group("pre");
                }
                self.out.push_str(&escape(inline::plain(&paragraph.inlines).trim_end()));
            }
            _ => {
                self.close();
                self.element(paragraph, "p", direction, &words, false);
            }
        }
    }

    fn element(&mut self, paragraph: &Paragraph, name: &str, direction: &str, words: &str, is_bold: bool) {
        self.out.push_str(&format!("<{name}{direction}>"));
        self.out.push_str(&escape(words));
        if words.ends_with(|c: char| c.is_ascii()) {
            self.out.push(' ');
        } else if words.ends_with(char::is_alphanumeric) {
            self.out.push('\u{3000}');
        }
        inline::write(&paragraph.inlines, self.links, is_bold, &mut self.out);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn item(&mut self, paragraph: &Paragraph, item: &Item, direction: &str) {
        self.close_group();
        let (tag, kind, stated) = match item.mark {
            Mark::Number { at, kind } => ("ol", kind, Some(at).filter(|at| *at > 0)),
            _ => ("ul", None, None),
        };
        let goes_on = |open: &List| (open.tag, open.kind) == (tag, kind) && (tag == "ul" || open.list == item.list);
        while let Some(open) = self.lists.last()
            && (open.level > item.level || (open.level == item.level && !goes_on(open)))
        {
            self.close_list();
        }
        match self.lists.last_mut() {
            Some(open) if open.level == item.level => {
                let at = stated.unwrap_or(open.next);
                let value = if at == open.next { String::new() } else { format!(" value=\"{at}\"") };
                open.next = at.saturating_add(1);
                self.out.push_str(&format!("</li>\n<li{value}{direction}>"));
            }
            _ => {
                let at = stated.unwrap_or(1);
                let start = if at == 1 { String::new() } else { format!(" start=\"{at}\"") };
                let kind_of = kind.map(|kind| format!(" type=\"{kind}\"")).unwrap_or_default();
                self.out.push_str(&format!("<{tag}{kind_of}{start}>\n<li{direction}>"));
                let next = at.saturating_add(1);
                self.lists.push(List { list: item.list, level: item.level, tag, kind, next });
            }
        }
        inline::write(&paragraph.inlines, self.links, false, &mut self.out);
    }

    /// A further paragraph of the item above; of none, a paragraph.
    fn going_on(&mut self, paragraph: &Paragraph, item: &Item, direction: &str) {
        self.close_group();
        while self.lists.last().is_some_and(|open| open.level > item.level) {
            self.close_list();
        }
        self.element(paragraph, "p", direction, "", false);
    }

    fn figure(&mut self, paragraph: &Paragraph, caption: Option<&Block>) {
        self.out.push_str("<figure>");
        inline::write(&paragraph.inlines, self.links, false, &mut self.out);
        if let Some(Block::Paragraph(caption)) = caption {
            self.out.push_str("<figcaption>");
            inline::write(&caption.inlines, self.links, true, &mut self.out);
            self.out.push_str("</figcaption>");
            self.captions.push(Caption { text: caption.line(), credit: None });
        }
        self.out.push_str("</figure>\n");
    }

    fn table(&mut self, rows: &[Row]) {
        let heights = heights(rows);
        self.out.push_str("<table>\n");
        let heads = rows.iter().take_while(|row| row.is_head).count();
        for (n, row) in rows.iter().enumerate() {
            match n {
                0 if heads > 0 => self.out.push_str("<thead>\n"),
                n if n == heads => self.out.push_str("<tbody>\n"),
                _ => {}
            }
            let tag = if n < heads { "th" } else { "td" };
            self.out.push_str("<tr>");
            for (cell, height) in row.cells.iter().zip(&heights[n]) {
                if *height > 0 {
                    self.cell(cell, *height, tag);
                }
            }
            self.out.push_str("</tr>\n");
            if n + 1 == heads {
                self.out.push_str("</thead>\n");
            }
        }
        if heads < rows.len() {
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn cell(&mut self, cell: &Cell, height: usize, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        if cell.columns > 1 {
            self.out.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if height > 1 {
            self.out.push_str(&format!(" rowspan=\"{height}\""));
        }
        self.out.push('>');
        self.within(&cell.blocks);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn open_group(&mut self, name: &'static str) {
        if self.group != Some(name) {
            self.close();
            self.out.push_str(&format!("<{name}>"));
            self.group = Some(name);
        }
    }

    fn close_group(&mut self) {
        if let Some(name) = self.group.take() {
            self.out.push_str(&format!("</{name}>\n"));
        }
    }

    fn close_list(&mut self) {
        if let Some(list) = self.lists.pop() {
            self.out.push_str(&format!("</li>\n</{}>\n", list.tag));
        }
    }

    fn close(&mut self) {
        self.close_group();
        while !self.lists.is_empty() {
            self.close_list();
        }
    }
}

fn is_caption(block: &Block) -> bool {
    let Block::Paragraph(paragraph) = block else { return false };
    if paragraph.role == Some(Role::Caption) {
        return true;
    }
    paragraph.role.is_none() && paragraph.item.is_none() && is_credited(&paragraph.line())
}

/// Whether a line says who took a picture.
pub(super) fn is_credited(line: &str) -> bool {
    line.chars().count() <= MAX_CREDITED
        && (CREDITS.iter().any(|credit| line.ends_with(credit)) || text::is_caption(line))
}

/// How many rows each cell takes; 0: it goes on from the row above.
fn heights(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut heights: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    // By its first column: the row and the place of the cell that goes on there.
    let mut open: std::collections::HashMap<usize, (usize, usize)> = std::collections::HashMap::new();
    for (n, row) in rows.iter().enumerate() {
        let mut own = Vec::with_capacity(row.cells.len());
        let mut going_on = std::collections::HashMap::new();
        let mut column = 0;
        for (at, cell) in row.cells.iter().enumerate() {
            match (cell.merge, open.get(&column)) {
                (Some(Merge::GoesOn), Some(begun)) => {
                    going_on.insert(column, *begun);
                    own.push(0);
                }
                (merge, _) => {
                    if merge.is_some() {
                        going_on.insert(column, (n, at));
                    }
                    own.push(1);
                }
            }
            column += cell.columns;
        }
        heights.push(own);
        for (row, at) in going_on.values() {
            if *row != n
                && let Some(height) = heights[*row].get_mut(*at)
            {
                *height += 1;
            }
        }
        open = going_on;
    }
    heights
}
