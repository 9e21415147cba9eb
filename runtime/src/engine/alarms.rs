//! Alarm levels of monitored parameters (ALM-01 to ALM-19).

use genlock_spec::{AlarmLevel, ParamIndex};

use super::Engine;
use super::event::Event;
use crate::value::Value;

impl Engine<'_> {
    /// Evaluates the thresholds of a parameter that was set. ALM-17: an update within a level is no news.
    #[expect(clippy::float_cmp, reason = "ALM-05: a discreet level holds for exactly its raw value")]
    pub(super) fn update_alarm(&mut self, param: ParamIndex) {
        let row = self.spec.param(param);
        let thresholds = self.spec.thresholds_of(row.alarms);
        if thresholds.is_empty() {
            return;
        }
        let holds = |value: &Value| {
            thresholds.iter().find(|threshold| match (value, threshold.number) {
                (Value::Number(value), Some(number)) => *value == number,
                (value, _) => value.to_text() == *self.spec.text(threshold.value),
            })
        };
        let level = match &self.params[param].value {
            None => AlarmLevel::Undefined, // ALM-18
            Some(value) => holds(value).map_or(AlarmLevel::Normal, |threshold| threshold.level), // ALM-05, ALM-09
        };
        if self.params[param].alarm != level {
            self.params[param].alarm = level;
            self.event(|spec| Event::Alarm { pid: spec.param(param).pid, level });
        }
    }
}
