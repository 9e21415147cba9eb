//! The other end of a connection: what it answers by itself, and what can be wrong with it or with the network.

use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, MessageType};
use serde::Deserialize;

use crate::engine::{ConnectionState, HandshakeAnswer, Input, Output};
use crate::error::Reason;

/// What goes wrong on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// Nobody listens at the address: the pending attempt fails.
    Unreachable,
    /// The peer sends what it must not: the pending attempt fails, or the open connection is closed with 1002.
    Garbage,
    /// The peer sends a message that is larger than the limit: the open connection is closed with 1009 (CONN-85).
    Oversized,
    /// From now on the connection is half open: what the element sends leaves it, and nothing is answered, neither
    /// pings nor a close nor an attempt.
    Silent,
    /// From now on nothing is answered, and nothing more is taken either, as of a peer that does not read.
    Stuck,
    /// The end of [`Silent`](Fault::Silent) and [`Stuck`](Fault::Stuck): what has waited is taken and answered.
    Over,
}

/// What a server does with every attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answers {
    Accept,
    Refuse,
    Unreachable,
    Garbage,
    /// It waits for the script to answer.
    Nothing,
}

/// What answers attempts by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server {
    pub(super) answers: Answers,
    /// How long an attempt waits, in ms.
    pub(super) after: u64,
    /// The status of a refusal.
    pub(super) status: u16,
    /// How long one that refuses wants to be left alone.
    pub(super) retry_after: Option<Duration>,
}

/// Whether what the element does is taken and answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Answering,
    Silent,
    Stuck,
}

/// The other end of one connection.
#[derive(Debug, Default)]
pub(super) struct Peer {
    /// The attempt that is open, or being opened.
    pub(super) attempt: u32,
    manner: Manner,
    server: Option<Server>,
    /// When a restarted server listens again.
    back_at: u64,
    /// When the attempt is answered.
    answers_at: Option<u64>,
    /// What is not taken or answered yet: at most a message, a close and the unanswered pings.
    withheld: Vec<Input>,
}

impl Peer {
    /// What a healthy socket and peer do at once about an output: messages are taken, a close and a ping are answered.
    pub(super) fn output(&mut self, output: &Output, now: u64) -> Option<Input> {
        let attempt = self.attempt;
        let (answer, held_by_silence) = match output {
            Output::Connect { attempt, .. } => {
                self.attempt = *attempt;
                self.withheld.clear();
                self.schedule(now);
                return None;
            }
            Output::Abort { .. } => {
                self.withheld.clear();
                self.answers_at = None;
                return None;
            }
            Output::Send { connection, .. } => (Input::Sent { connection: *connection, attempt }, false),
            Output::Ping { connection } => (Input::Pong { connection: *connection, attempt }, true),
            Output::Close { connection, code } => (closed(*connection, attempt, Some(*code), ""), true),
            _ => return None,
        };
        match self.manner {
            Manner::Answering => return Some(answer),
            Manner::Silent if !held_by_silence => return Some(answer),
            Manner::Silent | Manner::Stuck => self.withheld.push(answer),
        }
        None
    }

    /// When the pending attempt is answered.
    pub(super) fn due(&self) -> Option<u64> {
        self.answers_at
    }

    /// The answer to the attempt, when it is time for it.
    pub(super) fn answer(&mut self, connection: ConnectionIndex, now: u64) -> Option<Input> {
        self.answers_at.take_if(|at| *at <= now)?;
        if self.manner != Manner::Answering {
            return None;
        }
        let attempt = self.attempt;
        if now < self.back_at {
            return Some(unreachable(connection, attempt));
        }
        let server = self.server?;
        match server.answers {
            Answers::Accept => Some(accepted(connection, attempt, false)),
            Answers::Refuse => Some(refused(connection, attempt, server.status, asking(server.retry_after))),
            Answers::Unreachable => Some(unreachable(connection, attempt)),
            Answers::Garbage => Some(no_http(connection, attempt)),
            Answers::Nothing => None,
        }
    }

    /// From now on the server answers by itself, also the attempt that is pending.
    pub(super) fn serve(&mut self, server: Server, now: u64) {
        self.server = Some(server);
        self.schedule(now);
    }

