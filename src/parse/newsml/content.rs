//! `contentSet` → the body, pictures and sound of a draft: inline XHTML or NITF, text as data, remote renditions.

use roxmltree::Node;

use crate::article::{Deed, Draft, Kind};
use crate::parse::agency::pictures::{self, Picture, Rendition};
use crate::parse::agency::{Context, prose};
use crate::parse::nitf;
use crate::parse::xml::{self, below, child, children, stated, words};
use crate::rejection::Rejection;

/// Reads what the item holds; `class` is what it says to be (`text`, `picture`), `language` the
/// one it states.
///
/// # Errors
/// When inline NITF must not be published until nobody knows when.
pub(super) fn read(
    set: Node<'_, '_>,
    class: &str,
    language: Option<&str>,
    draft: &mut Draft,
    context: &mut Context,
) -> Result<(), Rejection> {
    let mut bodies: Vec<Body> = Vec::new();
    let texts = || set.children().filter(|node| xml::is(*node, "inlineXML") || xml::is(*node, "inlineData"));
    // Of translations the one in the item's own language; one that states none may be in any.
    let nearest = texts().filter_map(|text| nearness(text, language)).max().unwrap_or(0);
    let own = |node: &Node<'_, '_>| nearness(*node, language).is_none_or(|nearness| nearness == nearest);
    for inline in texts().filter(own).filter(|node| xml::is(*node, "inlineXML")) {
        bodies.push(marked_up(inline, context)?);
    }
    for data in texts().filter(own).filter(|node| xml::is(*node, "inlineData")) {
        bodies.extend(as_data(data, context));
    }
    if let Some(body) = prose::whole(bodies, |body| (body.rank, &body.html)) {
        take(body, draft);
    }
    let renditions: Vec<Rendition> = children(set, "remoteContent").filter_map(rendition).collect();
    if let Some(sound) = pictures::best_sound(&renditions) {
        pictures::enclose(draft, sound);
    }
    if let Some(image) = pictures::best_image(&renditions) {
        if draft.kind == Kind::Photo || class == "picture" {
            for author in &mut draft.authors {
                author.does = vec![Deed::Photo];
            }
        }
        pictures::place(draft, vec![Picture { href: image.href.clone(), ..Picture::default() }]);
    }
    Ok(())
}

/// One rendition of the text.
pub(super) struct Body {
    /// Structure first: XHTML and NITF, then HTML as data, then plain text.
    rank: u8,
    html: String,
    /// What NITF says beside its body.
    nitf: Option<Draft>,
}

/// What NITF says fills what the item leaves open.
pub(super) fn take(body: Body, draft: &mut Draft) {
    draft.body = body.html;
    let Some(inner) = body.nitf else { return };
    draft.headline = draft.headline.take().or(inner.headline);
    draft.subhead = draft.subhead.take().or(inner.subhead);
    draft.summary = draft.summary.take().or(inner.summary);
    draft.dateline = draft.dateline.take().or(inner.dateline);
    // The printed byline knows more of the same people than a list of creators.
    let known = |name: &str| inner.authors.iter().any(|author| author.name.eq_ignore_ascii_case(name));
    if draft.authors.is_empty() || draft.authors.iter().all(|author| known(&author.name)) {
        draft.authors = if inner.authors.is_empty() { std::mem::take(&mut draft.authors) } else { inner.authors };
    }
    if draft.tags.is_empty() {
        draft.tags = inner.tags;
    }
    draft.captions = inner.captions;
    draft.image = draft.image.take().or(inner.image);
    if draft.enclosures.is_empty() {
        draft.enclosures = inner.enclosures;
    }
    draft.rights = draft.rights.take().or(inner.rights);
}

/// How near the language that a text states is to the item's: the same tag, the same language, another. None where either
/// states none.
fn nearness(text: Node<'_, '_>, language: Option<&str>) -> Option<u8> {
    let language = language?.replace('_', "-");
    let within = text.children().find(|node| node.is_element());
    let own = stated(text, "lang").or_else(|| stated(within?, "lang"))?.replace('_', "-");
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    if own.eq_ignore_ascii_case(&language) {
        return Some(2);
    }
    Some(u8::from(primary(&own) == primary(&language)))
}

/// A text with its markup, as elements or as character data.
///
/// # Errors
/// When it is NITF that must not be published until nobody knows when.
pub(super) fn marked_up(inline: Node<'_, '_>, context: &mut Context) -> Result<Body, Rejection> {
    let kind = stated(inline, "contenttype").unwrap_or_default().to_lowercase();
    if let Some(root) = below(inline, "nitf") {
        let mut inner = nitf::article(root, context)?;
        let html = std::mem::take(&mut inner.body);
        return Ok(Body { rank: 0, html, nitf: Some(inner) });
    }
    if below(inline, "body.content").is_some() {
        let mut inner = Draft::default();
        nitf::fill_body(inline, &mut inner);
        let html = std::mem::take(&mut inner.body);
        return Ok(Body { rank: 0, html, nitf: Some(inner) });
    }
    let has_elements = inline.children().any(|node| node.is_element());
    if !has_elements {
        // Markup as character data.
        let text = inline.text().unwrap_or_default();
        let marked = kind.contains("html") || prose::has_blocks(text);
        let html = if marked { prose::marked_up(text, context.zone) } else { prose::plain(text) };
        return Ok(Body { rank: 0, html, nitf: None });
    }
    let content = below(inline, "body").unwrap_or(inline);
    Ok(Body { rank: 0, html: xhtml(content), nitf: None })
}

/// What stands in a `body`, in paragraphs even where it holds words alone.
fn xhtml(content: Node<'_, '_>) -> String {
    let html = xml::html(content);
    if prose::has_blocks(&html) {
        return html;
    }
    if content.children().all(|node| !node.is_element()) {
        return prose::plain(content.text().unwrap_or_default());
    }
    format!("<p>{}</p>", html.trim())
}

fn as_data(data: Node<'_, '_>, context: &mut Context) -> Option<Body> {
    let kind = stated(data, "contenttype").unwrap_or_default().to_lowercase();
    if stated(data, "encoding").is_some_and(|encoding| !encoding.is_empty() && !encoding.contains("none")) {
        context.doubt("an encoded attachment of the item was left out");
        return None;
    }
    if data.children().any(|node| node.is_element()) {
        return Some(Body { rank: 1, html: xhtml(below(data, "body").unwrap_or(data)), nitf: None });
    }
    let text = data.text()?;
    if kind.contains("nitf") {
        return nitf::body_of(text).map(|html| Body { rank: 0, html, nitf: None });
    }
    let marked = kind.contains("html") || (kind != "text/plain" && prose::has_blocks(text));
    Some(if marked {
        Body { rank: 1, html: prose::marked_up(text, context.zone), nitf: None }
    } else {
        Body { rank: 2, html: prose::plain(text), nitf: None }
    })
}

fn rendition(node: Node<'_, '_>) -> Option<Rendition> {
    let number = |name: &str| stated(node, name).and_then(|text| text.parse().ok());
    let alternative = || child(node, "altLoc").and_then(words);
    let href = stated(node, "href").map(str::to_owned).or_else(alternative)?;
    Some(Rendition {
        href: pictures::address(&href)?,
        media_type: stated(node, "contenttype").unwrap_or_default().to_lowercase().replace("image/jpg", "image/jpeg"),
        width: number("width").unwrap_or(0),
        height: number("height").unwrap_or(0),
        bytes: number("size"),
        name: stated(node, "rendition").unwrap_or_default().to_owned(),
    })
}
