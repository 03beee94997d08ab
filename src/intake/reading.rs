//! A path in the inbox → what it holds: bytes, hash, drafts cleaned, media resolved. Changes nothing and knows no catalogue,
//! so that many files are read on all cores. A panic in a parser becomes a [`Rejection`].

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Story;
use super::measure::MAX_QUICK_BYTES;
use super::references::Finder;
use crate::darkroom::Drawer;
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::parse::{self, Markup, Parsed, Source};
use crate::rejection::Rejection;

/// What reading needs to know of the configuration.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The inbox's folder.
    pub inbox: PathBuf,
    /// The zone of dates that state none.
    pub time_zone: Tz,
    /// The encoding of files that are not UTF-8; none: detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The publication's language.
    pub language: String,
    /// The largest article file, in bytes.
    pub max_file: u64,
    /// Where small pictures lie that were made lately.
    pub drawer: Drawer,
}

/// A file to read.
#[derive(Clone, Debug)]
pub struct Job {
    /// Where it lies.
    pub path: InboxPath,
    /// The hash of the bytes it was last read with: if it still has them there is nothing to do.
    pub known: Option<[u8; 32]>,
    /// Whether other files wait meanwhile: then one whose media take time comes back as [`Outcome::Slow`].
    pub hasty: bool,
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
    /// Its media take time (a photograph is made smaller, a film is long): to be read again without haste.
    Slow(Box<Job>),
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
    /// The section that a newspaper page's folio names.
    pub folio_section: Option<String>,
    /// What it was read as.
    pub markup: Option<Markup>,
    /// Lines (from 1) that belong to no article.
    pub furniture: Vec<u32>,
    /// What the reader doubted.
    pub doubts: Vec<String>,
    /// Every inbox path it refers to, with how it looked; none: it is not there.
    pub wants: Vec<(InboxPath, Option<Look>)>,
}

impl FileRead {
    /// What it refers to that is not there.
    pub fn missing(&self) -> impl Iterator<Item = &InboxPath> {
        self.wants.iter().filter(|(_, look)| look.is_none()).map(|(path, _)| path)
    }
}

impl Reading {
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
                MAX_QUICK_BYTES.. if job.hasty => return Ok(slow(job)),
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
                let mut read = self.cleaned(job, parsed);
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
            Ok(Ok(None)) => return slow(job),
            Ok(Ok(Some(mut read))) => {
                read.look = look;
                read.hash = hash;
                read
            }
            Ok(Err(rejection)) => refused(look, hash, rejection),
            Err(_) => refused(
                look,
                hash,
                Rejection::new(
                    "the reader of this format stumbled over it",
                    "save it in a simpler form, and send this file to the makers of syndicated",
                ),
            ),
        }))
    }

    fn too_large(&self, look: Look) -> Outcome {
        let reason = format!("it has {} bytes, more than the {} allowed", look.size, self.max_file);
        Outcome::Read(Box::new(refuse_unread(look, Rejection::new(reason, "shorten it, or raise intake.max_file"))))
    }

    /// Parses and cleans; nothing if its media take time and others wait.
    fn understand(&self, job: &Job, bytes: &[u8], arrival: DateTime<Utc>) -> Result<Option<FileRead>, Rejection> {
        let path = &job.path;
        let source = Source {
            path,
            bytes,
            time_zone: self.time_zone,
            encoding: self.encoding,
            language: &self.language,
            arrival,
        };
        if inbox::sort(path) == inbox::Sort::Marker {
            return self.understand_marker(&source).map(Some);
        }
        Ok(self.cleaned(job, parse::parse(&source)?))
    }

    fn cleaned(&self, job: &Job, parsed: Parsed) -> Option<FileRead> {
        let mut finder = Finder::new(self, &job.path, job.hasty);
        let stories = parsed.drafts.into_iter().map(|draft| finder.story(draft)).collect();
        if finder.is_slow {
            return None;
        }
        let mut doubts = parsed.doubts;
        doubts.append(&mut finder.doubts);
        Some(FileRead {
            look: Look { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 },
            hash: [0; 32],
            stories: Ok(stories),
            issue: parsed.issue_date,
            folio_section: parsed.folio_section,
            markup: Some(parsed.markup),
            furniture: parsed.furniture,
            doubts,
            wants: finder.order,
        })
    }
}

impl Reading {
    /// Reads the text inside a marker: one story, or none.
    fn understand_marker(&self, source: &Source<'_>) -> Result<FileRead, Rejection> {
        let mut finder = Finder::new(self, source.path, false);
        let notice = parse::retraction(source)?.map(|draft| finder.story(draft));
        let look = Look { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 };
        Ok(FileRead { stories: Ok(notice.into_iter().collect()), ..no_article(look, [0; 32], None) })
    }
}

/// The same once more, without haste.
fn slow(job: &Job) -> Outcome {
    Outcome::Slow(Box::new(Job { hasty: false, ..job.clone() }))
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
        wants: Vec::new(),
    }
}
