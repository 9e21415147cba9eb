//! WebSockets over any byte stream: our own opening handshake and permessage-deflate, tungstenite's frames.
//!
//! tungstenite's client handshake compares `Connection` as a whole, insists on a subprotocol, accepts extensions that
//! were never offered and swallows the bytes behind the 101; it has no permessage-deflate either. So the handshake
//! ([`handshake`]) and the compression ([`deflate`]) are ours, around `WebSocketStream::from_raw_socket`:
//!
//! ```text
//! Socket          messages, pings, the closing handshake       transport.rs
//!   Deflater      compressed sends, as frames with RSV1        deflate/compress.rs
//!   tungstenite   frames, masks, UTF-8, the message limit
//!   Wire          bytes                                        wire.rs
//!     TextWatch   texts that become wrong halfway, fragments,  utf8.rs, fragments.rs,
//!                 the code of a close                          close_frame.rs
//!     Inflater    messages with RSV1, as plain fragments       deflate/inflate.rs
//!     Box<dyn Io> TCP, TLS or a test's pipe                    dial.rs, tcp.rs, proxy/, tls/
//! ```

mod close_frame;
mod compression;
#[cfg_attr(not(feature = "deflate"), path = "without_deflate.rs")]
mod deflate;
mod dial;
mod error;
mod extensions;
mod fragments;
mod frame;
mod handshake;
mod interface;
mod linger;
mod lost;
#[cfg_attr(not(feature = "proxy"), path = "without_proxy.rs")]
mod proxy;
mod read_ahead;
mod tcp;
#[cfg_attr(not(feature = "rustls"), path = "without_tls.rs")]
mod tls;
mod transport;
mod utf8;
mod wire;

#[cfg(fuzzing)]
pub mod fuzzing;
#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::engine::opening::OpeningRequest;

pub(crate) use compression::Compression;
pub(crate) use dial::Network;
pub(crate) use error::OpenError;
pub(crate) use lost::Lost;
pub(crate) use transport::{Incoming, Outgoing, Socket};

/// A byte stream that a WebSocket can run over.
pub(crate) trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

/// How much a peer may make us hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest message, in bytes, after inflating (CONN-85).
    pub(crate) message_bytes: usize,
    /// The most fragments that a message may come in (REL-03).
    pub(crate) message_fragments: u32,
    /// The largest head of the answer to the opening request, in bytes.
    pub(crate) head_bytes: usize,
    /// How much of a refusal's body is kept, in bytes.
    pub(crate) body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message_bytes: 16 << 20, message_fragments: 256 << 10, head_bytes: 16 << 10, body_bytes: 64 << 10 }
    }
}

/// What the server answered to the opening request (CONN-40).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OpeningAnswer {
    /// The status code.
    pub(crate) status: u16,
    /// The status line as received, without its line end.
    pub(crate) status_line: String,
    /// The header lines in order, names as received.
    pub(crate) headers: Vec<(String, String)>,
    /// The beginning of a refusal's body, at most [`Limits::body_bytes`] long; empty for a 101.
    pub(crate) body: Bytes,
    /// The compression that was agreed on.
    pub(crate) compression: Option<Compression>,
}

impl OpeningAnswer {
    /// The values of the header lines called `name`, letter case ignored.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for OpeningAnswer {
    /// Header values and the body stay out: they may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| &**name).collect();
        f.debug_struct("OpeningAnswer")
            .field("status_line", &self.status_line)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .field("compression", &self.compression)
            .finish_non_exhaustive()
    }
}

/// How many bytes one read of the handshake takes at most.
const HANDSHAKE_READ: usize = 4096;

/// Carries out the opening handshake over `io` (RFC 6455, section 4.1).
///
/// It has no deadline of its own: the caller drops the future when `TimeoutTime` is over (CONN-100).
pub(crate) async fn open(
    mut io: Box<dyn Io>,
    request: &OpeningRequest,
    limits: &Limits,
) -> Result<(Socket, OpeningAnswer), OpenError> {
    io.write_all(&handshake::request_bytes(request)).await?;
    io.flush().await?;

    let mut answer = handshake::AnswerReader::new(limits.head_bytes);
    let mut chunk = vec![0; HANDSHAKE_READ];
    let head = loop {
        let len = io.read(&mut chunk).await?;
        let received = chunk.get(..len).unwrap_or_default();
        if let Some(head) = answer.receive(received)? {
            break head;
        }
    };
    let rest = answer.into_rest();

    if head.status != 101 {
        let body = handshake::read_body(&mut io, &head, rest, limits.body_bytes).await;
        return Err(OpenError::Refused(head.into_answer(body, None)));
    }
    let compression = handshake::check(&head, request)?;
    let socket = Socket::new(io, rest, compression, limits).await;
    Ok((socket, head.into_answer(Bytes::new(), compression)))
}
