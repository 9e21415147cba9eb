//! What users may enter in a write parameter (PARAM-149).

use genlock_spec::{EntryRange, ParamIndex, ValueType};

use super::Engine;
use crate::error::Error;
use crate::value::Value;

/// How far a number may be from a step, in steps: what divisions of decimals leave.
const NEARLY: f64 = 1e-6;

impl Engine<'_> {
    /// A value that is in the parameter's list is one of its special entries, whatever its range is (PARAM-108).
    pub(super) fn check_entry(&self, param: ParamIndex, value: &Value) -> Result<(), Error> {
        let row = self.spec.param(param);
        let Some(range) = row.entry else { return Ok(()) };
        let text = value.to_text();
        let is_listed = self.spec.discreets_of(row.discreets).iter().any(|discreet| match discreet.number {
            Some(number) => value.to_number() == Some(number),
            None => *text == *self.spec.text(discreet.value),
        });
        let reason = match row.value_type {
            _ if is_listed => None,
            ValueType::Text => length_reason(range, text.chars().count()),
            ValueType::Number | ValueType::HighNibble => {
                value.to_number().and_then(|number| number_reason(range, number, row.secret))
            }
        };
        reason.map_or(Ok(()), |reason| Err(Error::Value { pid: row.pid, reason }))
    }
}

#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn length_reason(range: EntryRange, length: usize) -> Option<String> {
    let bound = match range {
        EntryRange { low: Some(low), .. } if (length as f64) < low => format!("at least {low}"),
        EntryRange { high: Some(high), .. } if length as f64 > high => format!("at most {high}"),
        _ => return None,
    };
    Some(format!("it has {length} characters; enter {bound}"))
}

fn number_reason(range: EntryRange, number: f64, secret: bool) -> Option<String> {
    let shown = if secret { "the value".to_owned() } else { number.to_string() };
    let bound = match range {
        EntryRange { low: Some(low), .. } if number < low => format!("at least {low}"),
        EntryRange { high: Some(high), .. } if number > high => format!("at most {high}"),
        EntryRange { low, step: Some(step), .. } => {
            let low = low.unwrap_or_default();
            let steps = (number - low) / step;
            if (steps - steps.round()).abs() < NEARLY {
                return None;
            }
            format!("{low} plus a multiple of {step}")
        }
        _ => return None,
    };
    Some(format!("{shown} is out of its range; enter {bound}"))
}
