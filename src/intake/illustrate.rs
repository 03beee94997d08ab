//! Media that go with a story by their names → figures at the end of its body, its lead picture, its enclosure. What the
//! story itself refers to is not shown twice.

use super::beside::{self, Placed};
use super::measure::Measured;
use super::references::{Finder, Sketch};
use crate::article::{BASE, Caption, Enclosed, Kind, Medium, printable};
use crate::escape;

impl Finder<'_> {
    /// Adds media to a story, in their order.
    pub(super) fn illustrate(&mut self, sketch: &mut Sketch, placed: Vec<Placed>) {
        let mut figures = String::new();
        let mut fingerprint = blake3::Hasher::new();
        fingerprint.update(&sketch.fingerprint);
        let mut lead = None;
        for Placed { source, caption } in placed {
            let (medium, stated, credit) = match self.medium(source.clone()) {
                Measured::There { medium, stated, credit } => (medium, stated, credit),
                Measured::Absent => continue,
                Measured::Slow => {
                    self.is_slow = true;
                    continue;
                }
                Measured::Unfit(reason) => {
                    self.doubts.push(format!("{source} was left out: {reason}"));
                    continue;
                }
            };
            if sketch.media.iter().any(|(known, at)| *at == source || known.path == medium.path) {
                continue;
            }
            let caption = caption.unwrap_or_default();
            for part in [stated.as_str(), &caption.text, caption.credit.as_deref().unwrap_or_default()] {
                fingerprint.update(&(part.len() as u64).to_le_bytes());
                fingerprint.update(part.as_bytes());
            }
            // What the picture says itself came with its bytes, which are told by their name.
            let credit = credit.filter(|credit| !is_credited(&caption, credit));
            let caption = Caption { credit: caption.credit.or(credit), ..caption };
            let url = format!("{BASE}/{}", medium.path);
            if !medium.is_image() {
                if sketch.draft.enclosures.is_empty() {
                    sketch.draft.enclosures.push(Enclosed::at(url));
                }
            } else {
                let is_first = lead.is_none() && sketch.draft.image.is_none();
                let below = if beside::shows_words(&sketch.draft, &caption) { "" } else { &caption.text };
                let figure = figure(&medium, &url, &caption, below);
                if is_first {
                    lead = Some(sketch.media.len());
                    sketch.draft.image = Some(url);
                }
                figures.push_str(&figure);
            }
            sketch.media.push((medium, source));
            sketch.fingerprint = *fingerprint.finalize().as_bytes();
        }
        if let Some(at) = lead {
            // The lead picture is the first of all.
            sketch.media[..=at].rotate_right(1);
        }
        if sketch.draft.kind == Kind::Photo {
            sketch.draft.body.insert_str(0, &figures);
        } else {
            sketch.draft.body.push_str(&figures);
        }
    }
}

/// Whether a caption says who made its picture.
fn is_credited(caption: &Caption, credit: &str) -> bool {
    const MARKS: [&str; 11] =
        ["photo:", "photo by", "photograph:", "foto:", "bild:", "credit:", "crédit", "©", "摄", "攝", "供图"];
    let text = caption.text.to_lowercase();
    let names = credit.split('/').map(str::to_lowercase);
    caption.credit.is_some()
        || MARKS.iter().any(|mark| text.contains(mark))
        || names.into_iter().any(|name| text.contains(&name))
}

/// A picture as a body shows it, with `text` and its credit below. Clean as it stands.
fn figure(medium: &Medium, url: &str, caption: &Caption, text: &str) -> String {
    let mut html = "<figure>".to_owned();
    // A smaller picture leads to the whole one.
    if let Some(original) = &medium.original {
        html.push_str(&format!("<a href=\"{BASE}/{}\">", original.path));
    }
    html.push_str(&format!("<img src=\"{}\" alt=\"{}\"", url, escaped(&caption.text)));
    if let Some((width, height)) = medium.pixels {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    html.push_str(if medium.original.is_some() { "></a>" } else { ">" });
    let words: Vec<&str> = [text, caption.credit.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|words| !words.trim().is_empty())
        .collect();
    if !words.is_empty() {
        html.push_str(&format!("<figcaption>{}</figcaption>", escaped(&words.join(" "))));
    }
    html.push_str("</figure>\n");
    html
}

fn escaped(text: &str) -> String {
    escape::value(&printable(text))
}
