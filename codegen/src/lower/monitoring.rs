//! How alarms are worked out, beyond the values of their levels.

use std::collections::BTreeMap;

use genlock_spec::{AlarmLevel, AlarmThreshold, Monitoring, MonitoringIndex, Nominal, ParamIndex};

use super::Lower;
use super::params::rows;
use crate::model::{self, Model, Target};

impl Lower<'_> {
    /// The row of a parameter whose alarms depend on more than the values of their levels.
    pub(super) fn monitoring(&mut self, param: &model::Param) -> Option<MonitoringIndex> {
        let alarm = param.alarm.as_ref().filter(|alarm| alarm.is_monitored())?;
        let start = self.spec.alarms.len();
        for (level, value) in &alarm.low_thresholds {
            self.threshold(param, *level, &value.value);
        }
        let lows = rows(start, self.spec.alarms.len());
        let start = self.spec.alarms.len();
        for value in &alarm.information {
            self.threshold(param, AlarmLevel::Normal, &value.value);
        }
        let [limit, compared] = match &alarm.threshold {
            Some(pids) => pids.each_ref().map(|pid| self.item(pid, Target::Param)),
            None => [None; 2],
        };
        let row = Monitoring {
            by_size: param.is_compared_by_size(),
            lows,
            information: rows(start, self.spec.alarms.len()),
            nominal: alarm.nominal.as_ref().map(|nominal| self.nominal(nominal)),
            active_ms: alarm.active_ms,
            disabled_by: alarm.disabled_if.as_ref().and_then(|(pid, _)| self.item(pid, Target::Param)),
            disabled_value: alarm.disabled_if.as_ref().map(|(_, value)| self.text(value)),
            threshold: limit,
            compared,
        };
        if row == Monitoring::BLANK {
            return None;
        }
        self.spec.monitorings.push(row);
        Some(MonitoringIndex(self.spec.monitorings.len() as u32 - 1))
    }

    /// The row of one value of a level: `$v` is the exception v (ALM-06).
    pub(super) fn threshold(&mut self, param: &model::Param, level: AlarmLevel, value: &str) {
        let exception = value.strip_prefix('$');
        let (text, number) = self.value(param, exception.unwrap_or(value));
        self.spec.alarms.push(AlarmThreshold { level, value: text, number, exception: exception.is_some() });
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

/// Which parameters' alarms hang on which parameters, by their positions in the model.
pub(super) type Hanging = BTreeMap<usize, Vec<ParamIndex>>;

/// The parameters whose alarms depend on the value of another one (ALM-12 to ALM-14).
pub(super) fn dependents(model: &Model) -> Hanging {
    let mut dependents = Hanging::new();
    for (position, param) in model.params.iter().enumerate() {
        let Some(alarm) = param.alarm.as_ref().filter(|alarm| alarm.is_monitored()) else { continue };
        let nominal = alarm.nominal.iter().flat_map(|nominal| nominal.params.iter().flatten());
        let threshold = alarm.threshold.iter().flatten();
        for on in alarm.disabled_if.iter().map(|(on, _)| on).chain(nominal).chain(threshold) {
            hang(&mut dependents, on, position, model);
        }
    }
    dependents
}

/// The parameters that are told the alarm level of another one (QA-08).
pub(super) fn listeners(model: &Model) -> Hanging {
    let mut listeners = Hanging::new();
    for (position, param) in model.params.iter().enumerate() {
        for on in &param.alarm_registration {
            hang(&mut listeners, on, position, model);
        }
    }
    listeners
}

fn hang(hanging: &mut Hanging, on: &model::Reference, position: usize, model: &Model) {
    if let Some(on) = on.position(Target::Param, &model.index) {
        hanging.entry(on).or_default().push(ParamIndex(position as u32));
    }
}
