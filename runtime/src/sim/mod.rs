//! The simulator: a connector in virtual time, with a scripted peer.
//!
//! The same tables and the same engine as in a driver that talks to a device, without tokio, sockets or clocks: a week of
//! protocol time takes seconds, and the same script gives the same trace every time. `genlock simulate` is this module
//! on the command line.
//!
//! A [`Script`] is a list of JSON objects, one a line; what happened comes out as a list of JSON objects, one a line:
//!
//! ```
//! use genlock::sim::{Script, simulate};
//!
//! # let lamp = genlock_codegen::SourceSet::new("lamp.xml", include_str!("../docs/lamp.xml"));
//! # let tables = genlock_codegen::compile(&lamp, &genlock_codegen::Options::default()).spec.unwrap();
//! let script = Script::parse(r#"
//!     {"hook":{"qaction":20,"do":[{"set":{"pid":1,"value":7}}]}}
//!     {"at":0,"start":{"seed":1,"connections":{"1":{"host":"ws://127.0.0.1","port":8050}}}}
//!     {"at":5,"accept":{"connection":1}}
//!     {"at":9,"receive":{"connection":1,"text":"7"}}
//!     {"at":1000,"end":{}}
//! "#)?;
//! let mut trace = Vec::new();
//! simulate(&tables, &script, |line| trace.push(line.to_string()))?;
//! assert!(trace.iter().any(|line| line.contains(r#""state":"open""#)));
//! # Ok::<(), genlock::sim::SimulationError>(())
//! ```

mod clockwork;
mod error;
mod hooks;
mod script;
mod simulation;
mod trace;
mod value;

pub use error::SimulationError;
pub use script::Script;
pub use simulation::simulate;
pub use trace::TraceLine;
