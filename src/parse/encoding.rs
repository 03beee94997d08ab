//! Bytes of a dropped file → text, or the byte at which they stop being text. A byte order mark decides, then valid
//! UTF-8, then the configured encoding, then a guess; what does not decode to its last byte is refused, never mended,
//! because a half-written or mixed file would otherwise be published as nonsense.

mod hint;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1257,
};

use crate::article::is_all_printable;
use crate::rejection::Rejection;

/// One control character in so many is still a text (stray form feeds, NULs of old typesetting systems); more is a binary.
const CONTROLS_ONE_IN: usize = 100;
/// So many times more bytes in whole UTF-8 characters than in broken ones: the file is UTF-8 that was damaged. In GBK and
/// Big5 about one character in seven looks like UTF-8 by chance.
const DAMAGED_UTF8: usize = 4;
/// So many whole UTF-8 characters of three bytes or more between two broken ones never occur in another encoding.
const UTF8_RUN: usize = 8;
/// One error in so many bytes: the file is in that encoding, and was damaged. A wrong encoding fails far more often.
const DAMAGED_ONE_IN: usize = 50;

/// Fewer letters say nothing against the language that is told.
const LEAST_LETTERS: usize = 2;

/// So many bytes tell an encoding: the detector looks at each many times, and no text changes it on the way.
const TELLING: usize = 1024 * 1024;

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
    if let Some(program) = other_file(bytes) {
        let hint = "save it as text, Markdown or HTML, and drop that";
        return Err(Rejection::new(format!("the file is {program} under the name of a text"), hint).at_byte(0));
    }
    // Nearly every file is this; UTF-16 without its mark has NULs or is no UTF-8.
    let utf8 = std::str::from_utf8(bytes);
    if let Some(text) = utf8.ok().filter(|text| is_all_printable(text)) {
        return Ok(text.to_owned());
    }
    if let Some(wide) = unmarked_utf16(bytes) {
        let text = strict(wide, bytes).map_err(|at| broken(wide, bytes, at))?;
        return printable(text, bytes);
    }
    match utf8 {
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

/// Files that are often renamed instead of saved anew: they begin with what no text does.
fn other_file(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (or a Word document, which is one)"),
        (b"\xD0\xCF\x11\xE0", "an old Word document"),
        (b"{\\rtf", "rich text (RTF)"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"bplist00", "a binary property list"),
    ];
    BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, program)| *program)
}

/// UTF-16 that lost its mark. Spaces, digits and line ends leave a NUL in every other byte, on one side only; Chinese
/// without any of these is known by its characters.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut first, mut second, mut controls) = (0usize, 0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
        controls += pair.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count();
    }
    // ASCII read as UTF-16 is Chinese too, and a stray NUL makes no UTF-16 of it.
    if controls * 4 < bytes.len() && std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let seen = first + second;
    // Fewer than one character in fifty of ASCII hardly occurs in text that has lines.
    let spaced = seen * 100 >= bytes.len();
    [(UTF_16LE, second, first), (UTF_16BE, first, second)].into_iter().find_map(|(wide, here, there)| {
        let (usual, stops) = usual(wide, bytes);
        ((spaced && here > there * 8 && usual) || (usual && stops)).then_some(wide)
    })
}

/// Whether nine of ten characters are such as occur in text, and whether Chinese stops and commas are among them: as
/// UTF-16 these hold bytes that no text in another encoding does.
fn usual(wide: &'static Encoding, bytes: &[u8]) -> (bool, bool) {
    let read = if wide == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let (mut all, mut usual, mut stops) = (0usize, 0usize, 0usize);
    for unit in bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])) {
        all += 1;
        usual += usize::from(matches!(unit,
            0x9..=0xD | 0x20..=0x7E | 0xA0..=0x17FF | 0x1E00..=0x206F | 0x20A0..=0x26FF | 0x3000..=0x30FF
            | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF00..=0xFF65));
        stops += usize::from(matches!(unit, 0x3001 | 0x3002 | 0xFF0C));
    }
    (usual * 10 >= all * 9, stops > 0 && stops * 200 > all)
}

