//! An open WebSocket as the shell sees it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Sink as _, Stream as _};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame, FrameHeader};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::compression::Compression;
use super::deflate::{Deflater, codecs};
use super::linger::Linger;
use super::lost::Lost;
use super::wire::Wire;
use super::{Io, Limits};
use crate::value::Text;

/// How many bytes one read takes. tungstenite zeroes that many on every read, and keeps twice as many once a read has
/// filled them (with 6 KiB, four times as many: how its buffer grows): an idle element stays below 32 KiB with these, and a
/// flood gains 5 % from twice as many.
const READ_BUFFER: usize = 7 << 10;

/// How many bytes of messages may wait for a flush before they are written anyway.
const WRITE_BUFFER: usize = 16 << 10;

/// The largest payload of a control frame (RFC 6455, section 5.5).
pub(super) const MAX_CONTROL: usize = 125;

/// How many pongs may wait to be written before nothing is read any more: a peer that pings but never reads must not
/// fill our memory.
const MAX_PONGS: usize = 1024;

/// Something from the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// A complete text message; it is valid UTF-8 (CONN-84).
    Text(Text),
    /// A complete binary message.
    Binary(Bytes),
    /// The answer to an [`Outgoing::Ping`], or an unasked one.
    Pong(Bytes),
    /// The peer's close frame. It was answered already; what remains is the end of the connection (CONN-89).
    Close {
        /// The status code, if there was one.
        code: Option<u16>,
        /// The reason; empty if there was none.
        reason: String,
    },
}

/// Something for the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outgoing {
    /// A text message. The caller has checked that it is UTF-8 (CONN-82).
    Text(Bytes),
    /// A binary message.
    Binary(Bytes),
    /// A ping. Beyond 125 bytes its payload is cut off.
    Ping(Bytes),
}

/// How many messages went each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrameCounts {
    /// Messages that came in uncompressed.
    pub(crate) plain_received: u64,
    /// Messages that came in compressed.
    pub(crate) compressed_received: u64,
    /// Messages that went out uncompressed.
    pub(crate) plain_sent: u64,
    /// Messages that went out compressed.
    pub(crate) compressed_sent: u64,
}

/// An open WebSocket, client side.
///
/// It has no timers but one: after a fault of the peer it lingers for up to a second. So the shell bounds how long a
/// closing handshake may take, and drops the socket then.
pub(crate) struct Socket {
    stream: WebSocketStream<Wire>,
    deflater: Option<Deflater>,
    state: State,
    /// Pongs that were not written out yet.
    pongs: usize,
    messages_received: u64,
    plain_sent: u64,
    compressed_sent: u64,
}

enum State {
    Open,
    Lingering(Linger),
    Lost,
}

impl Socket {
    /// Takes over `io` after the opening handshake. `rest` is what came behind the 101.
    pub(super) async fn new(io: Box<dyn Io>, rest: Bytes, compression: Option<Compression>, limits: &Limits) -> Self {
        let (inflater, deflater) = codecs(compression, limits);
        // The write buffer needs no limit of its own: `poll_ready` is pending while something waits in it (see
        // `start_send`), and `MAX_PONGS` bounds the rest.
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_message_size(Some(limits.message_bytes))
            .max_frame_size(Some(limits.message_bytes));
        let wire = Wire::new(io, rest, inflater, limits);
        Self {
            stream: WebSocketStream::from_raw_socket(wire, Role::Client, Some(config)).await,
            deflater,
            state: State::Open,
            pongs: 0,
            messages_received: 0,
            plain_sent: 0,
            compressed_sent: 0,
        }
    }

    /// The next thing from the peer. Pings are answered inside (CONN-87).
    ///
    /// After [`Incoming::Close`], and after [`Socket::start_close`], go on until [`Lost`].
    pub(crate) fn poll_receive(&mut self, cx: &mut Context<'_>) -> Poll<Result<Incoming, Lost>> {
        loop {
            match &mut self.state {
                State::Open => {}
                State::Lingering(linger) => {
                    let lost = ready!(linger.poll(&mut self.stream, cx));
                    self.state = State::Lost;
                    return Poll::Ready(Err(lost));
                }
                State::Lost => return Poll::Ready(Err(Lost::Closed)),
            }
            match self.poll_next(cx) {
                Poll::Ready(Ok(Some(incoming))) => return Poll::Ready(Ok(incoming)),
                Poll::Ready(Ok(None)) => {}
                Poll::Ready(Err(lost)) => self.fail(lost)?,
                Poll::Pending => match self.stream.get_mut().close_frame().take_answer() {
                    Some((code, reason)) => self.start_close(code, &reason)?,
                    None => return Poll::Pending,
                },
            }
        }
    }

