//! Tells what happens in an element, and keeps count of what only its events show.

use std::time::Duration;

use genlock::{ConnectionState, Event, Events, EventsError};
use tokio::time::Instant;

use crate::is07::Command;
use crate::log::{Actor, Log};

/// What the events of a run came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) subscriptions: u64,
    pub(crate) health_sent: u64,
    /// The time between each loss of the connection and its return or the end of the run, in sum.
    pub(crate) down: Duration,
    down_since: Option<Instant>,
}

impl Report {
    /// Logs and counts events until the element stops.
    pub(crate) async fn follow(mut self, mut events: Events, log: Log) -> Self {
        loop {
            match events.next().await {
                Ok(event) => self.event(&event, &log),
                Err(EventsError::Missed(count)) => log.line(Actor::Driver, "missed", format_args!("{count} events")),
                Err(_) => {
                    self.up_again();
                    return self;
                }
            }
        }
    }

    fn event(&mut self, event: &Event, log: &Log) {
        match event {
            Event::Connect { url, .. } => log.line(Actor::Driver, "connect", url),
            Event::Connection { state: ConnectionState::Open, .. } => self.up_again(),
            Event::Connection { state: ConnectionState::Backoff { .. }, .. } => {
                self.down_since.get_or_insert_with(Instant::now);
            }
            Event::Send { message: Some(message), .. } => {
                let text = message.to_text();
                match serde_json::from_str(&text) {
                    Ok(Command::Subscription { .. }) => self.subscriptions += 1,
                    Ok(Command::Health { .. }) => self.health_sent += 1,
                    Err(_) => {}
                }
                log.line(Actor::Driver, "send", text);
            }
            Event::Close { code, .. } => log.line(Actor::Driver, "close", format_args!("with {code}")),
            // The element's own lines and those of the hooks: "topic: text".
            Event::Log { text, .. } => {
                let (topic, text) = text.split_once(": ").unwrap_or(("log", text));
                log.line(Actor::Driver, topic, text);
            }
            _ => {}
        }
    }

    fn up_again(&mut self) {
        self.down += self.down_since.take().map(|since| since.elapsed()).unwrap_or_default();
    }
}
