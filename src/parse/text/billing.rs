//! The lines right below a headline that name who wrote the story and its day without a word that says so, each by itself or one
//! beside the other → these: `Ana Kos`, `20 November 2026`, `Ana Kos, 20 November 2026`, `Transport correspondent`.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

use super::agencies::{is_house, is_paper};
use super::byline::{byline, display, is_full_name, is_office};
use super::desk::is_label;
use super::given;
use super::imprint::{Imprint, day, whole_date};
use super::statements::{Told, told};
use crate::article::{Author, When};
use crate::parse::dates;

/// So many lines are looked at: a second headline, and what this one says.
pub(in crate::parse) const MAX_LINES: usize = 10;
/// No such line is longer, in characters.
const MAX_LINE: usize = 100;
/// Nor is a second headline, nor of fewer words, or signs of a script without spaces.
pub(in crate::parse) const MAX_SUBHEAD: usize = 200;
const MIN_WORDS: usize = 2;
const MIN_SIGNS: usize = 5;
/// A paragraph has more characters than a heading, a line of verse, or an answer, or so many as a sentence.
const PROSE: usize = 60;
const SENTENCE: usize = 40;
/// No more people write one story.
const MAX_PEOPLE: usize = 6;
/// A day alone that is longer ago, in years, is one of history.
const MAX_AGE: i32 = 30;
/// What parts the names of several people.
const BETWEEN: [&str; 11] = [", ", "; ", " and ", " & ", " und ", " et ", " y ", " e ", " en ", " och ", " и "];
/// What names of places begin with, in lower case, and names of people do not.
#[rustfmt::skip]
const PLACES: [&str; 30] = [
    "bad", "cape", "den", "east", "el", "fort", "great", "la", "las", "le", "little", "long", "los", "lower", "mount", "new",
    "north", "old", "port", "rio", "saint", "san", "sankt", "santa", "south", "st", "st.", "são", "upper", "west",
];
/// Words of names that are nobody's: of houses, offices, streets, and of what papers call their pieces.
#[rustfmt::skip]
const NOBODY: [&str; 68] = [
    "academy", "agency", "association", "avenue", "bank", "blog", "bridge", "bulletin", "center", "centre", "church",
    "city", "club", "college", "committee", "company", "content", "council", "county", "department", "edition", "event",
    "events", "exclusive", "feature", "festival", "foundation", "gallery", "government", "group", "guide", "hall",
    "hospital", "house", "institute", "international", "league", "letter", "letters", "library", "magazine", "media",
    "ministry", "museum", "national", "newsletter", "office", "park", "police", "post", "press", "public", "release",
    "report", "review", "road", "school", "society", "special", "sponsored", "statement", "station", "story", "street",
    "summary", "team", "university", "update",
];

/// What such lines say.
pub(in crate::parse) struct Billing {
    pub(in crate::parse) said: Imprint,
    /// How many lines below the headline they are, the second headline with them.
    pub(in crate::parse) lines: usize,
    /// Whether a second headline is the first of them.
    pub(in crate::parse) has_subhead: bool,
}

/// What one line says.
#[derive(Default)]
struct Line {
    said: Imprint,
    /// What the people above do.
    office: Option<String>,
    /// Whether a word says what is told, or a script has no capitals to know a name by.
    is_labelled: bool,
    is_caseless: bool,
}

impl Billing {
    /// Of the first lines below a headline, and of all the `story` that they begin, in whatever markup. `is_dated`: whether
    /// a line above them has told a day.
    pub(in crate::parse) fn of(
        headline: &str,
        lines: &[&str],
        story: &str,
        is_dated: bool,
        (arrival, zone): (DateTime<Utc>, Tz),
    ) -> Option<Self> {
        if is_label(headline) {
            return None;
        }
        let is_line = |at: usize| lines.get(at).is_some_and(|text| line(text, zone).is_some());
        let has_subhead = !is_line(0) && is_line(1) && is_subhead(lines.first()?);
        let from = usize::from(has_subhead);
        let told: Vec<Line> = lines.iter().skip(from).map_while(|text| line(text, zone)).collect();
        let to = from + told.len();
        let first = lines.get(to)?;
        let signed = told.iter().filter(|line| !line.said.authors.is_empty()).count();
        let is_caseless = told.iter().any(|line| line.is_caseless);
        let is_labelled = told.iter().all(|line| line.is_labelled);
        let mut said = Imprint::default();
        for line in told {
            for author in &mut said.authors {
                author.role = author.role.take().or_else(|| line.office.clone());
                author.affiliation = author.affiliation.take().or_else(|| line.said.house.clone());
            }
            let Line { said: mut more, .. } = line;
            // A page names them beside a picture of them too.
            more.authors.retain(|author| said.authors.iter().all(|known| known.name != author.name));
            said = said.and(more);
        }
        let today = day(When::Instant(arrival), zone);
        let days: Vec<_> = said.published.iter().map(|when| day(*when, zone)).collect();
        // One ahead is when something takes place.
        if is_labelled || days.iter().any(|day| *day > today) || said.authors.len() > MAX_PEOPLE {
            return None;
        }
        let is_prose = first.chars().nth(PROSE).is_some()
            || first.chars().nth(SENTENCE).is_some() && first.ends_with(['.', '!', '?', '”', '"', '»', '“']);
        let others = || pieces(story).filter(|piece| !lines[from..to].contains(piece));
        let stands = match (signed, days.first()) {
            (0, None) => false,
            // A diary has a day above each entry.
            (0, Some(day)) => {
                !has_subhead
                    && is_prose
                    && today.year() - day.year() <= MAX_AGE
                    && !others().any(|piece| whole_date(piece, zone).is_some())
            }
            // Whom the story is about is not who wrote it.
            (1 | 2, day) if is_dated || day.is_some() => !said.authors.iter().any(|author| names(first, &author.name)),
            // A name alone may be that of a person, a place or a thing that the story is about, or of its first part.
            (1, None) => {
                is_prose
                    && !is_caseless
                    && said.authors.iter().all(|author| is_marked(&author.name))
                    && !others().any(is_name)
                    && said.authors.iter().all(|author| {
                        !names(headline, &author.name) && !others().any(|piece| names(piece, &author.name))
                    })
            }
            _ => false,
        };
        stands.then_some(Self { said, lines: to, has_subhead })
    }
}

