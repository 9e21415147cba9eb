//! Lists of known values: they are there where they are needed, and values and captions are unique (PARAM-162).

use std::collections::BTreeMap;

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Measurement, MeasurementType, Model, Param, Placed, plain_number};
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(measurement) = &param.measurement else { continue };
        check_list(param, measurement, faults);
        unique("caption", measurement.discreets.iter().map(|discreet| &discreet.display), str::to_lowercase, faults);
        let is_number = param.value_type() == ValueType::Number;
        let key = |text: &str| match plain_number(text).filter(|_| is_number) {
            // PARAM-163: numbers are compared as such.
            Some(number) => number.to_string(),
            None => text.to_owned(),
        };
        unique("value", measurement.discreets.iter().map(|discreet| &discreet.value), key, faults);
        for discreet in measurement.discreets.iter().filter(|_| is_number) {
            if plain_number(&discreet.value.value).is_none() {
                let message = format!(
                    "{} is a number, but its value {} is none",
                    param.head.label(),
                    quoted(&discreet.value.value)
                );
                let fault = Fault::error(Kind::IncompatibleValue, discreet.value.span, message);
                faults.add(fault.help("write a number, or make the parameter a `string`"));
            }
        }
    }
}

fn check_list(param: &Param, measurement: &Measurement, faults: &mut Faults) {
    let Some(kind) = measurement.kind else { return };
    let needs_list =
        matches!(kind.value, MeasurementType::Button | MeasurementType::Discreet | MeasurementType::PageButton);
    match measurement.list {
        None if needs_list => {
            let message = format!("{} is shown by its known values, but there are none", param.head.label());
            let fault = Fault::error(Kind::MissingElement, measurement.span, message).missing("/Discreets");
            faults.add(fault.help("add `<Discreets>` with one `<Discreet>` for each value"));
        }
        Some(list) if !measurement.has_entries && !measurement.is_dynamic => {
            let message = format!("the list of known values of {} is empty", param.head.label());
            let fault = Fault::error(Kind::MissingElement, list, message).missing("/Discreet");
            faults.add(fault.help("add `<Discreet><Display>…</Display><Value>…</Value></Discreet>`"));
        }
        _ => {}
    }
}

fn unique<'m>(
    what: &str,
    texts: impl Iterator<Item = &'m Placed<String>>,
    key: impl Fn(&str) -> String,
    faults: &mut Faults,
) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for text in texts {
        if let Some(&earlier) = first.get(&key(&text.value)) {
            let message = format!("the {what} {} stands in this list twice", quoted(&text.value));
            let fault = Fault::error(Kind::DuplicateValue, text.span, message).related(earlier, "the first one");
            faults.add(fault.help(format!("give each entry a {what} of its own")));
        } else {
            first.insert(key(&text.value), text.span);
        }
    }
}
