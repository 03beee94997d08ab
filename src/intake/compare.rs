//! Compares the inbox with the catalogue, folder by folder: at the start, after anything that may have lost events, and every
//! `rescan`. In poll mode it is all there is. It changes nothing; what it finds are hints like any other.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use super::IntakeError;
use crate::catalogue::{FileRow, Presence, Reader};
use crate::dropped::{InboxPath, Look};
use crate::inbox::{self, Freshness, Sort};

/// How many findings are handed over at once: enough that the hand-over costs nothing, few enough that a drop beside a
/// comparison of a large inbox waits for no more than these.
pub const CHUNK: usize = 256;

/// How deep the inbox is looked into: sections and date folders need eleven; a loop of bind mounts has no end.
pub const MAX_DEPTH: usize = 32;

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A file that is new, or looks otherwise than when it was read.
    Seen {
        /// The file.
        path: InboxPath,
        /// How it looks.
        look: Look,
        /// Whether someone may still be writing it.
        fresh: bool,
    },
    /// A missed or held file is there, as it was.
    Found(InboxPath),
    /// A file is not where the record has it.
    Missing(InboxPath),
}

/// How a comparison ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Folders that could not be read, with the reason: nothing in them counts as missing.
    pub unreadable: Vec<(InboxPath, String)>,
    /// Why folders could not be watched, if some could not: then they must be compared more often.
    pub unwatched: Option<String>,
    /// Whether it was broken off because nobody wanted to hear more.
    pub cut_short: bool,
}

/// Compares the folder and all below it. `watch` is called for every folder before it is listed, so that nothing that
/// happens in between is lost; `tell` takes findings in chunks and says whether to go on.
///
/// # Errors
/// When the catalogue cannot be read.
pub fn compare(
    inbox: &Path,
    reader: &Reader,
    folder: &InboxPath,
    freshness: Freshness,
    mut watch: impl FnMut(&InboxPath) -> Result<(), String>,
    mut tell: impl FnMut(Vec<Finding>) -> bool,
) -> Result<Compared, IntakeError> {
    let mut compared = Compared::default();
    let mut visited: HashSet<InboxPath> = HashSet::new();
    let mut findings = Vec::new();
    let mut open = vec![(folder.clone(), 0)];
    while let Some((folder, depth)) = open.pop() {
        if let Err(reason) = watch(&folder) {
            compared.unwatched.get_or_insert(reason);
        }
        let listing = match inbox::list(inbox, &folder) {
            Ok(listing) => listing,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            Err(error) => {
                compared.unreadable.push((folder, error.to_string()));
                continue;
            }
        };
        let mut rows: HashMap<InboxPath, FileRow> =
            reader.files_in(&folder)?.into_iter().map(|row| (row.path.clone(), row)).collect();
        for (path, look) in listing.files {
            let row = rows.remove(&path);
            if let Some(finding) = judge(path, look, row.as_ref(), freshness) {
                findings.push(finding);
            }
        }
        let mut missing: Vec<FileRow> = rows.into_values().collect();
        missing.sort_by(|a, b| a.path.cmp(&b.path));
        findings.extend(missing.into_iter().map(|row| Finding::Missing(row.path)));
        if depth < MAX_DEPTH {
            // Pushed in reverse, so that folders are compared in the order of their names.
            open.extend(listing.folders.into_iter().rev().map(|below| (below, depth + 1)));
        }
        visited.insert(folder);
        if findings.len() >= CHUNK && !tell(std::mem::take(&mut findings)) {
            compared.cut_short = true;
            return Ok(compared);
        }
    }
    for folder in reader.folders_within(folder)? {
        if visited.contains(&folder) || compared.unreadable.iter().any(|(blocked, _)| folder.is_within(blocked)) {
            continue;
        }
        findings.extend(reader.files_in(&folder)?.into_iter().map(|row| Finding::Missing(row.path)));
        if findings.len() >= CHUNK && !tell(std::mem::take(&mut findings)) {
            compared.cut_short = true;
            return Ok(compared);
        }
    }
    if !findings.is_empty() {
        compared.cut_short = !tell(findings);
    }
    Ok(compared)
}

fn judge(path: InboxPath, look: Look, row: Option<&FileRow>, freshness: Freshness) -> Option<Finding> {
    let fresh = freshness.is_fresh(&look);
    let Some(row) = row else {
        let is_whole = look.size > 0 || inbox::sort(&path) == Sort::Marker;
        return is_whole.then_some(Finding::Seen { path, look, fresh });
    };
    if row.look != Some(look) {
        return Some(Finding::Seen { path, look, fresh });
    }
    (row.presence != Presence::Present).then_some(Finding::Found(path))
}
