//! What site generators and Obsidian read in a Markdown text beside Markdown → Markdown, HTML or nothing, line for line:
//! Hugo's shortcodes, Jekyll's tags and attribute lists, imports, callouts, block marks, the fences of containers (`::: tip`), the
//! mark of a table of contents. In code they are code.

mod containers;
mod hugo;
mod jekyll;
mod obsidian;
mod parameters;

use std::borrow::Cow;

use memchr::memmem;

use super::fences::Fences;

/// A shortcode goes on over no more lines.
const MAX_SPAN: usize = 20;
/// Nor is a tag, or code within a line, longer, in bytes: every brace is looked behind so far.
const MAX_TAG: usize = 1000;

/// The text as any reader of Markdown understands it. `has_head`: whether it is one of a generator's files, which all begin
/// with a head; without, braces are braces.
pub(super) fn take(text: &str, has_head: bool) -> Cow<'_, str> {
    let holds = |mark: &&str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let is_marked = ["> [!", ">[!", " ^", ":::", "[TOC]", "[toc]", "[[toc]]", "[[_TOC_]]"].iter().any(holds);
    let is_braced = || holds(&"{") && ["{{", "{%", "{:", " {#", " {.", "){", "`{", "]{"].iter().any(holds);
    let is_made = has_head && (is_braced() || ["import ", "export "].iter().any(holds));
    if !is_marked && !is_made {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut fences = Fences::default();
    let mut is_silent = false;
    let mut open = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if fences.is_code(line) {
            out.push(line.to_owned());
            continue;
        }
        if matches!(line.trim(), "[TOC]" | "[toc]" | "[[toc]]" | "[[TOC]]" | "[[_TOC_]]") {
            out.push(String::new());
            continue;
        }
        if let Some(title) = containers::fence(line, &mut open) {
            out.push(title);
            continue;
        }
        let line = obsidian::without_block_mark(line);
        let line = obsidian::callout(line).map_or(Cow::Borrowed(line), Cow::Owned);
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
            if let Some(entry) = out.last_mut().filter(|entry| jekyll::is_entry(entry)) {
                entry.clear();
            }
        }
        let is_list = trimmed.starts_with("{:") && trimmed.ends_with('}');
        let made =
            if is_list { String::new() } else { within_words(jekyll::without_heading_mark(&whole), &mut is_silent) };
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
        let is_behind = out.ends_with([')', '`', ']']);
        let tag = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{:", "}"), ("{", "}")]
            .iter()
            .find_map(|(open, close)| {
                let inner = found.strip_prefix(open).filter(|_| *open != "{" || is_behind)?;
                let end = near(inner).find(close)?;
                Some((*open, inner[..end].trim(), &inner[end + close.len()..]))
            });
        let Some((open, inner, after)) = tag else {
            keep(&mut out, "{", *is_silent);
            rest = &found[1..];
            continue;
        };
        let made = match open {
            // `{{</* … */>}}` shows a shortcode.
            "{{<" | "{{%" => match inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
                Some(shown) => Some(format!("`{open}{shown}{}`", if open == "{{<" { ">}}" } else { "%}}" })),
                None => Some(hugo::shortcode(inner)),
            },
            "{{" => jekyll::variable(inner).or_else(|| hugo::call(inner)),
            "{%" => Some(jekyll::liquid(inner.trim_matches('-').trim(), is_silent)),
            "{" => containers::is_attributes(inner).then(String::new),
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
