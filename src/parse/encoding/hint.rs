//! What language a file is in, as it says itself in ASCII before anybody knows its encoding; and the hint that the detector of
//! encodings knows for a language.

use std::collections::HashMap;

/// A head or the first tag of a page states it within so many bytes.
const MAX_HEAD: usize = 4 * 1024;

/// The language that a file states: `lang: pl` in its head, or `<html lang="pl">`.
pub(super) fn stated(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_HEAD)]).to_ascii_lowercase();
    let start = head.trim_start();
    let value = if start.starts_with("---") || start.starts_with("+++") {
        let mut lines = start.lines().skip(1).take_while(|line| !matches!(line.trim_end(), "---" | "+++"));
        lines.find_map(|line| {
            let (name, value) = line.split_once([':', '='])?;
            matches!(name.trim_matches([' ', '"']), "lang" | "language" | "locale").then_some(value)
        })
    } else {
        let (_, tag) = head.split_once("<html")?;
        let (tag, _) = tag.split_once('>')?;
        tag.split_once("lang=").map(|(_, value)| value)
    };
    let tag: String = value?
        .trim_start_matches([' ', '"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (tag.len() >= 2).then_some(tag)
}

/// Words in everyday use of a language, in ASCII: they are there whatever the encoding is. The detector hears these languages
/// least well, for their letters stand where the West has others.
const WORDS: [(&str, &[&str]); 3] = [
    ("hu", &["az", "egy", "hogy", "nem", "meg", "volt", "csak", "mint", "ezt", "azt", "vagy", "szerint", "hogyan"]),
    ("lt", &["ir", "kad", "yra", "buvo", "tai", "bet", "kaip", "apie", "metus", "arba", "dar", "jau", "kuris", "taip"]),
    ("et", &["ja", "on", "ei", "kui", "ning", "oli", "aga", "ka", "see", "mis", "kes", "kaks", "ole", "siis"]),
];
/// So many different ones are heard, and one in so many words is one of them.
const LEAST_HEARD: usize = 3;
const HEARD_ONE_IN: usize = 12;

/// The language among these three that a file is in by its words.
pub(super) fn heard(bytes: &[u8]) -> Option<&'static str> {
    let text: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
    let is_part = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    // How often each of them is heard.
    let common = WORDS.iter().flat_map(|(_, common)| *common);
    let mut heard: HashMap<&[u8], usize> = common.map(|word| (word.as_bytes(), 0)).collect();
    let mut spoken = 0_usize;
    for word in text.split(|byte| !is_part(byte)).filter(|word| !word.is_empty()) {
        spoken += 1;
        if let Some(times) = heard.get_mut(word) {
            *times += 1;
        }
    }
    let counted = WORDS.iter().map(|(language, common)| {
        let times = || common.iter().filter_map(|word| heard.get(word.as_bytes())).filter(|times| **times > 0);
        (times().count(), times().sum::<usize>(), *language)
    });
    let (different, all, language) = counted.max()?;
    (different >= LEAST_HEARD && all * HEARD_ONE_IN >= spoken).then_some(language)
}

/// Whether the letters of a language are those of the Baltic.
pub(super) fn is_baltic(language: &str) -> bool {
    let first = language.split(['-', '_']).next().unwrap_or_default();
    ["lt", "lv", "et"].iter().any(|baltic| first.eq_ignore_ascii_case(baltic))
}

/// The top-level domain under which pages in a language are mostly found.
pub(super) fn domain(language: &str) -> Option<&'static [u8]> {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let traditional = parts.any(|p| matches!(p, "tw" | "hk" | "mo" | "hant"));
    Some(match first {
        "zh" if traditional => b"tw",
        "zh" => b"cn",
        "ja" => b"jp",
        "ko" => b"kr",
        "ru" => b"ru",
        "uk" => b"ua",
        "be" => b"by",
        "bg" => b"bg",
        "mk" => b"mk",
        "sr" => b"rs",
        "el" => b"gr",
        "he" => b"il",
        "ar" => b"sa",
        "fa" => b"ir",
        "tr" => b"tr",
        "az" => b"az",
        "th" => b"th",
        "vi" => b"vn",
        "pl" => b"pl",
        "cs" => b"cz",
        "sk" => b"sk",
        "sl" => b"si",
        "hr" => b"hr",
        "bs" => b"ba",
        "hu" => b"hu",
        "ro" => b"ro",
        "lt" => b"lt",
        "lv" => b"lv",
        "et" => b"ee",
        // Any of the West will do; without a hint a few accents may be taken for Baltic.
        "en" => b"gov",
        "fr" => b"fr",
        "de" => b"de",
        "es" => b"es",
        "it" => b"it",
        "pt" => b"pt",
        "nl" => b"nl",
        "sv" => b"se",
        "da" => b"dk",
        "nb" | "nn" | "no" => b"no",
        "fi" => b"fi",
        "is" => b"is",
        _ => return None,
    })
}
