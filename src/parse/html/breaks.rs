//! A text that has no paragraphs, only line breaks in whatever says how it looks, as old pages have it → paragraphs where two breaks
//! stand together.

use std::borrow::Cow;

/// What parts a text by itself.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "section",
    "article",
    "pre",
    "figure",
    "hr",
];
/// Elements without an end.
const VOID: [&str; 6] = ["br", "img", "wbr", "hr", "input", "source"];
/// What says nothing but how a text looks.
const LOOKS: [&str; 2] = ["font", "center"];

/// The body with paragraphs; as it is where it has any, or no line break.
pub(super) fn paragraphs(body: &str) -> Cow<'_, str> {
    if !tags(body).any(|name| name == "br") || tags(body).any(|name| BLOCKS.contains(&name)) {
        return Cow::Borrowed(body);
    }
    let mut html = String::with_capacity(body.len() + body.len() / 8);
    let mut open = String::new();
    let (mut depth, mut breaks) = (0usize, 0);
    let mut rest = body;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(_) => rest.find('>').map_or(rest.len(), |at| at + 1),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if !piece.starts_with('<') && piece.trim().is_empty() && breaks > 0 {
            continue;
        }
        let name = name(piece.trim_start_matches(['<', '/']));
        if piece.starts_with('<') && LOOKS.contains(&name) {
            continue;
        }
        if piece.starts_with("<br") && depth == 0 {
            breaks += 1;
            continue;
        }
        match breaks {
            0 => {}
            1 => open.push_str("<br>\n"),
            _ => close(&mut html, &mut open),
        }
        breaks = 0;
        if piece.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if piece.starts_with('<') && !VOID.contains(&name) && !piece.starts_with("<!") {
            depth += 1;
        }
        open.push_str(piece);
    }
    close(&mut html, &mut open);
    Cow::Owned(html)
}

fn close(html: &mut String, open: &mut String) {
    let words = open.trim();
    if !words.is_empty() {
        html.push_str("<p>");
        html.push_str(words.trim_start_matches("<br>").trim_start());
        html.push_str("</p>\n");
    }
    open.clear();
}

fn name(tag: &str) -> &str {
    &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

/// The names of the opening tags, in the lower case that the parser wrote them in.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(name)
}
