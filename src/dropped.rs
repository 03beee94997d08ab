//! What lies in the inbox, seen from outside: a path and a look at the file, never its content.

use std::ffi::OsStr;
use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::name;

/// A path relative to the inbox. Any bytes that Linux allows, so it is no `String`; ordered bytewise.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InboxPath(PathBuf);

/// What a `tag:` URI may not hold literally (RFC 4151 section 2.1); `%` so that decoding gives the bytes back.
const TAG_UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl InboxPath {
    /// The inbox itself.
    #[must_use]
    pub fn root() -> Self {
        Self(PathBuf::new())
    }

    /// A path already known to be relative to the inbox.
    #[must_use]
    pub fn new(relative: impl Into<PathBuf>) -> Self {
        Self(relative.into())
    }

    /// The raw bytes as the catalogue stores them.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(PathBuf::from(OsStr::from_bytes(bytes)))
    }

    /// The raw bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_os_str().as_bytes()
    }

    /// As a path relative to the inbox.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        &self.0
    }

    /// Where it lies on disk.
    #[must_use]
    pub fn under(&self, inbox: &Path) -> PathBuf {
        if self.is_root() { inbox.to_owned() } else { inbox.join(&self.0) }
    }

    /// Whether this is the inbox itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.as_os_str().is_empty()
    }

    /// A child of this folder.
    #[must_use]
    pub fn join(&self, name: &OsStr) -> Self {
        Self(self.0.join(name))
    }

    /// The folder it lies in; the root for the root.
    #[must_use]
    pub fn folder(&self) -> Self {
        Self(self.0.parent().map(Path::to_owned).unwrap_or_default())
    }

    /// Whether it is `folder` or lies anywhere below it.
    #[must_use]
    pub fn is_within(&self, folder: &Self) -> bool {
        self.0.starts_with(&folder.0)
    }

    /// The last component, undecodable bytes replaced.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The name without its extension.
    #[must_use]
    pub fn stem(&self) -> String {
        self.0.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The extension in lower case, without the dot; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        self.0.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }

    /// The stem without regard to case and to how its accents are composed: files of one key go together.
    #[must_use]
    pub fn key(&self) -> String {
        name::fold(&self.stem())
    }

    /// Every key under which a file may go with another: its own, that below a second extension (`story.jpg.txt`), and
    /// each without a picture's number (`story-2.jpg`). Its own comes first.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        /// No extension of a picture, sound or film is longer.
        const MAX_EXTENSION: usize = 5;
        let mut keys = vec![self.key()];
        let inner = keys.first().and_then(|key| key.rsplit_once('.'));
        let is_extension =
            |text: &str| (1..=MAX_EXTENSION).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        let inner = inner.filter(|(inner, end)| !inner.is_empty() && is_extension(end));
        keys.extend(inner.map(|(inner, _)| inner.to_owned()));
        let bases: Vec<String> = keys.iter().filter_map(|key| numbered(key)).map(|(base, _)| base.to_owned()).collect();
        keys.extend(bases);
        keys
    }

    /// Percent-encoded for a `tag:` URI: the same bytes give the same text, for ever.
    #[must_use]
    pub fn encoded(&self) -> String {
        percent_encode(self.as_bytes(), TAG_UNSAFE).to_string()
    }

    /// The path of such a text.
    #[must_use]
    pub fn decoded(text: &str) -> Self {
        Self::from_bytes(&percent_decode_str(text).collect::<Vec<u8>>())
    }

    /// The same with every letter in its composed form, as identifiers are compared (RFC 3987 section 5.3.2.2): a Mac
    /// decomposes the names of files, and validators mind (NonCanonicalURI).
    #[must_use]
    pub fn composed(&self) -> String {
        match self.0.to_str() {
            Some(path) if path.is_ascii() => self.encoded(),
            Some(path) => percent_encode(path.nfc().collect::<String>().as_bytes(), TAG_UNSAFE).to_string(),
            None => self.encoded(),
        }
    }
}

/// What a stem is numbered from, and the number: `story` and 2 of `story-2`. The day of a date is none, nor is a year.
#[must_use]
pub fn numbered(stem: &str) -> Option<(&str, u32)> {
    let (base, digits) = stem.rsplit_once('-')?;
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let is_month = |base: &str| {
        let (year, month) = base.rsplit_once('-').unwrap_or_default();
        let year = year.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        year.len() == 4 && (1..=2).contains(&month.len()) && month.bytes().all(|b| b.is_ascii_digit())
    };
    let number = digits.parse().ok().filter(|number| is_number && *number > 0)?;
    let is_day = digits.len() <= 2 && is_month(base);
    (!base.is_empty() && !is_day).then_some((base, number))
}

/// For people: undecodable bytes and control characters are replaced, so that no name forges a line of a log.
impl fmt::Display for InboxPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
        f.pad(&self.0.to_string_lossy().chars().map(shown).collect::<String>())
    }
}

impl fmt::Debug for InboxPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What `stat` says of a file: two equal looks mean nobody wrote in between. The default is that of none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Length in bytes.
    pub size: u64,
    /// Last modification, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Last status change, nanoseconds since 1970: moves even where a tool puts the old mtime back.
    pub ctime_ns: i64,
    /// Inode number; never an identity by itself.
    pub inode: u64,
}
