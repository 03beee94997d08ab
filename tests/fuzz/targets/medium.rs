//! Pictures, sound and films: what is taken out of them before they are published.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::develop(bytes, "image/jpeg", "jpg"));
