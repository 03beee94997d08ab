//! `body.content` → HTML: paragraphs, headings, lists and tables as they are, media as figures with their captions, what
//! only names things (`person`, `org`, `money`) as its words. Notes to editors stay out.

use roxmltree::Node;

use crate::article::Caption;
use crate::escape;
use crate::parse::agency::pictures::{self, Picture, Rendition};
use crate::parse::agency::prose;
use crate::parse::xml::{self, children, stated, words};

/// Elements that HTML calls otherwise.
const RENAMED: [(&str, &str); 20] = [
    ("p", "p"),
    ("hl1", "h2"),
    ("hl2", "h2"),
    ("ul", "ul"),
    ("ol", "ol"),
    ("li", "li"),
    ("dl", "dl"),
    ("dt", "dt"),
    ("dd", "dd"),
    ("bq", "blockquote"),
    ("pre", "pre"),
    ("q", "q"),
    ("object.title", "cite"),
    ("credit", "footer"),
    ("datasource", "p"),
    ("fn", "aside"),
    ("note", "aside"),
    ("em", "em"),
    ("tagline", "p"),
    ("bibliography", "p"),
];
/// Elements that HTML has too.
const ALIKE: [&str; 32] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "del",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "ins",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
];
/// Elements that stand between paragraphs and not in them.
const BLOCKS: [&str; 26] = [
    "block",
    "blockquote",
    "bibliography",
    "bq",
    "content",
    "credit",
    "datasource",
    "div",
    "dl",
    "fn",
    "h1",
    "h2",
    "h3",
    "h4",
    "hl1",
    "hl2",
    "hr",
    "media",
    "nitf-table",
    "note",
    "ol",
    "p",
    "pre",
    "table",
    "tagline",
    "ul",
];
/// What is for programs.
const PASSED: [&str; 6] =
    ["media-metadata", "media-object", "nitf-table-metadata", "custom-table", "alt-code", "table-reference"];

/// A body while it is written.
#[derive(Default)]
pub(super) struct Written {
    /// The HTML so far.
    pub(super) html: String,
    /// The first picture.
    pub(super) image: Option<String>,
    /// Captions of all pictures.
    pub(super) captions: Vec<Caption>,
    /// Sounds and films.
    pub(super) sounds: Vec<Rendition>,
}

impl Written {
    /// What stands in `body.content`.
    pub(super) fn of(content: Node<'_, '_>) -> Self {
        let mut written = Self::default();
        let has_blocks = content.children().any(|inner| inner.is_element());
        if has_blocks {
            written.flow(content);
        } else {
            let text = content.text().unwrap_or_default();
            // Markup as character data, too.
            let is_marked = prose::has_blocks(text);
            written.html = if is_marked { prose::marked_up(text, chrono_tz::Tz::UTC) } else { prose::plain(text) };
        }
        written
    }

    /// What closes the story: who else worked on it.
    pub(super) fn end(&mut self, end: Node<'_, '_>) {
        for line in ["tagline", "bibliography"].iter().flat_map(|name| children(end, name)) {
            if words(line).is_some() {
                self.element(line);
            }
        }
    }

    fn inner(&mut self, node: Node<'_, '_>) {
        node.children().for_each(|child| self.node(child));
    }

    /// The same of what holds paragraphs: words that stand between them make one.
    fn flow(&mut self, node: Node<'_, '_>) {
        let mut is_open = false;
        for child in node.children() {
            let is_block = child.is_element() && BLOCKS.contains(&child.tag_name().name());
            if is_open && is_block {
                self.html.push_str("</p>\n");
                is_open = false;
            } else if !is_open && !is_block && words(child).is_some() {
                self.html.push_str("<p>");
                is_open = true;
            }
            self.node(child);
        }
        if is_open {
            self.html.push_str("</p>\n");
        }
    }

    fn node(&mut self, node: Node<'_, '_>) {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            xml::write(&mut self.html, text, node);
        } else if node.is_element() {
            self.element(node);
        }
    }

    fn element(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        let is_note =
            name == "note" && stated(node, "noteclass").is_some_and(|class| class.to_lowercase().contains("editor"));
        if PASSED.contains(&name) || is_note {
            return;
        }
        match name {
            "media" => self.media(node),
            "block" => self.flow(node),
            "br" | "hr" | "col" => self.html.push_str(&format!("<{name}>")),
            "frac" => self.fraction(node),
            _ => match RENAMED.iter().find(|(own, _)| *own == name) {
                Some((_, html)) => self.wrapped(html, node),
                None if ALIKE.contains(&name) => self.wrapped(name, node),
                None => self.inner(node),
            },
        }
    }

    fn wrapped(&mut self, name: &str, node: Node<'_, '_>) {
        self.html.push_str(&format!("<{name}"));
        for attribute in ["href", "colspan", "rowspan", "start", "type", "lang", "dir"] {
            if let Some(value) = stated(node, attribute) {
                self.html.push_str(&format!(" {attribute}=\"{}\"", escape::value(value)));
            }
        }
        self.html.push('>');
        self.inner(node);
        self.html.push_str(&format!("</{name}>"));
        if matches!(name, "p" | "h2" | "ul" | "ol" | "table" | "blockquote") {
            self.html.push('\n');
        }
    }

    fn fraction(&mut self, node: Node<'_, '_>) {
        let part = |name: &str| xml::words_of(node, name).unwrap_or_default();
        self.html.push_str(&escape::value(&format!("{}⁄{}", part("frac-num"), part("frac-den"))));
    }

    /// A picture is shown with its caption where it stands; a sound or film goes with the article.
    fn media(&mut self, node: Node<'_, '_>) {
        let kind = stated(node, "media-type").unwrap_or_default().to_lowercase();
        let renditions: Vec<Rendition> =
            children(node, "media-reference").filter_map(|inner| rendition(inner, &kind)).collect();
        let caption = children(node, "media-caption").filter_map(words).collect::<Vec<_>>().join(" ");
        let credit = children(node, "media-producer").find_map(words);
        let sound = pictures::best_sound(&renditions);
        self.sounds.extend(sound.cloned());
        let Some(image) = pictures::best_image(&renditions) else {
            if !caption.is_empty() && sound.is_none() {
                self.html.push_str(&format!("<p>{}</p>\n", escape::value(&caption)));
            }
            return;
        };
        let shown = Caption { text: caption.clone(), credit: credit.clone() };
        if !caption.is_empty() || credit.is_some() {
            self.captions.push(shown);
        }
        let picture =
            Picture { href: image.href.clone(), caption: Some(caption).filter(|text| !text.is_empty()), credit };
        self.image.get_or_insert_with(|| image.href.clone());
        self.html.push_str(&pictures::figure(&picture));
    }
}

fn rendition(node: Node<'_, '_>, kind: &str) -> Option<Rendition> {
    let number = |name: &str| stated(node, name).and_then(|text| text.parse().ok());
    let kind = match kind {
        "image" | "photo" | "picture" | "graphic" => "image/",
        "video" | "audio" => kind,
        _ => "",
    };
    Some(Rendition {
        href: pictures::address(stated(node, "source").or_else(|| stated(node, "data-location"))?)?,
        media_type: stated(node, "mime-type")
            .map_or_else(|| kind.to_owned(), str::to_lowercase)
            .replace("image/jpg", "image/jpeg"),
        width: number("width").unwrap_or(0),
        height: number("height").unwrap_or(0),
        bytes: None,
        name: stated(node, "name").unwrap_or_default().to_owned(),
    })
}
