//! One connection's socket: opening it, reading and writing it, closing it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use bytes::Bytes;
use genlock_spec::MessageType;
use tracing::{Instrument as _, Span};

use super::Dial;
use crate::engine::opening::OpeningRequest;
use crate::engine::{Counters, HandshakeAnswer};
use crate::error::Reason;
use crate::value::Text;
use crate::ws::{self, Incoming, Limits, Lost, OpenError, OpeningAnswer, Outgoing, Socket};

type Opening = Pin<Box<dyn Future<Output = Result<(Socket, OpeningAnswer), OpenError>> + Send>>;

/// What a link has for the engine.
#[derive(Debug)]
pub(super) enum Happened {
    // Boxed, so that messages, which are moved as this, are moved as little.
    Opened(Box<HandshakeAnswer>),
    OpenFailed(Reason, Option<Box<HandshakeAnswer>>),
    Text(Text),
    Binary(Bytes),
    Sent,
    Pong,
    Lost(Reason),
}

/// One connection as the shell sees it.
pub(crate) struct Link {
    dial: Dial,
    limits: Limits,
    pub(super) attempt: u32,
    state: State,
    /// The span of the attempt; none before the first.
    span: Span,
    /// Compressed messages of earlier sockets.
    compressed_sent: u64,
    compressed_received: u64,
}

enum State {
    Closed,
    Opening(Opening),
    Open { socket: Box<Socket>, writing: Writing, ping: Ping },
}

/// Whether a sign of life is asked for (BEY-09).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ping {
    Nothing,
    /// A ping is to be sent.
    Wanted,
    /// It was, and is not answered yet.
    Sent,
}

/// What is being written; the engine hands over one message at a time.
enum Writing {
    Nothing,
    Message(Outgoing),
    Flushing,
    /// The close frame, once the socket takes it.
    Close(u16),
    Closing,
}

impl Link {
    pub(crate) fn new(dial: Dial, limits: Limits) -> Self {
        Self {
            dial,
            limits,
            attempt: 0,
            state: State::Closed,
            span: Span::none(),
            compressed_sent: 0,
            compressed_received: 0,
        }
    }

    pub(super) fn open(&mut self, attempt: u32, request: OpeningRequest, span: Span) {
        self.abort();
        self.attempt = attempt;
        let (dialing, limits) = ((self.dial)(request.to.clone()), self.limits);
        let opening = async move { ws::open(dialing.await?, &request, &limits).await };
        self.state = State::Opening(Box::pin(opening.instrument(span.clone())));
        self.span = span;
    }

    /// The span of the last attempt, and of the connection that it made.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    pub(super) fn send(&mut self, kind: MessageType, data: Bytes) {
        if let State::Open { writing: writing @ Writing::Nothing, .. } = &mut self.state {
            *writing = Writing::Message(match kind {
                MessageType::Text => Outgoing::Text(data),
                MessageType::Binary => Outgoing::Binary(data),
            });
        }
    }

    pub(super) fn ping(&mut self) {
        if let State::Open { socket, ping, .. } = &mut self.state {
            socket.take_heard(); // what came before is no sign of life now
            *ping = Ping::Wanted;
        }
    }

    pub(super) fn close(&mut self, code: u16) {
        if let State::Open { writing, .. } = &mut self.state {
            *writing = Writing::Close(code);
        }
    }

    /// Drops the socket: what it has not written is gone (CONN-95, BEY-08).
    pub(super) fn abort(&mut self) {
        let mut counters = Counters::default();
        self.count(&mut counters);
        (self.compressed_sent, self.compressed_received) = (counters.compressed_sent, counters.compressed_received);
        self.state = State::Closed;
    }

    /// Adds what this link has counted.
    pub(super) fn count(&self, counters: &mut Counters) {
        counters.compressed_sent += self.compressed_sent;
        counters.compressed_received += self.compressed_received;
        if let State::Open { socket, .. } = &self.state {
            let frames = socket.frames();
            counters.compressed_sent += frames.compressed_sent;
            counters.compressed_received += frames.compressed_received;
        }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Happened> {
        match &mut self.state {
            State::Closed => Poll::Pending,
            State::Opening(opening) => match ready!(opening.as_mut().poll(cx)) {
                Ok((socket, answer)) => {
                    self.state =
                        State::Open { socket: Box::new(socket), writing: Writing::Nothing, ping: Ping::Nothing };
                    Poll::Ready(Happened::Opened(Box::new(answer.into())))
                }
                Err(error) => {
                    self.state = State::Closed;
                    let reason = opening_reason(&error);
                    let answer =
                        if let OpenError::Refused(answer) = error { Some(Box::new(answer.into())) } else { None };
                    Poll::Ready(Happened::OpenFailed(reason, answer))
                }
            },
            State::Open { socket, writing, ping } => {
                let happened = ready!(poll_open(socket, writing, ping, cx));
                if matches!(happened, Happened::Lost(_)) {
                    self.abort();
                }
                Poll::Ready(happened)
            }
        }
    }
}

