//! NewsML-G2 and NewsML 1.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("item.xml", bytes));
