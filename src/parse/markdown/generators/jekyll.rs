//! Jekyll's tags and variables, and the attribute lists of its Markdown → what they show.

use super::parameters::{figure, parameters};

/// What a tag of Jekyll shows.
pub(super) fn liquid(inner: &str, is_silent: &mut bool) -> String {
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    match name {
        "comment" => *is_silent = true,
        "endcomment" => *is_silent = false,
        "highlight" => return format!("```{}", rest.split_whitespace().next().unwrap_or_default()),
        "endhighlight" => return "```".to_owned(),
        "include" => {
            let parameters = parameters(rest);
            let of = |names: &[&str]| {
                let known = |name: &&str| parameters.iter().find(|(key, _)| key == name && !key.is_empty());
                names.iter().find_map(known).map(|(_, value)| value.as_str())
            };
            return figure(&of);
        }
        _ => {}
    }
    String::new()
}

/// What a variable of Jekyll's stands for, where a reader of the text can know it: addresses of the site begin at its root.
pub(super) fn variable(inner: &str) -> Option<String> {
    if matches!(inner, "site.baseurl" | "site.url") {
        return Some(String::new());
    }
    let (text, filter) = inner.split_once('|')?;
    let text = text.trim().trim_matches(['"', '\'']);
    let is_address = ["relative_url", "absolute_url", "relURL", "absURL"].contains(&filter.trim());
    (is_address && !text.contains(' ')).then(|| text.to_owned())
}

/// Whether a line is an entry of a list: the one above `{:toc}` stands for the table of contents.
pub(super) fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    ["* ", "- ", "+ ", "1. "].iter().any(|mark| line.starts_with(mark))
}

/// `## Title {#anchor .class}`
pub(super) fn without_heading_mark(line: &str) -> &str {
    let is_heading = line.starts_with('#');
    let mark = line.rfind(" {").filter(|at| {
        let mark = &line[at + 2..];
        is_heading && mark.starts_with(['#', '.']) && mark.trim_end().ends_with('}') && !mark.contains('`')
    });
    mark.map_or(line, |at| &line[..at])
}
