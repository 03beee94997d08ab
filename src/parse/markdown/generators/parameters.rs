//! What a shortcode or a tag is given → its parameters, and the figure they describe.

/// No tag has more.
const MAX_PARAMETERS: usize = 50;

/// `src="a.jpg" caption="A ferry" 300`: names and values; one without a name has an empty one.
pub(super) fn parameters(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while found.len() < MAX_PARAMETERS {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=\"'`".contains(c)).unwrap_or(rest.len());
        let (mut name, mut after) = (&rest[..end], &rest[end..]);
        if let Some(value) = after.trim_start().strip_prefix('=') {
            after = value.trim_start();
        } else if !name.is_empty() {
            found.push((String::new(), name.to_owned()));
            rest = after;
            continue;
        } else {
            name = "";
        }
        let quote = after.chars().next().filter(|c| "\"'`".contains(*c));
        let value = match quote {
            Some(quote) => after[1..].split(quote).next().unwrap_or_default(),
            None => after.split(char::is_whitespace).next().unwrap_or_default(),
        };
        let taken = value.len() + if quote.is_some() { 2 } else { 0 };
        found.push((name.to_lowercase(), value.to_owned()));
        rest = after.get(taken..).unwrap_or_default();
        // What makes no way would be read for ever.
        if value.is_empty() && quote.is_none() {
            break;
        }
    }
    found
}

/// The figure of a picture's address, caption and credit; nothing where it is no picture's.
pub(super) fn figure<'a>(of: &impl Fn(&[&str]) -> Option<&'a str>) -> String {
    let Some(address) = of(&["src", "url", "image_path", "image", "file", "path"]) else { return String::new() };
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let is_picture = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
        [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"].iter().any(|ending| path.ends_with(ending))
    };
    if !is_picture(address) {
        return String::new();
    }
    let plain = |text: &str| escaped(&text.replace(['*', '`'], ""));
    let words: Vec<String> = [&["caption", "description"][..], &["attr", "credit"]]
        .iter()
        .filter_map(|names| of(names))
        .map(plain)
        .collect();
    let words = if words.is_empty() { of(&["title"]).map(plain).into_iter().collect() } else { words };
    let alt = of(&["alt"]).map(plain).unwrap_or_default();
    let caption =
        if words.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", words.join(" ")) };
    format!("<figure><img src=\"{}\" alt=\"{alt}\">{caption}</figure>", escaped(address))
}
