//! The messages of a device (IS-07 "Message types", section 1).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Timestamp;

/// One message, from the device to the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message_type", rename_all = "snake_case")]
pub enum Message {
    /// A source has, or still has, this value.
    State(State),
    /// The answer to one `health` command.
    Health {
        /// `origin_timestamp` is the time stamp of the command, character for character.
        timing: Timing,
    },
    /// The emitter restarts on purpose.
    Reboot {
        /// Whose states are about to stop.
        identity: Identity,
        /// When this was said.
        timing: Timing,
    },
    /// The emitter goes away on purpose.
    Shutdown {
        /// Whose states are about to stop.
        identity: Identity,
        /// When this was said.
        timing: Timing,
    },
    /// A type that this program does not know: to be ignored.
    #[serde(other)]
    Other,
}

/// The body of a `state` message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Whose state it is.
    pub identity: Identity,
    /// `boolean`, `string`, `number` or a refinement such as `number/temperature/C`.
    pub event_type: String,
    /// When the state arose.
    pub timing: Timing,
    /// The value, in the form that `event_type` says.
    pub payload: Value,
}

impl State {
    /// The value of a boolean state; `None` for every other event type.
    pub fn boolean(&self) -> Option<bool> {
        // "boolean/enum/{Name}" has the same payload (IS-07 "Event types").
        let base = self.event_type.split('/').next()?;
        (base == "boolean").then(|| self.payload.get("value")?.as_bool()).flatten()
    }
}

/// Where a message comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// UUID of the source.
    pub source_id: String,
    /// UUID of the flow; present over a transport, absent in the REST answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_id: Option<String>,
}

/// The time stamps of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// Time stamp of what caused the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_timestamp: Option<String>,
    /// When the message was made.
    pub creation_timestamp: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Message {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_boolean_state_is_read() {
        let Message::State(state) = parse(
            r#"{"message_type":"state","identity":{"source_id":"11111111-1111-4111-8111-111111111111","flow_id":"22222222-2222-4222-8222-222222222222"},"event_type":"boolean","timing":{"creation_timestamp":"1700000000:1"},"payload":{"value":true}}"#,
        ) else {
            panic!("not a state");
        };
        assert_eq!(state.boolean(), Some(true));
        assert_eq!(state.timing.creation_timestamp.to_string(), "1700000000:1");
    }

    #[test]
    fn only_boolean_event_types_have_a_boolean_value() {
        for (event_type, payload, expected) in [
            ("boolean", r#"{"value":false}"#, Some(false)),
            ("boolean/enum/Tally", r#"{"value":true}"#, Some(true)),
            ("boolean", r#"{"value":1}"#, None),
            ("Boolean", r#"{"value":true}"#, None),
            ("string", r#"{"value":"true"}"#, None),
            ("number", r#"{"value":201,"scale":10}"#, None),
        ] {
            let Message::State(state) = parse(&format!(
                r#"{{"message_type":"state","identity":{{"source_id":"s"}},"event_type":"{event_type}","timing":{{"creation_timestamp":"1:1"}},"payload":{payload}}}"#
            )) else {
                panic!("not a state");
            };
            assert_eq!(state.boolean(), expected, "{event_type} {payload}");
        }
    }

    #[test]
    fn messages_are_written_as_the_specification_shows_them() {
        let health = r#"{"message_type":"health","timing":{"origin_timestamp":"1700000000:5","creation_timestamp":"1700000000:900"}}"#;
        assert_eq!(serde_json::to_string(&parse(health)).unwrap(), health);
        let reboot = r#"{"message_type":"reboot","identity":{"source_id":"s"},"timing":{"creation_timestamp":"1:1"}}"#;
        assert_eq!(serde_json::to_string(&parse(reboot)).unwrap(), reboot);
    }

    #[test]
    fn unknown_message_types_and_fields_are_ignored() {
        assert_eq!(parse(r#"{"message_type":"connection_status","active":true}"#), Message::Other);
        assert!(matches!(
            parse(r#"{"message_type":"health","timing":{"creation_timestamp":"1:1","x":1},"y":2}"#),
            Message::Health { .. }
        ));
        assert!(serde_json::from_str::<Message>(r#"{"message":"state"}"#).is_err());
    }
}
