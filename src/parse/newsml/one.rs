//! A `NewsItem` of NewsML 1.2 that carries one text → a draft. Its components nest freely: the first that has a text is the
//! article, pictures beside it are its pictures.

use roxmltree::Node;

use super::content;
use crate::article::{Draft, Status};
use crate::parse::agency::pictures::{self, Picture, Rendition};
use crate::parse::agency::{self, Context, people};
use crate::parse::xml::{self, at, below, child, children, stated, words, words_of};
use crate::rejection::Rejection;

/// Components of an item that are looked through for pictures.
const MAX_COMPONENTS: usize = 300;
/// Parts of a picture with its words.
const MAX_PARTS: usize = 50;

/// Reads an item.
///
/// # Errors
/// When it carries no text, or several.
pub(super) fn read(item: Node<'_, '_>, context: &mut Context) -> Result<Draft, Rejection> {
    let mut draft = Draft::default();
    if let Some(identifier) = at(item, &["Identification", "NewsIdentifier"]) {
        identify(identifier, &mut draft);
    }
    if let Some(management) = child(item, "NewsManagement") {
        manage(management, &mut draft, context)?;
    }
    let Some(component) = child(item, "NewsComponent") else {
        return agency::holds_something(draft);
    };
    let texts = texts(component);
    if texts.len() > 1 && !are_alternatives(component) {
        let reason = format!("it carries {} texts, and only items with one are read", texts.len());
        return Err(Rejection::new(reason, "ask its sender for one item a text"));
    }
    let language = stated(component, "lang").or_else(|| stated(item, "lang"));
    draft.language = below(component, "Language")
        .and_then(|node| stated(node, "FormalName"))
        .or(language)
        .and_then(|tag| agency::language(Some(tag)));
    // What stands nearest to the text says most of it.
    let from = texts.first().copied().unwrap_or(component);
    for node in from.ancestors().filter(|node| xml::is(*node, "NewsComponent")) {
        if let Some(lines) = child(node, "NewsLines") {
            printed(lines, &mut draft, context);
        }
        describe(node, &mut draft);
    }
    if let Some(data) = texts.first().and_then(|content| child(*content, "DataContent")) {
        content::take(content::marked_up(data, context)?, &mut draft);
    }
    media(component, &mut draft);
    agency::holds_something(draft)
}

/// The id names the item whatever its revision: `urn:newsml:PROVIDER:DATE:ITEM`.
fn identify(identifier: Node<'_, '_>, draft: &mut Draft) {
    let part = |name: &str| words_of(identifier, name);
    let revision = child(identifier, "RevisionId");
    draft.version = agency::version(revision.and_then(words).as_deref());
    draft.id = match (part("ProviderId"), part("DateId"), part("NewsItemId")) {
        (Some(provider), Some(date), Some(item)) => Some(format!("urn:newsml:{provider}:{date}:{item}")),
        _ => part("PublicIdentifier"),
    };
}

fn manage(management: Node<'_, '_>, draft: &mut Draft, context: &mut Context) -> Result<(), Rejection> {
    let word = |name: &str| child(management, name).and_then(|node| stated(node, "FormalName"));
    draft.updated = context.date("ThisRevisionCreated", words_of(management, "ThisRevisionCreated").as_deref());
    draft.as_of = agency::moment(draft.updated);
    draft.date = context.date("FirstCreated", words_of(management, "FirstCreated").as_deref()).or(draft.updated);
    draft.urgency = agency::urgency(word("Urgency"));
    let status = word("Status").unwrap_or_default();
    if status.eq_ignore_ascii_case("embargoed") {
        let until = at(management, &["StatusWillChange", "DateAndTime"]).map(|node| words(node).unwrap_or_default());
        draft.embargo = context.embargo("StatusWillChange", until.as_deref())?;
    }
    context.state(status, draft)?;
    if word("Instruction").is_some_and(|order| ["delete", "kill", "cancel"].contains(&order.to_lowercase().as_str())) {
        draft.status = Status::Canceled;
    }
    Ok(())
}

/// The lines printed around a text.
fn printed(lines: Node<'_, '_>, draft: &mut Draft, context: &Context) {
    let line = |name: &str| words_of(lines, name);
    draft.headline = draft.headline.take().or_else(|| line("HeadLine"));
    draft.subhead = draft.subhead.take().or_else(|| line("SubHeadLine"));
    if draft.authors.is_empty() {
        draft.authors = children(lines, "ByLine").filter_map(words).flat_map(|by| people::of(&by)).collect();
    }
    let is_place = |text: &String| crate::parse::dates::read(text, context.zone).is_none();
    draft.dateline = draft.dateline.take().or_else(|| line("DateLine").filter(is_place));
    draft.source = draft.source.take().or_else(|| line("CreditLine"));
    draft.rights = draft.rights.take().or_else(|| line("CopyrightLine"));
    draft.slug = draft.slug.take().or_else(|| line("SlugLine"));
    if draft.tags.is_empty() {
        let keywords = children(lines, "KeywordLine").filter_map(words);
        draft.tags = keywords.flat_map(|line| line.split([',', ';']).map(str::to_owned).collect::<Vec<_>>()).collect();
    }
}

