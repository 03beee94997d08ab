//! A `newsItem` of NewsML-G2 → a draft: identity, management, what is said about the content. The content itself is read
//! beside.

use roxmltree::Node;

use super::content;
use crate::article::{Author, Deed, Draft, Kind};
use crate::parse::agency::{self, Context, people, prose};
use crate::parse::xml::{self, child, children, stated, words, words_of};
use crate::rejection::Rejection;

/// More elements of one name than any item has.
const MAX_ALIKE: usize = 200;

/// Reads an item.
///
/// # Errors
/// When it is no article, or must not be published until nobody knows when.
pub(super) fn read(item: Node<'_, '_>, context: &mut Context) -> Result<Draft, Rejection> {
    let mut draft = Draft {
        id: stated(item, "guid").map(str::to_owned),
        version: agency::version(stated(item, "version")),
        ..Draft::default()
    };
    let class = child(item, "itemMeta").and_then(|meta| child(meta, "itemClass")).and_then(code).unwrap_or_default();
    if matches!(class.as_str(), "composite" | "event" | "concept" | "planning") {
        let name = if class == "composite" { "packageItem" } else { "conceptItem" };
        let has_content = child(item, "contentSet").is_some_and(|set| set.children().any(|inner| inner.is_element()));
        if !has_content {
            return Err(super::no_article(name));
        }
    }
    if let Some(meta) = child(item, "itemMeta") {
        management(meta, &mut draft, context)?;
    }
    if let Some(rights) = child(item, "rightsInfo") {
        let holder = child(rights, "copyrightHolder").and_then(name);
        draft.rights = agency::rights(words_of(rights, "copyrightNotice"), holder, words_of(rights, "usageTerms"));
    }
    let language =
        child(item, "contentMeta").and_then(|meta| child(meta, "language")).and_then(|node| stated(node, "tag"));
    let own = language.or_else(|| stated(item, "lang"));
    draft.language = agency::language(own);
    let is_picture = matches!(class.as_str(), "picture" | "graphic" | "photo" | "still");
    let is_sound = matches!(class.as_str(), "video" | "audio");
    draft.kind = if is_picture { Kind::Photo } else { Kind::Article };
    if let Some(meta) = child(item, "contentMeta") {
        about(meta, own, is_picture || is_sound, &mut draft, context);
    }
    let title = child(item, "itemMeta").and_then(|meta| words_of(meta, "title"));
    draft.headline = draft.headline.take().or(title);
    if draft.tags.is_empty() {
        let rooms = child(item, "itemMeta").into_iter().flat_map(|meta| children(meta, "memberOf"));
        draft.tags = rooms.filter_map(|node| words_of(node, "name")).collect();
    }
    if let Some(set) = child(item, "contentSet") {
        content::read(set, &class, own, &mut draft, context)?;
    }
    // Where the text says it itself, what stands there counts: some say with `located` where their editors sit.
    if draft.dateline.is_none() && !prose::is_datelined(&draft.body) {
        draft.dateline = child(item, "contentMeta").and_then(|meta| child(meta, "located")).and_then(name);
    }
    if draft.headline.is_none() && draft.summary.is_none() && !prose::has_words(&draft.body) {
        draft.headline = draft.slug.clone();
    }
    if draft.id.is_none() {
        context.doubt("the item states no guid; its next version will not be known for one");
    }
    agency::holds_something(draft)
}

/// What its agency says of the item.
fn management(meta: Node<'_, '_>, draft: &mut Draft, context: &mut Context) -> Result<(), Rejection> {
    let at = |name: &str| child(meta, name).and_then(words);
    draft.updated = context.date("versionCreated", at("versionCreated").as_deref());
    draft.as_of = agency::moment(draft.updated);
    draft.date = context.date("firstCreated", at("firstCreated").as_deref());
    let embargoed = child(meta, "embargoed").map(|node| words(node).unwrap_or_default());
    draft.embargo = context.embargo("itemMeta/embargoed", embargoed.as_deref())?;
    draft.expires = context.date("expires", at("expires").as_deref());
    context.state(&child(meta, "pubStatus").and_then(code).unwrap_or_default(), draft)?;
    draft.source = child(meta, "provider").and_then(name);
    Ok(())
}

