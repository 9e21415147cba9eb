//! The grammar of conditions: any bytes.
//!
//! `cargo +nightly fuzz run condition fuzz/corpus/condition fuzz/seeds/condition`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| genlock_codegen::fuzzing::condition(data));
