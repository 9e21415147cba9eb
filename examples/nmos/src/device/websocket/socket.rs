//! One client's WebSocket over any byte stream.

use std::io;
use std::time::Duration;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::Violation;
use super::decoder::{Decoder, Incoming};
use super::deflate::{Deflater, Inflater};
use super::extension::Compression;
use super::frame::{Opcode, put_server_frame};
use super::handshake::{Terms, Verdict, judge};

/// A client that takes longer than this to send its request, to take a message or to close is given up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Room for one read.
const READ_SIZE: usize = 4096;

/// How a connection went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    #[error("the client broke the rules: {0}")]
    Violation(#[from] Violation),
    #[error("the handshake was refused: {0}")]
    Refused(&'static str),
}

/// Messages each way, by form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrameCounts {
    pub(crate) compressed_received: u64,
    pub(crate) plain_received: u64,
    pub(crate) compressed_sent: u64,
    pub(crate) plain_sent: u64,
}

#[derive(Debug)]
pub(crate) struct Socket<Io> {
    io: Io,
    buffer: BytesMut,
    decoder: Decoder,
    deflater: Option<Deflater>,
    compressed_sent: u64,
    plain_sent: u64,
}

/// An accepted handshake.
#[derive(Debug)]
pub(crate) struct Opened<Io> {
    pub(crate) socket: Socket<Io>,
    /// The extension as it was answered; `None` without one.
    pub(crate) extension: Option<String>,
}

/// Reads the opening request and answers it.
pub(crate) async fn open<Io: AsyncRead + AsyncWrite + Unpin>(
    mut io: Io,
    terms: Terms<'_>,
) -> Result<Opened<Io>, Fault> {
    let mut buffer = BytesMut::new();
    let compression = within_patience(negotiate(&mut io, &mut buffer, terms)).await?;
    let socket = Socket {
        io,
        buffer,
        decoder: Decoder::new(compression.map(Inflater::new)),
        deflater: compression.map(Deflater::new),
        compressed_sent: 0,
        plain_sent: 0,
    };
    Ok(Opened { socket, extension: compression.map(|agreed| agreed.to_string()) })
}

async fn negotiate<Io: AsyncRead + AsyncWrite + Unpin>(
    io: &mut Io,
    buffer: &mut BytesMut,
    terms: Terms<'_>,
) -> Result<Option<Compression>, Fault> {
    loop {
        match judge(buffer, terms) {
            Verdict::Incomplete => fill(io, buffer).await?,
            Verdict::Accepted { head_length, answer, compression } => {
                buffer.advance(head_length);
                io.write_all(answer.as_bytes()).await?;
                io.flush().await?;
                return Ok(compression);
            }
            Verdict::Refused { reason, answer } => {
                io.write_all(answer.as_bytes()).await?;
                io.shutdown().await?;
                return Err(Fault::Refused(reason));
            }
        }
    }
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Socket<Io> {
    /// What the client sends next. Only reads, so that dropping the future loses nothing.
    pub(crate) async fn receive(&mut self) -> Result<Incoming, Fault> {
        loop {
            match self.decoder.decode(&mut self.buffer)? {
                Some(incoming) => return Ok(incoming),
                None => fill(&mut self.io, &mut self.buffer).await?,
            }
        }
    }

    /// Answers a ping.
    pub(crate) async fn pong(&mut self, payload: &[u8]) -> Result<(), Fault> {
        self.write(Opcode::Pong, false, payload).await
    }

    /// Sends one text message, compressed if the handshake agreed on it.
    pub(crate) async fn send(&mut self, text: &str) -> Result<(), Fault> {
        let compressed = self.deflater.as_mut().and_then(|deflater| deflater.deflate(text.as_bytes()));
        if let Some(payload) = compressed {
            self.compressed_sent += 1;
            self.write(Opcode::Text, true, &payload).await
        } else {
            self.plain_sent += 1;
            self.write(Opcode::Text, false, text.as_bytes()).await
        }
    }

    /// Answers the client's close frame, and ends the stream (RFC 6455 section 7.1.1: the server closes first).
    pub(crate) async fn answer_close(&mut self, code: Option<u16>) -> Result<(), Fault> {
        let payload = code.map_or_else(Vec::new, |code| code.to_be_bytes().to_vec());
        self.write(Opcode::Close, false, &payload).await?;
        Ok(self.io.shutdown().await?)
    }

    /// Sends a close frame and waits for the client's.
    pub(crate) async fn close(&mut self, code: u16, reason: &str) -> Result<(), Fault> {
        let payload = [&code.to_be_bytes(), reason.as_bytes()].concat();
        self.write(Opcode::Close, false, &payload).await?;
        let answered = async {
            while !matches!(self.receive().await?, Incoming::Close(_)) {}
            Ok(())
        };
        within_patience(answered).await?;
        Ok(self.io.shutdown().await?)
    }

    pub(crate) fn frames(&self) -> FrameCounts {
        FrameCounts {
            compressed_received: self.decoder.compressed_messages,
            plain_received: self.decoder.plain_messages,
            compressed_sent: self.compressed_sent,
            plain_sent: self.plain_sent,
        }
    }

    /// The stream itself, to break it off.
    pub(crate) fn into_io(self) -> Io {
        self.io
    }

    async fn write(&mut self, opcode: Opcode, compressed: bool, payload: &[u8]) -> Result<(), Fault> {
        let mut out = BytesMut::with_capacity(payload.len() + 10);
        put_server_frame(&mut out, opcode, compressed, payload);
        let io = &mut self.io;
        within_patience(async {
            io.write_all(&out).await?;
            Ok(io.flush().await?)
        })
        .await
    }
}

async fn fill(io: &mut (impl AsyncRead + Unpin), buffer: &mut BytesMut) -> Result<(), Fault> {
    buffer.reserve(READ_SIZE);
    if io.read_buf(buffer).await? == 0 {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(())
}

async fn within_patience<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}
