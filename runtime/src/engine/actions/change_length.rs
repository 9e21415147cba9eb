//! `change length` (ACT-26 to ACT-28).

use genlock_spec::{List, ParamIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::triggers::Fired;
use crate::value::Value;

/// A longer length is cut to this one (ACT-26).
const LONGEST: u32 = 1_048_576;

impl Engine<'_> {
    /// Gives parameters of fixed length the length that `source` holds. That is no event: nobody has set them.
    #[expect(clippy::cast_sign_loss, reason = "negative numbers are left out before")]
    pub(super) fn change_length(
        &mut self,
        action: u32,
        source: Option<ParamIndex>,
        targets: List<ParamIndex>,
        fired: Fired,
    ) -> bool {
        let number = source.and_then(|source| self.value(source)).and_then(Value::to_number);
        let Some(length) = number.filter(|number| *number >= 0.0) else {
            self.log(LogLevel::Error, |_| format!("action {action} changes no length: its parameter holds none"));
            return false;
        };
        let length = (length.min(f64::from(LONGEST))) as u32;
        self.each_target(action, targets, fired.param(), |engine, param| {
            engine.params[param].length = Some(length);
            if engine.resize(param) {
                engine.told(param, false);
            }
            true
        })
    }
}
