//! Values as a browser reads them.

use serde_json::{Value as Json, json};

use crate::engine::{ConnectionState, ElementState};
use crate::value::Value;

/// How much of a text a browser is given; beyond that nobody reads it on a page.
const SHOWN: usize = 8192;
/// How many bytes are given as hexadecimal digits.
const SHOWN_BYTES: usize = 1024;

/// A value: a number, a text, or what is left of what is too long or no text.
pub(super) fn value(value: Option<&Value>) -> Json {
    match value {
        None => Json::Null,
        Some(Value::Number(number)) if number.is_finite() => json!(number),
        Some(Value::Number(number)) => json!(number.to_string()),
        Some(Value::Text(text)) if text.len() <= SHOWN => json!(&**text),
        Some(Value::Text(text)) => json!({ "cut": cut(text, SHOWN), "bytes": text.len() }),
        Some(Value::Bytes(bytes)) => {
            let shown = bytes.get(..SHOWN_BYTES).unwrap_or(bytes);
            json!({ "hex": data_encoding::HEXLOWER.encode(shown), "bytes": bytes.len() })
        }
    }
}

/// The beginning of `text`, of whole characters.
pub(super) fn cut(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

pub(super) const fn element(state: ElementState) -> &'static str {
    match state {
        ElementState::Active => "active",
        ElementState::Timeout => "timeout",
        ElementState::Paused => "paused",
        ElementState::Stopped => "stopped",
    }
}

pub(super) const fn connection(state: &ConnectionState) -> &'static str {
    match state {
        ConnectionState::Idle => "closed",
        ConnectionState::Connecting { .. } => "connecting",
        ConnectionState::Open => "open",
        ConnectionState::Closing => "closing",
        ConnectionState::Backoff { .. } => "backoff",
        ConnectionState::Stopped => "stopped",
    }
}
