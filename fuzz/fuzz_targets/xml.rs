//! The XML reader: any bytes.
//!
//! `cargo +nightly fuzz run xml fuzz/corpus/xml tests/corpus tests/corpus/fragments`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| genlock_codegen::fuzzing::xml(data));
