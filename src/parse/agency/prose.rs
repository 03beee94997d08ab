//! Texts as agencies put them into their fields, plain or marked up → HTML in paragraphs, and the words at its beginning.

use std::ops::Range;

use chrono_tz::Tz;

use crate::parse::{MAX_MARKS, MAX_TEXT, html, page, text, xml};

/// Elements that part a text into blocks: where one stands, nobody need divide it.
const BLOCKS: [&str; 14] =
    ["p", "div", "h1", "h2", "h3", "ul", "ol", "table", "blockquote", "section", "article", "pre", "figure", "br"];
/// Those of them that hold a line of the text.
const PARAGRAPHS: [&str; 5] = ["p", "h1", "h2", "h3", "h4"];
/// Lines this short, in characters, were not wrapped but meant: tables and verse.
const SHORT: usize = 50;

/// Characters of a block that are looked at for what a text begins with.
const MAX_BEGINNING: usize = 2000;
/// The same for what is no part of the text: a note for desks is shorter.
const MAX_LINE: usize = 400;

/// A plain text in paragraphs: blank lines and indents part them, wrapped lines are joined, short lines stay lines.
pub(in crate::parse) fn plain(source: &str) -> String {
    // What will be refused as too long or too full need not be divided first.
    if source.len() > MAX_TEXT || source.matches('\n').count() > MAX_MARKS {
        return page::escape(source).replace('\n', "<br>\n");
    }
    let lines = page::lines(source);
    let average = lines.iter().map(|line| line.text.chars().count()).sum::<usize>() / lines.len().max(1);
    let parted = lines.iter().skip(1).any(|line| line.gap > 0);
    if parted && average < SHORT && lines.len() > 2 {
        return stanzas(&lines);
    }
    text::paragraphs(&lines).iter().map(|paragraph| text::html(paragraph)).collect()
}

/// Blocks between blank lines, their lines kept.
fn stanzas(lines: &[page::Line]) -> String {
    let mut html = String::new();
    for line in lines {
        if html.is_empty() || line.gap > 0 {
            html.push_str(if html.is_empty() { "<p>" } else { "</p>\n<p>" });
        } else {
            html.push_str("<br>\n");
        }
        html.push_str(&page::escape(&line.text));
    }
    html.push_str("</p>\n");
    html
}

/// A text that is HTML, or says so: a whole document, a fragment, words without any markup, or markup escaped once more.
pub(in crate::parse) fn marked_up(source: &str, zone: Tz) -> String {
    let source = source.trim();
    let lower: String = source.chars().take(400).flat_map(char::to_lowercase).collect();
    if ["<html", "<body", "<!doctype", "<article", "<?xml"].iter().any(|start| lower.contains(start)) {
        return html::text(source, zone).unwrap_or_default();
    }
    if !source.contains('<') && source.contains("&lt;p") && source.contains("&gt;") {
        let once = source.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        return marked_up(&once, zone);
    }
    if let Some(parted) = parted_by_breaks(source) {
        return parted;
    }
    if has_blocks(source) {
        return source.to_owned();
    }
    let paragraphs = source.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    paragraphs.map(|text| format!("<p>{text}</p>\n")).collect()
}

/// A text whose paragraphs are parted by two line breaks, and by nothing else, in paragraphs.
fn parted_by_breaks(source: &str) -> Option<String> {
    let is = |tag: &str, name: &str| tag.eq_ignore_ascii_case(name);
    if tags(source).any(|tag| BLOCKS.iter().any(|block| is(tag, block) && !is(tag, "br"))) {
        return None;
    }
    let (mut lines, mut start) = (Vec::new(), 0);
    for (at, _) in
        source.match_indices('<').filter(|(at, _)| tags(&source[*at..]).next().is_some_and(|tag| is(tag, "br")))
    {
        // `<br <br>`
        if at < start {
            continue;
        }
        lines.push(source[start..at].trim());
        start = source[at..].find('>').map_or(source.len(), |end| at + end + 1);
    }
    lines.push(source[start..].trim());
    let paragraphs: Vec<String> =
        lines.split(|line| line.is_empty()).map(|lines| lines.join("<br>")).filter(|p| !p.is_empty()).collect();
    (paragraphs.len() > 1).then(|| paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect())
}

