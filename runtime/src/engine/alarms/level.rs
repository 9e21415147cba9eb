//! Which alarm level a value has (ALM-04 to ALM-14).

use genlock_spec::{AlarmLevel, AlarmThreshold, Exception, Format, ParamIndex};

use super::wildcard;
use crate::engine::Engine;
use crate::value::{Value, parse_number};

/// What numeric limits are measured from (ALM-14).
#[derive(Clone, Copy)]
enum Origin {
    /// They are the limits themselves.
    Zero,
    /// They are distances from this value.
    Distance(f64),
    /// They are percentages of this value.
    Percentage(f64),
}

impl Origin {
    fn high(self, limit: f64) -> f64 {
        match self {
            Self::Zero => limit,
            Self::Distance(nominal) => nominal + limit,
            // A high limit of a negative value still lies above it.
            Self::Percentage(nominal) => nominal + nominal.abs() * limit / 100.0,
        }
    }

    /// Low values are subtracted.
    fn low(self, limit: f64) -> f64 {
        match self {
            Self::Zero => limit,
            Self::Distance(_) | Self::Percentage(_) => self.high(-limit),
        }
    }
}

impl Engine<'_> {
    /// The level of the value that the parameter has now.
    pub(super) fn alarm_level(&self, param: ParamIndex) -> AlarmLevel {
        let (row, monitoring) = (self.spec.param(param), self.monitoring(param));
        let highs = self.spec.thresholds_of(row.alarms);
        let lows = if monitoring.by_size { self.spec.thresholds_of(monitoring.lows) } else { &[] };
        if (highs.is_empty() && lows.is_empty()) || self.is_disabled(param) || self.is_below(param) {
            return AlarmLevel::Undefined; // ALM-09, ALM-12
        }
        let Some(value) = self.value(param) else { return AlarmLevel::Undefined }; // ALM-18
        if let Some(exception) = self.exception_of(param, value) {
            let mut thresholds = highs.iter().chain(lows);
            let own = thresholds.find(|threshold| self.is_exception(threshold, exception));
            return own.map_or(AlarmLevel::Normal, |threshold| threshold.level); // ALM-07
        }
        match (monitoring.by_size, value) {
            (true, &Value::Number(number)) => {
                let Some(origin) = self.origin(param) else { return AlarmLevel::Undefined };
                let above = limits(highs).find(|(_, limit)| number >= origin.high(*limit));
                let below = limits(lows).find(|(_, limit)| number <= origin.low(*limit));
                let holding = above.into_iter().chain(below).map(|(level, _)| level);
                holding.max().unwrap_or(AlarmLevel::Normal)
            }
            _ => self.level_by_value(highs, value),
        }
    }

    /// Whether the value is one that is told as information (ALM-11).
    pub(super) fn is_information(&self, param: ParamIndex) -> bool {
        let told = self.spec.thresholds_of(self.monitoring(param).information);
        let Some(value) = self.value(param).filter(|_| !told.is_empty()) else { return false };
        let exception = self.exception_of(param, value);
        told.iter().any(|told| match exception {
            Some(exception) => self.is_exception(told, exception),
            None => self.equals(told, value),
        })
    }

    /// ALM-12
    fn is_disabled(&self, param: ParamIndex) -> bool {
        let monitoring = self.monitoring(param);
        let by = monitoring.disabled_by.and_then(|by| self.value(by));
        by.zip(monitoring.disabled_value).is_some_and(|(value, disabling)| {
            let disabling = self.spec.text(disabling);
            match value {
                Value::Number(number) => parse_number(disabling) == Some(*number),
                value => value.to_text() == *disabling,
            }
        })
    }

    /// ALM-13; what is not known is not lower.
    fn is_below(&self, param: ParamIndex) -> bool {
        let monitoring = self.monitoring(param);
        let number = |param: Option<ParamIndex>| self.value(param?).and_then(Value::to_number);
        number(monitoring.compared).zip(number(monitoring.threshold)).is_some_and(|(value, limit)| value < limit)
    }

    /// ALM-14; none while the nominal value is not known.
    fn origin(&self, param: ParamIndex) -> Option<Origin> {
        let Some(nominal) = self.monitoring(param).nominal else { return Some(Origin::Zero) };
        let number = |param: ParamIndex| self.value(param).and_then(Value::to_number);
        // The platform copies the overriding value to the nominal one.
        let value = nominal.instead.and_then(number).or_else(|| nominal.value.and_then(number))?;
        let factor = nominal.factor.map_or(Some(1.0), number)?;
        let nominal_value = value * factor;
        Some(if nominal.is_relative { Origin::Percentage(nominal_value) } else { Origin::Distance(nominal_value) })
    }

    /// The exception that the value is, for which alarms use a value of their own (PARAM-100).
    pub(in crate::engine) fn exception_of(&self, param: ParamIndex, value: &Value) -> Option<&Exception> {
        let row = self.spec.param(param);
        let format = row.format.map_or(&Format::BLANK, |format| self.spec.format(format));
        self.spec.exceptions_of(format.exceptions).iter().find(|exception| match (value, exception.number) {
            (Value::Number(value), number) => number == Some(*value),
            (value, _) => value.to_text() == *self.spec.text(exception.incoming),
        })
    }

    /// ALM-06: `$v` is the exception whose own value is v.
    fn is_exception(&self, threshold: &AlarmThreshold, exception: &Exception) -> bool {
        let own = self.spec.text(exception.value);
        threshold.exception
            && match threshold.number {
                Some(number) => parse_number(own) == Some(number),
                None => own == self.spec.text(threshold.value),
            }
    }

    /// ALM-05, ALM-08: the most severe level that has the value, and a lone `*` for every value that none has.
    fn level_by_value(&self, thresholds: &[AlarmThreshold], value: &Value) -> AlarmLevel {
        let is_any = |threshold: &&AlarmThreshold| self.spec.text(threshold.value) == wildcard::ANY;
        let listed = thresholds.iter().filter(|threshold| !threshold.exception && !is_any(threshold));
        let holding = listed.clone().find(|threshold| self.equals(threshold, value));
        let holding = holding.or_else(|| thresholds.iter().find(is_any));
        holding.map_or(AlarmLevel::Normal, |threshold| threshold.level) // ALM-09
    }

    /// Whether the value is the threshold's, wildcards considered.
    #[expect(clippy::float_cmp, reason = "ALM-05: a level holds for exactly its raw value")]
    fn equals(&self, threshold: &AlarmThreshold, value: &Value) -> bool {
        match (value, threshold.number) {
            (Value::Number(value), Some(number)) => *value == number,
            (value, _) => wildcard::matches(self.spec.text(threshold.value), &value.to_text()),
        }
    }
}

/// The numeric limits of the levels above normal (ALM-10), most severe first.
fn limits(thresholds: &[AlarmThreshold]) -> impl Iterator<Item = (AlarmLevel, f64)> {
    let limits = thresholds.iter().filter(|limit| !limit.exception && limit.level > AlarmLevel::Normal);
    limits.filter_map(|limit| Some((limit.level, limit.number?)))
}
