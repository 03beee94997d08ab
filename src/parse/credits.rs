//! The line at the end of a dispatch that names its makers → its contributors: `(Reporting by Jane Roe in Oslo; Editing by
//! John Doe)`. The line itself stays in the text, where readers look for it.

use super::agency::prose;
use super::front_matter::MAX_PEOPLE;
use super::text;
use crate::article::{Author, Draft};

/// The line is one of the last so many paragraphs: notices of standards and of rights may follow it.
const MAX_BACK: usize = 3;
/// No such line is longer, in bytes.
const MAX_LINE: usize = 2000;
/// What people do for a dispatch.
const DEEDS: [&str; 14] = [
    "compiled",
    "compiling",
    "edited",
    "editing",
    "graphics",
    "production",
    "reported",
    "reporting",
    "research",
    "translated",
    "translating",
    "translation",
    "writing",
    "written",
];
/// What may stand before and between deeds.
const BESIDE: [&str; 6] = ["additional", "further", "extra", "with", "and", "&"];
/// How places of several words begin, which may follow a place after a name (`in Paris and New York`).
const PLACES: [&str; 10] = ["New ", "San ", "Los ", "Las ", "Sao ", "São ", "Hong ", "Tel ", "Buenos ", "Kuala "];

/// Adds to a draft the people whom the end of its text names; its authors are no contributors besides.
pub(super) fn fill(draft: &mut Draft) {
    let mut rest = draft.body.as_str();
    for _ in 0..MAX_BACK {
        let Some(end) = rest.rfind("</p>") else { return };
        let Some(start) = rest[..end].rfind("<p") else { return };
        if end - start <= MAX_LINE
            && begins_with_a_deed(&rest[start..end])
            && let Some(line) = prose::words(&rest[start..end])
            && let Some(people) = people(&line)
        {
            let is_author = |person: &Author| draft.authors.iter().any(|author| author.name == person.name);
            draft.contributors = people.into_iter().filter(|person| !is_author(person)).collect();
            return;
        }
        rest = &rest[..start];
    }
}

/// Whether the first word of a paragraph's markup says what somebody did, or might: most paragraphs need not be read for that.
fn begins_with_a_deed(paragraph: &str) -> bool {
    let mut rest = paragraph;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '<' | '&'));
        match rest.strip_prefix('<').map(|tag| tag.split_once('>')) {
            Some(Some((_, after))) => rest = after,
            Some(None) => return true,
            None => break,
        }
    }
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // A reference may stand for a letter.
    rest[word.len()..].starts_with('&') || DEEDS.iter().chain(&BESIDE).any(|told| word.eq_ignore_ascii_case(told))
}

/// The people of a line that says who did what, and nothing else.
fn people(line: &str) -> Option<Vec<Author>> {
    let line = line.strip_prefix('(').map_or(line, |inner| inner.trim_end_matches('.').trim_end_matches(')'));
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut deeds = (0..words.len()).filter_map(|by| deed(&words, by)).peekable();
    if deeds.peek()?.0 != 0 {
        return None;
    }
    let mut people: Vec<Author> = Vec::new();
    while let Some((start, by)) = deeds.next() {
        let end = deeds.peek().map_or(words.len(), |next| next.0);
        let role = words[start..by].join(" ");
        for name in names(&words[by + 1..end].join(" "))? {
            match people.iter().position(|known| known.name == name) {
                Some(known) => {
                    let known = &mut people[known];
                    known.role = known.role.take().map(|roles| format!("{roles}, {role}"));
                }
                None if people.len() >= MAX_PEOPLE => return Some(people),
                None => people.push(Author { role: Some(role.clone()), ..Author::named(name) }),
            }
        }
    }
    (!people.is_empty()).then_some(people)
}

/// Where a deed begins whose `by` stands there, and that place: `Additional reporting and writing by`.
fn deed(words: &[&str], by: usize) -> Option<(usize, usize)> {
    let is = |list: &[&str], word: &str| list.contains(&word.trim_end_matches([',', ':']).to_lowercase().as_str());
    if !words[by].trim_end_matches(':').eq_ignore_ascii_case("by") || !is(&DEEDS, words[..by].last()?) {
        return None;
    }
    let told = |word: &&&str| is(&DEEDS, word) || is(&BESIDE, word);
    let mut start = by - words[..by].iter().rev().take_while(told).count();
    // What joins it to the one before is not its name.
    while words.get(start).is_some_and(|word| ["and", "with", "&"].contains(word)) {
        start += 1;
    }
    Some((start, by))
}

/// `David Bailey in Minneapolis, Erwin Seba in Houston and Ann Lee`: the names; none where anything else is said.
fn names(list: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut is_placed = false;
    let parts = list.split([',', ';']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    for part in parts {
        let part = part.trim().trim_start_matches("and ").trim_end_matches(" and").trim_end_matches(['.', ')']).trim();
        let place = [" in ", " at ", " for ", " ("].iter().filter_map(|between| part.find(between)).min();
        let name = place.map_or(part, |at| &part[..at]);
        let is_place = is_placed && place.is_none() && {
            let begins = PLACES.iter().any(|beginning| name.starts_with(beginning));
            !name.contains(' ') || name.ends_with(" City") || begins
        };
        is_placed |= place.is_some();
        if name.is_empty() || is_place || text::is_house(name) || text::is_office(name) || is_newsroom(name) {
            continue;
        }
        if !text::is_person(name) {
            return None;
        }
        names.push(text::display(name));
    }
    Some(names)
}

/// `Bengaluru newsroom`, `the Oslo bureau`
fn is_newsroom(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    ["newsroom", "newsrooms", "bureau", "bureaus", "bureaux", "team"].contains(&last.as_str())
}
