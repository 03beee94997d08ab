//! What a check found → lines for people.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Checked, article, markup_word};
use crate::article::{Article, Author, Kind, Status};
use crate::config::Config;
use crate::dropped::shown;
use crate::intake::dating::Dating;
use crate::rejection::Rejection;

/// How wide an excerpt of a line may be, in characters.
const EXCERPT: usize = 100;

/// So many characters of an article's beginning and end are shown.
const WORDS_SHOWN: usize = 24;

/// Writes what was found of a file, or points at what is wrong.
pub(super) fn write(config: &Config, file: &Path, checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let read = match &checked.read {
        Ok(read) => read,
        Err(rejection) => return point(file, rejection, out),
    };
    let stories = match &read.stories {
        Ok(stories) => stories,
        Err(rejection) => return point(file, rejection, out),
    };
    let count = stories.len();
    let file_name = shown(&file.to_string_lossy());
    let markup = checked.markup.map_or(String::new(), |markup| format!("{}, ", markup_word(markup)));
    match &checked.companion {
        Some(what) => writeln!(out, "{file_name}: {}", shown(what))?,
        None => writeln!(out, "{file_name}: {markup}{count} article{}", if count == 1 { "" } else { "s" })?,
    }
    for (at, story) in stories.iter().enumerate() {
        let (article, dates) = article(config, checked, read, story, at);
        write_article(&article, &dates, count > 1, out)?;
    }
    if !read.furniture.is_empty() {
        writeln!(out, "  of the page itself, in no article:")?;
    }
    let lines = if read.furniture.is_empty() { vec![] } else { lines_of(file) };
    for number in &read.furniture {
        let text: String = line_in(&lines, *number)
            .filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
            .unwrap_or_default()
            .chars()
            .take(EXCERPT)
            .collect();
        writeln!(out, "      line {number:<3} {}", text.trim())?;
    }
    for source in read.missing() {
        writeln!(out, "  doubt: {source} is not there")?;
    }
    for doubt in &read.doubts {
        writeln!(out, "  doubt: {}", shown(doubt))?;
    }
    Ok(())
}

/// One article; of one `is_of_page` the first and last words show where the page was split.
fn write_article(article: &Article, dates: &Dating, is_of_page: bool, out: &mut impl Write) -> io::Result<()> {
    let draft = &article.draft;
    writeln!(
        out,
        "  {:>2}. {}",
        article.position + 1,
        if article.title.is_empty() { "(untitled)" } else { &article.title }
    )?;
    let named = |people: &[Author]| -> String {
        let role = |author: &Author| author.role.as_ref().map_or(String::new(), |role| format!(" ({role})"));
        people.iter().map(|author| format!("{}{}", author.name, role(author))).collect::<Vec<_>>().join(", ")
    };
    let lines = draft.lines.map(|(first, last)| format!("{first} to {last}")).unwrap_or_default();
    let state = match draft.status {
        Status::Usable => "",
        Status::Draft => "draft, not published",
        Status::Withdrawn => "withdrawn",
        Status::Withheld => "withheld by its agency, not published",
        Status::Canceled => "canceled by its agency, taken back",
    };
    let kind = match draft.kind {
        Kind::Article => "",
        Kind::Photo => "a picture by itself",
        Kind::Notice => "a notice",
    };
    let (begin, end) = if is_of_page { ends_of(&draft.body) } else { Default::default() };
    let section = article.sections.first().map(ToString::to_string).unwrap_or_default();
    for (word, value) in [
        ("column", draft.columns.join(" | ")),
        ("kicker", draft.kickers.join(" | ")),
        ("below", draft.subhead.clone().unwrap_or_default()),
        ("by", named(&draft.authors)),
        ("with", named(&draft.contributors)),
        ("date", article.published.to_rfc3339()),
        ("section", section),
        ("link", draft.link.clone().unwrap_or_default()),
        ("lines", lines),
        ("version", draft.version.map(|version| version.to_string()).unwrap_or_default()),
        ("embargo", dates.held_until.map(|at| at.to_rfc3339()).unwrap_or_default()),
        ("expires", dates.expires.map(|at| at.to_rfc3339()).unwrap_or_default()),
        ("cancels", draft.cancels.clone().unwrap_or_default()),
        ("kind", kind.to_owned()),
        ("begins", begin),
        ("ends", end),
        ("beside", draft.asides.join(" | ")),
        ("state", state.to_owned()),
        ("summary", article.summary.clone()),
    ] {
        if !value.is_empty() {
            writeln!(out, "      {word:<8} {value}")?;
        }
    }
    Ok(())
}

/// The first and the last words of a body, without its tags.
fn ends_of(body: &str) -> (String, String) {
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().concat();
    let text: Vec<char> = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.len() <= 2 * WORDS_SHOWN {
        return (text.iter().collect(), String::new());
    }
    let first: String = text[..WORDS_SHOWN].iter().collect();
    let last: String = text[text.len() - WORDS_SHOWN..].iter().collect();
    (format!("{first}…"), format!("…{last}"))
}

/// The place that is wrong, with a mark under it.
fn point(file: &Path, rejection: &Rejection, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "refused: {}", rejection.reason)?;
    let place = match (rejection.line, rejection.column, rejection.byte) {
        (Some(line), column, _) => format!(":{line}:{}", column.unwrap_or(1)),
        (None, _, Some(byte)) => format!(", byte {byte}"),
        _ => String::new(),
    };
    writeln!(out, " --> {}{place}", shown(&file.to_string_lossy()))?;
    if let Some(line) = rejection.line
        && let lines = lines_of(file)
        && let Some(text) = line_in(&lines, line)
    {
        let column = rejection.column.unwrap_or(1).max(1) as usize;
        let skipped = column.saturating_sub(EXCERPT / 2);
        let shown: String =
            text.chars().skip(skipped).take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        // Han characters are two columns wide in a terminal.
        let before: usize = shown.chars().take(column - 1 - skipped).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        writeln!(out, "{margin} |\n{number} | {shown}\n{margin} | {}^", " ".repeat(before))?;
    }
    if !rejection.hint.is_empty() {
        writeln!(out, "  = help: {}", rejection.hint)?;
    }
    Ok(())
}

/// The lines of a file; none where it cannot be read any more.
fn lines_of(file: &Path) -> Vec<String> {
    let Ok(bytes) = fs::read(file) else { return vec![] };
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    text.trim_start_matches('\u{feff}').split('\n').map(str::to_owned).collect()
}

fn line_in(lines: &[String], number: u32) -> Option<&str> {
    lines.get(usize::try_from(number).ok()?.checked_sub(1)?).map(String::as_str)
}
