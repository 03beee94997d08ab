//! Which characters a text may hold that is published, and which of them are Chinese.

use std::borrow::Cow;

/// Whether a text may hold the character: XML 1.0 (section 2.2, `Char`) allows it, and it is neither a C1 control nor
/// one of Unicode's noncharacters, which XML and HTML discourage and no reader shows. No escape makes the others legal,
/// so cleaning removes them.
#[must_use]
pub fn is_printable(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{7E}' | '\u{A0}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..)
        && u32::from(c) & 0xFFFE != 0xFFFE
}

/// The text without what [`is_printable`] refuses; borrowed, because hardly any text has it.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_all_printable(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_printable(*c)).collect())
}

/// Whether it is a Chinese character (Unicode's unified ideographs, and the zero among them).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{3ffff}')
}

/// Whether [`is_printable`] refuses nothing in the text.
#[must_use]
pub fn is_all_printable(text: &str) -> bool {
    !is_suspect(text.as_bytes()) || text.chars().all(is_printable)
}

/// Whether UTF-8 may hold what is not printable: ASCII controls, C1 controls (C2 80 to C2 9F), and noncharacters, of which U+FDD0 to
/// U+FDEF begin with EF B7 and the last two of the first plane with EF BF; those of any other end with BF BE or BF BF. Looks at all
/// bytes without leaving early, which compilers turn into wide instructions: decoding a text to find nothing takes many times as long,
/// and nearly every text has nothing.
fn is_suspect(text: &[u8]) -> bool {
    let is_control = |b: u8| ((b < b' ') & (b != b'\n') & (b != b'\t')) | (b == 0x7F);
    let controls = text.iter().fold(false, |any, b| any | is_control(*b));
    let is_pair = |a: u8, b: u8| {
        ((a == 0xC2) & (b < 0xA0)) | ((a == 0xEF) & ((b == 0xB7) | (b == 0xBF))) | ((a == 0xBF) & (b & 0xFE == 0xBE))
    };
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    controls | pairs.fold(false, |any, (a, b)| any | is_pair(*a, *b))
}
