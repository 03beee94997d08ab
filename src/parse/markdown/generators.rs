//! What site generators and Obsidian read in a Markdown text beside Markdown → Markdown, HTML or nothing, line for line:
//! Hugo's shortcodes, Jekyll's tags and attribute lists, imports, callouts, block marks. In code they are code.

use std::borrow::Cow;

use super::fences::Fences;

/// A shortcode goes on over no more lines.
const MAX_SPAN: usize = 20;
/// Nor is a tag, or code within a line, longer, in bytes: every brace is looked behind so far.
const MAX_TAG: usize = 1000;
/// Nor has it more parameters.
const MAX_PARAMETERS: usize = 50;
/// The callouts that the parser of Markdown knows itself.
const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// The text as any reader of Markdown understands it. `has_head`: whether it is one of a generator's files, which all begin
/// with a head; without, braces are braces.
pub(super) fn take(text: &str, has_head: bool) -> Cow<'_, str> {
    let is_marked = text.contains("> [!") || text.contains(">[!") || text.contains(" ^");
    let is_made =
        has_head && ["{{", "{%", "{:", " {#", " {.", "import ", "export "].iter().any(|mark| text.contains(mark));
    if !is_marked && !is_made {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut fences = Fences::default();
    let mut is_silent = false;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if fences.is_code(line) {
            out.push(line.to_owned());
            continue;
        }
        let line = without_block_mark(line);
        let line = callout(line).map_or(Cow::Borrowed(line), Cow::Owned);
        if !is_made {
            out.push(line.into_owned());
            continue;
        }
        if is_import(&line) {
            out.push(String::new());
            continue;
        }
        // A tag that is not closed on its line.
        let mut whole = line.into_owned();
        let mut blank = 0;
        while is_open(&whole) && blank < MAX_SPAN && at < lines.len() && !lines[at].is_empty() {
            whole.push(' ');
            whole.push_str(lines[at]);
            at += 1;
            blank += 1;
        }
        let trimmed = whole.trim();
        if trimmed == "{:toc}" || trimmed.starts_with("{:toc ") {
            // The entry that stands for the table of contents.
            if let Some(entry) = out.last_mut().filter(|entry| is_entry(entry)) {
                entry.clear();
            }
        }
        let is_list = trimmed.starts_with("{:") && trimmed.ends_with('}');
        let made = if is_list { String::new() } else { within_words(&without_heading_mark(&whole), &mut is_silent) };
        // What was a tag and nothing else leaves nothing that would be indented.
        out.push(if made.trim().is_empty() { String::new() } else { made });
        out.extend(std::iter::repeat_n(String::new(), blank));
    }
    Cow::Owned(out.join("\n"))
}

/// `import Box from '../Box.astro';`, `export const x = 1;`
fn is_import(line: &str) -> bool {
    let ends = line.ends_with(';') || line.ends_with('\'') || line.ends_with('"');
    let imports = line.starts_with("import ") && (line.contains(" from '") || line.contains(" from \""));
    ends && (imports
        || line.starts_with("export const ")
        || line.starts_with("import '")
        || line.starts_with("import \""))
}

fn is_open(line: &str) -> bool {
    let open = |mark: &str, end: &str| {
        line.rfind(mark)
            .is_some_and(|at| !line[at..].contains(end) && line[..at].matches('`').count().is_multiple_of(2))
    };
    open("{{<", ">}}") || open("{{%", "%}}") || open("{%", "%}")
}

fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    ["* ", "- ", "+ ", "1. "].iter().any(|mark| line.starts_with(mark))
}

/// `## Title {#anchor .class}`
fn without_heading_mark(line: &str) -> String {
    let is_heading = line.starts_with('#');
    let mark = line.rfind(" {").filter(|at| {
        let mark = &line[at + 2..];
        is_heading && mark.starts_with(['#', '.']) && mark.trim_end().ends_with('}') && !mark.contains('`')
    });
    mark.map_or(line, |at| &line[..at]).to_owned()
}

/// `… words ^a1b2c3`: what Obsidian links to.
fn without_block_mark(line: &str) -> &str {
    let Some((words, mark)) = line.rsplit_once(" ^") else { return line };
    let is_mark = mark.len() >= 4 && mark.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_mark && words.matches('`').count().is_multiple_of(2) && words.matches('$').count().is_multiple_of(2) {
        words
    } else {
        line
    }
}

/// `> [!quote]- Title` as a quotation under its title; those that the parser knows keep their mark.
fn callout(line: &str) -> Option<String> {
    let quoted = line.trim_start();
    let marks = quoted.len() - quoted.trim_start_matches(['>', ' ']).len();
    let (kind, title) = quoted[marks..].strip_prefix("[!")?.split_once(']')?;
    if !quoted.starts_with('>') || kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || "-_|".contains(c)) {
        return None;
    }
    let marks = &line[..line.len() - quoted.len() + marks];
    let title = title.trim_start_matches(['+', '-']).trim();
    let kind = kind.split('|').next().unwrap_or_default().to_lowercase();
    if ALERTS.contains(&kind.as_str()) {
        return Some(format!("{marks}[!{}] {title}", kind.to_uppercase()).trim_end().to_owned());
    }
    if !title.is_empty() {
        return Some(format!("{marks}**{title}**  "));
    }
    // A quotation needs no word that it is one.
    let is_quotation = matches!(kind.as_str(), "quote" | "cite");
    let mut letters = kind.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    Some(if is_quotation { marks.to_owned() } else { format!("{marks}**{first}{}**  ", letters.as_str()) })
}

