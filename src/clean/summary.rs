//! Turns a draft into the two texts that stand for it in a list: its title and its summary.
//! Lengths are in columns: a Han character and its like take two, all else one, marks too, so that they are bounds.

use super::words::{Block, blocks, line};
use crate::article::Draft;

/// The longest summary: 120 Han characters, or 240 Latin ones.
pub const SUMMARY_WIDTH: usize = 240;

/// The longest title made of a text: 30 Han characters.
pub const TITLE_WIDTH: usize = 60;

/// A first clause shorter than this (`7月1日,`) says nothing: the title goes on to the next punctuation.
const CLAUSE_WIDTH: usize = 16;

/// The author's summary; else the running text after the lead-in, up to the last sentence end within
/// [`SUMMARY_WIDTH`]. A sentence longer than that is cut between words, or where Han has none between characters, and
/// ends in `…`. Empty only for a draft without any words.
#[must_use]
pub fn summary(draft: &Draft) -> String {
    let stated = line(draft.summary.as_deref().unwrap_or_default());
    if !stated.is_empty() {
        return stated;
    }
    let text = running_text(draft);
    let within = within(&text, SUMMARY_WIDTH);
    if within.len() == text.len() {
        return text;
    }
    match sentence_end(&text, within.len()) {
        Some(end) => text[..end].trim_end().to_owned(),
        None => shortened(&text, SUMMARY_WIDTH),
    }
}

/// The headline, plain. Without one: the column and the first clause, at most [`TITLE_WIDTH`], cut at punctuation.
/// Empty only for a draft without any words.
#[must_use]
pub fn title(draft: &Draft) -> String {
    let headline = line(draft.headline.as_deref().unwrap_or_default());
    if !headline.is_empty() {
        return headline;
    }
    let column = draft.columns.iter().map(|c| line(c)).find(|c| !c.is_empty()).unwrap_or_default();
    let text = running_text(draft);
    // Marks that papers set before briefs and captions.
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "■□◆◇●○▲△▼▽★☆▶►◎※".contains(c)).to_owned();
    if column.is_empty() {
        return clause(&text, TITLE_WIDTH);
    }
    if text.is_empty() {
        return column;
    }
    let joined = if column.chars().any(is_wide) { format!("{column}：") } else { format!("{column}: ") };
    let left = TITLE_WIDTH.saturating_sub(width(&joined)).max(CLAUSE_WIDTH);
    format!("{joined}{}", clause(&text, left))
}

/// The running text without lead-in on one line, no longer than anybody here asks for and one sentence more; captions
/// and all other words where there is no running text.
fn running_text(draft: &Draft) -> String {
    /// Where the beginning of a body ends, in bytes: most bodies are not read to their end.
    const BEGINNING: usize = 768;
    /// A beginning with so much running text has all that a summary can take, and what follows it tells how to cut it.
    const ENOUGH: usize = SUMMARY_WIDTH + SUMMARY_WIDTH / 4;
    if let Some(end) = draft.body.bytes().skip(BEGINNING).position(|b| b == b'<').map(|at| at + BEGINNING)
        && let Some(paragraph) = draft.body.get(end..).and_then(|rest| rest.find("</p>"))
        && let Some(beginning) = draft.body.get(..end + paragraph)
    {
        let blocks = blocks(beginning);
        let running = blocks.iter().filter(|block| block.running).map(|block| width(&block.words));
        if running.sum::<usize>() > ENOUGH + draft.lead_in.as_deref().map_or(0, width) {
            return running_text_of(draft, &blocks);
        }
    }
    running_text_of(draft, &blocks(&draft.body))
}

fn running_text_of(draft: &Draft, blocks: &[Block]) -> String {
    let lead_in = line(draft.lead_in.as_deref().unwrap_or_default());
    let any_running = blocks.iter().any(|block| block.running);
    let mut text = String::new();
    let mut first = true;
    for block in blocks.iter().filter(|block| block.running || !any_running) {
        let mut words = block.words.as_str();
        if first {
            words = words.strip_prefix(lead_in.as_str()).unwrap_or(words).trim_start();
        }
        first = false;
        if !text.is_empty() && !text.ends_with(is_wide) {
            text.push(' ');
        }
        text.push_str(words);
        if text.len() > 16 * SUMMARY_WIDTH {
            break;
        }
    }
    if text.is_empty() {
        text = draft
            .captions
            .iter()
            .map(|caption| line(&caption.text))
            .find(|words| !words.is_empty())
            .unwrap_or_default();
    }
    text
}

