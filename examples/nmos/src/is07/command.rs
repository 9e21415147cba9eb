//! The commands of a client (IS-07 "Transport - Websocket", sections 4 and 4.1).

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// One command, from the client to the device. There are exactly two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "lowercase")]
pub enum Command {
    /// Replaces the whole list of subscribed sources; the device answers with the current state of each.
    Subscription {
        /// Source ids (lower-case UUIDs); empty means none.
        sources: Vec<String>,
    },
    /// Says that the client lives; due every 5 s.
    Health {
        /// When it was sent. The device sends it back as it is, so it stays the client's own text.
        timestamp: String,
    },
}

impl Command {
    /// The `health` command of this moment.
    pub fn health_now() -> Self {
        Self::Health { timestamp: Timestamp::now().to_string() }
    }

    /// The command as JSON text.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_the_wire_form_of_the_specification() {
        let subscription = Command::Subscription { sources: vec!["11111111-1111-4111-8111-111111111111".to_owned()] };
        assert_eq!(
            subscription.to_json().unwrap(),
            r#"{"command":"subscription","sources":["11111111-1111-4111-8111-111111111111"]}"#
        );
        let health = Command::Health { timestamp: "1700000000:5".to_owned() };
        assert_eq!(health.to_json().unwrap(), r#"{"command":"health","timestamp":"1700000000:5"}"#);
    }

    #[test]
    fn other_commands_are_refused() {
        assert!(serde_json::from_str::<Command>(r#"{"command":"reset"}"#).is_err());
        assert!(serde_json::from_str::<Command>(r#"{"command":"Health","timestamp":"1:1"}"#).is_err());
    }
}
