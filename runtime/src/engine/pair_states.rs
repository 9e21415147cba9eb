//! What those who watch a pair are told of it.

use genlock_spec::PairIndex;

use super::Engine;
use super::event::{Event, PairOutcome};
use super::output::{Output, PairPhase};
use super::time::Time;

/// What changes of a pair while the element runs: what those who watch it are told, and its wait.
#[derive(Debug, Default)]
pub(super) struct PairRun {
    watched: bool,
    phase: PairPhase,
    /// When its command was first out, while it waits for the answer and is measured.
    pub(super) out: Option<Time>,
    /// The wait for its answer that the action `timeout` has set (ACT-97).
    pub(super) timeout_ms: Option<u32>,
}

impl Engine<'_> {
    /// Whether an answer's values are wanted by anybody.
    pub(super) fn answer_is_wanted(&self, pair: PairIndex) -> bool {
        self.pairs[pair].watched || self.running.as_ref().is_some_and(|running| running.entry.ticket.is_some())
    }

    /// Asks for [`Output::Pair`] of this pair; answers where it is now.
    pub(crate) fn watch_pair(&mut self, pair: PairIndex) -> PairPhase {
        self.pairs[pair].watched = true;
        self.pairs[pair].phase.clone()
    }

    /// Entries that would have sent these pairs are gone, or skip them.
    pub(super) fn no_longer_queued(&mut self, pairs: impl IntoIterator<Item = PairIndex>) {
        for pair in pairs {
            let was_queued = matches!(self.pairs[pair].phase, PairPhase::Queued);
            if was_queued && !self.queue.sends(&self.spec, pair) {
                self.pair_is(pair, PairPhase::Idle, None);
            }
        }
    }

    /// Nobody watches this pair any more.
    pub(crate) fn forget_pair(&mut self, pair: PairIndex) {
        self.pairs[pair].watched = false;
    }

    /// Notes a pair's new state.
    pub(super) fn pair_is(&mut self, pair: PairIndex, phase: PairPhase, outcome: Option<PairOutcome>) {
        self.trace_pair(pair, &phase);
        self.measure_pair(pair, &phase);
        // The values of an answer that nobody asked for are not gathered, so there is nothing to show later.
        let is_bare = matches!(phase, PairPhase::Answered(_)) && !self.answer_is_wanted(pair);
        self.pairs[pair].phase = if is_bare { PairPhase::Idle } else { phase.clone() };
        if self.pairs[pair].watched {
            self.emit(Output::Pair { pair, phase });
        }
        if let Some(outcome) = outcome {
            self.pair_told(pair, outcome);
        }
    }

    pub(super) fn pair_told(&mut self, pair: PairIndex, outcome: PairOutcome) {
        self.event(|spec| Event::Pair { id: spec.pair(pair).id, outcome });
    }
}
