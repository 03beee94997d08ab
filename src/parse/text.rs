//! One article as plain text → a draft.
