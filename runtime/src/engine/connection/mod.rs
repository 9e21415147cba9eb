//! The connection state machine: opening, losing and reopening a WebSocket.

mod access;
mod address;
mod backoff;
mod closing;
mod comeback;
mod follow;
mod keepalive;
mod onward;
mod report;
mod request;
mod state;
mod status;

use std::borrow::Cow;
use std::time::Duration;

use genlock_spec::{ConnectionIndex, ConnectionKind, MessageType};

use super::Engine;
use super::deadline::Deadline;
use super::event::{Event, LogLevel};
use super::input::HandshakeAnswer;
use super::life::Life;
use super::log::About;
use super::output::Output;
use super::qactions::Hooks;
use super::triggers::Fired;
use crate::error::Reason;
use crate::settings::Reconnect;

use self::state::Postponed;

pub(super) use self::access::Access;
pub(super) use self::address::Address;
pub(super) use self::follow::Followed;
pub(super) use self::report::of_request;
pub use self::state::ConnectionState;
pub(super) use self::state::{Link, LinkState};

/// What a server closes with that can't take a message: its kind, or its bytes.
const UNSUPPORTED_DATA: u16 = 1003;
const INVALID_PAYLOAD: u16 = 1007;

impl<'s> Engine<'s> {
    /// The element starts this connection: the status is written once (CONN-67), then it connects (CONN-24).
    pub(super) fn start_connection(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        self.write_status(connection, false, hooks);
        // A hook on the status may have asked for a reconnect already.
        if matches!(self.connections[connection].state, LinkState::Idle) {
            self.connect(connection, hooks);
        }
    }

    /// Begins an attempt. Path and headers are read now (CONN-38, CONN-113).
    pub(super) fn connect(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        if self.spec.connection(connection).kind != ConnectionKind::WebSocket {
            return; // what is virtual needs no transport, and what carries requests is opened for each session (HTTP-02)
        }
        let link = &mut self.connections[connection];
        if self.life != Life::Running {
            if self.life == Life::Paused {
                link.postponed.get_or_insert(Postponed::Connect);
            }
            return;
        }
        match self.opening_request(connection) {
            Ok(request) => self.begin_opening(connection, request),
            // CONN-60: wait for the next write; trying again would find the same values.
            Err(reason) => {
                let report = report::report(&reason, false);
                self.change_state(connection, LinkState::Idle, Some(reason));
                self.failed(connection, report);
                self.write_status(connection, false, hooks);
                self.run_report_triggers(report, hooks);
            }
        }
    }

    /// The handshake succeeded.
    pub(super) fn opened(
        &mut self,
        connection: ConnectionIndex,
        attempt: u32,
        answer: HandshakeAnswer,
        hooks: &mut dyn Hooks<'s>,
    ) {
        if !self.connections[connection].is_connecting_attempt(attempt) {
            return;
        }
        self.deadlines.disarm(Deadline::Opening(connection));
        self.counters.opened += 1;
        let link = &mut self.connections[connection];
        if link.opened > 0 {
            self.counters.reconnects += 1;
        }
        link.opened = link.opened.saturating_add(1);
        link.sending = None;
        link.sent = None;
        link.compressed = answer.compressed;
        self.change_state(connection, LinkState::Open, None);
        self.responding(connection);
        self.release_waiting(connection);
        if let Reconnect::Automatic(backoff) = self.options.connections[connection].reconnect {
            self.deadlines.arm(Deadline::Stable(connection), self.now + backoff.stable_after);
        }
        self.start_keepalive(connection);
        self.store_answer(connection, answer, hooks);
        // CONN-68: the state is final, so what a trigger of the status sends goes out.
        if self.connections[connection].is_open_attempt(attempt) {
            self.write_status(connection, true, hooks);
        }
        self.queue.opened();
    }

    /// No connection, or no handshake.
    pub(super) fn open_failed(
        &mut self,
        connection: ConnectionIndex,
        attempt: u32,
        reason: &Reason,
        answer: Option<HandshakeAnswer>,
        hooks: &mut dyn Hooks<'s>,
    ) {
        if !self.connections[connection].is_connecting_attempt(attempt) {
            return;
        }
        let asked = answer.as_ref().and_then(|answer| answer.retry_after);
        let mut reason = Cow::Borrowed(reason);
        if let Some(answer) = answer {
            match self.go_on(connection, &answer) {
                Some(Ok(())) => return,
                Some(Err(why)) => reason = Cow::Owned(why),
                None => {}
            }
            self.store_answer(connection, answer, hooks); // CONN-40
        }
        if self.connections[connection].is_connecting_attempt(attempt) {
            self.is_down(connection, &reason, asked, hooks);
        }
    }

    /// The handshake has taken TimeoutTime (BEY-06).
    pub(super) fn opening_timed_out(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        self.emit(Output::Abort { connection });
        let timeout = self.options.connections[connection].timeout;
        let ms = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        self.is_down(connection, &Reason::HandshakeTimeout(ms), None, hooks);
    }

