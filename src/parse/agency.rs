//! What the formats of news agencies have in common: how they write dates, versions and states, and what is put right in
//! every draft that one of them gave, whatever it calls its fields.

pub(super) mod people;
pub(super) mod pictures;
pub(super) mod prose;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::front_matter::{MAX_LIST, language_tag};
use super::{Markup, Parsed, dates, extent, html, page, text, xml};
use crate::article::{Author, Draft, Status, When};
use crate::rejection::Rejection;

/// More names of subjects than any item has.
const MAX_TAGS: usize = 1000;
/// The lead-in of a Chinese dispatch stands within so many characters.
const MAX_LEAD: usize = 120;

/// So often a headline is printed once more above its text.
const MAX_REPEATS: usize = 3;
/// A shorter rule, in characters, is a sign that somebody left.
const MIN_RULE: usize = 3;

/// What tells editors of a kill and nothing else is no longer, in bytes with its markup.
const MAX_KILL: usize = 16 * 1024;

/// A person reads no more doubts of one file than this.
const MAX_DOUBTS: usize = 50;

/// What reading needs beside the file, and what it doubts.
pub(super) struct Context {
    /// The zone of dates without one.
    pub(super) zone: Tz,
    /// Plain sentences.
    pub(super) doubts: Vec<String>,
}

impl Context {
    pub(super) fn new(zone: Tz) -> Self {
        Self { zone, doubts: Vec::new() }
    }

    pub(super) fn doubt(&mut self, doubt: impl Into<String>) {
        let doubt = doubt.into();
        if self.doubts.len() < MAX_DOUBTS && !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// A stated date; one that cannot be read is doubted and left out.
    pub(super) fn date(&mut self, name: &str, stated: Option<&str>) -> Option<When> {
        let stated = stated.map(str::trim).filter(|text| !text.is_empty())?;
        let when = dates::read(stated, self.zone);
        if when.is_none() && dates::is_unset(stated, self.zone) {
            self.doubt(format!("the date {:?} in {name} stands for none", shortened(stated)));
        } else if when.is_none() {
            self.doubt(format!("the date {:?} in {name} cannot be read and was left out", shortened(stated)));
        }
        when
    }

    /// Until when the item must not come out. An empty embargo is none, and doubted.
    ///
    /// # Errors
    /// A date that cannot be read: what is embargoed until nobody knows when must not be published.
    pub(super) fn embargo(&mut self, name: &str, stated: Option<&str>) -> Result<Option<When>, Rejection> {
        let Some(stated) = stated.map(str::trim) else { return Ok(None) };
        if stated.is_empty() {
            self.doubt(format!("{name} states an embargo without a time; it was taken for none"));
            return Ok(None);
        }
        match dates::read(stated, self.zone) {
            Some(when) => Ok(Some(when)),
            None if dates::is_unset(stated, self.zone) => {
                self.doubt(format!(
                    "the date {:?} in {name} stands for none, so it is not embargoed",
                    shortened(stated)
                ));
                Ok(None)
            }
            None => {
                let reason = format!("it is embargoed until {:?}, which is no date", shortened(stated));
                Err(Rejection::new(reason, "write until when, as 2026-07-02T10:00:00+08:00"))
            }
        }
    }

    /// The status that a word orders, once the draft's embargo is known: what is embargoed until nobody says when is held
    /// back.
    ///
    /// # Errors
    /// As [`status`].
    pub(super) fn state(&mut self, word: &str, draft: &mut Draft) -> Result<(), Rejection> {
        draft.status = status(word)?;
        if last(word) == "embargoed" && draft.embargo.is_none() {
            draft.status = Status::Withheld;
            self.doubt("it is embargoed and does not say until when; it is held back until a version does");
        }
        Ok(())
    }

    /// The drafts of a file, each put right; of two of one id the higher version.
    pub(super) fn parsed(mut self, markup: Markup, drafts: Vec<Draft>) -> Parsed {
        let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            if draft.status == Status::Usable && kills(&draft.body) {
                draft.status = Status::Canceled;
                self.doubt("it tells editors that a story must not run, and takes back what has its id; where the story has another, withdraw it");
            }
            finish(&mut draft);
            match kept.iter_mut().find(|other| draft.id.is_some() && other.id == draft.id) {
                Some(other) => {
                    let id = draft.id.as_deref().unwrap_or_default();
                    self.doubt(format!("{id:?} stands twice in the file; its higher version was taken"));
                    if draft.rank() >= other.rank() {
                        *other = draft;
                    }
                }
                None => kept.push(draft),
            }
        }
        Parsed { doubts: self.doubts, ..Parsed::of(markup, kept) }
    }