/// A line without the tags in its running words.
fn within_words(line: &str, is_silent: &mut bool) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '{']) {
        let found = &rest[at..];
        if found.starts_with('`') {
            let ticks = found.bytes().take_while(|b| *b == b'`').count();
            let close = near(&found[ticks..]).find(&found[..ticks]).map_or(ticks, |close| close + 2 * ticks);
            keep(&mut out, &rest[..at + close], *is_silent);
            rest = &rest[at + close..];
            continue;
        }
        keep(&mut out, &rest[..at], *is_silent);
        let tag = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{:", "}")].iter().find_map(
            |(open, close)| {
                let inner = found.strip_prefix(open)?;
                let end = near(inner).find(close)?;
                Some((*open, inner[..end].trim(), &inner[end + close.len()..]))
            },
        );
        let Some((open, inner, after)) = tag else {
            keep(&mut out, "{", *is_silent);
            rest = &found[1..];
            continue;
        };
        let made = match open {
            // `{{</* … */>}}` shows a shortcode.
            "{{<" | "{{%" => match inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
                Some(shown) => Some(format!("`{open}{shown}{}`", if open == "{{<" { ">}}" } else { "%}}" })),
                None => Some(shortcode(inner)),
            },
            "{{" => variable(inner),
            "{%" => Some(liquid(inner.trim_matches('-').trim(), is_silent)),
            _ => out.ends_with([')', '*', '_', '`', ']']).then(String::new),
        };
        match made {
            Some(made) => {
                keep(&mut out, &made, *is_silent);
                rest = after;
            }
            None => {
                keep(&mut out, "{", *is_silent);
                rest = &found[1..];
            }
        }
    }
    keep(&mut out, rest, *is_silent);
    out
}

/// As much of a text as may belong to a tag that begins it.
fn near(text: &str) -> &str {
    let mut end = text.len().min(MAX_TAG);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn keep(out: &mut String, text: &str, is_silent: bool) {
    if !is_silent {
        out.push_str(text);
    }
}

/// What a shortcode of Hugo or Zola shows. What stands between two of them stays.
fn shortcode(inner: &str) -> String {
    let inner = inner.trim_end_matches('/').trim();
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let parameters = parameters(rest);
    let of = |names: &[&str]| {
        names.iter().find_map(|name| parameters.iter().find(|(key, _)| key == name)).map(|(_, value)| value.as_str())
    };
    match name {
        "figure" | "img" | "image" | "picture" => figure(&of),
        "youtube" => of(&["id", ""]).map_or(String::new(), |id| address("https://www.youtube.com/watch?v=", id)),
        "vimeo" => of(&["id", ""]).map_or(String::new(), |id| address("https://vimeo.com/", id)),
        "tweet" | "x" => match (of(&["user"]), of(&["id"])) {
            (Some(user), Some(id)) => address("https://twitter.com/", &format!("{user}/status/{id}")),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// What a tag of Jekyll shows.
fn liquid(inner: &str, is_silent: &mut bool) -> String {
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
fn variable(inner: &str) -> Option<String> {
    if matches!(inner, "site.baseurl" | "site.url") {
        return Some(String::new());
    }
    let (text, filter) = inner.split_once('|')?;
    let text = text.trim().trim_matches(['"', '\'']);
    let is_address = ["relative_url", "absolute_url", "relURL", "absURL"].contains(&filter.trim());
    (is_address && !text.contains(' ')).then(|| text.to_owned())
}

/// `src="a.jpg" caption="A ferry" 300`: names and values; one without a name has an empty one.
fn parameters(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while found.len() < MAX_PARAMETERS {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=\"'`".contains(c)).unwrap_or(rest.len());
        let (mut name, mut after) = (&rest[..end], &rest[end..]);
        if let Some(value) = after.trim_start().strip_prefix('=') {
            after = value.trim_start();
        } else if !name.is_empty() {
            found.push((String::new(), name.to_owned()));
            rest = after;
            continue;
        } else {
            name = "";
        }
        let quote = after.chars().next().filter(|c| "\"'`".contains(*c));
        let value = match quote {
            Some(quote) => after[1..].split(quote).next().unwrap_or_default(),
            None => after.split(char::is_whitespace).next().unwrap_or_default(),
        };
        let taken = value.len() + if quote.is_some() { 2 } else { 0 };
        found.push((name.to_lowercase(), value.to_owned()));
        rest = after.get(taken..).unwrap_or_default();
        // What makes no way would be read for ever.
        if value.is_empty() && quote.is_none() {
            break;
        }
    }
    found
}

fn figure<'a>(of: &impl Fn(&[&str]) -> Option<&'a str>) -> String {
    let Some(address) = of(&["src", "url", "image_path", "image", "file", "path"]) else { return String::new() };
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let is_picture = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
        [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"].iter().any(|ending| path.ends_with(ending))
    };
    if !is_picture(address) {
        return String::new();
    }
    let plain = |text: &str| escaped(&text.replace(['*', '`'], ""));
    let words: Vec<String> = [&["caption", "description"][..], &["attr", "credit"]]
        .iter()
        .filter_map(|names| of(names))
        .map(plain)
        .collect();
    let words = if words.is_empty() { of(&["title"]).map(plain).into_iter().collect() } else { words };
    let alt = of(&["alt"]).map(plain).unwrap_or_default();
    let caption =
        if words.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", words.join(" ")) };
    format!("<figure><img src=\"{}\" alt=\"{alt}\">{caption}</figure>", escaped(address))
}

fn address(site: &str, path: &str) -> String {
    let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
    if is_path { format!("<{site}{path}>") } else { String::new() }
}
