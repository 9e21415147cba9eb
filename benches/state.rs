//! The message of the benches, a state event of NMOS IS-07, and what a driver makes of it.

#![expect(dead_code, reason = "a driver would use what is only parsed here")]

use serde::Deserialize;

/// A state message, 350 bytes.
pub(crate) const MESSAGE: &str = r#"{"identity":{"source_id":"7c3a4c4e-6ac7-4f7c-8f0a-3ed2f9a1b2c3","flow_id":"b1c6d0de-2a0b-4a54-9e0b-5d7f1a2b3c4d"},"event_type":"boolean","timing":{"creation_timestamp":"1700000000:123456789","origin_timestamp":"1700000000:123456789","action_timestamp":"1700000000:123456789"},"payload":{"value":true},"message_type":"state","label":"studio camera 1"}"#;

/// Who says it.
#[derive(Debug, Deserialize)]
pub(crate) struct Identity<'m> {
    pub(crate) source_id: &'m str,
    pub(crate) flow_id: &'m str,
}

/// When it was so.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the message")]
pub(crate) struct Timing<'m> {
    pub(crate) creation_timestamp: &'m str,
    pub(crate) origin_timestamp: Option<&'m str>,
    pub(crate) action_timestamp: Option<&'m str>,
}

/// What it is now.
#[derive(Debug, Deserialize)]
pub(crate) struct Payload {
    pub(crate) value: bool,
}

/// A state message, typed; its texts are those of the message.
#[derive(Debug, Deserialize)]
pub(crate) struct State<'m> {
    #[serde(borrow)]
    pub(crate) identity: Identity<'m>,
    pub(crate) event_type: &'m str,
    #[serde(borrow)]
    pub(crate) timing: Timing<'m>,
    pub(crate) payload: Payload,
    pub(crate) message_type: &'m str,
    pub(crate) label: Option<&'m str>,
}

impl<'m> State<'m> {
    pub(crate) fn parse(message: &'m str) -> Option<Self> {
        serde_json::from_str(message).ok()
    }
}
