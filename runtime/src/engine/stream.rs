//! The stream log: every message, and why one matched nothing (BEY-24, RSP-11).

use std::fmt;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, MessageType, ParamIndex, ResponseIndex};

use super::Engine;
use super::output::Output;
use crate::value::Value;

/// What `tracing` filters name to get the stream log, at level DEBUG.
const TARGET: &str = "genlock::stream";

/// One line of an element's stream log. Ids are those of the connector file.
///
/// A message is `None` where it may hold the value of a password parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StreamEntry {
    /// A message is handed to the socket.
    Sent {
        /// The connection's id.
        connection: u32,
        /// The message.
        message: Option<Value>,
    },
    /// A message came.
    Received {
        /// The connection's id.
        connection: u32,
        /// The message.
        message: Option<Value>,
    },
    /// A response matched the message that came last.
    Matched {
        /// The response's id.
        response: u32,
    },
    /// No response matched the message that came.
    Unmatched {
        /// The connection's id.
        connection: u32,
        /// The responses that were tried, in their order, and where each failed.
        candidates: Vec<Candidate>,
    },
    /// A hook's note (QA-41).
    Note {
        /// The note.
        text: String,
    },
}

/// A response that was tried on a message, and where it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The response's id.
    pub response: u32,
    /// How many bytes of the message its parameters had taken.
    pub position: usize,
    /// What failed there.
    pub mismatch: Mismatch,
}

/// Why a response does not match a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The constant bytes of this parameter are not there (RSP-31).
    Constant {
        /// The parameter's id.
        param: u32,
    },
    /// This parameter does not take the bytes that are there: they are too few, of another type, or what ends them is
    /// missing.
    Value {
        /// The parameter's id.
        param: u32,
    },
    /// Bytes are left over (RSP-30).
    LeftOver,
    /// A trigger before the response failed, so that it was not tried (RSP-24).
    Trigger,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { response, position, mismatch } = self;
        match mismatch {
            Mismatch::Constant { param } => {
                write!(f, "response {response}: the bytes of parameter {param} are not at byte {position}")
            }
            Mismatch::Value { param } => {
                write!(f, "response {response}: parameter {param} does not take what begins at byte {position}")
            }
            Mismatch::LeftOver => write!(f, "response {response}: bytes are left over from byte {position} on"),
            Mismatch::Trigger => write!(f, "response {response}: a trigger before it failed"),
        }
    }
}

/// Where the match of a response ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) position: usize,
    /// The parameter that failed; none when bytes were left over.
    pub(super) param: Option<ParamIndex>,
}

impl Engine<'_> {
    /// Turns [`Output::Stream`] on or off.
    pub(crate) fn set_streamed(&mut self, streamed: bool) {
        self.streamed = streamed;
    }

    /// Whether anybody reads the stream log: one branch each for those who listen and for `tracing`.
    pub(super) fn is_streamed(&self) -> bool {
        self.streamed || tracing::enabled!(target: TARGET, tracing::Level::DEBUG)
    }

    /// A message is handed to the socket; `hidden` says that it holds a secret.
    pub(super) fn stream_sent(&mut self, connection: ConnectionIndex, kind: MessageType, data: &Bytes, hidden: bool) {
        if self.is_streamed() {
            let message = (!hidden).then(|| message(kind, data));
            let connection = self.spec.connection(connection).id;
            self.stream(StreamEntry::Sent { connection, message });
        }
    }

    /// A message came.
    pub(super) fn stream_received(&mut self, connection: ConnectionIndex, kind: MessageType, data: &Bytes) {
        self.candidates.clear();
        if self.is_streamed() {
            let message = (!self.may_hold_secrets(connection)).then(|| message(kind, data));
            let connection = self.spec.connection(connection).id;
            self.stream(StreamEntry::Received { connection, message });
        }
    }

    /// A response matched the message that came.
    pub(super) fn stream_matched(&mut self, response: ResponseIndex) {
        if self.streamed {
            let response = self.spec.response(response).id;
            self.emit(Output::Stream(StreamEntry::Matched { response }));
        }
    }

    /// A response was tried in vain; without a failure a trigger before it failed.
    pub(super) fn stream_mismatch(&mut self, response: ResponseIndex, failure: Option<Failure>) {
        if !self.is_streamed() {
            return;
        }
        let mismatch = match failure {
            None => Mismatch::Trigger,
            Some(Failure { param: None, .. }) => Mismatch::LeftOver,
            Some(Failure { param: Some(param), .. }) => {
                let row = self.spec.param(param);
                if row.kind.is_constant() {
                    Mismatch::Constant { param: row.pid }
                } else {
                    Mismatch::Value { param: row.pid }
                }
            }
        };
        let position = failure.map_or(0, |failure| failure.position);
        self.candidates.push(Candidate { response: self.spec.response(response).id, position, mismatch });
    }

    /// No response matched.
    pub(super) fn stream_unmatched(&mut self, connection: ConnectionIndex) {
        if self.is_streamed() {
            let connection = self.spec.connection(connection).id;
            let candidates = std::mem::take(&mut self.candidates);
            self.stream(StreamEntry::Unmatched { connection, candidates });
        }
    }

    /// A note of a hook between the messages (QA-41).
    pub(crate) fn stream_note(&mut self, text: &dyn fmt::Display) {
        if self.is_streamed() {
            self.stream(StreamEntry::Note { text: text.to_string() });
        }
    }

    fn stream(&mut self, entry: StreamEntry) {
        let element = self.name();
        match &entry {
            StreamEntry::Sent { connection, message } => {
                tracing::debug!(target: TARGET, element, connection, "sent {}", Shown(message.as_ref()));
            }
            StreamEntry::Received { connection, message } => {
                tracing::debug!(target: TARGET, element, connection, "received {}", Shown(message.as_ref()));
            }
            StreamEntry::Unmatched { connection, candidates } => {
                let tried: Vec<String> = candidates.iter().map(Candidate::to_string).collect();
                tracing::debug!(target: TARGET, element, connection, "no response matches: {}", tried.join("; "));
            }
            StreamEntry::Note { text } => tracing::debug!(target: TARGET, element, "note: {text}"),
            // What it says is an event, too.
            StreamEntry::Matched { .. } => {}
        }
        if self.streamed {
            self.emit(Output::Stream(entry));
        }
    }
}

/// A message in memory of its own.
fn message(kind: MessageType, data: &Bytes) -> Value {
    let data = Bytes::copy_from_slice(data);
    match kind {
        MessageType::Text => Value::from_bytes(data),
        MessageType::Binary => Value::Bytes(data),
    }
}

/// A message in a line of text.
struct Shown<'m>(Option<&'m Value>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("(hidden)"),
            Some(Value::Bytes(bytes)) => f.write_str(&data_encoding::HEXLOWER.encode(bytes)),
            Some(value) => f.write_str(&value.to_text()),
        }
    }
}
