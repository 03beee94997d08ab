//! Pictures of the publication and of sections, and podcasts' covers: documents named by their bytes, for as long as they are
//! such.

use std::path::Path;

use super::Publisher;
use crate::article::Medium;
use crate::catalogue::{Catalogue, CatalogueError, DocumentKind, ICON};
use crate::inbox;
use crate::media::{self, Fault};

/// What a Windows icon begins with: small pictures for the tab of a browser, which no camera makes.
const ICO: &[u8] = b"\0\0\x01\0";

/// The document that the file of an icon or cover becomes, named by its bytes like every medium.
///
/// # Errors
/// When the file cannot be read, or is no picture that is published.
pub fn icon_path(file: &Path) -> Result<String, Fault> {
    published(file).map(|(path, _)| path)
}

/// The same with its bytes.
pub(super) fn published(file: &Path) -> Result<(String, Vec<u8>), Fault> {
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let bytes = std::fs::read(file)?;
    if extension == "ico" && bytes.starts_with(ICO) {
        return Ok((Medium::path_of(&blake3::hash(&bytes), "ico"), bytes));
    }
    match inbox::media_type(&extension).filter(|media_type| media_type.starts_with("image/")) {
        Some(media_type) => picture(&bytes, media_type, &extension).map(|(medium, bytes)| (medium.path, bytes)),
        None => Err(Fault::Unclean("it is no picture by its name")),
    }
}

/// What is published of a picture that stands for a publication, a section or a podcast: never what the camera wrote into
/// it, as of every other.
///
/// # Errors
/// As [`media::cut`].
pub fn picture(bytes: &[u8], media_type: &'static str, extension: &str) -> Result<(Medium, Vec<u8>), Fault> {
    let (cut, clean) = media::cleaned(bytes, media_type, extension)?;
    let medium = Medium {
        path: Medium::path_of(&blake3::hash(&clean), cut.extension),
        media_type: cut.media_type.to_owned(),
        bytes: clean.len() as u64,
        pixels: cut.pixels,
        seconds: None,
        original: None,
    };
    Ok((medium, clean))
}

impl Publisher {
    /// An icon is a document for as long as it is one, and afterwards only if an article shows it too.
    pub(super) fn mark_icons(&self, catalogue: &mut Catalogue) -> Result<(), CatalogueError> {
        /// Where the icons' documents are remembered.
        const KEY: &str = "icon";
        let icons = &self.settings.icon_files;
        let all = icons.keys().map(String::as_str).collect::<Vec<_>>().join("\n");
        let former = catalogue.remembered(KEY)?.unwrap_or_default();
        if former != all {
            for former in former.lines().filter(|path| !icons.contains_key(*path)) {
                if catalogue.is_medium_shown(former)? {
                    catalogue.mark_stale(former, DocumentKind::Media, 0)?;
                } else {
                    catalogue.drop_document(former)?;
                }
            }
            catalogue.remember(KEY, &all)?;
        }
        for icon in icons.keys() {
            if catalogue.document(icon)?.is_none_or(|row| row.owner != ICON) {
                catalogue.mark_stale(icon, DocumentKind::Media, ICON)?;
            }
        }
        Ok(())
    }
}