    /// Keeps of a message's items those that are articles; the others are doubted.
    ///
    /// # Errors
    /// The first item's reason, where none is an article.
    pub(super) fn articles(&mut self, items: Vec<Result<Draft, Rejection>>) -> Result<Vec<Draft>, Rejection> {
        if items.iter().all(Result::is_err) {
            let first = items.into_iter().find_map(Result::err);
            return Err(first.unwrap_or_else(|| Rejection::new("the message holds no items", "")));
        }
        let mut drafts = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            match item {
                Ok(draft) => drafts.push(draft),
                Err(rejection) => self.doubt(format!("item {} was left out: {}", at + 1, rejection.reason)),
            }
        }
        Ok(drafts)
    }
}

/// What an agency's word for a state orders: `usable`, `stat:canceled`, `http://cv.iptc.org/newscodes/pubstatusg2/withheld`.
///
/// # Errors
/// A word nobody knows: whether the item may be published is then not known either.
pub(super) fn status(word: &str) -> Result<Status, Rejection> {
    match last(word).as_str() {
        // An embargo's time is stated apart.
        "" | "usable" | "embargoed" | "published" | "corrected" => Ok(Status::Usable),
        "withheld" | "held" | "hold" | "suspended" => Ok(Status::Withheld),
        "canceled" | "cancelled" | "killed" | "kill" | "recalled" | "deleted" | "withdrawn" | "unpublished" => {
            Ok(Status::Canceled)
        }
        _ => {
            let word = shortened(word);
            let reason = format!("its status is {word:?}, and nobody here knows whether that may be published");
            Err(Rejection::new(reason, "the known ones are usable, withheld and canceled"))
        }
    }
}

pub(super) fn last(word: &str) -> String {
    word.trim().rsplit([':', '/', '#']).next().unwrap_or_default().to_lowercase()
}

/// A version as a number: `11`, `1542761538`, `v3`, ` 2 `. Others have no order of their own.
pub(super) fn version(stated: Option<&str>) -> Option<u64> {
    let text = stated?.trim();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | '.' | ' '));
    // `2.0` is what some programs make of 2.
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    digits.parse().ok().filter(|number| i64::try_from(*number).is_ok())
}

/// From 1 (most urgent) to 9; anything else is none.
pub(super) fn urgency(stated: Option<&str>) -> Option<u8> {
    let text = stated?.trim();
    text.split('.').next()?.parse().ok().filter(|n| (1..=9).contains(n))
}

/// The rights as one line: the notice, else the holder's name, then the terms of use.
pub(super) fn rights(notice: Option<String>, holder: Option<String>, terms: Option<String>) -> Option<String> {
    let line = |text: Option<String>| text.as_deref().and_then(xml::line);
    let claim = line(notice).or_else(|| line(holder).map(|holder| format!("© {holder}")));
    match (claim, line(terms)) {
        (Some(claim), Some(terms)) if claim != terms => {
            let stop = if claim.ends_with(['.', '!', '。']) { "" } else { "." };
            Some(format!("{claim}{stop} {terms}"))
        }
        (claim, terms) => claim.or(terms),
    }
}

/// The moment of a date; none of a day.
pub(super) fn moment(when: Option<When>) -> Option<DateTime<Utc>> {
    match when? {
        When::Instant(at) => Some(at),
        When::Day(_) => None,
    }
}

/// The tag of a language as BCP 47 has it.
pub(super) fn language(stated: Option<&str>) -> Option<String> {
    stated.and_then(language_tag)
}

/// An item without headline and text holds nothing, unless it takes back what another held.
///
/// # Errors
/// When it holds nothing, or more than an article can.
pub(super) fn holds_something(draft: Draft) -> Result<Draft, Rejection> {
    extent::bearable(&draft.body)?;
    let words = draft.headline.is_some() || draft.summary.is_some() || prose::has_words(&draft.body);
    if words || draft.status.is_order() || draft.status == Status::Withheld {
        return Ok(draft);
    }
    let name = draft.id.map(|id| format!(" {:?}", shortened(&id))).unwrap_or_default();
    Err(Rejection::new(
        format!("the item{name} holds no headline and no text"),
        "ask its sender for the article itself",
    ))
}

/// Whether a body is nothing but word to editors that a story must not run.
fn kills(body: &str) -> bool {
    let words = || prose::words(body).unwrap_or_default();
    body.len() <= MAX_KILL && text::is_kill(prose::blocks(body).into_iter().map(|(_, words)| words), words)
}

