//! What can be known of an element without asking it: its task keeps it up to date.

use std::sync::{Arc, Mutex, PoisonError};

use genlock_spec::{AlarmLevel, ConnectionIndex};

use crate::element::{AlarmCounts, ElementStatus};
use crate::engine::{ElementState, Engine};

/// The reader's end. A lock is enough: it is taken at changes of states, and by those who look.
#[derive(Clone, Debug)]
pub(crate) struct Status(Arc<Mutex<ElementStatus>>);

impl Status {
    /// The status of now.
    pub(crate) fn now(&self) -> ElementStatus {
        self.change(|status| status.clone())
    }

    fn change<T>(&self, change: impl FnOnce(&mut ElementStatus) -> T) -> T {
        // A panic while the lock is held can't leave a status half changed that matters.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The task's end. When it is dropped the element has stopped, in whichever way it ended.
#[derive(Debug)]
pub(super) struct StatusKeeper(Status);

impl StatusKeeper {
    pub(super) fn new(engine: &Engine<'static>) -> Self {
        let connections = engine.connection_indices().map(|connection| engine.connection_now(connection));
        let status = ElementStatus {
            state: engine.element_state(),
            connections: connections.collect(),
            alarms: AlarmCounts::default(),
        };
        Self(Status(Arc::new(Mutex::new(status))))
    }

    pub(super) fn status(&self) -> Status {
        self.0.clone()
    }

    pub(super) fn element(&self, state: ElementState) {
        self.0.change(|status| status.state = state);
    }

    pub(super) fn connection(&self, connection: ConnectionIndex, engine: &Engine<'static>) {
        let now = engine.connection_now(connection);
        self.0.change(|status| {
            if let Some(known) = status.connections.iter_mut().find(|known| known.id == now.id) {
                *known = now;
            }
        });
    }

    pub(super) fn alarm(&self, from: AlarmLevel, to: AlarmLevel) {
        self.0.change(|status| status.alarms.moved(from, to));
    }
}

impl Drop for StatusKeeper {
    fn drop(&mut self) {
        self.element(ElementState::Stopped);
    }
}
