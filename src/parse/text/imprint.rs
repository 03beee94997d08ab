//! A line above a story that says when it came out, and who wrote it perhaps → these: `Publié le 12 mars 2026 à 10h30`,
//! `Veröffentlicht am 1. Juli 2026, 8.30 Uhr`, `By Ana Kos, 3 April 2026 | Updated 5 April 2026`. A line that says anything
//! else is none.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::byline::byline;
use crate::article::{Author, Draft, When};
use crate::parse::dates;

/// Nor states more dates.
const MAX_DATES: usize = 4;
/// What stands before a date of publication, in lower case.
#[rustfmt::skip]
const PUBLISHED: [&str; 58] = [
    "first published", "originally published", "date published", "publication date", "published", "posted",
    "erstveröffentlichung", "erstmals veröffentlicht", "veröffentlicht", "veröffentlichung", "publiziert", "erschienen",
    "date de publication", "publiée", "publié", "mis en ligne", "mise en ligne", "paru",
    "fecha de publicación", "publicado", "publicada",
    "data di pubblicazione", "pubblicato", "pubblicata",
    "data de publicação", "gepubliceerd", "geplaatst",
    "publicerad", "publicerat", "publisert", "publiceret", "offentliggjort", "julkaistu",
    "opublikowano", "data publikacji", "publikováno", "megjelent", "közzétéve", "yayınlanma", "yayın tarihi",
    "опубликовано", "опубліковано", "入力", "입력", "등록", "公開", "掲載",
    "发布时间", "发布日期", "发布于", "发表时间", "发表于", "發布時間", "發佈時間", "發表於", "刊登日期", "出版", "發佈",
];
/// What stands before the date of a later version.
#[rustfmt::skip]
const UPDATED: [&str; 41] = [
    "last updated", "last modified", "updated", "modified", "update",
    "zuletzt aktualisiert", "zuletzt geändert", "aktualisiert", "aktualisierung", "geändert", "stand",
    "dernière mise à jour", "mis à jour", "mise à jour", "modifié",
    "última actualización", "actualizado", "actualizada",
    "ultimo aggiornamento", "aggiornato", "última atualização", "atualizado",
    "laatst bijgewerkt", "bijgewerkt", "uppdaterad", "oppdatert", "opdateret", "päivitetty", "aktualizacja", "aktualizováno",
    "frissítve", "обновлено", "оновлено", "更新", "수정",
    "更新时间", "更新日期", "更新于", "更新時間", "最后更新", "最後更新",
];
/// What stands behind a date in Korean, which says that a piece was sent.
const SENT: [&str; 2] = ["송고", "등록"];
/// What may lead from such a word to the date.
const LEADS: [&str; 16] = [
    "on ", "at ", "am ", "vom ", "den ", "der ", "le ", "el ", "il ", "em ", "op ", "de ", "d. ", "a ", "на ", "dnia ",
];
/// What may join two of them.
const JOINS: [&str; 7] = [" and", " und", " et", " y", " e", " en", " и"];
/// Between two statements, and around the whole line.
const MARKS: &str = ",;|·•/-–—*_[] \u{a0}\u{3000}";

/// What such a line says.
#[derive(Debug, Default)]
pub(in crate::parse) struct Imprint {
    /// Who wrote the story.
    pub(in crate::parse) authors: Vec<Author>,
    /// The house they write for.
    pub(in crate::parse) house: Option<String>,
    pub(in crate::parse) published: Option<When>,
    pub(in crate::parse) updated: Option<When>,
}

impl Imprint {
    /// What both say; where they contradict each other, as this one has it.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.authors.extend(other.authors);
        self.house = self.house.or(other.house);
        self.published = self.published.or(other.published);
        self.updated = self.updated.or(other.updated);
        self
    }

    /// Gives a draft what the line says. False, and nothing is given, where the draft says otherwise already.
    pub(in crate::parse) fn tell(self, draft: &mut Draft, zone: Tz) -> bool {
        let agrees = |said: Option<When>, known: Option<When>| {
            said.zip(known).is_none_or(|(said, known)| day(said, zone) == day(known, zone))
        };
        let is_known = |author: &Author| draft.authors.iter().any(|known| is_same(&known.name, &author.name));
        if !agrees(self.published, draft.date)
            || !agrees(self.updated, draft.updated)
            || !(draft.authors.is_empty() || self.authors.iter().all(is_known))
        {
            return false;
        }
        draft.date = draft.date.or(self.published);
        draft.updated = draft.updated.or(self.updated);
        if draft.authors.is_empty() {
            draft.authors = self.authors;
        }
        draft.source = draft.source.take().or(self.house);
        true
    }
}

