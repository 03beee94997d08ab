//! The publication's icon and podcasts' covers where they are files: documents named by their bytes, for as long as they are
//! configured.

use std::path::Path;

use super::{Press, Settings};
use crate::catalogue::{Catalogue, CatalogueError, DocumentKind, ICON};

/// The document that an icon's file becomes, named by its bytes like every medium; none if the file cannot be read.
#[must_use]
pub fn icon_path(file: &Path) -> Option<String> {
    let extension = file.extension()?.to_str()?.to_lowercase();
    let hash = blake3::hash(&std::fs::read(file).ok()?).to_hex();
    Some(format!("_media/{}.{extension}", &hash[..32]))
}

impl Settings {
    /// The icon and the covers that are files, with the documents they become; each once, in the order of their paths.
    pub(super) fn pictures(&self) -> Vec<(&str, &Path)> {
        let icon = self.icon_file.iter().map(|(path, file)| (path.as_str(), file.as_path()));
        let covers = self
            .sections
            .values()
            .filter_map(|layout| Some((layout.podcast.as_ref()?.image.as_str(), layout.cover_file.as_deref()?)));
        let mut pictures: Vec<_> = icon.chain(covers).collect();
        pictures.sort_unstable();
        pictures.dedup_by_key(|(path, _)| *path);
        pictures
    }
}

impl Press {
    /// The icon, and so a podcast's cover, is a document for as long as it is configured, and afterwards only if an article shows it too.
    pub(super) fn mark_icon(&self, catalogue: &mut Catalogue) -> Result<(), CatalogueError> {
        /// Where the icon's document is remembered.
        const KEY: &str = "icon";
        let pictures = self.settings.pictures();
        let former = catalogue.remembered(KEY)?.unwrap_or_default();
        let known = pictures.iter().map(|(path, _)| *path).collect::<Vec<_>>().join("\n");
        if former != known {
            for path in former.lines().filter(|path| pictures.iter().all(|(known, _)| known != path)) {
                if catalogue.is_medium_shown(path)? {
                    catalogue.mark_stale(path, path, DocumentKind::Media, 0)?;
                } else {
                    catalogue.drop_document(path)?;
                }
            }
            catalogue.remember(KEY, &known)?;
        }
        for (path, _) in pictures {
            if catalogue.document(path)?.is_none_or(|row| row.owner != ICON) {
                catalogue.mark_stale(path, path, DocumentKind::Media, ICON)?;
            }
        }
        Ok(())
    }
}
