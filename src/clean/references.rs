//! Finds every reference of a body, and writes the body anew with each of them resolved.
//! A reference that leads nowhere is taken out; what it said to the reader stays. Recursion is as deep as
//! `nesting` lets elements be.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;
use scraper::{ElementRef, Html, Node};

use crate::article::{BASE, printable};

/// How many sizes of one picture are read from `srcset`: no honest picture has more.
pub const MAX_CANDIDATES: usize = 16;

/// What a reference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// A picture, or a film's poster.
    Image,
    /// `audio`.
    Sound,
    /// `video`.
    Film,
    /// A link to follow.
    Link,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Absolute, or beginning with [`BASE`].
    pub url: String,
    /// Width and height, of pictures whose size is known.
    pub pixels: Option<(u32, u32)>,
    /// Where the picture leads that `url` is a smaller one of.
    pub original: Option<String>,
}

/// Where a link leads that Google's documents and mails send through a page of its own, which counts who follows it.
fn forwarded(href: &str) -> Cow<'_, str> {
    let asked =
        ["https://www.google.com/url?", "http://www.google.com/url?"].iter().find_map(|of| href.strip_prefix(of));
    let fields = || url::form_urlencoded::parse(asked.unwrap_or_default().as_bytes());
    let is_sent = fields().any(|(name, _)| matches!(&*name, "sa" | "source"));
    let address = fields().find(|(name, to)| name == "q" && (to.starts_with("https://") || to.starts_with("http://")));
    match address.filter(|_| is_sent) {
        Some((_, address)) => Cow::Owned(address.into_owned()),
        None => Cow::Borrowed(href),
    }
}

/// Whether markup certainly refers to nothing: most articles are plain prose, and need not be walked through.
pub(super) fn refers_to_nothing(html: &str) -> bool {
    /// What is rewritten even without an attribute, and character references, which may stand for what no text may hold.
    const REWRITTEN: [&str; 10] =
        ["&#", "<a", "<img", "<iframe", "<audio", "<video", "<source", "<picture", "<object", "<embed"];
    !html.contains('=') && {
        let html = html.to_ascii_lowercase();
        !REWRITTEN.iter().any(|tag| html.contains(tag))
    }
}

/// The markup with every reference replaced by what `resolve` says.
pub(super) fn rewritten(balanced: &str, resolve: impl Fn(&str, Use) -> Option<Target>) -> String {
    let document = Html::parse_fragment(balanced);
    let mut writer = Writer { out: String::with_capacity(balanced.len()), resolve };
    writer.children(document.root_element());
    writer.out
}

struct Writer<R> {
    out: String,
    resolve: R,
}

