//! The renditions of pictures, sounds and films that an item offers → the one that readers get, with its caption.

use std::collections::{HashMap, HashSet};

use scraper::{ElementRef, Html};

use crate::article::{Caption, Draft, Enclosed, Measures};
use crate::media_type::media_type_at;
use crate::parse::html;
use crate::parse::xml::escaped;

/// More pixels on a side than any reader's screen: a print original is taken only where there is nothing smaller.
const MAX_SIDE: u64 = 4096;
/// More pictures than any item has.
const MAX_PICTURES: usize = 100;
/// The same of sounds and films.
const MAX_SOUNDS: usize = 100;

/// One file of a medium.
#[derive(Clone, Debug, Default)]
pub(in crate::parse) struct Rendition {
    /// Its address, as stated.
    pub(in crate::parse) href: String,
    /// Its media type; guessed from the address where it is not stated.
    pub(in crate::parse) media_type: String,
    /// Width in pixels; 0 where not stated.
    pub(in crate::parse) width: u64,
    /// Height in pixels; 0 where not stated.
    pub(in crate::parse) height: u64,
    /// Length in bytes.
    pub(in crate::parse) bytes: Option<u64>,
    /// What it is for: `highRes`, `thumbnail`.
    pub(in crate::parse) name: String,
}

/// A picture with its words.
#[derive(Clone, Debug, Default)]
pub(in crate::parse) struct Picture {
    /// Its address.
    pub(in crate::parse) href: String,
    /// The caption.
    pub(in crate::parse) caption: Option<String>,
    /// Who made it.
    pub(in crate::parse) credit: Option<String>,
}

impl Rendition {
    fn is(&self, kind: &str) -> bool {
        self.kind() == kind
    }

