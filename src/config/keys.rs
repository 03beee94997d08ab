//! The keys the configuration file may have, and which of them was meant by one it may not.

/// The keys of each table; the sample file and `to_toml` name the same.
pub(super) const TOP: [&str; 14] = [
    "title",
    "base_url",
    "site",
    "language",
    "time_zone",
    "authority",
    "icon",
    "inbox",
    "feeds",
    "state",
    "intake",
    "publish",
    "server",
    "section",
];
pub(super) const INTAKE: [&str; 11] = [
    "on_delete",
    "grace",
    "guard",
    "settle",
    "rescan",
    "watch",
    "poll",
    "media_wait",
    "encoding",
    "max_file",
    "notices",
];
pub(super) const PUBLISH: [&str; 6] = ["entries", "window", "max_entries", "max_bytes", "full_text", "ttl"];
pub(super) const SERVER: [&str; 2] = ["listen", "cache"];
pub(super) const SECTION: [&str; 7] =
    ["title", "description", "language", "entries", "window", "max_entries", "full_text"];

/// Which key was meant: the same one of another table, else the one with the fewest letters changed.
pub(super) fn nearest(key: &str, keys: &[&str]) -> String {
    let tables = [("", &TOP[..]), ("intake", &INTAKE[..]), ("publish", &PUBLISH[..]), ("server", &SERVER[..])];
    if let Some((table, _)) = tables.iter().find(|(_, keys)| keys.contains(&key)) {
        return match *table {
            "" => format!("{key:?} belongs above the first [table]"),
            table => format!("{key:?} belongs in [{table}]"),
        };
    }
    let near = keys.iter().min_by_key(|known| distance(key, known)).copied().unwrap_or_default();
    format!("did you mean {near:?}?")
}

/// The longest key that is compared letter by letter; the longest of ours has eleven.
const LONGEST_KEY: usize = 40;

/// Levenshtein's distance: letters to change, add or take away, where `-` is as good as `_`.
fn distance(written: &str, known: &str) -> usize {
    let known: Vec<char> = known.chars().collect();
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, letter) in written.to_lowercase().replace('-', "_").chars().take(LONGEST_KEY).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in known.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[known.len()]
}