impl<R: Fn(&str, Use) -> Option<Target>> Writer<R> {
    fn children(&mut self, parent: ElementRef<'_>) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "a" => self.link(element),
            "img" => self.image(element),
            "audio" => self.player(element, Use::Sound),
            "video" => self.player(element, Use::Film),
            "source" => self.source(element),
            // A picture without its `img` shows nothing; the sources alone decide nothing.
            name => self.whole(name, element, Vec::new()),
        }
    }

    /// A link keeps its words even where it leads nowhere. A footnote's way back is nothing but its arrow.
    fn link(&mut self, element: ElementRef<'_>) {
        let href = element.attr("href").map(attribute).unwrap_or_default();
        if href.starts_with('#') {
            let words: String = element.text().collect();
            if matches!(words.trim().trim_end_matches('\u{FE0E}'), "↩" | "^" | "¶" | "#" | "§") {
                return;
            }
        }
        match self.lead(&href, Use::Link) {
            Some(target) => self.whole("a", element, vec![("href", target.url)]),
            None => self.children(element),
        }
    }

    fn image(&mut self, element: ElementRef<'_>) {
        let alt = attribute(element.attr("alt").unwrap_or_default());
        // Pages that load pictures late keep the real address in one of these and a placeholder in `src`. All are
        // asked for, so that what is asked depends on the markup alone.
        let sources: Vec<Target> = ["data-src", "data-original", "src"]
            .iter()
            .filter_map(|name| element.attr(name))
            .filter_map(|src| self.lead(&attribute(src), Use::Image))
            .collect();
        let candidates = self.candidates(element);
        let Some(target) = sources.into_iter().next().or_else(|| candidates.first().map(|(t, _)| t.clone())) else {
            if !is_told(element, &alt) {
                self.text(&alt);
            }
            return;
        };
        let mut attributes = vec![("src", target.url), ("alt", alt)];
        if !candidates.is_empty() {
            attributes.push(("srcset", srcset(&candidates)));
        }
        attributes.extend(sizes(element, &candidates));
        let stated = |name| element.attr(name).map(str::trim).and_then(|n| n.parse::<u32>().ok());
        if let Some((width, height)) = target.pixels {
            attributes.extend([("width", width.to_string()), ("height", height.to_string())]);
        } else {
            attributes.extend(stated("width").map(|n| ("width", n.to_string())));
            attributes.extend(stated("height").map(|n| ("height", n.to_string())));
        }
        attributes.extend(element.attr("title").map(|title| ("title", attribute(title))));
        // A smaller picture leads to the whole one, unless it leads elsewhere already.
        let original = target.original.filter(|_| {
            !element
                .ancestors()
                .filter_map(ElementRef::wrap)
                .any(|above| matches!(above.value().name(), "a" | "picture"))
        });
        match original {
            Some(original) => {
                self.open("a", &[("href", original)]);
                self.open("img", &attributes);
                self.out.push_str("</a>");
            }
            None => self.open("img", &attributes),
        }
    }

    /// A player with something to play, always with its controls; else what stands in it for those who cannot play.
    fn player(&mut self, element: ElementRef<'_>, of: Use) {
        let mut attributes = Vec::new();
        let mut playable = false;
        if let Some(target) = element.attr("src").and_then(|src| self.lead(&attribute(src), of)) {
            attributes.push(("src", target.url));
            playable = true;
        }
        playable |= element
            .child_elements()
            .filter(|child| child.value().name() == "source")
            .any(|source| source.attr("src").is_some_and(|src| self.lead(&attribute(src), of).is_some()));
        if !playable {
            return self.children(element);
        }
        attributes.push(("controls", String::new()));
        attributes.push(("preload", "none".to_owned()));
        if of == Use::Film {
            let poster = element.attr("poster").and_then(|src| self.lead(&attribute(src), Use::Image));
            attributes.extend(poster.map(|target| ("poster", target.url)));
        }
        self.whole(element.value().name(), element, attributes);
    }

    fn source(&mut self, element: ElementRef<'_>) {
        let parent = element.parent().and_then(ElementRef::wrap).map(|p| p.value().name()).unwrap_or_default();
        let mut attributes = Vec::new();
        match parent {
            "picture" => {
                let candidates = self.candidates(element);
                if candidates.is_empty() {
                    return;
                }
                attributes.push(("srcset", srcset(&candidates)));
                attributes.extend(sizes(element, &candidates));
            }
            "audio" | "video" => {
                let of = if parent == "audio" { Use::Sound } else { Use::Film };
                let Some(target) = element.attr("src").and_then(|src| self.lead(&attribute(src), of)) else { return };
                attributes.push(("src", target.url));
            }
            _ => return,
        }
        for name in ["type", "media"] {
            attributes.extend(element.attr(name).map(|value| (name, attribute(value))));
        }
        self.open("source", &attributes);
    }

    /// The resolvable ones of the sizes in `srcset` (HTML standard, section 4.8.4.2.1) with their descriptors.
    fn candidates(&self, element: ElementRef<'_>) -> Vec<(Target, String)> {
        let mut found = Vec::new();
        let Some(written) = element.attr("srcset").or_else(|| element.attr("data-srcset")) else { return found };
        let mut rest = written;
        for _ in 0..MAX_CANDIDATES {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (url, after) = rest.split_at(end);
            let (descriptor, after) = if url.ends_with(',') {
                ("", after)
            } else {
                let end = after.find(',').unwrap_or(after.len());
                (after[..end].trim(), &after[end..])
            };
            let plain = descriptor.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b' '));
            if let Some(target) = self.lead(&attribute(url.trim_end_matches(',')), Use::Image)
                && plain
                && !target.url.contains([' ', ','])
            {
                found.push((target, descriptor.to_owned()));
            }
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        found
    }

    fn lead(&self, reference: &str, of: Use) -> Option<Target> {
        lead(&self.resolve, reference, of)
    }

    /// An element with its content: the given attributes, then its own but for references and what was given.
    fn whole<'e>(&mut self, name: &str, element: ElementRef<'e>, mut attributes: Vec<(&'e str, String)>) {
        const REFERENCES: [&str; 8] = ["href", "src", "srcset", "poster", "cite", "controls", "preload", "id"];
        for (key, value) in element.value().attrs() {
            let is_measure = matches!(key, "width" | "height" | "colspan" | "rowspan" | "span");
            if is_measure && value.trim().parse::<u16>().is_err() {
                continue;
            }
            if !REFERENCES.contains(&key) {
                attributes.push((key, attribute(value)));
            }
        }
        self.open(name, &attributes);
        if name == "pre" {
            // Parsers drop the first line break; the text's own must not be it.
            self.out.push('\n');
        }
        self.children(element);
        if !matches!(name, "br" | "hr" | "wbr" | "col") {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape_attribute(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&partial_escape(printable(text)));
    }
}

