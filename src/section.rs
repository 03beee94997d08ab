//! Where and as what an article is published: the section's path and the feed's format.

use std::fmt;

use crate::name;

/// How deep sections nest: deeper trees are a mistake (a mirrored disk), not a newsroom.
pub const MAX_DEPTH: usize = 8;

/// A path of names, `sports/football`; the empty path is the whole publication.
///
/// RSS: the channel. Atom: the feed. JSON Feed: the top level object. On disk and in URLs: the folder under `feeds/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Section(String);

/// A path that names no section.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the section {0:?} is more than {MAX_DEPTH} deep")]
pub struct TooDeep(pub String);

impl Section {
    /// The whole publication.
    #[must_use]
    pub fn whole() -> Self {
        Self::default()
    }

    /// The section of a chain of raw names, each turned into a URL segment ([`name::segment`]); blank names are skipped.
    ///
    /// # Errors
    /// When there are more than [`MAX_DEPTH`] names.
    pub fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, TooDeep> {
        let names: Vec<String> =
            names.into_iter().map(str::trim).filter(|n| !n.is_empty()).map(name::segment).collect();
        if names.len() > MAX_DEPTH {
            return Err(TooDeep(names.join("/")));
        }
        Ok(Self(names.join("/")))
    }

    /// The section a person wrote as `sports/football`.
    ///
    /// # Errors
    /// When it is too deep.
    pub fn of_path(path: &str) -> Result<Self, TooDeep> {
        Self::of_names(path.split('/'))
    }

    /// A path this program made earlier and stored.
    #[must_use]
    pub fn stored(path: String) -> Self {
        Self(path)
    }

    /// `sports/football`; empty for the whole.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the whole publication.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// The section above; none above the whole.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.is_whole() {
            return None;
        }
        Some(Self(self.0.rsplit_once('/').map_or(String::new(), |(up, _)| up.to_owned())))
    }

    /// This section, its parent and so on to the whole: every feed that carries what this section carries.
    pub fn lineage(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// The path under `feeds/` of one of its documents: `sports/rss.xml`.
    #[must_use]
    pub fn document(&self, file: &str) -> String {
        if self.is_whole() { file.to_owned() } else { format!("{}/{file}", self.0) }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Kind of output: what a reader subscribes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// Every format a section is published in.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The document's name in the section's folder.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// The registered media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
