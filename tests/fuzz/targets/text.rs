//! Plain text, wire copy and newspaper pages, in any encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("A01.txt", bytes));
