//! What runs beside the element in virtual time: queued QActions (QA-22).

use std::collections::BTreeMap;

use crate::engine::{Call, Engine, Hooks, Input, Time};

/// Hooks of which some run beside the element. What they do in it is like an input of its own.
pub(super) trait Beside<'s>: Hooks<'s> {
    /// Begins the run of a queued QAction, and does what it does at once.
    fn start_queued(&mut self, engine: &mut Engine<'s>, call: Call, now: Time);

    /// When a run goes on by itself.
    fn due(&self) -> Option<Time>;

    /// Goes on with the runs that are due.
    fn run_due(&mut self, engine: &mut Engine<'s>, now: Time);

    /// Something has happened that runs may have waited for.
    fn look_on(&mut self, engine: &mut Engine<'s>, now: Time);
}

/// Runs that wait for their time, in the order in which they are due and were put off.
#[derive(Debug)]
pub(super) struct Delayed<T> {
    runs: BTreeMap<(Time, u64), T>,
    sequence: u64,
}

impl<T> Default for Delayed<T> {
    fn default() -> Self {
        Self { runs: BTreeMap::new(), sequence: 0 }
    }
}

impl<T> Delayed<T> {
    pub(super) fn put_off(&mut self, until: Time, run: T) {
        self.sequence += 1;
        self.runs.insert((until, self.sequence), run);
    }

    pub(super) fn next(&self) -> Option<Time> {
        self.runs.keys().next().map(|(due, _)| *due)
    }

    pub(super) fn take_due(&mut self, now: Time) -> Option<T> {
        let entry = self.runs.first_entry()?;
        (entry.key().0 <= now).then(|| entry.remove())
    }
}

/// Ends the run of a queued QAction.
pub(super) fn ended<'s>(
    engine: &mut Engine<'s>,
    call: Call,
    error: Option<String>,
    now: Time,
    hooks: &mut dyn Hooks<'s>,
) {
    // An element that has stopped meanwhile asks for nothing.
    let _ = engine.take(Input::QueuedEnded { call: Box::new(call), error }, now, hooks);
}
