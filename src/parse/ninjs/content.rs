//! Headlines, descriptions and bodies of a ninjs item, one or several of each under roles that vary freely → the headline,
//! subhead, summary and body of a draft.

use chrono_tz::Tz;

use super::{field, list, text};
use crate::article::Draft;
use crate::parse::agency::prose;
use crate::parse::front_matter::{Node, Value};
use crate::parse::nitf;

/// One text with what is said of it.
struct Piece<'a> {
    /// `main`, `xhtml`, `caption`; lower case, empty where not stated.
    role: String,
    /// Its media type; empty where not stated.
    media_type: String,
    value: &'a str,
    /// Whether it stands in a list of several.
    listed: bool,
}

/// More texts of one kind than any item has.
const MAX_PIECES: usize = 100;

/// Roles of lines that stand below a headline.
const BELOW: [&str; 8] = ["sub", "subhead", "subheadline", "subtitle", "deck", "secondary", "drophead", "standfirst"];
/// Roles of lines that stand above it.
const ABOVE: [&str; 5] = ["kicker", "overline", "vignette", "supertitle", "pretitle"];
/// Roles of headlines that are for other places than a page.
const ELSEWHERE: [&str; 8] = ["short", "seo", "social", "sms", "push", "print", "mobile", "original"];

/// Roles of texts that go with a body and are none.
const APART: [&str; 4] = ["footer", "header", "note", "ednote"];

pub(super) fn read(item: &Node, draft: &mut Draft, zone: Tz) {
    let headlines = pieces(item, "headline", "headlines");
    let is_of = |piece: &&Piece<'_>, roles: &[&str]| roles.iter().any(|role| piece.role.starts_with(role));
    let plain = |piece: &&Piece<'_>| !is_of(piece, &BELOW) && !is_of(piece, &ABOVE);
    let main = headlines
        .iter()
        .find(|piece| piece.role == "main")
        .or_else(|| headlines.iter().find(|piece| piece.role.is_empty()))
        .or_else(|| headlines.iter().find(|piece| plain(piece) && !is_of(piece, &ELSEWHERE)))
        .or_else(|| headlines.iter().find(plain));
    draft.headline =
        main.and_then(|piece| prose::words(piece.value)).or_else(|| text(item, "title").and_then(prose::words));
    draft.subhead = headlines.iter().find(|piece| is_of(piece, &BELOW)).and_then(|piece| prose::words(piece.value));
    draft.kickers =
        headlines.iter().filter(|p| is_of(p, &ABOVE)).filter_map(|piece| prose::words(piece.value)).collect();
    draft.summary = description(item);
    draft.body = body(item, zone);
    if draft.headline.is_none() && draft.summary.is_none() && !prose::has_words(&draft.body) {
        // A flash may be nothing but its slug.
        draft.headline = text(item, "slugline").and_then(prose::words);
    }
}

/// Whether the item has a text of its own.
pub(super) fn has_text(item: &Node) -> bool {
    pieces(item, "body", "bodies").iter().any(|piece| prose::has_words(piece.value))
}

/// The words that describe the item, or a medium that goes with it.
pub(super) fn description(item: &Node) -> Option<String> {
    let pieces = pieces(item, "description", "descriptions");
    // `writer` and the like name who wrote the description.
    let rank = |piece: &Piece<'_>| match piece.role.as_str() {
        "text" | "main" | "summary" | "abstract" | "caption" | "" => 0,
        "html" | "xhtml" | "richtext" => 1,
        "writer" | "author" | "note" => 3,
        _ => 2,
    };
    let mut ranked: Vec<&Piece<'_>> = pieces.iter().filter(|piece| prose::has_words(piece.value)).collect();
    ranked.sort_by_key(|piece| rank(piece));
    ranked.first().and_then(|piece| prose::words(piece.value))
}

/// The body with the most structure: HTML, then NITF, then plain text.
fn body(item: &Node, zone: Tz) -> String {
    let texts = pieces(item, "body", "bodies").into_iter().filter(|piece| !APART.contains(&piece.role.as_str()));
    let bodies = texts.filter_map(|piece| as_html(&piece, zone));
    let bodies = bodies.filter(|(_, html)| prose::has_words(html) || html.contains("<img")).collect();
    prose::whole(bodies, |(rank, html)| (*rank, html)).map(|(_, html)| html).unwrap_or_default()
}

fn as_html(piece: &Piece<'_>, zone: Tz) -> Option<(u8, String)> {
    let (kind, role) = (piece.media_type.to_lowercase(), piece.role.as_str());
    if kind.contains("nitf") || role == "nitf" || piece.value.contains("<body.content") {
        return nitf::body_of(piece.value).map(|html| (1, html));
    }
    let named = ["html", "richtext"].iter().any(|word| kind.contains(word) || role.contains(word));
    if named || (kind != "text/plain" && prose::has_blocks(piece.value) && !kind.contains("xml")) {
        return Some((0, prose::marked_up(piece.value, zone)));
    }
    if kind.contains("xml") || kind.contains("json") || kind.starts_with("image/") {
        // An agency's own markup.
        return None;
    }
    if prose::has_blocks(piece.value) && piece.value.contains("</p>") {
        return Some((0, prose::marked_up(piece.value, zone)));
    }
    Some((2, prose::plain(piece.value)))
}

/// `body_text`, `bodies: [{role, contentType, value}]`, `body`: all texts of a name, in the item's order.
fn pieces<'a>(item: &'a Node, one: &str, several: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (name, node) in item.fields() {
        if name == several {
            if pieces.iter().any(|piece: &Piece<'_>| piece.listed) {
                continue;
            }
            for inner in list(item, several).into_iter().take(MAX_PIECES) {
                let Some(value) = text(inner, "value").or_else(|| inner.text()) else { continue };
                let lower = |field: &str| text(inner, field).unwrap_or_default().to_lowercase();
                pieces.push(Piece { role: lower("role"), media_type: lower("contenttype"), value, listed: true });
            }
        } else if let Some(role) = name.strip_prefix(one)
            && let Value::Scalar(value) = &node.value
            && !value.trim().is_empty()
        {
            let media_type = if role == "text" { "text/plain".to_owned() } else { String::new() };
            pieces.push(Piece { role: role.to_owned(), media_type, value, listed: false });
        } else if name == one && matches!(node.value, Value::Fields(_)) {
            pieces.extend(field(node, "value").and_then(Node::text).map(|value| Piece {
                role: String::new(),
                media_type: String::new(),
                value,
                listed: false,
            }));
        }
    }
    pieces
}
