//! Which media lie under `feeds/`: those that a visible article uses, and for a while those that they replaced.

use std::collections::HashSet;

use super::{Batch, IntakeError, Story};
use crate::catalogue::{ArticleNo, ArticleRow, DocumentKind, ICON};

/// How long a medium is kept at its address after its article was given another: readers that ask once a day have entries
/// that name it until then, and caches have pages.
const FORMER_KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The most bytes of replaced media that are kept for one article, the last used first: so a map that is drawn anew each minute
/// fills no disk, nor does a film that is cut again and again.
const MOST_FORMER_BYTES: u64 = 64 << 20;

impl Batch<'_> {
    /// Records the media of an article in place of those that it had. Where others came in their place these stay for a while;
    /// what was only taken out is to be seen no longer, nor is what was replaced before that.
    pub(super) fn use_media(&mut self, article: &ArticleRow, story: &Story) -> Result<(), IntakeError> {
        let mut former = self.catalogue.media_of(article.no)?;
        for (medium, source) in &story.media {
            for file in medium.files() {
                self.catalogue.add_medium(file, source)?;
            }
        }
        let files = story.media.iter().flat_map(|(medium, _)| medium.files());
        let used: HashSet<&str> = files.map(|file| file.path.as_str()).collect();
        self.catalogue.set_media_uses(article.no, used.iter().copied())?;
        let has_others = used.iter().any(|path| former.iter().all(|former| former != path));
        former.retain(|path| !used.contains(path.as_str()));
        if former.is_empty() {
            return Ok(());
        }
        // In place of an article that a marker takes back readers were shown nothing of it.
        if has_others && article.visible && !self.catalogue.is_marked(article.no)? {
            let until = self.now_seconds() + FORMER_KEPT_SECONDS;
            former = self.catalogue.keep_former_media(article.no, &former, until, MOST_FORMER_BYTES)?;
        } else {
            former.extend(self.catalogue.end_former_media_of(article.no)?);
        }
        self.drop_unused_media(former)
    }

    /// Media lie under `feeds/` while a visible article uses them, and for a day after it was given others.
    pub(super) fn show_media(&mut self, article: ArticleNo) -> Result<(), IntakeError> {
        for path in self.catalogue.media_of(article)? {
            if self.catalogue.document(&path)?.is_none() {
                self.catalogue.mark_stale(&path, DocumentKind::Media, 0)?;
            }
        }
        Ok(())
    }

    /// The media of an article that is not visible any more go at once.
    pub(super) fn hide_media(&mut self, article: ArticleNo) -> Result<(), IntakeError> {
        let mut used = self.catalogue.media_of(article)?;
        used.extend(self.catalogue.end_former_media_of(article)?);
        self.drop_unused_media(used)
    }

    /// Drops at most `limit` media whose time is over; says whether there may be more.
    pub(super) fn end_former_media(&mut self, limit: usize) -> Result<bool, IntakeError> {
        let over = self.catalogue.end_former_media(self.now_seconds(), limit)?;
        let is_full = over.len() == limit;
        self.drop_unused_media(over)?;
        Ok(is_full)
    }

    fn drop_unused_media(&mut self, paths: Vec<String>) -> Result<(), IntakeError> {
        for path in paths {
            if !self.catalogue.is_medium_shown(&path)?
                && self.catalogue.document(&path)?.is_some_and(|document| document.owner != ICON)
            {
                self.catalogue.drop_document(&path)?;
                self.committed.removals.push(path);
            }
        }
        Ok(())
    }
}
