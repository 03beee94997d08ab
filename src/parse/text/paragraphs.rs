//! Lines in Latin letters → paragraphs: wrapped lines are joined; the entries of a list, what each speaker of an interview
//! says, and the rows of a table stay apart.

use crate::escape;
use crate::parse::page::Line;

/// Text whose lines are all this short was wrapped, in characters.
const WRAPPED: usize = 110;
/// Lines this short, in characters, may be meant and not wrapped: verse, lists of names.
const MEANT: usize = 45;
/// So many rows are a table; none is longer, in characters.
const TABLE: usize = 3;
const MAX_ROW: usize = 80;
/// The words above the first row are no longer, in characters.
const MAX_HEADER: usize = 40;
/// A speaker's name, or what a field is called, is no longer, in characters, and has no more words.
const MAX_LABEL: usize = 25;
const LABEL_WORDS: usize = 3;
/// So many lines before and after one are asked who speaks in them.
const NEAR: usize = 40;
/// Who speaks in any interview.
const ASKED: [&str; 6] = ["Q", "A", "Question", "Answer", "Frage", "Antwort"];

/// The paragraphs of some lines: blank lines and indents end one, and so does every line of a text that is not wrapped. The
/// rows of a table are one paragraph, with line ends between them.
pub(in crate::parse) fn paragraphs(lines: &[Line]) -> Vec<String> {
    let longest = lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
    let wrapped = longest <= WRAPPED;
    let meant = longest <= MEANT && is_meant(lines, longest);
    let in_table = tables(lines);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut number = 0;
    let mut room = false;
    let mut before: Option<&Line> = None;
    for (at, line) in lines.iter().enumerate() {
        let ended = before.is_none_or(|before| ends_sentence(&before.text));
        let entry = match numbered(&line.text) {
            // A day or a year in running text stands at the beginning of a line too: `12. Juli`.
            Some(found) if ended || found == number + 1 => {
                number = found;
                true
            }
            _ => opens_list(&line.text),
        };
        let follows_row = at > 0 && in_table[at - 1] && line.gap == 0;
        let goes_on = wrapped
            && line.gap == 0
            && !(line.indented || room || entry || in_table[at] || follows_row || speaks(lines, at));
        match paragraphs.last_mut() {
            Some(open) if goes_on || (follows_row && in_table[at]) => {
                open.push(if goes_on && !meant { ' ' } else { '\n' });
                open.push_str(&line.text);
            }
            _ => paragraphs.push(line.text.clone()),
        }
        // A line that ends a sentence in the first half of the column was the last of its paragraph.
        room = line.text.ends_with(['.', '"', '”', '?', '!']) && line.text.chars().count() * 2 < longest;
        before = Some(line);
    }
    paragraphs
}

/// Whether most lines end though the next word had room on them.
fn is_meant(lines: &[Line], longest: usize) -> bool {
    /// So many ends of lines tell.
    const MIN_ENDS: usize = 3;
    let pairs = lines.windows(2).filter(|pair| pair[1].gap == 0 && !pair[1].indented);
    let has_room = pairs.map(|pair| {
        let next = pair[1].text.split_whitespace().next().unwrap_or_default();
        pair[0].text.chars().count() + 1 + next.chars().count() <= longest
    });
    let (ends, roomy) = has_room.fold((0, 0), |(ends, roomy), has_room| (ends + 1, roomy + usize::from(has_room)));
    ends >= MIN_ENDS && roomy * 2 > ends
}

/// A paragraph as HTML. Where spaces make columns, they stay.
pub(in crate::parse) fn html(paragraph: &str) -> String {
    let columns = paragraph.lines().filter(|row| row.trim().contains("  ")).count();
    if columns >= TABLE {
        return format!("<pre>{}</pre>\n", escape::text(paragraph));
    }
    format!("<p>{}</p>\n", escape::text(paragraph).replace('\n', "<br>"))
}

