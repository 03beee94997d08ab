//! The table of a page's properties that Notion prints below its title → what they state.

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
        e.value().name() == "table"
            && e.attr("class").is_some_and(|class| class.split_whitespace().any(|c| c == "properties"))
    };
    let Some(table) = content.descendent_elements().find(is_table) else { return };
    let rows = table.descendent_elements().filter(|e| e.value().name() == "tr").take(MAX_ROWS);
    let lines: Vec<String> = rows
        .filter_map(|row| {
            let cell = |name: &str| row.child_elements().find(|e| e.value().name() == name);
            let (name, value) = (cell("th")?, cell("td")?);
            let mut values: Vec<String> = value.child_elements().map(words).filter(|value| !value.is_empty()).collect();
            if values.is_empty() {
                values.push(words(value));
            }
            let line = format!("{}: {}", words(name), values.join(", ").trim_start_matches('@'));
            front_matter::is_property(&line).then_some(line)
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let Some(said) = front_matter::properties(&lines, zone) {
        front_matter::complete(draft, said);
    }
}