/// `cut_off`: nothing is wrong but that the last character is not all there.
fn is_damaged_utf8(bytes: &[u8], cut_off: bool) -> bool {
    // Half of a pair of UTF-16, written as UTF-8 by a program that does not know better.
    let surrogates = bytes.windows(3).filter(|w| matches!(w, [0xED, 0xA0..=0xBF, 0x80..=0xBF])).count();
    let (mut whole, mut bad, mut run) = (0usize, 0usize, 0usize);
    // `é` and `’` in UTF-8 are `Ã©` and `â€™` in another encoding, which nobody writes: one of them outweighs a bad byte.
    let telltale = |c: char| matches!(c, '\u{c0}'..='\u{ff}' | '\u{2013}'..='\u{2026}');
    let mut telltales = 0usize;
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        run = run.max(chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count());
        telltales += chunk.valid().chars().filter(|c| telltale(*c)).count();
        bad += chunk.invalid().len();
    }
    // One byte at the end may be a whole Latin letter; two are the beginning of a character.
    let cut_off = cut_off && (whole > 0 || bad > 1);
    cut_off
        || (whole > 0 && (whole >= bad * DAMAGED_UTF8 || telltales >= bad))
        || run >= UTF8_RUN
        || bad == surrogates * 3
}

/// The likeliest legacy encoding. GBK is read as GB18030, which contains it. What the file says of its language counts more
/// than `language`.
fn guess(bytes: &[u8], language: &str) -> &'static Encoding {
    let stated = hint::stated(bytes);
    let heard = if stated.is_none() { hint::heard(telling(bytes)) } else { None };
    let language = stated.as_deref().or(heard).unwrap_or(language);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not "last": a character cut off at the end must not make the right encoding impossible.
    detector.feed(telling(bytes), false);
    let found = detector.guess(hint::domain(language), Utf8Detection::Deny);
    let found = if found == GBK { GB18030 } else { found };
    if found == GB18030 || found == BIG5 {
        return simplified_or_traditional(bytes, found);
    }
    if !found.is_single_byte() {
        return found;
    }
    // The detector does not know Lithuanian and Estonian from the languages of the West.
    let is_western = found == WINDOWS_1252 || (heard.is_some() && found != WINDOWS_1257);
    if is_western && hint::is_baltic(language) {
        let (text, _) = WINDOWS_1257.decode_without_bom_handling(bytes);
        return if text.contains(|c| matches!(c, '\u{80}'..='\u{9f}')) { found } else { WINDOWS_1257 };
    }
    if heard == Some("hu") && found == WINDOWS_1252 {
        return WINDOWS_1250;
    }
    if found == WINDOWS_1252 && stated.is_none() {
        // The publication's language is not that of all it publishes.
        let free = detector.guess(None, Utf8Detection::Deny);
        if free.is_single_byte() && reads_better(telling(bytes), free) {
            return free;
        }
    }
    // One damaged byte rules the Chinese encodings out for the detector, and what is left reads Chinese as accents.
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let chinese = language.to_ascii_lowercase().starts_with("zh") || found == WINDOWS_1252;
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

/// Whether what another encoding reads otherwise than the Western one are letters in words, not pounds and fractions.
fn reads_better(bytes: &[u8], other: &'static Encoding) -> bool {
    let (western, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (text, _) = other.decode_without_bom_handling(bytes);
    let text: Vec<char> = text.chars().collect();
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphabetic());
    let (mut differ, mut letters) = (0usize, 0usize);
    for (at, (here, there)) in text.iter().zip(western.chars()).enumerate() {
        if *here != there {
            differ += 1;
            letters += usize::from(is_letter(at) && (is_letter(at + 1) || at.checked_sub(1).is_some_and(is_letter)));
        }
    }
    letters >= LEAST_LETTERS && letters * 4 >= differ * 3
}

/// The part of a file that tells its encoding: its beginning, but that ASCII at its head tells nothing.
fn telling(bytes: &[u8]) -> &[u8] {
    let start = if bytes.len() > TELLING { bytes.iter().position(|b| !b.is_ascii()).unwrap_or_default() } else { 0 };
    &bytes[start..bytes.len().min(start + TELLING)]
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

/// A message that is framed as wires do it (IPTC 7901): its header, and its text below that.
fn unframed(text: &str) -> Option<String> {
    /// They stand between these.
    const FRAME: [char; 3] = ['\u{1}', '\u{2}', '\u{3}'];
    let framed = text.trim_start_matches(['\u{16}', '\r', '\n']).strip_prefix(FRAME[0])?;
    let (header, framed) = framed.split_once(FRAME[1])?;
    let (story, after) = framed.split_once(FRAME[2])?;
    // Behind it stand a time and a sign; another message would be lost.
    (!after.contains(FRAME)).then(|| format!("{header}\n{story}"))
}

/// Text, unless so many control characters say that the file is something else. NULs of an otherwise good text go.
fn printable(text: String, bytes: &[u8]) -> Result<String, Rejection> {
    let mut text = unframed(&text).unwrap_or(text);
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
