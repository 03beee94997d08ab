//! ninjs 1.x, 2.x and 3.x (iptc.org/std/ninjs), what Superdesk makes of it and dpa's Digitalwires → drafts. One reader for all: names count
//! without case and underscores, and a field may be a text, an object or a list in whichever version.

mod content;
mod digitalwires;
mod renditions;
mod tree;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::agency::{self, Context, people};
use super::front_matter::{MAX_PEOPLE, Node, Value};
use super::{Markup, Parsed};
use crate::article::{Author, Draft, Kind, Status, When};
use crate::rejection::Rejection;

/// Items of one file: the longest answers of agencies' interfaces hold a hundred.
const MAX_ITEMS: usize = 1000;
/// Lists within lists around the items.
const MAX_WRAPPING: usize = 4;

/// Fields that only ninjs has; with an id, one is enough.
const SIGNS: [&str; 26] = [
    "type",
    "versioncreated",
    "firstcreated",
    "contentcreated",
    "pubstatus",
    "headlines",
    "headline",
    "headlinemain",
    "bodies",
    "bodytext",
    "bodyhtml",
    "bodyxhtml",
    "bodymain",
    "bodyrichtext",
    "byline",
    "by",
    "descriptions",
    "descriptiontext",
    "descriptionhtml",
    "renditions",
    "associations",
    "embargoed",
    "embargoeduntil",
    "eventdetails",
    "usageterms",
    "copyrightnotice",
];
/// Fields that tell ninjs even where the id is missing, two of them.
const PLAIN_SIGNS: [&str; 7] =
    ["versioncreated", "pubstatus", "headlines", "bodies", "embargoeduntil", "representationtype", "copyrightholder"];

/// Whether the text is ninjs: one item, a list of items, or an envelope around them.
pub(super) fn is_ninjs(text: &str) -> bool {
    tree::read(text).is_ok_and(|tree| !items(&tree).is_empty())
}

/// Reads a text that [`is_ninjs`] and came at `arrival`.
///
/// # Errors
/// When none of its items is an article.
pub(super) fn read(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Result<Parsed, Rejection> {
    let tree = tree::read(text)?;
    let mut context = Context::new(zone);
    let items = items(&tree).into_iter().map(|item| article(item, arrival, &mut context)).collect();
    let drafts = context.articles(items)?;
    Ok(context.parsed(Markup::Ninjs, drafts))
}

/// Why a JSON text that is no ninjs is refused.
pub(super) fn refusal(text: &str) -> Rejection {
    let tree = match tree::read(text) {
        Ok(tree) => tree,
        Err(rejection) => return rejection,
    };
    let stated = |name: &str| field(&tree, name).and_then(Node::text).unwrap_or_default();
    let reason = if stated("version").contains("jsonfeed.org") {
        "it is a JSON Feed, and no article"
    } else if field(&tree, "$schema").is_some() {
        "it is a JSON schema, and no article"
    } else {
        "the JSON in it is no ninjs, the form in which agencies send articles"
    };
    Rejection::new(reason, "a ninjs item has a `uri` and a `headline` or a body")
}

/// The items of a text, in its order.
fn items(tree: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    collect(tree, 0, &mut found);
    found
}

fn collect<'a>(node: &'a Node, depth: usize, found: &mut Vec<&'a Node>) {
    if found.len() >= MAX_ITEMS || depth > MAX_WRAPPING {
        return;
    }
    if looks_like_item(node) {
        return found.push(node);
    }
    if let Value::List(list) = &node.value {
        return list.iter().for_each(|inner| collect(inner, depth + 1, found));
    }
    for (name, inner) in node.fields() {
        if matches!(
            name.as_str(),
            "item" | "items" | "data" | "newsitem" | "newsitems" | "ninjs" | "results" | "docs" | "entries"
        ) {
            collect(inner, depth + 1, found);
        }
    }
}

