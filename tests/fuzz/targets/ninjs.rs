//! ninjs of any version.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("item.json", bytes));
