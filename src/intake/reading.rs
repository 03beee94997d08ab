//! A path in the inbox → what it holds: bytes, hash, drafts cleaned, media resolved. Changes nothing and knows no catalogue,
//! so that many files are read on all cores. A panic in a parser becomes a [`Rejection`].

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, Utc};

use super::Story;
use super::beside::{self, Beside};
use super::fault::{glance, stumbled};
pub use super::file_reader::{FileReader, Folder, Haste};
use super::measure::MAX_QUICK_BYTES;
use super::references::{Finder, Sketch};
use crate::article::Draft;
use crate::clean;
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::parse::sidecar::{self, Sidecar};
use crate::parse::{self, Markup, Parsed, Source};
use crate::rejection::Rejection;

/// The longest sidecar, in bytes: as long as a head may be in any encoding.
pub const MAX_SIDECAR: u64 = 2 * parse::front_matter::MAX_BYTES as u64;

/// A file to read.
#[derive(Clone, Debug)]
pub struct Job {
    /// Where it lies.
    pub path: InboxPath,
    /// The hash of the bytes it was last read with: if it still has them there is nothing to do.
    pub known: Option<[u8; 32]>,
    /// What goes with it by its name.
    pub beside: Beside,
    /// Where others wait, one whose media take time comes back as [`Outcome::Slow`].
    pub haste: Haste,
}

/// What reading a file gave.
#[derive(Debug)]
pub enum Outcome {
    /// It is not there, or is no regular file.
    Absent,
    /// It is there and may not be read now; why.
    Unreadable(io::Error),
    /// It changed while it was read: someone is writing.
    Changing,
    /// It has no bytes yet.
    Empty(Look),
    /// It has the bytes it was known to have.
    Same(Look, [u8; 32]),
    /// Its media take time (a photograph is made smaller, a film is long): to be read again without haste. How it looked.
    Slow(Box<Job>, Look),
    /// It was read.
    Read(Box<FileRead>),
}

/// A file that was read.
#[derive(Debug)]
pub struct FileRead {
    /// How it looked.
    pub look: Look,
    /// BLAKE3 of its bytes.
    pub hash: [u8; 32],
    /// What it holds, or why it is refused.
    pub stories: Result<Vec<Story>, Rejection>,
    /// A newspaper page's issue date.
    pub issue: Option<NaiveDate>,
    /// The section of a newspaper page: the configuration's for its number, else the one that its folio names.
    pub folio_section: Option<String>,
    /// What it was read as.
    pub markup: Option<Markup>,
    /// Lines (from 1) that belong to no article.
    pub furniture: Vec<u32>,
    /// What the reader doubted.
    pub doubts: Vec<String>,
    /// Hash of what the sidecar said that it was read with; none: there is no sidecar.
    pub sidecar: Option<[u8; 32]>,
    /// Every inbox path it refers to, with how it looked; none: it is not there.
    pub wants: Vec<(InboxPath, Option<Look>)>,
}

impl FileRead {
    /// What it refers to that is not there.
    pub fn missing(&self) -> impl Iterator<Item = &InboxPath> {
        self.wants.iter().filter(|(_, look)| look.is_none()).map(|(path, _)| path)
    }
}

