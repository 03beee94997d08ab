//! A body's players as feeds may show them. The W3C's validator takes `controls` for a risk (SecurityRiskAttr); most
//! readers set it themselves, and for those that do not, a link to what is played follows.

use super::words::words;

/// The markup with its `audio` and `video` elements without `controls`, each followed by a link to what it plays.
/// `html` as cleaning leaves it, where `<` always begins a tag; `language` is that of the link's word.
pub(super) fn uncontrolled(html: &str, language: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    // What each open player plays, outermost first: as deep as cleaning lets elements nest.
    let mut playing: Vec<Option<&str>> = Vec::new();
    let mut inside_link = false;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tagged) = rest.split_at(at);
        out.push_str(before);
        let (tag, after) = tagged.split_at(end_of_tag(tagged));
        rest = after;
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '\n']).next().unwrap_or_default();
        let opens = !tag.starts_with("</");
        match name {
            "a" => inside_link = opens,
            "source" => {
                if let Some(address @ None) = playing.last_mut() {
                    *address = attribute(tag, "src");
                }
            }
            "audio" | "video" if opens => {
                out.push_str(&tag.replacen(" controls=\"\"", "", 1));
                playing.push(attribute(tag, "src"));
                continue;
            }
            "audio" | "video" => {
                out.push_str(tag);
                if let Some(Some(address)) = playing.pop()
                    && !inside_link
                {
                    out.push_str(&format!(" <a href=\"{address}\">{}</a>", words(language).download));
                }
                continue;
            }
            _ => {}
        }
        out.push_str(tag);
    }
    out.push_str(rest);
    out
}

/// Where the tag that the text begins with ends: quoted values may hold a `>`.
pub(super) fn end_of_tag(tagged: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tagged.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tagged.len()
}

/// An attribute's value as written, character references and all.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag.get(start..)?;
    value.split_once('"').map(|(value, _)| value)
}
