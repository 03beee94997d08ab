//! An article's HTML → whether it is more than an article can be, told from its bytes before a tree is built of it: one
//! takes hundreds of bytes for each tag. What passes is cleaned and printed within a moment, whatever it was read from.

use crate::article::Draft;
use crate::rejection::Rejection;

/// The longest text of one article, in bytes without tags: a whole book takes one or two MiB.
pub const MAX_TEXT: usize = 4 * 1024 * 1024;

/// The most tags and character references of one file's articles: a book has some ten thousand, the longest tables of
/// results a hundred thousand. Each takes up to a kilobyte and four microseconds while its article is read and cleaned.
pub const MAX_MARKS: usize = 200_000;

/// Writing HTML searches the rest of a text anew at each `&` in it: marks times bytes, summed, that still take a moment.
pub(super) const MAX_ESCAPING: u64 = 4_000_000_000;

/// A whole newspaper has fewer lines: its fullest page has some thousand. Reading by the rules of the genre keeps half a
/// kilobyte for each, however short it is.
const MOST_LINES: usize = 50_000;

/// Whether a text is too long to be read by the rules of the genre: in bytes, or in lines.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > MAX_TEXT || text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() > MOST_LINES
}

/// Refuses a file whose articles are too long or too full.
///
/// # Errors
/// Beyond [`MAX_TEXT`], [`MAX_MARKS`] or what can be written in a moment.
pub(super) fn within(drafts: &[Draft]) -> Result<(), Rejection> {
    let at_most = drafts.iter().try_fold(0_usize, |sum, draft| Some(sum + few(&draft.body)?));
    if at_most.is_some_and(|marks| marks <= MAX_MARKS) {
        return Ok(());
    }
    let mut marks = 0;
    for draft in drafts {
        marks += counted(&draft.body)?;
    }
    if marks > MAX_MARKS { Err(too_full()) } else { Ok(()) }
}

/// Refuses a body that is too long or too full by itself.
///
/// # Errors
/// As [`within`].
pub(super) fn bearable(html: &str) -> Result<(), Rejection> {
    if few(html).is_some() { Ok(()) } else { counted(html).map(|_| ()) }
}

/// More marks than a short body can have, told by its bytes alone: nearly every article ends here. None where its parts must
/// be looked at.
fn few(html: &str) -> Option<usize> {
    /// A body of this many bytes has neither too many marks nor too long a text, nor one that takes long to write.
    const SHORT: usize = 60_000;
    let is_mark = |byte: u8| (byte == b'<') | (byte == b'&');
    // Sums without leaving early, which compilers turn into wide instructions; a byte holds as many as 255.
    let in_part = |part: &[u8]| usize::from(part.iter().fold(0_u8, |sum, byte| sum + u8::from(is_mark(*byte))));
    // A picture counts twice.
    (html.len() <= SHORT).then(|| 1 + 2 * html.as_bytes().chunks(255).map(in_part).sum::<usize>())
}

/// How many tags and character references a body has.
///
/// # Errors
/// As [`within`].
fn counted(html: &str) -> Result<usize, Rejection> {
    let (mut marks, mut length, mut escaping) = (0, 0, 0_u64);
    for part in html.split('<') {
        // What precedes the first tag has none before it.
        let text = if marks == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        let references = part.bytes().filter(|byte| *byte == b'&').count();
        // A picture has no end tag, and takes as much as what has one.
        marks += 1 + references + usize::from(part.starts_with("img"));
        length += text.len();
        escaping = escaping.saturating_add(effort(text));
        if marks > MAX_MARKS {
            return Err(too_full());
        }
    }
    if length > MAX_TEXT {
        return Err(too_long());
    }
    if escaping > MAX_ESCAPING {
        return Err(too_dense());
    }
    Ok(marks)
}

/// What it takes to write a text: the references in it times its bytes.
fn effort(text: &str) -> u64 {
    // Hardly any text has one, or the first byte of a space that does not break.
    if !text.bytes().any(|byte| matches!(byte, b'&' | 0xc2)) {
        return 0;
    }
    // A space that does not break is written as a reference; these are written as they are, or without looking on.
    let others: usize = ["&quot;", "&lt;", "&gt;", "&#39;"].iter().map(|name| text.matches(name).count()).sum();
    let written = text.matches(['&', '\u{a0}']).count().saturating_sub(others);
    (written as u64).saturating_mul(text.len() as u64)
}

/// Its words are more than a book's.
pub(super) fn too_long() -> Rejection {
    let reason = format!("its text is longer than {} MiB", MAX_TEXT / 1024 / 1024);
    Rejection::new(reason, "divide it into several articles")
}

/// Its tags are more than any article's.
pub(super) fn too_full() -> Rejection {
    let reason = format!("it has more than {MAX_MARKS} paragraphs, cells and other marks");
    Rejection::new(reason, "divide it into several articles")
}

/// One of its texts would take long to write.
pub(super) fn too_dense() -> Rejection {
    let reason = "one of its texts is too long and full of `&` or spaces that do not break";
    Rejection::new(reason, "divide it into paragraphs")
}