    /// Whether browsers show it: TIFF and what presses print from they do not.
    fn is_drawn(&self) -> bool {
        let of = |text: &str, endings: &[&str]| {
            let path = text.split(['?', '#', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
            endings.iter().any(|ending| path.ends_with(ending))
        };
        !of(&self.media_type, &["tiff", "postscript", "eps", "photoshop", "raw", "dng"])
            && !of(&self.href, &[".tif", ".tiff", ".eps", ".psd"])
    }

    /// `image`, `audio`, `video`, or nothing that readers could be given.
    fn kind(&self) -> &'static str {
        let stated = self.media_type.split('/').next().unwrap_or_default().to_ascii_lowercase();
        if let Some(kind) = ["image", "audio", "video"].into_iter().find(|kind| *kind == stated) {
            return kind;
        }
        if !stated.is_empty() && stated != "application" {
            return "";
        }
        let guessed = media_type_at(&self.href)
            .filter(|_| self.is_drawn())
            .and_then(|guessed| guessed.split('/').next())
            .unwrap_or_default();
        if guessed == "application" { "" } else { guessed }
    }
}

/// The largest picture that screens show; where all are larger, the smallest. Of equals the first, and none with a watermark
/// where there is one without.
pub(in crate::parse) fn best_image(renditions: &[Rendition]) -> Option<&Rendition> {
    let images = || renditions.iter().filter(|rendition| rendition.is("image"));
    let rank = |rendition: &Rendition| {
        let is_marked = format!("{} {}", rendition.name, rendition.href).to_lowercase().contains("watermark");
        let pixels = rendition.width.max(1).saturating_mul(rendition.height.max(1));
        let fits = rendition.width.max(rendition.height) <= MAX_SIDE;
        let named = named_rank(&rendition.name);
        (rendition.is_drawn(), !is_marked, fits, if fits { pixels } else { u64::MAX - pixels }, named)
    };
    // `max_by_key` gives the last of equals.
    images().rev().max_by_key(|rendition| rank(rendition))
}

/// Where no sizes are stated, names tell.
fn named_rank(name: &str) -> u8 {
    let name = name.rsplit(':').next().unwrap_or_default().to_lowercase();
    match name.as_str() {
        "highres" | "original" | "main" | "web" | "baseimage" | "16-9" => 2,
        "thumb" | "thumbnail" | "preview" | "small" | "lowres" => 0,
        _ => 1,
    }
}

/// The sound or film that most readers can play: MP4 and MP3 before others, then the larger.
pub(in crate::parse) fn best_sound(renditions: &[Rendition]) -> Option<&Rendition> {
    let rank = |rendition: &Rendition| {
        let lower = rendition.media_type.to_ascii_lowercase();
        let playable = matches!(
            lower.as_str(),
            "video/mp4" | "audio/mpeg" | "audio/mp3" | "audio/mp4" | "audio/ogg" | "video/webm"
        );
        let fits = rendition.width.max(rendition.height) <= MAX_SIDE;
        (
            rendition.is("video") || rendition.is("audio"),
            playable,
            fits,
            rendition.width.saturating_mul(rendition.height),
        )
    };
    renditions.iter().filter(|r| r.is("video") || r.is("audio")).rev().max_by_key(|rendition| rank(rendition))
}

/// Makes a rendition an enclosure of the draft, once.
pub(in crate::parse) fn enclose(draft: &mut Draft, rendition: &Rendition) {
    let is_new = draft.enclosures.iter().all(|known| known.file != rendition.href);
    if is_new && draft.enclosures.len() < MAX_SOUNDS {
        let measures = (!rendition.media_type.is_empty())
            .then(|| Measures { media_type: rendition.media_type.clone(), bytes: rendition.bytes });
        draft.enclosures.push(Enclosed { file: rendition.href.clone(), measures });
    }
}

/// Gives the draft its pictures: the first leads, the others stand below the text, and none that the text shows already.
pub(in crate::parse) fn place(draft: &mut Draft, pictures: Vec<Picture>) {
    let mut shown: HashSet<String> = addresses(&draft.body).map(|(_, href)| href.replace("&amp;", "&")).collect();
    for picture in pictures.into_iter().take(MAX_PICTURES) {
        let caption = Caption { text: picture.caption.clone().unwrap_or_default(), credit: picture.credit.clone() };
        let known = caption.text.is_empty() && caption.credit.is_none() || draft.captions.contains(&caption);
        if draft.image.is_none() {
            draft.image = Some(picture.href.clone());
        } else if shown.insert(picture.href.clone()) && draft.image.as_deref() != Some(&picture.href) {
            draft.body.push_str(&figure(&picture));
        }
        if !known {
            draft.captions.push(caption);
        }
    }
}

/// The body with other addresses for the pictures it shows.
pub(in crate::parse) fn readdressed(body: &str, others: &HashMap<String, String>) -> String {
    let mut html = String::with_capacity(body.len());
    let mut written = 0;
    for (at, href) in addresses(body) {
        if let Some(other) = others.get(&href.replace("&amp;", "&")) {
            html.push_str(&body[written..at]);
            html.push_str(&escaped(other));
            written = at + href.len();
        }
    }
    html.push_str(&body[written..]);
    html
}

/// The body without what it shows or plays from these addresses, each with its figure.
pub(in crate::parse) fn without(body: &str, hrefs: &HashSet<String>) -> String {
    let is_meant = |href: &str| hrefs.contains(href.trim());
    if !addresses(body).any(|(_, href)| is_meant(&href.replace("&amp;", "&"))) || !html::is_bearable(body) {
        return body.to_owned();
    }
    let mut page = Html::parse_fragment(body);
    let whole = |shown: ElementRef<'_>| {
        let around = shown.ancestors().filter_map(ElementRef::wrap);
        let around = around.take_while(|e| matches!(e.value().name(), "figure" | "picture" | "a" | "video" | "audio"));
        around.last().unwrap_or(shown).id()
    };
    let shown = page.root_element().descendent_elements().filter(|e| e.attr("src").is_some_and(is_meant));
    let shown: Vec<_> = shown.map(whole).collect();
    for id in shown {
        if let Some(mut node) = page.tree.get_mut(id) {
            node.detach();
        }
    }
    page.root_element().inner_html()
}

/// What the pictures of a body are read from, and where that stands.
fn addresses(body: &str) -> impl Iterator<Item = (usize, &str)> {
    body.match_indices("src=").filter_map(|(at, mark)| {
        let start = at + mark.len();
        let quote = body[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let length = body[start + 1..].find(quote)?;
        Some((start + 1, &body[start + 1..start + 1 + length]))
    })
}

/// A picture as it stands in a body.
pub(in crate::parse) fn figure(picture: &Picture) -> String {
    let caption = picture.caption.as_deref().unwrap_or_default();
    let credit = picture.credit.as_deref().unwrap_or_default();
    let mut html = format!("<figure><img src=\"{}\" alt=\"{}\">", escaped(&picture.href), escaped(caption));
    let words = [caption, credit].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        html.push_str(&format!("<figcaption>{}</figcaption>", escaped(&words)));
    }
    html.push_str("</figure>\n");
    html
}

/// An address as the inbox resolves it: `file:///./photo.jpg` lies beside the item.
pub(in crate::parse) fn address(href: &str) -> Option<String> {
    let href = href.trim();
    let href = match href.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file:") => {
            href.rsplit(['/', '\\']).next().unwrap_or_default().trim()
        }
        _ => href,
    };
    (!href.is_empty()).then(|| href.to_owned())
}
