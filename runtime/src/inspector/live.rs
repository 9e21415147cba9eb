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

/// What a browser is told.
#[derive(Debug)]
enum Told {
    /// How the element is, and what happened lately.
    State(String),
    /// What happened.
    Batch(Arc<Batch>),
    /// How many events it will never hear of.
    Missed(u64),
}

impl Told {
    fn into_event(self) -> Event {
        match self {
            Self::State(json) => Event::default().event("state").data(json),
            Self::Batch(batch) => Event::default().event("batch").data(&batch.json),
            Self::Missed(count) => Event::default().event("missed").data(count.to_string()),
        }
    }
}

impl Viewer {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut viewer| viewer.next().await.map(|told| (Ok(told.into_event()), viewer)))
    }

    /// What comes next; nothing when the page is no longer served.
    async fn next(&mut self) -> Option<Told> {
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
                    return Some(Told::Batch(batch));
                }
                Err(RecvError::Lagged(_)) => self.next = Next::State,
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// The state; before it, how many events the browser has missed since it last heard of any.
    async fn state(&mut self) -> Told {
        let state = self.listed.hub.state().await;
        if let Some(seen) = self.seen.replace(state.seen) {
            let missed = state.seen.saturating_sub(seen);
            if missed > 0 {
                return Told::Missed(missed);
            }
        }
        self.next = Next::Batch;
        Told::State(state.json)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use genlock_codegen::{Options, SourceSet, compile};
    use tokio::sync::watch;

    use super::super::{Elements, clock};
    use super::{Next, Told, Viewer, Viewers};
    use crate::{AnyElement, Connector, Value};

    /// An element without a device: its connection is virtual.
    async fn element() -> AnyElement {
        let xml = r#"<Protocol><Name>Slow</Name><Version>1.0.0.1</Version><ElementType>Slow</ElementType>
            <Connections><Connection id="0" name="None"><Virtual/></Connection></Connections>
            <Params><Param id="1"><Name>Note</Name><Type>read</Type><Interprete><RawType>other</RawType>
            <Type>string</Type><LengthType>next param</LengthType></Interprete></Param></Params></Protocol>"#;
        let output = compile(&SourceSet::new("slow.xml", xml), &Options::default());
        let faults: Vec<String> = output.errors().map(|fault| fault.message.clone()).collect();
        let tables = output.spec.unwrap_or_else(|| panic!("{faults:?}"));
        Connector::new(tables).element("slow").start().await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_browser_that_does_not_read_misses_events_and_holds_up_nobody() {
        let (element, elements) = (element().await, Elements::default());
        elements.add(element.clone());
        let (closing, closed) = watch::channel(false);
        elements.begin(1, &closed);
        let listed = elements.get(0).unwrap();
        let place = Viewers::new().0.try_acquire_owned().unwrap();
        let batches = listed.hub.listen();
        let mut viewer = Viewer { listed, batches, closing: closed, seen: None, next: Next::State, _place: place };
        assert!(matches!(viewer.next().await, Some(Told::State(_))));
        clock::wait(Duration::from_secs(1)).await;
        // It is not read from now on: far more happens than is kept for it.
        for round in 0..100 {
            element.set(1, Value::Text(format!("note {round}").as_str().into())).await.unwrap();
            clock::wait(Duration::from_millis(150)).await;
        }
        let Some(Told::Missed(missed)) = viewer.next().await else { panic!("nothing was missed") };
        assert!(missed >= 100, "{missed} missed");
        let Some(Told::State(state)) = viewer.next().await else { panic!("no state after what was missed") };
        assert!(state.contains("note 99"), "{state}");
        element.set(1, Value::Text("news".into())).await.unwrap();
        let Some(Told::Batch(batch)) = viewer.next().await else { panic!("no batch after the state") };
        assert!(batch.json.contains("news") && !batch.json.contains("note"), "{}", batch.json);
        closing.send_replace(true);
        assert!(viewer.next().await.is_none());
    }
}
