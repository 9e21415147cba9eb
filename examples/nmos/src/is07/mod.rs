//! What IS-07 (AMWA Event & Tally, v1.0) says on a WebSocket: two commands up, a handful of messages down, TAI time stamps.

mod command;
mod message;
mod timestamp;

pub use command::Command;
pub use message::{Identity, Message, State, Timing};
pub use timestamp::{InvalidTimestamp, Timestamp};