    /// The server ends, and listens again after a while.
    pub(super) fn restart(&mut self, back_at: u64, now: u64) {
        self.back_at = back_at;
        self.schedule(now);
    }

    fn schedule(&mut self, now: u64) {
        let after = if now < self.back_at { Some(0) } else { self.server.map(|server| server.after) };
        self.answers_at = after.map(|after| now.saturating_add(after));
    }

    /// Something goes wrong; the answer is what the element learns of it at once.
    pub(super) fn fault(&mut self, fault: Fault, connection: ConnectionIndex, state: ConnectionState) -> Vec<Input> {
        let attempt = self.attempt;
        let is_pending = matches!(state, ConnectionState::Connecting { .. });
        match fault {
            Fault::Unreachable => vec![unreachable(connection, attempt)],
            Fault::Garbage if is_pending => vec![no_http(connection, attempt)],
            Fault::Garbage => vec![violation(connection, attempt, 1002, "the peer's bytes are no frame")],
            Fault::Oversized => {
                vec![violation(connection, attempt, 1009, "a message is larger than the limit")]
            }
            Fault::Silent => {
                self.manner = Manner::Silent;
                let (taken, withheld) = self.withheld.drain(..).partition(|input| matches!(input, Input::Sent { .. }));
                self.withheld = withheld;
                taken
            }
            Fault::Stuck => {
                self.manner = Manner::Stuck;
                Vec::new()
            }
            Fault::Over => {
                self.manner = Manner::Answering;
                std::mem::take(&mut self.withheld)
            }
        }
    }
}

/// The peer answers the handshake with 101.
pub(super) fn accepted(connection: ConnectionIndex, attempt: u32, compressed: bool) -> Input {
    let status_line = "HTTP/1.1 101 Switching Protocols".to_owned();
    let answer = HandshakeAnswer { status_line, compressed, ..HandshakeAnswer::default() };
    Input::Opened { connection, attempt, answer }
}

/// The answer of a server that wants to be left alone for a while, if it says so.
pub(super) fn asking(retry_after: Option<Duration>) -> HandshakeAnswer {
    HandshakeAnswer { retry_after, ..HandshakeAnswer::default() }
}

/// The peer answers the handshake with another status, and says more than that.
pub(super) fn refused(connection: ConnectionIndex, attempt: u32, status: u16, said: HandshakeAnswer) -> Input {
    let answer = HandshakeAnswer { status_line: format!("HTTP/1.1 {status}"), ..said };
    let reason = Reason::Network(format!("the peer refused the handshake with status {status}"));
    Input::OpenFailed { connection, attempt, reason, answer: Some(answer) }
}

/// The closing handshake is complete.
pub(super) fn closed(connection: ConnectionIndex, attempt: u32, code: Option<u16>, reason: &str) -> Input {
    let reason = Reason::ClosedByPeer { code, reason: reason.to_owned() };
    Input::Lost { connection, attempt, reason }
}

/// The connection is gone without a word.
pub(super) fn dropped(connection: ConnectionIndex, attempt: u32) -> Input {
    Input::Lost { connection, attempt, reason: Reason::Network("the connection was dropped".to_owned()) }
}

/// One whole message comes.
pub(super) fn received(connection: ConnectionIndex, attempt: u32, kind: MessageType, data: Bytes) -> Input {
    Input::Received { connection, attempt, kind, data }
}

fn unreachable(connection: ConnectionIndex, attempt: u32) -> Input {
    let reason = Reason::Network("nobody listens at this address and port".to_owned());
    Input::OpenFailed { connection, attempt, reason, answer: None }
}

fn no_http(connection: ConnectionIndex, attempt: u32) -> Input {
    let reason = "the answer is not HTTP/1.1: is there a WebSocket server at this address and port?";
    Input::OpenFailed { connection, attempt, reason: Reason::Handshake(reason.to_owned()), answer: None }
}

/// The transport closes the connection because of what the peer sent.
fn violation(connection: ConnectionIndex, attempt: u32, code: u16, reason: &str) -> Input {
    Input::Lost { connection, attempt, reason: Reason::Protocol { code, reason: reason.to_owned() } }
}
