//! A sidecar (`story.yaml`, `.yml`, `.json`, `.toml` beside `story.txt`) → what front matter would state, and for a page
//! with several articles what it states of each.

use chrono_tz::Tz;

use super::front_matter::{self, Head, Node, Value, fill_from, key};
use crate::article::Draft;
use crate::rejection::Rejection;

/// More items than any page has.
const MAX_ITEMS: usize = 500;

/// Under which names the list of items stands.
const ITEMS: [&str; 4] = ["items", "articles", "稿件", "文章"];
/// Under which names an item says which headline it means, as it is printed.
const PRINTED: [&str; 4] = ["headline", "match", "原题", "原題"];
/// Under which names an item says what it is called; without one of the names above, the headline it means as well.
const TITLE: [&str; 3] = ["title", "标题", "標題"];

/// What a sidecar states.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sidecar {
    /// Of the file's article, or of all its articles.
    pub stated: Draft,
    /// Of single articles.
    pub items: Vec<Item>,
    /// What was left out, in plain sentences.
    pub doubts: Vec<String>,
}

/// What a sidecar states of one article of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The headline it means, as printed.
    pub printed: String,
    /// What it states.
    pub stated: Draft,
}

/// Reads a text whose line ends are `\n`. Dates without a zone are in `zone`.
///
/// # Errors
/// When it is not in the notation of its extension, or a value is none of what its name says; with line and column.
pub fn read(text: &str, extension: &str, zone: Tz) -> Result<Sidecar, Rejection> {
    let head = front_matter::whole(text, extension)?;
    let mut sidecar = Sidecar::default();
    sidecar.doubts = front_matter::fill(&head, &mut sidecar.stated, zone)?;
    let listed =
        head.fields.fields().iter().find(|(name, node)| ITEMS.contains(&key(name).as_str()) && node.is_stated());
    let Some((name, node)) = listed else { return Ok(sidecar) };
    let Value::List(items) = &node.value else {
        let hint = "it should be a list, each with the `headline` it means";
        return Err(head.reject(node.at, format!("the field `{name}` is no list"), hint));
    };
    if items.len() > MAX_ITEMS {
        let reason = format!("the field `{name}` lists more than {MAX_ITEMS} items");
        return Err(head.reject(node.at, reason, "a page has fewer"));
    }
    for node in items {
        let (item, doubts) = item(&head, node, zone)?;
        sidecar.items.push(item);
        sidecar.doubts.extend(doubts);
    }
    Ok(sidecar)
}

fn item(head: &Head<'_>, node: &Node, zone: Tz) -> Result<(Item, Vec<String>), Rejection> {
    let find = |names: &[&str]| {
        let field = node.fields().iter().find(|(name, value)| names.contains(&key(name).as_str()) && value.is_stated());
        field.and_then(|(_, value)| value.text()).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let title = find(&TITLE);
    let Some(printed) = find(&PRINTED).or_else(|| title.clone()) else {
        let hint = "say with `headline` which article of the page it means";
        return Err(head.reject(node.at, "an item names no headline", hint));
    };
    let mut stated = Draft::default();
    let doubts = fill_from(head, node.fields(), &mut stated, zone)?;
    stated.headline = title;
    Ok((Item { printed, stated }, doubts))
}
