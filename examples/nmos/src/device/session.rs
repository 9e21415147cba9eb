//! What IS-07 asks of a device for one client: the subscription and the health rule ("Transport - Websocket", section 4).

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::tally::Tally;
use crate::is07::{Command, Message, Timestamp, Timing};

/// Two `health` commands missed (5 s each), and 2 s for latency (section 4.1).
pub(crate) const HEALTH_LIMIT: Duration = Duration::from_secs(12);

/// One client's session. It knows neither sockets nor clocks.
#[derive(Debug)]
pub(crate) struct Session {
    /// The subscribed sources, each with the state that was sent last.
    subscribed: BTreeMap<String, Option<Timestamp>>,
    deadline: Instant,
}

/// What a command leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reaction {
    /// The list was replaced; the states of all its sources are due.
    Subscribed { sources: usize, known: usize },
    /// The answer to send.
    Healthy(Message),
    /// Not a command. IS-07 has no error message, so nothing is answered.
    NotACommand(String),
}

impl Session {
    pub(crate) fn new(now: Instant) -> Self {
        Self { subscribed: BTreeMap::new(), deadline: now + HEALTH_LIMIT }
    }

    /// When the client counts as gone. Only `health` commands move it: neither pings nor subscriptions do.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(crate) fn command(&mut self, text: &str, tallies: &[Tally], now: Instant) -> Reaction {
        match serde_json::from_str(text) {
            Ok(Command::Subscription { sources }) => {
                let known = tallies.iter().filter(|tally| sources.iter().any(|id| id == tally.source_id)).count();
                self.subscribed = sources.into_iter().map(|source| (source, None)).collect();
                Reaction::Subscribed { sources: self.subscribed.len(), known }
            }
            Ok(Command::Health { timestamp }) => {
                if let Err(invalid) = timestamp.parse::<Timestamp>() {
                    return Reaction::NotACommand(format!("health with timestamp {timestamp:?}: {invalid}"));
                }
                self.deadline = now + HEALTH_LIMIT;
                let timing = Timing { origin_timestamp: Some(timestamp), creation_timestamp: Timestamp::now() };
                Reaction::Healthy(Message::Health { timing })
            }
            Err(error) => Reaction::NotACommand(error.to_string()),
        }
    }

    /// The subscribed tallies whose state the client has not got yet.
    pub(crate) fn due(&mut self, tallies: &[Tally]) -> Vec<Tally> {
        let mut due = Vec::new();
        for tally in tallies {
            if let Some(sent) = self.subscribed.get_mut(tally.source_id)
                && *sent != Some(tally.since)
            {
                *sent = Some(tally.since);
                due.push(*tally);
            }
        }
        due
    }

    /// Whether the client is subscribed to a tally.
    pub(crate) fn follows(&self, tally: &Tally) -> bool {
        self.subscribed.contains_key(tally.source_id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::sources;
    use super::*;

    const PROGRAM: &str = "11111111-1111-4111-8111-111111111111";
    const PREVIEW: &str = "33333333-3333-4333-8333-333333333333";

    fn subscribe(session: &mut Session, tallies: &[Tally], ids: &[&str]) -> Vec<String> {
        let command = Command::Subscription { sources: ids.iter().map(|id| (*id).to_owned()).collect() };
        session.command(&command.to_json().unwrap(), tallies, Instant::now());
        session.due(tallies).into_iter().map(|tally| tally.source_id.to_owned()).collect()
    }

    #[test]
    fn nothing_is_due_before_a_subscription() {
        assert!(Session::new(Instant::now()).due(&sources()).is_empty());
    }

    #[test]
    fn a_subscription_replaces_the_list_and_every_source_in_it_is_sent_again() {
        let tallies = sources();
        let mut session = Session::new(Instant::now());
        assert_eq!(subscribe(&mut session, &tallies, &[PROGRAM]), [PROGRAM]);
        assert_eq!(subscribe(&mut session, &tallies, &[PROGRAM, PREVIEW]), [PROGRAM, PREVIEW]);
        assert_eq!(subscribe(&mut session, &tallies, &[PREVIEW]), [PREVIEW]);
        assert!(!session.follows(&tallies[0]) && session.follows(&tallies[1]));
        assert!(subscribe(&mut session, &tallies, &[]).is_empty());
        assert!(subscribe(&mut session, &tallies, &["55555555-5555-4555-8555-555555555555"]).is_empty());
    }

    #[test]
    fn a_state_is_due_once() {
        let mut tallies = sources();
        let mut session = Session::new(Instant::now());
        subscribe(&mut session, &tallies, &[PROGRAM]);
        assert!(session.due(&tallies).is_empty());
        tallies[0].since.seconds += 1;
        tallies[1].since.seconds += 1;
        assert_eq!(session.due(&tallies), [tallies[0]]);
    }

    #[test]
    fn health_moves_the_deadline_and_echoes_the_time_stamp_as_it_was() {
        let start = Instant::now();
        let mut session = Session::new(start);
        let later = start + Duration::from_secs(5);
        let reaction = session.command(r#"{"command":"health","timestamp":"0001700000000:5"}"#, &[], later);
        let Reaction::Healthy(Message::Health { timing }) = reaction else { panic!("{reaction:?}") };
        assert_eq!(timing.origin_timestamp.as_deref(), Some("0001700000000:5"));
        assert_eq!(session.deadline(), later + HEALTH_LIMIT);
    }

    #[test]
    fn other_texts_are_no_commands_and_no_sign_of_health() {
        let start = Instant::now();
        let mut session = Session::new(start);
        for text in ["", "{}", "tally", r#"{"command":"health"}"#, r#"{"command":"health","timestamp":"5.1"}"#] {
            let reaction = session.command(text, &[], start + Duration::from_secs(5));
            assert!(matches!(reaction, Reaction::NotACommand(_)), "{text}");
        }
        assert_eq!(session.deadline(), start + HEALTH_LIMIT);
    }
}
