//! Alarm thresholds are of a form that genlock works out (ALM-01 to ALM-08).

use genlock_spec::{ParamKind, ValueType};

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Alarm, MeasurementType, Model, Param, plain_number};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(alarm) = param.alarm.as_ref().filter(|alarm| alarm.is_monitored()) else { continue };
        let Some(monitored) = alarm.monitored else { continue };
        let label = param.head.label();
        if param.kind.is_some_and(|kind| kind.value == ParamKind::Write) {
            // ALM-01
            let message = format!("{label} is a write parameter, which cannot be monitored");
            let fault = Fault::error(Kind::IncompatibleCombination, monitored.span, message);
            faults.add(fault.beyond_rules().help("monitor the read parameter"));
        } else if is_compared_by_size(param) && !(alarm.thresholds.is_empty() && alarm.low.is_empty()) {
            // ALM-04
            let message = format!("genlock does not carry out the thresholds of {label}: they are limits of a number");
            let fault = Fault::error(Kind::NotCarriedOut, monitored.span, message);
            faults.add(fault.help("only known values can be monitored: `<Measurement><Type>discreet</Type>`"));
        } else {
            check_values(param, alarm, faults);
        }
    }
}

/// Whether a level holds from a threshold on, not at one value.
fn is_compared_by_size(param: &Param) -> bool {
    match param.measurement.as_ref().and_then(|measurement| measurement.kind) {
        Some(kind) => {
            matches!(kind.value, MeasurementType::Number | MeasurementType::Analog | MeasurementType::Progress)
        }
        None => param.value_type() == ValueType::Number,
    }
}

fn check_values(param: &Param, alarm: &Alarm, faults: &mut Faults) {
    let label = param.head.label();
    for &(name, span) in &alarm.low {
        // ALM-05
        let message = format!("{} has no effect: {label} is compared by value, not by size", quoted(name));
        let fault = Fault::warning(Kind::UnsupportedElement, span, message);
        faults.add(fault.help("use `WaH`, `MiH`, `MaH` and `CH`"));
    }
    for (_, value) in &alarm.thresholds {
        let text = value.value.as_str();
        let is_number = param.value_type() == ValueType::Number;
        let fault = if text.contains(',') {
            // ALM-06
            Fault::error(Kind::InvalidValue, value.span, format!("the threshold {} has a comma in it", quoted(text)))
                .help("separate values with `;`")
        } else if text.starts_with('$') || (!is_number && text.contains(['*', '?'])) {
            // ALM-06, ALM-08
            let message = format!("genlock does not carry out the threshold {}", quoted(text));
            Fault::error(Kind::NotCarriedOut, value.span, message).help("write the raw value itself")
        } else if is_number && plain_number(text).is_none() {
            let message = format!("{label} is a number, but its threshold {} is none", quoted(text));
            Fault::error(Kind::IncompatibleValue, value.span, message)
                .help("write the raw value, not the text shown for it")
        } else {
            continue;
        };
        faults.add(fault);
    }
}
