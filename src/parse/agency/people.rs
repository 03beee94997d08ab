//! A byline as agencies print it → its people: `By Jane Roe and JOHN DOE, AP Business Writers`, `Von Anna Meier, dpa`,
//! `新华社记者 林晓`. What is no name says what the people before it are, or whom they work for.

use crate::article::Author;
use crate::parse::front_matter::MAX_PEOPLE;
use crate::parse::{page, text, xml};

/// How bylines begin, by language. Lower-case ones are parts of names in others (`von`, `de`).
const BEGINNINGS: [&str; 15] = [
    "By ",
    "by ",
    "BY ",
    "Von ",
    "VON ",
    "Par ",
    "PAR ",
    "Por ",
    "POR ",
    "Av ",
    "AV ",
    "Door ",
    "DOOR ",
    "Text: ",
    "Story by ",
];
/// What parts two people.
const BETWEEN: [&str; 13] =
    [", ", " and ", " AND ", " & ", " und ", " et ", " avec ", " y ", " och ", " og ", "; ", " / ", " | "];
/// Words in the names of houses and institutes.
const HOUSES: [&str; 42] = [
    "agence",
    "agencia",
    "agency",
    "agentur",
    "associates",
    "association",
    "bureau",
    "center",
    "centre",
    "college",
    "company",
    "corporation",
    "foundation",
    "group",
    "images",
    "inc",
    "institut",
    "institute",
    "journal",
    "ltd",
    "magazine",
    "media",
    "museum",
    "network",
    "news",
    "online",
    "post",
    "press",
    "presse",
    "radio",
    "reuters",
    "school",
    "service",
    "services",
    "society",
    "solutions",
    "studio",
    "times",
    "tv",
    "universidad",
    "universität",
    "university",
];

/// The short name of a house has no more characters.
const MAX_HOUSE: usize = 6;
/// More characters than any list of people.
const MAX_BYLINE: usize = 1000;

/// The people of a byline, in its order.
pub(in crate::parse) fn of(byline: &str) -> Vec<Author> {
    let beginning: String = byline.chars().take(MAX_BYLINE).collect();
    let Some(line) = xml::line(&beginning) else { return Vec::new() };
    if let Some(authors) = page::people(&line) {
        return authors;
    }
    let line = BEGINNINGS.iter().find_map(|by| line.strip_prefix(by)).unwrap_or(&line);
    let mut authors: Vec<Author> = Vec::new();
    for part in parts(line) {
        if authors.len() >= MAX_PEOPLE {
            break;
        }
        if !authors.is_empty() && (text::is_office(&part) || is_house(&part)) {
            describe(&mut authors, &part);
        } else if let Some(author) = author(&part)
            && authors.iter().all(|known| known.name != author.name)
        {
            authors.push(author);
        }
    }
    authors
}

/// What a line under the byline says of its people: `AP Business Writer`, `NITF Network News Online`.
pub(in crate::parse) fn describe(authors: &mut [Author], words: &str) {
    for author in authors {
        if text::is_office(words) && !is_house_alone(words) {
            author.role.get_or_insert_with(|| words.to_owned());
        } else {
            author.affiliation.get_or_insert_with(|| words.to_owned());
        }
    }
}

/// `Jane Roe`, `Jane Roe (AP)`, `JANE ROE in Berlin`, `Jane Roe <jane@example.org>`
fn author(part: &str) -> Option<Author> {
    let name =
        part.split(" <").next().unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || ",;:=".contains(c));
    // `Anna Lind/TT`, `NTB/Anna Lind`, `STT–Anna Lind`
    let names_both = |(name, house): &(&str, &str)| {
        let is_short = house.chars().count() <= MAX_HOUSE && house.chars().all(|c| c.is_uppercase());
        name.contains(' ') && text::is_person(name) && (is_short || text::is_house(house))
    };
    let slashed = name.split_once(['/', '–']).and_then(|(a, b)| [(a, b), (b, a)].into_iter().find(names_both));
    if let Some((name, house)) = slashed {
        return Some(Author { affiliation: Some(house.to_owned()), ..Author::named(text::display(name)) });
    }
    let (name, house) = match name.split_once(" (").filter(|(_, rest)| rest.ends_with(')')) {
        Some((name, house)) => (name, Some(house.trim_end_matches(')').to_owned())),
        None => (name, None),
    };
    let name = match [" in ", " at ", " à "].iter().find_map(|place| name.split_once(place)) {
        Some((person, _)) if text::is_person(person) => person,
        _ => name,
    };
    (!name.is_empty()).then(|| Author { affiliation: house, ..Author::named(text::display(name)) })
}

fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![line.to_owned()];
    for between in BETWEEN {
        parts = parts.iter().flat_map(|part| part.split(between)).map(str::to_owned).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    // `, and John Doe`
    parts.iter().map(|part| part.trim().trim_start_matches("and ").trim().to_owned()).collect()
}

fn is_house(part: &str) -> bool {
    text::is_house(part)
        || part.split(|c: char| !c.is_alphanumeric()).any(|word| HOUSES.contains(&word.to_lowercase().as_str()))
}

/// `Associated Press` ends like an office, and is none.
fn is_house_alone(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "press" | "reuters")
}
