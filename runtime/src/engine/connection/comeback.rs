//! What becomes of a connection that is down: another attempt and when, or none.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::super::Engine;
use super::super::deadline::Deadline;
use super::backoff::{self, Wish};
use super::state::LinkState;
use crate::close_code::{Afterwards, afterwards};
use crate::error::Reason;
use crate::settings::{Backoff, Reconnect};

/// What we close with when the peer sends more than the limits allow (RFC 6455, section 7.4.1).
const MESSAGE_TOO_BIG: u16 = 1009;

impl Engine<'_> {
    /// The state of a connection that is down for `reason`, and the reason that is told of it. `asked` is how long the
    /// server wants to be left alone.
    pub(super) fn comeback(
        &mut self,
        connection: ConnectionIndex,
        reason: &Reason,
        asked: Option<Duration>,
    ) -> (LinkState, Reason) {
        match self.options.connections[connection].reconnect {
            // Like an unusable address: wait for the next write (CONN-60).
            _ if matches!(reason, Reason::Unsupported(_)) => (LinkState::Idle, reason.clone()),
            Reconnect::Automatic(backoff) => self.try_again(connection, &backoff, reason, asked), // BEY-01, BEY-02
            Reconnect::Documented => (LinkState::Idle, reason.clone()),                           // CONN-93
        }
    }

    /// Counts an attempt that failed, or a connection that broke.
    pub(super) fn count_end(&mut self, connection: ConnectionIndex, reason: &Reason) {
        if !self.connections[connection].is_open() {
            self.counters.failed_attempts += 1;
            return;
        }
        self.counters.broken += 1;
        match reason {
            Reason::PingTimeout(_) => self.counters.broken_by_silence += 1,
            Reason::Protocol { code: MESSAGE_TOO_BIG, .. } => self.counters.broken_by_limits += 1,
            Reason::Protocol { .. } => self.counters.broken_by_rules += 1,
            _ => {}
        }
    }

    fn try_again(
        &mut self,
        connection: ConnectionIndex,
        backoff: &Backoff,
        reason: &Reason,
        asked: Option<Duration>,
    ) -> (LinkState, Reason) {
        let after = match reason {
            Reason::ClosedByPeer { code: Some(code), .. } => afterwards(*code),
            _ => Afterwards::Again,
        };
        let link = &mut self.connections[connection];
        link.refusals = if after == Afterwards::Refused { link.refusals.saturating_add(1) } else { 0 };
        if let Reason::ClosedByPeer { code: Some(code), reason: words } = reason
            && (1..=link.refusals).contains(&backoff.give_up_after)
        {
            let given_up = Reason::GivenUp { times: link.refusals, code: *code, reason: words.clone() };
            return (LinkState::Idle, given_up);
        }
        let wish = match (after, asked) {
            (Afterwards::Later, _) => Wish::Later,
            (_, Some(asked)) => Wish::After(asked),
            (_, None) => Wish::None,
        };
        let delay = backoff::delay(backoff, link.failures, wish, self.random.f64());
        link.failures = link.failures.saturating_add(1);
        self.deadlines.arm(Deadline::Backoff(connection), self.now + delay);
        (LinkState::Backoff { delay }, reason.clone())
    }

    /// The connection has been open for long enough to start from the shortest wait again, or somebody asks for it.
    pub(in crate::engine) fn forget_failures(&mut self, connection: ConnectionIndex) {
        let link = &mut self.connections[connection];
        (link.failures, link.refusals) = (0, 0);
    }
}
