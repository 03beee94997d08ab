//! Sidecars in YAML, JSON and TOML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::beside(bytes));
