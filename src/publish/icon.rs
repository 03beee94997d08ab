//! Pictures of the publication and of sections, and podcasts' covers: documents named by their bytes, for as long as they are
//! such.

use std::path::Path;

use super::Press;
use crate::catalogue::{Catalogue, CatalogueError, DocumentKind, ICON};

/// The document that an icon's file becomes, named by its bytes like every medium; none if the file cannot be read.
#[must_use]
pub fn icon_path(file: &Path) -> Option<String> {
    let extension = file.extension()?.to_str()?.to_lowercase();
    let hash = blake3::hash(&std::fs::read(file).ok()?).to_hex();
    Some(format!("_media/{}.{extension}", &hash[..32]))
}

impl Press {
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
                    catalogue.mark_stale(former, former, DocumentKind::Media, 0)?;
                } else {
                    catalogue.drop_document(former)?;
                }
            }
            catalogue.remember(KEY, &all)?;
        }
        for icon in icons.keys() {
            if catalogue.document(icon)?.is_none_or(|row| row.owner != ICON) {
                catalogue.mark_stale(icon, icon, DocumentKind::Media, ICON)?;
            }
        }
        Ok(())
    }
}
