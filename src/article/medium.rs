//! A picture, sound, film or document of ours, as it is published.

/// A picture, sound, film or document of ours that goes with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Its document path, as [`Medium::path_of`] gives it.
    pub path: String,
    /// The registered media type.
    pub media_type: String,
    /// Length in bytes: the enclosure's `length`.
    pub bytes: u64,
    /// Width and height in pixels as it is shown, of pictures.
    pub pixels: Option<(u32, u32)>,
    /// How long it plays, whole seconds, of sound and film.
    pub seconds: Option<u32>,
    /// The picture in its full size, where this is the one made of it for the web.
    pub original: Option<Box<Medium>>,
}

impl Medium {
    /// The document path of what has this hash: media are named by their published bytes.
    #[must_use]
    pub fn path_of(hash: &blake3::Hash, extension: &str) -> String {
        format!("_media/{}.{extension}", &hash.to_hex()[..32])
    }

    /// It and its original: everything that lies under `feeds/` with it.
    pub fn files(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.original.as_deref())
    }

    /// Whether it is a picture: those stand in the body, all else is an enclosure.
    #[must_use]
    pub fn is_image(&self) -> bool {
        self.media_type.starts_with("image/")
    }
}
