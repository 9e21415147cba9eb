//! Tests of genlock across its crates.

mod fixture;
mod random;

pub use fixture::{Built, Failure, Fixture, cargo, repository, succeeded};
pub use random::Random;
