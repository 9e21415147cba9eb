//! Tests of genlock across its crates.