/// What every format leaves to be done.
fn finish(draft: &mut Draft) {
    if let Cow::Owned(seen) = html::seen(&draft.body) {
        draft.body = seen;
    }
    without_notes(draft);
    let same = |a: &str, b: &str| prose::key(a) == prose::key(b);
    if let Some(headline) = draft.headline.clone() {
        draft.subhead = draft.subhead.take().filter(|subhead| !same(subhead, &headline));
        draft.kickers.retain(|kicker| !same(kicker, &headline));
        draft.summary = draft.summary.take().filter(|summary| !same(summary, &headline));
        // Many agencies print the headline above the text once more.
        let lined = format!("<p>{}<br>\n", page::escape(&headline));
        if draft.body.starts_with(&lined) {
            draft.body.replace_range(..lined.len(), "<p>");
        }
        for _ in 0..MAX_REPEATS {
            let first = prose::first_block(&draft.body);
            let Some((block, _)) = first.filter(|(_, words)| !words.is_empty() && same(words, &headline)) else {
                break;
            };
            draft.body.replace_range(block, "");
        }
    }
    if !prose::has_words(&draft.body)
        && let Some(summary) = &draft.summary
    {
        draft.body.insert_str(0, &prose::plain(summary));
    }
    own_byline(draft);
    own_house(draft);
    lead_in(draft);
    let mut tags: Vec<String> = Vec::new();
    for tag in draft.tags.drain(..).take(MAX_TAGS).filter_map(|tag| xml::line(&tag)) {
        if tags.len() < MAX_LIST && !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag);
        }
    }
    draft.tags = tags;
}

/// Takes what is for other desks out of the text: notes of what this version does, sign-offs, the notebook below it. What is
/// typed as a rule becomes one, and paragraphs of nothing go.
fn without_notes(draft: &mut Draft) {
    let (blocks, words): (Vec<_>, Vec<String>) = prose::blocks(&draft.body).into_iter().unzip();
    let told = text::for_desks(&words);
    let mut left = String::with_capacity(draft.body.len());
    let mut written = 0;
    for (at, (block, words)) in blocks.iter().zip(&words).enumerate() {
        if told.section == Some(at) {
            draft.body.truncate(block.start);
            break;
        }
        let is_empty = words.is_empty() && !draft.body[block.clone()].contains("src");
        let is_rule = text::is_rule(words) && words.len() >= MIN_RULE;
        if told.notes.contains(&at) || is_empty || is_rule {
            left.push_str(&draft.body[written..block.start]);
            left.push_str(if is_rule { "<hr>" } else { "" });
            written = block.end;
        }
    }
    left.push_str(&draft.body[written..]);
    draft.body = left;
}

/// What the text begins with before its story does: `LANJIANG (Wire) -`, `新华社澜江7月2日电(记者 林晓)`.
pub(super) fn lead_in(draft: &mut Draft) {
    let Some((_, words)) = prose::first_paragraph(&draft.body) else { return };
    if let Some(found) = text::dateline(&words) {
        draft.lead_in = Some(words[..found.end].trim().to_owned());
        draft.dateline = draft.dateline.take().or(found.place);
        draft.source = draft.source.take().or(found.agency);
        if draft.authors.is_empty() {
            draft.authors = found.authors;
        }
        return;
    }
    let beginning: String = words.chars().take(MAX_LEAD).collect();
    if let Some(read) = page::lead_of(&beginning) {
        draft.lead_in = read.lead_in;
        draft.dateline = draft.dateline.take().or(read.dateline);
        draft.source = draft.source.take().or(read.source);
        if draft.authors.is_empty() {
            draft.authors = read.authors;
        }
    }
}

/// `By Toby Davis` above the text, where no field says who wrote it.
fn own_byline(draft: &mut Draft) {
    let Some((block, words)) = prose::first_paragraph(&draft.body) else { return };
    let Some((authors, house)) = text::byline(&words) else { return };
    if draft.authors.is_empty() {
        draft.authors = authors;
        draft.source = draft.source.take().or(house);
    } else if authors.iter().any(|author| draft.authors.iter().all(|known| known.name != author.name)) {
        return;
    }
    if prose::has_words(&draft.body[block.end..]) {
        draft.body.replace_range(block, "");
    }
}

/// Whom the people of a byline work for, where it names the item's own house as one of them: `By Ann Lee, PA` in what PA sent.
fn own_house(draft: &mut Draft) {
    let is_own = |name: &str| text::is_house(name) || draft.source.as_deref() == Some(name);
    let (houses, mut people): (Vec<Author>, Vec<Author>) =
        draft.authors.drain(..).partition(|author| is_own(&author.name));
    if people.is_empty() {
        people = houses;
    } else if let Some(house) = houses.first() {
        people::describe(&mut people, &house.name);
    }
    draft.authors = people;
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(80).collect()
}
