//! A language as systems write it → a BCP 47 tag.

/// RFC 5646 section 4.4.1: no registered tag needs more.
const MAX_TAG: usize = 35;

/// A BCP 47 language tag as systems write it (`zh_CN`, `de_DE.UTF-8`); none where it is something else.
#[must_use]
pub fn language_tag(stated: &str) -> Option<String> {
    let tag = stated.trim().split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    let cased = |(at, part): (usize, &str)| match (at, part.len()) {
        // RFC 5646 section 2.1.1: `zh-Hant-TW`.
        (1.., 2) => part.to_ascii_uppercase(),
        (1.., 4) => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    };
    (primary && rest && tag.len() <= MAX_TAG)
        .then(|| tag.split('-').enumerate().map(cased).collect::<Vec<_>>().join("-"))
}
