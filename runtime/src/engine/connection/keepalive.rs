//! Noticing a dead peer on a quiet connection (BEY-09, CONN-96).

use genlock_spec::ConnectionIndex;

use super::super::Engine;
use super::super::deadline::Deadline;
use super::super::output::Output;
use super::super::qactions::Hooks;
use crate::error::Reason;

impl<'s> Engine<'s> {
    pub(super) fn start_keepalive(&mut self, connection: ConnectionIndex) {
        self.connections[connection].heard = false;
        let interval = self.options.connections[connection].keepalive.interval;
        if !interval.is_zero() {
            self.deadlines.arm(Deadline::Ping(connection), self.now + interval);
        }
    }

    /// A pong came; a message counts as well, see `received`.
    pub(in crate::engine) fn heard(&mut self, connection: ConnectionIndex, attempt: u32) {
        if self.connections[connection].is_open_attempt(attempt) {
            self.connections[connection].heard = true;
        }
    }

    /// An interval is over: a ping is sent only if nothing came meanwhile. So a message costs the setting of a flag,
    /// and a dead peer is noticed within two intervals and the deadline.
    pub(in crate::engine) fn ping_is_due(&mut self, connection: ConnectionIndex) {
        let keepalive = self.options.connections[connection].keepalive;
        if std::mem::take(&mut self.connections[connection].heard) {
            self.deadlines.arm(Deadline::Ping(connection), self.now + keepalive.interval);
        } else {
            self.emit(Output::Ping { connection });
            self.deadlines.arm(Deadline::Pong(connection), self.now + keepalive.deadline);
        }
    }

    pub(in crate::engine) fn pong_is_due(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        let keepalive = self.options.connections[connection].keepalive;
        if std::mem::take(&mut self.connections[connection].heard) {
            self.deadlines.arm(Deadline::Ping(connection), self.now + keepalive.interval);
            return;
        }
        self.emit(Output::Abort { connection });
        let ms = u64::try_from(keepalive.deadline.as_millis()).unwrap_or(u64::MAX);
        self.is_down(connection, &Reason::PingTimeout(ms), hooks);
    }
}
