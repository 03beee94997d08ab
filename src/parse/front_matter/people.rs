//! What a head states about its writers → authors.

use super::node::{Node, Value, key};
use crate::article::Author;
use crate::parse::page;

/// More people than any article names; what follows is left out.
pub const MAX_PEOPLE: usize = 100;

/// The names in `Ann Smith, Bob Jones`, `张三、李四`, `Smith, Ann; Jones, Bob`. A comma divides only whole names, so that
/// `Smith, Ann` stays one person.
#[must_use]
pub fn names(text: &str) -> Vec<String> {
    let clean = |name: &str| {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // `Ann Smith <ann@example.org>`
        let name = name.split(" <").next().unwrap_or_default().trim();
        // Obsidian's links.
        name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")).unwrap_or(name).to_owned()
    };
    let text = ["By ", "by ", "BY "].iter().find_map(|by| text.trim_start().strip_prefix(by)).unwrap_or(text);
    let parts: Vec<&str> = if text.contains([';', '；']) {
        text.split([';', '；']).collect()
    } else {
        let whole = |part: &str| {
            let part = part.trim();
            part.contains(' ') || !part.is_ascii()
        };
        let commas: Vec<&str> = text.split([',', '，', '、']).collect();
        let commas = if commas.iter().all(|part| whole(part)) { commas } else { vec![text] };
        commas.into_iter().flat_map(|part| part.split(" and ")).flat_map(ampersands).collect()
    };
    let mut names: Vec<String> = Vec::new();
    for name in parts.into_iter().map(clean) {
        let name = name.strip_prefix("and ").map_or(name.clone(), str::to_owned);
        if !name.is_empty() && names.len() < MAX_PEOPLE && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `Ann Smith & Bob Jones` are two, `Ernst & Young` is one.
fn ampersands(names: &str) -> Vec<&str> {
    let parts: Vec<&str> = names.split(" & ").collect();
    if parts.iter().all(|name| name.trim().contains(' ')) { parts } else { vec![names] }
}

/// The authors a value states: a text, a list, fields, or a list of fields. None where it is something else.
pub(super) fn authors(node: &Node) -> Option<Vec<Author>> {
    let mut found = Vec::new();
    collect(node, &mut found)?;
    Some(found)
}

fn collect(node: &Node, found: &mut Vec<Author>) -> Option<()> {
    match &node.value {
        Value::Empty => {}
        // A theme's switch: `author: false`.
        Value::Scalar(text) if matches!(text.trim(), "false" | "true" | "null" | "~") => {}
        Value::Scalar(text) => match page::people(text) {
            // `本报记者 顾长风 通讯员 林晓`
            Some(people) => add(found, people),
            None => add(found, names(text).into_iter().map(Author::named)),
        },
        Value::List(items) => {
            for item in items {
                if matches!(item.value, Value::List(_)) {
                    return None;
                }
                collect(item, found)?;
            }
        }
        Value::Fields(fields) => {
            let stated = |names: &[&str]| {
                let field = fields.iter().find(|(name, node)| names.contains(&key(name).as_str()) && node.is_stated());
                field.and_then(|(_, node)| node.text()).map(str::to_owned)
            };
            let name = stated(&["name", "displayname", "title", "nickname", "login", "id"])?;
            let author = Author {
                name,
                role: stated(&["role", "jobtitle"]),
                affiliation: stated(&["affiliation", "organization", "organisation", "company"]),
                url: stated(&["url", "link", "website", "homepage", "uri", "github"])
                    .filter(|url| url.starts_with("http://") || url.starts_with("https://")),
                ..Author::default()
            };
            add(found, [author]);
        }
    }
    Some(())
}

fn add(found: &mut Vec<Author>, authors: impl IntoIterator<Item = Author>) {
    for author in authors {
        if found.len() < MAX_PEOPLE && !found.iter().any(|a| a.name == author.name) {
            found.push(author);
        }
    }
}
