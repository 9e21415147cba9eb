//! What metrics are told of an element (feature `metrics`); nothing without the feature.

#[cfg(feature = "metrics")]
mod handles;

use genlock_spec::{AlarmLevel, ConnectionIndex};

#[cfg(feature = "metrics")]
use self::handles::Handles;
use crate::engine::{ElementState, Engine, Measure};

/// Counts what happens in an element.
#[derive(Debug)]
pub(super) struct Meter {
    #[cfg(feature = "metrics")]
    handles: Box<Handles>,
}

#[cfg(feature = "metrics")]
impl Meter {
    pub(super) fn new(engine: &mut Engine<'static>) -> Self {
        engine.set_measured();
        Self { handles: Box::new(Handles::new(engine)) }
    }

    pub(super) fn received(&mut self, connection: ConnectionIndex, bytes: usize) {
        self.handles.received(connection, bytes);
    }

    /// A message goes to the socket.
    pub(super) fn sending(&mut self, connection: ConnectionIndex, bytes: usize) {
        self.handles.sending(connection, bytes);
    }

    /// The socket took it.
    pub(super) fn sent(&mut self, connection: ConnectionIndex) {
        self.handles.sent(connection);
    }

    pub(super) fn element(&mut self, state: ElementState) {
        self.handles.element(state);
    }

    pub(super) fn alarm(&mut self, from: AlarmLevel, to: AlarmLevel) {
        self.handles.alarm(from, to);
    }

    pub(super) fn measured(&mut self, measure: &Measure, engine: &Engine<'static>) {
        self.handles.measured(measure, engine);
    }

    /// The engine has done all that an input causes.
    pub(super) fn settle(&mut self, engine: &Engine<'static>) {
        self.handles.settle(engine);
    }
}

#[cfg(not(feature = "metrics"))]
#[expect(clippy::unused_self, reason = "the same calls as with metrics")]
impl Meter {
    pub(super) fn new(_: &mut Engine<'static>) -> Self {
        Self {}
    }

    pub(super) fn received(&mut self, _: ConnectionIndex, _: usize) {}

    pub(super) fn sending(&mut self, _: ConnectionIndex, _: usize) {}

    pub(super) fn sent(&mut self, _: ConnectionIndex) {}

    pub(super) fn element(&mut self, _: ElementState) {}

    pub(super) fn alarm(&mut self, _: AlarmLevel, _: AlarmLevel) {}

    pub(super) fn measured(&mut self, _: &Measure, _: &Engine<'static>) {}

    pub(super) fn settle(&mut self, _: &Engine<'static>) {}
}
