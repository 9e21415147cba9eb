//! What a connection tells the protocol: the status parameter, the handshake's answer, the element's timeout state.

use genlock_spec::ConnectionIndex;

use super::super::Engine;
use super::super::change::Setter;
use super::super::deadline::Deadline;
use super::super::event::{ElementState, LogLevel};
use super::super::input::HandshakeAnswer;
use super::super::life::Life;
use super::super::options::TIMEOUT_TIME_ELEMENT;
use super::super::qactions::Hooks;
use crate::value::Value;

impl<'s> Engine<'s> {
    /// Writes the status parameter: 1 while open, 0 otherwise (CONN-64). An equal value is dropped, so it is written
    /// on transitions only (CONN-66).
    pub(super) fn write_status(&mut self, connection: ConnectionIndex, open: bool, hooks: &mut dyn Hooks<'s>) {
        let Some(status) = self.spec.connection(connection).status else { return };
        if let Err(error) = self.set(status, Value::Number(f64::from(u8::from(open))), Setter::Construct, hooks) {
            self.log(LogLevel::Error, |_| error.to_string());
        }
    }

    /// Stores the status line and the body of the handshake's answer where the session says so (CONN-40).
    pub(super) fn store_answer(
        &mut self,
        connection: ConnectionIndex,
        answer: HandshakeAnswer,
        hooks: &mut dyn Hooks<'s>,
    ) {
        let Some(request) = self.spec.connection(connection).handshake else { return };
        let row = self.spec.request(request);
        let status = row.status_code.map(|param| (param, Value::Text(answer.status_line.into())));
        let content = row.content.map(|param| (param, Value::from_bytes(answer.body)));
        for (param, value) in status.into_iter().chain(content) {
            if let Err(error) = self.set(param, value, Setter::Construct, hooks) {
                self.log(LogLevel::Error, |_| error.to_string());
            }
        }
    }

    /// A failure on this connection: the element is in timeout if it lasts (LIFE-50, CONN-90).
    pub(in crate::engine) fn not_responding(&mut self, connection: ConnectionIndex) {
        if std::mem::replace(&mut self.connections[connection].responding, false) && self.life != Life::Paused {
            self.await_element_timeout(connection);
        }
    }

    /// LIFE-54: the main connection's TimeoutTimeElement counts for all connections, but for those that have their own
    /// (BEY-15) and those that do not count at all (LIFE-53).
    pub(in crate::engine) fn await_element_timeout(&mut self, connection: ConnectionIndex) {
        let options = &self.options.connections[connection];
        if !options.include_timeout {
            return;
        }
        let main = self.options.connections.iter().next();
        let main = main.map_or(TIMEOUT_TIME_ELEMENT, |(_, main)| main.element_timeout);
        let wait = options.own_element_timeout.unwrap_or(main);
        self.deadlines.arm(Deadline::ElementTimeout(connection), self.now + wait);
    }

    /// A success: the connection answers again (PAIR-29).
    pub(in crate::engine) fn responding(&mut self, connection: ConnectionIndex) {
        if std::mem::replace(&mut self.connections[connection].responding, true) {
            return;
        }
        self.deadlines.disarm(Deadline::ElementTimeout(connection));
        let was_in_timeout = std::mem::take(&mut self.connections[connection].timed_out);
        // LIFE-53: the element is in timeout while one connection is.
        if was_in_timeout && self.life != Life::Paused && self.connections.iter().all(|(_, link)| !link.timed_out) {
            self.element_is(ElementState::Active);
        }
    }

    /// TimeoutTimeElement is over. LIFE-58: told once, on entering the state.
    pub(in crate::engine) fn element_timed_out(&mut self, connection: ConnectionIndex) {
        let first = self.connections.iter().all(|(_, link)| !link.timed_out);
        self.connections[connection].timed_out = true;
        if first {
            self.element_is(ElementState::Timeout);
        }
    }
}
