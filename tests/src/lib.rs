//! Tests of genlock across its crates.

mod fixture;

pub use fixture::{Built, Fixture, cargo, repository, succeeded};
