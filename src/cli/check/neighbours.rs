//! What lies beside a file that is checked, for files that no record knows. Each folder is listed once, however many of its
//! files are checked.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

use crate::dropped::InboxPath;
use crate::inbox::{self, Sort};
use crate::intake::beside::Beside;
use crate::intake::reading::FileReader;
use crate::parse;

/// The folders that were listed so far.
#[derive(Default)]
pub(super) struct Neighbours(HashMap<(PathBuf, InboxPath), Folder>);

/// What lies in one folder.
#[derive(Default)]
struct Folder {
    /// All files, by the keys under which they may go with another.
    files: HashMap<String, Vec<InboxPath>>,
    /// Those in which the folder says what holds for it, the one that counts most last.
    headings: Vec<InboxPath>,
}

impl Neighbours {
    /// What goes with a file of articles.
    ///
    /// # Errors
    /// When the sidecar cannot be read.
    pub(super) fn beside(&mut self, reader: &FileReader, article: &InboxPath) -> io::Result<Beside> {
        let files = &self.folder(reader, &article.folder()).files;
        let named = |key: &str| files.get(key).map(Vec::as_slice).unwrap_or_default();
        let has_own = |file: &InboxPath| {
            let key = file.key();
            Ok(named(&key).iter().any(|other| inbox::sort(other) == Sort::Article && other.key() == key))
        };
        let is_agency = |file: &InboxPath| {
            let may_be = inbox::part(file, article).is_some() && inbox::may_hold_articles(file);
            may_be
                && matches!(inbox::read(&reader.inbox, file, reader.max_file),
                    Ok(inbox::Reading::Whole { bytes, .. }) if parse::is_ninjs(&bytes))
        };
        let candidates = named(&article.key()).iter().filter(|file| !is_agency(file)).cloned().collect();
        Beside::of(article, candidates, has_own, |sidecar| reader.sidecar_text(sidecar))
    }

    /// The articles that a file goes with by its name.
    pub(super) fn articles(&mut self, reader: &FileReader, file: &InboxPath) -> Vec<InboxPath> {
        let files = &self.folder(reader, &file.folder()).files;
        let mut articles: Vec<InboxPath> = file
            .keys()
            .iter()
            .flat_map(|key| files.get(key).into_iter().flatten())
            .filter(|path| inbox::sort(path) == Sort::Article && inbox::part(file, path).is_some())
            .cloned()
            .collect();
        articles.sort();
        articles.dedup();
        articles
    }

    /// The files that an article may have as its sidecars.
    pub(super) fn sidecars(&mut self, reader: &FileReader, article: &InboxPath) -> Vec<InboxPath> {
        let files = self.folder(reader, &article.folder()).files.get(&article.key()).cloned().unwrap_or_default();
        let is_one = |path: &InboxPath| matches!(inbox::part(path, article), Some(inbox::Part::Sidecar(_)));
        files.into_iter().filter(is_one).collect()
    }

    /// The files in which a folder says what holds for it, the one that counts most last.
    pub(super) fn headings(&mut self, reader: &FileReader, folder: &InboxPath) -> Vec<InboxPath> {
        self.folder(reader, folder).headings.clone()
    }

    /// What lies in a folder; nothing where it cannot be listed.
    fn folder(&mut self, reader: &FileReader, folder: &InboxPath) -> &Folder {
        self.0.entry((reader.inbox.clone(), folder.clone())).or_insert_with(|| {
            let mut listed = Folder::default();
            for (path, _) in inbox::list(&reader.inbox, folder).unwrap_or_default().files {
                for key in path.keys() {
                    listed.files.entry(key).or_default().push(path.clone());
                }
                if inbox::sort(&path) == Sort::Heading {
                    listed.headings.push(path);
                }
            }
            listed.headings.sort();
            listed
        })
    }
}
