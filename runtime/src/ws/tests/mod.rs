//! Servers made of raw bytes, over `tokio::io::duplex`.
#![expect(clippy::disallowed_methods, reason = "no engine runs here that would own the time")]

mod answers;
mod closing;
#[cfg(feature = "deflate")]
mod codec;
#[cfg(feature = "deflate")]
mod compressed;
mod dialing;
#[cfg(feature = "deflate")]
mod differential;
mod messages;
#[cfg(feature = "deflate")]
mod negotiation;
mod peer;
#[cfg(feature = "deflate")]
mod sends;
