//! Whoever reads files, with what it is given: facts of the configuration, and what folders say of the files in them. How it reads
//! is in [`super::reading`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::article::Defaults;
use crate::dropped::InboxPath;
use crate::inbox;
use crate::media::PictureCache;
use crate::page_number::PageNumber;
use crate::section::Section;

/// Reads files, on any thread; with what that takes to know of the configuration.
#[derive(Clone, Debug)]
pub struct FileReader {
    /// The inbox's folder.
    pub inbox: PathBuf,
    /// The zone of dates that state none.
    pub time_zone: Tz,
    /// The encoding of files that are not UTF-8; none: detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The publication's language.
    pub language: String,
    /// The languages of sections for which the configuration states one: they tell encodings before what folders say.
    pub languages: Arc<BTreeMap<Section, String>>,
    /// The largest article file, in bytes.
    pub max_file: u64,
    /// Where small pictures lie that were made lately.
    pub picture_cache: PictureCache,
    /// The sections of newspaper pages.
    pub pages: Arc<BTreeMap<PageNumber, String>>,
    /// What folders say of the files in them and below.
    pub folders: Arc<BTreeMap<InboxPath, Folder>>,
}

/// Whether other files wait while one is read: then one whose media take time is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// They do.
    OthersWait,
    /// It may take the time that it needs.
    NobodyWaits,
}

/// What a folder says of the files in it and below.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folder {
    /// The encoding of those that are not UTF-8.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Their language (BCP 47): it tells the encoding of those that state neither.
    pub language: Option<String>,
    /// What their articles are given.
    pub defaults: Defaults,
}

impl FileReader {
    /// The language in which a file most likely is, before anything in it is read.
    pub(super) fn language_of<'a>(&'a self, path: &'a InboxPath) -> &'a str {
        let section = || Section::of_names(inbox::section_names(path).iter().map(String::as_str)).ok();
        let section = if self.languages.is_empty() { None } else { section() };
        let configured = section.and_then(|section| section.lineage().find_map(|section| self.languages.get(&section)));
        let folder = || self.folders_of(path).find_map(|folder| folder.language.as_ref());
        configured.or_else(folder).unwrap_or(&self.language)
    }

    /// What the folders that a file lies in say, the nearest first.
    pub(super) fn folders_of<'a>(&'a self, path: &'a InboxPath) -> impl Iterator<Item = &'a Folder> {
        let above = |folder: &InboxPath| (!folder.is_root()).then(|| folder.folder());
        let folders = (!self.folders.is_empty()).then(|| path.folder());
        std::iter::successors(folders, above).filter_map(|folder| self.folders.get(&folder))
    }
}
