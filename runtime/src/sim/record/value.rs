//! Values in a record: what they were, whatever the type of their parameter.

use bytes::Bytes;
use genlock_spec::{ParamIndex, Spec, ValueType};
use serde::{Deserialize, Serialize};

use super::format::Assignment;
use crate::sim::hooks::param;
use crate::sim::value::hex;
use crate::value::Value;

/// What a secret text is in a replay.
const HIDDEN: &str = "(hidden)";

/// A value as a record has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum LoggedValue {
    Number(f64),
    Text(String),
    Other(OtherValue),
}

/// What JSON has no form of its own for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum OtherValue {
    /// Bytes, in hexadecimal digits.
    Hex(String),
    /// `NaN`, `inf` or `-inf`.
    Number(String),
    /// The value of a secret parameter, which is not written down.
    Hidden(bool),
}

impl From<&Value> for LoggedValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Number(number) if number.is_finite() => Self::Number(*number),
            Value::Number(number) => Self::Other(OtherValue::Number(number.to_string())),
            Value::Text(text) => Self::Text(text.as_str().to_owned()),
            Value::Bytes(bytes) => Self::Other(OtherValue::Hex(data_encoding::HEXLOWER.encode(bytes))),
        }
    }
}

impl Assignment {
    /// A value of a parameter; a secret one is not written down.
    pub(super) fn new(spec: &Spec<'_>, param: ParamIndex, value: &Value) -> Self {
        let row = spec.param(param);
        let value = if row.secret { LoggedValue::Other(OtherValue::Hidden(true)) } else { value.into() };
        Self { pid: row.pid, value }
    }

    /// What the store had for the parameter `pid`, which the connector may not have any more.
    pub(super) fn saved(spec: &Spec<'_>, pid: u32, value: &Bytes) -> Self {
        let value = Value::from_bytes(value.clone());
        param(spec, pid).map_or_else(|_| Self { pid, value: (&value).into() }, |param| Self::new(spec, param, &value))
    }

    /// The parameter and its value.
    pub(super) fn read(&self, spec: &Spec<'_>) -> Result<(ParamIndex, Value), String> {
        let param = param(spec, self.pid)?;
        Ok((param, self.value.read(spec.param(param).value_type)?))
    }

    /// What the store had.
    pub(super) fn read_saved(&self, spec: &Spec<'_>) -> Result<(u32, Bytes), String> {
        let kind = param(spec, self.pid).map_or(ValueType::Text, |param| spec.param(param).value_type);
        Ok((self.pid, self.value.read(kind)?.to_bytes()))
    }
}

impl LoggedValue {
    fn read(&self, kind: ValueType) -> Result<Value, String> {
        Ok(match self {
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text.as_str().into()),
            Self::Other(OtherValue::Hex(digits)) => Value::Bytes(hex(digits)?),
            Self::Other(OtherValue::Number(text)) => {
                Value::Number(text.parse().map_err(|_| format!("`{text}` is no number"))?)
            }
            Self::Other(OtherValue::Hidden(_)) if kind == ValueType::Number => Value::Number(0.0),
            Self::Other(OtherValue::Hidden(_)) => Value::Text(HIDDEN.into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written_and_read(value: &Value) -> Value {
        let text = serde_json::to_string(&LoggedValue::from(value)).unwrap();
        serde_json::from_str::<LoggedValue>(&text).unwrap().read(ValueType::Text).unwrap()
    }

    #[test]
    fn a_value_is_read_as_it_was_written() {
        let mut random = fastrand::Rng::with_seed(1);
        let any = std::iter::repeat_with(|| f64::from_bits(random.u64(..))).filter(|number| !number.is_nan());
        for number in any.take(10_000).chain([0.0, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY]) {
            assert_eq!(written_and_read(&Value::Number(number)), Value::Number(number));
        }
        assert!(matches!(written_and_read(&Value::Number(f64::NAN)), Value::Number(number) if number.is_nan()));
        for text in ["", "1", "a\"\\\u{0}\u{7f}\r\né🦀", "{\"hex\":\"00\"}"] {
            assert_eq!(written_and_read(&Value::Text(text.into())), Value::Text(text.into()));
        }
        let bytes = Value::Bytes(Bytes::from_static(&[0, 0xff, 0xc3]));
        assert_eq!(written_and_read(&bytes), bytes);
    }
}
