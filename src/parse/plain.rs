//! Plain text, the head of its mail apart → an article under a fenced head, a newspaper page, or an article.

use super::held::held;
use super::{Markup, Parsed, Source, dates, front_matter, page, text};
use crate::article::Draft;
use crate::escape;
use crate::rejection::Rejection;

/// Reads it. `is_embargoed`: whether an embargo is stated beside it.
///
/// # Errors
/// As [`super::parse`].
pub(super) fn read(text: &str, source: &Source<'_>, is_embargoed: bool) -> Result<Parsed, Rejection> {
    let mail = text::take_mail(text)?;
    if mail.lines.is_empty() {
        return without_mail(text, source, is_embargoed);
    }
    let mut parsed = without_mail(&mail.text, source, is_embargoed)?;
    parsed.furniture.extend(mail.lines);
    parsed.furniture.sort_unstable();
    if let [draft] = parsed.drafts.as_mut_slice() {
        draft.headline = draft.headline.take().or(mail.subject);
    }
    Ok(parsed)
}

/// The same, of a text that is no mail's.
fn without_mail(text: &str, source: &Source<'_>, is_embargoed: bool) -> Result<Parsed, Rejection> {
    let (arrival, zone) = (source.arrival, source.time_zone);
    if text::is_kill(text.lines().map(str::trim), || text.to_owned()) {
        let reason = "it tells editors that a story must not run, and is no article";
        return Err(Rejection::new(
            reason,
            "take that story back, by removing its file or dropping SLUG.withdraw beside it",
        ));
    }
    let split = front_matter::split_plain(text)?;
    let Some(head) = &split.head else {
        let sheet = page::sheet(text, arrival, zone);
        // An article below its headline's own day is no page, though a page's folio may be no more than a day.
        let page = sheet.as_ref().and_then(page::Sheet::page);
        let page = page.filter(|parsed| parsed.drafts.len() > 1 || !text::is_article(text, arrival, zone));
        if let Some(mut parsed) = page {
            // What is printed on the page outranks what the file is called.
            if let Some((day, number)) = dates::page_in_name(&source.path.stem()) {
                parsed.issue_date = parsed.issue_date.or(Some(day));
                parsed.page = parsed.page.or(Some(number));
            }
            return Ok(parsed);
        }
        let taken = text::take_embargo(text, zone);
        let embargo = held(taken.embargo, taken.lines.first().copied(), is_embargoed)?;
        // Without the lines of its embargo it is another text.
        let sheet = sheet.filter(|_| taken.lines.is_empty());
        let mut parsed = text::read_told(&taken.text, sheet, &source.path.stem(), arrival, zone)?;
        parsed.furniture.extend(taken.lines);
        parsed.furniture.sort_unstable();
        parsed.drafts.iter_mut().for_each(|draft| draft.embargo = embargo);
        return Ok(parsed);
    };
    let mut stated = Draft::default();
    let doubts = front_matter::fill(head, &mut stated, zone)?;
    // Blank lines in place of the head keep the line numbers true. Where it states the title, that stands on the last
    // but one of them, or the first words of the text would be read as one.
    let above = text[..text.len() - split.body.len()].matches('\n').count();
    let taken = text::take_embargo(split.body, zone);
    let line = taken.lines.first().and_then(|line| line.checked_add(u32::try_from(above).ok()?));
    let embargo = held(taken.embargo, line, is_embargoed || stated.embargo.is_some())?;
    let title =
        stated.headline.clone().filter(|title| taken.text.trim_start().lines().next().map(str::trim) != Some(title));
    let body = match &title {
        Some(title) => format!("{}{title}\n\n{}", "\n".repeat(above.saturating_sub(2)), taken.text),
        None => format!("{}{}", "\n".repeat(above), taken.text),
    };
    let mut parsed = match text::read(&body, &source.path.stem(), arrival, zone) {
        Err(_) if split.body.trim().is_empty() && stated.headline.is_some() => {
            Parsed::of(Markup::Text, vec![Draft::default()])
        }
        read => read?,
    };
    parsed.doubts.extend(doubts);
    parsed.furniture.extend(taken.lines.iter().filter_map(|line| line.checked_add(u32::try_from(above).ok()?)));
    parsed.furniture.sort_unstable();
    if let Some(draft) = parsed.drafts.first_mut() {
        draft.embargo = embargo;
        if let Some(title) = &title {
            keep_first_words(draft, title);
        }
        super::merge(draft, stated);
    }
    Ok(parsed)
}

/// What was read as a headline below the stated one is the beginning of the text: none of it may be lost.
fn keep_first_words(draft: &mut Draft, title: &str) {
    draft.kickers.retain(|kicker| kicker != title);
    draft.columns.retain(|column| column != title);
    // In a text of headings alone, the title is read as one of them.
    for tag in ["h3", "h2", "p"] {
        if let Some(rest) = draft.body.trim_start().strip_prefix(&format!("<{tag}>{}</{tag}>", escape::text(title))) {
            draft.body = rest.trim_start().to_owned();
        }
    }
    if let Some(words) = draft.headline.take().filter(|headline| headline != title) {
        draft.body.insert_str(0, &format!("<p>{}</p>\n", escape::text(&words)));
    }
}
