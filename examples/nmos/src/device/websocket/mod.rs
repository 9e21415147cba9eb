//! A WebSocket server for one client, strict about what the client sends (RFC 6455, RFC 7692).
//!
//! Written for this device because the crates at hand do not fit: `tungstenite` has no permessage-deflate, and `soketto`
//! forgets the decompression window after every message without telling the client so, which breaks the very offer
//! that the reference handshake makes. It also gives the tests a peer that shares no code with genlock's own client.

mod decoder;
mod deflate;
mod extension;
mod frame;
mod handshake;
mod socket;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use decoder::Incoming;
pub(crate) use handshake::Terms;
pub(crate) use socket::{Fault, FrameCounts, Opened, Socket, open};

/// Why the device ends a connection on account of what the client sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} ({code})")]
pub(crate) struct Violation {
    /// The close code (RFC 6455 section 7.4.1).
    pub(crate) code: u16,
    pub(crate) reason: &'static str,
}

impl Violation {
    const TOO_BIG: Self = Self { code: 1009, reason: "the message is too big" };

    const fn protocol(reason: &'static str) -> Self {
        Self { code: 1002, reason }
    }

    const fn unsupported(reason: &'static str) -> Self {
        Self { code: 1003, reason }
    }

    const fn data(reason: &'static str) -> Self {
        Self { code: 1007, reason }
    }
}
