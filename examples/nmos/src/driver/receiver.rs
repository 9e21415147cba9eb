//! What all drivers do with a message: read it and count it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::device::Ledger;
use crate::is07::{Message, State, Timestamp};

/// The state of an element: it lives in the element's task, and the hooks reach it as `cx.state`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receiver {
    figures: Arc<Figures>,
    /// The device's book, when it runs in this process.
    ledger: Option<Ledger>,
}

/// A message that was read.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) message: Message,
    /// What to write to the log about it, as `topic: text`.
    pub(crate) line: String,
}

/// What came in so far.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) states_on: AtomicU64,
    pub(crate) states_off: AtomicU64,
    pub(crate) other_states: AtomicU64,
    pub(crate) health: AtomicU64,
    /// The longest time between the time stamp of a `health` command and its answer, in microseconds. It includes the pause
    /// after a group, the timer's `Interval` (TMR-11).
    pub(crate) slowest_health_us: AtomicU64,
    pub(crate) unreadable: AtomicU64,
}

impl Receiver {
    pub(crate) fn new(ledger: Option<Ledger>) -> Self {
        Self { figures: Arc::default(), ledger }
    }

    pub(crate) fn figures(&self) -> Arc<Figures> {
        self.figures.clone()
    }

    /// Reads one message of the device and counts it.
    pub(crate) fn receive(&self, text: &str) -> serde_json::Result<Received> {
        let message = serde_json::from_str(text).inspect_err(|_| count(&self.figures.unreadable))?;
        let line = match &message {
            Message::State(state) => self.state(state),
            Message::Health { timing } => self.health(timing.origin_timestamp.as_deref()),
            Message::Reboot { identity, .. } => format!("reboot: {}", identity.source_id),
            Message::Shutdown { identity, .. } => format!("shutdown: {}", identity.source_id),
            // Nothing forbids other types; a client ignores them.
            Message::Other => "ignored: a message of unknown type".to_owned(),
        };
        Ok(Received { message, line })
    }

    fn state(&self, state: &State) -> String {
        if let Some(ledger) = &self.ledger {
            ledger.seen(state.timing.creation_timestamp);
        }
        let (figure, value) = match state.boolean() {
            Some(true) => (&self.figures.states_on, "on".to_owned()),
            Some(false) => (&self.figures.states_off, "off".to_owned()),
            None => (&self.figures.other_states, format!("{} {}", state.event_type, state.payload)),
        };
        count(figure);
        format!("state: {value:<4} {}", state.identity.source_id)
    }

    fn health(&self, origin: Option<&str>) -> String {
        count(&self.figures.health);
        let Some(sent) = origin.and_then(|sent| sent.parse::<Timestamp>().ok()) else {
            return "health: answered without its time stamp".to_owned();
        };
        let round_trip = sent.elapsed();
        let us = u64::try_from(round_trip.as_micros()).unwrap_or(u64::MAX);
        self.figures.slowest_health_us.fetch_max(us, Ordering::Relaxed);
        format!("health: answered {:.1} ms after its time stamp", round_trip.as_secs_f64() * 1000.0)
    }
}

fn count(figure: &AtomicU64) {
    figure.fetch_add(1, Ordering::Relaxed);
}

impl Figures {
    pub(crate) fn states(&self) -> u64 {
        [&self.states_on, &self.states_off, &self.other_states]
            .map(|figure| figure.load(Ordering::Relaxed))
            .iter()
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_counted_by_kind() {
        let ledger = Ledger::default();
        let state = Timestamp { seconds: 1, nanoseconds: 1 };
        ledger.sent(state);
        let receiver = Receiver::new(Some(ledger.clone()));
        for (event_type, payload) in [("boolean", "true"), ("boolean", "false"), ("boolean", "true"), ("number", "5")] {
            let text = format!(
                r#"{{"message_type":"state","identity":{{"source_id":"s"}},"event_type":"{event_type}","timing":{{"creation_timestamp":"1:1"}},"payload":{{"value":{payload}}}}}"#
            );
            receiver.receive(&text).unwrap();
        }
        let health = receiver
            .receive(r#"{"message_type":"health","timing":{"origin_timestamp":"1:1","creation_timestamp":"1:2"}}"#)
            .unwrap();
        assert!(health.line.ends_with(" ms after its time stamp"), "{}", health.line);
        assert!(receiver.receive("tally").is_err());

        let figures = receiver.figures();
        let of = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
        assert_eq!((of(&figures.states_on), of(&figures.states_off), of(&figures.other_states)), (2, 1, 1));
        assert_eq!((figures.states(), of(&figures.health), of(&figures.unreadable)), (4, 1, 1));
        assert!(of(&figures.slowest_health_us) > 0);
        assert_eq!(ledger.outstanding(state), 0);
    }
}