/// Where a reference leads: asked of `resolve`, unless there is nothing to ask. Never to a relative address.
pub(super) fn lead(resolve: &impl Fn(&str, Use) -> Option<Target>, reference: &str, of: Use) -> Option<Target> {
    let reference = reference.trim();
    let forwarded = if of == Use::Link { forwarded(reference) } else { Cow::Borrowed(reference) };
    let reference = forwarded.as_ref();
    if reference.is_empty() || reference.starts_with('#') {
        return None;
    }
    // Blanks inside a scheme (`java\nscript:`) do not hide it: browsers remove them.
    let bare: String = reference.chars().filter(|c| !c.is_whitespace()).take(16).collect::<String>().to_lowercase();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme);
    match scheme.filter(|s| s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))) {
        Some("mailto" | "tel") if of == Use::Link => {
            return Some(Target { url: reference.to_owned(), pixels: None, original: None });
        }
        Some("javascript" | "vbscript" | "data" | "blob" | "about") => return None,
        _ => {}
    }
    let target = resolve(reference, of)?;
    let absolute =
        target.url.starts_with(BASE) || target.url.starts_with("http://") || target.url.starts_with("https://");
    absolute.then_some(target)
}

/// Writes an attribute's value between its quotation marks, as the sanitiser does.
pub(super) fn escape_attribute(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            _ => out.push(c),
        }
    }
}

/// Whether the caption of its figure says what stands in a picture's place: once is enough.
fn is_told(picture: ElementRef<'_>, alt: &str) -> bool {
    let figure = picture.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == "figure");
    let caption = figure.and_then(|figure| figure.child_elements().find(|child| child.value().name() == "figcaption"));
    caption.is_some_and(|caption| caption.text().collect::<String>().contains(alt.trim()))
}

/// How much room a picture takes, which must be told where the widths of its candidates are, and may not be elsewhere: all there
/// is, if nobody says it (HTML standard, section 4.8.4.2.2).
fn sizes(element: ElementRef<'_>, candidates: &[(Target, String)]) -> Option<(&'static str, String)> {
    let are_widths = !candidates.is_empty() && candidates.iter().all(|(_, descriptor)| descriptor.ends_with('w'));
    are_widths.then(|| ("sizes", element.attr("sizes").map_or_else(|| "100vw".to_owned(), attribute)))
}

fn srcset(candidates: &[(Target, String)]) -> String {
    // What is said of a candidate's size is said of the picture as it is.
    let url = |target: &Target| target.original.clone().unwrap_or_else(|| target.url.clone());
    let each: Vec<String> = candidates.iter().map(|(t, d)| format!("{} {d}", url(t)).trim_end().to_owned()).collect();
    each.join(", ")
}

/// An attribute's value without what no reader may see; line breaks are blanks there.
fn attribute(value: &str) -> String {
    printable(value).replace(['\n', '\t'], " ")
}
