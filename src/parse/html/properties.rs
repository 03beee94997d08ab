//! The table of a page's properties that Notion prints below its title, or the list of those of a document that Docutils does →
//! what they state.

use chrono_tz::Tz;
use scraper::ElementRef;

use super::words;
use crate::article::Draft;
use crate::parse::front_matter;

/// No page has more properties.
const MAX_ROWS: usize = 50;

/// Reads it. Of a property with several values, each stands in an element of its own.
pub(super) fn read(content: ElementRef<'_>, draft: &mut Draft, zone: Tz) {
    let is_table = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "table" | "dl")
            && e.attr("class").is_some_and(|class| {
                class.split_whitespace().any(|c| matches!(c, "properties" | "docinfo" | "field-list"))
            })
    };
    let Some(table) = content.descendent_elements().find(is_table) else { return };
    let rows = table.descendent_elements().filter(|e| matches!(e.value().name(), "tr" | "dt")).take(MAX_ROWS);
    let lines: Vec<String> = rows
        .filter_map(|row| {
            let cell = |name: &str| row.child_elements().find(|e| e.value().name() == name);
            let (name, value) = match row.value().name() {
                "tr" => (cell("th")?, cell("td")?),
                _ => (row, row.next_siblings().find_map(ElementRef::wrap)?),
            };
            let mut values: Vec<String> = value.child_elements().map(words).filter(|value| !value.is_empty()).collect();
            if values.is_empty() {
                values.push(words(value));
            }
            let line =
                format!("{}: {}", words(name).trim_end_matches([':', ' ']), values.join(", ").trim_start_matches('@'));
            front_matter::is_property(&line).then_some(line)
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let Some(said) = front_matter::properties(&lines, zone) {
        front_matter::complete(draft, said);
    }
}
