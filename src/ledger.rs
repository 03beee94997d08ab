//! The append-only record of what the inbox cannot tell: authority, ids with their files, URLs, dates, withdrawals.
//!
//! `ledger.jsonl`, one fact a line, the last fact of a kind about a thing being the one that holds. Facts are appended
//! before the catalogue commits what they say, and synced in the background: a catalogue that lost its last commits, or
//! all of them, is brought forward by replaying the lines it has not seen.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The file's name in the state folder.
pub const FILE_NAME: &str = "ledger.jsonl";

/// One fact. Paths are percent-encoded, hashes hexadecimal, times seconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// In whose name ids are minted.
    Authority {
        /// A host name or an address.
        authority: String,
    },
    /// A section began, or its date moved by a withdrawal.
    Section {
        /// Its path under `feeds/`.
        path: String,
        /// The folder names it was made from.
        raw: String,
        /// The Atom id of its feeds.
        id: String,
        /// Its date.
        updated: i64,
    },
    /// An article was minted, shown, revised, withdrawn by order or restored.
    Article {
        /// Its id.
        id: String,
        /// Whether a file states the id.
        stated: bool,
        /// The document path of its page.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        page: Option<String>,
        /// Publication date.
        published: i64,
        /// Last change.
        updated: i64,
        /// The highest agency version seen.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        version: Option<u64>,
        /// The title.
        title: String,
        /// Hash of what moves `updated`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        fingerprint: Option<String>,
        /// Hash of the file that its content is from.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        source: Option<String>,
        /// Whether it was ever in the feeds.
        shown: bool,
        /// The sections whose feeds carry it as their own; none while it is in no feed.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        sections: Vec<String>,
        /// Whether it is withdrawn by order.
        ordered: bool,
        /// Whether its agency withholds it.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        withheld: bool,
        /// Whether its file became other news and it stays all the same.
        released: bool,
    },
    /// What a file holds.
    File {
        /// Its path in the inbox.
        path: String,
        /// BLAKE3 of its bytes.
        hash: String,
        /// A newspaper page's issue date.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        issue: Option<String>,
        /// The ids of its articles in their order.
        articles: Vec<String>,
        /// BLAKE3 of what its sidecar said.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        sidecar: Option<String>,
    },
    /// A file's disappearance was obeyed.
    Gone {
        /// Its path in the inbox.
        path: String,
    },
    /// A file has another name.
    Moved {
        /// Its path before.
        from: String,
        /// Its path now.
        to: String,
    },
    /// A file takes an article back, for as long as it is there.
    Marker {
        /// Its path in the inbox.
        path: String,
        /// BLAKE3 of its bytes.
        hash: String,
        /// The id of the article.
        id: String,
        /// When it came, or the date that it states.
        since: i64,
    },
    /// The content of an article that no file holds any more and that stays published.
    Released {
        /// Its id.
        id: String,
        /// The sections it is in.
        sections: Vec<String>,
        /// Its media, each with where in the inbox it was read.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        media: Vec<(String, String)>,
        /// When it leaves the feeds.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        expires: Option<i64>,
        /// Its place in the file it came from.
        position: u32,
        /// Everything but the body, as the catalogue stores it.
        record: String,
        /// The body.
        body: String,
    },
}

/// The open ledger; the desk owns the only one.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    length: u64,
    /// Whether more lies behind its end: half of a line that could not be written, and not be cut off either.
    is_torn: bool,
}

impl Ledger {
    /// Opens or creates the ledger in the state folder. A last line that was torn by a crash is cut off; the second value
    /// says how many bytes that took.
    ///
    /// # Errors
    /// When the file cannot be opened, read or cut.
    pub fn open(state: &Path) -> io::Result<(Self, u64)> {
        let path = state.join(FILE_NAME);
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
        let found = file.metadata()?.len();
        let length = whole_lines(&mut file, found)?;
        if length < found {
            file.set_len(length)?;
        }
        Ok((Self { path, file, length, is_torn: false }, found - length))
    }

    /// Its length in bytes: what the catalogue remembers having seen.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether lines that were written are not in its place any more: it was deleted, cut off, or another laid there. One whose
    /// whole folder was moved away may come back.
    ///
    /// # Errors
    /// When the open file cannot be looked at.
    pub fn is_lost(&self) -> io::Result<bool> {
        let opened = self.file.metadata()?;
        let is_other = fs::metadata(&self.path).is_ok_and(|found| found.ino() != opened.ino());
        Ok(is_other || opened.nlink() == 0 || opened.len() < self.length)
    }

    /// Opens what lies in its place now, or begins it anew.
    ///
    /// # Errors
    /// When that cannot be opened or made.
    pub fn renew(&mut self) -> io::Result<()> {
        let state = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(state)?;
        *self = Self::open(state)?.0;
        Ok(())
    }

    /// Appends facts in one write.
    ///
    /// # Errors
    /// When the write fails (a full disk); what may have been written of it is cut off again.
    pub fn append(&mut self, facts: &[Fact]) -> io::Result<()> {
        if facts.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::with_capacity(facts.len() * 256);
        for fact in facts {
            serde_json::to_writer(&mut lines, fact)?;
            lines.push(b'\n');
        }
        if self.is_torn {
            self.file.set_len(self.length)?;
            self.is_torn = false;
        }
        if let Err(error) = self.file.write_all(&lines) {
            self.is_torn = self.file.set_len(self.length).is_err();
            return Err(error);
        }
        self.length += lines.len() as u64;
        Ok(())
    }

    /// Brings what was appended to the disk.
    ///
    /// # Errors
    /// When that fails.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Gives every fact from a byte offset on to `take`; says how many lines could not be read.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn replay<E: From<io::Error>>(&self, from: u64, mut take: impl FnMut(Fact) -> Result<(), E>) -> Result<u64, E> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut unreadable = 0;
        for line in BufReader::new(file).split(b'\n') {
            match serde_json::from_slice(&line?) {
                Ok(fact) => take(fact)?,
                Err(_) => unreadable += 1,
            }
        }
        Ok(unreadable)
    }
}

/// The length up to and with the last line feed.
fn whole_lines(file: &mut File, length: u64) -> io::Result<u64> {
    /// How much is looked at in one go, backwards from the end; a released article may be one long line.
    const STEP: u64 = 64 * 1024;
    let mut end = length;
    let mut bytes = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        bytes.clear();
        Read::by_ref(file).take(end - start).read_to_end(&mut bytes)?;
        if let Some(at) = bytes.iter().rposition(|&b| b == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}
