//! What lies in the inbox, seen from outside: a path and a look at the file, never its content.

use std::ffi::OsStr;
use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use unicode_normalization::UnicodeNormalization;

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

    /// Percent-encoded for a `tag:` URI: the same bytes give the same text, for ever.
    #[must_use]
    pub fn encoded(&self) -> String {
        percent_encode(self.as_bytes(), TAG_UNSAFE).to_string()
    }

    /// The same with every letter in its composed form, as identifiers are compared (RFC 3987 section 5.3.2.2): a Mac
    /// decomposes the names of files, and validators mind (NonCanonicalURI).
    #[must_use]
    pub fn composed(&self) -> String {
        match self.0.to_str() {
            Some(path) => percent_encode(path.nfc().collect::<String>().as_bytes(), TAG_UNSAFE).to_string(),
            None => self.encoded(),
        }
    }
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

/// What `stat` says of a file: two equal looks mean nobody wrote in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
