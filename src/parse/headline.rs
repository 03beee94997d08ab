//! A headline that is set like a paragraph, in a line of its own above the story → the draft's.

use std::ops::Range;

use chrono_tz::Tz;

use super::agency::prose;
use super::opening::{MAX_BLOCK, broken};
use super::text::{self, imprint};
use crate::article::Draft;

/// So many paragraphs are looked at for one that a headline may have stood above.
const MAX_BLOCKS: usize = 6;
/// None is longer, in characters.
const MAX_HEADLINE: usize = 80;

/// A text without a headline may begin with one that is set like any paragraph: in a line of its own, in bold or no sentence.
/// The one that a draft has leaves the body where it stands there once more.
pub(super) fn take(draft: &mut Draft, zone: Tz) {
    take_mail(draft);
    if let Some(headline) = &draft.headline {
        if let Some((block, inner)) = prose::first(&draft.body).filter(|(block, _)| block.len() <= MAX_BLOCK)
            && !prose::is_longer(inner, headline.chars().count())
            && prose::words(inner).as_ref() == Some(headline)
            && prose::has_words(&draft.body[block.end..])
        {
            replace(block, "", draft);
        }
        return;
    }
    let Some((block, words)) = prose::first_block(&draft.body).filter(|_| draft.headline.is_none()) else { return };
    let html = &draft.body[block.clone()];
    let inner = html.find('>').map_or("", |open| html[open + 1..].trim_end_matches("</p>").trim());
    // In bold, or a line of its own; what stands below it in the same paragraph is no part of it.
    let (bold, is_bold) = unwrapped(inner);
    let (first, below) = match bold.split_once("<br") {
        Some((first, rest)) if is_bold || unwrapped(first).1 => {
            (first, rest.split_once('>').map_or("", |(_, below)| below))
        }
        _ => (bold, ""),
    };
    let is_bold = is_bold || unwrapped(first).1;
    let (first, below) = (unwrapped(first).0, below.trim().to_owned());
    let is_headline = |words: &str| {
        let is_short =
            words.chars().count() <= MAX_HEADLINE && !words.ends_with([',', '，', ';', '；', ':', '：', '、']);
        let is_plain = !inner.contains('<') && !words.ends_with(['.', '。', '…', '"', '”']);
        is_short && !words.is_empty() && !first.contains('<') && (is_bold || is_plain)
    };
    let words = if below.is_empty() { words } else { prose::words(first).unwrap_or_default() };
    let is_line =
        || text::signed(&words).is_some() || imprint(&words, zone).is_some() || text::dateline(&words).is_some();
    if html.starts_with("<p") && is_headline(&words) && !is_line() && is_story(&draft.body[block.end..], &words) {
        draft.headline = Some(words);
        let is_second = unwrapped(inner).1 && !below.contains('<') && draft.subhead.is_none();
        let left = match prose::words(&below).filter(|_| is_second) {
            Some(second) => {
                draft.subhead = Some(second);
                String::new()
            }
            None if below.is_empty() => String::new(),
            None => format!("<p>{below}</p>"),
        };
        replace(block, &left, draft);
    }
}

/// Puts something else in the place of a block at the top of the body.
fn replace(block: Range<usize>, by: &str, draft: &mut Draft) {
    draft.body.replace_range(block, by);
    draft.body.drain(..draft.body.len() - draft.body.trim_start().len());
}

/// Takes the head of a mail that was saved as a page (`From: …`, `Subject: …`) off the body, in lines or in tables: its subject
/// is the headline where the page states none.
fn take_mail(draft: &mut Draft) {
    let mut end = 0;
    let mut lines: Vec<String> = Vec::new();
    while let Some(table) = draft.body[end..].trim_start().strip_prefix("<table") {
        let Some(length) = table.find("</table>").filter(|length| *length <= MAX_BLOCK) else { break };
        lines.extend(table[..length].split("</tr>").filter_map(|row| prose::words(row.split_once('>')?.1)));
        end = draft.body.len() - table.len() + length + "</table>".len();
    }
    if end == 0 {
        let is_head = |inner: &str| inner.contains([':', '：']);
        let first = prose::first(&draft.body);
        let Some((block, inner)) = first.filter(|(block, inner)| block.len() <= MAX_BLOCK && is_head(inner)) else {
            return;
        };
        lines = broken(inner).filter_map(prose::words).collect();
        end = block.end;
    }
    let head = lines.join("\n");
    let Ok(mail) = text::take_mail(&head) else { return };
    if mail.lines.len() == lines.len() && mail.subject.is_some() {
        draft.headline = draft.headline.take().or(mail.subject);
        draft.body.drain(..end);
    }
}

/// What stands within the elements around all of a paragraph that only say how it looks, and whether one of them makes it bold.
fn unwrapped(mut html: &str) -> (&str, bool) {
    const LOOKS: [&str; 7] = ["strong", "b", "font", "span", "big", "u", "center"];
    let mut is_bold = false;
    for _ in 0..MAX_BLOCKS {
        let inner = html.trim();
        let within = LOOKS.iter().find_map(|name| {
            let rest = inner.strip_prefix('<')?.strip_prefix(name)?;
            let (_, rest) = rest.split_once('>').filter(|_| rest.starts_with(['>', ' ']))?;
            let within = rest.strip_suffix(&format!("</{name}>"))?;
            let is_one = !within.contains(&format!("</{name}>"));
            is_one.then_some((within, matches!(*name, "strong" | "b")))
        });
        let Some((within, bold)) = within else { break };
        is_bold |= bold;
        html = within;
    }
    (html.trim(), is_bold)
}

/// Whether a headline may have stood above: not above verse, nor a line of a talk.
fn is_story(html: &str, headline: &str) -> bool {
    let mut from = 0;
    for _ in 0..MAX_BLOCKS {
        let Some((block, words)) = prose::first_block(&html[from..]) else { return false };
        if words.ends_with(['.', '。', '!', '！', '?', '？', '"', '”', '）', ')'])
            && words.chars().count() > headline.chars().count()
        {
            return true;
        }
        from += block.end;
    }
    false
}
