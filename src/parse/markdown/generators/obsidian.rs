//! Obsidian's callouts and block marks → Markdown.

/// The callouts that the parser of Markdown knows itself.
const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// `> [!quote]- Title` as a quotation under its title; those that the parser knows keep their mark.
pub(super) fn callout(line: &str) -> Option<String> {
    let quoted = line.trim_start();
    let marks = quoted.len() - quoted.trim_start_matches(['>', ' ']).len();
    let (kind, title) = quoted[marks..].strip_prefix("[!")?.split_once(']')?;
    if !quoted.starts_with('>') || kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || "-_|".contains(c)) {
        return None;
    }
    let marks = &line[..line.len() - quoted.len() + marks];
    let title = title.trim_start_matches(['+', '-']).trim();
    let kind = kind.split('|').next().unwrap_or_default().to_lowercase();
    if ALERTS.contains(&kind.as_str()) {
        return Some(format!("{marks}[!{}] {title}", kind.to_uppercase()).trim_end().to_owned());
    }
    if !title.is_empty() {
        return Some(format!("{marks}**{title}**  "));
    }
    // A quotation needs no word that it is one.
    let is_quotation = matches!(kind.as_str(), "quote" | "cite");
    let mut letters = kind.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    Some(if is_quotation { marks.to_owned() } else { format!("{marks}**{first}{}**  ", letters.as_str()) })
}

/// `… words ^a1b2c3`: what Obsidian links to.
pub(super) fn without_block_mark(line: &str) -> &str {
    let Some((words, mark)) = line.rsplit_once(" ^") else { return line };
    let is_mark = mark.len() >= 4 && mark.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_mark && words.matches('`').count().is_multiple_of(2) && words.matches('$').count().is_multiple_of(2) {
        words
    } else {
        line
    }
}
