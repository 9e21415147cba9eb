//! Tests of genlock across its crates.

mod fixture;

pub use fixture::{Built, Failure, Fixture, cargo, repository, succeeded};
