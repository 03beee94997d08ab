//! What stands in a paragraph, in order → HTML, or plain text. Elements are always closed in the order they were opened.

use super::looks::{Height, Look};
use crate::parse::page::escape;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Text of one look, with the place of its link in the document's list.
    Text { text: String, look: Look, link: Option<usize> },
    /// A line break.
    Break,
    /// A picture: reference and alternative text.
    Picture { source: Option<String>, alt: String, link: Option<usize> },
    /// The number of a note.
    Note(usize),
    /// Characters with how they are read.
    Ruby { base: String, reading: String },
}

/// Pieces being put together: neighbours of one look become one.
#[derive(Debug, Default)]
pub(super) struct Inlines(pub(super) Vec<Inline>);

impl Inlines {
    pub(super) fn text(&mut self, more: &str, with: Look, to: Option<usize>) {
        if more.is_empty() {
            return;
        }
        if let Some(Inline::Text { text, look, link }) = self.0.last_mut()
            && *look == with
            && *link == to
        {
            text.push_str(more);
            return;
        }
        self.0.push(Inline::Text { text: more.to_owned(), look: with, link: to });
    }
}

/// The text alone; a line break is one, and a note's number is not text.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut plain = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => plain.push_str(text),
            Inline::Break => plain.push('\n'),
            Inline::Ruby { base, .. } => plain.push_str(base),
            Inline::Picture { .. } | Inline::Note(_) => {}
        }
    }
    plain
}

/// Whether nothing would be seen.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text { text, .. } => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Picture { .. } | Inline::Note(_) | Inline::Ruby { .. } => false,
    })
}

/// An element that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Link(usize),
    Element(&'static str),
}

/// Writes the pieces. `plain_bold`: the paragraph is bold by nature (a heading), and says so itself.
pub(super) fn write(inlines: &[Inline], links: &[String], plain_bold: bool, out: &mut String) {
    let last = inlines.iter().rposition(|inline| *inline != Inline::Break).map_or(0, |at| at + 1);
    let first = inlines.iter().position(|inline| *inline != Inline::Break).unwrap_or(0).min(last);
    let mut open: Vec<Open> = Vec::new();
    for (at, inline) in inlines[first..last].iter().enumerate() {
        let wanted = match inline {
            // A blank between two linked words belongs to neither.
            Inline::Text { look, link, .. } => wanted(*look, *link, plain_bold),
            Inline::Picture { link, .. } => link.map(Open::Link).into_iter().collect(),
            Inline::Break => open.clone(),
            Inline::Note(_) | Inline::Ruby { .. } => Vec::new(),
        };
        switch(&mut open, wanted, links, out);
        match inline {
            Inline::Text { text, .. } => {
                let ends = at + 1 == last - first;
                let text = if at == 0 { text.trim_start_matches([' ', '\t', '\n']) } else { text };
                out.push_str(&escape(if ends { text.trim_end_matches([' ', '\t', '\n']) } else { text }));
            }
            Inline::Break => out.push_str("<br>\n"),
            Inline::Picture { source, alt, .. } => picture(source.as_deref(), alt, out),
            Inline::Note(number) => out.push_str(&format!("<sup>{number}</sup>")),
            Inline::Ruby { base, reading } => {
                out.push_str(&format!("<ruby>{}<rt>{}</rt></ruby>", escape(base), escape(reading)));
            }
        }
    }
    switch(&mut open, Vec::new(), links, out);
}

fn wanted(look: Look, link: Option<usize>, plain_bold: bool) -> Vec<Open> {
    let height = match look.height {
        Height::Line => None,
        Height::Above => Some("sup"),
        Height::Below => Some("sub"),
    };
    let elements = [
        (look.bold && !plain_bold).then_some("strong"),
        look.italic.then_some("em"),
        // Links are underlined anyway.
        (look.underline && link.is_none()).then_some("u"),
        look.struck.then_some("s"),
        look.code.then_some("code"),
        height,
    ];
    link.map(Open::Link).into_iter().chain(elements.into_iter().flatten().map(Open::Element)).collect()
}

/// Closes what is open and not wanted, and opens what is wanted.
fn switch(open: &mut Vec<Open>, wanted: Vec<Open>, links: &[String], out: &mut String) {
    let common = open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    for closing in open.drain(common..).rev() {
        match closing {
            Open::Link(_) => out.push_str("</a>"),
            Open::Element(name) => out.push_str(&format!("</{name}>")),
        }
    }
    for opening in &wanted[common..] {
        match opening {
            Open::Link(at) => {
                out.push_str("<a href=\"");
                out.push_str(&attribute(links.get(*at).map_or("", String::as_str)));
                out.push_str("\">");
            }
            Open::Element(name) => out.push_str(&format!("<{name}>")),
        }
    }
    *open = wanted;
}

fn picture(source: Option<&str>, alt: &str, out: &mut String) {
    match source {
        Some(source) => {
            out.push_str(&format!("<img src=\"{}\" alt=\"{}\">", attribute(source), attribute(alt)));
        }
        None => out.push_str(&escape(alt)),
    }
}

/// Text as the value of an attribute.
fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;")
}
