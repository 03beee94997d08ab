//! Text → HTML that means the text. For [`parse`](crate::parse), [`intake`](crate::intake) and [`render`](crate::render).

/// A text as it stands between tags: `&`, `<` and `>` are references.
#[must_use]
pub fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    text.chars().for_each(|c| match c {
        '"' => html.push(c),
        c => push(&mut html, c),
    });
    html
}

/// A text as it stands anywhere, in the value of an attribute too: `"` is a reference as well.
#[must_use]
pub fn value(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_value(&mut html, text);
    html
}

/// Adds what [`value`] makes of a text.
pub fn push_value(html: &mut String, text: &str) {
    text.chars().for_each(|c| push(html, c));
}

fn push(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        c => html.push(c),
    }
}
