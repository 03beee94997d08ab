//! HTML documents and fragments.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("story.html", bytes));
