//! The reference case of genlock: a driver for NMOS IS-07 events, and a device to run it against.

pub mod device;
pub mod is07;
pub mod log;
