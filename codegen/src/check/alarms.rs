//! Alarm thresholds are of a form that genlock works out (ALM-01 to ALM-08).

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Alarm, Model, Param, plain_number};
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
            continue;
        }
        if !param.is_compared_by_size() {
            check_lows(param, alarm, faults);
        }
        check_nominal(param, alarm, faults);
        check_values(param, alarm, faults);
    }
}

/// ALM-05: levels that only numbers have.
fn check_lows(param: &Param, alarm: &Alarm, faults: &mut Faults) {
    let label = param.head.label();
    for &(name, span) in &alarm.low {
        let message = format!("{} has no effect: {label} is compared by value, not by size", quoted(name));
        let fault = Fault::warning(Kind::UnsupportedElement, span, message);
        faults.add(fault.help("use `WaH`, `MiH`, `MaH` and `CH`"));
    }
}

/// ALM-14: without templates, a nominal value comes from a parameter.
fn check_nominal(param: &Param, alarm: &Alarm, faults: &mut Faults) {
    let Some(nominal) = &alarm.nominal else { return };
    let label = param.head.label();
    if !param.is_compared_by_size() {
        let message = format!("a nominal value has no effect: {label} is compared by value, not by size");
        faults.add(Fault::warning(Kind::UnsupportedAttribute, nominal.span, message).help("remove `type`"));
    } else if let [None, ..] = nominal.params {
        let message = format!("no parameter holds the nominal value of {label}, which its limits are measured from");
        let fault = Fault::error(Kind::NotCarriedOut, nominal.span, message);
        faults.add(fault.help("name it: `absolute:12` or `relative:12`"));
    }
}

fn check_values(param: &Param, alarm: &Alarm, faults: &mut Faults) {
    let label = param.head.label();
    let levels = alarm.thresholds.iter().chain(&alarm.low_thresholds).map(|(_, value)| value);
    for value in levels.chain(&alarm.information) {
        let text = value.value.as_str();
        let is_number = param.value_type().is_number();
        let fault = if text.contains(',') {
            // ALM-06
            Fault::error(Kind::InvalidValue, value.span, format!("the threshold {} has a comma in it", quoted(text)))
                .help("separate values with `;`")
        } else if is_number && plain_number(text.strip_prefix('$').unwrap_or(text)).is_none() {
            let message = format!("{label} is a number, but its threshold {} is none", quoted(text));
            Fault::error(Kind::IncompatibleValue, value.span, message)
                .help("write the raw value, not the text shown for it")
        } else {
            continue;
        };
        faults.add(fault);
    }
}
