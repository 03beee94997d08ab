//! The last word on what stands in a body: the sanitiser and its lists. Runs on the result of all rewriting, so that
//! nothing written by our own hand passes unseen either.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::{ParseError, Url};

/// Elements that may stand in a body; of all others only the content does. None is a finding of feed validators
/// (which rules out `bdo`).
#[rustfmt::skip]
pub(super) const TAGS: &[&str] = &[
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p",
    "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video",
    "wbr",
];

/// Attributes by element. No `style`, no `class`, no `id`, nothing that loads without being asked (`autoplay`).
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("audio", &["src", "controls", "preload"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("source", &["src", "srcset", "sizes", "type", "media"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("video", &["src", "poster", "controls", "preload", "width", "height"]),
];

/// What addresses may begin with; what is relative passes too, see below.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    builder
        .tags(TAGS.iter().copied().collect())
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        .tag_attribute_values(HashMap::new())
        .generic_attributes(HashSet::from(["lang", "dir", "title"]))
        .url_schemes(HashSet::from(SCHEMES))
        // What begins with our placeholder looks relative; truly relative references were resolved or removed before.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// Whether the sanitiser leaves a link this address.
pub(super) fn may_lead_to(address: &str) -> bool {
    match Url::parse(address) {
        Ok(url) => SCHEMES.contains(&url.scheme()),
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
    }
}

/// The markup without anything that is not on the lists above.
pub(super) fn sanitised(html: &str) -> String {
    POLICY.clean(html).to_string()
}
