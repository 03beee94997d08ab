//! Turns any text into tags that nest properly and not too deep, before a tree is built of it. An HTML parser takes
//! quadratic time for unclosed or deeply nested elements; for what leaves here it is linear.
//! Tokens are cut as the HTML standard (section 13.2.5) does; what is not on the list of kept elements goes here.

use super::policy::TAGS;
use crate::article::{is_printable, printable};

/// How deep elements may nest in a body: print and web articles stay below 20, and readers recurse.
pub const MAX_DEPTH: usize = 48;

/// How many attributes of an element are read: no honest one has more.
pub const MAX_ATTRIBUTES: usize = 32;

/// Elements without content.
const VOID: &[&str] = &["br", "col", "hr", "img", "source", "wbr"];

/// Elements whose content is no text for readers, or not HTML. They go with all that is in them.
#[rustfmt::skip]
const DROPPED: &[&str] = &[
    "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "select", "button", "svg", "object",
    "template", "datalist", "canvas",
];

/// Those of them whose content the tokenizer reads as raw text: without an end tag they reach to the end.
const RAW: &[&str] = &["script", "style", "title", "textarea", "iframe", "noembed", "noframes"];

/// Elements that end an open paragraph.
#[rustfmt::skip]
const CLOSES_P: &[&str] = &[
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "ul",
];

/// Elements that nothing inside them may close.
const SCOPES: &[&str] = &["table", "caption", "td", "th"];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// The markup with all tags properly nested, all kept ones closed, and nothing in it but kept elements and text.
pub(super) fn balanced(html: &str) -> String {
    let mut writer = Balance { out: String::with_capacity(html.len() + html.len() / 8), open: Vec::new() };
    let mut endless: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        let tag = &rest[at + 1..];
        let first = tag.chars().next().unwrap_or(' ');
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = after_comment(comment);
        } else if first.is_ascii_alphabetic() {
            let (name, attributes, after) = start_tag(tag);
            rest = after;
            if let Some(dropped) = DROPPED.iter().find(|d| **d == name) {
                if *dropped == "iframe" {
                    writer.frame(&attributes);
                }
                if endless.contains(dropped) {
                    continue;
                }
                match end_tag_of(dropped, rest) {
                    Some(after) => rest = after,
                    None if RAW.contains(dropped) => rest = "",
                    None => endless.push(dropped),
                }
            } else if let Some(kept) = TAGS.iter().find(|k| **k == name) {
                writer.start(kept, &attributes);
            } else if name == "input" {
                writer.task(&attributes);
            } else {
                writer.boundary(&name);
            }
        } else if first == '/' && tag[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, _, after) = start_tag(&tag[1..]);
            rest = after;
            writer.end(&name);
        } else if matches!(first, '!' | '?' | '/') {
            rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
        } else {
            writer.out.push_str("&lt;");
            rest = tag;
        }
    }
    writer.text(rest);
    writer.close_down_to(0);
    writer.out
}

/// What follows a comment whose opening was just read.
fn after_comment(comment: &str) -> &str {
    if let Some(after) = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
        return after;
    }
    let mut from = 0;
    while let Some(at) = comment[from..].find("--") {
        let after = &comment[from + at + 2..];
        if let Some(after) = after.strip_prefix('>').or_else(|| after.strip_prefix("!>")) {
            return after;
        }
        from += at + 1;
    }
    ""
}

/// What follows the end tag of `name`, searched without regard to what stands between.
fn end_tag_of<'a>(name: &str, html: &'a str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let tag = &html[from + at + 2..];
        let matches = tag.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name));
        if matches && tag[name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')) {
            return Some(start_tag(tag).2);
        }
        from += at + 2;
    }
    None
}

/// The raw attributes of a tag: names in lower case, values as written, character references and all.
type Attributes<'a> = Vec<(String, &'a str)>;

/// The name in lower case, the attributes, and what follows the `>`; a tag without one reaches to the end.
fn start_tag(tag: &str) -> (String, Attributes<'_>, &str) {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    let end = tag.find(ends).unwrap_or(tag.len());
    let name = tag[..end].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut rest = &tag[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (name, attributes, "");
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name, attributes, after);
        }
        // A name may begin with `=`; otherwise it ends there.
        let skip = usize::from(rest.starts_with('='));
        let end = rest[skip..].find(|c| ends(c) || c == '=').map_or(rest.len(), |e| e + skip);
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(quote) = quote {
                let Some(end) = after[1..].find(quote) else { return (name, attributes, "") };
                (value, rest) = (&after[1..=end], &after[end + 2..]);
            } else {
                let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
                (value, rest) = (&after[..end], &after[end..]);
            }
        }
        if attributes.len() < MAX_ATTRIBUTES {
            attributes.push((key, value));
        }
    }
}

