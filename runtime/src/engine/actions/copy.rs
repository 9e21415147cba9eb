//! `copy` (ACT-40 to ACT-45) and `copy reverse` (ACT-46).

use genlock_spec::{List, ParamIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use super::super::triggers::Fired;
use crate::value::Value;

impl<'s> Engine<'s> {
    /// All of the value, also behind a zero byte (PARAM-186).
    pub(super) fn copy(
        &mut self,
        action: u32,
        source: Option<ParamIndex>,
        reversed: bool,
        targets: List<ParamIndex>,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let Some(source) = source.or(fired.param()) else {
            self.log(LogLevel::Error, |_| format!("action {action} has no source: no parameter fired its trigger"));
            return false;
        };
        let value = self.params[source].value.clone();
        let value = if reversed { value.map(|value| reverse(&value)) } else { value };
        self.spec.list(targets).fold(true, |_, target| {
            let Some(value) = value.clone() else {
                self.clear_value(target, hooks); // ACT-45
                return true;
            };
            self.set_by_action(action, target, value, hooks)
        })
    }
}

/// The characters of a text, or the bytes of what is none, from the last to the first.
fn reverse(value: &Value) -> Value {
    match value {
        Value::Bytes(bytes) => Value::Bytes(bytes.iter().rev().copied().collect()),
        value => Value::Text(value.to_text().chars().rev().collect::<String>().into()),
    }
}
