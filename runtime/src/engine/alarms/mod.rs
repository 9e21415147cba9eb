//! Alarms of monitored parameters: when a level is worked out, and when it is told (ALM-01 to ALM-19).

mod level;
mod wildcard;

use std::time::Duration;

use genlock_spec::{AlarmLevel, Monitoring, ParamIndex};

use super::Engine;
use super::change::Setter;
use super::deadline::Deadline;
use super::event::{Event, LogLevel};
use super::output::Output;
use super::qactions::Hooks;
use crate::value::{Text, Value};

/// What is known about the alarm of one parameter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alarm {
    /// The level that was last told.
    told: AlarmLevel,
    /// The level that is told when its delay is over (ALM-16).
    pending: Option<AlarmLevel>,
    /// Whether the value is one that is told as information (ALM-11).
    informed: bool,
}

impl Default for Alarm {
    fn default() -> Self {
        Self { told: AlarmLevel::Undefined, pending: None, informed: false }
    }
}

impl<'s> Engine<'s> {
    /// The levels of the values that the element starts with.
    pub(super) fn start_alarms(&mut self, hooks: &mut dyn Hooks<'s>) {
        for param in self.params.indices() {
            self.update_alarm(param, hooks);
        }
    }

    /// The level that was last told.
    pub(super) fn told_alarm(&self, param: ParamIndex) -> AlarmLevel {
        self.params[param].alarm.told
    }

    /// The alarms that follow from a new value: the parameter's own, and those that depend on it.
    pub(super) fn update_alarms(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        self.update_alarm(param, hooks);
        for dependent in self.spec.list(self.spec.param(param).alarm_dependents) {
            self.update_alarm(dependent, hooks);
        }
    }

    fn update_alarm(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.param(param);
        if row.alarms.len == 0 && row.monitoring.is_none() {
            return;
        }
        let information = self.is_information(param);
        if information && !self.params[param].alarm.informed {
            let value = self.value(param).filter(|_| !self.is_secret(param)).cloned().map(Value::detached);
            self.event(|_| Event::Information { pid: row.pid, value });
        }
        self.params[param].alarm.informed = information;

        let level = self.alarm_level(param);
        let told = self.params[param].alarm.told;
        if level == told {
            // ALM-17: an update within a level is no news, and ends the wait for another one.
            self.params[param].alarm.pending = None;
            self.deadlines.disarm(Deadline::Alarm(param));
            self.limit_alarm(param);
            return;
        }
        let delay = self.alarm_delay(param, told, level);
        if delay.is_zero() {
            self.alarm_is(param, level, hooks);
        } else if self.params[param].alarm.pending != Some(level) {
            self.params[param].alarm.pending = Some(level);
            self.deadlines.arm(Deadline::Alarm(param), self.now + delay);
        }
    }

    /// ALM-16: how long another level must last before it is told.
    fn alarm_delay(&self, param: ParamIndex, told: AlarmLevel, level: AlarmLevel) -> Duration {
        let delays = self.options.alarm_delays.iter().find(|(delayed, _)| *delayed == param);
        match delays {
            Some((_, delays)) if told != AlarmLevel::Undefined && level != AlarmLevel::Undefined => {
                if level > told {
                    delays.before_rise(level)
                } else {
                    delays.before_fall(told)
                }
            }
            _ => Duration::ZERO,
        }
    }

    /// The level has lasted long enough.
    pub(super) fn alarm_delay_is_over(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        if let Some(level) = self.params[param].alarm.pending {
            self.alarm_is(param, level, hooks);
        }
    }

    /// ALM-15: the alarm ends by itself, until the parameter is set again.
    pub(super) fn alarm_ends(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        self.alarm_is(param, AlarmLevel::Normal, hooks);
    }

    fn alarm_is(&mut self, param: ParamIndex, level: AlarmLevel, hooks: &mut dyn Hooks<'s>) {
        let alarm = &mut self.params[param].alarm;
        let from = std::mem::replace(&mut alarm.told, level);
        alarm.pending = None;
        self.emit(Output::Alarm { from, to: level });
        self.deadlines.disarm(Deadline::Alarm(param));
        self.limit_alarm(param);
        self.event(|spec| Event::Alarm { pid: spec.param(param).pid, level });
        let row = self.spec.param(param);
        for listener in self.spec.list(row.alarm_listeners) {
            // QA-08: `pid/level/index`; a parameter of its own has no index.
            let told = Text::from(format!("{}/{}/", row.pid, level as u8));
            if let Err(error) = self.set(listener, Value::Text(told), Setter::Construct, hooks) {
                self.log(LogLevel::Error, |_| format!("alarm level of parameter {}: {error}", row.pid));
            }
        }
    }

    /// Begins the time after which an alarm ends by itself.
    fn limit_alarm(&mut self, param: ParamIndex) {
        let Some(active_ms) = self.monitoring(param).active_ms else { return };
        if self.params[param].alarm.told > AlarmLevel::Normal {
            let end = self.now + Duration::from_millis(active_ms.into());
            self.deadlines.arm(Deadline::AlarmEnd(param), end);
        } else {
            self.deadlines.disarm(Deadline::AlarmEnd(param));
        }
    }

    fn monitoring(&self, param: ParamIndex) -> &'s Monitoring {
        self.spec.param(param).monitoring.map_or(&Monitoring::BLANK, |index| self.spec.monitoring(index))
    }
}