fn looks_like_item(node: &Node) -> bool {
    let has = |sign: &str| node.fields().iter().any(|(name, _)| name == sign);
    let standard =
        ["standard", "$standard"].iter().find_map(|name| field(node, name)).and_then(|node| text(node, "name"));
    let plain = PLAIN_SIGNS.iter().filter(|sign| has(sign)).count();
    id(node).is_some() && SIGNS.iter().any(|sign| has(sign))
        || plain >= 2
        || standard.is_some_and(|name| name.to_lowercase().contains("ninjs"))
}

fn id(item: &Node) -> Option<&str> {
    text(item, "uri").or_else(|| text(item, "guid"))
}

fn article(item: &Node, arrival: DateTime<Utc>, context: &mut Context) -> Result<Draft, Rejection> {
    let translated = digitalwires::as_ninjs(item);
    let item = translated.as_ref().unwrap_or(item);
    let kind = text(item, "type").unwrap_or_default().to_lowercase();
    if let Some(reason) = no_article(item, &kind) {
        return Err(Rejection::new(reason, "drop the article about it"));
    }
    let Some(id) = id(item) else {
        let reason = "the ninjs item states no uri, by which its next version would be known";
        return Err(Rejection::new(reason, "ask its sender for the item with its `uri`"));
    };
    let mut draft = Draft { id: Some(id.to_owned()), ..Draft::default() };
    standing(item, &mut draft, context)?;
    content::read(item, &mut draft, context.zone);
    draft.authors = authors(item);
    if matches!(kind.as_str(), "picture" | "graphic") {
        draft.kind = Kind::Photo;
    }
    renditions::read(item, &kind, arrival, &mut draft, context);
    if field(item, "eventdetails").is_some() {
        context.doubt(format!("{id} describes an event; it is published as an article"));
    }
    agency::holds_something(draft)
}

/// What is sent as ninjs and is no article.
fn no_article(item: &Node, kind: &str) -> Option<&'static str> {
    match kind {
        "event" => Some("it describes an event, and is no article"),
        "planning" | "assignment" => Some("it describes what is planned, and is no article"),
        "concept" => Some("it describes a concept, and is no article"),
        "composite" | "package" if !content::has_text(item) && is_list_of_texts(item) => {
            Some("it is a package, a list of other items, and no article")
        }
        _ => None,
    }
}

/// Whether what goes with the item are articles of their own.
fn is_list_of_texts(item: &Node) -> bool {
    let all = renditions::associations(item);
    let of = |kind: &str| text_of(&all, kind);
    fn text_of(all: &[(&str, &Node)], kind: &str) -> bool {
        all.iter().any(|(_, inner)| text(inner, "type").is_some_and(|t| t.eq_ignore_ascii_case(kind)))
    }
    field(item, "groups").is_some() || of("text") || of("composite") || all.is_empty()
}

/// Version, dates, status, embargo, rights.
fn standing(item: &Node, draft: &mut Draft, context: &mut Context) -> Result<(), Rejection> {
    draft.version = agency::version(text(item, "version"));
    draft.updated = context.date("versioncreated", text(item, "versioncreated"));
    draft.as_of = agency::moment(draft.updated);
    draft.date = context.date("firstcreated", text(item, "firstcreated")).or(draft.updated);
    draft.embargo = embargo(item, context)?;
    context.state(text(item, "pubstatus").unwrap_or_default(), draft)?;
    draft.expires = context.date("expires", text(item, "expires"));
    draft.language = agency::language(text(item, "language"));
    draft.urgency = agency::urgency(text(item, "urgency"));
    let owned = |name: &str| text(item, name).map(str::to_owned);
    draft.rights = agency::rights(owned("copyrightnotice"), owned("copyrightholder"), owned("usageterms"));
    draft.slug = owned("slugline");
    let from =
        ["infosources", "infosource"].iter().find_map(|name| list(item, name).first().and_then(|n| text(n, "name")));
    draft.source = from.or_else(|| text(item, "source")).map(str::to_owned);
    draft.dateline = owned("located").or_else(|| {
        if field(item, "eventdetails").is_some() {
            return None;
        }
        let places: Vec<&Node> = ["place", "places"].iter().flat_map(|name| list(item, name)).collect();
        // One place is where it comes from; of several nobody knows.
        if let [only] = places.as_slice() { text(only, "name").map(str::to_owned) } else { None }
    });
    if draft.status == Status::Usable {
        draft.tags = tags(item, draft.language.as_deref());
    }
    Ok(())
}

