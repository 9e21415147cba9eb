//! Connections that are closed or opened because somebody asks: by a reconnect, an action, a pause or a stop.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::state::{LinkState, Postponed};
use crate::engine::Engine;
use crate::engine::deadline::Deadline;
use crate::engine::event::Event;
use crate::engine::life::Life;
use crate::engine::output::Output;
use crate::engine::qactions::Hooks;
use crate::error::Reason;

/// How long the peer may take to answer a close frame (BEY-14).
const CLOSING_TIME: Duration = Duration::from_secs(1);
/// RFC 6455, section 7.4.1: a normal end, and an endpoint that goes away.
const CLOSE_NORMAL: u16 = 1000;
const CLOSE_GOING_AWAY: u16 = 1001;

impl<'s> Engine<'s> {
    /// A write of the dynamic-ip parameter (CONN-53, CONN-54), or `reconnect` (BEY-03): close what is there, or cancel
    /// what is in progress, and connect at once (BEY-02). There is never a second socket (CONN-63).
    pub(crate) fn reconnect(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Running {
            self.postpone(connection, Postponed::Connect);
            return;
        }
        self.forget_failures(connection);
        self.connections[connection].stays_closed = false;
        match self.connections[connection].state {
            LinkState::Open => self.close(connection, CLOSE_NORMAL, &Reason::Reconnecting, hooks),
            LinkState::Closing | LinkState::Stopped => {} // the new connection follows the close
            LinkState::Connecting => {
                self.deadlines.disarm(Deadline::Opening(connection));
                self.emit(Output::Abort { connection });
                self.connect(connection, hooks);
            }
            LinkState::Idle | LinkState::Backoff { .. } => {
                self.deadlines.disarm(Deadline::Backoff(connection));
                self.connect(connection, hooks);
            }
        }
    }

    /// The action `close`: the connection stays closed until `open`, a write of its address or a reconnect (CONN-94).
    pub(in crate::engine) fn close_by_action(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Running {
            self.postpone(connection, Postponed::Close);
            return;
        }
        self.connections[connection].stays_closed = true;
        match self.connections[connection].state {
            LinkState::Open => self.close(connection, CLOSE_NORMAL, &Reason::ClosedByAction, hooks),
            LinkState::Connecting => {
                self.deadlines.disarm(Deadline::Opening(connection));
                self.emit(Output::Abort { connection });
                self.change_state(connection, LinkState::Idle, Some(Reason::ClosedByAction));
            }
            LinkState::Backoff { .. } => {
                self.deadlines.disarm(Deadline::Backoff(connection));
                self.change_state(connection, LinkState::Idle, Some(Reason::ClosedByAction));
            }
            LinkState::Idle | LinkState::Closing | LinkState::Stopped => {}
        }
    }

    /// The element goes on: what was asked of the connection while it was paused is done now (LIFE-31).
    pub(in crate::engine) fn resume_connection(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        match self.connections[connection].postponed.take() {
            Some(Postponed::Connect) => self.reconnect(connection, hooks),
            Some(Postponed::Close) => self.close_by_action(connection, hooks),
            None => {}
        }
    }

    /// What is asked last counts; an element that does not run asks nothing of its connections any more.
    fn postpone(&mut self, connection: ConnectionIndex, postponed: Postponed) {
        if self.life == Life::Paused {
            self.connections[connection].postponed = Some(postponed);
        }
    }

    /// The element stops: an open connection is closed with 1001, anything else ends at once (BEY-14).
    pub(in crate::engine) fn close_for_good(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        match self.connections[connection].state {
            LinkState::Open => self.close(connection, CLOSE_GOING_AWAY, &Reason::Stopped, hooks),
            LinkState::Closing => self.deadlines.arm(Deadline::Closing(connection), self.now + CLOSING_TIME),
            LinkState::Connecting => {
                self.emit(Output::Abort { connection });
                self.change_state(connection, LinkState::Stopped, Some(Reason::Stopped));
            }
            LinkState::Idle | LinkState::Backoff { .. } | LinkState::Stopped => {
                self.change_state(connection, LinkState::Stopped, Some(Reason::Stopped));
            }
        }
    }

    fn close(&mut self, connection: ConnectionIndex, code: u16, reason: &Reason, hooks: &mut dyn Hooks<'s>) {
        self.end_open(connection);
        self.event(|spec| Event::Close { id: spec.connection(connection).id, code });
        self.emit(Output::Close { connection, code });
        self.deadlines.arm(Deadline::Closing(connection), self.now + CLOSING_TIME);
        self.change_state(connection, LinkState::Closing, Some(reason.clone()));
        self.write_status(connection, false, hooks);
        self.fail_exchange(connection, reason, hooks);
    }

    /// The peer did not answer the close frame.
    pub(in crate::engine) fn closing_timed_out(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        self.emit(Output::Abort { connection });
        self.closed(connection, hooks);
    }

    /// A connection that the element closed is closed now.
    pub(super) fn closed(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        self.deadlines.disarm(Deadline::Closing(connection));
        match self.life {
            Life::Running | Life::Paused if self.connections[connection].stays_closed => {
                self.change_state(connection, LinkState::Idle, Some(Reason::ClosedByAction));
            }
            Life::Running => self.connect(connection, hooks), // CONN-53: first the close, then the new connection
            Life::Paused => {
                self.change_state(connection, LinkState::Idle, Some(Reason::Paused));
                self.connect(connection, hooks);
            }
            Life::Created | Life::Stopping | Life::Stopped => {
                self.change_state(connection, LinkState::Stopped, Some(Reason::Stopped));
                self.stop_if_closed();
            }
        }
    }
}
