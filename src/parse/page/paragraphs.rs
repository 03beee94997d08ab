//! Where a paragraph ends: blocks that a column break tore apart are put together again, and nothing else is.

use super::letters::{Words, is_han};

/// What ends a sentence.
const ENDS: &str = "。！？!?…";
/// What may stand behind the end of a sentence.
const CLOSERS: &str = "”’》）)」』\"";
/// A quoted name inside a sentence is no longer than this, in characters.
const MAX_QUOTED_NAME: usize = 14;
/// Verbs behind which a quotation is speech, whose end ends the sentence.
const SPEECH: &str = "说道喊问答称叫曰呼想讲唱写嘱";

/// What stands between two halves of one text: a space between two Latin words, else nothing.
pub(crate) fn glue(left: &str, right: &str) -> &'static str {
    let latin = |c: char| c.is_ascii_alphanumeric() || ",.;:!?)'\"".contains(c);
    let (Some(before), Some(after)) = (left.chars().next_back(), right.chars().next()) else { return "" };
    let words = latin(before) && (after.is_ascii_alphanumeric() || "('\"$".contains(after));
    if words
        && !(before.is_ascii_digit() && after.is_ascii_digit())
        && (before.is_ascii_alphabetic() || after.is_ascii_alphabetic())
    {
        " "
    } else {
        ""
    }
}

/// Whether `next` goes on in the middle of a sentence that `text` began.
pub(crate) fn is_torn(text: &Words, next: &Words) -> bool {
    let chars = &text.folded;
    let Some(last) = chars.last() else { return false };
    if opens_list(next) || next.starts(0, "编者按") {
        return false;
    }
    if open_quote(chars) && closes_first(&next.folded) {
        return true;
    }
    if ENDS.contains(*last) {
        return false;
    }
    // All of it in brackets: a remark by itself.
    if chars.first() == Some(&'(') && chars.iter().position(|c| *c == ')') == Some(chars.len() - 1) {
        return false;
    }
    if CLOSERS.contains(*last) {
        let before = chars.iter().rev().find(|c| !CLOSERS.contains(**c));
        if !before.is_some_and(|c| ENDS.contains(*c)) {
            // A signature or a source in brackets ends a paragraph behind a full stop; a closing quotation mark alone does not.
            return !ends_in_bracket_after_stop(chars);
        }
        return *last == '”' && is_quoted_name(chars);
    }
    let dash = chars.len() >= 2 && *last == '—' && chars[chars.len() - 2] == '—';
    let stop = *last == '.' && chars.iter().rev().nth(1).is_some_and(|c| is_han(*c));
    !(*last == ':' || dash || *last == '▲' || stop)
}

/// Whether the words end a paragraph by themselves.
pub(crate) fn is_complete(text: &Words) -> bool {
    !is_torn(text, &Words::default())
}

/// `…报道。（记者 温庭）`: the bracket stands behind the end of a sentence.
fn ends_in_bracket_after_stop(chars: &[char]) -> bool {
    if chars.last() != Some(&')') {
        return false;
    }
    let Some(open) = chars.iter().rposition(|c| *c == '(') else { return false };
    let before = chars[..open].iter().rev().find(|c| **c != ' ');
    before.is_some_and(|c| ENDS.contains(*c) || CLOSERS.contains(*c))
}

/// Whether the last quotation is still open.
pub(crate) fn open_quote(chars: &[char]) -> bool {
    let last = |mark| chars.iter().rposition(|c| *c == mark);
    let open = |(from, to)| match (last(from), last(to)) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        _ => false,
    };
    open(('“', '”')) || open(('《', '》'))
}

/// Whether a text closes a quotation before it opens one.
fn closes_first(chars: &[char]) -> bool {
    chars.iter().find(|c| matches!(c, '“' | '”' | '《' | '》')).is_some_and(|c| matches!(c, '”' | '》'))
}

/// `助力“聊·胜一筹!”`: the quotation opened in the middle of a sentence, is a name, and so its mark ends no sentence.
fn is_quoted_name(chars: &[char]) -> bool {
    let Some(open) = chars.iter().rposition(|c| *c == '“') else { return false };
    let quoted = chars.len().saturating_sub(open + 2);
    let before = open.checked_sub(1).and_then(|at| chars.get(at));
    quoted <= MAX_QUOTED_NAME && before.is_some_and(|c| is_han(*c) && !SPEECH.contains(*c))
}

/// Whether a text begins with the mark of a list: `（一）`, `一是`, `1.`, `■`.
pub(crate) fn opens_list(text: &Words) -> bool {
    let chars = &text.folded;
    let Some(first) = chars.first() else { return false };
    let second = chars.get(1).copied().unwrap_or(' ');
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let number = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    super::letters::MARKS.contains(*first)
        || "①②③④⑤⑥⑦⑧⑨⑩·".contains(*first)
        || (*first == '(' && (numeral(second) || second.is_ascii_digit()) && chars.iter().take(5).any(|c| *c == ')'))
        || (numeral(*first) && matches!(second, '、' | '是'))
        || ((1..=2).contains(&number)
            && chars.get(number).is_some_and(|c| matches!(c, '.' | '、'))
            && !chars.get(number + 1).is_some_and(char::is_ascii_digit))
}
