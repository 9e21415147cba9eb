//! The reference case of genlock: a driver for NMOS IS-07 events, and a device to run it against.

pub mod device;
mod driver;
pub mod is07;
pub mod log;
pub mod plan;
mod report;
pub mod run;
pub mod summary;
pub mod target;

/// The code in the README compiles, against the `nmos.xml` of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