/// What is said of a component apart from its lines.
fn describe(component: Node<'_, '_>, draft: &mut Draft) {
    if draft.source.is_none() {
        let party = at(component, &["AdministrativeMetadata", "Provider", "Party"]);
        draft.source = party.and_then(|node| stated(node, "FormalName")).map(str::to_owned);
    }
    if draft.rights.is_none() {
        let copyright = at(component, &["RightsMetadata", "Copyright"]);
        let holder = copyright.and_then(|node| words_of(node, "CopyrightHolder"));
        draft.rights = agency::rights(None, holder, None);
    }
}

/// The content items with a text, captions of pictures not counted. The depth was bounded when the file was prepared.
fn texts<'a, 'i>(component: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    collect(component, &mut found);
    found
}

fn collect<'a, 'i>(component: Node<'a, 'i>, found: &mut Vec<Node<'a, 'i>>) {
    let role = child(component, "Role").and_then(|role| stated(role, "FormalName")).unwrap_or_default().to_lowercase();
    if ["caption", "photo", "picture", "image", "abstract", "summary"].iter().any(|word| role.contains(word)) {
        return;
    }
    let is_text = |node: &Node<'_, '_>| {
        let kind = child(*node, "MediaType").and_then(|kind| stated(kind, "FormalName"));
        child(*node, "DataContent").is_some_and(|data| words(data).is_some())
            && kind.is_none_or(|kind| kind.eq_ignore_ascii_case("text"))
    };
    for node in component.children().filter(|node| node.is_element()) {
        if xml::is(node, "ContentItem") && is_text(&node) {
            found.push(node);
        } else {
            collect(node, found);
        }
    }
}

/// Whether components are the same in other forms or languages, of which one is to be chosen.
fn are_alternatives(component: Node<'_, '_>) -> bool {
    component
        .descendants()
        .any(|node| stated(node, "EquivalentsList").is_some_and(|list| list.eq_ignore_ascii_case("yes")))
}

/// Pictures and sounds beside the text, each component's best.
fn media(component: Node<'_, '_>, draft: &mut Draft) {
    let mut pictures: Vec<Picture> = Vec::new();
    for node in component.descendants().filter(|node| xml::is(*node, "NewsComponent")).take(MAX_COMPONENTS) {
        let renditions: Vec<Rendition> = children(node, "ContentItem").filter_map(rendition).collect();
        if let Some(sound) = pictures::best_sound(&renditions) {
            pictures::enclose(draft, sound);
        }
        if let Some(image) = pictures::best_image(&renditions) {
            let caption = captioned(node);
            let credit = child(node, "NewsLines")
                .and_then(|lines| words_of(lines, "CreditLine").or_else(|| words_of(lines, "ByLine")));
            pictures.push(Picture { href: image.href.clone(), caption, credit });
        }
    }
    pictures::place(draft, pictures);
}

/// The caption that stands in the picture's component, or beside it.
fn captioned(picture: Node<'_, '_>) -> Option<String> {
    let is_caption = |node: &Node<'_, '_>| {
        let role = child(*node, "Role").and_then(|role| stated(role, "FormalName")).unwrap_or_default();
        role.to_lowercase().contains("caption")
    };
    let around = picture.parent().filter(|above| xml::is(*above, "NewsComponent"));
    [Some(picture), around].into_iter().flatten().find_map(|scope| {
        let mut parts = children(scope, "NewsComponent").take(MAX_PARTS).filter(is_caption);
        parts.find_map(|node| below(node, "DataContent").and_then(words))
    })
}

fn rendition(content: Node<'_, '_>) -> Option<Rendition> {
    let named = |name: &str| {
        child(content, name).and_then(|node| stated(node, "FormalName")).unwrap_or_default().to_lowercase()
    };
    let property = |name: &str| {
        let all = content.descendants().filter(|node| xml::is(*node, "Property"));
        all.filter(|node| stated(*node, "FormalName").is_some_and(|n| n.eq_ignore_ascii_case(name)))
            .find_map(|node| stated(node, "Value")?.parse().ok())
    };
    let kind = match named("MediaType").as_str() {
        "photo" | "picture" | "graphic" | "image" => "image/".to_owned(),
        "video" | "animation" => "video".to_owned(),
        "audio" => "audio".to_owned(),
        _ => String::new(),
    };
    let mime = child(content, "MimeType").and_then(|node| stated(node, "FormalName")).map(str::to_lowercase);
    Some(Rendition {
        href: pictures::address(stated(content, "Href")?)?,
        media_type: mime.unwrap_or(kind),
        width: property("Width").unwrap_or(0),
        height: property("Height").unwrap_or(0),
        bytes: at(content, &["Characteristics", "SizeInBytes"]).and_then(words).and_then(|text| text.parse().ok()),
        name: String::new(),
    })
}