fn poll_open(socket: &mut Socket, writing: &mut Writing, ping: &mut Ping, cx: &mut Context<'_>) -> Poll<Happened> {
    // What was received is handed on before a failed write ends the connection.
    let mut written = poll_write(socket, writing, cx);
    if written.is_pending() && matches!(writing, Writing::Nothing) && *ping == Ping::Wanted {
        written = poll_ping(socket, ping, cx);
    }
    if let Poll::Ready(Ok(())) = written {
        return Poll::Ready(Happened::Sent);
    }
    match socket.poll_receive(cx) {
        Poll::Ready(Ok(Incoming::Text(text))) => Poll::Ready(Happened::Text(text)),
        Poll::Ready(Ok(Incoming::Binary(data))) => Poll::Ready(Happened::Binary(data)),
        Poll::Ready(Ok(Incoming::Pong(_))) => {
            *ping = Ping::Nothing;
            Poll::Ready(Happened::Pong)
        }
        Poll::Ready(Ok(Incoming::Close { code, reason })) => {
            // tungstenite has queued the answer, but writes it only with the next call. A peer that does not read will
            // not get it: nobody waits for that (CONN-89).
            let _ = socket.poll_flush(cx);
            Poll::Ready(Happened::Lost(Reason::ClosedByPeer { code, reason }))
        }
        Poll::Ready(Err(lost)) => Poll::Ready(Happened::Lost(lost_reason(lost))),
        Poll::Pending => match written {
            Poll::Ready(Err(lost)) => Poll::Ready(Happened::Lost(lost_reason(lost))),
            // A peer can't answer in the middle of a large frame (RFC 6455, section 5.5): what comes of it says as much.
            _ if *ping != Ping::Nothing && socket.take_heard() => {
                *ping = Ping::Nothing;
                Poll::Ready(Happened::Pong)
            }
            _ => Poll::Pending,
        },
    }
}

/// Writes on; ready when the message is out.
fn poll_write(socket: &mut Socket, writing: &mut Writing, cx: &mut Context<'_>) -> Poll<Result<(), Lost>> {
    if matches!(writing, Writing::Nothing) {
        return Poll::Pending; // as nearly always, and it is asked before every message that comes
    }
    loop {
        *writing = match std::mem::replace(writing, Writing::Nothing) {
            Writing::Nothing => return Poll::Pending,
            Writing::Message(message) => match socket.poll_ready(cx) {
                Poll::Ready(Ok(())) => {
                    socket.start_send(message)?;
                    Writing::Flushing
                }
                Poll::Ready(Err(lost)) => return Poll::Ready(Err(lost)),
                Poll::Pending => {
                    *writing = Writing::Message(message);
                    return Poll::Pending;
                }
            },
            Writing::Flushing => match socket.poll_flush(cx) {
                Poll::Ready(result) => return Poll::Ready(result),
                Poll::Pending => {
                    *writing = Writing::Flushing;
                    return Poll::Pending;
                }
            },
            Writing::Close(code) => {
                socket.start_close(code, "")?;
                Writing::Closing
            }
            Writing::Closing => {
                let flushed = socket.poll_flush(cx);
                *writing = Writing::Closing;
                return match flushed {
                    Poll::Ready(Err(lost)) => Poll::Ready(Err(lost)),
                    // The peer's answer is what counts.
                    _ => Poll::Pending,
                };
            }
        };
    }
}

/// Sends a ping. It is never ready with success: nobody waits for a ping to be out.
fn poll_ping(socket: &mut Socket, ping: &mut Ping, cx: &mut Context<'_>) -> Poll<Result<(), Lost>> {
    ready!(socket.poll_ready(cx))?;
    socket.start_send(Outgoing::Ping(Bytes::new()))?;
    *ping = Ping::Sent;
    match socket.poll_flush(cx) {
        Poll::Ready(Err(lost)) => Poll::Ready(Err(lost)),
        // What is left is written with the next read or message.
        _ => Poll::Pending,
    }
}

pub(super) fn opening_reason(error: &OpenError) -> Reason {
    match error {
        #[cfg(not(feature = "proxy"))]
        OpenError::ProxyNotBuiltIn => Reason::Unsupported(error.to_string()),
        OpenError::TlsNotBuiltIn => Reason::Unsupported(error.to_string()),
        OpenError::Proxy(error) => Reason::Proxy(error.to_string()),
        OpenError::Tls(error) => Reason::Tls(error.to_string()),
        OpenError::Refused(_) | OpenError::Handshake(_) => Reason::Handshake(error.to_string()),
        _ => Reason::Network(error.to_string()),
    }
}

fn lost_reason(lost: Lost) -> Reason {
    match lost {
        Lost::Protocol { code, reason } => Reason::Protocol { code, reason },
        Lost::Closed => Reason::ClosedByPeer { code: None, reason: String::new() },
        Lost::Dropped | Lost::Io(_) => Reason::Network(lost.to_string()),
    }
}

impl From<OpeningAnswer> for HandshakeAnswer {
    fn from(answer: OpeningAnswer) -> Self {
        let location = answer.values("Location").next().map(str::to_owned);
        let asked = answer.values("WWW-Authenticate").map(str::to_owned).collect();
        let said = Self {
            retry_after: answer.retry_after(SystemTime::now()),
            status_line: answer.status_line,
            body: answer.body,
            compressed: answer.compression.is_some(),
            ..Self::default()
        };
        said.asking(answer.status, location, asked)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("attempt", &self.attempt).finish_non_exhaustive()
    }
}
