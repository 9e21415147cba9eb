//! Whether a message is taken as the answer to the waiting pair (BEY-23).

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, PairIndex};

use super::Engine;
use super::event::LogLevel;
use super::record::HookStep;

impl Engine<'_> {
    /// The pair whose answer a message on this connection may be: the one that waits (RSP-04), unless the user's function
    /// says that the message is not its answer.
    pub(super) fn answered_pair(&mut self, connection: ConnectionIndex, message: &Bytes) -> Option<PairIndex> {
        let pair = self.waiting_pair(connection)?;
        let correlations = &mut self.options.correlations;
        // Few pairs have one, mostly none.
        let Some(position) = correlations.iter().position(|(known, _)| *known == pair) else { return Some(pair) };
        let command = self.exchange()?.bytes.clone();
        let (_, correlation) = self.options.correlations.get_mut(position)?;
        let is_answer = correlation.is_answer(&command, message).unwrap_or_else(|panic| {
            let id = self.spec.pair(pair).id;
            self.log(LogLevel::Error, |_| {
                format!("the correlation of pair {id} panicked: {panic}; the message may answer the pair")
            });
            true
        });
        self.note_step(|| HookStep::Correlated(is_answer));
        is_answer.then_some(pair)
    }
}
