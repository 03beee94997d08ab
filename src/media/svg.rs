//! SVG (W3C SVG 2): what draws is kept. Scripts, handlers, foreign content, what it would load from elsewhere, and what the
//! drawing program wrote about itself, its files and its hidden pages are cut; pictures within go through the media too.
//! Bytes are cut and none moved, so that what the one strict parser read is what every other reads.

use std::io::{Read, Seek};
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

use super::pieces::Pieces;
use super::source::Source;
use super::{CUT_SHORT, Cut, Fault, UNRECOGNISED};

/// The longest drawing, in bytes: a map of every house in a city. What is larger takes browsers too long to draw.
const MAX_DRAWING: u64 = 8 * 1024 * 1024;

/// The most elements, texts and comments: a tenth of a second to look through.
const MAX_NODES: u32 = 500_000;

/// More attributes of one element, names of namespaces and elements within another than any drawing has: the parser compares
/// each with all others.
const MAX_ATTRIBUTES: usize = 300;
const MAX_NAMESPACES: usize = 200;
const MAX_DEPTH: usize = 1000;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What draws, moves, or says what is drawn.
const ELEMENTS: [&str; 75] = [
    "a",
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "font",
    "font-face",
    "g",
    "glyph",
    "glyphRef",
    "hkern",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "meshgradient",
    "meshpatch",
    "meshrow",
    "missing-glyph",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "solidColor",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
    "vkern",
];

const UNREADABLE: Fault = Fault::Unclean("it is a drawing that cannot be read; save it as plain SVG");

pub(super) fn cut(source: &mut Source<'_, impl Read + Seek>) -> Result<Cut, Fault> {
    if source.length() > MAX_DRAWING {
        return Err(Fault::Unclean("it is a drawing of more than 8 MiB; save it in a simpler form"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(source.length()).unwrap_or_default());
    while (bytes.len() as u64) < source.length() {
        let at = bytes.len() as u64;
        bytes.extend_from_slice(source.some(at, super::source::MAX_STRETCH)?);
    }
    let text = String::from_utf8(bytes).map_err(|_| Fault::Unclean("it is a drawing that is not UTF-8"))?;
    let mut changes = Vec::new();
    let text = prolog(text, &mut changes)?;
    if !is_bearable(&text) {
        return Err(UNREADABLE);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|_| UNREADABLE)?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(UNRECOGNISED);
    }
    look_through(document.root(), &mut changes);
    changes.sort_by_key(|(range, _)| range.start);
    let mut pieces = Pieces::default();
    let mut at = 0;
    for (range, made) in changes {
        pieces.keep(at..range.start as u64);
        if let Some(made) = made {
            pieces.make(made);
        }
        at = range.end as u64;
    }
    pieces.keep(at..source.length());
    let mut cut = Cut::new("image/svg+xml", "svg", pieces);
    cut.pixels = pixels(root);
    Ok(cut)
}

/// Whether a parser gets through it in the time that its length allows; whether it is well-formed is not asked here.
fn is_bearable(text: &str) -> bool {
    if memchr::memmem::find_iter(text.as_bytes(), b"xmlns").take(MAX_NAMESPACES + 1).count() > MAX_NAMESPACES {
        return false;
    }
    let mut depth: usize = 0;
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        let over =
            [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((_, end)) = over {
            let Some(end) = rest.find(end) else { return true };
            rest = &rest[end..];
            continue;
        }
        let (mut quote, mut attributes, mut last, mut end) = (None, 0, 0, rest.len());
        for (at, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => {
                    end = at;
                    break;
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => attributes += 1,
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            last = byte;
        }
        if attributes > MAX_ATTRIBUTES {
            return false;
        }
        if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if last != b'/' {
            depth += 1;
        }
        if depth > MAX_DEPTH {
            return false;
        }
        rest = &rest[end..];
    }
    true
}

/// Width and height as the drawing states them in pixels, else those of what is seen of it.
fn pixels(root: Node<'_, '_>) -> Option<(u32, u32)> {
    // SVG states fractions, and browsers round them; the largest that any picture has here.
    let whole = |text: &str| -> Option<u32> {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        (0.5..100_000.0).contains(&number).then(|| format!("{number:.0}").parse().ok()).flatten()
    };
    let stated = |name| root.attribute(name).and_then(whole);
    stated("width").zip(stated("height")).or_else(|| {
        let seen: Vec<&str> =
            root.attribute("viewBox")?.split([' ', ',', '\n', '\t']).filter(|n| !n.is_empty()).collect();
        let [_, _, width, height] = seen[..] else { return None };
        whole(width).zip(whole(height))
    })
}

/// A stretch that goes, and what comes in its place.
type Change = (Range<usize>, Option<String>);

/// Cuts what stands before the drawing and says what it is: a byte order mark, the XML declaration, the document type. The
/// text comes back with blanks in its place.
fn prolog(text: String, changes: &mut Vec<Change>) -> Result<String, Fault> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut cut = Vec::new();
    let mut at = mark;
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &text[at..];
        let ended = |end: &str| rest.find(end).map(|length| at + length + end.len());
        let end = if rest.starts_with("<?xml ") {
            cut.push(at..ended("?>").unwrap_or(at));
            ended("?>")
        } else if rest.starts_with("<?") {
            ended("?>")
        } else if rest.starts_with("<!--") {
            ended("-->")
        } else if rest.starts_with("<!DOCTYPE") {
            let end = ended(">");
            cut.push(at..end.unwrap_or(at));
            if end.is_some_and(|end| text[at..end].contains('[')) {
                return Err(Fault::Unclean("it is a drawing that declares entities; save it as plain SVG"));
            }
            end
        } else {
            break;
        };
        at = end.ok_or(CUT_SHORT)?;
    }
    cut.push(0..mark);
    let mut blanked = text.into_bytes();
    for range in cut.into_iter().filter(|range| !range.is_empty()) {
        blanked[range.clone()].fill(b' ');
        changes.push((range, None));
    }
    String::from_utf8(blanked).map_err(|_| Fault::Unclean("it is a drawing that is not UTF-8"))
}