/// Whether a text holds elements that make paragraphs.
pub(in crate::parse) fn has_blocks(source: &str) -> bool {
    tags(source).any(|name| BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)))
}

/// Whether there is a letter or a number outside of tags.
pub(in crate::parse) fn has_words(html: &str) -> bool {
    let mut inside = false;
    html.chars().any(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => {}
        }
        !inside && c.is_alphanumeric()
    })
}

/// Whether the words of a text that may hold markup surely have more than so many characters, blanks not counted.
pub(in crate::parse) fn is_longer(html: &str, most: usize) -> bool {
    // What ends a tag that has begun, or a reference, which stands for one character.
    let mut end = None;
    let is_counted = |c: &char| match (end, c) {
        (None | Some(';'), '<') => {
            end = Some('>');
            false
        }
        (None, '&') => {
            end = Some(';');
            true
        }
        (None, c) => !c.is_whitespace(),
        (Some(mark), c) => {
            end = end.filter(|_| *c != mark && !(mark == ';' && c.is_whitespace()));
            false
        }
    };
    html.chars().filter(is_counted).nth(most).is_some()
}

/// Of several bodies of one item the first by rank. A mere beginning gives way to a whole text.
pub(in crate::parse) fn whole<B>(mut bodies: Vec<B>, of: impl Fn(&B) -> (u8, &String)) -> Option<B> {
    /// So many times longer, and a text is more than the other without its markup.
    const FAR_LONGER: usize = 2;
    bodies.sort_by_key(|body| of(body).0);
    if bodies.len() < 2 {
        return bodies.pop();
    }
    let lengths: Vec<usize> = bodies.iter().map(|body| length(of(body).1)).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let chosen = lengths.iter().position(|length| length.saturating_mul(FAR_LONGER) >= longest)?;
    Some(bodies.swap_remove(chosen))
}

/// How many letters and numbers stand outside of tags.
fn length(html: &str) -> usize {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ => {}
            }
            !inside && c.is_alphanumeric()
        })
        .count()
}

