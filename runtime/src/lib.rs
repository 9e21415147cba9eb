//! genlock.
#[cfg(test)]
extern crate genlock_codegen as _;
mod engine;
mod error;
mod settings;
mod value;
pub use genlock_spec::AlarmLevel;
pub use value::*;
pub use error::*;
pub use settings::*;
pub use engine::{ConnectionState, Counters, ElementState, Event, GroupState, LogLevel, PairOutcome, Values};
