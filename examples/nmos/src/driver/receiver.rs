//! What all drivers do with a message: read it, log it, count it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::device::Ledger;
use crate::is07::{Message, State, Timestamp};
use crate::log::{Actor, Log};

/// The state of an element: it lives in the element's task, and the hooks reach it as `cx.state`.
#[derive(Clone, Debug)]
pub(crate) struct Receiver {
    log: Log,
    figures: Arc<Figures>,
    /// The device's book, when it runs in this process.
    ledger: Option<Ledger>,
}

/// What came in so far.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) states_on: AtomicU64,
    pub(crate) states_off: AtomicU64,
    pub(crate) other_states: AtomicU64,
    pub(crate) health: AtomicU64,
    /// The longest time between a `health` command and its answer, in microseconds.
    pub(crate) slowest_health_us: AtomicU64,
    pub(crate) unreadable: AtomicU64,
}

impl Receiver {
    pub(crate) fn new(log: Log, ledger: Option<Ledger>) -> Self {
        Self { log, figures: Arc::default(), ledger }
    }

    pub(crate) fn figures(&self) -> Arc<Figures> {
        self.figures.clone()
    }

    /// Reads one message of the device, logs it and counts it.
    pub(crate) fn receive(&self, text: &str) -> serde_json::Result<Message> {
        let message = serde_json::from_str(text).inspect_err(|error| {
            self.figures.unreadable.fetch_add(1, Ordering::Relaxed);
            self.say("unreadable", format_args!("{error}: {}", text.chars().take(80).collect::<String>()));
        })?;
        match &message {
            Message::State(state) => self.state(state),
            Message::Health { timing } => self.health(timing.origin_timestamp.as_deref()),
            Message::Reboot { identity, .. } => self.say("reboot", format_args!("of {}", identity.source_id)),
            Message::Shutdown { identity, .. } => self.say("shutdown", format_args!("of {}", identity.source_id)),
            // Nothing forbids other types; a client ignores them.
            Message::Other => {}
        }
        Ok(message)
    }

    fn state(&self, state: &State) {
        if let Some(ledger) = &self.ledger {
            ledger.seen(state.timing.creation_timestamp);
        }
        let source = &state.identity.source_id;
        let (figure, value) = match state.boolean() {
            Some(true) => (&self.figures.states_on, "on".to_owned()),
            Some(false) => (&self.figures.states_off, "off".to_owned()),
            None => (&self.figures.other_states, format!("{} {}", state.event_type, state.payload)),
        };
        figure.fetch_add(1, Ordering::Relaxed);
        self.say("state", format_args!("{value:<4} {source}"));
    }

    fn health(&self, origin: Option<&str>) {
        self.figures.health.fetch_add(1, Ordering::Relaxed);
        let round_trip = origin.and_then(|sent| sent.parse().ok()).map(|sent: Timestamp| sent.elapsed());
        if let Some(round_trip) = round_trip {
            let us = u64::try_from(round_trip.as_micros()).unwrap_or(u64::MAX);
            self.figures.slowest_health_us.fetch_max(us, Ordering::Relaxed);
        }
        self.say("health", format_args!("answered {}", Within(round_trip)));
    }

    fn say(&self, what: &str, rest: impl std::fmt::Display) {
        self.log.line(Actor::Driver, what, rest);
    }
}

impl Figures {
    pub(crate) fn states(&self) -> u64 {
        [&self.states_on, &self.states_off, &self.other_states].map(|figure| figure.load(Ordering::Relaxed)).iter().sum()
    }
}

struct Within(Option<Duration>);

impl std::fmt::Display for Within {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(time) => write!(formatter, "within {:.1} ms", time.as_secs_f64() * 1000.0),
            None => formatter.write_str("without the time stamp of its command"),
        }
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
        let receiver = Receiver::new(Log::to(std::io::sink()), Some(ledger.clone()));
        for (event_type, payload) in [("boolean", "true"), ("boolean", "false"), ("boolean", "true"), ("number", "5")] {
            let text = format!(
                r#"{{"message_type":"state","identity":{{"source_id":"s"}},"event_type":"{event_type}","timing":{{"creation_timestamp":"1:1"}},"payload":{{"value":{payload}}}}}"#
            );
            receiver.receive(&text).unwrap();
        }
        receiver
            .receive(r#"{"message_type":"health","timing":{"origin_timestamp":"1:1","creation_timestamp":"1:2"}}"#)
            .unwrap();
        assert!(receiver.receive("tally").is_err());

        let figures = receiver.figures();
        let of = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
        assert_eq!((of(&figures.states_on), of(&figures.states_off), of(&figures.other_states)), (2, 1, 1));
        assert_eq!((figures.states(), of(&figures.health), of(&figures.unreadable)), (4, 1, 1));
        assert!(of(&figures.slowest_health_us) > 0);
        assert_eq!(ledger.outstanding(state), 0);
    }
}