/// What a line says if it is one of them.
fn line(text: &str, zone: Tz) -> Option<Line> {
    if text.chars().nth(MAX_LINE).is_some() {
        return None;
    }
    let text = text.trim();
    let of_day = |when| Imprint { published: Some(when), ..Imprint::default() };
    if let Some(when) = whole_date(text, zone) {
        return Some(Line { said: of_day(when), ..Line::default() });
    }
    if let Some(said) = super::imprint(text, zone) {
        return Some(Line { said, is_labelled: true, ..Line::default() });
    }
    if let Some((authors, house)) = byline(text) {
        let said = Imprint { authors, house, ..Imprint::default() };
        return Some(Line { said, is_labelled: true, ..Line::default() });
    }
    let signed = |authors: Vec<Author>, said: Imprint| Line {
        is_caseless: authors.iter().any(|author| !author.name.contains(char::is_uppercase)),
        said: Imprint { authors, ..said },
        ..Line::default()
    };
    if let Some(authors) = people(text) {
        return Some(signed(authors, Imprint::default()));
    }
    if is_house(text) || is_paper(text) {
        return Some(Line { said: Imprint { house: Some(text.to_owned()), ..Imprint::default() }, ..Line::default() });
    }
    if is_office(text) {
        return Some(Line { office: Some(text.to_owned()), ..Line::default() });
    }
    // `Ana Kos, 20 November 2026`
    for (at, mark) in text.match_indices(", ") {
        let (before, behind) = (&text[..at], &text[at + mark.len()..]);
        for (names, date) in [(before, behind), (behind, before)] {
            if let Some(authors) = people(names)
                && let Some(when) = whole_date(date, zone)
            {
                return Some(signed(authors, of_day(when)));
            }
        }
    }
    // `20 Nov 2026 · 4 min read · Ana Kos`
    let Told { said, named } = told(text, zone)?;
    match named.as_slice() {
        [] => said.authors.is_empty().then(|| Line { said, ..Line::default() }),
        [name] => Some(signed(people(name)?, said)),
        _ => None,
    }
}

/// The people that a line names, if it does nothing else.
fn people(text: &str) -> Option<Vec<Author>> {
    let mut parts = vec![text];
    for between in BETWEEN {
        parts = parts.iter().flat_map(|part| part.split(between)).collect();
    }
    let are_names = parts.iter().all(|part| is_name(part.trim()));
    are_names.then(|| parts.iter().map(|part| Author::named(display(part.trim()))).collect())
}

/// So many capitals without a lower-case letter begin a name.
const MAX_INITIALS: usize = 2;

/// Whether a text is a name that a person may have, in letters that have capitals or have none.
fn is_name(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    let is_word = |word: &str| NOBODY.contains(&word.to_lowercase().as_str());
    // `MIT License`, but `Élodie MARTIN`, `JD Lee`.
    let is_shouted = |word: &str| word.chars().count() > MAX_INITIALS && !word.contains(char::is_lowercase);
    let is_short_form = text.contains(char::is_lowercase) && text.split(' ').next().is_some_and(is_shouted);
    is_full_name(text)
        && !is_short_form
        && !PLACES.contains(&first.as_str())
        && !text.split([' ', '-']).any(is_word)
        && !(is_house(text) || is_paper(text) || is_office(text) || is_label(text) || dates::is_city(text))
}

/// Whether a name has what only people's have: one that many are called by, initials, or small words within it. Any two words may
/// have capitals otherwise, where titles do.
fn is_marked(name: &str) -> bool {
    let is_initial = |word: &str| word.len() == 2 && word.ends_with('.');
    given::begins(name) || name.split(' ').any(|word| is_initial(word) || word.starts_with(char::is_lowercase))
}

/// Whether a text uses a word of a name.
fn names(text: &str, name: &str) -> bool {
    /// Shorter ones are initials and `de`.
    const MIN_LETTERS: usize = 3;
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.len() >= MIN_LETTERS)
            .map(str::to_lowercase)
            .collect()
    };
    let named = words(name);
    words(text).iter().any(|word| named.contains(word))
}

/// The pieces of a text between its tags and line ends.
fn pieces(story: &str) -> impl Iterator<Item = &str> {
    story.split(['<', '>', '\n']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// Whether a line may be a second headline: some words, no sentence, nor what a label names.
pub(in crate::parse) fn is_subhead(line: &str) -> bool {
    let signs = line.chars().filter(|c| !c.is_ascii()).count();
    line.chars().count() <= MAX_SUBHEAD
        && (line.split_whitespace().count() >= MIN_WORDS || signs >= MIN_SIGNS)
        && !line.ends_with(['.', '。', '…', ',', ';'])
        && !line.contains([':', '：'])
}
