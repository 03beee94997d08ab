//! A headline that is set like a paragraph, in a line of its own above the story → the draft's.

use std::ops::Range;

use chrono_tz::Tz;

use super::agency::prose;
use super::text::{self, imprint};
use crate::article::Draft;

/// So many paragraphs are looked at for one that a headline may have stood above.
const MAX_BLOCKS: usize = 6;
/// None is longer, in characters.
const MAX_HEADLINE: usize = 80;

/// A text without a headline may begin with one that is set like any paragraph: in a line of its own, in bold or no sentence.
/// The one that a draft has leaves the body where it stands there once more.
pub(super) fn take(draft: &mut Draft, zone: Tz) {
    let Some((block, words)) = prose::first_block(&draft.body) else { return };
    if let Some(headline) = &draft.headline {
        if *headline == words && prose::has_words(&draft.body[block.end..]) {
            remove(block, draft);
        }
        return;
    }
    let html = &draft.body[block.clone()];
    let inner = html.find('>').map_or("", |open| html[open + 1..].trim_end_matches("</p>").trim());
    let is_bold = ["strong", "b"].iter().any(|name| {
        let within = inner.strip_prefix(&format!("<{name}>")).and_then(|rest| rest.strip_suffix(&format!("</{name}>")));
        within.is_some_and(|within| !within.contains('<'))
    });
    let is_short = words.chars().count() <= MAX_HEADLINE && !words.ends_with([',', '，', ';', '；', ':', '：', '、']);
    let is_plain = !inner.contains('<') && !words.ends_with(['.', '。', '…', '"', '”']);
    let is_line =
        || text::signed(&words).is_some() || imprint(&words, zone).is_some() || text::dateline(&words).is_some();
    if html.starts_with("<p")
        && is_short
        && !words.is_empty()
        && (is_bold || is_plain)
        && !is_line()
        && is_story(&draft.body[block.end..], &words)
    {
        draft.headline = Some(words);
        remove(block, draft);
    }
}

/// Takes a block off the top of the body.
fn remove(block: Range<usize>, draft: &mut Draft) {
    draft.body.replace_range(block, "");
    draft.body.drain(..draft.body.len() - draft.body.trim_start().len());
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
