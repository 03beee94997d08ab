//! A paragraph that is a picture with its caption, as its title or in italics below it → a figure. A wikilink, which leads to
//! another note of its writer's → its words.

use comrak::nodes::{AstNode, NodeHtmlBlock, NodeLink, NodeValue};
use comrak::{Arena, Options};

use crate::escape;

/// The files that a note shows as pictures.
const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];

/// Makes figures of the paragraphs that are pictures with captions.
pub(super) fn make<'a>(root: &'a AstNode<'a>, options: &Options<'_>) {
    let paragraphs: Vec<_> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::Paragraph)).collect();
    for paragraph in paragraphs {
        let Some(figure) = figure(paragraph, options) else { continue };
        let children: Vec<_> = paragraph.children().collect();
        children.into_iter().for_each(|child| child.detach());
        paragraph.data_mut().value = NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal: figure });
    }
}

fn figure<'a>(paragraph: &'a AstNode<'a>, options: &Options<'_>) -> Option<String> {
    let children: Vec<_> = paragraph.children().take(4).collect();
    let title = match &children.first()?.data().value {
        NodeValue::Image(link) => link.title.clone(),
        _ => return None,
    };
    let written = |node: &'a AstNode<'a>| {
        let mut html = String::new();
        comrak::format_html(node, options, &mut html).ok().map(|()| html)
    };
    let caption = match children[1..] {
        [] if !title.trim().is_empty() => escape::text(title.trim()),
        [between, below]
            if matches!(between.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
                && matches!(below.data().value, NodeValue::Emph) =>
        {
            below.children().map(written).collect::<Option<String>>()?
        }
        _ => return None,
    };
    let image = written(children.first()?)?;
    Some(format!("<figure>{}<figcaption>{caption}</figcaption></figure>\n", image.trim()))
}

/// Puts words in place of wikilinks, and pictures in place of those that show one.
pub(super) fn unlink<'a>(root: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    let links: Vec<_> = root.descendants().filter(|node| matches!(node.data().value, NodeValue::WikiLink(_))).collect();
    for node in links {
        let NodeValue::WikiLink(link) = node.data().value.clone() else { continue };
        let mut label = String::new();
        for inner in node.descendants() {
            if let NodeValue::Text(text) = &inner.data().value {
                label.push_str(text);
            }
        }
        let is_named = label != link.url;
        let words = if is_named { label.clone() } else { shown(&link.url) };
        let extension = link.url.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let is_picture = link.embed && extension.is_some_and(|extension| PICTURES.contains(&extension.as_str()));
        let new: &'a AstNode<'a> = if is_picture {
            // `![[mill.png|300]]` states a width.
            let is_size = label.chars().all(|c| c.is_ascii_digit() || c == 'x');
            let image: &'a AstNode<'a> = arena
                .alloc(NodeValue::Image(Box::new(NodeLink { url: link.url.clone(), title: String::new() })).into());
            if is_named && !is_size {
                image.append(arena.alloc(NodeValue::Text(label.into()).into()));
            }
            image
        } else {
            arena.alloc(NodeValue::Text(words.into()).into())
        };
        node.insert_after(new);
        node.detach();
    }
}

/// What a link shows that has no words of its own: `People/Mary Ellis#Early life` is shown as Obsidian does.
fn shown(target: &str) -> String {
    let (note, place) = target.split_once('#').unwrap_or((target, ""));
    let note = note.rsplit('/').next().unwrap_or_default();
    let note = note.strip_suffix(".md").unwrap_or(note);
    let place = if place.starts_with('^') { String::new() } else { place.replace('#', " > ") };
    [note, &place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" > ")
}
