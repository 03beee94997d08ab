//! Which pictures and enclosures go with an article, with everything that feeds say of them.

use std::collections::BTreeMap;

use super::{Publication, plain, resolved, url};
use crate::article::{Article, BASE, Enclosed, Medium};
use crate::media_type::media_type_at;

/// A picture as feeds and pages show it.
pub(super) struct Picture {
    /// Absolute.
    pub(super) url: String,
    /// As the stored body would have it.
    pub(super) stored: String,
    pub(super) media_type: Option<String>,
    pub(super) bytes: Option<u64>,
    pub(super) pixels: Option<(u32, u32)>,
    /// Of one made smaller for the web, the whole picture: absolute, and as the stored body would have it.
    pub(super) original: Option<(String, String)>,
}

impl Picture {
    /// The attributes of its `media:content` (rssboard.org/media-rss).
    pub(super) fn attributes(self) -> BTreeMap<&'static str, String> {
        let mut attributes = BTreeMap::from([("url", self.url), ("medium", "image".to_owned())]);
        attributes.extend(self.media_type.map(|media_type| ("type", media_type)));
        attributes.extend(self.bytes.filter(|bytes| *bytes > 0).map(|bytes| ("fileSize", bytes.to_string())));
        if let Some((width, height)) = self.pixels {
            attributes.extend([("width", width.to_string()), ("height", height.to_string())]);
        }
        attributes
    }
}

/// Sound, film or document.
pub(super) struct Enclosure {
    /// Absolute.
    pub(super) url: String,
    pub(super) media_type: String,
    /// None where nobody has counted: RSS then says 0.
    pub(super) bytes: Option<u64>,
    /// How long it plays, whole seconds, where that is known.
    pub(super) seconds: Option<u32>,
}

/// The lead picture: the one the draft names, else the first of ours.
pub(super) fn lead(publication: &Publication, article: &Article) -> Option<Picture> {
    let Some(stored) = article.draft.image.as_deref().filter(|image| !image.is_empty()) else {
        return article.media.iter().find(|m| m.is_image()).map(|m| ours(publication, m));
    };
    Some(match medium(article, stored) {
        Some(medium) => ours(publication, medium),
        None => Picture {
            url: resolved(publication, stored),
            stored: stored.to_owned(),
            media_type: None,
            bytes: None,
            pixels: None,
            original: None,
        },
    })
}

/// Every picture, the lead first, each once.
pub(super) fn pictures(publication: &Publication, article: &Article) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = lead(publication, article).into_iter().collect();
    for medium in article.media.iter().filter(|m| m.is_image()) {
        let picture = ours(publication, medium);
        if pictures.iter().all(|other| other.url != picture.url) {
            pictures.push(picture);
        }
    }
    pictures
}

/// Every enclosure, those that the draft names first, each once.
pub(super) fn enclosures(publication: &Publication, article: &Article) -> Vec<Enclosure> {
    let known = |medium: &Medium| Enclosure {
        url: url(publication, &medium.path),
        media_type: medium.media_type.clone(),
        bytes: Some(medium.bytes),
        seconds: medium.seconds,
    };
    let stated = |stated: &Enclosed| {
        medium(article, &stated.file).map(known).unwrap_or_else(|| {
            let url = resolved(publication, &stated.file);
            let measures = stated.measures.as_ref();
            let named = measures.map(|measures| plain(&measures.media_type)).filter(|named| !named.is_empty());
            let media_type =
                named.unwrap_or_else(|| media_type_at(&url).unwrap_or("application/octet-stream").to_owned());
            Enclosure { media_type, url, bytes: measures.and_then(|measures| measures.bytes), seconds: None }
        })
    };
    // Where there is room for one, sound and film come before papers.
    let is_paper =
        |medium: &&Medium| !medium.media_type.starts_with("audio/") && !medium.media_type.starts_with("video/");
    let mut media: Vec<&Medium> = article.media.iter().filter(|m| !m.is_image()).collect();
    media.sort_by_key(is_paper);
    let named = article.draft.enclosures.iter().filter(|enclosed| !enclosed.file.is_empty()).map(stated);
    let mut enclosures: Vec<Enclosure> = Vec::new();
    for enclosure in named.chain(media.into_iter().map(known)) {
        if enclosures.iter().all(|other| other.url != enclosure.url) {
            enclosures.push(enclosure);
        }
    }
    enclosures
}

fn ours(publication: &Publication, medium: &Medium) -> Picture {
    Picture {
        url: url(publication, &medium.path),
        stored: format!("{BASE}/{}", medium.path),
        media_type: Some(medium.media_type.clone()),
        bytes: Some(medium.bytes),
        pixels: medium.pixels,
        original: medium
            .original
            .as_deref()
            .map(|original| (url(publication, &original.path), format!("{BASE}/{}", original.path))),
    }
}

/// The medium of ours that a stored address means.
fn medium<'a>(article: &'a Article, stored: &str) -> Option<&'a Medium> {
    let path = stored.strip_prefix(BASE)?.trim_start_matches('/');
    article.media.iter().find(|medium| medium.path == path)
}
