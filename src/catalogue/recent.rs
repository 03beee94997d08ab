//! The contents stored last, in memory: an article is printed right after it was taken in, and need not be unpacked for that.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::articles::ArticleNo;
use super::record::Content;

/// How many bytes of bodies are kept: those of one batch of articles of 5 KB.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// How many contents are kept: one batch. A body tells how much memory a content takes only where it is not tiny.
const MOST: usize = 512;

/// Contents by article, the one stored first going first.
#[derive(Debug, Default)]
pub(super) struct Recent {
    kept: HashMap<ArticleNo, Arc<Content>>,
    order: VecDeque<ArticleNo>,
    bytes: usize,
}

impl Recent {
    pub(super) fn get(&self, no: ArticleNo) -> Option<&Arc<Content>> {
        self.kept.get(&no)
    }

    /// Keeps a content in place of what was kept of the article.
    pub(super) fn put(&mut self, no: ArticleNo, content: Arc<Content>) {
        self.bytes += content.draft.body.len();
        match self.kept.insert(no, content) {
            Some(former) => self.bytes -= former.draft.body.len(),
            None => self.order.push_back(no),
        }
        while self.bytes > MOST_BYTES || self.order.len() > MOST {
            let Some(first) = self.order.pop_front() else { break };
            self.bytes -= self.kept.remove(&first).map_or(0, |content| content.draft.body.len());
        }
    }

    /// Keeps nothing: what was stored was taken back.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
