//! The sources of the device: tally lamps that somebody keeps switching.

use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;

use crate::is07::{Identity, Message, State, Timestamp, Timing};

/// A source and its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) source_id: &'static str,
    flow_id: &'static str,
    pub(crate) on: bool,
    /// When the state arose. No two states of a source share it.
    pub(crate) since: Timestamp,
}

impl Tally {
    /// The `state` message; `event_type` and payload are those of a boolean (IS-07 "Event types", section 2.1).
    pub(crate) fn message(&self) -> Message {
        Message::State(State {
            identity: self.identity(),
            event_type: "boolean".to_owned(),
            timing: Timing { origin_timestamp: None, creation_timestamp: self.since },
            payload: json!({ "value": self.on }),
        })
    }

    pub(crate) fn identity(&self) -> Identity {
        Identity { source_id: self.source_id.to_owned(), flow_id: Some(self.flow_id.to_owned()) }
    }

    fn switch(&mut self, now: Timestamp) {
        self.on = !self.on;
        self.since = now;
    }
}

/// All sources of the device: the program tally, which switches at every beat, and the preview tally, at every third.
pub(crate) fn sources() -> Vec<Tally> {
    let ids = [
        ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"),
        ("33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"),
    ];
    let since = Timestamp::now();
    ids.map(|(source_id, flow_id)| Tally { source_id, flow_id, on: false, since }).to_vec()
}

/// Switches the tallies until nobody watches them any more.
pub(crate) async fn keep_switching(tallies: watch::Sender<Vec<Tally>>, beat: Duration) {
    let mut beats = tokio::time::interval(beat);
    beats.tick().await;
    for count in 1_u64.. {
        tokio::select! {
            _ = beats.tick() => {}
            () = tallies.closed() => return,
        }
        tallies.send_modify(|tallies| {
            let now = Timestamp::now();
            for (index, tally) in tallies.iter_mut().enumerate() {
                if count.is_multiple_of(2 * index as u64 + 1) {
                    tally.switch(now);
                }
            }
        });
    }
}