/// The words of a text that may hold markup, on one line.
pub(in crate::parse) fn words(source: &str) -> Option<String> {
    if !source.contains('<') && !source.contains('&') {
        return xml::line(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        // `Inflation <2 % und >1 %`, `<name@x.example>`
        if !is_tag(tag) {
            text.push('<');
            rest = tag;
            continue;
        }
        // What only says how words look stands in the middle of them: `2026<font>年</font>7<font>月</font>`.
        let name = tag.trim_start_matches('/');
        let is_look = || {
            ["span", "b", "strong", "em", "i", "u"]
                .iter()
                .any(|look| name.strip_prefix(look).is_some_and(|rest| rest.starts_with([' ', '>'])))
        };
        let is_dated = || {
            let next = tag.split_once('>').and_then(|(_, after)| after.chars().next());
            let last = text.chars().next_back().unwrap_or(' ');
            let of_day = |c: char| "年月日第版号期".contains(c);
            next.is_some_and(|next| {
                next == '<' && (last.is_ascii_digit() || of_day(last))
                    || last.is_ascii_digit() && of_day(next)
                    || of_day(last) && last != '日' && next.is_ascii_digit()
            })
        };
        if !(name.starts_with("font") || is_look() && is_dated()) {
            text.push(' ');
        }
        let Some((_, after)) = tag.split_once('>') else {
            // `a < b` is no tag.
            text.replace_range(.., source);
            rest = "";
            break;
        };
        rest = after;
    }
    text.push_str(rest);
    xml::line(&unescaped(&text))
}

/// Whether a tag or a comment stands behind a `<`, as browsers tell it from text.
fn is_tag(text: &str) -> bool {
    let name = text.strip_prefix('/').unwrap_or(text);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_')).unwrap_or(name.len());
    let goes_on = name[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    name.starts_with(['!', '?']) || goes_on && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = rest.bytes().take(32).position(|b| b == b';');
        let name = length.map(|end| &rest[1..end]).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let c = number.and_then(char::from_u32).map(String::from);
        match c.or_else(|| quick_xml::escape::resolve_html5_entity(name).map(str::to_owned)) {
            Some(c) => {
                out.push_str(&c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The paragraph or heading that a body begins with, and its words; what is wrapped around the text is looked through.
pub(in crate::parse) fn first_block(html: &str) -> Option<(Range<usize>, String)> {
    let (block, inner) = first(html)?;
    // More words than any headline, byline or dateline has are not looked at.
    let within = inner.char_indices().nth(MAX_BEGINNING).map_or(inner.len(), |(at, _)| at);
    Some((block, words(&inner[..within]).unwrap_or_default()))
}

/// The same where it may be a line, with no more characters than the `longest`: most begin with a paragraph.
pub(in crate::parse) fn first_line(html: &str, longest: usize) -> Option<(Range<usize>, String)> {
    let (_, inner) = first(html)?;
    if is_longer(inner, longest) { None } else { first_block(html) }
}

/// The first block below the headings that stand above it.
pub(in crate::parse) fn first_paragraph(html: &str) -> Option<(Range<usize>, String)> {
    /// More headings above a text are none.
    const MAX_ABOVE: usize = 3;
    let mut start = 0;
    for _ in 0..=MAX_ABOVE {
        let (block, words) = first_block(&html[start..])?;
        let block = start + block.start..start + block.end;
        if !html[block.start + 1..].starts_with(['h', 'H']) {
            return Some((block, words));
        }
        start = block.end;
    }
    None
}

/// The same with the markup inside of it.
pub(in crate::parse) fn first(html: &str) -> Option<(Range<usize>, &str)> {
    const AROUND: [&str; 7] = ["div", "section", "article", "header", "main", "span", "center"];
    let is_one_of = |names: &[&str], name: &str| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    let mut start = 0;
    loop {
        start += html[start..].len() - html[start..].trim_start().len();
        let rest = html[start..].strip_prefix('<')?;
        if rest.starts_with("!--") {
            start += 1 + rest.find("-->")? + "-->".len();
            continue;
        }
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let opened = start + 1 + rest.find('>')? + 1;
        // Many systems make paragraphs of `div`.
        if name.eq_ignore_ascii_case("div")
            && let Some(length) = html[opened..].find(&format!("</{name}>"))
            && let inner = &html[opened..opened + length]
            && !tags(inner).any(|tag| !tag.eq_ignore_ascii_case("br") && is_one_of(&BLOCKS, tag))
            && has_words(inner)
        {
            return Some((start..opened + length + name.len() + 3, inner));
        }
        // What was around a block that is gone is closed before the next; an anchor without words is no block.
        let is_anchor = name.eq_ignore_ascii_case("a") && html[opened..].starts_with("</a>");
        if is_anchor || is_one_of(&AROUND, name) || rest.starts_with('/') {
            start = opened;
            continue;
        }
        if !is_one_of(&PARAGRAPHS, name) {
            return None;
        }
        let end = opened + html[opened..].find(&format!("</{name}>"))?;
        return Some((start..end + name.len() + 3, &html[opened..end]));
    }
}

/// All paragraphs and headings of a body, each with the beginning of its words.
pub(in crate::parse) fn blocks(html: &str) -> Vec<(Range<usize>, String)> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let name = tags(&html[start..]).next().unwrap_or_default();
        at = start + 1;
        if !PARAGRAPHS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        // One that is never closed would be looked through for each that follows.
        let Some(opened) = html[at..].find('>').map(|end| at + end + 1) else { break };
        let Some(length) = html[opened..].find(&format!("</{name}>")) else { break };
        at = opened + length + name.len() + 3;
        let inner = &html[opened..opened + length];
        // What says how words look is long in pages that programs save.
        let within = inner.char_indices().nth(MAX_BEGINNING).map_or(inner.len(), |(at, _)| at);
        let mut said = words(&inner[..within]).unwrap_or_default();
        said.truncate(said.char_indices().nth(MAX_LINE).map_or(said.len(), |(at, _)| at));
        blocks.push((start..at, said));
    }
    blocks
}

/// Whether the text begins with a dateline, after a byline perhaps.
pub(in crate::parse) fn is_datelined(html: &str) -> bool {
    let Some((block, words)) = first_block(html) else { return false };
    if text::byline(&words).is_some() {
        return is_datelined(&html[block.end..]);
    }
    text::dateline(&words).is_some_and(|dateline| dateline.place.is_some())
}

/// What two texts are compared by: letters and numbers alone, without case.
pub(in crate::parse) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The names of the opening tags.
fn tags(source: &str) -> impl Iterator<Item = &str> {
    source.split('<').skip(1).map(|tag| {
        let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        &tag[..length]
    })
}
