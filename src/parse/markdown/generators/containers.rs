//! What pandoc, Quarto, VuePress and Docusaurus put around blocks and behind words: fences of containers and attributes.

/// The title that a line shows which opens a container (`::: tip Title`, `:::note[Title]`, `::: {.note}`) or closes one; none where
/// it is no such line. `open` counts the containers.
pub(super) fn fence(line: &str, open: &mut usize) -> Option<String> {
    let rest = line.trim().strip_prefix(":::")?.trim_matches(':').trim();
    if rest.is_empty() {
        // Nothing was opened: whoever wrote it meant something else.
        *open = open.checked_sub(1)?;
        return Some(String::new());
    }
    let kind = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let after = rest[kind..].trim_start();
    let title = if after.starts_with('{') && after.ends_with('}') {
        ""
    } else if let Some(title) = after.strip_prefix('[').and_then(|title| title.strip_suffix(']')) {
        title
    } else if kind > 0 && (after.is_empty() || rest[kind..].starts_with(' ')) {
        after
    } else {
        return None;
    };
    *open += 1;
    Some(if title.is_empty() { String::new() } else { format!("**{}**  ", title.trim()) })
}

/// `#fig-mill .wide width="60%"`, `=html`
pub(super) fn is_attributes(inner: &str) -> bool {
    !inner.is_empty()
        && inner.split_whitespace().all(|word| {
            word.starts_with(['#', '.', '=']) && word.len() > 1
                || word.split_once('=').is_some_and(|(name, _)| !name.is_empty())
        })
}
