//! What front matter of any notation says: scalars as they are written, lists and fields, each with its place, so that
//! a wrong one can be shown. What a scalar means is decided by the field that reads it: `007` stays a title.

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Byte offset in the source it was read from.
    pub at: usize,
}

/// One of the four things that YAML, TOML, JSON and metadata lines have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing was stated.
    Empty,
    /// A text, a number, a date, a truth value: as written.
    Scalar(String),
    /// Several values.
    List(Vec<Node>),
    /// Named values, in the file's order where the notation keeps it.
    Fields(Vec<(String, Node)>),
}

impl Node {
    /// The fields; none for other values.
    #[must_use]
    pub fn fields(&self) -> &[(String, Node)] {
        match &self.value {
            Value::Fields(fields) => fields,
            _ => &[],
        }
    }

    /// The text of a scalar without the space around it; none for other values and for blank ones.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text.trim()).filter(|t| !t.is_empty()),
            _ => None,
        }
    }

    /// Whether anything was stated.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        match &self.value {
            Value::Empty => false,
            Value::Scalar(text) => !text.trim().is_empty(),
            Value::List(items) => !items.is_empty(),
            Value::Fields(fields) => !fields.is_empty(),
        }
    }
}

/// The name of a field without what generators disagree on: `publish_date`, `publishDate` and `publish-date` are one.
#[must_use]
pub fn key(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}
