//! Bytes of a dropped file → text, or the byte at which they stop being text. A byte order mark decides, then valid
//! UTF-8, then the configured encoding, then a guess; what does not decode to its last byte is refused, never mended,
//! because a half-written or mixed file would otherwise be published as nonsense.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::rejection::Rejection;

/// One control character in so many is still a text (stray form feeds, NULs of old typesetting systems); more is a binary.
const CONTROLS_ONE_IN: usize = 100;
/// So many times more bytes in whole UTF-8 characters than in broken ones: the file is UTF-8 that was damaged. In GBK and
/// Big5 about one character in seven looks like UTF-8 by chance.
const DAMAGED_UTF8: usize = 4;
/// One error in so many bytes: the file is in that encoding, and was damaged. A wrong encoding fails far more often.
const DAMAGED_ONE_IN: usize = 50;

const SAVE_AS_UTF8: &str = "save the file as UTF-8, or state its encoding in the configuration (`intake.encoding`)";

/// The text of a file, without its byte order mark. `configured` counts for files that are not UTF-8; `language`
/// (BCP 47) decides between guesses that are equally good.
///
/// # Errors
/// With the offset of the first byte that belongs to no character, or when the file is no text at all.
pub fn decode(bytes: &[u8], configured: Option<&'static Encoding>, language: &str) -> Result<String, Rejection> {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        let text = strict(marked, &bytes[length..]).map_err(|at| broken(marked, bytes, at + length))?;
        return printable(text, bytes);
    }
    if let Some(wide) = unmarked_utf16(bytes) {
        let text = strict(wide, bytes).map_err(|at| broken(wide, bytes, at))?;
        return printable(text, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return printable(text.to_owned(), bytes),
        Err(e) if is_damaged_utf8(bytes, e.error_len().is_none()) => return Err(broken(UTF_8, bytes, e.valid_up_to())),
        Err(_) => {}
    }
    let encoding = configured.filter(|e| *e != UTF_8).unwrap_or_else(|| guess(bytes, language));
    let text = strict(encoding, bytes).map_err(|at| broken(encoding, bytes, at))?;
    printable(text, bytes)
}

/// The whole text, or the offset of the first byte that is no character.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull => Err(read),
        DecoderResult::Malformed(bad, after) => Err(read.saturating_sub(usize::from(bad) + usize::from(after))),
    }
}

/// UTF-16 that lost its mark: spaces, digits and line ends leave a NUL in every other byte, on one side only.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut first, mut second) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let seen = first + second;
    // Fewer than one character in fifty of ASCII does not occur in text that has lines.
    if seen == 0 || seen * 100 < bytes.len() {
        return None;
    }
    if second > first * 8 {
        Some(UTF_16LE)
    } else if first > second * 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// `cut_off`: nothing is wrong but that the last character is not all there.
fn is_damaged_utf8(bytes: &[u8], cut_off: bool) -> bool {
    let (mut whole, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    whole > 0 && (cut_off || whole >= bad * DAMAGED_UTF8)
}

/// The likeliest legacy encoding. GBK is read as GB18030, which contains it.
fn guess(bytes: &[u8], language: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not "last": a character cut off at the end must not make the right encoding impossible.
    detector.feed(bytes, false);
    let found = detector.guess(domain(language), Utf8Detection::Deny);
    let found = if found == GBK { GB18030 } else { found };
    if found == GB18030 || found == BIG5 {
        return simplified_or_traditional(bytes, found);
    }
    if !found.is_single_byte() {
        return found;
    }
    // One damaged byte rules the Chinese encodings out for the detector, and what is left reads Chinese as accents.
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let chinese = language.to_ascii_lowercase().starts_with("zh") || found == encoding_rs::WINDOWS_1252;
    if chinese && high * 4 > bytes.len() {
        for candidate in [GB18030, BIG5] {
            let (text, _) = candidate.decode_without_bom_handling(bytes);
            let errors = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
            if errors <= 1 + bytes.len() / DAMAGED_ONE_IN && bytes.len() > 8 {
                return candidate;
            }
        }
    }
    found
}

/// The detector follows the language's hint too readily here, and each of the two reads most of the other without an
/// error. Both tables begin with the characters in daily use: the right one is where the text finds most of its own.
fn simplified_or_traditional(bytes: &[u8], found: &'static Encoding) -> &'static Encoding {
    let (mut pairs, mut simplified, mut traditional) = (0usize, 0usize, 0usize);
    let mut rest = bytes.iter();
    while let Some(lead) = rest.next() {
        if lead.is_ascii() {
            continue;
        }
        let Some(trail) = rest.next() else { break };
        pairs += 1;
        simplified += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && *trail >= 0xa1);
        traditional += usize::from(matches!(lead, 0xa1..=0xc6) && matches!(trail, 0x40..=0x7e | 0xa1..=0xfe));
    }
    let (likelier, other) = if simplified >= traditional { (GB18030, BIG5) } else { (BIG5, GB18030) };
    // In a text of a few characters the counts say little, and the hint is worth more.
    if pairs < 8 || (likelier != found && strict(likelier, bytes).is_err() && strict(other, bytes).is_ok()) {
        return found;
    }
    likelier
}

/// The top-level domain under which pages in a language are mostly found: the hint the detector knows.
fn domain(language: &str) -> Option<&'static [u8]> {
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
        "el" => b"gr",
        "he" => b"il",
        "tr" => b"tr",
        "th" => b"th",
        "vi" => b"vn",
        "pl" => b"pl",
        "cs" => b"cz",
        "hu" => b"hu",
        _ => return None,
    })
}

/// Text, unless so many control characters say that the file is something else. NULs of an otherwise good text go.
fn printable(mut text: String, bytes: &[u8]) -> Result<String, Rejection> {
    let controls =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}')).count();
    if controls > 1 + text.len() / CONTROLS_ONE_IN || (controls == 1 && text.len() < 8) {
        let at = bytes.iter().position(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).unwrap_or_default();
        return Err(
            Rejection::new("the file is not text", "drop articles as text, Markdown or HTML").at_byte(at as u64)
        );
    }
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    Ok(text)
}

fn broken(encoding: &'static Encoding, bytes: &[u8], at: usize) -> Rejection {
    let rest = bytes.len().saturating_sub(at);
    // The longest character of any of these encodings has four bytes.
    let cut_off = rest < 4 && bytes[at..].iter().skip(1).all(|b| !b.is_ascii());
    let (reason, hint) = if cut_off {
        (format!("the file ends within a character ({})", encoding.name()), "copy the whole file again".to_owned())
    } else {
        (format!("a byte that is no character in {}", encoding.name()), SAVE_AS_UTF8.to_owned())
    };
    Rejection::new(reason, hint).at_byte(at as u64)
}
