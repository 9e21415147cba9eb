//! What the engine is told.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, GroupIndex, MessageType, PairIndex, ParamIndex, TriggerIndex};

use super::http::{HttpAnswer, RequestFailure};
use super::qactions::Call;
use crate::error::Reason;
use crate::value::Value;

/// The number of a request to be answered by [`Output::Done`](super::Output::Done).
pub(crate) type Ticket = u64;

/// How far a pair must get before its ticket is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// The command was handed to the open socket.
    Sent,
    /// The pair is done.
    Answered,
}

/// The server's answer to the opening request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HandshakeAnswer {
    /// The status line, for example `HTTP/1.1 101 Switching Protocols`.
    pub(crate) status_line: String,
    /// The body, as far as it was read.
    pub(crate) body: Bytes,
    /// Whether permessage-deflate was agreed on.
    pub(crate) compressed: bool,
    /// How long the server that refuses wants to be left alone (RFC 9110, section 10.2.3).
    pub(crate) retry_after: Option<Duration>,
    /// Where a redirect leads: `Location`, with a status that has one.
    pub(crate) location: Option<String>,
    /// What a server that answers with 401 asks for: the values of `WWW-Authenticate`.
    pub(crate) asked: Vec<String>,
}

impl HandshakeAnswer {
    /// With what the header lines ask for, as far as the status gives it a meaning (RFC 9110, sections 15.4 and 15.5.2).
    pub(crate) fn asking(self, status: u16, location: Option<String>, asked: Vec<String>) -> Self {
        let location = location.filter(|_| matches!(status, 300..=303 | 307 | 308));
        Self { location, asked: if status == 401 { asked } else { Vec::new() }, ..self }
    }
}

/// One thing that happened. Inputs of a connection name the attempt that they belong to; late ones of an earlier
/// attempt are ignored.
#[derive(Debug)]
pub(crate) enum Input {
    /// The element starts (LIFE-01).
    Start,
    /// The element stops (LIFE-32).
    Stop,
    /// The element pauses (LIFE-31).
    Pause,
    /// A paused element goes on.
    Resume,
    /// The handshake succeeded.
    Opened { connection: ConnectionIndex, attempt: u32, answer: HandshakeAnswer },
    /// No connection, or no handshake.
    OpenFailed { connection: ConnectionIndex, attempt: u32, reason: Reason, answer: Option<HandshakeAnswer> },
    /// One whole message (CONN-84).
    Received { connection: ConnectionIndex, attempt: u32, kind: MessageType, data: Bytes },
    /// The message of the last [`Output::Send`](super::Output::Send) was taken by the socket.
    Sent { connection: ConnectionIndex, attempt: u32 },
    /// The answer to an [`Output::Ping`](super::Output::Ping), or another sign of life since then.
    Pong { connection: ConnectionIndex, attempt: u32 },
    /// The socket is gone, for whatever reason (CONN-88).
    Lost { connection: ConnectionIndex, attempt: u32, reason: Reason },
    /// The answer to an [`Output::Request`](super::Output::Request).
    #[cfg_attr(not(any(feature = "http", feature = "sim", test)), expect(dead_code, reason = "nobody sends requests"))]
    Answered { number: u64, answer: HttpAnswer },
    /// There is no answer to it.
    #[cfg_attr(not(any(feature = "http", feature = "sim", test)), expect(dead_code, reason = "nobody sends requests"))]
    RequestFailed { number: u64, failure: RequestFailure },
    /// A set from outside (PARAM-140).
    Set { param: ParamIndex, value: Value },
    /// A set by an operator with a name (QA-51).
    SetBy { param: ParamIndex, value: Value, user: Arc<str> },
    /// A run of a queued QAction is over, and why if it failed (QA-34).
    QueuedEnded { call: Box<Call>, error: Option<String> },
    /// A trigger is called from outside.
    CheckTrigger { trigger: TriggerIndex },
    /// Close and open again (BEY-03).
    Reconnect { connection: ConnectionIndex },
    /// Queue a group.
    #[cfg_attr(
        not(any(feature = "sim", test)),
        expect(dead_code, reason = "only scripts of the simulator ask for a group")
    )]
    Queue { group: GroupIndex },
    /// Set the parameters of `fill`, make the pair's command and queue the pair, all in one step (BEY-32).
    Execute { pair: PairIndex, fill: Vec<(ParamIndex, Value)>, ticket: Ticket, until: Until },
    /// Time has passed.
    Tick,
}
