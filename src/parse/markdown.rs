//! A Markdown file → one draft: its head (front matter), its headline and its body as HTML. CommonMark with GitHub's
//! extensions and footnotes; emphasis next to Han characters works as their writers mean it. Raw HTML stays in the body
//! and is cleaned with it.

mod comments;
mod embargo;
mod fences;
mod figures;
mod generators;
mod hashes;
mod scripts;

use std::borrow::Cow;
use std::fmt;

use chrono_tz::Tz;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options};
use memchr::memchr;

use super::front_matter::{self, fill};
use super::held::held;
use super::{MAX_MARKS, Markup, Parsed, extent, html};
use crate::article::Draft;
use crate::rejection::Rejection;

/// Deeper quotations and lists than anybody reads; bounds what later passes must descend.
pub const MAX_NESTING: usize = 100;

/// HTML is longer than Markdown by less than this, but for files made of marks: a short footnote mark becomes a long link.
const MAX_GROWTH: usize = 32;

/// A page of this many bytes is never too long.
const SMALL: usize = 64 * 1024;

/// HTML while it is written, and how many bytes more there may be.
struct Page {
    html: String,
    room: usize,
}

impl fmt::Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.room = self.room.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.html.push_str(text);
        Ok(())
    }
}

/// Punctuation that ends a sentence or a bracket in Chinese, and so an address in running text.
const ENDS_ADDRESS: [char; 15] =
    ['。', '，', '、', '；', '：', '！', '？', '）', '」', '』', '】', '》', '”', '’', '（'];

/// Reads a text whose line ends are `\n`. Dates without a zone are in `zone`.
///
/// # Errors
/// A head that cannot be read, nesting beyond [`MAX_NESTING`], or more marks than an article has.
pub fn read(text: &str, zone: Tz) -> Result<Parsed, Rejection> {
    read_beside(text, zone, false)
}

/// The same for a text whose sidecar may state an embargo: then one that is written in it need not be read.
pub(super) fn read_beside(text: &str, zone: Tz, is_embargoed: bool) -> Result<Parsed, Rejection> {
    let split = front_matter::split(text)?;
    let mut draft = Draft::default();
    let mut doubts = match &split.head {
        Some(head) => fill(head, &mut draft, zone)?,
        None => Vec::new(),
    };
    let above = text[..text.len() - split.body.len()].matches('\n').count();
    let (seen, unclosed) = comments::take(split.body);
    if let Some(at) = unclosed.first() {
        let line = above + at + 1;
        doubts.push(format!("line {line} begins with `%%` as a comment does; nothing closes it, so it is published"));
    }
    let (source, gone, embargo) = embargo::take(&seen, zone);
    let furniture: Vec<u32> = gone.iter().filter_map(|at| u32::try_from(above + at + 1).ok()).collect();
    let embargo = held(embargo, furniture.first().copied(), is_embargoed || draft.embargo.is_some())?;
    draft.embargo = draft.embargo.or(embargo);
    let source = generators::take(&source, split.head.is_some());
    let source = hashes::space(&source);
    let source = source.as_ref();
    let deep = |line: usize| {
        let line = u32::try_from(above + line).unwrap_or(u32::MAX);
        let reason = format!("quotations or lists are nested more than {MAX_NESTING} deep");
        Rejection::new(reason, "take the surplus `>` and `-` marks away").at(line, 1)
    };
    // No byte is part of more than one mark, but for the first of `www.`.
    if source.len() > MAX_MARKS / 2 && marks_in(source) > MAX_MARKS {
        return Err(extent::too_full());
    }
    // Before it is parsed: at each mark the parser goes down through all that are open.
    if memchr(b'>', source.as_bytes()).is_some()
        && let Some(line) = source.lines().position(|line| marks(line) > MAX_NESTING)
    {
        return Err(deep(line + 1));
    }
    // `[[1]](…)` is a link whose words stand in brackets, and `[[ -f name ]]` a condition.
    let has_wikilinks = source.contains("[[") && !source.contains("]](") && !source.contains("[[ ");
    let mut options = options(has_wikilinks);
    // `^[1]^` is a number that is raised.
    options.extension.inline_footnotes = source.contains("^[") && !source.contains("]^");
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, source, &options);
    if let Some(line) = too_deep(root) {
        return Err(deep(line));
    }
    scripts::settle(root, &arena);
    take_headline(root, &mut draft);
    if draft.summary.is_none() {
        draft.summary = excerpt(root);
    }
    if has_wikilinks {
        figures::unlink(root, &arena);
    }
    shorten_addresses(root, &arena);
    figures::make(root, &options);
    let html = String::with_capacity(source.len() + source.len() / 4);
    let mut page = Page { html, room: MAX_GROWTH * source.len() + SMALL };
    if comrak::format_html(root, &options, &mut page).is_err() {
        let reason = format!("its marks make it more than {MAX_GROWTH} times as long as HTML");
        return Err(Rejection::new(reason, "take the repeated marks away"));
    }
    let body = page.html;
    extent::bearable(&body)?;
    // What stands for the text's own marks is closed, and nested no deeper than they are.
    if memchr(b'<', source.as_bytes()).is_some() && !html::is_bearable(&body) {
        let reason = "the HTML in it leaves too many elements open";
        return Err(Rejection::new(reason, "close the elements that were left open"));
    }
    let body = match html::seen(&body) {
        Cow::Owned(seen) => seen,
        Cow::Borrowed(_) => body,
    };
    // A blank text may hold spaces of other kinds, which make a paragraph.
    draft.body = if source.trim().is_empty() { String::new() } else { body };
    Ok(Parsed { furniture, doubts, ..Parsed::of(Markup::Markdown, vec![draft]) })
}

