//! Turns any text a person typed (a folder, a title, a file name) into one segment of a URL path.
//! The result is stable for ever: ids and URLs are minted from it, so no rule here may change.

use unicode_normalization::UnicodeNormalization;

/// The longest segment in bytes of UTF-8, before the hash that keeps shortened ones apart.
/// Percent-encoded, 120 bytes of Chinese are 360 characters: far inside every URL and file name limit.
pub const MAX_BYTES: usize = 120;

/// Names that documents of a section or of the whole take, so that no folder or article may have them.
const RESERVED: [&str; 7] = ["index", "index.html", "rss.xml", "atom.xml", "feed.json", "opml.xml", "style.css"];

/// One URL segment: NFC, everything but letters, digits and `-._` turned into `-` (runs become one),
/// never empty, never beginning with `.`, `_` or `-`, never a reserved name, at most [`MAX_BYTES`] and a hash.
#[must_use]
pub fn segment(raw: &str) -> String {
    let mut name = String::with_capacity(raw.len());
    for c in raw.nfc() {
        if c.is_alphanumeric() || c == '.' || c == '_' {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_start_matches(['.', '_', '-']).trim_end_matches(['-', '.']);
    if name.is_empty() {
        return if raw.is_empty() { "untitled".to_owned() } else { short_hash(raw) };
    }
    if name.len() > MAX_BYTES {
        let mut end = MAX_BYTES;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        return format!("{}-{}", &name[..end], short_hash(raw));
    }
    if RESERVED.contains(&fold(name).as_str()) {
        return format!("{name}-2");
    }
    name.to_owned()
}

/// The key under which two paths are the same name on a file system that ignores case.
#[must_use]
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// Eight hexadecimal digits of a hash: enough to keep the items of one page or one folder apart.
#[must_use]
pub fn short_hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
}
