//! Compares `feeds/` with the catalogue after a complete comparison: what somebody took away or changed is printed again,
//! what we made and nobody knows any more is removed, what others put there is named and left alone.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::output::TEMPORARY;
use crate::catalogue::{CatalogueError, DocumentKind, DocumentState, Reader};

/// How many rows are gone through in one step.
const STEP: usize = 1000;

/// How deep `feeds/` is looked into: sections, three date folders and a page.
const MAX_DEPTH: usize = crate::section::MAX_DEPTH + 5;

/// What was found wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Discrepancy {
    /// A document of ours is missing or is not what was written.
    Damaged(String),
    /// A document of our making that the catalogue does not know, or knows to be gone.
    Leftover(String),
    /// Not ours.
    Foreign(String),
}

/// Compares all of `feeds/`; changes nothing.
///
/// # Errors
/// When the catalogue or the folder cannot be read.
pub fn sweep(reader: &Reader, feeds: &Path) -> Result<Vec<Discrepancy>, SweepError> {
    let mut discrepancies = Vec::new();
    let mut after = String::new();
    loop {
        let rows = reader.documents_after(&after, STEP)?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.path);
        for row in rows {
            let expected = if row.kind == DocumentKind::Media { None } else { Some(row.modified) };
            if row.state == DocumentState::Synced && !is_as_written(&feeds.join(&row.path), row.size, expected) {
                discrepancies.push(Discrepancy::Damaged(row.path.clone()));
            }
        }
    }
    walk(reader, feeds, "", 0, &mut discrepancies)?;
    discrepancies.sort();
    Ok(discrepancies)
}

/// The sweep could not be done.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The folder could not be read.
    #[error("the feeds folder cannot be read: {0}")]
    Folder(#[from] io::Error),
}

fn is_as_written(file: &Path, size: u64, modified: Option<i64>) -> bool {
    let Ok(metadata) = fs::symlink_metadata(file) else { return false };
    let dated = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_secs());
    metadata.is_file()
        && metadata.len() == size
        && modified.is_none_or(|expected| dated == u64::try_from(expected).ok())
}

/// Goes through the folder file by file; what is known is asked of the catalogue, which may be larger than memory.
fn walk(
    reader: &Reader,
    feeds: &Path,
    folder: &str,
    depth: usize,
    discrepancies: &mut Vec<Discrepancy>,
) -> Result<(), SweepError> {
    for entry in fs::read_dir(feeds.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let file_type = entry.file_type()?;
        if file_type.is_dir() && depth < MAX_DEPTH {
            match walk(reader, feeds, &path, depth + 1, discrepancies) {
                Err(SweepError::Folder(error)) if error.kind() == io::ErrorKind::NotFound => {}
                // A folder that cannot be read (`lost+found`) is somebody else's, and no reason to look no further.
                Err(SweepError::Folder(_)) => discrepancies.push(Discrepancy::Foreign(path)),
                other => other?,
            }
            continue;
        }
        // Dot files beside our mark are the operator's: `.gitignore`, `.well-known`.
        let is_dot_file = folder.is_empty() && name.starts_with('.') && !name.ends_with(TEMPORARY);
        if !is_dot_file && !is_known(reader, &path)? {
            let is_ours = file_type.is_file() && (name.ends_with(TEMPORARY) || is_our_making(&entry.path(), &path));
            discrepancies.push(if is_ours { Discrepancy::Leftover(path) } else { Discrepancy::Foreign(path) });
        }
    }
    Ok(())
}

fn is_known(reader: &Reader, path: &str) -> Result<bool, SweepError> {
    Ok(reader.document(path)?.is_some_and(|row| row.state != DocumentState::Gone))
}

/// Whether a file bears the mark of our making: the generator we write into every document, or for media the hash of its
/// bytes as its name.
fn is_our_making(file: &Path, path: &str) -> bool {
    /// Every document names its generator in its head.
    const HEAD: u64 = 8 * 1024;
    let Ok(mut opened) = File::open(file) else { return false };
    if let Some(name) = path.strip_prefix("_media/") {
        let mut hasher = blake3::Hasher::new();
        let stem = name.split('.').next().unwrap_or_default();
        return io::copy(&mut opened, &mut hasher).is_ok() && hasher.finalize().to_hex().as_str()[..32] == *stem;
    }
    let mut head = Vec::new();
    if opened.take(HEAD).read_to_end(&mut head).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&head);
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "rss.xml" | "atom.xml" => head.contains(">Syndicated</generator>"),
        "feed.json" => head.contains("\"_syndicated\":{\"generator\":\"Syndicated\"}"),
        _ if name.ends_with(".html") => head.contains("<meta name=\"generator\" content=\"Syndicated\">"),
        _ => false,
    }
}
