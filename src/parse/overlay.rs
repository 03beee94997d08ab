//! What a file states and what is stated beside it (a sidecar, an item of a page's sidecar) → one draft.
//!
//! What the file's own front matter states counts most, then the sidecar, then what was read from the text itself: a
//! headline, a byline, the metadata of a saved page. An id, a version and an embargo that a file states are never
//! overruled, and of two states the stricter holds, so that nothing comes out because somebody wrote beside it.

use chrono_tz::Tz;

use super::{Markup, Parsed, front_matter, merge};
use crate::article::{Draft, Status};
use crate::escape;
use crate::rejection::Rejection;

/// What `beside` states outranks what the draft says, but for its state.
pub fn overlay(draft: &mut Draft, beside: Draft) {
    let status = stricter(draft.status, beside.status);
    let minor = draft.minor || beside.minor;
    merge(draft, beside);
    (draft.status, draft.minor) = (status, minor);
}

/// Sets what a sidecar states in all drafts of the file whose text this is.
pub(super) fn complete(parsed: &mut Parsed, text: &str, beside: &Draft, zone: Tz) -> Result<(), Rejection> {
    let is_one = parsed.drafts.len() == 1;
    let mut beside = beside.clone();
    if !is_one && states_one_article(&beside) {
        let doubt = "the sidecar's title, authors, summary and the like are for one article, and the file holds several; \
                     it may name each under `items`";
        parsed.doubts.push(doubt.to_owned());
        beside = of_all(beside);
    }
    let own = stated(parsed.markup, text, zone)?;
    for draft in &mut parsed.drafts {
        let printed = draft.headline.clone();
        let mut said = beside.clone();
        let mut own = own.clone().unwrap_or_else(|| kept(draft));
        // One that is printed above the text is the file's too.
        own.embargo = own.embargo.or(draft.embargo);
        overlay(&mut said, own);
        overlay(draft, said);
        if let (Some(printed), true) = (printed, draft.headline == beside.headline)
            && draft.headline.as_deref() != Some(&printed)
        {
            keep_words(draft, &printed, parsed.markup, text);
        }
    }
    Ok(())
}

/// What the file's own front matter states; none where it has no place for one.
fn stated(markup: Markup, text: &str, zone: Tz) -> Result<Option<Draft>, Rejection> {
    let split = match markup {
        Markup::Markdown => front_matter::split(text)?,
        Markup::Html | Markup::Text => front_matter::split_fenced(text)?,
        _ => return Ok(None),
    };
    let mut draft = Draft::default();
    if let Some(head) = &split.head {
        front_matter::fill(head, &mut draft, zone)?;
    }
    Ok(Some(draft))
}

/// Of what a format states that has fields of its own, what nothing beside it overrules.
fn kept(draft: &Draft) -> Draft {
    Draft {
        id: draft.id.clone(),
        version: draft.version,
        embargo: draft.embargo,
        sections: draft.sections.clone(),
        ..Draft::default()
    }
}

fn stricter(one: Status, other: Status) -> Status {
    const STRICTEST_LAST: [Status; 5] =
        [Status::Usable, Status::Draft, Status::Withheld, Status::Withdrawn, Status::Canceled];
    let rank = |status: Status| STRICTEST_LAST.iter().position(|other| *other == status);
    if rank(one) < rank(other) { other } else { one }
}

fn states_one_article(beside: &Draft) -> bool {
    *beside != of_all(beside.clone())
}

/// Without what can be true of one article only.
fn of_all(beside: Draft) -> Draft {
    Draft {
        id: None,
        version: None,
        headline: None,
        subhead: None,
        kickers: Vec::new(),
        authors: Vec::new(),
        dateline: None,
        slug: None,
        summary: None,
        link: None,
        image: None,
        enclosures: Vec::new(),
        episode: None,
        episode_type: None,
        ..beside
    }
}

/// What was read as the headline and is no longer shown as one, where it may have been the beginning of the text: the
/// first sentence, or a heading of a lower level.
fn keep_words(draft: &mut Draft, printed: &str, markup: Markup, text: &str) {
    let is_sentence = printed.ends_with(['.', '。', '!', '！', '?', '？', '…', '”', '"']);
    let is_crosshead = markup == Markup::Markdown
        && front_matter::split(text).is_ok_and(|split| split.body.trim_start().starts_with("##"));
    let tag = match (is_sentence, is_crosshead) {
        (_, true) => "h2",
        (true, false) => "p",
        (false, false) => return,
    };
    draft.body.insert_str(0, &format!("<{tag}>{}</{tag}>\n", escape::text(printed)));
}
