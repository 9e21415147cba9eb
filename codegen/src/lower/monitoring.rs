//! How alarms are worked out, beyond the values of their levels.

use genlock_spec::{AlarmThreshold, Monitoring, MonitoringIndex, Nominal};

use super::Lower;
use super::params::rows;
use crate::model::{self, Target};

impl Lower<'_> {
    /// The row of a parameter whose alarms depend on more than the values of their levels.
    pub(super) fn monitoring(&mut self, param: &model::Param) -> Option<MonitoringIndex> {
        let alarm = param.alarm.as_ref().filter(|alarm| alarm.is_monitored())?;
        let start = self.spec.alarms.len();
        for (level, value) in &alarm.low_thresholds {
            let (text, number) = self.value(param, &value.value);
            self.spec.alarms.push(AlarmThreshold { level: *level, value: text, number });
        }
        let row = Monitoring {
            lows: rows(start, self.spec.alarms.len()),
            information: alarm.information.as_ref().map(|values| self.text(&values.value)),
            nominal: alarm.nominal.as_ref().map(|nominal| self.nominal(nominal)),
            active_ms: alarm.active_ms,
            disabled_by: alarm.disabled_if.as_ref().and_then(|(pid, _)| self.item(pid, Target::Param)),
            disabled_value: alarm.disabled_if.as_ref().map(|(_, value)| self.text(value)),
            options: self.settings(&alarm.options),
        };
        if row == Monitoring::BLANK {
            return None;
        }
        self.spec.monitorings.push(row);
        Some(MonitoringIndex(self.spec.monitorings.len() as u32 - 1))
    }

    fn nominal(&self, nominal: &model::Nominal) -> Nominal {
        let param = |pid: &Option<model::Reference>| pid.as_ref().and_then(|pid| self.item(pid, Target::Param));
        let [value, factor, instead] = &nominal.params;
        Nominal {
            is_relative: nominal.is_relative,
            value: param(value),
            factor: param(factor),
            instead: param(instead),
        }
    }
}