/// The day that it is in `zone`.
pub(super) fn day(when: When, zone: Tz) -> NaiveDate {
    match when {
        When::Instant(at) => at.with_timezone(&zone).date_naive(),
        When::Day(day) => day,
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// What a line says of its story's publication, if it says that and nothing else.
pub(in crate::parse) fn imprint(line: &str, zone: Tz) -> Option<Imprint> {
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let line = bare(line);
    if let Some(found) = dated(line, zone) {
        return Some(found);
    }
    // `By Ana Kos, 3 April 2026`
    let marks = line.match_indices(|c: char| MARKS.contains(c) && c != ' ').chain(line.match_indices(" on "));
    marks.into_iter().find_map(|(at, mark)| {
        let (authors, house) = byline(line[..at].trim())?;
        let rest = bare(&line[at + mark.len()..]);
        let mut found = dated(rest, zone)
            .or_else(|| Some(Imprint { published: Some(whole_date(rest, zone)?), ..Imprint::default() }))?;
        found.authors = authors;
        found.house = house;
        Some(found)
    })
}

/// The date that a line is, if it is nothing else: what may stand below a byline.
pub(in crate::parse) fn whole_date(line: &str, zone: Tz) -> Option<When> {
    let line = bare(line);
    // A number alone may be anything.
    let has_marks = line.contains(|c: char| !c.is_ascii_digit());
    printed(line, zone).filter(|_| has_marks)
}

/// A printed date. Of a time in a zone whose short name several have (`IST`) the day is what is printed; the time is not guessed.
fn printed(text: &str, zone: Tz) -> Option<When> {
    dates::read(text, zone).or_else(|| {
        let (time, _) = text.rsplit_once(' ').filter(|(_, name)| dates::is_ambiguous_zone(name))?;
        dates::read(time, zone).map(|when| When::Day(day(when, zone)))
    })
}

fn bare(line: &str) -> &str {
    let inner = line.strip_prefix('(').and_then(|line| line.strip_suffix(')')).unwrap_or(line);
    inner.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(c))
}

/// `Published on 2 July 2026 by Jane Roe, updated 3 July 2026`: statements one after another.
pub(super) fn dated(line: &str, zone: Tz) -> Option<Imprint> {
    let lower = line.to_lowercase();
    // In a few languages a letter has another length in lower case; there the two cannot be compared place by place.
    if lower.len() != line.len() {
        return None;
    }
    let mut found = Imprint::default();
    if let Some(date) = SENT.iter().find_map(|word| lower.strip_suffix(word)) {
        found.published = Some(printed(date.trim(), zone)?);
        return Some(found);
    }
    let mut at = 0;
    for _ in 0..MAX_DATES {
        let (is_update, length) = label(&lower[at..])?;
        at += length;
        let lead = lower[at..].trim_start_matches([' ', ':', '：']);
        let lead = LEADS.iter().find_map(|word| lead.strip_prefix(word)).unwrap_or(lead);
        at = lower.len() - lead.len();
        let next = next_label(&lower[at..]).map_or(lower.len(), |next| at + next);
        let mut date = ended(&lower[at..next]);
        if let Some((before, _)) = date.split_once(" by ") {
            let named = line.get(at + before.len() + 4..at + date.len())?;
            let (authors, house) = byline(&format!("By {}", bare(named)))?;
            (found.authors, found.house) = (authors, house);
            date = ended(before);
        }
        let when = printed(date, zone)?;
        let field = if is_update { &mut found.updated } else { &mut found.published };
        *field = field.or(Some(when));
        if next == lower.len() {
            return Some(found);
        }
        at = next;
    }
    None
}

/// A statement without what leads on to the next.
fn ended(statement: &str) -> &str {
    let end = |text| str::trim_end_matches(text, |c: char| MARKS.contains(c) || ".(".contains(c));
    let ended = end(statement);
    let ended = JOINS.iter().find_map(|word| ended.strip_suffix(word)).map_or(ended, end);
    // A bracket around the whole was opened before the word.
    if ended.contains('(') { ended } else { ended.trim_end_matches(')') }
}

/// The word at the front that says what date follows: whether it is of a later version, and its length.
fn label(text: &str) -> Option<(bool, usize)> {
    let longest = |words: &[&str]| {
        let fits = |word: &&&str| text.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
        words.iter().filter(fits).map(|word| word.len()).max()
    };
    longest(&PUBLISHED).map(|length| (false, length)).or_else(|| Some((true, longest(&UPDATED)?)))
}

fn next_label(text: &str) -> Option<usize> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, c)| {
        let is_start = !before.is_alphabetic() && c.is_alphabetic();
        before = c;
        (is_start && label(&text[at..]).is_some()).then_some(at)
    })
}