/// The end of the last sentence that ends at or before `limit` bytes, closing quotation marks included.
fn sentence_end(text: &str, limit: usize) -> Option<usize> {
    let mut found = None;
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let mut end = at + c.len_utf8();
        if end > limit {
            break;
        }
        let ends = matches!(c, '。' | '！' | '？' | '!' | '?' | '．' | '…' | '।' | '؟' | '۔' | '.');
        if ends {
            while let Some((at, c)) = characters.peek().copied() {
                if !matches!(c, '”' | '’' | '」' | '』' | '》' | '）' | ')' | '"' | '\'' | '»' | '!' | '！' | '…')
                {
                    break;
                }
                end = at + c.len_utf8();
                characters.next();
            }
            let next = characters.peek().map(|(_, c)| *c);
            // `3.5`, `e.g.`, `J. Smith`: a point ends a sentence only before a blank, and not after a single capital.
            let mid = c == '.' && next.is_some_and(|n| !n.is_whitespace() && !is_wide(n));
            let initial = c == '.' && (previous.is_uppercase() && is_single(text, at) || is_shortened(text, at));
            // `“走!”他说` goes on; so does `Yahoo! is`.
            let goes_on = matches!(c, '!' | '?' | '…') && next.is_some_and(char::is_lowercase);
            if end <= limit && !mid && !initial && !goes_on {
                found = Some(end);
            }
        }
        previous = c;
    }
    found
}

/// Whether the word before the point at byte `at` is one that is mostly written short (`Jan. 3`, `Gov. Brown`).
fn is_shortened(text: &str, at: usize) -> bool {
    #[rustfmt::skip]
    const SHORT: [&str; 29] = [
        "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mr", "Mrs", "Ms", "Dr", "St", "Gov", "Sen",
        "Rep", "Gen", "Lt", "Col", "Sgt", "Capt", "Maj", "Prof", "Rev", "Hon", "Pres", "vs",
    ];
    let before = &text[..at];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    SHORT.contains(&word)
}

/// Whether the character before byte `at` stands alone as a word.
fn is_single(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    before.next();
    before.next().is_none_or(|c| !c.is_alphanumeric())
}

/// The first clause that says something, at most `limit` wide.
fn clause(text: &str, limit: usize) -> String {
    let within = within(text, limit);
    let mut open = 0_usize;
    let mut best = None;
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if at > within.len() {
            break;
        }
        match c {
            '“' | '（' | '(' | '「' | '《' | '『' => open += 1,
            '”' | '）' | ')' | '」' | '》' | '』' => open = open.saturating_sub(1),
            _ => {}
        }
        let next = characters.peek().map(|(_, c)| *c);
        let ends = matches!(c, '，' | '。' | '！' | '？' | '；' | '：' | '…')
            || (matches!(c, ',' | '.' | '!' | '?' | ';' | ':')
                && !(previous.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()))
                && next.is_none_or(|n| n.is_whitespace() || is_wide(n) || is_wide(previous)));
        if ends && open == 0 && at > 0 {
            best = Some(at);
            if width(&text[..at]) >= CLAUSE_WIDTH {
                break;
            }
        }
        previous = c;
    }
    match best {
        Some(end) if width(&text[..end]) >= CLAUSE_WIDTH || within.len() == text.len() => text[..end].to_owned(),
        None if within.len() == text.len() => text.to_owned(),
        _ => shortened(text, limit),
    }
}

/// As much of the text as is at most `limit` wide with the `…` at its end: whole words, whole characters.
fn shortened(text: &str, limit: usize) -> String {
    let within = within(text, limit.saturating_sub(1));
    if within.len() == text.len() {
        return text.to_owned();
    }
    let next = text[within.len()..].chars().next().unwrap_or(' ');
    let last = within.chars().next_back().unwrap_or(' ');
    let inside_word = is_of_word(last) && is_of_word(next);
    let cut = if inside_word {
        let start = within.char_indices().rev().find(|(_, c)| !is_of_word(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        if start == 0 { within } else { &within[..start] }
    } else {
        within
    };
    let cut = cut.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | ':' | '：' | '“' | '（' | '(')
    });
    format!("{cut}…")
}

/// The longest beginning at most `limit` wide that ends between two whole characters, marks and joiners included.
fn within(text: &str, limit: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    let mut joined = false;
    let mut flags = 0_usize;
    for (at, c) in text.char_indices() {
        flags = if is_flag(c) { flags + 1 } else { 0 };
        let continues = joined || is_mark(c) || (is_flag(c) && flags.is_multiple_of(2));
        if !continues {
            end = at;
        }
        used += 1 + usize::from(is_wide(c));
        if used > limit {
            return &text[..end];
        }
        joined = c == '\u{200D}';
    }
    text
}

fn width(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

/// Han, kana, hangul, their punctuation, full-width forms, emoji.
fn is_wide(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1F64F}'
        | '\u{1F900}'..='\u{1F9FF}' | '\u{20000}'..='\u{3FFFD}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// What belongs to the character before it.
fn is_mark(c: char) -> bool {
    c >= '\u{300}'
        && matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{93A}'..='\u{94F}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Regional indicators: two of them are one flag.
fn is_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether a cut beside it may split a word: letters and digits of scripts that put blanks between words.
fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || is_mark(c) || matches!(c, '\'' | '-' | '_')) && !is_wide(c)
}