/// Notes what goes of everything in a node.
fn look_through(root: Node<'_, '_>, changes: &mut Vec<Change>) {
    let mut next = root.first_child();
    while let Some(node) = next {
        let is_kept = is_kept(node);
        if is_kept {
            changes.extend(node.attributes().filter_map(|attribute| change(node, &attribute)));
        } else {
            // What stood on both sides may not close what was never open.
            let joined = root.document().input_text()[..node.range().start].ends_with(']');
            changes.push((node.range(), joined.then(|| " ".to_owned())));
        }
        // Into what stays, and past what goes.
        next = node.first_child().filter(|_| is_kept).or_else(|| {
            let mut around = Some(node);
            while let Some(node) = around.filter(|node| *node != root) {
                if let Some(sibling) = node.next_sibling() {
                    return Some(sibling);
                }
                around = node.parent();
            }
            None
        });
    }
}

fn is_kept(node: Node<'_, '_>) -> bool {
    match node.node_type() {
        NodeType::Root | NodeType::Text => true,
        NodeType::Comment | NodeType::PI => false,
        NodeType::Element => {
            let name = node.tag_name();
            let draws = name.namespace() == Some(SVG) && ELEMENTS.contains(&name.name());
            draws && !animates_what_is_cut(node) && (name.name() != "style" || is_local_style(&words(node)))
        }
    }
}

/// An animation may write an attribute that the media would have cut.
fn animates_what_is_cut(node: Node<'_, '_>) -> bool {
    let Some(name) = node.attribute("attributeName") else { return false };
    let name = name.trim().rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    name == "href" || name == "style" || name.starts_with("on")
}

fn words(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// What becomes of an attribute; none: it stays.
fn change(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> Option<Change> {
    let cut = Some((attribute.range(), None));
    let name = attribute.name();
    match attribute.namespace() {
        None => {}
        Some(XLINK) if name == "href" => {}
        Some(XML) if matches!(name, "lang" | "space") => {}
        Some(_) => return cut,
    }
    if name == "href" {
        return match link(node, attribute.value()) {
            Link::Kept => None,
            Link::Cut => cut,
            Link::Made(address) => Some((attribute.range_value(), Some(address))),
        };
    }
    // Diagram editors keep their file in `content`, with pages that nobody is shown.
    let is_told = name.to_ascii_lowercase().starts_with("on") || matches!(name, "content" | "ping" | "src");
    (is_told || !is_local_style(attribute.value())).then_some(cut).flatten()
}

enum Link {
    Kept,
    Cut,
    Made(String),
}

/// What becomes of an address: a place in the drawing stays, what a reader may follow too, and a picture in it is cleaned like any other.
fn link(node: Node<'_, '_>, address: &str) -> Link {
    let address = address.trim();
    if address.starts_with('#') {
        return Link::Kept;
    }
    if let Some(picture) = address.strip_prefix("data:image/") {
        return match published(picture) {
            Some(same) if same == address => Link::Kept,
            Some(other) => Link::Made(other),
            None => Link::Cut,
        };
    }
    let is_web = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    if is_web && node.has_tag_name((SVG, "a")) { Link::Kept } else { Link::Cut }
}

/// A picture written out in an address, `jpeg;base64,…`, as it is published.
fn published(picture: &str) -> Option<String> {
    let (name, written) = picture.split_once(";base64,")?;
    let (media_type, extension) = match name.to_ascii_lowercase().as_str() {
        "jpeg" | "jpg" => ("image/jpeg", "jpg"),
        "png" => ("image/png", "png"),
        "gif" => ("image/gif", "gif"),
        "webp" => ("image/webp", "webp"),
        _ => return None,
    };
    let written: String = written.split_whitespace().collect();
    // No drawing in a drawing: one is only taken for that by its name.
    let (cut, clean) = super::cleaned(&STANDARD.decode(written).ok()?, media_type, extension).ok()?;
    Some(format!("data:{};base64,{}", cut.media_type, STANDARD.encode(clean)))
}

/// Whether a style, or an attribute that may be one, loads nothing: neither by `url()` nor in ways that hide it.
fn is_local_style(style: &str) -> bool {
    if !style.contains(['(', '@', '\\', ':']) {
        return true;
    }
    let lower = style.to_ascii_lowercase();
    let bare: String = lower.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if ["@import", "image-set(", "expression(", "-moz-binding", "behavior:", "javascript:", "vbscript:"]
        .iter()
        .any(|way| bare.contains(way))
        || (style.contains('\\') && style.contains(['(', '@', ':']))
    {
        return false;
    }
    bare.split("url(").skip(1).all(|address| {
        let address = address.trim_start_matches(['"', '\'']);
        let is_font = address.starts_with("data:font/")
            || (address.starts_with("data:application/")
                && address.split(',').next().is_some_and(|kind| kind.contains("font")));
        address.starts_with('#') || is_font
    })
}
