//! What a file says goes with its article beside the pictures: sound, film and documents.

/// What a file says of a sound or film that lies elsewhere, where nobody measures it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Measures {
    /// The registered media type; empty where only the length is said, and the address tells.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: Option<u64>,
}

/// A sound, film or document that a file says goes with its article. RSS has room for one `enclosure`, Atom and JSON Feed for all.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Enclosed {
    /// A path relative to the file, or a URL.
    pub file: String,
    /// What is said of one that lies elsewhere.
    pub measures: Option<Measures>,
}

impl Enclosed {
    /// One of which nothing is said.
    #[must_use]
    pub fn at(file: String) -> Self {
        Self { file, measures: None }
    }
}
