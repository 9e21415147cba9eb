//! Tells what happens in an element, and keeps count of what only its events show.

use std::time::Duration;

use genlock::{ConnectionState, Event, Events, EventsError, LogLevel};
use tokio::time::Instant;

use crate::is07::Command;
use crate::log::{Actor, Log};

/// What the events of a run came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) subscriptions: u64,
    pub(crate) health_sent: u64,
    /// The time between each loss of the connection and its return, in sum.
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
                Err(_) => return self,
            }
        }
    }

    fn event(&mut self, event: &Event, log: &Log) {
        match event {
            Event::Connect { url, .. } => log.line(Actor::Driver, "connecting", url),
            Event::Connection { state, reason, .. } => self.connection(*state, reason, log),
            Event::Send { message, .. } => {
                let text = message.to_text();
                match serde_json::from_str(&text) {
                    Ok(Command::Subscription { .. }) => self.subscriptions += 1,
                    Ok(Command::Health { .. }) => self.health_sent += 1,
                    Err(_) => {}
                }
                log.line(Actor::Driver, "send", text);
            }
            Event::Close { code, .. } => log.line(Actor::Driver, "close", format_args!("with {code}")),
            Event::QActionFailed { id, error, .. } => {
                log.line(Actor::Driver, "failed", format_args!("QAction {id}: {error}"));
            }
            Event::Log { level: level @ (LogLevel::Warning | LogLevel::Error), text } => {
                log.line(Actor::Driver, if *level == LogLevel::Error { "error" } else { "warning" }, text);
            }
            _ => {}
        }
    }

    fn connection(&mut self, state: ConnectionState, reason: &str, log: &Log) {
        match state {
            ConnectionState::Open => {
                let down = self.down_since.take().map(|since| since.elapsed());
                self.down += down.unwrap_or_default();
                match down {
                    Some(down) => log.line(Actor::Driver, "open", format_args!("again, after {:.2} s", down.as_secs_f64())),
                    None => log.line(Actor::Driver, "open", ""),
                }
            }
            ConnectionState::Backoff { delay, .. } => {
                self.down_since.get_or_insert_with(Instant::now);
                log.line(Actor::Driver, "lost", reason);
                log.line(Actor::Driver, "waiting", format_args!("{:.2} s before the next attempt", delay.as_secs_f64()));
            }
            ConnectionState::Idle => log.line(Actor::Driver, "closed", reason),
            ConnectionState::Stopped => log.line(Actor::Driver, "stopped", ""),
            _ => {}
        }
    }
}
