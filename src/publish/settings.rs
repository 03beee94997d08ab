//! What printing needs to know of the configuration.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::inbox::Share;
use crate::media::PictureCache;
use crate::podcast::Podcast;
use crate::render::Publication;

/// How one section is published.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Its title; none: from its folder's name.
    pub title: Option<String>,
    /// What it is about.
    pub description: String,
    /// Its language where that differs from the publication's.
    pub language: Option<String>,
    /// Its picture: an absolute URL or a document path.
    pub image: Option<String>,
    /// At least so many entries stand in a feed.
    pub entries: usize,
    /// Beyond them, whatever is this close to the newest.
    pub window: Duration,
    /// But never more than so many.
    pub max_entries: usize,
    /// And never more than so many bytes.
    pub max_bytes: u64,
    /// Whether feeds carry the full text.
    pub full_text: bool,
    /// What podcast apps want to know, where its RSS feed is to be one they take; its cover as it is published.
    pub podcast: Option<Podcast>,
}

/// What printing needs to know of the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The publication.
    pub publication: Publication,
    /// How sections are published that have no layout of their own.
    pub layout: Layout,
    /// Layouts by section path.
    pub sections: HashMap<String, Layout>,
    /// Where documents are written.
    pub feeds: PathBuf,
    /// Where media are read.
    pub inbox: Arc<Share>,
    /// Where small pictures lie that were made lately.
    pub picture_cache: PictureCache,
    /// The documents that pictures of the publication and of sections and podcasts' covers become, each with its file; none:
    /// the catalogue knows where in the inbox it is.
    pub icon_files: BTreeMap<String, Option<PathBuf>>,
}
