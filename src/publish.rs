//! Catalogue → `feeds/` and the edition: prints the documents that are stale, and nothing else.
//!
//! A document is rendered, compared by hash with what was printed last, written whole (temporary file, rename) only where
//! its bytes changed, and put into the edition. Nothing here decides what is published; [`intake`](crate::intake) did.

mod archive;
mod contents;
mod fragments;
mod generation;
mod icon;
mod output;
mod settings;
mod sweep;

pub use archive::Archive;
pub use icon::{icon_path, picture};
pub use output::remove;
pub use settings::{Layout, Settings};
pub use sweep::{Discrepancy, SweepError, sweep};

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::article::Article;
use crate::catalogue::{Catalogue, CatalogueError, DocumentKind, DocumentRow, Printed};
use crate::dropped::InboxPath;
use crate::edition::{Document, Edition, Kind};
use crate::render::{self, Outline, RenderError};
use crate::section::{Format, Section};
use crate::threads;

use contents::Contents;
use fragments::FragmentCache;
use output::Output;

/// How many sections `opml.xml` names at most: no reader imports more.
const MAX_SECTIONS: usize = 20_000;

/// So many documents are passed over because their places refuse them; from then on it is taken for the whole disk, so that a
/// look for what else is due never goes through more rows than this.
const MAX_OBSTRUCTED: usize = 4096;

