//! Known values that are offered together are unique (PARAM-162), and those of a number are numbers.

use std::collections::BTreeMap;

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Discreet, Model, plain_number};
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(measurement) = &param.measurement else { continue };
        let is_number = param.value_type() == ValueType::Number;
        unique(&measurement.discreets, is_number, faults);
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

fn unique(discreets: &[Discreet], is_number: bool, faults: &mut Faults) {
    let mut seen: BTreeMap<(String, &str), Span> = BTreeMap::new();
    for Discreet { value, offered, .. } in discreets {
        // PARAM-163: numbers are compared as such.
        let number = plain_number(&value.value).filter(|_| is_number);
        let key = (number.map_or_else(|| value.value.clone(), |number| number.to_string()), offered.as_str());
        if let Some(&earlier) = seen.get(&key) {
            let message = format!("the value {} stands in this list twice", quoted(&value.value));
            let fault = Fault::error(Kind::DuplicateValue, value.span, message).related(earlier, "the first one");
            faults.add(fault.help("give each entry a value of its own"));
        } else {
            seen.insert(key, value.span);
        }
    }
}
