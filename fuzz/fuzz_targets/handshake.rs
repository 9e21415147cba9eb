//! The answer to the opening request: any bytes, cut anywhere, after any offer of extensions.
//!
//! `cargo +nightly fuzz run handshake`

#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u16, &str, &[u8])| {
    let (split, extensions, answer) = input;
    genlock::fuzzing::handshake(extensions, answer, usize::from(split));
});
