//! A server's frames, compressed ones among them: what comes out does not depend on how the bytes are cut.
//!
//! `cargo +nightly fuzz run inflate`

#![no_main]

libfuzzer_sys::fuzz_target!(|input: (bool, u8, u8, &[u8])| {
    let (reset, taken, given, wire) = input;
    let (whole, faulty) = genlock::fuzzing::inflate(reset, wire, wire.len(), 1 << 16);
    let (pieces, faulty_in_pieces) = genlock::fuzzing::inflate(reset, wire, usize::from(taken), usize::from(given));
    assert_eq!(faulty, faulty_in_pieces);
    // Fragments are cut where the room ends; ahead of a fault there may be more of them.
    if !faulty {
        assert!(genlock::fuzzing::joined(&whole) == genlock::fuzzing::joined(&pieces));
    }
});
