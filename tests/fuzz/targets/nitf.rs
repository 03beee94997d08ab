//! NITF.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("item.nitf", bytes));