    /// `None`: a ping, which is dealt with.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Incoming>, Lost>> {
        if self.pongs > MAX_PONGS {
            ready!(self.poll_flush(cx))?;
        }
        let message = ready!(Pin::new(&mut self.stream).poll_next(cx)).ok_or(Lost::Closed)??;
        let incoming = match message {
            Message::Text(text) => Incoming::Text(text.into()),
            Message::Binary(data) => Incoming::Binary(data),
            Message::Pong(data) => return Poll::Ready(Ok(Some(Incoming::Pong(data)))),
            Message::Close(_) => {
                let (code, reason) = self.stream.get_mut().close_frame().told();
                return Poll::Ready(Ok(Some(Incoming::Close { code, reason })));
            }
            Message::Ping(_) => {
                // tungstenite has queued the pong. If it cannot be written now, later reads and flushes try again.
                self.pongs += 1;
                let _ = self.poll_flush(cx)?;
                return Poll::Ready(Ok(None));
            }
            // tungstenite gives no raw frames back.
            Message::Frame(_) => return Poll::Ready(Ok(None)),
        };
        self.messages_received += 1;
        Poll::Ready(Ok(Some(incoming)))
    }

    /// Ends the connection. The peer's faults are answered with a close frame first, so that it learns of them.
    fn fail(&mut self, lost: Lost) -> Result<(), Lost> {
        let Lost::Protocol { code, reason } = &lost else {
            self.state = State::Lost;
            return Err(lost);
        };
        let frame = close_frame(*code, reason);
        // It cannot be sent when one was sent before, which tells the peer as much.
        let _ = Pin::new(&mut self.stream).start_send(frame);
        self.state = State::Lingering(Linger::new(lost));
        Ok(())
    }

    /// Waits until a message can be taken without more than one waiting to be written: a slow reader holds up its
    /// sender (REL-04).
    pub(crate) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Lost>> {
        ready!(self.poll_open())?;
        Pin::new(&mut self.stream).poll_ready(cx).map_err(Lost::from)
    }

    /// Whether anything can still be sent. While the socket lingers, that is for [`Socket::poll_receive`] to tell,
    /// which knows why the connection is lost.
    fn poll_open(&self) -> Poll<Result<(), Lost>> {
        match self.state {
            State::Open => Poll::Ready(Ok(())),
            State::Lingering(_) => Poll::Pending,
            State::Lost => Poll::Ready(Err(Lost::Closed)),
        }
    }

    /// Takes a message; [`Socket::poll_ready`] must have been ready. [`Socket::poll_flush`] makes sure that it is
    /// written.
    pub(crate) fn start_send(&mut self, message: Outgoing) -> Result<(), Lost> {
        if !matches!(self.state, State::Open) {
            return Err(Lost::Closed);
        }
        let (opcode, message) = match message {
            Outgoing::Text(text) => (Data::Text, text),
            Outgoing::Binary(data) => (Data::Binary, data),
            Outgoing::Ping(mut data) => {
                data.truncate(MAX_CONTROL);
                return Ok(Pin::new(&mut self.stream).start_send(Message::Ping(data))?);
            }
        };
        let compressed = match &mut self.deflater {
            Some(deflater) => deflater.compress(&message).map_err(Lost::Io)?,
            None => None,
        };
        // RSV1 marks a compressed message (RFC 7692, section 6). tungstenite masks the frame (CONN-83).
        let header = FrameHeader { rsv1: compressed.is_some(), opcode: OpCode::Data(opcode), ..FrameHeader::default() };
        let sent = if compressed.is_some() { &mut self.compressed_sent } else { &mut self.plain_sent };
        let frame = Frame::from_payload(header, compressed.map_or(message, Bytes::from));
        Pin::new(&mut self.stream).start_send(Message::Frame(frame))?;
        *sent += 1;
        Ok(())
    }

    /// Writes out everything that was taken.
    pub(crate) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Lost>> {
        ready!(self.poll_open())?;
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.pongs = 0;
        Poll::Ready(Ok(()))
    }

    /// Queues our close frame (RFC 6455, section 7.1.2); nothing happens when one was sent before. A reason beyond
    /// 123 bytes is cut off.
    ///
    /// Then flush, and receive until [`Lost`].
    pub(crate) fn start_close(&mut self, code: u16, reason: &str) -> Result<(), Lost> {
        if !matches!(self.state, State::Open) {
            return Ok(());
        }
        match Pin::new(&mut self.stream).start_send(close_frame(code, reason)).map_err(Lost::from) {
            Ok(()) | Err(Lost::Closed) => Ok(()),
            Err(lost) => Err(lost),
        }
    }

    /// Whether the peer has sent anything since the last call, be it a part of a message only.
    pub(crate) fn take_heard(&mut self) -> bool {
        self.stream.get_mut().take_heard()
    }

    /// How many messages went each way.
    pub(crate) fn frames(&self) -> FrameCounts {
        let compressed_received = self.stream.get_ref().compressed_messages();
        FrameCounts {
            plain_received: self.messages_received.saturating_sub(compressed_received),
            compressed_received,
            plain_sent: self.plain_sent,
            compressed_sent: self.compressed_sent,
        }
    }
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Socket").field("frames", &self.frames()).finish_non_exhaustive()
    }
}

/// A close frame, its reason cut to what a control frame can hold.
fn close_frame(code: u16, reason: &str) -> Message {
    let mut end = reason.len().min(MAX_CONTROL - 2);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    let reason = reason.get(..end).unwrap_or_default();
    Message::Close(Some(CloseFrame { code: code.into(), reason: reason.into() }))
}
