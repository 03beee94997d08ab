//! What sort of document a path under `feeds/` names, and its media type.

use crate::media_type;
use crate::section::Format;

/// Where media lie: `_media/HASH.EXT`.
const MEDIA: &str = "_media/";

/// What sort of document it is; decides its media type, its caching and what a browser may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A section's feed: `rss.xml`, `atom.xml`, `feed.json`.
    Feed(Format),
    /// A section's own page: `index.html`.
    Front,
    /// An article's page: `SECTION/YYYY/MM/DD/SLUG.html`.
    Page,
    /// The page of an article that was taken back, with the notice that says so.
    Retraction,
    /// The list of all feeds: `opml.xml`.
    Opml,
    /// The stylesheet: `style.css`.
    Style,
    /// A picture, sound, film or document under `_media/`, with its media type.
    Media(&'static str),
}

impl Kind {
    /// The kind that a document's path tells; none when no document of ours could have that name, so that it can only
    /// be a section's folder. A medium's type is read from its extension.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        if let Some(name) = path.strip_prefix(MEDIA) {
            return Some(Self::Media(media_type::media_type_at(name).unwrap_or("application/octet-stream")));
        }
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        if let Some(format) = Format::ALL.into_iter().find(|format| format.file_name() == name) {
            return Some(Self::Feed(format));
        }
        match name {
            "index.html" => Some(Self::Front),
            _ if path == "opml.xml" => Some(Self::Opml),
            _ if path == "style.css" => Some(Self::Style),
            _ if name.ends_with(".html") => Some(Self::Page),
            _ => None,
        }
    }

    /// The value of `Content-Type`. Text is always UTF-8 and says so.
    #[must_use]
    pub fn content_type(&self) -> String {
        match self {
            Self::Feed(format) => format!("{}; charset=utf-8", format.media_type()),
            Self::Front | Self::Page | Self::Retraction => "text/html; charset=utf-8".to_owned(),
            Self::Opml => "text/x-opml; charset=utf-8".to_owned(),
            Self::Style => "text/css; charset=utf-8".to_owned(),
            Self::Media(media_type) => (*media_type).to_owned(),
        }
    }

    /// Whether it is text, which gzip makes smaller; media are compressed already.
    #[must_use]
    pub fn is_text(&self) -> bool {
        match self {
            Self::Feed(_) | Self::Front | Self::Page | Self::Retraction | Self::Opml | Self::Style => true,
            Self::Media(media_type) => *media_type == "image/svg+xml",
        }
    }
}
