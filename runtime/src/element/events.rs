//! [`Events`]: what happens in an element, and its stream log, as bounded streams.

use tokio::sync::broadcast::{self, error::RecvError};

use crate::engine::Event;

/// The events of an element, or the lines of its stream log, from the moment of the subscription on. A listener that falls behind is told how many
/// events it missed; it never slows the element down.
#[derive(Debug)]
pub struct Events<T = Event> {
    receiver: broadcast::Receiver<T>,
}

/// Why there is no next event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventsError {
    /// So many events were dropped because the listener fell behind; the next call gives the oldest one that is left.
    #[error("{0} events were missed: the listener fell behind")]
    Missed(u64),
    /// The element is stopped; no event follows.
    #[error("the element is stopped")]
    Stopped,
}

impl<T: Clone> Events<T> {
    pub(super) fn new(receiver: broadcast::Receiver<T>) -> Self {
        Self { receiver }
    }

    /// The next event.
    ///
    /// # Errors
    /// Events were missed, or the element is stopped.
    pub async fn next(&mut self) -> Result<T, EventsError> {
        self.receiver.recv().await.map_err(|error| match error {
            RecvError::Lagged(missed) => EventsError::Missed(missed),
            RecvError::Closed => EventsError::Stopped,
        })
    }
}
