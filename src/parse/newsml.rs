//! NewsML-G2 (iptc.org/std/nar) and NewsML 1.2 → drafts: an item alone, or a message with several.

mod content;
mod item;
mod linked;
mod one;

use chrono_tz::Tz;
use roxmltree::{Document, Node};

use super::agency::Context;
use super::xml;
use super::{Markup, Parsed};
use crate::rejection::Rejection;

/// Items of one message: agencies send some dozens at once.
const MAX_ITEMS: usize = 1000;

/// Reads a document whose root is one of a news format's.
///
/// # Errors
/// When there is no article in it, with the reason.
pub(super) fn read(document: &Document<'_>, zone: Tz) -> Result<Parsed, Rejection> {
    let root = document.root_element();
    let mut context = Context::new(zone);
    let (markup, found) = match root.tag_name().name() {
        "newsItem" => (Markup::NewsMlG2, vec![root]),
        "newsMessage" | "itemSet" => (Markup::NewsMlG2, message(root)),
        "NewsML" => (Markup::NewsMl, xml::children(root, "NewsItem").take(MAX_ITEMS).collect()),
        "NewsItem" => (Markup::NewsMl, vec![root]),
        name => return Err(no_article(name)),
    };
    if found.is_empty() {
        return Err(Rejection::new("the message holds no items", "ask its sender for the message with its items"));
    }
    let drafts = found
        .iter()
        .map(|node| match node.tag_name().name() {
            "newsItem" => item::read(*node, &mut context),
            "NewsItem" => one::read(*node, &mut context),
            name => Err(no_article(name)),
        })
        .collect();
    let drafts = context.articles(linked::join(&found, drafts))?;
    Ok(context.parsed(markup, drafts))
}

/// The items of a message, of whatever kind.
fn message<'a, 'i>(root: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let sets: Vec<Node<'_, '_>> = xml::children(root, "itemSet").collect();
    let sets = if sets.is_empty() { vec![root] } else { sets };
    let is_item = |node: &Node<'_, '_>| node.is_element() && node.tag_name().name().ends_with("Item");
    sets.into_iter().flat_map(|set| set.children().filter(is_item).collect::<Vec<_>>()).take(MAX_ITEMS).collect()
}

/// What is sent as NewsML and is no article.
pub(super) fn no_article(name: &str) -> Rejection {
    let reason = match name {
        "packageItem" => "it is a package, a list of other items, and no article".to_owned(),
        "conceptItem" | "knowledgeItem" => "it describes concepts (names and codes), and is no article".to_owned(),
        "planningItem" => "it describes what is planned, and is no article".to_owned(),
        "catalogItem" => "it lists vocabularies, and is no article".to_owned(),
        part => format!("it is a fragment, the <{part}> of an item without the item itself"),
    };
    Rejection::new(reason, "ask its sender for the items themselves, and drop these")
}