    /// The socket is gone.
    pub(super) fn lost(
        &mut self,
        connection: ConnectionIndex,
        attempt: u32,
        reason: &Reason,
        hooks: &mut dyn Hooks<'s>,
    ) {
        let link = &self.connections[connection];
        if link.attempt != attempt {
            return;
        }
        match link.state {
            LinkState::Open => {
                self.explain_close(connection, reason);
                self.is_down(connection, reason, None, hooks);
            }
            LinkState::Closing => self.closed(connection, hooks),
            _ => {}
        }
    }

    /// BEY-12: a server that takes no messages of this kind says so by a code only.
    fn explain_close(&mut self, connection: ConnectionIndex, reason: &Reason) {
        let Reason::ClosedByPeer { code: Some(code @ (UNSUPPORTED_DATA | INVALID_PAYLOAD)), .. } = *reason else {
            return;
        };
        let Some(sent) = self.connections[connection].sent else { return };
        let (sent, other) = match sent {
            MessageType::Text => ("text", "binary"),
            MessageType::Binary => ("binary", "text"),
        };
        let about = About::connection(self.spec.connection(connection).id).rule("BEY-12");
        self.log_about(about, LogLevel::Warning, |spec| {
            format!(
                "connection {}: the server closed with {code} after a {sent} message; if it wants {other} ones, give the \
                 command <WebSocketMessageType>{other}</WebSocketMessageType>",
                spec.connection(connection).id
            )
        });
    }

    /// A connection was lost, or could not be made: wait for the next attempt, or for somebody to ask for it. `asked` is
    /// how long the server wants to be left alone.
    fn is_down(
        &mut self,
        connection: ConnectionIndex,
        reason: &Reason,
        asked: Option<Duration>,
        hooks: &mut dyn Hooks<'s>,
    ) {
        self.deadlines.disarm(Deadline::Opening(connection));
        self.end_open(connection);
        self.count_end(connection, reason);
        let (state, told) = self.comeback(connection, reason, asked);
        let report = report::report(reason, self.connections[connection].is_open());
        self.change_state(connection, state, Some(told));
        self.failed(connection, report);
        // The status first, so that what runs on the pair's timeout sees it.
        self.write_status(connection, false, hooks);
        self.fail_exchange(connection, reason, hooks); // PAIR-36
        self.run_report_triggers(report, hooks);
    }

    /// The connection has failed. LIFE-61: the element is not in timeout for what the connector names.
    pub(super) fn failed(&mut self, connection: ConnectionIndex, report: Option<&str>) {
        let is_named =
            report.is_some_and(|report| self.spec.no_timeouts.iter().any(|&text| self.spec.text(text) == report));
        if !is_named {
            self.not_responding(connection);
        }
    }

    /// TRG-25: the triggers on exactly this text, in document order.
    pub(super) fn run_report_triggers(&mut self, report: Option<&str>, hooks: &mut dyn Hooks<'s>) {
        let Some(report) = report else { return };
        for row in self.spec.report_triggers {
            if self.spec.text(row.text) == report {
                self.fire(row.trigger, Fired::Nothing, hooks);
            }
        }
    }

    /// What is armed while a connection is open is armed no longer.
    fn end_open(&mut self, connection: ConnectionIndex) {
        self.deadlines.disarm(Deadline::Stable(connection));
        self.deadlines.disarm(Deadline::Ping(connection));
        self.deadlines.disarm(Deadline::Pong(connection));
    }

    /// The connection's state, and why it is in it.
    pub(crate) fn connection_state(&self, connection: ConnectionIndex) -> (ConnectionState, &Reason) {
        let link = &self.connections[connection];
        (link.told(), &link.reason)
    }

    /// All connections, in the order of the connector file.
    pub(crate) fn connection_indices(&self) -> impl Iterator<Item = ConnectionIndex> + use<'s> {
        self.connections.indices()
    }

    /// How often the connection was opened.
    pub(crate) fn times_opened(&self, connection: ConnectionIndex) -> u32 {
        self.connections[connection].opened
    }

    fn change_state(&mut self, connection: ConnectionIndex, state: LinkState, reason: Option<Reason>) {
        let link = &mut self.connections[connection];
        link.state = state;
        link.opening = None;
        if let Some(reason) = reason {
            link.reason = reason;
        }
        let told = link.told();
        self.emit(Output::Connection(connection));
        self.measure_connection(connection, told);
        let link = &self.connections[connection];
        let (level, reason) = match &link.state {
            LinkState::Backoff { .. } | LinkState::Idle => (LogLevel::Warning, link.reason.to_string()), // BEY-07
            LinkState::Closing => (LogLevel::Information, link.reason.to_string()),
            LinkState::Open if link.compressed => (LogLevel::Information, "permessage-deflate".to_owned()),
            _ => (LogLevel::Information, String::new()),
        };
        let id = self.spec.connection(connection).id;
        let about = match &link.state {
            LinkState::Connecting | LinkState::Open => About::connection(id),
            _ => About::connection(id).because(&link.reason),
        };
        self.log_about(about, level, |_| match reason.as_str() {
            "" => format!("connection {id}: {told}"),
            reason => format!("connection {id}: {told}: {reason}"),
        });
        self.event(|_| Event::Connection { id, state: told, reason });
    }
}
