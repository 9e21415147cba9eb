//! The simulator: a connector in virtual time, with a scripted peer.
//!
//! The same tables and the same engine as in a driver that talks to a device, without tokio, sockets or clocks: a week of
//! protocol time takes seconds, and the same script gives the same trace every time. `genlock simulate` is this module
//! on the command line.
//!
//! A test of a driver's own hooks uses [`Simulation`], which [`ElementBuilder::simulate`](crate::ElementBuilder::simulate)
//! makes. For a connector alone there are scripts.
//! [`FaultProxy`] is for the opposite: real time, real sockets, and a network that fails as it is told.
//!
//! A [`Script`] is a list of JSON objects, one a line; what happened comes out as a list of JSON objects, one a line:
//!
//! ```
//! use genlock::sim::{Script, simulate};
//!
//! # let lamp = genlock_codegen::SourceSet::new("lamp.xml", include_str!("../../docs/lamp.xml"));
//! # let tables = genlock_codegen::compile(&lamp, &genlock_codegen::Options::default()).spec.unwrap();
//! let script = Script::parse(r#"
//!     {"hook":{"qaction":2,"do":[{"set":{"pid":3,"value":75}}]}}
//!     {"at":0,"start":{"seed":1,"connections":{"0":{"host":"ws://127.0.0.1","port":8050}}}}
//!     {"at":5,"accept":{"connection":0}}
//!     {"at":9,"receive":{"connection":0,"text":"75"}}
//!     {"at":1000,"end":{}}
//! "#)?;
//! let mut trace = Vec::new();
//! simulate(&tables, &script, |line| trace.push(line.to_string()))?;
//! assert!(trace.contains(&r#"{"at":9,"param":{"pid":3,"value":75,"event":true}}"#.to_owned()));
//! # Ok::<(), genlock::sim::SimulationError>(())
//! ```

mod beside;
mod clockwork;
#[cfg(feature = "tokio")]
mod driven;
#[cfg(feature = "tokio")]
mod driver;
mod error;
mod hooks;
#[cfg(feature = "tokio")]
mod network;
mod peer;
#[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "only live runs are recorded"))]
mod record;
mod run;
mod script;
mod start;
mod trace;
mod value;

#[cfg(feature = "tokio")]
pub use driver::Simulation;
pub use error::SimulationError;
#[cfg(feature = "tokio")]
pub use network::{FaultProxy, LineEnd, LinePlan, Way};
#[cfg(all(test, feature = "tokio"))]
pub(crate) use network::{Orders, carry};
pub use peer::Fault;
#[cfg(feature = "tokio")]
pub(crate) use record::Recorder;
pub use record::{ReplayError, replay};
pub use run::simulate;
pub use script::Script;
pub use trace::TraceLine;