/// Until when an item, or what goes with it, must not come out. Of several names for it the last counts.
fn embargo(item: &Node, context: &mut Context) -> Result<Option<When>, Rejection> {
    let mut embargo = None;
    for name in ["embargoed", "embargoeduntil", "embargo"] {
        let Some(node) = field(item, name) else { continue };
        let stated = match &node.value {
            Value::Empty => continue,
            Value::Scalar(text) if text == "false" => continue,
            Value::Scalar(text) => text.as_str(),
            Value::List(_) | Value::Fields(_) => "a list",
        };
        if let Some(when) = context.embargo(name, Some(stated))? {
            embargo = Some(when);
        }
    }
    Ok(embargo)
}

fn authors(item: &Node) -> Vec<Author> {
    let byline = text(item, "byline").or_else(|| text(item, "by"));
    let stated: Vec<&Node> = list(item, "authors");
    let role = |node: &Node| text(node, "role").map(str::to_owned);
    // `By Ana Kos\nAssociated Press`
    let lines: Vec<String> = byline.unwrap_or_default().lines().filter_map(super::agency::prose::words).collect();
    if !lines.is_empty() {
        let mut authors = people::of(&lines.join(", "));
        for author in &mut authors {
            let known = stated.iter().find(|node| text(node, "name") == Some(author.name.as_str()));
            author.role = author.role.take().or_else(|| known.and_then(|node| role(node)));
        }
        return authors;
    }
    // Superdesk lists who edited it too.
    let wrote = |node: &&Node| !role(node).is_some_and(|role| role.to_lowercase().contains("edit"));
    let named = |node: &Node| text(node, "name").map(|name| Author { role: role(node), ..Author::named(name) });
    let wrote: Vec<Author> = stated.iter().copied().filter(wrote).filter_map(named).take(MAX_PEOPLE).collect();
    if wrote.is_empty() { stated.iter().copied().filter_map(named).take(MAX_PEOPLE).collect() } else { wrote }
}

/// Names of subjects, in the item's language where they have one; codes without a name say nothing to readers.
fn tags(item: &Node, language: Option<&str>) -> Vec<String> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let mut tags = Vec::new();
    for several in ["subject", "subjects", "service", "keywords", "keyword"] {
        for node in list(item, several) {
            let foreign = match (text(node, "lang"), language) {
                (Some(own), Some(language)) => primary(own) != primary(language),
                _ => false,
            };
            let name = text(node, "name").or_else(|| node.text()).filter(|_| !foreign).unwrap_or_default();
            // `"keywords": "ferry, river"` is a list that somebody wrote as one text.
            let is_one = field(item, several).is_some_and(|node| matches!(node.value, Value::Scalar(_)));
            tags.extend(name.split(|c| is_one && matches!(c, ',' | ';')).map(str::to_owned));
        }
    }
    tags
}

/// A field by its name; of two, the last stands, as JSON readers have it.
fn field<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    node.fields().iter().rev().find(|(stated, _)| stated == name).map(|(_, value)| value)
}

/// The text of a field; none where it is blank or no scalar.
fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    field(node, name).and_then(Node::text)
}

/// The values of a field that is a list; one that is none is a list of one.
fn list<'a>(node: &'a Node, name: &str) -> Vec<&'a Node> {
    match field(node, name) {
        None => Vec::new(),
        Some(Node { value: Value::List(list), .. }) => list.iter().collect(),
        Some(Node { value: Value::Empty, .. }) => Vec::new(),
        Some(one) => vec![one],
    }
}
