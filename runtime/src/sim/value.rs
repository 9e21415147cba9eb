//! Values between JSON and the engine.

use bytes::Bytes;
use data_encoding::HEXLOWER_PERMISSIVE;
use genlock_spec::{MessageType, ValueType};
use serde_json::{Value as Json, json};

use crate::value::Value;

/// The raw value that `json` is for a parameter of type `kind`.
pub(super) fn from_json(json: &Json, kind: ValueType) -> Result<Value, String> {
    match (json, kind) {
        (Json::Number(number), ValueType::Number) => number.as_f64().map(Value::Number).ok_or_else(|| refused(json)),
        (Json::String(text), _) => Ok(Value::Text(text.as_str().into())),
        (Json::Number(number), ValueType::Text) => Ok(Value::Text(number.to_string().into())),
        (Json::Object(object), _) => match object.get("hex").and_then(Json::as_str) {
            Some(text) if object.len() == 1 => hex(text).map(Value::Bytes),
            _ => Err(refused(json)),
        },
        _ => Err(refused(json)),
    }
}

/// A value as the trace shows it.
pub(super) fn to_json(value: Option<&Value>) -> Json {
    match value {
        None => Json::Null,
        // Whole numbers as such: `1`, not `1.0`.
        #[expect(clippy::cast_precision_loss, reason = "the bound is exact")]
        Some(&Value::Number(number)) if number.fract() == 0.0 && number.abs() < (1_u64 << 53) as f64 => {
            json!(number as i64)
        }
        Some(Value::Number(number)) => json!(number),
        Some(Value::Text(text)) => json!(text.as_str()),
        Some(Value::Bytes(bytes)) => json!({ "hex": HEXLOWER_PERMISSIVE.encode(bytes) }),
    }
}

/// The bytes that `text` says in hexadecimal digits.
pub(super) fn hex(text: &str) -> Result<Bytes, String> {
    let digits: String = text.split_whitespace().collect();
    HEXLOWER_PERMISSIVE
        .decode(digits.as_bytes())
        .map(Bytes::from)
        .map_err(|_| format!("`{text}` is not bytes in hexadecimal digits, such as `0a0b`"))
}

/// A message of a script or a record: a text, or bytes in hexadecimal digits.
pub(super) fn message(text: Option<&str>, binary: Option<&str>) -> Result<(MessageType, Bytes), String> {
    match (text, binary) {
        (Some(text), None) => Ok((MessageType::Text, Bytes::copy_from_slice(text.as_bytes()))),
        (None, Some(digits)) => Ok((MessageType::Binary, hex(digits)?)),
        _ => Err("a message is either `text` or `binary`".to_owned()),
    }
}

fn refused(json: &Json) -> String {
    format!("`{json}` is no raw value: write a number, a text, or {{\"hex\":\"0a\"}}")
}
