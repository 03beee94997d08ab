//! An item of dpa's Digitalwires → the ninjs item that says the same. They differ in their fields' names, in the dateline and
//! the boxes that stand beside the text, and in elements of their own (`dnl-image`, `dnl-youtubeembed`) within it.

use scraper::Html;

use super::{field, list, renditions, text};
use crate::parse::agency::pictures::{self, Picture};
use crate::parse::agency::prose;
use crate::parse::front_matter::{Node, Value};
use crate::parse::page;
use crate::parse::xml::escaped;

/// How their elements are called, and how those are closed.
const ELEMENT: (&str, &str) = ("<dnl-", "</dnl-");
/// More of them than any text has.
const MAX_ELEMENTS: usize = 200;
/// Kinds of categories that are for readers, the general before the particular.
const SUBJECTS: [&str; 3] = ["dnltype:dpasubject", "dnltype:keyword", "dnltype:geosubject"];

/// The item as ninjs; none where it is no such item.
pub(super) fn as_ninjs(item: &Node) -> Option<Node> {
    if !text(item, "format").is_some_and(|format| format.starts_with("digitalwires"))
        && field(item, "urn").and(field(item, "articlehtml")).is_none()
    {
        return None;
    }
    let beside: Vec<Node> = list(item, "associations").into_iter().map(association).collect();
    let body = body(item, &beside);
    let alone = beside.first().and_then(|inner| text(inner, "type")).filter(|_| body.is_empty());
    let mut fields = vec![
        ("type".to_owned(), scalar(alone.unwrap_or("text"))),
        ("subject".to_owned(), Node { value: Value::List(subjects(item)), at: 0 }),
        ("bodyhtml".to_owned(), scalar(&body)),
        ("associations".to_owned(), Node { value: Value::List(beside), at: 0 }),
    ];
    for (theirs, ours) in [
        ("urn", "uri"),
        ("version", "version"),
        ("versioncreated", "versioncreated"),
        ("pubstatus", "pubstatus"),
        ("embargoed", "embargoed"),
        ("language", "language"),
        ("urgency", "urgency"),
        ("headline", "headline"),
        ("kicker", "headlinekicker"),
        ("subhead", "headlinesubhead"),
        ("teaser", "descriptiontext"),
        ("byline", "byline"),
        ("creditline", "source"),
        ("copyrightnotice", "copyrightnotice"),
        ("usageterms", "usageterms"),
    ] {
        fields.extend(field(item, theirs).map(|node| (ours.to_owned(), node.clone())));
    }
    Some(Node { value: Value::Fields(fields), at: item.at })
}

fn scalar(text: &str) -> Node {
    Node { value: Value::Scalar(text.to_owned()), at: 0 }
}

/// The names that categories for readers have.
fn subjects(item: &Node) -> Vec<Node> {
    let all = list(item, "categories");
    let of = |kind: &'static str| all.iter().filter(move |node| text(node, "type") == Some(kind));
    SUBJECTS.into_iter().flat_map(of).filter_map(|node| field(node, "name").cloned()).collect()
}

/// A medium that goes with the item.
fn association(inner: &Node) -> Node {
    let renamed = |node: &Node, names: &[(&str, &str)]| {
        let ours =
            |name: &str| names.iter().find(|(theirs, _)| *theirs == name).map_or(name, |(_, ours)| ours).to_owned();
        node.fields().iter().map(|(name, node)| (ours(name), node.clone())).collect::<Vec<_>>()
    };
    let mut fields = renamed(inner, &[("urn", "uri"), ("caption", "descriptiontext")]);
    for (name, node) in &mut fields {
        match name.as_str() {
            "type" if node.text() == Some("image") => *node = scalar("picture"),
            "renditions" => {
                let all = list(inner, "renditions").into_iter();
                let all = all.map(|r| Node { value: Value::Fields(renamed(r, &[("url", "href")])), at: r.at });
                node.value = Value::List(all.collect());
            }
            _ => {}
        }
    }
    if text(inner, "isfeatureimage") == Some("true") {
        fields.push(("name".to_owned(), scalar("featureimage")));
    }
    Node { value: Value::Fields(fields), at: inner.at }
}

/// The text behind its dateline, with what stands in it as HTML has it; below it the boxes that go with it.
fn body(item: &Node, beside: &[Node]) -> String {
    let Some(article) = text(item, "articlehtml") else { return String::new() };
    let mut body = with_elements(article, beside);
    if let Some(dateline) = text(item, "dateline")
        && !prose::is_datelined(&body)
        && let Some((block, _)) = prose::first_paragraph(&body)
        && let Some(opened) = body[block.start..block.end].find('>')
    {
        body.insert_str(block.start + opened + 1, &format!("{} ", page::escape(dateline)));
    }
    for name in ["infoboxhtml", "linkboxhtml"] {
        body.push_str(text(item, name).unwrap_or_default());
    }
    if let Some(notice) = text(item, "autopublishnotice") {
        body.push_str(&format!("<p>{}</p>", page::escape(notice)));
    }
    body
}

/// The text with pictures in the place of its picture elements, and links in that of others, which show what is elsewhere.
fn with_elements(article: &str, beside: &[Node]) -> String {
    let mut html = String::with_capacity(article.len());
    let mut rest = article;
    for _ in 0..MAX_ELEMENTS {
        let Some(start) = rest.find(ELEMENT.0) else { break };
        let Some(closing) = rest[start..].find(ELEMENT.1).map(|at| start + at) else { break };
        let end = rest[closing..].find('>').map_or(rest.len(), |at| closing + at + 1);
        html.push_str(&rest[..start]);
        html.push_str(&shown(&rest[start..end], beside).unwrap_or_default());
        rest = &rest[end..];
    }
    html.push_str(rest);
    html
}

fn shown(element: &str, beside: &[Node]) -> Option<String> {
    let parsed = Html::parse_fragment(element);
    let element = parsed.root_element().descendent_elements().find(|e| e.value().name().starts_with("dnl-"))?;
    let attribute = |name: &str| element.attr(name).map(str::to_owned).filter(|value| !value.is_empty());
    if let Some(urn) = element.attr("ref") {
        let inner = beside.iter().find(|inner| text(inner, "uri") == Some(urn))?;
        let renditions = renditions::renditions(inner);
        let href = pictures::best_image(&renditions)?.href.clone();
        return Some(pictures::figure(&Picture {
            href,
            caption: attribute("caption"),
            credit: attribute("creditline"),
        }));
    }
    let address = escaped(element.attr("src")?);
    Some(format!("<p><a href=\"{address}\">{address}</a></p>"))
}
