//! A page without headings, as word processors save it → the line at its top that looks like one is one: centred, and larger
//! than what stands around it.

use scraper::{ElementRef, Html, Node};

use super::words;
use crate::article::Draft;
use crate::parse::{page, text};

/// So many paragraphs are looked at.
const MAX_BLOCKS: usize = 12;
/// A headline is no longer, in characters, and the longest paragraph of the text no shorter.
const MAX_HEADLINE: usize = 80;
const PROSE: usize = 20;

/// Makes the headline a heading. What is centred above it is the name of the house, what sort of text follows, or a kicker.
pub(super) fn set_heading(html: &mut Html, draft: &mut Draft) {
    let content = html.root_element();
    let is_heading = |e: ElementRef<'_>| {
        let is_called = |name: &str| {
            e.attr("class").is_some_and(|names| names.split_whitespace().any(|n| n.eq_ignore_ascii_case(name)))
        };
        matches!(e.value().name(), "h1" | "h2" | "h3" | "h4") || is_called("title") || is_called("msotitle")
    };
    if draft.headline.is_some() || content.descendent_elements().any(|e| is_heading(e) && !words(e).is_empty()) {
        return;
    }
    let blocks: Vec<(ElementRef<'_>, String)> = content
        .descendent_elements()
        .filter(|e| e.value().name() == "p")
        .map(|e| (e, words(e)))
        .filter(|(_, said)| !said.is_empty())
        .take(MAX_BLOCKS)
        .collect();
    let centred = blocks.iter().take_while(|(e, _)| is_centred(*e)).count();
    // A poem is centred as a whole.
    if !blocks[centred..].iter().any(|(_, said)| said.chars().nth(PROSE).is_some()) {
        return;
    }
    let is_beside = |said: &str| page::is_house(said) || text::is_release(said);
    let lines = blocks[..centred].iter().enumerate().filter(|(_, (_, said))| {
        !is_beside(said) && said.chars().nth(MAX_HEADLINE).is_none() && text::signed(said).is_none()
    });
    let sized: Vec<(usize, u32)> = lines.map(|(at, (e, _))| (at, size(*e))).collect();
    let Some(largest) = sized.iter().map(|(_, size)| *size).max() else { return };
    let Some((headline, _)) = sized.iter().find(|(_, size)| *size == largest) else { return };
    let above: Vec<_> = blocks[..*headline].iter().map(|(e, said)| (e.id(), said.clone())).collect();
    let headline = blocks[*headline].0.id();
    for (id, said) in above {
        if page::is_house(&said) {
            draft.source = draft.source.take().or(Some(said));
        } else if !text::is_release(&said) {
            draft.kickers.push(said);
        }
        if let Some(mut line) = html.tree.get_mut(id) {
            line.detach();
        }
    }
    if let Some(mut node) = html.tree.get_mut(headline)
        && let Node::Element(element) = node.value()
    {
        element.name.local = "h1".into();
    }
}

fn style(element: ElementRef<'_>) -> String {
    let style = element.attr("style").unwrap_or_default().to_ascii_lowercase();
    style.split_whitespace().collect()
}

fn is_centred(element: ElementRef<'_>) -> bool {
    let around = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(element).chain(around).any(|e| {
        e.value().name() == "center"
            || e.attr("align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
            || style(e).contains("text-align:center")
    })
}

/// How large its largest letters are, in whatever it is stated in; a page states all in one.
fn size(element: ElementRef<'_>) -> u32 {
    let stated = element.descendent_elements().filter_map(|e| {
        let style = style(e);
        let size = style.split_once("font-size:").map(|(_, size)| size).or(e.attr("size"))?;
        let digits = size.bytes().take_while(u8::is_ascii_digit).count();
        size[..digits].parse().ok()
    });
    stated.max().unwrap_or(0)
}