/// Writes tags so that they nest.
struct Balance {
    out: String,
    /// The open elements, outermost first; at most [`MAX_DEPTH`].
    open: Vec<&'static str>,
}

impl Balance {
    /// Text as written: its character references are resolved by the parser to come.
    fn text(&mut self, text: &str) {
        if text.contains('\r') {
            self.out.extend(text.chars().filter(|c| is_printable(*c) || *c == '\r'));
        } else {
            self.out.push_str(&printable(text));
        }
    }

    /// What no longer stands between two texts must not glue their words.
    fn boundary(&mut self, name: &str) {
        if matches!(name, "body" | "html" | "head" | "form" | "center" | "nav" | "option" | "fieldset" | "label") {
            self.out.push(' ');
        }
    }

    /// A box that nobody can tick is what a list of tasks says of each.
    fn task(&mut self, attributes: &Attributes<'_>) {
        let has = |key: &str| attributes.iter().any(|(k, _)| k == key);
        if has("disabled") && attributes.iter().any(|(k, v)| k == "type" && v.eq_ignore_ascii_case("checkbox")) {
            self.text(if has("checked") { "☑" } else { "☐" });
        }
    }

    /// A frame is not shown; a link to what it showed takes its place.
    fn frame(&mut self, attributes: &Attributes<'_>) {
        let find =
            |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| *v).filter(|v| !v.trim().is_empty());
        let Some(src) = find("src") else { return };
        let words = find("title").unwrap_or(src).replace('<', "&lt;");
        self.start("a", &vec![("href".to_owned(), src)]);
        self.text(&words);
        self.end("a");
    }

    fn start(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        if CLOSES_P.contains(&name) {
            self.close_within("p", SCOPES);
        }
        match name {
            "li" => self.close_within("li", &["ul", "ol", "table", "td", "th", "caption"]),
            "dd" | "dt" => {
                self.close_within("dd", &["dl", "table", "td", "th", "caption"]);
                self.close_within("dt", &["dl", "table", "td", "th", "caption"]);
            }
            "a" => self.close_within("a", SCOPES),
            "rt" | "rp" if matches!(self.open.last(), Some(&("rt" | "rp"))) => self.close_down_to(self.open.len() - 1),
            _ if HEADINGS.contains(&name) && self.open.last().is_some_and(|top| HEADINGS.contains(top)) => {
                self.close_down_to(self.open.len() - 1);
            }
            "tr" if !self.close_to_parent(&["tbody", "thead", "tfoot", "table"]) => return,
            "td" | "th" if !self.close_to_parent(&["tr", "tbody", "thead", "tfoot", "table"]) => {
                self.out.push(' ');
                return;
            }
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" if !self.close_to_parent(&["table"]) => return,
            "col" if !self.close_to_parent(&["colgroup", "table"]) => return,
            _ => {}
        }
        let void = VOID.contains(&name);
        if !void && self.open.len() >= MAX_DEPTH {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            if !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                self.out.push(' ');
                self.out.push_str(key);
                self.out.push_str("=\"");
                for c in value.chars().filter(|c| is_printable(*c)) {
                    if c == '"' { self.out.push_str("&quot;") } else { self.out.push(c) }
                }
                self.out.push('"');
            }
        }
        self.out.push('>');
        if !void {
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table" => self.close_within(name, &[]),
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => self.close_within(name, &["table"]),
            "br" => self.out.push_str("<br>"),
            _ if TAGS.contains(&name) => self.close_within(name, SCOPES),
            _ => self.boundary(name),
        }
    }

    /// Closes the innermost `name` with all that is in it, unless one of `walls` stands between.
    fn close_within(&mut self, name: &str, walls: &[&str]) {
        for (depth, open) in self.open.iter().enumerate().rev() {
            if *open == name {
                return self.close_down_to(depth);
            }
            if walls.contains(open) {
                return;
            }
        }
    }

    /// Closes what stands inside the innermost of `parents`; false if there is none.
    fn close_to_parent(&mut self, parents: &[&str]) -> bool {
        let found = self.open.iter().rposition(|open| parents.contains(open));
        if let Some(depth) = found {
            self.close_down_to(depth + 1);
        }
        found.is_some()
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }
}