fn options(has_wikilinks: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.highlight = true;
    options.extension.superscript = true;
    options.extension.subscript = true;
    options.extension.description_lists = true;
    options.extension.wikilinks_title_after_pipe = has_wikilinks;
    options.extension.cjk_friendly_emphasis = true;
    options.render.r#unsafe = true;
    options
}

/// How many pieces the text may be cut into: the parser keeps each, and what stands between them.
fn marks_in(text: &str) -> usize {
    let is_mark = |byte: &u8| {
        matches!(
            byte,
            b'\n' | b'*' | b'_' | b'[' | b']' | b'<' | b'&' | b'\\' | b'`' | b'~' | b'^' | b'!' | b'|' | b'@' | b':'
        )
    };
    text.bytes().filter(is_mark).count() + text.matches("www.").count()
}

/// How many quotations a line opens or goes on with, its list marks left out: `> - > text` is two.
fn marks(line: &str) -> usize {
    let mut rest = line.bytes();
    let marks = rest.by_ref().take_while(|b| matches!(b, b'>' | b' ' | b'\t' | b'-' | b'+' | b'*'));
    marks.filter(|b| *b == b'>').count()
}

/// The line at which nesting passes the limit.
fn too_deep<'a>(root: &'a AstNode<'a>) -> Option<usize> {
    let mut depth = 0usize;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Some(node.data().sourcepos.start.line);
                }
            }
            NodeEdge::End(_) => depth -= 1,
        }
    }
    None
}

/// A heading that is the headline leaves the body: the first of the first level, or any that the text begins with. Where
/// the head states a title, only a heading of the same words does.
fn take_headline<'a>(root: &'a AstNode<'a>, draft: &mut Draft) {
    let level = |node: &'a AstNode<'a>| match &node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    };
    // An anchor without words may stand above it.
    let is_anchor = |node: &'a AstNode<'a>| {
        let is_empty = |inner: &'a AstNode<'a>| matches!(inner.data().value, NodeValue::HtmlInline(_));
        matches!(node.data().value, NodeValue::Paragraph) && node.descendants().skip(1).all(is_empty)
    };
    let passed = |node: &&'a AstNode<'a>| !matches!(node.data().value, NodeValue::HtmlBlock(_)) && !is_anchor(node);
    let opening = root.children().find(passed).filter(|node| level(node).is_some());
    // Several of the first level further down are chapters.
    let first: Vec<_> = root.children().filter(|node| level(node) == Some(1)).take(2).collect();
    let first = first.first().filter(|_| first.len() == 1).copied();
    let Some(heading) = opening.filter(|node| level(node) == Some(1)).or(first).or(opening) else { return };
    let words = words(heading);
    if words.is_empty() {
        return;
    }
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let same = |title: &str| bare(title) == bare(&words) && !bare(title).is_empty() || title == words;
    match &draft.headline {
        Some(title) if !same(title) => {}
        _ => {
            draft.headline.get_or_insert(words);
            heading.detach();
        }
    }
}

/// The text above a line `<!--more-->`, which Hugo, Hexo, Zola, Jekyll and WordPress show in their lists.
fn excerpt<'a>(root: &'a AstNode<'a>) -> Option<String> {
    let ends = |node: &&'a AstNode<'a>| match &node.data().value {
        NodeValue::HtmlBlock(html) => {
            let mark = html.literal.trim().strip_prefix("<!--").and_then(|m| m.strip_suffix("-->")).unwrap_or_default();
            matches!(mark.trim().to_lowercase().as_str(), "more" | "truncate" | "excerpt" | "end excerpt")
        }
        _ => false,
    };
    let end = root.children().position(|node| ends(&node))?;
    let above: Vec<String> = root
        .children()
        .take(end)
        .filter(|node| !matches!(node.data().value, NodeValue::HtmlBlock(_) | NodeValue::CodeBlock(_)))
        .map(words)
        .filter(|text| !text.is_empty())
        .collect();
    Some(above.join(" ")).filter(|text| !text.is_empty())
}

/// The words of a heading, plain, one space where the source has a line break or several.
fn words<'a>(heading: &'a AstNode<'a>) -> String {
    let is_html = |node: &'a AstNode<'a>| matches!(node.data().value, NodeValue::HtmlInline(_));
    let mut page = String::new();
    if heading.descendants().any(is_html)
        && comrak::format_html(heading, &options(false), &mut page).is_ok()
        && let Some(words) = html::seen_words(&page)
    {
        return words;
    }
    let mut text = String::new();
    for node in heading.descendants() {
        match &node.data().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            NodeValue::HtmlInline(tag) if tag.starts_with("<br") => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address in running text ends where Chinese punctuation begins (`见https://example.org/a。然后`): the parser knows only
/// spaces.
fn shorten_addresses<'a>(root: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    let links: Vec<_> = root.descendants().filter(|node| matches!(node.data().value, NodeValue::Link(_))).collect();
    for link in links {
        let Some(child) = link.first_child().filter(|child| child.next_sibling().is_none()) else { continue };
        let NodeValue::Text(shown) = child.data().value.clone() else { continue };
        let mut data = link.data_mut();
        let NodeValue::Link(target) = &mut data.value else { continue };
        let Some(prefix) = target.url.strip_suffix(shown.as_ref()).map(str::len) else { continue };
        let Some(end) = shown.find(ENDS_ADDRESS) else { continue };
        target.url.truncate(prefix + end);
        drop(data);
        let rest = shown[end..].to_owned();
        child.data_mut().value = NodeValue::Text(Cow::Owned(shown[..end].to_owned()));
        link.insert_after(arena.alloc(NodeValue::Text(Cow::Owned(rest)).into()));
    }
}
