//! Noticing a dead peer on a quiet connection (BEY-09, CONN-96).

use genlock_spec::ConnectionIndex;

use super::super::Engine;
use super::super::deadline::Deadline;
use super::super::life::Life;
use super::super::output::Output;
use super::super::qactions::Hooks;
use crate::error::Reason;

/// How many pings may stay unanswered while one message is being written: the ping waits behind it, and a slow link
/// takes its time. A dead peer takes nothing either, so there is an end to it.
const PATIENCE: u32 = 3;

impl<'s> Engine<'s> {
    pub(super) fn start_keepalive(&mut self, connection: ConnectionIndex) {
        let link = &mut self.connections[connection];
        (link.heard, link.unanswered) = (false, 0);
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
        // LIFE-31: a paused element is silent.
        if std::mem::take(&mut self.connections[connection].heard) || self.life == Life::Paused {
            self.deadlines.arm(Deadline::Ping(connection), self.now + keepalive.interval);
        } else {
            self.emit(Output::Ping { connection });
            self.deadlines.arm(Deadline::Pong(connection), self.now + keepalive.deadline);
        }
    }

    pub(in crate::engine) fn pong_is_due(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        let keepalive = self.options.connections[connection].keepalive;
        let link = &mut self.connections[connection];
        link.unanswered = if link.heard { 0 } else { link.unanswered + 1 };
        let may_wait = if link.sending.is_some() { link.unanswered < PATIENCE } else { link.heard };
        if may_wait {
            link.heard = false;
            self.deadlines.arm(Deadline::Ping(connection), self.now + keepalive.interval);
            return;
        }
        self.emit(Output::Abort { connection });
        let ms = u64::try_from(keepalive.deadline.as_millis()).unwrap_or(u64::MAX);
        self.is_down(connection, &Reason::PingTimeout(ms), None, hooks);
    }
}