impl FileReader {
    /// Reads one file.
    #[must_use]
    pub fn read(&self, job: &Job, arrival: DateTime<Utc>) -> Outcome {
        if inbox::is_sound(&job.path) {
            return self.listen(job);
        }
        let read = match inbox::read(&self.inbox, &job.path, self.max_file) {
            Ok(read) => read,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Outcome::Absent;
            }
            Err(error) => return Outcome::Unreadable(error),
        };
        let (look, bytes) = match read {
            inbox::Reading::Changed => return Outcome::Changing,
            inbox::Reading::TooLarge { .. } => {
                return match inbox::look(&self.inbox, &job.path) {
                    Ok(Some(look)) => self.too_large(look),
                    Ok(None) => Outcome::Absent,
                    Err(error) => Outcome::Unreadable(error),
                };
            }
            inbox::Reading::Whole { look, bytes } => (look, bytes),
        };
        // A marker without text says all it has to say.
        if bytes.is_empty() && inbox::sort(&job.path) != inbox::Sort::Marker {
            return Outcome::Empty(look);
        }
        let hash = *blake3::hash(&bytes).as_bytes();
        if job.known == Some(hash) {
            return Outcome::Same(look, hash);
        }
        self.outcome(job, look, hash, || self.understand(job, &bytes, arrival))
    }

    /// Reads a sound that is a story by itself.
    fn listen(&self, job: &Job) -> Outcome {
        let heard = || -> io::Result<Outcome> {
            let mut file = inbox::open(&self.inbox, &job.path)?;
            let Some(look) = inbox::look(&self.inbox, &job.path)? else { return Ok(Outcome::Absent) };
            match look.size {
                0 => return Ok(Outcome::Empty(look)),
                MAX_QUICK_BYTES.. if job.haste == Haste::OthersWait => return Ok(slow(job, look)),
                _ => {}
            }
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut Read::by_ref(&mut file).take(look.size), &mut hasher)?;
            if inbox::look(&self.inbox, &job.path)? != Some(look) {
                return Ok(Outcome::Changing);
            }
            let hash = *hasher.finalize().as_bytes();
            if job.known == Some(hash) {
                return Ok(Outcome::Same(look, hash));
            }
            Ok(self.outcome(job, look, hash, || {
                let parsed = parse::sound::read(&mut file, &job.path)?;
                let mut read = self.cleaned(job, parsed, None)?;
                if let Some(read) = &mut read {
                    // What it consists of is nothing that it refers to.
                    read.wants.retain(|(source, _)| *source != job.path);
                }
                Ok(read)
            }))
        };
        match heard() {
            Ok(outcome) => outcome,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Outcome::Absent
            }
            Err(error) => Outcome::Unreadable(error),
        }
    }

    /// What became of understanding a file. A panic in a parser is a refusal.
    fn outcome(
        &self,
        job: &Job,
        look: Look,
        hash: [u8; 32],
        understand: impl FnOnce() -> Result<Option<FileRead>, Rejection>,
    ) -> Outcome {
        Outcome::Read(Box::new(match catch_unwind(AssertUnwindSafe(understand)) {
            Ok(Ok(None)) => return slow(job, look),
            Ok(Ok(Some(mut read))) => {
                read.look = look;
                read.hash = hash;
                read
            }
            Ok(Err(rejection)) => refused(look, hash, rejection),
            Err(_) => refused(look, hash, stumbled()),
        }))
    }

    fn too_large(&self, look: Look) -> Outcome {
        let reason = format!("it has {} bytes, more than the {} allowed", look.size, self.max_file);
        Outcome::Read(Box::new(refuse_unread(look, Rejection::new(reason, "shorten it, or raise intake.max_file"))))
    }

    /// Parses and cleans; nothing if its media take time and others wait.
    ///
    /// # Errors
    /// When the file is refused.
    pub fn understand(&self, job: &Job, bytes: &[u8], arrival: DateTime<Utc>) -> Result<Option<FileRead>, Rejection> {
        let path = &job.path;
        let source = Source {
            path,
            bytes,
            time_zone: self.time_zone,
            encoding: self.folders_of(path).find_map(|folder| folder.encoding).or(self.encoding),
            language: self.language_of(path),
            arrival,
        };
        if inbox::sort(path) == inbox::Sort::Marker {
            return self.understand_marker(&source).map(Some);
        }
        let sidecar = job.beside.sidecar.as_ref();
        // One that cannot be read is refused where it lies; here it is as if it were not there.
        let said = sidecar.and_then(|(path, text)| sidecar::read(text, &path.extension(), self.time_zone).ok());
        let parsed = parse::parse_beside(&source, said.as_ref().map(|said| &said.stated))?;
        self.cleaned(job, parsed, said)
    }

    /// What was parsed, cleaned and with its media; nothing if those take time and others wait.
    fn cleaned(&self, job: &Job, mut parsed: Parsed, said: Option<Sidecar>) -> Result<Option<FileRead>, Rejection> {
        let Job { path, beside, .. } = job;
        let mut doubts = std::mem::take(&mut parsed.doubts);
        let printed: Vec<Option<String>> = parsed.drafts.iter().map(|draft| draft.headline.clone()).collect();
        beside::apply(said.map(|said| said.items).unwrap_or_default(), &mut parsed.drafts, &mut doubts);
        let sidecar = beside.sidecar.as_ref();
        let first = sidecar.map(|(path, _)| path.name()).unwrap_or_default();
        doubts.extend(beside.surplus.iter().map(|more| format!("{} does not count beside {first}", more.name())));
        let placed = beside::place(self, beside, parsed.markup, &parsed.drafts, &mut doubts);
        let mut finder = Finder::new(self, path, job.haste);
        let mut sketches = Vec::with_capacity(parsed.drafts.len());
        for ((draft, printed), placed) in parsed.drafts.into_iter().zip(printed).zip(placed) {
            let mut sketch = finder.sketch(draft);
            if printed.is_some() && printed != sketch.draft.headline {
                sketch.mark = clean::title(&Draft { headline: printed, ..sketch.draft.clone() });
            }
            finder.illustrate(&mut sketch, placed);
            sketches.push(sketch);
        }
        if finder.is_slow {
            return Ok(None);
        }
        // After the story's fingerprint: what a folder says is no change of what the file says.
        for folder in self.folders_of(path) {
            sketches.iter_mut().for_each(|sketch| folder.defaults.fill(&mut sketch.draft));
        }
        let stories = sketches.into_iter().map(Sketch::finish).collect::<Result<_, _>>()?;
        let page_section = parsed.page.and_then(|page| self.pages.get(&page)).cloned();
        doubts.append(&mut finder.doubts);
        Ok(Some(FileRead {
            look: Look::default(),
            hash: [0; 32],
            stories: Ok(stories),
            issue: parsed.issue_date,
            folio_section: page_section.or(parsed.folio_section),
            markup: Some(parsed.markup),
            furniture: parsed.furniture,
            doubts,
            sidecar: sidecar.map(|(_, text)| *blake3::hash(text.as_bytes()).as_bytes()),
            wants: finder.order,
        }))
    }

    /// What a sidecar says; none where it cannot be read now, or is refused.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn sidecar_text(&self, path: &InboxPath) -> io::Result<Option<String>> {
        let inbox::Reading::Whole { bytes, .. } = inbox::read(&self.inbox, path, MAX_SIDECAR)? else { return Ok(None) };
        Ok(self.sidecar(path, &bytes).map(|(text, _)| text).ok())
    }

    /// A sidecar's text and what it says.
    ///
    /// # Errors
    /// Why it is refused, with line and column.
    pub fn sidecar(&self, path: &InboxPath, bytes: &[u8]) -> Result<(String, Sidecar), Rejection> {
        let text = parse::encoding::decode(bytes, self.encoding, self.language_of(path))?;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        // One at a time and rarely: a thread of its own costs nothing that counts.
        let (extension, zone) = (path.extension(), self.time_zone);
        let (said, text) = glance(move || Ok((sidecar::read(&text, &extension, zone)?, text.clone())))?;
        Ok((text, said))
    }
}

