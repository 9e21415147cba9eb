//! Known values are unique (PARAM-162), and those of a number are numbers.

use std::collections::BTreeMap;

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Placed, plain_number};
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(measurement) = &param.measurement else { continue };
        let is_number = param.value_type() == ValueType::Number;
        let key = |text: &str| match plain_number(text).filter(|_| is_number) {
            // PARAM-163: numbers are compared as such.
            Some(number) => number.to_string(),
            None => text.to_owned(),
        };
        unique(measurement.discreets.iter().map(|discreet| &discreet.value), key, faults);
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

fn unique<'m>(values: impl Iterator<Item = &'m Placed<String>>, key: impl Fn(&str) -> String, faults: &mut Faults) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for value in values {
        if let Some(&earlier) = first.get(&key(&value.value)) {
            let message = format!("the value {} stands in this list twice", quoted(&value.value));
            let fault = Fault::error(Kind::DuplicateValue, value.span, message).related(earlier, "the first one");
            faults.add(fault.help("give each entry a value of its own"));
        } else {
            first.insert(key(&value.value), value.span);
        }
    }
}
