//! What a dateline says of where a text comes from, in whatever script it is printed.

use crate::article::Author;

/// What a paragraph begins with.
#[derive(Debug, Default)]
pub(in crate::parse) struct Dateline {
    /// Where its text begins, in bytes.
    pub(in crate::parse) end: usize,
    /// As printed, the agency included.
    pub(in crate::parse) place: Option<String>,
    /// The house that is named in it.
    pub(in crate::parse) agency: Option<String>,
    /// Whether nothing speaks against it, and a known house for it.
    pub(in crate::parse) is_sure: bool,
    /// Who is named in it.
    pub(in crate::parse) authors: Vec<Author>,
}