impl FileReader {
    /// Reads the text inside a marker: one story, or none.
    fn understand_marker(&self, source: &Source<'_>) -> Result<FileRead, Rejection> {
        let mut finder = Finder::new(self, source.path, Haste::NobodyWaits);
        let notice = parse::retraction(source)?.map(|draft| finder.sketch(draft).finish()).transpose()?;
        Ok(FileRead { stories: Ok(notice.into_iter().collect()), ..no_article(Look::default(), [0; 32], None) })
    }
}

/// The same once more, without haste.
fn slow(job: &Job, look: Look) -> Outcome {
    Outcome::Slow(Box::new(Job { haste: Haste::NobodyWaits, ..job.clone() }), look)
}

/// Why a file is not read whose name says that it is no article.
#[must_use]
pub fn unknown(path: &InboxPath) -> Rejection {
    if inbox::is_put_aside(path) { parse::put_aside() } else { parse::unknown(&path.extension()) }
}

/// A refusal of a file whose bytes were not looked at; its size and date stand for them.
#[must_use]
pub fn refuse_unread(look: Look, rejection: Rejection) -> FileRead {
    let hash = *blake3::hash(format!("unread {} {}", look.size, look.mtime_ns).as_bytes()).as_bytes();
    refused(look, hash, rejection)
}

/// A file that was read and holds no article, or is refused.
#[must_use]
pub fn no_article(look: Look, hash: [u8; 32], refusal: Option<Rejection>) -> FileRead {
    FileRead {
        stories: refusal.clone().map_or_else(|| Ok(Vec::new()), Err),
        ..refused(look, hash, refusal.unwrap_or_default())
    }
}

fn refused(look: Look, hash: [u8; 32], rejection: Rejection) -> FileRead {
    FileRead {
        look,
        hash,
        stories: Err(rejection),
        issue: None,
        folio_section: None,
        markup: None,
        furniture: Vec::new(),
        doubts: Vec::new(),
        sidecar: None,
        wants: Vec::new(),
    }
}
