//! The lines at the top of a page that say until when it must not come out → that time; they leave the page.

use chrono_tz::Tz;
use scraper::{ElementRef, Html, Node};

use super::metadata::Metadata;
use super::{AROUND, content, shows_something, text_of};
use crate::article::When;
use crate::parse::held::held;
use crate::parse::text;
use crate::rejection::Rejection;

/// An embargo stands among so many lines.
const MAX_LINES: usize = 30;
/// So many nodes are looked through for them: a page's markup before its text is no longer.
const MAX_NODES: usize = 2_000;

/// Elements that stand within a line.
const WITHIN: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// A line of a page.
struct Line {
    words: String,
    /// Which of the nodes below the element hold them.
    nodes: Vec<usize>,
}

/// Takes the embargo off the top of a page's article; `is_stated` where a head or a sidecar says it in a field of its own.
///
/// # Errors
/// One whose time cannot be read, where nothing else states it.
pub(super) fn take(
    page: &mut Html,
    (metadata, headline): (&Metadata, Option<&str>),
    is_stated: bool,
    zone: Tz,
) -> Result<Option<When>, Rejection> {
    let whole = content(page, metadata, headline);
    let mut top = whole;
    let (mut gone, mut embargo) = stated(top, zone);
    let text = text_of(whole);
    if embargo.is_none() && text.id() != whole.id() {
        // What stands around the text may be longer than its top.
        top = text;
        (gone, embargo) = stated(top, zone);
    }
    let root = whole.id();
    let found: Vec<_> =
        top.descendants().enumerate().filter(|(at, _)| gone.contains(at)).map(|(_, node)| node.id()).collect();
    for mut id in found {
        // With what shows nothing without it.
        loop {
            let above = page.tree.get(id).and_then(|node| node.parent()).and_then(ElementRef::wrap);
            let above = above.map(|above| above.id());
            if let Some(mut node) = page.tree.get_mut(id) {
                node.detach();
            }
            let above = above.and_then(|above| page.tree.get(above)).and_then(ElementRef::wrap);
            let Some(empty) = above.filter(|above| above.id() != root && !shows_something(*above)) else { break };
            id = empty.id();
        }
    }
    held(embargo, None, is_stated)
}

/// The nodes below an element that state an embargo, and what they state.
fn stated(element: ElementRef<'_>, zone: Tz) -> (Vec<usize>, Option<text::Embargo>) {
    let lines = lines(element);
    let (gone, embargo) = text::embargo_among(lines.iter().map(|line| super::line(&line.words)), true, zone);
    let nodes = gone.iter().filter_map(|at| lines.get(*at)).flat_map(|line| line.nodes.iter().copied());
    (nodes.collect(), embargo)
}

/// The first lines of an element: a block ends one, and so does a `br`.
fn lines(element: ElementRef<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last = None;
    let mut is_new = true;
    for (at, node) in element.descendants().enumerate().take(MAX_NODES) {
        match node.value() {
            Node::Element(element) => is_new |= !WITHIN.contains(&element.name()),
            Node::Text(text) => {
                let above =
                    || node.ancestors().filter_map(ElementRef::wrap).take_while(|above| above.id() != element.id());
                let is_around =
                    |above: ElementRef<'_>| above.value().name() != "header" && AROUND.contains(&above.value().name());
                if above().any(is_around) {
                    continue;
                }
                let block = above().find(|above| !WITHIN.contains(&above.value().name())).map(|block| block.id());
                let is_other = is_new || last != Some(block);
                if let Some(line) = lines.last_mut().filter(|_| !is_other) {
                    line.words.push_str(text);
                    line.nodes.push(at);
                } else if lines.len() == MAX_LINES {
                    break;
                } else if !text.trim().is_empty() {
                    lines.push(Line { words: text.to_string(), nodes: vec![at] });
                    (last, is_new) = (Some(block), false);
                }
            }
            _ => {}
        }
    }
    lines
}
