//! What happens in an element, as it happens: server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::Shared;
use super::elements::Listed;
use super::hub::Batch;

/// How many browsers may follow elements at once.
const VIEWERS: usize = 64;
/// A line that says nothing goes out so often, so that a browser that is gone is noticed.
const ALIVE: Duration = Duration::from_secs(15);

/// How many may still follow.
pub(super) struct Viewers(Arc<Semaphore>);

impl Viewers {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(VIEWERS)))
    }
}

/// A browser that follows an element.
struct Viewer {
    listed: Arc<Listed>,
    batches: broadcast::Receiver<Arc<Batch>>,
    closing: watch::Receiver<bool>,
    /// How many events the browser knows of; none before the first state.
    seen: Option<u64>,
    /// What comes before the next batch.
    next: Next,
    _place: OwnedSemaphorePermit,
}

enum Next {
    State,
    Batch,
}

/// The state of an element, then what happens: an endless answer.
///
/// The browser's socket decides how fast it is read. A browser that falls behind loses batches, never the element any
/// time: it is told how many events it missed, and gets the state anew.
pub(super) async fn live(State(shared): State<Arc<Shared>>, Path(key): Path<u64>) -> Response {
    let Some(listed) = shared.elements.get(key) else {
        return (StatusCode::NOT_FOUND, "there is no such element on this page any more\n").into_response();
    };
    let Ok(place) = Arc::clone(&shared.viewers.0).try_acquire_owned() else {
        let full = format!("{VIEWERS} browsers follow elements already; close one of them\n");
        return (StatusCode::SERVICE_UNAVAILABLE, full).into_response();
    };
    let batches = listed.hub.listen();
    listed.hub.follow(&shared.closing);
    let closing = shared.closing.clone();
    let viewer = Viewer { listed, batches, closing, seen: None, next: Next::State, _place: place };
    Sse::new(viewer.events()).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

impl Viewer {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut viewer| viewer.next().await.map(|event| (Ok(event), viewer)))
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if matches!(self.next, Next::State) {
                return Some(self.state().await);
            }
            let batch = tokio::select! {
                batch = self.batches.recv() => batch,
                _ = self.closing.wait_for(|closing| *closing) => return None,
            };
            match batch {
                // The state has it already.
                Ok(batch) if self.seen.is_some_and(|seen| batch.seen <= seen) => {}
                Ok(batch) => {
                    self.seen = Some(batch.seen);
                    return Some(Event::default().event("batch").data(&batch.json));
                }
                Err(RecvError::Lagged(_)) => self.next = Next::State,
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// The state; before it, how many events the browser has missed since it last heard of any.
    async fn state(&mut self) -> Event {
        let state = self.listed.hub.state().await;
        if let Some(seen) = self.seen.replace(state.seen) {
            let missed = state.seen.saturating_sub(seen);
            if missed > 0 {
                return Event::default().event("missed").data(missed.to_string());
            }
        }
        self.next = Next::Batch;
        Event::default().event("state").data(state.json)
    }
}
