//! Servers made of raw bytes, over `tokio::io::duplex`.

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
mod peer;
#[cfg(feature = "deflate")]
mod sends;
