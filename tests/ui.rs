//! What the compiler says about faults in the XML and about wrong use of what it stands for.
//!
//! `TRYBUILD=overwrite cargo test -p genlock-tests --test ui` writes the `.stderr` files as they are now.

#[test]
fn the_compiler_says_what_is_wrong_and_where() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/*.rs");
}