/// `___`, `* * *`, `-----`: what is typed between the parts of a text.
pub(in crate::parse) fn is_rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| "_*-=~ ".contains(c))
}

/// Whether a text is an entry of a list by a mark before it.
pub(super) fn opens_list(text: &str) -> bool {
    ["- ", "* ", "• "].iter().any(|mark| text.starts_with(mark))
}

/// The number before a text, or the place of the letter: `3. `, `3) `, `(3) `, `(c) `, `c) `.
fn numbered(text: &str) -> Option<u32> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let (mark, rest) = inner.split_at(inner.find(['.', ')']).filter(|at| (1..=2).contains(at))?);
    let closed = rest.starts_with(')');
    let spaced = rest[1..].starts_with(' ');
    let letter = mark.bytes().next().filter(|b| closed && mark.len() == 1 && b.is_ascii_lowercase());
    let number = mark.parse().ok().or_else(|| letter.map(|b| u32::from(b - b'a') + 1));
    number.filter(|_| spaced && (closed || inner.len() == text.len()))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '?', '!', ':', ';', '"', '”', '»', '…', ')'])
}

/// Whether a line begins with who speaks, or with the name of a field, and others do so too: `SMITH: Why now?`.
fn speaks(lines: &[Line], at: usize) -> bool {
    let Some(speaker) = label(&lines[at].text) else { return false };
    let near =
        |other: Option<usize>| other.and_then(|at| lines.get(at)).is_some_and(|line| label(&line.text).is_some());
    let ended = at == 0 || ends_sentence(&lines[at - 1].text);
    // Speakers come again within a few lines.
    let again = |line: &Line| label(&line.text) == Some(speaker);
    let around = lines.iter().skip(at.saturating_sub(NEAR)).take(2 * NEAR + 1).filter(|line| again(line)).count();
    near(at.checked_sub(1)) || near(Some(at + 1)) || (ended && (around > 1 || ASKED.contains(&speaker)))
}

fn label(text: &str) -> Option<&str> {
    let (label, _) = text.split_once(": ")?;
    let named = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "’'-.".contains(c))
    };
    let words = label.split(' ').count();
    (label.chars().count() <= MAX_LABEL && words <= LABEL_WORDS && label.split(' ').all(named)).then_some(label)
}

/// Which lines are rows of a table, its header among them.
fn tables(lines: &[Line]) -> Vec<bool> {
    let mut rows: Vec<bool> = lines.iter().map(|line| is_row(&line.text)).collect();
    let mut at = 0;
    while at < rows.len() {
        let beneath = |row: &usize| rows[*row] && (*row == at || lines[*row].gap == 0);
        let run = (at..rows.len()).take_while(beneath).count();
        if run < TABLE {
            rows[at..at + run].fill(false);
        } else if at > 0 && lines[at].gap == 0 {
            let is_header = |line: &Line| line.text.chars().count() <= MAX_HEADER && !ends_sentence(&line.text);
            rows[at - 1] |= is_header(&lines[at - 1]);
            // What a rule parts from the rows.
            let is_rule = lines[at - 1].text.chars().all(|c| "-=+_| ".contains(c));
            if at > 1 && is_rule && lines[at - 1].gap == 0 {
                rows[at - 2] |= is_header(&lines[at - 2]);
            }
        }
        at += run.max(1);
    }
    rows
}

/// `Harbour 12 30`: cells, with a number in the last, and in every third at least; or cells with tabs between them.
fn is_row(text: &str) -> bool {
    let cells: Vec<&str> = text.split_whitespace().collect();
    let counts = |cell: &&&str| cell.contains(|c: char| c.is_ascii_digit());
    let counted = cells.iter().filter(counts).count();
    let ends = cells.last().is_some_and(|cell| counts(&cell)) && !text.ends_with(['.', ',', ';', ':']);
    let numbers = cells.len() > 1 && ends && counted * 3 >= cells.len();
    text.chars().count() <= MAX_ROW && numbered(text).is_none() && (numbers || text.contains('\t'))
}
