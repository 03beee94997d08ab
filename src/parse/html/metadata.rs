//! What a page says about itself for search engines and other sites: `meta` elements (Open Graph, Dublin Core, plain
//! names), JSON-LD, and what the system most Chinese papers are put on the web with (方正) writes into a comment or into elements
//! of its own.

use std::collections::HashMap;

use scraper::{ElementRef, Html};
use serde_json::Value;

/// More values of one name than any page states; what follows is left out.
const MAX_VALUES: usize = 200;

/// Kinds of article that are not called one, or a posting.
const ARTICLES: [&str; 3] = ["Report", "Review", "Recipe"];

/// What LibreOffice calls a document that has no title.
const UNTITLED: &str = "- no title specified";

/// What 方正 tells of an article, by the names of its elements.
const PRINTED: [&str; 5] = ["title", "introtitle", "subtitle", "author", "date"];

/// What was stated, by lower-case name: `og:title`, `author`, `ld:headline`.
#[derive(Debug, Default)]
pub(super) struct Metadata(HashMap<String, Vec<String>>);

impl Metadata {
    /// Everything the page states. Of two values of one name, the first counts.
    pub(super) fn of(page: &Html) -> Self {
        let mut found = Self::default();
        for element in page.root_element().descendent_elements() {
            match element.value().name() {
                "meta" => found.meta(element),
                "title" => {
                    let title = element.text().collect::<String>();
                    found.add("title", title.strip_prefix(UNTITLED).unwrap_or(&title));
                }
                "script"
                    if element.attr("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json")) =>
                {
                    let text: String = element.text().collect();
                    if let Ok(value) = serde_json::from_str(text.trim()) {
                        found.linked(&value);
                    }
                }
                name if let Some(name) = name.strip_prefix("founder-").filter(|name| PRINTED.contains(name)) => {
                    found.add(&format!("founder:{name}"), &super::words(element));
                }
                _ => {}
            }
        }
        let comments = page.tree.values().filter_map(scraper::Node::as_comment);
        if let Some(told) = comments.map(|comment| comment.trim_start()).find(|told| told.starts_with("enpproperty")) {
            for name in PRINTED {
                let value = told.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</"));
                if let Some((value, _)) = value {
                    let value = Html::parse_fragment(value);
                    found.add(&format!("founder:{name}"), &super::words(value.root_element()));
                }
            }
        }
        found
    }

    /// The first value of the first of these names that is stated.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.get(*name)?.first()).map(String::as_str)
    }

    /// All values of all these names, each once.
    pub(super) fn all(&self, names: &[&str]) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in names.iter().filter_map(|name| self.0.get(*name)).flatten() {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    }

    fn add(&mut self, name: &str, value: &str) {
        let value = super::line(value);
        let values = self.0.entry(name.to_lowercase()).or_default();
        if !value.is_empty() && values.len() < MAX_VALUES {
            values.push(value);
        }
    }

    fn meta(&mut self, element: ElementRef<'_>) {
        let Some(content) = element.attr("content") else { return };
        for kind in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = element.attr(kind) {
                self.add(name.trim(), content);
            }
        }
    }

    /// JSON-LD: the first object that is an article, alone, in a list or in a graph. The parser bounds the depth.
    fn linked(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.linked(item)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.linked(graph);
                }
                let is_article = |kind: &Value| {
                    let kind = kind.as_str().map(|kind| kind.rsplit('/').next().unwrap_or_default());
                    let is_called = |k: &str| k.ends_with("Article") || k == "BlogPosting" || k == "LiveBlogPosting";
                    kind.is_some_and(|k| ARTICLES.contains(&k) || is_called(k))
                };
                let article = match object.get("@type") {
                    Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                    Some(kind) => is_article(kind),
                    None => false,
                };
                if !article || self.0.contains_key("ld:article") {
                    return;
                }
                self.add("ld:article", "true");
                for (name, value) in object {
                    self.linked_value(&format!("ld:{name}"), value);
                }
            }
            _ => {}
        }
    }

    /// A text, the name or address of an object, or a list of these.
    fn linked_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) => self.add(name, text),
            Value::Array(items) => items.iter().for_each(|item| self.linked_value(name, item)),
            Value::Object(object) => {
                let stated = ["name", "contentUrl", "url", "@id"].iter().find_map(|key| object.get(*key)?.as_str());
                if let Some(text) = stated {
                    self.add(name, text);
                }
            }
            _ => {}
        }
    }
}
