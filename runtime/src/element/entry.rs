//! What operators enter, as values.

use genlock_spec::{Discreet, ParamIndex, Spec};

use crate::error::Error;
use crate::value::{Value, parse_number};

/// How many discreets an error lists.
const LISTED: usize = 8;

/// The value that `text` means for a parameter: a discreet by its text or its value, else a number or the text itself.
pub(super) fn value_of(spec: &Spec<'_>, param: ParamIndex, text: &str) -> Result<Value, Error> {
    let row = spec.param(param);
    let discreets = spec.discreets_of(row.discreets);
    let shown = |discreet: &&Discreet| spec.text(discreet.display);
    let exact = discreets.iter().find(|discreet| shown(discreet) == text);
    let close = || discreets.iter().find(|discreet| shown(discreet).eq_ignore_ascii_case(text));
    let raw = || discreets.iter().find(|discreet| spec.text(discreet.value) == text);
    if let Some(discreet) = exact.or_else(raw).or_else(close) {
        return Ok(of_discreet(spec, discreet));
    }
    if !row.value_type.is_number() {
        return Ok(Value::Text(text.into()));
    }
    parse_number(text).map(Value::Number).ok_or_else(|| {
        // What was entered may be a password in the wrong field, so it is not repeated.
        let listed: Vec<&str> = discreets.iter().take(LISTED).map(|discreet| spec.text(discreet.display)).collect();
        let reason = match (listed.as_slice(), discreets.len() > LISTED) {
            ([], _) => "what was entered is no number".to_owned(),
            (listed, false) => format!("what was entered is no number and none of: {}", listed.join(", ")),
            (listed, true) => format!("what was entered is no number and none of: {}, …", listed.join(", ")),
        };
        Error::Value { pid: row.pid, reason }
    })
}

/// The value that the press of a button sets.
pub(super) fn of_button(spec: &Spec<'_>, param: ParamIndex) -> Result<Value, Error> {
    let row = spec.param(param);
    let first = spec.discreets_of(row.discreets).first();
    first.map(|discreet| of_discreet(spec, discreet)).ok_or_else(|| Error::Value {
        pid: row.pid,
        reason: "it is no button, as it has no discreets; set a value instead".to_owned(),
    })
}

fn of_discreet(spec: &Spec<'_>, discreet: &Discreet) -> Value {
    discreet.number.map_or_else(|| Value::Text(spec.text(discreet.value).into()), Value::Number)
}
