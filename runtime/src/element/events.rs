//! [`Events`]: what happens in an element, as a bounded stream.

use tokio::sync::broadcast::{self, error::RecvError};

use crate::engine::Event;

/// The events of an element from the moment of the subscription on. A listener that falls behind is told how many
/// events it missed; it never slows the element down.
#[derive(Debug)]
pub struct Events {
    receiver: broadcast::Receiver<Event>,
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

impl Events {
    pub(super) fn new(receiver: broadcast::Receiver<Event>) -> Self {
        Self { receiver }
    }

    /// The next event.
    ///
    /// # Errors
    /// Events were missed, or the element is stopped.
    pub async fn next(&mut self) -> Result<Event, EventsError> {
        self.receiver.recv().await.map_err(|error| match error {
            RecvError::Lagged(missed) => EventsError::Missed(missed),
            RecvError::Closed => EventsError::Stopped,
        })
    }
}
