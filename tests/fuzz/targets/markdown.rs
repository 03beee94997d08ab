//! Markdown with front matter of every kind.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("story.md", bytes));