/// A document could not be printed; what was there stays, and it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A file under `feeds/` could not be read or written.
    #[error("{path} cannot be written: {source}")]
    File {
        /// The document.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// What a printing did.
#[derive(Debug, Default)]
pub struct Run {
    /// Documents whose file was written.
    pub written: usize,
    /// Documents that had their bytes already.
    pub unchanged: usize,
    /// What could not be rendered, and why: a fault of ours.
    pub faults: Vec<(String, RenderError)>,
    /// Media whose file in the inbox is not there any more.
    pub lost_media: Vec<String>,
    /// Media of which other bytes would be published by now than what refers to them was read with, and where they lie.
    pub changed_media: Vec<(String, InboxPath)>,
    /// Documents whose places refuse them, each with the reason: passed over until [`Publisher::retry`].
    pub obstructed: Vec<(String, io::Error)>,
}

/// Prints what is stale; the desk owns the only one.
#[derive(Debug)]
pub struct Publisher {
    settings: Arc<Settings>,
    generation: String,
    cache: FragmentCache,
    turn: i64,
    /// Documents that are due and cannot be written where they belong; what else is due does not wait for them.
    obstructed: HashSet<String>,
}

/// What is needed to print one document, gathered before it is printed on any core.
enum Material {
    Page(Box<Article>, Vec<(Section, String)>),
    Ready(Result<Vec<u8>, RenderError>),
    Medium(InboxPath),
}

impl Publisher {
    /// One with these settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let generation = generation::of(&settings);
        Self {
            settings: Arc::new(settings),
            generation,
            cache: FragmentCache::new(),
            turn: 0,
            obstructed: HashSet::new(),
        }
    }

    /// Puts other settings in force.
    pub fn set(&mut self, settings: Settings) {
        *self = Self { turn: self.turn, ..Self::new(settings) };
    }

    /// Marks every document that another program or other settings printed; says how many.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn mark_outdated(&self, catalogue: &mut Catalogue) -> Result<usize, CatalogueError> {
        self.mark_icons(catalogue)?;
        catalogue.mark_generation(&self.generation)
    }

    /// Which printing was the last: everything up to it is on the disk once that has been synced.
    #[must_use]
    pub fn turn(&self) -> i64 {
        self.turn
    }

    /// Has the obstructed documents tried again.
    pub fn retry(&mut self) {
        self.obstructed.clear();
    }

    /// Prints at most `limit` of the documents from one kind to another that are due.
    ///
    /// # Errors
    /// When the catalogue fails or `feeds/` cannot be written; what was printed before that is recorded.
    pub fn print(
        &mut self,
        catalogue: &mut Catalogue,
        edition: &Edition,
        now: DateTime<Utc>,
        kinds: RangeInclusive<DocumentKind>,
        limit: usize,
    ) -> Result<Run, PublishError> {
        let mut due = catalogue.documents_due(&kinds, limit + self.obstructed.len())?;
        due.retain(|row| !self.obstructed.contains(&row.path));
        due.truncate(limit);
        let mut run = Run::default();
        if due.is_empty() {
            return Ok(run);
        }
        self.turn += 1;
        let mut jobs = Vec::with_capacity(due.len());
        let mut outputs = Vec::new();
        let mut ended = Vec::new();
        let source: &Catalogue = catalogue;
        source.reading::<(), PublishError>(|| {
            // A section's documents hold the same articles: gathered once for all of them.
            let mut gathered = HashMap::new();
            for row in due {
                match self.material(source, &row, &mut gathered)? {
                    // What readers wait for is with them as soon as it is made, not when all others are.
                    Some(material) if row.kind >= DocumentKind::Rss => {
                        let mut output = print_one(&self.settings, &row, material, now.timestamp());
                        if let Ok(output) = &mut output {
                            show(edition, &row, output);
                        }
                        outputs.push((row, output));
                    }
                    Some(material) => jobs.push((row, material)),
                    None => ended.push(row),
                }
            }
            Ok(())
        })?;
        outputs.extend(self.print_all(jobs, now));
        let mut failed = None;
        catalogue.transaction::<(), PublishError>(|catalogue| {
            for row in ended {
                match row.kind {
                    DocumentKind::Page => catalogue.set_gone(&row.path)?,
                    _ => catalogue.drop_document(&row.path)?,
                }
            }
            for (row, output) in outputs {
                failed = self.settle(catalogue, edition, row, output, &mut run)?.or(failed.take());
            }
            Ok(())
        })?;
        failed.map_or(Ok(run), Err)
    }

    /// Records what became of a document. An error that every other will meet as well is given back.
    fn settle(
        &mut self,
        catalogue: &mut Catalogue,
        edition: &Edition,
        row: DocumentRow,
        output: Result<Output, output::Fault>,
        run: &mut Run,
    ) -> Result<Option<PublishError>, PublishError> {
        match output {
            Ok(output) => {
                if row.kind < DocumentKind::Rss {
                    // Pages and media are many and read seldom: the first reader brings them into memory.
                    edition.forget(&row.path);
                }
                let Output { hash, size, modified, is_written, .. } = output;
                let printed = Printed { path: &row.path, hash, size, modified, generation: &self.generation };
                catalogue.set_printed(&printed, self.turn)?;
                let count = if is_written { &mut run.written } else { &mut run.unchanged };
                *count += 1;
            }
            Err(output::Fault::Render(error)) => {
                // Proven unfit: the document before it stays, and trying again would not mend it.
                catalogue.set_unprintable(&row.path)?;
                run.faults.push((row.path, error));
            }
            Err(output::Fault::Lost) => {
                catalogue.drop_document(&row.path)?;
                run.lost_media.push(row.path);
            }
            Err(output::Fault::Changed) => {
                catalogue.drop_document(&row.path)?;
                let source = catalogue.medium_source(&row.path)?;
                if let Some(source) = &source {
                    // Even if the program ends before it has read them again.
                    for file in catalogue.files_showing(source)? {
                        catalogue.set_unread(file.no)?;
                    }
                }
                run.changed_media.extend(source.map(|source| (row.path, source)));
            }
            Err(output::Fault::File(source))
                if output::concerns_disk(&source) || self.obstructed.len() >= MAX_OBSTRUCTED =>
            {
                return Ok(Some(PublishError::File { path: row.path, source }));
            }
            Err(output::Fault::File(source)) => {
                self.obstructed.insert(row.path.clone());
                run.obstructed.push((row.path, source));
            }
        }
        Ok(None)
    }

    /// Prints on all cores.
    fn print_all(
        &self,
        jobs: Vec<(DocumentRow, Material)>,
        now: DateTime<Utc>,
    ) -> Vec<(DocumentRow, Result<Output, output::Fault>)> {
        /// Below this a thread costs more than it saves.
        const ALONE: usize = 16;
        let settings = &*self.settings;
        // A panic in rendering is a fault of ours, and the desk's to die of: the documents stay marked.
        threads::share(jobs, ALONE, |(row, material)| {
            let output = print_one(settings, &row, material, now.timestamp()).map(Output::without_bytes);
            (row, output)
        })
    }

    /// Gathers what a document is made of; none if it should not be.
    fn material(
        &self,
        catalogue: &Catalogue,
        row: &DocumentRow,
        gathered: &mut HashMap<i64, Option<Contents>>,
    ) -> Result<Option<Material>, PublishError> {
        let publication = &self.settings.publication;
        Ok(match row.kind {
            DocumentKind::Media => match self.settings.icon_files.get(&row.path) {
                Some(Some(file)) => icon::published(file).ok().map(|(_, bytes)| Material::Ready(Ok(bytes))),
                _ => catalogue.medium_source(&row.path)?.map(Material::Medium),
            },
            DocumentKind::Page => match self.told(catalogue, row.owner)? {
                Some((article, content)) if article.visible && content.draft.link.is_none() => {
                    let sections = catalogue.own_sections(article.no)?;
                    let titled = sections.iter().map(|section| self.titled(section)).collect();
                    Some(Material::Page(Box::new(self.article(article, content, &sections)), titled))
                }
                _ => None,
            },
            DocumentKind::Rss | DocumentKind::Atom | DocumentKind::Json | DocumentKind::Front => {
                if let Entry::Vacant(place) = gathered.entry(row.owner) {
                    place.insert(self.contents(catalogue, row.owner)?);
                }
                let Some(Some(contents)) = gathered.get(&row.owner) else { return Ok(None) };
                Some(Material::Ready(match row.kind {
                    DocumentKind::Rss => self.feed(contents, Format::Rss),
                    DocumentKind::Atom => self.feed(contents, Format::Atom),
                    DocumentKind::Json => self.feed(contents, Format::Json),
                    _ => self.front(catalogue, contents)?,
                }))
            }
            DocumentKind::Opml => {
                let outlines: Vec<Outline> = catalogue
                    .sections(MAX_SECTIONS)?
                    .iter()
                    .map(|row| {
                        let (section, title) = self.titled(row);
                        Outline { section, title, own: row.own > 0 }
                    })
                    .collect();
                Some(Material::Ready(render::opml(publication, &outlines)))
            }
            DocumentKind::Style => Some(Material::Ready(Ok(render::STYLE.as_bytes().to_vec()))),
        })
    }
}

/// Puts a document that was printed before readers; one that has its bytes already only where it is in memory.
fn show(edition: &Edition, row: &DocumentRow, output: &mut Output) {
    let modified = DateTime::from_timestamp(output.modified, 0).unwrap_or_default();
    match (Kind::of(&row.path), output.bytes.take()) {
        (Some(kind), Some(bytes)) if output.is_written || edition.get(&row.path).is_some() => {
            let hash = blake3::Hash::from_bytes(output.hash);
            edition.put(Document::hashed(row.path.as_str(), kind, bytes, hash, modified));
        }
        _ => edition.forget(&row.path),
    }
}

fn print_one(settings: &Settings, row: &DocumentRow, material: Material, now: i64) -> Result<Output, output::Fault> {
    let bytes = match material {
        Material::Medium(source) => {
            return output::carry(settings, row, &source, now);
        }
        Material::Page(article, sections) => render::page(&settings.publication, &article, &sections)?.into_bytes(),
        Material::Ready(bytes) => bytes?,
    };
    output::print(&settings.feeds, row, bytes, now)
}
