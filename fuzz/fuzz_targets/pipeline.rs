//! The whole pipeline: any bytes are judged, and the code parses.
//!
//! `cargo +nightly fuzz run pipeline fuzz/corpus/pipeline tests/corpus tests/corpus/fragments -- -dict=fuzz/connector.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let tokens = genlock_codegen::fuzzing::pipeline(data);
    assert!(syn::parse2::<syn::File>(tokens).is_ok(), "the code parses");
});