/// What is said about the content.
fn about(meta: Node<'_, '_>, language: Option<&str>, shows: bool, draft: &mut Draft, context: &mut Context) {
    let created = context.date("contentCreated", words_of(meta, "contentCreated").as_deref());
    draft.date = draft.date.or(created).or(draft.updated);
    draft.urgency = agency::urgency(words_of(meta, "urgency").as_deref());
    draft.slug = words_of(meta, "slugline");
    let headlines: Vec<(String, String)> =
        spoken(meta, "headline", language).into_iter().filter_map(|node| Some((role(node), words(node)?))).collect();
    let is_below = |role: &str| role.contains("sub") || role.contains("deck") || role.contains("secondary");
    let is_short = |role: &str| role.contains("short") || role.contains("seo") || role.contains("sms");
    let is_above = |role: &str| role.contains("kicker") || role.contains("overline") || role.contains("strapline");
    let main = headlines.iter().find(|(role, _)| role == "main" || role.is_empty());
    let main =
        main.or_else(|| headlines.iter().find(|(role, _)| !is_below(role) && !is_short(role) && !is_above(role)));
    let main = main.or_else(|| headlines.iter().find(|(role, _)| !is_below(role) && !is_above(role)));
    draft.headline = main.map(|(_, line)| line.clone());
    draft.kickers = headlines.iter().filter(|(role, _)| is_above(role)).map(|(_, line)| line.clone()).collect();
    draft.subhead = headlines.iter().find(|(role, _)| is_below(role)).map(|(_, line)| line.clone());
    let descriptions: Vec<(String, Node<'_, '_>)> =
        spoken(meta, "description", language).into_iter().map(|node| (role(node), node)).collect();
    // What a text's caption says is its slug once more.
    let fits = |role: &str| shows || !role.contains("caption");
    let summary = descriptions.iter().find(|(role, node)| role.contains("summary") && words(*node).is_some());
    let summary = summary.or_else(|| descriptions.iter().find(|(role, node)| fits(role) && words(*node).is_some()));
    draft.summary = summary.and_then(|(_, node)| words(*node));
    draft.dateline =
        child(meta, "dateline").and_then(words).filter(|line| crate::parse::dates::read(line, context.zone).is_none());
    let by: Vec<String> = spoken(meta, "by", language).into_iter().filter_map(words).collect();
    draft.authors = by.iter().flat_map(|line| people::of(line)).collect();
    if draft.authors.is_empty() {
        draft.authors = children(meta, "creator").take(MAX_ALIKE).filter_map(|node| creator(node, shows)).collect();
    }
    let from = children(meta, "infoSource").find_map(name).or_else(|| words_of(meta, "creditline"));
    draft.source = from.or(draft.source.take());
    for node in children(meta, "subject").take(MAX_ALIKE) {
        let named: Vec<Node<'_, '_>> = children(node, "name").collect();
        let own = named.iter().find(|node| lang(**node).is_some() && speaks(**node, language));
        draft.tags.extend(own.or_else(|| named.first()).and_then(|node| words(*node)));
    }
    draft.tags.extend(spoken(meta, "keyword", language).into_iter().filter_map(words));
}

/// A creator with a name; one that is only a code or a house's word is none.
fn creator(node: Node<'_, '_>, shows: bool) -> Option<Author> {
    let name = words_of(node, "name")?;
    let mut author = people::of(&name).into_iter().next()?;
    let role = role(node);
    if role.contains("photograph") || role.contains("camera") {
        author.does = vec![Deed::Photo];
    }
    author.role = author
        .role
        .take()
        .or_else(|| stated(node, "jobtitle").and_then(|title| title.split(':').next_back()).map(str::to_owned))
        .filter(|_| !shows);
    Some(author)
}

/// The name an element has in words: its `name`, else its literal.
fn name(node: Node<'_, '_>) -> Option<String> {
    words_of(node, "name").or_else(|| stated(node, "literal").and_then(xml::line))
}

/// The last part of what an element's code says: `stat:usable`, or a whole URI; lower case.
fn code(node: Node<'_, '_>) -> Option<String> {
    let stated = ["qcode", "uri", "literal"].iter().find_map(|name| stated(node, name))?;
    stated.trim_end_matches('/').rsplit([':', '/', '#']).next().map(str::to_lowercase)
}

/// The last part of a role, lower case.
fn role(node: Node<'_, '_>) -> String {
    let stated = ["role", "roleuri"].iter().find_map(|name| stated(node, name)).unwrap_or_default();
    stated.rsplit([':', '/', '#']).next().unwrap_or_default().to_lowercase()
}

fn lang<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    stated(node, "lang")
}

/// The children of a name in the item's language; where none says to be, all.
fn spoken<'a, 'i>(meta: Node<'a, 'i>, name: &str, language: Option<&str>) -> Vec<Node<'a, 'i>> {
    let all: Vec<Node<'_, '_>> = children(meta, name).take(MAX_ALIKE).collect();
    let own: Vec<Node<'_, '_>> = all.iter().copied().filter(|node| speaks(*node, language)).collect();
    if own.is_empty() { all } else { own }
}

/// Whether an element is in the item's language, as far as either says one.
fn speaks(node: Node<'_, '_>, language: Option<&str>) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match (lang(node), language) {
        (Some(own), Some(language)) => primary(own) == primary(language),
        _ => true,
    }
}
