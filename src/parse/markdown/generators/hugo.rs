//! A shortcode of Hugo or Zola → what it shows.

use super::parameters::{figure, parameters};

/// What a shortcode of Hugo or Zola shows. What stands between two of them stays.
pub(super) fn shortcode(inner: &str) -> String {
    let inner = inner.trim_end_matches('/').trim();
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let parameters = parameters(rest);
    let of = |names: &[&str]| {
        names.iter().find_map(|name| parameters.iter().find(|(key, _)| key == name)).map(|(_, value)| value.as_str())
    };
    match name {
        "figure" | "img" | "image" | "picture" => figure(&of),
        "youtube" => of(&["id", ""]).map_or(String::new(), |id| address("https://www.youtube.com/watch?v=", id)),
        "vimeo" => of(&["id", ""]).map_or(String::new(), |id| address("https://vimeo.com/", id)),
        "tweet" | "x" => match (of(&["user"]), of(&["id"])) {
            (Some(user), Some(id)) => address("https://twitter.com/", &format!("{user}/status/{id}")),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// What a shortcode of Zola shows, which is written as a call: `{{ resize_image(path="a.jpg", width=600) }}`. None where it is
/// none, or shows neither a picture nor a film.
pub(super) fn call(inner: &str) -> Option<String> {
    let (name, rest) = inner.strip_suffix(')')?.split_once('(')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let given = parameters(rest);
    let of = |names: &[&str]| {
        names.iter().find_map(|name| given.iter().find(|(key, _)| key == name)).map(|(_, value)| value.as_str())
    };
    let shown = match figure(&of) {
        picture if picture.is_empty() => shortcode(&format!("{name} {rest}")),
        picture => picture,
    };
    (is_name && !shown.is_empty()).then_some(shown)
}

fn address(site: &str, path: &str) -> String {
    let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
    if is_path { format!("<{site}{path}>") } else { String::new() }
}
