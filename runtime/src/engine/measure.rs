//! What metrics are made of, where the outside cannot see it; one branch each while nobody counts.

use std::time::Duration;

use genlock_spec::{ConnectionIndex, PairIndex};

use super::connection::ConnectionState;
use super::output::{Output, PairPhase};
use super::qactions::Call;
use super::{Engine, Time};
use crate::error::Reason;

/// Something to count.
#[derive(Debug)]
#[cfg_attr(not(feature = "metrics"), expect(dead_code, reason = "only metrics read it"))]
pub(crate) enum Measure {
    /// A connection changed its state, for this cause.
    Connection { connection: ConnectionIndex, state: ConnectionState, cause: &'static str },
    /// A pair ended: how, and, when a response answered it, how long after its command was first out.
    Pair { pair: PairIndex, outcome: &'static str, took: Option<Duration> },
    /// A hook of this QAction ran.
    Hook { id: u32, took: Duration },
}

impl Engine<'_> {
    /// Turns [`Output::Measured`] on.
    #[cfg(feature = "metrics")]
    pub(crate) fn set_measured(&mut self) {
        self.measured = true;
    }

    /// How many groups and pairs wait.
    #[cfg(feature = "metrics")]
    pub(crate) fn queue_length(&self) -> usize {
        self.queue.len()
    }

    pub(super) fn measure_connection(&mut self, connection: ConnectionIndex, state: ConnectionState) {
        if self.measured {
            let cause = self.connections[connection].reason().cause();
            self.emit(Output::Measured(Measure::Connection { connection, state, cause }));
        }
    }

    /// A pair got this far.
    pub(super) fn measure_pair(&mut self, pair: PairIndex, phase: &PairPhase) {
        if !self.measured {
            return;
        }
        let outcome = match phase {
            PairPhase::Idle | PairPhase::Queued => return,
            PairPhase::Sent { attempt } => {
                if *attempt == 1 {
                    self.pairs[pair].out = Some(self.now);
                }
                return;
            }
            PairPhase::Answered(_) => "answered",
            PairPhase::TimedOut => "timed_out",
            PairPhase::Failed(Reason::Refused { .. }) => "refused",
            PairPhase::Failed(_) => "failed",
        };
        let out = self.pairs[pair].out.take();
        let is_answer = matches!(phase, PairPhase::Answered(_)) && !self.spec.pair(pair).responses.is_empty();
        let took = out.filter(|_| is_answer).map(|out| since(self.now, out));
        self.emit(Output::Measured(Measure::Pair { pair, outcome, took }));
    }

    /// A hook has returned.
    #[cfg_attr(not(any(feature = "tokio", feature = "sim")), expect(dead_code, reason = "only the shell has a clock"))]
    pub(crate) fn measure_hook(&mut self, call: &Call, took: Duration) {
        if self.measured {
            let id = self.qaction_of(call).id;
            self.emit(Output::Measured(Measure::Hook { id, took }));
        }
    }
}

fn since(now: Time, then: Time) -> Duration {
    now.since_creation().saturating_sub(then.since_creation())
}
