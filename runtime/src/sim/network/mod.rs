//! Real connections that are spoilt on their way: what [`Fault`](super::Fault) is to the engine, this is to sockets.

#![expect(clippy::disallowed_methods, reason = "the network has its own time, as it does outside of tests")]

mod carry;
mod plan;
mod proxy;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use carry::{Orders, carry};
pub use plan::{LineEnd, LinePlan, Way};
pub use proxy::FaultProxy;
